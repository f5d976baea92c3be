"""compound: numbers that take several figures: "1h30m", "2 minutes and 50 seconds", "1 in 3"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from auditor.exact.unit import Unit, parse_unit, unit_after


class Compound(NamedTuple):
    """A number with where it ends in the text that it begins in."""

    point: Fraction
    step: Fraction | None
    unit: Unit | None
    end: int


def compound(text: str, start: int, end: int) -> Compound | None:
    """The number that begins with the figure at `start` and goes on behind its `end`; None where it does not."""
    following = text[end : end + 2]
    if following[:1] in _CLOCK:
        return _duration(_DURATION, text, start)
    if following[:1] == " " and following[1:] in _GOES_ON:
        return _duration(_SPELLED, text, start) or _one_in(text, start)
    return None


_CLOCK = frozenset("hm")
_GOES_ON = frozenset("hmiHM")
_SECOND = parse_unit("s")
_DURATION = re.compile(
    r"([0-9]{1,4}h)?( ?[0-9]{1,4}m(?:in)?(?![A-Za-z]))?( ?[0-9]{1,2}(?:\.[0-9]{1,9})?s)?(?![A-Za-z0-9_])"
)
_SPELLED = re.compile(
    r"([0-9]{1,4} (?:hours?|hrs?|h)\b)?((?:,? and|,)? ?\b[0-9]{1,4} (?:minutes?|mins?)\b)?"
    r"((?:,? and|,)? ?\b[0-9]{1,2}(?:\.[0-9]{1,6})? (?:seconds?|secs?|s)\b)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[0-9.]+")
_ONE_IN = re.compile(r"1 in (?:every )?([2-9]|[1-9][0-9]{1,2})(?![0-9.,:/%-])")


def _duration(pattern: re.Pattern[str], text: str, start: int) -> Compound | None:
    """A time in more than one unit, in seconds: "0m4.690s", "1h30m", "2 minutes and 50 seconds"."""
    found = pattern.match(text, start)
    if found is None or found.groups().count(None) > 1:
        return None
    hours, minutes, seconds = (_figure(part) for part in found.groups())
    step = Fraction(60) if found[3] is None else Fraction(1, 10 ** len(seconds.partition(".")[2]))
    point = 3600 * int(hours) + 60 * int(minutes) + Fraction(seconds)
    return Compound(point, step, _SECOND, found.end())


def _figure(part: str | None) -> str:
    found = None if part is None else _FIGURE.search(part)
    return "0" if found is None else found[0]


def _one_in(text: str, start: int) -> Compound | None:
    """A part of so many: "1 in 3"; "1 in 3 minutes" counts something else."""
    found = _ONE_IN.match(text, start)
    if found is None or unit_after(text, found.end()) is not None:
        return None
    return Compound(Fraction(1, int(found[1])), None, None, found.end())
