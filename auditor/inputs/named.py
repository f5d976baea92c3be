"""named: from the arguments of the command to sources, in their order, each file once."""

from __future__ import annotations

import glob
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import InputError, UsageError
from auditor.inputs.folder import Chosen, documents_in
from auditor.inputs.source import File, Refused, StandardInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.inputs.source import Source

STANDARD_INPUT = "-"

_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the command line and the project say of the documents, beside naming them."""

    stdin_filename: str | None = None
    """The name that standard input goes by."""
    chosen: Chosen = field(default_factory=Chosen)


def named(arguments: Sequence[str], inputs: Inputs | None = None) -> Iterator[Source]:
    """The sources that the arguments name; UsageError, at once, where the arguments do not go together."""
    inputs = inputs or Inputs()
    if inputs.stdin_filename is not None and STANDARD_INPUT not in arguments:
        message = "--stdin-filename names standard input, and standard input is not audited"
        raise UsageError(message, hint="add - to what is to be audited, or leave --stdin-filename out")
    return _once(_found(arguments, inputs))


def _once(found: Iterable[Source]) -> Iterator[Source]:
    """The sources without those of a file that came before."""
    seen: set[str] = set()
    for source in found:
        file = _real(source.name)
        if file not in seen:
            seen.add(file)
            yield source


def _real(name: str) -> str:
    try:
        return os.path.realpath(name)
    except ValueError:  # a NUL or a lone surrogate, which no file system takes
        return name


def _found(arguments: Iterable[str], inputs: Inputs) -> Iterator[Source]:
    for argument in arguments:
        if argument == STANDARD_INPUT:
            yield _standard_input(inputs.stdin_filename)
            continue
        for path in _expanded(argument):
            if Path(path).is_dir():
                for found in documents_in(path, inputs.chosen):
                    yield File(found) if isinstance(found, str) else found
            else:
                yield File(path)


def _standard_input(name: str | None) -> Source:
    if name:
        return StandardInput(name)
    message = "standard input has no name, and a recording is found by the name of its document"
    return Refused(STANDARD_INPUT, InputError(message, hint="name it: --stdin-filename report.md"))


def _expanded(argument: str) -> Sequence[str]:
    """What matches a pattern that the shell has left as it is; otherwise the argument, as a path."""
    if not _PATTERN.search(argument) or os.path.lexists(argument):
        return [argument]
    try:
        return sorted(glob.glob(argument, recursive=True)) or [argument]  # noqa: PTH207  an absolute one too
    except ValueError:  # a NUL or a lone surrogate
        return [argument]
