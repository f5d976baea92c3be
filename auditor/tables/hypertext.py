"""hypertext: the cells of an HTML table, each at its place.

Only the tags that build tables are looked at, with their offsets, which the parser of the standard library does not
give. A cell or row that is not closed ends where the next begins, as HTML has it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from auditor.document import Span
from auditor.tables.cell import MOST_COLUMNS, Cell, cell_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_MERGED = 100_000
"""Places that merged cells may cover beyond their own."""
MOST_ROWSPAN = 65_534
"""As HTML has it."""

_TAG = re.compile(
    r"<(/?)(table|thead|tbody|tfoot|tr|th|td|caption)\b((?:[^<>\"']|\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')*)>",
    re.IGNORECASE,
)
_MERGES = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*([0-9]{1,9})", re.IGNORECASE)


class Markup(NamedTuple):
    """An HTML table as found."""

    rows: list[tuple[Cell, ...]]
    span: Span
    caption: Span | None
    notes: list[str]


def html_tables(text: str, hidden: list[Span]) -> Iterator[Markup]:
    """The tables of a text outside the hidden places, which lie in order; a nested one is part of none."""
    comments = list(_comments(text))
    later = sorted((*hidden, *comments), reverse=True)
    at = ticked = ticks = 0
    for match in re.finditer(r"<table\b", text, re.IGNORECASE):
        start = match.start()
        if start < at:
            continue
        while later and later[-1].end <= start:
            later.pop()
        if later and later[-1].start <= start:
            continue
        newline = text.rfind("\n", ticked, start)
        ticks = text.count("`", max(newline, ticked), start) + (ticks if newline < 0 else 0)
        ticked = start
        if ticks % 2:
            continue
        table = _Builder(text, start).build(comments, bisect_right(comments, (start, start)))
        at = table.span.end
        yield table


def _comments(text: str) -> Iterator[Span]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield Span(start, end + 3)
        start = text.find("<!--", end)


class _Builder:
    """Reads one table from its opening tag."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.rows: list[tuple[Cell, ...]] = []
        self.row: list[tuple[int, int, bool, int, int]] | None = None
        self.cell: tuple[int, bool, int, int] | None = None
        self.cut: int | None = None
        self.in_head = False
        self.caption: tuple[int, int] | None = None
        self.carried: dict[int, tuple[Cell, int]] = {}
        self.merged = 0
        self.nested = self.merged_out = False

    def build(self, comments: Sequence[Span], after: int) -> Markup:  # noqa: C901
        """The table, read to its end."""
        depth, last, end, closed = 0, self.start, len(self.text), False
        for match in _TAG.finditer(self.text, self.start):
            while after < len(comments) and comments[after].end <= match.start():
                after += 1
            if after < len(comments) and comments[after].start <= match.start():
                continue
            name, opens = match[2].lower(), not match[1]
            if name == "table":
                depth += 1 if opens else -1
                if depth == 0:
                    end, closed = match.end(), True
                    self.end_row(match.start())
                    break
                if depth == 2 and opens:  # noqa: PLR2004  (a table in the table)
                    self.nested = True
                    self.cut = match.start() if self.cut is None else self.cut
            elif depth == 1:
                self.tag(name, opens, match)
            last = match.end()
        if not closed:
            blank = self.text.find("\n\n", last)
            end = blank if blank >= 0 else end
            self.end_row(end)
        notes = []
        if not closed:
            notes.append("the HTML table is never closed; it was read to the end of its last row")
        if self.nested:
            notes.append("a table inside a cell is left out")
        if self.merged_out:
            notes.append("merged cells that cover too many places are left out")
        caption = None if self.caption is None else Span(*self.caption)
        return Markup(self.rows, Span(self.start, end), caption, notes)

    def tag(self, name: str, opens: bool, match: re.Match[str]) -> None:  # noqa: FBT001
        if name in {"td", "th"}:
            self.end_cell(match.start())
            if opens:
                self.row = [] if self.row is None else self.row
                merges = {how.lower(): int(size) for how, size in _MERGES.findall(match[3])}
                wide, high = merges.get("col", 1), merges.get("row", 1)
                self.cell = (match.end(), name == "th" or self.in_head, max(wide, 1), high or MOST_ROWSPAN)
        elif name == "caption":
            if opens:
                self.caption = (match.end(), match.end())
            elif self.caption is not None:
                self.caption = (self.caption[0], match.start())
        else:
            self.end_row(match.start())
            if name == "tr" and opens:
                self.row = []
            elif name != "tr":
                self.in_head = name == "thead" and opens
                self.carried = {}

    def end_cell(self, at: int) -> None:
        if self.cell is not None and self.row is not None:
            start, header, wide, high = self.cell
            self.row.append((start, at if self.cut is None else self.cut, header, wide, high))
        self.cell = self.cut = None

    def end_row(self, at: int) -> None:
        """Lay the row's cells out, around those that reach down from above."""
        self.end_cell(at)
        if self.row is None:
            return
        number, column = len(self.rows), 0
        places: list[Cell] = []
        for start, end, header, wide, high in self.row:
            column = self.carry(places, column)
            room = min(wide, MOST_COLUMNS - column, 1 + MOST_MERGED - self.merged)
            self.merged_out |= room < wide
            if room < 1:
                break
            cell = cell_at(self.text, start, end, header=header, origin=(number, column))
            cell = cell._replace(colspan=room, rowspan=min(high, MOST_ROWSPAN)) if room > 1 or high > 1 else cell
            for _ in range(room):
                places.append(cell)
                if high > 1:
                    self.carried[column] = (cell, high - 1)
                column += 1
            self.merged += room - 1
        self.carry(places, column)
        self.rows.append(tuple(places))
        self.row = None

    def carry(self, places: list[Cell], column: int) -> int:
        """Put the cells from above into their places until one is free."""
        while column in self.carried:
            cell, left = self.carried[column]
            if cell.origin[0] == len(self.rows):
                break
            if self.merged >= MOST_MERGED:
                self.merged_out = True
                return column
            places.append(cell)
            self.merged += 1
            if left > 1:
                self.carried[column] = (cell, left - 1)
            else:
                del self.carried[column]
            column += 1
        return column
