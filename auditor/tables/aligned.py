"""aligned: tables that are drawn in plain text, with spaces or lines between their columns, each cell at its place.

Programs print such tables, and READMEs show them as code. Most text with gaps in it is none: a table has a header, rows
enough, a column of numbers, and columns that every row keeps to. What is in doubt stays text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from auditor.document import Span
from auditor.tables.columns import BAR, PIECES, below, between_bars, between_gaps, pieces_of
from auditor.tables.gobench import benchmark_rows
from auditor.tables.monospaced import line_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from auditor.tables.cell import Cell
    from auditor.tables.columns import Body
    from auditor.tables.monospaced import Line, Stretch


class Drawing(NamedTuple):
    """A table as drawn."""

    rows: tuple[tuple[Cell, ...], ...]
    span: Span
    """From the beginning of its first line to the end of its last."""
    title: Span | None
    """The lines right above it."""


def holds_drawing(text: str) -> bool:
    """Whether a table is drawn in a text, or in code that it quotes; cheap where lines have no gaps."""
    return bool(drawings(text))


@lru_cache(maxsize=2)  # one document is asked for several times in a row
def drawings(text: str, hidden: tuple[Span, ...] = ()) -> tuple[Drawing, ...]:
    """The drawn tables of a text outside the hidden places, which lie in order; in whatever code they stand."""
    return tuple(_drawings(text, hidden)) if any(sign in text for sign in ("  ", "\t", *_CROSSINGS)) else ()


def _drawings(text: str, hidden: tuple[Span, ...]) -> Iterator[Drawing]:
    lines = text.split("\n")
    likely = _likely(text, lines)
    if len(likely) < _FEWEST_LINES:
        return
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for first, last in _blocks(lines, likely):
        if is_touched(Span(starts[first], starts[last]), hidden):
            continue
        following = next((place for place in range(last, len(lines)) if lines[place].strip(_BLANK)), len(lines) - 1)
        block = [line_at(text, starts[place], len(lines[place])) for place in range(first, last)]
        found = _drawing(text, block, line_at(text, starts[following], len(lines[following])))
        if found is not None:
            yield found


_BLANK = " \t>"
_FEWEST_LINES = 3
_FEWEST_ROWS, _FEWEST_RULED = 3, 2
"""Rows of data: below a header alone, and below one that is ruled off."""
_FEWEST_COLUMNS = 2
_WIDEST = 1000
_MOST_HEADER_LINES = 3
_CROSSINGS = ("-+-", "=+=", "--|", "-:|", "==|", "─", "━", "═", "- -", "= =")
_INNER_GAP = re.compile(r"[^\s>](?:  | ?\t)[ \t]*+\S")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")


def _likely(text: str, lines: list[str]) -> list[int]:
    """The lines that may be some of a table."""
    gapped = [number for number, line in enumerate(lines) if "  " in line or "\t" in line]
    gapped = [number for number in gapped if _INNER_GAP.search(lines[number])]
    if not any(sign in text for sign in _CROSSINGS):
        return gapped
    ruled = [number for number, line in enumerate(lines) if PIECES.fullmatch(line)]
    near = {place for number in ruled for place in range(max(number - 1, 0), number + 2) if place < len(lines)}
    barred = {number for number, line in enumerate(lines) if BAR.search(line)}
    return sorted({*gapped, *barred, *(place for place in near if _is_text(lines[place]))})


def _blocks(lines: list[str], likely: list[int]) -> Iterator[tuple[int, int]]:
    """The lines without a blank one between them that hold enough likely ones."""
    at = 0
    for number in likely:
        if number < at:
            continue
        first, last = number, number + 1
        while first > at and _is_text(lines[first - 1]):
            first -= 1
        while last < len(lines) and _is_text(lines[last]):
            last += 1
        at = last
        if bisect_left(likely, last) - bisect_left(likely, first) >= _FEWEST_LINES:
            yield first, last


def _is_text(line: str) -> bool:
    return bool(line.strip(_BLANK)) and _FENCE.match(line) is None


def is_touched(span: Span, places: Sequence[Span]) -> bool:
    """Whether a span shares a code point with one of some places, which lie in order."""
    last = bisect_left(places, (span.end,))
    return last > 0 and places[last - 1].end > span.start


# -- one block of lines --------------------------------------------------------------------------------------

_ENDS = re.compile(r"(?!\s*\[?(?:\.\.|…))[^0-9]*|\s*\(?[0-9]+ rows?\b.*|\s*(?:[$#%>]|>>>) .*")
"""A line below a table that is no row which keeps to no columns."""


def _drawing(text: str, lines: list[Line], following: Line) -> Drawing | None:
    """The table that a block of lines holds; none where the line that follows behind blank ones may be a row of it."""
    benchmarks = benchmark_rows(text, lines)
    if benchmarks is not None:
        return Drawing(*benchmarks, None)
    for is_part, reads in (
        (_is_barred, between_bars),
        (_keeps_to_pieces(lines), between_gaps),
        (_is_gapped, between_gaps),
    ):
        runs = [(part, list(run)) for part, run in groupby(lines, is_part)]
        place = next((place for place, (part, run) in enumerate(runs) if part and _height(run) > 1), None)
        if place is None:
            continue
        run, above, under = (
            [line for _, part in parts for line in part]
            for parts in (runs[place : place + 1], runs[:place], runs[place + 1 :])
        )
        if any(is_part(line) and not line.is_rule for line in under):
            continue
        if (
            reads is between_gaps and above and _is_gapped(above[-1]) and not above[-1].is_rule
        ):  # names of several columns
            continue
        is_closed = reads is between_bars or run[-1].is_rule
        if under and not is_closed and _ENDS.fullmatch(under[0].shown) is None:
            continue
        body = reads(run)
        rows = None if body is None else _rows(text, body)
        if body is not None and rows is not None:
            if not is_closed and _goes_on(body, following):
                return None
            title = Span(above[0].start, above[-1].end) if above else None
            return Drawing(rows, Span(run[0].start, run[-1].end), title)
    return None


def _height(run: Sequence[Line]) -> int:
    return sum(not line.is_rule for line in run)


def _is_barred(line: Line) -> bool:
    return line.is_rule or BAR.search(line.shown) is not None


def _is_gapped(line: Line) -> bool:
    return line.is_rule or (len(line.shown) <= _WIDEST and "  " in line.shown.lstrip())


def _keeps_to_pieces(lines: list[Line]) -> Callable[[Line], bool]:
    """Whether a line keeps to the columns that the pieces of a rule underline, which one space may separate."""
    rule = next((line for line in lines if PIECES.fullmatch(line.shown)), None)
    pieces = [] if rule is None else pieces_of(rule)

    def keeps(line: Line) -> bool:
        if line.is_rule or not pieces:
            return line.is_rule
        (cells,) = below(pieces, [line]) or ([],)
        return sum(cell is not None for cell in cells) >= _FEWEST_COLUMNS

    return keeps


def _goes_on(body: Body, line: Line) -> bool:
    """Whether a line has numbers in the columns of a table, and nothing beside them."""
    from auditor.tables.amounts import read_cell  # noqa: PLC0415  (most texts get no further than this)

    return any(read_cell(line.shown[slice(*field)]).amounts for field in body.holds(line)[1:])


def _rows(text: str, body: Body) -> tuple[tuple[Cell, ...], ...] | None:
    """The cells of a table; None where it is none."""
    header, data = body.cells[: body.header], body.cells[body.header :]
    width = len(header[0])
    fewest = _FEWEST_RULED if body.is_ruled else _FEWEST_ROWS
    if not _FEWEST_COLUMNS <= width <= _WIDEST or len(header) > _MOST_HEADER_LINES or len(data) < fewest:
        return None
    named = [any(row[column] is not None for row in header) for column in range(width)]
    if not all(named[1:]) or any(_filled(row) < _FEWEST_COLUMNS for row in (header[-1], *data)):
        return None
    from auditor.tables.amounts import read_cell  # noqa: PLC0415  (most texts get no further than this)
    from auditor.tables.cell import cell_at  # noqa: PLC0415  (likewise)
    from auditor.tables.positions import time_at  # noqa: PLC0415  (likewise)

    rows = tuple(
        tuple(
            cell_at(text, *_place(line, cell), header=number < body.header, origin=(number, column), marked=False)
            for column, cell in enumerate(row)
        )
        for number, (line, row) in enumerate(zip(body.lines, body.cells, strict=True))
    )
    data_rows = rows[body.header :]
    if not any(all(read_cell(cell.aligned).amounts for cell in column) for column in zip(*data_rows, strict=True)):
        return None
    if 2 * sum(row[0].text.endswith(":") for row in data_rows) > len(data_rows):
        return None
    if width == _FEWEST_COLUMNS and read_cell(rows[0][1].aligned).amounts and not time_at(rows[0][1].text):
        return None
    return rows if body.is_ruled or _has_names(body, rows) else None


def _filled(row: Sequence[Stretch | None]) -> int:
    return sum(cell is not None for cell in row)


def _place(line: Line, cell: Stretch | None) -> Stretch:
    return (line.start, line.start) if cell is None else (line.places[cell[0]], line.places[cell[1] - 1] + 1)


_NO_NAME = re.compile(r"[;={}\"\\]|[,:]$|^(?:--?\w|//|#.|[-+@$>%] )|^pages?$", re.IGNORECASE)
_OPTION_OR_KEY = re.compile(r"--?[A-Za-z].*|[-+] .*|.*:")
_CODE_ENDS = (",", ";", "{", "}", "\\")


def _has_names(body: Body, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first line is plainly a header without being ruled off: names over values, not a first pair of them."""
    from auditor.tables.amounts import read_cell  # noqa: PLC0415  (likewise)

    head, *data = rows
    if any(_NO_NAME.search(cell.text) or read_cell(cell.aligned).amounts for cell in head if cell.text):
        return False
    if any(_OPTION_OR_KEY.fullmatch(row[0].text) for row in data) or any(
        line.shown.endswith(_CODE_ENDS) for line in body.lines
    ):
        return False
    last = [row[-1] for row in body.cells]
    return len(head) > _FEWEST_COLUMNS or _is_flush_right(last)


def _is_flush_right(cells: Sequence[Stretch | None]) -> bool:
    """Whether cells end below one another, and do not all begin so: numbers under a name, not names beside names."""
    places = [cell for cell in cells if cell is not None]
    return len(places) == len(cells) and len({end for _, end in places}) == 1 < len({start for start, _ in places})
