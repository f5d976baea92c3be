"""quantity: a number that measures or counts something, read with what surrounds its figure.

A whole number that counts or numbers things (120 steps, step 80, 42 of 120, the year 2019) is
exact; any other stands for what rounds to it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.compound import compound
from auditor.exact.hedge import WIDTHS, Hedge, Widths, find_hedge, hedge_after
from auditor.exact.interval import Interval, exactly, rounded
from auditor.exact.unit import Unit, conversion, counted_after, counted_before, parse_unit, unit_after

if TYPE_CHECKING:
    from auditor.exact.figure import Figure
    from auditor.exact.numberword import Worded


class Quantity(Struct, frozen=True):
    """A number that measures or counts something."""

    point: Fraction
    """The number as printed."""
    step: Fraction | None
    """One unit of its last printed digit; None for an exact number (a count, a year, a number word)."""
    unit: Unit | None
    """What it counts in, None where the text names no unit."""
    hedge: Hedge | None
    """How loosely it is meant."""
    written: str
    """As it stands in the text, without its hedge."""

    @property
    def interval(self) -> Interval:
        """The numbers that print like this one, whatever the hedge says."""
        return exactly(self.point) if self.step is None else rounded(self.point, self.step)

    @property
    def is_worded(self) -> bool:
        """Whether it is written without a digit: "half", "twenty"."""
        return not any(map(str.isdigit, self.written))

    def scaled(self, factor: Fraction) -> Quantity:
        """So many times the number, printed as finely; its unit is the caller's to change."""
        return replace(self, point=self.point * factor, step=None if self.step is None else self.step * factor)

    def in_unit(self, unit: Unit | None) -> Quantity | None:
        """The same in the unit of other numbers: "55 minutes" of seconds; None where one does not measure the other."""
        if self.unit is None or unit is None or self.unit == unit:
            return self
        factor = conversion(self.unit, unit)
        return None if factor is None else replace(self.scaled(factor), unit=unit)

    def under(self, widths: Widths) -> Quantity:
        """The same, with its hedge as wide as a project settles it."""
        if self.hedge is None or widths == WIDTHS:
            return self
        return replace(self, hedge=replace(self.hedge, widths=widths))

    @property
    def claimed(self) -> Interval:
        """The numbers that the hedge lets it mean."""
        return self.interval if self.hedge is None else self.hedge.widen(self.point, self.step)


class Read(Struct, frozen=True):
    """A quantity as read from a text."""

    start: int
    quantity: Quantity
    year: bool = False


CURRENCIES = frozenset("$€£¥")
_X = parse_unit("x")
_SIGNS = frozenset("+-−–")
_OPENERS = frozenset("([{|=,:;~≈<>≤≥\"'*_“‘→$€£¥")
_UNIT_STARTS = frozenset(" \u00a0\u2009\u202f-%\\×‰€£¥℃℉°µμ")
_HYPHENED = re.compile(r"-[a-z]+(?![A-Za-z0-9_]|[-.][A-Z0-9])")
_RATE = re.compile(r"(?:/| per )([A-Za-z]{1,12})(?![A-Za-z0-9_])")
_OF = re.compile(r" (?:out )?of (?:the |all )?(?:[0-9]|ten |twenty )")
_BETWEEN_COUNTS = frozenset(
    ("-", "–", "to", "and", "or", ",", ", and", "of", "out of", "of the", "out of the", "of all")
)
_FEW = range(1, 6)
"""Counts with which "under two paradigms" names circumstances and is no bound."""
_LOOKBACK = 50
_LOOKAHEAD = 20
_YEAR_DIGITS = 4
_FIRST_IDEOGRAPH = "\u2e80"


def opens_number(text: str, position: int, or_after: str = "") -> bool:
    """Whether a sign or a leading point at `position` may begin a number, by what stands before it."""
    if position == 0:
        return True
    before = text[position - 1]
    return before.isspace() or before in _OPENERS or before in or_after


def quantity_of(text: str, figure: Figure, floor: int, counted_to: int | None) -> Read | None:
    """The quantity around a figure; None where the figure is part of a name.

    `floor` is the end of the numeral before it, `counted_to` too if that one was a count.
    """
    end, unit = figure.end, None
    following = text[end : end + 1]
    several = compound(text, figure.start, end) if figure.plain else None
    if several is not None:
        point, step, of, end = several
        hedge = _hedge_around(text, figure.start, end)
        return Read(figure.start, Quantity(point, step, of, hedge, text[figure.start : end]))
    if following in _UNIT_STARTS or following.isalnum():
        after = unit_after(text, end)
        if after is not None:
            unit, end = after
        elif _runs_on(text, figure):
            return None
    elif following and following in "._@^" and _runs_on(text, figure):
        return None
    start, prefix = _prefix(text, figure, floor)
    if prefix is not None and unit is not None and unit.dimension != prefix.dimension:
        unit, end = None, figure.end  # "$5 10 €"
    if prefix is not None and (unit is None or prefix.dimension == unit.dimension):
        unit = unit or prefix
        rate = _RATE.match(text, end)
        per = None if rate is None else parse_unit(f"{prefix.name}/{rate[1]}")
        if rate is not None and per is not None:
            unit, end = per, rate.end()
    negative = start < figure.start and any(sign in text[start : figure.start] for sign in "-−–")
    point = figure.point or Fraction(0)
    whole = figure.plain and unit is None
    counts = whole and _is_count(text, start, end, counted_to)
    year = whole and not counts and _is_year(text, start, end)
    quantity = Quantity(
        -point if negative else point,
        None if counts or year else figure.step,
        unit,
        _hedge_around(text, start, end),
        text[start:end],
    )
    return Read(start, quantity, year)


def quantity_in_words(text: str, words: Worded) -> Quantity:
    """The quantity of a number in words."""
    hedge = Hedge("order of magnitude") if words.order else _hedge_around(text, words.start, words.end)
    if hedge is not None and hedge.name in {"under", "over"} and words.unit is None and words.point in _FEW:
        hedge = None if text.endswith(("nder ", "ver "), 0, words.start) else hedge
    return Quantity(words.point, words.step, words.unit, hedge, text[words.start : words.end])


def _hedge_around(text: str, start: int, end: int) -> Hedge | None:
    hedge = find_hedge(text[max(0, start - _LOOKBACK) : start])
    if hedge is None and text.startswith(("+", " or ", " and "), end):
        return hedge_after(text[end : end + _LOOKAHEAD])
    return hedge


def _runs_on(text: str, figure: Figure) -> bool:
    """Whether what stands directly behind the figure makes it part of a name: 737NG, 7B-Instruct, 3.x."""
    after, beyond = text[figure.end], text[figure.end + 1 : figure.end + 2]
    if after == "-" and beyond.isalpha():
        scaled = not figure.plain and figure.step is not None and figure.step > 1
        hyphened = _HYPHENED.match(text, figure.end)
        return hyphened is None or (scaled and not counted_after(text, figure.end))
    if after == ".":  # "3.x" and "6.csv", but not "in 2012.Brazil"
        sentence = beyond.isupper() and text[figure.end + 2 : figure.end + 3].islower()
        return figure.plain and beyond.isalpha() and not sentence
    return (after.isalnum() and after < _FIRST_IDEOGRAPH) or after in "_@^" or (after == "\\" and beyond.isalnum())


def _prefix(text: str, figure: Figure, floor: int) -> tuple[int, Unit | None]:
    """Where the sign and the currency before a figure begin, and the unit that they make."""
    start = figure.start
    before = text[start - 1] if start > floor else ""
    if before == "×":
        multiplied = text[max(0, start - 3) : start - 1].rstrip()[-1:].isdigit()
        return (start, None) if multiplied else (start - 1, _X)
    unit = None
    if before in CURRENCIES and not _is_mathematics(text, start, figure.end):
        start, unit = start - 1, parse_unit(before)
    elif before in {" ", "\u00a0"} and start - 1 > floor and text[start - 2] in "€£¥":
        start, unit = start - 2, parse_unit(text[start - 2])
    if unit is not None and text[max(floor, start - 2) : start] == "US":
        start -= 2
    before = text[start - 1] if start > floor else ""
    if before not in _SIGNS or not opens_number(text, start - 1):
        return start, unit
    if before == "–" and text[max(0, start - 4) : start - 1].rstrip()[-1:].isalnum():  # "40 –60", "Orange –5"
        return start, unit
    start -= 1
    outside = text[start - 1] if start > floor else ""
    if unit is None and outside in CURRENCIES and not _is_mathematics(text, start, figure.end):
        start, unit = start - 1, parse_unit(outside)
    return start, unit


def _is_mathematics(text: str, start: int, end: int) -> bool:
    """Whether the dollar before the number opens a formula: `$0.58$`."""
    return text[start - 1] == "$" and text.startswith(("$", "%$", "\\%$"), end)


def is_count(quantity: Quantity | None) -> bool:
    """Whether it is a whole number, in digits, that is exact because it counts or numbers things."""
    return quantity is not None and quantity.step is None and quantity.unit is None and quantity.point.denominator == 1


def _is_year(text: str, start: int, end: int) -> bool:
    return end - start == _YEAR_DIGITS and text[start : start + 2] in {"19", "20"}


def _is_count(text: str, start: int, end: int, counted_to: int | None) -> bool:
    """Whether a whole number counts or numbers things: 120 steps, step 80, 42 of 120, steps 40–60."""
    if counted_to is not None and text[counted_to:start].strip() in _BETWEEN_COUNTS:
        return True
    if text[end : end + 1] in {" ", "-", "*", "`", "_"} and (
        _OF.match(text, end) or counted_after(text, end, one=text[start:end] == "1")
    ):
        return True
    return counted_before(text[max(0, start - _LOOKBACK) : start])
