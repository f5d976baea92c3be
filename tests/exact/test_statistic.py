"""Test statistics and bands as texts print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.exact.numeral import show
from auditor.exact.statistic import find_bands, find_reported

if TYPE_CHECKING:
    from auditor.exact.interval import Interval

REPORTED = [
    ("t(28) = 2.20, p = .036", ["t 28: 2.195 to 2.205, p 0.0355 to 0.0365"]),
    ("*t*(28)=−2.20, *p*<.05", ["t 28: -2.205 to -2.195, p 0 to 0.05"]),
    ("$F(1, 28) = 4.84$, $p = 0.036$", ["F 1 28: 4.835 to 4.845, p 0.0355 to 0.0365"]),
    ("F(1.8, 52.3) = 4.84, MSE = 12.3, p = .014", ["F 1.8 52.3: 4.835 to 4.845, p 0.0135 to 0.0145"]),
    ("χ2(2, N = 120) = 5.99, p = .05", ["χ² 2: 5.985 to 5.995, p 0.045 to 0.055"]),
    ("\\chi^2(2) = 5.99, p > .05", ["χ² 2: 5.985 to 5.995, p 0.05 to 1"]),
    ("chi-square(2) = 1,234.5, p < .001", ["χ² 2: 1234.45 to 1234.55, p 0 to 0.001"]),
    ("z = 2.20, p-value of 0.028", ["z: 2.195 to 2.205, p 0.0275 to 0.0285"]),
    ("r(28) = .45, 95% CI [.1, .7], p = .013", ["r 28: 0.445 to 0.455, p 0.0125 to 0.0135"]),
    ("t(28) < 1, n.s.", ["t 28: -1 to 1, p 0.05 to 1"]),
    ("F(1, 28) > 10, p < .01", ["F 1 28: 10 to any, p 0 to 0.01"]),
    ("(p = .036; t(28) = 2.20)", ["t 28: 2.195 to 2.205, p 0.0355 to 0.0365"]),
    (
        "t(28) = 2.20, p = 3.6 × 10⁻², and F(2,40)=3.10, p=5.6e-2",
        ["t 28: 2.195 to 2.205, p 0.0355 to 0.0365", "F 2 40: 3.095 to 3.105, p 0.0555 to 0.0565"],
    ),
    ("F(2, 40) = 3.10; t(28) = 2.20, p = .036", ["F 2 40: 3.095 to 3.105", "t 28: 2.195 to 2.205, p 0.0355 to 0.0365"]),
    ("t(28) = 2.20 while the others had p = .5", ["t 28: 2.195 to 2.205"]),
    ("t(28) = 2.20, p = 3.6 %", ["t 28: 2.195 to 2.205"]),
    # Not statistics, or not to be read for certain.
    ("t(28) = 2,20, p = ,036", []),
    ("cost(28) = 2.20, p = .036", []),
    ("t = 2.20, p = .036", []),
    ("F(28) = 4.84, p = .036", []),
    ("top-p = 0.9 and r = 0.4", []),
    ("version t(28).5 = 2", []),
    ("t(28) = 1.2.3, p = .036", []),
    # Long ones, which must not take long.
    ("t(28) = 2.20" + ", x = 1" * 500 + ", p = .036", ["t 28: 2.195 to 2.205, p 0.0355 to 0.0365"]),
    ("t(28) = 2.20 " + "–5" * 2000 + "!", ["t 28: 2.195 to 2.205"]),
    ("t(1" * 1300, []),
    ("t(28) = " + "1" * 4000, []),
]
BANDS = [
    ("35.2 ± 0.4 against 36.9 ± 0.3", ["34.7 to 35.7", "36.5 to 37.3"]),
    ("| 76.5 (± 2.7) | 83.9 (± 4.4) |", ["73.7 to 79.3", "79.4 to 88.4"]),
    ("$35.2 \\pm 0.4$ and 36.9 +/- 0.3", ["34.7 to 35.7", "36.5 to 37.3"]),
    ("35.2 (95 % CI 34.8–35.6) and 36.9 [95% CI: 36.4, 37.3]", ["34.75 to 35.65", "36.35 to 37.35"]),
    ("36.9 (95 % CI 34.8 to 35.6)", []),  # the interval is that of another value
    ("35.2 and 36.9", []),
    ("± 0.4", []),
    # Long ones, which must not take long.
    ("1" * 4000 + " ± 1", []),
    ("1,111" * 800, []),
    ("7 (" * 1300, []),
]


def _shown(interval: Interval) -> str:
    return " to ".join("any" if end is None else show(end, 8).replace(",", "") for end in (interval.low, interval.high))


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_statistics_are_found_with_their_p(text: str, expected: list[str]) -> None:
    found = []
    for test in find_reported(text):
        name = " ".join([test.family.value, *(show(freedom.middle) for freedom in test.freedom)])
        found.append(f"{name}: {_shown(test.statistic)}" + (f", p {_shown(test.p)}" if test.p is not None else ""))
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), BANDS)
def test_bands_reach_as_far_as_their_printed_ends_may(text: str, expected: list[str]) -> None:
    assert [_shown(band.interval) for band in find_bands(text)] == expected
