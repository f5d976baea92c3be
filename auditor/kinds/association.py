"""association: two quantities are said to go together, or against each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Selector, Table, Unjudgeable
from auditor.exact.expression import All, Compare, Relation, Some, Tally
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Association(Claim):
    """Where one quantity is greater the other is greater ("same") or less ("opposite"); `always`, or only as a tendency."""

    kind: Literal["association"]
    x: Selector
    y: Selector
    direction: Literal["same", "opposite"]
    always: bool

    says: ClassVar[str] = "how the two quantities go together"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Elm: age 10, height 4. Fir: age 20, height 9. Ivy: age 30, height 8. Older ones are always taller.",
            values=(
                ("age", "Elm", "", "", "10"),
                ("height", "Elm", "", "", "4"),
                ("age", "Fir", "", "", "20"),
                ("height", "Fir", "", "", "9"),
                ("age", "Ivy", "", "", "30"),
                ("height", "Ivy", "", "", "8"),
            ),
            claim={
                "quote": "Older ones are always taller",
                "x": {"metric": "age", "subjects": [], "levels": [], "at": None},
                "y": {"metric": "height", "subjects": [], "levels": [], "at": None},
                "direction": "same",
                "always": True,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Pair by pair the two go the same way, or most pairs do."""
        pairs = list(combinations(table.aligned([self.x, self.y]), 2))
        if not pairs:
            raise Unjudgeable(Reason.MISSING_VALUE, "fewer than two things with a value of both quantities")
        parts = tuple(self._agree(one, other) for one, other in pairs)
        return All(parts) if self.always else Tally(parts, len(parts) // 2 + 1, len(parts))

    def _agree(self, one: tuple[Leaf, ...], other: tuple[Leaf, ...]) -> Formula:
        (x, y), (other_x, other_y) = one, other
        more, less = Relation.GREATER, Relation.LESS
        up, down = (more, less) if self.direction == "same" else (less, more)
        rises = All((Compare(x, more, other_x), Compare(y, up, other_y)))
        falls = All((Compare(x, less, other_x), Compare(y, down, other_y)))
        return Some((rises, falls))
