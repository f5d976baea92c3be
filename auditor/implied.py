"""implied: claims that nobody states in words, derived by code from what a document is.

A stated axis range says that every value on the axis lies inside it; two mentions of one
value say that they agree; a peak is no lower than the rest of its series; a share lies
between 0 and 100 %; a thing keeps its colour; a metric that is said to follow from
another follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.axes import axis_ranges, loose
from auditor.derivation import derived
from auditor.exact.expression import (
    Aggregate,
    All,
    Compare,
    Over,
    Relation,
    Settled,
    Stated,
    unknown,
)
from auditor.exact.interval import Interval
from auditor.exact.verdict import SUPPORTED, Reason
from auditor.facts import PERCENT
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.looks import attributes
from auditor.operand import claimed, given
from auditor.opposites import mixtures, opposites
from auditor.phrase import Phrase
from auditor.position import AVERAGE, PEAK, TROUGH
from auditor.ranges import nested_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.exact.expression import Formula
    from auditor.grounded import Reading
    from auditor.judgement import Judgement
    from auditor.row import Mention, Row

KINDS = {
    "axis-range": "Every value on an axis lies inside the range that the document gives for the axis.",
    "restatement": "Two mentions of one value can both be true, roundings and hedges allowed for.",
    "extreme": "A peak is no lower, and a trough no higher, than any other value of its series.",
    "domain": "Shares, accuracies and probabilities lie between 0 and 100 % (or 0 and 1).",
    "attribute": "A thing has the same colour, marker or line style wherever one is stated.",
    "exclusive": "Shares of answers that exclude each other, such as for and against, come to at most 100 %.",
    "mixture": "A share of all lies between the shares of the two groups that make up the whole, such as men and women.",
    "nested-range": "A range that is stated for a part lies inside the range that is stated for all.",
    "derived": "A metric that is said to be the complement, ratio or difference of others agrees with them.",
}
"""Every kind of implied claim, with what it says."""

HUNDRED = Fraction(100)


def implied(reading: Reading) -> Iterator[Judgement]:
    """Every implied claim of a document, judged."""
    yield from axis_ranges(reading)
    yield from _restatements(reading)
    yield from _extremes(reading)
    yield from _domains(reading)
    yield from attributes(reading)
    yield from derived(reading)
    yield from opposites(reading)
    yield from mixtures(reading)
    yield from nested_ranges(reading)


# -- values stated twice -------------------------------------------------------------------------


def _restatements(reading: Reading) -> Iterator[Judgement]:
    for row in reading.facts.rows.values():
        earlier = [row.mentions[0]]
        for mention in row.mentions[1:]:
            if any(mention.span == other.span for other in earlier):
                continue
            rival = next((other for other in earlier if _exclude(other, mention)), earlier[0])
            formula = _agreement(reading, row, rival, mention)
            earlier.append(mention)
            yield judge_formula(reading, "restatement", formula, mention.quote, Severity.MAGNITUDE, about="this value")


def _exclude(one: Mention, other: Mention) -> bool:
    return one.claimed.intersection(other.claimed) is None


def _agreement(reading: Reading, row: Row, first: Mention, other: Mention) -> Formula:
    leaf = given(reading.facts, replace(row, mentions=(first,)))
    if not _exclude(first, other) and first.interval.intersection(other.interval) is None:
        return Settled(SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, hedges allowed for")
    if _exclude(first, other):
        if row.key.metric in {reading.facts.canonical(name) for name in reading.unitless}:
            return unknown(Reason.READING_IN_DOUBT, f"the unit of {row.key.metric} is not known")
        together = reading.document.sentence_around(first.span) == reading.document.sentence_around(other.span)
        if together:
            return unknown(Reason.READING_IN_DOUBT, "two numbers for one thing in one sentence: more likely two things")
        if _is_rounded(first, other) or _is_rounded(other, first):
            return Settled(
                SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, one of them rounded"
            )
        if _is_in_words(first, other) or _is_in_words(other, first):
            return Settled(
                SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, one of them in words"
            )
        if _is_percent_of(first, other) or _is_percent_of(other, first):
            return Settled(
                SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, as parts of one"
            )
    hedge = other.quantity.hedge or first.quantity.hedge
    note = "" if hedge is None else hedge.sentence
    return Compare(leaf, Relation.EQUAL, Stated(other.claimed, other.quantity.written, note, other.interval))


def _is_rounded(whole: Mention, other: Mention) -> bool:
    """Whether the one is the other without its decimals: 1485 and 1484.77."""
    one, precise = whole.quantity, other.quantity
    is_finer = precise.step is not None and precise.step < 1 and one.point.denominator == 1 and one.unit == precise.unit
    return is_finer and abs(one.point - precise.point) <= Fraction(1, 2)


def _is_in_words(worded: Mention, other: Mention) -> bool:
    """Whether the one is the other in words, which mean it less strictly: 30.05 s and half a minute."""
    quantity = worded.quantity
    if not quantity.point or any(character.isdigit() for character in quantity.written):
        return False
    meant = claimed(replace(quantity, hedge=None)).interval.scaled(worded.interval.middle / quantity.point)
    return meant.intersection(other.claimed) is not None


def _is_percent_of(percentage: Mention, part: Mention) -> bool:
    """Whether the one is the other in percent: 61 % and 0.61."""
    units = percentage.quantity.unit, part.quantity.unit
    is_percent = units[0] is not None and units[0].name == PERCENT and units[1] is None
    return is_percent and percentage.claimed.intersection(part.claimed.scaled(HUNDRED)) is not None


# -- peaks and troughs ---------------------------------------------------------------------------


def _extremes(reading: Reading) -> Iterator[Judgement]:
    facts = reading.facts
    series: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in reading.facts.rows.values():
        series[row.key[:3]].append(row)
    for rows in series.values():
        yield from _averages(reading, rows)
        for name, relation in ((PEAK, Relation.NOT_BELOW), (TROUGH, Relation.NOT_ABOVE)):
            extremes = [row for row in rows if row.point.name == name]
            others = [row for row in rows if row.point.name != name]
            if len(extremes) != 1:  # "peaks at 20 and again at 80": each is the highest of its surroundings
                continue
            row = extremes[0]
            parts = tuple(
                Compare(given(facts, row), relation, given(facts, other))
                for other in others
                if not _is_beyond_a_dip(row, other, others, relation)
            )
            if parts:
                span = row.mentions[0].quote
                yield judge_formula(reading, "extreme", All(parts), span, Severity.CONCLUSION, about=f"the {name}")


def _averages(reading: Reading, rows: Sequence[Row]) -> Iterator[Judgement]:
    """A stated average of a series that a table gives whole against the mean of its numbers."""
    cells = set(reading.tabulation.cells)
    tabled = [row for row in rows if any(mention.quote in cells for mention in row.mentions)]
    if len(tabled) < _WHOLE_SERIES:
        return
    facts = reading.facts
    mean = Over(Aggregate.MEAN, tuple(given(facts, row) for row in tabled))
    for row in rows:
        if row.point.name == AVERAGE and row not in tabled:
            mention = row.mentions[0]
            stated = Stated(mention.claimed, mention.quantity.written, "", mention.interval)
            formula = Compare(mean, Relation.AGREES, stated)
            yield judge_formula(reading, "extreme", formula, mention.quote, Severity.MAGNITUDE, about="the average")


_WHOLE_SERIES = 5
"""How many numbers of a table make a series whose mean can be computed."""


def _is_beyond_a_dip(extreme: Row, other: Row, rows: Sequence[Row], relation: Relation) -> bool:
    """Whether the series turns back between the two, so that the one may be the peak of its surroundings alone."""
    here, there = extreme.point.position, other.point.position
    if here is None or there is None:
        return False
    between = [row for row in rows if row.point.position is not None and row is not other]
    inside = [row for row in between if min(here, there) < (row.point.position or here) < max(here, there)]
    if relation is Relation.NOT_BELOW:
        return any(extreme.interval.is_above(row.interval) for row in inside)
    return any(row.interval.is_above(extreme.interval) for row in inside)


# -- what can be at all --------------------------------------------------------------------------

_SHARE = Phrase(
    r"\b(?:accurac(?:y|ies)|probabilit(?:y|ies)|proportions?|precision|recall|f1"
    r"|(?:success|pass|failure|win|hit) rate)\b"
)
_NO_SHARE = Phrase(
    r"\b(?:chang\w*|gains?|differences?|delta|improve\w*|drops?|increase\w*|decrease\w*|relative|normali[sz]ed|retention"
    r"|ratio|growth|loss|log|change|per|times|by|baseline|of the (?:original|teacher|full))\b|δ"  # the Greek letter is in lower case like the text
)
_WHOLE = Stated(Interval(Fraction(0), HUNDRED, True, True), "0 to 100 %")


def _domains(reading: Reading) -> Iterator[Judgement]:
    """Values outside of what they can be; without a unit, 87.3 may be a percentage, 104 and −3 may not."""
    facts = reading.facts
    for metric in facts.metrics.values():
        name = facts.canonical(metric.name)
        unit = facts.units.get(name)
        if _SHARE.search(metric.name) is None or _NO_SHARE.search(metric.name) is not None:
            continue
        if name in facts.counted or (unit is not None and unit.name != PERCENT):
            continue
        for row in facts.of_metric(name):
            span = row.mentions[0].quote
            sentence = reading.document.text[slice(*reading.document.sentence_around(span))]
            if _WHOLE.interval.meets(loose(row)) or _NO_SHARE.search(sentence) is not None:
                continue
            formula = Compare(given(facts, row), Relation.AGREES, _WHOLE)
            yield judge_formula(reading, "domain", formula, span, Severity.PRESENTATION, about="this value")
