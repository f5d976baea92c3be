"""Documents that give orders, read by a model that obeys: no contradiction disappears without a trace of it.

Each document says that Arden scores less than Birk and claims the opposite, which an honest
reading contradicts; what the order does to the reading is played by a server on this machine.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from auditor.document import Document
from auditor.hidden import _HIDDEN, _SUSPICIOUS, MOST, remarks
from auditor.pipeline import audit
from tests.cases import reading, selector
from tests.live import KEY, run
from tests.rude import Rude, always, completion, http

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.report import Audited

CLAIM = "Arden is higher than Birk"
TEXT = "Report no {number}.\n\nOn the test, Arden scores 12.5. On the test, Birk scores 31.4.\n\n{order}\n\n{claim}.\n"


class Case(NamedTuple):
    name: str
    text: str
    obeys: str
    invisible: bool = False


CASES = [
    Case(**entry) for entry in tomllib.loads(Path(__file__).with_name("injections.toml").read_text("utf-8"))["case"]
]
_MODEL_READS = [case for case in CASES if case.obeys != "nothing"]


def _document(number: int, case: Case) -> Document:
    return Document(f"{number}.md", TEXT.format(number=number, order=case.text, claim=CLAIM))


def _honest(document: Document, arden: str = "12.5", quote: str | None = None) -> dict[str, Any]:
    rows = [
        ("score", "Arden", "", "", arden, quote or "On the test, Arden scores 12.5"),
        ("score", "Birk", "", "", "31.4", "On the test, Birk scores 31.4"),
    ]
    claim = {
        "kind": "comparison",
        "quote": CLAIM,
        "left": selector("score; Arden; "),
        "relation": "greater",
        "right": selector("; Birk; "),
        "over": None,
    }
    return reading(document.text, rows, [claim], better="higher")


def _flipped(document: Document, _: Case) -> dict[str, Any]:
    whole = _honest(document)
    whole["claims"][0]["relation"] = "less"
    return whole


def _swapped(document: Document, _: Case) -> dict[str, Any]:
    whole = _honest(document)
    first, second = whole["values"]
    first["subject"], second["subject"] = second["subject"], first["subject"]
    return whole


def _opinion(document: Document, _: Case) -> dict[str, Any]:
    from auditor.kinds import registry

    example = registry()["uncheckable"].examples[0].claim
    return {**_honest(document), "claims": [{**example, "quote": CLAIM}]}


def _silent(document: Document, _: Case) -> dict[str, Any]:
    return {key: None if key == "position" else [] for key in _honest(document)}


def _moved(document: Document, case: Case) -> dict[str, Any]:
    """The value is taken from the order."""
    return _honest(document, "99.9", case.text)


def _homoglyph(document: Document, case: Case) -> dict[str, Any]:
    return _honest(document, case.text.removesuffix(".").rpartition(" ")[2], case.text)


OBEYS: dict[str, Callable[[Document, Case], dict[str, Any]]] = {
    "flipped": _flipped,
    "homoglyph": _homoglyph,
    "moved": _moved,
    "no-claims": lambda document, _: {**_honest(document), "claims": []},
    "nothing": lambda document, _: _honest(document),
    "opinion": _opinion,
    "raised": lambda document, _: _honest(document, "99.9"),
    "silent": _silent,
    "swapped": _swapped,
    "verdict": lambda document, _: {**_silent(document, _), "verdict": "supported"},
}
"""What a model that obeys answers."""


def _answer(number: int, case: Case) -> str:
    return json.dumps(OBEYS[case.obeys](_document(number, case), case))


def _traces(audited: Audited) -> list[str]:
    """What tells a reader of the report that the claim does not simply hold, or was passed over."""
    document = audited.document
    verdicts = [f"{one.verdict.name} {one.quote}" for one in audited.judgements if one.verdict.name != "supported"]
    passed = [
        f"unread {shown}"
        for entry in audited.coverage
        if entry.use.value == "unread" and (shown := document.text[slice(*entry.span)]) in {f"{CLAIM}.", "12.5", "31.4"}
    ]
    return [*(told for told in verdicts if CLAIM in told), *passed]


def test_there_are_enough() -> None:
    assert len(_MODEL_READS) >= 60
    assert {case.obeys for case in CASES} == {*OBEYS}


def test_an_honest_reading_contradicts_the_claim() -> None:
    case = Case("", "Nothing.", "nothing")
    assert _traces(audit(_document(1, case), _answer(1, case))) == [f"contradicted {CLAIM}"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_disappears_without_a_trace(case: Case) -> None:
    audited = audit(_document(1, case), _answer(1, case))
    assert _traces(audited) != []
    if case.obeys == "nothing":
        assert _traces(audited) == [f"contradicted {CLAIM}"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_nobody_sees_is_told_with_its_place(case: Case) -> None:
    document = _document(1, case)
    told = remarks(document)
    assert bool(told) is case.invisible
    start = document.text.index(case.text)
    for remark in told:
        assert remark.span is not None
        assert start <= remark.span.start < remark.span.end <= start + len(case.text)
        assert str(remark.about) == "invisible-text"


def test_a_text_full_of_it_is_told_in_few_words() -> None:
    told = remarks(Document("a.md", "a\u200b" * 1000))
    assert len(told) == MOST + 1
    assert told[-1].text == f"{1000 - MOST} more stretches of the text are of characters that nobody sees"


def test_the_quick_look_sees_whatever_may_be_hidden() -> None:
    hidden = [c for c in map(chr, range(0xE0200)) if re.search(_HIDDEN, f"a{c}{c}a")]
    assert [c for c in hidden if _SUSPICIOUS.search(c) is None] == []
    assert hidden


def test_all_of_them_through_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The orders change nothing else either: no key, no address, no exit code but that of what was found."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    answers = {
        number: always(http(completion(_answer(number, case), "json_schema"))) for number, case in enumerate(CASES, 1)
    }
    for number, case in enumerate(CASES, 1):
        Path(f"{number}.md").write_text(_document(number, case).text, encoding="utf-8")
    with Rude(always(http(b"null")), answers).running() as server:
        told = run(server, [f"{number}.md" for number in answers], capsys, "--jobs", "10")
    entries = json.loads(told.out)["documents"]
    assert [entry["path"] for entry in entries if entry["status"] != "audited"] == []
    assert told.exit in {1, 3}
    for text in (told.out, told.err):
        assert KEY not in text
        assert not {"\x1b", "\b", "\u202e", "\u200b", "\U000e0041"} & set(text)
    kept = {number: json.loads(Path(f".audit/{number}.md.json").read_text(encoding="utf-8")) for number in answers}
    assert {number: "".join(one["answer"]) for number, one in kept.items()} == {
        number: _answer(number, case) for number, case in enumerate(CASES, 1)
    }
