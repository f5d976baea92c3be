"""contrast: two gaps or changes are compared with each other."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Selector, Table, Text, Wire
from auditor.exact.expression import (
    Compare,
    Complement,
    Difference,
    Given,
    Magnitude,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    unknown,
)
from auditor.exact.verdict import Reason
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf, Term
    from auditor.exact.numeral import Quantity

_UP = Phrase(r"\b(?:gain|improve|increase|rise|rose|grow|grew|climb)\w*")
_DOWN = Phrase(r"\b(?:drop|fall|fell|decline|decrease|loss|lost|lose|reduc|shrank|shrunk|shrink)\w*")
"""Words for a change that say which way it goes, unlike "gap", "difference" or "change"."""


class Gap(Wire, frozen=True):
    """The gap between two values, or the change from one to the other."""

    left: Selector
    right: Selector


class Contrast(Claim, frozen=True):
    """A gap or change against another, `size` times it: "the gain on X is twice that on Y"; a change runs from right (start) to left (end)."""

    kind: Literal["contrast"]
    one: Gap
    relation: Literal["greater", "less", "equal", "similar", "times"]
    other: Gap
    measure: Literal["amount", "percent"]
    size: Text | None
    over: Over | None

    numbers: ClassVar[tuple[str, ...]] = ("size",)
    says: ClassVar[str] = "which gap is the larger one"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Day: Abe 3, Bea 9. Night: Abe 5, Bea 6. The gap is larger by day.",
            values=(
                ("hits", "Abe", "time=day", "", "3"),
                ("hits", "Bea", "time=day", "", "9"),
                ("hits", "Abe", "time=night", "", "5"),
                ("hits", "Bea", "time=night", "", "6"),
            ),
            claim={
                "quote": "The gap is larger by day",
                "one": {
                    "left": {"metric": "hits", "subjects": ["Abe"], "levels": ["day"], "at": None},
                    "right": {"metric": None, "subjects": ["Bea"], "levels": ["day"], "at": None},
                },
                "relation": "greater",
                "other": {
                    "left": {"metric": None, "subjects": ["Abe"], "levels": ["night"], "at": None},
                    "right": {"metric": None, "subjects": ["Bea"], "levels": ["night"], "at": None},
                },
                "measure": "amount",
                "size": None,
                "over": None,
            },
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The sizes of the two gaps stand as the relation says, by so much if that is said."""
        size = None if self.size is None else table.stated(self.size)

        def gap(left: Leaf, right: Leaf) -> Term:
            return Magnitude(PercentChange(left, right) if self.measure == "percent" else Difference(left, right))

        def body(left: Leaf, right: Leaf, other_left: Leaf, other_right: Leaf) -> Formula:
            one_way = (_UP.search(self.quote) is None) is not (_DOWN.search(self.quote) is None)
            if one_way and _sign(left, right) * _sign(other_left, other_right) < 0:
                return unknown(Reason.MIXED_EVIDENCE, "one of the two goes up and the other down")
            one, other = gap(left, right), gap(other_left, other_right)
            if size is None:
                is_exact = self.relation != "equal" or _EXACTLY.search(self.quote) is not None
                return Compare(one, _RELATIONS[self.relation] if is_exact else Relation.SIMILAR, other)
            return self._sized(table, one, other, size)

        return table.each(self.over, self.operands(), body)

    def _sized(self, table: Table, one: Term, other: Term, size: Quantity) -> Formula:
        """How much larger or smaller: a factor, a percentage, or an amount, as the unit of the size says."""
        less, kind = self.relation == "less", "" if size.unit is None else size.unit.dimension
        claimed = table.claimed(size)
        if kind == "percent" and self.relation == "times":
            return Compare(Scaled(Ratio(one, other), Fraction(100)), Relation.AGREES, claimed)
        accepted: list[Term] = []
        if kind == "percent":
            accepted.append(Scaled(PercentChange(one, other), Fraction(-1 if less else 1)))
        if kind in ("", "factor"):
            ratio = Ratio(one, other)
            part: list[Term] = [Complement(Fraction(1), ratio), ratio] if size.point < 1 else [Ratio(other, one)]
            accepted += part if less else (ratio,)
        formulas: list[Formula] = [Compare(term, Relation.AGREES, claimed) for term in accepted]
        if kind not in ("factor", "percent") or (kind == "percent" and table.is_percentage(self.one.left)):
            amount = table.claimed(table.converted(size, self.one.left))
            more = Difference(other, one) if less else Difference(one, other)
            formulas.append(Compare(more, Relation.AGREES, amount))
        return formulas[0] if len(formulas) == 1 else Readings(tuple(formulas))

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Which gap is the larger one."""
        if self.relation not in ("greater", "less"):
            return None
        return self.one.left, f"gap {self.relation}", self.other.left

    def operands(self) -> tuple[Selector, ...]:
        """The four values."""
        return self.one.left, self.one.right, self.other.left, self.other.right


_EXACTLY = Phrase(r"\b(?:exact\w*|precise\w*|identical\w*)\b")
_RELATIONS = {
    "greater": Relation.GREATER,
    "less": Relation.LESS,
    "equal": Relation.EQUAL,
    "similar": Relation.SIMILAR,
    "times": Relation.GREATER,
}


def _sign(left: Leaf, right: Leaf) -> int:
    """Whether the one is above the other for certain (+1), below (-1), or neither."""
    if not isinstance(left, Given) or not isinstance(right, Given):
        return 0
    return left.interval.is_above(right.interval) - right.interval.is_above(left.interval)
