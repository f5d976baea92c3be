"""Hostile text as the reason of a suppression and as what is said about one: in every format it is only text."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET  # what is parsed is our own output
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from auditor import formats
from auditor.document import Document, Span
from auditor.exact.verdict import CONTRADICTED
from auditor.formats import RenderOptions, Show
from auditor.judgement import By, Judgement, Severity, Suppression
from auditor.report import About, Audited, Remark, Report
from auditor.visible import UNSEEN
from tests.payloads import PAYLOADS

_COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
_SHOWN = RenderOptions(width=10_000, show=Show.SUPPRESSED)


def _report(payload: str) -> Report:
    judgements = tuple(
        Judgement(
            "trend",
            CONTRADICTED,
            "A rises",
            Span(0, 7),
            severity=Severity.CONCLUSION,
            suppression=Suppression(by, payload),
        )
        for by in By
    )
    remarks = tuple(Remark(about, payload, payload, Span(0, 1)) for about in About)
    return Report((Audited(Document("a.md", "A rises.\n"), judgements, (), (), "m", remarks=remarks),))


def _rendered(form: str, payload: str) -> str:
    return formats.render(form, _report(payload), _SHOWN)


class _Tags(HTMLParser):
    """The tags of a page, and the names of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))


@pytest.mark.parametrize("form", formats.names())
def test_nothing_unseen_and_no_command(form: str) -> None:
    for payload in PAYLOADS:
        text = _rendered(form, payload)
        assert (payload, UNSEEN.search(text.replace("\n", ""))) == (payload, None)
        if form != "github":
            assert (payload, _COMMAND.search(text)) == (payload, None)
        else:
            assert all(re.match(r"::(error|warning) ", line) for line in text.splitlines()), payload


def test_json_gives_every_reason_back() -> None:
    for payload in PAYLOADS:
        (document,) = json.loads(_rendered("json", payload))["documents"]
        assert [one["suppressed"]["why"] for one in document["judgements"]] == [payload] * 3
        assert [(one["text"], one["hint"]) for one in document["remarks"]] == [(payload, payload)] * len(About)
        lines = [json.loads(line) for line in _rendered("jsonl", payload).splitlines()]
        assert [line["suppressed"]["why"] for line in lines if line["type"] == "judgement"] == [payload] * 3


def test_sarif_gives_every_reason_back_without_a_link() -> None:
    for payload in PAYLOADS:
        (run,) = json.loads(_rendered("sarif", payload))["runs"]
        found = [result["suppressions"][0] for result in run["results"]]
        assert [one["kind"] for one in found] == ["inSource", "external", "external"]
        assert {one["justification"] for one in found} == {payload.replace("](", "] (")}


def test_no_reason_changes_a_page() -> None:
    usual = _Tags(_rendered("html", "plain")).found
    for payload in PAYLOADS:
        assert _Tags(_rendered("html", payload)).found == usual, payload


def test_no_reason_changes_a_comment() -> None:
    markdown = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    for payload in PAYLOADS:
        tags = {tag for tag, _ in _Tags(markdown.render(_rendered("markdown", payload))).found}
        assert tags <= {"h3", "p", "strong", "ul", "li", "code", "details", "summary", "br"}, payload


def test_no_reason_changes_a_test_report() -> None:
    usual = [element.tag for element in ET.fromstring(_rendered("junit", "plain").encode()).iter()]  # noqa: S314  our own
    for payload in PAYLOADS:
        root = ET.fromstring(_rendered("junit", payload).encode())  # noqa: S314  it is our own
        assert [element.tag for element in root.iter()] == usual, payload
