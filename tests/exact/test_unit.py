"""Which words are units, and how they convert."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exact.unit import (
    Unit,
    commensurable,
    conversion,
    counted_after,
    counted_before,
    parse_unit,
    unit_after,
    words_in,
)

KNOWN = {
    "s": "s time",
    "sec": "s time",
    "Seconds": "s time",
    "SECONDS": "s time",
    "ms": "ms time",
    "us": "µs time",
    "µs": "µs time",
    "μs": "µs time",
    "ns": "ns time",
    "minutes": "min time",
    "hrs": "h time",
    "days": "day time",
    "years": "year calendar",
    "bytes": "B information",
    "KB": "kB information",
    "MB": "MB information",
    "MiB": "MiB information",
    "bits": "bit information",
    "Gbps": "Gbit/s bandwidth",
    "%": "% percent",
    "percent": "% percent",
    "per cent": "% percent",
    "points": "points points",
    "pp": "points points",
    "pts": "points points",
    "percentage points": "points points",
    "Percentage Points": "points points",
    "basis points": "bp points",
    "x": "x factor",
    "×": "x factor",
    "times": "x factor",
    "metres": "m length",
    "km": "km length",
    "kg": "kg mass",
    "Hz": "Hz frequency",
    "W": "W power",
    "J": "J energy",
    "kWh": "kWh energy",
    "$": "$ $",
    "USD": "$ $",
    "€": "€ €",
    "£": "£ £",
    "¥": "¥ ¥",
    "°C": "°C °C",
    "°F": "°F °F",
    "MB/s": "MB/s bandwidth",
    "km/h": "km/h length/time",
    "req/s": "req/s req/time",
    "requests per second": "req/s req/time",
    "tokens/s": "token/s token/time",
    "tok/s": "token/s token/time",
    "ms/token": "ms/token time/token",
    "$/month": "$/month $/calendar",
    " s ": "s time",
}

UNKNOWN = [
    "",
    " ",
    "fast",
    "and/or",
    "steps",
    "tokens",
    "M",
    "B737",
    "S",
    "mS",
    "/s",
    "s/",
    "s/s",
    "1",
    "m²",
    "t",
    "K",
    "the",
    "per",
    "a/b/c",
]


@pytest.mark.parametrize("text", KNOWN)
def test_known(text: str) -> None:
    unit = parse_unit(text)
    assert unit is not None
    assert f"{unit.name} {unit.dimension}" == KNOWN[text]


@pytest.mark.parametrize("text", UNKNOWN, ids=repr)
def test_unknown(text: str) -> None:
    assert parse_unit(text) is None


def unit(text: str) -> Unit:
    parsed = parse_unit(text)
    assert parsed is not None
    return parsed


CONVERTED = [
    ("min", "s", Fraction(60)),
    ("ms", "s", Fraction(1, 1000)),
    ("h", "min", Fraction(60)),
    ("weeks", "days", Fraction(7)),
    ("years", "months", Fraction(12)),
    ("GB", "MB", Fraction(1000)),
    ("KiB", "B", Fraction(1024)),
    ("B", "bit", Fraction(8)),
    ("MB/s", "Mbps", Fraction(8)),
    ("tokens/s", "tokens/min", Fraction(60)),
    ("km/h", "m/s", Fraction(10, 36)),
    ("bps", "points", Fraction(1, 100)),
    ("kWh", "MJ", Fraction(36, 10)),
    ("dollars", "$", Fraction(1)),
]
INCOMMENSURABLE = [
    ("%", "points"),
    ("%", "x"),
    ("$", "€"),
    ("°C", "°F"),
    ("s", "MB"),
    ("s", "1/s"),
    ("tokens/s", "req/s"),
    ("MB", "MB/s"),
    ("year", "days"),
]


@pytest.mark.parametrize(("from_", "to", "factor"), CONVERTED)
def test_converted(from_: str, to: str, factor: Fraction) -> None:
    assert conversion(unit(from_), unit(to)) == factor
    assert conversion(unit(to), unit(from_)) == 1 / factor
    assert commensurable(unit(from_), unit(to))


@pytest.mark.parametrize(("from_", "to"), INCOMMENSURABLE)
def test_not_converted(from_: str, to: str) -> None:
    one, other = unit(from_), parse_unit(to)
    assert other is None or (conversion(one, other) is None and not commensurable(one, other))


AFTER = {
    "35|%": "35%",
    "35| %": "35 %",
    "35|\\%": "35\\%",
    "3|x faster": "3x",
    "3|×.": "3×",
    "3|×4": None,
    "3| × 4": None,
    "3| x 4": None,
    "12.6|\u00a0MB": "12.6\u00a0MB",
    "24|-hour": "24-hour",
    "5| percentage points": "5 percentage points",
    "5| per cent of": "5 per cent",
    "5| per model": None,
    "5| tokens per second": "5 tokens per second",
    "5| tokens per model": None,
    "5| MB/s": "5 MB/s",
    "10| s/run": "10 s/run",
    "10| s/foo": "10 s",
    "5| m²": None,
    "5| m2": None,
    "3|d": None,
    "3| d": "3 d",
    "5| models": None,
    "5| metres,": "5 metres",
    "5|": None,
    "5|\ns": None,
    "2019| second": None,
    "2019| points": None,
    "30| seconds": "30 seconds",
    "5|$": None,
    "5| °C": "5 °C",
}


@pytest.mark.parametrize("case", AFTER, ids=repr)
def test_the_unit_behind_a_number(case: str) -> None:
    text = case.replace("|", "")
    found = unit_after(text, case.index("|"))
    assert (None if found is None else text[: found[1]]) == AFTER[case]


@pytest.mark.parametrize(
    "text",
    ["5 steps", "5 training steps", "5 independent training runs", "10-epoch", "5 LLM-based models", "**5** runs"],
)
def test_counted(text: str) -> None:
    assert counted_after(text, text.index("5") + 1 if "5" in text else 2)


@pytest.mark.parametrize(
    "text", ["5", "5 s", "5 in steps", "5 after 100 steps", "5 and steps", "5 step", "5. Steps", "5\nsteps"]
)
def test_not_counted(text: str) -> None:
    assert not counted_after(text, 1)


def test_one_thing_is_counted_in_the_singular() -> None:
    assert counted_after("1 step", 1, one=True)


@pytest.mark.parametrize(
    ("before", "counted"), [("by step ", True), ("Epoch ", True), ("n=", True), ("the score ", False), ("", False)]
)
def test_places(before: str, counted: bool) -> None:  # noqa: FBT001
    assert counted_before(before) is counted


def test_words_of_a_list() -> None:
    assert words_in("a b\n c") == {"a", "b", "c"}


@given(st.sampled_from(sorted(KNOWN)), st.sampled_from(sorted(KNOWN)), st.sampled_from(sorted(KNOWN)))
def test_conversions_chain(one: str, two: str, three: str) -> None:
    there, on = conversion(unit(one), unit(two)), conversion(unit(two), unit(three))
    if there is not None and on is not None:
        assert conversion(unit(one), unit(three)) == there * on


@given(st.sampled_from(sorted(KNOWN)))
def test_a_name_is_a_spelling_of_itself(text: str) -> None:
    assert parse_unit(unit(text).name) == unit(text)


@given(st.text(max_size=40), st.integers(0, 40))
def test_any_text_is_read(text: str, end: int) -> None:
    parse_unit(text)
    found = unit_after(text, min(end, len(text)))
    assert found is None or end < found[1] <= len(text)
    counted_before(text)
