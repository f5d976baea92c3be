"""interval: sets of numbers that a printed number may stand for, with exact ends.

A number printed as 0.50 stands for [0.495, 0.505): half a unit of its last digit to
each side, the lower end included, so that two different numbers printed to one
precision are always ordered. Ends are fractions; `None` is an open end at infinity.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import force_setattr

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Corner(NamedTuple):
    """One end of an interval, a product or a quotient; sorts by where it lies."""

    beyond: int
    """-1 for minus infinity, 1 for infinity, 0 for a number."""
    at: Fraction
    """The number; zero for an infinite end."""
    attained: bool


class Interval(Struct, frozen=True, dict=True):
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
        """Refuse an empty interval, and have no end at infinity belong to one."""
        if self.low is None:
            force_setattr(self, "low_closed", False)
        if self.high is None:
            force_setattr(self, "high_closed", False)
        exact = self.low is self.high and self.low_closed and self.high_closed
        if exact or self.low is None or self.high is None or self.low < self.high:
            return
        if self.low > self.high or not (self.low_closed and self.high_closed):
            message = f"an interval needs at least one number: {self.low} to {self.high}"
            raise ValueError(message)

    @property
    def is_exact(self) -> bool:
        """Whether the interval holds one number only."""
        return self.low is not None and self.low == self.high

    @cached_property
    def middle(self) -> Fraction:
        """The number half way between two finite ends; the finite end where there is only one."""
        if self.low is None or self.high is None:
            return self.low if self.low is not None else self.high if self.high is not None else Fraction(0)
        return self.low if self.low is self.high else (self.low + self.high) / 2

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
        """Every product."""
        return _hull(_product(here, there) for here in self._ends() for there in other._ends())

    def __truediv__(self, other: Interval) -> Interval:
        """Every quotient; ZeroDivisionError where the divisor may be zero, or as near to it as one likes."""
        if exactly(0).meets(other):
            message = "the divisor may be zero"
            raise ZeroDivisionError(message)
        return self * _hull(
            _Corner(0, 1 / end.at if end.at else Fraction(0), end.attained)  # the reciprocal of infinity is zero
            for end in other._ends()
        )

    def __abs__(self) -> Interval:
        """The magnitudes."""
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        both = self.hull(-self)
        return Interval(Fraction(0), both.high, True, both.high_closed)

    def scaled(self, factor: Fraction) -> Interval:
        """Every number times an exact factor."""
        if factor == 1:
            return self
        if not factor:
            return exactly(0)
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

    def is_at_least(self, other: Interval) -> bool:
        """Whether no number here is less than any number there."""
        return self.low is not None and other.high is not None and self.low >= other.high

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
        return (
            _Corner(-1, Fraction(0), False) if self.low is None else _Corner(0, self.low, self.low_closed),
            _Corner(1, Fraction(0), False) if self.high is None else _Corner(0, self.high, self.high_closed),
        )


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


def _product(here: _Corner, there: _Corner) -> _Corner:
    """A corner of a product; a zero that belongs to one side is attained whatever the other side is."""
    zeros = [end for end in (here, there) if not end.beyond and not end.at]
    if zeros:
        return _Corner(0, Fraction(0), any(end.attained for end in zeros))
    if here.beyond or there.beyond:
        same_side = (here.beyond or here.at) * (there.beyond or there.at) > 0
        return _Corner(1 if same_side else -1, Fraction(0), False)
    return _Corner(0, here.at * there.at, here.attained and there.attained)


def _hull(corners: Iterable[_Corner]) -> Interval:
    """The interval between the outermost corners; one that two corners share is attained where either is."""
    known = sorted(corners)
    lowest, highest = known[0], known[-1]
    return Interval(
        None if lowest.beyond else lowest.at,
        None if highest.beyond else highest.at,
        any(corner.attained for corner in known if corner[:2] == lowest[:2]),
        any(corner.attained for corner in known if corner[:2] == highest[:2]),
    )


def exactly(number: int | Fraction) -> Interval:
    """The interval of one number."""
    end = number if isinstance(number, Fraction) else Fraction(number)
    return Interval(end, end, True, True)


def rounded(number: Fraction, unit: Fraction) -> Interval:
    """The numbers that print as `number` where `unit` is one unit of the last printed digit."""
    half = unit / 2
    made = Interval(number - half, number + half)
    made.__dict__["middle"] = number  # known, and asked for of every value
    return made
