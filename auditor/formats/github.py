"""github: workflow commands, which GitHub shows at their places in a pull request.

Nothing but commands is printed, one a line, so that no text of a document begins a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.judgement import Severity
from auditor.notation import clipped, file_path, in_ascii
from auditor.notice import MILD, Finding, details, notices
from auditor.visible import visible

if TYPE_CHECKING:
    from auditor.formats import RenderOptions
    from auditor.notice import Trouble
    from auditor.report import Report

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_SHOWN = 10
"""How many errors, and how many warnings, GitHub shows of a step; the rest stands in its log alone."""
_LONGEST_TITLE, _LONGEST_MESSAGE = 200, 8000


def render(report: Report, options: RenderOptions) -> str:
    """One command for each notice, the gravest first; a last one says how many there are where some are not shown."""
    lines = [
        _finding(notice) if isinstance(notice, Finding) else _trouble(notice)
        for notice in sorted(notices(report, strict=options.strict), key=_gravity)
    ]
    counts = [sum(line.startswith(f"::{level} ") for line in lines) for level in ("error", "warning")]
    if max(counts) > _SHOWN:
        told = f"{counts[0]} errors and {counts[1]} warnings in all; GitHub shows {_SHOWN} of each, and this log has them all"
        lines.append(f"::notice title=audit::{told}\n")
    text = "".join(lines)
    return text if options.unicode else in_ascii(text)


def _gravity(notice: Finding | Trouble) -> int:
    """What could not be audited first, then contradictions by what they spoil, then the rest."""
    if not isinstance(notice, Finding):
        return 0
    severity = notice.judgement.severity
    return 1 + (len(Severity) if severity is None else tuple(Severity).index(severity))


def _finding(finding: Finding) -> str:
    judgement, document, region = finding.judgement, finding.document, finding.region
    where = {"file": file_path(region.file)}
    if judgement.span is not None:
        where |= {"line": str(region.first.line), "endLine": str(region.last.line)}
        if region.first.line == region.last.line and not region.whole_lines:  # GitHub refuses columns of several lines
            where |= {"col": str(region.first.column), "endColumn": str(region.last.column)}
    told = [*([] if document.row is None else [finding.path]), finding.summary]
    told += [f"{label}: {text}" for label, text in details(judgement, document)]
    mild = judgement.severity in {Severity.PRESENTATION, None}
    return _command("warning" if mild else "error", {**where, "title": f"audit: {finding.title}"}, told)


def _trouble(trouble: Trouble) -> str:
    level = "warning" if trouble.about in MILD else "error"
    line = {"line": str(trouble.region.first.line)} if trouble.has_line else {}
    return _command(
        level,
        {"file": file_path(trouble.region.file), **line, "title": f"audit: {trouble.about}"},
        [trouble.text, f"hint: {trouble.hint}"],
    )


def _command(level: str, properties: dict[str, str], lines: list[str]) -> str:
    properties["title"] = clipped(properties["title"], _LONGEST_TITLE)
    about = ",".join(f"{name}={visible(value).translate(_PROPERTY)}" for name, value in properties.items())
    told = clipped("\n".join(visible(line, prose=True) for line in lines), _LONGEST_MESSAGE)
    return f"::{level} {about}::{told.translate(_DATA)}\n"
