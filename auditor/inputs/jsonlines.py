"""jsonlines: the rows of a file with one JSON object a line, read line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import sources, strictly
from auditor.inputs.record import Broken, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from auditor.inputs.record import Columns, Rows

_MARK = b"\xef\xbb\xbf"


def rows(path: str, columns: Columns) -> Rows:
    """The rows of the file; blank lines are none."""
    del columns  # each row has its own, and is told of by itself where they are missing
    sources.check(path)
    try:
        with Path(path).open("rb") as file:
            yield from _rows(file)
    except OSError as error:
        raise sources.unreadable(path, error) from error


def _rows(file: BinaryIO) -> Iterator[Record | Broken]:
    number = 0
    while line := file.readline(sources.LIMIT + 1):
        number += 1
        if len(line) > sources.LIMIT and not line.endswith(b"\n"):
            yield Broken(number, f"is longer than {sources.LIMIT >> 20} MB, the most that is read", "take it out")
            while line and not line.endswith(b"\n"):
                line = file.readline(sources.LIMIT)
            continue
        if number == 1:
            line = line.removeprefix(_MARK)
        if line.strip():
            yield _row(number, line.rstrip(b"\r\n"))


def _row(number: int, line: bytes) -> Record | Broken:
    try:
        content: object = json.loads(line.decode("utf-8"), object_pairs_hook=strictly.once)
    except UnicodeDecodeError as error:
        why = f"is not UTF-8: byte 0x{line[error.start]:02X} at offset {error.start} of the line fits no character"
        return Broken(number, why)
    except json.JSONDecodeError as error:
        return Broken(number, f"is not JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return Broken(number, "is nested too deeply")
    except strictly.Unusable:
        return Broken(number, "has a key twice in one object")
    except ValueError:
        return Broken(number, "holds a number of too many digits")
    if not isinstance(content, dict):
        return Broken(number, "is not a JSON object")
    return Record(number, content)
