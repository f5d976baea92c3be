"""Tests of whole runs over folders, data sets and markup, as processes: encodings, closed pipes, no home, hostile names."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from auditor import formats, sources
from auditor.inputs.dataset import texts
from auditor.inputs.record import Columns
from auditor.recordings import Recording, Store
from tests.benchmarks.documents import sized
from tests.cases import reading, selector

if TYPE_CHECKING:
    from auditor.document import Document

ROOT = str(Path(__file__).parents[2])
COLUMNS = ("--text-column", "text", "--id-column", "id")
HOSTILE = "<b onload=x>\n\x1b[31m&\"' ##[error]x ::error::y.md"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()


def _audit(
    *arguments: str, data: bytes = b"", stdout: int | IO[bytes] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "auditor", *arguments],
        env={**os.environ, "PYTHONPATH": ROOT, **environment},
        input=data,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )


def _record(document: Document, answer: str) -> None:
    name = document.path.rpartition("/")[2]
    Store().save(document, Recording(name, document.digest, "p", "s", "m", "m-1", {}, {}, answer))


def _rows(file: str, count: int) -> None:
    """A data set with a recording for each of its rows."""
    lines = []
    for number in range(count):
        text = sized(6, 4, number)[0].text
        lines.append(json.dumps({"id": number, "text": text}))
    Path(file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for number, source in enumerate(texts(file, Columns("text", "id"))):
        _record(source.read(), sized(6, 4, number)[1])


def test_many_rows_in_their_order_from_as_many_processes_as_there_are() -> None:
    _rows("d.jsonl", 40)
    with Path("d.jsonl").open("a", encoding="utf-8") as file:
        file.write("x\n" + json.dumps({"id": 39, "text": "A"}) + "\n")
    done = _audit("--offline", "--format", "json", *COLUMNS, "d.jsonl")
    documents = json.loads(done.stdout)["documents"]
    assert (done.returncode, done.stderr) == (3, b"")
    assert [document["path"] for document in documents] == [
        *(f"d.jsonl#{number}" for number in range(40)),
        "d.jsonl:41",
        "d.jsonl:42",
    ]
    assert {document["status"] for document in documents[:40]} == {"audited"}
    assert [document["error"]["message"] for document in documents[40:]] == [
        "d.jsonl:41 is not JSON: Expecting value at column 1",
        "d.jsonl:42 has the 'id' of an earlier row, '39'",
    ]


def test_a_reader_who_has_seen_enough() -> None:
    _rows("d.jsonl", 20)
    command = f"'{sys.executable}' -m auditor --offline --format jsonl {' '.join(COLUMNS)} d.jsonl"
    script = f"set -o pipefail; {command} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        check=False,
        timeout=120,
    )
    first, code = done.stdout.decode().splitlines()
    assert json.loads(first)["path"] == "d.jsonl#0"
    assert (code, done.stderr) == ("1", b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("form", formats.names())
def test_ids_and_names_in_any_encoding_and_format(form: str, encoding: str) -> None:
    """Nothing of a name ends the line, steers the terminal or the build server."""
    Path(HOSTILE).write_text("A is 3.", encoding="utf-8")
    Path("d.jsonl").write_text(json.dumps({"id": f"漢 {HOSTILE}", "text": "A is 3."}), encoding="utf-8")
    done = _audit("--format", form, *COLUMNS, ".", "d.jsonl", PYTHONIOENCODING=encoding, PYTHONUTF8="0", COLUMNS="200")
    assert (done.returncode, done.stderr) == (3, b"")
    text = done.stdout.decode(encoding)
    assert "\x1b" not in text
    assert form == "github" or "##[error]" not in text  # a line that is a command already is searched for no other
    assert not any(line.lstrip().startswith("::error::") for line in text.splitlines())


@pytest.mark.parametrize("home", ["", "/nonexistent"])
def test_no_home(home: str) -> None:
    Path("a.md").write_text("A is 3.", encoding="utf-8")
    for arguments in ([".", "--format", "concise"], ["*.md", "--format", "concise"], ["~/x.md", "--format", "concise"]):
        done = _audit(*arguments, HOME=home, USER="", LOGNAME="")
        assert (done.returncode, done.stderr) == (3, b"")
        assert b"not-audited" in done.stdout


def test_standard_input_for_an_editor() -> None:
    document, answer = sized(6, 4)
    Path("docs").mkdir()
    _record(sources.decoded("docs/a.md", document.text.encode()), answer)
    done = _audit("--offline", "--format", "json", "--stdin-filename", "docs/a.md", "-", data=document.text.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    (found,) = json.loads(done.stdout)["documents"]
    assert (found["path"], found["status"]) == ("docs/a.md", "audited")


MARKED = {
    "a.html": "<h1>Runs</h1>\n<p>A takes <b>3.0</b>&nbsp;s.</p>\n<p>B takes 4.0&nbsp;s.</p>\n<p>A is\n  <i>slower</i> than B.</p>\n",
    "a.rst": "Runs\n====\n\nA takes **3.0** s.\n\nB takes 4.0 s.\n\n.. note::\n\n   A is\n   slower than B.\n",
}


@pytest.mark.parametrize("name", MARKED)
def test_markup_from_recording_to_report(name: str) -> None:
    Path(name).write_text(MARKED[name], encoding="utf-8")
    document = sources.read(name)
    bold = "3.0" if name == "a.html" else "**3.0**"
    space = "\u00a0" if name == "a.html" else " "
    assert document.text.splitlines()[:4] == ["# Runs", "", f"A takes {bold}{space}s.", ""]
    rows = [
        ("time", "A", "", "", "3.0", f"A takes {bold}{space}s"),
        ("time", "B", "", "", "4.0", f"B takes 4.0{space}s"),
    ]
    claim = {
        "kind": "comparison",
        "quote": "A is slower than B",
        "left": selector("time; A"),
        "relation": "greater",
        "right": selector("; B"),
        "over": None,
    }
    _record(document, json.dumps(reading(document.text, rows, [claim], better="lower", unit="s")))
    done = _audit("--offline", "--format", "json", name)
    (found,) = json.loads(done.stdout)["documents"]
    (judgement,) = [each for each in found["judgements"] if each["kind"] == "comparison"]
    assert judgement["verdict"] == "contradicted"
    place = judgement["span"]
    shown = MARKED[name][place["start"] : place["end"]]
    assert shown == {"a.html": "A is\n  <i>slower</i> than B", "a.rst": "A is\n   slower than B"}[name]
    assert (place["line"], place["column"]) == {"a.html": (4, 4), "a.rst": (10, 4)}[name]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_folder_has_the_documents_that_git_would_take() -> None:
    shutil.rmtree(".git")
    files = [
        "a.md",
        "b/c.md",
        "b/keep.md",
        "b/build/d.md",
        "e/.gitignore",
        "e/f.md",
        "e/g.md",
        "build/h.md",
        "i/j/k.rst",
        "l m.txt",
    ]
    for file in files:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text("A is 3.", encoding="utf-8")
    Path(".gitignore").write_text("build/\nb/*.md\n!b/keep.md\n/i/**/k.*\n*.txt\n!l m.txt\n", encoding="utf-8")
    Path("e/.gitignore").write_text("/f.md\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"], check=True, capture_output=True, text=True
    )
    documents = json.loads(_audit("--format", "json", ".").stdout)["documents"]
    assert [document["path"] for document in documents] == sorted(
        line for line in listed.stdout.splitlines() if not Path(line).name.startswith(".")
    )
