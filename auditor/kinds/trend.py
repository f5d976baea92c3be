"""trend: a series is said to rise, fall, stay flat, fluctuate, or turn.

A direction is judged on the first and last value; "steadily" also on every step in
between, where only a reversal beyond the printed precision counts.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import Aggregate, All, Compare, Magnitude, Over as Aggregated, Relation, Some, Stated
from auditor.exact.interval import exactly
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula

FLAT = Fraction(1, 20)
"""How far a series may move and still count as flat, relative to its axis or its largest value."""


class Trend(Claim):
    """A series changes along its positions (`along` null) or along a dimension with ordered levels; `steady` for "steadily", "consistently", "monotonically"."""

    kind: Literal["trend"]
    series: Selector
    along: Text | None
    shape: Literal["increases", "decreases", "is flat", "fluctuates", "rises then falls", "falls then rises"]
    steady: bool
    over: Over | None

    says: ClassVar[str] = "the direction of the series"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Loss starts at 2.1 and ends at 0.9, so it keeps growing.",
            values=(("loss", "", "", "start", "2.1"), ("loss", "", "", "end", "0.9")),
            claim={
                "quote": "it keeps growing",
                "series": {"metric": "loss", "subjects": [], "levels": [], "at": None},
                "along": None,
                "shape": "increases",
                "steady": True,
                "over": None,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The series has the shape."""

        def body(leaves: Leaves) -> Formula:
            if len(leaves) < 2:  # noqa: PLR2004  (a change needs two values)
                raise Unjudgeable(Reason.MISSING_VALUE, "a trend needs two values of the series, the document has one")
            return self._shape(table, leaves)

        return table.gathered(self.over, [self.series], self.along, body)

    def _shape(self, table: Table, leaves: Leaves) -> Formula:
        first, last = leaves[0], leaves[-1]
        match self.shape:
            case "increases":
                return self._direction(leaves, Relation.GREATER, Relation.NOT_BELOW)
            case "decreases":
                return self._direction(leaves, Relation.LESS, Relation.NOT_ABOVE)
            case "is flat":
                spread = Aggregated(Aggregate.RANGE, tuple(leaves))
                largest = Aggregated(Aggregate.MAXIMUM, tuple(Magnitude(leaf) for leaf in leaves))
                nothing = Stated(exactly(0), "0")
                scale = table.scale(self.series) or largest
                return Compare(spread, Relation.SIMILAR, nothing, tolerance=FLAT, scale=scale)
            case "fluctuates":
                if len(leaves) < 3:  # noqa: PLR2004  (up and down takes three values)
                    raise Unjudgeable(Reason.MISSING_VALUE, "up and down takes three values, the document has two")
                steps = list(pairwise(leaves))
                up = tuple(Compare(new, Relation.GREATER, old) for old, new in steps)
                down = tuple(Compare(new, Relation.LESS, old) for old, new in steps)
                return All((Some(up), Some(down)))
            case "rises then falls" | "falls then rises":
                if len(leaves) < 3:  # noqa: PLR2004  (a turn takes three values)
                    raise Unjudgeable(Reason.MISSING_VALUE, "a turn takes three values, the document has two")
                beyond = Relation.GREATER if self.shape == "rises then falls" else Relation.LESS
                turns = (All((Compare(at, beyond, first), Compare(at, beyond, last))) for at in leaves[1:-1])
                return Some(tuple(turns))

    def _direction(self, leaves: Leaves, relation: Relation, step: Relation) -> Formula:
        whole = Compare(leaves[-1], relation, leaves[0])
        if not self.steady or len(leaves) == 2:  # noqa: PLR2004
            return whole
        return All((whole, *(Compare(new, step, old) for old, new in pairwise(leaves))))

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Up or down."""
        direction = {"increases": "rises", "decreases": "falls"}.get(self.shape)
        return None if direction is None else (self.series, direction, None)
