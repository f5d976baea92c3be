"""rsttext: the text of a reStructuredText document as Markdown: titles, items, tables, code; no comments, targets, options.

Lines are read here because places matter: docutils knows a paragraph's line at best, and
nothing of what stands where in it. What is not recognized is text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from auditor.rendition import Rendition, Writer
from auditor.rsttable import Table, table_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")
_BULLET = re.compile(r"([-*+•]|#[.)]|\(#\))[ ]+(?=\S)")
_EXPLICIT = re.compile(r"\.\.(?:[ ]+|$)")
_TARGET = re.compile(r"_[^:\n]*:|__|\|[^|\n]+\|\s")
_NOTE = re.compile(r"\[[^\]\s]{1,40}\]\s")
_DIRECTIVE = re.compile(r"([A-Za-z][\w.:+-]*?)::(?:[ ]+|$)")
_OPTION = re.compile(r"[ ]*:([^:\n`]+):(?:[ ]+|$)")
_REMARK = re.compile(r"audit\s*:")
_LITERAL = re.compile(r"[ ]*::$")
_INLINE = re.compile(
    r"``[^`]+``"
    r"|(?::[\w.+-]+(?::[\w.+-]+)*:)?`(?P<text>[^`<]+?)(?:\s*<[^<>`]*>)?`(?::[\w.+-]+:|__?(?!\w))?"
    r"|\\(?P<escaped>\S)|(?P<nothing>\\\s)"
)
_CODE = {"code", "code-block", "sourcecode", "parsed-literal", "doctest", "testcode", "testoutput", "math", "prompt"}
_UNSHOWN = {
    "class", "contents", "currentmodule", "default-role", "graphviz", "highlight", "image", "include", "index",
    "literalinclude", "mermaid", "meta", "module", "plantuml", "raw", "role", "sectnum", "section-numbering", "tabularcolumns",
    "target-notes", "toctree",
}  # fmt: skip
_WITHOUT_TEXT = {"figure", "list-table"}
"""Directives whose first line is no text, or not only."""


class _Line(NamedTuple):
    """A line by its place in the source, without its line end and white space at its end."""

    start: int
    end: int
    indent: int

    @property
    def is_blank(self) -> bool:
        return self.start + self.indent >= self.end

    @property
    def text_start(self) -> int:
        return self.start + self.indent


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
        self.lines: list[_Line] = []
        start = 0
        for text in source.split("\n"):
            self.lines.append(_Line(start, start + len(text.rstrip()), len(text) - len(text.lstrip())))
            start += len(text) + 1

    def read(self, source: str) -> Rendition:
        """The whole text; the source is as it was before its tabs were made spaces, which are as long."""
        self.writer.source = source
        number = 0
        while number < len(self.lines):
            number = self.block(number)
        return self.writer.finished()

    def content(self, line: _Line) -> str:
        """What a line says."""
        return self.source[line.text_start : line.end]

    def block(self, number: int) -> int:
        """Whatever begins at a line; the number of the line behind it."""
        line = self.lines[number]
        if line.is_blank:
            self.writer.block()
            return number + 1
        for reads in (self.title, self.explicit, self.table, self.anonymous):
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

    def title(self, number: int, line: _Line) -> int | None:
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

    def titled(self, line: _Line, style: str, after: int) -> int:
        if style not in self.levels:
            self.levels.append(style)
        self.items = []
        self.writer.end_block()
        self.writer.sign(f"{'#' * min(self.levels.index(style) + 1, 6)} ", line.text_start)
        self.inline(line.text_start, line.end)
        self.writer.end_block()
        return after

    # -- explicit markup ------------------------------------------------------------------------------------

    def explicit(self, number: int, line: _Line) -> int | None:
        """A comment, target, note or directive."""
        match = _EXPLICIT.match(self.source, line.text_start, line.end)
        if match is None:
            return None
        after = self.indented(number + 1, line.indent)
        self.writer.block()
        start = match.end()
        if _TARGET.match(self.source, start, line.end):
            return after
        if _NOTE.match(self.source, start):
            self.inline(start, self.lines[after - 1].end)
            return after
        directive = _DIRECTIVE.match(self.source, start, line.end)
        if directive is not None:
            return self.directive(directive, number, after)
        if _REMARK.match(self.source, start, line.end):
            self.writer.verbatim(line.text_start, self.lines[after - 1].end)
            self.writer.block()
        return after

    def anonymous(self, number: int, line: _Line) -> int | None:
        """The target of a link without a name."""
        return number + 1 if self.source.startswith("__ ", line.text_start) else None

    def indented(self, number: int, indent: int) -> int:
        """The line behind those that are indented more, without blank lines at their end."""
        after = number
        while number < len(self.lines) and (self.lines[number].is_blank or self.lines[number].indent > indent):
            number += 1
            if not self.lines[number - 1].is_blank:
                after = number
        return after

    def directive(self, match: re.Match[str], number: int, after: int) -> int:
        """A directive; what is text in it is read on from the line given back."""
        name = match[1].lower()
        if name in _UNSHOWN or name.startswith("auto"):
            return after
        options = number + 1
        header = None
        while options < after and (
            option := _OPTION.match(self.source, self.lines[options].start, self.lines[options].end)
        ):
            if option[1] == "header":
                header = (option.end(), self.lines[options].end)
            options += 1
        if name in _CODE or name == "csv-table":
            self.fence("csv" if name == "csv-table" else "", options, after, header)
            return after
        if name not in _WITHOUT_TEXT and match.end() < self.lines[number].end:
            self.inline(match.end(), self.lines[number].end)
            self.writer.block()
        return options

    def fence(self, info: str, first: int, after: int, header: tuple[int, int] | None = None) -> None:
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
        self.writer.write(f"{ticks}{info}\n", within[0].start, 0)
        for start, end in [
            *([] if header is None else [header]),
            *(self.cut(line, indent) for line in self.lines[first:after]),
        ]:
            self.writer.verbatim(start, end)
            self.writer.write("\n", end, 0)
        self.writer.write(ticks, within[-1].end, 0)
        self.writer.block()

    @staticmethod
    def cut(line: _Line, indent: int) -> tuple[int, int]:
        return min(line.start + indent, line.end), line.end

    # -- tables and text ------------------------------------------------------------------------------------

    def table(self, number: int, line: _Line) -> int | None:
        """A table as one of Markdown; one with merged cells stays text."""
        if self.source[line.text_start] not in "=+":
            return None
        found = table_at(self.source, [(each.start, each.end) for each in self.paragraph_lines(number)], line.indent)
        if found is None:
            return None
        self.writer.end_block()
        self.rows(found)
        self.writer.block()
        return number + found.height

    def paragraph_lines(self, number: int) -> Sequence[_Line]:
        """The lines that may belong to a table: blank ones can stand in it."""
        after = number
        while after < len(self.lines) and (
            self.lines[after].is_blank or self.lines[after].indent >= self.lines[number].indent
        ):
            after += 1
        return self.lines[number:after]

    def rows(self, table: Table) -> None:
        """The rows of a table, the header first."""
        writer = self.writer
        for number, row in enumerate(table.rows):
            for cell in row:
                writer.write("| ", cell[0][0] if cell else table.start, 0)
                for place, (start, end) in enumerate(cell):
                    if place:
                        writer.write(" ", start, 0)
                    self.cell(start, end)
                writer.write(" ", cell[-1][1] if cell else table.start, 0)
            writer.write("|", table.start if not row or not row[-1] else row[-1][-1][1], 0)
            writer.end_line()
            if number == 0:
                writer.write(f"|{'---|' * len(row)}", table.start, 0)
                writer.end_line()

    def cell(self, start: int, end: int) -> None:
        for part in re.finditer(r"\||[^|]+", self.source[start:end]):
            at = start + part.start()
            if part[0] == "|":
                self.writer.write("\\|", at, 1)
            else:
                self.inline(at, start + part.end(), flowing=False)

    def paragraph(self, number: int, line: _Line) -> int:
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
        below = self.indented(after, line.indent)
        self.fence("", after, below)
        return max(below, after)

    def goes_on(self, number: int, indent: int) -> bool:
        """Whether a line is wrapped from the one before it."""
        line = self.lines[number]
        return (
            not line.is_blank
            and line.indent == indent
            and not self.source.startswith("| ", line.text_start)
            and _BULLET.match(self.source, line.text_start, line.end) is None
            and _EXPLICIT.match(self.source, line.text_start, line.end) is None
        )

    def inline(self, start: int, end: int, *, flowing: bool = True) -> None:
        """Running text: what roles and links show, and not where they lead."""
        write = self.writer.flowing if flowing else self.writer.verbatim
        at = start
        for match in _INLINE.finditer(self.source, start, end):
            write(at, match.start())
            if match["text"] is not None:
                write(*match.span("text"))
            elif match["escaped"] is not None:
                self.writer.write(match["escaped"], match.start(), 2)
            elif match["nothing"] is None:
                write(*match.span())
            at = match.end()
        write(at, end)
