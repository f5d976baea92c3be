"""ranking: the cells of one column in order: which is the highest, which of two is ahead, what they come to.

Three-valued like `auditor.tables.lookup`: cells that print alike are neither before nor
behind one another, and a cell that holds digits and cannot be read may be anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from auditor.tables.lookup import number_in
from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.quantity import Quantity
    from auditor.tables.lookup import Cell, Held

End = Literal["highest", "lowest"]


def ranked(cells: Sequence[Cell | None], among: Sequence[Held], end: End, rank: int) -> list[Held]:
    """For each row whether its cell is the so-manyth from one end, of the cells of the rows that are meant."""
    meant = [cell if held is not False and _has_digits(cell) else None for cell, held in zip(cells, among, strict=True)]
    return [
        None if cell is None else _is_of_rank(cell, place, meant, among, end, rank) for place, cell in enumerate(meant)
    ]


def _is_of_rank(  # noqa: PLR0913, PLR0917  (a cell, its place among the others, and what is asked)
    cell: Cell, place: int, meant: Sequence[Cell | None], among: Sequence[Held], end: End, rank: int
) -> Held:
    ahead, behind, open_ = 0, 0, 0
    for number, other in enumerate(meant):
        if number == place or other is None:
            continue
        sign = compared(other, cell) if among[number] else None
        if sign is None or sign == 0:
            open_ += 1
        elif (sign > 0) is (end == "highest"):
            ahead += 1
        else:
            behind += 1
    if ahead >= rank or ahead + open_ < rank - 1:
        return False
    return True if not open_ and among[place] else None


def compared(one: Cell, other: Cell) -> int | None:
    """1 where one cell is above another, -1 where it is below, 0 where both say the same, None where that is open."""
    time, then = period_at(one.text), period_at(other.text)
    if time is not None and then is not None and time.has_year == then.has_year:
        if time == then:
            return 0
        return 1 if time.start >= then.end else -1 if time.end <= then.start else None
    here, there = quantity_of(one), quantity_of(other)
    if here is None or there is None or here.unit != there.unit:
        return None
    if here.interval == there.interval:
        return 0
    return 1 if here.interval.is_above(there.interval) else -1 if there.interval.is_above(here.interval) else None


def held_against(cell: Cell | None, test: str, others: Sequence[Cell | None]) -> Held:
    """Whether a cell passes a test against every one of some other cells; None where it does against some."""
    if cell is None or not others:
        return None
    each = {None if other is None else _passes(compared(cell, other), test) for other in others}
    return each.pop() if len(each) == 1 else None


def passes(count: int, test: str, other: int) -> Held:
    """Whether one count passes a test against another."""
    return _passes((count > other) - (count < other), test)


def _passes(sign: int | None, test: str) -> Held:
    if sign is None:
        return None
    held = {"is": sign == 0, "is not": sign != 0, "above": sign > 0, "below": sign < 0}
    return {**held, "at least": sign >= 0, "at most": sign <= 0}.get(test)


def quantity_of(cell: Cell | None) -> Quantity | None:
    """The number that a cell states, None where it states none."""
    return None if cell is None else cell.quantity or number_in(cell.text)


def _has_digits(cell: Cell | None) -> bool:
    return cell is not None and any(character.isdigit() for character in cell.text)
