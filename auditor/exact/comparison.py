"""comparison: what two intervals make of a relation, and how far they are from making something else of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from auditor.exact.expression import Relation
from auditor.exact.term import nth
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable

if TYPE_CHECKING:
    from auditor.exact.interval import Interval
    from auditor.exact.term import Valued
    from auditor.exact.verdict import Verdict

TOLERANCE = Fraction(1, 20)
"""The relative gap that still counts as similar where a claim names none."""
TIE = unverifiable(Reason.TIE_AT_PRECISION)


def relate(
    left: Interval, relation: Relation, right: Interval, tolerance: Fraction | None, scale: Interval | None
) -> Verdict:
    """The verdict of one comparison; the one place that rules on intervals that touch or are equal.

    An order is decided where no choice of numbers could make it otherwise, so two that touch at an
    end which only one of them attains are ordered.
    """
    match relation:
        case Relation.LESS | Relation.AT_MOST | Relation.NOT_ABOVE:
            return relate(right, relation.inverse, left, None, None)
        case Relation.GREATER:
            return SUPPORTED if left.is_above(right) else CONTRADICTED if right.is_at_least(left) else TIE
        case Relation.AT_LEAST:
            return SUPPORTED if left.is_at_least(right) else CONTRADICTED if right.is_above(left) else TIE
        case Relation.NOT_BELOW:
            return CONTRADICTED if right.is_above(left) else SUPPORTED
        case Relation.EQUAL:
            return CONTRADICTED if left.intersection(right) is None else SUPPORTED
        case Relation.DIFFERENT:
            same = left.is_exact and left == right
            return SUPPORTED if left.intersection(right) is None else CONTRADICTED if same else TIE
        case Relation.AGREES:
            return SUPPORTED if left.meets(right) else CONTRADICTED
        case Relation.SIMILAR:
            return _similar(left, right, TOLERANCE if tolerance is None else tolerance, scale)
        case _:
            assert_never(relation)


def _similar(left: Interval, right: Interval, tolerance: Fraction, scale: Interval | None) -> Verdict:
    gap, base = abs(left - right), nth([abs(left), abs(right)], -1) if scale is None else scale
    if left == right:
        return SUPPORTED
    if gap.high is not None and base.low is not None and gap.high <= tolerance * base.low:
        return SUPPORTED
    if gap.low is not None and base.high is not None and gap.low > 2 * tolerance * base.high:
        return CONTRADICTED
    return unverifiable(Reason.WITHIN_TOLERANCE)


def allowance(
    left: Valued, right: Valued, tolerance: Fraction | None, scale: Valued | None
) -> tuple[Fraction, Fraction]:
    """Up to which share of what the gap between two numbers as printed may go for them to be similar."""
    base = max(abs(left.point), abs(right.point)) if scale is None else scale.point
    return TOLERANCE if tolerance is None else tolerance, base


def distance(
    left: Valued, relation: Relation, right: Valued, tolerance: Fraction | None, scale: Valued | None
) -> Fraction | None:
    """How far a decided comparison is from flipping, relative to the larger side; None where nothing flips it."""
    here, there, apart = left.interval, right.interval, abs(left.point - right.point)
    match relation:
        case Relation.AGREES | Relation.EQUAL:
            moves = [_between(here.low, there.high), _between(here.high, there.low)]
        case Relation.NOT_BELOW:
            moves = [_between(here.high, there.low)]
        case Relation.NOT_ABOVE:
            moves = [_between(here.low, there.high)]
        case Relation.SIMILAR:
            share, base = allowance(left, right, tolerance, scale)
            moves = [abs(apart - share * base)]
        case _:
            moves = [apart]
    known = [move for move in moves if move is not None]
    size = max(abs(left.point), abs(right.point))
    return min(known) / (size or 1) if known else None


def _between(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else abs(one - other)
