"""relations: what one number of a table may be of two others, tried on whole numbers and written as formulas."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.expression import Difference, PercentChange, Ratio, Scaled

if TYPE_CHECKING:
    from auditor.exact.expression import Term
    from auditor.tables.series import Number

HUNDRED = 100
MOST_BITS = 10
"""What one row can tell at most: a fit by chance once in a thousand."""


class How(Enum):
    """A number computed from two others."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    PERCENT_OF = "percent of"
    CHANGE = "percent change"
    CUT = "percent less"

    def words(self, left: str, right: str) -> str:
        """How the number reads."""
        match self:
            case How.PERCENT_OF:
                return f"{left} as a percentage of {right}"
            case How.CHANGE:
                return f"percent change from {right} to {left}"
            case How.CUT:
                return f"by how many percent {left} is less than {right}"
            case _:
                return f"{self.value} of {left} and {right}"

    def term(self, left: Term, right: Term) -> Term:
        """The number as a formula."""
        match self:
            case How.DIFFERENCE:
                return Difference(left, right)
            case How.RATIO:
                return Ratio(left, right)
            case How.PERCENT_OF:
                return Scaled(Ratio(left, right), Fraction(HUNDRED))
            case How.CHANGE:
                return PercentChange(left, right)
            case How.CUT:
                return Scaled(PercentChange(left, right), Fraction(-1))

    def of(self, left: Fraction, right: Fraction) -> Fraction | None:
        """The number computed from two as they are printed; None without a divisor."""
        if self is How.DIFFERENCE:
            return left - right
        if not right:
            return None
        match self:
            case How.RATIO:
                return left / right
            case How.PERCENT_OF:
                return HUNDRED * left / right
            case How.CHANGE:
                return HUNDRED * (left / right - 1)
            case _:
                return HUNDRED * (1 - left / right)


class Fit(NamedTuple):
    """How a stated number stands to a computed one."""

    holds: bool
    """Whether rounding allows the two to be one."""
    bits: int
    """How surprising a fit is, as a power of two; zero where the number says nothing about the formula."""


def fit_pair(  # noqa: PLR0913, PLR0917
    how: How, stated: Number, left: Number, right: Number, scale: int, spread: int
) -> Fit | None:
    """One number against what two others give; None where they give nothing.

    `spread` is how far the stated numbers of the series lie apart.
    """
    if how is How.DIFFERENCE:
        low, high = left.low - right.high, left.high - right.low
        holds = stated.low <= high and low <= stated.high
        width = max(high - low + stated.high - stated.low, stated.grain)
        return Fit(holds, 0 if _copies(stated, left) or not right.point else _bits(spread, width))
    if right.low <= 0 <= right.high:
        return None
    low, high = stated.low, stated.high
    times = scale if how is How.RATIO else HUNDRED * scale
    if how is How.CHANGE:
        low, high = low + HUNDRED * scale, high + HUNDRED * scale
    elif how is How.CUT:
        low, high = HUNDRED * scale - high, HUNDRED * scale - low
    if low >= 0 and right.low > 0:
        least, most = low * right.low, high * right.high
    else:
        corners = (low * right.low, low * right.high, high * right.low, high * right.high)
        least, most = min(corners), max(corners)
    holds = least <= times * left.high and times * left.low <= most
    size = abs(right.point)
    width = max(most - least + times * (left.high - left.low), stated.grain * size)
    return Fit(holds, 0 if _copies(stated, left) or left.point == right.point else _bits(spread * size, width))


def fit_sum(stated: Number, addends: list[Number], spread: int, share: int) -> Fit:
    """One number against the sum of others; `share` is what the sum is divided by, their number for a mean."""
    low, high = sum(each.low for each in addends), sum(each.high for each in addends)
    holds = share * stated.low <= high and low <= share * stated.high
    width = max(high - low + share * (stated.high - stated.low), share * stated.grain)
    return Fit(holds, 0 if any(_copies(stated, each) for each in addends) else _bits(share * spread, width))


def _copies(stated: Number, other: Number) -> bool:
    """Whether the number may just be the other one again."""
    return stated.low <= other.high and other.low <= stated.high


def _bits(spread: int, width: int) -> int:
    return min(max((spread // width).bit_length() - 1, 0), MOST_BITS) if width else 0
