"""p values: against printed tables, against mpmath's own functions, and as images of intervals."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from auditor.exact.distribution import Family, OutOfRangeError, p_value
from auditor.exact.interval import Interval, exactly, rounded
from auditor.exact.numeral import show

# Critical values as textbooks print them.
TABLES = [
    (Family.T, "12.7062", ("1",), "0.05"),
    (Family.T, "2.0484", ("28",), "0.05"),
    (Family.T, "2.7633", ("28",), "0.01"),
    (Family.T, "1.9600", ("100000",), "0.05"),
    (Family.F, "4.1960", ("1", "28"), "0.05"),
    (Family.F, "3.2317", ("2", "40"), "0.05"),
    (Family.F, "5.1785", ("2", "40"), "0.01"),
    (Family.CHI_SQUARE, "3.8415", ("1",), "0.05"),
    (Family.CHI_SQUARE, "5.9915", ("2",), "0.05"),
    (Family.CHI_SQUARE, "124.3421", ("100",), "0.05"),
    (Family.NORMAL, "1.9600", (), "0.05"),
    (Family.NORMAL, "2.5758", (), "0.01"),
    (Family.CORRELATION, "0.3610", ("28",), "0.05"),
    (Family.CORRELATION, "0.9969", ("1",), "0.05"),
]
sizes = st.fractions(0, 40, max_denominator=100)
freedoms = st.one_of(st.integers(1, 400).map(Fraction), st.fractions(Fraction(1, 2), 60, max_denominator=10))
families = st.sampled_from(Family)


def _within_one(family: Family, size: Fraction) -> Fraction:
    return size / 40 if family is Family.CORRELATION else size


def _freedom(family: Family, numbers: tuple[Fraction, Fraction]) -> list[Interval]:
    return [exactly(number) for number in numbers[: family.freedoms]]


@pytest.mark.parametrize(("family", "statistic", "freedom", "p"), TABLES)
def test_critical_values_have_the_p_of_the_tables(
    family: Family, statistic: str, freedom: tuple[str, ...], p: str
) -> None:
    step = Fraction(1, 10**4)
    found = p_value(family, rounded(Fraction(statistic), step), [exactly(Fraction(number)) for number in freedom])
    assert found.low is not None and found.high is not None  # noqa: PT018  (the ends are known for any statistic)
    assert found.low <= Fraction(p) <= found.high, show(found.middle)


def _reference(family: Family, size: Fraction, numbers: tuple[Fraction, Fraction]) -> Fraction:
    """The same by other means, with twice the digits."""
    with mp.workdps(100):
        x, first, second = (mp.mpf(number.numerator) / number.denominator for number in (size, *numbers))
        match family:
            case Family.NORMAL:
                p = 1 - mp.erf(x / mp.sqrt(2))
            case Family.CHI_SQUARE:
                p = 1 - mp.gammainc(first / 2, 0, x / 2, regularized=True)
            case Family.T:
                p = mp.betainc(first / 2, mp.mpf(1) / 2, 0, first / (first + x * x), regularized=True)
            case Family.CORRELATION:
                p = mp.betainc(first / 2, mp.mpf(1) / 2, 0, 1 - x * x, regularized=True)
            case Family.F:
                p = mp.betainc(second / 2, first / 2, 0, second / (second + first * x), regularized=True)
        return Fraction(*map(int, p.as_integer_ratio()))


@settings(deadline=None, max_examples=60)
@given(families, sizes, st.tuples(freedoms, freedoms))
def test_the_interval_of_an_exact_statistic_holds_what_another_way_gives(
    family: Family, size: Fraction, numbers: tuple[Fraction, Fraction]
) -> None:
    size = _within_one(family, size)
    found = p_value(family, exactly(size), _freedom(family, numbers))
    assert _reference(family, size, numbers) in found
    assert (found.high or 0) - (found.low or 0) <= Fraction(3, 10**20)


@settings(deadline=None, max_examples=60)
@given(families, sizes, sizes, st.tuples(freedoms, freedoms), st.integers(0, 8))
def test_every_statistic_of_an_interval_has_its_p_in_the_image(
    family: Family, one: Fraction, other: Fraction, numbers: tuple[Fraction, Fraction], at: int
) -> None:
    low, high = sorted((_within_one(family, one), _within_one(family, other)))
    low = -low if family.has_sides else low
    inside = low + (high - low) * Fraction(at, 8)
    freedom = _freedom(family, numbers)
    image = p_value(family, Interval(low, high, True, True), freedom)
    part = p_value(family, exactly(inside), freedom)
    assert part.intersection(image) == part


def test_an_interval_that_holds_zero_reaches_a_p_of_one() -> None:
    found = p_value(Family.T, rounded(Fraction(0), Fraction(1, 10)), [exactly(28)])
    assert (found.high, show(found.low or Fraction(0))) == (Fraction(1), "0.9605")


def test_a_statistic_without_an_upper_bound_has_a_p_down_to_zero() -> None:
    found = p_value(Family.F, Interval(Fraction(4), None, False), [exactly(1), exactly(28)])
    assert (found.low, show(found.high or Fraction(0))) == (Fraction(0), "0.05529")


def test_a_p_too_small_to_matter_is_anything_down_to_zero() -> None:
    found = p_value(Family.NORMAL, exactly(40), [])
    assert (found.low, found.high) == (Fraction(0), Fraction(1, 10**60))


@settings(deadline=None, max_examples=40)
@given(sizes, freedoms, freedoms, st.integers(0, 8), st.integers(0, 8))
def test_degrees_of_freedom_with_decimals_hold_every_p_between(
    size: Fraction, one: Fraction, other: Fraction, at: int, beside: int
) -> None:
    """F has no one direction in its degrees of freedom; the p of any in between lies in the image all the same."""
    step = Fraction(1, 10)
    freedom = [rounded(number, step) for number in (one + 1, other + 1)]
    inside = [
        exactly(number + 1 + (Fraction(place, 8) - Fraction(1, 2)) * step)
        for number, place in ((one, at), (other, beside))
    ]
    image, part = p_value(Family.F, exactly(size), freedom), p_value(Family.F, exactly(size), inside)
    assert part.intersection(image) == part


REFUSED = [
    (Family.T, exactly(2), (Fraction(0),), "degrees of freedom are above 0, and computed up to 100,000"),
    (Family.T, exactly(2), (Fraction(10**7),), "degrees of freedom are above 0, and computed up to 100,000"),
    (Family.CORRELATION, exactly(2), (Fraction(28),), "r lies between -1 and 1"),
    (Family.F, exactly(-2), (Fraction(1), Fraction(28)), "F is never below zero"),
    (Family.T, Interval(None, Fraction(2)), (Fraction(28),), "a statistic without a lower bound has no size"),
]


@pytest.mark.parametrize(("family", "statistic", "freedom", "message"), REFUSED)
def test_what_a_distribution_cannot_take_is_refused(
    family: Family, statistic: Interval, freedom: tuple[Fraction, ...], message: str
) -> None:
    with pytest.raises(OutOfRangeError) as caught:
        p_value(family, statistic, [exactly(number) for number in freedom])
    assert str(caught.value) == message


def test_the_most_degrees_of_freedom_are_computed() -> None:
    most = exactly(10**5)
    found = p_value(Family.F, exactly(Fraction("1.01")), [most, most])
    assert show(found.middle) == "0.05783"


def test_nothing_is_loaded_before_the_first_statistic() -> None:
    code = "import sys, auditor.pipeline; print('mpmath' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
