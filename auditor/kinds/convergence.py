"""convergence: two series are said to come together, by a point or at the end."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Selector, Table, Text
from auditor.exact.expression import Compare, Relation

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Convergence(Claim):
    """Two series come to the same level by position `where` (null: at their end)."""

    kind: Literal["convergence"]
    left: Selector
    right: Selector
    where: Text | None
    over: Over | None

    says: ClassVar[str] = "whether the two come together"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Uma ends at 0.60 and Val at 0.61: they converge.",
            values=(("reward", "Uma", "", "end", "0.60"), ("reward", "Val", "", "end", "0.61")),
            claim={
                "quote": "they converge",
                "left": {"metric": "reward", "subjects": ["Uma"], "levels": [], "at": None},
                "right": {"metric": None, "subjects": ["Val"], "levels": [], "at": None},
                "where": None,
                "over": None,
            },
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The two values at the point are similar, on the scale of the axis where there is one."""
        point = self.where or "end"
        at = [selector.model_copy(update={"at": point}) for selector in (self.left, self.right)]

        def body(left: Leaf, right: Leaf) -> Formula:
            scale = table.scale(self.left)
            return Compare(left, Relation.SIMILAR, right, tolerance=Fraction(1, 20), scale=scale)

        return table.each(self.over, at, body)
