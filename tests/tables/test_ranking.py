"""Cells in order: what is said of a rank holds in every way in which the table can be meant."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Span
from auditor.tables.holding import Cell
from auditor.tables.ranking import compared, ranked, stands

Meaning = tuple[int, ...]
"""The numbers that the cell of a row may be taken for, of which one is its number."""

CELLS: list[tuple[str, Meaning]] = [(str(number), (number,)) for number in range(1, 5)]
OPEN: tuple[str, Meaning] = ("2 or 9", (0, 2, 9, 99))
"""A cell with digits that is no number may be anywhere."""


@given(
    st.lists(st.tuples(st.sampled_from([*CELLS, OPEN]), st.sampled_from([True, False, None])), min_size=1, max_size=5),
    st.sampled_from(["highest", "lowest"]),
    st.integers(1, 3),
)
def test_a_rank_holds_in_every_world_or_in_none(
    rows: list[tuple[tuple[str, Meaning], bool | None]], end: str, rank: int
) -> None:
    cells = [Cell(text, None, Span(0, len(text))) for (text, _), _ in rows]
    found = ranked(cells, [held for _, held in rows], "highest" if end == "highest" else "lowest", rank)
    worlds: list[list[bool | None]] = []
    members = [(True, False) if held is None else (held,) for _, held in rows]
    for numbers, among in product(product(*(meaning for (_, meaning), _ in rows)), product(*members)):
        standing = [number for number, is_in in zip(numbers, among, strict=True) if is_in]
        if len(set(standing)) < len(standing):
            continue  # who of two that are level is first, nobody knows
        order = sorted(standing, reverse=end == "highest")
        worlds.append([is_in and order.index(number) == rank - 1 for number, is_in in zip(numbers, among, strict=True)])
    for place, held in enumerate(found):
        if held is not None:
            assert all(world[place] is held for world in worlds)


PAIRS = [
    ("12", "9", 1),
    ("9", "12", -1),
    ("12", "12", 0),
    ("1,950", "1951", -1),
    ("12 s", "9 m", None),  # of another unit
    ("May 3", "May 10", -1),
    ("May 2004", "June 3, 2003", 1),
    ("May 2004", "May 3, 2004", None),  # a day of that month
    ("May 3", "May 10, 2004", None),
    ("about a dozen", "9", None),
    ("", "9", None),
]


@pytest.mark.parametrize(("one", "other", "sign"), PAIRS)
def test_two_cells_are_compared_by_what_they_state(one: str, other: str, sign: int | None) -> None:
    here, there = (stands(Cell(text, None, Span(0, len(text)))) for text in (one, other))
    assert compared(here, there) == sign
    assert compared(there, here) == (None if sign is None else -sign)
