"""Every format, with every hostile text in every place, is parsed back: the text is there, and nothing came of it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET  # what is parsed is our own output
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

from auditor import formats
from auditor.formats import RenderOptions
from auditor.notation import file_path, inert
from auditor.visible import visible
from tests.payloads import PAYLOADS, everywhere

_COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
_ASCII_AND_NOT = [RenderOptions(unicode=True, coverage=True), RenderOptions(unicode=False, coverage=True)]


def _rendered(name: str, payload: str, options: RenderOptions) -> str:
    return formats.render(name, everywhere(payload), options)


@pytest.mark.parametrize("name", formats.names())
def test_no_build_log_finds_a_command(name: str) -> None:
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            text = _rendered(name, payload, options)
            if name == "github":
                assert all(re.match(r"::(error|warning) ", line) for line in text.splitlines()), payload
            else:
                assert (payload, _COMMAND.search(text)) == (payload, None)


# -- JSON -------------------------------------------------------------------------------------------------------


def test_jsonl_gives_every_payload_back() -> None:
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            lines = _rendered("jsonl", payload, options).split("\n")
            assert lines.pop() == ""
            first, *_, last = [json.loads(line) for line in lines]
            assert first["path"] == first["model"] == first["quote"] == first["kind"] == payload
            assert first["evidence"][0]["written"] == first["mend"][1] == first["notes"][0] == payload
            assert (last["type"], last["path"], last["error"]) == (
                "not-audited",
                payload,
                {"message": payload, "hint": payload},
            )
            assert len(lines) == 4


def test_gitlab_gives_every_payload_back() -> None:
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            stale, wrong, missing = json.loads(_rendered("gitlab", payload, options))
            assert wrong["description"] == f"contradicted {payload} (conclusion): “{payload}”: {payload}"
            assert wrong["check_name"] == payload
            assert missing["description"] == f"{payload} ({payload})"
            assert {issue["location"]["path"] for issue in (stale, wrong, missing)} == {file_path(payload)}
            assert len({issue["fingerprint"] for issue in (stale, wrong, missing)}) == 3


def test_sarif_gives_every_payload_back_and_has_no_link() -> None:
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            (run,) = json.loads(_rendered("sarif", payload, options))["runs"]
            (result,) = run["results"]
            assert result["properties"]["quote"] == result["ruleId"] == payload
            assert result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] == payload
            stale, missing = run["invocations"][0]["toolExecutionNotifications"]
            messages = [each["message"]["text"] for each in (result, *result["relatedLocations"], missing)]
            assert [payload.replace("](", "] (") in message for message in messages] == [True] * 3
            assert ["](" in message for message in (*messages, stale["message"]["text"])] == [False] * 4
            for artifact in run["artifacts"]:
                uri = artifact["location"]["uri"]
                parts = urlsplit(uri)
                assert parts.scheme in {"", "file"}, uri
                assert parts.netloc == "", uri
                path = unquote(parts.path, errors="surrogatepass" if "\ud800" <= payload[-1] <= "\udfff" else "replace")
                assert path == file_path(payload) or not payload.isprintable()


# -- XML and HTML -----------------------------------------------------------------------------------------------


def test_junit_gives_every_payload_back() -> None:
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            root = ET.fromstring(_rendered("junit", payload, options).encode())  # noqa: S314  it is our own
            shown = visible(payload, prose=True)
            assert [suite.get("name") for suite in root] == [shown, shown]
            assert Counter(element.tag for element in root.iter()) == {
                "testsuites": 1, "testsuite": 2, "properties": 1, "property": 2, "testcase": 4, "failure": 1,
                "skipped": 1, "error": 1,
            }  # fmt: skip
            failure = root.find(".//failure")
            assert failure is not None
            assert failure.get("message") == shown
            assert f"\nmend: {shown}\nor: {shown}\n" in (failure.text or "")


class _Seen(HTMLParser):
    """The elements of a page, with the text of the documents and of the cards."""

    _VOID = frozenset({"meta", "input", "br"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.lines: list[str] = []
        self.quotes: list[str] = []
        self.style = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes |= {(tag, name) for name in given}
        if tag not in self._VOID:
            self.open.append((tag, given.get("class", "")))
        if "href" in given:
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("class", "").split(" ")[0] == "l":
            self.lines.append("")
        if tag == "blockquote":
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = [name for _, name in self.open]
        if any(name.split(" ")[0] == "l" for name in classes) and not any("badge" in name for name in classes):
            self.lines[-1] += data
        if self.open and self.open[-1][0] == "blockquote":
            self.quotes[-1] += data
        if self.open and self.open[-1][0] == "style":
            self.style += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


_TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "span", "ul", "ol", "li", "b",
    "nav", "bdi", "div", "label", "input", "details", "summary", "main", "section", "p", "br", "article", "blockquote",
    "code", "table", "thead", "tbody", "tr", "th", "td", "small", "svg", "symbol", "use", "path", "text", "circle", "figure",
    "figcaption",
}  # fmt: skip
_ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "type", "checked", "autocomplete", "role",
    "aria-label", "title", "tabindex", "rel", "aria-hidden", "open", "scope", "viewbox", "preserveaspectratio", "d", "x", "y",
    "cx", "cy", "r",
}  # fmt: skip


def test_html_gives_every_payload_back_and_holds_nothing_else() -> None:
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            page = _Seen(_rendered("html", payload, options))
            shown = ["\t".join(map(visible, line.split("\t"))) for line in payload.split("\n")]
            assert page.lines == shown
            assert page.quotes == [visible(payload, prose=True)] * 3
            assert set(page.tags) <= _TAGS
            assert {name for _, name in page.attributes} <= _ATTRIBUTES
            assert len(set(page.ids)) == len(page.ids)
            assert {link[0] for link in page.links} == {"#"}
            assert {link[1:] for link in page.links} <= set(page.ids)
            assert page.tags["symbol"] == 1
            assert page.tags["use"] == 2
            assert "</" not in page.style
            assert page.style.isascii()


# -- Markdown ---------------------------------------------------------------------------------------------------

_MARKDOWN_TAGS = {"h3", "p", "ul", "li", "strong", "code", "br", "table", "thead", "tbody", "tr", "th", "td", "details",
                  "summary"}  # fmt: skip


class _Tags(HTMLParser):
    """The elements of a rendered comment, and the text that is not in code."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.depth = 0
        self.code: list[str] = []
        self.prose = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.tags[tag] += 1
        if tag == "code":
            self.depth += 1
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "code"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.code[-1] += data
        else:
            self.prose += data

    def handle_comment(self, data: str) -> None:
        assert data == " audit "


# What GitHub and GitLab make links of, once Markdown is done, where it is not in code.
_MADE_INTO_LINKS = re.compile(
    r"@\w|#\d|\bGH-\d|://|www\.|\b[0-9a-f]{7,40}\b|(?<!\w)[!~%$&^]\w|:\w+:|^/\w", re.IGNORECASE | re.MULTILINE
)


def test_markdown_gives_every_payload_back_as_code_or_plain_words() -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    plain = _Tags(parser.render(_rendered("markdown", "word", _ASCII_AND_NOT[0])))
    structure = {tag: count for tag, count in plain.tags.items() if tag != "code"}
    for payload in PAYLOADS:
        for options in _ASCII_AND_NOT:
            page = _Tags(parser.render(_rendered("markdown", payload, options)))
            shown = visible(payload, prose=True)
            assert set(page.tags) <= _MARKDOWN_TAGS
            found = {tag: count for tag, count in page.tags.items() if tag != "code"}
            assert (payload, found) == (payload, structure)
            assert (payload, _MADE_INTO_LINKS.search(page.prose)) == (payload, None)
            if shown.strip(" ") and len(shown) < 300:
                assert (payload, page.code.count(shown) > 4) == (payload, True)


# -- workflow commands ------------------------------------------------------------------------------------------


def test_github_gives_every_payload_back() -> None:
    """The runner's own way to read a command: properties up to "::", divided at commas, then unescaped."""
    for payload in PAYLOADS:
        for line in _rendered("github", payload, _ASCII_AND_NOT[0]).splitlines():
            _, about, message = re.split("::", line, maxsplit=2)
            level, _, properties = about.partition(" ")
            assert level in {"error", "warning"}
            given = dict(each.split("=", 1) for each in properties.split(","))
            assert set(given) <= {"file", "title", "line", "endLine", "col", "endColumn"}
            assert _unescaped(given["file"]) == visible(file_path(payload))
            assert _unescaped(given["title"]).startswith("audit: ")
            assert visible(payload, prose=True) in _unescaped(message) or "stale" in given["title"]


def _unescaped(text: str) -> str:
    for sign, code in {"\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C", "%": "%25"}.items():
        text = text.replace(code, sign)
    return text


def test_concise_gives_every_payload_back_in_a_line_for_each_notice() -> None:
    for payload in PAYLOADS:
        path, shown = inert(visible(payload)), visible(payload, prose=True)
        stale, wrong, missing, total, end = _rendered("concise", payload, _ASCII_AND_NOT[0]).split("\n")
        assert (total, end) == ("2 documents: 1 contradicted, 1 supported, 1 unverifiable; 1 not audited", "")
        assert (
            stale == f"{path}: stale: The reading answers an older prompt or schema; record it anew with audit --record"
        )
        assert wrong == inert(f"{visible(payload)}:1:1: contradicted {shown} (conclusion): “{shown}”: {shown}")
        told = visible(f"{payload.removesuffix('.')}; {payload}", prose=True)
        assert missing == inert(f"{visible(payload)}: not-audited: {told}")
        assert _rendered("concise", payload, _ASCII_AND_NOT[1]).isascii()


def test_payloads_are_many() -> None:
    assert len(set(PAYLOADS)) > 200
