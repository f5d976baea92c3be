"""rows: the records of a file with one JSON object a line, checked as far as they are used."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from auditor import sources
from auditor.errors import InputError
from tests.accuracy.labelled import Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_HINT = "see docs/accuracy.md for the formats that are read"
_LONE = re.compile("[\ud800-\udfff]")
"""Half of a character: no file in UTF-8 can hold it."""
_AMBIGUOUS = "ambiguous"


def rows(file: Path) -> tuple[Mapping[str, object], ...]:
    """The objects of a file, in order; InputError where a line holds none."""
    found: list[Mapping[str, object]] = []
    for number, line in enumerate(sources.read(str(file)).text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            message = f"{file}:{number} is not JSON"
            raise InputError(message, hint=_HINT) from error
        if not isinstance(row, dict):
            message = f"{file}:{number} is not a JSON object"
            raise InputError(message, hint=_HINT)
        found.append(row)
    return tuple(found)


def keys(file: Path) -> frozenset[str]:
    """The keys of the first record of a file; none where there is no such file."""
    return frozenset(rows(file)[0]) if file.is_file() else frozenset()


def text(row: Mapping[str, object], key: str) -> str:
    """The string under a key, with LF as line ends; InputError where there is none."""
    value = row.get(key)
    if isinstance(value, str) and _LONE.search(value) is None:
        return value.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    message = f"a record has no string under {key!r}: {str(dict(row))[:80]}"
    raise InputError(message, hint=_HINT)


def objects(row: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    """The list of objects under a key; InputError where there is none."""
    value = row.get(key)
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    message = f"a record has no list of objects under {key!r}: {str(dict(row))[:80]}"
    raise InputError(message, hint=_HINT)


def strings(row: Mapping[str, object], key: str) -> Sequence[str]:
    """The list of strings under a key, empty where there is none; InputError where it holds anything else."""
    value = row.get(key) or []
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return value
    message = f"a record has something else than strings under {key!r}: {str(dict(row))[:80]}"
    raise InputError(message, hint=_HINT)


def label(row: Mapping[str, object]) -> Label | None:
    """The label of a record; None where it is ambiguous, which is left out."""
    written = text(row, "label")
    if written == _AMBIGUOUS:
        return None
    if written in {Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_CHECKABLE}:
        return Label(written)
    message = f"{written!r} is not a label"
    raise InputError(message, hint="the labels are supported, contradicted, not_checkable and ambiguous")


def file_name(name: str) -> str:
    """A name of the data set as one that any file system takes, and that cannot leave its folder."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-")[:120] or "unnamed"
