"""What hedges are recognised, and which numbers a hedged number may mean."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from auditor.exact.hedge import WIDTHS, Hedge, HedgeName, Widths, find_hedge, hedge_after
from auditor.exact.interval import Interval
from auditor.exact.numeral import find_numerals

FOUND: dict[str, HedgeName] = {
    "about ": "about",
    "reaches approximately ": "about",
    "is Roughly ": "about",
    "around step ": "about",
    "around a ": "about",
    "**approximately ": "about",
    "approximately **": "about",
    "ends at (~": "about",
    "4B ~": "about",
    "≈": "about",
    "≈ ": "about",
    "ca. ": "about",
    "nearly ": "nearly",
    "almost a ": "nearly",
    "just under ": "nearly",
    "close to ": "nearly",
    "slightly less than ": "nearly",
    "not quite ": "nearly",
    "just over ": "just over",
    "slightly above ": "just over",
    "a little more than ": "just over",
    "over ": "over",
    "well over ": "over",
    "more than\n": "over",
    "far more than ": "over",
    "more than a ": "over",
    "exceeds ": "over",
    "above $": "over",
    "x > ": "over",
    ">": "over",
    "at least ": "at least",
    "no fewer than ": "at least",
    "no less than ": "at least",
    "≥ ": "at least",
    ">= ": "at least",
    "under ": "under",
    "less than ": "under",
    "below ": "under",
    "p<": "under",
    "p < ": "under",
    "at most ": "at most",
    "no more than ": "at most",
    "not exceeding ": "at most",
    "≤": "at most",
    "<=": "at most",
    "up to ": "up to",
    "up to a ": "up to",
    "by as much as ": "up to",
}

NOT_FOUND = [
    "",
    " ",
    "is ",
    "reaches exactly ",
    "turnover ",
    "the almost finished ",
    "over the ",
    "over a ",
    "under a ",
    "5~",
    "5 ~ ",
    "40%~",
    "0.3 > ",
    "0.3 ->",
    "0.3 => ",
    "> ",
    "text\n> ",
    "<td>",
    "<b>",
    "<<",
    "about the model, ",
    "about it: ",
    "more, ",
    "than ",
    "least ",
    "=",
    "size = ",
]


@pytest.mark.parametrize("before", FOUND, ids=repr)
def test_hedges_before_a_number(before: str) -> None:
    hedge = find_hedge(before)
    assert hedge is not None
    assert hedge.name == FOUND[before]


@pytest.mark.parametrize("before", NOT_FOUND, ids=repr)
def test_no_hedge_before_a_number(before: str) -> None:
    assert find_hedge(before) is None


AFTER: dict[str, HedgeName | None] = {
    "+": "at least",
    "+ models": "at least",
    " or more": "at least",
    " or more.": "at least",
    " and above": "at least",
    " or less,": "at most",
    " or fewer runs": "at most",
    " or so": "about",
    "+5": None,
    "++": None,
    " or five": None,
    " and more": None,
    " models": None,
    "": None,
}


@pytest.mark.parametrize("after", AFTER, ids=repr)
def test_hedges_behind_a_number(after: str) -> None:
    hedge = hedge_after(after)
    assert (None if hedge is None else hedge.name) == AFTER[after]


def test_a_range_sign_is_no_hedge() -> None:
    assert [numeral.quantity and numeral.quantity.hedge for numeral in find_numerals("5~8ms")] == [None, None]


F = Fraction
WIDENED: list[tuple[HedgeName, str, str | None, Interval]] = [
    ("about", "1", "1/100", Interval(F("0.95"), F("1.05"), high_closed=True)),
    ("about", "1", "1", Interval(F("0.5"), F("1.5"), high_closed=True)),
    ("about", "100", None, Interval(F(95), F(105), high_closed=True)),
    ("about", "-100", None, Interval(F(-105), F(-95), high_closed=True)),
    ("about", "0", "1/10", Interval(F("-0.05"), F("0.05"), high_closed=True)),
    ("about", "0", None, Interval(F("-0.05"), F("0.05"), high_closed=True)),
    ("nearly", "40", "1", Interval(F(36), F("40.5"))),
    ("nearly", "2", "1", Interval(F("1.5"), F("2.5"))),
    ("nearly", "1/2", None, Interval(F("0.45"), F("0.5"))),
    ("nearly", "-40", "1", Interval(F("-40.5"), F(-36), low_closed=False, high_closed=True)),
    ("nearly", "0", None, Interval(F("-0.1"), F(0))),
    ("just over", "40", "1", Interval(F(40), F(44), low_closed=False, high_closed=True)),
    ("just over", "2", "1", Interval(F(2), F("2.5"), low_closed=False, high_closed=True)),
    ("just over", "-40", "1", Interval(F(-44), F(-40))),
    ("over", "40", "1", Interval(F(40), None, low_closed=False)),
    ("over", "-40", "1", Interval(F(-40), None, low_closed=False)),
    ("at least", "40", "1", Interval(F(40), None)),
    ("under", "40", "1", Interval(None, F(40))),
    ("under", "-40", "1", Interval(None, F(-40))),
    ("at most", "40", "1", Interval(None, F(40), high_closed=True)),
    ("up to", "40", "1", Interval(None, F(40), high_closed=True)),
    ("up to", "-40", "1", -Interval(None, F(40), high_closed=True)),
    ("order of magnitude", "10", None, Interval(F(10, 3), F(30), high_closed=True)),
]


@pytest.mark.parametrize(("name", "point", "step", "expected"), WIDENED)
def test_widened(name: HedgeName, point: str, step: str | None, expected: Interval) -> None:
    assert Hedge(name).widen(F(point), None if step is None else F(step)) == expected


def test_widths_can_be_set() -> None:
    widths = replace(WIDTHS, about=F(1, 10))
    assert Hedge("about", widths).widen(F(100), None) == Interval(F(90), F(110), high_closed=True)
    assert "±10 %" in Hedge("about", widths).sentence
    assert "±5/2 %" in Hedge("about", Widths(about=F(1, 40))).sentence


def test_what_is_fair() -> None:
    assert Hedge("up to").fair(F(100)) == Interval(F(95), F(100), high_closed=True)
    assert Hedge("over").fair(F(100)) == Interval(F(100), F(150), high_closed=True)
    assert Hedge("about").fair(F(100)) is None


names = st.sampled_from([hedge.name for before in FOUND if (hedge := find_hedge(before)) is not None])
points = st.fractions(-1000, 1000)
steps = st.none() | st.sampled_from([F(1), F(1, 10), F(1, 100)])


@given(names, points, steps)
def test_the_number_itself_is_never_far_off(name: HedgeName, point: Fraction, step: Fraction | None) -> None:
    assert Hedge(name).widen(point, step).meets(Interval(point, point, high_closed=True))


@given(st.sampled_from(["about", "nearly", "just over"]), points.filter(bool), steps)
def test_a_hedge_of_size_mirrors_at_zero(name: HedgeName, point: Fraction, step: Fraction | None) -> None:
    assert Hedge(name).widen(-point, step) == -Hedge(name).widen(point, step)


@given(points, st.fractions(0, 10).filter(bool))
def test_about_is_never_narrower_than_rounding(point: Fraction, step: Fraction) -> None:
    widened = Hedge("about").widen(point, step)
    assert point - step / 2 in widened
    assert point + step / 2 in widened


@given(st.text(max_size=100))
def test_any_text_may_stand_before(text: str) -> None:
    find_hedge(text)
    hedge_after(text)


@given(names)
def test_every_hedge_says_what_it_stands_for(name: HedgeName) -> None:
    assert Hedge(name).sentence.startswith(f"{name}: ")
