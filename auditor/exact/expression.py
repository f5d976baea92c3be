"""expression: the closed set of terms and formulas that a claim lowers to, and what they are.

Leaves are numbers as the document gives them; terms compute with intervals; formulas
compare terms and join comparisons. How a formula is judged stands in `evaluation`.
Each value is mentioned once a relation wherever algebra allows it: `a / b - 1`, not
`(a - b) / b`, since a second mention widens the interval.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from auditor.exact.verdict import unverifiable

if TYPE_CHECKING:
    from fractions import Fraction

    from auditor.exact.interval import Interval
    from auditor.exact.verdict import Reason, Verdict


class Given(Struct, frozen=True):
    """A value that the document states."""

    interval: Interval
    label: str
    """What it is the value of."""
    written: str
    """As the document writes it."""
    sources: tuple[int, ...]
    """The mentions that state it, by their number in the table of facts."""
    position: Fraction | None = None
    """Where along its series it stands, if it stands in one."""
    place: str = ""
    """The position as a reader would say it: a level's name, "step 60"."""

    def __hash__(self) -> int:
        """Of what tells values apart; to hash a fraction takes longer than to compare a few labels."""
        return hash((self.label, self.written, self.sources))


class Absent(Struct, frozen=True):
    """A value that the claim needs and the document does not state, or not usably."""

    label: str
    reason: Reason


class Stated(Struct, frozen=True):
    """The number that the claim itself states, widened by its hedge."""

    interval: Interval
    written: str
    note: str = ""
    """What the hedge was taken to mean; empty without one."""
    printed: Interval | None = None
    """The number without its hedge."""


Leaf = Given | Absent
"""What a selector comes to."""


Printed = Given | Stated
"""A number as the document gives it."""


class Difference(Struct, frozen=True):
    """left - right."""

    left: Term
    right: Term


class Ratio(Struct, frozen=True):
    """left / right."""

    left: Term
    right: Term


class PercentChange(Struct, frozen=True):
    """(new - old) / old in percent."""

    new: Term
    old: Term


class Share(Struct, frozen=True):
    """part / (part + rest) in percent; the part counts once."""

    part: Term
    rest: tuple[Term, ...]


class Complement(Struct, frozen=True):
    """whole - part, as a failure rate is 100 % less the pass rate."""

    whole: Fraction
    part: Term


class Magnitude(Struct, frozen=True):
    """The size of a term without its sign."""

    of: Term


class Scaled(Struct, frozen=True):
    """A term times an exact number."""

    of: Term
    factor: Fraction


class Aggregate(Enum):
    """A number computed from several."""

    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    RANGE = "range"


class Over(Struct, frozen=True):
    """An aggregate of one or more terms, each a value of its own."""

    aggregate: Aggregate
    terms: tuple[Term, ...]


WRONG_WAY_ROUND = "wrong-way-round: the number is the ratio of the other to this one"
"""The note on a ratio that is not the stated one, and is it turned round."""

Term = Given | Absent | Stated | Difference | Ratio | PercentChange | Share | Complement | Magnitude | Scaled | Over


class Relation(Enum):
    """What a comparison says of its left side; the value is how it prints."""

    GREATER = ">"
    LESS = "<"
    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    """The two may be one number."""
    DIFFERENT = "≠"
    SIMILAR = "≈"
    """The gap is at most the tolerance times the larger magnitude; contradicted beyond twice that."""
    AGREES = "agrees with"
    """A recomputed number could have been printed as the stated one."""
    NOT_BELOW = "not below"
    """Contradicted only where the left side is below for certain: no reversal beyond the precision."""
    NOT_ABOVE = "not above"

    @property
    def inverse(self) -> Relation:
        """The relation with its two sides exchanged."""
        return _INVERSE.get(self, self)


_INVERSE = {
    Relation.GREATER: Relation.LESS,
    Relation.LESS: Relation.GREATER,
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.NOT_BELOW: Relation.NOT_ABOVE,
    Relation.NOT_ABOVE: Relation.NOT_BELOW,
}


class Compare(Struct, frozen=True):
    """left stands in a relation to right."""

    left: Term
    relation: Relation
    right: Term
    tolerance: Fraction | None = None
    """For SIMILAR alone: the relative gap that still counts as the same."""
    scale: Term | None = None
    """For SIMILAR alone: what the gap is measured against; None for the larger of the two sides."""


class All(Struct, frozen=True):
    """Every part holds; a list of none holds."""

    parts: tuple[Formula, ...]


class Some(Struct, frozen=True):
    """At least one part holds."""

    parts: tuple[Formula, ...]


class Not(Struct, frozen=True):
    """The part does not hold."""

    part: Formula


class Tally(Struct, frozen=True):
    """Between `least` and `most` of the parts hold, both included."""

    parts: tuple[Formula, ...]
    least: int
    most: int


class Agree(Struct, frozen=True):
    """The parts are readings of one claim: they hold or fail together, or the evidence is mixed."""

    parts: tuple[Formula, ...]


class Noted(Struct, frozen=True):
    """A formula with a remark for the reader, such as the reading that was taken."""

    part: Formula
    note: str
    only_if: str = ""
    """The name of the verdict that the remark goes with; empty for every one."""


class Readings(Struct, frozen=True):
    """A claim with more than one accepted reading, the usual one first."""

    accepted: tuple[Formula, ...]
    hints: tuple[Noted, ...] = ()
    """Readings that are not accepted; where all accepted ones fail and one of these fits, its note says so."""


class Witness(NamedTuple):
    """A passage that states something in words."""

    label: str
    written: str
    source: int
    """The claim that states it, by its place in the reading; -1 for another passage."""
    place: tuple[int, int] | None = None
    """Where another passage stands: its start and end in the document."""


class Settled(Struct, frozen=True):
    """What no arithmetic decides: a comparison of names, or of an order stated in words."""

    verdict: Verdict
    text: str
    witnesses: tuple[Witness, ...] = ()
    values: tuple[Given, ...] = ()
    """Values that it rests on, where it was found out by looking through them."""


Formula = Compare | All | Some | Not | Tally | Agree | Noted | Readings | Settled


def unknown(reason: Reason, text: str) -> Settled:
    """A formula that cannot be judged, and why."""
    return Settled(unverifiable(reason), text)
