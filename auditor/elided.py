"""elided: a document as the model is shown it: of a long table the first and the last rows.

Code reads the cells, so the model needs no more than what the columns hold; what it costs
does not grow with the rows. Quotes are found in the whole document all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.tables.blocks import may_hold_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.document import Document
    from auditor.tables.grid import Grid

FIRST, LAST = 16, 4
"""How many rows are shown, the header's among them; no table of at most as many is cut."""


def elided(document: Document) -> str:
    """The text with a note in place of the rows in the middle of its long tables."""
    if not may_hold_tables(document):
        return document.text
    return "".join(_pieces(document))


def _pieces(document: Document) -> Iterator[str]:
    from auditor.tables.grid import grids  # noqa: PLC0415  (a document without tables has no time for it)

    text, end = document.text, 0
    for grid in grids(document):
        start, stop = _middle(text, grid)
        if end <= start < stop:
            yield text[end:start]
            yield f"[{len(grid.rows) - FIRST - LAST} more rows, not shown]\n"
            end = stop
    yield text[end:]


def _middle(text: str, grid: Grid) -> tuple[int, int]:
    """The whole lines between the first rows and the last; nothing (0, 0) where a table is short or has no lines."""
    rows = grid.rows
    if len(rows) <= FIRST + LAST:
        return 0, 0
    first, last = (min((cell.span.start for cell in row), default=0) for row in (rows[FIRST], rows[-LAST]))
    return text.rfind("\n", 0, first) + 1, text.rfind("\n", 0, last) + 1
