"""inline: running text, of which roles and links show what a reader sees and not where they lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE = re.compile(
    r"``[^`]+``"
    r"|(?::[\w.+-]+(?::[\w.+-]+)*:)?`(?P<text>[^`<]+?)(?:\s*<[^<>`]*>)?`(?::[\w.+-]+:|__?(?!\w))?"
    r"|\\(?P<escaped>\S)|(?P<nothing>\\(?:\s|\Z))"
    r"|\[(?P<note>[^\s\[\]]{1,40})\]_(?!\w)"
)


class Piece(NamedTuple):
    """A stretch of the source that is shown."""

    start: int
    end: int
    shown: str = ""
    """What is shown in place of the stretch: a sign that was escaped, the signs of Markdown around a note's mark."""


def inline(source: str, start: int, end: int) -> Iterator[Piece]:
    """What a stretch of the source shows, piece by piece."""
    at = start
    for match in _INLINE.finditer(source, start, end):
        yield Piece(at, match.start())
        if match["text"] is not None:
            yield Piece(*match.span("text"))
        elif match["escaped"] is not None:
            yield Piece(*match.span(), match["escaped"])
        elif match["note"] is not None:
            start_of, end_of = match.span("note")
            yield Piece(match.start(), start_of, "[^")
            yield Piece(start_of, end_of)
            yield Piece(end_of, match.end(), "]")
        elif match["nothing"] is None:
            yield Piece(*match.span())
        at = match.end()
    yield Piece(at, end)
