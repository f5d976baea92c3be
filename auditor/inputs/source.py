"""source: one document to be, under the name it will have in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from auditor import sources

if TYPE_CHECKING:
    from auditor.document import Document
    from auditor.errors import InputError


class Source(Protocol):
    """Something that a document can be read from."""

    @property
    def name(self) -> str:
        """The name in the report, whatever becomes of reading."""

    def read(self) -> Document:
        """The document; InputError where there is none to audit."""


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path."""

    name: str

    def read(self) -> Document:
        """The text in the file."""
        return sources.read(self.name)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was named and that no document can be read from."""

    name: str
    error: InputError

    def read(self) -> Document:
        """Raise the reason."""
        raise self.error
