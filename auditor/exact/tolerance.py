"""tolerance: how far words of size reach, as a project may settle it: hedges, "similar", "slightly", "substantially"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.comparison import TOLERANCE
from auditor.exact.expression import Agree, All, Compare, Not, Noted, Readings, Relation, Some, Tally
from auditor.exact.hedge import WIDTHS, Widths, percent

if TYPE_CHECKING:
    from auditor.exact.expression import Formula


class Tolerances(Struct, frozen=True):
    """The written table; a share is of the smaller or the larger number, as its line says."""

    hedges: Widths = WIDTHS
    """Of the number that is hedged."""
    similar: Fraction = TOLERANCE
    """Of the larger: up to this gap two numbers are similar, and beyond twice of it they are not."""
    slight: Fraction = Fraction(1, 20)
    """Of the smaller: up to this gap one is slightly more."""
    substantial: Fraction = Fraction(1, 5)
    """Of the smaller: from this gap on one is substantially more."""
    extreme: Fraction = Fraction(1)
    """Of the smaller: from this gap on one is certainly not slightly more."""

    def applied(self, formula: Formula) -> Formula:
        """The formula with what a project settles for "similar" in place of what holds without it."""
        if self.similar == TOLERANCE:
            return formula
        match formula:
            case Compare(relation=Relation.SIMILAR, tolerance=None):
                usual = f"{percent(TOLERANCE)} by default"
                whole = "the larger" if formula.scale is None else "the axis or the largest value"
                note = f"similar: up to {percent(self.similar)} of {whole} (as configured; {usual})"
                return Noted(replace(formula, tolerance=self.similar), note)
            case All(parts) | Some(parts) | Tally(parts) | Agree(parts):
                return replace(formula, parts=tuple(map(self.applied, parts)))
            case Not(part) | Noted(part):
                return replace(formula, part=self.applied(part))
            case Readings(accepted):
                return replace(formula, accepted=tuple(map(self.applied, accepted)))
            case _:
                return formula

    @property
    def degrees(self) -> str:
        """What is slight and what is substantial, in words."""
        text = f"slight is up to {percent(self.slight)}, substantial from {percent(self.substantial)}"
        settled = (self.slight, self.substantial, self.extreme)
        usual = (TOLERANCES.slight, TOLERANCES.substantial, TOLERANCES.extreme)
        if settled == usual:
            return text
        shares = "{}, {} and {}".format(*map(percent, usual))
        return f"{text}, extreme from {percent(self.extreme)} (as configured; {shares} by default)"


TOLERANCES = Tolerances()
"""What holds where nothing else is settled."""
