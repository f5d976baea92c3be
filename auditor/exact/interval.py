"""interval: sets of numbers that a printed number may stand for, with exact ends.

A number printed as 0.50 stands for [0.495, 0.505): half a unit of its last digit to
each side, the lower end included, so that two different numbers printed to one
precision are always ordered. Ends are fractions; `None` is an open end at infinity.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Corner(NamedTuple):
    """One end of a product or quotient."""

    at: Fraction
    attained: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends; never empty."""

    low: Fraction | None
    """Lower end, None for minus infinity."""
    high: Fraction | None
    """Upper end, None for infinity."""
    low_closed: bool = True
    """Whether the lower end belongs to the interval."""
    high_closed: bool = False
    """Whether the upper end belongs to the interval."""

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed)):
            message = f"an interval needs at least one number: {self.low} to {self.high}"
            raise ValueError(message)

    @property
    def is_exact(self) -> bool:
        """Whether the interval holds one number only."""
        return self.low is not None and self.low == self.high

    @property
    def middle(self) -> Fraction:
        """The number half way between two finite ends; the finite end where there is only one."""
        if self.low is None or self.high is None:
            return self.low if self.low is not None else self.high if self.high is not None else Fraction(0)
        return (self.low + self.high) / 2

    def __contains__(self, number: Fraction) -> bool:
        """Whether the number belongs to the interval."""
        if self.low is not None and (number < self.low or (number == self.low and not self.low_closed)):
            return False
        return self.high is None or number < self.high or (number == self.high and self.high_closed)

    def __neg__(self) -> Interval:
        """The negatives."""
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_closed,
            self.low_closed,
        )

    def __add__(self, other: Interval) -> Interval:
        """Every sum of a number of the one and a number of the other."""
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        """Every difference."""
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """Every product of two bounded intervals."""
        return _hull(
            _product(here, there, here_closed, there_closed)
            for here, here_closed in self._ends()
            for there, there_closed in other._ends()
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Every quotient; ZeroDivisionError where the divisor may be zero."""
        if Fraction(0) in other or Fraction(0) in (other.low, other.high):
            message = "the divisor may be zero"
            raise ZeroDivisionError(message)
        return self * _hull(_Corner(1 / end, closed) for end, closed in other._ends())

    def __abs__(self) -> Interval:
        """The magnitudes of a bounded interval."""
        (low, low_closed), (high, high_closed) = self._ends()
        if low >= 0:
            return self
        if high <= 0:
            return -self
        if -low == high:
            return Interval(Fraction(0), high, True, low_closed or high_closed)
        return Interval(Fraction(0), max(-low, high), True, low_closed if -low > high else high_closed)

    def scaled(self, factor: Fraction) -> Interval:
        """Every number times an exact, non-zero factor."""
        turned = self if factor > 0 else -self
        size = abs(factor)
        return Interval(
            None if turned.low is None else turned.low * size,
            None if turned.high is None else turned.high * size,
            turned.low_closed,
            turned.high_closed,
        )

    def is_above(self, other: Interval) -> bool:
        """Whether every number here is greater than every number there."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (self.low == other.high and not (self.low_closed and other.high_closed))

    def meets(self, other: Interval) -> bool:
        """Whether the closures share a number: ends that touch are given the benefit of the doubt."""
        return not (
            (self.low is not None and other.high is not None and self.low > other.high)
            or (self.high is not None and other.low is not None and self.high < other.low)
        )

    def intersection(self, other: Interval) -> Interval | None:
        """The numbers in both, None where there are none."""
        if self.is_above(other) or other.is_above(self):
            return None
        low, low_closed = _inner((self.low, self.low_closed), (other.low, other.low_closed), upper=False)
        high, high_closed = _inner((self.high, self.high_closed), (other.high, other.high_closed), upper=True)
        return Interval(low, high, low_closed, high_closed)

    def hull(self, other: Interval) -> Interval:
        """The least interval that holds both."""
        low, low_closed = _outer((self.low, self.low_closed), (other.low, other.low_closed), upper=False)
        high, high_closed = _outer((self.high, self.high_closed), (other.high, other.high_closed), upper=True)
        return Interval(low, high, low_closed, high_closed)

    def _ends(self) -> tuple[_Corner, _Corner]:
        if self.low is None or self.high is None:
            message = "arithmetic needs bounded intervals"
            raise ValueError(message)
        return _Corner(self.low, self.low_closed), _Corner(self.high, self.high_closed)


_End = tuple[Fraction | None, bool]


def _inner(one: _End, two: _End, *, upper: bool) -> _End:
    """The tighter of two ends."""
    if one[0] is None or two[0] is None:
        return two if one[0] is None else one
    if one[0] == two[0]:
        return one[0], one[1] and two[1]
    return one if (one[0] < two[0]) is upper else two


def _outer(one: _End, two: _End, *, upper: bool) -> _End:
    """The wider of two ends."""
    if one[0] is None or two[0] is None:
        return None, False
    if one[0] == two[0]:
        return one[0], one[1] or two[1]
    return one if (one[0] > two[0]) is upper else two


def _product(here: Fraction, there: Fraction, here_closed: bool, there_closed: bool) -> _Corner:  # noqa: FBT001
    """A corner of a product; a zero that belongs to one side is attained whatever the other side is."""
    attained = (here_closed and there_closed) or (here == 0 and here_closed) or (there == 0 and there_closed)
    return _Corner(here * there, attained)


def _hull(corners: Iterable[_Corner]) -> Interval:
    known = sorted(corners)
    low, high = known[0].at, known[-1].at
    return Interval(
        low,
        high,
        any(corner.attained for corner in known if corner.at == low),
        any(corner.attained for corner in known if corner.at == high),
    )


def exactly(number: int | Fraction) -> Interval:
    """The interval of one number."""
    return Interval(Fraction(number), Fraction(number), True, True)


def rounded(number: Fraction, unit: Fraction) -> Interval:
    """The numbers that print as `number` where `unit` is one unit of the last printed digit."""
    return Interval(number - unit / 2, number + unit / 2)
