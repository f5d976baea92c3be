"""The grammar of numbers: what is a quantity, what only looks like one, and what holds for any text."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exact.numeral import Numeral, Quantity, find_numerals, parse_quantity, parse_range, show

# Each case: a text, then every numeral in it, as `described` prints them.

QUANTITIES = [
    ("GRPO reaches 12.3k", "12.3k = 12300 by 100"),
    ("a rate of 1e-4", "1e-4 = 1/10000 by 1/10000"),
    ("1.2 × 10^5 is large", "1.2 × 10^5 = 120000 by 10000"),
    ("1.2x10^5", "1.2x10^5 = 120000 by 10000"),
    ("1.2·10⁵", "1.2·10⁵ = 120000 by 10000"),
    ("3 * 10^-4", "3 * 10^-4 = 3/10000 by 1/10000"),
    ("10^5", "10^5 = 100000 exactly"),
    ("10⁻³", "10⁻³ = 1/1000 exactly"),
    ("a change of −0.12", "−0.12 = -3/25 by 1/100"),
    ("a change of -0.12", "-0.12 = -3/25 by 1/100"),
    ("| -0.12 |", "-0.12 = -3/25 by 1/100"),
    ("| –0.12 |", "–0.12 = -3/25 by 1/100"),
    ("(+3.63)", "+3.63 = 363/100 by 1/100"),
    ("40-60", "40 = 40 by 1", "60 = 60 by 1"),
    ("ages 0–14", "0 = 0 by 1", "14 = 14 by 1"),
    ("40–60 %", "40 = 40 by 1", "60 % = 60 by 1 %"),
    ("5~8ms", "5 = 5 by 1", "8ms = 8 by 1 ms"),
    ("2.8×–10×", "2.8× = 14/5 by 1/10 x", "10× = 10 by 1 x"),
    ("from 1,000 to 2,500.5", "1,000 = 1000 by 1", "2,500.5 = 5001/2 by 1/10"),
    ("1 000", "1 000 = 1000 by 1"),
    ("1 250 000.5", "1 250 000.5 = 2500001/2 by 1/10"),
    ("12 345", "12 345 = 12345 by 1"),
    ("½ of it", "½ = 1/2 exactly"),
    ("1½ hours", "1½ hours = 3/2 exactly h"),
    ("1 ½", "1 ½ = 3/2 exactly"),
    ("⅔", "⅔ = 2/3 exactly"),
    ("35 %", "35 % = 35 by 1 %"),
    ("35%", "35% = 35 by 1 %"),
    ("35\\%", "35\\% = 35 by 1 %"),
    ("7B", "7B = 7000000000 by 1000000000"),
    ("12.6 MB", "12.6 MB = 63/5 by 1/10 MB"),
    ("10.1 s", "10.1 s = 101/10 by 1/10 s"),
    ("$4.2 million", "$4.2 million = 4200000 by 100000 $"),
    ("\\$40.3 million", "$40.3 million = 40300000 by 100000 $"),
    ("\\\\$117 million", "$117 million = 117000000 by 1000000 $"),
    ("US$5", "US$5 = 5 by 1 $"),
    ("€ 5", "€ 5 = 5 by 1 €"),
    ("5 €", "5 € = 5 by 1 €"),
    ("-$5", "-$5 = -5 by 1 $"),
    ("$-5", "$-5 = -5 by 1 $"),
    ("$0.58$ in a formula", "0.58 = 29/50 by 1/100"),
    ("$35\\%$", "35\\% = 35 by 1 %"),
    ("3x", "3x = 3 by 1 x"),
    ("3 × faster", "3 × = 3 by 1 x"),
    ("×9.0", "×9.0 = 9 by 1/10 x"),
    ("3-fold", "3-fold = 3 by 1 x"),
    ("5 times", "5 times = 5 by 1 x"),
    ("reached 0.58.", "0.58 = 29/50 by 1/100"),
    (".5", ".5 = 1/2 by 1/10"),
    ("(.25)", ".25 = 1/4 by 1/100"),
    ("27.3 ± 0.9", "27.3 = 273/10 by 1/10", "0.9 = 9/10 by 1/10"),
    ("27.3 +/- 0.9", "27.3 = 273/10 by 1/10", "0.9 = 9/10 by 1/10"),
    ("1/3", "1/3 = 1/3 exactly"),
    ("42/120", "42/120 = 7/20 exactly"),
    ("42 of 120", "42 = 42 exactly", "120 = 120 exactly"),
    ("42 out of 120", "42 = 42 exactly", "120 = 120 exactly"),
    ("3 of the 5", "3 = 3 exactly", "5 = 5 exactly"),
    ("120 steps", "120 = 120 exactly"),
    ("120 training steps", "120 = 120 exactly"),
    ("by step 80", "80 = 80 exactly"),
    ("steps 40–60", "40 = 40 exactly", "60 = 60 exactly"),
    ("epochs 2, 4 and 6", "2 = 2 exactly", "4 = 4 exactly", "6 = 6 exactly"),
    ("n = 120", "120 = 120 exactly"),
    ("batch size=18", "18 = 18 exactly"),
    ("10 epochs", "10 = 10 exactly"),
    ("1 epoch", "1 = 1 exactly"),
    ("4-layer network", "4 = 4 exactly"),
    ("2,000 runs", "2,000 = 2000 exactly"),
    ("**4** models", "4 = 4 exactly"),
    ("in 2019", "2019 = 2019 exactly year"),
    ("2048 tokens", "2048 = 2048 exactly"),
    ("10-year period", "10-year = 10 by 1 year"),
    ("24-hour", "24-hour = 24 by 1 h"),
    ("+3.63-point jump", "+3.63-point = 363/100 by 1/100 points"),
    ("3 percentage points", "3 percentage points = 3 by 1 points"),
    ("3 % points", "3 % points = 3 by 1 points"),
    ("2 pp", "2 pp = 2 by 1 points"),
    ("50 basis points", "50 basis points = 50 by 1 bp"),
    ("50 km/h", "50 km/h = 50 by 1 km/h"),
    ("100 MB/s", "100 MB/s = 100 by 1 MB/s"),
    ("12 tokens/s", "12 tokens/s = 12 by 1 token/s"),
    ("12 tokens per second", "12 tokens per second = 12 by 1 token/s"),
    ("0.1 s/token", "0.1 s/token = 1/10 by 1/10 s/token"),
    ("$5/month", "$5/month = 5 by 1 $/month"),
    ("$20 per month", "$20 per month = 20 by 1 $/month"),
    ("0m4.690s", "0m4.690s = 469/100 by 1/1000 s"),
    ("1h30m", "1h30m = 5400 by 60 s"),
    ("1h 5m 30s", "1h 5m 30s = 3930 by 1 s"),
    ("2 minutes and 50 seconds", "2 minutes and 50 seconds = 170 by 1 s"),
    ("1 h 20 min", "1 h 20 min = 4800 by 60 s"),
    ("3 hours, 5 minutes, 7.5 seconds", "3 hours, 5 minutes, 7.5 seconds = 22215/2 by 1/10 s"),
    ("2 minutes and 3 hours", "2 minutes = 2 by 1 min", "3 hours = 3 by 1 h"),
    ("5 minutes and 3 hosts", "5 minutes = 5 by 1 min", "3 = 3 by 1"),
    ("1 in 3 tasks", "1 in 3 = 1/3 exactly"),
    ("1 in 3 minutes", "1 = 1 by 1", "3 minutes = 3 by 1 min"),
    ("2 to 3 million", "2 = 2 by 1", "3 million = 3000000 by 1000000"),
    ("4B/8B", "4B = 4000000000 by 1000000000", "8B = 8000000000 by 1000000000"),
    ("0.5/0.6", "0.5 = 1/2 by 1/10", "0.6 = 3/5 by 1/10"),
    ("128/64", "128 = 128 by 1", "64 = 64 by 1"),
    ("1:2", "1 = 1 by 1", "2 = 2 by 1"),
    ("2,4,8,16", "2 = 2 by 1", "4 = 4 by 1", "8 = 8 by 1", "16 = 16 by 1"),
    ("0.5,0.6", "0.5 = 1/2 by 1/10", "0.6 = 3/5 by 1/10"),
    ("10+ models", "10 = 10 by 1 (at least)"),
    ("5 or more", "5 = 5 by 1 (at least)"),
    ("5 or so", "5 = 5 by 1 (about)"),
    ("~0.38", "0.38 = 19/50 by 1/100 (about)"),
    ("≈0.5", "0.5 = 1/2 by 1/10 (about)"),
    ("<5%", "5% = 5 by 1 % (under)"),
    (">10", "10 = 10 by 1 (over)"),
    ("≤3", "3 = 3 by 1 (at most)"),
    ("≥4", "4 = 4 by 1 (at least)"),
    ("p < 0.05", "0.05 = 1/20 by 1/100 (under)"),
    ("around step 80", "80 = 80 exactly (about)"),
    ("up to a 3x speedup", "3x = 3 by 1 x (up to)"),
    ("just under 40%", "40% = 40 by 1 % (nearly)"),
    ("no more than 5", "5 = 5 by 1 (at most)"),
    ("more than 1,000", "1,000 = 1000 by 1 (over)"),
    ("at least $5", "$5 = 5 by 1 $ (at least)"),
    ("over a 10-year period", "10-year = 10 by 1 year"),
    ("10-core", "10 = 10 exactly"),
    ("1.5e3 J", "1.5e3 J = 1500 by 100 J"),
    ("5 °C", "5 °C = 5 by 1 °C"),
    ("50 km", "50 km = 50 by 1 km"),
    ("3 GHz", "3 GHz = 3 by 1 GHz"),
    ("250 W", "250 W = 250 by 1 W"),
    ("5 m²", "5 = 5 by 1"),
    ("20 USD", "20 USD = 20 by 1 $"),
    ("3 kWh", "3 kWh = 3 by 1 kWh"),
    ("4h", "4h = 4 by 1 h"),
    ("8-bit", "8-bit = 8 by 1 bit"),
    ("7B-parameter", "7B = 7000000000 by 1000000000"),
    ("70b", "70b = 70000000000 by 1000000000"),
    ("512 bytes", "512 bytes = 512 by 1 B"),
    ("16 KiB", "16 KiB = 16 by 1 KiB"),
    ("3/4 of it", "3/4 = 3/4 exactly"),
    ("0.00", "0.00 = 0 by 1/100"),
    ("0", "0 = 0 by 1"),
    ("-0", "-0 = 0 by 1"),
    ("+5", "+5 = 5 by 1"),
]

IN_WORDS = [
    ("twenty-five", "twenty-five = 25 exactly"),
    ("two hundred and fifty", "two hundred and fifty = 250 exactly"),
    ("two million", "two million = 2000000 by 1000000"),
    ("a hundred", "a hundred = 100 exactly"),
    ("a million users", "a million = 1000000 by 1000000"),
    ("five percent", "five percent = 5 exactly %"),
    ("ten seconds", "ten seconds = 10 exactly s"),
    ("three times", "three times = 3 exactly x"),
    ("one in three", "one in three = 1/3 exactly"),
    ("one of the reasons",),
    ("the one that",),
    ("no one",),
    ("the low 60s", "low 60s = 125/2 by 6"),
    ("around the mid-70s", "mid-70s = 75 by 6"),
    ("in the upper 20s", "upper 20s = 55/2 by 6"),
    ("Half/0", "identifier: Half/0"),
    ("as low as 60s", "60s = 60 by 1 s"),
    ("one model", "one = 1 exactly"),
    ("one task more than Fir", "one = 1 exactly"),
    ("one rank below Fir", "one = 1 exactly"),
    ("one more task",),
    ("one learns more",),
    ("one percent", "one percent = 1 exactly %"),
    ("One by one",),
    ("one day",),
    ("two-stage", "two = 2 exactly"),
    ("zero-shot",),
    ("one-shot",),
    ("a third of it", "a third = 1/3 exactly"),
    ("a third model",),
    ("a single model",),
    ("the whole day",),
    ("by a full percentage point", "a full percentage point = 1 exactly points"),
    ("by a third.", "a third = 1/3 exactly"),
    ("two thirds", "two thirds = 2/3 exactly"),
    ("two-thirds", "two-thirds = 2/3 exactly"),
    ("three quarters", "three quarters = 3/4 exactly"),
    ("a quarter", "a quarter = 1/4 exactly"),
    ("half", "half = 1/2 exactly"),
    ("less than half", "half = 1/2 exactly (under)"),
    ("the first half",),
    ("half-precision",),
    ("half precision",),
    ("half an hour", "half an hour = 1/2 exactly h"),
    ("half a dozen", "half a dozen = 6 exactly"),
    ("a dozen", "a dozen = 12 exactly"),
    ("two dozen", "two dozen = 24 exactly"),
    ("twice as fast", "twice = 2 exactly x"),
    ("doubles", "doubles = 2 exactly x"),
    ("double precision",),
    ("double the rate", "double = 2 exactly x"),
    ("tripled", "tripled = 3 exactly x"),
    ("quintupled", "quintupled = 5 exactly x"),
    ("one point behind", "one point = 1 exactly points"),
    ("at one point",),
    ("halved", "halved = 1/2 exactly x"),
    ("tenfold", "tenfold = 10 exactly x"),
    ("ten-fold", "ten-fold = 10 exactly x"),
    ("an order of magnitude", "an order of magnitude = 10 exactly x (order of magnitude)"),
    ("two orders of magnitude", "two orders of magnitude = 100 exactly x (order of magnitude)"),
    ("orders of magnitude",),
    ("one and a half times", "one and a half times = 3/2 exactly x"),
    ("at least three runs", "three = 3 exactly (at least)"),
    ("hundreds of runs",),
    ("several hundred",),
    ("under two training paradigms", "two = 2 exactly"),
    ("nearly five decades", "five = 5 exactly (nearly)"),
    ("ninety-nine", "ninety-nine = 99 exactly"),
    ("zero errors", "zero = 0 exactly"),
    ("nineteen", "nineteen = 19 exactly"),
    ("someone",),
]

LABELS = [
    ("GPT-4", "identifier: GPT-4"),
    ("Qwen3VL and Qwen2.5-VL", "identifier: Qwen3VL", "identifier: Qwen2.5-VL"),
    ("RL2", "identifier: RL2"),
    ("AIME2025", "identifier: AIME2025"),
    ("h5-1", "identifier: h5-1"),
    ("B737NG-600-06", "identifier: B737NG-600-06"),
    ("ReasonFlux-PRM-7B (1K)", "identifier: ReasonFlux-PRM-7B", "1K = 1000 by 1000"),
    ("7B-Instruct", "identifier: 7B-Instruct"),
    ("3D", "identifier: 3D"),
    ("5G", "identifier: 5G"),
    ("0x1f", "identifier: 0x1f"),
    ("3f2a9c1", "identifier: 3f2a9c1"),
    ("59d948fb", "identifier: 59d948fb"),
    ("commit 1e4f5a", "identifier: 1e4f5a"),
    ("top-5", "identifier: top-5"),
    ("pass@1", "identifier: pass@1"),
    ("C++17", "identifier: C++17"),
    ("U+2212", "identifier: U+2212"),
    ("x^2", "identifier: x^2"),
    ("2^16", "identifier: 2^16"),
    ("224x224", "identifier: 224x224"),
    ("odb_eq1000", "identifier: odb_eq1000"),
    ("15_1", "identifier: 15_1"),
    ("6.csv", "identifier: 6.csv"),
    ("Python 3.x", "version: 3"),
    ("v2.3.0", "version: v2.3.0"),
    ("version 2.5", "version: 2.5"),
    ("Python 3.11", "version: 3.11"),
    ("18.4.1", "version: 18.4.1"),
    ("3.0.2", "version: 3.0.2"),
    ("1.2.3-beta", "version: 1.2.3-beta"),
    ("192.168.1.1", "version: 192.168.1.1"),
    ("2026-04-14", "date: 2026-04-14"),
    ("2026-04-14T10:30:00Z", "date: 2026-04-14T10:30:00Z"),
    ("30/01/1991", "date: 30/01/1991"),
    ("30.01.1991", "date: 30.01.1991"),
    ("2004/8/1", "date: 2004/8/1"),
    ("1/2/24", "date: 1/2/24"),
    ("April 14, 2026", "date: 14", "2026 = 2026 exactly year"),
    ("september 13 , 1976", "date: 13", "1976 = 1976 exactly year"),
    ("14 April", "date: 14"),
    ("14th of May", "ordinal: 14th"),
    ("May 5", "date: 5"),
    ("at 10:30", "date: 10:30"),
    ("5 pm", "date: 5 pm"),
    ("5:05 p.m.", "date: 5:05 p.m"),
    ("1990s", "date: 1990s"),
    ("the 2010s", "date: 2010s"),
    ("2001/02", "date: 2001/02"),
    ("2008–09", "date: 2008–09"),
    ("2019-20", "date: 2019-20"),
    ("2024-05", "date: 2024-05"),
    ("mid-1990s", "identifier: mid-1990s"),
    ("1st, 2nd, 3rd and 14th", "ordinal: 1st", "ordinal: 2nd", "ordinal: 3rd", "ordinal: 14th"),
    ("1. First", "list-marker: 1"),
    ("  2) second", "list-marker: 2"),
    ("#### 2) bar", "list-marker: 2"),
    ("### 3. Results", "list-marker: 3"),
    ("## 2.1 Method", "list-marker: 2.1"),
    ("**1.** bold", "list-marker: 1"),
    ("(1) inline", "list-marker: 1"),
    ("> 4. quoted", "list-marker: 4"),
    ("Table 5", "reference: 5"),
    ("Tab. 5", "reference: 5"),
    ("Figure 11", "reference: 11"),
    ("Fig. 3a", "reference: 3"),
    ("Figures 3 and 4", "reference: 3", "reference: 4"),
    ("Tables 1–3", "reference: 1", "reference: 3"),
    ("pp. 12–14", "reference: 12", "reference: 14"),
    ("section 8.1.3", "reference: 8.1.3"),
    ("§8.1.3", "reference: §8.1.3"),
    ("§ 2", "reference: 2"),
    ("Eq. (3)", "reference: 3"),
    ("issue #45", "reference: #45"),
    ("#633–#636", "reference: #633", "reference: #636"),
    ("[25]", "reference: 25"),
    ("see [link](http://a.b/5)", "link: ](http://a.b/5)"),
    ("![chart](img/3.png)", "link: ](img/3.png)"),
    ("https://x.y/12/?q=5", "link: https://x.y/12/?q=5"),
    ("www.x12.org", "link: www.x12.org"),
    ("10.1145/3292500.3330701", "reference: 10.1145/3292500.3330701"),
    ("doi:10.1000/182", "link: doi:10.1000/182"),
    ("arXiv:2401.12345", "reference: 2401.12345"),
    ("2401.12345v2", "reference: 2401.12345v2"),
    ("a1@b2.com", "identifier: a1@b2.com"),
    ("123@x.com", "identifier: 123@x.com"),
    ("3,14", "identifier: 3,14"),
    ("1,23,456", "identifier: 1,23,456"),
    ("0,5", "identifier: 0,5"),
    ("1.234,56", "identifier: 1.234,56"),
    ("1,000,0000", "identifier: 1,000,0000"),
    ("007", "identifier: 007"),
    ("00123", "identifier: 00123"),
    ("1e999999", "identifier: 1e999999"),
    ("1e-31", "identifier: 1e-31"),
    ("12345678901234567890123456789012345678901", "identifier: 12345678901234567890123456789012345678901"),
    ("½½", "identifier: ½½"),
    ("١٢٣", "identifier: ١٢٣"),
    ("１２３", "identifier: １２３"),
    ("5٣", "identifier: 5٣"),
    ("\\alpha_1", "identifier: \\alpha_1"),
    ("item-3.2.1", "identifier: item-3.2.1"),
    ("llama-2-7b", "identifier: llama-2-7b"),
    ("Test14/Test17", "identifier: Test14/Test17"),
    ("src/module/3.txt", "identifier: src/module/3.txt"),
]


def described(numeral: Numeral, text: str) -> str:
    quantity = numeral.quantity
    if quantity is None:
        return f"{numeral.role}: {text[numeral.start : numeral.end]}"
    parts = [f"{quantity.written} = {quantity.point}", "exactly" if quantity.step is None else f"by {quantity.step}"]
    if quantity.unit is not None:
        parts.append(quantity.unit.name)
    if quantity.hedge is not None:
        parts.append(f"({quantity.hedge.name})")
    return " ".join(parts if numeral.role == "quantity" else [*parts, numeral.role])


@pytest.mark.parametrize("case", [*QUANTITIES, *IN_WORDS, *LABELS], ids=lambda case: case[0])
def test_every_numeral_is_found_and_read(case: tuple[str, ...]) -> None:
    text, *expected = case
    assert [described(numeral, text) for numeral in find_numerals(text)] == expected


@pytest.mark.parametrize("case", [*QUANTITIES, *IN_WORDS], ids=lambda case: case[0])
@pytest.mark.parametrize(
    ("before", "after"), [("We see ", " here"), ("(", ")"), ("\n", "\n"), ("| ", " |"), ("so, ", ".")]
)
def test_neighbouring_words_change_nothing(case: tuple[str, ...], before: str, after: str) -> None:
    text, *expected = case
    surrounded = f"{before}{text}{after}"
    assert [described(numeral, surrounded) for numeral in find_numerals(surrounded)] == expected


@pytest.mark.parametrize("case", [*QUANTITIES, *IN_WORDS, *LABELS], ids=lambda case: case[0])
def test_spans_are_ordered_and_hold_what_was_written(case: tuple[str, ...]) -> None:
    floor = 0
    for numeral in find_numerals(case[0]):
        assert floor <= numeral.start < numeral.end <= len(case[0])
        if numeral.quantity is not None:
            assert case[0][numeral.start : numeral.end] == numeral.quantity.written
        floor = numeral.end


@pytest.mark.parametrize("case", [*QUANTITIES, *IN_WORDS], ids=lambda case: case[0])
def test_a_span_reads_alone_as_it_does_in_its_text(case: tuple[str, ...]) -> None:
    for numeral in find_numerals(case[0]):
        alone = parse_quantity(case[0][numeral.start : numeral.end])
        if numeral.quantity is not None and numeral.quantity.written != "one":  # which needs its noun
            assert alone is not None
            assert (alone.point, alone.unit) == (numeral.quantity.point, numeral.quantity.unit)
            assert alone.step == numeral.quantity.step or numeral.quantity.step is None  # a count needs its noun


PARSED = {
    "approximately 1.75": "1.75 = 7/4 by 1/100 (about)",
    "~0.38": "0.38 = 19/50 by 1/100 (about)",
    "nearly 40 %": "40 % = 40 by 1 % (nearly)",
    "less than half": "half = 1/2 exactly (under)",
    "59k": "59k = 59000 by 1000",
    "46.": "46 = 46 by 1",
    "27.3 ± 0.9": "27.3 = 273/10 by 1/10",
    "$4.2 million": "$4.2 million = 4200000 by 100000 $",
    " 0.50 ": "0.50 = 1/2 by 1/100",
    "**0.5**": "0.5 = 1/2 by 1/10",
    "GPT-4 at 0.5": "0.5 = 1/2 by 1/10",
}


@pytest.mark.parametrize("written", PARSED)
def test_one_quantity_is_parsed(written: str) -> None:
    quantity = parse_quantity(written)
    assert quantity is not None
    assert described(Numeral(0, 1, quantity, "quantity"), written) == PARSED[written]


@pytest.mark.parametrize(
    "written", ["", "fast", "GPT-4", "42 of 120", "0.5 to 0.6", "v2.3.0", "2026-04-14", "Table 5", "3,14"]
)
def test_none_or_several_are_not_parsed(written: str) -> None:
    assert parse_quantity(written) is None


RANGES = {
    "0.2 to 0.6": ("0.2 = 1/5 by 1/10", "0.6 = 3/5 by 1/10"),
    "40–60": ("40 = 40 by 1", "60 = 60 by 1"),
    "40-60 %": ("40 = 40 by 1 %", "60 % = 60 by 1 %"),
    "between 5 and 13": ("5 = 5 by 1", "13 = 13 by 1"),
    "2.5–3×": ("2.5 = 5/2 by 1/10 x", "3× = 3 by 1 x"),
    "2.8×–10×": ("2.8× = 14/5 by 1/10 x", "10× = 10 by 1 x"),
    "from 0.3 to 0.55": ("0.3 = 3/10 by 1/10", "0.55 = 11/20 by 1/100"),
    "from ~0.3 to ~0.55": ("0.3 = 3/10 by 1/10 (about)", "0.55 = 11/20 by 1/100 (about)"),
    "2 to 3 million": ("2 = 2000000 by 1000000", "3 million = 3000000 by 1000000"),
    "$3–5 million": ("$3 = 3000000 by 1000000 $", "5 million = 5000000 by 1000000 $"),
    "512 to 1k": ("512 = 512 by 1", "1k = 1000 by 1000"),
    "5~8ms": ("5 = 5 by 1 ms", "8ms = 8 by 1 ms"),
    "steps 40–60": ("40 = 40 exactly", "60 = 60 exactly"),
    "0 to 120 steps": ("0 = 0 exactly", "120 = 120 exactly"),
    "0.3 → 0.5": ("0.3 = 3/10 by 1/10", "0.5 = 1/2 by 1/10"),
    "−0.5 to 0.5": ("−0.5 = -1/2 by 1/10", "0.5 = 1/2 by 1/10"),
    "between five and thirteen times": ("five = 5 exactly x", "thirteen times = 13 exactly x"),
    "10 ms to 2 s": ("10 ms = 10 by 1 ms", "2 s = 2 by 1 s"),
}


@pytest.mark.parametrize("written", RANGES)
def test_ranges(written: str) -> None:
    ends = parse_range(written)
    assert ends is not None
    assert tuple(described(Numeral(0, 1, end, "quantity"), written) for end in ends) == RANGES[written]


@pytest.mark.parametrize(
    "written", ["5", "5 and 13", "0.5, 0.6", "42 of 120", "1 to 2 to 3", "GPT-4 to 5", "2026-04-14", ""]
)
def test_what_is_no_range(written: str) -> None:
    assert parse_range(written) is None


def test_a_number_without_a_hedge_claims_what_it_prints() -> None:
    plain, hedged = parse_quantity("0.50"), parse_quantity("about 0.50")
    assert plain is not None
    assert hedged is not None
    assert plain.claimed == plain.interval == hedged.interval
    assert hedged.claimed != hedged.interval


SHOWN = {
    Fraction(27, 100): "0.27",
    Fraction(12): "12",
    Fraction(10, 3): "3.333",
    Fraction(1_250_000): "1,250,000",
    Fraction(1234567): "1,234,567",
    Fraction(1250): "1250",
    Fraction(125 * 10**10): "1.25e12",
    Fraction(99999 * 10**10): "1e15",
    Fraction(0): "0",
    Fraction(-1, 8): "-0.125",
    Fraction(1, 3000): "0.0003333",
    Fraction(1, 3 * 10**8): "3.333e-9",
    Fraction(99999, 1000): "100",
    Fraction(1, 2): "0.5",
    Fraction(12345, 100000): "0.1235",
}


@pytest.mark.parametrize("number", SHOWN, ids=str)
def test_show(number: Fraction) -> None:
    assert show(number) == SHOWN[number]


def test_show_with_fewer_digits() -> None:
    assert show(Fraction(2, 3), 2) == "0.67"


# -- laws ----------------------------------------------------------------------------------------------------

decimals = st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 8))
anything = st.text(max_size=200)
signs = [*"0123456789.,-–−+ ~%×/^eE$€½()[]#:x kMBs\n|ab_@±⁵\u00a0", " steps", " of ", "one", " in ", "half"]
numberish = st.lists(st.sampled_from(signs), max_size=60).map("".join)


TINY = Fraction(1, 10**25)


def printed(whole: int, places: int) -> str:
    digits = f"{abs(whole):0{places + 1}}"
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def read(written: str) -> Quantity:
    quantity = parse_quantity(written)
    assert quantity is not None
    return quantity


@given(decimals)
def test_a_printed_number_is_in_its_interval(number: tuple[int, int]) -> None:
    whole, places = number
    quantity = read(printed(whole, places))
    assert quantity.point == Fraction(whole, 10**places)
    assert quantity.point in quantity.interval


@given(decimals, st.fractions(Fraction(-1, 2), Fraction(1, 2)))
def test_every_number_that_rounds_to_it_is_in_its_interval(number: tuple[int, int], part: Fraction) -> None:
    whole, places = number
    quantity = read(printed(whole, places))
    if quantity.step is not None and part < Fraction(1, 2):
        assert quantity.point + part * quantity.step in quantity.interval


@given(st.from_regex(r"[0-9]{1,15}\.[0-9]{1,15}|[1-9][0-9]{0,2}", fullmatch=True).filter(str.isascii))
def test_digits_alone_are_read_as_in_a_text(written: str) -> None:
    (numeral,) = find_numerals(written)
    assert parse_quantity(written) == numeral.quantity


@given(decimals, decimals)
def test_different_numbers_of_one_precision_are_ordered(one: tuple[int, int], other: tuple[int, int]) -> None:
    less, more = read("0." + f"{abs(one[0]):013}"), read("0." + f"{abs(other[0]):013}")
    if less.point < more.point:
        assert more.interval.is_above(less.interval)


@given(st.fractions(-(10**15), 10**15).filter(lambda number: not 0 < abs(number) < TINY), st.integers(1, 8))
def test_what_is_shown_reads_back_around_the_number(number: Fraction, digits: int) -> None:
    assert number in read(f"{show(number, digits)} s").interval  # without a unit, 1900 would be a year


@given(st.fractions(Fraction(1, 10**25), Fraction(1, 10**5)))
def test_small_numbers_are_shown_too(number: Fraction) -> None:
    assert number in read(show(number)).interval


@given(anything | numberish)
def test_any_text_is_read(text: str) -> None:
    floor = 0
    for numeral in find_numerals(text):
        assert floor <= numeral.start < numeral.end <= len(text)
        assert (numeral.quantity is None) == (numeral.role not in {"quantity", "year"})
        if numeral.quantity is not None:
            assert text[numeral.start : numeral.end] == numeral.quantity.written
            assert numeral.quantity.point in numeral.quantity.interval
        floor = numeral.end
    parse_quantity(text)
    parse_range(text)


@given(numberish)
def test_a_quantity_reads_alone_as_it_does_in_any_text(text: str) -> None:
    for numeral in find_numerals(text):
        alone = parse_quantity(text[numeral.start : numeral.end])
        if numeral.quantity is not None and alone is not None:
            assert alone.point == numeral.quantity.point


@given(anything | numberish)
def test_no_ascii_digit_is_passed_over(text: str) -> None:
    spans = [(numeral.start, numeral.end) for numeral in find_numerals(text)]
    for place, sign in enumerate(text):
        if sign in "0123456789":
            assert any(start <= place < end for start, end in spans)


HOSTILE = [
    "1,", "9", "1e999999", "1e1", "½", "1 ", "1 000 ", "111 ", "1.", "a1", "1a ", "1/", "-1", "1-", "1,000,", "](1",
    "a://1 ", "one ", "two hundred and ", "half a ", "$1", "~1", "~", "(", ".5 ", "1x10", "1^", "1@", "#1", "\\", ".9",
    "1..", "1.1,", "1 a per ", "www.", "<1", "of 1 ", "1:1", "1%", "Figures 1 and ", "1h1m", "1 \u00a0", "\n1. ", "#",
    "+", "++1", "٣", "1٣",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_reading_takes_time_in_proportion_to_the_text(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    began = time.process_time()
    find_numerals(text)
    assert time.process_time() - began < 6  # a quadratic reading takes minutes


@pytest.mark.parametrize("text", ["9" * 10_000, "1e" + "9" * 10_000, "1," * 5000 + "000", "0." + "1" * 10_000])
def test_huge_numbers_are_not_computed(text: str) -> None:
    assert all(numeral.quantity is None or abs(numeral.quantity.point) < 10**41 for numeral in find_numerals(text))
