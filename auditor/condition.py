"""condition: what a claim asks of the cells of a row, and which rows of a table meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from auditor.claim import Text, Unjudgeable, Wire
from auditor.exact.numeral import parse_count
from auditor.exact.verdict import Reason
from auditor.tables.lookup import Test
from auditor.tables.ranking import End, ranked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.tables.lookup import Held, Records

Total = Literal["sum", "average"]
TESTS, RANKS, TOTALS = (frozenset(get_args(tests)) for tests in (Test, End, Total))


class Cell(Wire):
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


def met_by(records: Records, cells: Sequence[Cell], among: Sequence[Held] | None = None) -> list[Held]:
    """For each row whether it meets every condition; Unjudgeable where the table has no such column.

    A rank counts among the rows that meet the other conditions, and `among`.
    """
    met: list[Held] = [True] * len(records.rows)
    ranks: list[tuple[Cell, End]] = []
    for cell in cells:
        if cell.test == "highest" or cell.test == "lowest":  # noqa: PLR1714  (what tells the type checker)
            ranks.append((cell, cell.test))
        elif cell.test == "sum" or cell.test == "average":  # noqa: PLR1714  (likewise)
            raise Unjudgeable(Reason.VAGUE, f"no row has the {cell.test} of several")
        else:
            met = each(met, records.held(column_of(records, cell), cell.test, cell.value))
    sort = met if among is None else each(met, among)
    for cell, end in ranks:
        column = column_of(records, cell)
        met = each(met, ranked([row[column] for row in records.rows], sort, end, rank_of(cell)))
    return met


def rank_of(cell: Cell) -> int:
    """The rank that a condition asks for, counted from 1."""
    rank = 1 if not cell.value else parse_count(cell.value)
    if not rank:
        raise Unjudgeable(Reason.VAGUE, f"{cell.value!r} is no rank")
    return rank


def each(one: Sequence[Held], other: Sequence[Held]) -> list[Held]:
    """For each row whether it meets both."""
    return [both_hold(here, there) for here, there in zip(one, other, strict=True)]


def alike(rows: Iterable[Held]) -> Held:
    """What all rows have in common; None where they differ."""
    found = set(rows)
    return found.pop() if len(found) == 1 else None


def both_hold(one: Held, other: Held) -> Held:
    """Whether one thing holds and the other too."""
    if one is False or other is False:
        return False
    return True if one and other else None


def between(rows: Sequence[Held]) -> tuple[int, int]:
    """The least and the most rows that this can be."""
    return sum(met is True for met in rows), sum(met is not False for met in rows)
