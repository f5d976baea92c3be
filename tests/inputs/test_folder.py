"""Tests of folders: which files are documents, in which order, and what is told where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.inputs.folder import SUFFIXES, Chosen, documents_in
from auditor.inputs.source import Refused

FILES: dict[str, tuple[dict[str, str], list[str]]] = {
    "suffixes": (
        {"a.md": "", "b.MD": "", "c.py": "", "d.txt": "", "md": "", "e.rst": "", "f.html": "", "g.csv": ""},
        ["a.md", "b.MD", "d.txt", "e.rst", "f.html"],
    ),
    "folders in the order of their names": (
        {"b/z.md": "", "a.md": "", "c.md": "", "b/a/x.md": "", "b.md": ""},
        ["a.md", "b/a/x.md", "b/z.md", "b.md", "c.md"],
    ),
    "hidden": ({".hidden.md": "", ".audit/a.md": "", ".github/b.md": "", "c.md": ""}, ["c.md"]),
    "of others": (
        {"node_modules/x/readme.md": "", "env/pyvenv.cfg": "", "env/lib/licence.txt": "", "node_modules.md": ""},
        ["node_modules.md"],
    ),
    "ignored file": ({".gitignore": "a.md\n", "a.md": "", "b/a.md": "", "b/b.md": ""}, ["b/b.md"]),
    "ignored at the root alone": ({".gitignore": "/a.md\n", "a.md": "", "b/a.md": ""}, ["b/a.md"]),
    "ignored folder": ({".gitignore": "build/\n", "build/a.md": "", "docs/build/b.md": "", "c.md": ""}, ["c.md"]),
    "a file is no folder": ({".gitignore": "build.md/\n", "build.md": ""}, ["build.md"]),
    "taken back": ({".gitignore": "*.md\n!keep.md\n", "a.md": "", "keep.md": ""}, ["keep.md"]),
    "a folder left out is not looked into": ({".gitignore": "b/\n!b/keep.md\n", "b/keep.md": "", "a.md": ""}, ["a.md"]),
    "the nearest list weighs most": (
        {".gitignore": "*.md\n", "b/.gitignore": "!a.md\n", "b/a.md": "", "b/c.md": "", "a.md": "", "d.txt": ""},
        ["b/a.md", "d.txt"],
    ),
    "patterns": ({".gitignore": "draft-*\ndocs/**/old.md\n", "draft-1.md": "", "docs/a/b/old.md": "", "x.md": ""}, ["x.md"]),
    "comments and nonsense": ({".gitignore": "# x.md\n\n!\n/\nb.md\n", "x.md": "", "b.md": ""}, ["x.md"]),
    "names": (
        {"a b.md": "", "new\nline.md": "", "<b>.md": "", "\x1b[31m.md": "", "-.md": "", "#.md": ""},
        ["\x1b[31m.md", "#.md", "-.md", "<b>.md", "a b.md", "new\nline.md"],
    ),
}  # fmt: skip


def _write(files: dict[str, str]) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")


def _found(folder: str = ".", chosen: Chosen | None = None) -> list[str]:
    """The names, and what is said of what is refused."""
    return [
        f"! {found.error.message}" if isinstance(found, Refused) else found
        for found in documents_in(folder, chosen or Chosen())
    ]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git/info").mkdir(parents=True)


@pytest.mark.parametrize("case", FILES)
def test_what_is_found(case: str) -> None:
    files, expected = FILES[case]
    _write(files)
    assert _found() == expected


def test_lists_above_the_folder_count_up_to_the_checkout(tmp_path: Path) -> None:
    Path(".gitignore").write_text("*.txt\n", encoding="utf-8")
    _write(
        {"in/.git/HEAD": "", "in/.gitignore": "out.md\n", "in/docs/out.md": "", "in/docs/a.md": "", "in/docs/b.txt": ""}
    )
    assert _found("in/docs") == ["in/docs/a.md", "in/docs/b.txt"]
    assert _found(str(tmp_path / "in")) == [str(tmp_path / "in/docs/a.md"), str(tmp_path / "in/docs/b.txt")]


def test_what_a_checkout_excludes_without_telling_others() -> None:
    _write({".git/info/exclude": "mine.md\n", "mine.md": "", "ours.md": ""})
    assert _found() == ["ours.md"]


def test_what_the_configuration_says(tmp_path: Path) -> None:
    _write({".gitignore": "!CHANGES.md\n", "CHANGES.md": "", "docs/a.md": "", "docs/b.tex": "", "docs/old/c.tex": ""})
    chosen = Chosen((".md", ".tex"), ("CHANGES.md", "/docs/old/"), tmp_path)
    assert _found(".", chosen) == ["docs/a.md", "docs/b.tex"]
    assert _found("docs", chosen) == ["docs/a.md", "docs/b.tex"]
    assert _found("docs/old", Chosen((".tex",), ("/docs/old/",), tmp_path / "docs")) == ["docs/old/c.tex"]


def test_what_the_run_writes_is_no_document_of_it(tmp_path: Path) -> None:
    _write({"a.md": "", "report.md": ""})
    assert _found(".", Chosen(besides=frozenset({str(tmp_path / "report.md")}))) == ["a.md"]


def test_links() -> None:
    _write({"real/a.md": "", "b.md": ""})
    Path("real/loop").symlink_to("..")
    Path("real/endless.md").symlink_to("endless.md")
    Path("real/link.md").symlink_to("../b.md")
    Path("folder.md").symlink_to("real")
    Path("named").symlink_to("real")
    assert _found() == ["b.md", "real/a.md", "real/endless.md", "real/link.md"]
    assert _found("named") == ["named/a.md", "named/endless.md", "named/link.md"]


SUFFIX_LIST = ", ".join(SUFFIXES)


@pytest.mark.parametrize("files", [{}, {"in/a.py": ""}, {"in/.gitignore": "*\n", "in/a.md": ""}, {"in/.x/a.md": ""}])
def test_a_folder_without_a_document_says_so(files: dict[str, str]) -> None:
    Path("in").mkdir()
    _write(files)
    assert _found("in") == [f"! no document is in the folder in: no file whose name ends in {SUFFIX_LIST}"]


def test_a_folder_that_is_closed_is_told_and_the_rest_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    _write({"a/x.md": "", "b/y.md": "", "c.md": ""})
    scandir = os.scandir

    def closed(place: str) -> object:
        if place.endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return scandir(place)

    monkeypatch.setattr(os, "scandir", closed)
    assert _found() == ["a/x.md", "! the folder b cannot be looked into: Permission denied", "c.md"]


def test_any_depth() -> None:
    deep = Path(*["d"] * 1500)
    here = Path()
    for _ in range(15):
        here = here / Path(*["d"] * 100)
        here.mkdir(parents=True, exist_ok=True)
    (deep / "a.md").write_text("", encoding="utf-8")
    assert _found() == [str(deep / "a.md")]
    (deep / "a.md").unlink()
    os.removedirs(deep)  # nothing that pytest cleans up with looks that deep
