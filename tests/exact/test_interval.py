"""Every operation on intervals gives exactly the numbers that the operation on their numbers gives."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.exact.interval import Interval, exactly, rounded
from tests.exact.slow import CLOSE, holds_exactly
from tests.exact.strategies import HAIR, PLACES, bounded, fractions, intervals, numbers_of, place, unbounded

if TYPE_CHECKING:
    from collections.abc import Callable

operations = st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv])


def pairs(one: Interval, other: Interval) -> list[tuple[Fraction, Fraction]]:
    return [(here, there) for here in numbers_of(one) for there in numbers_of(other)]


@given(operations, intervals, intervals)
def test_a_result_holds_the_results_and_no_more(operation: Callable[..., Any], one: Interval, other: Interval) -> None:
    assume(operation is not operator.truediv or not exactly(0).meets(other))
    holds_exactly(operation(one, other), (operation(here, there) for here, there in pairs(one, other)))


@given(intervals, fractions)
def test_negatives_magnitudes_and_multiples_are_those_of_the_numbers(interval: Interval, factor: Fraction) -> None:
    numbers = numbers_of(interval)
    holds_exactly(-interval, (-number for number in numbers))
    holds_exactly(abs(interval), (abs(number) for number in numbers))
    assume(not factor or abs(factor) > CLOSE)
    holds_exactly(interval.scaled(factor), (number * factor for number in numbers))


@given(intervals, fractions)
def test_a_multiple_is_the_product_with_one_number(interval: Interval, factor: Fraction) -> None:
    assert interval.scaled(factor) == interval * exactly(factor)


@given(intervals, intervals)
def test_a_divisor_that_may_be_zero_raises(one: Interval, other: Interval) -> None:
    near_zero = any(abs(number) <= HAIR for number in numbers_of(other))
    assume(near_zero or exactly(0).meets(other))
    with pytest.raises(ZeroDivisionError, match="the divisor may be zero"):
        one / other


@pytest.mark.parametrize(
    "divisor",
    [
        exactly(0),
        Interval(Fraction(0), Fraction(1), False, False),
        Interval(Fraction(-1), Fraction(0), False, False),
        Interval(Fraction(-1), Fraction(1)),
        Interval(None, Fraction(1)),
        Interval(None, None),
    ],
)
def test_a_divisor_at_zero_or_as_near_as_one_likes_raises(divisor: Interval) -> None:
    with pytest.raises(ZeroDivisionError, match="the divisor may be zero"):
        exactly(1) / divisor


@given(intervals)
def test_negation_is_an_involution(interval: Interval) -> None:
    negative = -interval
    assert -negative == interval
    assert abs(-interval) == abs(interval)


@given(intervals, intervals)
def test_sums_and_products_do_not_depend_on_the_order(one: Interval, other: Interval) -> None:
    assert one + other == other + one
    assert one * other == other * one
    assert -(one - other) == other - one


# -- comparisons and sets ----------------------------------------------------------------------


@given(intervals, intervals)
def test_above_means_that_every_number_is_greater(one: Interval, other: Interval) -> None:
    assert one.is_above(other) is all(here > there for here, there in pairs(one, other))
    assert one.is_at_least(other) is all(here >= there for here, there in pairs(one, other))


@given(intervals, intervals)
def test_they_meet_where_no_number_lies_between(one: Interval, other: Interval) -> None:
    assert one.meets(other) is (_closure(one).intersection(_closure(other)) is not None)
    assert one.meets(other) is other.meets(one)


def _closure(interval: Interval) -> Interval:
    return Interval(interval.low, interval.high, True, True)


@given(intervals, intervals)
def test_the_intersection_holds_what_both_hold(one: Interval, other: Interval) -> None:
    common = one.intersection(other)
    for number in (*numbers_of(one), *numbers_of(other)):
        assert (common is not None and number in common) is (number in one and number in other)
    assert common == other.intersection(one)
    assert (common is None) is (one.is_above(other) or other.is_above(one))
    if common is not None:
        assert [number for number in numbers_of(common) if number not in one or number not in other] == []


@given(intervals, intervals)
def test_the_hull_is_the_least_that_holds_both(one: Interval, other: Interval) -> None:
    hull = one.hull(other)
    assert [number for number in (*numbers_of(one), *numbers_of(other)) if number not in hull] == []
    assert hull == other.hull(one)
    for end, closed in ((hull.low, hull.low_closed), (hull.high, hull.high_closed)):
        assert closed is (end is not None and (end in one or end in other))
        assert end is None or end in (one.low, one.high, other.low, other.high)


@given(intervals, intervals)
def test_one_inside_another_gives_the_other_as_hull_and_itself_as_intersection(one: Interval, other: Interval) -> None:
    hull = one.hull(other)
    assert (hull.hull(one), hull.intersection(one)) == (hull, one)


@given(intervals, st.integers(0, PLACES))
def test_places_of_an_interval_lie_inside_it(interval: Interval, at: int) -> None:
    assert place(interval, at) in interval


# -- construction ------------------------------------------------------------------------------


@given(unbounded)
def test_no_end_at_infinity_belongs_to_an_interval(interval: Interval) -> None:
    low_closed, high_closed = interval.low_closed, interval.high_closed
    assert (interval.low is not None or not low_closed, interval.high is not None or not high_closed) == (True, True)
    flags = (low_closed or interval.low is None, high_closed or interval.high is None)
    assert interval == Interval(interval.low, interval.high, *flags)


@given(fractions, fractions, st.tuples(st.booleans(), st.booleans()))
def test_an_interval_without_a_number_is_refused(one: Fraction, other: Fraction, closed: tuple[bool, bool]) -> None:
    assume(one > other or (one == other and closed != (True, True)))
    with pytest.raises(ValueError, match="an interval needs at least one number"):
        Interval(one, other, *closed)


@given(bounded)
def test_the_middle_halves_an_interval(interval: Interval) -> None:
    assert interval.low is not None
    assert interval.high is not None
    assert interval.middle - interval.low == interval.high - interval.middle
    assert interval.is_exact is (interval == exactly(interval.middle))


@given(unbounded)
def test_the_middle_of_what_has_no_end_is_its_other_end(interval: Interval) -> None:
    assert interval.middle in {interval.low, interval.high, Fraction(0)}


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.integers(-3, 6))
def test_two_numbers_printed_to_one_precision_are_ordered_as_they_are_printed(
    one: int, other: int, places: int
) -> None:
    unit = Fraction(1) / Fraction(10) ** places
    first, second = rounded(one * unit, unit), rounded(other * unit, unit)
    assert (first.is_above(second), second.is_above(first), first == second) == (one > other, one < other, one == other)
    assert (first.low, first.low_closed, first.high_closed) == (one * unit - unit / 2, True, False)


@given(fractions, fractions)
def test_an_exact_number_holds_itself_alone(number: Fraction, other: Fraction) -> None:
    assert (other in exactly(number)) is (other == number)
