"""simpletable: the cells of a table whose columns are underlined by "=", each at its places in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from auditor.rst.ruled import ruled
from auditor.rst.table import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.rst.line import Line
    from auditor.rst.ruled import Ruled
    from auditor.rst.table import Row

_BORDER = re.compile(r"=+(?: +=+)+")
_RULE = re.compile(r"(?:=+(?: +=+)*|-+(?: +-+)*)")
_EMPTY = {"\\", ".."}
"""What stands in the first column of a row that has nothing there."""


class _Column(NamedTuple):
    start: int
    end: int


def simple_table(source: str, lines: Sequence[Line], number: int) -> tuple[Table | None, int] | None:
    """The table that begins with a line, or None for a damaged one, and the line behind it; None where none begins."""
    top = lines[number]
    border = source[top.text_start : top.end]
    if _BORDER.fullmatch(border) is None:
        return None
    last, seen = number + 1, 0
    while last < len(lines) and (lines[last].is_blank or lines[last].indent >= top.indent):
        if lines[last].indent == top.indent and source[lines[last].text_start : lines[last].end] == border:
            seen += 1
            if seen > 1 or last + 1 == len(lines) or lines[last + 1].is_blank:
                break
        last += 1
    else:
        return None
    inner = [ruled(source, line, top.indent) for line in lines[number + 1 : last] if not line.is_blank]
    found = _Reading(border).read(inner)
    return None if found is None else Table(top.text_start, *found), last + 1


class _Reading:
    """Reads the rows of one table."""

    def __init__(self, border: str) -> None:
        self.columns = _columns(border)
        self.rows: list[Row] = []

    def read(self, lines: Sequence[Ruled]) -> tuple[tuple[Row, ...], int] | None:
        """The rows, and how many of them are the header."""
        row: list[Ruled] = []
        header = 0
        for line in lines:
            rule = _RULE.fullmatch(line.text)
            if rule is not None or (row and line.text[: self.columns[0].end].strip()):
                if not self.add(row, _columns(line.text) if rule else self.columns):
                    return None
                row = []
            if rule is None:
                row.append(line)
            elif "=" in rule[0]:
                header = header or len(self.rows)
        return (tuple(self.rows), header) if self.add(row, self.columns) and self.rows else None

    def add(self, lines: Sequence[Ruled], columns: Sequence[_Column]) -> bool:
        """A row of several lines; False where what is in it does not keep to the columns, which may be merged ones."""
        starts = {column.start: place for place, column in enumerate(self.columns)}
        ends = {column.end: place for place, column in enumerate(self.columns)}
        cells, following = [], 0
        for place, column in enumerate(columns):
            last = ends.get(column.end)
            if starts.get(column.start) != following or last is None:
                return False
            is_last = last == len(self.columns) - 1
            if not is_last and any(line.text[column.end : self.columns[last + 1].start].strip() for line in lines):
                return False
            parts = [part for line in lines if (part := line.part(column.start, None if is_last else column.end))]
            shown = [part for part, text in parts if place or text not in _EMPTY]
            cells.append(Cell(tuple(shown), last - following + 1))
            following = last + 1
        if following < len(self.columns):
            return False
        if lines:
            self.rows.append(tuple(cells))
        return True


def _columns(rule: str) -> tuple[_Column, ...]:
    return tuple(_Column(*match.span()) for match in re.finditer("=+|-+", rule))
