"""Runs that ask a model: limits, counting without asking, the probe, and what is shown meanwhile."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor import cli
from auditor.forecast import prompt_tokens
from auditor.llm import client
from auditor.progress import State, shown
from tests.live import KEY, documents, good, run
from tests.rude import USAGE, Rude, always, at_first, completion, http

if TYPE_CHECKING:
    from tests.rude import Behaviour

ROOT = str(Path(__file__).parents[1])
AGAIN = "run the same command again with a higher limit: what is recorded is not asked again"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(client, "BACKOFF", 0.01)


# -- limits of a run -------------------------------------------------------------------------------------------


def test_requests_of_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    with Rude(good("json_schema")).running() as server:
        told = run(server, documents(5), capsys, "--max-requests", "3", "--jobs", "1")
        assert (told.exit, server.asked.total()) == (3, 3)
        assert told.failures == dict.fromkeys(
            ["4.md", "5.md"], f"the 3 requests of --max-requests are used up | {AGAIN}"
        )
        assert told.err.splitlines()[-1] == (
            "3 requests, 15,000 tokens in, 300 out, 3 answers recorded, 0 recordings reused"
        )
        assert run(server, documents(5), capsys, "--max-requests", "3").exit == 0
        assert server.asked.total() == 5


def test_tokens_of_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is sent that would take more, so the limit holds but for the last answers."""
    limit = str(2 * sum([USAGE["prompt_tokens"], USAGE["completion_tokens"]]) + prompt_tokens() + 2000)
    with Rude(good("json_schema")).running() as server:
        told = run(server, documents(5), capsys, "--max-tokens", limit, "--jobs", "1")
        assert (told.exit, server.asked.total()) == (3, 3)
        assert [*told.failures] == ["4.md", "5.md"]
        assert told.failures["4.md"].startswith(f"the {int(limit):,} tokens of --max-tokens are used up")


def test_nothing_is_sent_where_nothing_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    with Rude(good("json_schema")).running() as server:
        assert run(server, documents(2), capsys, "--max-requests", "0").exit == 3
        assert server.asked.total() == 0


# -- counting without asking -----------------------------------------------------------------------------------


def test_a_dry_run(capsys: pytest.CaptureFixture[str]) -> None:
    paths = documents(4)
    with Rude(good("json_schema")).running() as server:
        run(server, paths[:1], capsys)
        server.asked.clear()
        told = run(server, [*paths, "gone.md"], capsys, "--dry-run")
        assert (told.exit, told.err, server.asked.total()) == (3, "", 0)
    each = prompt_tokens()
    on_top = "the answers come on top"
    size = len(Path("1.md").read_text(encoding="utf-8")) // 4
    assert told.out.splitlines() == [
        "5 documents: 1 recorded, 3 to ask about, 1 unusable",
        "3 requests, 6 if every answer has to be asked for again",
        f"about {3 * each + 3 * size:,} tokens in, {each:,} of each request for prompt and schema; {on_top}",
        "small at HERE would be asked; nothing was sent",
    ]


def test_a_dry_run_without_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--dry-run", *documents(1)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "nobody would be asked: no model is configured, or asking is off; nothing was sent"
    )


# -- the probe -------------------------------------------------------------------------------------------------


def _usage(prompt: int) -> dict[str, object]:
    return completion('{"number": 1}', "json_schema") | {"usage": {**USAGE, "prompt_tokens": prompt}}


CUTS = "small at HERE cuts the prompt: it read 4,096 tokens of N; start it with a longer context (Ollama: num_ctx)"
PROBES: dict[str, tuple[Behaviour, list[str]]] = {
    "good": (always(http(_usage(50_000))), []),
    "does not count": (always(http(completion('{"number": 1}', "json_schema") | {"usage": None})), []),
    "ignores the schema": (
        always(http(completion("Hello!", "json_schema") | {"usage": None})),
        ["small at HERE does not keep to the schema that it is given: try another --mode, or another model"],
    ),
    "cuts the prompt": (
        always(http(_usage(4096))),
        [CUTS],
    ),
    "fails": (always(http({"error": {"message": "no"}}, 413)), []),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBES)
def test_the_probe(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    behaviour, expected = PROBES[name]
    with Rude(good("json_schema"), {0: behaviour}).running() as server:
        paths = documents(2)
        told = cli.main(["--base-url", server.url, "--model", "small", *paths])
        said = re.sub(r"of [\d,]+;", "of N;", capsys.readouterr().err.replace(server.url.removesuffix("/v1"), "HERE"))
    lines = said.splitlines()
    assert lines[0] == "asking small at HERE, which will see 2 documents"
    assert lines[1:-1] == expected
    assert told == 0
    assert (server.asked[1], server.asked[2]) == (1, 1)


def test_no_probe_for_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    with Rude(good("json_schema")).running() as server:
        assert cli.main(["--base-url", server.url, "--model", "small", *documents(1)]) == 0
        assert server.asked == {1: 1}
    capsys.readouterr()


# -- rate limits and progress ----------------------------------------------------------------------------------


def test_a_rate_limit_holds_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    limited = at_first(always(http({"error": {"message": "slow"}}, 429, retry_after="1")), good("json_schema"))
    with Rude(good("json_schema"), {1: limited}).running() as server:
        started = time.monotonic()
        told = run(server, documents(3), capsys, "--jobs", "1")
        assert time.monotonic() - started >= 1
        assert (told.exit, server.asked) == (0, {1: 2, 2: 1, 3: 1})
    assert told.err.splitlines()[-1] == (
        "4 requests, 15,000 tokens in, 300 out, 3 answers recorded, 0 recordings reused, held back by the server 1 time"
    )


def test_what_progress_says() -> None:
    assert str(State(1, 4, 0.0, 12_345)) == "4 waiting for an answer, 12,345 tokens"
    assert str(State(1, 4, 2.6, 0)) == "4 waiting for an answer, rate-limited for 3 s, 0 tokens"


def test_in_a_pipe_no_progress_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with shown(3) as show:
        show(State(1, 1, 0.0, 5))
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_it_is() -> None:
    ours, theirs = pty.openpty()
    paths = documents(3)
    with Rude(lambda count: iter([0.3, *good("json_schema")(count)])).running() as server:
        command = [sys.executable, "-m", "auditor", "--base-url", server.url, "--model", "small", "--no-probe", *paths]
        environment = {**os.environ, "PYTHONPATH": ROOT, "TERM": "xterm", "COLUMNS": "100"}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=60)
    os.close(theirs)
    shown_there = io.BytesIO()
    with contextlib.suppress(OSError):  # the end of a terminal is an error
        while data := os.read(ours, 1 << 16):
            shown_there.write(data)
    os.close(ours)
    assert done.returncode == 0
    text = shown_there.getvalue().decode()
    assert "2 waiting for an answer" in text
    assert "3/3" in text
    assert text.rstrip().endswith("3 answers recorded, 0 recordings reused")
