"""order: rows that stand out of order, in a table with a rank column or one that is said to be sorted.

The rest of the table has to keep the order: where more than one pair of neighbours breaks it, something else is meant.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import gt, itemgetter, lt
from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.expression import Compare, Relation
from auditor.tables.finding import Docket, Finding
from auditor.tables.roles import rank_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.tables.finding import Kind
    from auditor.tables.series import Matrix, Series, Value
    from auditor.tables.table import Table

_FEWEST = 5
"""Rows from which on an order can be told from chance."""


# -- ranks ----------------------------------------------------------------------------------------


def rank_columns(table: Table, columns: Matrix, docket: Docket) -> None:
    """The rank column against the one measure that it ranks."""
    ranks = [number for number in table.with_role("rank") if table.columns[number].name.casefold() not in _INDEXES]
    measures = [series for series in columns.series if not series.second]
    if len(ranks) != 1 or len(measures) != 1:
        return
    stated = [rank_at(row.entries[ranks[0]].text) if ranks[0] < len(row.entries) else None for row in table.rows]
    astray = _astray(stated, measures[0])
    if astray is not None and not _follows_another(table, stated, ranks[0]):
        about = f"{table.columns[ranks[0]].name} orders the rows by {measures[0].name}, all but these two"
        _accuse("rank-column", astray, about, docket)


def _follows_another(table: Table, stated: Sequence[int | None], rank: int) -> bool:
    """Whether the ranks follow another column without a break, as that of a year: it may be what they rank."""
    for number, column in enumerate(table.columns):
        cells = [row.entries[number].quantity if number < len(row.entries) else None for row in table.rows]
        points = [cell.point for cell in cells if cell is not None]
        if number == rank or column.role == "measure" or len(points) < len(stated) or None in stated:
            continue
        ordered = [point for _, point in sorted(zip(stated, points, strict=True), key=itemgetter(0))]
        if all(a < b for a, b in pairwise(ordered)) or all(a > b for a, b in pairwise(ordered)):
            return True
    return False


_INDEXES = frozenset(("#", "", "no", "no.", "nr", "nr.", "id", "index", "№"))


# -- sorted ---------------------------------------------------------------------------------------


def sorted_columns(table: Table, columns: Matrix, docket: Docket) -> None:
    """The column by which the caption or the heading says that the rows are sorted."""
    said = _SORTED.search(table.said)
    around = "" if said is None else table.said[max(0, said.start() - _BEFORE) : said.end() + _BEHIND]
    if said is None or _NOT_OF_IT.search(around) is not None:
        return
    named = [series for series in columns.series if not series.second and _is_named(series, said["what"])]
    astray = _astray(list(range(len(table.rows))), named[0]) if len(named) == 1 else None
    if astray is None:
        return
    opposite = _RISING if astray.relation is Relation.AT_LEAST else _FALLING
    if opposite.search(said["what"]) is None and _is_mended_by_one_row(table, named[0], astray):
        about = f"the rows are said to be sorted by {named[0].name}, and are, all but these two"
        _accuse("sorted-column", astray, about, docket)


def _is_mended_by_one_row(table: Table, series: Series, astray: _Astray) -> bool:
    """Whether the order breaks within the rows, and one of the two put elsewhere mends it: no total, no group, no "ours"."""
    places = (astray.upper.entry.row, astray.lower.entry.row)
    rows = [table.rows[place] for place in places]
    at_an_end = {0, len(table.rows) - 1} & set(places)
    if at_an_end or len({row.group for row in rows}) > 1 or any(row.bold for row in rows):
        return False
    above = gt if astray.relation is Relation.AT_LEAST else lt
    for left_out in places:
        kept = [value.point for place, value in enumerate(series.values) if value is not None and place != left_out]
        if not any(above(later, earlier) for earlier, later in pairwise(kept)):
            return True
    return False


_SORTED = re.compile(
    r"\b(?:sorted|ordered|ranked|listed|arranged)\b[^.:;|\n]{0,40}?\bby\s+(?P<what>[^.:;|\n]{1,80})", re.IGNORECASE
)
_BEFORE, _BEHIND = 60, 40
_NOT_OF_IT = re.compile(
    r"\b(?:not|never|no longer|can|may|could|get|if|when|with|unlike|were|was|use|option|todo|within|each|per|absolute)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""It is said of another table, of what a program can do, or of groups of rows."""
_FALLING = re.compile(
    r"\b(?:descending|decreasing|falling|(?:high|larg|great|most|best|fast)\w* first)\b", re.IGNORECASE
)
_RISING = re.compile(r"\b(?:ascending|increasing|rising|(?:low|small|least|few|worst|slow)\w* first)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_DIRECTED = re.compile(
    r"[,(]|\b(?:in (?:ascending|descending)|(?:from|with) |descending|ascending|decreasing|increasing|\w+ first)\b",
    re.IGNORECASE,
)
_LEADING = frozenset(("the", "its", "their", "a", "an", "of", "number", "total"))


def _is_named(series: Series, what: str) -> bool:
    """Whether what the rows are sorted by is the name of a column, units, articles and the direction aside."""
    name = re.sub(r"[(\[].*?[)\]]", " ", series.name)
    bare, said = (
        [word for word in _WORDS.findall(text.casefold()) if word not in _LEADING]
        for text in (name, _DIRECTED.split(what)[0])
    )
    return bool(bare) and said == bare


# -- both -----------------------------------------------------------------------------------------


class _Astray(NamedTuple):
    """Two neighbours in an order whose numbers stand the wrong way round."""

    upper: Value
    lower: Value
    relation: Relation
    """How the upper one stands to the lower one wherever else the order is looked at."""


def _accuse(kind: Kind, astray: _Astray, about: str, docket: Docket) -> None:
    formula = Compare(docket.leaf(astray.upper), astray.relation, docket.leaf(astray.lower))
    docket.accuse(Finding(kind, formula, astray.lower.entry.span, about, "conclusion"))


def _astray(ranks: list[int | None], series: Series) -> _Astray | None:
    """The one pair that breaks the order; None where several do, none does, or the series is not what is ordered."""
    placed = sorted(
        (
            (rank, value)
            for rank, value in zip(ranks, series.values, strict=True)
            if rank is not None and value is not None
        ),
        key=lambda pair: pair[0],
    )
    if len(placed) < max(_FEWEST, len(ranks) - 1):
        return None
    neighbours = [(upper[1], lower[1]) for upper, lower in pairwise(placed) if upper[0] < lower[0]]
    falls = [pair for pair in neighbours if pair[0].interval.is_above(pair[1].interval)]
    rises = [pair for pair in neighbours if pair[1].interval.is_above(pair[0].interval)]
    kept, broken, relation = (
        (falls, rises, Relation.AT_LEAST) if len(falls) >= len(rises) else (rises, falls, Relation.AT_MOST)
    )
    if len(broken) != 1 or len(broken) * 4 > len(neighbours) or len(kept) < _FEWEST - 2:
        return None
    return _Astray(*broken[0], relation)
