"""line: the lines of a source, each by its place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Line(NamedTuple):
    """A line without its line end and white space at its end."""

    start: int
    end: int
    indent: int

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but white space."""
        return self.start + self.indent >= self.end

    @property
    def text_start(self) -> int:
        """Where what it says begins."""
        return self.start + self.indent


def lines_of(source: str) -> list[Line]:
    """The lines of a source without tabs."""
    lines, start = [], 0
    for text in source.split("\n"):
        lines.append(Line(start, start + len(text.rstrip()), len(text) - len(text.lstrip())))
        start += len(text) + 1
    return lines


def indented(lines: Sequence[Line], number: int, indent: int) -> int:
    """The line behind those that are indented more, without blank lines at their end."""
    after = number
    while number < len(lines) and (lines[number].is_blank or lines[number].indent > indent):
        number += 1
        if not lines[number - 1].is_blank:
            after = number
    return after
