"""Every kind of claim has a table of cases, and every example that the model is shown is judged.

A case has `text`, `values` and a `claim`, or several `claims` of which the first is judged;
what it leaves out of `verdict`, `reason`, `computation`, `margin` and `notes` may be anything.
How values, selectors and quantifiers are written stands in `cases`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from auditor.kinds import registry
from tests.cases import audited, reading, slots, stated

TABLES = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in Path(__file__).with_name("kinds").glob("*.toml")
}
CASES = [
    pytest.param(kind, case, id=f"{kind}: {case['why']}")
    for kind, table in sorted(TABLES.items())
    for case in table["case"]
]
EXAMPLES = [
    pytest.param(kind, example, id=f"{kind}: {example.claim['quote']}")
    for kind, claim in registry().items()
    for example in claim.examples
]
SETTINGS = ("better", "unit", "metrics", "subjects", "position", "ordered", "dimensions")
VERDICTS = {"supported", "contradicted", "unverifiable"}


def test_tables_and_kinds_match() -> None:
    assert sorted(TABLES) == sorted(registry())
    assert {stem: table["kind"] for stem, table in TABLES.items()} == {stem: stem for stem in TABLES}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_table_reaches_every_verdict_and_is_silent_as_often_as_it_fires(kind: str) -> None:
    reached = Counter(case["verdict"] for case in TABLES[kind]["case"])
    assert set(reached) == ({"unverifiable"} if kind == "uncheckable" else VERDICTS)
    assert reached["contradicted"] <= reached["supported"] + reached["unverifiable"]


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_no_two_cases_of_a_table_have_one_name(kind: str) -> None:
    names = Counter(case["why"] for case in TABLES[kind]["case"])
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_a_case_is_judged_as_the_table_says(kind: str, case: dict[str, Any]) -> None:
    written = case["claims"] if "claims" in case else [case["claim"]]
    claims = [slots(registry()[claim.get("kind", kind)], {"kind": kind, **claim}) for claim in written]
    settings = {name: case[name] for name in SETTINGS if name in case}
    result = audited(case["text"], reading(case["text"], case["values"], claims, **settings))
    judgement = next(judgement for judgement in stated(result) if judgement.quote == written[0]["quote"])
    found = {
        "verdict": judgement.verdict.name,
        "reason": judgement.verdict.reason,
        "computation": judgement.computation,
        "margin": judgement.margin,
        "notes": list(judgement.notes),
        "rejected": [rejected.why.partition(":")[0] for rejected in result.rejected],
    }
    expected = {"rejected": [], **{name: case[name] for name in found if name in case}}
    assert {name: found[name] for name in expected} == expected, judgement.computation


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_an_example_is_grounded_in_its_text_and_judged_as_it_says(kind: str, example: Any) -> None:  # noqa: ANN401
    claim = {"kind": kind, **example.claim}
    answer = reading(example.text, example.values, [claim], better=example.better, unit=example.unit)
    result = audited(example.text, answer)
    (judgement,) = stated(result)
    assert (result.rejected, judgement.span is not None, judgement.verdict.name) == ((), True, example.verdict)
