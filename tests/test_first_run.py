"""The README's way from nothing to a first live run: its commands, in their order, against a server on this machine."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from msgspec.structs import replace

from auditor import cli, providers
from auditor.parts.plan import CHARACTERS_PER_TOKEN
from tests.live import KEY, good, run, text
from tests.rude import Rude
from tests.test_local import tiny

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## Your own documents\n")[2].partition("\n## ")[0]
CLOSING = "1 request, 5,000 tokens in, 100 out, 1 answer recorded, 0 recordings reused"

__all__ = ["tiny"]  # a fixture


def _commands(heading: str) -> list[str]:
    """The lines of the shell blocks under a heading."""
    under = SECTION.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    assert under, heading
    return [line for block in re.findall(r"```sh\n(.*?)```", under, re.DOTALL) for line in block.splitlines()]


def _arguments(command: str) -> list[str]:
    name, *arguments = shlex.split(command)
    assert name == "audit"
    return arguments


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("report.md").write_text(text(1), encoding="utf-8")


def test_with_openai(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    export, count, record = _commands("With OpenAI")
    assert export.startswith("export OPENAI_API_KEY=...")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with Rude(good("json_schema")).running() as server:
        monkeypatch.setattr(providers, "DEFAULT_BASE_URL", server.url)
        known = {**providers.PROVIDERS, "openai": replace(providers.PROVIDERS["openai"], base_url=server.url)}
        monkeypatch.setattr(providers, "PROVIDERS", known)
        assert cli.main(_arguments(count)) == 0
        assert server.asked.total() == 0
        assert capsys.readouterr().out.endswith(" would be asked; nothing was sent\n")
        assert cli.main(_arguments(record)) == 0
        assert server.asked == {1: 1}
        origin = server.url.removesuffix("/v1")
    out, err = capsys.readouterr()
    assert err.splitlines() == [f"asking gpt-4.1-mini at {origin}, which will see report.md", CLOSING]
    assert "1 supported" in out


def test_the_price_is_that_of_the_recordings() -> None:
    """What the section says of output is what the figures say: so many tokens for each claim and value."""
    claim, value, about = (
        int(found.replace(",", ""))
        for found in re.findall(r"(\d+) tokens for each claim and\s+(\d+) for each value.*?about ([\d,]+)", SECTION)[0]
    )
    (figures,) = re.findall(r"answer takes (\d+) tokens a claim and (\d+) a value", README)
    assert (str(claim), str(value)) == figures
    assert about == round(30 * claim + 20 * value, -2)
    (shown,) = re.findall(r"For a report of ([\d,]+) characters it says:", SECTION)
    (tokens, fixed) = re.findall(r"about ([\d,]+) tokens in, ([\d,]+) of each request", SECTION)[0]
    size = int(shown.replace(",", "")) // CHARACTERS_PER_TOKEN
    assert int(tokens.replace(",", "")) == int(fixed.replace(",", "")) + size


def test_with_ollama(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    serve, pull, record, other = _commands("With Ollama")
    assert (serve, pull) == ("OLLAMA_CONTEXT_LENGTH=16384 ollama serve &", "ollama pull qwen3:8b")
    with Rude(good("json_schema")).running() as server:
        known = {**providers.PROVIDERS, "ollama": replace(providers.PROVIDERS["ollama"], base_url=server.url)}
        monkeypatch.setattr(providers, "PROVIDERS", known)
        assert cli.main(_arguments(record)) == 0
        assert f'"{pull.split()[-1]}"'.encode() in server.bodies[0]
        assert capsys.readouterr().err.splitlines()[-1] == CLOSING
        elsewhere = [argument.replace("http://localhost:8000/v1", server.url) for argument in _arguments(other)]
        assert cli.main(elsewhere) == 0
        assert server.asked == {1: 2}


def test_with_a_file(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A real file of random weights, whose answer means nothing, stands for a real one."""
    install, record = _commands("With a model that is a file")
    assert install == "python -m pip install --quiet '.[local]'"
    Path("models").mkdir()
    Path("models/small.gguf").symlink_to(tiny)
    assert cli.main(_arguments(record)) in {0, 3}
    err = capsys.readouterr().err.splitlines()
    assert err[0] == "asking gguf:models/small.gguf at this machine, which will see report.md"
    assert err[1].startswith("1 request, ")


def test_what_is_recorded_replays_without_a_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "`.audit/report.md.json`" in SECTION
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with Rude(good("json_schema")).running() as server:
        assert run(server, ["report.md"], capsys).exit == 0
    assert Path(".audit/report.md.json").is_file()
    monkeypatch.delenv("OPENAI_API_KEY")
    assert cli.main(["report.md"]) == 0
    assert capsys.readouterr().err == ""
