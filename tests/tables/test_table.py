"""Tables understood: every case of `tables.toml` is a table and what is made of it, rendered whole.

A column is shown as `role name [unit] scale direction`, exact ones with `=`; a row as its labels, its group, its
position and its entries: the number as written with its unit, `~` before an inexact one, further numbers after `+`,
a deviation after `±`, `-` for no value and the text in quotes where a cell states no number.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Document
from auditor.tables.table import tables

if TYPE_CHECKING:
    from auditor.tables.table import Column, Entry, Row, Table


def rendered(text: str) -> str:
    return "\n--\n".join(_table(table) for table in tables(Document("case.md", text)))


def _table(table: Table) -> str:
    turned = "" if table.orientation == "rows" else " (turned)"
    lines = [f"{table.name}{turned}", *map(_column, table.columns), *(_row(row, table) for row in table.rows)]
    return "\n".join((*lines, *(f"left out: {note}" for note in table.left_out)))


def _column(column: Column) -> str:
    parts = [f"{column.role} {column.name!r}"]
    if column.unit is not None:
        parts.append(f"[{column.unit.name}]")
    if column.scale != 1:
        parts.append(f"x{column.scale}")
    if column.better != "unknown":
        parts.append(column.better)
    if column.exact:
        parts.append("=")
    return " ".join(parts)


def _row(row: Row, table: Table) -> str:
    labels = ", ".join(text for _, text in row.labels) or row.label
    group = f" in {row.group}" if row.group else ""
    position = "" if row.position is None else f" at {row.position}"
    cells = [_entry(entry) for entry in row.entries if table.columns[entry.column].role != "label"]
    return f"- {labels}{group}{position}: {' | '.join(cells)}"


def _entry(entry: Entry) -> str:
    if entry.quantity is None:
        return "-" if entry.missing else repr(entry.text)
    unit = "" if entry.quantity.unit is None else f" {entry.quantity.unit.name}"
    extra = [f"{'±' if one.uncertain else '+'} {one.quantity.written}" for one in entry.extra]
    return " ".join((f"{'' if entry.quantity.step is None else '~'}{entry.quantity.written}{unit}", *extra))


CASES = {
    case["why"]: (case["text"], case["tables"].strip("\n"))
    for case in tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))["case"]
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_is_understood_so(case: str) -> None:
    text, expected = CASES[case]
    assert rendered(text) == expected


def test_a_cell_that_is_too_long_is_no_number() -> None:
    digits = "1" * 300
    expected = f"table\nlabel 'a'\ntext 'b'\n- x: {digits!r}\n"
    expected += "left out: 1 cell(s) of more than 200 characters were not searched for numbers"
    assert rendered(f"| a | b |\n|---|---|\n| x | {digits} |\n") == expected


def test_a_number_stands_where_it_says() -> None:
    text = "| a | b |\n|---|---|\n| x | about **1 247** MB ± 3 |\n| y | 5 |\n"
    (table,) = tables(Document("case.md", text))
    entry = table.rows[0].entries[1]
    stands = [text[slice(*span)] for span in (entry.span, *(one.span for one in entry.extra), entry.cell)]
    assert stands == ["1 247** MB", "3", "about **1 247** MB ± 3"]
    assert _entry(entry) == "~1 247 MB MB ± 3"


NUMBERS = st.sampled_from(
    ("1", "2.5", "-3", "1,000", "4 %", "27.3 ± 0.9", "35.2 +6.0%", "**5**", "", "-", "x", "2001", "1st")
)


@given(st.lists(st.lists(NUMBERS, min_size=1, max_size=5), max_size=6), st.integers(1, 5))
def test_every_number_is_read_where_it_stands(rows: list[list[str]], width: int) -> None:
    header = f"|{'|'.join(f'h{n}' for n in range(width))}|\n|{'---|' * width}\n"
    text = header + "".join(f"|{'|'.join(row)}|\n" for row in rows)
    for table in tables(Document("case.md", text)):
        for entry in (entry for row in table.rows for entry in row.entries):
            assert entry.quantity is None or text[slice(*entry.span)] == entry.quantity.written
            assert all(text[slice(*one.span)] == one.quantity.written for one in entry.extra)
            assert entry.cell.covers(entry.span)
