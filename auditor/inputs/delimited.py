"""delimited: the rows of a CSV or TSV file with a header, read one by one."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import sources
from auditor.errors import InputError
from auditor.inputs.record import Broken, Record, check_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from auditor.inputs.record import Columns, Rows


def rows(path: str, columns: Columns) -> Rows:
    """The rows below the header; what separates fields is a tab in a TSV file, else what the header has most of."""
    sources.check(path)
    csv.field_size_limit(sources.LIMIT)
    try:
        # What is not UTF-8 becomes half a character here, for which its row alone is refused.
        with Path(path).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from _rows(path, file, columns)
    except OSError as error:
        raise sources.unreadable(path, error) from error


def _rows(path: str, file: TextIO, columns: Columns) -> Iterator[Record | Broken]:
    first = file.readline(sources.LIMIT)
    separator = "\t" if path.lower().endswith(".tsv") else max(",;\t", key=first.count)
    file.seek(0)
    reader = csv.reader(file, delimiter=separator, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        message = f"the header of {path} cannot be read: {error}"
        raise InputError(message, hint="mend the first line of the file") from error
    if not any(header):
        message = f"{path} has no header that says which column is which"
        raise InputError(message, hint="write the names of the columns into its first line")
    check_columns(path, header, columns)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            if "limit" in str(error):
                message = f"{path}:{line} has a field of more than {sources.LIMIT >> 20} MB"
                hint = "take the row out; it and what follows it were not audited"
                raise InputError(message, hint=hint) from error
            endless = "unexpected end" in str(error)
            why = (
                "has a quoted field that is never closed, and the rest of the file is in it" if endless else str(error)
            )
            yield Broken(line, why if endless else f"is not a row of the table: {why}")
            continue
        if fields is None:
            return
        if len(fields) > len(header):
            yield Broken(line, f"has {len(fields)} fields, and the header {len(header)}")
        elif fields:
            yield Record(line, dict(zip(header, fields, strict=False)))
