"""checks: tables judged by themselves, without anybody having claimed anything.

A false accusation is far worse than a missed one: every check first asks the table itself whether its rule holds there,
and accuses only the few cells that break a rule which the rest of the table keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditor.tables.bounds import impossible_rows
from auditor.tables.derived import derived
from auditor.tables.finding import Docket, Finding, Kind
from auditor.tables.marks import bold_marks
from auditor.tables.order import rank_columns, sorted_columns
from auditor.tables.repeated import repeated_columns
from auditor.tables.series import columns_of, rows_of
from auditor.tables.totals import totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.tables.series import Matrix
    from auditor.tables.table import Entry, Table

__all__ = ["KINDS", "Checked", "Finding", "Kind", "checked"]

KINDS: dict[Kind, str] = {
    "derived-column": "A column or row that follows from others of its table follows from them in every cell.",
    "total": "A total or an average is that of the numbers it stands for.",
    "impossible-row": "A minimum is at most the mean and the median, and they at most the maximum; percentiles rise.",
    "bold-best": "Where bold marks the best number of each column, it marks the best.",
    "rank-column": "A rank orders the rows as the numbers that it ranks.",
    "sorted-column": "Where a caption or a heading says by which column the rows are sorted, they are.",
    "repeated-column": "Where one table repeats a column of another, it repeats each of its numbers.",
}
"""Every kind of finding, with what it says."""


class Checked(NamedTuple):
    """What tables get wrong by themselves."""

    findings: tuple[Finding, ...]
    """In the order of the document."""
    entries: tuple[Entry, ...]
    """What the formulas rest on; the sources of a leaf number these."""


def checked(tables: Iterable[Table]) -> Checked:
    """The tables of a document, each judged by itself."""
    docket = Docket()
    seen: list[tuple[Table, Matrix]] = []
    for table in tables:
        columns = columns_of(table)
        seen.append((table, columns))
        rows = rows_of(table, columns)
        impossible_rows(columns, rows, docket)
        derived(columns, rows, docket)
        totals(table, columns, docket)
        bold_marks(table, columns, docket)
        rank_columns(table, columns, docket)
        sorted_columns(table, columns, docket)
    repeated_columns(seen, docket)
    return Checked(tuple(sorted(docket.findings, key=lambda finding: finding.span)), tuple(docket.entries))
