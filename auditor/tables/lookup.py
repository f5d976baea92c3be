"""lookup: the rows of a table as a reader looks them up: by what stands in their cells, words and dates included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.tables.bounded import are_numbers, beyond, states_nothing
from auditor.tables.holding import Cell, asked_of, did_not_take_place, equal, has_no_value
from auditor.tables.likeness import is_nothing, is_total, within, words
from auditor.tables.paraphrase import opened
from auditor.tables.ranking import counts_from_first, names_places
from auditor.tables.summing import frames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from auditor.tables.holding import Held, Test
    from auditor.tables.table import Row, Table


class Records(Struct, frozen=True):
    """The rows of one table, without those that sum up the others."""

    headers: tuple[tuple[str, ...], ...]
    """For each column the names that it goes by."""
    rows: tuple[tuple[Cell | None, ...], ...]
    """For each row its cells; None where a short row has none."""
    is_whole: bool
    """Whether every row of the table could be read, and none may sum up others."""

    def column(self, name: str) -> int | None:
        """The one column of that name, or whose name holds it or is held by it; None where there is none, or two."""
        wanted = words(name)
        exact = [number for number, names in enumerate(self.headers) if any(words(each) == wanted for each in names)]
        if exact:
            return exact[0] if len(exact) == 1 else None
        near = [
            number
            for number, names in enumerate(self.headers)
            if any(words(each) and (within(wanted, words(each)) or within(words(each), wanted)) for each in names)
        ]
        return near[0] if len(near) == 1 else None

    def held(self, column: int, test: Test, value: str, *, loosely: bool = False) -> list[Held]:
        """For each row whether its cell in a column passes a test against a value as written.

        `loosely` where a passage tells what stands there, maybe in words of its own; else the value names rows.
        """
        cells, asked = [row[column] for row in self.rows], asked_of(value)
        if test in ("is", "is not"):
            found = opened(cells, value, equal(cells, asked), loosely=loosely)
            if True not in found and _PEOPLE.fullmatch(value.strip()) and self._is_named(column, _NATIONS):
                found = [None] * len(found)  # the Dutch may be from the Netherlands
            if test == "is":
                return found
            unsaid = [not is_nothing(value) and cell is not None and has_no_value(cell, test) for cell in cells]
            return [
                None if held is None or (not held and none) else not held
                for held, none in zip(found, unsaid, strict=True)
            ]
        says_nothing = are_numbers(cells) and not (test in ("above", "at least") and self.is_of_places(column))
        return [False if says_nothing and states_nothing(cell) else beyond(cell, test, asked) for cell in cells]

    def without_value(self, column: int, test: str) -> list[bool]:
        """For each row whether its cell gives nothing that a test could be about: "bye", "tbd"."""
        return [has_no_value(row[column], test) for row in self.rows]

    def takes_place(self, row: int) -> bool:
        """Whether nothing in a row says that what it stands for did not take place: "bye", "postponed"."""
        return not any(cell is not None and did_not_take_place(cell.text) for cell in self.rows[row])

    def is_of_places(self, column: int) -> bool:
        """Whether a column gives places in an order, by its name: a large number may be a low place."""
        return any(map(names_places, self.headers[column]))

    def counts_from_first(self, column: int) -> bool:
        """Whether the places that a column gives are counted from 1, the best."""
        cells = [row[column] for row in self.rows]
        return any(counts_from_first(name, cells) for name in self.headers[column])

    def _is_named(self, column: int, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(name) for name in self.headers[column])

    def row_of(self, name: str) -> int | None:
        """The one row that has a cell of that name, or one whose name holds it; None where there is none, or several."""
        wanted = words(name)
        said = [[words(cell.text) for cell in row if cell is not None] for row in self.rows]
        exact = [number for number, cells in enumerate(said) if wanted in cells]
        near = [number for number, cells in enumerate(said) if any(within(wanted, cell) for cell in cells)]
        near = exact if exact and not all(map(str.isdigit, wanted)) else near  # "7" may be a place or a shirt
        return near[0] if wanted and len(near) == 1 else None


_NATIONS = re.compile(
    r"\b(?:nations?|nationality|country|countries|citizenship|flag|nat|origin|from|venue|location|place|site|host)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:the )?(?:u\.?k\.?|gb|(?:great )?britain|u\.?s\.?a?\.?|(?:north |south |latin )?america|europe|asia|africa|oceania"
    r"|scandinavia)"
    r"|\w+(?:ish|ese|[aei]an|man|can|ch|sh|ss|ic|ek|ine|ino|o?vak|i|serb|croat|dane|swede|finn|pole|scot|turk|brit)s?",
    re.IGNORECASE,
)
"""Whom a country is the home of, and what countries lie in."""


def records(tables: Sequence[Table]) -> Records | None:
    """The rows of the tables that were read from one grid, all under the same header; None where headers differ."""
    first = tables[0]
    headers = tuple(tuple(dict.fromkeys((column.name, column.header))) for column in first.columns)
    if any(tuple(column.name for column in table.columns) != tuple(names[0] for names in headers) for table in tables):
        return None
    rows = [row for table in tables for row in table.rows if not is_total(row.label)]
    grouped = any(row.group for row in rows)
    scales = [column.scale for column in first.columns]
    made = tuple(_cells(row, scales) + ((_group(row),) if grouped else ()) for row in rows)
    is_whole = not any(table.left_out for table in tables) and not any(map(_may_sum_up, rows))
    return Records(headers + ((("group",),) if grouped else ()), made, is_whole)


_MAY_SUM_UP = re.compile(
    r"[ *_]*(?:(?:(?:sub|grand|overall|net)[ -]?)?total|sum|overall|all|avg|average|mean|median|geo|macro|micro|world|others?"
    r"|rest(?: of the world)?|Σ)(?:\W+\w+){0,2}\W*$|[ *_]*[–—•·↳]",
    re.IGNORECASE,
)
"""A short label; "All in the Family" is a name."""


def _may_sum_up(row: Row) -> bool:
    """Whether a label says that the row may be a total or an average of others, or a part of the one above it."""
    return any(_MAY_SUM_UP.match(text) or frames(text) for text in (row.label, *(text for _, text in row.labels)))


def _cells(row: Row, scales: Sequence[Fraction]) -> tuple[Cell | None, ...]:
    cells = tuple(
        Cell(entry.text.strip(), entry.quantity, entry.cell, scale)
        for entry, scale in zip(row.entries, scales, strict=False)
    )
    return cells + (None,) * (len(scales) - len(cells))


def _group(row: Row) -> Cell | None:
    return Cell(row.group, None, row.entries[0].cell) if row.group and row.entries else None
