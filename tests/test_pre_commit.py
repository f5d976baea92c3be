"""The hooks as pre-commit itself runs them, on a real repository: what is staged is judged, and what stops a commit says why."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from msgspec.structs import replace
from werkzeug import Response

from auditor import prompt, sources
from auditor.recordings import Recording, Store
from tests.cases import reading, selector

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

ROOT = Path(__file__).resolve().parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(which("git") is None, reason="git is not installed")

TEXT = "Ada took 3 s and Bob took 4 s. Ada is {} than Bob.\n"
VALUES = [("time", name, "", "", value, f"{name} took {value}") for name, value in (("Ada", "3 s"), ("Bob", "4 s"))]


def _answer(word: str) -> str:
    claim = {
        "kind": "comparison",
        "quote": f"Ada is {word} than Bob",
        "left": selector("time; Ada"),
        "relation": "less" if word == "faster" else "greater",
        "right": selector("time; Bob"),
        "over": None,
    }
    return json.dumps(reading(TEXT.format(word), VALUES, [claim], better="lower"))


class Project:
    """A repository with the hooks installed, in which audit is the one under test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "HOME": str(folder.parent), "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"), "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@b", "LC_ALL": "C.UTF-8", "OPENAI_API_KEY": "k",
        }  # fmt: skip
        folder.mkdir()
        self.git("init", "--quiet")
        self.configure()
        self.run(sys.executable, "-m", "pre_commit", "install")

    def configure(self, *ids: str, **more: Any) -> None:  # noqa: ANN401
        """Our hooks, run from this checkout, which no index has to be asked for."""
        hooks = []
        for hook in HOOKS:
            if hook["id"] in (ids or ("audit",)):
                command = hook["entry"].replace("audit", f"{sys.executable} -m auditor", 1)
                hooks.append({**hook, "language": "system", "entry": command, **more.get(hook["id"], {})})
        config = {"repos": [{"repo": "local", "hooks": hooks}]}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        self.git("add", ".pre-commit-config.yaml")
        self.git("commit", "--quiet", "--no-verify", "--message", "hooks")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip

    def git(self, *arguments: str) -> None:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr

    def write(self, word: str, name: str = "README.md", *, recorded: bool = True, **changes: Any) -> None:  # noqa: ANN401
        """A document, and the recording of what a model reads in it."""
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(TEXT.format(word), encoding="utf-8")
        if recorded:
            document = sources.read(str(file))
            digests = {"prompt_sha256": prompt.digest(), "schema_sha256": prompt.schema_digest()}
            recording = Recording(
                file.name, document.digest, **digests, model_asked="m", model_answered="m", parameters={}, usage={},
                answer=_answer(word),
            )  # fmt: skip
            Store().save(document, replace(recording, **changes))

    def commit(self) -> tuple[int, str]:
        """What a commit ends with and says, without what is different each time."""
        done = self.run("git", "commit", "--message", "more")
        said = re.sub(r"\[(WARNING|INFO)\].*\n", "", done.stderr)
        assert "\x1b" not in said
        return done.returncode, said


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def _failed(code: int, told: str) -> tuple[int, str]:
    head = f"audit{'.' * 68}Failed\n- hook id: audit\n- exit code: {code}\n\n"
    return 1, f"{head}{textwrap.dedent(told)}\n"


PASSED = (0, f"audit{'.' * 68}Passed\n")
SLOWER = (
    "README.md:1:32: contradicted comparison (conclusion): “Ada is slower than Bob”: Ada 3 s < Bob 4 s\n"
    "1 document: 1 contradicted, 0 supported, 0 unverifiable\n"
)
NOTHING = "1 document: 0 contradicted, 0 supported, 0 unverifiable; 1 not audited\n"


def test_what_holds_is_committed(project: Project) -> None:
    project.write("faster")
    project.git("add", ".")
    assert project.commit() == PASSED


def test_what_contradicts_itself_is_stopped_with_one_line(project: Project) -> None:
    project.write("slower")
    project.git("add", ".")
    assert project.commit() == _failed(1, SLOWER)


def test_the_staged_text_is_judged_where_the_file_is_worse(project: Project) -> None:
    project.write("faster")
    project.git("add", ".")
    project.write("slower", recorded=False)
    assert project.commit() == PASSED
    assert (project.folder / "README.md").read_text() == TEXT.format("slower")


def test_the_staged_text_is_judged_where_the_file_is_better(project: Project) -> None:
    project.write("faster")
    project.git("add", ".")
    project.git("commit", "--quiet", "--message", "one")
    project.write("slower")
    project.git("add", ".")
    project.write("faster")
    assert project.commit() == _failed(1, SLOWER)


def test_a_missing_recording(project: Project) -> None:
    project.write("faster", recorded=False)
    project.git("add", ".")
    assert project.commit() == _failed(
        3,
        "README.md: not-audited: no answer of a model is recorded for README.md; record it: audit --record README.md\n"
        + NOTHING,
    )


def test_a_changed_document_is_recorded_anew_with_one_command(project: Project) -> None:
    project.write("faster")
    project.git("add", ".")
    project.git("commit", "--quiet", "--message", "one")
    project.write("slower", recorded=False)
    project.git("add", ".")
    place = project.folder / ".audit/README.md.json"
    told = (
        f"README.md: not-audited: README.md has changed since the answer in {place} was recorded; record it: "
        "audit --record README.md; or, if that is done, add what it wrote: git add .audit/README.md.json\n"
    )
    assert project.commit() == _failed(3, told + NOTHING)
    project.write("slower")  # recorded anew and not added: pre-commit takes it away while the hook runs
    assert project.commit() == _failed(3, told + NOTHING)
    project.git("add", ".")
    assert project.commit() == _failed(1, SLOWER)


def test_a_recording_that_git_does_not_have(project: Project) -> None:
    project.write("faster")
    project.git("add", "README.md")
    assert project.commit() == _failed(
        3,
        "README.md: not-audited: the answer for README.md is recorded, but git does not track it, so nobody else has "
        "it; add it: git add .audit/README.md.json\n" + NOTHING,
    )
    project.git("add", ".audit/README.md.json")
    assert project.commit() == PASSED


def test_a_stale_recording_is_no_obstacle_but_is_told(project: Project) -> None:
    project.configure("audit", audit={"verbose": True})
    project.write("faster", prompt_sha256="of another prompt")
    project.git("add", ".")
    code, said = project.commit()
    assert code == 0
    assert said.splitlines()[-3:-1] == [
        "README.md: stale: The reading answers an older prompt or schema; record it anew with audit --record",
        "1 document: 0 contradicted, 1 supported, 0 unverifiable",
    ]


def test_a_renamed_document_takes_its_recording_along(project: Project) -> None:
    project.write("faster")
    project.git("add", ".")
    project.git("commit", "--quiet", "--message", "one")
    (project.folder / "docs").mkdir()
    project.git("mv", "README.md", "docs/start.md")
    told = (
        "docs/start.md: not-audited: no answer of a model is recorded for docs/start.md; "
        "record it: audit --record docs/start.md\n"
    )
    assert project.commit() == _failed(3, told + NOTHING)
    project.git("mv", "docs/start.md", "START.md")
    told = (
        "START.md: not-audited: START.md has the text whose answer is recorded in .audit/README.md.json; if it was "
        "renamed, move the answer too: mv .audit/README.md.json .audit/START.md.json\n"
    )
    assert project.commit() == _failed(3, told + NOTHING)
    project.git("mv", ".audit/README.md.json", ".audit/START.md.json")
    assert project.commit() == PASSED


def test_two_hundred_documents_are_one_report(project: Project) -> None:
    project.configure("audit", audit={"verbose": True})
    for number in range(200):
        project.write("slower" if number == 150 else "faster", f"page {number}.md")
    project.git("add", ".")
    code, said = project.commit()
    assert code == 1
    assert said.splitlines()[-3:] == [
        "page 150.md:1:32: contradicted comparison (conclusion): “Ada is slower than Bob”: Ada 3 s < Bob 4 s",
        "200 documents: 1 contradicted, 199 supported, 0 unverifiable",
        "",
    ]


def test_the_hook_that_records_is_named_by_the_other_and_does(project: Project, httpserver: HTTPServer) -> None:
    completion = {
        "id": "c", "object": "chat.completion", "created": 1, "model": "small-1",
        "choices": [
            {"index": 0, "finish_reason": "stop", "logprobs": None,
             "message": {"role": "assistant", "content": _answer("faster"), "refusal": None}}
        ],
    }  # fmt: skip
    httpserver.expect_request("/v1/chat/completions").respond_with_response(
        Response(json.dumps(completion), content_type="application/json")
    )
    asking = ["--model=small", f"--base-url={httpserver.url_for('/v1')}"]
    project.configure("audit", "audit-record", **{"audit-record": {"args": asking}})
    project.write("faster", recorded=False)
    project.git("add", ".")
    code, said = project.commit()
    command = "pre-commit run audit-record --hook-stage manual --files README.md"
    assert (code, said.splitlines()[4]) == (
        1,
        f"README.md: not-audited: no answer of a model is recorded for README.md; record it: {command}",
    )
    done = project.run(sys.executable, "-m", "pre_commit", *command.split()[1:])
    assert done.returncode == 0, done.stdout + done.stderr
    project.git("add", ".")
    assert project.commit() == PASSED


def test_nothing_but_the_tracked_counts_only_where_that_is_asked_for(project: Project) -> None:
    project.write("faster")
    for options, code in (((), 0), (("--tracked",), 3)):
        assert project.run(sys.executable, "-m", "auditor", "README.md", *options).returncode == code


def test_outside_of_a_repository_there_is_nothing_to_ask(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.write("faster")
    for at in (".git", ".audit/.git"):
        if (project.folder / at).exists():
            (project.folder / at).rename(tmp_path / "gone")
    done = project.run(sys.executable, "-m", "auditor", "--tracked", "README.md")
    hint = "hint: leave --tracked out, or run audit where the documents are versioned"
    assert (done.returncode, done.stderr) == (
        2,
        f"error: --tracked asks git, and {project.folder} is in no git repository\n{hint}\n",
    )
