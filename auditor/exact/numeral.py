"""numeral: the numbers of a text, each with its place and what it stands for.

The text is read as it is, never normalised. A number that may as well be a name, a date or a
version is not read as a quantity.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.decade import find_decades
from auditor.exact.figure import VULGAR, figure_at, show
from auditor.exact.label import Label, find_links, glued, labelled, token
from auditor.exact.numberword import find_worded
from auditor.exact.quantity import CURRENCIES, Quantity, is_count, opens_number, quantity_in_words, quantity_of

if TYPE_CHECKING:
    from auditor.exact.unit import Unit

__all__ = [
    "Numeral",
    "Quantity",
    "Role",
    "find_numerals",
    "parse_count",
    "parse_quantity",
    "parse_range",
    "rounded_out",
    "show",
]

Role = Literal["quantity", "year", "identifier", "version", "date", "ordinal", "list-marker", "reference", "link"]


class Numeral(Struct, frozen=True):
    """A number where it stands in a text."""

    start: int
    """First code point of the number, its sign and its currency; a hedge stands before it."""
    end: int
    """One past the last code point of the number, its suffix and its unit."""
    quantity: Quantity | None
    """What it measures, None where it only names something."""
    role: Role
    """Why it is written."""


_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """Every number of the text, in order; each is read once, from where the last one ended."""
    found: list[Numeral] = []
    links = find_links(text)[::-1]
    floor = listed = 0
    hit = _DIGIT.search(text)
    while hit is not None:
        first = hit.start()
        while links and links[-1].end <= first:
            links.pop()
        if links and links[-1].start <= first:
            found.append(_named(links[-1]))
        else:
            numeral, listed = _numeral_at(text, first, floor, listed, found[-1] if found else None)
            found.append(numeral)
        floor = found[-1].end
        hit = _DIGIT.search(text, floor)
    return _with_words(text, found)


def _named(label: Label) -> Numeral:
    return Numeral(label.start, label.end, None, label.role)


def _numeral_at(text: str, first: int, floor: int, listed: int, last: Numeral | None) -> tuple[Numeral, int]:
    """The numeral whose first digit stands at `first`, and up to where commas separate numbers."""
    label = glued(text, first, floor)
    if label is not None:
        return _named(label), listed
    if not text[first].isascii() and text[first] not in VULGAR:  # a digit of another script
        return _named(token(text, first, floor)), listed
    pointed = first > floor and text[first - 1] == "." and opens_number(text, first - 1, or_after="+-−")
    figure = figure_at(text, first - 1 if pointed else first, listed)
    label = labelled(text, figure.start, figure.end, _span(last, "reference"))
    if label is None and figure.point is not None:
        follows = last is not None and last.role != "year" and is_count(last.quantity)
        read = quantity_of(text, figure, floor, last.end if last is not None and follows else None)
        if read is not None:
            start, quantity, year = read.start, read.quantity, read.year
            role: Role = "year" if year else "quantity"
            return Numeral(start, start + len(quantity.written), quantity, role), figure.listed
    if label is None:
        label = token(text, first, floor)
    return Numeral(label.start, max(label.end, figure.end), None, label.role), figure.listed


def _span(numeral: Numeral | None, role: Role) -> tuple[int, int] | None:
    return None if numeral is None or numeral.role != role else (numeral.start, numeral.end)


def _with_words(text: str, digits: list[Numeral]) -> tuple[Numeral, ...]:
    """The numerals in digits and those in words, in order, none inside another; tens come first: "mid-70s" is no name."""
    worded, decades = find_worded(text), list(find_decades(text))
    if not worded and not decades:
        return tuple(digits)
    in_words, in_tens = (
        [Numeral(words.start, words.end, quantity_in_words(text, words), "quantity") for words in found]
        for found in (worded, decades)
    )
    merged: list[Numeral] = []
    for numeral in sorted((*in_tens, *digits, *in_words), key=lambda each: each.start):
        if not merged or numeral.start >= merged[-1].end:
            merged.append(numeral)
    return tuple(merged)


@lru_cache(maxsize=1024)  # what a value, a claim or an axis states is looked at again and again
def parse_quantity(written: str) -> Quantity | None:
    """The single quantity of a short text, None where it holds none or more than one.

    Of "27.3 ± 0.9" it is the first: the second says how sure the first is.
    """
    text = _bare(written)
    if _PLAIN.fullmatch(text):
        figure = figure_at(text, 0)
        return None if figure.point is None else Quantity(figure.point, figure.step, None, None, text)
    numerals = [numeral for numeral in find_numerals(text) if numeral.quantity is not None]
    if len(numerals) == _PAIR and text[numerals[0].end : numerals[1].start].strip() in _PLUS_MINUS:
        numerals.pop()
    return numerals[0].quantity if len(numerals) == 1 else None


_PLAIN = re.compile(r"[0-9]{1,15}\.[0-9]{1,15}|[1-9][0-9]{0,2}")
"""What is no label whatever it is: most numbers that are looked at alone."""


def parse_count(written: str) -> int | None:
    """The whole number of things that a short text counts: "3", "three", "one"; None where it counts none."""
    if written.strip().casefold() in _ONE:
        return 1
    quantity = parse_quantity(written)
    return None if quantity is None or quantity.point.denominator != 1 else int(quantity.point)


def parse_range(written: str) -> tuple[Quantity, Quantity] | None:
    """The two ends of a range as written, None where the text is no range.

    What only one end says holds for both: "2.5–3×", "$3–5 million", "2 to 3 %".
    """
    text = _bare(written)
    numerals = find_numerals(text)
    if len(numerals) != _PAIR:
        return None
    first, second = numerals
    joint = text[first.end : second.start].strip()
    if first.quantity is None or second.quantity is None or not (joint in _JOINTS or _joins(text, first.start, joint)):
        return None
    return _completed(first.quantity, second.quantity), _with_unit(second.quantity, first.quantity.unit)


def rounded_out(size: Quantity) -> Quantity:
    """A range of sizes ("between 39 % and 46 %") with its ends as what rounds to them: they are computed, not chosen."""
    ends = parse_range(size.written)
    if ends is None:
        return size
    low, high = (end.point + sign * (end.step or 0) / Fraction(2) for end, sign in zip(ends, (-1, 1), strict=True))
    return replace(size, point=(low + high) / 2, step=high - low)


_ONE = {"one", "a single", "a"}
_PAIR = 2
_PLUS_MINUS = frozenset(("±", "+/-", "+-", "\\pm", "$\\pm$"))
_JOINTS = frozenset(
    ("-", "–", "—", "~", "−", "to", "through", "until", "..", "...", "…", "→", "->", "up to", "down to")
)
_BEHIND_DIGITS = re.compile(r"[^0-9]*$")


def _bare(written: str) -> str:
    """A short text without what would make its number a list marker."""
    return written.strip().rstrip(".")


def _joins(text: str, start: int, joint: str) -> bool:
    """Whether longer words join two numbers to a range: "between 5 and 13", "from ~0.3 to ~0.5"."""
    words = joint.rstrip("~≈ ").split()
    if words[:1] == ["and"]:
        return "between" in text[:start].casefold()
    return bool(words) and words[0] in _JOINTS and " ".join(words[1:]) in {"", "about", "around", "approximately"}


def _completed(first: Quantity, second: Quantity) -> Quantity:
    """The lower end with the suffix and the unit of the upper, as far as it has none of its own."""
    if first.unit is not None and first.unit.name not in CURRENCIES:
        return first
    behind = _BEHIND_DIGITS.search(second.written)
    if first.written[-1:].isdigit() and behind is not None and behind[0]:
        suffixed = parse_quantity(first.written + behind[0])
        if suffixed is not None and suffixed.point <= second.point:
            return replace(suffixed, hedge=first.hedge, written=first.written)
    exact = is_count(second) and first.step == 1
    return replace(_with_unit(first, second.unit), step=None if exact else first.step)


def _with_unit(quantity: Quantity, unit: Unit | None) -> Quantity:
    return replace(quantity, unit=unit) if quantity.unit is None and unit is not None else quantity
