"""cells: a number in a total, a difference, a ratio, a rank or a minimum of a table, moved so that it no longer follows."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from auditor.document import Span
from tests.mutants.mutant import Mutant
from tests.mutation import FIGURE, Read

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "break a cell"
UNITS = 7
"""By how many units of its last digit a number is moved: beyond what rounding explains in our tables."""
SHARE = 0.04
"""And by at least this share of it; more than a tenth off, a total is more likely one of other rows."""
_FOLLOWS = re.compile(r"^(?:total|sum|Δ|diff\w*|change|gain|speed-?up|rank|min)$", re.IGNORECASE)
_RANK = re.compile(r"^rank\b", re.IGNORECASE)
_LEAST = re.compile(r"^min\b", re.IGNORECASE)


def mutants(case: Read) -> Iterator[Mutant]:
    """Every cell of a column or row whose name says that it follows from others, in pipe tables."""
    for header, row, start in _rows(case.text):
        cells = _cells(row, start)
        label = case.text[slice(*cells[0])].strip() if cells else ""
        for name, cell in zip(header, cells, strict=False):
            numbers = list(FIGURE.finditer(case.text, *cell))
            if len(numbers) != 1 or not (_FOLLOWS.match(name) or _FOLLOWS.match(label)):
                continue
            span = Span(*numbers[0].span())
            old, new = numbers[0][0], _moved(numbers[0][0], name)
            title = f"{case.name}: {NAME}: {label}, {name}: {old} made {new}"
            text = case.text[: span.start] + new + case.text[span.end :]
            answer = json.loads(json.dumps(case.answer))
            yield Mutant(NAME, title, case, Read(title, text, answer), None, (span,))


def _moved(old: str, column: str) -> str:
    """The number moved: a rank by two, as one rank held twice may be a tie, a minimum to far above the mean, anything else by some units."""
    places = len(old.partition(".")[2])
    value = float(old.replace(",", ""))
    if _RANK.match(column):
        value += 2 if value <= 2 else -2
    elif _LEAST.match(column):
        value *= UNITS
    else:
        value += max(UNITS * 10.0**-places, abs(value) * SHARE)
    return f"{value:,.{places}f}" if "," in old else f"{value:.{places}f}"


def _rows(text: str) -> Iterator[tuple[list[str], str, int]]:
    """The rows of every pipe table: the names of its columns, the row, and where the row starts."""
    header: list[str] = []
    at = 0
    for line in text.split("\n"):
        if not line.startswith("|"):
            header = []
        elif not header:
            header = [cell.strip() for cell in line.strip("|").split("|")]
        elif not set(line) <= set("|-: "):
            yield header, line, at
        at += len(line) + 1


def _cells(row: str, start: int) -> list[Span]:
    bars = [start + match.start() for match in re.finditer(r"\|", row)]
    return [Span(left + 1, right) for left, right in pairwise(bars)]
