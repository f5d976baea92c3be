"""siblings: names around a value that are there for another value, or that it is held against.

"Attendance was 94.6 percent, compared with 93.9 percent in the previous year" names the previous year and
nothing else; it does so for 93.9. Such a name says nothing against 94.6 being of this year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditor.document import Span
from auditor.lexicon import OBJECT
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.facts.row import Key
    from auditor.names import Index, Names
    from auditor.passage import Passage


class Sibling(NamedTuple):
    """A number with the key that it was read with."""

    key: Key
    span: Span


def taken(own: Sibling, others: Iterable[Sibling], passage: Passage, names: Names) -> frozenset[str]:
    """The names that belong to other values of the same metric in the sentence, or stand behind "than" after the value."""
    found = set(_held_against(passage))
    for other in others:
        dimension, here, there = _apart(own.key, other.key)
        index = passage.levels.get(dimension) if dimension else passage.subjects
        if index is None or here is None or there is None:
            continue
        places = [place.span for place in index.within(passage.sentence) if place.name == there]
        order = names.in_order(dimension) if dimension else ()
        if (
            own.span == other.span
            or (places and _is_nearer(other.span, own.span, places))
            or (not places and _is_from_to(own.span, other.span, passage, up=_rises(order, here, there)))
        ):
            found.add(there)
    return frozenset(found)


def _apart(own: Key, other: Key) -> tuple[str, str | None, str | None]:
    """The one thing that tells two keys apart: the dimension, "" for the subject, and what each has of it."""
    mine, theirs = dict(own.levels), dict(other.levels)
    differing = [name for name in mine.keys() & theirs.keys() if mine[name] != theirs[name]]
    if own.subject != other.subject and not differing:
        return "", own.subject, other.subject
    if own.subject == other.subject and len(differing) == 1:
        return differing[0], mine[differing[0]], theirs[differing[0]]
    return "", None, None


def _is_nearer(one: Span, other: Span, places: Iterable[Span]) -> bool:
    """Whether one number stands nearer to a name than the other."""

    def off(number: Span) -> int:
        return min(max(place.start - number.end, number.start - place.end) for place in places)

    return off(one) < off(other)


def _rises(order: tuple[str, ...], here: str, there: str) -> bool | None:
    """Whether the other level comes later in its dimension; None where it has no place there."""
    return order.index(there) > order.index(here) if here in order and there in order else None


def _is_from_to(own: Span, other: Span, passage: Passage, *, up: bool | None) -> bool:
    """Whether the sentence goes "from" the number of the earlier level "to" that of the later one."""
    if up is None or up is not (own < other):
        return False
    first, last = sorted((own, other))
    text = passage.document.text
    before = text[passage.sentence.start : first.start]
    return _FROM.search(before) is not None and _TO.fullmatch(text[first.end : last.start]) is not None


_FROM = Phrase(r"\bfrom\W+(?:(?:about|around|roughly|nearly|over)\W+)?$")
_TO = Phrase(r"\W*(?:\w+\W+){0,2}to\W+(?:(?:about|around|roughly|nearly|over|only|just)\W+)?")


_STANDARD = Phrase(
    r"\b(?:than|from|against|compared (?:with|to))\s+(?:the\s+|about\s+|its\s+)?[£$€]?[0-9][0-9.,]*\s?(?:\w+\s+|%\s+)?(?:of|in|for)\s+(?:the\s+)?$"
)
"""What a number is the number of that something is held against: "more than the £3,180,000 of the year before"."""


def _held_against(passage: Passage) -> Iterator[str]:
    """What a value is held against after it in its sentence: "in 5.2 ms, faster than Bo"."""
    behind = Span(passage.span.end, max(passage.span.end, passage.sentence.end))
    line = passage.document.line_span(passage.span.start)
    text = passage.document.text
    indexes: tuple[Index, ...] = (passage.subjects, *passage.levels.values())
    for index in indexes:
        for place in index.within(behind):
            if OBJECT.search(text, passage.sentence.start, place.span.start) is not None:
                yield place.name
        earlier = index.within(Span(line.start, passage.span.start))
        named = {place.name for place in earlier if _STANDARD.search(text, line.start, place.span.start) is None}
        yield from {place.name for place in earlier} - named
