"""unwrapped: the text of a document as one would read it aloud: white space inside a passage is one space.

Numbers are read from it, since "1.2 million" is one number however the prose is wrapped
or spaced. Between two digits white space stays, where joining them might make a number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.document import Document

_RUN = re.compile(r"(?<=\S)(?:[^\S\n]*\n[^\S\n]*|[^\S\n]{2,})(?=\S)")


class Unwrapped:
    """The text without needless white space, and where each place of it stands in the document."""

    def __init__(self, document: Document) -> None:
        text = document.text
        runs = [
            match.span()
            for match in _RUN.finditer(text)
            if not (text[match.start() - 1].isdigit() and text[match.end()].isdigit())
            and ("\n" not in match[0] or document.is_wrapped(match.start() + match[0].index("\n")))
        ]
        edges = [0, *(edge for run in runs for edge in run), len(text)]
        self.text = " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
        removed = list(accumulate(end - start - 1 for start, end in runs))
        self._removed = [0, *removed]
        self._starts = [start - gone for (start, _), gone in zip(runs, self._removed, strict=False)]

    def place(self, offset: int) -> int:
        """Where the code point at an offset of the text stands in the document."""
        return offset + self._removed[bisect_right(self._starts, offset - 1)]
