"""pipes: the cells of a Markdown table, each at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.tables.cell import MOST_COLUMNS, Cell, cell_at

if TYPE_CHECKING:
    from auditor.tables.blocks import Block

_ESCAPED = re.compile(r"\\.|\|", re.DOTALL)
_ESCAPED_OR_CODE = re.compile(r"\\.|(`++)[^`]++\1(?!`)|`++|\|", re.DOTALL)


def pipe_rows(text: str, block: Block) -> tuple[list[tuple[Cell, ...]], list[str]]:
    """The rows of a pipe table, the header first, and what was left out of it."""
    head, _, *body = block.lines
    header = _split(text, head, _ESCAPED)
    width = min(len(header), MOST_COLUMNS)
    rows, beyond = [_cells(text, header[:width], 0)], 0
    for number, line in enumerate(body, 1):
        stretches = _stretches(text, line, len(header))
        beyond += len(stretches) > len(header)
        rows.append(_cells(text, stretches[:width], number))
    notes = [f"{beyond} row(s) have more cells than the header; the cells beyond it are left out"] if beyond else []
    if width < len(header):
        notes.append(f"{len(header) - width} column(s) beyond the first {width} are left out")
    return rows, notes


def _cells(text: str, stretches: list[Span], number: int) -> tuple[Cell, ...]:
    return tuple(
        cell_at(text, start, end, header=number == 0, origin=(number, column))
        for column, (start, end) in enumerate(stretches)
    )


def _stretches(text: str, line: Span, wanted: int) -> list[Span]:
    """The stretches of a row; a pipe in code separates none where that gives as many as the header has."""
    stretches = _split(text, line, _ESCAPED)
    if len(stretches) > wanted and "`" in text[line.start : line.end]:
        other = _split(text, line, _ESCAPED_OR_CODE)
        return other if len(other) == wanted else stretches
    return stretches


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
