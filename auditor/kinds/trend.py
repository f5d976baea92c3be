"""trend: a series is said to rise, fall, stay flat, fluctuate, or turn.

A direction is judged on the first and last value; "steadily" also on every step in
between, where only a reversal beyond the printed precision counts.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import THROUGHOUT, Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import (
    Aggregate,
    All,
    Compare,
    Difference,
    Given,
    Magnitude,
    Noted,
    Relation,
    Scaled,
    Some,
    Stated,
    unknown,
)
from auditor.exact.expression import (
    Over as Aggregated,
)
from auditor.exact.interval import exactly
from auditor.exact.verdict import Reason
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.exact.expression import Formula, Term


# "A gradual decline" may waver, but not move further the other way than it comes in all.
_GRADUAL = Phrase(r"\b(?:gradual|stead[iy]|consistent|continu|monoton|progressive)")


class Trend(Claim, frozen=True):
    """A series changes along its positions (`along` null) or along a dimension with ordered levels; `steady` for "steadily", "consistently"."""

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
        if self.along is not None and self.shape != "is flat" and not table.is_ordered(self.along):
            raise Unjudgeable(Reason.VAGUE, f"{self.along} has no order along which anything could rise or fall")

        def body(leaves: Leaves) -> Formula:
            values = [leaf for leaf in leaves if isinstance(leaf, Given)]
            if len(values) < 2:  # noqa: PLR2004  (a change needs two values)
                number = "one" if values else "none"
                return unknown(
                    Reason.MISSING_VALUE, f"a trend needs two values of the series, the document has {number}"
                )
            return self._shaped(table, values)

        return table.gathered(self.over, [self.series], self.along, body)

    def _shaped(self, table: Table, leaves: Sequence[Given]) -> Formula:
        first, last = leaves[0], leaves[-1]
        match self.shape:
            case "increases":
                return self._direction(leaves, Relation.GREATER, Relation.NOT_BELOW)
            case "decreases":
                return self._direction(leaves, Relation.LESS, Relation.NOT_ABOVE)
            case "is flat":
                spread = Aggregated(Aggregate.RANGE, tuple(leaves))
                nothing = Stated(exactly(0), "0")
                scale = table.scale(self.series) or self._largest(table, leaves)
                return Compare(spread, Relation.SIMILAR, nothing, scale=scale)
            case "fluctuates":
                if len(leaves) < 3:  # noqa: PLR2004  (up and down takes three values)
                    return unknown(Reason.MISSING_VALUE, "up and down takes three values, the document has two")
                steps = list(pairwise(leaves))
                up = tuple(Compare(new, Relation.GREATER, old) for old, new in steps)
                down = tuple(Compare(new, Relation.LESS, old) for old, new in steps)
                return All((self._somewhere(up, leaves), self._somewhere(down, leaves)))
            case "rises then falls" | "falls then rises":
                if len(leaves) < 3:  # noqa: PLR2004  (a turn takes three values)
                    return unknown(Reason.MISSING_VALUE, "a turn takes three values, the document has two")
                beyond = Relation.GREATER if self.shape == "rises then falls" else Relation.LESS
                turns = tuple(All((Compare(at, beyond, first), Compare(at, beyond, last))) for at in leaves[1:-1])
                return self._somewhere(turns, leaves)

    def _largest(self, table: Table, leaves: Sequence[Given]) -> Term:
        """The largest value of the metric, which the axis that a series looks flat on reaches at least."""
        try:
            drawn = table.values([Selector(metric=self.series.metric, subjects=(), levels=(), at=THROUGHOUT)])
        except Unjudgeable:
            drawn = leaves
        return Aggregated(Aggregate.MAXIMUM, tuple(Magnitude(leaf) for leaf in drawn or leaves))

    def _somewhere(self, parts: tuple[Formula, ...], leaves: Sequence[Given]) -> Formula:
        """At one of the points; where not every point is known, it may also be at another."""
        if self.along is not None or _is_complete(leaves):
            return Some(parts)
        return Some((*parts, unknown(Reason.MISSING_VALUE, "between the known points it may turn")))

    def _direction(self, leaves: Sequence[Given], relation: Relation, step: Relation) -> Formula:
        whole: Formula = Compare(leaves[-1], relation, leaves[0])
        if _BIT_BY_BIT.search(self.quote) and _is_complete(leaves):
            whole = _without_a_jump(whole, leaves)
        if self.steady:
            if len(leaves) == 2:  # noqa: PLR2004
                return whole if self.along is not None else Noted(whole, _ENDS_ALONE, "supported")
            is_denied = self.over is not None and self.over.how in ("none", "only")  # a year without change is enough
            each = relation if is_denied or _EACH.search(self.quote) else step
            return All((whole, *self._steps(leaves, each)))
        if _swing(leaves) > abs(leaves[-1].interval.middle - leaves[0].interval.middle):
            if _GRADUAL.search(self.quote) and _is_complete(leaves):
                return All((whole, *self._steps(leaves, step)))
            text = "; ".join(f"{leaf.label} {leaf.written}" for leaf in (leaves[0], leaves[-1]))
            return unknown(Reason.MIXED_EVIDENCE, f"{text}: in between it moves more the other way")
        return whole

    def _steps(self, leaves: Sequence[Given], step: Relation) -> Iterator[Formula]:
        """Each step goes no other way; "steadily" takes no notice of a waver that is next to nothing of the whole."""
        values = [leaf.interval.middle for leaf in leaves]
        sign = 1 if step is Relation.NOT_BELOW else -1
        waver = 0 if _STRICTLY.search(self.quote) else abs(values[-1] - values[0]) * _WAVER
        for old, new in pairwise(leaves):
            back = sign * (old.interval.middle - new.interval.middle)
            if back <= 0 or back > waver:
                yield Compare(new, step, old)

    def contrary(self) -> str:
        """Words that deny a shape that is no direction; "no change" affirms that it is flat."""
        if self.shape in ("increases", "decreases"):
            return ""
        return _DENIED if self.shape == "is flat" else r"\b(?:not|never|no|neither|nor)\b|n't\b"

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Up or down."""
        direction = {"increases": "rises", "decreases": "falls"}.get(self.shape)
        return None if direction is None else (self.series, direction, None)


def _without_a_jump(whole: Formula, leaves: Sequence[Given]) -> Formula:
    """A change that comes bit by bit does not come all but whole in one of many steps."""
    if len(leaves) <= _MANY:
        return whole
    old, new = max(pairwise(leaves), key=lambda step: abs(step[1].interval.middle - step[0].interval.middle))
    jump, change = Magnitude(Difference(new, old)), Magnitude(Difference(leaves[-1], leaves[0]))
    most = Scaled(change, _ALL_BUT)
    if abs(new.interval.middle - old.interval.middle) < _ALL_BUT * abs(
        leaves[-1].interval.middle - leaves[0].interval.middle
    ):
        return whole
    return All((whole, Compare(jump, Relation.LESS, most)))


_WAVER = Fraction(1, 50)
_EACH = Phrase(r"\b(?:every|each) (?:year|month|quarter|week|day|season|time)\b|\byear (?:after|by|on) year\b")
_STRICTLY = Phrase(r"\b(?:monoton|strict|never|every|each|always|without (?:a|any|exception))")
_MANY = 5
_ALL_BUT = Fraction(9, 10)
_BIT_BY_BIT = Phrase(r"\bgradual")
_ENDS_ALONE = "only two values are stated: what lies between them is not known"


def _is_complete(leaves: Sequence[Given]) -> bool:
    """Whether nothing lies between the points: years, layers and other whole numbers without a gap."""
    places = [leaf.position for leaf in leaves]
    return all(new is not None and old is not None and new - old == 1 for old, new in pairwise(places))


def _swing(leaves: Sequence[Given]) -> Fraction:
    """The furthest that the series moves against its own direction from first to last."""
    values = [leaf.interval.middle for leaf in leaves]
    sign = 1 if values[-1] >= values[0] else -1
    furthest, widest = values[0], Fraction(0)
    for value in values:
        furthest = max(furthest, value, key=lambda at: sign * at)
        widest = max(widest, sign * (furthest - value))
    return widest


_MOVES = r"(?:(?:\w+ )?(?:chang|var|mov|fluctuat|improv|grow|ris|fall|increas|decreas|drop|trend|differ)\w*)"
_DENIED = rf"\b(?:not|never|no|neither|nor)\b(?! {_MOVES})|n't\b(?! {_MOVES})"
