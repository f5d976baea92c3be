"""rendition: the text of a source in markup, written as Markdown, each character knowing where in the source it stands.

What the source has letter for letter stands there letter for letter; the signs of Markdown
around it stand where what they are for begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

_UNEVEN = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_BLOCK_START = re.compile(r"#{1,6}\s|[-*+>]\s|```|~~~|\|")


class Rendition(Struct, frozen=True):
    """A text with the way back."""

    text: str
    """In Markdown."""
    source: str
    """What it is the text of; line ends are LF."""
    starts: tuple[int, ...]
    """Where in the text each piece begins."""
    origins: tuple[int, ...]
    """Where in the source it begins."""
    lengths: tuple[int, ...]
    """How much of the source it takes: as many code points as it has, or another number for what is written otherwise."""

    def place(self, offset: int) -> int:
        """Where in the source a code point of the text stands."""
        if not self.starts:
            return 0
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[piece] + min(offset - self.starts[piece], max(self.lengths[piece] - 1, 0))

    def end(self, offset: int) -> int:
        """Where in the source a stretch of the text ends that ends here."""
        if not self.starts or offset == 0:
            return 0
        piece = max(bisect_right(self.starts, offset - 1) - 1, 0)
        inside = offset - self.starts[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        whole = offset == following
        return self.origins[piece] + (self.lengths[piece] if whole else min(inside, self.lengths[piece]))


class Writer:
    """Writes a rendition from the beginning to the end; white space is written when something follows it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._lengths: list[int] = []
        self._size = 0
        self._tail = "\n\n"  # the end of what is written
        self._waiting = ""  # white space to write before what follows, and the stretch of the source that it is for
        self._space = (0, 0)
        self._signed = False

    def finished(self) -> Rendition:
        """What was written, with a line end behind it."""
        if not self._tail.endswith("\n"):
            self._piece("\n", len(self.source), 0)
        text = "".join(self._pieces)
        return Rendition(text, self.source, tuple(self._starts), tuple(self._origins), tuple(self._lengths))

    def write(self, text: str, origin: int, length: int | None = None) -> None:
        """A piece of text and the stretch of the source that it is for; by default one as long."""
        if text:
            self.flush(origin)
            self._signed = False
            self._piece(text, origin, len(text) if length is None else length)

    def flush(self, origin: int) -> None:
        """Write the white space that waits."""
        waiting, self._waiting = self._waiting, ""
        if waiting == " ":
            self._piece(" ", *self._space)
        elif waiting and not self._tail.endswith(waiting):
            self._piece("\n" if self._tail.endswith("\n") else waiting, origin, 0)

    def _piece(self, text: str, origin: int, length: int) -> None:
        self._pieces.append(text)
        self._starts.append(self._size)
        self._origins.append(origin)
        self._lengths.append(length)
        self._size += len(text)
        self._tail = (self._tail + text)[-2:]

    def verbatim(self, start: int, end: int) -> None:
        """A stretch of the source as it is."""
        self.write(self.source[start:end], start)

    def space(self, start: int, end: int) -> None:
        """A stretch of the source that is white space: one space, unless it is at the beginning or end of a line."""
        if not self._waiting and not self._signed and not self._tail.endswith((" ", "\n")):
            self._waiting, self._space = " ", (start, end - start)

    def flowing(self, start: int, end: int) -> None:
        """A stretch of the source as running text."""
        at = start
        for space in _UNEVEN.finditer(self.source, start, end):
            self._words(at, space.start())
            self.space(*space.span())
            at = space.end()
        self._words(at, end)

    def _words(self, start: int, end: int) -> None:
        """Words with single spaces between them."""
        if start < end and self.source[start] == " ":
            self.space(start, start + 1)
            start += 1
        last = end - (start < end and self.source[end - 1] == " ")
        at_start = self._waiting.startswith("\n") or (not self._waiting and self._tail.endswith("\n"))
        if at_start and start < last and _BLOCK_START.match(self.source, start, min(end + 1, len(self.source))):
            self.write("\\", start, 0)  # it would be a heading, an item or a row, and is none
        self.verbatim(start, last)
        if last < end:
            self.space(last, end)

    def sign(self, text: str, origin: int) -> None:
        """What a block begins with: what follows is on the same line, whatever it begins with itself."""
        self.write(text, origin, 0)
        self._signed = True

    def line(self) -> None:
        """What follows begins a line."""
        if not self._signed and self._waiting != "\n\n":
            self._waiting = "\n"

    def block(self) -> None:
        """What follows begins a block."""
        if not self._signed:
            self._waiting = "\n\n"

    def end_line(self) -> None:
        """What came before is at its end, even if it was nothing; what follows begins a line."""
        self._signed = False
        self.line()

    def end_block(self) -> None:
        """What came before is at its end, even if it was nothing; what follows begins a block."""
        self._signed = False
        self.block()

    def mark(self, origin: int) -> int:
        """Where the next piece will be, for `rewrite`."""
        self.flush(origin)
        return len(self._pieces)

    def rewrite(self, mark: int, written: Callable[[str], str | None]) -> None:
        """Write the pieces since a mark otherwise, letter by letter; None leaves them as they are."""
        changed = [written(piece) for piece in self._pieces[mark:]]
        if changed and all(piece is not None for piece in changed):
            self._pieces[mark:] = [piece for piece in changed if piece is not None]
