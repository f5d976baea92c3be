"""marks: bold numbers that are said to be the best of their column and are not.

What bold means is read off the table itself: where it marks the highest or the lowest of nearly every column that has
any, the column where it marks neither is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from auditor.exact.expression import Compare, Relation
from auditor.tables.finding import Docket, Finding

if TYPE_CHECKING:
    from auditor.tables.series import Matrix, Series, Value
    from auditor.tables.table import Better, Table

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3


class Marked(NamedTuple):
    """A column with bold numbers."""

    better: Better
    bold: tuple[Value, ...]
    highest: Value
    lowest: Value

    @property
    def end(self) -> Literal["highest", "lowest", "both", "neither"]:
        """Which end of the column all its bold numbers share."""
        high = all(not self.highest.interval.is_above(value.interval) for value in self.bold)
        low = all(not value.interval.is_above(self.lowest.interval) for value in self.bold)
        return "both" if high and low else "highest" if high else "lowest" if low else "neither"


def bold_marks(table: Table, columns: Matrix, docket: Docket) -> None:
    """The bold numbers of a table that are not the best of their column."""
    highlighted = _highlighted(table)
    marked = [
        found for series in columns.series if not series.second and (found := _marked(table, series, highlighted))
    ]
    right = [column for column in marked if column.end in _GOOD[column.better]]
    wrong = [column for column in marked if column not in right]
    declared = len(marked) == 1 and not right and _is_declared(marked[0], table)
    if not declared and (len(right) < _FEWEST_COLUMNS or len(right) < 3 * len(wrong)):
        return
    tops = sum(column.end == "highest" for column in right)
    for column in wrong:
        up = column.better == "higher" or (column.better == "unknown" and 2 * tops >= len(right))
        best, relation = (column.highest, Relation.AT_LEAST) if up else (column.lowest, Relation.AT_MOST)
        for value in column.bold:
            formula = Compare(docket.leaf(value), relation, docket.leaf(best))
            about = f"bold marks the best of {len(right)} other columns" if right else "bold marks the best"
            docket.accuse(Finding("bold-best", formula, value.entry.span, about, "conclusion"))


_GOOD: dict[Better, frozenset[str]] = {
    "higher": frozenset(("highest", "both")),
    "lower": frozenset(("lowest", "both")),
    "unknown": frozenset(("highest", "lowest", "both")),
}


def _highlighted(table: Table) -> set[int]:
    """The rows that are set in bold as rows: all their numbers are, or only they are in column after column."""
    rows = set()
    for place, row in enumerate(table.rows):
        numbers = [
            entry
            for entry in row.entries
            if entry.quantity is not None and table.columns[entry.column].role == "measure"
        ]
        if numbers and all(entry.bold for entry in numbers) and (len(numbers) > 1 or row.bold):
            rows.add(place)
    return rows


def _marked(table: Table, series: Series, highlighted: set[int]) -> Marked | None:
    """A column, if some of its numbers are bold and their boldness can be about the numbers."""
    values = [value for value in series.values if value is not None]
    bold = tuple(value for value in values if value.entry.bold and value.entry.row not in highlighted)
    if len(values) < _FEWEST_ROWS or not bold or 2 * len(bold) > len(values):
        return None
    if any(extra.uncertain for value in values for extra in value.entry.extra):
        return None
    highest, lowest = max(values, key=lambda value: value.point), min(values, key=lambda value: value.point)
    if highest.entry.row in highlighted or lowest.entry.row in highlighted:
        return None
    return Marked(table.columns[series.place].better, bold, highest, lowest)


def _is_declared(column: Marked, table: Table) -> bool:
    """Whether a single column with one bold number says which way is better, and its row is no favourite."""
    return column.better != "unknown" and len(column.bold) == 1 and not table.rows[column.bold[0].entry.row].bold
