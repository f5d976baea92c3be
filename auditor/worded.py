"""worded: orders that a document states in words alone, evidence for its other statements where numbers are missing."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.claim import THROUGHOUT
from auditor.exact.evaluation import Trace
from auditor.exact.expression import Witness
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.claim import Claim, Selector
    from auditor.document import Span
    from auditor.grounded import PlacedClaim, Reading


class Order(Struct, frozen=True):
    """An order stated in words, without numbers."""

    number: int
    """The claim that states it, by its place in the reading."""
    metric: str
    first: str
    second: str
    levels: tuple[tuple[str, frozenset[str]], ...]
    sign: int
    """+1 where the first has the greater number."""


class Orders:
    """The orders of one reading; `doubts` says what in its words speaks against the reading of a claim."""

    def __init__(self, reading: Reading, doubts: Callable[[Claim, Span | None], Sequence[str]]) -> None:
        self._reading = reading
        self._doubts = doubts

    def trace(self, number: int) -> Trace | None:
        """What other statements say in words of a claim, by its place in the reading; None where they say nothing."""
        mine = self._order(number, self._reading.claims[number])
        if mine is None:
            return None
        place = self._reading.claims[number].span
        support, against, witnesses = 0, 0, []
        for order in self._stated.get((mine.metric, frozenset({mine.first, mine.second})), ()):
            other = self._reading.claims[order.number]
            if order.number == number or other.span is None or place is None or other.span.overlaps(place):
                continue
            if not _speaks_of(order.levels, mine.levels):
                continue
            sign = order.sign if order.first == mine.first else -order.sign
            if sign == mine.sign:
                support += 1
            elif order.levels == mine.levels:
                against += 1
            else:
                continue
            witnesses.append(Witness("stated in words", other.claim.quote, order.number))
        text = f"no numbers; {support} other passage{'s' * (support != 1)} in words agree, {against} disagree"
        if support and against:
            return Trace(unverifiable(Reason.MIXED_EVIDENCE), text, tuple(witnesses))
        if support:
            return Trace(SUPPORTED, text, tuple(witnesses), notes=("rests on words alone: no numbers are stated",))
        return Trace(CONTRADICTED, text, tuple(witnesses[:1])) if against else None

    @cached_property
    def _stated(self) -> Mapping[tuple[str, frozenset[str]], list[Order]]:
        """Those of metrics without any number, by metric and subjects, as the document gives them."""
        found: dict[tuple[str, frozenset[str]], list[Order]] = defaultdict(list)
        for number, placed in sorted(enumerate(self._reading.claims), key=lambda claim: claim[1].span or (0, 0)):
            order = self._order(number, placed)
            if order is None or not self._is_stated_in_words_only(order.metric):
                continue
            if not self._doubts(placed.claim, placed.span):
                found[order.metric, frozenset({order.first, order.second})].append(order)
        return found

    def _order(self, number: int, placed: PlacedClaim) -> Order | None:
        """What a claim says of two named subjects without a number, if it says that."""
        reading = placed.claim.reading()
        if placed.span is None or reading is None or reading[2] is None or placed.claim.stated_numbers():
            return None
        first, direction, second = reading[0], reading[1], reading[2]
        metric = self._reading.metric_of(first if first.metric is not None else second)
        names = self._reading.names
        subjects = [
            names.subjects.meaning(selector.subjects[0]) if len(selector.subjects) == 1 else None
            for selector in (first, second)
        ]
        if metric is None or subjects[0] is None or subjects[1] is None or subjects[0] == subjects[1]:
            return None
        better = self._reading.facts.metrics[metric].better
        sign = {"greater": 1, "less": -1}.get(direction, 0)
        if direction in ("better", "worse") and better in ("higher", "lower"):
            sign = 1 if (direction == "better") is (better == "higher") else -1
        levels = _level_sets(first, self._reading)
        if sign == 0 or levels is None or levels != _level_sets(second, self._reading):
            return None
        return Order(number, self._reading.facts.canonical(metric), subjects[0], subjects[1], levels, sign)

    def _is_stated_in_words_only(self, metric: str) -> bool:
        """Whether the document gives no number of the metric; one that the reading lost would outrank the words."""
        reading = self._reading
        if not reading.extraction.values and any(numeral.quantity is not None for numeral in reading.numbers.numerals):
            return False
        return metric not in self._measured

    @cached_property
    def _measured(self) -> frozenset[str]:
        """The metrics that values were read for, whether they were borne out or not."""
        reading = self._reading
        read = {reading.names.metrics.meaning(value.metric) for value in reading.extraction.values}
        canonical = (reading.facts.canonical(name) for name in read if name is not None)
        return frozenset((*reading.facts.measured(), *canonical))


def _level_sets(selector: Selector, reading: Reading) -> tuple[tuple[str, frozenset[str]], ...] | None:
    """The levels a selector restricts, by dimension; None for one that names a point or an unknown level."""
    if selector.at not in (None, THROUGHOUT):
        return None
    levels: dict[str, set[str]] = {}
    for name in selector.levels:
        meanings = reading.names.level(name)
        if len(meanings) != 1:
            return None
        levels.setdefault(meanings[0][0], set()).add(meanings[0][1])
    return tuple(sorted((dimension, frozenset(chosen)) for dimension, chosen in levels.items()))


def _speaks_of(
    general: tuple[tuple[str, frozenset[str]], ...], special: tuple[tuple[str, frozenset[str]], ...]
) -> bool:
    """Whether two restrictions can mean the same case: on each dimension that both restrict, they share a level."""
    one, other = dict(general), dict(special)
    return all(one[dimension] & other[dimension] for dimension in one.keys() & other.keys())
