"""The repository keeps its own rules: pages are current, names agree, commands of the README run."""

from __future__ import annotations

import inspect
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug import Response

from auditor import errors, explanation, implied, kinds
from auditor.cli import main
from auditor.exact.verdict import Reason
from auditor.judgement import Severity
from auditor.tables import checks
from tests.picture import PICTURE, picture

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST = 300
"""The most lines of a module."""
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line and not line.startswith("#")
]


def test_the_generated_pages_are_current() -> None:
    """The help, the kinds and the output that the README shows are what the command prints today."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [
        sys.executable,
        "-m",
        "cogapp",
        "--check",
        "-r",
        "README.md",
        *map(str, sorted((ROOT / "docs").glob("*.md"))),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_picture_is_of_the_real_table() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()


@pytest.mark.parametrize("name", [*kinds.names(), *implied.meanings(), *checks.KINDS, *Reason, *Severity])
def test_every_name_of_a_report_is_explained(name: str) -> None:
    first, blank, *rest = explanation.page(name).splitlines()
    assert (first, blank) == (name, "")
    assert rest


def test_kinds_and_implied_kinds_have_names_of_their_own() -> None:
    names = [*kinds.names(), *implied.meanings(), *checks.KINDS]
    assert sorted(set(names)) == sorted(names)


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"[├└]── (\w+)", inspect.getdoc(errors) or "")
    defined = [
        name for name, item in vars(errors).items() if inspect.isclass(item) and item.__module__ == errors.__name__
    ]
    assert ["AuditorError", *drawn] == defined


@pytest.mark.parametrize("file", [".pre-commit-hooks.yaml", ".pre-commit-config.yaml"])
def test_the_hooks_name_options_that_exist(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    entries = re.findall(r"^ +entry: (.*)$", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(entries) >= 2
    main(["--help"])
    known = capsys.readouterr().out
    for entry in entries:
        command, *options = shlex.split(entry)
        assert command == "audit"
        assert [option for option in options if option.startswith("--") and option not in known] == []


def test_what_the_seeds_get_wrong_is_what_was_accepted(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Our own hook passes on them; what is accepted is written anew with the golden files."""
    monkeypatch.chdir(ROOT)
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    entry = re.findall(r"^ +entry: (.*--baseline.*)$", hooks, re.MULTILINE)[0]
    command, *options = shlex.split(entry.replace(" --tracked", ""))
    seeds = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "seeds").glob("*.txt"))
    if request.config.getoption("--update-golden"):
        main([*options, "--write-baseline", *seeds])
        capsys.readouterr()
    assert (command, main([*options, *seeds])) == ("audit", 0)
    told = capsys.readouterr()
    assert (told.err, len(told.out.splitlines())) == ("", 1), told


def test_the_first_two_commands_are_those_that_ci_runs() -> None:
    """They set up a fresh environment, which takes `.ci/run` and not a test; what they run in it is run here."""
    set_up = [command for command in COMMANDS if command.startswith("python3 -m venv")]
    assert [
        command.rpartition("/")[2] if command.endswith("pytest") else command.split("/", 3)[-1] for command in set_up
    ] == [
        "bin/audit seeds/*.txt",
        "pytest",
    ]


def test_the_seeds_are_audited_as_the_readme_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(sorted(str(path.relative_to(ROOT)) for path in (ROOT / "seeds").glob("*.txt"))) == 1
    assert "CONTRADICTED" in capsys.readouterr().out


def test_the_readmes_recording_command_runs(
    httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Against a server on this machine: the recording lies where the README says, and replays without a key."""
    command = next(command for command in COMMANDS if command.startswith("audit --record"))
    answer = "".join(
        json.loads((ROOT / "fixtures/seeds/000_a620958fcbd0573b.txt.json").read_text(encoding="utf-8"))["answer"]
    )
    message = {"role": "assistant", "content": answer, "refusal": None}
    completion = {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4.1-mini",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
    }
    httpserver.expect_request("/v1/chat/completions").respond_with_response(
        Response(json.dumps(completion), content_type="application/json")
    )
    seed = (ROOT / "seeds/000_a620958fcbd0573b.txt").read_text(encoding="utf-8")
    (tmp_path / "report.md").write_text(seed, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    arguments = shlex.split(command)[1:]
    assert main(["--base-url", httpserver.url_for("/v1"), *arguments]) == 1
    assert (tmp_path / ".audit" / "report.md.json").is_file()
    monkeypatch.delenv("OPENAI_API_KEY")
    capsys.readouterr()
    assert main(["report.md"]) == 1
    assert "gpt-4.1-mini" in capsys.readouterr().out


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python 3.11.0 to 3.11.4 lose their place in such a pattern: "5, " is taken for "5,"."""
    possessive = re.compile(r"\)(?:[*?+]|\{\d+(?:,\d*)?\})\+")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "auditor").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "re.compile" in line or 'r"' in line or "r'" in line
        if possessive.search(line)
    ]
    assert found == []


def test_no_module_is_longer_than_one_can_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n")
        for path in sorted((ROOT / "auditor").rglob("*.py"))
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
