"""sarif: a SARIF 2.1.0 log, as code scanning and editors read it.

Only what fails the run is a result: GitHub takes every result for an alert, whatever its
kind, and even where it is marked as suppressed. What is suppressed is a result, so marked,
where the user asks to be shown it. Offsets count code points, a line end as one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor import __version__, explanation
from auditor.formats import Show
from auditor.judgement import By, Severity
from auditor.notation import clipped, json_pieces, reference
from auditor.notice import MILD, Finding, Region, details, notices
from auditor.report import Audited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.document import Document, Span
    from auditor.formats import RenderOptions
    from auditor.judgement import Suppression
    from auditor.notice import About, Trouble
    from auditor.report import Report

Json = dict[str, object]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.CONCLUSION: "error", Severity.MAGNITUDE: "error", Severity.PRESENTATION: "warning"}
_LONGEST_SNIPPET = 1000
# Viewers make a link of "[text](anything)" in a message, and some of them even where it is escaped.
_LINK = re.compile(r"\](?=\()")
_CLAUSE_END = re.compile(r"[;:]|\.(?= )")


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The log of one run."""
    found = list(notices(report, strict=options.strict, suppressed=options.show is Show.SUPPRESSED))
    findings = [notice for notice in found if isinstance(notice, Finding)]
    troubles = [notice for notice in found if not isinstance(notice, Finding)]
    kinds = sorted({finding.judgement.kind for finding in findings})
    abouts = sorted({trouble.about for trouble in troubles})
    run = {
        "tool": {
            "driver": {
                "name": "audit",
                "version": __version__,
                "rules": [_rule(kind) for kind in kinds],
                "notifications": [{"id": about, "shortDescription": _message(about.meaning)} for about in abouts],
            }
        },
        "invocations": [
            {
                "executionSuccessful": all(trouble.about in MILD for trouble in troubles),
                "exitCode": int(report.exit(strict=options.strict)),
                "toolExecutionNotifications": [_notification(trouble, abouts) for trouble in troubles],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "artifacts": _artifacts(report),
        "results": [],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_pieces(log, (_result(finding, kinds) for finding in findings), unicode=options.unicode)


def _artifacts(report: Report) -> list[Json]:
    """The files, each once; with the digest of those that are what was read."""
    files: dict[str, Json] = {}
    for entry in report.documents:
        uri = reference(entry.name if entry.row is None else entry.row.file)
        artifact: Json = {"location": {"uri": uri}}
        if isinstance(entry, Audited) and entry.row is None and entry.document.rendition is None:
            artifact["hashes"] = {"sha-256": entry.document.digest}
        files.setdefault(uri, artifact)
    return list(files.values())


def _rule(kind: str) -> Json:
    page = explanation.find_page(kind)
    if page is None:
        return {"id": kind}
    summary = explanation.summary(kind)
    return {
        "id": kind,
        "shortDescription": {"text": f"{_CLAUSE_END.split(summary)[0].rstrip('.')}."},
        "fullDescription": {"text": summary},
        "help": {"text": page, "markdown": f"```text\n{page}```\n"},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, kinds: list[str]) -> Json:
    judgement, document = finding.judgement, finding.document
    severity = judgement.severity
    told = [
        *([] if document.row is None else [finding.path]),
        finding.summary,
        *(f"{label}: {text}" for label, text in details(judgement, document)),
    ]
    return {
        "ruleId": judgement.kind,
        "ruleIndex": kinds.index(judgement.kind),
        "level": "warning" if severity is None else _LEVELS[severity],
        "message": _message("\n".join(told)),
        "locations": [_location(document, judgement.span)],
        "relatedLocations": [
            {"id": number, **_location(document, given.span), "message": _message(f"{given.label}: {given.written}")}
            for number, given in enumerate(judgement.evidence)
            if given.span is not None
        ],
        "partialFingerprints": {
            "claim/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint[:16]}:1",  # the only one that GitHub looks at
        },
        **_suppressions(judgement.suppression),
        "properties": {
            "verdict": judgement.verdict.name,
            "reason": judgement.verdict.reason,
            "severity": severity,
            "implied": judgement.implied,
            "quote": judgement.quote,
            "computation": judgement.computation,
            "margin": judgement.margin,
            "mend": list(judgement.mend),
            "notes": list(judgement.notes),
        },
    }


def _suppressions(suppression: Suppression | None) -> Json:
    if suppression is None:
        return {}
    kind = "inSource" if suppression.by is By.COMMENT else "external"
    return {"suppressions": [{"kind": kind, "status": "accepted", "justification": _LINK.sub("] ", suppression.why)}]}


def _notification(trouble: Trouble, abouts: Iterable[About]) -> Json:
    region = {"region": {"startLine": trouble.region.first.line}} if trouble.has_line else {}
    return {
        "descriptor": {"id": trouble.about, "index": list(abouts).index(trouble.about)},
        "level": "warning" if trouble.about in MILD else "error",
        "message": _message(f"{trouble.text} (hint: {trouble.hint})"),
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": reference(trouble.region.file)}, **region}}],
    }


def _location(document: Document, span: Span | None) -> Json:
    """A passage; without one the first line, since code scanning refuses a result that has no place."""
    found = Region.of(document, span)
    region: Json = {"startLine": found.first.line}
    if span is not None and found.whole_lines:
        region["snippet"] = {"text": clipped(document.text[slice(*span)], _LONGEST_SNIPPET)}
    elif span is not None:
        start, end = document.source_span(span)
        region = {
            "startLine": found.first.line,
            "startColumn": found.first.column,
            "endLine": found.last.line,
            "endColumn": found.last.column,
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": clipped(document.text[slice(*span)], _LONGEST_SNIPPET)},
        }
    return {"physicalLocation": {"artifactLocation": {"uri": reference(found.file)}, "region": region}}


def _message(text: str) -> Json:
    """A plain message, in which brackets make no link."""
    return {"text": _LINK.sub("] ", text)}
