"""Headers and row labels that are made of declared names; the readings are written by hand."""

from __future__ import annotations

import json

import pytest

from auditor.extraction import parse
from auditor.facts.spelling import Spelling, Spellings
from tests.cases import reading

ANSWER = reading(
    "",
    (),
    (),
    metrics={"Throughput": {"aliases": ["Throughput (items/s)"]}, "ENT": {}, "F1": {}, "Δ": {}},
    subjects={"Oak": {"aliases": ["the oak"]}, "Oak + moss": {}, "Elm": {}},
    dimensions={"direction": ["A ⇒ B", "B ⇒ A"], "split": ["dev", "test", "DevNight"]},
)
SPELLINGS = Spellings.of(parse(json.dumps(ANSWER)))

HEADERS = [
    ("Throughput (items/s) Oak", Spelling("Throughput", "Oak", ())),
    ("Oak: Throughput", Spelling("Throughput", "Oak", ())),
    ("A ⇒ B **ENT**", Spelling("ENT", None, (("direction", "A ⇒ B"),))),
    ("F1 (dev)", Spelling("F1", None, (("split", "dev"),))),
    ("dev F1 B ⇒ A", Spelling("F1", None, (("split", "dev"), ("direction", "B ⇒ A")))),
    ("Oak + moss F1", Spelling("F1", "Oak + moss", ())),
    ("direction A ⇒ B Δ", Spelling(None, None, (("direction", "A ⇒ B"),))),  # a mark is no metric, declared or not
    ("w/ Oak on dev F1", Spelling("F1", "Oak", (("split", "dev"),))),
    ("[ITALIC] dev F1", Spelling("F1", None, (("split", "dev"),))),
    ("direction", None),
    ("Oak", None),  # one name is no more than itself
    ("Throughput (items/s)", None),
    ("Throughput Ash", None),  # something else stands there
    ("F1 Throughput", None),  # two metrics
    ("Oak Elm F1", None),  # two subjects
    ("dev test F1", None),  # two levels of one dimension
    ("Oakley F1", None),
    ("", None),
]


@pytest.mark.parametrize(("header", "expected"), HEADERS)
def test_a_header_is_the_names_that_it_is_made_of(header: str, expected: Spelling | None) -> None:
    assert SPELLINGS.header(header) == expected


ROWS = [
    (["Oak", "+ moss", "Elm"], ["Oak", "Oak + moss", "Elm"]),
    (["Oak", "+moss"], ["Oak", "Oak + moss"]),
    (["Oak", "[ITALIC] + moss"], ["Oak", "Oak + moss"]),
    (["Oak", "+ lichen"], ["Oak", "+ lichen"]),  # nobody declares it
    (["Elm", "+ moss"], ["Elm", "+ moss"]),
    (["+ moss"], ["+ moss"]),  # it continues nothing
    (["Oak", "moss"], ["Oak", "moss"]),
]


@pytest.mark.parametrize(("labels", "expected"), ROWS)
def test_a_row_that_continues_another_has_the_whole_name(labels: list[str], expected: list[str]) -> None:
    assert SPELLINGS.rows(labels) == expected


QUALIFIED = [
    (["Oak (cached)", "Elm (plain)"], ["Oak", "Elm"]),
    (["Oak (cached)", "Oak (plain)"], ["Oak (cached)", "Oak (plain)"]),  # which of them is Oak?
    (["Oak (cached)", "Elm"], ["Oak (cached)", "Elm"]),  # it may be another Oak than the plain one
    (["Oak (cached)", "Ash (plain)"], ["Oak", "Ash (plain)"]),  # nobody knows an ash
]


@pytest.mark.parametrize(("labels", "expected"), QUALIFIED)
def test_a_row_with_a_remark_is_what_it_is_without(labels: list[str], expected: list[str]) -> None:
    assert SPELLINGS.rows(labels) == expected


CODED = [
    ("test_dev_oak", Spelling(None, "Oak", (("split", "dev"),))),
    ("BenchmarkElm/test-8", Spelling(None, "Elm", (("split", "test"),))),
    ("BenchmarkDevOak", Spelling(None, "Oak", (("split", "dev"),))),
    ("bench_elm_F1", Spelling("F1", "Elm", ())),
    ("test_oak", Spelling(None, "Oak", ())),
    ("GroveBench.oak", Spelling(None, "Oak", ())),
    ("GroveBench.oakDev", Spelling(None, "Oak", (("split", "dev"),))),
    ("BenchmarkDevNightOak-8", Spelling(None, "Oak", (("split", "DevNight"),))),
    ("test_F1", None),  # what was measured is no thing that was
    ("test_dev_ash", None),  # something else stands there
    ("oak_elm_dev", None),  # two subjects
    ("Elm-8/dev", None),  # a number that nothing explains
    ("dev Oak", None),  # words, not code
    ("", None),
]


@pytest.mark.parametrize(("label", "expected"), CODED)
def test_the_label_of_a_benchmark_is_the_names_that_it_is_made_of(label: str, expected: Spelling | None) -> None:
    assert SPELLINGS.coded(label) == expected
