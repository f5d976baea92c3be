"""pipes: the cells of a Markdown table, each at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.tables.cell import Cell, cell_at

if TYPE_CHECKING:
    from auditor.tables.blocks import Block

_ESCAPED = re.compile(r"\\.|\|", re.DOTALL)
_ESCAPED_OR_CODE = re.compile(r"\\.|(`++)[^`]++\1(?!`)|`++|\|", re.DOTALL)


def pipe_rows(text: str, block: Block) -> tuple[list[tuple[Cell, ...]], list[str]]:
    """The rows of a pipe table, the header first, and what was left out of it."""
    head, _, *body = block.lines
    header = _cells(text, head, 0, None)
    rows, beyond = [header], 0
    for number, line in enumerate(body, 1):
        row = _cells(text, line, number, len(header))
        beyond += len(row) > len(header)
        rows.append(row[: len(header)])
    notes = [f"{beyond} row(s) have more cells than the header; the cells beyond it are left out"] if beyond else []
    return rows, notes


def _cells(text: str, line: Span, number: int, wanted: int | None) -> tuple[Cell, ...]:
    """The cells of one line; a pipe in code separates none where that gives as many cells as the header has."""
    stretches = _split(text, line, _ESCAPED)
    if wanted is not None and len(stretches) > wanted and "`" in text[line.start : line.end]:
        other = _split(text, line, _ESCAPED_OR_CODE)
        stretches = other if len(other) == wanted else stretches
    return tuple(
        cell_at(text, start, end, header=number == 0, origin=(number, column))
        for column, (start, end) in enumerate(stretches)
    )


def _split(text: str, line: Span, signs: re.Pattern[str]) -> list[Span]:
    """The stretches between the pipes, without the empty ones outside the first and the last."""
    start, end = line
    if "\\" not in text[start:end] and signs is _ESCAPED:
        stretches = []
        for part in text[start:end].split("|"):
            stretches.append(Span(start, start + len(part)))
            start += len(part) + 1
    else:
        pipes = [match.start() for match in signs.finditer(text, start, end) if match[0] == "|"]
        stretches = [
            Span(one, other) for one, other in zip([start, *(at + 1 for at in pipes)], [*pipes, end], strict=True)
        ]
    if not text[stretches[0].start : stretches[0].end].strip():
        del stretches[0]
    if stretches and not text[stretches[-1].start : stretches[-1].end].strip() and len(stretches) > 1:
        del stretches[-1]
    return stretches
