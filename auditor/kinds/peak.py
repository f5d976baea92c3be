"""peak: a series is said to have its highest or lowest value at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import All, Compare, Given, Relation, Some
from auditor.exact.numeral import parse_quantity
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Peak(Claim):
    """A series has its highest (peak) or lowest (trough) value at the position or level `where`."""

    kind: Literal["peak"]
    series: Selector
    along: Text | None
    extreme: Literal["peak", "trough"]
    where: Text
    over: Over | None

    numbers: ClassVar[tuple[str, ...]] = ()
    says: ClassVar[str] = "where the series turns"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Sales were 30 in 2001, 44 in 2002 and 39 in 2003, peaking in 2003.",
            values=(
                ("sales", "", "", "2001", "30"),
                ("sales", "", "", "2002", "44"),
                ("sales", "", "", "2003", "39"),
            ),
            claim={
                "quote": "peaking in 2003",
                "series": {"metric": "sales", "subjects": [], "levels": [], "at": None},
                "along": None,
                "extreme": "peak",
                "where": "2003",
                "over": None,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """No value elsewhere is beyond the one at the place."""

        def body(leaves: Leaves) -> Formula:
            near = [leaf for leaf in leaves if self._is_here(leaf)]
            elsewhere = [leaf for leaf in leaves if leaf not in near]
            if not near or not elsewhere:
                raise Unjudgeable(Reason.MISSING_VALUE, f"no values of the series at and beside {self.where}")
            beyond = Relation.AT_MOST if self.extreme == "peak" else Relation.AT_LEAST
            return All(tuple(Some(tuple(Compare(far, beyond, here) for here in near)) for far in elsewhere))

        return table.gathered(self.over, [self.series], self.along, body)

    def _is_here(self, leaf: Leaf) -> bool:
        if not isinstance(leaf, Given):
            return False
        if leaf.place.casefold() == self.where.casefold():
            return True
        quantity = parse_quantity(self.where)
        return quantity is not None and leaf.position is not None and leaf.position in quantity.claimed
