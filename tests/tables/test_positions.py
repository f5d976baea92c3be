"""How long the time is that a text names; years are counted from 0, a month is a twelfth, a day a 31st of one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.tables.positions import Period, period_at

MONTH, DAY = Fraction(1, 12), Fraction(1, 372)
PERIODS = [
    ("1995", Period(Fraction(1995), Fraction(1996), has_year=True)),
    ("Q3 2020", Period(2020 + Fraction(1, 2), 2020 + Fraction(3, 4), has_year=True)),
    ("June 1952", Period(1952 + 5 * MONTH, 1952 + 6 * MONTH, has_year=True)),
    ("june of 1952", Period(1952 + 5 * MONTH, 1952 + 6 * MONTH, has_year=True)),
    ("May 3, 1911", Period(1911 + 4 * MONTH + 2 * DAY, 1911 + 4 * MONTH + 3 * DAY, has_year=True)),
    ("may 3rd , 1911", Period(1911 + 4 * MONTH + 2 * DAY, 1911 + 4 * MONTH + 3 * DAY, has_year=True)),
    ("1911-05-03", Period(1911 + 4 * MONTH + 2 * DAY, 1911 + 4 * MONTH + 3 * DAY, has_year=True)),
    ("30/01/1991", Period(1991 + 29 * DAY, 1991 + 30 * DAY, has_year=True)),
    ("01/30/1991", Period(1991 + 29 * DAY, 1991 + 30 * DAY, has_year=True)),
    ("02/01/1991", Period(1991 + DAY, 1991 + MONTH + DAY, has_year=True)),  # the one or the other
    ("2019-12", Period(2019 + 11 * MONTH, Fraction(2020), has_year=True)),
    ("2011-12", Period(Fraction(2011), Fraction(2012), has_year=True)),  # a season, where nothing says otherwise
    ("1999-00", Period(Fraction(1999), Fraction(2000), has_year=True)),
    ("third quarter of 2023", Period(2023 + Fraction(1, 2), 2023 + Fraction(3, 4), has_year=True)),
    ("the last half of 2023", Period(2023 + Fraction(1, 2), Fraction(2024), has_year=True)),
    ("third half of 2023", None),
    ("april 8", Period(3 * MONTH + 7 * DAY, 3 * MONTH + 8 * DAY, has_year=False)),
    ("45/45/1991", None),
    ("Oak", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_a_text_names_a_stretch_of_time(text: str, expected: Period | None) -> None:
    assert period_at(text) == expected
