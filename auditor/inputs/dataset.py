"""dataset: the rows of a data set as sources, one at a time; a row that is none is told and the rest goes on."""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import sources
from auditor.document import Row
from auditor.errors import InputError
from auditor.inputs.record import Broken, Record, listed
from auditor.inputs.source import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.document import Document
    from auditor.inputs.record import Columns, Rows
    from auditor.inputs.source import Source

READERS = {
    ".csv": "delimited",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
    ".parquet": "parquet",
    ".tsv": "delimited",
}
"""What reads a data set, by the end of its name."""
NEVER_TEXT = {".jsonl", ".ndjson", ".parquet"}
"""The ends of names of data sets that cannot be documents themselves."""

_LOOKED_AT = 100
_MEND = "mend the row, or take it out"


class _Text(Struct, frozen=True):
    """A row with a text."""

    name: str
    text: str
    row: Row

    def read(self) -> Document:
        """The text of the row."""
        if (nul := self.text.find("\0")) >= 0:
            message = f"{self.name} is binary, not text: there is a NUL at character {nul}"
            raise InputError(message, hint=_MEND)
        if not (_is_whole(self.text) and _is_whole(self.row.id)):
            message = f"{self.name} holds half a character, or bytes that are not UTF-8"
            raise InputError(message, hint=_MEND)
        if len(self.text) > sources.LIMIT:
            message = f"{self.name} is larger than {sources.LIMIT >> 20} MB, the most that is audited"
            raise InputError(message, hint="split it, or leave it out")
        return sources.document(self.name, self.text, self.row)


def _is_whole(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def suffix(path: str) -> str:
    """The end of a name that says what is in the file."""
    return PurePath(path).suffix.lower()


def without_columns(path: str) -> Refused:
    """A data set of which nobody said which column holds the texts."""
    message = f"{path} is a data set, and no column of it is named as the texts to audit"
    return Refused(path, InputError(message, hint="name the column: --text-column text"))


def texts(path: str, columns: Columns) -> Iterator[Source]:
    """The rows of a data set, in their order; what cannot be read is told once, at its place."""
    rows: Callable[[str, Columns], Rows] = import_module(f"auditor.inputs.{READERS[suffix(path)]}").rows
    seen: set[str] = set()
    found = False
    try:
        for number, record in enumerate(_known(path, iter(rows(path, columns)), columns), start=1):
            found = True
            yield _source(path, columns, record, number, seen)
        if not found:
            message = f"{path} holds no rows"
            yield Refused(path, InputError(message, hint="leave it out, or write some rows into it"))
    except InputError as error:
        yield Refused(path, error)


def _known(path: str, rows: Iterator[Record | Broken], columns: Columns) -> Iterator[Record | Broken]:
    """The rows; InputError where none of the first ones has the column of texts: a misspelling, told once."""
    first: list[Record | Broken] = []
    failure = None
    try:
        first.extend(islice(rows, _LOOKED_AT))
    except InputError as error:
        failure = error
    records = [record for record in first if isinstance(record, Record)]
    if records and not any(columns.text in record.values for record in records):
        message = f"no row of {path} has {columns.text!r}; the first one has {listed(records[0].values) or 'nothing'}"
        raise InputError(message, hint="name the column of texts with --text-column")
    yield from first
    if failure is not None:
        raise failure
    yield from rows


def _source(path: str, columns: Columns, record: Record | Broken, number: int, seen: set[str]) -> Source:
    place = f"{path}:{record.line or number}"
    row = Row(path, "", record.line, columns.options)
    if isinstance(record, Broken):
        return Refused(place, InputError(f"{place} {record.why}", hint=record.hint), row)
    identity = str(number)
    if columns.id is not None:
        given = record.values.get(columns.id)
        if isinstance(given, bool) or not isinstance(given, str | int) or given == "":
            what = "has no" if given in (None, "") else "has no text or whole number as its"
            return Refused(place, InputError(f"{place} {what} {columns.id!r}", hint=_MEND), row)
        identity = str(given)
    if identity in seen:
        message = f"{place} has the {columns.id!r} of an earlier row, {identity!r}"
        return Refused(place, InputError(message, hint="give every row an id of its own"), row)
    seen.add(identity)
    name = f"{path}#{identity}"
    row = Row(path, identity, record.line, columns.options)
    text = record.values.get(columns.text)
    if not isinstance(text, str):
        what = "has no" if text is None else "has no text as its"
        return Refused(name, InputError(f"{name} {what} {columns.text!r}", hint=_MEND), row)
    return _Text(name, text, row)
