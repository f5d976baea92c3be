"""Tests of recordings: where they are, what they say, and everything a file in their place can be instead."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from auditor import aside
from auditor.document import Document, Row, Span
from auditor.errors import ExtractionError, RecordingInvalid, RecordingMissing
from auditor.recordings import LIMIT, Recording, Store
from auditor.transcript import Turn

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWER = '{"values": [{"written": "1.75"},{"written": "~0.3"}],"claims":\n [["a"],["b\u202eé"]]}\n'

PRINTED = """\
{
 "format": "audit-recording/1",
 "document": "a.md",
 "document_sha256": "%s",
 "prompt_sha256": "p",
 "schema_sha256": "s",
 "model_asked": "small",
 "model_answered": "small-2026-01-01",
 "parameters": {
  "mode": "json_schema",
  "temperature": 0
 },
 "usage": {
  "completion_tokens": 7,
  "prompt_tokens": 12
 },
 "answer": [
  "{\\"values\\": [{\\"written\\": \\"1.75\\"},",
  "{\\"written\\": \\"~0.3\\"}],",
  "\\"claims\\":\\n",
  " [[\\"a\\"],",
  "[\\"b\\u202eé\\"]]}\\n"
 ]
}
"""


def recording_of(document: Document, answer: str = ANSWER) -> Recording:
    return Recording(
        document=Path(document.path).name,
        document_sha256=document.digest,
        prompt_sha256="p",
        schema_sha256="s",
        model_asked="small",
        model_answered="small-2026-01-01",
        parameters={"temperature": 0, "mode": "json_schema"},
        usage={"prompt_tokens": 12, "completion_tokens": 7},
        answer=answer,
    )


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Document:
    monkeypatch.chdir(tmp_path)
    return Document("a.md", "A reaches 1.75.\n")


# -- where --------------------------------------------------------------------------------------------------

PLACES = {
    "beside": (None, "a.md", "/p/docs/.audit/a.md.json"),
    "beside, below": (None, "deep/a.md", "/p/docs/deep/.audit/a.md.json"),
    "beside, absolute": (None, "/q/a.md", "/q/.audit/a.md.json"),
    "mirrored": ("/p", "a.md", "/p/fixtures/docs/a.md.json"),
    "mirrored, above": ("/p", "../a.md", "/p/fixtures/a.md.json"),
    "mirrored, roundabout": ("/p", "x/../../docs/./a.md", "/p/fixtures/docs/a.md.json"),
    "mirrored, absolute": ("/p", "/p/b/a.md", "/p/fixtures/b/a.md.json"),
    "outside": ("/p", "/q/a.md", "/q/.audit/a.md.json"),
    "outside, like-named": ("/p", "/project/a.md", "/project/.audit/a.md.json"),
    "no suffix": ("/p", "README", "/p/fixtures/docs/README.json"),
    "odd names": ("/p", "a b\n[x].md", "/p/fixtures/docs/a b\n[x].md.json"),
}


@pytest.mark.parametrize("name", PLACES)
def test_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root, path, place = PLACES[name]
    monkeypatch.setattr("os.getcwd", lambda: "/p/docs")
    store = Store() if root is None else Store(Path(root, "fixtures"), Path(root))
    assert store.place(path) == Path(place)


def test_place_through_links(tmp_path: Path) -> None:
    (tmp_path / "real" / "docs").mkdir(parents=True)
    (tmp_path / "other.md").write_text("text", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "docs" / "linked.md").symlink_to(tmp_path / "other.md")
    store = Store(tmp_path / "real" / "fixtures", tmp_path / "real")
    assert store.place(str(tmp_path / "link" / "docs" / "linked.md")) == (
        tmp_path / "real" / "fixtures" / "docs" / "linked.md.json"
    )
    assert Store(tmp_path / "link" / "fixtures", tmp_path / "link").place(str(tmp_path / "real" / "a.md")) == (
        tmp_path / "link" / "fixtures" / "a.md.json"
    )


# -- what ---------------------------------------------------------------------------------------------------


def test_the_file(document: Document) -> None:
    place = Store().save(document, recording_of(document))
    assert place == Path.cwd() / ".audit" / "a.md.json"
    assert place.read_text(encoding="utf-8") == PRINTED % document.digest
    assert Store().load(document) == recording_of(document)


def test_saving_again_changes_no_byte(document: Document) -> None:
    first = Store().save(document, recording_of(document)).read_bytes()
    assert Store().save(document, Store().load(document)).read_bytes() == first


# Lone surrogates come of JSON escapes: a model may send them, and a high one may stand before a low one.
UNICODE = st.text(st.characters(exclude_categories=()) | st.sampled_from('{}[],"\\\n\r\ud83d\ude00\u2028\x00\x85'))


@given(UNICODE)
def test_the_answer_comes_back_letter_for_letter(tmp_path_factory: pytest.TempPathFactory, answer: str) -> None:
    document = Document(str(tmp_path_factory.getbasetemp() / "round.md"), "text")
    place = Store().save(document, recording_of(document, answer))
    assert Store().load(document).answer == answer
    printed = place.read_text(encoding="utf-8").replace("\n", "")
    assert printed.isprintable() or all(character not in printed for character in "\x00\x1b\x85\u2028\u202e\ufeff")


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@given(st.dictionaries(st.text(), SCALARS))
def test_parameters_come_back(
    tmp_path_factory: pytest.TempPathFactory, parameters: dict[str, str | int | float | bool | None]
) -> None:
    document = Document(str(tmp_path_factory.getbasetemp() / "parameters.md"), "text")
    Store().save(document, replace(recording_of(document), parameters=parameters))
    assert Store().load(document).parameters == parameters


def test_stale() -> None:
    recording = recording_of(Document("a.md", "text"))
    assert [recording.is_stale(*digests) for digests in (("p", "s"), ("q", "s"), ("p", "t"), ("s", "p"))] == [
        False,
        True,
        True,
        True,
    ]


# -- what is there instead ----------------------------------------------------------------------------------


def test_none(document: Document) -> None:
    with pytest.raises(RecordingMissing) as caught:
        Store().load(document)
    assert (caught.value.message, caught.value.hint) == (
        "no answer of a model is recorded for a.md",
        "record it: audit --record a.md",
    )


def test_a_file_where_the_folder_should_be(document: Document) -> None:
    Path(".audit").write_text("", encoding="utf-8")
    with pytest.raises(RecordingMissing, match=r"^no answer of a model is recorded for a\.md$"):
        Store().load(document)
    with pytest.raises(ExtractionError) as caught:
        Store().save(document, recording_of(document))
    refused = f"the answer for a.md cannot be kept in {Store().place('a.md')}: File exists; it is in "
    assert caught.value.message.startswith(refused)


def test_recorded_for_another_text(document: Document) -> None:
    place = Store().save(document, recording_of(document))
    with pytest.raises(RecordingMissing) as caught:
        Store().load(Document("a.md", "A reaches 1.76.\n"))
    assert (caught.value.message, caught.value.hint) == (
        f"a.md has changed since the answer in {place} was recorded",
        "record it: audit --record a.md",
    )


def test_recorded_for_another_document(document: Document) -> None:
    place = Store().save(document, replace(recording_of(document), document="b.md", document_sha256="0"))
    with pytest.raises(RecordingMissing) as caught:
        Store().load(document)
    assert caught.value.message == f"the recording {place} is of another document, b.md, not of a.md"


def test_moved_along_with_its_document(document: Document) -> None:
    Store().save(document, recording_of(document)).rename(".audit/b.md.json")
    assert Store().load(Document("b.md", document.text)) == recording_of(document)


HINTS = {
    "a.md": "record it: audit --record a.md",
    "my report.md": "record it: audit --record 'my report.md'",
    "it's $(rm).md": "record it: audit --record 'it'\"'\"'s $(rm).md'",
    "-x.md": "record it: audit --record -- -x.md",
    "--format.md": "record it: audit --record -- --format.md",
    "a\nb": "record it: audit --record 'a\nb'",
}


@pytest.mark.parametrize("path", HINTS)
def test_hint(path: str) -> None:
    assert Store().hint(Document(path, "")) == HINTS[path]


# -- rows of data sets -----------------------------------------------------------------------------------------


def row_of(file: str, identity: str, text: str = "A is 3.") -> Document:
    row = Row(file, identity, 1, ("--text-column", "my text", "--id-column", "id"))
    return Document(f"{file}#{identity}", text, row=row)


def test_rows_share_a_folder_in_which_each_has_a_name_of_its_own(tmp_path: Path) -> None:
    store = Store(tmp_path / "fixtures", tmp_path)
    data = str(tmp_path / "data" / "d.jsonl")
    documents = [row_of(data, identity, identity) for identity in ("7", "a/b", "A", "a", "../../x")]
    for document in documents:
        store.save(document, replace(recording_of(document), answer=document.text))
    assert [store.load(document).answer for document in documents] == ["7", "a/b", "A", "a", "../../x"]
    folder = tmp_path / "fixtures" / "data" / "d.jsonl"
    assert sorted(path.name for path in folder.iterdir()) == [
        "7.json", "a-b~c14cddc033f64b9d.json", "a.json", "a~559aead08264d579.json", "x~9cdf6a50100a862e.json",
    ]  # fmt: skip
    assert Store().place_of(row_of("d.jsonl", "7")) == Path.cwd() / ".audit" / "d.jsonl" / "7.json"


def test_hint_for_a_row() -> None:
    assert Store().hint(row_of("-d.jsonl", "7")) == (
        "record it: audit --record --text-column 'my text' --id-column id -- -d.jsonl"
    )


def test_a_row_that_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = Store().save(row_of("d.csv", "7"), replace(recording_of(row_of("d.csv", "7")), document="d.csv#7"))
    with pytest.raises(RecordingMissing) as caught:
        Store().load(row_of("d.csv", "7", "A is 4."))
    assert caught.value.message == f"d.csv#7 has changed since the answer in {place} was recorded"


def edited(change: Callable[[dict[str, object]], object]) -> Callable[[str], bytes]:
    def apply(printed: str) -> bytes:
        content = json.loads(printed)
        change(content)
        return json.dumps(content).encode()

    return apply


DAMAGED: dict[str, tuple[Callable[[str], bytes], str]] = {
    "empty": (lambda _: b"", "it is not JSON, or is cut short, at line 1"),
    "truncated": (
        lambda printed: printed[: printed.index("usage")].encode(),
        "it is not JSON, or is cut short, at line 13",
    ),
    "not JSON": (lambda _: b"<html>", "it is not JSON, or is cut short, at line 1"),
    "byte-order mark": (
        lambda printed: b"\xef\xbb\xbf" + printed.encode(),
        "it is not JSON, or is cut short, at line 1",
    ),
    "two in one": (
        lambda printed: printed.encode() * 2,
        "it is not JSON, or is cut short, at line 25",
    ),
    "Latin-1": (lambda printed: printed.encode("latin-1"), "it is not UTF-8 at byte 518"),
    "a list": (lambda _: b"[]", "it is not a JSON object"),
    "null": (lambda _: b"null", "it is not a JSON object"),
    "nested": (lambda _: b"[" * 200_000, "it is nested too deeply"),
    "digits": (lambda _: b'{"usage": ' + b"9" * 5000 + b"}", "it holds a number of too many digits"),
    "NaN": (lambda _: b'{"usage": NaN}', "NaN is not a number"),
    "minus infinity": (lambda _: b'{"usage": -Infinity}', "-Infinity is not a number"),
    "key twice": (
        lambda printed: printed.replace('"answer"', '"answer": [],\n "answer"').encode(),
        "a key is given twice in one object, so that one of its values would be lost",
    ),
    "key twice, within": (
        lambda printed: printed.replace('"mode"', '"temperature": 1, "mode"').encode(),
        "a key is given twice in one object, so that one of its values would be lost",
    ),
    "no format": (edited(lambda content: content.pop("format")), "its format is not audit-recording/1"),
    "later format": (
        edited(lambda content: content.update(format="audit-recording/2")),
        "its format is not audit-recording/1",
    ),
    "bare object": (lambda _: b"{}", "its format is not audit-recording/1"),
    "no document": (edited(lambda content: content.pop("document")), '"document" is missing'),
    "no answer": (edited(lambda content: content.pop("answer")), '"answer" is missing'),
    "verdict": (edited(lambda content: content.update(verdict="supported")), 'it has an unknown key, "verdict"'),
    "long key": (
        edited(lambda content: content.update({"\x1b" + "k" * 99: 0})),
        'it has an unknown key, "\\u001b' + "k" * 39 + '"',
    ),
    "number for text": (edited(lambda content: content.update(model_asked=5)), '"model_asked" is not a string'),
    "null for text": (edited(lambda content: content.update(schema_sha256=None)), '"schema_sha256" is not a string'),
    "answer as text": (edited(lambda content: content.update(answer="{}")), '"answer" is not a list of strings'),
    "answer as object": (edited(lambda content: content.update(answer={})), '"answer" is not a list of strings'),
    "answer of numbers": (edited(lambda content: content.update(answer=[1])), '"answer" is not a list of strings'),
    "usage as list": (edited(lambda content: content.update(usage=[])), '"usage" is not an object of whole numbers'),
    "usage of truths": (
        edited(lambda content: content.update(usage={"tokens": True})),
        '"usage" is not an object of whole numbers',
    ),
    "usage of fractions": (
        edited(lambda content: content.update(usage={"tokens": 1.5})),
        '"usage" is not an object of whole numbers',
    ),
    "parameters as text": (
        edited(lambda content: content.update(parameters="none")),
        '"parameters" is not an object of plain values',
    ),
    "nested parameters": (
        edited(lambda content: content.update(parameters={"a": {"b": 1}})),
        '"parameters" is not an object of plain values',
    ),
}


def why_invalid(document: Document) -> tuple[str, str]:
    with pytest.raises(RecordingInvalid) as caught:
        Store().load(document)
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged(name: str, document: Document) -> None:
    damage, reason = DAMAGED[name]
    place = Store().save(document, recording_of(document))
    place.write_bytes(damage(place.read_text(encoding="utf-8")))
    assert why_invalid(document) == (
        f"the recording {place} is not usable: {reason}",
        "record it: audit --record a.md",
    )


def test_no_file_of_its_own(document: Document) -> None:
    place = Store().place(document.path)
    place.mkdir(parents=True)
    assert why_invalid(document)[0] == f"the recording {place} is not usable: it is a folder"
    place.rmdir()
    os.mkfifo(place)
    assert why_invalid(document)[0] == f"the recording {place} is not usable: it is not a regular file"
    place.unlink()
    place.symlink_to(place.name)
    assert why_invalid(document)[0] == f"the recording {place} cannot be read: Too many levels of symbolic links"
    place.unlink()
    with place.open("wb") as file:
        file.truncate(LIMIT + 1)
    assert why_invalid(document)[0] == f"the recording {place} is not usable: it is larger than 64 MB"


@given(cut=st.integers(0, 600), byte=st.binary(max_size=3))
def test_any_damage_is_told(tmp_path_factory: pytest.TempPathFactory, cut: int, byte: bytes) -> None:
    document = Document(str(tmp_path_factory.getbasetemp() / "damage.md"), "text")
    place = Store().save(document, recording_of(document))
    whole = place.read_bytes()
    place.write_bytes(whole[:cut] + byte + whole[cut + len(byte) :])
    try:
        loaded = Store().load(document)
    except ExtractionError as error:
        told = error.message
    else:
        told = f"{place} of {loaded.document_sha256}"
    assert told.startswith((f"the recording {place} ", f"{document.path} has changed", f"{place} of {document.digest}"))


# -- writing ------------------------------------------------------------------------------------------------


def test_permissions_are_the_usual_ones(document: Document) -> None:
    before = os.umask(0o027)
    try:
        place = Store().save(document, recording_of(document))
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_what_was_there(step: str, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Store().save(document, recording_of(document))
    before = place.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(ExtractionError) as caught:
        Store().save(document, recording_of(document, "another answer"))
    assert (caught.value.message, caught.value.hint) == (
        f"the answer for a.md cannot be kept in {place}: No space left on device",
        "make room or make the folder writable, then record it again",
    )
    assert {file.name: file.read_bytes() for file in place.parent.iterdir()} == {place.name: before}


def test_an_interruption_leaves_what_was_there(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Store().save(document, recording_of(document))
    assert list(Path(".audit").iterdir()) == []


def test_a_folder_in_the_way(document: Document) -> None:
    place = Store().place(document.path)
    place.mkdir(parents=True)
    with pytest.raises(ExtractionError, match=r"cannot be kept in .*: Is a directory; it is in "):
        Store().save(document, recording_of(document))
    assert list(place.parent.iterdir()) == [place]


def test_a_name_as_long_as_names_may_be(document: Document) -> None:
    longest = Document("n" * 250, document.text)
    Store().save(longest, recording_of(longest))
    assert Store().load(longest) == recording_of(longest)
    with pytest.raises(ExtractionError, match=r": File name too long; it is in "):
        Store().save(Document("n" * 255, "text"), recording_of(longest))


def test_replay_loads_no_client_and_no_pydantic() -> None:
    program = "import sys, auditor.recordings, auditor.sources, auditor.config; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()}
    assert loaded & {"openai", "instructor", "pydantic", "typer", "rich", "asyncio"} == set()


# -- answers that are none ------------------------------------------------------------------------------------

REJECTED = """\
{
 "format": "audit-rejected/1",
 "document": "a.md",
 "why": "it is cut short",
 "answer": [
  "{\\"values\\": [\\u001b]\\n",
  ",{"
 ]
}
"""


def test_a_rejected_answer_is_kept_apart_and_out_of_git(tmp_path: Path) -> None:
    document = Document(str(tmp_path / "a.md"), "A is 1.75.\n")
    place = aside.reject(Store(), document, '{"values": [\x1b]\n,{', "it is cut short")
    assert place == tmp_path / ".audit" / ".rejected" / "a.md.json"
    assert place.read_text(encoding="utf-8") == REJECTED
    assert (place.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"
    with pytest.raises(RecordingMissing):
        Store().load(document)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    Store().save(document, recording_of(document))
    seen = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=tmp_path, check=True, capture_output=True)
    assert seen.stdout.decode() == "?? .audit/a.md.json\n"


def test_a_rejected_answer_replaces_the_one_before_and_no_gitignore_of_yours(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept", tmp_path)
    document = Document(str(tmp_path / "docs" / "a.md"), "A is 1.75.\n")
    folder = tmp_path / "kept" / "docs" / ".rejected"
    folder.mkdir(parents=True)
    (folder / ".gitignore").write_text("# ours\n*\n", encoding="utf-8")
    aside.reject(store, document, "one", "first")
    place = aside.reject(store, document, "two", "second")
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "a.md.json"]
    assert json.loads(place.read_text(encoding="utf-8"))["answer"] == ["two"]
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "# ours\n*\n"


@pytest.mark.parametrize("folder", [aside.REJECTED, aside.UNFINISHED])
def test_what_is_put_aside_and_has_no_place_is_not_thrown_away(
    folder: str, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".audit").mkdir()
    Path(".audit", folder).write_text("a file where the folder should be", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    turn = Turn(1, "values", Span(0, 1), "one")

    def put() -> None:
        if folder == aside.REJECTED:
            aside.reject(Store(), document, "one", "first")
        else:
            aside.Unfinished(Store(), document, ["m"]).add(turn)

    with pytest.raises(ExtractionError) as caught:
        put()
    (kept,) = (tmp_path / "temporary").iterdir()
    place = Store().place(document.path).parent / folder / "a.md.json"
    assert (caught.value.message, caught.value.hint) == (
        f"what was answered about a.md cannot be kept in {place}: File exists; it is in {kept} instead",
        "make room or make the folder writable, then move it there",
    )
    place.parent.unlink()
    place.parent.mkdir()
    kept.rename(place)
    if folder == aside.REJECTED:
        assert json.loads(place.read_bytes())["answer"] == ["one"]
    else:
        assert aside.Unfinished(Store(), document, ["m"]).turns == (turn,)
