"""crossing: values moved to the other side of others, and what brute force makes of the claims then."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from tests.brute import Brute, NoOpinionError, pairs_to_cross
from tests.mutation import figures, moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.document import Span
    from tests.brute import Row
    from tests.mutation import Read


@dataclass(frozen=True, eq=False)
class Change:
    """A case and what was made of it."""

    before: Read
    after: Read
    touched: frozenset[Span]
    """The stretches of the text that changed."""
    claims: frozenset[int] = frozenset()
    """The claims whose own words changed."""

    @cached_property
    def opinions(self) -> tuple[dict[int, str], dict[int, str]]:
        """What brute force makes of the claims before and after."""
        return opinions(self.before), opinions(self.after)


def opinions(case: Read) -> dict[int, str]:
    """What brute force makes of each claim that it can judge."""
    brute, found = Brute(case.answer), {}
    for number, claim in enumerate(case.answer["claims"]):
        try:
            found[number] = brute.verdict(claim)
        except NoOpinionError:
            continue
    return found


# -- the changes -------------------------------------------------------------------------------------


def crossings(case: Read, most: int) -> Iterator[Change]:
    """Values moved to the other side of other values of their metric, by two units and by seven."""
    brute, digits = Brute(case.answer), dict(figures(case))
    pairs = pairs_to_cross(brute.numbers())
    for pair in pairs[:: -(-len(pairs) // most) or 1]:
        for one, other in (pair, pair[::-1]):
            numbers = frozenset(brute.stated[one])
            touched = frozenset(digits[number] for number in numbers if number in digits)
            for units in (2, 7):
                to = _beyond(one, other, units)
                after = moved(case, numbers, to, f"{case.name}: {one.subject or one.metric} {one.name} made {to}")
                if after is not None and Fraction(to) > 0:
                    yield Change(case, after, touched)


def _beyond(one: Row, other: Row, units: int) -> str:
    """A number on the other side of `other`, printed to as many places as `one` is."""
    places = len(str(1 / (2 * one.number.half))) - 1 if one.number.half else 0
    unit = max(Fraction(1, 10**places), other.number.half * 2)
    to = other.number.point + (unit if one.number.point < other.number.point else -unit) * units
    return f"{float(to):.{places}f}"
