"""pipeline: from a document and a model's answer to what became of it; no input or output, no clock, no chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.coverage import ledger
from auditor.exact.tolerance import TOLERANCES
from auditor.facts.stated import values
from auditor.findings import findings
from auditor.grounded import Reading
from auditor.hidden import remarks
from auditor.implied import implied
from auditor.judging import Judge
from auditor.reading import readings
from auditor.report import Audited, in_document_order
from auditor.tables.found import tables_of

if TYPE_CHECKING:
    from auditor.document import Document
    from auditor.exact.tolerance import Tolerances
    from auditor.judgement import Judgement
    from auditor.partial import Partial


def audit(
    document: Document, answer: str, *, model: str = "", stale: bool = False, tolerances: Tolerances = TOLERANCES
) -> Audited:
    """Judge everything that fits of an answer about a document; AnswerError where the answer is none as a whole."""
    samples = [_judged(document, partial, model, tolerances, stale=stale) for partial in readings(document, answer)]
    if len(samples) == 1:
        return samples[0]
    from auditor.voting import majority  # noqa: PLC0415  most documents are read once

    return majority(samples)


def _judged(document: Document, partial: Partial, model: str, tolerances: Tolerances, *, stale: bool) -> Audited:
    """Everything that was read in one run."""
    reading = Reading(document, partial, tolerances)
    judge = Judge(reading)
    stated = [judge.judge(number) for number in range(len(reading.claims))]
    judgements = tuple(in_document_order([*stated, *implied(reading), *findings(document, reading.tables)]))
    coverage = tuple(ledger(reading, judgements))
    stated_values = tuple(values(reading.facts))
    refused = tuple(reading.rejected)
    return Audited(document, judgements, coverage, refused, model, stale, stated_values, remarks(document))


def unread(document: Document) -> tuple[Judgement, ...]:
    """What can be judged of a document that nobody has read: its tables, by themselves."""
    return tuple(findings(document, tables_of(document)))
