"""stated: the table of facts as plain values for a report, in the order in which the document gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.report import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.facts.tidy import Facts


def values(facts: Facts) -> Iterator[Value]:
    """One value for each row of the table."""
    for row in sorted(facts.rows.values(), key=lambda row: row.mentions[0].span):
        metric = facts.metrics.get(row.key.metric)
        interval = row.interval
        yield Value(
            metric=row.key.metric,
            unit="" if metric is None else metric.unit or "",
            better="" if metric is None or metric.better not in {"higher", "lower"} else metric.better,
            subject=row.key.subject,
            levels=row.key.levels,
            point=row.point.shown,
            position=row.point.position,
            written=row.shown,
            amount=None if interval.low is None and interval.high is None else interval.middle,
            spans=tuple(dict.fromkeys(mention.span for mention in row.mentions)),
        )
