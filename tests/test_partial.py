"""Answers of which not everything fits: what is dropped and why, what is judged all the same, and what is no answer."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from auditor.document import Document
from auditor.extraction import AnswerError, parse
from auditor.formats import RenderOptions, render
from auditor.partial import MOST_LISTED, salvage
from auditor.pipeline import audit
from auditor.report import Report, Use
from tests.cases import reading, selector, stated

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = (
    "Ada took 41 s, Bo took 52 s and Cy took 60 s.\n\nAda is faster than Bo. Bo is faster than Cy. Cy is the slowest.\n"
)
ROWS = [("time", "Ada", "", "", "41 s"), ("time", "Bo", "", "", "52 s"), ("time", "Cy", "", "", "60 s")]


def _faster(quote: str, left: str, right: str) -> dict[str, Any]:
    return {
        "kind": "comparison",
        "quote": quote,
        "left": selector(f"time; {left}"),
        "relation": "less",
        "right": selector(f"time; {right}"),
        "over": None,
    }


CLAIMS = [_faster("Ada is faster than Bo", "Ada", "Bo"), _faster("Bo is faster than Cy", "Bo", "Cy")]


def _answer() -> dict[str, Any]:
    return reading(TEXT, ROWS, copy.deepcopy(CLAIMS), better="lower")


def _set(answer: dict[str, Any], path: str, value: object) -> None:
    *way, last = path.split(".")
    node: Any = answer
    for step in way:
        node = node[int(step) if step.isdecimal() else step]
    if isinstance(node, list):
        node[int(last)] = value
    else:
        node[last] = value


# where, what stands there instead, and what is told: (what, why, quote, metric)
FAULTS: list[tuple[str, object, tuple[str, str, str | None, str | None]]] = [
    ("values.1", 7, ("value 2 of the answer", "expected `object`, got `int`", None, None)),
    ("values.1.written", 52, ("value 2 of the answer", "written: expected `str`, got `int`", "52 s", "time")),
    ("values.1.extra", "x", ("value 2 of the answer", "object contains unknown field `extra`", "52 s", "time")),
    ("values.1.quote", None, ("value 2 of the answer", "quote: expected `str`, got `null`", None, "time")),
    ("values.1.metric", None, ("value 2 of the answer", "metric: expected `str`, got `null`", "52 s", None)),
    ("values.1.written", "9" * 5000, ("value 2 of the answer", "written: expected `str` of length <= 4000", "52 s", "time")),
    ("claims.0", None, ("claim 1 of the answer", "'None' is no kind of claim", None, None)),
    ("claims.0.kind", "verdict", ("claim 1 of the answer", "'verdict' is no kind of claim", "Ada is faster than Bo", None)),
    ("claims.0.relation", "beats", ("claim 1 of the answer", "relation: invalid enum value 'beats'", "Ada is faster than Bo", None)),
    ("claims.0.left", [], ("claim 1 of the answer", "left: expected `object`, got `array`", "Ada is faster than Bo", None)),
    ("metrics.0.better", "up", ("metric 1 of the answer", "better: invalid enum value 'up'", None, None)),
    ("subjects.0.aliases", "A", ("subject 1 of the answer", "aliases: expected `array`, got `str`", None, None)),
    ("dimensions", {}, ("dimensions of the answer", "they are no list", None, None)),
    ("tables", None, ("tables of the answer", "they are no list", None, None)),
    ("position", {"low": "0"}, ("position of the answer", "object missing required field `high`", None, None)),
    ("verdict", "all is well", ("'verdict' of the answer", "the schema does not have it", None, None)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "told"), FAULTS, ids=[f"{number}-{path}" for number, (path, _, _) in enumerate(FAULTS)]
)
def test_an_item_that_does_not_fit_is_dropped_alone(path: str, value: object, told: tuple[str, ...]) -> None:
    answer = _answer()
    _set(answer, path, value)
    text = json.dumps(answer)
    with pytest.raises(AnswerError):
        parse(text)
    extraction, dropped, *_ = salvage(text)
    assert [(item.what, item.why, item.quote, item.metric) for item in dropped] == [told]
    intact = _answer()
    part = path.partition(".")[0]
    if "." in path:
        del intact[part][int(path.split(".")[1])]
    assert extraction == parse(json.dumps(intact))


RAW = {
    "a number that is none": ('"written": "52 s"', '"written": NaN', "NaN is not a number"),
    "a number beyond all numbers": ('"written": "52 s"', '"written": -Infinity', "-Infinity is not a number"),
    "a key twice": ('"written": "52 s"', '"written": "52 s", "written": "25 s"', "a key is given twice in one object, so that one of its values would be lost"),
    "a deep nest": ('"written": "52 s"', f'"written": {"[" * 300}{"]" * 300}', "written: expected `str`, got `array`"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), RAW.values(), ids=RAW)
def test_what_json_does_not_have_costs_one_item(old: str, new: str, why: str) -> None:
    text = json.dumps(_answer())
    assert old in text
    extraction, dropped, *_ = salvage(text.replace(old, new))
    assert [(item.what, item.why) for item in dropped] == [("value 2 of the answer", why)]
    assert [value.written for value in extraction.values] == ["41 s", "60 s"]


WHOLE = {
    "prose": ("I cannot do that", "the answer is not JSON: Expecting value at character 0"),
    "nothing": ("", "the answer is not JSON: Expecting value at character 0"),
    "cut": (json.dumps({"claims": []})[:-1], "the answer is not JSON: Expecting ',' delimiter at character 13"),
    "a list": ("[]", "the answer is not an object with a list of claims"),
    "no claims": ('{"values": []}', "the answer is not an object with a list of claims"),
    "claims that are no list": ('{"claims": {}}', "the answer is not an object with a list of claims"),
    "two lists of claims": ('{"claims": [], "claims": []}', "the answer is not an object with a list of claims"),
    "too deep": ("[" * 100_000, "the answer is nested too deeply"),
}


@pytest.mark.parametrize(("text", "why"), WHOLE.values(), ids=WHOLE)
def test_what_is_no_answer_as_a_whole_stays_an_error(text: str, why: str) -> None:
    with pytest.raises(AnswerError) as caught:
        salvage(text)
    assert str(caught.value) == why


def test_a_whole_answer_loses_nothing() -> None:
    text = json.dumps(_answer())
    extraction, dropped, *_ = salvage(text)
    assert (extraction, dropped) == (parse(text), ())


def test_a_list_of_faults_is_told_in_part_and_counted() -> None:
    answer = _answer()
    answer["values"] = [*answer["values"], *([0] * 5000), {"metric": "late"}]
    dropped = salvage(json.dumps(answer)).dropped
    assert dropped[0].what == "value 4 of the answer"
    assert [item.what for item in dropped[MOST_LISTED:]] == [
        "value 5004 of the answer",
        "4,800 more values of the answer",
    ]
    assert dropped[MOST_LISTED].metric == "late"


def test_the_rest_is_judged_and_the_report_says_what_is_missing(golden: Callable[[str, str], None]) -> None:
    answer = _answer()
    answer["claims"][0]["relation"] = "beats"
    del answer["values"][2]["subject"]
    audited = audit(Document("times.md", TEXT), json.dumps(answer), model="m")
    assert [(entry.quote, entry.verdict.name, entry.verdict.reason) for entry in stated(audited)] == [
        ("Bo is faster than Cy", "unverifiable", "missing-value")
    ]
    text = render("table", Report((audited,)), RenderOptions(width=100, colour=False, unicode=True, coverage=True))
    golden("partial.txt", text)


def test_a_dropped_value_may_be_the_one_that_matters() -> None:
    """A count over what was read would be refuted by the values that happen to be left."""
    text = "Ada took 41 s, Bo took 52 s and Cy took 60 s. Most of them took more than 45 s."
    claim: dict[str, Any] = {
        "kind": "threshold", "quote": "Most of them took more than 45 s", "of": selector("time"), "relation": "above",
        "bound": "45 s", "over": {"how": "most", "number": None, "exceptions": []},
    }  # fmt: skip
    answer = reading(text, ROWS, [claim], better="lower")
    whole = stated(audit(Document("t.md", text), json.dumps(answer)))
    for place in (1, 2):
        answer["values"][place]["subject"] = 7
    partly = audit(Document("t.md", text), json.dumps(answer))
    assert [entry.verdict.name for entry in whole] == ["supported"]
    assert [entry.verdict.name for entry in stated(partly)] == ["unverifiable"]
    unread = [entry.why for entry in partly.coverage if entry.use is Use.UNREAD and entry.what == "number"]
    assert unread == ["what the answer says of it does not fit the schema"] * 2
