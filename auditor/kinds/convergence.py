"""convergence: two series are said to come together, by a point or at the end.

How near is near goes by the axis, or else by the largest value of the two series: losses
that fall from 2 to 0.01 and to 0.03 have come together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Over, Selector, Table, Text
from auditor.exact.expression import Aggregate, Compare, Magnitude, Relation
from auditor.exact.expression import Over as Aggregated

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Convergence(Claim, frozen=True):
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
        at = [replace(selector, at=point) for selector in (self.left, self.right)]
        everything = table.values([self.left.opened("position"), self.right.opened("position")])
        largest = Aggregated(Aggregate.MAXIMUM, tuple(Magnitude(leaf) for leaf in everything))
        scale = table.scale(self.left) or largest

        def body(left: Leaf, right: Leaf) -> Formula:
            return Compare(left, Relation.SIMILAR, right, scale=scale)

        return table.each(self.over, at, body)
