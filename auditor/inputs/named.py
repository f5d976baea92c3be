"""named: from the arguments of the command to sources, in their order, each file once."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from auditor.errors import InputError, UsageError
from auditor.inputs.dataset import NEVER_TEXT, READERS, suffix, texts, without_columns
from auditor.inputs.folder import Chosen, documents_in
from auditor.inputs.source import File, Refused, StandardInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.inputs.record import Columns
    from auditor.inputs.source import Source

STANDARD_INPUT = "-"

_PATTERN = re.compile(r"[*?\[]")


class Inputs(Struct, frozen=True):
    """What the command line and the project say of the documents, beside naming them."""

    stdin_filename: str | None = None
    """The name that standard input goes by."""
    chosen: Chosen = Chosen()
    columns: Columns | None = None
    """Where the texts of data sets stand; without it there are no data sets."""
    piped: list[bytes] = field(default_factory=list)
    """What was read from standard input, which gives it only once."""


def named(arguments: Sequence[str], inputs: Inputs | None = None) -> Iterator[Source]:
    """The sources that the arguments name; UsageError, at once, where the arguments do not go together."""
    inputs = inputs or Inputs()
    if inputs.stdin_filename is not None and STANDARD_INPUT not in arguments:
        message = "--stdin-filename names standard input, and standard input is not audited"
        raise UsageError(message, hint="add - to what is to be audited, or leave --stdin-filename out")
    return _sources(arguments, inputs)


def _sources(arguments: Iterable[str], inputs: Inputs) -> Iterator[Source]:
    seen: set[str] = set()
    for found in _found(arguments, inputs):
        name = found if isinstance(found, str) else found.name
        real = _real(name)
        if real in seen:
            continue
        seen.add(real)
        if not isinstance(found, str):
            yield found
        elif inputs.columns is not None and suffix(found) in READERS:
            yield from texts(found, inputs.columns)
        else:
            yield without_columns(found) if suffix(found) in NEVER_TEXT else File(found)


def _found(arguments: Iterable[str], inputs: Inputs) -> Iterator[str | Source]:
    """The paths that the arguments stand for, and what is no path."""
    for argument in arguments:
        if argument == STANDARD_INPUT:
            yield _standard_input(inputs)
            continue
        for path in _expanded(argument):
            if Path(path).is_dir():
                yield from documents_in(path, inputs.chosen)
            else:
                yield path


def _real(name: str) -> str:
    try:
        return os.path.realpath(name)
    except ValueError:  # a NUL or a lone surrogate, which no file system takes
        return name


def _standard_input(inputs: Inputs) -> Source:
    name = inputs.stdin_filename
    if not name:
        message = "standard input has no name, and a recording is found by the name of its document"
        return Refused(STANDARD_INPUT, InputError(message, hint="name it: --stdin-filename report.md"))
    if suffix(name) in (NEVER_TEXT if inputs.columns is None else READERS):
        message = f"standard input is one document, and {name} is a data set"
        return Refused(name, InputError(message, hint="name the data set as a file"))
    return StandardInput(name, inputs.piped)


def _expanded(argument: str) -> Sequence[str]:
    """What matches a pattern that the shell has left as it is; otherwise the argument, as a path."""
    if not _PATTERN.search(argument) or os.path.lexists(argument):
        return [argument]
    try:
        return sorted(glob.glob(argument, recursive=True)) or [argument]  # noqa: PTH207  an absolute one too
    except ValueError:  # a NUL or a lone surrogate
        return [argument]
