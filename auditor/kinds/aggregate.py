"""aggregate: a sum, mean, median, minimum, maximum or range of several values is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text
from auditor.exact.expression import Aggregate as Function, Compare, Over as Aggregated, Relation
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula


class Aggregate(Claim):
    """The sum, mean, median, minimum, maximum or range (largest less smallest) of several values is a stated number."""

    kind: Literal["aggregate"]
    take: Literal["sum", "mean", "median", "minimum", "maximum", "range"]
    of: Selector
    number: Text
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    numbers: ClassVar[tuple[str, ...]] = ("number",)
    says: ClassVar[str] = "what the values come to"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Gus sold 12, Hal 9 and Ina 6 boats, 29 in all.",
            values=(
                ("boats", "Gus", "", "", "12"),
                ("boats", "Hal", "", "", "9"),
                ("boats", "Ina", "", "", "6"),
            ),
            claim={
                "quote": "29 in all",
                "take": "sum",
                "of": {"metric": "boats", "subjects": [], "levels": [], "at": None},
                "number": "29",
                "over": None,
            },
            verdict="contradicted",
            unit="count",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """What the values come to agrees with the stated number."""
        claimed = table.claimed(table.stated(self.number))

        def body(leaves: Leaves) -> Formula:
            return Compare(Aggregated(Function(self.take), tuple(leaves)), Relation.AGREES, claimed)

        return table.gathered(self.over, [self.of], "", body)
