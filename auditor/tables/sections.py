"""sections: a grid cut where a new header begins, its rows put under the labels that span them.

A row without any number where the others have numbers is a label or a header: a label where it says one thing, a
header where it says several and stands under an empty or repeated first cell.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from auditor.tables.amounts import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Span
    from auditor.tables.amounts import Reading
    from auditor.tables.cell import Cell


class Line(NamedTuple):
    """A row of values."""

    cells: Sequence[Cell]
    readings: Sequence[Reading]
    group: str
    """The label that spans the rows it stands among."""


@dataclass(slots=True)
class Section:
    """Rows under one header."""

    headers: list[str] = field(default_factory=list)
    spans: list[Span | None] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


_MOST_HEADER_ROWS = 5


def sections_of(rows: Sequence[Sequence[Cell]]) -> list[Section]:
    """The sections of a grid, from top to bottom."""
    readings = [[read_cell(cell.aligned) for cell in row] for row in rows]
    head = _header_rows(rows)
    numeric = _numeric_columns(rows[head:], readings[head:])
    width = max((len(row) for row in rows), default=0)
    found = [_headed(rows[:head], width, None)]
    group = ""
    pending: list[Sequence[Cell]] = []
    for number in range(head, len(rows)):
        row, reading = rows[number], readings[number]
        said = [place for place, cell in enumerate(row) if cell.text and not reading[place].missing]
        if not said:
            continue
        if any(reading[place].amounts for place in numeric if place < len(row)):
            group = _label(pending[-1]) if pending else group
            pending = []
            found[-1].lines.append(Line(row, reading, group))
        elif _is_label(row, said, numeric, last=number == len(rows) - 1):
            pending.append(row)
        elif _is_header(row, said, numeric, found[-1].headers, bool(pending)):
            if found[-1].lines:
                found.append(_headed([*pending, row], width, found[-1]))
            else:
                found[-1] = _headed([*rows[:head], *pending, row], width, None)
            pending, group = [], ""
        else:
            group = _label(pending[-1]) if pending else group
            pending = []
            found[-1].lines.append(Line(row, reading, group))
    return [section for section in found if section.lines or section is found[0]]


def _header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top the document marks as headers."""
    count = 0
    while (
        count < min(len(rows), _MOST_HEADER_ROWS)
        and rows[count]
        and all(cell.header or not cell.text for cell in rows[count])
    ):
        count += 1
    return count


def _numeric_columns(rows: Sequence[Sequence[Cell]], readings: Sequence[Sequence[Reading]]) -> list[int]:
    """The columns that state numbers in at least half of their cells with content."""
    numbers: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for row, reading in zip(rows, readings, strict=True):
        for place, cell in enumerate(row):
            if reading[place].amounts:
                numbers[place] += 1
                filled[place] += 1
            elif cell.text and not reading[place].missing:
                filled[place] += 1
    return [place for place in sorted(numbers) if 2 * numbers[place] >= filled[place]]


def _label(row: Sequence[Cell]) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _is_label(row: Sequence[Cell], said: list[int], numeric: list[int], *, last: bool) -> bool:
    """Whether a row without numbers says one thing over all columns, or in the first alone."""
    texts = {row[place].text for place in said}
    if len(texts) > 1 or last or len(row) < 2:  # noqa: PLR2004
        return False
    if len(said) > 1:
        return len(said) > len(row) // 2
    blank = all(not cell.text for place, cell in enumerate(row) if place != said[0])
    return blank and bool(numeric) and said[0] not in numeric


def _is_header(row: Sequence[Cell], said: list[int], numeric: list[int], headers: list[str], labelled: bool) -> bool:  # noqa: FBT001
    """Whether a row without numbers names columns anew."""
    if len(row) < 2 or not numeric:  # noqa: PLR2004
        return False
    if all(row[place].header for place in said):
        return True
    named = [place for place in said if place in numeric]
    first = row[0].text
    opens = not first or first.casefold() == (headers[0].casefold() if headers else "")
    several = len({row[place].text for place in named}) > 1 or labelled
    return opens and several and 2 * len(named) > len(numeric)


def _headed(rows: Sequence[Sequence[Cell]], width: int, earlier: Section | None) -> Section:
    """An empty section under header rows; a column that they do not name is named as in the section before."""
    section = Section()
    for column in range(width):
        parts: list[str] = []
        span: Span | None = None
        for row in rows:
            cell = row[column] if column < len(row) else None
            if cell is not None and cell.text and (not parts or parts[-1] != cell.text):
                parts.append(cell.text)
                span = cell.span
        if not parts and earlier is not None:
            parts.append(earlier.headers[column])
            span = earlier.spans[column]
        section.headers.append(" ".join(parts))
        section.spans.append(span)
    return section
