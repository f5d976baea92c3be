"""tabulated: the numbers of a document's tables as values, read by code; the model only says how a table lies.

Row labels and column headers are names without being declared. Where the model declares
one of them too, or gives it as another name, the two are one. Rows that share a label,
and tables that state one thing twice, are kept apart: they are different rows, not a
document that contradicts itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from auditor.extraction import Layout
from auditor.facts.declared import (
    SUBJECT,
    by_number,
    labelled,
    levelled,
    levels_of,
    metric_headed,
    metric_names,
    names_points,
    rows_named,
    rows_numbered,
    spoken_names,
)
from auditor.facts.position import Point, position_of
from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from auditor.document import Span
    from auditor.exact.numeral import Quantity
    from auditor.extraction import Extraction, Metric
    from auditor.facts.declared import Levelled
    from auditor.facts.spelling import Spelling, Spellings
    from auditor.tables.table import Column, Entry, Row, Table

METRIC, POSITION = "metric", "position"
GROUP, ROW, TABLE = "group", "row", "table"
"""Dimensions of our own: the label over a group of rows, the number of a row among its namesakes, the table."""


class Tabled(Struct, frozen=True):
    """A number of a table with its key."""

    metric: str
    subject: str | None
    levels: tuple[tuple[str, str], ...]
    point: Point
    quantity: Quantity
    span: Span
    cell: Span


BY_PLACE = frozenset((GROUP, ROW, TABLE))


class Tabulation(Struct):
    """Everything the tables of a document add to its reading."""

    values: list[Tabled] = field(default_factory=list)
    metrics: dict[str, Metric] = field(default_factory=dict)
    subjects: dict[str, None] = field(default_factory=dict)
    levels: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    cells: list[Span] = field(default_factory=list)
    """Every cell that was read, numbers or not."""
    grids: list[Span] = field(default_factory=list)
    """Where the tables stand."""
    describing: dict[str, bool] = field(default_factory=dict)
    """The dimensions that are further label columns: whether the first label alone tells rows apart wherever they are."""


def tabulated(tables: Sequence[Table], extraction: Extraction) -> Tabulation:
    """The values of the tables, each laid out as the model says, or as code takes it to lie."""
    if not tables:
        return Tabulation()
    from auditor.facts.spelling import Spellings  # noqa: PLC0415  (a document without tables has no time for it)

    layouts = {layout.number: layout for layout in extraction.tables}
    made = Tabulation()
    declared, spellings = metric_names(extraction), Spellings.of(extraction)
    spoken = frozenset(spoken_names(extraction))
    placed = names_points(extraction)
    for number, parts in by_number(tables, extraction).items():
        made.grids.append(parts[0].grid.span)
        layout = layouts.get(number) or _default(number)
        for part in parts:
            table = labelled(part, layout, extraction)
            rows = rows_named(layout, table, extraction)
            numbered = rows_numbered(table, extraction)
            of_table = levels_of(layout, extraction)
            _Laying(
                table,
                rows,
                of_table,
                declared,
                spellings,
                spoken,
                made,
                numbered=numbered,
                levelled=levelled(table, rows, extraction),
                placed=placed,
            ).lay()
    made.values = list(_apart(made))
    return made


def _default(number: int) -> Layout:
    return Layout(number=number, rows=SUBJECT, columns=METRIC, metric=None, levels=())


class _Laying(Struct):
    """One table on its way into the tabulation."""

    table: Table
    layout: Layout
    levels: tuple[tuple[str, str], ...]
    """Those that hold for the whole table."""
    declared: Mapping[str, str]
    """What the model calls metrics, by every name it gives them."""
    spellings: Spellings
    spoken: frozenset[str]
    """Every name that the reading uses."""
    made: Tabulation
    headers: list[Spelling | None] = field(default_factory=list)
    """What each column's header is made of."""
    numbered: Mapping[Fraction, str] = field(default_factory=dict)
    """The subjects that are known by the number of their row."""
    levelled: Mapping[int, Levelled] = field(default_factory=dict)
    """The columns of numbers that are the levels of a dimension, by their place."""
    placed: bool = True
    """Whether its rows have a place beside their label; where each label has but one, the place only describes it."""
    kept: frozenset[str] | None = None
    """The further label columns that are part of the key; None for all of them."""

    def lay(self) -> None:
        """Every number of the table into the tabulation."""
        labels = self.spellings.rows([row.label for row in self.table.rows])
        self.placed = self.placed or len(set(labels)) < len(labels) or not all(labels)
        if len({(label, row.group) for row, label in zip(self.table.rows, labels, strict=True)}) == len(labels):
            self.kept = frozenset(self._spoken_of())
        for name in dict.fromkeys(name for row in self.table.rows for name, _ in row.labels[1:]):
            self.made.describing[name] = self.kept is not None and self.made.describing.get(name, True)
        keys = [(label, self._further(row), row.group) for row, label in zip(self.table.rows, labels, strict=True)]
        namesakes = Counter(keys)
        seen: Counter[object] = Counter()
        self.headers = [self.spellings.header(column.header) for column in self.table.columns]
        for row, label, key in zip(self.table.rows, labels, keys, strict=True):
            seen[key] += 1
            repeated = str(seen[key]) if namesakes[key] > 1 else ""
            self._row(row, label, repeated)

    def _spoken_of(self) -> Iterator[str]:
        """The further label columns that the reading names, or something in them: others only describe the rows."""
        columns: dict[str, set[str]] = defaultdict(set)
        for row in self.table.rows:
            for name, text in row.labels[1:]:
                columns[name].add(folded(text))
        return (name for name, texts in columns.items() if folded(name) in self.spoken or texts & self.spoken)

    def _further(self, row: Row) -> tuple[tuple[str, str], ...]:
        """The labels of a row beside its first that tell its values apart."""
        told = [pair for pair in row.labels[1:] if self.kept is None or pair[0] in self.kept]
        told += (self.levelled[entry.column].level(entry) for entry in row.entries if entry.column in self.levelled)
        return tuple(told)

    def _row(self, row: Row, label: str, repeated: str) -> None:
        subject, levels, position = self._of_row(row)
        subject = label if subject == row.label else subject
        subject, levels, metric = self._sorted(row, subject, levels)
        if repeated and position is None:
            levels = (*levels, (ROW, repeated))
        for entry in row.entries:
            self.made.cells.append(entry.cell)
            column = self.table.columns[entry.column]
            is_value = column.role in {"measure", "rank"} and entry.column not in self.levelled
            if entry.quantity is None or not is_value:
                continue
            place = Point("", position, row.label if subject is None and position is not None else "")
            self._value(entry, entry.quantity, column, subject, levels, place, metric)

    def _of_row(self, row: Row) -> tuple[str | None, tuple[tuple[str, str], ...], Fraction | None]:
        """The subject, levels and position that a row stands for."""
        rows = folded(self.layout.rows)
        levels = [(name, text) for name, text in self._further(row) if text]
        if row.group:
            sort, name, level = self.spellings.named(row.group) or ("", "", "")
            levels.append((name, level) if sort == "level" else (GROUP, row.group))
        position = row.position
        if rows == POSITION:
            position = position if position is not None else position_of(row.label)
            return None, tuple(levels), position
        if rows == SUBJECT and position is not None and position in self.numbered:
            return self.numbered[position], tuple(levels), None
        if rows == SUBJECT or not row.label:
            return row.label or None, tuple(levels), position if row.label and row.labels and self.placed else None
        return None, ((self.layout.rows, row.label), *levels), None

    def _sorted(
        self, row: Row, subject: str | None, levels: tuple[tuple[str, str], ...]
    ) -> tuple[str | None, tuple[tuple[str, str], ...], str | None]:
        """Subject, levels and metric of a row by what its labels are declared to be, wherever they stand in it."""
        coded = self.spellings.coded(row.label)
        if coded is not None:
            return coded.subject, (*(pair for pair in levels if pair[1] != row.label), *coded.levels), coded.metric
        is_known = subject is not None and self.spellings.named(subject) is not None
        labels = list(levels) if subject is None else [(row.labels[0][0] if row.labels else ROW, subject), *levels]
        found = [(pair, None if pair[0] == GROUP else self.spellings.named(pair[1])) for pair in labels]
        named = [each for _, each in found if each is not None]
        subjects = [name for sort, _, name in named if sort == "subject"]
        metrics = [name for sort, _, name in named if sort == "metric"]
        if len(subjects) > 1 or len(metrics) > 1 or not (subjects or is_known or metrics):
            return subject, levels, None
        kept = [
            pair if each is None else (each[1], each[2]) for pair, each in found if each is None or each[0] == "level"
        ]
        return (subjects[0] if subjects else None), tuple(kept), (metrics[0] if metrics else None)

    def _declared(self, column: Column) -> str:
        """The metric of a column: under the name the model gives it, which may be that of its whole header."""
        return self.declared.get(folded(column.header)) or self.declared.get(folded(column.name)) or column.name

    def _own_metric(self, column: Column) -> str | None:
        """The metric that a column among levels or subjects is declared to be: beside "Mon | Tue | Wed" a "total"."""
        found = self.spellings.named(column.header) or self.spellings.named(column.name)
        return found[2] if found is not None and found[0] == "metric" else None

    def _value(  # noqa: PLR0913, PLR0917  (a cell and what its row and column say)
        self,
        entry: Entry,
        quantity: Quantity,
        column: Column,
        subject: str | None,
        levels: tuple[tuple[str, str], ...],
        point: Point,
        of_row: str | None,
    ) -> None:
        columns = folded(self.layout.columns)
        metric = of_row or self.layout.metric or self.table.name
        if columns == METRIC or (columns == SUBJECT and subject is not None) or column.role == "rank":
            metric = self._declared(column)
        elif (own := self._own_metric(column)) is not None:
            metric = own
        elif columns == SUBJECT:
            subject = column.name
        elif columns == POSITION and (place := position_of(column.name)) is not None:
            point = Point("", place, "")
        else:
            levels = (*levels, (self.layout.columns, column.name))
        spelled = self.headers[entry.column] if column.role != "rank" else None
        if spelled is not None and (spelled.subject is None or columns == SUBJECT or subject is None):
            metric = spelled.metric or self.layout.metric or self.table.name
            subject = spelled.subject or (None if columns == SUBJECT else subject)
            kept = [pair for pair in levels if pair[1] != column.name]
            levels = (*kept, *spelled.levels)
        whole = tuple(sorted({*levels, *self.levels}))
        if subject is not None:
            self.made.subjects.setdefault(subject)
        for dimension, level in whole:
            self.made.levels[dimension].setdefault(level)
        if metric not in self.made.metrics:
            self.made.metrics[metric] = metric_headed(metric, column)
        counted = self._in_full(quantity, column, is_spread=metric == self.layout.metric)
        self.made.values.append(Tabled(metric, subject, whole, point, counted, entry.span, entry.cell))

    def _in_full(self, quantity: Quantity, column: Column, *, is_spread: bool) -> Quantity:
        """A number in the unit of its header, or of that over the labels ("Segment (€ million)"), which is over all."""
        if is_spread and column.unit is None and column.scale == 1:
            column = next((each for each in self.table.columns if each.role == "label"), column)
        if column.unit is None or quantity.unit not in (None, column.unit) or any(map(str.isalpha, quantity.written)):
            return quantity
        step = None if quantity.step is None else quantity.step * column.scale
        return replace(quantity, point=quantity.point * column.scale, step=step, unit=column.unit)


def _key(value: Tabled) -> tuple[object, ...]:
    """What a value is the value of, however it is written: "Total", "TOTAL"."""
    levels = tuple((dimension, level.casefold()) for dimension, level in value.levels)
    return value.metric.casefold(), (value.subject or "").casefold(), levels, value.point.place


def _apart(made: Tabulation) -> Iterator[Tabled]:
    """The values, with the table's number as a level where two tables state one key."""
    whole = [_key(value) for value in made.values]
    keys, seen = Counter(whole), Counter[tuple[object, ...]]()
    for value, key in zip(made.values, whole, strict=True):
        seen[key] += 1
        if keys[key] == 1:
            yield value
            continue
        level = str(seen[key])
        made.levels[TABLE].setdefault(level)
        yield replace(value, levels=tuple(sorted((*value.levels, (TABLE, level)))))
