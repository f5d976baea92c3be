"""lead: the gap between two series is said to widen, narrow or last."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Selector, Table, Unjudgeable
from auditor.exact.expression import All, Compare, Difference, Magnitude, Relation
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Lead(Claim):
    """The gap between two series widens, narrows, or the lead of `ahead` over `behind` is kept, along their positions."""

    kind: Literal["lead"]
    ahead: Selector
    behind: Selector
    change: Literal["widens", "narrows", "is kept"]

    says: ClassVar[str] = "how the gap develops"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="At first Wes has 5 and Xia 3, in the end Wes has 9 and Xia 8: the gap widens.",
            values=(
                ("points", "Wes", "", "start", "5"),
                ("points", "Xia", "", "start", "3"),
                ("points", "Wes", "", "end", "9"),
                ("points", "Xia", "", "end", "8"),
            ),
            claim={
                "quote": "the gap widens",
                "ahead": {"metric": "points", "subjects": ["Wes"], "levels": [], "at": None},
                "behind": {"metric": None, "subjects": ["Xia"], "levels": [], "at": None},
                "change": "widens",
            },
            verdict="contradicted",
            unit="count",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The gap at the last shared point against that at the first; a kept lead holds at every shared point."""
        ahead = table.operator("less" if table.better(self.ahead) == "lower" else "greater", self.ahead)

        def body(pairs: list[tuple[Leaf, Leaf]]) -> Formula:
            if len(pairs) < 2:  # noqa: PLR2004  (a change needs two points)
                raise Unjudgeable(Reason.MISSING_VALUE, "fewer than two points at which both series have a value")
            if self.change == "is kept":
                return All(tuple(Compare(mine, ahead, theirs) for mine, theirs in pairs))
            early, late = (Magnitude(Difference(*pair)) for pair in (pairs[0], pairs[-1]))
            return Compare(late, Relation.GREATER if self.change == "widens" else Relation.LESS, early)

        return table.paired(self.ahead.opened("position"), self.behind.opened("position"), body)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """The gap grows or shrinks."""
        direction = {"widens": "width greater", "narrows": "width less"}.get(self.change)
        return None if direction is None else (self.ahead, direction, None)
