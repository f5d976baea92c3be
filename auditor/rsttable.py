"""rsttable: the cells of a table drawn with "=" or with "+", "-" and "|", each at its places in the source."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIMPLE = re.compile(r"=+(?: +=+)+")
_GRID = re.compile(r"\+(?:-+\+)+")
_GRID_HEAD = re.compile(r"\+(?:=+\+)+")

Cell = tuple[tuple[int, int], ...]
"""Where the lines of a cell stand."""


class Table(NamedTuple):
    """A table as found."""

    start: int
    rows: tuple[tuple[Cell, ...], ...]
    """The first is the header, with empty cells where there is none."""
    height: int
    """The lines that it takes."""


def table_at(source: str, lines: Sequence[tuple[int, int]], indent: int) -> Table | None:
    """The table that begins with these lines; None where it is none, or has merged cells."""
    texts = [source[start + indent : end] for start, end in lines]
    at = [start + indent for start, _ in lines]
    if texts and _SIMPLE.fullmatch(texts[0]):
        return _simple(texts, at)
    if texts and _GRID.fullmatch(texts[0]):
        return _grid(texts, at)
    return None


def _simple(texts: Sequence[str], at: Sequence[int]) -> Table | None:
    borders = [number for number, text in enumerate(texts) if text == texts[0]]
    blank_after = [number for number in borders[1:] if number + 1 == len(texts) or not texts[number + 1].strip()]
    if not blank_after:
        return None
    last = blank_after[0]
    inner = [number for number in borders if 0 < number < last]
    starts = [match.start() for match in re.finditer("=+", texts[0])]
    rows: list[list[list[tuple[int, int]]]] = []
    header = 0
    for number in range(1, last):
        text = texts[number]
        if number in inner:
            header = header or len(rows)
            continue
        if not text.strip():
            continue
        if _SIMPLE.fullmatch(text) or re.fullmatch(r"-+(?: +-+)*", text):
            return None  # what spans columns is underlined
        if any(0 < start <= len(text) and not text[start - 1 : start].isspace() for start in starts[1:]):
            return None
        cells = list(_cells(text, at[number], starts, len(text)))
        if rows and not cells[0]:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.extend(more)
        else:
            rows.append(cells)
    return _table(rows, header, at[0], last + 1)


def _cells(text: str, offset: int, starts: Sequence[int], end: int) -> Iterator[list[tuple[int, int]]]:
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        yield _stretch(text, offset, start, max(stop, start))


def _stretch(text: str, offset: int, start: int, stop: int) -> list[tuple[int, int]]:
    """The place of what stands in a part of a line; nothing where it is blank."""
    part = text[start:stop]
    if not part.strip():
        return []
    left = start + len(part) - len(part.lstrip())
    return [(offset + left, offset + left + len(part.strip()))]


def _grid(texts: Sequence[str], at: Sequence[int]) -> Table | None:
    corners = [number for number, sign in enumerate(texts[0]) if sign == "+"]
    height = next((number for number, text in enumerate(texts) if text[:1] not in {"+", "|"}), len(texts))
    rows: list[list[list[tuple[int, int]]]] = []
    header, is_new = 0, True
    for number, text in enumerate(texts[:height]):
        if _GRID.fullmatch(text) or _GRID_HEAD.fullmatch(text):
            if [place for place, sign in enumerate(text) if sign == "+"] != corners:
                return None
            header = len(rows) if "=" in text else header
            is_new = True
            continue
        if len(text) <= corners[-1] or any(text[corner] != "|" for corner in corners):
            return None
        cells = [_stretch(text, at[number], left + 1, right) for left, right in pairwise(corners)]
        if is_new:
            rows.append(cells)
        else:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.extend(more)
        is_new = False
    return _table(rows, header, at[0], height) if is_new else None


def _table(rows: list[list[list[tuple[int, int]]]], header: int, start: int, height: int) -> Table | None:
    """Several rows above the rule are one header."""
    if not rows:
        return None
    if header:
        head = [[place for row in rows[:header] for place in row[column]] for column in range(len(rows[0]))]
        body = rows[header:]
    else:
        head, body = [[] for _ in rows[0]], rows
    return Table(start, tuple(tuple(tuple(cell) for cell in row) for row in [head, *body]), height)
