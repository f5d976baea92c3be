"""Tables understood: every case is a table and what is made of it, rendered whole.

A column is shown as `role name [unit] scale direction`, exact ones with `=`; a row as its labels, its group, its
position and its entries: the number as written with its unit, `~` before an inexact one, further numbers after `+`,
a deviation after `±`, `-` for no value and the text in quotes where a cell states no number.
"""

from __future__ import annotations

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
    "units and directions in headers": (
        "| tool | Time (s) ↓ | Acc. % | Params (M) | Mean [ms] | Loss (lower is better) |\n|---|---|---|---|---|---|\n"
        "| ada | 1.5 | 71.2 | 12.4 | 3 | 0.12 |\n| bob | 2.5 | 70 | 7 | 4.5 | 0.31 |\n",
        "table\nlabel 'tool'\nmeasure 'Time' [s] lower\nmeasure 'Acc.' [%]\nmeasure 'Params' x1000000\n"
        "measure 'Mean' [ms]\nmeasure 'Loss' lower\n"
        "- ada: ~1.5 s | ~71.2 % | ~12.4 | ~3 ms | ~0.12\n- bob: ~2.5 s | ~70 % | ~7 | ~4.5 ms | ~0.31",
    ),
    "what cells hold": (
        "| tool | x |\n|---|---|\n| a | 27.3 ± 0.9 |\n| b | **33.3*** |\n| c | 1,000 |\n| d | — |\n| e | n/a |\n"
        "| f | 35.2 +6.0% |\n| g | 76.5 (± 2.7) |\n| h | 12 (of 16) |\n| i | OOM |\n| j |\n",
        "table\nlabel 'tool'\nmeasure 'x'\n- a: ~27.3 ± 0.9\n- b: ~33.3\n- c: ~1,000\n- d: -\n- e: -\n"
        "- f: ~35.2 + +6.0%\n- g: ~76.5 ± 2.7\n- h: ~12 + 16\n- i: 'OOM'\n- j: ",
    ),
    "a cell's unit goes before its column's": (
        "| tool | size (MB) | speed-up |\n|---|---|---|\n| a | 1 247 MB | ×9.0 |\n| b | 11 KB | 3.72x |\n| c | 3 | 1 |\n",
        "table\nlabel 'tool'\nmeasure 'size' [MB]\nmeasure 'speed-up'\n"
        "- a: ~1 247 MB MB | ~×9.0 x\n- b: ~11 KB kB | ~3.72x x\n- c: ~3 MB | ~1",
    ),
    "scores and dates state no number": (
        "| date | team | result | crowd |\n|---|---|---|---|\n| may 3 , 2001 | reds | w 12 - 0 | 12,500 |\n"
        "| may 10 , 2001 | blues | 5 - 4 | 9300 |\n| june 2 , 2001 | reds | l 2 - 3 | 11000 |\n",
        "table\nposition 'date'\nlabel 'team'\nlabel 'result'\nmeasure 'crowd' =\n"
        "- reds, w 12 - 0 at 372311/186: 'may 3 , 2001' | 12,500\n- blues, 5 - 4 at 744629/372: 'may 10 , 2001' | 9300\n"
        "- reds, l 2 - 3 at 744653/372: 'june 2 , 2001' | 11000",
    ),
    "lengths of time": (
        "| name | time | score |\n|---|---|---|\n| a | 1:23.4 | 1:2 |\n| b | 2:45:34 | 3:0 |\n",
        "table\nlabel 'name'\nmeasure 'time'\nlabel 'score'\n- a, 1:2: ~1:23.4 s\n- b, 3:0: ~2:45:34 s",
    ),
    "whole numbers are exact where all are whole and no unit is given": (
        "| name | wins | ms | share | mixed |\n|---|---|---|---|---|\n| a | 3 | 4 | 5% | 1 |\n| b | 5 | 6 | 6% | 1.5 |\n",
        "table\nlabel 'name'\nmeasure 'wins' =\nmeasure 'ms' [ms]\nmeasure 'share'\nmeasure 'mixed'\n"
        "- a: 3 | ~4 ms | ~5% % | ~1\n- b: 5 | ~6 ms | ~6% % | ~1.5",
    ),
    "a column of years orders the rows": (
        "| Year | Aland | Bland |\n|---|---|---|\n| 1999 | 1.5 | |\n| 2000 | 2.5 | 3.5 |\n| 2001 | 2.6 | 3.4 |\n",
        "table\nposition 'Year' =\nmeasure 'Aland'\nmeasure 'Bland'\n"
        "- 1999 at 1999: 1999 | ~1.5 | -\n- 2000 at 2000: 2000 | ~2.5 | ~3.5\n- 2001 at 2001: 2001 | ~2.6 | ~3.4",
    ),
    "seasons, months and steps order them too": (
        "| Season | x |\n|---|---|\n| 2001/02 | 1.5 |\n| 2002/03 | 2.5 |\n\n"
        "| month | x |\n|---|---|\n| January 2001 | 1.5 |\n| February 2001 | 2.5 |\n\n"
        "| point | x |\n|---|---|\n| step 10 | 1.5 |\n| step 20 | 2.5 |\n| step 30 | 0.5 |\n",
        "table\nposition 'Season'\nmeasure 'x'\n- 2001/02 at 2001: '2001/02' | ~1.5\n- 2002/03 at 2002: '2002/03' | ~2.5\n"
        "--\ntable (2)\nposition 'month'\nmeasure 'x'\n"
        "- January 2001 at 2001: 'January 2001' | ~1.5\n- February 2001 at 24013/12: 'February 2001' | ~2.5\n"
        "--\ntable (3)\nposition 'point'\nmeasure 'x'\n"
        "- step 10 at 10: 'step 10' | ~1.5\n- step 20 at 20: 'step 20' | ~2.5\n- step 30 at 30: 'step 30' | ~0.5",
    ),
    "rising numbers in the first column order the rows, a word among them stands aside": (
        "| workers | seconds |\n|---|---|\n| serial | 71.5 |\n| 1 | 71.4 |\n| 2 | 36.1 |\n| 4 | 20.0 |\n",
        "table\nposition 'workers'\nmeasure 'seconds' [s]\n"
        "- serial: 'serial' | ~71.5 s\n- 1 at 1: ~1 | ~71.4 s\n- 2 at 2: ~2 | ~36.1 s\n- 4 at 4: ~4 | ~20.0 s",
    ),
    "ranks and running numbers": (
        "| Rank | name | pts |\n|---|---|---|\n| 1st | a | 9.5 |\n| T2 | b | 9.0 |\n| T2 | c | 9.0 |\n\n"
        "| # | name | pts |\n|---|---|---|\n| 1 | a | 9.5 |\n| 2 | b | 8.5 |\n| 3 | c | 9.0 |\n",
        "table\nrank 'Rank'\nlabel 'name'\nmeasure 'pts'\n- a: 1st | ~9.5\n- b: T2 | ~9.0\n- c: T2 | ~9.0\n"
        "--\ntable (2)\nrank '#' =\nlabel 'name'\nmeasure 'pts'\n- a: 1 | ~9.5\n- b: 2 | ~8.5\n- c: 3 | ~9.0",
    ),
    "an empty label repeats the one above where another tells the rows apart": (
        "| set | class | F1 |\n|---|---|---|\n| one | cat | 0.5 |\n| | dog | 0.6 |\n| two | cat | 0.7 |\n",
        "table\nlabel 'set'\nlabel 'class'\nmeasure 'F1'\n- one, cat: ~0.5\n- one, dog: ~0.6\n- two, cat: ~0.7",
    ),
    "words behind the numbers are remarks, unless they come again": (
        "| tool | s | notes | kind |\n|---|---|---|---|\n| a | 1.5 | slow | old |\n| b | 2.5 | fast | old |\n"
        "| c | 3.5 | odd | new |\n| d | 4.5 | big | new |\n",
        "table\nlabel 'tool'\nmeasure 's'\ntext 'notes'\nlabel 'kind'\n"
        "- a, old: ~1.5 | 'slow'\n- b, old: ~2.5 | 'fast'\n- c, new: ~3.5 | 'odd'\n- d, new: ~4.5 | 'big'",
    ),
    "a label that spans the table begins a group": (
        "| m | B | C |\n|---|---|---|\n| base | 1.5 | 2.5 |\n| Encoder | | |\n| x | 1.4 | 2.4 |\n"
        "| **Decoder** | **Decoder** | **Decoder** |\n| y | 1.3 | 2.3 |\n",
        "table\nlabel 'm'\nmeasure 'B'\nmeasure 'C'\n- base: ~1.5 | ~2.5\n- x in Encoder: ~1.4 | ~2.4\n"
        "- y in Decoder: ~1.3 | ~2.3",
    ),
    "a header in the middle begins a table of its own": (
        "Table 7: scores\n\n| **Model** | **Width** small | **Width** large |\n|---|---|---|\n| a | 1.5 | 2.5 |\n"
        "| | **Depth** | **Depth** |\n| | 1-3 | 4-9 |\n| a | 3.5 | 4.5 |\n| **Model** | x | y |\n| a | 5.5 | 6.5 |\n",
        "Table 7\nlabel 'Model'\nmeasure 'Width small'\nmeasure 'Width large'\n- a: ~1.5 | ~2.5\n"
        "--\nTable 7 (2)\nlabel 'Model'\nmeasure 'Depth 1-3'\nmeasure 'Depth 4-9'\n- a: ~3.5 | ~4.5\n"
        "--\nTable 7 (3)\nlabel 'Model'\nmeasure 'x'\nmeasure 'y'\n- a: ~5.5 | ~6.5",
    ),
    "several header rows are joined": (
        "| Batch | Speed | Speed |\n|---|---|---|\n| Batch | old | new |\n| 1 | 2.5 | 3.5 |\n| 8 | 4.5 | 5.5 |\n| 64 | 6.5 | 7.5 |\n",
        "table\nposition 'Batch' =\nmeasure 'Speed old'\nmeasure 'Speed new'\n"
        "- 1 at 1: 1 | ~2.5 | ~3.5\n- 8 at 8: 8 | ~4.5 | ~5.5\n- 64 at 64: 64 | ~6.5 | ~7.5",
    ),
    "measures down the first column are turned round": (
        "| | ada | bob |\n|---|---|---|\n| Time (s) | 1.5 | 2.5 |\n| Accuracy (%) ↑ | 71.2 | 70.1 |\n",
        "table (turned)\nlabel ''\nmeasure 'Time' [s]\nmeasure 'Accuracy' [%] higher\n"
        "- ada: ~1.5 s | ~71.2 %\n- bob: ~2.5 s | ~70.1 %",
    ),
    "units that change from row to row tell measures too": (
        "| | ada | bob |\n|---|---|---|\n| build | 1.5 s | 2.5 s |\n| binary | 3 MB | 4 MB |\n",
        "table (turned)\nlabel ''\nmeasure 'build'\nmeasure 'binary'\n- ada: ~1.5 s s | ~3 MB MB\n- bob: ~2.5 s s | ~4 MB MB",
    ),
    "in doubt a table is left as it stands": (
        "| Metric | en | de |\n|---|---|---|\n| X1 | 0.5 | 0.6 |\n| Y2 | 0.7 | 0.8 |\n\n"
        "| proof | old | new |\n|---|---|---|\n| big, 17 MB | 1.5 s | 2.5 s |\n| small, 2 MB | 0.5 s | 0.6 s |\n",
        "table\nlabel 'Metric'\nmeasure 'en'\nmeasure 'de'\n- X1: ~0.5 | ~0.6\n- Y2: ~0.7 | ~0.8\n"
        "--\ntable (2)\nlabel 'proof'\nmeasure 'old'\nmeasure 'new'\n- big, 17 MB: ~1.5 s s | ~2.5 s s\n"
        "- small, 2 MB: ~0.5 s s | ~0.6 s s",
    ),
    "duplicate and empty headers get names of their own": (
        "| | x | x | |\n|---|---|---|---|\n| a | 1.5 | 2.5 | 3.5 |\n",
        "table\nlabel ''\nmeasure 'x'\nmeasure 'x (2)'\nmeasure 'column 4'\n- a: ~1.5 | ~2.5 | ~3.5",
    ),
    "a table is named by its number, else by its heading": (
        "# Speed\n\n**Table 3.** Runs\n\n| a | b |\n|---|---|\n| x | 1.5 |\n\n## Size ##\n\n| a | b |\n|---|---|\n| x | 1.5 |\n",
        "Table 3\nlabel 'a'\nmeasure 'b'\n- x: ~1.5\n--\nSize\nlabel 'a'\nmeasure 'b'\n- x: ~1.5",
    ),
    "nothing but words": (
        "| a | b |\n|---|---|\n| x | y |\n| z | nine lives |\n",
        "table\nlabel 'a'\nlabel 'b'\n- x, y: \n- z, nine lives: ",
    ),
    "an empty table": ("| a | b |\n|---|---|\n", "table\ntext 'a'\ntext 'b'"),
    "a cell too long to be a number": (
        f"| a | b |\n|---|---|\n| x | {'1' * 300} |\n",
        f"table\nlabel 'a'\nlabel 'b'\n- x, {'1' * 300}: \n"
        "left out: 1 cell(s) of more than 200 characters were not searched for numbers",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_is_understood_so(case: str) -> None:
    text, expected = CASES[case]
    assert rendered(text) == expected


def test_a_number_stands_where_it_says() -> None:
    text = "| a | b |\n|---|---|\n| x | about **1 247** MB ± 3 |\n| y | 5 |\n"
    (table,) = tables(Document("case.md", text))
    entry = table.rows[0].entries[1]
    assert (text[slice(*entry.span)], [text[slice(*one.span)] for one in entry.extra]) == ("1 247", [])
    assert text[slice(*entry.cell)] == "about **1 247** MB ± 3"


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
