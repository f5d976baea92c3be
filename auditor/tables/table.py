"""table: a grid understood: what its rows are called, what its columns measure, and every number with its place.

Code decides by what stands there: words name, numbers measure, years order. What is not clear is left as it stands; a
table is only turned round where its first column plainly names measures.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from auditor.document import Span
from auditor.exact.quantity import Quantity
from auditor.exact.unit import parse_unit
from auditor.tables.ends import apart
from auditor.tables.grid import grids
from auditor.tables.header import Better, Header, read_header
from auditor.tables.positions import is_month, step_at, time_at
from auditor.tables.roles import Role, contents_of, rank_at, roles_of
from auditor.tables.sections import Section, sections_of
from auditor.tables.turning import is_turned, turned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Document
    from auditor.exact.unit import Unit
    from auditor.tables.amounts import Amount
    from auditor.tables.grid import Grid
    from auditor.tables.roles import Contents
    from auditor.tables.sections import Line

__all__ = ["Better", "Column", "Entry", "Extra", "Role", "Row", "Table", "tables", "understood"]


class Column(Struct, frozen=True):
    """A column of a table, or of a table turned round a row."""

    name: str
    """Without unit and direction; unique in its table."""
    header: str
    """As the document has it, the rows of a header joined by spaces."""
    unit: Unit | None
    """What its numbers count in, unless a cell says otherwise."""
    scale: Fraction
    """What its numbers are multiplied by to be in full: a million under "Params (M)", else one."""
    better: Better
    role: Role
    counts: bool
    """Whether its header says that its whole numbers count or number things."""
    exact: bool
    """Whether its whole numbers are exact: its header says so, or it has no unit and whole numbers only."""
    span: Span | None
    """Where its header stands."""


class Extra(NamedTuple):
    """A further number in a cell."""

    quantity: Quantity
    span: Span
    uncertain: bool
    """Whether it says how sure the first one is: "± 0.9"."""


class Entry(NamedTuple):
    """A cell, understood."""

    row: int
    """The number of its row in the table, from 0."""
    column: int
    row_label: str
    quantity: Quantity | None
    """The number that the cell states, in its own unit or in that of its column."""
    extra: tuple[Extra, ...]
    text: str
    span: Span
    """Where the number stands; the whole cell where there is none."""
    cell: Span
    bold: bool
    missing: bool
    """Whether the cell is empty or says that there is no value."""


class Row(Struct, frozen=True):
    """A row of values."""

    label: str
    """The subject, or the position where there is no subject."""
    labels: tuple[tuple[str, str], ...]
    """Every label column with what stands in it, the subject first; an empty cell repeats the one above."""
    group: str
    """The label that spans the rows it stands among, empty without one."""
    position: Fraction | None
    """Where it stands along the table's order; years for times."""
    entries: tuple[Entry, ...]
    """One for each column, in order; a short row has fewer."""
    bold: bool
    """Whether its label is set in bold."""


class Table(Struct, frozen=True):
    """A table, or the part of one that stands under a header of its own."""

    name: str
    """Unique in its document."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    orientation: Literal["rows", "columns"]
    """Whether the subjects stand in rows, or in columns with the measures in rows."""
    grid: Grid
    left_out: tuple[str, ...]
    said: str = ""
    """What its caption and its heading say."""

    def with_role(self, role: Role) -> tuple[int, ...]:
        """The numbers of the columns that have a role."""
        return tuple(number for number, column in enumerate(self.columns) if column.role == role)


_LABEL = re.compile(r"[*_\[(> ]*((?:table|tab\.|figure|fig\.|chart)[ \u00a0]\S{1,8}?)[.:)*_]*(?=\s|$)", re.IGNORECASE)
_HEADING = re.compile(r"[#\s]*(.*?)[#\s]*\Z", re.DOTALL)
_LONGEST_NAME = 80
_ONE = Fraction(1)


def tables(document: Document) -> tuple[Table, ...]:
    """Every table of a document; a grid with several headers is several tables."""
    found: list[Table] = []
    taken: dict[str, int] = {}
    for grid in grids(document):
        name = _named(document.text, grid)
        said = "\n".join(document.text[slice(*place)] for place in (grid.caption, grid.heading) if place is not None)
        for table in understood(grid, name):
            taken[table.name] = taken.get(table.name, 0) + 1
            count = taken[table.name]
            unique = table.name if count == 1 else f"{table.name} ({count})"
            found.append(Table(unique, table.columns, table.rows, table.orientation, grid, table.left_out, said))
    return tuple(found)


def understood(grid: Grid, name: str = "table") -> tuple[Table, ...]:
    """A grid understood."""
    return tuple(_table(section, grid, name) for section in sections_of(grid.rows)) if grid.rows else ()


def _named(text: str, grid: Grid) -> str:
    """The table's number in its caption, else its heading, else its caption."""
    caption = "" if grid.caption is None else " ".join(text[slice(*grid.caption)].split())
    labelled = _LABEL.match(caption)
    if labelled is not None:
        return labelled[1]
    heading = None if grid.heading is None else _HEADING.match(text[slice(*grid.heading)].partition("\n")[0])
    return ((heading[1] if heading is not None else "") or caption or "table")[:_LONGEST_NAME]


def _table(section: Section, grid: Grid, name: str) -> Table:
    notes = list(grid.left_out)
    section = apart(section)
    headers = [read_header(header) for header in section.headers]
    contents = contents_of(section.lines, len(headers))
    orientation: Literal["rows", "columns"] = "rows"
    if is_turned(section, headers, contents):
        section = turned(section)
        headers = [read_header(header) for header in section.headers]
        contents = contents_of(section.lines, len(headers))
        orientation = "columns"
    roles = roles_of(headers, contents)
    columns = _columns(section, headers, contents, roles)
    long = sum(len(cell.aligned) > _LONGEST_READ for line in section.lines for cell in line.cells)
    if long:
        notes.append(f"{long} cell(s) of more than {_LONGEST_READ} characters were not searched for numbers")
    return Table(name, columns, _rows(section, columns), orientation, grid, tuple(notes))


_LONGEST_READ = 200


_TIMED = re.compile(r"Name \(time in ([nµum]?s)\)")
_TIMES = frozenset(("Min", "Max", "Mean", "StdDev", "Median", "IQR"))
"""What pytest-benchmark heads its columns with; it says over the names of the tests what their times are counted in."""


def _columns(
    section: Section, headers: Sequence[Header], contents: Sequence[Contents], roles: Sequence[Role]
) -> tuple[Column, ...]:
    columns: list[Column] = []
    timed = next((found for text in section.headers if (found := _TIMED.fullmatch(text.strip())) is not None), None)
    unit = None if timed is None else parse_unit(timed[1])
    taken: dict[str, int] = {}
    for number, (header, content, role) in enumerate(zip(headers, contents, roles, strict=True)):
        name = header.name or ("" if role == "label" else f"column {number + 1}")
        taken[name] = taken.get(name, 0) + 1
        name = name if taken[name] == 1 else f"{name} ({taken[name]})"
        own = unit if header.unit is None and header.name in _TIMES else header.unit
        exact = content.whole and content.numbers > 0 and own is None and header.scale == 1
        columns.append(
            Column(
                name, section.headers[number], own, header.scale, header.better, role,
                header.counts, exact, section.spans[number],
            )
        )  # fmt: skip
    return tuple(columns)


def _rows(section: Section, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    named = [number for number, column in enumerate(columns) if column.role == "label"]
    ordered = [number for number, column in enumerate(columns) if column.role == "position"]
    in_months = any(is_month(_text(line, ordered[0])) for line in section.lines) if ordered else False
    rows: list[Row] = []
    above: list[str] = [""] * len(columns)
    for line in section.lines:
        texts = _labels(line, named, above)
        labels = tuple((columns[number].name, texts[number]) for number in named if texts[number])
        place = _text(line, ordered[0]) if ordered else ""
        label = labels[0][1] if labels else place or f"row {len(rows) + 1}"
        time = time_at(place, in_months=in_months) if place else None
        position = step_at(place) if place and time is None else time
        entries = tuple(
            _entry(len(rows), number, label, columns[number], line)
            for number in range(min(len(line.cells), len(columns)))
        )
        bold = any(line.cells[number].bold for number in named[:1] if number < len(line.cells))
        rows.append(Row(label, labels, line.group, position, entries, bold))
    return tuple(rows)


def _text(line: Line, column: int) -> str:
    return line.cells[column].text if column < len(line.cells) else ""


def _labels(line: Line, named: Sequence[int], above: list[str]) -> dict[int, str]:
    """The labels of a row; one that is empty before another that is not repeats the one above."""
    texts = {number: _text(line, number) for number in named}
    last = max((number for number, text in texts.items() if text), default=-1)
    for number in named:
        if not texts[number] and number < last:
            texts[number] = above[number]
        above[number] = texts[number]
    return texts


def _entry(row: int, number: int, label: str, column: Column, line: Line) -> Entry:
    cell, reading = line.cells[number], line.readings[number]
    if not reading.amounts or column.role == "label":
        rank = rank_at(cell.text) if column.role == "rank" else None
        ranked = None if rank is None else Quantity(Fraction(rank), None, None, None, cell.text)
        return Entry(row, number, label, ranked, (), cell.text, cell.span, cell.span, cell.bold, reading.missing)
    first, *others = reading.amounts
    start = cell.span.start
    quantity = first.quantity
    if quantity.unit is None and (column.unit is not None or (column.exact and quantity.step is not None)):
        step = None if column.exact else quantity.step
        quantity = Quantity(quantity.point, step, column.unit, quantity.hedge, quantity.written)
    extra = tuple(_extra(amount, start) for amount in others)
    span = Span(start + first.start, start + first.end)
    return Entry(row, number, label, quantity, extra, cell.text, span, cell.span, cell.bold, missing=False)


def _extra(amount: Amount, start: int) -> Extra:
    return Extra(amount.quantity, Span(start + amount.start, start + amount.end), amount.uncertain)
