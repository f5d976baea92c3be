"""destination: where reports go: each format to standard output or to a file, which is written in one step.

All of it is looked at before anything is audited, so that no model is asked in vain.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import formats
from auditor.errors import UsageError
from auditor.files import atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Destination(Struct, frozen=True):
    """A file that can be written, as far as can be told beforehand."""

    place: Path
    """With all links followed, so that a link stays one."""

    @classmethod
    def of(cls, name: str) -> Destination:
        """The destination of that name; UsageError where it cannot be written."""
        if "\0" in name or not name:
            message = f"{name!r} cannot be the name of a file"
            raise UsageError(message, hint="check the spelling")
        place = Path(os.path.realpath(name))
        if place.is_dir():
            message = f"{name} is a folder, and a report needs a file"
            raise UsageError(message, hint="name a file in it")
        if not place.parent.is_dir():
            message = f"the folder of {name} does not exist"
            raise UsageError(message, hint="make the folder first, or check the spelling")
        if not os.access(place if place.exists() else place.parent, os.W_OK):
            message = f"{name} may not be written: permission denied"
            raise UsageError(message, hint="name another file, or make that place writable")
        return cls(place)

    def write(self, pieces: Iterable[str]) -> None:
        """Write the old file's successor beside it and put it in its place; UsageError where that fails."""
        data = (piece.encode("utf-8") for piece in pieces)
        try:
            if self.place.exists() and not self.place.is_file():
                self._hand_over(data)  # a device or a pipe takes what it gets, and is not replaced
            else:
                atomically.write(self.place, data)
        except OSError as error:
            message = f"the report cannot be written to {self.place}: {error.strerror or error}"
            raise UsageError(message, hint="make room or make the place writable, or name another file") from error

    def _hand_over(self, data: Iterable[bytes]) -> None:
        with self.place.open("wb") as taker:
            taker.writelines(data)


class Outlet(Struct, frozen=True):
    """A format and where it goes."""

    form: str
    place: Destination | None
    """None for standard output."""


def outlets(asked: Sequence[str], output: str | None, documents: Iterable[str]) -> tuple[Outlet, ...]:
    """What is asked for as FORMAT or FORMAT=FILE, and --output; UsageError where that cannot all be done."""
    found: list[Outlet] = []
    for form, separator, name in (each.partition("=") for each in asked):
        formats.check(form)
        found.append(Outlet(form, Destination.of(name) if separator else None))
    if output is not None:
        if len(found) > 1 or found[0].place is not None:
            message = "--output goes with a single --format that names no file"
            raise UsageError(message, hint="name the files as --format FORMAT=FILE instead")
        found = [Outlet(found[0].form, Destination.of(output))]
    if sum(outlet.place is None for outlet in found) > 1:
        message = "only one format can go to standard output"
        raise UsageError(message, hint="give the others a file: --format FORMAT=FILE")
    places = [outlet.place.place for outlet in found if outlet.place is not None]
    for number, place in enumerate(places):
        if place in places[:number]:
            message = f"two formats would be written to {place}"
            raise UsageError(message, hint="give each a file of its own")
    sources = {Path(os.path.realpath(path)) for path in documents if "\0" not in path}
    for place in places:
        if place in sources:
            message = f"{place} is to be audited, and a report would be written over it"
            raise UsageError(message, hint="name another file for the report")
    return tuple(found)
