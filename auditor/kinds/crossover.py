"""crossover: one series is said to overtake another, at some point, and perhaps to stay ahead.

What counts are the known points next to the crossing; a point so near to it that the
wording may mean it can help a claim, and cannot refute it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Selector, Table, Text
from auditor.exact.expression import All, Compare, Given, Relation, Some, unknown
from auditor.exact.numeral import find_numerals
from auditor.exact.verdict import Reason
from auditor.phrase import Phrase
from auditor.tables.positions import period_at, rough_at

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf

START, END = "start", "end"
_MOMENT = Fraction(1, 10**6)
"""Less than lies between any two times, in years."""
_ABOUT = Phrase(
    r"\b(?:around|about|approximately|roughly|near|nearly|circa|close to|between|by|early|mid|late|end of)\b|~"
)
_PASSING = Phrase(r"\b(?:brief|temporar|moment|short|for a (?:while|moment|time))")


class Crossover(Claim, frozen=True):
    """One series overtakes another around position `where`; `keeps_lead` if it is said to stay ahead."""

    kind: Literal["crossover"]
    overtaker: Selector
    overtaken: Selector
    where: Text | None
    keeps_lead: bool

    says: ClassVar[str] = "who leads after the crossing"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Red goes from 0.1 at step 0 to 0.4 at step 90, Tan from 0.2 to 0.5. Red overtakes Tan at step 50 for good.",
            values=(
                ("reward", "Red", "", "0", "0.1"),
                ("reward", "Red", "", "90", "0.4"),
                ("reward", "Tan", "", "0", "0.2"),
                ("reward", "Tan", "", "90", "0.5"),
            ),
            claim={
                "quote": "Red overtakes Tan at step 50 for good",
                "overtaker": {"metric": "reward", "subjects": ["Red"], "levels": [], "at": None},
                "overtaken": {"metric": None, "subjects": ["Tan"], "levels": [], "at": None},
                "where": "50",
                "keeps_lead": True,
            },
            verdict="contradicted",
            better="higher",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Behind at the last known point before, ahead at the first after; and at all after where the lead is kept."""
        polarity = table.better(self.overtaker)
        ahead = Relation.LESS if polarity == "lower" else Relation.GREATER
        time = None if self.where is None else period_at(self.where)
        quantities = [numeral.quantity for numeral in find_numerals(self.where or "") if numeral.quantity is not None]
        reaches = [(quantity.claimed.low, quantity.claimed.high, quantity.point) for quantity in quantities]
        low = min((point if end is None else end for end, _, point in reaches), default=None)
        high = max((point if end is None else end for _, end, point in reaches), default=None)
        where = None if low is None or high is None else (low, high)
        if ".." in (self.where or "") and len(quantities) > 1:  # between the two, as they are written
            where = min(each.point for each in quantities), max(each.point for each in quantities)
        if time is not None:
            where = time.start, time.end - _MOMENT
        rough = rough_at(self.where or "")
        if rough is not None:  # "in the 2000s"
            where = rough.outer.start, rough.outer.end

        def body(pairs: list[tuple[Leaf, Leaf]]) -> Formula:
            crossed = self._crossed(pairs, ahead, where, is_time=time is not None)
            if polarity in ("lower", "higher"):
                return crossed
            doubt = unknown(Reason.POLARITY_UNKNOWN, f"is more or less of {self.overtaker.metric or 'it'} ahead?")
            return Some((crossed, All((self._crossed(pairs, ahead.inverse, where, is_time=time is not None), doubt))))

        return table.paired(self.overtaker.opened("position"), self.overtaken.opened("position"), body)

    def _crossed(
        self, pairs: list[tuple[Leaf, Leaf]], ahead: Relation, where: tuple[Fraction, Fraction] | None, *, is_time: bool
    ) -> Formula:
        leads = [_stands(pair, ahead) for pair in pairs]
        trails = [_stands(pair, ahead.inverse) for pair in pairs]
        if len(pairs) < 2:  # noqa: PLR2004  (a crossing lies between two points)
            return _missing("on the other side of the crossing")
        if where is None:
            return Some(tuple(All((trails[at], *self._from(leads, at + 1))) for at in range(len(pairs) - 1)))
        sides = [_side(pair, *where, between=".." in (self.where or "")) for pair in pairs]
        near = [place for place, side in enumerate(sides) if side == 0]
        before = [place for place, side in enumerate(sides) if side == -1][-1:]
        after = [place for place, side in enumerate(sides) if side == 1]
        until = [trails[place] for place in (*before, *near)] + ([] if before else [_missing("before the crossing")])
        later = [leads[place] for place in after] or [_missing("after the crossing")]
        is_inside = is_time and near and _ABOUT.search(self.quote) is None  # who overtakes in a year is ahead in it
        if self.keeps_lead:
            return All((*(leads[place] for place in near[-1:] if is_inside), *later, Some(tuple(until))))
        since = [*(() if is_inside else later[:1]), *(leads[place] for place in near)]
        if _PASSING.search(self.quote):
            since.append(_missing("right after the crossing"))
        return All((Some(tuple(since)), Some(tuple(until))))

    def _from(self, leads: list[Formula], at: int) -> list[Formula]:
        return leads[at:] if self.keeps_lead else [Some((leads[at], leads[-1]))]

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Who overtakes whom."""
        return self.overtaker, "better", self.overtaken


def _stands(pair: tuple[Leaf, Leaf], relation: Relation) -> Formula:
    """The first stands to the second in the relation; contradicted only where it stands the other way round."""
    mine, theirs = pair
    not_against = Relation.NOT_BELOW if relation is Relation.GREATER else Relation.NOT_ABOVE
    level = unknown(Reason.TIE_AT_PRECISION, "level")
    return All((Compare(mine, not_against, theirs), Some((Compare(mine, relation, theirs), level))))


def _missing(where: str) -> Formula:
    return unknown(Reason.MISSING_VALUE, f"no shared point {where}")


def _side(pair: tuple[Leaf, Leaf], low: Fraction, high: Fraction, *, between: bool) -> int | None:
    """-1 before the stretch of the crossing, 0 in it, +1 after it; None where that is not known.

    The ends of a stretch "between steps 8 and 12" lie before and after; what crosses "at about 10" may do so anywhere.
    """
    leaf = pair[0]
    if not isinstance(leaf, Given):
        return None
    if leaf.position is None:
        return {START: -1, END: 1}.get(leaf.place)
    if between and low < high:
        return -1 if leaf.position <= low else int(leaf.position >= high)
    return -1 if leaf.position < low else int(leaf.position > high)
