"""What a model is asked for and what an answer becomes are two accounts of one schema: they take the same answers."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from auditor.claim import fields_of
from auditor.extraction import AnswerError, parse
from auditor.kinds import registry
from auditor.wire import answer_model
from tests.cases import reading


def _answer(number: int) -> dict[str, Any]:
    """An answer with a claim of every kind, and something in every list."""
    claims = [{"kind": name, **kind.examples[0].claim} for name, kind in registry().items() if kind.examples]
    answer = reading("Ada took 41 s.", [("time", "Ada", "size=S", "3", "41 s")], copy.deepcopy(claims))
    axis = {"low": "0", "high": "1", "quote": "x"}
    answer["position"] = axis
    answer["metrics"][0] |= {"axis": axis, "derived": {"how": "same", "of": "x", "baseline": None, "ground": "y"}}
    answer["subjects"][0]["attributes"] = [{"name": "colour", "value": "red", "quote": "red"}]
    answer["tables"] = [{"number": number, "rows": "subjects", "columns": "metrics", "metric": None, "levels": ["a"]}]
    return answer


def _places(node: object) -> list[tuple[Any, Any]]:
    """Every container of an answer with every key that it has."""
    found: list[tuple[Any, Any]] = []
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in entries:
        found.append((node, key))
        found.extend(_places(inner))
    return found


ODD: tuple[object, ...] = (
    *(None, True, 0, 1, -1, 10_000, 10_001, 1.0, 1.5, 10**30),
    *("", "x", "1", "all", "higher", "better", "\ud800", "9" * 4000, "9" * 4001),
    *([], {}, [None], ["x"], [["x"]], {"metric": None}, {"quote": "x"}),
)


def _takes_ours(text: str) -> bool:
    try:
        parse(text)
    except AnswerError:
        return False
    return True


def _takes_pydantic(text: str) -> bool:
    try:
        answer_model().model_validate_json(text)
    except ValidationError:
        return False
    return True


def test_the_example_fits_both() -> None:
    text = json.dumps(_answer(1))
    assert _takes_ours(text)
    assert _takes_pydantic(text)


@given(st.data())
def test_both_take_the_same_answers(data: st.DataObject) -> None:
    answer = _answer(data.draw(st.sampled_from([0, 1, 10_000, 10_001])))
    for _ in range(data.draw(st.integers(1, 2))):
        node, key = data.draw(st.sampled_from(_places(answer)))
        match data.draw(st.sampled_from(["other", "gone", "more"])):
            case "other":
                node[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
            case "gone":
                del node[key]
            case _ if isinstance(node, dict):
                node[data.draw(st.sampled_from(["more", "\ud800", "kind"]))] = copy.deepcopy(
                    data.draw(st.sampled_from(ODD))
                )
            case _:
                node.append(copy.deepcopy(data.draw(st.sampled_from(ODD))))
    text = json.dumps(answer)
    if "\\ud800" not in text:  # half a character, which JSON may have and pydantic refuses everywhere
        assert _takes_ours(text) is _takes_pydantic(text)
    else:
        _takes_ours(text)


@pytest.mark.parametrize("name", registry())
def test_a_kind_has_the_fields_that_its_schema_has(name: str) -> None:
    kind = registry()[name]
    definition = answer_model().model_json_schema()["$defs"][kind.__name__]
    assert list(definition["properties"]) == list(fields_of(kind)) == definition["required"]
