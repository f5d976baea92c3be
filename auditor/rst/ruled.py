"""ruled: a line of a drawn table, in which a sign that is drawn two columns wide takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.rst.line import Line
    from auditor.rst.table import Stretch

_FILLER = "\0"


class Ruled(NamedTuple):
    """A line by its columns."""

    text: str
    """One sign for each column."""
    places: Sequence[int]
    """Where in the source each of them stands, and where the line ends."""

    def part(self, start: int, end: int | None) -> tuple[Stretch, str] | None:
        """What stands between two columns, by its place and as text; None where that is nothing."""
        text = self.text[start:end]
        inner = text.strip(f" {_FILLER}")
        if not inner:
            return None
        left = start + len(text) - len(text.lstrip())
        return (self.places[left], self.places[min(left + len(text.strip()), len(self.text))]), inner


def ruled(source: str, line: Line, indent: int) -> Ruled:
    """A line by its columns, which begin behind an indentation."""
    start = min(line.start + indent, line.end)
    text = source[start : line.end]
    if text.isascii():
        return Ruled(text, range(start, line.end + 1))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text, start):
        wide = east_asian_width(sign) in {"W", "F"}
        signs += [sign, _FILLER] if wide else [sign]
        places += [place, place + 1] if wide else [place]
    return Ruled("".join(signs), [*places, line.end])
