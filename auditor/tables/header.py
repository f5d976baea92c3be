"""header: what a column's header says: a name, a unit, a direction, whether it counts.

Only what stands there is read. That lower times are better is common sense and not said; "Time ↓" says it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from auditor.exact.unit import parse_unit

if TYPE_CHECKING:
    from auditor.exact.unit import Unit

Better = Literal["higher", "lower", "unknown"]


class Header(NamedTuple):
    """A header, understood."""

    name: str
    """Without unit and direction."""
    unit: Unit | None
    scale: Fraction
    """What its numbers are multiplied by to be in full: a million for "Params (M)", else one."""
    better: Better
    counts: bool
    """Whether its whole numbers count or number things, so that they are exact."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UP = "↑⬆▲⇑↗🔼"
_DOWN = "↓⬇▼⇓↘🔽"
_ARROW = re.compile(f"[(\\[]?[{_UP}{_DOWN}]\ufe0f?[)\\]]?")
_DIRECTION = re.compile(
    r"[(\[,;–-]?\s*\b(higher|larger|bigger|greater|more|lower|smaller|less|fewer)(?:\s*(?:is|=|are)?\s*)better\b\s*[)\]]?",
    re.IGNORECASE,
)
_HIGHER = frozenset(("higher", "larger", "bigger", "greater", "more"))
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_COMMA_UNIT = re.compile(r"^(.+?[^\s0-9])(?:,\s*(?:in\s+)?|\s+in\s+|\s*/\s*)([^\s,/()]{1,12}(?:/[A-Za-z]{1,12})?)$")
_LAST_UNIT = re.compile(
    r"^(.*[^\s0-9])\s+(ns|µs|μs|us|ms|secs?|seconds|kB|KB|MB|GB|TB|KiB|MiB|GiB|fps|FPS|QPS|qps|kWh|GFLOPS|TFLOPS)$"
)
_PERCENT = re.compile(r"^(.*[^\s(\[])\s*%$|^%$")
_SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands", "'000", "000s", "in thousands", "×1000", "x1000", "10^3", "10³"), 3),
    **dict.fromkeys(("m", "mn", "mil", "mio", "million", "millions", "10^6", "10⁶"), 6),
    **dict.fromkeys(("b", "bn", "billion", "billions", "10^9", "10⁹"), 9),
    **dict.fromkeys(("t", "tn", "trillion", "trillions"), 12),
}
_CURRENCY_SCALE = re.compile(
    r"^(US\$|[$€£¥]|USD|EUR|GBP)\s*(k|m|mn|million|millions|b|bn|billion|billions|thousand)$", re.IGNORECASE
)
_COUNTED = _words(
    "win wins won loss losses lost draw draws drawn tie ties tied game games gp match matches played pld goal "
    "goals point points pts year years rank ranking position pos place season seasons round rounds week weeks day "
    "days episode episodes no nr number count counts num total totals apps appearances caps assists gold silver "
    "bronze medal medals votes seats crowd attendance age pick overall laps lap grid runs wickets tries people "
    "users files lines tests steps epochs epoch step iterations layers workers threads cores nodes gpus seeds "
    "samples examples instances sentences tokens documents items errors bugs commits stars issues population "
    "calls requests batch poles podiums races titles discs volume quantity"
)
_WORD = re.compile(r"[A-Za-z]+")
_NUMBER_OF = re.compile(r"(?:^|\s)(?:#|№|number of|no\. of|num\.? of|count of)", re.IGNORECASE)
_LONGEST = 300
_NO_HEADER_UNITS = frozenset(
    ("min", "d", "day", "days", "week", "weeks", "m", "g", "t", "h", "s", "points", "point", "pts", "pt", "pp", "year",
     "years", "month", "months", "times", "fold", "x", "bit", "b")
)  # fmt: skip
"""Units that are as often another word where they are all that a header says."""
_SHORT = frozenset(("s", "x"))


@lru_cache(maxsize=4096)
def read_header(text: str) -> Header:
    """A header from its text."""
    if len(text) > _LONGEST:
        return Header(text, None, Fraction(1), "unknown", counts=False)
    name, better = _direction(text)
    name, unit, scale = _unit(name)
    counts = (
        unit is None
        and "/" not in name
        and " per " not in name
        and (_NUMBER_OF.search(name) is not None or any(word in _COUNTED for word in _WORD.findall(name.casefold())))
    )
    return Header(name.strip(" ,;:") or text.strip(), unit, scale, better, counts)


def _direction(text: str) -> tuple[str, Better]:
    """The text without what it says of better and worse, and what that is."""
    said: set[Better] = set()
    for match in _DIRECTION.finditer(text):
        said.add("higher" if match[1].casefold() in _HIGHER else "lower")
    for match in _ARROW.finditer(text):
        said.add("higher" if any(sign in _UP for sign in match[0]) else "lower")
    if not said:
        return text, "unknown"
    name = _ARROW.sub(
        " ", _DIRECTION.sub(lambda match: "(" if _opens(match[0]) else ")" if _closes(match[0]) else " ", text)
    )
    return " ".join(name.replace("( ", "(").replace(" )", ")").split()), said.pop() if len(said) == 1 else "unknown"


def _opens(text: str) -> bool:
    return text[:1] in "([" and text[-1:] not in ")]"


def _closes(text: str) -> bool:
    return text[-1:] in ")]" and text[:1] not in "(["


def _unit(name: str) -> tuple[str, Unit | None, Fraction]:
    """The name without its unit, the unit, and the scale."""
    one = Fraction(1)
    for match in _BRACKETED.finditer(name):
        before = name[: match.start()].split()
        if match[1] == "s" and before and before[-1].casefold() in _COUNTED:  # "year (s)"
            continue
        unit, scale = _spelled(match[1])
        if unit is not None or scale != one:
            return " ".join((name[: match.start()] + " " + name[match.end() :]).split()), unit, scale
    if _PERCENT.match(name):
        return name.rstrip("% ") or name, parse_unit("%"), one
    for pattern in (_COMMA_UNIT, _LAST_UNIT):
        found = pattern.match(name)
        unit = None if found is None or found[2] in _NO_HEADER_UNITS - _SHORT else parse_unit(found[2])
        if found is not None and unit is not None and not _is_rate(name, found[1], unit):
            return found[1], unit, one
    if name.startswith("% "):
        return name, parse_unit("%"), one
    alone = None if name.casefold() in _NO_HEADER_UNITS else parse_unit(name)
    return name, alone, one


def _is_rate(name: str, counted: str, unit: Unit) -> bool:
    """Whether a slash makes it so much of something each second ("requests/s"), not a time in seconds ("time / s")."""
    if not name.removeprefix(counted).lstrip().startswith("/"):
        return False
    return parse_unit(name) is not None or (unit.dimension == "time" and _DURATION.search(counted) is None)


_DURATION = re.compile(
    r"(?:time|duration|latency|elapsed|wall|delay|period|interval|lifetime|uptime|age|clock|(?:^|\s)(?:Δ ?)?[tTτ])\W*$",
    re.IGNORECASE,
)


def _spelled(inside: str) -> tuple[Unit | None, Fraction]:
    """The unit or the scale in brackets; both None and one where it is something else."""
    for part in re.split(r"[,;]", inside):
        spelling = part.strip().removeprefix("in ").strip()
        unit = parse_unit(spelling)
        if spelling not in {"m", "M", "B", "K"} and unit is not None:
            return unit, Fraction(1)
        money = _CURRENCY_SCALE.match(spelling)
        if money is not None:
            return parse_unit(money[1].upper().removeprefix("US") or "$") or parse_unit("$"), _scale(money[2])
        scale = _scale(spelling)
        if scale != 1:
            return None, scale
        head = spelling.partition(" ")[0]
        if head in {"%", "percent"} and " " in spelling:
            return parse_unit("%"), Fraction(1)
    return None, Fraction(1)


def _scale(spelling: str) -> Fraction:
    if spelling in {"b", "t"}:
        return Fraction(1)
    return Fraction(10) ** (0 if spelling == "m" else _SCALES.get(spelling.casefold(), 0))
