"""degree: words that say how far apart two values are ("slightly", "dramatically"), held against how far they are.

| words                                                          | fit       | noted      | contradicted    |
|----------------------------------------------------------------|-----------|------------|-----------------|
| slightly, marginally, a bit, a slight edge, nearly identical   | up to 5 % | from 20 %  | from a factor 2 |
| substantially, significantly, dramatically, far, a sharp drop  | from 20 % | up to 5 %  | never           |

These are the default shares; a project may settle others. A gap is counted from the smaller value, on what is certain
of the printed numbers; where the axis is known the share of the axis counts too, whichever is kinder. A hedge, a gap
between gaps, one thing counted and a few points of a hundred are never contradicted. "Significantly" said of a gap
that is not large takes a test, and is vague where none is stated.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.degreeword import SIGNIFICANTLY, STATISTICAL, find_degree, sort_of, speaks_of_degree
from auditor.exact.expression import (
    Agree,
    All,
    Compare,
    Difference,
    Given,
    Magnitude,
    Not,
    Noted,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    Some,
)
from auditor.exact.interval import exactly
from auditor.exact.numeral import show
from auditor.exact.term import NoValue, interval_of, leaves
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.judgement import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.claim import Claim
    from auditor.exact.degreeword import Shape, Sort
    from auditor.exact.evaluation import Trace
    from auditor.exact.expression import Formula, Term
    from auditor.exact.interval import Interval
    from auditor.exact.statistic import Band
    from auditor.exact.tolerance import Tolerances
    from auditor.lookup.view import View
    from auditor.passage import Passage

# -- the gap ---------------------------------------------------------------------------------------


class _Gap(Struct, frozen=True):
    """How far two values are apart, relative to the smaller and to the axis."""

    relative: Interval | None
    """Relative to the smaller; None where a value may be zero or the signs differ."""
    middle: Fraction
    """The same, of the printed numbers."""
    share: Interval | None
    """Of the axis; None where no axis is stated."""
    is_small_anyway: bool
    """Whether it is a gap between gaps, one thing counted, or a few points of a hundred."""
    limits: Tolerances
    """From where on a gap is slight, substantial and extreme."""

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
            return self.possible is None or self.possible > self.limits.slight
        return self.certain < self.limits.substantial

    @property
    def is_extreme(self) -> bool:
        """Whether it cannot be called slight in any way: more than any "slightly" for certain, and far on any scale."""
        return (
            not self.is_small_anyway and self.relative is not None and (self.relative.low or 0) >= self.limits.extreme
        )

    @property
    def shown(self) -> str:
        """The gap for a reader, by the kinder measure."""
        if self.share is not None and (self.relative is None or self.share.middle < self.middle):
            return f"{show(self.share.middle * 100, 2)} % of the axis"
        return (
            f"a factor of {show(self.middle + 1, 2)}"
            if self.middle >= 1
            else f"a gap of {show(self.middle * 100, 2)} %"
        )


def _gap(left: Term, right: Term, scale: Term | None, limits: Tolerances, *, percent: bool) -> _Gap | None:
    try:
        one, other = interval_of(left), interval_of(right)
        apart, of_gaps = abs(one - other), isinstance(left, Magnitude)
        length = None if scale is None else interval_of(scale)
        if length is None and of_gaps:  # a gap may double and still be small beside the values
            length = max((abs(leaf.interval) for leaf in leaves(left)), key=lambda interval: interval.middle)
        share = None if length is None else apart / length
        is_one_thing = one.is_exact and other.is_exact and apart == exactly(1)
        is_few_points = percent and scale is None and (apart.low or 0) <= limits.slight * 100
        is_small_anyway = of_gaps or is_one_thing or is_few_points
        small, large = sorted((abs(one), abs(other)), key=lambda interval: interval.middle)
        if (one.middle > 0) is not (other.middle > 0) or exactly(0).meets(small):
            return None if share is None else _Gap(None, Fraction(0), share, is_small_anyway, limits)
        relative = large / small - exactly(1)
    except (NoValue, ZeroDivisionError, ValueError):
        return None
    return _Gap(relative, large.middle / small.middle - 1, share, is_small_anyway, limits)


_ORDERED = frozenset({Relation.GREATER, Relation.LESS, Relation.AT_LEAST, Relation.AT_MOST, Relation.DIFFERENT})
_ALIKE = frozenset({Relation.SIMILAR, Relation.EQUAL})


def _pairs(formula: Formula) -> Iterator[tuple[Term, Term]]:
    """The terms that a formula compares with one another; none where what it says of them is not plain."""
    match formula:
        case Compare(left, relation, right) if relation in _ORDERED or relation in _ALIKE:
            yield left, right
        case Compare(left, Relation.AGREES, _):
            yield from _sides(left)
        case All(parts) | Agree(parts) | Not(Some(parts)):
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
    if trace.verdict != SUPPORTED or shape is None:
        return plain
    said = _with_adverb(passage)
    if not speaks_of_degree(said):
        return plain
    if STATISTICAL.search(said) is not None:
        statistics = _statistics(view, trace, passage)
        if statistics is not None:
            return plain._replace(trace=statistics)
        untested = _untested(claim, kind, view, trace, said) if kind in ("comparison", "superlative") else None
        if untested is not None:
            return plain._replace(trace=untested)
    sort = sort_of(passage.quote)
    gap = None if sort is None else _telling(claim, kind, view, sort)
    if sort is None or gap is None or gap.fits(sort):  # most do: what the word is said of need not be found out
        return plain
    text, sentence, span = passage.document.text, passage.sentence, passage.span
    word = find_degree(text[sentence.start : span.start], passage.quote, text[span.end : sentence.end], sort, shape)
    if word is None:
        return plain
    note = f"{word.written!r} for {gap.shown}: {view.tolerances.degrees}"
    noted = replace(trace, notes=(*trace.notes, note))
    if sort == "large" or word.hedged or not gap.is_extreme:
        return plain._replace(trace=noted)
    factor = show((gap.middle or Fraction(0)) + 1, 2)
    refuted = replace(
        noted,
        verdict=CONTRADICTED,
        text=f"{trace.text}: a factor of {factor}, said to be {word.written!r}",
        margin=f"flips if the larger is less than {show(view.tolerances.extreme + 1, 2)} times the smaller; computed {factor} times",
    )
    return Weighed(refuted, Severity.MAGNITUDE, "how far the two are apart")


def _shape(claim: Claim, kind: str) -> Shape | None:
    """What a claim compares; None for one whose degree words are not weighed."""
    over = claim.slot("over")
    if over is not None and over.how != "all":
        return None
    match kind:
        case "comparison" | "difference":
            return "values"
        case "superlative":
            return "values" if claim.slot("rank", 1) == 1 else None
        case "trend":
            return "series" if claim.slot("shape", "") in ("increases", "decreases") else None
        case "lead":
            return "values" if claim.slot("change", "") == "is kept" else "gaps"
        case "contrast":
            return "gaps"
        case _:
            return None


def _untested(claim: Claim, kind: str, view: View, trace: Trace, said: str) -> Trace | None:
    """The trace as vague where "significantly" is said of a gap that is not large, and no test is stated; else None."""
    word = SIGNIFICANTLY.written(said)
    gap = None if word is None else _telling(claim, kind, view, "slight")
    if gap is None or gap.certain >= view.tolerances.substantial:
        return None
    text = f"{trace.text}; whether {gap.shown} is {word!r} takes a test, and none is stated"
    return replace(trace, verdict=unverifiable(Reason.VAGUE), text=text, margin="")


def _with_adverb(passage: Passage) -> str:
    """The quote with an adverb that stands right behind it, as in "A beats B | significantly"."""
    behind = _ADVERB.match(passage.document.text, passage.span.end, passage.sentence.end)
    return passage.quote if behind is None else passage.quote + behind[0]


_ADVERB = re.compile(r"\s\w+ly\b")


def _telling(claim: Claim, kind: str, view: View, sort: Sort) -> _Gap | None:
    """Of all gaps that the claim speaks of the one that fits the word best; of a superlative, that to the next."""
    selector = next((selector for selector in claim.operands() if selector.metric is not None), None)
    scale = None if selector is None else view.scale(selector)
    percent = selector is not None and view.is_percentage(selector)
    pairs = () if view.lowered is None else _pairs(view.lowered)  # judged on words alone, there are no numbers
    gaps = [_gap(left, right, scale, view.tolerances, percent=percent) for left, right in pairs]
    known = [gap for gap in gaps if gap is not None]
    if not known or len(known) < len(gaps):
        return None
    if sort == "slight" or kind == "superlative":
        return min(known, key=lambda gap: gap.certain)
    return max(known, key=lambda gap: (gap.possible is None, gap.possible or Fraction(0)))


def _statistics(view: View, trace: Trace, passage: Passage) -> Trace | None:
    """Where "significantly" is meant statistically, the trace with what the ± of two values say; else None.

    A test that is stated is judged by itself.
    """
    text = passage.document.text
    if _MAY_STATE_A_TEST.search(text) is None:
        return None
    from auditor.exact.statistic import find_bands, find_reported  # noqa: PLC0415  (few documents report tests)

    if find_reported(text[slice(*passage.sentence)]):
        return trace
    bands: list[Band] = []
    for leaf in dict.fromkeys(leaf for leaf in trace.leaves if isinstance(leaf, Given) and leaf.sources):
        mention = view.facts.mentions[leaf.sources[0]]
        ahead = text[mention.span.start : mention.span.end + _LOOKAHEAD]
        bands.extend(band for band in find_bands(ahead)[:1] if band.written.startswith(mention.quantity.written))
    if len(bands) != 2:  # noqa: PLR2004  (a pair)
        return None
    one, other = bands
    if not one.interval.meets(other.interval):
        return replace(trace, notes=(*trace.notes, f"{one.written} and {other.written} lie apart"))
    text = f"{trace.text}; {one.written} and {other.written} overlap, which does not settle whether it is significant"
    return replace(trace, verdict=unverifiable(Reason.VAGUE), text=text, margin="")


_MAY_STATE_A_TEST = re.compile(r"±|\+/-|\bCI\b|[<=>≤≥]|\bconfidence", re.IGNORECASE)
_LOOKAHEAD = 40
"""Characters behind a number that may hold its ± or its confidence interval."""
