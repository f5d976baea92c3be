"""Every kind of implied claim has a table of cases: what it must say, and where it must say nothing.

A case has `text`, `values`, `claims` where it needs some, and `judged`: each judgement of the table's kind as "verdict: computation",
in the order of the document; an empty list where nothing may be said. `reason`, `margin`, `severity` and
`notes`, where a case gives them, are those of its first judgement.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from auditor.implied import meanings
from auditor.kinds import registry
from tests.cases import audited, reading, slots

TABLES = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in Path(__file__).with_name("implied").glob("*.toml")
}
CASES = [
    pytest.param(kind, case, id=f"{kind}: {case['why']}")
    for kind, table in sorted(TABLES.items())
    for case in table["case"]
]
SETTINGS = ("better", "unit", "metrics", "subjects", "position", "ordered", "dimensions")


def test_tables_and_kinds_match() -> None:
    assert sorted(TABLES) == sorted(meanings())
    assert {stem: table["kind"] for stem, table in TABLES.items()} == {stem: stem for stem in TABLES}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_table_is_silent_as_often_as_it_fires(kind: str) -> None:
    cases = TABLES[kind]["case"]
    fires = [any(line.startswith("contradicted") for line in case["judged"]) for case in cases]
    assert 0 < sum(fires) <= len(fires) - sum(fires)


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_no_two_cases_of_a_table_have_one_name(kind: str) -> None:
    names = Counter(case["why"] for case in TABLES[kind]["case"])
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_a_case_is_judged_as_the_table_says(kind: str, case: dict[str, Any]) -> None:
    settings = {name: case[name] for name in SETTINGS if name in case}
    claims = [slots(registry()[claim["kind"]], claim) for claim in case.get("claims", ())]
    result = audited(case["text"], reading(case["text"], case["values"], claims, **settings))
    judgements = [judgement for judgement in result.judgements if judgement.kind == kind]
    found: dict[str, object] = {
        "judged": [f"{judgement.verdict.name}: {judgement.computation}" for judgement in judgements],
        "rejected": [rejected.why.partition(":")[0] for rejected in result.rejected],
    }
    for judgement in judgements[:1]:
        found["reason"] = judgement.verdict.reason
        found["margin"] = judgement.margin
        found["severity"] = judgement.severity
        found["notes"] = list(judgement.notes)
        found["quote"] = judgement.quote
    expected = {"rejected": [], **{name: case[name] for name in found if name in case}}
    assert {name: found[name] for name in expected} == expected
    assert all(judgement.implied for judgement in judgements)
