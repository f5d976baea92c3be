"""axis_range: every value, and every position, lies inside the range that the document gives for its axis."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.exact.expression import All, Compare, Relation, Settled, Stated, unknown
from auditor.exact.interval import Interval
from auditor.exact.numeral import parse_quantity
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.facts.position import position_of
from auditor.facts.tidy import PERCENT
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import given
from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.exact.expression import Formula
    from auditor.extraction import Axis
    from auditor.facts.row import Row
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "Every value on an axis lies inside the range that the document gives for the axis."

_HUNDRED = Fraction(100)
_SEVERAL = 2
_FAR = 10
"""How many times beyond its end all values of an axis lie where they are more likely counted in another unit."""


def judged(reading: Reading) -> Iterator[Judgement]:
    """The stated range of each axis against what is stated on it."""
    yield from _values_within(reading)
    yield from _positions_within(reading)


def _positions_within(reading: Reading) -> Iterator[Judgement]:
    """Where the prose places its values against the range of the axis along which the series run.

    A table may go further than what is shown of it, so its rows are not asked; nor is a value in the sentence that
    gives the range.
    """
    axis = reading.facts.position
    low, high = (None, None) if axis is None else (position_of(axis.low), position_of(axis.high))
    span = None if axis is None else reading.locate(axis.quote, ())
    if axis is None or low is None or high is None or span is None or low >= high:
        return
    cells = set(reading.tabulation.cells)
    sentence = reading.document.sentence_around(span)
    outside, inside = [], 0
    for row in reading.facts.rows.values():
        at = row.point.position
        if at is None or any(mention.quote in cells or mention.span.overlaps(sentence) for mention in row.mentions):
            continue
        if low <= at < high + _reach(axis.high):
            inside += 1
        else:
            outside.append(given(reading.facts, row))
    if outside and inside:
        text = "; ".join(f"{leaf.label} lies outside of {axis.low} to {axis.high}" for leaf in outside[:3])
        settled = Settled(CONTRADICTED, text, values=tuple(outside[:3]))
        yield judge_formula(reading, "axis-range", settled, span, Severity.PRESENTATION, about="the axis")
    elif inside:
        settled = Settled(SUPPORTED, f"{inside} positions lie inside {axis.low} to {axis.high}")
        yield judge_formula(reading, "axis-range", settled, span, Severity.PRESENTATION, about="the axis")


def _reach(end: str) -> Fraction:
    """How far beyond its first moment the end of an axis reaches: to the end of a year or month that it names."""
    period = period_at(end)
    return _NOTHING if period is None else max(period.end - period.start, _NOTHING)


_NOTHING = Fraction(1, 10**6)


def _values_within(reading: Reading) -> Iterator[Judgement]:
    facts = reading.facts
    for metric in facts.metrics.values():
        axis = metric.axis
        name = facts.canonical(metric.name)
        bounds = None if axis is None else _bounds(reading, axis, name)
        span = None if axis is None or bounds is None else reading.locate(axis.quote, ())
        if axis is None or bounds is None or span is None:
            continue
        if not all(reading.numbers.find(span, end) for end in (axis.low, axis.high)):
            continue
        rows = facts.of_metric(name)
        rows = [row for row in rows if not any(mention.span.overlaps(span) for mention in row.mentions)]
        rows = list(_on_axis(rows, bounds, _sharing(reading, axis)))
        parts = tuple(
            Compare(replace(given(facts, row), interval=row.loosely), Relation.AGREES, bounds) for row in rows
        )
        formula: Formula = All(parts)
        if rows and all(_is_far(row, bounds) for row in rows):
            formula = unknown(
                Reason.READING_IN_DOUBT, "no value lies anywhere near the axis: they may be in other units"
            )
        if parts:
            yield judge_formula(reading, "axis-range", formula, span, Severity.PRESENTATION, about="the axis")


def _sharing(reading: Reading, axis: Axis) -> Iterator[Row]:
    """Every value that is given on the same range."""
    facts = reading.facts
    for metric in facts.metrics.values():
        if metric.axis is not None and (metric.axis.low, metric.axis.high) == (axis.low, axis.high):
            yield from facts.of_metric(facts.canonical(metric.name))


def _on_axis(rows: Sequence[Row], bounds: Stated, known: Iterable[Row]) -> Iterator[Row]:
    """Without the rows of a table of which no number lies on the axis: agreement and deviation have ranges of their own."""
    inside, several = set[str | None](), Counter[str | None]()
    for row in known:
        several[row.key.subject] += row.mentions[0].in_table
        if bounds.interval.meets(row.interval):
            inside.add(row.key.subject)
    for row in rows:
        subject = row.key.subject
        if subject in inside or several[subject] < _SEVERAL:
            yield row


def _bounds(reading: Reading, axis: Axis, metric: str) -> Stated | None:
    """The range as an operand, in the unit of the metric: its ends as printed, moved outward by a hedge."""
    low, high = parse_quantity(axis.low), parse_quantity(axis.high)
    if low is None or high is None or low.point >= high.point:
        return None
    low, high = (end.under(reading.tolerances.hedges) for end in (low, high))
    if low.unit is None:
        low = replace(low, unit=high.unit)
    factors = {reading.facts.factor(low, metric), reading.facts.factor(high, metric)}
    factor = factors.pop() if len(factors) == 1 else None
    if factor is None:
        return None
    unit = reading.facts.units.get(metric)
    if unit is not None and unit.name == PERCENT and high.unit is None and high.point <= 1:
        factor = _HUNDRED
    least = low.point if low.hedge is None else min(low.point, low.claimed.low or low.point)
    most = high.point if high.hedge is None else max(high.point, high.claimed.high or high.point)
    return Stated(Interval(least * factor, most * factor, True, True), f"axis {axis.low} to {axis.high}")


def _is_far(row: Row, bounds: Stated) -> bool:
    high = bounds.interval.high
    return high is not None and high > 0 and row.interval.low is not None and row.interval.low > _FAR * high
