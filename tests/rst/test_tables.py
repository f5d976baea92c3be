"""Tables of reStructuredText: every case of `tables.toml` is a source and the text that it is, whole.

docutils says the same of its cells, or finds the source at fault where the case says that it `fails`; `other` marks
what docutils takes for something else. Every letter of the text is that of the source, and so is every cell's.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st

from auditor import sources
from auditor.rst.text import rendition
from auditor.tables.grid import grids
from auditor.tables.table import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.document import Document
    from auditor.tables.grid import Grid

CASES = {
    case["why"]: case for case in tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))["case"]
}
CLEAN = [why for why, case in CASES.items() if not case.get("fails") and not case.get("other")]


class Seen(NamedTuple):
    """A cell, as a reader sees it."""

    row: int
    column: int
    wide: int
    high: int
    text: str


def _source(why: str) -> str:
    return str(CASES[why]["source"])


@pytest.mark.parametrize("why", CASES)
def test_text(why: str) -> None:
    assert rendition(_source(why)).text == CASES[why]["text"]


_MARKUP = re.compile(r"</?(?:table|t[rhd])\b[^<>]*>|&(?:lt|amp);")


@pytest.mark.parametrize("why", CASES)
def test_every_letter_is_that_of_the_source(why: str) -> None:
    source = _source(why)
    made = rendition(source)
    for offset, letter in enumerate(_MARKUP.sub(lambda match: " " * len(match[0]), made.text)):
        if letter.isalnum():
            assert source[made.place(offset)] == letter, made.text[offset:]


def _document(source: str) -> Document:
    return sources.decoded("a.rst", source.encode())


def ours(grid: Grid) -> Iterator[Seen]:
    for number, row in enumerate(grid.rows):
        for place, cell in enumerate(row):
            if cell.origin == (number, place):
                yield Seen(number, place, cell.colspan, cell.rowspan, cell.text)


_UNSHOWN = (nodes.comment, nodes.image, nodes.system_message)


def theirs(source: str) -> list[list[Seen]]:
    """The tables that docutils finds; the rows of a header without merged cells are joined, as ours are."""
    tree = publish_doctree(source, settings_overrides={"report_level": 5, "halt_level": 5})
    assert [str(message) for message in tree.findall(nodes.system_message) if message["level"] > 1] == []
    return [_theirs(table) for table in tree.findall(nodes.table)]


def _theirs(table: nodes.table) -> list[Seen]:
    rows = list(table.findall(nodes.row))
    head = sum(isinstance(row.parent, nodes.thead) for row in rows)
    cells, taken = [], set()
    for number, row in enumerate(rows):
        column = 0
        for entry in row.findall(nodes.entry):
            while (number, column) in taken:
                column += 1
            for node in [*entry.findall(lambda node: isinstance(node, _UNSHOWN))]:
                node.parent.remove(node)
            wide, high = 1 + entry.get("morecols", 0), 1 + entry.get("morerows", 0)
            taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
            cells.append(Seen(number, column, wide, high, " ".join(entry.astext().split())))
    if all(cell.wide == cell.high == 1 for cell in cells):
        columns = {cell.column for cell in cells}
        above = [
            Seen(0, at, 1, 1, " ".join(cell.text for cell in cells if cell.row < head and cell.column == at))
            for at in sorted(columns)
        ]
        below = [cell._replace(row=cell.row - head + 1) for cell in cells if cell.row >= head]
        return [*above, *below]
    return cells


@pytest.mark.parametrize("why", CLEAN)
def test_the_cells_are_those_of_docutils(why: str) -> None:
    found = [list(ours(grid)) for grid in grids(_document(_source(why)))]
    assert [[cell._replace(text=_plain(cell.text)) for cell in table] for table in found] == [
        [cell._replace(text=_plain(cell.text)) for cell in table] for table in theirs(_source(why))
    ]


def _plain(text: str) -> str:
    """Without the signs of items, which docutils does not show as text, and that of a link without a target."""
    return " ".join(text.replace("* ", "").replace("`", "").replace("_", "").split())


@pytest.mark.parametrize("why", [why for why, case in CASES.items() if case.get("fails")])
def test_docutils_finds_fault_with_what_is_no_table(why: str) -> None:
    tree = publish_doctree(_source(why), settings_overrides={"report_level": 5, "halt_level": 5})
    assert "<system_message" in tree.pformat()


@pytest.mark.parametrize("why", CLEAN)
def test_every_cell_stands_where_the_source_has_it(why: str) -> None:
    source = _source(why)
    document = _document(source)
    cells = {cell for grid in grids(document) for row in grid.rows for cell in row}
    there = {
        cell.text: source[slice(*document.source_span(cell.span))].strip("*`")
        for cell in cells
        if source.count(cell.text) == 1
    }
    assert there
    assert there == {text: text for text in there}


def test_the_mark_of_a_note_is_no_part_of_a_number() -> None:
    (table,) = tables(_document(_source("numbers with notes, whose marks are no part of them")))
    assert [[entry.quantity and entry.quantity.written for entry in row.entries] for row in table.rows] == [
        [None, "1.5"],
        [None, "2.5"],
    ]


@st.composite
def _drawings(draw: st.DrawFn) -> str:
    """A drawn table of up to four by four places, some of them merged."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    picture = [[" "] * (columns * 6 + 1) for _ in range(rows * 3 + 1)]
    corners = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            high, wide = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
            while wide > 1 and any((row, column + right) not in free for right in range(wide)):
                wide -= 1
            free -= {(row + down, column + right) for down in range(high) for right in range(wide)}
            top, left, bottom, right = row * 3, column * 6, (row + high) * 3, (column + wide) * 6
            for at in range(left, right + 1):
                picture[top][at] = picture[bottom][at] = "-"
            for at in range(top, bottom + 1):
                picture[at][left] = picture[at][right] = "|"
            corners += [(top, left), (top, right), (bottom, left), (bottom, right)]
            words = [draw(st.sampled_from(["", f"a{row}", f"{column}.5", "*x*"])) for _ in range(high * 3 - 1)]
            for at, word in enumerate(words, top + 1):
                picture[at][left + 2 : left + 2 + len(word)] = word
    for top, left in corners:
        picture[top][left] = "+"
    return "".join(f"{''.join(line)}\n" for line in picture)


@given(_drawings())
def test_drawn_tables_have_the_cells_that_docutils_finds(source: str) -> None:
    (expected,) = theirs(source)
    found = grids(_document(source))
    if not any(cell.text for cell in expected):
        return
    ((*seen,),) = (list(ours(grid)) for grid in found)
    assert [cell._replace(text=_plain(cell.text)) for cell in seen if cell.text or cell.wide * cell.high > 1] == [
        cell._replace(text=_plain(cell.text)) for cell in expected if cell.text or cell.wide * cell.high > 1
    ]
