"""derived: metrics that follow from others: complements, ratios and differences, against what they follow from.

The rate of failures is 100 % less the rate of successes, a speed-up the ratio of two times. What follows is
computed from the values of the metric that it follows from, in every reading that careful writers accept.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.expression import (
    Compare,
    Complement,
    Difference,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    Stated,
)
from auditor.exact.unit import conversion
from auditor.facts.row import Key
from auditor.facts.tidy import PERCENT
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.exact.expression import Term
    from auditor.facts.row import Row
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "A metric that is said to be the complement, ratio or difference of others agrees with them."

_HUNDRED = Fraction(100)


def judged(reading: Reading) -> Iterator[Judgement]:
    """Each stated value of a derived metric against what the metric it derives from gives."""
    facts = reading.facts
    for metric in facts.metrics.values():
        if metric.derived is None or metric.derived.how == "same":
            continue
        base = reading.names.metrics.meaning(metric.derived.of)
        if base is None or facts.canonical(base) == facts.canonical(metric.name):
            continue
        for row in facts.of_metric(facts.canonical(metric.name)):
            source = facts.rows.get(Key(facts.canonical(base), *row.key[1:]))
            if source is None or any(
                mine.span.overlaps(other.span) for mine in row.mentions for other in source.mentions
            ):
                continue
            mention = row.mentions[0]
            hedge = mention.quantity.hedge
            note = "" if hedge is None else hedge.sentence
            stated = Stated(mention.claimed, mention.quantity.written, note, mention.interval)
            terms = _terms(reading, metric.derived.how, metric.derived.baseline, row, source)
            if terms:
                formula = Readings(tuple(Compare(term, Relation.AGREES, stated) for term in terms))
                yield judge_formula(reading, "derived", formula, mention.quote, Severity.MAGNITUDE, about=metric.name)


def _terms(reading: Reading, how: str, baseline: str | None, row: Row, source: Row) -> tuple[Term, ...]:
    """What the derived value should be, in every accepted reading; none where it is not known what it should be."""
    facts = reading.facts
    leaf = given(facts, source)
    unit, source_unit = facts.units.get(row.key.metric), facts.units.get(source.key.metric)
    if how == "complement":
        whole = _whole_of(reading, source.key.metric)
        return () if whole is None or unit != source_unit else (Complement(whole, leaf),)
    subject = reading.names.subjects.meaning(baseline) if baseline else None
    against = facts.rows.get(source.key._replace(subject=subject)) if subject else None
    if against is None or against is source:
        return ()
    other = given(facts, against)
    if how == "ratio":
        ratios = (Ratio(other, leaf), Ratio(leaf, other))
        if unit is None or unit.name != PERCENT:
            return ratios
        changes = (PercentChange(leaf, other), PercentChange(other, leaf))
        return (
            *(Scaled(ratio, _HUNDRED) for ratio in ratios),
            *changes,
            *(Scaled(change, Fraction(-1)) for change in changes),
        )
    size = (Difference(leaf, other), Difference(other, leaf))
    terms = size if leaf.interval.middle >= other.interval.middle else size[::-1]
    if unit == source_unit or {one.name for one in (unit, source_unit) if one is not None} <= {PERCENT, "points"}:
        return terms
    factor = None if unit is None or source_unit is None else conversion(source_unit, unit)
    return () if factor is None else tuple(Scaled(term, factor) for term in terms)


def _whole_of(reading: Reading, metric: str) -> Fraction | None:
    """What a part and its complement come to; None for counts and for measures, of which nobody knows."""
    facts = reading.facts
    unit = facts.units.get(metric)
    if metric in facts.counted or (unit is not None and unit.name != PERCENT):
        return None
    highest = max((abs(row.interval.middle) for row in facts.of_metric(metric)), default=Fraction(0))
    if unit is not None:
        return _HUNDRED
    return Fraction(1) if highest <= 1 else _HUNDRED if highest <= _HUNDRED else None
