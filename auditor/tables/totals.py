"""totals: a row that says "total" under one or two columns, where no other column can vouch for the sum.

Accused only where the rows above it are plainly what it sums: whole numbers, none missing, one total only, and a sum
that misses by little, as a slip does and a sum over other rows does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.exact.expression import Aggregate, Compare, Over, Relation
from auditor.tables.finding import Docket, Finding

if TYPE_CHECKING:
    from auditor.tables.series import Matrix, Series, Value
    from auditor.tables.table import Table

_TOTAL = re.compile(r"(?:grand |overall )?(?:total|sum)s?:?", re.IGNORECASE)
_TOTALS = re.compile(r"total|\bsums?\b|\ball\b|overall", re.IGNORECASE)
_NO_SUM = re.compile(
    r"%|\b(?:avg|average|mean|median|rate|ratio|share|per|max|min|best|worst|price|age|score|rank|year)\b|/",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^\W*(?:[-–—•·↳>]|└|thereof|of which|incl)|\b(?:of which|thereof|included|including|incl\.?|in parallel|concurrent)\b",
    re.IGNORECASE,
)
"""What a row may be that is a part of another one."""
_FEWEST = 3
_MOST_COLUMNS = 2
_SLIP = 10
"""The miss is at most one part in so many of the total."""


def totals(table: Table, columns: Matrix, docket: Docket) -> None:
    """The total row of a table against the rows above it."""
    rows = table.rows
    if len(rows) <= _FEWEST or len([series for series in columns.series if not series.second]) > _MOST_COLUMNS:
        return
    named = [place for place, row in enumerate(rows) if _TOTALS.search(row.label)]
    if named != [len(rows) - 1] or _TOTAL.fullmatch(rows[-1].label) is None or any(row.group for row in rows):
        return
    if any(_PART.search(row.label) for row in rows):
        return
    for series in columns.series:
        if not series.second and _NO_SUM.search(series.name) is None:
            _sum(series, docket)


def _sum(series: Series, docket: Docket) -> None:
    values: list[Value] = [value for value in series.values if value is not None]
    if len(values) < len(series.values) or any(value.point < 0 or value.point.denominator != 1 for value in values):
        return
    *addends, total = values
    reached = sum(value.point for value in addends)
    if total.point <= max(value.point for value in addends) or abs(reached - total.point) * _SLIP > total.point:
        return
    term = Over(Aggregate.SUM, tuple(docket.leaf(value) for value in addends))
    formula = Compare(term, Relation.AGREES, docket.leaf(total))
    docket.accuse(Finding("total", formula, total.entry.span, f"{series.name}: sum of the rows above", "magnitude"))
