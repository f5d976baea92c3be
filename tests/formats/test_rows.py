"""Tests of rows: a finding in a row of a data set, or in HTML, is shown where it stands in the file."""

from __future__ import annotations

import json
import re

from auditor import formats, sources
from auditor.document import Document, Row, Span
from auditor.errors import InputError
from auditor.exact.verdict import CONTRADICTED
from auditor.formats import RenderOptions
from auditor.judgement import Judgement, Severity
from auditor.report import Audited, NotAudited, Report

ROW = Row("data/d.jsonl", "a:b", 7, ())
PARQUET = Row("data/d.parquet", "7", None, ())
TEXT = "A is 3.\nA is 4.\n"


def _finding(document: Document) -> Audited:
    span = Span(document.text.index("A is 4"), document.text.index("A is 4") + 6)
    judgement = Judgement("restatement", CONTRADICTED, "A is 4", span, severity=Severity.MAGNITUDE)
    return Audited(document, (judgement,), (), (), "m")


REPORT = Report(
    (
        _finding(Document("data/d.jsonl#a:b", TEXT, row=ROW)),
        _finding(Document("data/d.parquet#7", TEXT, row=PARQUET)),
        NotAudited("data/d.jsonl:9", InputError("no JSON", hint="mend it"), row=Row("data/d.jsonl", "", 9, ())),
        _finding(sources.decoded("a.html", b"<p>A is 3.</p>\n<p>A <b>is</b>\n 4.</p>\n")),
    )
)


def _render(form: str) -> str:
    return formats.render(form, REPORT, RenderOptions())


def test_github() -> None:
    assert re.findall(r"::(\w+) (.*?),title=[^:]*::([^%\n]*)", _render("github")) == [
        ("error", "file=data/d.jsonl,line=9", "no JSON"),
        ("error", "file=data/d.jsonl,line=7,endLine=7", "data/d.jsonl#a:b"),
        ("error", "file=data/d.parquet,line=1,endLine=1", "data/d.parquet#7"),
        ("error", "file=a.html,line=2,endLine=3", "“A is 4”"),
    ]


def test_gitlab() -> None:
    assert [issue["location"] for issue in json.loads(_render("gitlab"))] == [
        {"path": "data/d.jsonl", "lines": {"begin": 7, "end": 7}},
        {"path": "data/d.parquet", "lines": {"begin": 1, "end": 1}},
        {"path": "data/d.jsonl", "lines": {"begin": 9}},
        {"path": "a.html", "lines": {"begin": 2, "end": 3}},
    ]


def test_sarif() -> None:
    (run,) = json.loads(_render("sarif"))["runs"]
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [
        "data/d.jsonl",
        "data/d.parquet",
        "a.html",
    ]
    assert [result["locations"][0]["physicalLocation"] for result in run["results"]] == [
        {"artifactLocation": {"uri": "data/d.jsonl"}, "region": {"startLine": 7, "snippet": {"text": "A is 4"}}},
        {"artifactLocation": {"uri": "data/d.parquet"}, "region": {"startLine": 1, "snippet": {"text": "A is 4"}}},
        {
            "artifactLocation": {"uri": "a.html"},
            "region": {
                "startLine": 2, "startColumn": 4, "endLine": 3, "endColumn": 3, "charOffset": 18, "charLength": 14,
                "snippet": {"text": "A is 4"},
            },
        },
    ]  # fmt: skip
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "data/d.jsonl"}, "region": {"startLine": 9}}}
    ]


def test_junit() -> None:
    cases = re.findall(
        r'<testcase classname="([^"]*)" name="[^"]*" file="([^"]*)" time="0"(?: line="(\d+)")?', _render("junit")
    )
    assert cases == [
        ("data/d.jsonl#a:b", "data/d.jsonl", "7"),
        ("data/d.parquet#7", "data/d.parquet", "1"),
        ("data/d.jsonl:9", "data/d.jsonl", ""),
        ("a.html", "a.html", "2"),
    ]


def test_json_has_the_places_in_the_source_of_html_and_in_the_text_of_a_row() -> None:
    documents = json.loads(_render("json"))["documents"]
    assert [[judgement["span"] for judgement in document["judgements"]] for document in documents] == [
        [{"start": 8, "end": 14, "line": 2, "column": 1}],
        [{"start": 8, "end": 14, "line": 2, "column": 1}],
        [],
        [{"start": 18, "end": 32, "line": 2, "column": 4}],
    ]
