"""repeated: two tables that state the same numbers of the same rows, and differ in one of them.

A summary repeats a longer table, a README its report. Columns of one name are held to be the
same only where one table is an extract of the other and they agree, as printed, in every row but
one: two machines, versions or years do not, and a table printed again in full is printed for what has changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.expression import Compare, Relation
from auditor.tables.finding import Docket, Finding
from auditor.tables.series import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditor.tables.series import Matrix, Series, Value
    from auditor.tables.table import Row, Table

_FEWEST = 4
"""Rows that have to agree, each in a number of its own, before one that differs is accused."""
_OF_ANYTHING = frozenset(("value", "default", "number", "limit", "setting"))
_STATE = re.compile(
    r"\b(?:before|after|old|new|previous\w*|current\w*|former\w*|baseline|train\w*|test|dev|validation|small|large|v?[0-9]+\.[0-9]"
    r"|v[0-9]+|(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
"""Words in the name of a table for one state of things among others."""
_MOST_NAMESAKES = 12
"""Columns of one name; where there are more, they are of one kind and no repetition of each other."""


class _Column(NamedTuple):
    """A column with its numbers by the names of their rows."""

    table: Table
    name: str
    values: Mapping[tuple[str, ...], Value]


def repeated_columns(tables: Iterable[tuple[Table, Matrix]], docket: Docket) -> None:
    """The one cell of a column that another table states otherwise."""
    by_name: dict[str, list[_Column]] = defaultdict(list)
    for table, columns in tables:
        if len(table.rows) <= MOST_ROWS:
            for series in columns.series:
                if not series.second:
                    by_name[_folded(series.name)].append(_Column(table, series.name, _by_row(table, series)))
    for namesakes in by_name.values():
        if len(namesakes) <= _MOST_NAMESAKES:
            for one, other in combinations(namesakes, 2):
                _held_together(one, other, docket)


def _held_together(one: _Column, other: _Column, docket: Docket) -> None:
    if not (_sums_up(one, other) or _sums_up(other, one)) or _folded(one.name) in _OF_ANYTHING:
        return
    if any(_STATE.search(name) for column in (one, other) for name in (column.table.name, column.table.said)):
        return
    pairs = [(value, other.values[key]) for key, value in one.values.items() if key in other.values]
    alike = [mine for mine, theirs in pairs if mine.interval.meets(theirs.interval)]
    unlike = [(mine, theirs) for mine, theirs in pairs if not mine.interval.meets(theirs.interval)]
    if len(unlike) != 1 or _is_cut_off(*unlike[0]) or len({value.point for value in alike}) < _FEWEST:
        return
    mine, theirs = unlike[0]
    formula = Compare(docket.leaf(theirs), Relation.AGREES, docket.leaf(mine))
    about = f"{other.name} of {other.table.name} repeats that of {one.table.name} in {len(alike)} of {len(pairs)} rows"
    docket.accuse(Finding("repeated-column", formula, theirs.entry.span, about, "conclusion"))


def _sums_up(short: _Column, long: _Column) -> bool:
    """Whether one table is an extract of the other: no row of its own, and some but not all of the columns."""
    heads = [{_folded(column.name) for column in each.table.columns} for each in (short, long)]
    return short.values.keys() <= long.values.keys() and heads[0] < heads[1]


def _is_cut_off(one: Value, other: Value) -> bool:
    """Whether the one may be the other without its last digits."""
    return one.grain != other.grain and abs(one.point - other.point) < max(one.grain, other.grain)


def _by_row(table: Table, series: Series) -> dict[tuple[str, ...], Value]:
    """The numbers of a column by the labels of their rows; rows that share all of them are left out."""
    found: dict[tuple[str, ...], Value] = {}
    seen: set[tuple[str, ...]] = set()
    for row, value in zip(table.rows, series.values, strict=True):
        key = _key(row)
        if key in seen:
            found.pop(key, None)
        elif value is not None and row.labels:
            found[key] = value
        seen.add(key)
    return found


def _key(row: Row) -> tuple[str, ...]:
    return tuple(_folded(text) for text in (row.group, *(text for _, text in row.labels)) if text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip("*_` ")
