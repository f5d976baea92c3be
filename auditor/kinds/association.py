"""association: two quantities are said to go together, or against each other.

Pair by pair, as Kendall counts: a pair that is level in the first quantity says nothing,
one that is level in the second speaks neither for nor against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Selector, Table, Unjudgeable
from auditor.exact.expression import All, Compare, Given, Not, Relation, Some, Tally, unknown
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Association(Claim, frozen=True):
    """Where one quantity is greater the other is too ("same") or is less; `always`, or only as a tendency."""

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
        """No pair goes the other way; or, as a tendency, more than half of them go this way."""
        pairs = [pair for pair in table.pairs([self.x, self.y]) if not _is_level(pair[0][0], pair[1][0])]
        if not pairs:
            raise Unjudgeable(Reason.MISSING_VALUE, "no two things that differ in the one and have the other")
        along = tuple(self._goes(one, other, agree=True) for one, other in pairs)
        against = tuple(self._goes(one, other, agree=False) for one, other in pairs)
        if self.always:
            return All(tuple(_unless(other, one) for one, other in zip(along, against, strict=True)))
        most = len(pairs) // 2 + 1
        return _unless(Tally(against, most, len(pairs)), Tally(along, most, len(pairs)))

    def _goes(self, one: tuple[Leaf, ...], other: tuple[Leaf, ...], *, agree: bool) -> Formula:
        (x, y), (other_x, other_y) = one, other
        more, less = Relation.GREATER, Relation.LESS
        up, down = (more, less) if agree is (self.direction == "same") else (less, more)
        rises = All((Compare(x, more, other_x), Compare(y, up, other_y)))
        falls = All((Compare(x, less, other_x), Compare(y, down, other_y)))
        return Some((rises, falls))


def _unless(against: Formula, along: Formula) -> Formula:
    """Contradicted only by what speaks against it, supported only by what speaks for it."""
    return All((Not(against), Some((along, unknown(Reason.TIE_AT_PRECISION, "level")))))


def _is_level(one: Leaf, other: Leaf) -> bool:
    return isinstance(one, Given) and isinstance(other, Given) and one.interval == other.interval
