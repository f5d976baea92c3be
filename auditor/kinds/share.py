"""share: one amount is stated as a percentage or fraction of another, or of several together."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import (
    Aggregate,
    All,
    Compare,
    Ratio,
    Readings,
    Relation,
    Scaled,
    unknown,
)
from auditor.exact.expression import (
    Over as Aggregated,
)
from auditor.exact.expression import (
    Share as PartOf,
)
from auditor.exact.interval import exactly
from auditor.exact.term import interval_of
from auditor.exact.verdict import SUPPORTED, Reason
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf, Stated, Term
    from auditor.exact.numeral import Quantity


class Share(Claim, frozen=True):
    """One amount is a stated percentage or fraction of a whole; a whole with several values means their sum."""

    kind: Literal["share"]
    part: Selector
    whole: Selector
    size: Text
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    pooled: ClassVar[bool] = True
    numbers: ClassVar[tuple[str, ...]] = ("size",)
    says: ClassVar[str] = "the share of the whole"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Of 120 guests, 42 stayed, a little over a third (35 %).",
            values=(("guests", "all", "", "", "120"), ("guests", "stayed", "", "", "42")),
            claim={
                "quote": "35 %",
                "part": {"metric": "guests", "subjects": ["stayed"], "levels": [], "at": None},
                "whole": {"metric": "guests", "subjects": ["all"], "levels": [], "at": None},
                "size": "35 %",
                "over": None,
            },
            verdict="supported",
            unit="count",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The part over the whole agrees with the stated share; a part that the whole contains counts once."""
        claimed = table.claimed(_in_percent(table.stated(self.size)))

        named = self.whole if self.whole.metric is not None else self.part

        def body(parts: Leaves, wholes: Leaves) -> Formula:
            if table.is_percentage(named) and _is_more_than_a_whole(wholes):
                return unknown(Reason.VAGUE, "percentages that come to more than 100 are not of one whole")
            return self._of(tuple(parts), tuple(wholes), claimed)

        together = table.gathered(self.over, [self.part, self.whole], "", body)
        if self.over is None:
            return together

        def one_by_one(wholes: Leaves) -> Formula:
            return table.each(self.over, [self.part], lambda part: self._of((part,), tuple(wholes), claimed))

        return Readings((table.gathered(None, [self.whole], "", one_by_one), together))

    def _of(self, parts: tuple[Leaf, ...], wholes: tuple[Leaf, ...], claimed: Stated) -> Formula:
        part = _total_among(parts, parts) or _sum(parts)
        rest = tuple(leaf for leaf in wholes if leaf not in parts)
        if len(rest) == len(wholes):
            return Compare(Scaled(Ratio(part, _sum(wholes)), Fraction(100)), Relation.AGREES, claimed)
        listed = PartOf(part, rest)
        agrees = Compare(listed, Relation.AGREES, claimed)
        total = _total_among(rest, wholes)
        if total is not None:
            of_total = Compare(Scaled(Ratio(part, total), Fraction(100)), Relation.AGREES, claimed)
            return Readings((of_total, agrees))
        if len(self.whole.subjects) > 1 or len(self.whole.levels) > 1:
            return agrees
        others = unknown(Reason.MISSING_VALUE, "the whole may hold more than what is listed")
        return Readings((agrees, All((Compare(listed, Relation.GREATER, claimed), others))))


def _sum(leaves: tuple[Leaf, ...]) -> Term:
    return leaves[0] if len(leaves) == 1 else Aggregated(Aggregate.SUM, leaves)


def _is_more_than_a_whole(leaves: Leaves) -> bool:
    """Whether several percentages come to more than all of one thing, rounding aside."""
    return len(leaves) > 1 and interval_of(_sum(tuple(leaves))).is_above(exactly(100))


def _total_among(candidates: tuple[Leaf, ...], leaves: tuple[Leaf, ...]) -> Leaf | None:
    """A value that is the sum of all the others that are listed with it."""
    for total in candidates:
        others = tuple(leaf for leaf in leaves if leaf is not total)
        if len(others) > 1 and evaluate(Compare(_sum(others), Relation.EQUAL, total)).verdict == SUPPORTED:
            return total
    return None


def _in_percent(size: Quantity) -> Quantity:
    """A part of one, in digits or words, as a percentage; "twice" the whole is one too."""
    if size.unit is not None and size.unit.name in ("pence", "cents"):
        return replace(size, unit=None)  # "81 pence of every pound"
    if size.unit is not None and size.unit.dimension not in ("percent", "factor"):
        raise Unjudgeable(Reason.UNIT_MISMATCH, f"{size.written!r} is no share")
    if size.unit is None and size.point > 1 and not size.is_worded:
        return size
    factor = Fraction(100) if size.unit is None else size.unit.factor * 100
    return size.scaled(factor)
