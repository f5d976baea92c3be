"""names: which thing a name means, and where in the document it is named."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditor.document import Document
    from auditor.extraction import Extraction

_WRAPPING = " \t\n\"'“”‘’`*_"


def folded(name: str) -> str:
    """A name without case, quotation marks and emphasis around it, and with single spaces: what makes two names one."""
    return " ".join(name.strip(_WRAPPING).casefold().split())


@dataclass(frozen=True, slots=True)
class Named:
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


class Index:
    """Every place where one of the names of a lexicon stands in a text, longest names first."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._places: list[Named] = []
        meanings = lexicon.spellings()
        if not meanings:
            self._starts: list[int] = []
            self._named: frozenset[str] = frozenset()
            return
        longest_first = sorted(meanings, key=lambda name: (-len(name), name))
        names = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in longest_first)
        for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text, re.IGNORECASE):
            meaning = meanings.get(folded(match[0]))
            if meaning is not None and (match[0] != "a" or meaning == "a"):  # "a" is the article, "A" the thing
                self._places.append(Named(Span(*match.span()), meaning))
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
        return [place for place in found if place.span.end <= span.end]


class Names:
    """The names of a reading: metrics, subjects and levels, each with what it means."""

    def __init__(self, extraction: Extraction) -> None:
        self.metrics = Lexicon((metric.name, metric.aliases) for metric in extraction.metrics)
        self.subjects = Lexicon((subject.name, subject.aliases) for subject in extraction.subjects)
        self.dimensions = Lexicon((dimension.name, ()) for dimension in extraction.dimensions)
        self._levels = {
            dimension.name: Lexicon((level, ()) for level in dimension.levels) for dimension in extraction.dimensions
        }
        self.ordered = {dimension.name: dimension.ordered for dimension in extraction.dimensions}

    def levels(self, dimension: str) -> tuple[str, ...]:
        """The levels of a dimension, in the order given."""
        return self._levels[dimension].canonical

    def level(self, written: str) -> list[tuple[str, str]]:
        """What a level's name can mean: pairs of dimension and level; "dimension=level" names one."""
        dimension, equals, level = written.partition("=")
        named = self.dimensions.meaning(dimension) if equals else None
        if named is not None:
            meaning = self._levels[named].meaning(level)
            return [] if meaning is None else [(named, meaning)]
        found = ((name, lexicon.meaning(written)) for name, lexicon in self._levels.items())
        return [(name, meaning) for name, meaning in found if meaning is not None]

    def index(self, document: Document) -> tuple[Index, dict[str, Index]]:
        """Where the subjects, and the levels of each dimension, are named in a document."""
        levels = {name: Index(document.text, lexicon) for name, lexicon in self._levels.items()}
        return Index(document.text, self.subjects), levels
