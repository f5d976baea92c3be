"""direction: which way the words of a passage say that a comparison goes, and of what they say it."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.document import Span
from auditor.lexicon import (
    COORDINATED,
    DIRECTION,
    MANY_SENSES,
    NEGATION,
    NO_DIRECTION,
    OBJECT,
    OBLIQUE,
    OF_SPEED,
    OWN_DIRECTION,
    PASSIVE,
    TRANSITIVE,
    WHICH,
    WHILE,
)
from auditor.names import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from auditor.claim import Claim, Selector
    from auditor.names import Named, Names
    from auditor.passage import Passage


def direction_words(text: str, start: int, end: int) -> list[Span]:
    """The words of a stretch of text that say how things stand to each other, and nothing else."""
    found = [match.span() for match in DIRECTION.finditer(text, start, end) if match[0].lower() not in MANY_SENSES]
    which = [match.span() for match in WHICH.finditer(text, start, end)] if found else []
    return [Span(*place) for place in found if not any(place[0] < last and first < place[1] for first, last in which)]


def goes_by_polarity(passage: Passage) -> bool:
    """Whether a word of the passage (faster, outperforms) means more or less only by the metric's polarity."""
    return any(word.sense in ("better", "worse", "faster", "slower") for word in _words(passage.quote, ""))


def direction_doubt(claim: Claim, passage: Passage, names: Names, polarity: str, metric: str) -> str | None:
    """Whether all words of the passage that say a direction say the opposite of what was read."""
    reading = claim.reading()
    if reading is None:
        return None
    first, direction, second = reading
    own = direction.partition(" ")[0]
    of = own if own in OWN_DIRECTION else ""
    if direction == "times" and second is not None:
        if any(word.sense in ("faster", "slower") for word in _words(passage.quote, "")):
            return None  # "3 times faster than Bo" may be read as Bo's time over Ada's, or as her speed over his
        return _said_of_doubt(first, second, passage, names)
    read = _sign(direction.removeprefix(of).strip(), polarity, metric)
    if read is None:
        return None
    if _is_signed(claim, passage.quote, read):
        return None
    expected: dict[int, _Word] = {}
    over = claim.slot("over")
    of_none = over is not None and over.how == "none"  # "no model beats B": the negation counts
    for word in _words(passage.quote, of):
        sign = _sign(word.sense, polarity, metric)
        if sign is None or _is_no_direction(word, passage.quote, claim, metric):
            continue
        if second is None and _is_said_of_others(first, passage, names):
            continue
        sign = -sign if word.negated and not of_none else sign
        side = 1 if second is None else _side(word, first, second, passage, names)
        expected.setdefault(sign * side, word)
    if len(expected) != 1:
        return None
    sign, word = next(iter(expected.items()))
    return None if sign == read else f"{passage.quote[word.start : word.end]!r} says the opposite of the reading"


def _is_signed(claim: Claim, quote: str, read: int) -> bool:
    """Whether a sign before its bound says the direction that was read: in "improved more (p < 0.05)" no word does."""
    bound = claim.slot("bound")
    digits = bound.lstrip("<>≤≥= ") if isinstance(bound, str) else ""
    found = re.search(rf"([<>≤≥])=?\s*{re.escape(digits)}", quote) if digits else None
    return found is not None and read == (1 if found[1] in ">≥" else -1)


# -- words ---------------------------------------------------------------------------------------


class _Word(Struct, frozen=True):
    """A direction word of a passage."""

    start: int
    end: int
    sense: str
    negated: bool


@lru_cache(maxsize=1024)
def _words(text: str, of: str) -> list[_Word]:
    """The words that say a direction: of the numbers (""), or of what has words of its own, as a "gap"."""
    pattern, masks = (OWN_DIRECTION[of], (WHICH, WHILE)) if of else (DIRECTION, (NO_DIRECTION, WHICH, WHILE))
    matches = list(pattern.finditer(text))
    masked = [match.span() for mask in masks for match in mask.finditer(text)] if matches else []
    found = []
    for match in matches:
        if any(start < match.end() and match.start() < end for start, end in masked) or match.lastgroup is None:
            continue
        negated = NEGATION.search(text, 0, match.start()) is not None
        found.append(_Word(match.start(), match.end(), match.lastgroup, negated))
    return found


def _sign(sense: str, polarity: str, metric: str) -> int | None:
    """+1 for a greater number, -1 for a smaller one, None where the word does not settle it."""
    if sense in ("greater", "rises", "at least"):
        return 1
    if sense in ("less", "falls", "at most"):
        return -1
    if sense in ("faster", "slower"):
        if OF_SPEED.search(metric) is None:
            return None
        sense = "better" if sense == "faster" else "worse"
    if sense in ("ahead", "behind"):  # whoever is ahead has more of it, unless less is better
        return 1 if (sense == "ahead") is (polarity != "lower") else -1
    if sense in ("better", "worse") and polarity in ("higher", "lower"):
        return 1 if (sense == "better") is (polarity == "higher") else -1
    return None


def _is_no_direction(word: _Word, quote: str, claim: Claim, metric: str) -> bool:
    """Whether it says nothing of where it goes: "growth" in the growth of Ada, "most" of several sizes, "those under 60"."""
    written = quote[word.start : word.end].casefold()
    if written in metric.casefold() or (written in {"most", "least"} and claim.slot("size") is not None):
        return True
    number, bound = _NUMBER.match(quote, word.end), claim.slot("bound")
    return number is not None and isinstance(bound, str) and number[1] not in bound


_NUMBER = re.compile(r"\s+(\d+)(?!\w)")
"""Behind a word like "under" it is what that is said of; another one than the bound tells things apart."""


# -- what they are said of -----------------------------------------------------------------------


def _side(word: _Word, first: Selector, second: Selector, passage: Passage, names: Names) -> int:
    """+1 where the first operand is what the word is said of, -1 where it is the second."""
    mine, theirs = _distinguishing(first, second, names)
    either = mine | theirs
    if not either:
        return 1
    start, quote = passage.span.start, passage.quote
    places = _places(passage, passage.span, either)
    if not places:
        before = [place for place in _places(passage, passage.sentence, either) if place.span.end <= start]
        before = _not_objects(passage, before)
        return -1 if before and before[-1].name in theirs else 1
    objects = _objects(passage, places)
    said_of = [place for place in places if place not in objects]
    swap = -1 if PASSIVE.search(quote, word.start, word.end + 4) else 1
    if not said_of:
        return swap * (1 if objects[0].name in theirs else -1)
    ahead = [place for place in said_of if place.span.end - start <= word.start]
    if (
        not ahead
        and TRANSITIVE.match(quote, word.start)
        and _is_one_phrase(quote[word.end : said_of[0].span.start - start])
    ):
        swap = -swap  # "its 0.2 s beat the 0.1 s of Bo": said of what is not named
    named = ahead[-1] if ahead else said_of[0]
    return swap * (1 if named.name in mine else -1)


def _is_one_phrase(text: str) -> bool:
    """Whether nothing between a verb and a name keeps the name from being its object: "beat all of them (like Bo)"."""
    return not any(mark in text for mark in "(,;:—")


def _is_said_of_others(first: Selector, passage: Passage, names: Names) -> bool:
    """Whether the quote holds something against the first operand alone: "no one is faster than Ada"."""
    mine = {names.subjects.meaning(name) for name in first.subjects}
    places = [place for place in passage.subjects.within(passage.span) if place.name in mine]
    return bool(places) and _objects(passage, places) == places


def _said_of_doubt(first: Selector, second: Selector, passage: Passage, names: Names) -> str | None:
    """The one the quote speaks of has to be the first operand: "Bo takes 3 times as long" speaks of Bo."""
    mine, theirs = _distinguishing(first, second, names)
    either = mine | theirs
    places = _places(passage, passage.span, either)
    objects = _objects(passage, places)
    said_of = {place.name for place in places if place not in objects}
    held = {place.name for place in objects}
    if not said_of and held and not held & theirs:
        return f"the passage holds it against {listed(held)}, the reading against {listed(theirs)}"
    if not said_of or said_of & mine:
        return None
    return f"the passage is about {listed(said_of)}, the reading about {listed(mine)}"


def _is_object(text: str, start: int, end: int) -> bool:
    """Whether what a text names there is what something is held against; a way "from English to German" is no such thing."""
    found = OBJECT.search(text, 0, start)
    return found is not None and not (found[0].lstrip().startswith("from") and _ON_TO.match(text, end))


_ON_TO = re.compile(r"\W{0,3}(?:in)?to\b")


def _objects(passage: Passage, places: Sequence[Named]) -> list[Named]:
    """The places that something is held against: "than Ada and Bo" holds it against both."""
    found: list[Named] = []
    for before, place in zip((None, *places), places, strict=False):
        lead = place.span.start - passage.span.start
        if _is_object(passage.quote, lead, place.span.end - passage.span.start) or (
            before in found and COORDINATED.fullmatch(passage.document.text[before.span.end : place.span.start])
        ):
            found.append(place)
    return found


_VERB = re.compile(r"\s+(?:is|was|are|were|has|have|had|does|did|can|takes?|scores?|reach(?:es)?|gets?)\b")
"""What makes the last name of a list the first of a new clause: "faster than Bo, and Cy is slower"."""


def _not_objects(passage: Passage, places: Sequence[Named]) -> list[Named]:
    """The places of a sentence that it may go on to speak of: nothing is held against them."""
    text = passage.document.text
    said_of: list[Named] = []
    last: Named | None = None
    for place in places:
        lead = text[passage.sentence.start : place.span.start]
        between = "" if last is None else text[last.span.end : place.span.start]
        joined = any(map(str.isalpha, between)) and COORDINATED.fullmatch(between) is not None
        if (
            _is_object(lead, len(lead), len(lead))
            or OBLIQUE.search(lead)
            or (joined and not _VERB.match(text, place.span.end))
        ):
            last = place
        else:
            last = None
            said_of.append(place)
    return said_of


def _distinguishing(one: Selector, other: Selector, names: Names) -> tuple[frozenset[str], frozenset[str]]:
    """The names that the one operand has and the other has not, and the other way round."""
    here, there = names.named_by(one), names.named_by(other)
    return here - there, there - here


def _places(passage: Passage, span: Span, names: Collection[str]) -> list[Named]:
    """Where some of the subjects and levels are named in a span, in order."""
    indexes = (passage.subjects, *passage.levels.values())
    found = [place for index in indexes for place in index.within(span) if place.name in names]
    found.sort(key=attrgetter("span"))
    return found
