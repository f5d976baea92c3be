"""docs/adopt.md as a new user follows it: in an empty folder, with the wheel, every command and what it prints."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from shutil import copytree, ignore_patterns, which
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from werkzeug import Request, Response

from auditor.cli import main
from tests.cases import reading, selector

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "adopt.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
PACKED = ("auditor", "prompts", "pyproject.toml", "README.md", "LICENSE")
VALUES = [
    ("time", name, "", "", value, f"{name} takes {value}")
    for name, value in (("quick", "6.2 s"), ("classic", "10.1 s"))
]


class Step(NamedTuple):
    command: str
    printed: str


def _steps(block: str) -> list[Step]:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [Step(*part.split("\n", 1)) for part in parts]


def _block(language: str, containing: str = "") -> str:
    found: list[str] = [text for kind, text in BLOCKS if kind == language and containing in text]
    return found[0]


def _answer(text: str) -> str:
    word = "slower" if "quick is slower" in text else "faster"
    claim = {
        "kind": "comparison",
        "quote": f"quick is {word} than classic",
        "left": selector("time; quick"),
        "relation": "less" if word == "faster" else "greater",
        "right": selector("time; classic"),
        "over": None,
    }
    document = _block("markdown").replace("faster", word)
    return json.dumps(reading(document, VALUES, [claim], better="lower"))


def _completion(request: Request) -> Response:
    """What a model answers: the page's document, read by hand."""
    asked = request.get_data(as_text=True)
    message = {"role": "assistant", "content": _answer(asked), "refusal": None}
    content = {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4.1-mini",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
    }
    return Response(json.dumps(content), content_type="application/json")


def _wheel(folder: Path) -> Path:
    source = folder / "source"
    source.mkdir()
    for name in PACKED:
        if (ROOT / name).is_dir():
            copytree(ROOT / name, source / name, ignore=ignore_patterns("__pycache__"))
        else:
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def _installed(project: Path, wheel: Path) -> None:
    """The page's first command, but from the wheel, with what it needs taken from where the tests run."""
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=project, check=True)
    install = [".venv/bin/pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, cwd=project, check=True, capture_output=True)
    (packages,) = (project / ".venv/lib").glob("python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")


def _local(config: str) -> str:
    """The page's hooks, run by the audit that is installed: nothing is fetched from a code host."""
    ours = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    (repository,) = yaml.safe_load(config)["repos"]
    hooks = [{**ours[hook["id"]], **hook, "language": "system"} for hook in repository["hooks"]]
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})


def _fits(printed: str, expected: str) -> bool:
    """Whether the lines are those expected, where … stands for a part of a line, or for any lines."""
    lines = [
        "(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
        for line in expected.strip("\n").splitlines()
    ]
    shown = printed.strip("\n")
    return re.fullmatch("".join(lines), f"{shown}\n" if shown else "") is not None


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
def test_the_page_is_what_happens(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_handler(_completion)
    project = tmp_path / "project"
    project.mkdir()
    _installed(project, _wheel(tmp_path))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))},
        "PATH": os.pathsep.join([str(project / ".venv/bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
        "LC_ALL": "C.UTF-8", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": httpserver.url_for("/v1"),
    }  # fmt: skip
    written = {
        "README.md": _block("markdown"),
        "auditor.toml": _block("toml"),
        ".pre-commit-config.yaml": _local(_block("yaml", "audit-record")),
    }
    steps = [step for kind, text in BLOCKS if kind == "console" for step in _steps(text)]
    assert len(steps) > 12
    for step in steps[1:] if steps[0].command.startswith("python3 -m venv") else steps:
        if step.command == "pre-commit install":
            (project / ".pre-commit-config.yaml").write_text(written.pop(".pre-commit-config.yaml"), encoding="utf-8")
        elif "README.md" in written:
            for name in ("README.md", "auditor.toml"):
                (project / name).write_text(written.pop(name), encoding="utf-8")
        done = subprocess.run(
            ["bash", "-c", step.command], cwd=project, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert _fits(done.stdout, step.printed), f"$ {step.command}\n{done.stdout}\n-- instead of\n{step.printed}"
    assert written == {}


def _commands(config: Any) -> list[str]:  # noqa: ANN401
    """Every string in a configuration that runs audit."""
    if isinstance(config, dict):
        return [command for value in config.values() for command in _commands(value)]
    if isinstance(config, list):
        return [command for value in config for command in _commands(value)]
    return [config] if isinstance(config, str) and config.startswith("audit ") else []


def test_the_builds_name_options_and_formats_that_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run as they stand, on a repository whose documents are not recorded: incomplete, and no wrong usage."""
    commands = [command for kind, text in BLOCKS if kind == "yaml" for command in _commands(yaml.safe_load(text))]
    assert len(commands) == 2
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    (tmp_path / "README.md").write_text("It takes 3 s.\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("It takes 4 s.\n", encoding="utf-8")
    for command in commands:
        assert main(shlex.split(command)[1:]) == 3
        assert "README.md" in capsys.readouterr().out
    assert {path.name for path in tmp_path.glob("audit.*")} == {
        "audit.sarif", "audit.html", "audit.md", "audit.json", "audit.xml",
    }  # fmt: skip
