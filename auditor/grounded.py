"""grounded: an extraction brought down to the document: quotes placed, numbers parsed, values entered as facts.

What the document does not bear out is used for nothing and listed as rejected, with the
reason; nothing is repaired on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.exact.verdict import Reason
from auditor.facts import Facts, Key
from auditor.grounding import Grounder, Numbers
from auditor.guards import Passage, polarity_doubt, value_doubt
from auditor.names import Names
from auditor.report import Rejected
from auditor.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from auditor.claim import Claim
    from auditor.document import Document, Span
    from auditor.extraction import Extraction, Value


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim with the place of its quote."""

    claim: Claim
    span: Span | None
    """None where the quote does not stand in the document."""


class Reading:
    """Everything the judge needs to know of one document and what was read from it."""

    def __init__(self, document: Document, extraction: Extraction) -> None:
        self.document = document
        self.extraction = extraction
        self.names = Names(extraction)
        self.numbers = Numbers(document)
        self.surroundings = Surroundings(document)
        self.subject_index, self.level_index = self.names.index(document)
        self.rejected: list[Rejected] = []
        self._grounder = Grounder(document)
        self.facts = Facts.of(extraction, self.names)
        self._doubt_polarities()
        for value in extraction.values:
            self._enter(value)
        self.claims = tuple(
            PlacedClaim(claim, self.locate(claim.quote, _names_of(claim, self.names))) for claim in extraction.claims
        )

    def passage(self, span: Span) -> Passage:
        """A place with what stands around it."""
        return Passage(self.document, span, self.surroundings, self.subject_index, self.level_index)

    def locate(self, quote: str, names: Iterable[str]) -> Span | None:
        """Where a quote stands; among several places, where these names stand nearest."""
        wanted = frozenset(names)
        return self._grounder.locate(quote, self._fit(wanted))

    def _fit(self, wanted: frozenset[str]) -> Callable[[Span], int]:
        def fit(span: Span) -> int:
            """Four for each name in the passage, three in its sentence, two in its line, one in its headings."""
            score, rings = 0, [span, *self.surroundings.rings(span)]
            left = set(wanted)
            for place, ring in enumerate(rings):
                named = {named.name for named in self.subject_index.within(ring)}
                named.update(named_.name for index in self.level_index.values() for named_ in index.within(ring))
                score += len(left & named) * max(4 - place, 1)
                left -= named
            return score

        return fit

    def _doubt_polarities(self) -> None:
        for name, metric in list(self.facts.metrics.items()):
            doubt = polarity_doubt(metric)
            if doubt is not None:
                self.rejected.append(Rejected(f"polarity of {name!r}", doubt, None))
                self.facts.metrics[name] = metric.model_copy(update={"better": "unknown"})

    def _enter(self, value: Value) -> None:
        """One value into the table, or into the list of what was rejected."""
        what = f"value {value.written!r} of {value.metric!r}" + (f" for {value.subject!r}" if value.subject else "")
        names, facts = self.names, self.facts
        metric = names.metrics.meaning(value.metric)
        subject = names.subjects.meaning(value.subject) if value.subject is not None else None
        levels = [names.level(level) for level in value.levels]
        point = facts.point(value.at)
        if metric is None or (value.subject is not None and subject is None) or any(len(found) != 1 for found in levels):
            self.rejected.append(Rejected(what, f"{Reason.UNKNOWN_SUBJECT}: a name in its key is not declared", None))
            return
        if point is None:
            self.rejected.append(Rejected(what, f"its point {value.at!r} is neither a name nor a position", None))
            return
        chosen = tuple(sorted({found[0] for found in levels}))
        quote = self.locate(value.quote, [name for name in (subject, *(level for _, level in chosen)) if name])
        if quote is None:
            self.rejected.append(Rejected(what, f"{Reason.QUOTE_NOT_FOUND}: {Reason.QUOTE_NOT_FOUND.meaning}", None))
            return
        found = self.numbers.find(quote, value.written)
        if found is None:
            self.rejected.append(Rejected(what, f"{Reason.NUMBER_NOT_IN_QUOTE}: {Reason.NUMBER_NOT_IN_QUOTE.meaning}", quote))
            return
        quantity, span = found
        doubt = value_doubt(subject, chosen, quote, self.passage(quote))
        if doubt is not None:
            self.rejected.append(Rejected(what, f"{Reason.READING_IN_DOUBT}: {doubt}", quote))
            return
        key = Key(facts.canonical(metric), subject, chosen, point.place)
        if not facts.add(key, point, quantity, span, quote):
            self.rejected.append(Rejected(what, f"{Reason.UNIT_MISMATCH}: {Reason.UNIT_MISMATCH.meaning}", quote))


def _names_of(claim: Claim, names: Names) -> set[str]:
    """The canonical names that a claim's operands use."""
    found: set[str] = set()
    for selector in claim.operands():
        found.update(meaning for name in selector.subjects if (meaning := names.subjects.meaning(name)) is not None)
        found.update(level for name in selector.levels for _, level in names.level(name))
    return found
