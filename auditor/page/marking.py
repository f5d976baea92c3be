"""marking: a text cut into stretches, so that whatever overlaps in it can be written as nested elements.

Marks lie in layers; of a layer, no more than a given number are kept for any stretch, the
gravest and then the shortest, so that ten thousand marks over one word stay readable.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from auditor.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Layer = TypeVar("Layer", bound=str)


class Mark(NamedTuple, Generic[Layer]):
    """Something to be shown on a stretch of the text."""

    span: Span
    layer: Layer
    rank: int
    """The smaller, the graver."""
    number: int
    """What it is of, as its layer counts."""


class Stretch(NamedTuple, Generic[Layer]):
    """A part of the text in which nothing begins or ends."""

    span: Span
    marks: Mapping[Layer, Sequence[Mark[Layer]]]
    """The marks on it, by layer, those that begin first and end last in front."""


def stretches(text: str, marks: Iterable[Mark[Layer]], depth: Mapping[Layer, int]) -> Iterator[Stretch[Layer]]:
    """The text from end to end; a line end is a stretch of its own."""
    begins: defaultdict[int, list[Mark[Layer]]] = defaultdict(list)
    ends: defaultdict[int, list[Mark[Layer]]] = defaultdict(list)
    cuts = {0, len(text)}
    for mark in marks:
        start, end = mark.span.start, min(mark.span.end, len(text))
        if start < end:
            begins[start].append(mark)
            ends[end].append(mark)
            cuts |= {start, end}
    newline = text.find("\n")
    while newline >= 0:
        cuts |= {newline, newline + 1}
        newline = text.find("\n", newline + 1)
    active: dict[Layer, list[tuple[int, int, int, Mark[Layer]]]] = {layer: [] for layer in depth}
    for start, end in pairwise(sorted(cuts)):
        for mark in ends[start]:
            entries = active[mark.layer]
            del entries[bisect_left(entries, _weight(mark))]
        for mark in begins[start]:
            insort(active[mark.layer], _weight(mark))
        yield Stretch(
            Span(start, end),
            {
                layer: sorted((entry[3] for entry in entries[: depth[layer]]), key=_outermost)
                for layer, entries in active.items()
                if entries
            },
        )


def _weight(mark: Mark[Layer]) -> tuple[int, int, int, Mark[Layer]]:
    return mark.rank, mark.span.end - mark.span.start, mark.number, mark


def _outermost(mark: Mark[Layer]) -> tuple[int, int, int]:
    return mark.span.start, -mark.span.end, mark.number
