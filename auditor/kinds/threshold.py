"""threshold: values are said to lie above, below or between stated numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import Aggregate, All, Compare, Over as Aggregated, Relation, Stated
from auditor.exact.interval import Interval, exactly
from auditor.exact.numeral import parse_range
from auditor.exact.verdict import Reason
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Threshold(Claim):
    """Values lie above, at least at, below, at most at, or between stated numbers; "spans": from the one to the other."""

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
        number = table.stated(self.bound)
        relation = _STRICT.get(self.relation)
        if relation is not None:
            bound = Stated(exactly(number.point), number.written)
            return table.each(self.over, [self.of], lambda leaf: Compare(leaf, relation, bound))
        half = (number.step or 0) / 2
        low, high = (number.point - half, None) if self.relation == "at least" else (None, number.point + half)
        bound = Stated(Interval(low, high, True, True), number.written)
        return table.each(self.over, [self.of], lambda leaf: Compare(leaf, Relation.AGREES, bound))

    def _range(self, table: Table) -> Formula:
        table.stated(self.bound)
        ends = parse_range(self.bound)
        if ends is None:
            raise Unjudgeable(Reason.NUMBER_NOT_IN_QUOTE, f"no range is written in {self.bound!r}")
        low, high = (table.claimed(end) for end in ends)
        inside = Stated(Interval(low.interval.low, high.interval.high, True, True), self.bound)

        def within(leaf: Leaf) -> Formula:
            return Compare(leaf, Relation.AGREES, inside)

        if self.relation == "between":
            return table.each(self.over, [self.of], within)

        def touching(leaves: Leaves) -> Formula:
            terms = tuple(leaves)
            return All(
                (
                    Compare(Aggregated(Aggregate.MINIMUM, terms), Relation.AGREES, low),
                    Compare(Aggregated(Aggregate.MAXIMUM, terms), Relation.AGREES, high),
                )
            )

        return table.gathered(self.over, [self.of], "", touching)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Above is greater, below is less."""
        direction = {"above": "greater", "at least": "greater", "below": "less", "at most": "less"}.get(self.relation)
        return None if direction is None else (self.of, direction, None)


_STRICT = {"above": Relation.GREATER, "below": Relation.LESS}
