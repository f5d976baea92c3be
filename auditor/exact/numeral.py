"""numeral: the numbers of a text, each with its place, its unit, its hedge and what it stands for.

The text is read as it is, never normalised. A number that may just as well be a name, a date or
a version is not read as a quantity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

from auditor.exact.figure import Figure, figure_at, show
from auditor.exact.hedge import Hedge, find_hedge, hedge_after
from auditor.exact.interval import Interval, exactly, rounded
from auditor.exact.label import Label, find_links, glued, labelled, token
from auditor.exact.numberword import Worded, find_worded
from auditor.exact.unit import Unit, counted_after, counted_before, parse_unit, unit_after

__all__ = ["Numeral", "Quantity", "Role", "find_numerals", "parse_quantity", "parse_range", "show"]

Role = Literal["quantity", "year", "identifier", "version", "date", "ordinal", "list-marker", "reference", "link"]


@dataclass(frozen=True, slots=True)
class Quantity:
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
    def claimed(self) -> Interval:
        """The numbers that the hedge lets it mean."""
        return self.interval if self.hedge is None else self.hedge.widen(self.point, self.step)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number where it stands in a text."""

    start: int
    """First code point of the number, its sign and its currency; a hedge stands before it."""
    end: int
    """One past the last code point of the number, its suffix and its unit."""
    quantity: Quantity | None
    """What it measures, None where it only names something."""
    role: Role
    """Why it is written."""


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """Every number of the text, in order."""
    found = _in_digits(text)
    worded = find_worded(text)
    if not worded:
        return tuple(found)
    merged: list[Numeral] = []
    for numeral in sorted((*found, *(_from_words(text, words) for words in worded)), key=_start):
        if not merged or numeral.start >= merged[-1].end:
            merged.append(numeral)
    return tuple(merged)


def parse_quantity(written: str) -> Quantity | None:
    """The single quantity of a short text, None where it holds none or more than one.

    Of "27.3 ± 0.9" it is the first: the second says how sure the first is.
    """
    stripped = written.strip().rstrip(".")  # "1." would be a list marker
    numerals = [numeral for numeral in find_numerals(stripped) if numeral.quantity is not None]
    if len(numerals) == _TWO and _PLUS_MINUS.fullmatch(stripped, numerals[0].end, numerals[1].start):
        numerals.pop()
    return numerals[0].quantity if len(numerals) == 1 else None


def parse_range(written: str) -> tuple[Quantity, Quantity] | None:
    """The two ends of a range as written, None where the text is no range.

    What only one end says holds for both: "2.5–3×", "$3–5 million", "2 to 3 %".
    """
    stripped = written.strip().rstrip(".")
    numerals = find_numerals(stripped)
    if len(numerals) != _TWO:
        return None
    first, second = numerals
    if first.quantity is None or second.quantity is None:
        return None
    joint = _JOINT.fullmatch(stripped, first.end, second.start)
    if joint is None or (joint[1] is not None and "between" not in stripped[: first.start].casefold()):
        return None
    return _completed(first.quantity, second.quantity), _with_unit(second.quantity, first.quantity.unit)


_TWO = 2
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/-|\\pm|\+-)\s*")
_JOINT = re.compile(r"\s*(?:[-–—~−]|\bto\b|\bthrough\b|\buntil\b|\.\.|…|→|->|\b(and)\b)\s*(?:about |around |~|≈)?")
_BEHIND_DIGITS = re.compile(r"[^0-9]*$")


def _completed(first: Quantity, second: Quantity) -> Quantity:
    """The lower end with the suffix and the unit of the upper, as far as it has none of its own."""
    if first.unit is not None and first.unit.name not in _CURRENCIES:
        return first
    behind = _BEHIND_DIGITS.search(second.written)
    if first.written[-1:].isdigit() and behind is not None and behind[0]:
        suffixed = parse_quantity(first.written + behind[0])
        if suffixed is not None and suffixed.point <= second.point:
            return replace(suffixed, hedge=first.hedge, written=first.written)
    step = None if second.step is None and first.step == 1 else first.step
    return replace(_with_unit(first, second.unit), step=step)


def _with_unit(quantity: Quantity, unit: Unit | None) -> Quantity:
    return replace(quantity, unit=unit) if quantity.unit is None and unit is not None else quantity


def _start(numeral: Numeral) -> int:
    return numeral.start


_DIGIT = re.compile(r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞⅒]")
_CURRENCIES = frozenset("$€£¥")
_LOOKBACK = 50
_LOOKAHEAD = 20


class _Read(NamedTuple):
    """A numeral with what the reading of the next one depends on."""

    numeral: Numeral
    listed: int
    counted: bool


def _in_digits(text: str) -> list[Numeral]:
    """The numerals written in digits; each is read once, from where the last one ended."""
    found: list[Numeral] = []
    links = find_links(text)[::-1]
    floor = listed = 0
    last: _Read | None = None
    hit = _DIGIT.search(text)
    while hit is not None:
        first = hit.start()
        while links and links[-1].end <= first:
            links.pop()
        if links and links[-1].start <= first:
            last = _Read(_named(links[-1]), listed, counted=False)
        else:
            last = _read(text, first, floor, listed, last)
        found.append(last.numeral)
        floor, listed = last.numeral.end, last.listed
        hit = _DIGIT.search(text, floor)
    return found


def _named(label: Label) -> Numeral:
    return Numeral(label.start, label.end, None, label.role)


def _read(text: str, first: int, floor: int, listed: int, last: _Read | None) -> _Read:
    """The numeral whose first digit stands at `first`."""
    label = glued(text, first, floor)
    if label is not None:
        return _Read(_named(label), listed, counted=False)
    begin = first - 1 if _is_leading_point(text, first, floor) else first
    figure = figure_at(text, begin, listed)
    named = last is not None and last.numeral.role == "reference"
    label = labelled(text, begin, figure.end, (last.numeral.start, last.numeral.end) if last and named else None)
    if label is None and figure.point is None:
        name = token(text, first, floor)
        label = name._replace(end=max(name.end, figure.end))
    if label is not None:
        return _Read(_named(label), figure.listed, counted=False)
    return _measured(text, figure, floor, last)


def _is_leading_point(text: str, first: int, floor: int) -> bool:
    """Whether the digit is the first decimal of a number without a whole part."""
    if first == floor or text[first - 1] != ".":
        return False
    return first == 1 or text[first - 2].isspace() or text[first - 2] in _OPENERS


_OPENERS = frozenset("([{|=,:;~≈<>≤≥\"'*_“‘→+-−–$€£¥")


def _measured(text: str, figure: Figure, floor: int, last: _Read | None) -> _Read:
    """The quantity that a figure makes with its sign, currency, unit and surroundings; a name if it is glued to one."""
    prefix = _prefix(text, figure, floor)
    end = figure.end
    after = unit_after(text, end) if text[end : end + 1] not in _ENDS else None
    if after is None and _runs_on(text, figure):
        name = token(text, figure.start, floor)
        return _Read(_named(name._replace(end=max(name.end, end))), figure.listed, counted=False)
    unit = prefix.unit
    if after is not None and (unit is None or after.unit.dimension == unit.dimension):
        unit, end = after.unit, after.end
    elif unit is not None and unit.name in _CURRENCIES:
        rate = _RATE.match(text, end)
        known = None if rate is None else parse_unit(f"{unit.name}/{rate[1]}")
        if rate is not None and known is not None:
            unit, end = known, rate.end()
    point = -figure.point if prefix.negative else figure.point
    step, role, counted = figure.step, "quantity", False
    if figure.plain and unit is None:
        if _is_year(text, prefix.start, figure):
            step, role = None, "year"
        elif _is_count(text, prefix.start, end, last):
            step, counted = None, True
    hedge = find_hedge(text[max(0, prefix.start - _LOOKBACK) : prefix.start])
    if hedge is None and text[end : end + 1] in _AFTERTHOUGHT:
        hedge = hedge_after(text[end : end + _LOOKAHEAD])
    quantity = Quantity(point, step, unit, hedge, text[prefix.start : end])
    return _Read(Numeral(prefix.start, end, quantity, role), figure.listed, counted)


_ENDS = frozenset(("", ".", ",", ")", "\n", "|", ":", ";", "*", "]", "/", "–"))
_AFTERTHOUGHT = frozenset(" +")
_RATE = re.compile(r"(?:/| per )([A-Za-z]{1,12})(?![A-Za-z0-9_])")
_HYPHENED = re.compile(r"-[a-z]+(?![A-Za-z0-9_]|[-.][A-Z0-9])")


def _runs_on(text: str, figure: Figure) -> bool:
    """Whether letters or signs directly behind the figure make it part of a name: 737NG, 7B-Instruct, 3.x."""
    after = text[figure.end : figure.end + 1]
    if after == "" or after in " \n,)|%":
        return False
    beyond = text[figure.end + 1 : figure.end + 2]
    if after == "-" and beyond.isalpha():
        scaled = not figure.plain and figure.step is not None and figure.step > 1
        hyphened = _HYPHENED.match(text, figure.end)
        return hyphened is None or (scaled and not counted_after(text, figure.end))
    if after == ".":
        return figure.plain and beyond.isalpha()
    return (after.isalnum() and after < "\u2e80") or after in "_@^" or (after == "\\" and beyond.isalnum())


class _Prefix(NamedTuple):
    """What stands directly before a figure and belongs to it."""

    start: int
    negative: bool
    unit: Unit | None


_X = parse_unit("x")
_SIGNS = frozenset("+-−–")


def _prefix(text: str, figure: Figure, floor: int) -> _Prefix:
    start, unit = figure.start, None
    if start == floor:
        return _Prefix(start, negative=False, unit=None)
    sign = text[start - 1]
    if sign == "×":
        earlier = text[max(0, start - 3) : start - 1].rstrip()
        return (
            _Prefix(start - 1, negative=False, unit=_X) if not earlier[-1:].isdigit() else _Prefix(start, False, None)
        )
    spaced = sign in " \u00a0" and start - 1 > floor and text[start - 2] in "€£¥"
    if spaced or (sign in _CURRENCIES and not _is_mathematics(text, start, figure.end)):
        start -= 2 if spaced else 1
        unit = parse_unit(text[start])
        if text[max(floor, start - 2) : start] == "US":
            start -= 2
    if start == floor or text[start - 1] not in _SIGNS:
        return _Prefix(start, negative=False, unit=unit)
    sign, earlier = text[start - 1], text[start - 2] if start > 1 else " "
    if not earlier.isspace() and earlier not in _OPENERS:
        return _Prefix(start, negative=False, unit=unit)
    if sign == "–" and text[max(0, start - 4) : start - 1].rstrip()[-1:].isalnum():  # "40 –60", "Orange –5"
        return _Prefix(start, negative=False, unit=unit)
    start -= 1
    if unit is None and start > floor and earlier in _CURRENCIES and not _is_mathematics(text, start, figure.end):
        start, unit = start - 1, parse_unit(earlier)
    return _Prefix(start, sign != "+", unit)


def _is_mathematics(text: str, start: int, end: int) -> bool:
    """Whether the dollar before the number opens a formula: `$0.58$`, `$35\\%$`."""
    return text[start - 1] == "$" and text.startswith(("$", "%$", "\\%$"), end)


def _is_year(text: str, start: int, figure: Figure) -> bool:
    return (
        start == figure.start
        and figure.end - start == _YEAR_DIGITS
        and text[start : start + 2] in {"19", "20"}
        and not counted_after(text, figure.end)
        and not counted_before(text[max(0, start - _LOOKBACK) : start])
    )


_YEAR_DIGITS = 4


def _is_count(text: str, start: int, end: int, last: _Read | None) -> bool:
    """Whether a whole number counts or numbers things: 120 steps, step 80, 42 of 120, steps 40–60."""
    if _OF.match(text, end) or counted_after(text, end):
        return True
    before = text[max(0, start - _LOOKBACK) : start]
    if counted_before(before):
        return True
    if last is None or not last.counted:
        return False
    return text[last.numeral.end : start].strip() in _BETWEEN_COUNTS


_OF = re.compile(r" (?:out )?of (?:the |all )?(?:[0-9]|ten\b|twenty\b)")
_BETWEEN_COUNTS = frozenset(
    ("-", "–", "to", "and", "or", ",", ", and", "of", "out of", "of the", "out of the", "of all")
)


def _from_words(text: str, words: Worded) -> Numeral:
    if words.order:
        hedge: Hedge | None = Hedge("order of magnitude")
    else:
        hedge = find_hedge(text[max(0, words.start - _LOOKBACK) : words.start])
    if hedge is None and text[words.end : words.end + 1] in _AFTERTHOUGHT:
        hedge = hedge_after(text[words.end : words.end + _LOOKAHEAD])
    quantity = Quantity(words.point, words.step, words.unit, hedge, text[words.start : words.end])
    return Numeral(words.start, words.end, quantity, "quantity")
