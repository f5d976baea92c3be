"""gridtable: the cells of a table drawn with "+", "-" and "|", merged ones too, each at its places in the source."""

from __future__ import annotations

import re
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from auditor.rst.ruled import ruled
from auditor.rst.table import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.rst.line import Line
    from auditor.rst.ruled import Ruled
    from auditor.rst.table import Row

_TOP = re.compile(r"\+-[-+]*-\+|\+-\+")
_RULE = re.compile(r"\+=[=+]*=\+|\+=\+")
_SIGNS = ("+", "|")
_ACROSS, _DOWN = re.compile(r"[-+]*"), re.compile(r"[|+]*")


class _Box(NamedTuple):
    """A cell by the lines and columns of its corners."""

    top: int
    left: int
    bottom: int
    right: int


def grid_table(source: str, lines: Sequence[Line], number: int) -> tuple[Table | None, int] | None:
    """The table that begins with a line, or None for a damaged one, and the line behind it; None where none begins."""
    top = lines[number]
    if _TOP.fullmatch(source, top.text_start, top.end) is None:
        return None
    after = number + 1
    while (
        after < len(lines) and lines[after].indent == top.indent and source.startswith(_SIGNS, lines[after].text_start)
    ):
        after += 1
    drawn = [ruled(source, line, top.indent) for line in lines[number:after]]
    rules = [place for place, line in enumerate(drawn) if _RULE.fullmatch(line.text)]
    if any(len(line.text) != len(drawn[0].text) for line in drawn) or len(rules) > 1:
        return None, after
    boxes = _boxes([line.text.replace("=", "-") if place in rules else line.text for place, line in enumerate(drawn)])
    heights = {at: place for place, at in enumerate(sorted({at for box in boxes for at in (box.top, box.bottom)}))}
    if not boxes or any(rule not in heights for rule in rules):
        return None, after
    header = heights[rules[0]] if rules else 0
    return Table(top.text_start, _rows(boxes, heights, drawn), header), after


def _rows(boxes: Sequence[_Box], heights: dict[int, int], drawn: Sequence[Ruled]) -> tuple[Row, ...]:
    widths = {at: place for place, at in enumerate(sorted({at for box in boxes for at in (box.left, box.right)}))}
    rows: list[list[Cell]] = [[] for _ in range(len(heights) - 1)]
    for box in sorted(boxes):
        inside = (line.part(box.left + 1, box.right) for line in drawn[box.top + 1 : box.bottom])
        wide, high = widths[box.right] - widths[box.left], heights[box.bottom] - heights[box.top]
        rows[heights[box.top]].append(Cell(tuple(part[0] for part in inside if part), wide, high))
    return tuple(map(tuple, rows))


def _boxes(texts: Sequence[str]) -> list[_Box]:
    """The cells of a drawing, from left to right and from the top down; none where they do not fill it."""
    drawing = _Drawing(texts)
    bottom, right = len(texts) - 1, len(texts[0]) - 1
    done = [0] * right  # how far down each column is filled
    corners = [(0, 0)]
    boxes = []
    while corners:
        top, left = heappop(corners)
        if top == bottom or left == right or top < done[left]:
            continue
        box = drawing.box(top, left)
        if box is None or any(depth != top for depth in done[left : box.right]):
            return []
        done[left : box.right] = [box.bottom] * (box.right - left)
        boxes.append(box)
        heappush(corners, (top, box.right))
        heappush(corners, (box.bottom, left))
    return boxes if all(depth == bottom for depth in done) else []


class _Drawing:
    """The lines of a table, to be followed along its edges."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.columns = ["".join(column) for column in zip(*texts, strict=True)]
        self.reached = [(0, 0)] * len(self.columns)  # the edge that was last followed down in each column

    def reach(self, column: int, top: int) -> int:
        """The line to which an edge goes on down from one, and not further."""
        start, end = self.reached[column]
        if not start <= top < end:
            match = _DOWN.match(self.columns[column], top)
            self.reached[column] = start, end = top, top if match is None else match.end()
        return end

    def box(self, top: int, left: int) -> _Box | None:
        """The smallest cell with an upper left corner."""
        across = _ACROSS.match(self.texts[top], left)
        end = left if across is None else across.end()
        right = self.texts[top].find("+", left + 1, end)
        while right > 0:
            deepest = min(self.reach(left, top), self.reach(right, top))
            bottom = self.columns[left].find("+", top + 1, deepest)
            while bottom > 0:
                if self.columns[right][bottom] == "+" and _ACROSS.fullmatch(self.texts[bottom], left, right):
                    return _Box(top, left, bottom, right)
                bottom = self.columns[left].find("+", bottom + 1, deepest)
            right = self.texts[top].find("+", right + 1, end)
        return None
