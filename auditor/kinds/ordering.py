"""ordering: three or more things are put in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Selector, Table, Unjudgeable
from auditor.exact.expression import All, Compare, Given, Some, unknown
from auditor.exact.verdict import Reason
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf, Relation


class Ordering(Claim, frozen=True):
    """Three or more things in order; `relation`: each to the next."""

    kind: Literal["ordering"]
    items: tuple[Selector, ...]
    relation: Literal["greater", "less", "better", "worse"]
    over: Over | None

    says: ClassVar[str] = "the order"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Ann 7, Ben 5, Cat 6. In order: Ann, Ben, Cat.",
            values=(("medals", "Ann", "", "", "7"), ("medals", "Ben", "", "", "5"), ("medals", "Cat", "", "", "6")),
            claim={
                "quote": "In order: Ann, Ben, Cat",
                "items": [
                    {"metric": "medals", "subjects": ["Ann"], "levels": [], "at": None},
                    {"metric": None, "subjects": ["Ben"], "levels": [], "at": None},
                    {"metric": None, "subjects": ["Cat"], "levels": [], "at": None},
                ],
                "relation": "greater",
                "over": None,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Each item stands to the next as the relation says."""
        if len(self.items) < 2:  # noqa: PLR2004  (an order needs two)
            raise Unjudgeable(Reason.VAGUE, "an order of fewer than two things")
        relation = table.operator(self.relation, self.items[0])

        def body(*leaves: Leaf) -> Formula:
            order = All(tuple(_before(left, relation, right) for left, right in pairwise(leaves)))
            if _EITHER_WAY.search(self.quote) is None:
                return order
            turned = All(tuple(_before(left, relation.inverse, right) for left, right in pairwise(leaves)))
            return Some((order, All((turned, unknown(Reason.READING_IN_DOUBT, "it is the order the other way round")))))

        return table.each(self.over, self.items, body)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """From the greatest or from the least."""
        return (self.items[0], f"order {self.relation}", None) if self.items else None

    def operands(self) -> tuple[Selector, ...]:
        """The items."""
        return self.items


_EITHER_WAY = Phrase(
    r"\b(?:best|worst|fastest|slowest|strongest|weakest|cheapest|oldest|youngest|newest|latest|earliest|quickest) to \w+"
)
"""From the slowest may be from the greatest time or from the least speed."""


def _before(left: Leaf, relation: Relation, right: Leaf) -> Formula:
    """Two equal counts may be named in either order."""
    if (
        isinstance(left, Given)
        and isinstance(right, Given)
        and left.interval.is_exact
        and left.interval == right.interval
    ):
        return unknown(Reason.TIE_AT_PRECISION, f"{left.label} {left.written} = {right.label} {right.written}")
    return Compare(left, relation, right)
