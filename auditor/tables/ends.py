"""ends: columns that give two statistics in one cell, "Q1–Q3" over "0.52–0.70", as a column for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.tables.amounts import read_cell
from auditor.tables.sections import Line, Section

if TYPE_CHECKING:
    from auditor.tables.cell import Cell

_STATISTIC = (
    r"(?:min(?:imum)?|max(?:imum)?|mean|median|avg|average|low(?:er|est)?|high(?:er|est)?|worst|best|q[1-4]"
    r"|p[0-9]{1,2}(?:\.[0-9]+)?|[0-9]{1,2}(?:st|nd|rd|th|%)(?: ?(?:percentile|%ile|pct))?)"
)
_HEADER = re.compile(
    rf"(?P<before>(?:[\w.]+ ){{0,3}})\(?(?P<low>{_STATISTIC})\s*(?:[-–—/…]|\.\.\.?)\s*(?P<high>{_STATISTIC})\)?"
    r"(?P<unit>\s*[(\[][^()\[\]]{1,20}[)\]])?",
    re.IGNORECASE,
)
_NUMBER = r"[~≈]?\s*[+−-]?[$€£]?[0-9][0-9.,]*(?:\s?[^\s\d–—/…-]{1,8})?"
_PAIR = re.compile(rf"\s*({_NUMBER}?)\s*(?:[-–—/…]|\.\.\.?)\s*({_NUMBER})\s*")


def apart(section: Section) -> Section:
    """The section with two columns in place of each of those; itself where it has none."""
    wide = {}
    for column, header in enumerate(section.headers):
        named = _HEADER.fullmatch(header.strip())
        cells = [line.cells[column] for line in section.lines if column < len(line.cells)]
        filled = [cell for cell in cells if cell.text and not read_cell(cell.aligned).missing]
        if named is not None and filled and all(_PAIR.fullmatch(cell.aligned) for cell in filled):
            wide[column] = named
    if not wide:
        return section
    result = Section()
    for column, (header, span) in enumerate(zip(section.headers, section.spans, strict=True)):
        named = wide.get(column)
        for name in (header,) if named is None else _names(named):
            result.headers.append(name)
            result.spans.append(span)
    for line in section.lines:
        cells = [
            part for column, cell in enumerate(line.cells) for part in (_ends(cell) if column in wide else (cell,))
        ]
        result.lines.append(Line(cells, [read_cell(cell.aligned) for cell in cells], line.group))
    return result


def _names(named: re.Match[str]) -> tuple[str, str]:
    """The headers of the two columns: what the one said of both, and the end."""
    before, unit = named["before"], named["unit"] or ""
    before = "" if before.strip().casefold() == "range" else before
    return f"{before}{named['low']}{unit}", f"{before}{named['high']}{unit}"


def _ends(cell: Cell) -> tuple[Cell, Cell]:
    """The two halves of a cell, each where it stands in the document; twice the cell where it says nothing."""
    found = _PAIR.fullmatch(cell.aligned)
    if found is None:
        return cell, cell
    return _part(cell, *found.span(1)), _part(cell, *found.span(2))


def _part(cell: Cell, start: int, end: int) -> Cell:
    aligned = cell.aligned[start:end]
    return cell._replace(
        text=aligned.strip(), span=Span(cell.span.start + start, cell.span.start + end), aligned=aligned
    )
