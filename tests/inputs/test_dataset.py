"""Tests of data sets: which rows are documents, and the one sentence for each row and file that is none."""

from __future__ import annotations

import builtins
import csv
import json
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from auditor import sources
from auditor.document import Document, Row
from auditor.errors import InputError
from auditor.inputs import jsonlines
from auditor.inputs.dataset import texts
from auditor.inputs.record import Columns, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_ID = Columns("text", "id")
COUNTED = Columns("text", None)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _read(path: str, columns: Columns = BY_ID) -> list[tuple[str, str]]:
    """The name of each row with its text, or what is said of it."""
    return list(_each(path, columns))


def _each(path: str, columns: Columns) -> Iterator[tuple[str, str]]:
    for source in texts(path, columns):
        try:
            yield source.name, source.read().text
        except InputError as error:
            yield source.name, f"! {error.message}"


JSONL: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "two rows": (b'{"id": "a", "text": "A is 3."}\n{"id": 7, "text": "B"}\n', [("d.jsonl#a", "A is 3."), ("d.jsonl#7", "B")]),
    "no line end, a mark, blank lines": (
        b'\xef\xbb\xbf{"id": "a", "text": "A"}\r\n\r\n  \n{"id": "b", "text": "B"}', [("d.jsonl#a", "A"), ("d.jsonl#b", "B")],
    ),
    "line ends in a text": (b'{"id": "a", "text": "A\\r\\nB\\rC\\u2028"}', [("d.jsonl#a", "A\nB\nC\u2028")]),
    "not JSON": (
        b'{"id": "a", "text": "A"}\n{"id": "b", "text"\n[]\n7\n{"id": "c", "text": "C"}\n',
        [
            ("d.jsonl#a", "A"),
            ("d.jsonl:2", "! d.jsonl:2 is not JSON: Expecting ':' delimiter at column 19"),
            ("d.jsonl:3", "! d.jsonl:3 is not a JSON object"),
            ("d.jsonl:4", "! d.jsonl:4 is not a JSON object"),
            ("d.jsonl#c", "C"),
        ],
    ),
    "a key twice": (
        b'{"id": "a", "text": "A", "text": "B"}\n{"id": "b", "text": "B", "more": {"x": 1, "x": 2}}\n',
        [
            ("d.jsonl:1", "! d.jsonl:1 has a key twice in one object"),
            ("d.jsonl:2", "! d.jsonl:2 has a key twice in one object"),
        ],
    ),
    "not UTF-8": (
        b'{"id": "a", "text": "caf\xe9"}\n{"id": "b", "text": "B"}',
        [
            ("d.jsonl:1", "! d.jsonl:1 is not UTF-8: byte 0xE9 at offset 24 of the line fits no character"),
            ("d.jsonl#b", "B"),
        ],
    ),
    "nested too deeply": (b'{"id": ' + b"[" * 100_000 + b"\n", [("d.jsonl:1", "! d.jsonl:1 is nested too deeply")]),
    "a number without end": (
        b'{"id": ' + b"1" * 10_000 + b"}\n", [("d.jsonl:1", "! d.jsonl:1 holds a number of too many digits")],
    ),
    "texts that are none": (
        (b'{"id": 1}\n{"id": 2, "text": null}\n{"id": 3, "text": 5}\n{"id": 4, "text": ""}\n{"id": 5, "text": " \\n"}\n'
        b'{"id": 6, "text": "a\\u0000"}\n{"id": 7, "text": "\\ud800"}\n{"id": 8, "text": ["x"]}\n'),
        [
            ("d.jsonl#1", "! d.jsonl#1 has no 'text'"),
            ("d.jsonl#2", "! d.jsonl#2 has no 'text'"),
            ("d.jsonl#3", "! d.jsonl#3 has no text as its 'text'"),
            ("d.jsonl#4", "! d.jsonl#4 is empty"),
            ("d.jsonl#5", "! d.jsonl#5 holds nothing but white space"),
            ("d.jsonl#6", "! d.jsonl#6 is binary, not text: there is a NUL at character 1"),
            ("d.jsonl#7", "! d.jsonl#7 holds half a character, or bytes that are not UTF-8"),
            ("d.jsonl#8", "! d.jsonl#8 has no text as its 'text'"),
        ],
    ),
    "ids that are none": (
        (b'{"text": "A"}\n{"id": null, "text": "A"}\n{"id": "", "text": "A"}\n{"id": 1.5, "text": "A"}\n'
        b'{"id": true, "text": "A"}\n{"id": "\\ud800", "text": "A"}\n{"id": 0, "text": "A"}\n'),
        [
            ("d.jsonl:1", "! d.jsonl:1 has no 'id'"),
            ("d.jsonl:2", "! d.jsonl:2 has no 'id'"),
            ("d.jsonl:3", "! d.jsonl:3 has no 'id'"),
            ("d.jsonl:4", "! d.jsonl:4 has no text or whole number as its 'id'"),
            ("d.jsonl:5", "! d.jsonl:5 has no text or whole number as its 'id'"),
            ("d.jsonl#\ud800", "! d.jsonl#\ud800 holds half a character, or bytes that are not UTF-8"),
            ("d.jsonl#0", "A"),
        ],
    ),
    "an id twice": (
        b'{"id": "7", "text": "A"}\n{"id": 7, "text": "B"}\n{"id": "7", "text": "C"}\n{"id": "8", "text": "D"}\n',
        [
            ("d.jsonl#7", "A"),
            ("d.jsonl:2", "! d.jsonl:2 has the 'id' of an earlier row, '7'"),
            ("d.jsonl:3", "! d.jsonl:3 has the 'id' of an earlier row, '7'"),
            ("d.jsonl#8", "D"),
        ],
    ),
    "any id": (
        '{"id": "../../etc/x", "text": "A"}\n{"id": "\\u001b[31m\\n<b>", "text": "B"}\n{"id": "Zürich #7", "text": "C"}\n'.encode(),
        [("d.jsonl#../../etc/x", "A"), ("d.jsonl#\x1b[31m\n<b>", "B"), ("d.jsonl#Zürich #7", "C")],
    ),
    "no such column": (
        b'{"id": "a", "body": "A"}\n{"id": "b", "body": "B"}\n',
        [("d.jsonl", "! no row of d.jsonl has 'text'; the first one has 'id', 'body'")],
    ),
    "no column at all": (b"{}\n{}\n", [("d.jsonl", "! no row of d.jsonl has 'text'; the first one has nothing")]),
    "nothing": (b"", [("d.jsonl", "! d.jsonl holds no rows")]),
    "blank": (b"\n\n \n", [("d.jsonl", "! d.jsonl holds no rows")]),
}  # fmt: skip


@pytest.mark.parametrize("case", JSONL)
def test_jsonl(case: str) -> None:
    data, expected = JSONL[case]
    Path("d.jsonl").write_bytes(data)
    assert _read("d.jsonl") == expected


CSV: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "two rows": ("id,text\na,A is 3.\nb,B\n", [("d.csv#a", "A is 3."), ("d.csv#b", "B")]),
    "other columns, other order": ("text,n,id\nA,1,a\n", [("d.csv#a", "A")]),
    "semicolons, a mark, CRLF": ("\ufeffid;text\r\na;1,5 and 2,5\r\n", [("d.csv#a", "1,5 and 2,5")]),
    "tabs": ("id\ttext\na\tA, and B\n", [("d.csv#a", "A, and B")]),
    "lines and quotes in a field": ('id,text\n"a","A ""x""\n\nB"\nb,B\n', [("d.csv#a", 'A "x"\n\nB'), ("d.csv#b", "B")]),
    "blank lines": ("id,text\n\na,A\n\n", [("d.csv#a", "A")]),
    "too few and too many fields": (
        "id,text\na\nb,B,more\nc,C\n",
        [
            ("d.csv#a", "! d.csv#a has no 'text'"),
            ("d.csv:3", "! d.csv:3 has 3 fields, and the header 2"),
            ("d.csv#c", "C"),
        ],
    ),
    "quotes that do not close": (
        'id,text\na,"A" x\nb,B\nc,"C\nd,D\n',
        [
            ("d.csv:2", "! d.csv:2 is not a row of the table: ',' expected after '\"'"),
            ("d.csv#b", "B"),
            ("d.csv:4", "! d.csv:4 has a quoted field that is never closed, and the rest of the file is in it"),
        ],
    ),
    "an id twice": (
        "id,text\na,A\na,B\n", [("d.csv#a", "A"), ("d.csv:3", "! d.csv:3 has the 'id' of an earlier row, 'a'")],
    ),
    "no such column": ("id,body\na,A\n", [("d.csv", "! d.csv has no column 'text'; its columns are 'id', 'body'")]),
    "no such id": ("name,text\na,A\n", [("d.csv", "! d.csv has no column 'id'; its columns are 'name', 'text'")]),
    "a column twice": ("id,text,text\na,A,B\n", [("d.csv", "! d.csv has the column 'text' more than once")]),
    "only a header": ("id,text\n", [("d.csv", "! d.csv holds no rows")]),
    "nothing": ("", [("d.csv", "! d.csv has no header that says which column is which")]),
    "many columns": (
        f"{','.join(map(str, range(30)))}\n",
        [(
            "d.csv",
            f"! d.csv has no column 'text'; its columns are {', '.join(repr(str(n)) for n in range(20))} and 10 more",
        )],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CSV)
def test_csv(case: str) -> None:
    data, expected = CSV[case]
    Path("d.csv").write_bytes(data.encode())
    assert _read("d.csv") == expected


def test_csv_that_is_not_utf_8_loses_the_row_alone() -> None:
    Path("d.csv").write_bytes(b"id,text\na,caf\xe9\nb,B\n")
    assert _read("d.csv") == [
        ("d.csv#a", "! d.csv#a holds half a character, or bytes that are not UTF-8"),
        ("d.csv#b", "B"),
    ]


def test_tsv_is_separated_by_tabs_whatever_its_header_has() -> None:
    Path("d.tsv").write_text("id\ttext, in, full\na\tA\n", encoding="utf-8")
    assert _read("d.tsv", Columns("text, in, full", "id")) == [("d.tsv#a", "A")]


def test_rows_without_ids_are_counted() -> None:
    Path("d.jsonl").write_bytes(b'{"text": "A"}\n\nx\n{"text": "B"}\n')
    Path("d.csv").write_bytes(b'text\n"A\nA"\n"B"\n')
    assert _read("d.jsonl", COUNTED) == [
        ("d.jsonl#1", "A"),
        ("d.jsonl:3", "! d.jsonl:3 is not JSON: Expecting value at column 1"),
        ("d.jsonl#3", "B"),
    ]
    assert _read("d.csv", COUNTED) == [("d.csv#1", "A\nA"), ("d.csv#2", "B")]


def test_a_row_knows_where_it_stands_and_how_it_is_read() -> None:
    Path("d.jsonl").write_bytes(b'{"id": "a", "text": "A"}\n\n{"id": "b", "text": "B"}\n')
    Path("d.csv").write_bytes(b'text\n"A\nA"\nB\n')
    options = ("--text-column", "text", "--id-column", "id")
    assert [source.read() for source in texts("d.jsonl", BY_ID)] == [
        Document("d.jsonl#a", "A", row=Row("d.jsonl", "a", 1, options)),
        Document("d.jsonl#b", "B", row=Row("d.jsonl", "b", 3, options)),
    ]
    assert [source.read() for source in texts("d.csv", COUNTED)] == [
        Document("d.csv#1", "A\nA", row=Row("d.csv", "1", 2, options[:2])),
        Document("d.csv#2", "B", row=Row("d.csv", "2", 4, options[:2])),
    ]


def _parquet(**columns: pa.Array) -> None:
    parquet.write_table(pa.table(columns), "d.parquet")


def test_parquet() -> None:
    _parquet(id=pa.array([1, 2, None, 2, 5]), text=pa.array(["A is 3.", None, "C", "D", ""]), more=pa.array([0.5] * 5))
    assert _read("d.parquet") == [
        ("d.parquet#1", "A is 3."),
        ("d.parquet#2", "! d.parquet#2 has no 'text'"),
        ("d.parquet:3", "! d.parquet:3 has no 'id'"),
        ("d.parquet:4", "! d.parquet:4 has the 'id' of an earlier row, '2'"),
        ("d.parquet#5", "! d.parquet#5 is empty"),
    ]
    (first, *_) = texts("d.parquet", COUNTED)
    assert first.read() == Document(
        "d.parquet#1", "A is 3.", row=Row("d.parquet", "1", None, ("--text-column", "text"))
    )


def test_parquet_with_a_dictionary_of_texts() -> None:
    _parquet(text=pa.array(["A", "B", "A"]).dictionary_encode())
    assert _read("d.parquet", COUNTED) == [("d.parquet#1", "A"), ("d.parquet#2", "B"), ("d.parquet#3", "A")]


def test_parquet_of_other_types() -> None:
    _parquet(id=pa.array([1.5, 2.5]), text=pa.array([1, 2]))
    assert _read("d.parquet", COUNTED)[0] == ("d.parquet#1", "! d.parquet#1 has no text as its 'text'")
    assert _read("d.parquet")[0] == ("d.parquet:1", "! d.parquet:1 has no text or whole number as its 'id'")
    assert _read("d.parquet", Columns("body", None)) == [
        ("d.parquet", "! d.parquet has no column 'body'; its columns are 'id', 'text'")
    ]


def test_a_damaged_parquet_file() -> None:
    Path("d.parquet").write_bytes(b"PAR1 and then nothing")
    ((name, said),) = _read("d.parquet")
    assert name == "d.parquet"
    assert said.startswith("! d.parquet is not a Parquet file that can be read: ")
    assert "\n" not in said


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError
        return import_(name, *rest)  # type: ignore[arg-type]

    _parquet(text=pa.array(["A"]))
    monkeypatch.setattr(builtins, "__import__", without)
    (source,) = texts("d.parquet", COUNTED)
    with pytest.raises(InputError) as caught:
        source.read()
    assert (caught.value.message, caught.value.hint) == (
        "d.parquet is a Parquet file, and pyarrow, which reads those, is not installed",
        "pip install 'claim-auditor[parquet]'",
    )


@pytest.mark.parametrize("path", ["gone.jsonl", "gone.csv", "gone.parquet", "folder.csv", "nul\0.jsonl"])
def test_no_file(path: str) -> None:
    Path("folder.csv").mkdir()
    said = {
        "folder.csv": "folder.csv is a folder, not a text file",
        "nul\0.jsonl": "nul\0.jsonl cannot be the name of a file",
    }
    assert _read(path) == [(path, f"! {said.get(path, f'{path} does not exist')}")]


def test_a_line_without_end_is_refused_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LIMIT", 1024 * 1024)
    long = json.dumps({"id": "a", "text": "x" * (3 << 20)}).encode()
    Path("d.jsonl").write_bytes(long + b'\n{"id": "b", "text": "B"}\n' + long)
    said = "is longer than 1 MB, the most that is read"
    assert _read("d.jsonl") == [
        ("d.jsonl:1", f"! d.jsonl:1 {said}"),
        ("d.jsonl#b", "B"),
        ("d.jsonl:3", f"! d.jsonl:3 {said}"),
    ]


def test_a_field_without_end_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LIMIT", 1024 * 1024)
    Path("d.csv").write_text(f'id,text\na,A\nb,"{"x" * (2 << 20)}\nc,C"\nd,D\n', encoding="utf-8")
    before = csv.field_size_limit()
    assert _read("d.csv") == [("d.csv#a", "A"), ("d.csv", "! d.csv:3 has a field of more than 1 MB")]
    csv.field_size_limit(before)


def test_rows_are_read_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (Record(number, {"id": number, "text": "A"}) for number in count())
    monkeypatch.setattr(jsonlines, "rows", lambda *_: endless)
    assert [source.name for source in islice(texts("d.jsonl", BY_ID), 3)] == ["d.jsonl#0", "d.jsonl#1", "d.jsonl#2"]
