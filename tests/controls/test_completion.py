"""Completion: what a shell is offered, in the shells' own protocols, and the pages of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor import cli, formats, settings, vocabulary
from auditor.command import completion
from auditor.report import Exit

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    ("", list(vocabulary.names())),
    ("comp", ["comparison"]),
    ("trend,comp", ["trend,comparison"]),
    ("comparison,comp", []),
    ("conclusion,ma", ["conclusion,magnitude"]),
    ("nothing", []),
]


@pytest.mark.parametrize(("typed", "offered"), NAMES)
def test_names(typed: str, offered: list[str]) -> None:
    assert completion.names(typed) == offered


def test_forms() -> None:
    assert completion.forms("") == list(formats.names())
    assert completion.forms("js") == ["json", "jsonl"]


def test_everything_offered_for_explain_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    offered = completion.explained("")
    assert set(offered) == {*vocabulary.names(), *settings.names()}
    for name in offered:
        assert cli.main(["--explain", name]) == Exit.CLEAN
        assert capsys.readouterr().out.startswith(f"{name}\n\n")


def test_the_page_of_a_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--explain", "strict"]) == Exit.CLEAN
    assert capsys.readouterr().out == (
        "strict\n\n"
        "Whether unverifiable claims, and suppressions that suppress nothing, end the run\nwith 1 as `--strict` does.\n\n"
        "A setting: true or false.\nWithout it: false.\n\n  strict = true\n"
    )


def test_the_page_of_a_tolerance(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--explain", "nearly"]) == Exit.CLEAN
    assert capsys.readouterr().out == (
        "nearly\n\nHow far “nearly x” reaches below x, as a share of x.\n\n"
        "A tolerance. Without it: 0.1.\n\n  tolerances = { nearly = 0.1 }\n"
    )


def test_a_home_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    assert cli.main(["--install-completion", "bash"]) == Exit.USAGE
    assert capsys.readouterr().err == (
        "error: the completion cannot be installed: File exists\n"
        "hint: print it with --show-completion, and put it where your shell looks\n"
    )


WORDS = [
    ("audit --ignore trend,pea", "trend,peak"),
    ("audit --select causa", "causal"),
    ("audit --format jun", "junit"),
    ("audit --show supp", "suppressed"),
    ("audit --explain per-", "per-file-ignores"),
]


@pytest.mark.parametrize(("words", "offered"), WORDS)
def test_in_bash(words: str, offered: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("_AUDIT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", "2")
    assert cli.main([]) == Exit.CLEAN
    assert capsys.readouterr().out.split() == [offered]
