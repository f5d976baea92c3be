"""turning: tables whose measures stand in rows and whose subjects stand in columns.

A table is turned only on plain evidence: units, directions or the names of measures down the first column, and none
of them in the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.tables.amounts import Reading, read_cell
from auditor.tables.header import read_header
from auditor.tables.sections import Line, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.tables.cell import Cell
    from auditor.tables.header import Header
    from auditor.tables.roles import Contents

_MEASURE = re.compile(
    r"\b(?:accuracy|precision|recall|f1(?:-score)?|bleu|rouge|auc|time|runtime|latency|throughput|memory|loss|error|speed|size|cost|price|revenue|"
    r"profit|income|expenses|params|parameters|score|rate|perplexity|wer|bandwidth|duration|weight|height|length|area|population|gdp|"
    r"power|energy|p50|p90|p95|p99|mean|median|min|max|average|std)\b",
    re.IGNORECASE,
)
_FEWEST_ROWS = 2
_MOST_COLUMNS = 60


def is_turned(section: Section, headers: Sequence[Header], contents: Sequence[Contents]) -> bool:
    """Whether the first column names measures and the header names subjects."""
    lines = section.lines
    width = len(headers)
    if len(lines) < _FEWEST_ROWS or width < _FEWEST_ROWS + 1 or len(lines) > _MOST_COLUMNS or contents[0].numeric:
        return False
    if not all(content.numeric for content in contents[1:]) or any(line.group for line in lines):
        return False
    if any(_is_measure(header) for header in headers[1:]) or any(not header.name for header in headers[1:]):
        return False
    firsts = [read_header(line.cells[0].text) for line in lines if line.cells]
    if len({first.name for first in firsts}) < len(lines):
        return False
    telling = sum(first.unit is not None or first.better != "unknown" for first in firsts)
    measures = sum(_is_measure(first) for first in firsts)
    if telling and 5 * measures >= 3 * len(lines):
        return True
    return measures == len(lines) or _units_vary_by_row(lines, width)


def _is_measure(header: Header) -> bool:
    return (
        header.unit is not None
        or header.better != "unknown"
        or header.scale != 1
        or _MEASURE.search(header.name) is not None
    )


def _units_vary_by_row(lines: Sequence[Line], width: int) -> bool:
    """Whether the cells of each row have one unit, and the rows different ones."""
    kinds = []
    for line in lines:
        units = {
            reading.amounts[0].quantity.unit and reading.amounts[0].quantity.unit.dimension
            for reading in line.readings[1:width]
            if reading.amounts
        }
        if len(units) != 1:
            return False
        kinds.append(units.pop())
    return len(set(kinds)) > 1 and len(set(kinds)) * 2 > len(kinds)


def turned(section: Section) -> Section:
    """The section with its rows as columns."""
    width = max(len(line.cells) for line in section.lines)
    result = Section(headers=[section.headers[0], *(line.cells[0].text for line in section.lines)])
    result.spans = [section.spans[0], *(line.cells[0].span for line in section.lines)]
    for column in range(1, width):
        cells = [_head(section, column), *(_at(line, column) for line in section.lines)]
        readings = [Reading(), *(read_cell(cell.aligned) for cell in cells[1:])]
        result.lines.append(Line(cells, readings, ""))
    return result


def _head(section: Section, column: int) -> Cell:
    """The header of a column as the cell that names a row."""
    return _blank(section)._replace(
        text=section.headers[column], span=section.spans[column] or _blank(section).span, aligned=""
    )


def _at(line: Line, column: int) -> Cell:
    return line.cells[column] if column < len(line.cells) else line.cells[-1]._replace(text="", aligned="", bold=False)


def _blank(section: Section) -> Cell:
    return section.lines[0].cells[0]._replace(text="", aligned="", bold=False)
