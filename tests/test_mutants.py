"""Statements made false on purpose, in text and reading alike: nearly every one is found, and every other one explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from auditor.recordings import Recording, Store
from auditor.sources import read
from tests.cases import reading, slots
from tests.mutants.__main__ import main
from tests.mutants.killing import Killing, documents, killed, operators, survivors
from tests.mutants.operators import cells, directions, operands, orders, sizes, values
from tests.mutation import Read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutants.killing import Operator


@pytest.fixture(scope="module")
def killing() -> Killing:
    return killed(documents())


def test_nearly_every_mutant_is_killed_and_every_survivor_explained(killing: Killing) -> None:
    assert list(killing.faults(survivors())) == []


def test_every_operator_makes_mutants(killing: Killing) -> None:
    modules = {operator.NAME for operator in (cells, directions, operands, orders, sizes, values)}
    assert modules | {"recolour", "break a total"} == set(killing.mutants)
    assert len(operators()) == 8  # two of them move numbers, and one breaks totals too


def test_what_is_wrong_with_a_killing_is_said(killing: Killing) -> None:
    alive = sorted({mutant.name for mutant in killing.alive})
    unexplained = [f"survives unexplained: {name}" for name in alive]
    assert list(killing.faults({"a mutant of old": "so long ago"})) == [
        *unexplained,
        "explained, and killed or gone: a mutant of old",
    ]


# -- what the operators do, on documents of one statement ---------------------------------------------------


def _case(text: str, rows: list[tuple[str, ...]], claim: dict[str, object], better: str = "higher") -> Read:
    from auditor.kinds import registry

    kind = registry()[str(claim["kind"])]
    return Read("case", text, reading(text, rows, [slots(kind, claim)], better=better))


_SCORES: list[tuple[str, ...]] = [("score", "Ada", "", "", "0.71"), ("score", "Bo", "", "", "0.55")]
_AHEAD = _case(
    "Ada has 0.71, Bo 0.55. The score of Ada is higher than that of Bo.",
    _SCORES,
    {"kind": "comparison", "quote": "The score of Ada is higher than that of Bo", "left": "score; Ada", "relation": "greater", "right": "; Bo"},
)  # fmt: skip
_SIZE = _case(
    "Ada has 0.71, Bo 0.55. Ada is 0.16 ahead of Bo.",
    _SCORES,
    {"kind": "difference", "quote": "Ada is 0.16 ahead of Bo", "left": "score; Ada", "relation": "more", "measure": "amount", "size": "0.16", "right": "; Bo"},
)  # fmt: skip
_ORDER = _case(
    "Ada has 0.71, Bo 0.55, Cy 0.40. From high to low: Ada, Bo, Cy.",
    [*_SCORES, ("score", "Cy", "", "", "0.40")],
    {"kind": "ordering", "quote": "From high to low: Ada, Bo, Cy", "items": ["score; Ada", "; Bo", "; Cy"], "relation": "greater"},
)  # fmt: skip
_TABLE = Read("case", "| a | b | total |\n|---|---|---|\n| 1 | 2 | 3 |\n| 30 | 40 | 70 |\n", reading("", [], []))


@pytest.mark.parametrize(
    ("operator", "case", "texts"),
    [
        (operands, _AHEAD, ["The score of Bo is higher than that of Ada."]),
        (directions, _AHEAD, ["The score of Ada is lower than that of Bo."]),
        (values, _AHEAD, ["Ada has 0.55, Bo 0.71."]),
        (sizes, _AHEAD, []),
        (sizes, _SIZE, ["Ada is 0.0053 ahead of Bo.", "Ada is 4.80 ahead of Bo."]),
        (orders, _ORDER, ["From high to low: Bo, Ada, Cy.", "From high to low: Ada, Cy, Bo."]),
        (orders, _AHEAD, []),
        (cells, _TABLE, ["| 1 | 2 | 10 |", "| 30 | 40 | 77 |"]),
        (cells, _AHEAD, []),
    ],
)
def test_an_operator_changes_this_and_no_more(operator: Operator, case: Read, texts: list[str]) -> None:
    found = list(operator.mutants(case))
    changed = []
    for mutant in found:
        before, after = (set(read.text.replace(". ", ".\n").split("\n")) for read in (case, mutant.after))
        changed += sorted(after - before)
        assert mutant.after.text != case.text
    assert changed == texts


def test_a_mutant_of_the_text_alone_is_no_mutant() -> None:
    """The reading goes along: every mutant is still read without anything being rejected."""
    for operator in (operands, directions, values, sizes, orders):
        for case in (_AHEAD, _SIZE, _ORDER):
            for mutant in operator.mutants(case):
                assert mutant.after.audited.rejected == ()
                assert mutant.is_killed, mutant.name


def test_documents_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.md"
    file.write_text(_SIZE.text, encoding="utf-8")
    document = read(str(file))
    Store().save(
        document, Recording("case.md", document.digest, "p", "s", "hand", "hand", {}, {}, json.dumps(_SIZE.answer))
    )
    assert main([str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "exchange two values       1 of     1 killed    100.0 %",
        "flip a direction          1 of     1 killed    100.0 %",
        "move a number             5 of     5 killed    100.0 %",
        "swap operands             1 of     1 killed    100.0 %",
    ]


def test_a_document_without_a_recording_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "case.md").write_text("A text.", encoding="utf-8")
    assert main([str(tmp_path / "case.md")]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: no answer of a model is recorded for {tmp_path}/case.md\nhint: ")
