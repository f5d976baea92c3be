"""positions: where along an order of time or of steps a label stands: "1995", "2001/02", "8 march 2004", "step 60"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
# As text, to be compiled where they are first used: most positions are plain numbers.
_WORD = r"([a-z]{3,9})\.?"
_ISO = r"((?:1[5-9]|20)[0-9]{2})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2})(?:[t ].*)?)?"
_SPAN = r"(?:fy ?)?((?:1[5-9]|20)[0-9]{2})(?: ?[-–/] ?(?:[0-9]{2}|[0-9]{4}))?s?"
_ISO_MONTH = r"((?:1[5-9]|20)[0-9]{2})-(0[1-9]|1[0-2])"
_WORDED_QUARTER = r"(first|second|third|fourth|last) (quarter|half) (?:of )?((?:19|20)[0-9]{2})"
_QUARTER = r"(?:([qh])([1-4])[ -]?((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})[ -]?([qh])([1-4]))"
_MONTH_DAY = _WORD + r" ([0-9]{1,2})(?: ?, ?| )?((?:1[5-9]|20)[0-9]{2})?"
_DAY_MONTH = r"([0-9]{1,2}) " + _WORD + r"(?: ?, ?| )?((?:1[5-9]|20)[0-9]{2})?"
_MONTH_YEAR = _WORD + r"(?: ?,? ?((?:1[5-9]|20)[0-9]{2}))?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.? ?,? "
_STEP = re.compile(
    r"(?:steps?|epochs?|iterations?|iter|rounds?|weeks?|days?|games?|layers?|seasons?|stage)\.? ?#?([0-9]{1,9})"
)
_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?")
_LONGEST = 40
_MONTHS_A_YEAR = 12
_DAYS_A_MONTH = 31
_DAY = Fraction(1, _MONTHS_A_YEAR * _DAYS_A_MONTH)


def is_month(text: str) -> bool:
    """Whether a label is a year and a month and no season: "2011-12" may be either."""
    found = re.fullmatch(_ISO_MONTH, text.strip())
    return found is not None and int(found[2]) != (int(found[1]) + 1) % 100


@lru_cache(maxsize=16_384)
def time_at(text: str, *, in_months: bool = False) -> Fraction | None:
    """The time that a label names, in years; of a span of years its first. None where it names none.

    "2011-12" is a season, unless it stands among others that can only be months.
    """
    said = text.strip().casefold() if len(text) <= _LONGEST else ""
    if not said or _is_bare(said):
        return None
    said = re.sub(_WEEKDAY, "", said, count=1)
    if (in_months or is_month(said)) and (found := re.fullmatch(_ISO_MONTH, said)) is not None:
        return _time(found[1], int(found[2]), None)
    if (found := re.fullmatch(_SPAN, said)) is not None:
        return Fraction(int(found[1]))
    if (found := re.fullmatch(_ISO, said)) is not None:
        return _time(found[1], int(found[3]), found[4])
    if (found := re.fullmatch(_QUARTER, said)) is not None:
        year, part, number = found[3] or found[4], found[1] or found[5], int(found[2] or found[6])
        return int(year) + Fraction(number - 1, 4 if part == "q" else 2)
    if (found := re.fullmatch(_WORDED_QUARTER, said)) is not None:
        parts = 4 if found[2] == "quarter" else 2
        number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": parts}[found[1]]
        return int(found[3]) + Fraction(number - 1, parts) if number <= parts else None
    if (found := re.fullmatch(_MONTH_DAY, said)) is not None and found[1] in _MONTHS:
        return _time(found[3], _MONTHS[found[1]], found[2])
    if (found := re.fullmatch(_DAY_MONTH, said)) is not None and found[2] in _MONTHS:
        return _time(found[3], _MONTHS[found[2]], found[1])
    if (found := re.fullmatch(_MONTH_YEAR, said)) is not None and found[1] in _MONTHS:
        return _time(found[2], _MONTHS[found[1]], None)
    return None


def _is_bare(text: str) -> bool:
    """Whether it is a number alone, and none of a year: most are, so that no pattern has to be tried."""
    return text.isdecimal() and len(text) != len("1995")


class Period(NamedTuple):
    """A stretch of time, in years; the end is not part of it."""

    start: Fraction
    end: Fraction
    has_year: bool
    """Whether a year is named; without one the stretch lies in the year 0."""


_OF = r"(?i)\b(?:of|in|on|the)\b ?|(?<=[0-9])(?:st|nd|rd|th)\b"


@lru_cache(maxsize=16_384)
def period_at(text: str) -> Period | None:
    """The time that a text names, as long as what it names: a year, a quarter, a month, a day; None where it names none."""
    if _is_bare(text):
        return None
    said = re.sub(_WEEKDAY, "", " ".join(re.sub(_OF, "", text[: 2 * _LONGEST]).split()).casefold(), count=1)
    if (slashed := re.fullmatch(_SLASHED, said)) is not None:
        return _of_slashed(int(slashed[1]), int(slashed[3]), int(slashed[4]))
    start = time_at(said)
    if start is None:
        return None
    has_year = start >= 1
    if (found := re.fullmatch(_SPAN, said)) is not None and not is_month(said):
        return Period(start, start + 1, has_year)
    if (found := re.fullmatch(_WORDED_QUARTER, said)) is not None:
        return Period(start, start + Fraction(1, 4 if found[2] == "quarter" else 2), has_year)
    if (found := re.fullmatch(_QUARTER, said)) is not None:
        return Period(start, start + Fraction(1, 4 if "q" in (found[1], found[5]) else 2), has_year)
    iso, month_day = re.fullmatch(_ISO, said), re.fullmatch(_MONTH_DAY, said)
    is_day = (
        iso[4] is not None
        if iso is not None
        else (month_day is not None and month_day[1] in _MONTHS) or re.fullmatch(_DAY_MONTH, said) is not None
    )
    return Period(start, start + (_DAY if is_day else Fraction(1, _MONTHS_A_YEAR)), has_year)


_SLASHED = r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?((?:1[5-9]|20)[0-9]{2})"


def _of_slashed(one: int, other: int, year: int) -> Period | None:
    """A day written "30/01/1991" or "01/30/1991"; where either order is possible, the stretch between the two."""
    days = [(month, day) for day, month in ((one, other), (other, one)) if 1 <= month <= _MONTHS_A_YEAR]
    starts = [
        year + Fraction(month - 1, _MONTHS_A_YEAR) + (day - 1) * _DAY
        for month, day in days
        if 1 <= day <= _DAYS_A_MONTH
    ]
    return Period(min(starts), max(starts) + _DAY, has_year=True) if starts else None


class Rough(NamedTuple):
    """A stretch of time whose ends are open: what lies in the inner one is in it, what lies out of the outer is not."""

    inner: Period
    outer: Period


_ROUGH = (
    r"(?:(?:in|from|of|during|the) )*(?:(?P<part>early|mid|middle|late)[- ])?(?:the )?"
    r"(?:(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s|(?P<century>1[6-9]|2[01])(?:st|th)[- ]century)"
    r"|(?:about|around|approximately|roughly|circa|ca?\.?|~|≈) ?(?P<year>(?:1[5-9]|20)[0-9]{2})"
    r"|(?:in )?(?:(?:the )?(?:early|mid|middle|late|spring|summer|autumn|fall|winter|start|beginning|end|first half|second half"
    r"|christmas|easter))[- ,]{1,2}(?:in |of )?(?P<of_year>(?:1[5-9]|20)[0-9]{2})"
)
_ABOUT = 10


def rough_at(text: str) -> Rough | None:
    """The time that a text names roughly: "the mid-1970s", "20th century", "around 1930"; None where it names none."""
    found = re.fullmatch(_ROUGH, text.strip().casefold()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    if found["year"] or found["of_year"]:
        year, reach = int(found["year"] or found["of_year"]), _ABOUT if found["year"] else 0
        is_sharp = found["year"] is not None
        outer = _years(year - reach, year + reach + 1)
        return Rough(_years(year, year + 1 if is_sharp else year), outer)
    start = int(found["decade"] or 100 * (int(found["century"]) - 1))
    end = start + (10 if found["decade"] else 100)
    outer = _years(start, end if found["decade"] else end + 1)
    if found["part"]:
        return Rough(_years(start, start), outer)
    return Rough(_years(start if found["decade"] else start + 1, end), outer)


def _years(start: int, end: int) -> Period:
    return Period(Fraction(start), Fraction(end), has_year=True)


def _time(year: str | None, month: int, day: str | None) -> Fraction | None:
    if not 1 <= month <= _MONTHS_A_YEAR or not 1 <= int(day or 1) <= _DAYS_A_MONTH:
        return None
    return int(year or 0) + Fraction(month - 1, _MONTHS_A_YEAR) + (int(day or 1) - 1) * _DAY


def step_at(text: str) -> Fraction | None:
    """The number of a step: "step 60", "60", "0.5"."""
    if len(text) > _LONGEST:
        return None
    said = text.strip().replace(",", "")
    if (found := _STEP.fullmatch(said.casefold())) is not None:
        return Fraction(int(found[1]))
    if (found := _NUMBER.fullmatch(said)) is not None:
        decimals = found[2] or ""
        return Fraction(int(found[1] + decimals), 10 ** len(decimals))
    return None
