"""completeness: may a value that a claim counts on have been lost on the way from the document to the table?

"Two of three are ahead", a sum, or the one point that is left to compare at can all be
refuted by a value that the reading passed over. A counter-example cannot.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.claim import THROUGHOUT
from auditor.exact.quantity import is_count
from auditor.extraction import claim_kind
from auditor.facts.position import END, NOWHERE
from auditor.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.claim import Claim
    from auditor.document import Span
    from auditor.exact.quantity import Quantity
    from auditor.facts.row import Mention
    from auditor.grounded import Reading

_BLOCK_END = re.compile(r"\n[ \t]*(?=\n|#{1,6}[ \t])")
_UP_TO = phrase(r"\b(?:up to|as (?:much|many|high|low|little|few) as)\b")
_COUNTING = frozenset(("any", "most", "exactly", "at least"))
_TAKING_ALL = frozenset(("aggregate", "share", "association", "crossover", "lead"))
_AT_ONE_POINT = frozenset(("comparison", "difference", "ordering", "superlative"))
"""Kinds that are judged at the end, or where no end is known at what points there are."""
_OPEN = frozenset(("difference", "contrast"))
_COUNT, _FACTOR = "count", "factor"


class Completeness:
    """What a reading may lack, metric by metric."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def doubt(self, claim: Claim, kind: str, metric: str, evidence: Iterable[Mention]) -> str | None:
        """Why a claim that is contradicted may hold with a value that was lost; None where none can have been."""
        if not _counts_on_all(claim, kind, evidence) or metric not in self._lacking:
            return None
        return f"not every number of {metric} was read"

    @cached_property
    def _lacking(self) -> frozenset[str]:
        facts, names = self._reading.facts, self._reading.names
        places = {(mention.key.metric, self._block(mention.span.start)) for mention in facts.mentions}
        known = {
            metric
            for metric, block in places
            if any(self._may_be_of(what, metric) for what in self._unread.get(block, ()))
        }
        known.update(
            facts.canonical(metric)
            for lost in self._reading.lost
            if (metric := names.metrics.meaning(lost)) is not None
        )
        return frozenset(known)

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _BLOCK_END.finditer(self._reading.document.text)]

    def _block(self, offset: int) -> int:
        return bisect_right(self._ends, offset)

    def _claimed(self) -> Iterator[Span]:
        """What claims state; beside a share stands the amount that it is the share of, which has to be read as a value."""
        for placed in self._reading.claims:
            if placed.span is not None and claim_kind(placed.claim) != "share":
                yield placed.span
            elif placed.span is not None:
                for written in placed.claim.stated_numbers():
                    yield from self._reading.numbers.places(placed.span, written)

    @cached_property
    def _unread(self) -> dict[int, set[str | None]]:
        """What the numbers measure that are no value, claim or name, by the paragraph or list that they stand in."""
        reading = self._reading
        used = {mention.span.start for mention in reading.facts.mentions}
        positions = {mention.point.position for mention in reading.facts.mentions}
        tabled = {mention.quantity.point for mention in reading.facts.mentions if mention.in_table}
        quotes = [*reading.ranges, *self._claimed()]
        found: dict[int, set[str | None]] = {}
        for numeral in reading.numbers.numerals:
            if numeral.quantity is None or numeral.start in used or numeral.quantity.point in tabled:
                continue  # prose that repeats a number of a table has none of its own
            if numeral.quantity.point in positions and _may_be_a_place(numeral.quantity):
                continue  # the year or the step that a value belongs to
            if any(span.start <= numeral.start < span.end for span in quotes) or reading.is_name(
                numeral.start, numeral.end
            ):
                continue
            found.setdefault(self._block(numeral.start), set()).add(_measures(numeral.quantity))
        return found

    def _may_be_of(self, what: str | None, metric: str) -> bool:
        """Whether a number may be a value of a metric: a bare count only of what is counted, gigabytes not of a time."""
        facts = self._reading.facts
        if what == _COUNT:
            return metric in facts.counted
        unit = facts.units.get(metric)
        if what == _FACTOR and unit is None:
            return False  # "doubled" is no value of what is counted in nothing
        return what is None or unit is None or what == unit.dimension


def _may_be_a_place(quantity: Quantity) -> bool:
    """Whether a number is a whole one, in full or as "10M"."""
    return quantity.step is None or (quantity.unit is None and quantity.point.denominator == 1)


def _measures(quantity: Quantity) -> str | None:
    """The dimension of a number's unit, "count" for a bare whole number; None where it says neither."""
    return _COUNT if is_count(quantity) else None if quantity.unit is None else quantity.unit.dimension


def _is_open(claim: Claim) -> bool:
    """Whether an operand of a claim may be several values; one without a metric has that of another."""
    operands = claim.operands()
    return all(selector.metric is None for selector in operands) or any(
        len(selector.subjects) != 1 or not selector.levels or selector.at == THROUGHOUT for selector in operands
    )


def _counts_on_all(claim: Claim, kind: str, evidence: Iterable[Mention]) -> bool:
    """Whether one value more could turn the contradiction round."""
    over, evidence = claim.slot("over"), tuple(evidence)
    is_tabled = bool(evidence) and all(mention.in_table for mention in evidence)  # a table has been read to the end
    if over is not None and (over.how in _COUNTING or over.exceptions) and not is_tabled:
        return True
    if claim.slot("rank", 1) != 1 or claim.slot("relation", "") == "spans" or _UP_TO.search(claim.quote):
        return True
    if kind in _TAKING_ALL or (kind in _OPEN and _is_open(claim) and not is_tabled):
        return True
    named = any(selector.at is not None for selector in claim.operands())
    return (
        kind in _AT_ONE_POINT
        and not named
        and any(mention.point.name != END and mention.point != NOWHERE for mention in evidence)
    )
