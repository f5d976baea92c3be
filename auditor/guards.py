"""guards: does what was read agree with the words it was read from?

The model may misread; a misreading must not become a contradiction. Each guard compares
one side of a reading (direction, names, levels, quantifier, polarity) with the words of
the passage, and says in a sentence what does not fit; the claim is then in doubt. A
guard that finds no word to go by is silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from auditor.claim import THROUGHOUT
from auditor.document import Span
from auditor.names import folded
from auditor.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.claim import Claim, Selector
    from auditor.document import Document
    from auditor.extraction import Metric
    from auditor.names import Index, Named, Names
    from auditor.surroundings import Surroundings

# Words that say which way a comparison goes. Better and worse go by the polarity of the metric; so do
# faster and slower, for times and speeds. Longer phrases stand before the words they contain.
_GOOD = "efficient|accurate|effective|robust|reliable|stable|precise|performant"
_WORDS = {
    "better": (
        rf"(?:more|most) (?:{_GOOD})",
        r"improv(?:es?|ed|ing)|better|best|outperform\w*|superior|beat(?:s|en|ing)?|w[io]n(?:s|ning)?\b|top-performing|strongest|stronger|advantage|edge\b",
    ),
    "ahead": (r"ahead|leads(?! to)\b",),
    "behind": (r"behind|loses? to|lost to",),
    "worse": (
        rf"(?:less|least) (?:{_GOOD})",
        r"worse|worst|worsen\w*|degrad(?:es?|ed|ing)|deteriorat(?:es?|ed|ing)|underperform\w*|inferior|lag(?:s|ged|ging)?\b|trail(?:s|ed|ing)?\b|weaker|weakest",
    ),
    "faster": (r"faster|fastest|quicker|quickest|speedier|quickly",),
    "slower": (r"slower|slowest",),
    "greater": (
        r"takes? (?:\w+ )?(?:longer|more)|higher|highest|greater|greatest|larger|largest|bigger|biggest|longer|longest|taller|tallest|warm(?:er|est)|hott(?:er|est)|heav(?:ier|iest)|old(?:er|est)|busi(?:er|est)",
        r"exceed\w*|surpass\w*|above|more|most|r[io]ses?\b|risen|rising|increas\w+|climb\w*|grow(?:s|th|ing)?\b|grew|gain(?:s|ed|ing)?\b|rais(?:e|es|ed|ing)\b|outweigh\w*|wider|widest|tops\b|(?:gone|went|goes) up\b",
    ),
    "less": (
        r"takes? (?:\w+ )?(?:shorter|less)|lower|lowest|smaller|smallest|shorter|shortest|cold(?:er|est)|cool(?:er|est)|light(?:er|est)|young(?:er|est)|cheap(?:er|est)|fewer|fewest|less|least|below|under",
        r"decreas\w+|declin\w+|drop(?:s|ped|ping)?\b|f[ae]ll(?:s|en|ing)?\b|shr[iau]nk\w*|reduc\w+|dip(?:s|ped|ping)?\b|diminish\w*|cuts?\b|lost(?! to)\b|slip(?:s|ped|ping)?\b|narrower|(?:gone|went|goes) down\b",
    ),
}
_DIRECTION = phrase(
    r"\b(?:" + "|".join(f"(?P<{sense}_{i}>{words})" for sense, rows in _WORDS.items() for i, words in enumerate(rows)) + r")\b"
)
# "more than 3x", "at least", "most of", "more pronounced", "less clear": sizes and degrees, not directions.
_NO_DIRECTION = phrase(
    r"(?:more|less|fewer|higher|greater) than (?:about |around |~)?[\d$€£]|at (?:least|most)|up to|more or less"
    r"|most (?:of|models|methods|cases|datasets|benchmarks|settings|recent|notabl\w*|significant\w*|pronounced|likely|clear\w*|substantial)"
    r"|(?:more|less|most) (?:pronounced|notabl[ey]|clear(?:ly)?|likely|significant(?:ly)?|dramatic(?:ally)?|complex|common|often|modest|moderate|gradual|steep\w*)"
    rf"|(?:more|most|less|least) (?!{_GOOD})\w+(?:able|ible|ical|ive|ful|ous|ient|ant|ate|act|cise|some|weight)\b|no longer|longer[- ]term"
    r"|(?:with|as|under) (?:an? |the )?(?:ever )?(?:increasing|growing|rising|decreasing|falling)"
    r"|\bas (?:\w+ ){1,5}(?:increases?|grows?|rises?|decreases?|falls?|shrinks?|drops?)(?=,)"
    r"|most (?=fall|fell|rise|rose|drop|grow|grew|climb|declin|increas|decreas)"
    r"|more impactful|under(?: the)? (?:both|same|all|two|three|load|\w+ conditions?)|the (?:above|below)|training (?:above|below)"
)
# "in smaller models", "the larger ones": adjectives that say which things are meant, not how they stand.
_WHICH = phrase(
    r"\b(?:larger|smaller|bigger|longer|shorter|older|younger|higher|lower|greater)[ -]+(?:\w+[ -]+)?(?:ones?|models?|sizes?|networks?"
    r"|sequences?|batch(?:es)?|inputs?|datasets?|documents?|graphs?|contexts?|systems?|settings?|groups?|values of|numbers? of)\b"
)
# Gaps are wider and narrower, and series have peaks and troughs: words of their own, whatever the metric.
_OWN_WORDS = {
    "gap": phrase(
        r"\b(?:(?P<greater_0>more|larger|largest|greater|greatest|bigger|biggest|wider|widest|steeper|steepest|stronger|strongest|higher|widen\w*|grow\w*|grew)"
        r"|(?P<less_0>less|smaller|smallest|narrower|narrowest|narrow(?:s|ed|ing)|shr[iau]nk\w*|flatter|weaker|weakest|lower))\b"
    ),
    "width": phrase(
        r"\b(?:(?P<greater_0>widen\w*|grow\w*|grew|increas\w+|diverg\w+)|(?P<less_0>narrow\w*|shr[iau]nk\w*|clos(?:e[sd]?|ing)|converg\w+|decreas\w+))\b"
    ),
    "order": phrase(
        r"\b(?:(?P<greater_0>descending|decreasing|from (?:the )?(?:highest|largest|greatest|most)|(?:highest|largest|greatest|most)\b(?=.*\bfollowed by))"
        r"|(?P<less_0>ascending|increasing|from (?:the )?(?:lowest|smallest|least|fewest)|(?:lowest|smallest|least|fewest)\b(?=.*\bfollowed by)))\b"
    ),
    "extreme": phrase(
        r"\b(?:(?P<greater_0>peak\w*|highest|high point|maxim\w+|tops? out)|(?P<less_0>trough\w*|lowest|low point|minim\w+|bottom\w*))\b"
    ),
}
# A comma ends what is denied: "Ada, not Bo, is faster" says that Ada is.
_NEGATION = phrase(
    r"(?:\b(?:not(?! (?:only|just|merely|least))|never|no|cannot|without|neither|nor|fails? to|hardly)\b|n't\b)(?:[^\w,;:]+\w+){0,3}[^\w,;:]*$"
)
_OBJECT = phrase(
    r"(?:\bthan(?: (?:with|for|in|on|at|under|by|using))?|\bunlike|\binstead of|\bas opposed to|\bin contrast (?:to|with)|,\W*not|\bover|\bagainst|\bversus|\bvs\.?|\babove|\bbelow|\bbeyond|\bfrom|\bas|\b(?:compared|relative|close|similar|comparable|equal|superior|inferior|next|los(?:es?|t)) to"
    r"|\bcompared with|\bin comparison (?:to|with)|\b(?:ahead|short|front|half|third|quarter|time|times|fraction|%|percent) of|\bbehind"
    r"|\b(?:outperform|underperform|exceed|surpass|beat|trail|overtak|lag)\w*(?: behind)?)\W{0,6}(?:the |its |that of |those of |all |both |any |every |what ){0,3}\W{0,4}$"
)
# "It used to take 3 s in version 1, so the new parser ...": what stands in a phrase of its own is not spoken of further on.
_OBLIQUE = phrase(r"\b(?:in|at|for|with|on|of|by|under|since)\W{0,4}(?:the )?$")
_TRANSITIVE = phrase(r"(?:outperform|underperform|exceed|surpass|beat|trail|overtak|lag|outweigh)")
_COORDINATED = phrase(r"\W*(?:and|or|nor|as well as)?\W*(?:the )?$")
_PASSIVE = phrase(r"\w+(?:ed|en|t|n) by\b")

_UNIVERSAL = phrase(
    r"\b(?:all|always|every|each|both|consistent(?:ly)?|throughout|across|entire(?:ly)?|any|never|no|none|without exception|whole|uniform(?:ly)?"
    r"|steadily|monotonic(?:ally)?|everywhere|regardless|at any|invariably|keeps?|continu\w+)\b"
)
_PARTIAL = phrase(
    r"\b(?:mostly|(?<!at )(?<!the )(?<!its )most(?! (?:efficient|accurate|effective|robust|reliable|stable|precise|performant|recent)\b)"
    r"|some(?:times|what)?|many|several|often|usually|typically|general(?:ly)?|(?<!\ban )(?<!\bthe )overall|on average|tend(?:s|ed|ency)?|largely|nearly all"
    r"|almost all|majority|occasional(?:ly)?|mainly|primarily|for the most part|broadly|by and large|roughly(?! (?:[\d~$€£.]|half|twice|double|triple|an?|one|two|three|four|five|six|ten)))\b"
)
_EXCEPTED = phrase(r"\b(?:anything else|everything else|anyone else|all else|nothing else|anything but|apart from|except|excluding|besides|leaving aside|otherwise)\b")
# "One of the highest" names no first.
_ONE_OF = phrase(r"\b(?:one of|among|amongst)\W+(?:the|its|their|all)?\W*(?:\w+\W+)?(?:best|worst|most|least|top|\w{2,}est)\b")

# The polarity that a metric's name settles; a reading that says the opposite is in doubt.
_LOWER = phrase(
    r"\b(?:time|latency|duration|delay|loss|losses|errors?|cost|costs|price|perplexity|ppl|wer|cer|rmse|mse|mae|ter|memory|energy|failures?|failure rate|misses|regret|overhead)\b"
)
_HIGHER = phrase(
    r"\b(?:accurac(?:y|ies)|rewards?|throughput|speed|speed-?up|bleu\S*|rouge\S*|meteor|f1|f-?score|precision|recall|auc|auroc|map|ndcg|success(?: rate)?|pass rate|pass@\d+|win rate|efficiency|uptime|availability)\b"
)
_LASTING = phrase(r"(?:m?s|sec|seconds|minutes|hours|milliseconds)")
_TIMELIKE = phrase(r"\b(?:time|latency|duration|delay|runtime|seconds?|minutes?|hours?|ms|speed|speed-?up|throughput|rate|steps?|epochs?|fps)\b")


_LOOSE = frozenset(("under", "win", "wins", "won", "winning"))


class _Word(NamedTuple):
    """A direction word of a passage."""

    start: int
    end: int
    sense: str
    negated: bool


@dataclass(frozen=True)
class Passage:
    """What a claim was read from, with everything that stands around it."""

    document: Document
    span: Span
    """Where the quote stands."""
    surroundings: Surroundings
    subjects: Index
    levels: dict[str, Index]

    @cached_property
    def quote(self) -> str:
        """The passage itself."""
        return self.document.text[self.span.start : self.span.end]

    @cached_property
    def sentence(self) -> Span:
        """The sentence that the passage belongs to."""
        return self.document.sentence_around(self.span)


def direction_words(text: str, start: int, end: int) -> list[Span]:
    """The words of a stretch of text that say how things stand to each other; "under" and "won" say other things too."""
    which = [match.span() for match in _WHICH.finditer(text, start, end)]
    found = (match.span() for match in _DIRECTION.finditer(text, start, end) if match[0].lower() not in _LOOSE)
    return [Span(*place) for place in found if not any(place[0] < last and first < place[1] for first, last in which)]


def doubts(claim: Claim, passage: Passage, names: Names, polarity: str, metric: str) -> list[str]:
    """What in the words speaks against the reading; empty where nothing does."""
    found = [
        _direction_doubt(claim, passage, names, polarity, metric),
        _contrary_doubt(claim, passage),
        _subject_doubt(claim, passage, names),
        _level_doubt(claim, passage, names),
        _listing_doubt(claim, passage),
    ]
    return [doubt for doubt in found if doubt is not None]


def goes_by_polarity(passage: Passage) -> bool:
    """Whether a word of the passage (faster, outperforms, more efficient) means more or less only by the metric's polarity."""
    return any(word.sense in ("better", "worse", "faster", "slower") for word in _words(passage.quote))


def contradiction_doubts(claim: Claim, passage: Passage) -> list[str]:
    """What speaks against calling it contradicted: the words are weaker than the reading."""
    over = getattr(claim, "over", None)
    one_of = _ONE_OF.search(passage.quote) if getattr(claim, "rank", None) == 1 else None
    if one_of is not None:
        return [f"{one_of[0]!r} does not say that it is the first of all"]
    spared = _EXCEPTED.search(passage.quote)
    if spared is not None and not getattr(over, "exceptions", ()) and not getattr(claim, "among", ()) and claim_is_plural(claim):
        return [f"{spared[0]!r} leaves something out that the reading does not name"]
    if claim.pooled:
        return []
    strict = getattr(claim, "always", True) and (over is None or over.how in ("all", "none", "only"))
    text = " ".join(passage.document.text[slice(*passage.sentence)].split())
    weak = _PARTIAL.search(" ".join(passage.quote.split())) or (_opening(_PARTIAL, passage) if over is None else None)
    if strict and weak is not None and claim_is_plural(claim):
        return [f"{weak[0]!r} says less than that it holds for all"]
    throughout = any(selector.at == THROUGHOUT for selector in claim.operands()) or getattr(claim, "steady", False)
    if throughout and (over is None or over.how == "all") and _UNIVERSAL.search(text) is None:
        return ["no word says that it holds at every point"]
    return []


def _opening(pattern: re.Pattern[str], passage: Passage) -> re.Match[str] | None:
    """The last match before the quote in its sentence, if it opens the clause that the quote stands in: "In general, ..."."""
    before = passage.document.text[passage.sentence.start : passage.span.start]
    found = list(pattern.finditer(before))
    if not found or re.search(r"[,;:]", before[found[-1].end() :].removeprefix(",")):
        return None
    return found[-1]


def claim_is_plural(claim: Claim) -> bool:
    """Whether the claim leaves a key open, so that it speaks of several values."""
    return any(
        len(selector.subjects) != 1 or not selector.levels or selector.at == THROUGHOUT or selector.metric is None
        for selector in claim.operands()
    )


def polarity_doubt(metric: Metric) -> str | None:
    """Whether the metric's name says the opposite of the polarity that was read."""
    lower, higher = _LOWER.search(metric.name), _HIGHER.search(metric.name)
    if lower is None and higher is None and metric.unit is not None:
        lower = _LASTING.fullmatch(metric.unit)
    if lower is not None and higher is None and metric.better == "higher":
        return f"a lower {lower[0]} is usually better, the reading says higher"
    if higher is not None and lower is None and metric.better == "lower":
        return f"a higher {higher[0]} is usually better, the reading says lower"
    return None


def value_doubt(
    subject: str | None, levels: Sequence[tuple[str, str]], span: Span, passage: Passage
) -> str | None:
    """Whether the words around a value name others than its subject or level, and not it.

    They are asked from near to far: the quote, what stands before it in its sentence, the rest of the sentence, what
    stands before it in its line, the headings. What comes later in a line speaks of other things.
    """
    sentence, line, *headings = passage.surroundings.rings(span)
    before = Span(min(sentence.start, span.start), span.start)
    earlier = Span(min(line.start, span.start), span.start)
    rings = [passage.span, before, sentence, earlier]
    if subject is not None and passage.subjects.names_anywhere(subject):
        named = next((found for ring in rings if (found := _names_within(passage.subjects, ring))), {subject})
        if subject not in named and subject not in _names_within(passage.subjects, sentence):
            return f"the passage speaks of {_listed(named)}, not of {subject}"
    for dimension, level in levels:
        index = passage.levels.get(dimension)
        if index is None or not index.names_anywhere(level):
            continue
        named = next((found for ring in (*rings, *headings) if (found := _names_within(index, ring))), {level})
        if level not in named and level not in _names_within(index, sentence):
            return f"the passage speaks of {_listed(named)}, not of {level}"
    return None


def _names_within(index: Index, span: Span) -> set[str]:
    return {place.name for place in index.within(span)}


# -- direction -----------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _words(text: str, of: str = "") -> list[_Word]:
    """The words that say a direction: of the numbers, of a "gap", or of an "extreme"."""
    pattern, masks = (_OWN_WORDS[of], (_WHICH,)) if of else (_DIRECTION, (_NO_DIRECTION, _WHICH))
    masked = [match.span() for mask in masks for match in mask.finditer(text)]
    found = []
    for match in pattern.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in masked) or match.lastgroup is None:
            continue
        negated = _NEGATION.search(text, 0, match.start()) is not None
        found.append(_Word(match.start(), match.end(), match.lastgroup.rpartition("_")[0], negated))
    return found


def _sign(sense: str, polarity: str, metric: str) -> int | None:
    """+1 for a greater number, -1 for a smaller one, None where the word does not settle it."""
    if sense in ("greater", "rises", "at least"):
        return 1
    if sense in ("less", "falls", "at most"):
        return -1
    if sense in ("faster", "slower"):
        if _TIMELIKE.search(metric) is None:
            return None
        sense = "better" if sense == "faster" else "worse"
    if sense in ("ahead", "behind"):  # whoever is ahead has more of it, unless less is better
        return 1 if (sense == "ahead") is (polarity != "lower") else -1
    if sense in ("better", "worse") and polarity in ("higher", "lower"):
        return 1 if (sense == "better") is (polarity == "higher") else -1
    return None


def _contrary_doubt(claim: Claim, passage: Passage) -> str | None:
    pattern = claim.contrary()
    found = re.search(pattern, passage.quote, re.IGNORECASE) if pattern else None
    return None if found is None else f"{found[0]!r} says the opposite of the reading"


def _direction_doubt(claim: Claim, passage: Passage, names: Names, polarity: str, metric: str) -> str | None:
    reading = claim.reading()
    if reading is None:
        return None
    first, direction, second = reading
    of = next((name for name in _OWN_WORDS if direction.startswith(name)), "")
    if direction == "times" and second is not None:
        return _said_of_doubt(first, second, passage, names)
    read = _sign(direction.removeprefix(of).strip(), polarity, metric)
    if read is None:
        return None
    expected: dict[int, _Word] = {}
    of_none = getattr(getattr(claim, "over", None), "how", "") == "none"  # "no model beats B": the negation counts
    for word in _words(passage.quote, of):
        sign = _sign(word.sense, polarity, metric)
        if sign is None or passage.quote[word.start : word.end].casefold() in metric.casefold():
            continue  # "growth" in the growth of Ada says nothing of where it goes
        if second is None and _is_said_of_others(first, passage, names):
            continue
        sign = -sign if word.negated and not of_none else sign
        side = 1 if second is None else _side(word, first, second, passage, names)
        expected.setdefault(sign * side, word)
    if len(expected) != 1:
        return None
    sign, word = next(iter(expected.items()))
    return None if sign == read else f"{passage.quote[word.start : word.end]!r} says the opposite of the reading"


def _side(word: _Word, first: Selector, second: Selector, passage: Passage, names: Names) -> int:
    """+1 where the first operand is what the word is said of, -1 where it is the second."""
    mine, theirs = _distinguishing(first, second, names), _distinguishing(second, first, names)
    if not mine and not theirs:
        return 1
    start, quote = passage.span.start, passage.quote
    places = [place for place in _places(passage, passage.span) if place.name in mine | theirs]
    if not places:
        before = [place for place in _places(passage, passage.sentence) if place.name in mine | theirs]
        before = [place for place in before if place.span.end <= start and not _is_object(passage, place, _OBLIQUE)]
        return -1 if before and before[-1].name in theirs else 1
    objects = _objects(passage, places)
    said_of = [place for place in places if place not in objects]
    swap = -1 if _PASSIVE.search(quote, word.start, word.end + 4) else 1
    if not said_of:
        return swap * (1 if objects[0].name in theirs else -1)
    ahead = [place for place in said_of if place.span.end - start <= word.start]
    if not ahead and _TRANSITIVE.match(quote, word.start):  # "its 0.2 s beat the 0.1 s of Bo": said of what is not named
        swap = -swap
    named = ahead[-1] if ahead else said_of[0]
    return swap * (1 if named.name in mine else -1)


def _is_said_of_others(first: Selector, passage: Passage, names: Names) -> bool:
    """"No one is faster than Ada" says it of everybody but Ada."""
    mine = {names.subjects.meaning(name) for name in first.subjects}
    places = [place for place in passage.subjects.within(passage.span) if place.name in mine]
    return bool(places) and _objects(passage, places) == places


def _said_of_doubt(first: Selector, second: Selector, passage: Passage, names: Names) -> str | None:
    """"Bo takes 3 times as long" speaks of Bo: the one the quote speaks of is the first operand."""
    mine, theirs = _distinguishing(first, second, names), _distinguishing(second, first, names)
    places = [place for place in _places(passage, passage.span) if place.name in mine | theirs]
    objects = _objects(passage, places)
    said_of = {place.name for place in places if place not in objects}
    if not said_of or said_of & mine:
        return None
    return f"the passage is about {_listed(said_of)}, the reading about {_listed(mine)}"


def _objects(passage: Passage, places: Sequence[Named]) -> list[Named]:
    """The places that something is held against: "than Ada and Bo" holds it against both."""
    found: list[Named] = []
    for before, place in zip((None, *places), places, strict=False):
        lead = passage.quote[: place.span.start - passage.span.start]
        between = "" if before is None else passage.document.text[before.span.end : place.span.start]
        if _OBJECT.search(lead) or (before in found and _COORDINATED.fullmatch(between)):
            found.append(place)
    return found


def _is_object(passage: Passage, place: Named, *more: re.Pattern[str]) -> bool:
    lead = passage.document.text[passage.sentence.start : place.span.start]
    return any(pattern.search(lead) for pattern in (_OBJECT, *more))


def _distinguishing(one: Selector, other: Selector, names: Names) -> set[str]:
    """The names that the one operand has and the other has not."""
    return _canonical(one, names) - _canonical(other, names)


def _canonical(selector: Selector, names: Names) -> set[str]:
    subjects = {names.subjects.meaning(name) for name in selector.subjects}
    levels = {meaning for name in selector.levels for _, meaning in names.level(name)}
    return {name for name in subjects | levels if name is not None}


def _places(passage: Passage, span: Span) -> list[Named]:
    found = [*passage.subjects.within(span), *(place for index in passage.levels.values() for place in index.within(span))]
    return sorted(found, key=lambda place: place.span)


# -- names ---------------------------------------------------------------------------------------


def _subject_doubt(claim: Claim, passage: Passage, names: Names) -> str | None:
    operands = claim.operands()
    if not operands or any(not selector.subjects for selector in operands):
        return None
    read = {names.subjects.meaning(name) for selector in operands for name in selector.subjects}
    named = {place.name for place in passage.subjects.within(passage.span)}
    if not named or named & read:
        return None
    return f"the passage speaks of {_listed(named)}, the reading of {_listed(name for name in read if name)}"


def _listing_doubt(claim: Claim, passage: Passage) -> str | None:
    text = folded(passage.document.text)
    made_up = [name for name in getattr(claim, "names", ()) if folded(name) not in text]
    return f"the document does not name {_listed(made_up)}" if made_up else None


def _level_doubt(claim: Claim, passage: Passage, names: Names) -> str | None:
    read: dict[str, set[str]] = {}
    for selector in claim.operands():
        for name in selector.levels:
            for dimension, level in names.level(name):
                read.setdefault(dimension, set()).add(level)
    for dimension, levels in read.items():
        index = passage.levels[dimension]
        sentence, line, *headings = passage.surroundings.rings(passage.span)
        earlier = Span(min(line.start, passage.span.start), passage.span.start)
        for ring in (passage.span, sentence, earlier, *headings):
            named = _names_within(index, ring)
            if named & levels:
                break
            if named and all(index.names_anywhere(level) for level in levels):
                return f"the passage speaks of {_listed(named)}, the reading of {_listed(levels)}"
    return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
