"""text: the text of a reStructuredText document: titles, items, tables, code; no comments, targets, options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.rendition import Rendition, Writer
from auditor.rst.csvtable import csv_table
from auditor.rst.explicit import CODE, EXPLICIT, NOTE, TARGET, directive, is_unshown
from auditor.rst.gridtable import grid_table
from auditor.rst.inline import inline
from auditor.rst.line import indented, lines_of
from auditor.rst.listtable import list_table
from auditor.rst.simpletable import simple_table
from auditor.rst.table import write

if TYPE_CHECKING:
    from auditor.rst.explicit import Directive
    from auditor.rst.line import Line

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")
_BULLET = re.compile(r"([-*+•]|#[.)]|\(#\))[ ]+(?=\S)")
_REMARK = re.compile(r"audit\s*:")
_LITERAL = re.compile(r"[ ]*::$")
_WITHOUT_TEXT = {"figure"}
"""Directives whose first line is no text."""


def rendition(source: str) -> Rendition:
    """The text of a document in reStructuredText."""
    return _Reading(source.expandtabs(1)).read(source)


class _Reading:
    """One document on its way into a rendition."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.writer = Writer(source)
        self.levels: list[str] = []
        self.items: list[int] = []
        self.lines = lines_of(source)

    def read(self, source: str) -> Rendition:
        """The whole text; the source is as it was before its tabs were made spaces, which are as long."""
        self.writer.source = source
        number = 0
        while number < len(self.lines):
            number = self.block(number)
        return self.writer.finished()

    def content(self, line: Line) -> str:
        """What a line says."""
        return self.source[line.text_start : line.end]

    def block(self, number: int) -> int:
        """Whatever begins at a line; the number of the line behind it."""
        line = self.lines[number]
        if line.is_blank:
            self.writer.block()
            return number + 1
        for reads in (self.title, self.explicit, self.drawn, self.anonymous):
            after = reads(number, line)
            if after is not None:
                return after
        return self.paragraph(number, line)

    # -- titles ---------------------------------------------------------------------------------------------

    def adornment(self, number: int) -> str:
        """The sign that a line consists of; nothing where it is another line."""
        if number >= len(self.lines) or self.lines[number].indent:
            return ""
        match = _ADORNMENT.fullmatch(self.content(self.lines[number]))
        return "" if match is None else match[1]

    def title(self, number: int, line: Line) -> int | None:
        """A title with its adornment; a line of signs alone parts what is around it."""
        over = self.adornment(number)
        if over and number + 2 < len(self.lines) and over == self.adornment(number + 2):
            if self.lines[number + 1].is_blank:
                return None
            return self.titled(self.lines[number + 1], f"{over}{over}", number + 3)
        under = self.adornment(number + 1)
        if (
            under
            and not over
            and not line.indent
            and len(self.content(self.lines[number + 1])) >= line.end - line.start
        ):
            return self.titled(line, under, number + 2)
        if over and (number == 0 or self.lines[number - 1].is_blank):
            self.writer.block()
            return number + 1
        return None

    def titled(self, line: Line, style: str, after: int) -> int:
        if style not in self.levels:
            self.levels.append(style)
        self.items = []
        self.writer.end_block()
        self.writer.sign(f"{'#' * min(self.levels.index(style) + 1, 6)} ", line.text_start)
        self.inline(line.text_start, line.end)
        self.writer.end_block()
        return after

    # -- explicit markup ------------------------------------------------------------------------------------

    def explicit(self, number: int, line: Line) -> int | None:
        """A comment, target, note or directive."""
        match = EXPLICIT.match(self.source, line.text_start, line.end)
        if match is None:
            return None
        after = indented(self.lines, number + 1, line.indent)
        self.writer.block()
        start = match.end()
        if TARGET.match(self.source, start, line.end):
            return after
        note = NOTE.match(self.source, start)
        if note is not None:
            self.writer.write("[^", start, 1)
            self.writer.verbatim(*note.span(1))
            self.writer.write("]:", note.end(1), 1)
            self.inline(note.end(1) + 1, self.lines[after - 1].end)
            return after
        found = directive(self.source, self.lines, number, after)
        if found is not None:
            return self.directive(found, after)
        if _REMARK.match(self.source, start, line.end):
            self.writer.verbatim(line.text_start, self.lines[after - 1].end)
            self.writer.block()
        return after

    def anonymous(self, number: int, line: Line) -> int | None:
        """The target of a link without a name."""
        return number + 1 if self.source.startswith("__ ", line.text_start) else None

    def directive(self, directive: Directive, after: int) -> int:
        """A directive; what is text in it is read on from the line given back."""
        if is_unshown(directive.name):
            return after
        if directive.name in CODE:
            self.fence(directive.content, after)
            return after
        if directive.name not in _WITHOUT_TEXT:
            self.inline(*directive.argument)
            self.writer.block()
        table = None
        if directive.content < after and directive.name == "list-table":
            table = list_table(self.source, self.lines, directive, after)
        elif directive.content < after and directive.name == "csv-table":
            table = csv_table(self.source, self.lines, directive, after)
        if table is None:
            return directive.content
        write(table, self.source, self.writer)
        return after

    def fence(self, first: int, after: int) -> None:
        """Lines as code, without the indentation that they share."""
        while first < after and self.lines[first].is_blank:
            first += 1
        if first == after:
            return
        within = [line for line in self.lines[first:after] if not line.is_blank]
        indent = min(line.indent for line in within)
        runs = re.findall("`+", self.source[within[0].start : within[-1].end])
        ticks = "`" * (1 + max([2, *map(len, runs)]))
        self.writer.end_block()
        self.writer.write(f"{ticks}\n", within[0].start, 0)
        for line in self.lines[first:after]:
            start, end = self.cut(line, indent)
            self.writer.verbatim(start, end)
            self.writer.write("\n", end, 0)
        self.writer.write(ticks, within[-1].end, 0)
        self.writer.block()

    @staticmethod
    def cut(line: Line, indent: int) -> tuple[int, int]:
        return min(line.start + indent, line.end), line.end

    # -- tables and text ------------------------------------------------------------------------------------

    def drawn(self, number: int, line: Line) -> int | None:
        """A drawn table; a damaged one stays text, line by line."""
        draws = grid_table if self.source.startswith("+", line.text_start) else simple_table
        found = draws(self.source, self.lines, number)
        if found is None:
            return None
        table, after = found
        if table is not None:
            write(table, self.source, self.writer)
            return after
        for text in self.lines[number:after]:
            self.writer.line()
            self.inline(text.text_start, text.end)
        return after

    def paragraph(self, number: int, line: Line) -> int:
        """A paragraph or an item, and what stands set out below it."""
        bullet = _BULLET.match(self.source, line.text_start, line.end)
        start = line.text_start if bullet is None else bullet.end()
        while self.items and line.indent < self.items[-1] - (bullet is not None):
            self.items.pop()
        if bullet is not None:
            self.writer.end_line()
            self.writer.sign(f"{'  ' * len(self.items)}- ", line.text_start)
            self.items.append(start - line.start)
        elif self.source.startswith("| ", line.text_start):
            self.writer.line()
            start += 2
        else:
            self.writer.line()
        indent = start - line.start
        after = number + 1
        while after < len(self.lines) and self.goes_on(after, indent):
            after += 1
        end = self.lines[after - 1].end
        literal = _LITERAL.search(self.source, start, end)
        if literal is None:
            self.inline(start, end)
            return after
        if literal.start() > start:
            self.inline(start, literal.start())
            if not self.source[literal.start()].isspace():
                self.writer.write(":", literal.start())
        below = indented(self.lines, after, line.indent)
        self.fence(after, below)
        return max(below, after)

    def goes_on(self, number: int, indent: int) -> bool:
        """Whether a line is wrapped from the one before it."""
        line = self.lines[number]
        return (
            not line.is_blank
            and line.indent == indent
            and not self.source.startswith("| ", line.text_start)
            and _BULLET.match(self.source, line.text_start, line.end) is None
            and EXPLICIT.match(self.source, line.text_start, line.end) is None
        )

    def inline(self, start: int, end: int) -> None:
        """Running text."""
        for piece in inline(self.source, start, end):
            if piece.shown:
                self.writer.write(piece.shown, piece.start, piece.end - piece.start)
            else:
                self.writer.flowing(piece.start, piece.end)
