"""unwrapped: the text of a document with each stretch of white space as one space, and the way back.

Quotes are looked for in it, since prose is wrapped. Numbers are read from it, since "1.2
million" is one number however it is spaced; there, lines that are no wrapped prose stay
apart, and so do two digits, which might make a number of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Document

# Both begin with a plain set of characters, by which they skip the words between; what stood before is looked at then.
_WRAP = re.compile(r"\s(?:(?<=\n)|(?=\s))(?<=\S\s)(?:(?<=\n)[^\S\n]*|(?<!\n)(?:[^\S\n]*\n[^\S\n]*|[^\S\n]+))(?=\S)")
_SPACE = re.compile(r"\s(?:\s+|(?<=[^\S ]))")


class Unwrapped:
    """A text without needless white space, and where each place of it stands in the document."""

    def __init__(self, text: str, runs: Sequence[tuple[int, int]]) -> None:
        self.is_changed = bool(runs)
        """Whether any white space was needless."""
        edges = [0, *(edge for run in runs for edge in run), len(text)]
        self.text = " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
        self._removed = [0, *accumulate(end - start - 1 for start, end in runs)]
        self._starts = [start - gone for (start, _), gone in zip(runs, self._removed, strict=False)]

    def place(self, offset: int) -> int:
        """Where the code point at an offset of the text stands in the document."""
        return offset + self._removed[bisect_right(self._starts, offset - 1)]


def for_quotes(document: Document) -> Unwrapped:
    """Every stretch of white space as one space."""
    return Unwrapped(document.text, [match.span() for match in _SPACE.finditer(document.text)])


def for_numbers(document: Document) -> Unwrapped:
    """White space inside a passage as one space."""
    text = document.text
    runs = [
        match.span()
        for match in _WRAP.finditer(text)
        if not (text[match.start() - 1].isdigit() and text[match.end()].isdigit())
        and ("\n" not in match[0] or document.is_wrapped(match.start() + match[0].index("\n")))
    ]
    return Unwrapped(text, runs)
