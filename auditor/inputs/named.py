"""named: from the arguments of the command to sources, in their order, each file once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from auditor.inputs.source import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.inputs.source import Source


def named(arguments: Iterable[str]) -> Iterator[Source]:
    """The sources that the arguments name."""
    seen: set[str] = set()
    for argument in arguments:
        file = argument if "\0" in argument else os.path.realpath(argument)
        if file not in seen:
            seen.add(file)
            yield File(argument)
