"""condition: what a claim asks of the cells of a row, and which rows of a table meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from auditor.claim import Text, Unjudgeable, Wire
from auditor.exact.numeral import parse_count, parse_quantity
from auditor.exact.verdict import Reason
from auditor.tables.holding import Test
from auditor.tables.ranking import End, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.claim import Over
    from auditor.tables.holding import Held
    from auditor.tables.lookup import Records

Total = Literal["sum", "average"]
TESTS, RANKS, TOTALS = (frozenset(get_args(tests)) for tests in (Test, End, Total))


TOWARDS_FIRST = frozenset(("lowest", "below", "at most"))
"""What a reading asks of a place that has come out ahead, where the first has the number 1."""


class Cell(Wire, frozen=True):
    """A condition on one column of a row."""

    column: Text
    test: Test | End | Total
    value: Text


def column_of(records: Records, cell: Cell) -> int:
    """The column that a condition speaks of; Unjudgeable where the table has no such column, or two."""
    column = records.column(cell.column)
    if column is None:
        raise Unjudgeable(Reason.MISSING_VALUE, f"the table has no one column {cell.column!r}")
    return column


def met_by(
    records: Records, cells: Sequence[Cell], among: Sequence[Held] | None = None, *, loosely: bool = False
) -> list[Held]:
    """For each row whether it meets every condition; Unjudgeable where the table has no such column.

    A rank counts among the rows that are given; without them, among those that meet the other conditions, unless that
    leaves one row alone, which is the first of anything. `loosely` where the conditions tell what stands in the rows,
    rather than name them.
    """
    met: list[Held] = [True] * len(records.rows)
    ranks: list[tuple[Cell, End]] = []
    for cell in cells:
        if cell.test == "highest" or cell.test == "lowest":  # noqa: PLR1714  (what tells the type checker)
            ranks.append((cell, cell.test))
        elif cell.test == "sum" or cell.test == "average":  # noqa: PLR1714  (likewise)
            raise Unjudgeable(Reason.VAGUE, f"no row has the {cell.test} of several")
        else:
            met = each(met, records.held(column_of(records, cell), cell.test, cell.value, loosely=loosely))
    sort = met if among is None else among
    is_alone = among is None and len(cells) > len(ranks) and between(sort)[1] < 2  # noqa: PLR2004  (one has no rank)
    for cell, end in ranks:
        column = ordered_column(records, cell)
        place = ranked([row[column] for row in records.rows], sort, end, rank_of(cell))
        met = each(met, [None] * len(met) if is_alone else place)
    return met


def told(records: Records, where: Sequence[Cell], has: Sequence[Cell], over: Over | None) -> list[Held]:
    """For each row whether it meets what is said of those that `where` names.

    Whether "the highest" of what is named is the highest of all or of its own sort, one condition tells and several do
    not: then both have to come out alike. So it is with "the second highest that is complete".
    """
    held = met_by(records, has, [True] * len(records.rows), loosely=True)
    if over is not None and over.how in ("all", "most"):
        held = spared(records, has, held)
    plain = [cell for cell in has if cell.test not in RANKS]
    if len(plain) == len(has) or (len(where) < 2 and not plain):  # noqa: PLR2004
        return held
    sorts = [met_by(records, [cell]) for cell in where if cell.test not in RANKS]
    sorts = [sort for sort in sorts if len(where) > 1 or between(sort)[0] > 1]
    own = met_by(records, plain, loosely=True)
    sorts += [own] if plain and between(own)[0] > 1 else []
    others = [met_by(records, has, sort, loosely=True) for sort in sorts]
    return [one if all(other[n] is one for other in others) else None for n, one in enumerate(held)]


def spared(records: Records, cells: Sequence[Cell], held: Sequence[Held]) -> list[Held]:
    """For each row whether it meets conditions, open where it fails for want of a value: "all games" leaves out a bye."""
    wanting = [False] * len(held)
    for cell in cells:
        column = records.column(cell.column)
        if cell.test in TESTS and column is not None and any(map(str.isalnum, cell.value)):
            here = records.without_value(column, cell.test)
            wanting = [one or other for one, other in zip(wanting, here, strict=True)]
    return [None if met is False and wants else met for met, wants in zip(held, wanting, strict=True)]


def ordered_column(records: Records, cell: Cell) -> int:
    """The column that a condition orders; Unjudgeable where a large number may be a low place, or no number at all."""
    column = column_of(records, cell)
    plain = cell.test in ("is", "is not") or (cell.test in TOWARDS_FIRST and records.counts_from_first(column))
    if not plain and records.is_of_places(column):
        raise Unjudgeable(Reason.POLARITY_UNKNOWN, f"is a large {cell.column} a high one?")
    return column


def rank_of(cell: Cell) -> int:
    """The rank that a condition asks for, counted from 1."""
    rank = 1 if not cell.value else parse_count(cell.value)
    if not rank:
        raise Unjudgeable(Reason.VAGUE, f"{cell.value!r} is no rank")
    return rank


def denies(cell: Cell) -> bool:
    """Whether a condition says that there is none, as "no" does, or a dash."""
    if cell.test == "is" and cell.value and not any(map(str.isalnum, cell.value)):
        return True
    quantity = parse_quantity(cell.value) if cell.test in ("is", "at most") else None
    return quantity is not None and quantity.point == 0


def each(one: Sequence[Held], other: Sequence[Held]) -> list[Held]:
    """For each row whether it meets both."""
    return [both_hold(here, there) for here, there in zip(one, other, strict=True)]


def both_hold(one: Held, other: Held) -> Held:
    """Whether one thing holds and the other too."""
    if one is False or other is False:
        return False
    return True if one and other else None


def between(rows: Sequence[Held]) -> tuple[int, int]:
    """The least and the most rows that this can be."""
    return sum(met is True for met in rows), sum(met is not False for met in rows)


def shown(cells: Sequence[Cell]) -> str:
    """Conditions as a reader would say them."""
    return " and ".join(map(_told, cells))


def _told(cell: Cell) -> str:
    """A condition as a reader would say it."""
    if cell.test not in RANKS:
        return f"{cell.column} {cell.test} {cell.value!r}"
    rank = rank_of(cell)
    return f"{cell.column} is the {cell.test}" if rank == 1 else f"{cell.column} is of rank {rank} from the {cell.test}"
