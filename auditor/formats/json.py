"""json: the whole report for programs, in the shape of docs/report.schema.json.

No character in it steers a terminal, and yet it decodes to the exact texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.notation import json_pieces
from auditor.published import published, summed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.formats import RenderOptions
    from auditor.report import Report


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The report as JSON, always in full."""
    return json_pieces(summed(report, strict=options.strict), map(published, report.documents), unicode=options.unicode)
