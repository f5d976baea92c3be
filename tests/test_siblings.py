"""Values whose own name stands nowhere in their sentence, beside another value that the name there belongs to.

As many must be taken as must be in doubt: where the numbers are exchanged, what is named stands nearest to the wrong one.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.document import Document
from auditor.grounded import Reading
from auditor.partial import salvage
from tests.cases import Row, reading

TAKEN: list[tuple[str, str, list[Row]]] = [
    (
        "the name belongs to the other number",
        "The figures are those of 2024. Attendance was 94.6 %, compared with 93.9 % in 2023.",
        [("attendance", "", "year=2024", "", "94.6 %"), ("attendance", "", "year=2023", "", "93.9 %")],
    ),
    (
        "from the one year to the other",
        "In 2023 it was bad. The share fell from 3.9 % to 3.2 %. All is well in 2024.",
        [("share", "", "year=2023", "", "3.9 %"), ("share", "", "year=2024", "", "3.2 %")],
    ),
    (
        "a pronoun, and who it is held against",
        "Ada is new. She needs 5.2 s, less than Bo.",
        [("time", "Ada", "", "", "5.2 s")],
    ),
    (
        "a pronoun, and who has the other number",
        "Ada is new. On average she reaches 93 %, ten points above Bo (83 %).",
        [("score", "Ada", "", "", "93 %"), ("score", "Bo", "", "", "83 %")],
    ),
    (
        "whose number something was more than",
        "Ada earned 5 more than the £180 of Bo. She spent £90.",
        [("spent", "Ada", "", "", "£90")],
    ),
    (
        "a number of both",
        "Ada came, and Cy. With Bo it is the same search, 907 steps both ways.",
        [("steps", "Ada", "", "", "907"), ("steps", "Bo", "", "", "907")],
    ),
]
DOUBTED: list[tuple[str, str, list[Row], str]] = [
    (
        "the name belongs to this number",
        "The figures are those of 2024. Attendance was 94.6 %, compared with 93.9 % in 2023.",
        [("attendance", "", "year=2023", "", "94.6 %"), ("attendance", "", "year=2024", "", "93.9 %")],
        "the passage speaks of 2023, not of 2024",
    ),
    (
        "from the later year to the earlier one",
        "In 2023 it was bad. The share fell from 3.9 % to 3.2 %. All is well in 2024.",
        [("share", "", "year=2023", "", "3.2 %"), ("share", "", "year=2024", "", "3.9 %")],
        "the passage speaks of 2023, not of 2024",
    ),
    (
        "what another one did before",
        "Bo earned more than the £180 of the year before. £90 was spent. So much for Ada.",
        [("spent", "Ada", "", "", "£90")],
        "the passage speaks of Bo, not of Ada",
    ),
    (
        "nothing else has that name",
        "Ada is new. Bo needs 5.2 s.",
        [("time", "Ada", "", "", "5.2 s")],
        "the passage speaks of Bo, not of Ada",
    ),
    (
        "it is held against before the number",
        "Ada is new. Less than Bo is good at 5.2 s.",
        [("time", "Ada", "", "", "5.2 s")],
        "the passage speaks of Bo, not of Ada",
    ),
    (
        "the other number is of something else",
        "Ada is new. Bo needs 5.2 s and 3 GB.",
        [("time", "Ada", "", "", "5.2 s"), ("memory", "Bo", "", "", "3 GB")],
        "the passage speaks of Bo, not of Ada",
    ),
]


def _refused(text: str, rows: list[Row]) -> list[str]:
    subjects: dict[str, dict[str, Any]] = {"Ada": {}, "Bo": {}, "Cy": {}}
    answer = reading(text, rows, (), subjects=subjects, ordered=["year"], dimensions={"year": ["2023", "2024"]})
    return [rejected.why for rejected in Reading(Document("case.txt", text), salvage(json.dumps(answer))).rejected]


@pytest.mark.parametrize(("text", "rows"), [pytest.param(*case[1:], id=case[0]) for case in TAKEN])
def test_a_name_that_belongs_to_another_value_raises_no_doubt(text: str, rows: list[Row]) -> None:
    assert _refused(text, rows) == []


@pytest.mark.parametrize(("text", "rows", "doubt"), [pytest.param(*case[1:], id=case[0]) for case in DOUBTED])
def test_a_name_that_belongs_to_no_other_value_does(text: str, rows: list[Row], doubt: str) -> None:
    assert _refused(text, rows) == [f"reading-in-doubt: {doubt}"]
