"""json: the whole report for programs, in the shape of docs/report.schema.json.

No character in it steers a terminal, and yet it decodes to the exact texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditor.published import published
from auditor.shape import members
from auditor.visible import escaped

if TYPE_CHECKING:
    from auditor.formats import RenderOptions
    from auditor.report import Report


def render(report: Report, options: RenderOptions) -> str:
    """The report as JSON, always in full."""
    text = json.dumps(
        published(report, strict=options.strict), ensure_ascii=not options.unicode, indent=2, default=members
    )
    return "".join(f"{escaped(line, _escape)}\n" for line in text.split("\n"))


def _escape(character: str) -> str:
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]
