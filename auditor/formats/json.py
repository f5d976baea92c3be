"""json: the whole report for programs, in the shape of docs/report.schema.json.

No character in it steers a terminal, and yet it decodes to the exact texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.notation import json_text
from auditor.published import published
from auditor.shape import members

if TYPE_CHECKING:
    from auditor.formats import RenderOptions
    from auditor.report import Report


def render(report: Report, options: RenderOptions) -> str:
    """The report as JSON, always in full."""
    return json_text(published(report, strict=options.strict), unicode=options.unicode, indent=2, default=members)
