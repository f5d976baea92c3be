from __future__ import annotations

import errno
import html
import io
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import pytest
from msgspec.structs import replace

from auditor import __version__, cli, formats, kinds, prompt
from auditor.document import Document, Row
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.files import filename
from auditor.judgement import Judgement, Severity
from auditor.live import fetching
from auditor.llm.model import Answer
from auditor.parts.plan import Plan
from auditor.providers import DEFAULT_BASE_URL
from auditor.recordings import Recording, Store
from auditor.report import Audited, Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.llm.traffic import Traffic
    from auditor.providers import Server

ROOT = str(Path(__file__).parents[1])

# An answer is the words that say what becomes of the document: what the judge makes of real ones is tested elsewhere.
_JUDGED = {
    "true": Judgement("comparison", SUPPORTED, "A is 3", None),
    "false": Judgement("comparison", CONTRADICTED, "A is 4", None, severity=Severity.CONCLUSION),
    "vague": Judgement("uncheckable", unverifiable(Reason.VAGUE), "A is nice", None),
}


def _judge(document: Document, answer: str, *, model: str, stale: bool, **_: object) -> Audited:
    from auditor.extraction import AnswerError

    if answer == "bug":
        message = "a bug \x1b[31m in judging"
        raise RuntimeError(message)
    if answer == "interrupt":
        raise KeyboardInterrupt
    if answer == "other":
        message = "the answer is not JSON: Expecting value at character 0"
        raise AnswerError(message)
    return Audited(document, tuple(_JUDGED[word] for word in answer.split()), (), (), model, stale)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty project, and a judge that does what the answer says."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("auditor.pipeline.audit", _judge)


def _recording(text: str, answer: str) -> Recording:
    return Recording(
        document="a.md",
        document_sha256=Document("a.md", text).digest,
        prompt_sha256=prompt.digest(),
        schema_sha256=prompt.schema_digest(),
        model_asked="m",
        model_answered="m-1",
        parameters={},
        usage={},
        answer=answer,
    )


def _write(path: str, answer: str | None, text: str = "A is 3.\n", prompt_sha256: str | None = None) -> str:
    """A document and its recording."""
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    if answer is not None:
        made = replace(_recording(text, answer), document=Path(path).name)
        Store().save(Document(path, text), replace(made, prompt_sha256=prompt_sha256 or made.prompt_sha256))
    return path


def _run(*arguments: str) -> int:
    return cli.main(arguments)


# -- exit codes of what was audited ----------------------------------------------------------------------------

VERDICTS = [
    (["true"], [], Exit.CLEAN),
    (["true false"], [], Exit.CONTRADICTED),
    (["true vague"], [], Exit.CLEAN),
    (["true vague"], ["--strict"], Exit.CONTRADICTED),
    (["true"], ["--strict"], Exit.CLEAN),
    (["true", "false"], [], Exit.CONTRADICTED),
    (["true", ""], [], Exit.INCOMPLETE),
    (["false", ""], [], Exit.INCOMPLETE),
    (["false"], ["--show", "contradicted"], Exit.CONTRADICTED),
    (["vague"], ["--show", "contradicted"], Exit.CLEAN),
    (["bug"], [], Exit.INTERNAL),
    (["false", "bug"], [], Exit.INTERNAL),
    (["interrupt"], [], Exit.INTERRUPTED),
]


@pytest.mark.parametrize(("answers", "options", "expected"), VERDICTS)
@pytest.mark.parametrize("form", formats.names())
def test_exit_code(answers: list[str], options: list[str], expected: Exit, form: str) -> None:
    paths = [_write(f"{number}.md", answer) for number, answer in enumerate(answers)]
    assert _run(*options, "--format", form, *paths) == expected


def test_a_bug_is_a_traceback_without_effects(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(_write("a.md", "bug")) == Exit.INTERNAL
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Traceback (most recent call last):\n")
    assert err.endswith("RuntimeError: a bug \\u{1b}[31m in judging\nerror: this is a bug in audit; please report it\n")


# -- bad input: each is one block of the report, and the others are still audited -------------------------------


def _fifo() -> str:
    os.mkfifo("pipe")
    return "pipe"


def _folder() -> str:
    Path("folder").mkdir()
    return "folder"


def _forbidden() -> str:
    path = Path(_write("secret.md", "true"))
    path.chmod(0)
    return str(path)


def _bytes(data: bytes) -> Callable[[], str]:
    def make() -> str:
        Path("b.txt").write_bytes(data)
        return "b.txt"

    return make


def _large() -> str:
    with Path("large.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    return "large.txt"


def _recorded(content: str) -> Callable[[], str]:
    def make() -> str:
        _write("r.md", "true")
        Path(".audit/r.md.json").write_text(content, encoding="utf-8")
        return "r.md"

    return make


def _truncated() -> str:
    _write("r.md", "true")
    place = Path(".audit/r.md.json")
    place.write_text(place.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    return "r.md"


def _foreign() -> str:
    _write("other.md", "true", "Something else.\n")
    _write("r.md", "true")
    Path(".audit/other.md.json").replace(".audit/r.md.json")
    return "r.md"


def _changed() -> str:
    _write("r.md", "true")
    Path("r.md").write_text("A is 4.\n", encoding="utf-8")
    return "r.md"


NOT_AUDITED: dict[str, tuple[Callable[[], str], str, str]] = {
    "missing": (lambda: "gone.md", "gone.md does not exist", "check the spelling, and the folder it is looked for in"),
    "glob": (lambda: "*.rst", "*.rst matches no file", "check the pattern, and the folder it is used in"),
    "folder without a document": (
        _folder,
        "no document is in the folder folder: no file whose name ends in .htm, .html, .markdown, .md, .rst, .txt",
        "hidden files and what .gitignore or the configuration leaves out do not count; name such files themselves",
    ),
    "standard input without a name": (
        lambda: "-",
        "standard input has no name, and a recording is found by the name of its document",
        "name it: --stdin-filename report.md",
    ),
    "fifo": (_fifo, "pipe is a named pipe, not a text file", "save what it delivers to a file first"),
    "empty": (_bytes(b""), "b.txt is empty", "there is nothing to audit: leave it out, or write something into it"),
    "blank": (
        _bytes(b" \n\t\n"),
        "b.txt holds nothing but white space",
        "there is nothing to audit: leave it out, or write something into it",
    ),
    "binary": (
        _bytes(b"a\x00b"), "b.txt is binary, not text: there is a NUL at byte 1", "name a text file in UTF-8",
    ),
    "UTF-16": (
        _bytes("A is 3".encode("utf-16")),
        "b.txt is encoded in UTF-16 (little-endian), not in UTF-8",
        "convert it, for instance with iconv -f UTF-16 -t UTF-8",
    ),
    "Latin-1": (
        _bytes(b"Z\xfcrich"),
        "b.txt is not UTF-8: byte 0xFC at offset 1 (line 1) fits no character",
        "save it as UTF-8, for instance with iconv -f WINDOWS-1252 -t UTF-8",
    ),
    "50 MB": (_large, "large.txt is larger than 16 MB, the most that is audited", "split it, or leave it out"),
    "no recording": (
        lambda: _write("r.md", None), "no answer of a model is recorded for r.md", "record it: audit --record r.md",
    ),
    "changed": (
        _changed,
        "r.md has changed since the answer in {folder}/.audit/r.md.json was recorded",
        "record it: audit --record r.md",
    ),
    "foreign recording": (
        _foreign,
        "the recording {folder}/.audit/r.md.json is of another document, other.md, not of r.md",
        "record it: audit --record r.md",
    ),
    "truncated recording": (
        _truncated,
        "the recording {folder}/.audit/r.md.json is not usable: it is not JSON, or is cut short, at line 10",
        "record it: audit --record r.md",
    ),
    "hand-edited recording": (
        _recorded('{"format": "audit-recording/1", "verdict": "supported"}'),
        'the recording {folder}/.audit/r.md.json is not usable: "document" is missing',
        "record it: audit --record r.md",
    ),
    "not a recording": (
        _recorded("[]"),
        "the recording {folder}/.audit/r.md.json is not usable: it is not a JSON object",
        "record it: audit --record r.md",
    ),
    "another schema": (
        lambda: _write("r.md", "other"),
        "the answer recorded for r.md does not fit the schema: the answer is not JSON: Expecting value at character 0",
        "record it: audit --record r.md",
    ),
    "option-like name": (
        lambda: _write("./-r.md", None),
        "no answer of a model is recorded for ./-r.md",
        "record it: audit --record ./-r.md",
    ),
    "NUL in the name": (lambda: "a\0b", "a\0b cannot be the name of a file", "check the spelling"),
    "escape codes in the name": (
        lambda: "\x1b[31m[red]\n.md",
        "\x1b[31m[red]\n.md does not exist",
        "check the spelling, and the folder it is looked for in",
    ),
    "name in other bytes": (
        lambda: "\udcff.md", "\udcff.md does not exist", "check the spelling, and the folder it is looked for in",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_AUDITED)
def test_what_cannot_be_audited_is_reported_and_the_rest_audited(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, message, hint = NOT_AUDITED[case]
    path, good = make(), _write("good.md", "false")
    assert _run("--format", "json", path, good) == Exit.INCOMPLETE
    out, err = capsys.readouterr()
    documents = json.loads(out)["documents"]
    assert err == ""
    assert documents[0] == {
        "path": path,
        "status": "not-audited",
        "error": {"message": message.format(folder=tmp_path), "hint": hint},
        "judgements": [],
        "remarks": [],
    }
    assert [judgement["verdict"] for judgement in documents[1]["judgements"]] == ["contradicted"]
    assert _run(path, good) == Exit.INCOMPLETE
    out, err = capsys.readouterr()
    assert err == ""
    assert "! NOT AUDITED" in out
    assert "✘ CONTRADICTED" in out


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(_forbidden(), _write("good.md", "true")) == Exit.INCOMPLETE
    assert "secret.md may not be read: permission denied" in capsys.readouterr().out


def test_a_whole_table_with_a_hostile_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("\x1b[31m[red]\n.md") == Exit.INCOMPLETE
    assert capsys.readouterr().out == (
        f"\\u{{1b}}[31m[red]\\u{{a}}.md {'─' * (79 - 23)}\n"
        "! NOT AUDITED  \\u{1b}[31m[red]\\u{a}.md does not exist\n"
        "         hint  check the spelling, and the folder it is looked for in\n"
        "\n"
    )


def test_a_stale_recording_replays_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--offline", "--format", "json", _write("a.md", "true", prompt_sha256="0" * 64)) == Exit.CLEAN
    assert [document["stale"] for document in json.loads(capsys.readouterr().out)["documents"]] == [True]


def test_the_same_file_is_audited_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _write("a.md", "true")
    Path("link.md").symlink_to("a.md")
    assert _run("--format", "json", "a.md", "./a.md", str(tmp_path / "a.md"), "link.md") == Exit.CLEAN
    assert [document["path"] for document in json.loads(capsys.readouterr().out)["documents"]] == ["a.md"]


# -- what can be named ------------------------------------------------------------------------------------------


def _named(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The documents of a run that finds nothing wrong."""
    assert _run("--format", "json", *arguments) == Exit.CLEAN
    return [document["path"] for document in json.loads(capsys.readouterr().out)["documents"]]


def test_folders_patterns_and_files_in_their_order_each_once(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("docs/b.md", "docs/a.md", "docs/a[1].txt", "c.md", "x y/new\nline.md"):
        _write(path, "true")
    assert _named(capsys, ".") == ["c.md", "docs/a.md", "docs/a[1].txt", "docs/b.md", "x y/new\nline.md"]
    assert _named(capsys, "docs/b.md", "docs", "*.md") == ["docs/b.md", "docs/a.md", "docs/a[1].txt", "c.md"]
    assert _named(capsys, "**/[ab]*.md") == ["docs/a.md", "docs/b.md"]
    assert _named(capsys, "docs/a[1].txt") == ["docs/a[1].txt"]


def test_a_report_in_the_folder_that_is_audited_is_no_document_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    _write("a.md", "true")
    for _ in range(2):
        assert _run("--format", "markdown=report.md", ".") == Exit.CLEAN
    Path("report.md").unlink()
    assert _named(capsys, ".") == ["a.md"]


def _piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_goes_by_the_name_it_is_given(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _write("docs/a.md", "true", "A is 3.\n")
    Path("docs/a.md").write_text("what the file holds does not matter", encoding="utf-8")
    _piped(monkeypatch, b"\xef\xbb\xbfA is 3.\r\n")
    assert _named(capsys, "--stdin-filename", "docs/a.md", "-") == ["docs/a.md"]
    Path("docs/a.md").unlink()
    _piped(monkeypatch, b"A is 3.\n")
    assert _named(capsys, "--stdin-filename", "docs/a.md", "-", "docs/a.md", "-") == ["docs/a.md"]


PIPED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "a.md is empty"),
    "binary": (b"A\0", "a.md is binary, not text: there is a NUL at byte 1"),
    "Latin-1": (b"\xe9", "a.md is not UTF-8: byte 0xE9 at offset 0 (line 1) fits no character"),
    "17 MB": (b" " * (17 << 20), "a.md is larger than 16 MB, the most that is audited"),
    "another text": (b"A is 4.", "a.md has changed since the answer in {folder}/.audit/a.md.json was recorded"),
}


@pytest.mark.parametrize("case", PIPED)
def test_standard_input_that_cannot_be_audited(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data, message = PIPED[case]
    _write("a.md", "true")
    _write("good.md", "false")
    _piped(monkeypatch, data)
    assert _run("--format", "json", "--stdin-filename", "a.md", "-", "good.md") == Exit.INCOMPLETE
    first, second = json.loads(capsys.readouterr().out)["documents"]
    assert first["error"]["message"] == message.format(folder=tmp_path)
    assert [judgement["verdict"] for judgement in second["judgements"]] == ["contradicted"]


def test_no_standard_input_at_all(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert _run("--stdin-filename", "a.md", "-") == Exit.INCOMPLETE
    assert "there is no standard input to read a.md from" in capsys.readouterr().out


def _data_set(path: str, answers: Mapping[str, str | None]) -> None:
    """A data set with its recordings."""
    Path(path).write_text(
        "".join(f'{{"id": "{name}", "text": "{name} is 3."}}\n' for name in answers), encoding="utf-8"
    )
    for name, answer in answers.items():
        row = Row(path, name, 1, ())
        document = Document(f"{path}#{name}", f"{name} is 3.", row=row)
        if answer is not None:
            made = replace(_recording(document.text, answer), document=f"{path}#{name}")
            Store().save(document, made)


ROWS = ("--text-column", "text", "--id-column", "id")


def test_the_rows_of_a_data_set_are_documents(capsys: pytest.CaptureFixture[str]) -> None:
    _data_set("d.jsonl", {"x": "true", "../y": "false", "z": None})
    with Path("d.jsonl").open("a", encoding="utf-8") as file:
        file.write("not JSON\n")
    _write("a.md", "true")
    assert _run("--format", "json", *ROWS, "d.jsonl", "a.md") == Exit.INCOMPLETE
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [
        (document["path"], [judgement["verdict"] for judgement in document["judgements"]], document.get("error"))
        for document in documents
    ] == [
        ("d.jsonl#x", ["supported"], None),
        ("d.jsonl#../y", ["contradicted"], None),
        (
            "d.jsonl#z",
            [],
            {
                "message": "no answer of a model is recorded for d.jsonl#z",
                "hint": "record it: audit --record --text-column text --id-column id d.jsonl",
            },
        ),
        (
            "d.jsonl:4",
            [],
            {
                "message": "d.jsonl:4 is not JSON: Expecting value at column 1",
                "hint": "mend the line, or take it out",
            },
        ),
        ("a.md", ["supported"], None),
    ]


def test_the_columns_of_a_project(capsys: pytest.CaptureFixture[str]) -> None:
    _data_set("d.jsonl", {"x": "true", "y": "true"})
    Path("auditor.toml").write_text(
        'text-column = "text"\nid-column = "id"\nsuffixes = ["md", "jsonl"]\nexclude = ["out/"]\n', encoding="utf-8"
    )
    for path in ("a.md", "out/b.md", "c.txt"):
        _write(path, "true")
    assert _named(capsys, ".") == ["a.md", "d.jsonl#x", "d.jsonl#y"]
    assert _named(capsys, "out/b.md", "c.txt") == ["out/b.md", "c.txt"]


def test_a_table_is_one_document_unless_it_is_a_data_set(capsys: pytest.CaptureFixture[str]) -> None:
    _write("t.csv", "true", "id,text\n1,A is 3.\n")
    assert _named(capsys, "t.csv") == ["t.csv"]
    assert _run(*ROWS, "t.csv") == Exit.INCOMPLETE
    assert "no answer of a model is recorded for t.csv#1" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["d.jsonl"], ["--stdin-filename", "d.jsonl", "-"]])
def test_a_data_set_without_a_column_of_texts(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    _data_set("d.jsonl", {"x": "true"})
    assert _run("--format", "json", *arguments) == Exit.INCOMPLETE
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["error"] in (
        {
            "message": "d.jsonl is a data set, and no column of it is named as the texts to audit",
            "hint": "name the column: --text-column text",
        },
        {"message": "standard input is one document, and d.jsonl is a data set", "hint": "name the data set as a file"},
    )


def test_project_settings_count(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Path("auditor.toml").write_text('recordings = "kept"\nformat = "json"\n', encoding="utf-8")
    Path("a.md").write_text("A is 3.\n", encoding="utf-8")
    place = Store(tmp_path / "kept", tmp_path).save(Document("a.md", "A is 3.\n"), _recording("A is 3.\n", "true"))
    assert place == tmp_path / "kept" / "a.md.json"
    assert _run("a.md") == Exit.CLEAN
    assert json.loads(capsys.readouterr().out)["exit"] == 0


# -- usage -----------------------------------------------------------------------------------------------------

USAGE: dict[str, tuple[list[str], str]] = {
    "no file": ([], "Missing argument 'FILES'."),
    "unknown option": (["--zzz", "a.md"], "No such option: --zzz"),
    "unknown format": (["--format", "pdf[red]\x1b", "a.md"], "there is no format 'pdf[red]\\x1b'"),
    "unknown order": (
        ["--sort", "size", "a.md"],
        "Invalid value for '--sort': 'size' is not one of 'position', 'verdict'.",
    ),
    "a name for no standard input": (
        ["--stdin-filename", "b.md", "a.md"],
        "--stdin-filename names standard input, and standard input is not audited",
    ),
    "ids without texts": (
        ["--id-column", "id", "a.md"],
        "--id-column is about data sets, and no column of texts is named",
    ),
    "unknown kind": (["--explain", "nonsense"], "there is no kind, reason, severity or setting 'nonsense'"),
    "record and offline": (["--record", "--offline", "a.md"], "--record asks a model, and --offline forbids it"),
    "record without a model": (["--record", "a.md"], "--record needs a model to ask, and none is named"),
    "record without a key": (
        ["--record", "--model", "m", "a.md"],
        "the model's server takes a key, and OPENAI_API_KEY is not set",
    ),
    "record without the provider's key": (
        ["--record", "--model", "mistral/m", "a.md"],
        "the model's server takes a key, and MISTRAL_API_KEY is not set",
    ),
    "record with an unknown provider": (
        ["--record", "--model", "nobody/m", "a.md"],
        "'nobody' in --model nobody/m is no provider",
    ),
    "an address without its scheme": (
        ["--record", "--base-url", "localhost:80", "--model", "m", "a.md"],
        "'localhost:80' is not the address of a server",
    ),
    "two formats to standard output": (
        ["--format", "table", "--format", "json", "a.md"],
        "only one format can go to standard output",
    ),
    "unknown format with a file": (["--format", "pdf=x.pdf", "a.md"], "there is no format 'pdf'"),
    "format with a file without a name": (["--format", "json=", "a.md"], "'' cannot be the name of a file"),
    "format to a folder": (["--format", "json=.git", "a.md"], ".git is a folder, and a report needs a file"),
    "two formats to one file": (
        ["--format", "json=x", "--format", "sarif=./x", "a.md"],
        "two formats would be written to {folder}/x",
    ),
    "one format twice to one file": (
        ["--format", "json=x", "--format", "json=x", "a.md"],
        "two formats would be written to {folder}/x",
    ),
    "output beside several formats": (
        ["--format", "json=x", "--format", "table", "--output", "y", "a.md"],
        "--output goes with a single --format that names no file",
    ),
    "output beside a format with a file": (
        ["--format", "json=x", "--output", "y", "a.md"],
        "--output goes with a single --format that names no file",
    ),
    "a report over its document": (
        ["--format", "json=./a.md", "a.md"],
        "{folder}/a.md is to be audited, and a report would be written over it",
    ),
    "an output over its document": (
        ["--output", "a.md", "a.md"],
        "{folder}/a.md is to be audited, and a report would be written over it",
    ),
    "output is a folder": (["--output", ".git", "a.md"], ".git is a folder, and a report needs a file"),
    "output in no folder": (["--output", "no/where.txt", "a.md"], "the folder of no/where.txt does not exist"),
    "output below a file": (["--output", "a.md/x.txt", "a.md"], "the folder of a.md/x.txt does not exist"),
    "output without a name": (["--output", "", "a.md"], "'' cannot be the name of a file"),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_is_one_sentence_and_a_hint(case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _write("a.md", "true")
    arguments, message = USAGE[case]
    assert _run(*arguments) == Exit.USAGE
    out, err = capsys.readouterr()
    error, hint, end = err.split("\n")
    assert (out, error, hint[:6], end) == ("", f"error: {message.format(folder=tmp_path)}", "hint: ", "")
    assert Path("a.md").read_text(encoding="utf-8") == "A is 3.\n"
    assert not Path("x").exists()


def test_several_formats_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    _write("a.md", "false")
    asked = ["table", "json=report.json", "json=again=.json", "sarif=audit.sarif"]
    assert _run(*(part for each in asked for part in ("--format", each)), "a.md") == Exit.CONTRADICTED
    out, err = capsys.readouterr()
    assert ("✘ CONTRADICTED" in out, err) == (True, "")
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["exit"] == 1
    assert Path("again=.json").read_text(encoding="utf-8") == Path("report.json").read_text(encoding="utf-8")
    assert json.loads(Path("audit.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_with_files_alone_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("-f", "json=x.json", "-f", "table=x.txt", _write("a.md", "true")) == Exit.CLEAN
    assert capsys.readouterr() == ("", "")
    assert Path("x.txt").read_text(encoding="utf-8").startswith("a.md ─")


def test_a_report_that_cannot_be_written_costs_none_of_the_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_ = os.replace

    def failing(source: str, target: str) -> None:
        if str(target).endswith("full.json"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace_(source, target)

    monkeypatch.setattr(os, "replace", failing)
    asked = ["json=full.json", "table", "sarif=audit.sarif"]
    assert _run(*(part for each in asked for part in ("--format", each)), _write("a.md", "true")) == Exit.USAGE
    out, err = capsys.readouterr()
    assert "✔ supported" in out
    assert "full.json" in err.split("\n")[0]
    assert json.loads(Path("audit.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert sorted(path.name for path in Path().iterdir()) == [".audit", ".git", "a.md", "audit.sarif"]


def test_a_mistake_in_the_configuration_is_wrong_usage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Path("auditor.toml").write_text("colour = 1\n", encoding="utf-8")
    assert _run(_write("a.md", "true")) == Exit.USAGE
    assert capsys.readouterr().err.startswith(f"error: {tmp_path / 'auditor.toml'}:1: 'colour' is not a setting\n")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--version") == Exit.CLEAN
    assert capsys.readouterr() == (f"audit {__version__}\n", "")


def test_help_is_whole(capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]) -> None:
    assert _run("--help") == Exit.CLEAN
    golden("help.txt", capsys.readouterr().out)


@pytest.mark.parametrize("kind", kinds.registry())
def test_every_kind_is_explained(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--explain", kind) == Exit.CLEAN
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith(f"{kind}\n\n")
    assert [line for line in out.split("\n") if len(line) > 80 or line != line.rstrip()] == []


# -- output ----------------------------------------------------------------------------------------------------


def test_output_is_written_in_one_step_and_keeps_its_mode(capsys: pytest.CaptureFixture[str]) -> None:
    target, link = Path("report.txt"), Path("link.txt")
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to("report.txt")
    assert _run("--output", "link.txt", _write("a.md", "false")) == Exit.CONTRADICTED
    assert capsys.readouterr() == ("", "")
    assert "✘ CONTRADICTED" in target.read_text(encoding="utf-8")
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path().iterdir()) == [".audit", ".git", "a.md", "link.txt", "report.txt"]


def test_output_to_a_device_leaves_the_device() -> None:
    assert _run("--output", "/dev/null", _write("a.md", "true")) == Exit.CLEAN
    assert not Path("/dev/null").is_file()


def test_a_failed_write_leaves_the_old_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    Path("report.txt").write_text("old", encoding="utf-8")
    path = _write("a.md", "true")
    monkeypatch.setattr(os, "fsync", full)
    assert _run("--output", "report.txt", path) == Exit.USAGE
    assert capsys.readouterr().err.startswith("error: the report cannot be written to ")
    assert Path("report.txt").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == [".audit", ".git", "a.md", "report.txt"]


# -- as a process ----------------------------------------------------------------------------------------------


def _process(
    *arguments: str, stdout: int | IO[bytes] = subprocess.PIPE, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", *(("-m", "auditor") if arguments[0] != "-c" else ()), *arguments],
        env={**os.environ, "PYTHONPATH": ROOT, **(environment or {})},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("form", formats.names())
def test_no_encoding_is_too_small(encoding: str, form: str) -> None:
    done = _process(
        "--format", form, "Zürich 漢 😀 ⚠.md", environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    )
    assert (done.returncode, done.stderr) == (Exit.INCOMPLETE, b"")
    text = done.stdout.decode(encoding)
    name = "Zürich 漢 😀 ⚠.md"
    match form:
        case "json" | "gitlab" | "sarif":
            assert name in json.dumps(json.loads(text), ensure_ascii=False)
        case "jsonl":
            assert json.loads(text)["path"] == name
        case "html" | "junit" | "markdown":
            assert name in html.unescape(text)
        case _:
            assert (name if encoding == "utf-8" else r"Z\u{fc}rich \u{6f22} \u{1f600} \u{26a0}.md") in text


LOOKS: list[tuple[dict[str, str], bool]] = [
    ({}, False),
    ({"FORCE_COLOR": "1"}, True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ({"FORCE_COLOR": "1", "TERM": "dumb"}, False),
    ({"NO_COLOR": "1"}, False),
]


@pytest.mark.parametrize(("environment", "colour"), LOOKS)
def test_colour_is_for_terminals_and_for_who_asks(environment: dict[str, str], colour: bool) -> None:  # noqa: FBT001
    done = _process("gone.md", environment={"TERM": "xterm", **environment})
    assert (b"\x1b[" in done.stdout) is colour


def test_a_pipe_is_80_wide_and_columns_say_otherwise() -> None:
    assert len(_process("gone.md").stdout.decode().split("\n")[0]) == 80
    assert len(_process("gone.md", environment={"COLUMNS": "100"}).stdout.decode().split("\n")[0]) == 100


@pytest.mark.parametrize("argument", ["gone.md", "--help", "--version"])
def test_a_closed_pipe_is_quiet_and_changes_no_exit_code(argument: str) -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    done = _process(argument, stdout=theirs.fileno())
    theirs.close()
    assert (done.returncode, done.stderr) == (Exit.INCOMPLETE if argument == "gone.md" else Exit.CLEAN, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_not_a_finding() -> None:
    with Path("/dev/full").open("wb") as full:
        done = _process("gone.md", stdout=full)
    assert done.returncode == Exit.USAGE
    assert done.stderr.decode() == (
        "error: the report cannot be printed: No space left on device\n"
        "hint: write it elsewhere, for instance with --output\n"
    )


REPLAY = """
import sys
from auditor import cli
code = cli.main(sys.argv[1:])
loaded = sorted({"openai", "instructor", "pydantic", "rich.console", "rich.table"} & set(sys.modules))
sys.exit(f"{int(code)} {loaded}")
"""


@pytest.mark.parametrize("form", formats.names())
def test_a_replay_loads_nothing_that_only_a_model_needs(form: str) -> None:
    answer = json.dumps({"metrics": [], "subjects": [], "dimensions": [], "position": None, "values": [], "claims": []})
    done = _process("-c", REPLAY, "--format", form, _write("a.md", answer))
    assert done.stderr.decode() == "3 []\n"


def test_nor_does_a_replay_that_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = _process("-c", REPLAY, "--offline", "--format", "concise", "seeds")
    assert done.stderr.decode() == "1 []\n"


Calls: TypeAlias = "list[tuple[str, str, str, str]]"
"""Document, model, server and key of each question."""


# -- asking a model --------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Whom a stand-in for the client was asked, about what, and with which key."""
    calls: Calls = []

    class Endpoint:
        def __init__(self, server: Server, traffic: Traffic, temperature: float) -> None:
            assert temperature == 0
            self.name = server.model
            self.origin = "somewhere"
            self.server = server
            self.traffic = traffic

        async def close(self) -> None:
            calls.sort()

    async def ask(document: Document, model: Endpoint, plan: Plan, refuse: object) -> Answer:
        assert (plan, callable(refuse)) == (Plan(), True)
        await model.traffic.admit(5)
        model.traffic.done(5, {"prompt_tokens": 5})
        calls.append((document.path, model.server.model, model.server.base_url, model.server.api_key))
        return Answer("true", f"{model.name}-2", {"total_tokens": 5}, {"temperature": 0})

    monkeypatch.setattr(fetching, "Endpoint", Endpoint)
    monkeypatch.setattr(fetching, "ask", ask)
    return calls


def test_without_a_recording_a_configured_model_is_asked_and_recorded(
    asked: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    path = _write("a.md", None)
    for _ in range(2):
        assert _run("--model", "m", "--format", "json", path) == Exit.CLEAN
    assert asked == [("a.md", "m", DEFAULT_BASE_URL, "k")]
    assert capsys.readouterr().err == (
        "asking m at https://api.openai.com, which will see a.md\n"
        "1 request, 5 tokens in, 0 out, 1 answer recorded, 0 recordings reused\n"
    )
    recording = Store().load(Document("a.md", "A is 3.\n"))
    assert recording == replace(
        _recording("A is 3.\n", "true"), model_answered="m-2", usage={"total_tokens": 5}, parameters={"temperature": 0}
    )


def test_only_what_has_no_recording_is_asked_about(
    asked: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    paths = [_write("a.md", None), _write("b.md", "true"), "gone.md", _write("c.md", None), _write("d.md", None)]
    assert _run("--model", "m", *paths) == Exit.INCOMPLETE
    assert [path for path, *_ in asked] == ["a.md", "c.md", "d.md"]
    assert capsys.readouterr().err == (
        "asking m at https://api.openai.com, which will see 3 documents\n"
        "3 requests, 15 tokens in, 0 out, 3 answers recorded, 1 recording reused\n"
    )


def test_rows_are_asked_about_and_recorded_each_for_itself(
    asked: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    _data_set("d.jsonl", {"x": None, "../Y": None, "z": "true"})
    for _ in range(2):
        assert _run("--model", "m", *ROWS, "d.jsonl") == Exit.CLEAN
        assert [call[0] for call in asked] == ["d.jsonl#../Y", "d.jsonl#x"]
    capsys.readouterr()
    names = sorted(path.name for path in Path(".audit/d.jsonl").iterdir())
    assert names == sorted(["x.json", "z.json", f"{filename.safe('../Y')}.json"])


def test_record_asks_anew(asked: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://gateway.example/v1")
    path = _write("a.md", "false")
    assert _run("--record", "--model", "m", path) == Exit.CLEAN
    assert asked == [("a.md", "m", "http://gateway.example/v1", "k")]


KEYS = [
    ("m", {"OPENAI_API_KEY": "k"}, ("m", DEFAULT_BASE_URL, "k")),
    ("openai/m", {"OPENAI_API_KEY": "k", "MISTRAL_API_KEY": "other"}, ("m", DEFAULT_BASE_URL, "k")),
    ("mistral/m", {"OPENAI_API_KEY": "k", "MISTRAL_API_KEY": "l"}, ("m", "https://api.mistral.ai/v1", "l")),
    ("ollama/m", {"OPENAI_API_KEY": "k"}, ("m", "http://localhost:11434/v1", "none")),
    ("ollama/m:7b", {}, ("m:7b", "http://localhost:11434/v1", "none")),
    ("openrouter/qwen/m", {"OPENROUTER_API_KEY": "k"}, ("qwen/m", "https://openrouter.ai/api/v1", "k")),
]


@pytest.mark.parametrize(("model", "environment", "expected"), KEYS)
def test_a_key_goes_to_its_own_provider_only(
    model: str, environment: dict[str, str], expected: tuple[str, str, str],
    asked: Calls, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _run("--model", model, _write("a.md", None)) == Exit.CLEAN
    assert asked == [("a.md", *expected)]


_RECORD = "record it: audit --record a.md"
OFFLINE: dict[str, tuple[list[str], dict[str, str], str]] = {
    "offline": (["--offline", "--model", "m"], {"OPENAI_API_KEY": "k"}, _RECORD),
    "offline and no key": (["--offline", "--model", "m"], {}, _RECORD),
    "no key": (
        ["--model", "m"],
        {},
        "the model's server takes a key: set OPENAI_API_KEY, and run the same command again",
    ),
    "another provider's key": (
        ["--model", "mistral/m"],
        {"OPENAI_API_KEY": "k"},
        "the model's server takes a key: set MISTRAL_API_KEY, and run the same command again",
    ),
    "no model": ([], {"OPENAI_API_KEY": "k"}, _RECORD),
}


@pytest.mark.parametrize("case", OFFLINE)
def test_nobody_is_asked(
    case: str, asked: Calls, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    options, environment, hint = OFFLINE[case]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _run(*options, _write("a.md", None)) == Exit.INCOMPLETE
    assert asked == []
    assert f"hint {hint}" in " ".join(capsys.readouterr().out.split())


def test_a_projects_model_without_a_key_is_not_asked_and_not_asked_for(
    asked: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("auditor.toml").write_text('model = "m"\n', encoding="utf-8")
    assert _run(_write("a.md", None)) == Exit.INCOMPLETE
    assert asked == []
    assert _RECORD in capsys.readouterr().out


SERVERS = [
    ("http://localhost:11434/v1", [], True),
    ("http://127.0.0.1:1/v1", [], True),
    ("https://collector.example/v1", [], False),
    ("https://localhost.collector.example/v1", [], False),
    ("http://localhost@collector.example/v1", [], False),
    ("http://[::1", [], False),
    ("https://collector.example/v1", ["--base-url", "https://mine.example/v1"], True),
]


@pytest.mark.parametrize(("url", "options", "allowed"), SERVERS)
def test_a_project_cannot_send_the_key_away(  # noqa: PLR0913, PLR0917
    url: str, options: list[str], allowed: bool, asked: Calls,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    Path("auditor.toml").write_text(f'base-url = "{url}"\nmodel = "m"\n', encoding="utf-8")
    code = _run(*options, _write("a.md", None))
    if allowed:
        assert (code, asked) == (Exit.CLEAN, [("a.md", "m", options[1] if options else url, "k")])
    else:
        assert (code, asked) == (Exit.USAGE, [])
        assert capsys.readouterr().err.startswith(f"error: the project's base-url, {url}, is not on this machine")


def test_ctrl_c_ends_the_process_with_130() -> None:
    os.mkfifo("report")
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", "--output", "report", "gone.md"],
        env={**os.environ, "PYTHONPATH": ROOT},
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    with pytest.raises(subprocess.TimeoutExpired):  # it waits for somebody to read the pipe
        process.wait(2)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=120)
    assert (process.returncode, error) == (Exit.INTERRUPTED, b"")
