"""source: one document to be, under the name it will have in the report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from auditor import sources
from auditor.errors import InputError

if TYPE_CHECKING:
    from typing import BinaryIO

    from auditor.document import Document, Row


class Source(Protocol):
    """Something that a document can be read from."""

    @property
    def name(self) -> str:
        """The name in the report, whatever becomes of reading."""

    @property
    def row(self) -> Row | None:
        """Where it is, if it is a row of a data set."""

    def read(self) -> Document:
        """The document; InputError where there is none to audit."""


class File(Struct, frozen=True):
    """A file by its path."""

    name: str
    row: Row | None = None

    def read(self) -> Document:
        """The text in the file."""
        return sources.read(self.name)


class StandardInput(Struct, frozen=True):
    """What is piped in, under the name of the file that it is, or will be, the content of."""

    name: str
    piped: list[bytes] = field(default_factory=list)
    """What was read from it, for a second reading."""
    row: Row | None = None

    def read(self) -> Document:
        """The text piped in, whether or not there is a file of that name."""
        if self.piped:
            return sources.decoded(self.name, self.piped[0])
        stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)  # there is none at all where it was closed
        if stream is None:
            message = f"there is no standard input to read {self.name} from"
            raise InputError(message, hint="pipe the text in, or name a file")
        try:
            data = stream.read(sources.LIMIT + 1)
        except OSError as error:
            message = f"standard input cannot be read: {error.strerror or error}"
            raise InputError(message, hint="pipe the text in, or name a file") from error
        self.piped.append(data)
        return sources.decoded(self.name, data)


class Refused(Struct, frozen=True):
    """Something that was named and that no document can be read from."""

    name: str
    error: InputError
    row: Row | None = None

    def read(self) -> Document:
        """Raise the reason."""
        raise self.error
