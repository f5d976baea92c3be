"""Tables as they stand: every case of `grids.toml` is a document and what its grids look like, rendered whole.

A header cell is shown as `<text>`, a bold one as `*text*`, a place that a merged cell reaches as `=text`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Document
from auditor.tables.grid import grids

if TYPE_CHECKING:
    from auditor.tables.cell import Cell
    from auditor.tables.grid import Grid


def shown(cell: Cell, place: tuple[int, int]) -> str:
    text = f"*{cell.text}*" if cell.bold else cell.text
    text = f"<{text}>" if cell.header else text
    return text if cell.origin == place else f"={text}"


def rendered(text: str, path: str = "case.md") -> str:
    return "\n--\n".join(_grid(grid, text) for grid in grids(Document(path, text)))


def _grid(grid: Grid, text: str) -> str:
    around = [
        f"{name}: {text[slice(*span)]}"
        for name, span in (("heading", grid.heading), ("caption", grid.caption))
        if span is not None
    ]
    rows = [
        " | ".join(shown(cell, (number, place)) for place, cell in enumerate(row))
        for number, row in enumerate(grid.rows)
    ]
    return "\n".join((*around, *rows, *(f"left out: {note}" for note in grid.left_out)))


CASES = {
    case["why"]: (case["text"], case["grids"].strip("\n"))
    for case in tomllib.loads(Path(__file__).with_name("grids.toml").read_text("utf-8"))["case"]
}


@pytest.mark.parametrize("case", CASES)
def test_a_document_has_these_grids(case: str) -> None:
    text, expected = CASES[case]
    assert rendered(text) == expected


def test_a_file_of_values_is_one_table() -> None:
    assert rendered("day,runs\n2001-02-03,5\n", "runs.csv") == "<day> | <runs>\n2001-02-03 | 5"
    assert rendered("day\truns\na,b\t5\n", "runs.tsv") == "<day> | <runs>\na,b | 5"


def test_cells_are_not_merged_without_end() -> None:
    text = "<table><tr><td colspan=999999999 rowspan=999999999>a</td></tr></table>"
    reached = " | ".join(["a", *["=a"] * 999])
    assert rendered(text) == f"{reached}\nleft out: merged cells that cover too many places are left out"


def test_columns_beyond_the_thousandth_are_left_out() -> None:
    text = f"{'|a' * 1002}|\n{'|-' * 1002}|\n{'|1' * 1002}|\n"
    (grid,) = grids(Document("case.md", text))
    assert [len(row) for row in grid.rows] == [1000, 1000]
    assert grid.left_out == ("2 column(s) beyond the first 1000 are left out",)


def test_a_cell_stands_where_it_says() -> None:
    text = "> | a |   b |\n> |---|---|\n> | 1 | **2.50** ms |\n"
    (grid,) = grids(Document("case.md", text))
    assert [[text[slice(*cell.span)] for cell in row] for row in grid.rows] == [["a", "b"], ["1", "**2.50** ms"]]
    assert grid.rows[1][1].aligned == "  2.50   ms"


PIECES = st.sampled_from(
    [
        *(
            "|",
            "|---|---|\n",
            "| a | b |\n",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "    ",
            "\t",
            "# H\n",
            "Table 1: x\n",
            "Table 2 ",
        ),
        *("```", "```csv\n", "~~~tsv\n", '"', '""', ",", "27.3 ± 0.9", "1,000", "é", "𝟚", "\x00", "\u2028"),
        *("<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "<th>", "</td>", "<thead>", "<!--", "-->"),
        *("**", "*", "_", "`", "\\|", "\\", "$", "[x](y)", "[^1]", "&plusmn;", "<b>", "</b>", "<sup>", "</sup>", "~~"),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map("".join))
def test_whatever_the_text_cells_lie_inside_it(text: str) -> None:
    for grid in grids(Document("case.md", text)):
        assert 0 <= grid.span.start <= grid.span.end <= len(text)
        for cell in (cell for row in grid.rows for cell in row):
            there = text[slice(*cell.span)]
            assert grid.span.covers(cell.span) or not there
            assert len(cell.aligned) == len(there) == cell.span.end - cell.span.start
            assert there == there.strip()
            if there.isalnum():
                assert cell.text == cell.aligned == there
