"""wanted: what a series of a table may be computed as, by its name and the look of its numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from auditor.tables.relations import How

if TYPE_CHECKING:
    from auditor.tables.series import Matrix, Series

_DIFFERENCE = re.compile(
    r"[Δδ∆]|\b(?:diff(?:erence)?s?|delta|gap|gains?|changes?|improv\w*|increases?|decreases?|drops?|reductions?|reduced|sav(?:ed|ings?)|net|margin|"
    r"growth|uplift|overhead|inc|rel(?:ative)?|vs|yoy|mom|gd)\b|\+/[-−–]|\bw/o\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"\b(?:speed-?ups?|ratios?|factor|times|multiple|rel(?:ative)?|faster|slower|smaller|larger|scaling|normali[sz]ed|per|vs)\b|/|×",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:totals?|sum|all|overall|combined|aggregate|together)\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:avg|average|mean|macro|overall)\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\b(?:share|percent\w*|pct|proportion|rate)\b", re.IGNORECASE)
_POSSIBLE = {
    "%": frozenset((How.PERCENT_OF, How.CHANGE, How.CUT)),
    "x": frozenset((How.RATIO,)),
    "points": frozenset((How.DIFFERENCE,)),
}
"""What a number in a unit of its own can be, where the other series of its table are not in that unit."""


class Wanted(NamedTuple):
    """What a series may be, by its name and the look of its numbers."""

    hows: tuple[How, ...]
    along: bool
    """Whether it may be computed from one row and another, as a speed-up is."""
    sums: bool
    means: bool
    named: bool
    """Whether anything about it says that it is computed; any other series is held to much more."""
    told: bool
    """Whether its name says so, as that of a row has to."""


def wanted(series: Series, matrix: Matrix) -> Wanted:
    """The formulas to try on a series."""
    unit = "" if series.unit is None else series.unit.name
    known = [value.written for value in series.values if value is not None]
    signed = 2 * sum(written.startswith(("+", "-", "−", "–")) for written in known) >= len(known) > 0 and any(
        written.startswith("+") for written in known
    )
    alike = sum(other.unit is not None and other.unit.name == unit for other in matrix.series)
    singular = bool(unit) and 2 * alike <= len(matrix.series)
    hows: list[How] = []
    if series.second or signed or _DIFFERENCE.search(series.name):
        hows += [How.DIFFERENCE, How.CHANGE, How.CUT]
    if _RATIO.search(series.name) or unit == "x":
        hows.append(How.RATIO)
    if (unit == "%" and singular) or _PERCENT.search(series.name):
        hows += [How.PERCENT_OF, How.CHANGE, How.CUT]
    along = bool(hows)
    sums, means = _SUM.search(series.name) is not None, _MEAN.search(series.name) is not None
    if means:
        hows.append(How.RATIO)  # goals a match
    if not (hows or sums):
        return Wanted((How.DIFFERENCE, How.RATIO), along=False, sums=True, means=False, named=False, told=False)
    possible = _POSSIBLE.get(unit) if singular else None
    hows = [how for how in dict.fromkeys(hows) if possible is None or how in possible]
    told = sums or means or _DIFFERENCE.search(series.name) is not None or _RATIO.search(series.name) is not None
    return Wanted(tuple(hows), along, sums, means, named=True, told=told)
