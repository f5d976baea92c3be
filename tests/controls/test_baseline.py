"""Baselines: what is accepted, what is new, what is gone, and files that are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from auditor.acceptance.baseline import FORMAT, Baseline, Known, Update, load, save, updated
from auditor.document import Document, Span
from auditor.errors import InputError, UsageError
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.judgement import By, Judgement, Suppression
from auditor.report import About, Audited, NotAudited, Report

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.exact.verdict import Verdict

EMPTY = Baseline("/p")
ACCEPTED = Suppression(By.BASELINE, "accepted before")


def _entry(text: str, *found: tuple[str, str, Verdict], path: str = "a.md") -> Audited:
    judgements, after = [], 0
    for kind, quote, verdict in found:
        after = text.index(quote, after)
        judgements.append(Judgement(kind, verdict, quote, Span(after, after + len(quote))))
        after += 1
    return Audited(Document(path, text), tuple(judgements), (), (), "m")


RISES = ("trend", "A rises", CONTRADICTED)
LEADS = ("comparison", "B leads", unverifiable(Reason.VAGUE))
HOLDS = ("comparison", "C is 3", SUPPORTED)
BEFORE = _entry("A rises. B leads. C is 3.\n", RISES, LEADS, HOLDS)


def _updated(entry: Audited, old: Baseline = EMPTY, *, strict: bool = False) -> Update:
    return updated(old, Report((entry,)), ["/p/a.md"], strict=strict)


BASELINE = _updated(BEFORE).baseline
STRICT = _updated(BEFORE, strict=True).baseline

# A later state of the document, the baseline, what is accepted of it, and how many entries are stale.
LATER: dict[str, tuple[Audited, Baseline, list[str], int]] = {
    "the same": (BEFORE, BASELINE, ["A rises"], 0),
    "the same, strictly": (BEFORE, STRICT, ["A rises", "B leads"], 0),
    "lines before it": (_entry("New.\n\nMore.\n\nA rises. B leads.\n", RISES, LEADS), BASELINE, ["A rises"], 0),
    "another sentence beside it": (_entry("A rises. B is not.\n", RISES), BASELINE, ["A rises"], 0),
    "a second one": (_entry("A rises. X.\n\nA rises. Y.\n", RISES, RISES), BASELINE, ["A rises"], 0),
    "changed words": (_entry("A rises a lot.\n", RISES), BASELINE, [], 1),
    "another kind": (_entry("A rises.\n", ("peak", "A rises", CONTRADICTED)), BASELINE, [], 1),
    "mended": (_entry("A rises.\n", ("trend", "A rises", SUPPORTED)), BASELINE, [], 1),
    "no longer unverifiable but contradicted": (
        _entry("B leads.\n", ("comparison", "B leads", CONTRADICTED)),
        Baseline("/p", tuple(one for one in STRICT.known if one.quote == "B leads")),
        [],
        1,
    ),
    "another document": (replace(BEFORE, document=Document("b.md", BEFORE.document.text)), Baseline("/p/sub", BASELINE.known), [], 0),
    "nothing accepted": (BEFORE, EMPTY, [], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", LATER)
def test_later(name: str) -> None:
    entry, baseline, accepted, stale = LATER[name]
    applied = baseline.apply(entry, "/p/a.md")
    assert [one.quote for one in applied.judgements if one.suppression == ACCEPTED] == accepted
    assert [remark.about for remark in applied.remarks] == [About.BASELINE_STALE] * stale


def test_what_is_gone_is_named() -> None:
    (remark,) = BASELINE.apply(_entry("All is well.\n"), "/p/a.md").remarks
    assert (remark.text, remark.hint, remark.span) == (
        "the baseline accepts a contradicted trend that is no longer found: “A rises”",
        "write it anew with --write-baseline",
        None,
    )


def test_of_a_document_that_nobody_has_read_nothing_is_gone() -> None:
    entry = NotAudited("a.md", InputError("x", hint="y"), Document("a.md", "A rises.\n"))
    assert BASELINE.apply(entry, "/p/a.md").remarks == ()


def test_what_a_comment_suppresses_is_neither_accepted_nor_gone() -> None:
    why = Suppression(By.COMMENT, "why")
    entry = replace(BEFORE, judgements=tuple(replace(one, suppression=why) for one in BEFORE.judgements))
    applied = BASELINE.apply(entry, "/p/a.md")
    assert applied.judgements == entry.judgements
    assert applied.remarks == ()
    assert _updated(entry) == Update(EMPTY, (), ())


def _quotes(known: tuple[Known, ...]) -> list[str]:
    return [one.quote for one in known]


def test_writing_it_anew_tells_what_it_adds_and_drops() -> None:
    after = _entry("B leads. A falls.\n", LEADS, ("trend", "A falls", CONTRADICTED))
    update = _updated(after, BASELINE)
    assert (_quotes(update.baseline.known), _quotes(update.added), _quotes(update.removed)) == (
        ["A falls"],
        ["A falls"],
        ["A rises"],
    )
    assert _updated(after, update.baseline) == Update(update.baseline, (), ())


def test_what_was_accepted_strictly_stays_without_being_strict() -> None:
    assert _updated(BEFORE, STRICT) == Update(STRICT, (), ())


@pytest.mark.parametrize("entry", [_entry("A.\n", path="b.md"), NotAudited("a.md", InputError("x", hint="y"))])
def test_what_is_accepted_of_documents_not_audited_stays(entry: Audited | NotAudited) -> None:
    update = updated(BASELINE, Report((entry,)), [f"/p/{entry.name}"], strict=False)
    assert update == Update(BASELINE, (), ())


FILE = """{
 "format": "audit-baseline/1",
 "findings": [
  {"document": "a.md", "fingerprint": "%s", "kind": "trend", "verdict": "contradicted", "quote": "A rises"}
 ]
}
"""


def test_the_file(tmp_path: Path) -> None:
    place = tmp_path / "b.json"
    save(place, BASELINE)
    assert place.read_text(encoding="utf-8") == FILE % BASELINE.known[0].fingerprint
    assert load(place) == Baseline(str(tmp_path), BASELINE.known)
    save(place, EMPTY)
    assert load(place) == Baseline(str(tmp_path))


def test_hostile_text_in_the_file(tmp_path: Path) -> None:
    one = Known('a"\n\x1b.md', "0", "trend", "contradicted", "\u202e\ud800##[error]::x")
    save(tmp_path / "b.json", Baseline("", (one,)))
    assert (tmp_path / "b.json").read_bytes().isascii()
    assert load(tmp_path / "b.json").known == (one,)


_MEND = "mend it, or remove it and write it anew with --write-baseline"
_ENTRY = {"document": "a", "fingerprint": "0", "kind": "trend", "verdict": "contradicted", "quote": "q"}
_KEYS = "document, fingerprint, kind, quote, verdict"
UNUSABLE = {
    "empty": (b"", "it is not JSON, or is cut short, at line 1"),
    "cut short": (f'{{"format": "{FORMAT}",\n"findings": ['.encode(), "it is not JSON, or is cut short, at line 2"),
    "Latin-1": (b'"\xe9"', "it is not UTF-8 at byte 1"),
    "nested": (b"[" * 100_000, "it is nested too deeply"),
    "digits": (b"1" * 5000, "it holds a number of too many digits"),
    "a list": (b"[]", "it is not a JSON object"),
    "a report": (b'{"version": 1}', "it is not a baseline of audit"),
    "another version": (
        b'{"format": "audit-baseline/2", "findings": {}}',
        'it is of another version, "audit-baseline/2"; this audit reads audit-baseline/1',
    ),
    "key twice": (
        b'{"format": 1, "format": 2}',
        "a key is given twice in one object, so that one of its values would be lost",
    ),
    "unknown key": (json.dumps({"format": FORMAT, "findings": [], "x": 1}).encode(), 'it has an unknown key, "x"'),
    "no findings": (json.dumps({"format": FORMAT}).encode(), '"findings" is not a list'),
    "finding that is none": (
        json.dumps({"format": FORMAT, "findings": [_ENTRY, 3]}).encode(),
        f"finding 2 is not an object of the strings {_KEYS}",
    ),
    "finding without a quote": (
        json.dumps({"format": FORMAT, "findings": [{key: _ENTRY[key] for key in ("document", "kind")}]}).encode(),
        f"finding 1 is not an object of the strings {_KEYS}",
    ),
    "finding with a number": (
        json.dumps({"format": FORMAT, "findings": [{**_ENTRY, "quote": 3}]}).encode(),
        f"finding 1 is not an object of the strings {_KEYS}",
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable(name: str, tmp_path: Path) -> None:
    data, why = UNUSABLE[name]
    place = tmp_path / "b.json"
    place.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        load(place)
    assert (caught.value.message, caught.value.hint) == (f"the baseline {place} is not usable: {why}", _MEND)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "b.json")
    assert caught.value.message == f"there is no baseline {tmp_path / 'b.json'}"
    with pytest.raises(UsageError) as caught:
        load(tmp_path)
    assert caught.value.message == f"the baseline {tmp_path} is not a file"


def test_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        save(tmp_path / "gone" / "b.json", EMPTY)
    assert (
        caught.value.message
        == f"the baseline {tmp_path / 'gone' / 'b.json'} cannot be written: No such file or directory"
    )
