"""distribution: the p value of a test statistic, as the interval of every number it can be.

A printed statistic is an interval. The p value falls as its size grows, so that the ends of
the size, zero included, give the ends of p. mpmath does the analysis with 50 digits; ends
move outward by one part in 10^20 and become fractions. It costs a replay nothing: it is
loaded by the first statistic.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, assert_never

from auditor.exact.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpmath import MPContext

DIGITS = 50
OUTWARD = Fraction(1, 10**20)
"""How far the ends move outward, relative to themselves."""
LEAST = Fraction(1, 10**60)
"""A smaller p is anything between zero and this."""
MOST_FREEDOM = 10**5
"""More degrees of freedom are refused: the continued fraction takes hundreds of steps for so many."""
MANY = 1000
"""Of so many degrees of freedom the decimals change nothing that a printed p could show."""
MOST_STEPS = 5_000
LARGEST = Fraction(10**6)
"""A larger statistic is anything from this on."""


class Family(Enum):
    """A distribution that a test statistic follows; the value is how it prints."""

    T = "t"
    F = "F"
    CHI_SQUARE = "χ²"
    NORMAL = "z"
    CORRELATION = "r"

    @property
    def freedoms(self) -> int:
        """How many degrees of freedom it takes."""
        return {Family.NORMAL: 0, Family.F: 2}.get(self, 1)

    @property
    def has_sides(self) -> bool:
        """Whether the statistic has a sign, so that a test can have one tail or two."""
        return self in (Family.T, Family.NORMAL, Family.CORRELATION)


class OutOfRangeError(ValueError):
    """A statistic that its distribution cannot take, or degrees of freedom beyond what is computed."""


def p_value(family: Family, statistic: Interval, freedom: Sequence[Interval]) -> Interval:
    """Every p, two-tailed where the statistic has a sign, that the statistic can have; of the upper tail otherwise.

    Degrees of freedom printed with decimals are intervals too; p has no one direction in those of F, so that it
    is taken at their ends and middles and widened by as much as it varies between them.
    """
    for interval in freedom:
        if interval.low is None or interval.high is None or not 0 < interval.low <= interval.high <= MOST_FREEDOM:
            message = f"degrees of freedom are above 0, and computed up to {MOST_FREEDOM:,}"
            raise OutOfRangeError(message)
    low, high = _size(family, statistic)
    choices = [_choices(one) for one in freedom]
    at_low = [_tail(family, low, *choice) for choice in product(*choices)]
    at_high = [Fraction(0)] if high is None else [_tail(family, high, *choice) for choice in product(*choices)]
    least = 2 * min(at_high) - max(at_high)
    most = 2 * max(at_low) - min(at_low)
    least = Fraction(0) if least < LEAST else least * (1 - OUTWARD)
    most = min(max(most * (1 + OUTWARD), LEAST), Fraction(1))
    return Interval(least, most, True, True)


def _choices(freedom: Interval) -> tuple[Fraction, ...]:
    """The degrees of freedom to compute with: the ends and the middle of an interval."""
    if freedom.low is None or freedom.high is None or freedom.middle > MANY:
        return (freedom.middle,)
    return tuple(dict.fromkeys((freedom.low, freedom.middle, freedom.high)))


def _size(family: Family, statistic: Interval) -> tuple[Fraction, Fraction | None]:
    """The ends of the statistic's size; None for one beyond every bound."""
    if statistic.low is None:
        message = "a statistic without a lower bound has no size"
        raise OutOfRangeError(message)
    if statistic.high is None:
        low, high = max(statistic.low, Fraction(0)), None
    else:
        size = abs(statistic)
        low, high = size.low or Fraction(0), size.high
        if statistic.high < 0 and not family.has_sides:
            message = f"{family.value} is never below zero"
            raise OutOfRangeError(message)
    if family is Family.CORRELATION:
        if low > 1:
            message = "r lies between -1 and 1"
            raise OutOfRangeError(message)
        high = Fraction(1) if high is None else min(high, Fraction(1))
    return min(low, LARGEST), None if high is None or high > LARGEST else high


def _tail(family: Family, size: Fraction, *freedom: Fraction) -> Fraction:
    """P of a statistic of at least this size."""
    half = Fraction(1, 2)
    square = size * size
    match family:
        case Family.NORMAL:
            context = _context()
            return _fraction(context.erfc(_real(size) / context.sqrt(2)))
        case Family.CHI_SQUARE:
            context = _context()
            chance = context.gammainc(_real(freedom[0] * half), _real(size * half), context.inf, regularized=True)
            return _fraction(chance)
        case Family.T:
            return _beta(freedom[0] * half, half, freedom[0] / (freedom[0] + square))
        case Family.CORRELATION:
            return _beta(freedom[0] * half, half, 1 - square)
        case Family.F:
            first, second = freedom
            return _beta(second * half, first * half, second / (second + first * size))
        case _:
            assert_never(family)


def _beta(a: Fraction, b: Fraction, x: Fraction) -> Fraction:
    """The regularised incomplete beta function, by a continued fraction (DLMF 8.17.22) on its quick side."""
    if x in (0, 1):
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_left(b, a, 1 - x)
    return _beta_left(a, b, x)


def _beta_left(a: Fraction, b: Fraction, x: Fraction) -> Fraction:
    context = _context()
    p, q, z = _real(a), _real(b), _real(x)
    tiny, close = context.mpf(10) ** -300, context.mpf(10) ** -(DIGITS - 5)
    # Lentz's way through the fraction 1 + d1 / (1 + d2 / (1 + ...)).
    value = numerator = context.mpf(1)
    denominator = context.mpf(0)
    for step in range(1, MOST_STEPS):
        half, odd = divmod(step, 2)
        if odd:
            part = -(p + half) * (p + q + half) * z / ((p + step - 1) * (p + step))
        else:
            part = half * (q - half) * z / ((p + step - 1) * (p + step))
        denominator = 1 / (1 + part * denominator or tiny)
        numerator = 1 + part / numerator or tiny
        change = numerator * denominator
        value *= change
        if abs(change - 1) < close:
            log = context.loggamma
            front = context.exp(p * context.log(z) + q * context.log(1 - z) + log(p + q) - log(p) - log(q))
            return _fraction(front / (p * value))
    message = "the degrees of freedom are too many to compute with"
    raise OutOfRangeError(message)


@cache
def _context() -> MPContext:
    """A context of our own: the precision of mpmath's shared one is anybody's."""
    from mpmath import MPContext  # noqa: PLC0415  (a replay without statistics does not pay for it)

    context = MPContext()
    context.dps = DIGITS
    return context


def _real(number: Fraction) -> MPContext.mpf:
    return _context().mpf(number.numerator) / number.denominator


def _fraction(number: MPContext.mpf) -> Fraction:
    if number < _real(LEAST):
        return Fraction(0)
    numerator, denominator = number.as_integer_ratio()
    return Fraction(int(numerator), int(denominator))
