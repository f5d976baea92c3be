"""threshold: values are said to lie above, below or between stated numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import Aggregate, All, Compare, Given, Relation, Some, Stated, unknown
from auditor.exact.expression import Over as Aggregated
from auditor.exact.interval import Interval, exactly
from auditor.exact.numeral import parse_quantity, parse_range
from auditor.exact.verdict import Reason
from auditor.judgement import Severity
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.exact.expression import Formula, Leaf
    from auditor.exact.numeral import Quantity


class Threshold(Claim, frozen=True):
    """Values against one stated number, or between two; "spans": from the one to the other."""

    kind: Literal["threshold"]
    of: Selector
    relation: Literal["above", "at least", "below", "at most", "between", "spans"]
    bound: Text
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    numbers: ClassVar[tuple[str, ...]] = ("bound",)
    says: ClassVar[str] = "on which side of the bound the values lie"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Ed has 0.71 and Flo has 0.48. Both stay above 0.5.",
            values=(("score", "Ed", "", "", "0.71"), ("score", "Flo", "", "", "0.48")),
            claim={
                "quote": "Both stay above 0.5",
                "of": {"metric": "score", "subjects": [], "levels": [], "at": None},
                "relation": "above",
                "bound": "0.5",
                "over": {"how": "all", "number": None, "exceptions": []},
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Every value that is meant lies on the stated side, or inside."""
        if self.relation in ("between", "spans"):
            return self._range(table)
        zero = parse_quantity("0") if self._is_of_sign() else None
        number = table.converted(zero or table.stated(self.bound), self.of)
        hedge = "" if number.hedge is None else number.hedge.name
        side = _WORDED.get((hedge, self.relation), self.relation)
        if (hedge, side) in _OPPOSED and _DENIAL.search(self.quote) is None:  # "never by more than 4" is at most 4
            raise Unjudgeable(Reason.READING_IN_DOUBT, f"the passage says {hedge!r}, the reading {self.relation!r}")
        formula = table.each(self.over, [self.of], _test(table, number, hedge, side))
        reach = number.hedge.fair(number.point) if number.hedge is not None and hedge == "up to" else None
        if reach is None or (self.over is not None and self.over.how != "all"):
            return formula
        return All((formula, self._reached(table, Stated(reach, number.written, table.claimed(number).note))))

    def _reached(self, table: Table, reach: Stated) -> Formula:
        """Some value comes near what is said to be reached."""
        everywhere = self.of.opened("position") if self.of.at is None else self.of

        def greatest(leaves: Leaves) -> Formula:
            return Compare(Aggregated(Aggregate.MAXIMUM, tuple(leaves)), Relation.AGREES, reach)

        return table.gathered(None, [everywhere], "", greatest)

    def _range(self, table: Table) -> Formula:
        ends = parse_range(self.bound) or parse_range(f"between {self.bound}")
        if ends is None:
            raise Unjudgeable(Reason.NUMBER_NOT_IN_QUOTE, f"no range is written in {self.bound!r}")
        where_stated = (replace(end, hedge=table.stated(end.written).hedge) for end in ends)
        low, high = sorted((table.converted(end, self.of) for end in where_stated), key=lambda end: end.point)
        least, most = table.claimed(low), table.claimed(high)
        printed = _between(exactly(low.point), exactly(high.point))

        def within(leaf: Leaf) -> Formula:
            leaf = self._saved(leaf, low)
            inside = _between(_bound(leaf, low), _bound(leaf, high))
            return Compare(leaf, Relation.AGREES, Stated(inside, self.bound, least.note or most.note, printed))

        if self.relation == "between":
            return table.each(self.over, [self.of], within)

        def touching(leaves: Leaves) -> Formula:
            terms = tuple(self._saved(leaf, low) for leaf in leaves)
            ends = All(
                (
                    Compare(Aggregated(Aggregate.MINIMUM, terms), Relation.EQUAL, least),
                    Compare(Aggregated(Aggregate.MAXIMUM, terms), Relation.EQUAL, most),
                )
            )
            if len(terms) >= _FEW:
                return ends
            few = unknown(Reason.MISSING_VALUE, "too few values are stated to say from where to where they reach")
            return All((*map(within, terms), Some((ends, few))))

        return table.gathered(self.over, [self.of], "", touching)

    def _saved(self, leaf: Leaf, low: Quantity) -> Leaf:
        """What is saved without its sign: a change of −47.2 % saves 47.2 %."""
        if not isinstance(leaf, Given) or leaf.interval.high is None or leaf.interval.high > 0 or low.point < 0:
            return leaf
        return replace(leaf, interval=-leaf.interval) if _SAVES.search(self.quote) else leaf

    def _is_of_sign(self) -> bool:
        """Whether the bound is the zero of "positive", of "none does" or of a change, which nobody writes."""
        is_none = self.relation in {"at most", "below"} and _NONE.search(self.quote) is not None
        is_change = self.of.metric is not None and _CHANGE.search(self.of.metric) is not None
        is_said = is_none or _SIGNED.search(self.quote) is not None or (is_change and _MOVES.search(self.quote))
        return self.bound.strip() == "0" and bool(is_said)

    def stated_numbers(self) -> tuple[str, ...]:
        """The bound, unless a word says it."""
        return () if self._is_of_sign() else super().stated_numbers()

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Above is greater, below is less."""
        direction = {"above": "greater", "at least": "greater", "below": "less", "at most": "less"}.get(self.relation)
        return None if direction is None else (self.of, direction, None)


def _test(table: Table, number: Quantity, hedge: str, side: str) -> Callable[[Leaf], Formula]:
    """What is said of one value; a bound of "about" a number is as wide as that."""
    claimed = table.claimed(number)
    if side not in _STRICT:
        note, printed = claimed.note if hedge == "about" else "", _side(side, exactly(number.point))

        def included(leaf: Leaf) -> Formula:
            reach = _side(side, _bound(leaf, number))
            return Compare(leaf, Relation.AGREES, Stated(reach, number.written, note, printed))

        return included
    bound = claimed if hedge == "about" else Stated(exactly(number.point), number.written)
    if (hedge, side) not in _NEAR:
        return lambda leaf: Compare(leaf, _STRICT[side], bound)
    return lambda leaf: All((Compare(leaf, _STRICT[side], bound), Compare(leaf, Relation.AGREES, claimed)))


def _bound(leaf: Leaf, number: Quantity) -> Interval:
    """The bound as wide as its hedge, or as its rounding where the value is given to more digits than the bound."""
    if number.hedge is not None and number.hedge.name == "about":
        return number.claimed
    low, high = (leaf.interval.low, leaf.interval.high) if isinstance(leaf, Given) else (None, None)
    is_finer = number.step is not None and low is not None and high is not None and high - low < number.step
    half = number.step / 2 if is_finer and number.step is not None else Fraction(0)
    return Interval(number.point - half, number.point + half, True, True)


def _side(side: str, reach: Interval) -> Interval:
    return Interval(reach.low, None, True, False) if side == "at least" else Interval(None, reach.high, False, True)


def _between(low: Interval, high: Interval) -> Interval:
    return Interval(low.low, high.high, low.low is not None, high.high is not None)


_DENIAL = Phrase(r"\b(?:not|never|no|none|neither|nor|cannot|without)\b|n[’']t\b")
_NONE = Phrase(r"\b(?:no|none|neither|never|without|zero|not (?:a single|one|any))\b")
_CHANGE = Phrase(r"\b(?:change|delta|difference|growth|gain|loss)\b|δ")
_MOVES = Phrase(
    r"\b(?:slower|faster|worse|better|improv\w*|regress\w*|increas\w*|decreas\w*|grew|gr[eo]w\w*|shr[aiu]nk\w*|rose|ris\w+"
    r"|f[ae]ll\w*|drop\w*|declin\w*)\b"
)
_SAVES = Phrase(
    r"\b(?:sav\w+|reduc\w+|less|lower\w*|smaller|fewer|decreas\w+|drop\w*|declin\w*|f[ae]ll\w*|cuts?|shr[iau]nk\w*)\b"
)
_SIGNED = Phrase(r"\b(?:positive|negative)\b")
_FEW = 3
"""Fewer values than this do not show from where to where all of them reach."""

_STRICT = {"above": Relation.GREATER, "below": Relation.LESS}
# Whether the bound itself is included the words before it say better than the reading, as far as they say it.
_WORDED = {
    ("over", "at least"): "above",
    ("at least", "above"): "at least",
    ("under", "at most"): "below",
    ("at most", "below"): "at most",
    ("up to", "below"): "at most",
}
_NEAR = {("just over", "above"), ("nearly", "below")}
"""Words that say how close to the bound the values lie."""
_OPPOSED = {
    ("over", "below"),
    ("over", "at most"),
    ("under", "above"),
    ("under", "at least"),
    ("at least", "below"),
    ("at least", "at most"),
    ("at most", "above"),
    ("at most", "at least"),
    ("up to", "above"),
    ("up to", "at least"),
}
