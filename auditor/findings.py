"""findings: what the tables of a document get wrong by themselves, as judgements; no model is needed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.conclusion import conclude
from auditor.document import Span
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Given
from auditor.judgement import Evidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.document import Document
    from auditor.exact.evaluation import Trace
    from auditor.judgement import Judgement
    from auditor.tables.table import Entry, Table


def findings(document: Document, tables: Sequence[Table]) -> Iterator[Judgement]:
    """Every cell that the rest of its table contradicts, in the order of the document."""
    if not tables:
        return
    from auditor.tables.checks import checked  # noqa: PLC0415  (a document without tables has no time for it)

    found, entries = checked(tables)
    for finding in found:
        trace = evaluate(finding.formula)
        yield conclude(
            finding.kind,
            trace,
            _evidence(document, trace, entries),
            document.text[slice(*finding.span)],
            finding.span,
            Severity(finding.severity),
            (*trace.notes, f"elsewhere in the table: {finding.about}"),
            about="this cell",
            implied=True,
        )


def _evidence(document: Document, trace: Trace, entries: Sequence[Entry]) -> tuple[Evidence, ...]:
    found: dict[Span, Evidence] = {}
    for leaf in trace.leaves:
        if isinstance(leaf, Given):
            for entry in (entries[source] for source in leaf.sources):
                found[entry.span] = Evidence(leaf.label, document.text[slice(*entry.span)], Span(*entry.span))
    return tuple(found.values())
