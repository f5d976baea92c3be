"""bounded: whether a cell lies above or below what is asked for.

A word among numbers says that there is none, unless it may stand for one.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.interval import exactly
from auditor.exact.numeral import parse_quantity
from auditor.tables.holding import LETTERS, place_of
from auditor.tables.likeness import is_unknown
from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.interval import Interval
    from auditor.exact.quantity import Quantity
    from auditor.tables.holding import Asked, Cell, Held, Test
    from auditor.tables.positions import Period


def are_numbers(cells: Sequence[Cell | None]) -> bool:
    """Whether most of a column's cells that say anything are numbers or times."""
    filled = [cell for cell in cells if cell is not None and not is_unknown(cell.text)]
    return 2 * sum(cell.number is not None or period_at(cell.text) is not None for cell in filled) > len(filled)


_MAY_BE_ANY = re.compile(
    r"\b(?:present|current(?:ly)?|now|today|ongoing|active|serving|incumbent|still|ditto|same|as above|free|none|nil|no|never"
    r"|even|level|par|tie[ds]?|draws?|drawn|winners?|won|champions?|runners?|finals?|finalists?|semi\w*|quarter\w*|first|last"
    r"|debut|gold|silver|bronze|unlimited|infinit\w*|sold out|sell-?out|full|capacity|closed|empty|all|half|several|many|few|dozens?|hundreds?"
    r"|thousands?|millions?)\b",
    re.IGNORECASE,
)
"""Words that may stand for a number or a time: an end that is not reached, nothing, as many as there is room for."""


def states_nothing(cell: Cell | None) -> bool:
    """Whether a cell in a column of numbers or times says that there is none here: "bye", "did not start"."""
    if cell is None or is_unknown(cell.text) or any(map(str.isdigit, cell.text)) or LETTERS.search(cell.text) is None:
        return False
    return _MAY_BE_ANY.search(cell.text) is None and parse_quantity(cell.text) is None and period_at(cell.text) is None


def beyond(cell: Cell | None, test: Test, asked: Asked) -> Held:
    """Whether a cell lies above or below what is asked for."""
    if cell is None or not cell.text:
        return False
    time, then, stated = asked.time, period_at(cell.text), cell.number
    if time is not None and then is not None and time.has_year == then.has_year and (stated is None or time.has_year):
        return _later(then, test, time)
    number = None if asked.in_digits is None or stated is None else asked.in_digits.in_unit(stated.unit)
    if number is None or stated is None:
        return None
    held = _ordered(stated.interval, test, number)
    place = place_of(cell)
    if place is not None and number.unit is None:  # in "4th (3 points)" either may be meant
        return held if held is _ordered(exactly(Fraction(place)), test, number) else None
    return held if cell.scale == 1 or held is _ordered(stated.interval.scaled(cell.scale), test, number) else None


def _ordered(there: Interval, test: Test, asked: Quantity) -> Held:
    bound = exactly(asked.point)
    above, below = there.is_above(bound), bound.is_above(there)
    at_least, at_most = there.is_at_least(bound), bound.is_at_least(there)
    held, fails = {
        "above": (above, at_most),
        "at least": (at_least, below),
        "below": (below, at_least),
        "at most": (at_most, above),
    }[test]
    return True if held else False if fails else None


def _later(then: Period, test: Test, time: Period) -> Held:
    """Whether one period lies after or before another: "after 2008" begins with 2009."""
    after, before, same = (
        then.start >= time.end,
        then.end <= time.start,
        time.start <= then.start and then.end <= time.end,
    )
    held = {"above": after, "at least": after or same, "below": before, "at most": before or same}[test]
    clear = after or before or same
    return held if clear else None
