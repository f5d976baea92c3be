"""contrast: two gaps or changes are compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Selector, Table, Text, Wire
from auditor.exact.expression import Compare, Difference, Magnitude, PercentChange, Ratio, Relation

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf, Term


class Gap(Wire):
    """The gap between two values, or the change from one to the other."""

    left: Selector
    right: Selector


class Contrast(Claim):
    """A gap or change is larger, smaller, equal, similar, or `size` times another one: "the gain on X is twice the gain on Y"; a change runs from right to left, such as left at end, right at start."""

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
        """The sizes of the two gaps stand as the relation says."""
        size = None if self.size is None else table.claimed(table.stated(self.size))

        def gap(left: Leaf, right: Leaf) -> Term:
            return Magnitude(PercentChange(left, right) if self.measure == "percent" else Difference(left, right))

        def body(left: Leaf, right: Leaf, other_left: Leaf, other_right: Leaf) -> Formula:
            one, other = gap(left, right), gap(other_left, other_right)
            if size is not None and self.relation != "less":
                return Compare(Ratio(one, other), Relation.AGREES, size)
            return Compare(one, _RELATIONS[self.relation], other)

        return table.each(self.over, self.operands(), body)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Which gap is the larger one."""
        return (self.one.left, f"gap {self.relation}", self.other.left) if self.relation in ("greater", "less") else None

    def operands(self) -> tuple[Selector, ...]:
        """The four values."""
        return self.one.left, self.one.right, self.other.left, self.other.right


_RELATIONS = {
    "greater": Relation.GREATER,
    "less": Relation.LESS,
    "equal": Relation.EQUAL,
    "similar": Relation.SIMILAR,
    "times": Relation.GREATER,
}
