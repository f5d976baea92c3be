"""amounts: the numbers of one cell: the one it states, and those that come with it.

A cell states a number where the number comes first; "w 12 - 0", "5 - 4" and "march 3 , 2007" state none.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.figure import VULGAR
from auditor.exact.numeral import Quantity, find_numerals
from auditor.exact.unit import parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.numeral import Numeral


class Amount(NamedTuple):
    """A number in a cell."""

    quantity: Quantity
    start: int
    """First code point, from the start of the cell."""
    end: int
    uncertain: bool = False
    """Whether it says how sure the number before it is: "± 0.9"."""


class Reading(NamedTuple):
    """What a cell says in numbers."""

    amounts: tuple[Amount, ...] = ()
    """The stated number first; empty for a cell that states none."""
    missing: bool = False
    """Whether the cell is empty or says that there is no value."""


LONGEST = 200
"""A longer cell is text and is not searched for numbers."""

_NOTHING = Reading()
_MISSING = Reading(missing=True)
_NO_VALUE = frozenset(
    (
        "",
        "-",
        "–",
        "—",
        "−",
        "--",
        "---",
        "n/a",
        "n / a",
        "n.a.",
        "na",
        "nan",
        "none",
        "null",
        "tbd",
        "tba",
        "?",
        "..",
        "...",
        "…",
        "/",
    )
)
_PLAIN = re.compile(r"([+\-−]?)([0-9]{1,15})(?:\.([0-9]{1,15}))?([*†‡∗]{0,3})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LEAD = re.compile(r"[\s~≈<>≤≥(\[+\-−–±$€£¥×x*†‡§∗=≅]*(?:(?:about|approx\.?|ca\.?|c\.|circa|US)\s?)?[$€£¥]?")
_FIRSTS = frozenset((*"0123456789.", *VULGAR))
_MARKS = re.compile(r"[^\w\-–—−+/:=%<>~]*(?:[a-z]{1,2}(?![^\W_]))?[^\w\-–—−+/:=%<>~]*")
_PLUS_MINUS = re.compile(r"[\s(\[]*(?:±|\+/-|\+-|\+/−)\s*")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-5][0-9])(?:\.([0-9]{1,6}))?")
_WORDS = re.compile(r"[\s*∗†‡)\],;]*[^\W\d_][^\d:]*")
_TO_ONE = re.compile(r"([0-9]{1,6}\.[0-9]{1,6}) ?: ?1")
"""3.08:1 is a ratio, where 3:1 may as well be a score."""
_FRACTION = re.compile(r"[0-9]\s*/\s*[0-9]")
_BEHINDS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2}) \(([0-9]{1,3})\)")
"""Goals, behinds and the points that they make in Australian football: 13.10 (88)."""
_SECOND = parse_unit("s")
_MOST_AMOUNTS = 4
_MOST_WORDS = 4
_STEPS = tuple(Fraction(1, 10**places) for places in range(16))


def read_cell(aligned: str) -> Reading:
    """The numbers of a cell whose markup is blanked out."""
    plain = _PLAIN.fullmatch(aligned)
    return _read(aligned) if plain is None else _plain(plain)


@lru_cache(maxsize=4096)
def _read(aligned: str) -> Reading:
    stripped = aligned.strip()
    if stripped.casefold() in _NO_VALUE:
        return _MISSING
    if len(aligned) > LONGEST:
        return _NOTHING
    if "  " in stripped or stripped != aligned:
        return _squeezed(aligned)
    clock = _CLOCK.fullmatch(stripped)
    if clock is not None:
        return _duration(clock, aligned.index(stripped[0]))
    ratio = _TO_ONE.fullmatch(stripped)
    if ratio is not None:
        return read_cell(aligned[: aligned.index(stripped[0]) + ratio.end(1)])
    lead = _LEAD.match(aligned)
    if lead is None or aligned[lead.end() : lead.end() + 1] not in _FIRSTS:
        return _NOTHING
    behinds = _BEHINDS.fullmatch(stripped)
    if behinds is not None and 6 * int(behinds[1]) + int(behinds[2]) == int(behinds[3]):
        start = aligned.index("(") + 1
        points = Quantity(Fraction(int(behinds[3])), None, None, None, behinds[3])
        return Reading((Amount(points, start, start + len(behinds[3])),))
    numerals = find_numerals(aligned)
    if not numerals or not _is_stated(aligned, numerals[0]):
        return _NOTHING
    return _with_others(aligned, numerals)


def _squeezed(aligned: str) -> Reading:
    """The reading of a cell in which blanked markup has left gaps: "**139.5** s" is one quantity."""
    places = [
        place
        for place, sign in enumerate(aligned)
        if not sign.isspace() or (place and not aligned[place - 1].isspace())
    ]
    while places and aligned[places[0]].isspace():
        del places[0]
    while places and aligned[places[-1]].isspace():
        del places[-1]
    reading = read_cell("".join(" " if aligned[place].isspace() else aligned[place] for place in places))
    return reading._replace(
        amounts=tuple(
            amount._replace(start=places[amount.start], end=places[amount.end - 1] + 1) for amount in reading.amounts
        )
    )


def _is_stated(aligned: str, numeral: Numeral) -> bool:
    """Whether the first number is one in digits; a year has no words behind it."""
    quantity = numeral.quantity
    if (
        quantity is None
        or _FRACTION.search(quantity.written)
        or not any(sign.isdigit() for sign in quantity.written[:4])
    ):
        return False
    return numeral.role != "year" or _MARKS.fullmatch(aligned, numeral.end) is not None


def _plain(plain: re.Match[str]) -> Reading:
    """The way of most cells: digits, a point, a sign, a mark."""
    sign, whole, decimals, _ = plain.groups()
    places = len(decimals or "")
    if places == 0 and len(whole) > 1 and whole[0] == "0":
        return _NOTHING
    point = Fraction(int(whole + (decimals or "")), 10**places)
    written = plain[0][: plain.start(4)]
    step = None if not sign and not places and _YEAR.fullmatch(whole) else _STEPS[places]
    quantity = Quantity(-point if sign in {"-", "−"} else point, step, None, None, written)
    return Reading((Amount(quantity, 0, len(written)),))


def _duration(clock: re.Match[str], start: int) -> Reading:
    """1:23.4 and 2:45:34 are lengths of time; 1:23 may be a score or a time of day."""
    hours, minutes, seconds, decimals = clock.groups()
    if hours is None and decimals is None:
        return _NOTHING
    places = len(decimals or "")
    point = 3600 * int(hours or 0) + 60 * int(minutes) + Fraction(int(seconds + (decimals or "")), 10**places)
    quantity = Quantity(point, _STEPS[places], _SECOND, None, clock[0])
    return Reading((Amount(quantity, start, start + len(clock[0])),))


def _with_others(aligned: str, numerals: Sequence[Numeral]) -> Reading:
    """The first number, if what follows it leaves it one: marks, a deviation, a second number, words."""
    found: list[Amount] = []
    for place, numeral in enumerate(numerals[: _MOST_AMOUNTS + 1]):
        if numeral.quantity is None:
            return Reading(tuple(found)) if found and "(" in aligned[found[0].end : numeral.start] else _NOTHING
        uncertain = False
        if found:
            between = aligned[found[-1].end : numeral.start]
            joined = _PLUS_MINUS.fullmatch(between)
            uncertain = joined is not None
            if not (
                uncertain or _separates(between, found[0].quantity) or "(" in aligned[found[0].end : numeral.start]
            ):
                return _NOTHING
        if place == _MOST_AMOUNTS:
            return _NOTHING
        found.append(Amount(numeral.quantity, numeral.start, numeral.end, uncertain))
    rest = aligned[found[-1].end :]
    inside = "(" in aligned[found[0].end :] or "[" in aligned[found[0].end :]
    if not inside and _MARKS.fullmatch(rest) is None and not _is_wording(rest):
        return _NOTHING
    return Reading(tuple(found))


def _separates(between: str, first: Quantity) -> bool:
    """Whether what stands between two numbers leaves them two: white space, marks, a bracket, a colon behind a unit."""
    marks = {"", "(", "["} if first.unit is None else {"", "(", "[", ":"}
    return bool(between) and between.strip("*†‡∗ \t") in marks


def _is_wording(rest: str) -> bool:
    """Whether words follow the number, and nothing that would make it part of something else."""
    return (
        _WORDS.fullmatch(rest) is not None
        and len(rest.split()) <= _MOST_WORDS
        and not rest.lstrip().startswith(("-", "–"))
    )
