"""ranking: the cells of one column in order: which is the highest, which of two is ahead, what they come to.

Three-valued like `auditor.tables.lookup`: cells that print alike are neither before nor
behind one another, and a cell that holds digits and cannot be read may be anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from auditor.exact.quantity import Quantity
    from auditor.exact.unit import Unit
    from auditor.tables.holding import Cell, Held

End = Literal["highest", "lowest"]


class Bounds(NamedTuple):
    """Where a cell stands: it is above another one where its low end is above the other's high end."""

    sort: object
    """Cells of different sorts are not compared: times with years, times without, and numbers by their unit."""
    low: tuple[Fraction, int]
    high: tuple[Fraction, int]
    """An end, and which side of it counts: 0 for the end itself, 1 or -1 for what lies beyond it or before it."""


def ranked(cells: Sequence[Cell | None], among: Sequence[Held], end: End, rank: int) -> list[Held]:
    """For each row whether its cell is the so-manyth from one end, of the cells of the rows that are meant.

    Time grows with rows × log rows.
    """
    meant = [held is not False and _has_digits(cell) for cell, held in zip(cells, among, strict=True)]
    standing = [stands(cell) if is_meant else None for cell, is_meant in zip(cells, meant, strict=True)]
    are_times = all(each is None or each.time is not None for each in standing)
    bounds = [None if each is None else each.time if are_times else each.number for each in standing]
    sorts = Counter(each.sort for each in bounds if each is not None)
    usual = sorts.most_common(1)[0][0] if sorts else None
    known = [each if each is not None and each.sort == usual else None for each in bounds]
    sure = [each for each, held in zip(known, among, strict=True) if each is not None and held]
    lows, highs = sorted(each.low for each in sure), sorted(each.high for each in sure)
    places = {(each.low, each.high) for each in sure}
    tops, ends = sorted(low for low, _ in places), sorted(high for _, high in places)
    found: list[Held] = []
    total = sum(meant)
    for each, is_meant, held in zip(known, meant, among, strict=True):
        if each is None:
            found.append(None)
            continue
        above, below = len(lows) - bisect_right(lows, each.high), bisect_left(highs, each.low)
        ahead = above if end == "highest" else below
        distinct = len(tops) - bisect_right(tops, each.high) if end == "highest" else bisect_left(ends, each.low)
        open_ = total - is_meant - above - below
        if distinct >= rank or ahead + open_ < rank - 1:
            found.append(False)
        else:  # level ones ahead may count as one
            found.append(True if ahead < rank and not open_ and held else None)
    return found


class Stands(NamedTuple):
    """Where a cell stands among others: as a time and as a number, either of which it may not state."""

    time: Bounds | None
    number: Bounds | None


def stands(cell: Cell | None) -> Stands:
    """Where a cell stands, once for all that it is held against."""
    return Stands(None, None) if cell is None else Stands(_time_of(cell), _number_of(cell))


def _time_of(cell: Cell) -> Bounds | None:
    time = period_at(cell.text)
    return None if time is None else Bounds(("time", time.has_year), (time.start, 0), (time.end, -1))


def _number_of(cell: Cell) -> Bounds | None:
    interval = None if (quantity := cell.number) is None else quantity.interval
    if quantity is None or interval is None or interval.low is None or interval.high is None:
        return None
    if _UNORDERED.search(cell.text):
        return None
    low, high = (interval.low, 0 if interval.low_closed else 1), (interval.high, 0 if interval.high_closed else -1)
    return Bounds(quantity.unit, low, high)


_UNORDERED = re.compile(r"^\s*\(.*\)\s*$|\bBCE?\b|^\s*[0-9]+(?:st|nd|rd|th)\b.*\(.*[0-9]", re.IGNORECASE)
"""What is no plain number: a loss in brackets, a year before the first, a place with the points for it."""


def names_places(column: str) -> bool:
    """Whether a column gives places in an order, by its name: a large number may be a low place."""
    return _PLACES.search(column) is not None


_FROM_FIRST = r"rank\w*|place|pos(?:ition)?|finish\w*|standing"
_PLACES = re.compile(rf"\b(?:{_FROM_FIRST}|peak|seed|version|release)\b", re.IGNORECASE)


def counts_from_first(column: str, cells: Sequence[Cell | None]) -> bool:
    """Whether a column of places gives the best of them the number 1, and none a lower one."""
    points = [cell.number.point for cell in cells if cell is not None and cell.number is not None]
    return (
        re.search(rf"\b(?:{_FROM_FIRST})\b", column, re.IGNORECASE) is not None
        and min(points, default=0) == 1
        and all(point.denominator == 1 for point in points)
    )


def compared(one: Stands, other: Stands) -> int | None:
    """1 where one cell is above another, -1 where it is below, 0 where both say the same, None where that is open."""
    are_times = one.time is not None and other.time is not None
    here, there = (one.time, other.time) if are_times else (one.number, other.number)
    if here is None or there is None or here.sort != there.sort:
        return None
    if here == there:
        return 0
    return 1 if here.low > there.high else -1 if there.low > here.high else None


def held_against(cells: Sequence[Cell | None], test: str, others: Sequence[Cell | None]) -> list[Held]:
    """For each cell whether it passes a test against some others; None where it does against some and not against all."""
    theirs = [stands(other) for other in others]
    found = [{_passes(compared(mine, other), test) for other in theirs} for mine in map(stands, cells)]
    return [each.pop() if len(each) == 1 else None for each in found]


def agreed(rows: Sequence[Held]) -> Held:
    """What all of some rows have in common; None where some pass and some do not."""
    each = set(rows)
    return each.pop() if len(each) == 1 else None


def passes(count: int, test: str, other: int) -> Held:
    """Whether one count passes a test against another."""
    return _passes((count > other) - (count < other), test)


def _passes(sign: int | None, test: str) -> Held:
    if sign is None:
        return None
    held = {"is": sign == 0, "is not": sign != 0, "above": sign > 0, "below": sign < 0}
    return {**held, "at least": sign >= 0, "at most": sign <= 0}.get(test)


def open_total(cells: Sequence[Cell], stated: Quantity, unit: Unit | None, how: str) -> str | None:
    """Why a number that cells do not come to may still be right; None where nothing speaks for it."""
    if how == "average" and unit is not None and unit.dimension == "percent":
        return "the average may be weighted"
    is_bare = stated.unit is None or stated.unit.dimension == "factor"  # "won two times"
    is_of_points = unit is None and stated.unit is not None and stated.unit.dimension == "points"  # "525 points"
    if not is_of_points and is_bare is not (unit is None):
        return "the two may be counted in different things"
    return "the column may count in larger steps" if any(cell.scale != 1 for cell in cells) else None


def _has_digits(cell: Cell | None) -> bool:
    return cell is not None and any(character.isdigit() for character in cell.text)
