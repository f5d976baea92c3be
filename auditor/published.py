"""published: a report in its published shape.

Nothing is filtered: every claim and the whole coverage ledger, in the order of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from auditor import __version__
from auditor.report import Audited, Use
from auditor.shape import (
    AuditedDocument,
    Entry,
    Error,
    Judged,
    Ledger,
    Place,
    Published,
    Refused,
    Remarked,
    Stability,
    StatedValue,
    Statement,
    Suppressed,
    Tool,
    Totals,
    UnauditedDocument,
    Uses,
)

if TYPE_CHECKING:
    from collections import Counter

    from auditor.document import Document, Span
    from auditor.judgement import Judgement
    from auditor.report import Covered, NotAudited, Report, Value


def summed(report: Report, *, strict: bool = False) -> Published:
    """The report in its published shape, but for the documents, which are large."""
    verdicts = report.totals.verdicts
    return Published(
        1,
        Tool("audit", __version__),
        report.exit(strict=strict),
        Totals(
            report.totals.audited,
            report.totals.not_audited,
            verdicts["supported"],
            verdicts["contradicted"],
            verdicts["unverifiable"],
            report.totals.suppressed.total(),
        ),
        [],
    )


def published(entry: Audited | NotAudited) -> AuditedDocument | UnauditedDocument:
    """A document of the report in its published shape."""
    return _audited(entry) if isinstance(entry, Audited) else _not_audited(entry)


def _audited(entry: Audited) -> AuditedDocument:
    document = entry.document
    return AuditedDocument(
        document.path,
        "audited",
        document.digest,
        entry.model,
        entry.stale,
        [judged(judgement, document) for judgement in entry.judgements],
        [
            Refused(refused.what, refused.why, refused.span and _place(refused.span, document))
            for refused in entry.rejected
        ],
        Ledger(
            _uses(entry.used("number")), _uses(entry.used("sentence")), [_entry(c, document) for c in entry.coverage]
        ),
        [_value(value, document) for value in entry.values],
        remarked(entry),
    )


def _not_audited(entry: NotAudited) -> UnauditedDocument:
    tables = [] if entry.document is None else [judged(judgement, entry.document) for judgement in entry.judgements]
    error = Error(entry.error.message, entry.error.hint)
    return UnauditedDocument(entry.path, "not-audited", error, tables, remarked(entry))


def remarked(entry: Audited | NotAudited) -> list[Remarked]:
    """The remarks on a document in their published shape."""
    document = entry.document
    return [
        Remarked(
            remark.about,
            remark.text,
            remark.hint,
            None if document is None or remark.span is None else _place(remark.span, document),
        )
        for remark in entry.remarks
    ]


def judged(judgement: Judgement, document: Document) -> Judged:
    """A judgement in its published shape."""
    return Judged(
        judgement.verdict.name,
        judgement.verdict.reason,
        judgement.kind,
        judgement.quote,
        judgement.span and _place(judgement.span, document),
        [
            Statement(given.label, given.written, given.span and _place(given.span, document))
            for given in judgement.evidence
        ],
        judgement.computation,
        judgement.margin,
        judgement.severity,
        list(judgement.mend),
        list(judgement.notes),
        judgement.implied,
        None if judgement.suppression is None else Suppressed(judgement.suppression.by, judgement.suppression.why),
        None if judgement.runs is None else Stability(judgement.runs.agreeing, judgement.runs.of),
    )


def _entry(covered: Covered, document: Document) -> Entry:
    text = document.text[covered.span.start : covered.span.end]
    what: Literal["number", "sentence"] = "number" if covered.what == "number" else "sentence"
    return Entry(what, covered.use, covered.why, text, _place(covered.span, document))


def _value(value: Value, document: Document) -> StatedValue:
    better: Literal["higher", "lower", ""] = (
        "higher" if value.better == "higher" else "lower" if value.better == "lower" else ""
    )
    return StatedValue(
        value.metric,
        value.unit,
        better,
        value.subject,
        dict(value.levels),
        value.point,
        value.written,
        [_place(span, document) for span in value.spans],
    )


def _uses(uses: Counter[Use]) -> Uses:
    return Uses(uses[Use.USED], uses[Use.JUDGED], uses[Use.IGNORED], uses[Use.UNREAD])


def _place(span: Span, document: Document) -> Place:
    return Place(*document.source_span(span), *document.position(span.start))
