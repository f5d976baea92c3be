"""position: where along a series a value stands."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from auditor.exact.numeral import parse_quantity, parse_range, show
from auditor.tables.positions import step_at, time_at

START, END, PEAK, TROUGH, AVERAGE = "start", "end", "peak", "trough", "average"
NAMED_POINTS = frozenset({START, END, PEAK, TROUGH, AVERAGE})
"""Points that have a name instead of a position, or beside it."""


class Point(NamedTuple):
    """Where along a series a value stands."""

    name: str
    """One of the named points, or empty."""
    position: Fraction | None
    """The position on the axis, where it is known."""
    text: str = ""
    """The position as written, for a reader; no part of what the point is."""

    @property
    def place(self) -> Fraction | str:
        """What tells two points apart: the position where there is one, else the name."""
        return self.name if self.position is None else self.position

    @property
    def shown(self) -> str:
        """As a reader would say it."""
        return self.name or self.text or ("" if self.position is None else _plain(self.position))


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else show(number)


NOWHERE = Point("", None)
"""The point of a value that is no part of a series."""


_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?:\s*(?:h|hrs|UTC|GMT))?")


def position_of(written: str) -> Fraction | None:
    """A position along an axis, None for what is none.

    It is a time ("April", "1995", "Q3 2020"; "08:30" in hours), the number in "step 60" or "1995", the first year of
    "2001/02", or the middle of a range.
    """
    clock = _CLOCK.fullmatch(written.strip())
    if clock is not None:
        return int(clock[1]) + Fraction(int(clock[2]), 60)
    placed = step_at(written) if written.strip()[:1].isdecimal() else None
    placed = time_at(written) if placed is None else placed
    if placed is not None:
        return placed
    quantity = parse_quantity(written)
    if quantity is not None:
        return quantity.point
    ends = parse_range(written)
    if ends is not None and len(written) < 24 and ends[0].point < ends[1].point and "/" not in written:  # noqa: PLR2004
        return (ends[0].point + ends[1].point) / 2  # "step 35–40": its middle
    digits = written.strip().removesuffix("%")
    head = digits.replace("–", "-").replace("/", "-").split("-")[0]
    if head.isascii() and head.isdigit() and len(head) == 4:  # noqa: PLR2004  (a year)
        return Fraction(int(head))
    return Fraction(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 40 else None  # noqa: PLR2004
