"""bounds: rows that cannot be: a minimum above the mean, a median above the maximum, a p50 above the p99.

It is the headers, or the labels, that say which numbers bound one another; where half of the rows break the order, the
headers mean something else.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.expression import All, Compare, Relation
from auditor.tables.finding import Docket, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.tables.series import Matrix, Series, Value

_STATISTIC = re.compile(
    r"\b(?:(?P<min>min(?:imum)?\.?|lowest)|(?P<max>max(?:imum)?\.?|highest)|(?P<mean>mean|avg\.?|average)|(?P<median>median)"
    r"|p(?P<p>[0-9]{1,2}(?:\.[0-9]{1,3})?)|(?P<nth>[0-9]{1,2})(?:th|st|nd|rd)?\s*(?:percentile|%ile|(?P<bare>%)))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PERCENTILES = frozenset(
    Fraction(level)
    for level in (1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 97, 98, 99, "99.5", "99.9", "99.99", "99.999")
)
"""Levels that percentiles are taken at: "P1, P2, P3" are participants."""
_LOWEST, _MIDDLE, _HIGHEST = Fraction(0), Fraction(50), Fraction(100)


class Bound(NamedTuple):
    """A series that is a statistic."""

    about: str
    """What it is a statistic of."""
    level: Fraction | None
    """Which share of the numbers lies below it, in percent; None for a mean, which lies between the ends."""
    series: Series
    bare: bool = False
    """Whether its name is a percentage and no more."""


def impossible_rows(columns: Matrix, rows: Matrix, docket: Docket) -> None:
    """The positions at which statistics of one thing are out of order."""
    for matrix, where in ((columns, "row"), (rows, "column")):
        things: dict[str, list[Bound]] = {}
        for series in matrix.series:
            bound = None if series.second else _bound(series)
            if bound is not None:
                things.setdefault(bound.about, []).append(bound)
        for bounds in things.values():
            told = _told(bounds)
            if len(told) > 1:
                _check(told, where, docket)


def _told(bounds: Sequence[Bound]) -> list[Bound]:
    """The statistics that are plainly some: percentiles at usual levels, bare percentages only between the ends."""
    if len({bound.level for bound in bounds}) < len(bounds):  # two minima: of two things that have no names
        return []
    levels = {bound.level for bound in bounds if bound.level is not None}
    usual = (
        all(level in _PERCENTILES for level in levels - {_LOWEST, _HIGHEST}) and max(levels, default=_LOWEST) >= _MIDDLE
    )
    ends = {_LOWEST, _HIGHEST} <= levels
    return [
        bound
        for bound in bounds
        if (ends or not bound.bare) and (usual or bound.level in {None, _LOWEST, _MIDDLE, _HIGHEST})
    ]


def _bound(series: Series) -> Bound | None:
    found = list(_STATISTIC.finditer(series.name))
    if len(found) != 1:
        return None
    match = found[0]
    about = " ".join((series.name[: match.start()] + " " + series.name[match.end() :]).casefold().split())
    if match["min"]:
        return Bound(about, _LOWEST, series)
    if match["max"]:
        return Bound(about, _HIGHEST, series)
    if match["mean"]:
        return Bound(about, None, series)
    level = _MIDDLE if match["median"] else Fraction(match["p"] or match["nth"])
    return Bound(about, level, series, match["bare"] is not None)


def _check(bounds: Sequence[Bound], where: str, docket: Docket) -> None:
    ordered = [(low, high) for low in bounds for high in bounds if _is_below(low, high)]
    count = len(bounds[0].series.values)
    broken = []
    for position in range(count):
        pairs = [
            (below, above)
            for low, high in ordered
            if (below := low.series.values[position]) is not None
            and (above := high.series.values[position]) is not None
            and _comparable(below, above)
            and not _are_versions(below, above)
            and not any(_is_of_another(value) for value in (below, above))
        ]  # fmt: skip
        wrong = [(below, above) for below, above in pairs if below.interval.is_above(above.interval)]
        if wrong:
            broken.append(wrong)
    if 2 * len(broken) > count > 1 or (len(broken) > 1 and 3 * len(broken) > count):
        return
    if count == 1 and any(_OF_PLACES.search(bound.series.name) for bound in bounds):
        return
    for wrong in broken:
        involved = [value for pair in wrong for value in pair]
        accused = max(reversed(involved), key=lambda value: sum(value is other for other in involved))
        formula = All(
            tuple(Compare(docket.leaf(below), Relation.NOT_ABOVE, docket.leaf(above)) for below, above in wrong)
        )
        about = f"the statistics of a {where} stand in order: minimum, mean or median, maximum"
        docket.accuse(Finding("impossible-row", formula, accused.entry.span, about, "magnitude"))


def _is_of_another(value: Value) -> bool:
    """Whether a number is no statistic itself: the change of one, its error, a target for it, the rate that goes with it."""
    unit = value.entry.quantity.unit if value.entry.quantity is not None else None
    is_rate = unit is not None and (unit.dimension in {"bandwidth", "factor"} or unit.name.endswith("/s"))
    is_signed = value.written.strip(" *_`").startswith(("+", "-", "−", "±", "Δ"))
    return is_rate or is_signed or _OF_ANOTHER.search(f"{value.column} {value.entry.row_label}") is not None


_OF_ANOTHER = re.compile(
    r"[Δ∆]|\b(?:change[sd]?|delta|diff\w*|ratio|speed-?ups?|improv\w*|gain|reduc\w*|relative|vs\.?|versus|errors?|dev\w*"
    r"|targets?|objectiv\w*|goal|slo|sla|budget|limit|used|share|within|throughput|rate|bandwidth|rps|qps|tps|ops)\b",
    re.IGNORECASE,
)
_OF_PLACES = re.compile(r"\b(?:high|low)(?:est)?\b", re.IGNORECASE)
"""The highest place is the least number, and one row alone does not tell."""
_VERSION = re.compile(r"v?([0-9]+)\.([0-9]+)(?:\.[0-9x*]+)?\+?")


def _are_versions(below: Value, above: Value) -> bool:
    """Whether two numbers are in order as versions, which count on behind the point: 3.7 and 3.10."""
    one, other = (_VERSION.fullmatch(value.written.strip(" `")) for value in (below, above))
    if one is None or other is None:
        return False
    return (int(one[1]), int(one[2])) <= (int(other[1]), int(other[2]))


def _is_below(low: Bound, high: Bound) -> bool:
    """Whether the one can never be above the other; a mean is held against the ends alone."""
    if low.level is None:
        return high.level == _HIGHEST
    return low.level == _LOWEST if high.level is None else low.level < high.level


def _comparable(below: Value, above: Value) -> bool:
    one, other = below.entry.quantity, above.entry.quantity
    return one is not None and other is not None and (one.unit and one.unit.name) == (other.unit and other.unit.name)
