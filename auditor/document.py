"""document: a text with the places in it; offsets count code points, half-open.

Line ends are brought to LF before anything else, so that a checkout with CRLF has the
same digest and the same offsets. Only LF ends a line: U+2028 and form feeds do not.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from auditor.rendition import Rendition


class Span(NamedTuple):
    """A stretch of a document's text."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """Where a code point stands, both counted from 1."""

    line: int
    column: int


class Row(Struct, frozen=True):
    """Where in a data set a document stands that is one row of it."""

    file: str
    """The data set, as the user named it."""
    id: str
    """What tells the row from the others."""
    line: int | None
    """Where the row begins in the file, counted from 1; None where the file has no lines."""
    options: tuple[str, ...]
    """The options of the command that the data set is read with."""


class Comment(NamedTuple):
    """A remark to audit in the source of a document, no part of what the document says."""

    span: Span
    """Where it stands, its marks included; in the text there are blanks in its place."""
    text: str
    """What it says behind "audit:"."""


# A sentence ends at .!? (with closing marks) before white space, or where the line does. A number's
# decimal point, "e.g." and initials are not followed by white space and a capital, digit or mark.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]*_]*(?=\s+[^\sa-z])|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|approx|Fig|Figs|Eq|Tab|No|al|etc|Dr|Mr|Ms|St|U\.S)|\b[A-Z])\.$"
)
# What a line must begin with to continue the one before it, and what a line that is a block of its own begins with.
_WRAPS = re.compile(r"(?![ \t]*(?:[-*+>#|]|\d{1,3}[.)])(?:[ \t]|$))[ \t]*[^\s|#>]")
_BLOCK = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\||[-*_=]{3,}[ \t]*$)")
_FENCE = re.compile(
    r"^[ \t]{0,12}(```(?=[^`\n]*\n)|~~~)[^\n]*\n(?:(?![ \t]{0,12}\1)[^\n]*\n)*(?:[ \t]{0,12}\1[^\n]*\n?)?", re.MULTILINE
)
_ENDS_BLOCK = frozenset(("", "\n", ".", ":", ";", "!", "?", "|"))
_BLANK_LINE, _BLANK_LINE_END, _LONGEST_BLANK = re.compile(r"[ \t]*\n"), re.compile(r"\n[ \t]*\n$"), 200


@dataclass(frozen=True)
class Document:
    """A text under the name it goes by in reports."""

    path: str
    """As the user named it; shown, never opened here."""
    text: str = field(repr=False)
    """Line ends are LF; a comment to audit is blanked, so that every place is that of the source."""
    row: Row | None = None
    """Where it comes from, if that is a row of a data set."""
    comments: tuple[Comment, ...] = ()
    rendition: Rendition | None = field(default=None, repr=False)
    """The way back to the source, if the text is one of HTML or reStructuredText and no source itself."""

    def __getstate__(self) -> dict[str, object]:
        """What it is made of, without what can be computed from that again."""
        return {part.name: self.__dict__[part.name] for part in fields(self)}

    @property
    def file(self) -> str:
        """The file that the text stands in, as the user named it."""
        return self.path if self.row is None else self.row.file

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of what is read in UTF-8: adding a comment to audit does not change it."""
        return hashlib.sha256(self.read.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def read(self) -> str:
        """What a model is given to read: the text as if no comment to audit had ever been written into it."""
        kept, at, tail = [], 0, "\n\n"
        for comment in self.comments:
            start, end = self._room(comment.span)
            kept.append(self.text[at:start])
            tail = (tail + kept[-1])[-_LONGEST_BLANK:]
            at = end
            if _BLANK_LINE_END.search(tail) and self.text[end - 1] == "\n":  # a blank line has come with it
                if blank := _BLANK_LINE.match(self.text, end):
                    at = blank.end()
                elif end == len(self.text):
                    kept[-1] = _BLANK_LINE_END.sub("\n", kept[-1])
        return "".join([*kept, self.text[at:]])

    def _room(self, span: Span) -> Span:
        """What was put in for a comment: its lines, or itself with the space that sets it off."""
        text = self.text
        first, last = self.line_span(span.start).start, self.line_span(span.end).end
        opens, ends = not text[first : span.start].strip(" \t>"), not text[span.end : last].strip(" \t")
        if opens and ends:
            return Span(first, last + 1) if last < len(text) else Span(max(first - 1, 0), last)
        start, end = span
        if opens:
            while end < last and text[end] in " \t":
                end += 1
        elif ends or text[end] in " \t":
            while text[start - 1] in " \t":
                start -= 1
        return Span(start, end)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _source_line_starts(self) -> list[int]:
        source = self.text if self.rendition is None else self.rendition.source
        return [0, *(match.end() for match in re.finditer("\n", source))]

    def source_span(self, span: Span) -> Span:
        """Where a stretch of the text stands in the source."""
        if self.rendition is None:
            return span
        start = self.rendition.place(span.start)
        return Span(start, max(self.rendition.end(span.end), start))

    def position(self, offset: int) -> Position:
        """The line and column, in the source, of an offset in the text."""
        return self._source_position(offset if self.rendition is None else self.rendition.place(offset))

    def place(self, span: Span | None) -> str:
        """Where a stretch begins, as line and column; a dash for what has no place."""
        if span is None:
            return "-"
        line, column = self.position(span.start)
        return f"{line}:{column}"

    def positions(self, span: Span) -> tuple[Position, Position]:
        """The line and column, in the source, where a stretch of the text begins, and those behind its end."""
        start, end = self.source_span(span)
        return self._source_position(start), self._source_position(end)

    def _source_position(self, offset: int) -> Position:
        line = bisect_right(self._source_line_starts, offset)
        return Position(line, offset - self._source_line_starts[line - 1] + 1)

    def line_span(self, offset: int) -> Span:
        """The line that holds an offset, without its line end."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        end = self._line_starts[line] - 1 if line < len(self._line_starts) else len(self.text)
        return Span(start, end)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences in order, without white space around them; items, headings and rows end at their line."""
        spans, start = [], 0
        for match in _SENTENCE_END.finditer(self.text):
            end = match.end()
            if match[0] == "\n":
                if self.is_wrapped(match.start()):
                    continue
            elif _ABBREVIATION.search(self.text, max(start, end - 12), end):
                continue
            spans.append(_stripped(self.text, start, end))
            start = end
        spans.append(_stripped(self.text, start, len(self.text)))
        return tuple(span for span in spans if span.start < span.end)

    def is_wrapped(self, newline: int) -> bool:
        """Whether the line that ends here goes on in the next one: hard-wrapped prose, not a heading, item, row or code."""
        if self.text[newline - 1 : newline] in _ENDS_BLOCK:  # most lines do: to look at no more is quicker
            return False
        fence = bisect_right(self._fences, (newline + 1,)) - 1
        if fence >= 0 and newline < self._fences[fence][1]:
            return False
        before = self.text[self.line_span(newline).start : newline]
        return (
            _WRAPS.match(self.text, newline + 1) is not None
            and _BLOCK.match(before) is None
            and before.rstrip()[-1:] not in _ENDS_BLOCK
        )

    @cached_property
    def _fences(self) -> list[tuple[int, ...]]:
        """Where fenced code begins and ends, the line ends around it included."""
        found = _FENCE.finditer(self.text) if "```" in self.text or "~~~" in self.text else ()
        return [(max(match.start() - 1, 0), match.end()) for match in found]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_around(self, span: Span) -> Span:
        """From the start of the sentence that holds the span's start to the end of that which holds its end."""
        first = max(bisect_right(self._sentence_starts, span.start) - 1, 0)
        last = max(bisect_right(self._sentence_starts, max(span.end - 1, span.start)) - 1, 0)
        if not self.sentences:
            return span
        return Span(min(self.sentences[first].start, span.start), max(self.sentences[last].end, span.end))


def _stripped(text: str, start: int, end: int) -> Span:
    kept = text[start:end].lstrip()
    start = end - len(kept)
    return Span(start, start + len(kept.rstrip()))
