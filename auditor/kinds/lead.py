"""lead: the gap between two series is said to widen, narrow or last."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Selector, Table, Unjudgeable
from auditor.exact.expression import All, Compare, Difference, Given, Magnitude, Relation, Some, unknown
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Lead(Claim, frozen=True):
    """The gap between two series along their positions, or whether `ahead` keeps its lead."""

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
        polarity = table.better(self.ahead)
        ahead = Relation.LESS if polarity == "lower" else Relation.GREATER

        def body(pairs: list[tuple[Leaf, Leaf]]) -> Formula:
            if len(pairs) < 2:  # noqa: PLR2004  (a change needs two points)
                raise Unjudgeable(Reason.MISSING_VALUE, "fewer than two points at which both series have a value")
            if self.change == "is kept":
                kept, other_way = (
                    All(tuple(Compare(mine, way, theirs) for mine, theirs in pairs)) for way in (ahead, ahead.inverse)
                )
                if polarity in ("lower", "higher"):
                    return kept
                doubt = unknown(Reason.POLARITY_UNKNOWN, f"is more or less of {self.ahead.metric or 'it'} ahead?")
                return Some((kept, All((other_way, doubt))))
            early, late = (Magnitude(Difference(*pair)) for pair in (pairs[0], pairs[-1]))
            changes = Compare(late, Relation.GREATER if self.change == "widens" else Relation.LESS, early)
            if _sign(pairs[0]) * _sign(pairs[-1]) < 0:
                return All((changes, unknown(Reason.MIXED_EVIDENCE, "the lead changes hands in between")))
            return changes

        return table.paired(self.ahead.opened("position"), self.behind.opened("position"), body)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """The gap grows or shrinks."""
        direction = {"widens": "width greater", "narrows": "width less"}.get(self.change)
        return None if direction is None else (self.ahead, direction, None)


def _sign(pair: tuple[Leaf, Leaf]) -> int:
    """Whether the first is above the second for certain (+1), below (-1), or neither."""
    one, other = pair
    if not isinstance(one, Given) or not isinstance(other, Given):
        return 0
    return one.interval.is_above(other.interval) - other.interval.is_above(one.interval)
