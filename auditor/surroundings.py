"""surroundings: what stands around a place in a document: its sentence, its line, the headings over it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from auditor.document import Span

if TYPE_CHECKING:
    from auditor.document import Document

# A Markdown heading, or a line that is nothing but one bold phrase (with or without a closing colon).
_HEADING = re.compile(r"^(#{1,6})[ \t]+\S.*$|^[ \t]*\*\*[^*\n]+\*\*:?[ \t]*$", re.MULTILINE)
_BOLD_DEPTH = 7


class Surroundings:
    """The outline of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings = [
            (match.start(), len(match[1]) if match[1] else _BOLD_DEPTH, Span(*match.span()))
            for match in _HEADING.finditer(document.text)
        ]
        self._starts = [start for start, _, _ in self._headings]

    def headings(self, offset: int) -> list[Span]:
        """The headings that the place stands under, the nearest first."""
        found, depth = [], _BOLD_DEPTH + 1
        for _, level, span in reversed(self._headings[: bisect_right(self._starts, offset)]):
            if level < depth:
                found.append(span)
                depth = level
        return found

    def rings(self, span: Span) -> list[Span]:
        """From near to far: the sentence, the line, then each heading."""
        line = self._document.line_span(span.start)
        return [self._document.sentence_around(span), line, *self.headings(span.start)]
