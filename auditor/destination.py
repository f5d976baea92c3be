"""destination: the file that a report is written to, in one step.

It is looked at before anything is audited, so that no model is asked in vain.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from auditor import atomically
from auditor.errors import UsageError


@dataclass(frozen=True, slots=True)
class Destination:
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
            message = f"{name} is a folder, and --output needs a file"
            raise UsageError(message, hint="name a file in it")
        if not place.parent.is_dir():
            message = f"the folder of {name} does not exist"
            raise UsageError(message, hint="make the folder first, or check the spelling")
        if not os.access(place if place.exists() else place.parent, os.W_OK):
            message = f"{name} may not be written: permission denied"
            raise UsageError(message, hint="name another file, or make that place writable")
        return cls(place)

    def write(self, text: str) -> None:
        """Write the old file's successor beside it and put it in its place; UsageError where that fails."""
        data = text.encode("utf-8")
        try:
            if self.place.exists() and not self.place.is_file():
                self.place.write_bytes(data)  # a device or a pipe takes what it gets, and is not replaced
            else:
                atomically.write(self.place, data)
        except OSError as error:
            message = f"the report cannot be written to {self.place}: {error.strerror or error}"
            raise UsageError(message, hint="make room or make the place writable, or name another file") from error
