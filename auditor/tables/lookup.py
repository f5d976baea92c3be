"""lookup: the rows of a table as a reader looks them up: by what stands in their cells, words and dates included.

Three-valued: a cell may hold what is asked for, something else, or something that may be
either; what may be either is never taken for something else. An exact match in a column
rules out that a longer cell was meant.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from auditor.exact.interval import exactly
from auditor.exact.numeral import parse_quantity
from auditor.tables.outcome import asked_for, stated_in
from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Span
    from auditor.exact.interval import Interval
    from auditor.exact.quantity import Quantity
    from auditor.tables.positions import Period
    from auditor.tables.table import Row, Table

Held = bool | None
"""Whether a row is as asked for; None where that cannot be told."""

Test = Literal["is", "is not", "above", "at least", "below", "at most"]


class Cell(NamedTuple):
    """What stands in one cell of a row."""

    text: str
    quantity: Quantity | None
    """The number that it states, in its own unit or that of its column."""
    span: Span
    scale: Fraction = Fraction(1)
    """What its column may be counted in: 1,000,000 under "params (M)"."""

    @property
    def number(self) -> Quantity | None:
        """The number that it states, by its column or by itself; None where it states none."""
        return self.quantity or number_in(self.text)


class Records(Struct, frozen=True):
    """The rows of one table, without those that sum up the others."""

    headers: tuple[tuple[str, ...], ...]
    """For each column the names that it goes by."""
    rows: tuple[tuple[Cell | None, ...], ...]
    """For each row its cells; None where a short row has none."""
    is_whole: bool
    """Whether every row of the table could be read, and none may sum up others."""

    def column(self, name: str) -> int | None:
        """The one column of that name, or whose name holds it or is held by it; None where there is none, or two."""
        wanted = _words(name)
        exact = [number for number, names in enumerate(self.headers) if any(_words(each) == wanted for each in names)]
        if exact:
            return exact[0] if len(exact) == 1 else None
        near = [
            number
            for number, names in enumerate(self.headers)
            if any(_words(each) and (_held(wanted, _words(each)) or _held(_words(each), wanted)) for each in names)
        ]
        return near[0] if len(near) == 1 else None

    def held(self, column: int, test: Test, value: str) -> list[Held]:
        """For each row whether its cell in a column passes a test against a value as written."""
        cells, asked = [row[column] for row in self.rows], _asked(value)
        if test in ("is", "is not"):
            found = _equal(cells, asked)
            return found if test == "is" else [None if held is None else not held for held in found]
        return [_beyond(cell, test, asked) for cell in cells]


def records(tables: Sequence[Table]) -> Records | None:
    """The rows of the tables that were read from one grid, all under the same header; None where headers differ."""
    first = tables[0]
    headers = tuple(tuple(dict.fromkeys((column.name, column.header))) for column in first.columns)
    if any(tuple(column.name for column in table.columns) != tuple(names[0] for names in headers) for table in tables):
        return None
    rows = [row for table in tables for row in table.rows if _TOTAL.fullmatch(row.label.strip(" *_:")) is None]
    grouped = any(row.group for row in rows)
    scales = [column.scale for column in first.columns]
    made = tuple(_cells(row, scales) + ((_group(row),) if grouped else ()) for row in rows)
    is_whole = not any(table.left_out for table in tables) and not any(map(_may_sum_up, rows))
    return Records(headers + ((("group",),) if grouped else ()), made, is_whole)


_TOTAL = re.compile(
    r"(?:(?:sub|grand|overall|net)[ -]?)?totals?|sum|overall|all|(?:average|mean|median|avg)s?\.?|Σ", re.IGNORECASE
)
_MAY_SUM_UP = re.compile(
    r"[ *_]*(?:(?:(?:sub|grand|overall|net)[ -]?)?total|sum|overall|all|avg|average|mean|median|geo|macro|micro|world|others?"
    r"|rest(?: of the world)?|Σ)(?:\W+\w+){0,2}\W*$|[ *_]*[–—•·↳]",
    re.IGNORECASE,
)
"""A short label; "All in the Family" is a name."""


def _may_sum_up(row: Row) -> bool:
    """Whether a label says that the row may be a total or an average of others, or a part of the one above it."""
    return any(_MAY_SUM_UP.match(text) for text in (row.label, *(text for _, text in row.labels)))


def _cells(row: Row, scales: Sequence[Fraction]) -> tuple[Cell | None, ...]:
    cells = tuple(
        Cell(entry.text.strip(), entry.quantity, entry.cell, scale)
        for entry, scale in zip(row.entries, scales, strict=False)
    )
    return cells + (None,) * (len(scales) - len(cells))


def _group(row: Row) -> Cell | None:
    return Cell(row.group, None, row.entries[0].cell) if row.group and row.entries else None


# -- equal ----------------------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """A value that cells are held against, understood once for all of them."""

    text: str
    words: tuple[str, ...]
    time: Period | None
    outcome: str | None
    in_digits: Quantity | None
    number: Quantity | None
    """In digits or in words."""


def _asked(value: str) -> _Asked:
    in_digits = number_in(value)
    number = in_digits or (None if any(map(str.isdigit, value)) else parse_quantity(value))
    return _Asked(value.strip(), _words(value), period_at(value), asked_for(value), in_digits, number)


def _equal(cells: Sequence[Cell | None], asked: _Asked) -> list[Held]:
    found = [_is(cell, asked) for cell in cells]
    exact = [
        held and cell is not None and _words(cell.text) == asked.words for held, cell in zip(found, cells, strict=True)
    ]
    if any(exact) and asked.in_digits is None:
        whole = re.compile(rf"(?:^|[,;/&]|\band\b)\s*{re.escape(asked.text)}\s*(?:$|[,;/&]|\band\b)", re.IGNORECASE)
        return [
            bool(match) or (cell is not None and whole.search(cell.text) is not None)
            for match, cell in zip(exact, cells, strict=True)
        ]
    return found


def _is(cell: Cell | None, asked: _Asked) -> Held:
    """Whether a cell holds a value: as a number, as a time, or in words that name the same thing."""
    if cell is None or not cell.text:
        return False
    there = _words(cell.text)
    if asked.words == there:
        return True
    then = period_at(cell.text)
    if asked.time is not None and then is not None and asked.time.has_year == then.has_year:
        return _same_time(asked.time, then)
    if asked.outcome is not None:
        said = stated_in(cell.text)
        if said is not None or any(character.isdigit() for character in cell.text):
            return None if said is None else said == asked.outcome
    if asked.number is not None and cell.number is not None:
        return _is_number(asked.number, cell.number, cell.scale)
    return _named(asked.words, there)


def _is_number(asked: Quantity, stated: Quantity, scale: Fraction) -> Held:
    """Whether two numbers are one, as printed; None where they may be, counted in something else."""
    brought = asked.in_unit(stated.unit)
    if brought is None:
        return None
    if brought.point in stated.interval or stated.point in brought.interval:
        return True
    shares = (asked.unit is None) is not (stated.unit is None)
    for factor in (scale, Fraction(100), Fraction(1, 100)) if shares or scale != 1 else ():
        if brought.point in stated.interval.scaled(factor):
            return True if factor == scale else None
    return None if shares else False


def _named(wanted: tuple[str, ...], there: tuple[str, ...]) -> Held:
    if not wanted or not there:
        return None
    if _held(wanted, there) or _held(there, wanted):
        return True
    if all(word.isdigit() for word in (*wanted, *there)):
        return False  # scores, spans of years
    missing = [word for word in wanted if word not in there]
    extra = [word for word in there if word not in wanted]
    if len(missing) == len(wanted):
        return None if any(_alike(one, other) for one in missing for other in extra) else False
    if not missing:
        return True
    return None if not extra or any(_alike(one, other) for one in missing for other in extra) else False


def _alike(one: str, other: str) -> bool:
    """Whether two words may be spellings of one: an initial, a short form, a slip of the pen."""
    if one.isdigit() or other.isdigit():
        return one == other
    return one.startswith(other) or other.startswith(one) or SequenceMatcher(None, one, other).ratio() > _SIMILAR


_SIMILAR = 0.7
_WORD = re.compile(r"\w+")
_STEMMED = 4
_NUMERIC = re.compile(r"[~≈<>+\-−–($€£¥ ]*\.?[0-9]")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, a plural like its singular, an ordinal like its number, without articles."""
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        ordinal = _ORDINAL.fullmatch(word)
        stem = word[:-1] if len(word) >= _STEMMED and word.endswith("s") and not word.endswith("ss") else word
        if word not in ("the", "a", "an", "of"):
            found.append(ordinal[1] if ordinal is not None else stem)
    return tuple(found)


def _held(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one run of words stands in another."""
    return any(long[place : place + len(short)] == short for place in range(len(long) - len(short) + 1))


# -- above and below ------------------------------------------------------------------------------------------


def _beyond(cell: Cell | None, test: Test, asked: _Asked) -> Held:
    if cell is None or not cell.text:
        return False
    time, then, stated = asked.time, period_at(cell.text), cell.number
    if time is not None and then is not None and time.has_year == then.has_year and (stated is None or time.has_year):
        return _later(then, test, time)
    number = None if asked.in_digits is None or stated is None else asked.in_digits.in_unit(stated.unit)
    if number is None or stated is None:
        return None
    held = _ordered(stated.interval, test, number)
    return held if cell.scale == 1 or held is _ordered(stated.interval.scaled(cell.scale), test, number) else None


def _ordered(there: Interval, test: Test, asked: Quantity) -> Held:
    bound = exactly(asked.point)
    above, below = there.is_above(bound), bound.is_above(there)
    at_least, at_most = there.is_at_least(bound), bound.is_at_least(there)
    held, fails = {
        "above": (above, at_most),
        "at least": (at_least, below),
        "below": (below, at_least),
        "at most": (at_most, above),
    }[test]
    return True if held else False if fails else None


def _later(then: Period, test: Test, time: Period) -> Held:
    """Whether one period lies after or before another: "after 2008" begins with 2009."""
    after, before, same = (
        then.start >= time.end,
        then.end <= time.start,
        time.start <= then.start and then.end <= time.end,
    )
    held = {"above": after, "at least": after or same, "below": before, "at most": before or same}[test]
    clear = after or before or same
    return held if clear else None


def _same_time(time: Period, then: Period) -> Held:
    if time.start <= then.start and then.end <= time.end:
        return True
    return None if then.start < time.end and time.start < then.end else False


def number_in(text: str) -> Quantity | None:
    """The number that a text is; "maryland 2" is a name."""
    ordinal = _ORDINAL.fullmatch(text.strip().casefold())
    if ordinal is None and _NUMERIC.match(text.strip()) is None:
        return None
    return parse_quantity(ordinal[1] if ordinal is not None else text.strip())
