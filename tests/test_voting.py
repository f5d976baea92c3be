"""A document that was read several times: the verdict of the majority, and how stable each claim is."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from auditor.document import Document, Span
from auditor.extraction import AnswerError
from auditor.formats import RenderOptions, render
from auditor.pipeline import audit
from auditor.report import Report
from auditor.transcript import Turn, written
from tests.cases import reading, selector

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditor.report import Audited

TEXT = "Ada took 41 s, Bo took 52 s and Cy took 60 s.\n\nAda is faster than Bo, and Cy is faster than Bo.\n"
ROWS = [("time", "Ada", "", "", "41 s"), ("time", "Bo", "", "", "52 s"), ("time", "Cy", "", "", "60 s")]
TRUE, FALSE = "Ada is faster than Bo", "Cy is faster than Bo"


def _claim(quote: str, metric: str = "time", kind: str = "comparison") -> dict[str, Any]:
    words = quote.split()
    left, right = (selector(f"{metric}; {words[place]}") for place in (0, -1))
    return {"kind": kind, "quote": quote, "left": left, "relation": "less", "right": right, "over": None}


def _read(*quotes: str, metric: str = "time") -> dict[str, Any]:
    rows = [(metric, *row[1:]) for row in ROWS]
    return reading(TEXT, rows, [_claim(quote, metric) for quote in quotes], better="lower")


def _without(subject: str, answer: dict[str, Any]) -> dict[str, Any]:
    """A reading that passes over a value."""
    changed = copy.deepcopy(answer)
    changed["values"] = [value for value in changed["values"] if value["subject"] != subject]
    return changed


def _audited(answers: Sequence[dict[str, Any]]) -> Audited:
    document = Document("times.md", TEXT)
    whole = Span(0, len(TEXT))
    turns = [Turn(number, "whole", whole, json.dumps(answer)) for number, answer in enumerate(answers, start=1)]
    return audit(document, written(turns))


BOTH = _read(TRUE, FALSE)
ONE = _read(TRUE)
OTHER_NAMES = _read(TRUE, FALSE, metric="duration")
SHORTER = _read(TRUE, FALSE)
SHORTER["claims"][1]["quote"] = "Cy is faster"

# the readings, and of each claim: verdict, reason, in how many runs, and the note
VOTES: dict[str, tuple[list[dict[str, Any]], list[tuple[str, str, str | None, int, str]]]] = {
    "all agree": ([BOTH, BOTH, BOTH], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        (FALSE, "contradicted", None, 3, "read so in all 3 runs"),
    ]),
    "under other names": ([BOTH, OTHER_NAMES, OTHER_NAMES], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        (FALSE, "contradicted", None, 3, "read so in all 3 runs"),
    ]),
    "in fewer words": ([SHORTER, BOTH, BOTH], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        ("Cy is faster", "contradicted", None, 3, "read so in all 3 runs"),
    ]),
    "one run lacks a value": ([BOTH, _without("Cy", BOTH), BOTH], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        (FALSE, "contradicted", None, 2, "read so in 2 of 3 runs"),
    ]),
    "one run alone has the value": ([BOTH, _without("Cy", BOTH), _without("Cy", BOTH)], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        (FALSE, "unverifiable", "missing-value", 2, "read so in 2 of 3 runs"),
    ]),
    "one run passes over a claim": ([BOTH, ONE, BOTH], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        (FALSE, "contradicted", None, 2, "read so in 2 of 3 runs"),
    ]),
    "one run alone reads a claim": ([ONE, BOTH, ONE], [
        (TRUE, "supported", None, 3, "read so in all 3 runs"),
        (FALSE, "unverifiable", "reading-in-doubt", 1, "read in 1 of 3 runs: contradicted in 1"),
    ]),
    "two runs disagree": ([BOTH, _without("Cy", BOTH)], [
        (TRUE, "supported", None, 2, "read so in all 2 runs"),
        (FALSE, "unverifiable", "reading-in-doubt", 1, "read in 2 of 2 runs: contradicted in 1, unverifiable in 1"),
    ]),
    "half is no majority": ([BOTH, BOTH, ONE, ONE], [
        (TRUE, "supported", None, 4, "read so in all 4 runs"),
        (FALSE, "unverifiable", "reading-in-doubt", 2, "read in 2 of 4 runs: contradicted in 2"),
    ]),
    "only one run": ([BOTH], []),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "expected"), VOTES.values(), ids=VOTES)
def test_the_majority_counts(
    answers: list[dict[str, Any]], expected: list[tuple[str, str, str | None, int, str]]
) -> None:
    audited = _audited(answers)
    if not expected:
        assert [(entry.verdict.name, entry.runs) for entry in audited.judgements] == [
            ("supported", None),
            ("contradicted", None),
        ]
        return
    found = [
        (entry.quote, entry.verdict.name, entry.verdict.reason, entry.runs and entry.runs.agreeing, entry.notes[-1])
        for entry in audited.judgements
    ]
    assert found == expected
    assert {entry.runs and entry.runs.of for entry in audited.judgements} == {len(answers)}
    told = [(entry.severity is not None, entry.mend != ()) for entry in audited.judgements]
    assert told == [(name == "contradicted",) * 2 for _, name, *_ in expected]


def test_what_some_runs_pass_over_is_read_where_most_read_it() -> None:
    lost = _without("Cy", BOTH)
    uses = {
        name: [str(entry.use) for entry in _audited(answers).coverage if entry.what == "number"]
        for name, answers in {"most": [BOTH, lost, BOTH], "few": [lost, lost, BOTH], "half": [BOTH, lost]}.items()
    }
    assert uses == {
        "most": ["used", "used", "used"],
        "few": ["used", "used", "unread"],
        "half": ["used", "used", "unread"],
    }


def test_what_is_refused_says_in_how_many_runs() -> None:
    wrong = copy.deepcopy(BOTH)
    wrong["values"][0]["quote"] = "Ada took 14 s"
    wrong["values"].append({"metric": "time"})
    told = [(refused.what, refused.why) for refused in _audited([BOTH, wrong, wrong]).rejected]
    assert told == [
        (
            "value '41 s' of 'time' for 'Ada'",
            "quote-not-found: the quoted passage does not stand in the document, letter for letter (in 2 of 3 runs)",
        ),
        ("value 4 of the answer", "does not fit the schema: object missing required field `subject` (in 2 of 3 runs)"),
    ]


def test_a_run_that_is_no_answer_is_an_error() -> None:
    document = Document("times.md", TEXT)
    turns = [Turn(1, "whole", Span(0, len(TEXT)), json.dumps(BOTH)), Turn(2, "whole", Span(0, len(TEXT)), "no")]
    with pytest.raises(AnswerError) as caught:
        audit(document, written(turns))
    assert str(caught.value) == "the answer is not JSON: Expecting value at character 0"


@pytest.mark.parametrize("form", ["table", "json"])
def test_reports_say_how_stable_a_claim_is(form: str, golden: Callable[[str, str], None]) -> None:
    audited = _audited([BOTH, ONE, _without("Ada", BOTH)])
    options = RenderOptions(width=100, colour=False, unicode=True)
    golden(f"samples.{'txt' if form == 'table' else form}", render(form, Report((audited,)), options))
