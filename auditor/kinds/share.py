"""share: one amount is stated as a percentage or fraction of another, or of several together."""

from __future__ import annotations

from fractions import Fraction
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text
from auditor.exact.expression import Aggregate, Compare, Over as Aggregated, Ratio, Relation, Scaled, Share as PartOf
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Term


class Share(Claim):
    """One amount is a stated percentage or fraction of a whole; a whole with several values means their sum."""

    kind: Literal["share"]
    part: Selector
    whole: Selector
    size: Text
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    pooled: ClassVar[bool] = True
    numbers: ClassVar[tuple[str, ...]] = ("size",)
    says: ClassVar[str] = "the share of the whole"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Of 120 guests, 42 stayed, a little over a third (35 %).",
            values=(("guests", "all", "", "", "120"), ("guests", "stayed", "", "", "42")),
            claim={
                "quote": "35 %",
                "part": {"metric": "guests", "subjects": ["stayed"], "levels": [], "at": None},
                "whole": {"metric": "guests", "subjects": ["all"], "levels": [], "at": None},
                "size": "35 %",
                "over": None,
            },
            verdict="supported",
            unit="count",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """part / whole agrees with the stated share; a part that the whole contains counts once."""
        size = table.stated(self.size)
        if size.unit is None or size.unit.name != "%":
            step = None if size.step is None else size.step * 100
            size = replace(size, point=size.point * 100, step=step)
        claimed = table.claimed(size)

        def body(parts: Leaves, wholes: Leaves) -> Formula:
            rest = tuple(leaf for leaf in wholes if leaf not in parts)
            part: Term = parts[0] if len(parts) == 1 else Aggregated(Aggregate.SUM, tuple(parts))
            if len(rest) < len(wholes):
                return Compare(PartOf(part, rest), Relation.AGREES, claimed)
            whole: Term = wholes[0] if len(wholes) == 1 else Aggregated(Aggregate.SUM, tuple(wholes))
            return Compare(Scaled(Ratio(part, whole), Fraction(100)), Relation.AGREES, claimed)

        return table.gathered(self.over, [self.part, self.whole], "", body)
