"""claims: does what was read of a claim agree with the words of its passage?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.claim import THROUGHOUT
from auditor.document import Span
from auditor.guards.direction import direction_doubt
from auditor.lexicon import (
    ALIKE,
    AT_EVERY,
    BESIDES,
    EXCEPTED,
    FLAT,
    OBJECT,
    OF_A_GAP,
    ONE_OF,
    PARTIAL,
    RESTRICTED,
    UNIVERSAL,
    WAVERING,
)
from auditor.names import folded, listed
from auditor.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Collection

    from auditor.claim import Claim
    from auditor.names import Names
    from auditor.passage import Passage
    from auditor.phrase import Phrase


def doubts(  # noqa: PLR0913  (a reading, its words, and what is known of it)
    claim: Claim, passage: Passage, names: Names, polarity: str, metric: str, *, either_way: bool = False
) -> list[str]:
    """What in the words speaks against the reading; empty where nothing does.

    `either_way` says that its verdict is the same whichever of the two things it speaks of.
    """
    found = (
        None if either_way else direction_doubt(claim, passage, names, polarity, metric),
        _contrary_doubt(claim, passage),
        _subject_doubt(claim, passage, names),
        _level_doubt(claim, passage, names),
        _listing_doubt(claim, passage),
        _wording_doubt(claim, passage),
        _possibility_doubt(passage),
    )
    return [doubt for doubt in found if doubt is not None]


def _contrary_doubt(claim: Claim, passage: Passage) -> str | None:
    pattern = claim.contrary()
    found = re.search(pattern, passage.quote, re.IGNORECASE) if pattern else None
    return None if found is None else f"{found[0]!r} says the opposite of the reading"


def _subject_doubt(claim: Claim, passage: Passage, names: Names) -> str | None:
    operands = claim.operands()
    if not operands or any(not selector.subjects for selector in operands):
        return None
    read = {names.subjects.meaning(name) for selector in operands for name in selector.subjects}
    text, start = passage.document.text, passage.sentence.start
    places = passage.subjects.within(passage.span)
    apart = (BESIDES, OBJECT) if len(operands) == 1 else (BESIDES,)  # "second place behind Bo" speaks of somebody else
    named = {
        place.name
        for place in places
        if all(pattern.search(text, start, place.span.start) is None for pattern in apart)
    }
    if not named or named & read:
        return None
    return f"the passage speaks of {listed(named)}, the reading of {listed(name for name in read if name)}"


def _level_doubt(claim: Claim, passage: Passage, names: Names) -> str | None:
    read = _levels_read(claim, names)
    for dimension, levels in read.items():
        index = passage.levels[dimension]
        elsewhere = set[str]().union(*(read[other] for other in read if other != dimension)) - levels
        if not levels.isdisjoint(index.named_within(passage.span)):
            continue
        sentence, line, *headings = passage.rings
        earlier = Span(min(line.start, passage.span.start), passage.span.start)
        for ring in (passage.span, sentence, earlier, *headings):
            named = index.named_within(ring) - elsewhere
            if named & levels:
                break
            if named and all(index.names_anywhere(level) for level in levels):
                return f"the passage speaks of {listed(named)}, the reading of {listed(levels)}"
    return None


def _levels_read(claim: Claim, names: Names) -> dict[str, set[str]]:
    """The levels that the operands name, by their dimensions."""
    read: dict[str, set[str]] = {}
    for selector in claim.operands():
        for name in selector.levels:
            for dimension, level in names.level(name):
                read.setdefault(dimension, set()).add(level)
    return read


def _listing_doubt(claim: Claim, passage: Passage) -> str | None:
    listing = claim.slot("names", ())
    if not listing:
        return None
    text = folded(passage.document.text)
    made_up = [name for name in listing if folded(name) not in text]
    return f"the document does not name {listed(made_up)}" if made_up else None


def _wording_doubt(claim: Claim, passage: Passage) -> str | None:
    """What the claim asks for and its sentence does not say: no number of it, or none of its words."""
    asked = claim.written()
    if not asked:
        return None
    from auditor.conditions.saying import unsaid  # noqa: PLC0415  (few claims ask for the cells of a table)

    value = unsaid(asked, passage.document.text[slice(*passage.sentence)])
    return None if value is None else f"the passage does not say {value!r}"


def _possibility_doubt(passage: Passage) -> str | None:
    """What may be so may as well not be."""
    if "may" not in passage.quote and "might" not in passage.quote:  # most do not: a pattern takes far longer
        return None
    found = _POSSIBLE.search(passage.quote)
    return None if found is None else f"{found[0]!r} says no more than that it is possible"


_POSSIBLE = re.compile(r"(?<!\bin )(?<!\bof )(?<!\bby )(?<![0-9] )\b(?:may|might)\b(?= [a-z])")
"""In small letters, and not where a month would stand."""


# -- claims that come out contradicted ------------------------------------------------------------


def contradiction_doubts(claim: Claim, passage: Passage) -> list[str]:
    """What speaks against calling it contradicted: the words are weaker than the reading."""
    over = claim.slot("over")
    if claim.slot("rank") == 1 and (one_of := ONE_OF.written(passage.quote)) is not None:
        return [f"{one_of!r} does not say that it is the first of all"]
    number = re.escape(over.number or "(?!)") if over is not None else "(?!)"
    if (of_them := re.search(rf"\bone\s+of\s+(?:\w+\s+)?{number}\b", passage.quote, re.IGNORECASE)) is not None:
        return [f"{of_them[0]!r} says it of one"]
    unsaid = _unsaid(claim, passage)
    if unsaid is not None:
        return [f"no word says {unsaid}"]
    plural = claim_is_plural(claim)
    names_none = plural and (over is None or not over.exceptions) and not claim.slot("among", ())
    spared = EXCEPTED.written(passage.quote) if names_none else None
    if spared is not None:
        return [f"{spared!r} leaves something out that the reading does not name"]
    restricted = RESTRICTED.written(" ".join(passage.quote.split())) if names_none else None
    if restricted is not None and _is_of_all(claim, restricted):
        return [f"{restricted!r} speaks of some of them, the reading of all"]
    if claim.pooled:
        return []
    strict = plural and claim.slot("always", True) and (over is None or over.how in ("all", "none", "only"))
    text = " ".join(passage.document.text[slice(*passage.sentence)].split())
    weak = _weakening(claim, passage) if strict else None
    if weak is not None:
        return [f"{weak!r} says less than that it holds for all"]
    if claim.slot("steady", False) and (wavering := WAVERING.written(text)) is not None:
        return [f"{wavering!r} takes back that it is steady"]
    throughout = any(selector.at == THROUGHOUT for selector in claim.operands()) or claim.slot("steady", False)
    if throughout and (over is None or over.how == "all") and UNIVERSAL.search(text) is None:
        return ["no word says that it holds at every point"]
    return []


def _is_of_all(claim: Claim, sort: str) -> bool:
    """Whether a claim ranks or counts things of which it does not name the sort."""
    named = (folded(name) for selector in claim.operands() for name in (*selector.levels, *selector.subjects))
    return claim.slot("rank", claim.slot("over")) is not None and not any(name in folded(sort) for name in named)


def _unsaid(claim: Claim, passage: Passage) -> str | None:
    """What the reading has of gaps, likeness and rest without a word for it in the passage."""
    reading, quote = claim.reading(), passage.quote
    if reading is not None and reading[1].startswith("gap") and OF_A_GAP.search(quote) is None:
        return "how large a gap or a change is"
    if claim.slot("shape") == "is flat" and FLAT.search(quote) is None:
        return "that it stays as it is"
    if claim.slot("relation", "") in ("similar", "equal") and ALIKE.search(quote) is None:
        return "that the two are alike"
    return None


def difference_seen(claim: Claim, passage: Passage, written: Collection[str]) -> str | None:
    """Whether a sentence that calls two things the same gives both numbers itself: it sees that they are not quite."""
    if claim.slot("relation") != "equal" or len(written) < 2 or _LOOSELY.search(passage.quote) is None:  # noqa: PLR2004
        return None
    sentence = " ".join(passage.document.text[slice(*passage.sentence)].split())
    return "the sentence gives both numbers itself" if all(number in sentence for number in written) else None


_LOOSELY = re.compile(r"^(?!.*\b(?:exact|identical|equal)).*\b(?:same|match|par)", re.IGNORECASE | re.DOTALL)


def description_doubt(claim: Claim, passage: Passage, names: Names, describing: Collection[str]) -> str | None:
    """Whether the words around name a sort of the things that are compared, and the reading compares all."""
    if not describing or not claim.operands():
        return None
    sentence, _, *headings = passage.rings
    for dimension in sorted(set(describing) - _levels_read(claim, names).keys()):
        index = passage.levels.get(dimension)
        for ring in (sentence, *headings):
            things = [place.span for place in passage.subjects.within(ring)]
            places = [] if index is None else index.within(ring)
            named = {place.name for place in places if not any(place.span.overlaps(thing) for thing in things)}
            if named:
                return f"the passage speaks of {listed(named)}, the reading of all"
    return None


def _weakening(claim: Claim, passage: Passage) -> str | None:
    """The word by which a quote, or the opening of its sentence, says less than that something holds for all."""
    weak = PARTIAL.written(" ".join(passage.quote.split()))
    if weak is None and claim.slot("over") is None and AT_EVERY.search(passage.quote) is None:
        weak = _opening(PARTIAL, passage)
    if weak is not None and claim.slot("bound") is not None and _A_MAJORITY.search(passage.quote) is not None:
        return None  # it is the bound, of those who were asked
    if weak is None or weak.casefold() != "on average":
        return weak
    metrics = (selector.metric or "" for selector in claim.operands())
    is_average = claim.slot("relation", "") == "times" or any(map(_AVERAGE.search, metrics))
    return None if is_average else weak  # so much of the one for each of the other is an average


_A_MAJORITY = phrase(r"\bmajorit(?:y|ies)\b(?! of\b)")
_AVERAGE = phrase(r"\b(?:average|avg|mean)\b")


def _opening(pattern: Phrase, passage: Passage) -> str | None:
    """The last match before the quote in its sentence, if it opens the clause of the quote: "In general, ..."."""
    before = passage.document.text[passage.sentence.start : passage.span.start]
    found = list(pattern.finditer(before))
    if not found or re.search(r"[,;:]", before[found[-1].end() :].removeprefix(",")):
        return None
    return before[slice(*found[-1].span())]


def claim_is_plural(claim: Claim) -> bool:
    """Whether the claim leaves a key open, so that it speaks of several values."""
    return any(
        len(selector.subjects) != 1 or not selector.levels or selector.at == THROUGHOUT or selector.metric is None
        for selector in claim.operands()
    )
