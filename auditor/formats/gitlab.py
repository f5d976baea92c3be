"""gitlab: a code quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.fingerprint import digest
from auditor.judgement import Severity
from auditor.notation import file_path, json_pieces
from auditor.notice import MILD, Finding, notices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.formats import RenderOptions
    from auditor.notice import Trouble
    from auditor.report import Report

_SEVERITIES = {Severity.CONCLUSION: "critical", Severity.MAGNITUDE: "major", Severity.PRESENTATION: "minor"}


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """One issue for each notice."""
    issues = (
        _finding(notice) if isinstance(notice, Finding) else _trouble(notice)
        for notice in notices(report, strict=options.strict)
    )
    return json_pieces([], issues, unicode=options.unicode)


def _finding(finding: Finding) -> dict[str, object]:
    judgement = finding.judgement
    severity = "info" if judgement.severity is None else _SEVERITIES[judgement.severity]
    region = finding.region
    lines = {"begin": region.first.line}
    if judgement.span is not None:
        lines["end"] = region.last.line
    return _issue(
        f"{finding.title}: {finding.summary}",
        judgement.kind,
        digest(finding.path, finding.fingerprint),  # unique in the report, which one document's is not
        severity,
        {"path": file_path(region.file), "lines": lines},
    )


def _trouble(trouble: Trouble) -> dict[str, object]:
    severity = "minor" if trouble.about in MILD else "major"
    description = f"{trouble.text} ({trouble.hint})"
    where = {"path": file_path(trouble.region.file), "lines": {"begin": trouble.region.first.line}}
    return _issue(description, trouble.about, trouble.fingerprint, severity, where)


def _issue(description: str, name: str, fingerprint: str, severity: str, location: object) -> dict[str, object]:
    return {
        "type": "issue",
        "description": description,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": location,
    }
