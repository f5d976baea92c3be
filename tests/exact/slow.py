"""slow: what terms and formulas mean, number by number, to hold the evaluator against.

In a world every leaf is one number: terms are computed with plain fractions and the
definitions of school, and a comparison holds or fails.
"""

from __future__ import annotations

import statistics
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from auditor.exact.expression import (
    Absent,
    Aggregate,
    Agree,
    All,
    Compare,
    Complement,
    Difference,
    Given,
    Magnitude,
    Not,
    Noted,
    Over,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    Settled,
    Share,
    Some,
    Stated,
    Tally,
)
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, all_of, any_of, count_of, not_, unverifiable
from tests.exact.strategies import FAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from auditor.exact.expression import Formula, Term
    from auditor.exact.interval import Interval
    from auditor.exact.verdict import Verdict
    from tests.exact.strategies import World

CLOSE = Fraction(1, 1000)
"""What lies a hair from the ends of the operands lies this close to the end of the result."""


def holds_exactly(result: Interval, numbers: Iterable[Fraction]) -> None:
    """The result holds the numbers, each end that belongs to it is one of them, and no other end is far from them."""
    known = frozenset(numbers)
    assert [number for number in known if number not in result] == []
    is_end(result.low, min(known), attained=result.low in known, closed=result.low_closed)
    is_end(result.high, max(known), attained=result.high in known, closed=result.high_closed)


def is_end(end: Fraction | None, outermost: Fraction, *, attained: bool, closed: bool) -> None:
    """The end lies where the numbers end, and belongs to them if they attain it."""
    assert attained is closed
    assert abs(outermost) > FAR / 10**4 if end is None else abs(end - outermost) <= CLOSE * max(Fraction(1), abs(end))


# -- terms -------------------------------------------------------------------------------------


def value(term: Term, world: Mapping[Given | Stated, Fraction]) -> Fraction | None:  # noqa: C901, PLR0912  (one case a term)
    """What a term comes to in a world, None where that is not defined."""
    parts = [value(part, world) for part in operands(term)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    try:
        match term:
            case Given() | Stated():
                return world[term]
            case Absent():
                return None
            case Difference():
                return known[0] - known[1]
            case Ratio():
                return known[0] / known[1]
            case PercentChange():
                return (known[0] - known[1]) / known[1] * 100
            case Share():
                return known[0] / sum(known) * 100
            case Complement(whole, _):
                return whole - known[0]
            case Magnitude():
                return abs(known[0])
            case Scaled(_, factor):
                return known[0] * factor
            case Over(aggregate, _):
                return AGGREGATES[aggregate](known)
            case _:
                assert_never(term)
    except ZeroDivisionError:
        return None


def operands(term: Term) -> tuple[Term, ...]:
    """The terms directly inside a term."""
    match term:
        case Given() | Stated() | Absent():
            return ()
        case Difference(left, right) | Ratio(left, right) | PercentChange(left, right):
            return left, right
        case Share(part, rest):
            return part, *rest
        case Complement(_, part) | Magnitude(part) | Scaled(part, _):
            return (part,)
        case Over(_, several):
            return several
        case _:
            assert_never(term)


AGGREGATES: dict[Aggregate, Callable[[Sequence[Fraction]], Fraction]] = {
    Aggregate.SUM: lambda known: sum(known, Fraction(0)),
    Aggregate.MEAN: lambda known: sum(known, Fraction(0)) / len(known),
    Aggregate.MEDIAN: lambda known: Fraction(statistics.median(known)),
    Aggregate.MINIMUM: min,
    Aggregate.MAXIMUM: max,
    Aggregate.RANGE: lambda known: max(known) - min(known),
}

# -- formulas ----------------------------------------------------------------------------------


def in_world(  # noqa: C901  (one case a formula)
    formula: Formula, world: World, allowed: Callable[[Compare], Verdict | None]
) -> Verdict:
    """The verdict in one world; `allowed` may settle a comparison that speaks of intervals."""

    def judge(part: Formula) -> Verdict:
        match part:
            case Compare():
                known = allowed(part)
                return known if known is not None else _compared(part, world)
            case All(parts):
                return all_of(judge(part) for part in parts)
            case Some(parts):
                return any_of(judge(part) for part in parts)
            case Tally(parts, least, most):
                return count_of((judge(part) for part in parts), least, most)
            case Agree(parts):
                return agreed([judge(part) for part in parts])
            case Not(part):
                return not_(judge(part))
            case Noted(part, _, _):
                return judge(part)
            case Readings(accepted, _):
                return any_of(judge(part) for part in accepted)
            case Settled(verdict=verdict):
                return verdict
            case _:
                assert_never(part)

    return judge(formula)


def agreed(found: Sequence[Verdict]) -> Verdict:
    """Readings of one claim: all of one mind, or undecided."""
    for settled in (SUPPORTED, CONTRADICTED):
        if all(verdict == settled for verdict in found):
            return settled
    return unverifiable(Reason.MIXED_EVIDENCE)


_HOLDS: dict[Relation, Callable[[Fraction, Fraction], bool]] = {
    Relation.GREATER: lambda left, right: left > right,
    Relation.LESS: lambda left, right: left < right,
    Relation.AT_LEAST: lambda left, right: left >= right,
    Relation.AT_MOST: lambda left, right: left <= right,
    Relation.DIFFERENT: lambda left, right: left != right,
}
_ALLOWS: dict[Relation, Callable[[Fraction, Fraction], bool]] = {
    Relation.EQUAL: lambda left, right: left == right,
    Relation.AGREES: lambda left, right: left == right,
    Relation.NOT_BELOW: lambda left, right: left >= right,
    Relation.NOT_ABOVE: lambda left, right: left <= right,
}


def _compared(compare: Compare, world: World) -> Verdict:
    """Certain relations hold or fail; of the others one world can only say that they cannot be contradicted."""
    left, right = value(compare.left, world), value(compare.right, world)
    unknown = unverifiable(Reason.UNDEFINED)
    if left is None or right is None:
        return unknown
    if compare.relation in _HOLDS:
        return SUPPORTED if _HOLDS[compare.relation](left, right) else CONTRADICTED
    if compare.relation in _ALLOWS:
        return SUPPORTED if _ALLOWS[compare.relation](left, right) else unknown
    scale = max(abs(left), abs(right)) if compare.scale is None else value(compare.scale, world)
    tolerance = Fraction(1, 20) if compare.tolerance is None else compare.tolerance
    if scale is None:
        return unknown
    gap = abs(left - right)
    return SUPPORTED if gap <= tolerance * scale else unknown if gap <= 2 * tolerance * scale else CONTRADICTED


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside a formula."""
    match formula:
        case Compare() | Settled():
            return ()
        case All(parts) | Some(parts) | Tally(parts, _, _) | Agree(parts):
            return parts
        case Not(part) | Noted(part, _, _):
            return (part,)
        case Readings(accepted, hints):
            return (*accepted, *hints)
        case _:
            assert_never(formula)


def comparisons(formula: Formula) -> Iterator[Compare]:
    """Every comparison of a formula."""
    if isinstance(formula, Compare):
        yield formula
    for part in parts_of(formula):
        yield from comparisons(part)
