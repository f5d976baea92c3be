"""implied: claims that nobody states in words, derived by code from what a document is.

A stated axis range says that every value on the axis lies inside it; two mentions of one
value say that they agree; a peak is no lower than the rest of its series; a share lies
between 0 and 100 %; a thing keeps its colour; a metric that is said to follow from
another follows from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.expression import (
    All,
    Compare,
    Complement,
    Difference,
    Ratio,
    Readings,
    Relation,
    Settled,
    Stated,
    unknown,
)
from auditor.exact.interval import Interval
from auditor.exact.numeral import parse_quantity
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.facts import AVERAGE, PEAK, TROUGH, Key
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.names import folded
from auditor.query import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.exact.expression import Formula, Term
    from auditor.extraction import Axis
    from auditor.facts import Mention, Row
    from auditor.judgement import Judgement
    from auditor.grounded import Reading

KINDS = {
    "axis-range": "Every value on an axis lies inside the range that the document gives for the axis.",
    "restatement": "Two mentions of one value can both be true, roundings and hedges allowed for.",
    "extreme": "A peak is no lower, and a trough no higher, than any other value of its series, and the average lies between.",
    "domain": "Shares, accuracies and probabilities lie between 0 and 100 % (or 0 and 1).",
    "attribute": "A thing has the same colour, marker or line style wherever one is stated.",
    "derived": "A metric that is said to be the complement, ratio or difference of others agrees with them.",
}
"""Every kind of implied claim, with what it says."""


def implied(reading: Reading) -> Iterator[Judgement]:
    """Every implied claim of a document, judged."""
    yield from _axis_ranges(reading)
    yield from _restatements(reading)
    yield from _extremes(reading)
    yield from _domains(reading)
    yield from _attributes(reading)
    yield from _derived(reading)


def _view(reading: Reading) -> View:
    return View(reading.facts, lambda _: None)


def _bounds(axis: Axis, scale: Fraction) -> Stated | None:
    """The range as an operand: its ends as printed, moved outward by a hedge."""
    low, high = parse_quantity(axis.low), parse_quantity(axis.high)
    if low is None or high is None or low.point >= high.point:
        return None
    least = low.point if low.hedge is None else min(low.point, low.claimed.low or low.point)
    most = high.point if high.hedge is None else max(high.point, high.claimed.high or high.point)
    return Stated(Interval(least * scale, most * scale, True, True), f"axis {axis.low} to {axis.high}")


def _axis_ranges(reading: Reading) -> Iterator[Judgement]:
    view, facts = _view(reading), reading.facts
    for metric in facts.metrics.values():
        axis = metric.axis
        bounds = None if axis is None else _bounds(axis, facts.scale_of(metric.name))
        span = None if axis is None or bounds is None else reading.locate(axis.quote, ())
        rows = facts.of_metric(facts.canonical(metric.name), None)
        if axis is None or bounds is None or span is None or not rows:
            continue
        if not all(reading.numbers.find(span, end) for end in (axis.low, axis.high)):
            continue
        outside = [row for row in rows if not any(mention.span.overlaps(span) for mention in row.mentions)]
        parts = tuple(Compare(view.leaf(row), Relation.AGREES, bounds) for row in outside)
        if parts:
            yield judge_formula(reading, "axis-range", All(parts), span, Severity.PRESENTATION, about="the axis")


def _restatements(reading: Reading) -> Iterator[Judgement]:
    for row in reading.facts.rows.values():
        first = row.mentions[0]
        seen = {first.span}
        for mention in row.mentions[1:]:
            if mention.span in seen:
                continue
            seen.add(mention.span)
            formula = _agreement(reading, row, first, mention)
            yield judge_formula(reading, "restatement", formula, mention.quote, Severity.MAGNITUDE, about="this value")


def _agreement(reading: Reading, row: Row, first: Mention, other: Mention) -> Formula:
    view = _view(reading)
    leaf = view.leaf(type(row)(row.key, row.point, (first,)))
    hedge = other.quantity.hedge or first.quantity.hedge
    stated = Stated(other.claimed, other.quantity.written, "" if hedge is None else hedge.sentence, other.interval)
    if first.claimed.meets(other.claimed) and not first.interval.meets(other.claimed):
        return Settled(SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, hedges allowed for")
    together = reading.document.sentence_around(first.span) == reading.document.sentence_around(other.span)
    if together and not first.claimed.meets(other.claimed):
        text = "two numbers for one thing in one sentence: more likely two things"
        return unknown(Reason.READING_IN_DOUBT, text)
    return Compare(leaf, Relation.AGREES, stated)


def _extremes(reading: Reading) -> Iterator[Judgement]:
    view = _view(reading)
    series: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in reading.facts.rows.values():
        series[row.key[:3]].append(row)
    for rows in series.values():
        for row in rows:
            others = [other for other in rows if other is not row and other.key != row.key]
            relation = {PEAK: Relation.NOT_BELOW, TROUGH: Relation.NOT_ABOVE}.get(row.point.name)
            if relation is None or not others:
                continue
            parts = tuple(
                Compare(view.leaf(row), relation, view.leaf(other))
                for other in others
                if other.point.name != AVERAGE or len(others) == 1 or other.point.name in (PEAK, TROUGH, AVERAGE)
            )
            span = row.mentions[0].quote
            yield judge_formula(reading, "extreme", All(parts), span, Severity.CONCLUSION, about=f"the {row.point.name}")


_SHARE = re.compile(
    r"\b(?:accurac(?:y|ies)|probabilit(?:y|ies)|proportions?|precision|recall|f1|(?:success|pass|failure|win|error|hit) rate)\b", re.IGNORECASE
)


def _domains(reading: Reading) -> Iterator[Judgement]:
    view, facts = _view(reading), reading.facts
    for metric in facts.metrics.values():
        if _SHARE.search(metric.name) is None:
            continue
        unit = facts.units.get(facts.canonical(metric.name))
        if unit is None or unit.name != "%":
            continue
        whole = Stated(Interval(Fraction(0), Fraction(100), True, True), "0 to 100 %")
        for row in facts.of_metric(facts.canonical(metric.name), None):
            if whole.interval.meets(row.interval):
                continue
            formula = Compare(view.leaf(row), Relation.AGREES, whole)
            span = row.mentions[0].quote
            yield judge_formula(reading, "domain", formula, span, Severity.PRESENTATION, about="this value")


_COLOUR_WORD = re.compile(r"[^\W\d_]+")


def _attributes(reading: Reading) -> Iterator[Judgement]:
    """Two wordings agree where they share a word ("dark blue" and "the blue line"), or one is not found."""
    for subject in reading.extraction.subjects:
        stated: dict[str, list[tuple[str, object]]] = defaultdict(list)
        for attribute in subject.attributes:
            span = reading.locate(attribute.quote, [subject.name])
            value = folded(attribute.value)
            if span is None or value not in " ".join(reading.document.text[slice(*span)].casefold().split()):
                continue
            name = "colour" if folded(attribute.name) in ("color", "colour") else folded(attribute.name)
            for earlier, _ in stated[name][:1]:
                shared = set(_COLOUR_WORD.findall(earlier)) & set(_COLOUR_WORD.findall(value))
                text = f"{name} of {subject.name}: {earlier} and {value}"
                formula = Settled(SUPPORTED if shared or earlier == value else CONTRADICTED, text)
                yield judge_formula(reading, "attribute", formula, span, Severity.PRESENTATION, about=f"the {name}")
            stated[name].append((value, span))


def _derived(reading: Reading) -> Iterator[Judgement]:
    """Each stated value of a derived metric against what the metric it derives from gives."""
    view, facts = _view(reading), reading.facts
    for metric in facts.metrics.values():
        if metric.derived is None or metric.derived.how == "same":
            continue
        base = reading.names.metrics.meaning(metric.derived.of)
        if base is None:
            continue
        for row in facts.of_metric(facts.canonical(metric.name), None):
            source = facts.rows.get(Key(facts.canonical(base), *row.key[1:]))
            if source is None or any(
                mine.span.overlaps(other.span) for mine in row.mentions for other in source.mentions
            ):
                continue
            terms = _terms(reading, metric.derived.how, metric.derived.baseline, row, source)
            mention = row.mentions[0]
            stated = Stated(mention.claimed, mention.quantity.written, "", mention.interval)
            formulas = tuple(Compare(term, Relation.AGREES, stated) for term in terms)
            if formulas:
                formula = Readings(formulas)
                yield judge_formula(reading, "derived", formula, mention.quote, Severity.MAGNITUDE, about=metric.name)
    del view


def _terms(reading: Reading, how: str, baseline: str | None, row: Row, source: Row) -> tuple[Term, ...]:
    """What the derived value should be; a ratio may be meant either way round."""
    view, facts = _view(reading), reading.facts
    leaf = view.leaf(source)
    if how == "complement":
        unit = facts.units.get(source.key.metric)
        whole = Fraction(100) if unit is not None and unit.name == "%" else Fraction(1)
        return (Complement(whole, leaf),)
    subject = reading.names.subjects.meaning(baseline) if baseline else None
    against = facts.rows.get(source.key._replace(subject=subject)) if subject else None
    if against is None or against is source:
        return ()
    other = view.leaf(against)
    del row
    if how == "ratio":
        return Ratio(other, leaf), Ratio(leaf, other)
    return Difference(leaf, other), Difference(other, leaf)
