"""extreme: a peak is no lower, and a trough no higher, than the rest of its series; an average is its mean."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from auditor.exact.expression import Aggregate, All, Compare, Over, Relation, Stated
from auditor.facts.position import AVERAGE, PEAK, TROUGH
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import given

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.facts.row import Row
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "A peak is no lower, and a trough no higher, than any other value of its series."


def judged(reading: Reading) -> Iterator[Judgement]:
    """Each peak and trough against the rest of its series, and each stated average against its mean."""
    facts = reading.facts
    series: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in facts.rows.values():
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
