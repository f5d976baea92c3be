"""difference: one thing is said to exceed or fall short of another by a size: points, percent or a factor.

Readings of "3 times faster" and of "20 % faster" differ among careful writers; the
accepted ones are listed here, and only a number that fits none of them is contradicted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Selector, Table, Text
from auditor.exact.expression import (
    Compare,
    Difference as Minus,
    Noted,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
)
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf, Term
    from auditor.exact.numeral import Quantity

_SPEED = re.compile(r"\b(?:fast|slow|speed|quick|throughput|accelerat)", re.IGNORECASE)
_MORE_THAN_TIMES = re.compile(
    r"\b(?:times|fold|x|×)\s+(?:more|faster|slower|higher|larger|bigger|greater|longer)", re.IGNORECASE
)


class Difference(Claim):
    """One thing exceeds ("more"), falls short of ("less") or is so many times ("times") another, by a stated size."""

    kind: Literal["difference"]
    left: Selector
    relation: Literal["more", "less", "times"]
    measure: Literal["amount", "percent", "factor"]
    size: Text
    right: Selector
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    numbers: ClassVar[tuple[str, ...]] = ("size",)
    says: ClassVar[str] = "the size of the difference"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Cy scores 62.0 % and Di scores 59.0 %, so Cy is 3 points ahead.",
            values=(("score", "Cy", "", "", "62.0 %"), ("score", "Di", "", "", "59.0 %")),
            claim={
                "quote": "Cy is 3 points ahead",
                "left": {"metric": "score", "subjects": ["Cy"], "levels": [], "at": None},
                "relation": "more",
                "measure": "amount",
                "size": "3 points",
                "right": {"metric": None, "subjects": ["Di"], "levels": [], "at": None},
                "over": None,
            },
            verdict="supported",
            better="higher",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The recomputed size agrees with the stated one, in one of the accepted readings."""
        size = table.stated(self.size)

        def body(left: Leaf, right: Leaf) -> Formula:
            match self.measure:
                case "amount":
                    return self._amount(table, left, right, size)
                case "percent":
                    return self._percent(table, left, right, size)
                case "factor":
                    return self._factor(table, left, right, size)

        return table.each(self.over, [self.left, self.right], body)

    def _amount(self, table: Table, left: Leaf, right: Leaf, size: Quantity) -> Formula:
        claimed = table.claimed(size)
        ahead, behind = (right, left) if self.relation == "less" else (left, right)
        plain = Compare(Minus(ahead, behind), Relation.AGREES, claimed)
        hints = (_hint(_change(ahead, behind), size, table, "percent-not-points: the number is the change in percent"),)
        return Readings((plain,), hints if table.is_percentage(self.left) else ())

    def _percent(self, table: Table, left: Leaf, right: Leaf, size: Quantity) -> Formula:
        """A rate of change of the right side; for speeds also of the other kind of rate."""
        percent = size if size.unit is not None else _times(size, Fraction(100))
        claimed = table.claimed(percent)
        less = self.relation == "less"
        usual: Term = Ratio(left, right) if self.relation == "times" else _change(left, right, falling=less)
        if self.relation == "times":
            return Compare(Scaled(usual, Fraction(100)), Relation.AGREES, claimed)
        other = _change(right, left, falling=not less)
        accepted: list[Formula] = [Compare(usual, Relation.AGREES, claimed)]
        if _SPEED.search(self.quote):
            reading = "read as a change of speed rather than of time"
            accepted.append(Noted(Compare(other, Relation.AGREES, claimed), reading, "supported"))
        points = Minus(right, left) if less else Minus(left, right)
        hints = [
            _hint(other, percent, table, "wrong-base: the number is the change as a percentage of the other value")
        ]
        if table.is_percentage(self.left):
            hints.append(_hint(points, percent, table, "points-not-percent: the number is the difference in points"))
        return Readings(tuple(accepted), tuple(hints))

    def _factor(self, table: Table, left: Leaf, right: Leaf, size: Quantity) -> Formula:
        """Half as much and twice as much are one relation: a factor below one turns the ratio round."""
        factor = _times(size, Fraction(1, 100)) if size.unit is not None and size.unit.name == "%" else size
        turned = self.relation == "less" and factor.point >= 1
        ratio = Ratio(right, left) if turned else Ratio(left, right)
        accepted: list[Formula] = [Compare(ratio, Relation.AGREES, table.claimed(factor))]
        if self.relation != "times" and _MORE_THAN_TIMES.search(self.quote):
            beyond = replace(factor, point=factor.point + 1)
            reading = "read as so many times more in addition"
            accepted.append(Noted(Compare(ratio, Relation.AGREES, table.claimed(beyond)), reading, "supported"))
        inverse = Ratio(left, right) if turned else Ratio(right, left)
        hints = (_hint(inverse, factor, table, "wrong-way-round: the number is the ratio of the other to this one"),)
        return Readings(tuple(accepted), hints)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Who is ahead of whom; "times" says nothing of the direction."""
        direction = {"more": "greater", "less": "less"}.get(self.relation)
        return None if direction is None else (self.left, direction, self.right)


def _change(new: Term, old: Term, *, falling: bool = False) -> Term:
    change = PercentChange(new, old)
    return Scaled(change, Fraction(-1)) if falling else change


def _hint(term: Term, size: Quantity, table: Table, note: str) -> Noted:
    return Noted(Compare(term, Relation.AGREES, table.claimed(size)), note)


def _times(size: Quantity, factor: Fraction) -> Quantity:
    step = None if size.step is None else size.step * factor
    return replace(size, point=size.point * factor, step=step)
