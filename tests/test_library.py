"""Tests of the library: what its pages show, what it raises and never raises, and what importing it costs."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import auditor
from auditor import (
    Answered,
    Audited,
    Document,
    ExtractionError,
    NotAudited,
    Store,
    audit,
    formats,
    library,
    recordings_of,
)
from auditor.cli import main
from auditor.errors import ModelFailed, UsageError
from auditor.formats import RenderOptions
from auditor.report import Report
from tests.cases import reading

ROOT = Path(__file__).parents[1]
SEED = "seeds/000_a620958fcbd0573b.txt"
NOTHING = json.dumps(reading("", [], []))


@pytest.fixture(autouse=True)
def _project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_example_of_the_function_runs() -> None:
    assert doctest.testmod(library) == (0, 4)


def test_the_page_runs() -> None:
    done = doctest.testfile("../docs/library.md", encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.failed == 0
    assert done.attempted > 10


def test_the_command_says_what_the_library_says(capsys: pytest.CaptureFixture[str]) -> None:
    result = audit(SEED, recordings=recordings_of(ROOT))
    main(["--format", "json", "--offline", SEED])
    assert capsys.readouterr().out == formats.render("json", Report((result,)), RenderOptions())


def test_a_text_at_hand_is_that_of_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("B", encoding="utf-8")
    result = audit("a.md", "\ufeffA is 3.\r\n", answer=NOTHING)
    assert isinstance(result, Audited)
    assert result.document == Document("a.md", "A is 3.\n")
    result = audit(Path("a.md"), answer=NOTHING)
    assert isinstance(result, Audited)
    assert result.document == Document("a.md", "B")


REFUSED = {
    "no file": (("gone.md",), "gone.md does not exist"),
    "empty": (("a.md", ""), "a.md is empty"),
    "NUL": (("a.md", "a\0"), "a.md is binary, not text: there is a NUL at byte 1"),
    "half a character": (("a.md", "\ud800"), "a.md is not UTF-8: byte 0xED at offset 0 (line 1) fits no character"),
    "no recording": (("a.md", "A"), "no answer of a model is recorded for a.md"),
    "no name": (("", "A"), "no answer of a model is recorded for "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_audited_is_a_result(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, message = REFUSED[case]
    result = audit(*arguments)
    assert isinstance(result, NotAudited)
    assert (result.path, result.error.message) == (arguments[0], message)


def test_bytes_are_no_path() -> None:
    with pytest.raises(TypeError, match="a path is text, not bytes"):
        audit(b"a.md", "A")  # type: ignore[arg-type]


def test_a_model_is_asked_where_nothing_is_recorded_and_somebody_is_told_to(tmp_path: Path) -> None:
    asked: list[Document] = []

    def ask(document: Document) -> Answered:
        asked.append(document)
        return Answered(NOTHING, "m-1", stale=False)

    result = audit("a.md", "A is 3.", recordings=Store(tmp_path, tmp_path), ask=ask)
    assert isinstance(result, Audited)
    assert (result.model, asked) == ("m-1", [Document("a.md", "A is 3.")])
    audit(SEED, recordings=recordings_of(ROOT), ask=ask)
    audit("a.md", "A is 4.", answer=NOTHING, ask=ask)
    audit("a.md", "", ask=ask)
    assert asked == [Document("a.md", "A is 3.")]


def test_a_model_that_fails_is_a_result(tmp_path: Path) -> None:
    def ask(document: Document) -> Answered:
        message = f"the model is silent about {document.path}"
        raise ModelFailed(message, hint="ask again")

    result = audit("a.md", "A", recordings=Store(tmp_path, tmp_path), ask=ask)
    assert isinstance(result, NotAudited)
    assert isinstance(result.error, ExtractionError)
    assert result.error.message == "the model is silent about a.md"


def test_a_project_whose_configuration_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("colour = 1\n", encoding="utf-8")
    with pytest.raises(UsageError):
        recordings_of(tmp_path)


def test_every_public_name_is_there_and_frozen() -> None:
    for name in auditor.__all__:
        assert getattr(auditor, name).__name__ == name
    assert {*auditor.__all__} <= {*dir(auditor)}
    result = audit(SEED, recordings=recordings_of(ROOT))
    for frozen in (result, result.judgements[0], result.judgements[0].verdict):
        with pytest.raises(AttributeError):
            frozen.kind = "x"  # type: ignore[misc, union-attr]
    with pytest.raises(AttributeError, match="module 'auditor' has no attribute 'judge'"):
        _ = auditor.judge


def test_importing_it_loads_nothing_and_auditing_no_client() -> None:
    program = f"""
import sys
before = set(sys.modules)
import auditor
print(sorted(set(sys.modules) - before))
from auditor import audit, recordings_of
audit({SEED!r}, recordings=recordings_of("."))
print(sorted({{"openai", "instructor", "pydantic", "typer", "rich", "pyarrow", "pathspec", "glob"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "['__future__', 'auditor']\n[]\n"
