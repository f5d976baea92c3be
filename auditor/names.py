"""names: which thing a name means, and where in the document it is named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from auditor.document import Span
from auditor.exact.numeral import parse_quantity
from auditor.leftover import LEFTOVER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from auditor.claim import Claim, Selector
    from auditor.document import Document
    from auditor.extraction import Extraction

_WRAPPING = " \t\n\"'“”‘’`*_"


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, marks around it and what conversions left in it, with single spaces: what makes two one."""
    plain = re.sub(LEFTOVER, " ", name) if "[" in name else name
    return " ".join(plain.strip(_WRAPPING).casefold().split())


def listed(names: Iterable[str]) -> str:
    """Names as a reader lists them."""
    return ", ".join(sorted(names))


class Named(Struct, frozen=True):
    """A place where the document names something."""

    span: Span
    name: str
    """The canonical name: of a subject, or "dimension=level"."""


class Lexicon:
    """Names of one sort; a name that two things share means neither."""

    def __init__(self, known: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._meaning: dict[str, str | None] = {}
        entries = [(canonical, list(others)) for canonical, others in known]
        self.canonical = tuple(dict.fromkeys(canonical for canonical, _ in entries))
        for canonical, _ in entries:
            self._meaning[folded(canonical)] = canonical
        for canonical, others in entries:
            for other in others:
                known_as = self._meaning.setdefault(folded(other), canonical)
                if known_as != canonical and folded(other) not in map(folded, self.canonical):
                    self._meaning[folded(other)] = None

    def meaning(self, name: str) -> str | None:
        """The canonical name, None for an unknown or shared one."""
        return self._meaning.get(folded(name))

    def is_shared(self, name: str) -> bool:
        """Whether the name is known, but belongs to more than one thing."""
        return folded(name) in self._meaning and self._meaning[folded(name)] is None

    def spellings(self) -> Mapping[str, str]:
        """Every unambiguous name with what it means."""
        return {name: meaning for name, meaning in self._meaning.items() if meaning is not None and name}


TOKEN = re.compile(r"\w+|[^\w\s]")
"""A word or a mark."""
_BETWEEN = re.compile(f"({TOKEN.pattern})")


class Tokens:
    """The words and marks of a text, each with where it stands; made once for every index over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = _BETWEEN.split(text)  # what stands between words, and the words, in turn
        self.edges = list(accumulate(map(len, pieces)))
        """Where they begin and end, in turn."""
        self._words = list(map(str.casefold, pieces[1::2]))

    def places(self, words: Collection[str]) -> list[tuple[int, str]]:
        """Where one of some folded words stands, as its number among them all, and which one it is; in order."""
        return [(place, word) for place, word in enumerate(self._words) if word in words]


class Index:
    """Every place where one of the names of a lexicon stands in a text, longest names first.

    Found word by word: a table may bring thousands of names, too many for one pattern.
    """

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        meanings = lexicon.spellings()
        by_first: dict[str, dict[int, set[str]]] = {}
        for name in meanings:
            words = TOKEN.findall(name)
            if words:
                by_first.setdefault(words[0], {}).setdefault(len(words), set()).add(name)
        by_length = {first: sorted(names.items(), reverse=True) for first, names in by_first.items()}
        self._places = list(_places(tokens, meanings, by_length))
        self._starts = [place.span.start for place in self._places]
        self._named = frozenset(place.name for place in self._places)

    def names_anywhere(self, name: str) -> bool:
        """Whether the text names it at all, in the words it goes by."""
        return name in self._named

    def touches(self, start: int, end: int) -> bool:
        """Whether one of the places shares a code point with a stretch of the text."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._places[before - 1].span.end > start

    def within(self, span: Span) -> list[Named]:
        """The places inside a span, in order."""
        found = self._places[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return found[:-1] if found and found[-1].span.end > span.end else found  # no two of them overlap

    def named_within(self, span: Span) -> set[str]:
        """What is named inside a span."""
        return {place.name for place in self.within(span)}


def _places(
    tokens: Tokens, meanings: Mapping[str, str], by_first: Mapping[str, Sequence[tuple[int, Collection[str]]]]
) -> Iterator[Named]:
    """The names that stand in a text; `by_first` has those of each first word by how many words they have."""
    text, edges = tokens.text, tokens.edges
    count_all, free = len(edges) // 2, 0
    for place, first in tokens.places(by_first):
        if place < free:
            continue
        start = edges[2 * place]
        for count, names in by_first[first]:
            if place + count > count_all:
                continue
            end = edges[2 * (place + count) - 1]
            whole = text[start:end]
            name = first if count == 1 else " ".join(whole.casefold().split())
            if name not in names or _is_inside_word(text, start, end):
                continue
            if whole != "a" or meanings[name] == "a":  # "a" is the article, "A" the thing
                yield Named(Span(start, end), meanings[name])
                free = place + count
            break


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before == "_" or after.isalnum() or after == "_":
        return True
    if before == "." and text[start].islower() and text[start - 2 : start - 1].isalnum():
        return True  # "json" in "canada.json"
    return text[start].isdecimal() and before in (".", ",") and text[start - 2 : start - 1].isdecimal()  # "6" in "13.6"


def _new(known: Iterable[tuple[str, Iterable[str]]], names: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The names that are no name of anything known."""
    taken = {folded(name) for canonical, others in known for name in (canonical, *others)}
    return [(name, ()) for name in dict.fromkeys(names) if folded(name) not in taken]


_STATISTICS = (
    ("min", "minimum"),
    ("max", "maximum"),
    ("mean", "average", "avg"),
    ("median", "p50", "50th percentile"),
    *((f"p{level}", f"{level}th percentile") for level in ("75", "90", "95", "99", "99.9")),
)
"""Words for one statistic."""


def _also(level: str, others: Iterable[str]) -> Sequence[str]:
    """The other words for a level that is a statistic, as far as they are no levels of their own."""
    words = next((words for words in _STATISTICS if folded(level) in words), ())
    own = {folded(other) for other in others} if words else frozenset[str]()
    return () if len(own.intersection(words)) > 1 else [word for word in words if word not in own]


def _sizes(levels: Iterable[str]) -> dict[str, Fraction] | None:
    """The number that each level is, None unless every one is one, all in one unit."""
    found = {level: parse_quantity(level) for level in levels}
    sizes = {level: quantity.point for level, quantity in found.items() if quantity is not None}
    units = {quantity.unit for quantity in found.values() if quantity is not None}
    return sizes if len(sizes) == len(found) and len(units) == 1 else None


class Tabled(Protocol):
    """The names that the tables of a document bring."""

    @property
    def metrics(self) -> Iterable[str]:
        """Names of metrics."""

    @property
    def subjects(self) -> Iterable[str]:
        """Names of subjects."""

    @property
    def levels(self) -> Mapping[str, Iterable[str]]:
        """Dimensions with their levels."""


class Names:
    """The names of a reading: metrics, subjects and levels, each with what it means."""

    def __init__(self, extraction: Extraction, tabled: Tabled | None = None) -> None:
        metrics = [(metric.name, metric.aliases) for metric in extraction.metrics]
        subjects = [(subject.name, subject.aliases) for subject in extraction.subjects]
        levels = {dimension.name: list(dimension.levels) for dimension in extraction.dimensions}
        if tabled is not None:
            metrics += _new(metrics, tabled.metrics)
            subjects += _new(subjects, tabled.subjects)
            for name, more in tabled.levels.items():
                dimension = next((known for known in levels if folded(known) == folded(name)), name)
                known = [(level, ()) for level in levels.get(dimension, [])]
                levels.setdefault(dimension, []).extend(level for level, _ in _new(known, more))
        self.metrics, self.subjects = Lexicon(metrics), Lexicon(subjects)
        self.dimensions = Lexicon((dimension, ()) for dimension in levels)
        self._levels = {
            name: Lexicon((level, _also(level, named)) for level in named) for name, named in levels.items()
        }
        self._known_levels: dict[str, list[tuple[str, str]]] = {}
        self._named_by: dict[Selector, frozenset[str]] = {}
        self._declared = {dimension.name: dimension.levels for dimension in extraction.dimensions}
        self._ordered = {dimension.name: dimension.ordered for dimension in extraction.dimensions}

    def levels(self, dimension: str) -> tuple[str, ...]:
        """The levels of a dimension, in the order given."""
        return self._levels[dimension].canonical

    def declared(self, dimension: str) -> tuple[str, ...]:
        """Those of the levels that the reading itself gives."""
        return tuple(self._declared.get(dimension, ()))

    def is_ordered(self, dimension: str) -> bool:
        """Whether the levels of a dimension have an order: one that was read, or that of their numbers."""
        return self._ordered[dimension] or _sizes(self.levels(dimension)) is not None

    def in_order(self, dimension: str) -> tuple[str, ...]:
        """The levels by their numbers where each is one (4B, 8B, 14B), else in the order given."""
        levels = self.levels(dimension)
        sizes = _sizes(levels)
        return levels if sizes is None else tuple(sorted(levels, key=lambda level: sizes[level]))

    def level(self, written: str) -> Sequence[tuple[str, str]]:
        """What a level's name can mean: pairs of dimension and level; "dimension=level" names one."""
        if written not in self._known_levels:
            self._known_levels[written] = self._level(written)
        return self._known_levels[written]

    def _level(self, written: str) -> list[tuple[str, str]]:
        dimension, equals, level = written.partition("=")
        named = self.dimensions.meaning(dimension) if equals else None
        if named is not None:
            meanings = (self._levels[named].meaning(each) for each in (level, written))  # "K=1" may be a level's name
            return [(named, meaning) for meaning in meanings if meaning is not None][:1]
        found = ((name, lexicon.meaning(written)) for name, lexicon in self._levels.items())
        return [(name, meaning) for name, meaning in found if meaning is not None]

    def named_by(self, selector: Selector) -> frozenset[str]:
        """The canonical names of subjects and levels that a selector uses."""
        known = self._named_by.get(selector)
        if known is None:
            subjects = (self.subjects.meaning(name) for name in selector.subjects)
            levels = (level for name in selector.levels for _, level in self.level(name))
            known = self._named_by[selector] = frozenset((*(name for name in subjects if name is not None), *levels))
        return known

    def alone(self, selector: Selector) -> Iterator[str]:
        """The names of a selector that it has no other beside, of its subjects or of one dimension."""
        dimensions = Counter(dimension for name in selector.levels for dimension, _ in self.level(name))
        yield from selector.subjects if len(selector.subjects) == 1 else ()
        yield from (name for name in selector.levels if all(dimensions[each] == 1 for each, _ in self.level(name)))

    def index(self, document: Document) -> tuple[Index, dict[str, Index]]:
        """Where the subjects, and the levels of each dimension, are named in a document."""
        tokens = Tokens(document.text)
        levels = {name: Index(tokens, lexicon) for name, lexicon in self._levels.items()}
        return Index(tokens, self.subjects), levels


def names_of(claim: Claim, names: Names) -> Iterator[str]:
    """The canonical names that a claim's operands use."""
    for selector in claim.operands():
        yield from names.named_by(selector)
