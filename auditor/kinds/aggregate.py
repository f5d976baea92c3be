"""aggregate: a sum, mean, median, minimum, maximum or range of several values is stated.

Points of one series that do not follow one another by ones may not be all of them: what
is computed from them can bear a number out, and refute it only where more points would
make it worse. A total or average that stands among the values is not added to them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import (
    Aggregate as Function,
)
from auditor.exact.expression import (
    All,
    Compare,
    Given,
    Readings,
    Relation,
    Scaled,
    Some,
    unknown,
)
from auditor.exact.expression import (
    Over as Aggregated,
)
from auditor.exact.interval import exactly
from auditor.exact.verdict import Reason
from auditor.judgement import Severity
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.claim import Leaves
    from auditor.exact.expression import Formula, Leaf, Stated, Term

_TOGETHER = Phrase(
    r"\b(?:total|sum|overall|all|average|mean|median|combined|together|turnout|majority|electorate|registered|rejected"
    r"|invalid|world)\b"
)


class Aggregate(Claim, frozen=True):
    """Several values come to a stated number."""

    kind: Literal["aggregate"]
    take: Literal["sum", "mean", "median", "minimum", "maximum", "range"]
    of: Selector
    number: Text
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    pooled: ClassVar[bool] = True
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
        number = table.converted(table.stated(self.number), self.of)
        if number.step is None and self.take in ("mean", "median"):
            number = replace(number, step=Fraction(1))  # "9 boats on average" counts no boats
        digits = re.search(r"[0-9][0-9.,]*", self.number)
        if digits is not None and re.search(rf"\bthan\s+the\s+{re.escape(digits[0])}", self.quote) is not None:
            raise Unjudgeable(Reason.READING_IN_DOUBT, f"{self.number!r} is what it is held against")
        claimed = table.claimed(number)
        is_one_of_them = self.take in _BOUNDS and table.states(self.of)

        def body(leaves: Leaves) -> Formula:
            if len(leaves) == 1 and self.of.at is None:
                leaves = table.values([self.of.opened("position")])
            parts = [leaf for leaf in leaves if _TOGETHER.search(leaf.label) is None]
            chosen = [leaves, parts] if 1 < len(parts) < len(leaves) else [leaves]
            if is_one_of_them:  # "19 %, the lowest value of all": no other is below it
                return Compare(Aggregated(Function(self.take), tuple(leaves)), _BOUNDS[self.take], claimed)
            formulas = tuple(self._of(each, claimed) for each in chosen)
            return formulas[0] if len(formulas) == 1 else Readings(formulas)

        return table.gathered(self.over, [self.of], "", body)

    def _of(self, leaves: Sequence[Leaf], claimed: Stated) -> Formula:
        whole: Term = Aggregated(Function(self.take), tuple(leaves))
        if _LOST.search(self.quote) and claimed.interval.is_above(_NOTHING) and all(map(_is_loss, leaves)):
            whole = Scaled(whole, Fraction(-1))  # "drops of 6.8 points" are −6.8
        agrees = Compare(whole, Relation.AGREES, claimed)
        if _is_complete(leaves):
            return agrees
        or_more = Some(
            (agrees, unknown(Reason.MISSING_VALUE, "the points that are stated may not be all of the series"))
        )
        bound = Relation.NOT_ABOVE if self.take == "range" else _BOUNDS.get(self.take)
        return or_more if bound is None else All((or_more, Compare(whole, bound, claimed)))


_BOUNDS = {"minimum": Relation.NOT_BELOW, "maximum": Relation.NOT_ABOVE}
"""How all other values stand to the least and to the greatest of them."""


_LOST = Phrase(
    r"\b(?:drop\w*|loss(?:es)?|los[et]s?|declin\w+|decreas\w+|reduc\w+|fall(?:s|en)?|cuts?|sav(?:ed|es|ings?))\b"
)
_NOTHING = exactly(Fraction(0))


def _is_loss(leaf: Leaf) -> bool:
    return isinstance(leaf, Given) and _NOTHING.is_above(leaf.interval)


def _is_complete(leaves: Sequence[Leaf]) -> bool:
    """Whether the values are no points of one series, or points that follow one another by ones, as years do."""
    points = [leaf for leaf in leaves if isinstance(leaf, Given)]
    if len({leaf.place for leaf in points}) < 2:  # noqa: PLR2004
        return True
    positions = sorted({leaf.position for leaf in points if leaf.position is not None})
    return all(leaf.position is not None for leaf in points) and all(b - a == 1 for a, b in pairwise(positions))
