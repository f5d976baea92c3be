"""series: the numbers of a table along its rows and along its columns, as whole numbers on one scale.

Looking for formulas means trying many on many cells. Whole numbers make that quick without giving up exactness: every
end of every interval is a multiple of one fraction.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from auditor.exact.interval import exactly, rounded
from auditor.exact.unit import conversion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.exact.interval import Interval
    from auditor.exact.quantity import Quantity
    from auditor.exact.unit import Unit
    from auditor.tables.table import Column, Entry, Row, Table


class Number(NamedTuple):
    """A number of a cell, in units of the matrix."""

    low: int
    high: int
    grain: int
    """One unit of its last digit."""
    point: int


class Value(NamedTuple):
    """A number of a cell with what a formula needs of it, in the unit of its series."""

    entry: Entry
    column: str
    exact: bool
    grain: Fraction
    """One unit of its last digit; of an exact number one."""
    point: Fraction
    written: str

    @property
    def interval(self) -> Interval:
        """The numbers that print like it."""
        return exactly(self.point) if self.exact else rounded(self.point, self.grain)

    @property
    def label(self) -> str:
        """What it is the value of."""
        return f"{self.column} ({self.entry.row_label})" if self.column else self.entry.row_label


class Series(Struct, frozen=True):
    """The numbers along a row or a column."""

    name: str
    """What a header or a label says, units and arrows included."""
    unit: Unit | None
    """The unit of all its numbers; a row of a table has that of its cells only where they agree."""
    values: tuple[Value | None, ...]
    numbers: tuple[Number | None, ...]
    counts: bool
    """Whether it counts things by what its header says."""
    place: int
    """The number of its column or row in the table."""
    second: bool = False
    """Whether it is made of the second numbers of its cells."""


class Matrix(Struct, frozen=True):
    """The series of a table in one direction."""

    series: tuple[Series, ...]
    scale: int
    """What one is in the numbers of the series."""
    blocks: tuple[tuple[int, ...], ...]
    """The positions along a series that stand together."""


MOST_ROWS = 300
"""A longer table is data; its rows are not held against one another."""
MOST_PLACES = 2_000_000
"""A table with more is not judged."""
_ONE = Fraction(1)
_LARGEST_SCALE = 10**40
_FEWEST_ZEROS = 2


def columns_of(table: Table) -> Matrix:
    """The measures of a table, row after row."""
    raw = []
    measures = table.with_role("measure")
    for number in measures if len(measures) * len(table.rows) <= MOST_PLACES else ():
        column = table.columns[number]
        values = _values(table, column, number)
        raw.append((column.header or column.name, _unit_of(values), values, column.counts, number, False))
        seconds = _seconds(table, column, number)
        if 2 * sum(value is not None for value in seconds) >= max(len(seconds), 2):
            raw.append((f"{column.header} Δ", _unit_of(seconds), seconds, False, number, True))
    blocks: dict[str, list[int]] = {}
    for place, row in enumerate(table.rows):
        blocks.setdefault(row.group, []).append(place)
    return _matrix(raw, tuple(map(tuple, blocks.values())))


def rows_of(table: Table, columns: Matrix) -> Matrix:
    """The same numbers, column after column."""
    measures = [series for series in columns.series if not series.second]
    if len(table.rows) > MOST_ROWS:
        return Matrix((), columns.scale, ())
    series = []
    for place, row in enumerate(table.rows):
        values = tuple(each.values[place] for each in measures)
        numbers = tuple(each.numbers[place] for each in measures)
        counts = all(each.counts for each in measures)
        series.append(Series(_name(row), _unit_of(values), values, numbers, counts, place))
    return Matrix(tuple(series), columns.scale, (tuple(range(len(measures))),))


def _name(row: Row) -> str:
    return " ".join((*((row.group,) if row.group else ()), row.label, *(text for _, text in row.labels[1:])))


def _matrix(
    raw: Sequence[tuple[str, Unit | None, tuple[Value | None, ...], bool, int, bool]],
    blocks: tuple[tuple[int, ...], ...],
) -> Matrix:
    scale = 1
    for denominator in {
        size.denominator for _, _, values, *_ in raw for value in values if value is not None for size in value[3:5]
    }:
        wider = lcm(scale, denominator)
        scale = wider if wider <= _LARGEST_SCALE else scale
    series = tuple(
        Series(name, unit, values, tuple(_number(value, scale) for value in values), counts, place, second)
        for name, unit, values, counts, place, second in raw
    )
    return Matrix(series, 2 * scale, blocks)


def _number(value: Value | None, scale: int) -> Number | None:
    """A number on twice the scale, so that half a unit of its last digit is whole too."""
    if value is None:
        return None
    point, grain = value.point, value.grain
    if scale % point.denominator or scale % grain.denominator:
        return None
    middle = 2 * point.numerator * (scale // point.denominator)
    unit = grain.numerator * (scale // grain.denominator)
    return (
        Number(middle, middle, 2 * unit, middle)
        if value.exact
        else Number(middle - unit, middle + unit, 2 * unit, middle)
    )


def _unit_of(values: Iterable[Value | None]) -> Unit | None:
    """The unit of the first number; the others were brought to it."""
    return next(
        (value.entry.quantity.unit for value in values if value is not None and value.entry.quantity is not None), None
    )


def _values(table: Table, column: Column, number: int) -> tuple[Value | None, ...]:
    """The numbers of a column in the unit of the first; one that is hedged, or cannot be brought to it, is none."""
    entries = [row.entries[number] if number < len(row.entries) else None for row in table.rows]
    quantities = [None if entry is None else entry.quantity for entry in entries]
    return _brought(column, entries, quantities)


def _seconds(table: Table, column: Column, number: int) -> tuple[Value | None, ...]:
    """The second numbers of a column's cells, where they are no deviations."""
    entries: list[Entry | None] = []
    quantities: list[Quantity | None] = []
    for row in table.rows:
        entry = row.entries[number] if number < len(row.entries) else None
        extra = None if entry is None or len(entry.extra) != 1 or entry.extra[0].uncertain else entry.extra[0]
        quantities.append(None if extra is None else extra.quantity)
        entries.append(
            None if entry is None or extra is None else entry._replace(quantity=extra.quantity, span=extra.span)
        )
    return _brought(column, entries, quantities)


def _brought(
    column: Column, entries: Sequence[Entry | None], quantities: Sequence[Quantity | None]
) -> tuple[Value | None, ...]:
    unit = next((quantity.unit for quantity in quantities if quantity is not None), None)
    steps = _common_step(quantities)
    found: list[Value | None] = []
    for entry, quantity in zip(entries, quantities, strict=True):
        if (
            entry is None
            or quantity is None
            or quantity.hedge is not None
            or (quantity.unit is None) is not (unit is None)
        ):
            found.append(None)
            continue
        factor = (
            None if unit is None or quantity.unit is None or quantity.unit is unit else conversion(quantity.unit, unit)
        )
        if factor is None and quantity.unit is not unit:
            found.append(None)
            continue
        grain, exact, point = quantity.step or _ONE, quantity.step is None, quantity.point
        if exact and (steps > 1 or (column.exact and not column.counts)):
            grain, exact = steps, not point and column.counts
        if factor is not None and factor != 1:
            grain, point = grain * factor, point * factor
        found.append(Value(entry, column.name, exact, grain, point, quantity.written))
    return tuple(found)


def _common_step(quantities: Iterable[Quantity | None]) -> Fraction:
    """What whole numbers may have been rounded to: one, or a power of ten of which all are multiples."""
    zeros = min(
        (
            len(quantity.written) - len(quantity.written.rstrip("0,"))
            for quantity in quantities
            if quantity is not None and quantity.step is None and quantity.point
        ),
        default=0,
    )
    return Fraction(10**zeros) if zeros >= _FEWEST_ZEROS else Fraction(1)
