"""Everything that a server can do wrong, to one document alone and to one among fifty.

Each fault ends with the right code, one right sentence and a bounded number of requests; no
recording is lost or half written, and the next run asks only for what is missing.
"""

from __future__ import annotations

import functools
import gzip
import itertools
import json
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from auditor.llm import client
from auditor.recordings import Store
from auditor.sources import read
from tests import live
from tests.live import KEY, documents, good, run
from tests.rude import Rude, always, at_first, completion, http

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.providers import Mode
    from tests.rude import Behaviour, Piece

MODES: list[Mode] = ["json_schema", "tools"]
OPTIONS = ("--timeout", "5", "--jobs", "10")
DEADLINES = {1: "1", 50: "4"}
"""Seconds for each document, where one never comes to its end: the others of many are answered on a busy machine too."""
AGAIN = "record it again, or ask another model with --model"
LATER = "run the same command again in a while: what is recorded is not asked again"
TWICE = "small at HERE gives an answer that does not fit the schema, twice: "
NO_JSON = "small at HERE sends something else than an answer in JSON"
LATE = "small at HERE has not answered within DEADLINE s | give it longer with --timeout"
UNREACHABLE = (
    "HERE cannot be reached, or breaks off | see that a server runs there; then run the same command again in a while"
)


class Fault(NamedTuple):
    """What a server does, and what becomes of it."""

    does: Callable[[Mode], Behaviour]
    says: str | None
    """The sentence with its hint, or how it begins; None where the answer is taken in the end."""
    requests: int = 1
    stops: bool = False
    """Whether no other document is asked about from then on."""
    tools: str | None = None
    """The sentence in the mode of tools, where it is another one."""
    ends: bool = True
    """Whether the server comes to an end of its own, before any deadline."""
    takes: str | None = None
    """The answer that is taken, though not everything in it fits, where it is not the good one."""

    def options(self, count: int) -> tuple[str, ...]:
        """Those of a run over so many documents."""
        return OPTIONS if self.ends else (*OPTIONS, "--timeout", DEADLINES[count])


def _text(content: object, finish: str | None = None) -> Callable[[Mode], Behaviour]:
    return lambda mode: always(http(completion(content, mode, finish=finish)))


def _sent(*pieces: bytes | float | str) -> Callable[[Mode], Behaviour]:
    return lambda _: always(*pieces)  # type: ignore[arg-type]  # "reset" is one of the pieces


def _status(status: int, code: str | None = None, words: str = "no", **headers: str) -> Callable[[Mode], Behaviour]:
    return _sent(http({"error": {"message": words, "code": code}}, status, **headers))


def _once(first: Callable[[Mode], Behaviour]) -> Callable[[Mode], Behaviour]:
    return lambda mode: at_first(first(mode), good(mode))


@functools.cache
def _bomb() -> bytes:
    return http(gzip.compress(b" " * 300_000_000, 1), content_encoding="gzip")


def _dripping(_count: int) -> Iterator[Piece]:
    """A byte every 50 ms, for ever: no pause is as long as any deadline, and only the whole of it is."""
    for byte in itertools.chain(http(b"", content_length="1000000"), itertools.repeat(ord(" "))):
        yield bytes([byte])
        yield 0.05


def _changed(**changes: object) -> str:
    return json.dumps({**json.loads(live.answer()), **changes})


GOOD = live.answer()
NAN = _changed(position=float("nan"))
VERDICT = _changed(verdict="supported")
HALF = GOOD.replace("score", "\\ud800", 1)
FAULTS: dict[str, Fault] = {
    "cut at length": Fault(
        _text(GOOD[:80], "length"),
        f"small at HERE cuts the answer short: it is longer than the model may write | {AGAIN}",
    ),
    "cut, but stop": Fault(_text(GOOD[:80]), f"{TWICE}Invalid JSON: EOF while parsing", 2),
    "content filter": Fault(
        _text(GOOD, "content_filter"), f"small at HERE withholds the answer: a content filter stopped it | {AGAIN}"
    ),
    "refusal": Fault(
        lambda mode: always(http(completion(None, mode, refusal="I will not."))),
        f"small at HERE refuses to answer | {AGAIN}",
    ),
    "prose": Fault(
        lambda _: always(http(completion(f"Here it is: {GOOD}", "json_schema"))),
        f"{TWICE}Invalid JSON: expected value",
        2,
        tools=f"small at HERE answers without calling the tool that it was given | {AGAIN}",
    ),
    "two tool calls": Fault(
        lambda _: always(http(completion(GOOD, "tools", calls=2))),
        f"small at HERE stops for another reason than being done | {AGAIN}",
        tools=f"small at HERE calls the tool more than once | {AGAIN}",
    ),
    "no choices": Fault(_sent(http({"choices": []})), f"small at HERE sends something that is not one answer | {AGAIN}"),
    "null": Fault(_sent(http(b"null")), f"small at HERE sends something that is not one answer | {AGAIN}"),
    "login page": Fault(
        _sent(http(b"<html>Log in</html>", content_type="text/html")),
        "small at HERE sends text/html instead of JSON: it may be a login page, or not the address of the interface",
    ),
    "wrong schema for ever": Fault(_text('{"claims": 5}'), TWICE, 2),
    "wrong schema once": Fault(_once(_text('{"claims": 5}')), None, 2),
    "NaN": Fault(_text(NAN), None, 2, takes=NAN),
    "1e999": Fault(_text(NAN.replace("NaN", "1e999")), None, 2, takes=NAN.replace("NaN", "1e999")),
    "NaN around the answer": Fault(_sent(http(b'{"choices": NaN}')), f"{NO_JSON}: NaN is not a number | {AGAIN}"),
    "NUL": Fault(_text(GOOD.replace("score", "sc\0re", 1)), f"{TWICE}Invalid JSON: control character", 2),
    "duplicate keys": Fault(
        _text(GOOD[:-1] + ', "claims": []}'),
        f"{TWICE}a key is given twice in one object, so that one of its values would be lost | {AGAIN}",
        2,
    ),
    "unknown keys": Fault(_text(VERDICT), None, 2, takes=VERDICT),
    "lone surrogate": Fault(
        _text(GOOD.replace("score", "\ud800", 1)), f"small at HERE sends half of a character, which no text has | {AGAIN}"
    ),
    "lone surrogate inside": Fault(_text(HALF), None, 2, takes=HALF),
    "100,000 deep": Fault(_text('{"claims": ' + "[" * 100_000), f"{TWICE}Invalid JSON: recursion limit", 2),
    "100,000 deep around the answer": Fault(_sent(http(b"[" * 100_000)), f"{NO_JSON}: it is nested too deeply | {AGAIN}"),
    "60 MB": Fault(
        _sent(http(b"", content_length="60000000"), *[b" " * 6_000_000] * 10),
        f"small at HERE sends an answer of more than 8 MB | {AGAIN}",
    ),
    "gzip bomb": Fault(lambda _: always(_bomb()), f"small at HERE sends an answer of more than 8 MB | {AGAIN}"),
    "a million values": Fault(
        _text(_changed(values=[1] * 1_000_000)),
        f"small at HERE sends an answer of more than 100,000 parts | {AGAIN}",
    ),
    "reset": Fault(_sent("reset"), UNREACHABLE, 3),
    "half a body": Fault(_sent(http(b'{"choices"', content_length="1000"), "reset"), UNREACHABLE, 3),
    "garbage": Fault(_sent(b"\x00\xff SSH-2.0 \r\n\r\n", "reset"), UNREACHABLE, 3),
    "hang": Fault(_sent(30.0), LATE, ends=False),
    "slow drip": Fault(lambda _: _dripping, LATE, ends=False),
    "429 for a second": Fault(_once(_status(429, retry_after="1")), None, 2),
    "429 for an hour": Fault(
        _status(429, retry_after="3600"),
        f"HERE asks to wait 3,600 s before the next request | that is longer than --timeout; {LATER}",
        stops=True,
    ),
    "429 for ever": Fault(
        _status(429, retry_after="0.01"),
        f"HERE asks for fewer requests (status 429) | ask for fewer at once with --jobs, or {LATER}",
        6,
    ),
    "quota exhausted": Fault(
        _status(429, "insufficient_quota", retry_after="1"),
        f"HERE has no quota left for this API key (status 429) | see to it, then {LATER}",
        stops=True,
    ),
    "500 once": Fault(_once(_status(500)), None, 2),
    "500 for ever": Fault(_status(500), f"HERE fails (status 500) | {LATER}", 3),
    "502 as a page": Fault(
        _sent(http(b"<html>Bad gateway</html>", 502, content_type="text/html")), f"HERE fails (status 502) | {LATER}", 3
    ),
    "401 that echoes the key": Fault(
        _status(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"),
        "HERE rejects the API key (status 401) | set OPENAI_API_KEY to a key of that server",
        stops=True,
    ),
    "404 model": Fault(
        _status(404, "model_not_found"),
        "HERE does not have small (status 404) | check --model, and --base-url",
        stops=True,
    ),
    "400 context length": Fault(
        _status(400, "context_length_exceeded"),
        "HERE finds the document too long for the model (status 400) | split it, or ask another --model",
    ),
    "413": Fault(_status(413), "HERE finds the document too large (status 413) | split the document"),
    "307 to another host": Fault(
        _status(307, location="http://192.0.2.1/v1/chat/completions"),
        "HERE redirects to another address, which is not followed (status 307) | "
        "name that address with --base-url if you trust it",
    ),
    "escape codes and commands": Fault(
        _status(400, words=f"\x1b[31m{KEY}\x1b[0m\n::error::x\n##[error]y \u202e"),
        "HERE refuses the request: \x1b[31m...\x1b[0m ::error::x ##[error]y \u202e (status 400)",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(client, "BACKOFF", 0.01)


@pytest.fixture(autouse=True)
def _nothing_secret_is_left(tmp_path: Path) -> Iterator[None]:
    """No file holds the key, and only the documents hold what they say."""
    yield
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert KEY.encode() not in data
            assert path.suffix == ".md" or live.CANARY.encode() not in data


def _check(fault: Fault, mode: Mode, told: live.Run, path: str, count: int) -> None:
    """One right sentence, and nothing dangerous on the way to it."""
    says = fault.tools if mode == "tools" and fault.tools else fault.says
    if says is None:
        assert path not in told.failures
    else:
        says = says.replace("DEADLINE", DEADLINES[count])
        assert told.failures[path][: len(says)] == says
        assert len(told.failures[path]) < 600
    for text in (told.out, told.err):
        assert KEY not in text
        assert not {"\x1b", "\0", "\u202e"} & set(text)
    assert live.CANARY not in told.err
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in told.err.splitlines())


def _recorded(paths: list[str], taken: str | None = None) -> list[str]:
    """Which of the documents have a recording that can be replayed."""
    found = [path for path in paths if Store().place(path).exists()]
    for path in found:
        assert Store().load(read(path)).answer in {GOOD, taken}
    assert [path.name for path in Path(".audit").glob(".*.tmp")] == []
    return found


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", FAULTS)
def test_alone(name: str, mode: Mode, capsys: pytest.CaptureFixture[str]) -> None:
    fault = FAULTS[name]
    paths = documents(1)
    requests = 1 if mode == "tools" and fault.tools else fault.requests
    with Rude(good(mode), {1: fault.does(mode)}).running() as server:
        started = time.monotonic()
        told = run(server, paths, capsys, *fault.options(1), mode=mode)
        assert time.monotonic() - started < 5
        _check(fault, mode, told, "1.md", 1)
        assert (told.exit, server.asked[1]) == (0 if fault.says is None else 3, requests)
        assert _recorded(paths, fault.takes) == ([] if fault.says else paths)
        server.bad.clear()
        server.asked.clear()
        assert run(server, paths, capsys, mode=mode).exit == 0
        assert server.asked[1] == (1 if fault.says else 0)
    assert _recorded(paths, fault.takes) == paths


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", FAULTS)
def test_one_bad_among_fifty(name: str, mode: Mode, capsys: pytest.CaptureFixture[str]) -> None:
    fault = FAULTS[name]
    paths = documents(50)
    with Rude(good(mode), {7: fault.does(mode)}).running() as server:
        told = run(server, paths, capsys, *fault.options(50), mode=mode)
        _check(fault, mode, told, "7.md", 50)
        assert told.exit == (0 if fault.says is None else 3)
        assert max(server.asked.values()) == (1 if mode == "tools" and fault.tools else fault.requests)
        done = _recorded(paths, fault.takes)
        if fault.stops:  # what was on its way is kept, and the rest is not sent to be refused likewise
            assert {*paths} - {*told.failures} == {*done}
            assert len(set(told.failures.values())) == 1
        else:
            assert done == [path for path in paths if path != "7.md" or fault.says is None]
            assert [*told.failures] == ([] if fault.says is None else ["7.md"])
        server.bad.clear()
        server.asked.clear()
        assert run(server, paths, capsys, mode=mode).exit == 0
        assert sorted(f"{number}.md" for number in server.asked) == sorted({*paths} - {*done})
        assert {*server.asked.values()} <= {1}
    assert _recorded(paths, fault.takes) == paths


def _closed() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("way", ["closed port", "dead proxy"])
def test_nobody_there(
    way: str, count: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is not there is not tried fifty times."""
    url, told_of = _closed(), UNREACHABLE
    if way == "dead proxy":
        monkeypatch.setenv("HTTP_PROXY", url.removesuffix("/v1"))
        url = "http://192.0.2.1/v1"
        told_of = UNREACHABLE.replace("see that a server runs there", "check the network, the proxy, and --base-url")
    paths = documents(count)
    told = run(url, paths, capsys, *OPTIONS)
    assert (told.exit, told.failures) == (3, dict.fromkeys(paths, told_of))
    assert int(told.err.splitlines()[-1].split(" request")[0]) < 50
    assert _recorded(paths) == []
