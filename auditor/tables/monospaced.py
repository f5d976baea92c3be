"""monospaced: a line of text by the columns that it takes up where every sign is as wide: one, two for some scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

Stretch = tuple[int, int]
"""Columns, from the first to the one behind the last."""

_QUOTED = re.compile(r"[ \t]*>[ \t>]*")
_FIELD = re.compile(r"[^ ]+(?: [^ ]+)*")
_RULE = re.compile(r"(?=.*?(?:--|==|__|[─━═]))[-=+|:_ \u2500-\u257f]+")
_TAB = 8


class Line(NamedTuple):
    """A line by its columns."""

    shown: str
    """One sign for each column; spaces for tabs and for the signs of a quotation."""
    places: Sequence[int]
    """Where in the text each of them stands, and where the line ends."""
    is_rule: bool
    """Whether it draws a line and says nothing."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Where it ends, white space left out."""
        return self.places[len(self.shown)]

    @property
    def fields(self) -> list[Stretch]:
        """What gaps of two columns and more separate."""
        return [match.span() for match in _FIELD.finditer(self.shown)]


def line_at(text: str, start: int, length: int) -> Line:
    """The line of a text that begins at a place and is so long."""
    source = text[start : start + length].rstrip()
    quoted = _QUOTED.match(source)
    if quoted is not None:
        source = " " * quoted.end() + source[quoted.end() :]
    if source.isascii() and "\t" not in source:
        return Line(source, range(start, start + len(source) + 1), _RULE.fullmatch(source) is not None)
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(source, start):
        wide = " " * (_TAB - len(signs) % _TAB) if sign == "\t" else sign
        wide = f"{sign}\0" if not sign.isascii() and east_asian_width(sign) in "WF" else wide
        signs += wide
        places += [place] * len(wide)
    shown = "".join(signs)
    return Line(shown, [*places, start + len(source)], _RULE.fullmatch(shown) is not None)
