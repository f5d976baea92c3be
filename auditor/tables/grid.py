"""grid: the tables of a document as rows of cells, with what stands around them.

Pipe tables, HTML tables, comma or tab separated values in fences or as whole files, and tables that are drawn. What is
damaged is read as far as it goes, and what was left out is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.document import Span
from auditor.tables.aligned import drawings, holds_drawing, is_touched
from auditor.tables.blocks import blocks_of, can_hold_table
from auditor.tables.cell import Cell
from auditor.tables.hypertext import html_tables
from auditor.tables.pipes import pipe_rows
from auditor.tables.separated import separated_rows

if TYPE_CHECKING:
    from auditor.document import Document
    from auditor.tables.aligned import Drawing
    from auditor.tables.blocks import Block

__all__ = ["Cell", "Grid", "grids"]


class Grid(Struct, frozen=True):
    """A table as it stands."""

    rows: tuple[tuple[Cell, ...], ...]
    """From top to bottom, header rows included; rows may differ in length."""
    span: Span
    caption: Span | None
    """The line or paragraph that says what the table shows."""
    heading: Span | None
    """The nearest heading before it."""
    left_out: tuple[str, ...]
    """What could not be read, one sentence each."""
    is_drawn: bool = False
    """Whether it is drawn with spaces or lines, so that not everybody calls it a table."""


_SEPARATORS = {"csv": None, "tsv": "\t"}
_INFO = re.compile(r"\{?\.?(csv|tsv)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[*_\[(> ]*(?:table|tab\.|figure|fig\.|listing|chart)[ \u00a0]", re.IGNORECASE)
_EMPHASISED = re.compile(r"(\*{1,3}|_{1,3})(?=\S).*(?<=\S)\1[.:]?\Z", re.DOTALL)
_PIPE_LINES = re.compile(r"^[ \t]*\|.*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)
_LONGEST_CAPTION = 2000


def grids(document: Document) -> tuple[Grid, ...]:
    """The tables of a document, in order."""
    suffix = document.path.rpartition(".")[2].lower()
    if suffix in _SEPARATORS:
        return _whole(document, suffix)
    text = document.text
    if not (can_hold_table(text) or holds_drawing(text)):
        return ()
    blocks = blocks_of(document)
    code = [block.span for block in blocks if block.kind == "code"]
    marked_up = list(html_tables(text, code))
    hidden = [markup.span for markup in marked_up] + [block.span for block in blocks if not _may_hold_drawing(block)]
    drawn = drawings(text, tuple(_joined(hidden)))
    places = [drawing.span for drawing in drawn]
    around = _Surroundings(text, tuple(block for block in blocks if not is_touched(block.span, places)))
    found: list[Grid] = []
    for markup in marked_up:
        caption, heading = around.of(markup.span)
        caption = caption if markup.caption is None else _trimmed(text, markup.caption)
        found.append(Grid(tuple(markup.rows), markup.span, caption, heading, tuple(markup.notes)))
    outer = [grid.span for grid in found][::-1]
    for block in blocks:
        while outer and outer[-1].end <= block.span.start:
            outer.pop()
        if block.kind not in {"table", "code"} or (outer and outer[-1].covers(block.span)):
            continue
        read = _read(text, block)
        if read is not None:
            found.append(Grid(tuple(read[0]), block.span, *around.of(block.span), tuple(read[1])))
    found += (_drawn(drawing, code, around) for drawing in drawn)
    return tuple(sorted(found, key=lambda grid: grid.span))


def _read(text: str, block: Block) -> tuple[list[tuple[Cell, ...]], list[str]] | None:
    """The rows of a block and what was left out; None where it is no table."""
    if block.kind == "table":
        return pipe_rows(text, block)
    info = _INFO.match(block.info)
    if info is not None:
        rows, notes = separated_rows(text, block.lines, _SEPARATORS[info[1].lower()])
        return rows, notes if block.closed else [*notes, "the fence is never closed; it was read to the end"]
    if not block.closed and _PIPE_LINES.search(text, block.span.start) is not None:
        return [], ["a fence is never closed; the tables behind it are left out as code"]
    return None


def _joined(spans: list[Span]) -> list[Span]:
    """The same places in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _drawn(drawing: Drawing, code: list[Span], around: _Surroundings) -> Grid:
    """A drawn table; lines right above it say what it shows where they are not of the code that it stands in."""
    caption, heading = around.of(drawing.span)
    if drawing.title is not None and not is_touched(drawing.title, code):
        caption = drawing.title
    return Grid(drawing.rows, drawing.span, caption, heading, (), is_drawn=True)


_OUTPUT = re.compile(
    r"(?:\W*(?:te?xt|plain|plaintext|console|terminal|output|out|log|shell|shell-session|sh|bash|zsh|none|table)\W*)?",
    re.IGNORECASE,
)
"""What stands behind the opening of a fence that shows what a program prints."""


def _may_hold_drawing(block: Block) -> bool:
    return block.kind in {"paragraph", "heading"} or (
        block.kind == "code" and _OUTPUT.fullmatch(block.info) is not None
    )


def _whole(document: Document, suffix: str) -> tuple[Grid, ...]:
    lines, start = [], 0
    for line in document.text.split("\n"):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    rows, notes = separated_rows(document.text, lines, _SEPARATORS[suffix])
    return (Grid(tuple(rows), Span(0, len(document.text)), None, None, tuple(notes)),) if rows else ()


class _Surroundings:
    """What stands around the tables of a text."""

    def __init__(self, text: str, blocks: tuple[Block, ...]) -> None:
        self.text = text
        self.blocks = blocks
        self.starts = [block.span.start for block in blocks]
        self.ends = [block.span.end for block in blocks]
        self.headings = [block.span for block in blocks if block.kind == "heading"]
        self.heading_ends = [span.end for span in self.headings]

    def of(self, span: Span) -> tuple[Span | None, Span | None]:
        """The caption and the heading of a table."""
        last = bisect_right(self.heading_ends, span.start)
        heading = self.headings[last - 1] if last else None
        before, behind = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        near = [
            block.span
            for block in (*self.blocks[max(before - 1, 0) : before], *self.blocks[behind : behind + 1])
            if block.kind == "paragraph" and block.span.end - block.span.start <= _LONGEST_CAPTION
        ]
        for pattern in (_LABELLED, _EMPHASISED):
            for place in near:
                if pattern.match(self.text[slice(*place)]):
                    return place, heading
        return (near[0] if near and near[0].end <= span.start else None), heading


def _trimmed(text: str, span: Span) -> Span:
    inner = text[slice(*span)]
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, start + len(inner.strip()))
