"""concise: one line for each contradiction, and for each document left out: for hooks, logs and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.notation import in_ascii, inert
from auditor.notice import Finding, notices
from auditor.report import suppressed_by
from auditor.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.formats import RenderOptions
    from auditor.notice import Trouble
    from auditor.report import Report


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The lines, in the order of the report, and a last one that counts everything."""
    for notice in notices(report, strict=options.strict):
        yield _line(_finding(notice) if isinstance(notice, Finding) else _trouble(notice), options)
    yield _line(_sum(report), options)


def _line(line: str, options: RenderOptions) -> str:
    text = f"{inert(line)}\n"
    return text if options.unicode else in_ascii(text)


def _finding(finding: Finding) -> str:
    span = finding.judgement.span
    line, column = (1, 1) if span is None else finding.document.position(span.start)
    return f"{visible(finding.path)}:{line}:{column}: {visible(f'{finding.title}: {finding.summary}', prose=True)}"


def _trouble(trouble: Trouble) -> str:
    told = f"{trouble.text.removesuffix('.')}; {trouble.hint}"
    where = visible(trouble.path) if trouble.line == 1 else f"{visible(trouble.path)}:{trouble.line}"
    return f"{where}: {trouble.about}: {visible(told, prose=True)}"


def _sum(report: Report) -> str:
    totals = report.totals
    counts = ", ".join(f"{totals.verdicts[name]} {name}" for name in ("contradicted", "supported", "unverifiable"))
    known = suppressed_by(totals.suppressed)
    counts += f", {known}" if known else ""
    documents = "1 document" if len(report.documents) == 1 else f"{len(report.documents)} documents"
    missed = totals.not_audited + totals.silent
    return f"{documents}: {counts}" + (f"; {missed} not audited" if missed else "")
