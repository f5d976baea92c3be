"""milestone: one series is said to reach a level before the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import Compare, Given, Relation, Settled, Stated, unknown
from auditor.exact.evaluation import evaluate
from auditor.exact.interval import exactly
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason

if TYPE_CHECKING:
    from fractions import Fraction

    from auditor.exact.expression import Formula
    from auditor.exact.verdict import Verdict


class Milestone(Claim):
    """One series reaches the value `level` at an earlier position than another does."""

    kind: Literal["milestone"]
    first: Selector
    later: Selector
    level: Text
    over: Over | None

    numbers: ClassVar[tuple[str, ...]] = ("level",)
    says: ClassVar[str] = "which series gets there first"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Yan: 0.3 at 10, 0.6 at 20. Zoe: 0.2 at 10, 0.4 at 20, 0.7 at 30. Yan is the first to reach 0.5.",
            values=(
                ("score", "Yan", "", "10", "0.3"),
                ("score", "Yan", "", "20", "0.6"),
                ("score", "Zoe", "", "10", "0.2"),
                ("score", "Zoe", "", "20", "0.4"),
                ("score", "Zoe", "", "30", "0.7"),
            ),
            claim={
                "quote": "Yan is the first to reach 0.5",
                "first": {"metric": "score", "subjects": ["Yan"], "levels": [], "at": None},
                "later": {"metric": None, "subjects": ["Zoe"], "levels": [], "at": None},
                "level": "0.5",
                "over": None,
            },
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The first certain arrival of the one comes before that of the other."""
        number = table.stated(self.level)
        level = Stated(exactly(number.point), number.written)

        def arrival(leaves: Leaves) -> tuple[Given | None, Given | None]:
            """The last value certainly short of the level before the first certainly at it, and that first one."""
            short = None
            for leaf in leaves:
                if not isinstance(leaf, Given) or leaf.position is None:
                    continue
                verdict = evaluate(Compare(leaf, Relation.AT_LEAST, level)).verdict
                if verdict == SUPPORTED:
                    return short, leaf
                if verdict == CONTRADICTED:
                    short = leaf
            return short, None

        def _settled(verdict: Verdict, there: Given, short: Given) -> Formula:
            text = f"{_says(there)}; {_says(short)} is still short of {number.written}"
            return Settled(verdict, text, values=(there, short))

        def body(mine: Leaves, theirs: Leaves) -> Formula:
            (_, reached), (short, arrived) = arrival(mine), arrival(theirs)
            before, _ = arrival(mine)
            if reached is not None and short is not None and _at(short) >= _at(reached):
                return _settled(SUPPORTED, reached, short)
            if arrived is not None and before is not None and _at(before) >= _at(arrived):
                return _settled(CONTRADICTED, arrived, before)
            return unknown(Reason.MISSING_VALUE, f"the values do not show who reaches {number.written} first")

        return table.gathered(self.over, [self.first, self.later], None, body)


def _at(leaf: Given) -> Fraction:
    if leaf.position is None:
        raise Unjudgeable(Reason.MISSING_VALUE, f"no position for {leaf.label}")
    return leaf.position


def _says(leaf: Given) -> str:
    return f"{leaf.label} {leaf.written}"
