"""degree: words that say how far apart two values are ("slightly", "dramatically"), held against how far they are.

| word                                                | fits a gap of             | noted             | contradicted     |
|-----------------------------------------------------|---------------------------|-------------------|------------------|
| slightly, marginally, a bit, narrowly, a slight edge| up to 5 % (grey to 20 %)  | from 20 % on      | from a factor 2  |
| nearly identical, almost the same                   | up to 5 % (grey to 20 %)  | from 20 % on      | from a factor 2  |
| substantially, significantly, dramatically, far,    | from 20 % on (grey from 5)| up to 5 %         | never            |
| vastly, much, by a wide margin, a sharp drop        |                           |                   |                  |

A gap is counted from the smaller value, on what is certain of the printed numbers; where the
axis is known the share of the axis counts too, whichever is kinder. What is negated, or said
with both sorts of word, is left alone; a hedge, a percent scale and a gap between gaps keep a
note from becoming a contradiction.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from auditor.claim import Unjudgeable
from auditor.exact.evaluation import Trace, interval_of
from auditor.exact.expression import (
    Agree,
    All,
    Compare,
    Difference,
    Given,
    Magnitude,
    Noted,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    Tally,
)
from auditor.exact.interval import exactly
from auditor.exact.numeral import show
from auditor.exact.statistic import find_bands, find_reported
from auditor.exact.term import NoValue, leaves
from auditor.exact.verdict import CONTRADICTED, SUPPORTED
from auditor.judgement import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.claim import Claim
    from auditor.exact.expression import Formula, Term
    from auditor.exact.interval import Interval
    from auditor.guards import Passage
    from auditor.query import View

SLIGHT = Fraction(1, 20)
"""A gap up to this is slight."""
SUBSTANTIAL = Fraction(1, 5)
"""A gap from this on is substantial."""
EXTREME = Fraction(1)
"""A gap from this on, a factor of two, refutes that it is slight."""

# -- the words -------------------------------------------------------------------------------------

_ADVERBS = {
    "slight": "slightly|marginally|minimally|barely|narrowly|a (?:tiny |little )?bit|a little|a touch|a hair",
    "large": "substantially|significantly|dramatically|drastically|considerably|vastly|massively|hugely|enormously"
    "|tremendously|markedly|overwhelmingly|sharply|steeply|(?<!so )(?<!as )far|(?<!as )(?<!so )much",
}
_ADJECTIVES = {
    "slight": "slight|marginal|tiny|minor|minimal|negligible|narrow",
    "large": "substantial|significant|dramatic|drastic|considerable|vast|massive|huge|enormous|tremendous|sharp|steep"
    "|wide|large|big",
}
_PHRASES = {
    "slight": r"(?:nearly|almost|virtually|practically|essentially) (?:identical|equal|the same|indistinguishable)",
    "large": "by far(?! from)",
}
# More or less of something than of something else.
_MORE = (
    r"(?:more|less|fewer|better|worse|ahead|behind|above|below|different|superior|inferior|outperform\w*|underperform\w*"
    r"|exceed\w*|surpass\w*|beat\w*|trail\w*|lag\w*|edg(?:es|ed|ing)|improv\w+ (?:on|over|upon)"
    r"|(?!(?:over|under|after|other|rather|either|neither|whether|however|never|later|earlier|further|number|order)\b)"
    r"[a-z]{3,}er)\b"
)
_VERBS = r"(?:outperform\w*|underperform\w*|exceed\w*|surpass\w*|beat\w*|trail\w*|lag\w*|leads?|led|ahead|behind)\b"
_EDGE = r"(?:edge|lead|advantage|gap|difference|margin|improvement|gain|boost|deficit|disadvantage)s?\b"
# A movement of one series.
_MOVE = (
    r"(?:ris(?:e|es|en|ing)|rose|increas\w+|grow\w*|grew|climb\w*|gain\w*|improv\w+|f[ae]ll\w*|drop\w*|declin\w+"
    r"|decreas\w+|dip\w*|shr[iau]nk\w*|reduc\w+|rebound\w*|recover\w*|upswing|uptick|downturn|spike\w*|jump\w*|surg\w+)\b"
)
# A movement of a gap, or more of one gap than of another.
_WIDER = rf"(?:widen\w*|narrow(?:s|ed|ing|er)\b|clos(?:es|ed|ing)\b|{_MOVE}|{_MORE})"

Sort = Literal["slight", "large"]
Shape = Literal["values", "series", "gaps"]


def _patterns(sort: Sort) -> dict[Shape, re.Pattern[str]]:
    """How the words of one sort stand to what they say it of: right before it, or shortly behind a verb."""
    adverb, adjective, phrase = (f"(?:{words[sort]})" for words in (_ADVERBS, _ADJECTIVES, _PHRASES))
    between = r"(?:\s+(?:but|and|yet)\s+\w+ly)?\s+"
    behind = (
        rf"(?:\s+(?!and\b|but\b|while\b|to\b|by\b)[\w.-]+){{0,2}}?\s+(?P<behind>{adverb})\b(?!\s+(?:{_MORE}|{_MOVE}))"
    )
    noun = rf"\b(?P<adjective>{adjective})(?:\s+[\w-]+)?\s+"
    return {
        "values": _compiled(
            rf"\b(?P<adverb>{adverb}){between}{_MORE}|{_VERBS}{behind}|{noun}{_EDGE}|\b(?P<phrase>{phrase})\b"
        ),
        "series": _compiled(rf"\b(?P<adverb>{adverb}){between}{_MOVE}|\b{_MOVE}{behind}|{noun}{_MOVE}"),
        "gaps": _compiled(rf"\b(?P<adverb>{adverb}){between}{_WIDER}|\b{_WIDER}{behind}"),
    }


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SORTS: tuple[Sort, ...] = ("slight", "large")
_WORDS: dict[Sort, dict[Shape, re.Pattern[str]]] = {sort: _patterns(sort) for sort in _SORTS}
_ANY = {sort: _compiled(rf"\b(?:{_ADVERBS[sort]}|{_ADJECTIVES[sort]}|{_PHRASES[sort]})\b") for sort in _SORTS}
# "slightly above 50 %" is a hedge of the number.
_HEDGED_NUMBER = _compiled(
    r"\b\w+ (?:over|above|under|below|(?:more|less|fewer|higher|lower|greater) than) (?:about |~)?[\d$€£]"
)
_NEGATED = _compiled(
    r"(?:\b(?:not|never|no|cannot|without|hardly|rather than|instead of|anything but|more than|neither|nor|far from)\b|n['’]t\b)"
    r"(?:\W+\w+){0,3}\W*$"
)
_HEDGED = _compiled(
    r"\b(?:appears?|seems?|seemingly|may|might|could|perhaps|possibly|probably|arguably|apparently|likely|somewhat"
    r"|roughly|suggests?|if not|or even|to moderate\w*)\b"
)
_STATISTICAL = _compiled(r"significant\w*")


class _Word(NamedTuple):
    sort: Sort
    written: str
    hedged: bool


def _word(passage: Passage, shape: Shape) -> _Word | None:
    """The one degree word of a passage that is said of the claim's gap; None for none, for both sorts, or a negated one."""
    sentence = passage.document.text[slice(*passage.sentence)]
    lead = passage.document.text[passage.sentence.start : passage.span.start]
    masked = [match.span() for match in _HEDGED_NUMBER.finditer(passage.quote)]
    used = [sort for sort in _SORTS if _ANY[sort].search(passage.quote)]
    for sort in used if len(used) == 1 else ():
        for match in _WORDS[sort][shape].finditer(passage.quote):
            name = match.lastgroup or "phrase"
            start = match.start(name)
            if any(low <= start < high for low, high in masked) or _NEGATED.search(lead + passage.quote[:start]):
                continue
            return _Word(sort, " ".join(match[name].split()), _HEDGED.search(sentence) is not None)
    return None


# -- the gap ---------------------------------------------------------------------------------------


class _Gap(NamedTuple):
    """How far two values are apart, relative to the smaller and to the axis."""

    relative: Interval | None
    """Relative to the smaller; None where a value may be zero or the signs differ."""
    middle: Fraction
    """The same, of the printed numbers."""
    share: Interval | None
    """Of the axis; None where no axis is stated."""
    is_small_anyway: bool
    """Whether it is a gap between gaps, one thing counted, or a few points of a hundred."""

    @property
    def certain(self) -> Fraction:
        """The least that the gap can be, by the kinder of the two measures."""
        return min(
            (one.low for one in (self.relative, self.share) if one is not None and one.low is not None),
            default=Fraction(0),
        )

    @property
    def possible(self) -> Fraction | None:
        """The most that the gap can be, by the kinder of the two measures; None where nothing bounds it."""
        if self.relative is None or self.relative.high is None:
            return None
        return max(one.high or Fraction(0) for one in (self.relative, self.share) if one is not None)

    def fits(self, sort: Sort) -> bool:
        """Whether a word of this sort may be said of it, the grey zone included."""
        if sort == "large":
            return self.possible is None or self.possible > SLIGHT
        return self.certain < SUBSTANTIAL

    @property
    def is_extreme(self) -> bool:
        """Whether it cannot be called slight in any way: two times the smaller for certain, and far on any scale."""
        return not self.is_small_anyway and self.relative is not None and (self.relative.low or 0) >= EXTREME

    @property
    def shown(self) -> str:
        """The gap for a reader, by the kinder measure."""
        if self.share is not None and (self.relative is None or self.share.middle < self.middle):
            return f"{show(self.share.middle * 100, 2)} % of the axis"
        return (
            f"a factor of {show(self.middle + 1, 2)}"
            if self.middle >= EXTREME
            else f"a gap of {show(self.middle * 100, 2)} %"
        )


def _gap(left: Term, right: Term, scale: Term | None, *, percent: bool) -> _Gap | None:
    try:
        one, other = interval_of(left), interval_of(right)
        apart, of_gaps = abs(one - other), isinstance(left, Magnitude)
        length = None if scale is None else interval_of(scale)
        if length is None and of_gaps:  # a gap may double and still be small beside the values
            length = max((abs(leaf.interval) for leaf in leaves(left)), key=lambda interval: interval.middle)
        share = None if length is None else apart / length
        is_one_thing = one.is_exact and other.is_exact and apart == exactly(1)
        is_few_points = percent and scale is None and (apart.low or 0) <= SLIGHT * 100
        is_small_anyway = of_gaps or is_one_thing or is_few_points
        small, large = sorted((abs(one), abs(other)), key=lambda interval: interval.middle)
        if (one.middle > 0) is not (other.middle > 0) or exactly(0).meets(small):
            return None if share is None else _Gap(None, Fraction(0), share, is_small_anyway)
        relative = large / small - exactly(1)
    except (NoValue, ZeroDivisionError, ValueError):
        return None
    return _Gap(relative, large.middle / small.middle - 1, share, is_small_anyway)


_ORDERED = frozenset({Relation.GREATER, Relation.LESS, Relation.AT_LEAST, Relation.AT_MOST, Relation.DIFFERENT})
_ALIKE = frozenset({Relation.SIMILAR, Relation.EQUAL})


def _pairs(formula: Formula) -> Iterator[tuple[Term, Term]]:
    """The terms that a formula compares with one another; none where what it says of them is not plain."""
    match formula:
        case Compare(left, relation, right) if relation in _ORDERED or relation in _ALIKE:
            yield left, right
        case Compare(left, Relation.AGREES, _):
            yield from _sides(left)
        case All(parts) | Agree(parts) | Tally(parts, 0, 0):
            for part in parts:
                yield from _pairs(part)
        case Readings((first, *_)):
            yield from _pairs(first)
        case Noted(part):
            yield from _pairs(part)


def _sides(term: Term) -> Iterator[tuple[Term, Term]]:
    match term:
        case Difference(left, right) | Ratio(left, right) | PercentChange(left, right):
            yield left, right
        case Scaled(of, _) | Magnitude(of):
            yield from _sides(of)


# -- the two together ------------------------------------------------------------------------------


class Weighed(NamedTuple):
    """A trace after its degree words were weighed."""

    trace: Trace
    severity: Severity
    about: str
    """What a contradiction is about."""


def weighed(claim: Claim, kind: str, view: View, trace: Trace, passage: Passage) -> Weighed:
    """The trace of a supported claim with what its degree words are worth; any other as it is."""
    plain = Weighed(trace, claim.severity, claim.says)
    shape = _shape(claim, kind)
    if trace.verdict != SUPPORTED or shape is None or not any(_ANY[sort].search(passage.quote) for sort in _SORTS):
        return plain
    if _STATISTICAL.search(passage.quote) is not None:
        statistics = _statistics(view, trace, passage)
        if statistics is not None:
            return plain._replace(trace=replace(trace, notes=(*trace.notes, *statistics)))
    word = _word(passage, shape)
    gap = None if word is None else _telling(claim, kind, view, word.sort)
    if word is None or gap is None or gap.fits(word.sort):
        return plain
    note = f"{word.written!r} for {gap.shown}: slight is up to 5 %, substantial from 20 %"
    noted = replace(trace, notes=(*trace.notes, note))
    if word.sort == "large" or word.hedged or not gap.is_extreme:
        return plain._replace(trace=noted)
    factor = show((gap.middle or Fraction(0)) + 1, 2)
    refuted = replace(
        noted,
        verdict=CONTRADICTED,
        text=f"{trace.text}: a factor of {factor}, said to be {word.written!r}",
        margin=f"flips if the larger is less than 2 times the smaller; computed {factor} times",
    )
    return Weighed(refuted, Severity.MAGNITUDE, "how far the two are apart")


def _shape(claim: Claim, kind: str) -> Shape | None:
    """What a claim compares; None for one whose degree words are not weighed."""
    over = getattr(claim, "over", None)
    if over is not None and over.how != "all":
        return None
    match kind:
        case "comparison" | "difference":
            return "values"
        case "superlative":
            return "values" if getattr(claim, "rank", 1) == 1 else None
        case "trend":
            return "series" if getattr(claim, "shape", "") in ("increases", "decreases") else None
        case "lead":
            return "values" if getattr(claim, "change", "") == "is kept" else "gaps"
        case "contrast":
            return "gaps"
        case _:
            return None


def _telling(claim: Claim, kind: str, view: View, sort: Sort) -> _Gap | None:
    """Of all gaps that the claim speaks of the one that fits the word best; of a superlative, that to the next."""
    selector = next((selector for selector in claim.operands() if selector.metric is not None), None)
    scale = None if selector is None else view.scale(selector)
    percent = selector is not None and view.is_percentage(selector)
    try:
        pairs = list(_pairs(claim.formula(view)))
    except Unjudgeable:  # judged on words alone: there are no numbers
        return None
    gaps = [_gap(left, right, scale, percent=percent) for left, right in pairs]
    known = [gap for gap in gaps if gap is not None]
    if not known or len(known) < len(gaps):
        return None
    if sort == "slight" or kind == "superlative":
        return min(known, key=lambda gap: gap.certain)
    return max(known, key=lambda gap: (gap.possible is None, gap.possible or Fraction(0)))


def _statistics(view: View, trace: Trace, passage: Passage) -> tuple[str, ...] | None:
    """Where "significantly" is meant statistically: what the ± of two values say, nothing for a test, else None."""
    if find_reported(passage.document.text[slice(*passage.sentence)]):
        return ()
    bands = []
    for leaf in dict.fromkeys(leaf for leaf in trace.leaves if isinstance(leaf, Given) and leaf.sources):
        mention = view.facts.mentions[leaf.sources[0]]
        text = passage.document.text[mention.span.start : mention.span.end + _LOOKAHEAD]
        bands.extend(band for band in find_bands(text)[:1] if band.written.startswith(mention.quantity.written))
    if len(bands) != 2:  # noqa: PLR2004  (a pair)
        return None
    one, other = bands
    overlap = "overlap, which does not settle whether the difference is significant"
    return (f"{one.written} and {other.written} {overlap if one.interval.meets(other.interval) else 'lie apart'}",)


_LOOKAHEAD = 40
"""Characters behind a number that may hold its ± or its confidence interval."""
