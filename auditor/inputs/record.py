"""record: one row of a data set as its file has it, before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from auditor.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MOST_NAMES = 20
_LONGEST_NAME = 40


class Columns(NamedTuple):
    """Where in a row its text and its id stand."""

    text: str
    id: str | None
    """None for data sets whose rows are counted."""

    @classmethod
    def of(cls, text: str | None, identity: str | None) -> Columns | None:
        """The columns where one of texts is named; UsageError where there is only the other."""
        if text:
            return cls(text, identity or None)
        if identity:
            message = "--id-column is about data sets, and no column of texts is named"
            raise UsageError(message, hint="name it as well: --text-column text")
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """Both, where there are two."""
        return (self.text,) if self.id is None else (self.text, self.id)

    @property
    def options(self) -> tuple[str, ...]:
        """What says so on the command line."""
        return ("--text-column", self.text, *(() if self.id is None else ("--id-column", self.id)))


class Record(NamedTuple):
    """A row that can be read."""

    line: int | None
    """Where it begins, counted from 1; None where the file has no lines."""
    values: Mapping[str, object]
    """What stands in its columns."""


class Broken(NamedTuple):
    """A row that cannot be read."""

    line: int | None
    why: str
    """The end of a sentence that begins with the row."""
    hint: str = "mend the line, or take it out"


Rows: TypeAlias = "Iterable[Record | Broken]"
"""The rows of a file; InputError where there are none, or where what follows cannot be read."""


def check_columns(path: str, found: Iterable[str], columns: Columns) -> None:
    """InputError unless each column is there, once."""
    names = list(found)
    for wanted in columns.names:
        if names.count(wanted) > 1:
            message = f"{path} has the column {wanted!r} more than once"
            raise InputError(message, hint="give its columns names of their own")
        if wanted not in names:
            message = f"{path} has no column {wanted!r}; its columns are {listed(names)}"
            raise InputError(message, hint="name the columns with --text-column and --id-column")


def listed(names: Iterable[str]) -> str:
    """The names of columns as a reader can take them in."""
    kept = [repr(name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…") for name in names]
    more = len(kept) - _MOST_NAMES
    return ", ".join(kept[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
