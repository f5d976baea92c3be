"""term: what a term comes to, as the interval of every number it can be.

Where a term mentions each value once the interval is exact, ends included; a second
mention can only widen it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from auditor.exact.expression import (
    Absent,
    Aggregate,
    Complement,
    Difference,
    Given,
    Magnitude,
    Over,
    PercentChange,
    Printed,
    Ratio,
    Scaled,
    Share,
    Stated,
)
from auditor.exact.interval import Interval, exactly
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from auditor.exact.expression import Term

HUNDRED = Fraction(100)


class NoValue(Exception):
    """Raised for a term that has no value; becomes the verdict's reason."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text


class Valued(Struct, frozen=True):
    """A term with what it comes to."""

    term: Term
    interval: Interval
    """Every number that it can be."""
    point: Fraction
    """What it comes to where every value is just as printed."""


def valued(term: Term) -> Valued:
    """The term with what it comes to; NoValue where a value is missing or a divisor may be zero."""
    if isinstance(term, Printed):  # most are, and two of them are one comparison
        return Valued(term, term.interval, _printed(term))
    return Valued(term, interval_of(term), _computed(term, lambda leaf: exactly(_printed(leaf))).middle)


def interval_of(term: Term) -> Interval:
    """Every number that the term can be; NoValue where a value is missing or a divisor may be zero."""
    return _computed(term, lambda leaf: leaf.interval)


def _printed(leaf: Given | Stated) -> Fraction:
    printed = leaf.printed if isinstance(leaf, Stated) else None
    return (printed or leaf.interval).middle


def _computed(term: Term, taken: Callable[[Given | Stated], Interval]) -> Interval:  # noqa: C901  (one case a term)
    def of(part: Term) -> Interval:
        return _computed(part, taken)

    match term:
        case Given() | Stated():
            return taken(term)
        case Absent(label, reason):
            raise NoValue(reason, f"no value for {label}" if reason is Reason.MISSING_VALUE else label)
        case Difference(left, right):
            return of(left) - of(right)
        case Ratio(left, right):
            return _quotient(of(left), of(right))
        case PercentChange(new, old):
            return _percent_change(of(new), of(old))
        case Share(part, rest):
            return _share(of(part), _total(map(of, rest))).scaled(HUNDRED)
        case Complement(whole, part):
            return exactly(whole) - of(part)
        case Magnitude(inner):
            return abs(of(inner))
        case Scaled(inner, factor):
            return of(inner).scaled(factor)
        case Over(aggregate, ()):
            raise NoValue(Reason.MISSING_VALUE, f"no values to take the {aggregate.value} of")
        case Over(aggregate, terms):
            return _AGGREGATES[aggregate]([of(one) for one in terms])
        case _:
            assert_never(term)


def leaves(term: Term) -> tuple[Given | Stated, ...]:
    """The numbers that the term is computed from, in the order in which it names them."""
    if isinstance(term, Printed):
        return (term,)
    return tuple(leaf for operand in _operands(term) for leaf in leaves(operand))


def _operands(term: Term) -> tuple[Term, ...]:
    match term:
        case Given() | Absent() | Stated():
            return ()
        case Difference(left, right) | Ratio(left, right) | PercentChange(left, right):
            return left, right
        case Share(part, rest):
            return part, *rest
        case Complement(_, part):
            return (part,)
        case Magnitude(of) | Scaled(of, _):
            return (of,)
        case Over(_, terms):
            return terms
        case _:
            assert_never(term)


def _quotient(over: Interval, under: Interval) -> Interval:
    try:
        return over / under
    except ZeroDivisionError as error:
        raise NoValue(Reason.UNDEFINED, "the divisor may be zero") from error


def _percent_change(new: Interval, old: Interval) -> Interval:
    if old.low is None or old.low < 0:
        raise NoValue(Reason.UNDEFINED, "a percentage of a number below zero has no settled meaning")
    return (_quotient(new, old) - exactly(1)).scaled(HUNDRED)


def _share(part: Interval, rest: Interval) -> Interval:
    """The part of part + rest, with each mentioned once, and divided by the one that cannot be zero."""
    one = exactly(1)
    if exactly(0).meets(part):
        return one - _quotient(one, one + _quotient(part, rest))
    return _quotient(one, one + _quotient(rest, part))


def _total(intervals: Iterable[Interval]) -> Interval:
    return reduce(Interval.__add__, intervals, exactly(0))


def _mean(intervals: Sequence[Interval]) -> Interval:
    return _total(intervals).scaled(Fraction(1, len(intervals)))


def nth(intervals: Sequence[Interval], rank: int) -> Interval:
    """The value of a rank, counted from the smallest: monotone in each value, so its ends are the ends of that rank.

    Of lower ends that coincide the attained ones come first, of upper ends last: a rank attains an end
    where enough values can.
    """
    low, high = sorted(intervals, key=_lower_end)[rank], sorted(intervals, key=_upper_end)[rank]
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _lower_end(interval: Interval) -> tuple[bool, Fraction, bool]:
    return interval.low is not None, interval.low or Fraction(0), not interval.low_closed


def _upper_end(interval: Interval) -> tuple[bool, Fraction, bool]:
    return interval.high is None, interval.high or Fraction(0), interval.high_closed


def _median(intervals: Sequence[Interval]) -> Interval:
    half = len(intervals) // 2
    if len(intervals) % 2:
        return nth(intervals, half)
    return _mean([nth(intervals, half - 1), nth(intervals, half)])


def _spread(intervals: Sequence[Interval]) -> Interval:
    """Maximum less minimum; they are two different values, so that a wide one does not spread by itself."""
    if len(intervals) == 1:
        return exactly(0)
    places = range(len(intervals))
    top = sorted(places, key=lambda at: _upper_end(intervals[at]))[-2:]
    bottom = sorted(places, key=lambda at: _lower_end(intervals[at]))[:2]
    widest = nth([intervals[one] - intervals[other] for one in top for other in bottom if one != other], -1)
    least = nth(intervals, -1) - nth(intervals, 0)
    if least.low is None or least.low < 0:
        return Interval(Fraction(0), widest.high, True, widest.high_closed)
    return Interval(least.low, widest.high, least.low_closed, widest.high_closed)


_AGGREGATES: dict[Aggregate, Callable[[Sequence[Interval]], Interval]] = {
    Aggregate.SUM: _total,
    Aggregate.MEAN: _mean,
    Aggregate.MEDIAN: _median,
    Aggregate.MINIMUM: lambda intervals: nth(intervals, 0),
    Aggregate.MAXIMUM: lambda intervals: nth(intervals, -1),
    Aggregate.RANGE: _spread,
}
