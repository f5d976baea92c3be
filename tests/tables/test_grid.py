"""Tables as they stand: every case is a document and what its grids look like, rendered whole.

A header cell is shown as `<text>`, a bold one as `*text*`, a place that a merged cell reaches as `=text`.
"""

from __future__ import annotations

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
    "a pipe table": (
        "# Speed\n\nOne run each.\n\n| tool | time |\n|------|-----:|\n| ada | 1.5 |\n| bob | **2.5** |\n",
        "heading: # Speed\ncaption: One run each.\n<tool> | <time>\nada | 1.5\nbob | *2.5*",
    ),
    "no pipes outside": ("a | b\n--- | ---\n1 | 2\n", "<a> | <b>\n1 | 2"),
    "escaped pipes are part of a cell": (
        "| a | b |\n|---|---|\n| x \\| y | 2 |\n",
        "<a> | <b>\nx | y | 2",
    ),
    "a pipe in code separates nothing where the row is then as long as the header": (
        "| a | b |\n|---|---|\n| `x|y` | 2 |\n",
        "<a> | <b>\nx|y | 2",
    ),
    "an escaped pipe in code": ("| a | b |\n|---|---|\n| `x\\|y` | 2 |\n", "<a> | <b>\nx|y | 2"),
    "a table in a list item in a quotation": (
        "> - item\n>\n>   | a | b |\n>   |---|---|\n>   | 1 | 2 |\n",
        "caption: - item\n<a> | <b>\n1 | 2",
    ),
    "a table in a fence is code": ("```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n", ""),
    "an indented table is code": ("text\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n", ""),
    "a rule is no table": ("a | b\n\n---\n", ""),
    "as many cells in the header as below it": ("| a | b |\n|---|\n| 1 | 2 |\n", ""),
    "ragged rows": (
        "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n",
        "<a> | <b>\n1\n1 | 2\nleft out: 1 row(s) have more cells than the header; the cells beyond it are left out",
    ),
    "an empty table": ("| a | b |\n|---|---|\n", "<a> | <b>"),
    "no header": ("| | |\n|---|---|\n| 1 | 2 |\n", "<> | <>\n1 | 2"),
    "markup is no part of what a cell says": (
        "| a | b |\n|---|---|\n| [x](http://y.example/z_1) <b>q</b> | $27.3 \\pm 0.9$ |\n"
        "| H<sub>2</sub>O[^1] | 10<sup>5</sup> |\n| ~~12~~ 14 | 3 &plusmn; 1 |\n| \\*3 | 33.3* |\n",
        "<a> | <b>\nx q | 27.3 ± 0.9\nH2O | 10^5\n14 | 3 ± 1\n*3 | 33.3*",
    ),
    "bold by any sign": (
        "| a | b | c |\n|---|---|---|\n| __1__ | <strong>2</strong> | $\\mathbf{3}$ |\n| *4* | 5 **6** | ***7*** |\n",
        "<a> | <b> | <c>\n*1* | *2* | *3*\n4 | 5 6 | *7*",
    ),
    "a numbered caption wins over what stands before": (
        "Some text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTable 2: What it shows.\n",
        "caption: Table 2: What it shows.\n<a> | <b>\n1 | 2",
    ),
    "an emphasised line behind is a caption, a plain one is not": (
        "# H\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n*What it shows.*\n\n# J\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText.\n",
        "heading: # H\ncaption: *What it shows.*\n<a> | <b>\n1 | 2\n--\nheading: # J\n<a> | <b>\n1 | 2",
    ),
    "merged cells in HTML": (
        "<table><caption>What it shows</caption><thead>\n<tr><th rowspan=2>m<th colspan=2>score</tr>\n"
        "<tr><th>x<th>y</thead>\n<tr><td>ada<td>1<td><b>2</b></tr></table>\n",
        "caption: What it shows\n<m> | <score> | =<score>\n=<m> | <x> | <y>\nada | 1 | *2*",
    ),
    "a cell that reaches to the last row": (
        "<table><tr><td rowspan=0>a<td>1<tr><td>2<tr><td>3</table>",
        "a | 1\n=a | 2\n=a | 3",
    ),
    "an HTML table that never ends": (
        "<table><tr><th>a<th>b<tr><td>1<td>2\n\nText after it.\n\n| c | d |\n|---|---|\n| 3 | 4 |\n",
        "<a> | <b>\n1 | 2\nleft out: the HTML table is never closed; it was read to the end of its last row"
        "\n--\ncaption: Text after it.\n<c> | <d>\n3 | 4",
    ),
    "a table in a table": (
        "<table><tr><td>a<td>x <table><tr><td>no</table> y</table>",
        "a | x\nleft out: a table inside a cell is left out",
    ),
    "merges without end": (
        "<table><tr><td colspan=999999999 rowspan=999999999>a</td></tr></table>",
        " | ".join(["a", *["=a"] * 999]) + "\nleft out: merged cells that cover too many places are left out",
    ),
    "an HTML table in a fence is code": ("```html\n<table><tr><td>1</table>\n```\n", ""),
    "an HTML table that is spoken of": ("Write `<table>` and so on.\n", ""),
    "values separated by commas": (
        'Runs:\n\n```csv\nname,score\n"Bo, the first",1.5\n"say ""x""",2\n\n```\n',
        'caption: Runs:\n<name> | <score>\nBo, the first | 1.5\nsay "x" | 2',
    ),
    "values separated by tabs": ("~~~ tsv\na\tb\n1,5\t2\n~~~\n", "<a> | <b>\n1,5 | 2"),
    "values separated by semicolons": ("```csv\na;b\n1,5;2,5\n```\n", "<a> | <b>\n1,5 | 2,5"),
    "values without a header": ("```csv\nada,1.5\nbob,2.5\n```\n", "ada | 1.5\nbob | 2.5"),
    "a quoted field over two lines": ('```csv\na,b\n"x\ny",2\n```\n', "<a> | <b>\nx y | 2"),
    "a quote that never ends": (
        '```csv\na,b\n"x,2\n3,4\n```\n',
        '<a> | <b>\n"x | 2\n3 | 4\nleft out: a quoted field is never closed; it was read to the end of its line',
    ),
    "a fence of values that never ends": (
        "```csv\na,b\n1,2\n",
        "<a> | <b>\n1 | 2\nleft out: the fence is never closed; it was read to the end",
    ),
    "a fence that never ends before a table": (
        "# H\n\n```\ncode\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "heading: # H\nleft out: a fence is never closed; the tables behind it are left out as code",
    ),
    "a fence that never ends and hides nothing": ("| a |\n|---|\n| 1 |\n\n```\ncode\n", "<a>\n1"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_document_has_these_grids(case: str) -> None:
    text, expected = CASES[case]
    assert rendered(text) == expected


def test_a_file_of_values_is_one_table() -> None:
    assert rendered("day,runs\n2001-02-03,5\n", "runs.csv") == "<day> | <runs>\n2001-02-03 | 5"
    assert rendered("day\truns\na,b\t5\n", "runs.tsv") == "<day> | <runs>\na,b | 5"


def test_a_cell_stands_where_it_says() -> None:
    text = "> | a |   b |\n> |---|---|\n> | 1 | **2.50** ms |\n"
    (grid,) = grids(Document("case.md", text))
    assert [[text[slice(*cell.span)] for cell in row] for row in grid.rows] == [["a", "b"], ["1", "**2.50** ms"]]
    assert grid.rows[1][1].aligned == "  2.50   ms"


PIECES = st.sampled_from(
    (
        "|", "|---|---|\n", "| a | b |\n", "\n", "\n\n", "> ", "- ", "    ", "```", "```csv\n", "~~~tsv\n", "<table>", "</table>",
        "<tr>", "<td rowspan=3>", "<td colspan=2>", "<th>", "</td>", "<thead>", "<!--", "-->", "**", "*", "_", "`", "\\|", "\\", "$", "[x](y)", "[^1]",
        "&plusmn;", "<b>", "</b>", "<sup>", "</sup>", "27.3 ± 0.9", "1,000", "\t", '"', '""', ",", "é", "𝟚", "\x00", "\u2028", "# H\n", "Table 1: x\n",
    )
)  # fmt: skip


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
