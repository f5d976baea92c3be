"""figure: a number printed in digits, read from its string and shown as one.

No input makes the reading slow: every pattern is possessive or bounded, and digits and
exponents are counted before anything is computed from them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

MOST_DIGITS = 40
MOST_EXPONENT = 30


class Figure(Struct, frozen=True):
    """Digits, their fraction, power of ten and magnitude; sign, currency and unit lie outside."""

    start: int
    end: int
    point: Fraction | None
    """The number, None where the digits are no number or more than may be computed with."""
    step: Fraction | None
    """One unit of the last digit, None for an exact number (½, 10^5)."""
    plain: bool
    """Whether it is a whole number in digits alone, so that what follows may make it a count."""
    listed: int = 0
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
MAGNITUDES = {
    **dict.fromkeys(("k", "K", "thousand"), 3),
    **dict.fromkeys(("M", "mn", "mln", "million"), 6),
    **dict.fromkeys(("B", "b", "bn", "bln", "billion"), 9),
    **dict.fromkeys(("T", "tn", "trillion"), 12),
}
"""Powers of ten by the suffix; `m` is metres, minutes or million, so it is none of these."""

_SPACED = re.compile(r"[1-9][0-9]{0,2}([^\S\n])[0-9]{3}(?![0-9])(?:\1[0-9]{3}(?![0-9])){0,13}(?:\.[0-9]++)?")
_DIGITS = re.compile(r"[0-9]++(?:[.,][0-9]++){0,41}|\.[0-9]++")
_PART = re.compile(r"[0-9]++(?:\.[0-9]++)*")
_UNDER = re.compile(r"([0-9]{1,4}+)(?![0-9/_A-Za-z-]|[.,][0-9]| ?[%×])")
_EXPONENT = re.compile(r"[eE](\+|-?+|−)([0-9]{1,9}+)(?![A-Za-z0-9_])")
_POWER = re.compile(r"( ?[×x·*] ?10)?\^\{?(\+|-?+|−)([0-9]{1,9}+)\}?")
_TIMES_TEN = re.compile(r" ?[×x·*] ?10")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]++)?")
_LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,20},[0-9]{3}")
_MAGNITUDE = re.compile(r"([^\S\n]|-|)([A-Za-z]{1,8})(?![A-Za-z0-9_²³])")
_APART = frozenset(("thousand", "million", "billion", "trillion", "k", "K", "M", "bn"))
_RAISED = dict(zip("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789", strict=True))
_GAPS = frozenset(" \u00a0\u2009\u202f")
_CONTINUES = frozenset((*"/\u2044eE^×x·*", *_RAISED, *VULGAR))
_CONTINUES_APART = frozenset((*"×x·*", *VULGAR))


def figure_at(text: str, start: int, listed: int = 0) -> Figure:
    """The figure that begins at a digit, at the point before one, or at a vulgar fraction."""
    if text[start] in VULGAR:
        return _vulgar_alone(text, start)
    if start < listed:
        part = _PART.match(text, start)
        return replace(_suffixed(text, start, start if part is None else part.end()), listed=listed)
    spaced = _SPACED.match(text, start)
    if spaced is not None and spaced[1] in _GAPS:
        if _has_neighbour(text, start, spaced.end()):  # "100 200 300 4" is a row of numbers
            return _suffixed(text, start, spaced.start(1))
        return _continued(text, start, spaced.end(), spaced[0].replace(spaced[1], ""))
    found = _DIGITS.match(text, start)
    if found is None:
        return Figure(start, start + 1, None, None, plain=False)
    digits, end = found[0], found.end()
    if "," in digits and not _GROUPED.fullmatch(digits):
        if _is_list(digits):
            return replace(_suffixed(text, start, start + digits.index(",")), listed=end)
        return Figure(start, end, None, None, plain=False)
    after, beyond = text[end : end + 1], text[end + 1 : end + 2]
    continues = beyond in _CONTINUES_APART if after in _GAPS else after in _CONTINUES
    if continues or "," in digits:
        return _continued(text, start, end, digits.replace(",", ""))
    return _suffixed(text, start, end)


def _continued(text: str, start: int, end: int, digits: str) -> Figure:
    """The figure with what may follow its digits: a fraction, a power of ten or a magnitude."""
    exact: Fraction | None
    after = text[end : end + 1]
    whole = int(digits) if digits.isdigit() and len(digits) <= MOST_DIGITS else None
    mixed = end if after in VULGAR else end + 1
    if text[mixed : mixed + 1] in VULGAR and (mixed == end or after in _GAPS):
        part = _vulgar_alone(text, mixed)
        exact = None if whole is None or part.point is None else whole + part.point
        return Figure(start, part.end, exact, None, plain=False)
    under = _UNDER.match(text, end + 1) if after in {"/", "\u2044"} else None
    if under is not None and whole is not None and int(under[1]) >= max(whole, 1):  # "128/64" is two numbers
        return Figure(start, under.end(), Fraction(whole, int(under[1])), None, plain=False)
    exponent = _exponent(text, end)
    if exponent is None:
        return _suffixed(text, start, end, digits)
    power, end, scales = exponent
    if scales:
        return _suffixed(text, start, end, digits, power)
    exact = Fraction(10) ** power if digits == "10" and abs(power) <= MOST_EXPONENT else None
    return Figure(start, end, exact, None, plain=False)


def _exponent(text: str, end: int) -> tuple[int, int, bool] | None:
    """The power behind digits, where it ends, and whether it is one of ten that scales them."""
    found = _EXPONENT.match(text, end)
    if found is not None:
        return int(found[1].replace("\u2212", "-") + found[2]), found.end(), True
    found = _POWER.match(text, end)
    if found is not None:
        return int(found[2].replace("\u2212", "-") + found[3]), found.end(), found[1] is not None
    ten = _TIMES_TEN.match(text, end)
    begin = end = end if ten is None else ten.end()
    while text[end : end + 1] in _RAISED:
        end += 1
    raised = "".join(_RAISED[sign] for sign in text[begin : min(end, begin + MOST_EXPONENT)])
    return (int(raised), end, ten is not None) if raised.lstrip("+-").isdigit() and raised.count("-") <= 1 else None


def _suffixed(text: str, start: int, end: int, digits: str = "", exponent: int = 0) -> Figure:
    """A figure of plain digits, with the magnitude behind it."""
    digits = digits or text[start:end]
    plain = not exponent and "." not in digits
    magnitude = _MAGNITUDE.match(text, end) if text[end : end + 1] not in _NO_MAGNITUDE and not exponent else None
    if magnitude is not None:
        suffix = magnitude[2] if magnitude[2] in MAGNITUDES else magnitude[2].casefold()
        if suffix in MAGNITUDES and (not magnitude[1] or suffix in _APART):
            exponent, end, plain = MAGNITUDES[suffix], magnitude.end(), False
    whole, _, decimals = digits.partition(".")
    padded = plain and len(digits) > 1 and digits[0] == "0"
    if len(digits) > MOST_DIGITS or abs(exponent) > MOST_EXPONENT or "." in decimals or padded:
        return Figure(start, end, None, None, plain=False)
    places = len(decimals) - exponent
    return Figure(start, end, _point(int(whole + decimals), places), _step(-places), plain)


_NO_MAGNITUDE = frozenset(("", ".", ",", ")", "%", "\n", "|", "*", ":", ";"))


@lru_cache(maxsize=1024)  # most numbers of a document are small ones
def _point(number: int, places: int) -> Fraction:
    return Fraction(number * 10**-places) if places <= 0 else Fraction(number, 10**places)


@lru_cache(maxsize=2 * (MOST_DIGITS + MOST_EXPONENT))
def _step(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


def _vulgar_alone(text: str, start: int) -> Figure:
    end = start + 1
    while text[end : end + 1] in VULGAR:
        end += 1
    return Figure(start, end, VULGAR.get(text[start:end]), None, plain=False)


def _has_neighbour(text: str, start: int, end: int) -> bool:
    """Whether another number stands one space away."""
    after = text[end : end + 2]
    return (text[start - 1 : start].isspace() and text[start - 2 : start - 1] in _ASCII_DIGITS) or (
        after[:1].isspace() and after[1:] in _ASCII_DIGITS
    )


_ASCII_DIGITS = frozenset("0123456789")


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
    mantissa = _decimal(number / Fraction(10) ** place, digits - 1)
    if mantissa in {"10", "-10"}:
        mantissa, place = mantissa[:-1], place + 1
    return f"{mantissa}e{place}"


_SMALLEST = -6
_LARGEST = 12


def _place(number: Fraction) -> int:
    """The exponent of the first significant digit."""
    over, under = abs(number.numerator), number.denominator
    guess = len(str(over)) - len(str(under))
    is_reached = over >= under * 10**guess if guess >= 0 else over * 10**-guess >= under
    return guess if is_reached else guess - 1


def _decimal(number: Fraction, places: int) -> str:
    """The number with so many decimals, halves rounded up as the interval's ends ask, zeros dropped."""
    scaled = (2 * number.numerator * 10**places + number.denominator) // (2 * number.denominator)
    sign = "-" if scaled < 0 else ""
    whole, decimals = divmod(abs(scaled), 10**places)
    printed = f"{whole:,}" if whole >= _GROUPED_FROM else str(whole)
    return f"{sign}{printed}.{decimals:0{places}}".rstrip("0").rstrip(".") if places else f"{sign}{printed}"


_GROUPED_FROM = 10_000
