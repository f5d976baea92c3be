"""points: at which points of their series values are compared.

A point that nobody names is the end where there is one, else every point that all share;
where shared points disagree, the evidence is mixed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from auditor.claim import THROUGHOUT, Unjudgeable
from auditor.exact.expression import unknown
from auditor.exact.verdict import Reason
from auditor.facts.position import AVERAGE, END, NAMED_POINTS, NOWHERE, PEAK, START, TROUGH, position_of
from auditor.facts.stack import METRIC, SUBJECT
from auditor.names import folded
from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.exact.expression import Formula
    from auditor.facts.row import Row
    from auditor.facts.stack import Stack
    from auditor.lookup.query import Query

Join = Literal["one", "all", "agree"]
"""How what is said at several points joins: "all" is said to hold throughout, "agree" are readings of one claim."""


class Together(NamedTuple):
    """The rows that are held against one another, one tuple for each point."""

    rows: Sequence[tuple[Row, ...]]
    join: Join


def together(queries: Sequence[Query], stacks: Sequence[Stack]) -> Together:
    """The rows of several series, one for each query, at the points that the queries name."""
    ats = _shared_at(queries)
    if None in ats:  # none of them names one
        return unspecified(stacks)
    if THROUGHOUT in ats:
        return Together(_throughout(ats, stacks), "all")
    if any(at is not None and ".." in at for at in ats):
        inside = [within(stack, at) for stack, at in zip(stacks, ats, strict=True)]
        return Together(at_shared_places(inside), "all")
    rows = _all_there(chosen(stack, at) for stack, at in zip(stacks, ats, strict=True))
    return Together([] if rows is None else [rows], "one")


def _shared_at(queries: Sequence[Query]) -> list[str | None]:
    """The point of each query; one that names none takes the first that is named."""
    named = next((query.at for query in queries if query.at is not None), None)
    return [query.at if query.at is not None else named for query in queries]


def _throughout(ats: Sequence[str | None], stacks: Sequence[Stack]) -> list[tuple[Row, ...]]:
    """All shared points; or, against a fixed point, every point of the series left open."""
    fixed = [None if at == THROUGHOUT else chosen(stack, at) for stack, at in zip(stacks, ats, strict=True)]
    if all(row is None for row in fixed):
        return at_shared_places(stacks)
    free = [place for place, at in enumerate(ats) if at == THROUGHOUT]
    found = [
        _all_there(row if place in free else fixed[place] for place in range(len(stacks)))
        for row in stacks[free[0]].rows
    ]
    return [rows for rows in found if rows is not None]


def _all_there(rows: Iterable[Row | None]) -> tuple[Row, ...] | None:
    """The rows, where none is missing."""
    known = list(rows)
    return None if None in known else tuple(row for row in known if row is not None)


def unspecified(stacks: Sequence[Stack]) -> Together:
    """The end where all have one (a lone value without a point counts), else every shared point."""
    ends = _all_there(_end(stack) for stack in stacks)
    if ends is not None:
        return Together([ends], "one")
    shared = at_shared_places(stacks)
    return Together(shared, "one" if len(shared) == 1 else "agree")


def _end(stack: Stack) -> Row | None:
    lone = None
    for row in stack.rows:
        if row.point.name == END:
            return row
        if lone is None and row.point == NOWHERE:
            lone = row
    return lone


def at_shared_places(stacks: Sequence[Stack]) -> list[tuple[Row, ...]]:
    """The rows at each place that all the stacks have, in order."""
    by_place = [{row.key.place: row for row in stack.rows} for stack in stacks]
    shared = (place for place in by_place[0] if all(place in rows for rows in by_place[1:]))
    return [tuple(rows[place] for rows in by_place) for place in shared]


def no_shared_point(stacks: Sequence[Stack]) -> Formula:
    """What is said of series that have no point in common."""
    names = " and ".join(dict.fromkeys(stack.value(SUBJECT) or stack.value(METRIC) or "" for stack in stacks))
    return unknown(Reason.MISSING_VALUE, f"no value at the point compared for {names}")


# -- one series ----------------------------------------------------------------------------------


def chosen(stack: Stack, at: str | None) -> Row | None:
    """The row of a series at the point a claim names; where it names none, at the first of those compared."""
    rows = stack.rows
    if at is None:
        default = unspecified([stack]).rows
        return default[0][0] if default else None
    words = at.split()
    named = next((row for row in rows if row.point.name == at), None)
    if named is not None:
        return named
    placed = [row for row in rows if row.point.position is not None and row.point.name not in {PEAK, TROUGH}]
    if at in (START, END) and len(placed) > 1 and not stack.on_axis:
        return placed[0] if at == START else placed[-1]
    if at == END and len(rows) == 1 and rows[0].point == NOWHERE:
        return rows[0]
    if at in (PEAK, TROUGH):
        return _extreme(placed, at)
    if at == AVERAGE or not words:
        return None
    written = " ".join(words[1:]) if words[0] in (PEAK, TROUGH) else at
    placed = [row for row in rows if row.point.position is not None]
    inside = [row for row in placed if row.point.text == written] or _inside(placed, written)
    return inside[0] if len(inside) == 1 else None


def _inside(rows: Sequence[Row], at: str) -> list[Row]:
    """The rows at a position, or in the time that it names: a year is no point among months."""
    position, period = position_of(at), period_at(at)
    if period is None:
        return [row for row in rows if row.point.position == position]
    return [row for row in rows if period.start <= (row.point.position or 0) < period.end]


def _extreme(rows: Sequence[Row], at: str) -> Row | None:
    """The greatest or the least of a series that is given whole; None where others may lie between."""
    is_tabled = all(any(mention.in_table for mention in row.mentions) for row in rows)
    if len(rows) < (_SERIES if is_tabled else _LISTED):
        return None
    lows = [(row.interval.low, row) for row in rows if row.interval.low is not None]
    if len(lows) < len(rows):
        return None
    return (max if at == PEAK else min)(lows, key=lambda each: each[0])[1]


_SERIES, _LISTED = 3, 5
"""Values that a series has at least, and so many that prose which gives them gives the series."""


def last(stack: Stack, at: str | None) -> Row | None:
    """The row of a series at the point a claim names; where it names none, at the last of those compared."""
    if at is not None and at != THROUGHOUT:
        return chosen(stack, at)
    default = unspecified([stack]).rows
    return default[-1][0] if default else None


def in_order(stack: Stack, at: str | None) -> Sequence[Row]:
    """The rows of a series in the order of their positions, inside a stretch "60..120" or from its peak on."""
    rows = [row for row in within(stack, at).rows if row.point.name != AVERAGE]
    if at is None or not at.startswith(PEAK):
        return rows
    return rows[next((place for place, row in enumerate(rows) if row.point.name == PEAK), 0) :]


# -- stretches -----------------------------------------------------------------------------------


_MOMENT = Fraction(1, 10**6)
"""Less than lies between any two times, in years."""


def is_stretch(at: str | None) -> bool:
    """Whether a point is a stretch with an end at least, written "60..120", "80.." or "..40"."""
    return _ends(at) != (None, None)


def within(stack: Stack, at: str | None) -> Stack:
    """The part of a series whose positions lie in a stretch; all of it where the stretch has no ends."""
    low, high = _ends(at)
    if low is None and high is None:
        return stack
    placed = ((row, row.point.position) for row in stack.rows)
    inside = tuple(
        row
        for row, position in placed
        if position is not None and (low is None or position >= low) and (high is None or position <= high)
    )
    return replace(stack, rows=inside)


def _ends(at: str | None) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a stretch, as far as they are positions; Unjudgeable where one is nothing at all."""
    if at is None or ".." not in at:
        return None, None
    low, _, high = at.partition("..")
    last, period = _end_of_stretch(high, END), period_at(high)
    return _end_of_stretch(low, START), last if last is None or period is None else period.end - _MOMENT


def _end_of_stretch(written: str, default: str) -> Fraction | None:
    if not written.strip() or folded(written) == default or folded(written) in NAMED_POINTS:
        return None
    position = position_of(written)
    if position is None:
        raise Unjudgeable(Reason.MISSING_VALUE, f"{written.strip()!r} is no position along a series")
    return position
