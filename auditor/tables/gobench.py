"""gobench: what Go's benchmarks print: no header, since every number has its unit behind it, which is the name of its column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.tables.cell import Cell
    from auditor.tables.monospaced import Line

_LINE = re.compile(r"\s*(Benchmark\S*)\s+([0-9]+)((?:\s+[0-9.]+\s+[^\W\d_][\w/%.-]*)+)")
_MEASURED = re.compile(r"([0-9.]+)\s+([^\W\d_]\S*)")
_FEWEST_ROWS = 2


def benchmark_rows(text: str, lines: Sequence[Line]) -> tuple[tuple[tuple[Cell, ...], ...], Span] | None:
    """The results in a block of lines and where they stand; None where there are too few, or such as differ in units."""
    found = [(line, match) for line in lines if (match := _LINE.fullmatch(line.shown))]
    if len(found) < _FEWEST_ROWS:
        return None
    measured = [list(_MEASURED.finditer(line.shown, *match.span(3))) for line, match in found]
    units = [each[2] for each in measured[0]]
    if "ns/op" not in units or any([each[2] for each in row] != units for row in measured):
        return None
    from auditor.tables.cell import cell_at  # noqa: PLC0415  (most texts get no further than this)

    def cell(line: Line, at: tuple[int, int], row: int, column: int) -> Cell:
        start, end = line.places[at[0]], line.places[at[1] - 1] + 1
        return cell_at(text, start, end, header=row == 0, origin=(row, column), marked=False)

    first = found[0][0]
    begin = first.start
    unnamed = [cell_at(text, begin, begin, header=True, origin=(0, column), marked=False) for column in (0, 1)]
    rows = [(*unnamed, *(cell(first, each.span(2), 0, column) for column, each in enumerate(measured[0], 2)))]
    for number, ((line, match), row) in enumerate(zip(found, measured, strict=True), 1):
        places = [match.span(1), match.span(2), *(each.span(1) for each in row)]
        rows.append(tuple(cell(line, at, number, column) for column, at in enumerate(places)))
    return tuple(rows), Span(begin, found[-1][0].end)
