"""table: a table of a source as one in Markdown, or in HTML where cells of it are merged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from auditor.rst.inline import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.rendition import Writer

Stretch = tuple[int, int]
"""A part of the source, from its beginning to its end."""


class Cell(NamedTuple):
    """A cell, by the places of what stands in it."""

    parts: tuple[Stretch, ...] = ()
    """In order; white space parts those that a line end of the source parts."""
    wide: int = 1
    """The columns that it covers."""
    high: int = 1
    """The rows that it covers."""


Row = tuple[Cell, ...]


class Table(NamedTuple):
    """A table as found."""

    start: int
    rows: tuple[Row, ...]
    """The cells that begin in each row: not those that reach down from above."""
    header: int
    """The rows at its top that are its header."""


def write(table: Table, source: str, writer: Writer) -> None:
    """The rows of a table, the header first, as a block of its own."""
    writer.end_block()
    if any(cell.wide > 1 or cell.high > 1 for row in table.rows for cell in row):
        _Rows(source, writer, _IN_HTML).merged(table)
    else:
        _Rows(source, writer, _IN_PIPES).plain(table)
    writer.block()


_IN_PIPES = re.compile(r"(?P<pipe>\|)")
_IN_HTML = re.compile(r"(?P<less><(?=[A-Za-z/!?]))|(?P<ampersand>&(?=#?[0-9A-Za-z]+;))")
_ESCAPED = {"pipe": "\\|", "less": "&lt;", "ampersand": "&amp;"}


class _Rows:
    """Writes the rows of a table; `signs` are those that do not stand for themselves in it."""

    def __init__(self, source: str, writer: Writer, signs: re.Pattern[str]) -> None:
        self.source = source
        self.writer = writer
        self.signs = signs

    def plain(self, table: Table) -> None:
        """A pipe table; several rows above the rule are one header."""
        width = max(map(len, table.rows))
        above = [_filled(row, width) for row in table.rows[: table.header]]
        head = tuple(Cell(tuple(part for cell in cells for part in cell.parts)) for cells in zip(*above, strict=True))
        self.row(head or (Cell(),) * width, table.start)
        self.writer.write(f"|{'---|' * width}", table.start, 0)
        self.writer.end_line()
        for row in table.rows[table.header :]:
            self.row(_filled(row, width), table.start)

    def row(self, cells: Sequence[Cell], at: int) -> None:
        """A row; cells without content stand behind those before them."""
        for cell in cells:
            at = cell.parts[0][0] if cell.parts else at
            self.writer.write("| ", at, 0)
            at = self.content(cell, at)
            self.writer.write(" ", at, 0)
        self.writer.write("|", at, 0)
        self.writer.end_line()

    def merged(self, table: Table) -> None:
        """An HTML table."""
        at = table.start
        self.writer.write("<table>", at, 0)
        for number, row in enumerate(table.rows):
            self.writer.end_line()
            name = "th" if number < table.header else "td"
            self.writer.write("<tr>", at, 0)
            for cell in row:
                at = cell.parts[0][0] if cell.parts else at
                wide = f' colspan="{cell.wide}"' if cell.wide > 1 else ""
                high = f' rowspan="{cell.high}"' if cell.high > 1 else ""
                self.writer.write(f"<{name}{wide}{high}>", at, 0)
                at = self.content(cell, at)
                self.writer.write(f"</{name}>", at, 0)
            self.writer.write("</tr>", at, 0)
        self.writer.end_line()
        self.writer.write("</table>", at, 0)

    def content(self, cell: Cell, at: int) -> int:
        """What stands in a cell, and where that ends."""
        for start, end in cell.parts:
            if at < start and "\n" in self.source[at:start]:
                self.writer.space(at, start)
            for piece in inline(self.source, start, end):
                if piece.shown:
                    self.sign(piece.shown, piece.start, piece.end)
                else:
                    self.stretch(piece.start, piece.end)
            at = end
        return at

    def stretch(self, start: int, end: int) -> None:
        for match in self.signs.finditer(self.source, start, end):
            self.writer.flowing(start, match.start())
            self.sign(match[0], *match.span())
            start = match.end()
        self.writer.flowing(start, end)

    def sign(self, sign: str, start: int, end: int) -> None:
        """A sign, escaped where it would not stand for itself."""
        match = self.signs.match(self.source, end - 1)
        self.writer.write(_ESCAPED[match.lastgroup] if match and match.lastgroup else sign, start, end - start)


def _filled(row: Row, width: int) -> Row:
    return (*row, *(Cell(),) * (width - len(row)))
