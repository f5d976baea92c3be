"""figure: a number printed in digits, read from its string and shown as one.

No input makes the reading slow: every pattern is possessive or bounded, and digits and
exponents are counted before anything is computed from them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import NamedTuple

MOST_DIGITS = 40
MOST_EXPONENT = 30


class Figure(NamedTuple):
    """Digits, their fraction, power of ten and magnitude; sign, currency and unit lie outside."""

    start: int
    end: int
    point: Fraction | None
    """The number, None where the digits are no number or more than may be computed with."""
    step: Fraction | None
    """One unit of the last digit, None for an exact number (½, 10^5)."""
    plain: bool
    """Whether it is a whole number in digits alone, so that what follows may make it a count."""
    listed: int
    """Up to where commas separate numbers ("2,4,8,16"), zero where they do not."""


VULGAR = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
    "⅒": Fraction(1, 10),
}
_VULGAR = "¼-¾⅐-⅞"

MAGNITUDES = {
    **dict.fromkeys(("k", "K", "thousand"), 3),
    **dict.fromkeys(("M", "mn", "mln", "million"), 6),
    **dict.fromkeys(("B", "b", "bn", "bln", "billion"), 9),
    **dict.fromkeys(("T", "tn", "trillion"), 12),
}
"""Powers of ten by the suffix; `m` is metres, minutes or million, so it is none of these."""

_FIGURE = re.compile(
    rf"""
    (?:
      (?P<spaced> [1-9][0-9]{{0,2}} (?: (?P<gap>[ \u00a0\u2009\u202f]) [0-9]{{3}} (?![0-9]) )
                  (?: (?P=gap) [0-9]{{3}} (?![0-9]) ){{0,13}}+ (?: \.[0-9]++ )?+ )
    | (?P<digits> [0-9]++ (?: [.,][0-9]++ ){{0,41}}+ | \.[0-9]++ )
    )
    (?:
      (?P<vulgar> [ ]?[{_VULGAR}]++ )
    | (?P<over> [/\u2044] (?P<under>[0-9]{{1,4}}+) (?! [0-9/.,_A-Za-z-] | [ ]?[%×] ) )
    | [eE] (?P<exponent> [+\-\u2212]?[0-9]{{1,9}}+ ) (?! [A-Za-z0-9_] )
    | (?P<times> [ ]?[×x·*][ ]? 10 )?+ (?: \^ \{{? (?P<power>[+\-\u2212]?[0-9]{{1,9}}+) \}}?
                                        | (?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,9}}+) )
    )?
    """,
    re.VERBOSE,
)
_PART = re.compile(r"[0-9]++(?:\.[0-9]++)*+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})++(?:\.[0-9]++)?+")
_LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})++,[0-9]{3}")
_MAGNITUDE = re.compile(r"([ \u00a0\u2009\u202f-]?)([A-Za-z]{1,8})(?![A-Za-z0-9_²³])")
_APART = frozenset(("thousand", "million", "billion", "trillion", "k", "K", "M", "bn"))
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u2212", "+-0123456789-")


def figure_at(text: str, start: int, listed: int = 0) -> Figure:
    """The figure that begins at a digit, at the point before one, or at a vulgar fraction."""
    if text[start] in VULGAR:
        return _vulgar_alone(text, start)
    found = _FIGURE.match(text, start) if start >= listed else _PART.match(text, start)
    if found is None:  # a point that no digit follows
        return Figure(start, start + 1, None, None, plain=False, listed=listed)
    if start < listed:
        return _suffixed(text, start, found.end(), found[0], 0, listed)
    spaced, digits = found["spaced"], found["digits"]
    if spaced is not None:
        if _has_neighbour(text, start, found.end()):  # "100 200 300 4" is a row of numbers
            end = start + spaced.index(found["gap"])
            return _suffixed(text, start, end, text[start:end], 0, listed)
        digits = spaced.replace(found["gap"], "")
    elif "," in digits:
        if _GROUPED.fullmatch(digits):
            digits = digits.replace(",", "")
        elif found.end() == found.end("digits") and _is_list(digits):
            end = start + digits.index(",")
            return _suffixed(text, start, end, text[start:end], 0, found.end())
        else:
            return Figure(start, found.end(), None, None, plain=False, listed=listed)
    return _whole(text, found, digits, listed)


def _whole(text: str, found: re.Match[str], digits: str, listed: int) -> Figure:
    """The figure with what may follow its digits: a fraction, an exponent or a magnitude."""
    start, end = found.span()
    if end == found.end("digits") or end == found.end("spaced"):
        return _suffixed(text, start, end, digits, 0, listed)
    unread = Figure(start, end, None, None, plain=False, listed=listed)
    if found["exponent"] is not None or found["times"] is not None:
        raised = found["exponent"] or found["power"] or found["raised"]
        return _suffixed(text, start, end, digits, int(raised.translate(_RAISED)), listed)
    if found["power"] is not None or found["raised"] is not None:
        power = int((found["power"] or found["raised"]).translate(_RAISED))
        if digits != "10" or abs(power) > MOST_EXPONENT:
            return unread
        return Figure(start, end, Fraction(10) ** power, None, plain=False, listed=listed)
    whole = int(digits) if digits.isdigit() and len(digits) <= MOST_DIGITS else None
    if found["under"] is not None:
        under = int(found["under"])
        if whole is None or under < max(whole, 1):  # "128/64" is two numbers
            return _suffixed(text, start, found.end("digits"), digits, 0, listed)
        return Figure(start, end, Fraction(whole, under), None, plain=False, listed=listed)
    if whole is None:
        return unread
    part = VULGAR.get(found["vulgar"].strip())
    return unread if part is None else Figure(start, end, whole + part, None, plain=False, listed=listed)


def _suffixed(text: str, start: int, end: int, digits: str, exponent: int, listed: int) -> Figure:
    """A figure of plain digits, with the magnitude behind it."""
    plain = not exponent and "." not in digits
    magnitude = _MAGNITUDE.match(text, end) if text[end : end + 1] not in _NO_MAGNITUDE and not exponent else None
    if magnitude is not None:
        suffix = magnitude[2] if magnitude[2] in MAGNITUDES else magnitude[2].casefold()
        if suffix in MAGNITUDES and (not magnitude[1] or suffix in _APART):
            exponent, end, plain = MAGNITUDES[suffix], magnitude.end(), False
    whole, _, decimals = digits.partition(".")
    padded = plain and len(digits) > 1 and digits[0] == "0"
    if len(digits) > MOST_DIGITS or abs(exponent) > MOST_EXPONENT or "." in decimals or padded:
        return Figure(start, end, None, None, plain=False, listed=listed)
    step = _step(exponent - len(decimals))
    return Figure(start, end, int(whole + decimals) * step, step, plain, listed)


_NO_MAGNITUDE = frozenset(("", ".", ",", ")", "%", "\n", "|", "*", ":", ";"))


@lru_cache(maxsize=2 * (MOST_DIGITS + MOST_EXPONENT))
def _step(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


def _vulgar_alone(text: str, start: int) -> Figure:
    end = start + 1
    while text[end : end + 1] in VULGAR:
        end += 1
    return Figure(start, end, VULGAR.get(text[start:end]), None, plain=False, listed=0)


def _has_neighbour(text: str, start: int, end: int) -> bool:
    """Whether another number stands one space away."""
    after = text[end : end + 2]
    return (text[start - 1 : start].isspace() and text[start - 2 : start - 1] in _DIGITS) or (
        after[:1].isspace() and after[1:] in _DIGITS
    )


_DIGITS = frozenset("0123456789")


def _is_list(digits: str) -> bool:
    """Whether commas without spaces separate numbers; where they may also be a foreign decimal comma, no."""
    if _LAKHS.fullmatch(digits):
        return False
    parts = digits.split(",")
    if any(part[0] == "0" and part.isdigit() and len(part) > 1 for part in parts):
        return False
    return len(parts) > 2 or all("." in part for part in parts)  # noqa: PLR2004


def show(number: Fraction, digits: int = 4) -> str:
    """The number as decimal text, read back as an interval that holds it.

    So many significant digits at most, but never fewer than the whole part has; beyond 10^12 and below 10^-6
    with an exponent.
    """
    if not number:
        return "0"
    place = _place(number)
    if _SMALLEST <= place < _LARGEST:
        return _decimal(number, max(digits - 1 - place, 0))
    mantissa = _decimal(number / _step_of(place), digits - 1)
    if mantissa in {"10", "-10"}:
        mantissa, place = mantissa[:-1], place + 1
    return f"{mantissa}e{place}"


_SMALLEST = -6
_LARGEST = 12


def _step_of(place: int) -> Fraction:
    return Fraction(10) ** place


def _place(number: Fraction) -> int:
    """The exponent of the first significant digit."""
    size = abs(number)
    guess = len(str(size.numerator)) - len(str(size.denominator))
    return guess if size >= _step_of(guess) else guess - 1


def _decimal(number: Fraction, places: int) -> str:
    """The number with so many decimals, halves rounded up as the interval's ends ask, zeros dropped."""
    scaled = floor(number * 10**places + Fraction(1, 2))
    sign = "-" if scaled < 0 else ""
    whole, decimals = divmod(abs(scaled), 10**places)
    printed = f"{whole:,}" if whole >= _GROUPED_FROM else str(whole)
    return f"{sign}{printed}.{decimals:0{places}}".rstrip("0").rstrip(".") if places else f"{sign}{printed}"


_GROUPED_FROM = 10_000
