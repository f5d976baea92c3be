"""separated: tables of comma, semicolon or tab separated values, each cell at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.exact.numeral import parse_quantity
from auditor.tables.cell import MOST_COLUMNS, Cell, cell_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Span

_LONGEST_NUMBER = 40


def separated_rows(text: str, lines: Sequence[Span], separator: str | None) -> tuple[list[tuple[Cell, ...]], list[str]]:
    """The rows of a table in lines; the first is its header unless it holds a number. Blank lines are passed over."""
    lines = [line for line in lines if text[line.start : line.end].strip()]
    if not lines:
        return [], []
    separator = separator or _separator(text, lines)
    rows: list[tuple[Cell, ...]] = []
    notes: list[str] = []
    number = 0
    while number < len(lines):
        fields, number, whole = _record(text, lines, number, separator)
        rows.append(
            tuple(
                _unquoted(cell_at(text, start, end, header=False, origin=(len(rows), column), marked=False))
                for column, (start, end) in enumerate(fields)
            )
        )
        if not whole:
            notes.append("a quoted field is never closed; it was read to the end of its line")
    if not any(_is_number(cell.aligned) for cell in rows[0]):
        rows[0] = tuple(cell._replace(header=True) for cell in rows[0])
    wide = max(map(len, rows))
    if wide > MOST_COLUMNS:
        rows = [row[:MOST_COLUMNS] for row in rows]
        notes = [*notes[:1], f"{wide - MOST_COLUMNS} column(s) beyond the first {MOST_COLUMNS} are left out"]
    return rows, list(dict.fromkeys(notes))


def _unquoted(cell: Cell) -> Cell:
    return cell._replace(text=cell.text.replace('""', '"')) if '""' in cell.text else cell


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and text[:1].isdigit() and parse_quantity(text) is not None


def _separator(text: str, lines: Sequence[Span]) -> str:
    """Whichever of comma, semicolon and tab stands most often in the first line: "1,5;2,5" has decimal commas."""
    return max(",;\t", key=text[slice(*lines[0])].count)


def _record(text: str, lines: Sequence[Span], number: int, separator: str) -> tuple[list[tuple[int, int]], int, bool]:
    """The stretches of one record's fields, the line that follows it, and whether all its quotes are closed."""
    at, end = lines[number]
    fields: list[tuple[int, int]] = []
    whole = True
    while True:
        start = at
        while start < end and text[start] == " ":
            start += 1
        if start < end and text[start] == '"':
            close = _closing(text, start + 1, lines[-1].end)
            if close is None:
                whole = False
            else:
                fields.append((start + 1, close))
                while close >= end:
                    number += 1
                    end = lines[number].end
                at = text.find(separator, close + 1, end)
                if at < 0:
                    return fields, number + 1, whole
                at += 1
                continue
        close = text.find(separator, at, end)
        fields.append((at, end if close < 0 else close))
        if close < 0:
            return fields, number + 1, whole
        at = close + 1


def _closing(text: str, start: int, end: int) -> int | None:
    """Where the quote opened before `start` closes; a doubled quote is part of the field."""
    while True:
        close = text.find('"', start, end)
        if close < 0:
            return None
        if text[close + 1 : close + 2] != '"' or close + 1 >= end:
            return close
        start = close + 2
