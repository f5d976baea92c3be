"""csvtable: the cells of a table of separated values in a directive, each at its places in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditor.rst.explicit import header_rows
from auditor.rst.table import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditor.rst.explicit import Directive
    from auditor.rst.line import Line
    from auditor.rst.table import Row, Stretch

_NAMED = {"tab": "\t", "space": " "}


def csv_table(source: str, lines: Sequence[Line], directive: Directive, after: int) -> Table | None:
    """The table of a directive that ends before a line; None where a quote is never closed, or a sign is unknown."""
    within = (lines[directive.content].start, lines[after - 1].end)
    try:
        dialect = _dialect(source, directive.options)
        above = _rows(source, directive.options.get("header", (0, 0)), dialect)
        rows = _rows(source, within, dialect)
    except _Unreadable:
        return None
    return Table(within[0], (*above, *rows), len(above) + header_rows(source, directive)) if rows else None


class _Unreadable(ValueError):
    """A quote is opened and never closed, or a sign of the dialect is not given as itself."""


class _Dialect(NamedTuple):
    """How values are set off from one another."""

    delimiter: str
    quote: str
    escape: str
    """What makes of the sign behind it a part of the value; without it, a quote is doubled."""


def _dialect(source: str, options: Mapping[str, Stretch]) -> _Dialect:
    signs = {"delim": ",", "quote": '"'}
    for name in {"delim", "quote", "escape"} & options.keys():
        written = source[slice(*options[name])].strip()
        signs[name] = _NAMED.get(written, written)
        if len(signs[name]) != 1:
            raise _Unreadable
    return _Dialect(signs["delim"], signs["quote"], signs.get("escape", ""))


def _rows(source: str, within: Stretch, dialect: _Dialect) -> tuple[Row, ...]:
    """The rows in a stretch of the source; blank lines are none."""
    rows = []
    at, end = within
    while at < end:
        record = _Record(source, at, end, dialect)
        row = tuple(record.cells())
        if len(row) > 1 or row[0].parts:
            rows.append(row)
        at = record.at + 1
    return tuple(rows)


class _Record:
    """Reads one record, as far as `at`."""

    def __init__(self, source: str, at: int, end: int, dialect: _Dialect) -> None:
        self.source = source
        self.at = at
        self.end = end
        self.dialect = dialect

    def cells(self) -> Iterator[Cell]:
        """The values, up to the end of a line."""
        while True:
            yield Cell(tuple(_trimmed(self.source, list(self.value()))))
            if self.at >= self.end or self.source[self.at] == "\n":
                return
            self.at += 1

    def value(self) -> Iterator[Stretch]:
        """The stretches of a value, without the quotes around it and the signs that make others part of it."""
        while self.dialect.delimiter != " " and self.source.startswith(" ", self.at, self.end):
            self.at += 1
        quoted = self.source.startswith(self.dialect.quote, self.at, self.end)
        self.at += quoted
        start = self.at
        while True:
            if self.at >= self.end:
                if quoted:
                    raise _Unreadable
                break
            sign = self.source[self.at]
            if sign == self.dialect.escape and self.at + 1 < self.end:
                yield start, self.at
                start = self.at + 1
                self.at += 2
            elif quoted and sign == self.dialect.quote:
                doubled = not self.dialect.escape and self.source.startswith(sign, self.at + 1, self.end)
                yield start, self.at + doubled
                start = self.at + 1 + doubled
                quoted = doubled
                self.at = start
            elif not quoted and sign in {"\n", self.dialect.delimiter}:
                break
            else:
                self.at += 1
        yield start, self.at


def _trimmed(source: str, parts: list[Stretch]) -> Iterator[Stretch]:
    """Stretches without the white space at both ends of them all, and without empty ones."""
    parts = [(start, end) for start, end in parts if source[start:end].strip()]
    for place, (start, end) in enumerate(parts):
        text = source[start:end]
        left = len(text) - len(text.lstrip()) if place == 0 else 0
        right = len(text) - len(text.rstrip()) if place == len(parts) - 1 else 0
        yield start + left, end - right
