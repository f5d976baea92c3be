"""Drawn tables: every case of `aligned.toml` is a document and what its grids look like, rendered whole.

A header cell is shown as `<text>`; a case without grids is a text that stays as it is.
"""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Document
from auditor.elided import FIRST, LAST, elided
from auditor.exact.evaluation import evaluate
from auditor.tables.aligned import drawings, holds_drawing
from auditor.tables.blocks import may_hold_tables
from auditor.tables.checks import checked
from auditor.tables.grid import grids
from auditor.tables.table import tables

CASES = {
    case["why"]: (case["text"], case.get("grids", "").strip("\n"))
    for case in tomllib.loads(Path(__file__).with_name("aligned.toml").read_text("utf-8"))["case"]
}


def rendered(text: str, path: str = "case.md") -> str:
    shown = []
    for grid in grids(Document(path, text)):
        around = (("heading", grid.heading), ("caption", grid.caption))
        lines = [f"{name}: {text[slice(*span)]}" for name, span in around if span is not None]
        lines += [" | ".join(f"<{cell.text}>" if cell.header else cell.text for cell in row) for row in grid.rows]
        shown.append("\n".join((*lines, *grid.left_out)))
    return "\n--\n".join(shown)


@pytest.mark.parametrize("case", CASES)
def test_a_document_has_these_tables(case: str) -> None:
    text, expected = CASES[case]
    assert rendered(text) == expected


@pytest.mark.parametrize("case", CASES)
def test_a_cell_is_what_stands_at_its_place(case: str) -> None:
    text, _ = CASES[case]
    for grid in drawings(text):
        for number, row in enumerate(grid.rows):
            for column, cell in enumerate(row):
                assert text[slice(*cell.span)] == cell.aligned == cell.text
                assert cell.origin == (number, column)
                assert grid.span.covers(cell.span)


def test_a_cell_stands_where_it_says() -> None:
    text = "> ```\n> tool   time (s)\n> ----  ---------\n> ada         1.5\n> 模型\t      2\n> ```\n"
    (grid,) = grids(Document("case.md", text))
    assert [[tuple(cell.span) for cell in row] for row in grid.rows] == [
        [(8, 12), (15, 23)],
        [(44, 47), (56, 59)],
        [(62, 64), (71, 72)],
    ]
    assert text[slice(*grid.span)] == "> tool   time (s)\n> ----  ---------\n> ada         1.5\n> 模型\t      2"


WORDS = st.from_regex(r"\A[a-z]{1,9}( [a-z]{1,6})?\Z")
NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?\Z")
STYLES = ("plain", "simple", "presto", "psql", "box")


@st.composite
def _grids(draw: st.DrawFn) -> list[list[str]]:
    width, height = draw(st.integers(2, 5)), draw(st.integers(3, 6))
    head = draw(st.lists(WORDS.filter(lambda word: word not in {"page", "pages"}), min_size=width, max_size=width))
    kinds = [NUMBERS if number else draw(st.sampled_from((WORDS, NUMBERS))) for number in range(width)]
    return [head, *([draw(kind) for kind in kinds] for _ in range(height))]


def drawn(rows: list[list[str]], style: str) -> str:
    wide = [max(2, *map(len, column)) + (style == "plain" and 2) for column in zip(*rows, strict=True)]
    lines = [[cell.rjust(size) for cell, size in zip(row, wide, strict=True)] for row in rows]
    rule = ["-" * size for size in wide]
    if style in {"plain", "simple"}:
        lines[1:1] = [rule] if style == "simple" else []
        return "\n".join("  ".join(line) for line in lines)
    bar, cross = ("│", "┼") if style == "box" else ("|", "+")
    flat = "─" if style == "box" else "-"
    body = [f" {bar} ".join(line) for line in lines]
    body[1:1] = [f"{flat}{cross}{flat}".join(flat * size for size in wide)]
    if style == "presto":
        return "\n".join(body)
    left, right = (f"{bar} ", f" {bar}")
    inner = [f"{left}{line}{right}" for line in (body[0], *body[2:])]
    outer = f"{cross}{flat}{body[1]}{flat}{cross}"
    return "\n".join((outer, inner[0], outer, *inner[1:], outer))


@given(_grids(), st.sampled_from(STYLES))
def test_what_is_drawn_is_read_back(rows: list[list[str]], style: str) -> None:
    if style == "plain" and len(rows[0]) == 2:
        rows = [[*row, "count" if number == 0 else "7"] for number, row in enumerate(rows)]
    text = f"It was so:\n\n```\n{drawn(rows, style)}\n```\n"
    (grid,) = grids(Document("case.md", text))
    assert [[cell.text for cell in row] for row in grid.rows] == rows
    assert [[text[slice(*cell.span)] for cell in row] for row in grid.rows] == rows


CHECKS = {
    case["why"]: (case["text"], case["wrong"].strip("\n"))
    for case in tomllib.loads(Path(__file__).with_name("checks.toml").read_text("utf-8"))["case"]
    if "<table" not in case["text"] and not set("*`\\") & set(case["text"])
}


@pytest.mark.parametrize("style", STYLES[1:])
@pytest.mark.parametrize("case", CHECKS)
def test_a_drawn_table_gets_wrong_what_a_pipe_table_gets_wrong(case: str, style: str) -> None:
    text, wrong = CHECKS[case]
    at, pieces = 0, []
    for grid in grids(Document("case.md", text)):
        rows = [[text[slice(*cell.span)] for cell in row] for row in grid.rows]
        pieces += [text[at : grid.span.start], "```\n", drawn(rows, style), "\n```"]
        at = grid.span.end
    redrawn = "".join((*pieces, text[at:]))
    found, _ = checked(tables(Document("case.md", redrawn)))
    computed = [evaluate(finding.formula).text for finding in found]
    assert [
        f"{finding.kind} {redrawn[slice(*finding.span)]}: {trace}"
        for finding, trace in zip(found, computed, strict=True)
    ] == [line.rpartition(" [")[0] for line in wrong.splitlines()]


def test_a_long_drawn_table_is_cut_in_the_middle() -> None:
    rows = [f"T{number:<7}{number:>6}" for number in range(50)]
    head = ["town    people", "----    ------"]
    text = "\n".join(["```", *head, *rows, "```", ""])
    shown = ["```", *head, *rows[: FIRST - 1], f"[{51 - FIRST - LAST} more rows, not shown]", *rows[-LAST:], "```", ""]
    assert elided(Document("a.md", text)) == "\n".join(shown)


PIECES = st.sampled_from(
    [
        *(
            "tool    time   size\n",
            "----  ----\n",
            "---------\n",
            "ada      1.5     2\n",
            "1   2\n",
            "\n",
            "\n\n",
            "> ",
            "    ",
        ),
        *(
            "```\n",
            "```text\n",
            "|",
            " | ",
            "-+-",
            "+---+---+\n",
            "| a | 1 |\n",
            "│ a │ 1 │\n",
            "├───┼───┤\n",
            "\t",
            "  ",
            " ",
        ),
        *(
            "模型",
            "é",
            "e\u0301",
            "\u00a0",
            "\u2028",
            "\x00",
            "12",
            "x",
            "(2 rows)\n",
            "| a | b |\n|---|---|\n",
            "<table>",
        ),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map("".join))
def test_whatever_the_text_cells_lie_inside_it(text: str) -> None:
    found = list(drawings(text))
    assert holds_drawing(text) is bool(found)
    for drawing in found:
        assert 0 <= drawing.span.start < drawing.span.end <= len(text)
        assert len({len(row) for row in drawing.rows}) == 1
        for cell in (cell for row in drawing.rows for cell in row):
            assert drawing.span.covers(cell.span) or not cell.text
            there = text[slice(*cell.span)]
            assert there == there.strip()
    grids(Document("case.txt", text))


LONG = {
    "a log with gaps": "2024-01-01 10:00:00  INFO   worker   took 3 ms\n",
    "a log with bars": "10:00:00 | INFO | worker | took 3 ms\n",
    "a log with blank lines": "10:00:00  worker  took 3 ms\n10:00:01  worker\n\n",
    "ragged gaps": "a   bb     ccc  d\nbbbb   a\n  c  d   e   f\n",
    "rules": "----  ----  ----\n",
    "a table": "ada      1.5     2\n",
}


@pytest.mark.parametrize("kind", LONG)
def test_long_texts_are_read_in_time(kind: str) -> None:
    text = "tool    time   size\n" + LONG[kind] * 20_000
    start = time.process_time()
    list(drawings(text))
    assert time.process_time() - start < 5


def test_a_document_without_gaps_is_not_worth_looking_for_tables_in() -> None:
    assert not may_hold_tables(Document("case.md", "# A\n\n- one\n  - two\n\nIt took 3 s.\n" * 100))
