"""listtable: the cells of a table that is written as a list of lists, each at its places in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.rst.explicit import header_rows, is_hidden
from auditor.rst.line import indented
from auditor.rst.table import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.rst.explicit import Directive
    from auditor.rst.line import Line
    from auditor.rst.table import Stretch

_BULLET = re.compile(r"[-*+•‣⁃](?:[ ]+|$)")
_LINE = re.compile(r"\|(?:[ ]+|$)")


def list_table(source: str, lines: Sequence[Line], directive: Directive, after: int) -> Table | None:
    """The table of a directive that ends before a line; None where its content is no list of lists."""
    content = lines[directive.content : after]
    rows = _Rows(source, min(line.indent for line in content if not line.is_blank))
    if not rows.read(content):
        return None
    made = tuple(tuple(Cell(tuple(parts)) for parts in row) for row in rows.rows)
    return Table(content[0].start, made, header_rows(source, directive))


class _Rows:
    """Reads the rows of one table; `outer` and `inner` are the columns in which rows and cells have their bullets."""

    def __init__(self, source: str, outer: int) -> None:
        self.source = source
        self.outer = outer
        self.inner: int | None = None
        self.rows: list[list[list[Stretch]]] = []
        self.parted = True

    def read(self, lines: Sequence[Line]) -> bool:
        """All of the lines; False where they are no list of lists."""
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            if line.is_blank:
                self.parted = True
                continue
            start = self.content(line)
            if start is None:
                return False
            if start < line.end and is_hidden(self.source, start, line.end):
                number = indented(lines, number, start - line.start)
                self.parted = True
            elif start < line.end:
                self.add(start, line.end)
        return any(self.rows)

    def content(self, line: Line) -> int | None:
        """Where what stands in a cell begins on a line, behind bullets that begin rows and cells."""
        start = line.text_start
        if line.indent == self.outer:
            bullet = _BULLET.match(self.source, start, line.end)
            if bullet is None:
                return None
            self.rows.append([])
            self.inner, start = None, bullet.end()
        column = start - line.start
        if start == line.end or (self.inner is not None and column > self.inner):
            return start
        bullet = _BULLET.match(self.source, start, line.end)
        if bullet is None or self.inner not in {None, column}:
            return None
        self.rows[-1].append([])
        self.inner, self.parted = column, True
        return bullet.end()

    def add(self, start: int, end: int) -> None:
        """A line of a cell: it goes on from the one before, unless it is parted from it, an item, or to stay a line."""
        parts = self.rows[-1][-1]
        stays = _LINE.match(self.source, start, end)
        if stays is not None:
            start, self.parted = stays.end(), True
        if start == end:
            return
        if self.parted or _BULLET.match(self.source, start, end):
            parts.append((start, end))
        else:
            parts[-1] = (parts[-1][0], end)
        self.parted = False
