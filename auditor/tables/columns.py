"""columns: where the cells of a drawn table stand in its lines: between bars, below pieces of a rule, between gaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from auditor.tables.monospaced import Line, Stretch

BARS = "|│┃║¦"
BAR = re.compile(f"[{BARS}]")
PIECES = re.compile(r"[ \t>]*(?:-+(?: +-+)+|=+(?: +=+)+)[ \t]*")
"""A rule that underlines each column by itself."""

_CROSSING = re.compile(f"[{BARS}+┼╋╬╪╫╇]")
_PIECE = re.compile(r"[^ +|:\u2502\u2503\u2551]+")
_IN_CELL = re.compile(f"[^ {BARS}]  +[^ {BARS}]")
_WORD = re.compile(r"[^ ]+")
_END = 1 << 30
_FIRST, _PAIR = 20, 2


class Body(NamedTuple):
    """The lines of a table, without its rules, and where its cells stand in them."""

    lines: list[Line]
    cells: list[list[Stretch | None]]
    """For each line one cell in each column; None for an empty one."""
    header: int
    """How many of its lines are its header."""
    is_ruled: bool
    """Whether a rule sets off the header."""

    def holds(self, line: Line) -> list[Stretch]:
        """What another line has in the columns; nothing where it does not keep to them."""
        columns = [[cell for cell in column if cell is not None] for column in zip(*self.cells, strict=True)]
        extents = [(min(start for start, _ in cells), max(end for _, end in cells)) for cells in columns if cells]
        for start, end in line.fields:
            if sum(left < end and start < right for left, right in extents) != 1:
                return []
        return line.fields


def between_bars(run: list[Line]) -> Body | None:
    """Columns with bars between them: below one another, on both sides of every row, or as many as the rule has.

    Where most lines have gaps between the bars, bars only part groups of columns.
    """
    lines, header, rule = _headed(run)
    if rule is None:
        return None
    bars = [[match.start() for match in BAR.finditer(line.shown)] for line in lines]
    closed = all(line.shown.lstrip()[0] in BARS and line.shown[-1] in BARS for line in lines)
    drawn = [match.start() for match in _CROSSING.finditer(rule.shown)]
    below_another = closed or len(set(map(tuple, bars))) == 1 or len(drawn) == len(bars[0])
    if len(set(map(len, bars))) > 1 or not below_another:
        return None
    if sum(_IN_CELL.search(line.shown) is not None for line in lines) * 2 > len(lines):
        return between_gaps([line._replace(shown=BAR.sub(" ", line.shown).rstrip()) for line in run])
    cells = []
    for line, at in zip(lines, bars, strict=True):
        edges = at if closed else [-1, *at, len(line.shown)]
        cells.append([_within(line.shown, left + 1, right) for left, right in pairwise(edges)])
    return Body(lines, cells, header, is_ruled=True)


def between_gaps(run: list[Line]) -> Body | None:
    """Columns below the pieces of a rule, or with gaps between them that every row has."""
    lines, header, rule = _headed(run)
    ruled = [] if rule is None else pieces_of(rule)
    cells = below(ruled, lines) if len(ruled) > 1 else None
    for reads in (_apart, _flush_right):
        if (
            cells is None and reads(lines[:_FIRST]) is not None
        ):  # most text with gaps keeps to no columns from the start
            cells = reads(lines)
    return None if cells is None else Body(lines, cells, header, is_ruled=rule is not None)


def pieces_of(rule: Line) -> list[Stretch]:
    """The pieces that a rule is made of."""
    return [match.span() for match in _PIECE.finditer(rule.shown)]


def below(pieces: list[Stretch], lines: list[Line]) -> list[list[Stretch | None]] | None:
    """The cells below the pieces of a rule; None where something stands between them."""
    starts = [start for start, _ in pieces]
    ends = [0, *(end for _, end in pieces[:-1])]
    if any(line.shown[end:start].strip() for line in lines for end, start in zip(ends, starts, strict=True)):
        return None
    edges = [*starts[1:], _END]
    return [[_within(line.shown, *edge) for edge in zip(starts, edges, strict=True)] for line in lines]


def _headed(run: list[Line]) -> tuple[list[Line], int, Line | None]:
    """The lines that are no rules, how many of them are the header, and the rule below that; one line without a rule."""
    said = [number for number, line in enumerate(run) if not line.is_rule]
    rule = next((number for number in range(said[0], said[-1]) if run[number].is_rule), None)
    header = 1 if rule is None else bisect_right(said, rule)
    return [run[number] for number in said], header, None if rule is None else run[rule]


def _apart(lines: list[Line]) -> list[list[Stretch | None]] | None:
    """The cells that gaps separate, if each stands in a column of its own."""
    fields = [line.fields for line in lines]
    covered = 0
    for row in fields:
        for start, end in row:
            covered |= (1 << end) - (1 << start)
    columns = [match.start() for match in re.finditer("1+", f"{covered:b}"[::-1])]
    cells: list[list[Stretch | None]] = []
    for row in fields:
        placed: list[Stretch | None] = [None] * len(columns)
        for field in row:
            column = bisect_right(columns, field[0]) - 1
            if placed[column] is not None:
                return None
            placed[column] = field
        cells.append(placed)
    return cells


def _flush_right(lines: list[Line]) -> list[list[Stretch | None]] | None:
    """The cells that single spaces separate, if as many in every line end below one another, but for the first.

    The first may be unnamed, and two of them alone have to end below one another as well.
    """
    words: list[list[Stretch | None]] = [[match.span() for match in _WORD.finditer(line.shown)] for line in lines]
    if len(words) > 1 and len(words[0]) + 1 == len(words[1]):
        words[0].insert(0, None)
    ends = [[cell and cell[1] for cell in row] for row in words]
    first = int(words[0][0] is None or len(words[0]) > _PAIR)
    return words if all(row[first:] == ends[0][first:] and len(row) == len(ends[0]) for row in ends) else None


def _within(shown: str, start: int, end: int) -> Stretch | None:
    inner = shown[start:end]
    left = start + len(inner) - len(inner.lstrip())
    return (left, left + len(inner.strip())) if inner.strip() else None
