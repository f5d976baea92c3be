"""Runs that ask a model: limits, counting without asking, the probe, and what is shown meanwhile."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest

from auditor import cli
from auditor.live.forecast import prompt_tokens
from auditor.live.progress import State, shown
from auditor.llm import client
from tests import live
from tests.live import KEY, documents, good, run
from tests.rude import USAGE, Rude, always, at_first, completion, http

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Reader(NamedTuple):
    """A server that reads a prompt in its own tokens, as much of it as it can hold, and tells the numbers that it read."""

    characters: float = 4.0
    """To a token."""
    holds: int = 1_000_000
    """Tokens."""
    keeps: Literal["end", "half", "ends"] = "end"
    """What it reads of a longer prompt: the end, as much of it as fills half of what it holds, or both its ends."""
    counts: Callable[[int], int | None] = int
    """What it says of the tokens that it read."""
    tells: Callable[[str], str] = str
    """Its answer, given the one that a capable model gives."""

    def answer(self, body: bytes) -> bytes:
        prompt = "".join(message["content"] for message in json.loads(body)["messages"])
        tokens = int(len(prompt) / self.characters)
        if tokens > self.holds:
            tokens = self.holds // 2 + 2 if self.keeps == "half" else self.holds
            room = int(tokens * self.characters)
            prompt = f"{prompt[: room // 2]} {prompt[-room // 2 :]}" if self.keeps == "ends" else prompt[-room:]
        read = dict(re.findall(r"number at the (\w+) is (\d+)", prompt))
        told = json.dumps({place: int(read.get(place, 0)) for place in ("start", "middle", "end")})
        counted = self.counts(tokens)
        usage = None if counted is None else {**USAGE, "prompt_tokens": counted}
        return http(completion(self.tells(told), "json_schema") | {"usage": usage})


def _none(_tokens: int) -> None:
    return None


def _one(told: str) -> str:
    """A weak model's answer: the number that it read last, three times."""
    return re.sub(r"\d+", re.findall(r"\d+", told)[-1], told)


def _astray(_told: str) -> str:
    return '{"start": 1, "middle": 2, "end": 3}'


def _in_words(told: str) -> str:
    return "They are {:,}, {:,} and {:,}.".format(*json.loads(told).values())


IGNORES = "small at HERE does not keep to the schema that it is given: try another --mode, or another model"
LONGER = "start it with a longer context (Ollama: OLLAMA_CONTEXT_LENGTH)"
PROBES: dict[str, tuple[Reader, list[str]]] = {
    # Nothing is said of servers that read everything, however they count.
    "2.5 characters a token": (Reader(2.5), []),
    "4 characters a token": (Reader(4), []),
    "6 characters a token": (Reader(6), []),
    "counts what no tokenizer does": (Reader(12), []),
    "does not count": (Reader(counts=_none), []),
    "counts nothing": (Reader(counts=lambda _: 0), []),
    "counts what it had not seen before": (Reader(counts=lambda _: 12), []),
    "counts every token twice": (Reader(counts=lambda tokens: 2 * tokens), []),
    "holds just as much as there is": (Reader(4, holds=5_500), []),
    # Nor of models that do not understand the question: that they were not given it whole is not proved.
    "does not understand": (Reader(tells=_astray), []),
    "does not understand, does not count": (Reader(tells=_astray, counts=_none), []),
    # Some hold less than they are sent.
    "the last 2,048 tokens": (Reader(4, 2_048), [f"small at HERE cuts the prompt: it read 2,048 tokens of N characters; {LONGER}"]),
    "the last 4,096 tokens": (Reader(4, 4_096), [f"small at HERE loses the start of a prompt of N characters: {LONGER}, or ask another model"]),
    "half of 4,096 tokens": (Reader(4, 4_096, "half"), [f"small at HERE cuts the prompt: it read 2,050 tokens of N characters; {LONGER}"]),
    "2,048 tokens, not counted": (Reader(4, 2_048, counts=_none), [f"small at HERE loses the start and the middle of a prompt of N characters: {LONGER}, or ask another model"]),
    "2,048 tokens, not understood": (Reader(4, 2_048, tells=_astray), [f"small at HERE cuts the prompt: it read 2,048 tokens of N characters; {LONGER}"]),
    "both ends of it": (Reader(4, 4_096, "ends"), [f"small at HERE loses the middle of a prompt of N characters: {LONGER}, or ask another model"]),
    # A model that is weak is told from one that is cut by nothing but its count.
    "only the last number": (Reader(tells=_one), [f"small at HERE loses the start and the middle of a prompt of N characters: {LONGER}, or ask another model"]),
    # Some ignore the schema, and may read everything all the same.
    "ignores the schema": (Reader(tells=lambda _: "Hello!"), [IGNORES]),
    "ignores the schema, and answers": (Reader(tells=_in_words), [IGNORES]),
    "ignores the schema, and cuts": (Reader(4, 4_096, tells=_in_words), [IGNORES, f"small at HERE loses the start of a prompt of N characters: {LONGER}, or ask another model"]),
}  # fmt: skip


def _probed(behaviour: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is said about a server between the announcement and the closing line."""
    server = Rude(good("json_schema"))
    server.bad[0] = lambda _: iter([behaviour(next(body for body in reversed(server.bodies) if b"harbour" in body))])
    with server.running():
        told = cli.main(["--base-url", server.url, "--model", "small", *documents(2)])
        said = capsys.readouterr().err.replace(server.url.removesuffix("/v1"), "HERE")
    lines = re.sub(r"[\d,]+ characters", "N characters", said).splitlines()
    assert lines[0] == "asking small at HERE, which will see 2 documents"
    assert (told, server.asked[1], server.asked[2]) == (0, 1, 1)
    return lines[1:-1]


@pytest.mark.parametrize("name", PROBES)
def test_the_probe(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    reader, expected = PROBES[name]
    assert _probed(reader.answer, capsys) == expected


def test_a_probe_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """Each document meets it again, and says so."""
    assert _probed(lambda _: http({"error": {"message": "no"}}, 413), capsys) == []


def test_the_probe_is_no_longer_than_a_part(capsys: pytest.CaptureFixture[str]) -> None:
    """A long document is read in parts, and a server need not hold more than one."""
    Path("long.md").write_text("The tide is low. " * 10_000, encoding="utf-8")
    with Rude(good("json_schema")).running() as server:
        told = ["--base-url", server.url, "--model", "small", "--chunk-tokens", "4000", "--max-requests", "1"]
        cli.main([*told, *documents(1), "long.md"])
        capsys.readouterr()
        (probe,) = server.bodies
    sent = sum(len(message["content"]) for message in json.loads(probe)["messages"])
    assert sent < 4 * (prompt_tokens() + 4_000) + 1_000


LONG = 20_000
"""Characters of a document."""
TABLE = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 4_000
ALONE: dict[str, tuple[str, dict[str, Any] | None, bool]] = {
    "all of it": ("", {"prompt_tokens": 6_500}, False),
    "7 characters a token": ("", {"prompt_tokens": 3_000}, False),
    "not counted": ("", None, False),
    "nothing counted": ("", {"prompt_tokens": 0}, False),
    "most of it seen before": ("", {"prompt_tokens": 12, "prompt_tokens_details": {"cached_tokens": 6_488}}, False),
    "a long table, of which little is shown": (TABLE, {"prompt_tokens": 7_000}, False),
    "half of 4,096 tokens": ("", {"prompt_tokens": 2_050}, True),
    "the last 2,048 tokens": ("", {"prompt_tokens": 2_048}, True),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_one_document_is_not_tried_but_its_count_is_looked_at(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    more, usage, is_odd = ALONE[name]
    (path,) = documents(1)
    written = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(
        f"{written}\n{'The tide is low. ' * ((LONG - len(written)) // 17)}\n\n{more}", encoding="utf-8"
    )
    told = None if usage is None else {**USAGE, **usage}
    with Rude(always(http(completion(live.answer(), "json_schema") | {"usage": told}))).running() as server:
        assert cli.main(["--base-url", server.url, "--model", "small", path]) == 0
        assert server.asked == {1: 1}
        said = capsys.readouterr().err.replace(server.url.removesuffix("/v1"), "HERE").splitlines()
    read = usage["prompt_tokens"] if usage else 0
    odd = (
        f"small at HERE counts {read:,} tokens for a document of N characters, so it may have cut the prompt: {LONGER}"
    )
    assert [re.sub(r"[\d,]+ characters", "N characters", line) for line in said[1:-1]] == ([odd] if is_odd else [])


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
