"""cutting: a long document cut into stretches that a model can be shown one at a time.

Cut where a reader would pause: before the highest heading that leaves a part at least half
full, else between paragraphs, never inside a table or a fence that fits. Every code point
lies in exactly one part.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.document import Document, Span
from auditor.elided import elided
from auditor.parts.plan import CHARACTERS_PER_TOKEN
from auditor.tables.blocks import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = re.compile(r"[ ]{0,3}(#{1,6})[ \t]")
_UNDERLINE = re.compile(r"\n[ ]{0,3}(=+|-+)[ \t]*\n?\Z")
_LOWEST = 7
"""The level of a place that is no heading."""


class Part(Struct, frozen=True):
    """A stretch of a document."""

    span: Span
    headings: tuple[str, ...]
    """The headings that it stands under, the highest first; those inside it are not among them."""


class _Piece(Struct, frozen=True):
    """A block with the white space after it: what is not cut."""

    start: int
    size: int
    """Characters that a model is shown of it."""
    level: int
    """Of the heading that it is, 1 to 6; more for what is none."""


def split(document: Document, tokens: int) -> tuple[Part, ...]:
    """The parts, each of about that many tokens at most; one part is the whole document."""
    limit = max(tokens, 1) * CHARACTERS_PER_TOKEN
    if len(document.text) <= limit or len(elided(document)) <= limit:
        return (Part(Span(0, len(document.text)), ()),)
    pieces = list(_pieces(document, limit))
    starts = [0, *_cuts(pieces, limit), len(document.text)]
    headings = [(piece.start, piece.level) for piece in pieces if piece.level < _LOWEST]
    return tuple(Part(Span(*ends), _above(document, headings, ends[0])) for ends in pairwise(starts))


def _cuts(pieces: list[_Piece], limit: int) -> Iterator[int]:
    """Where a new part begins."""
    first, size = 0, 0
    for place, piece in enumerate(pieces):
        if size + piece.size <= limit or place == first:
            size += piece.size
            continue
        cut = _best(pieces, first, place, limit)
        yield pieces[cut].start
        first, size = cut, sum(each.size for each in pieces[cut:place])
        if cut < place and size + piece.size > limit:
            yield piece.start
            first, size = place, 0
        size += piece.size


def _best(pieces: list[_Piece], first: int, last: int, limit: int) -> int:
    """The highest heading, and among equals the last one, that leaves the part at least half full; else the last place."""
    best, size = last, sum(piece.size for piece in pieces[first:last])
    for place in range(last, first, -1):
        if size < limit // 2:
            break
        if pieces[place].level < pieces[best].level:
            best = place
        size -= pieces[place - 1].size
    return best


def _above(document: Document, headings: list[tuple[int, int]], start: int) -> tuple[str, ...]:
    """The headings in force where a part starts."""
    found: list[tuple[int, int]] = []
    for place, level in headings:
        if place > start:
            break
        found = [*(above for above in found if above[1] < level), (place, level)]
    return tuple(document.text[slice(*document.line_span(place))].strip() for place, _ in found if place < start)


def _pieces(document: Document, limit: int) -> Iterator[_Piece]:
    """The blocks from one start to the next; what is too large for a part is cut between sentences, else anywhere."""
    blocks = [block for block in blocks_of(document) if block.span.start < block.span.end]
    starts = {block.span.start: _level(document.text[slice(*block.span)], block.kind) for block in blocks}
    starts.setdefault(0, _LOWEST)
    for start, end in pairwise([*sorted(starts), len(document.text)]):
        text = document.text[start:end]
        size = len(text) if len(text) < limit // 2 else len(elided(Document(document.path, text)))
        if size <= limit:
            yield _Piece(start, size, starts[start])
        else:
            yield from _torn(document, Span(start, end), limit, starts[start])


def _torn(document: Document, span: Span, limit: int, level: int) -> Iterator[_Piece]:
    sentences = [sentence.start for sentence in document.sentences if span.start < sentence.start < span.end]
    for start, end in pairwise([span.start, *sentences, span.end]):
        for place in range(start, end, limit):
            yield _Piece(place, min(limit, end - place), level if place == span.start else _LOWEST)


def _level(text: str, kind: str) -> int:
    if kind != "heading":
        return _LOWEST
    marks, underline = _MARKS.match(text), _UNDERLINE.search(text)
    if marks is not None:
        return len(marks[1])
    return 1 if underline is not None and underline[1].startswith("=") else 2
