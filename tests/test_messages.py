"""Tests of Anthropic's language against a server on this machine that speaks it, with Anthropic's own library."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from auditor import cli, prompt, providers, wire
from auditor.document import Document
from auditor.errors import ExtractionError, ModelUnavailable, UsageError
from auditor.llm import client
from auditor.llm.asking import ask as ask_about
from auditor.llm.client import REQUESTS, Endpoint
from auditor.llm.model import Answer
from auditor.llm.traffic import Traffic
from auditor.providers import Server, origin
from tests import live
from tests.rude import Rude, always, http
from tests.test_llm_client import (
    AGAIN,
    KEY,
    LOST,
    MESSAGES,
    SCHEMA,
    TWICE,
    Claims,
    _nothing_is_printed_or_logged,
    sends,
)

pytest.importorskip("anthropic", reason="the extra anthropic is not installed")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_httpserver import HTTPServer
    from werkzeug import Request, Response

    from tests.rude import Behaviour

__all__ = ["_nothing_is_printed_or_logged"]  # a fixture

GOOD = {"claims": ["café", 1]}
TEXT = '{"claims":["café",1]}'
LATER = "run the same command again in a while: what is recorded is not asked again"


class Fake:
    """A server that gives its answers in order, the last for ever, and keeps what it was sent."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("")
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[Callable[[], Response]] = []
        server.expect_request("/v1/messages", method="POST").respond_with_handler(self._handle)

    def _handle(self, request: Request) -> Response:
        self.requests.append(json.loads(request.get_data()))
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        return self.answers[min(len(self.requests), len(self.answers)) - 1]()

    @property
    def server(self) -> Server:
        return Server("small", self.url, KEY, "tools", "ANTHROPIC_API_KEY", "messages")

    def ask(self, *answers: Callable[[], Response]) -> Answer:
        self.answers = list(answers)
        return asyncio.run(_answered(self.server))

    def failure(self, *answers: Callable[[], Response]) -> str:
        """What is said of the answers, with the server's changing address left out, and the hint."""
        with pytest.raises(ExtractionError) as caught:
            self.ask(*answers)
        return f"{caught.value.message.replace(origin(self.url), 'HERE')} | {caught.value.hint}"


async def _answered(server: Server) -> Answer:
    endpoint = Endpoint(server, Traffic(patience=60))
    try:
        return await endpoint.converse(MESSAGES, response_model=Claims, schema=SCHEMA)
    finally:
        await endpoint.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF", 0.01)


@pytest.fixture
def fake(httpserver: HTTPServer) -> Fake:
    return Fake(httpserver)


def calling(answer: object = GOOD, name: str = "extraction", number: int = 1) -> dict[str, Any]:
    return {"type": "tool_use", "id": f"toolu_{number}", "name": name, "input": answer}


def saying(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


THINKING = {"type": "thinking", "thinking": "Let me see.", "signature": "s"}


def message(*content: object, reason: object = "tool_use", **more: object) -> dict[str, Any]:
    """A complete answer of the server."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "small-2026-01-01",
        "content": list(content),
        "stop_reason": reason,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 4,
            "cache_creation_input_tokens": 2,
            "cache_read_input_tokens": 6,
            "output_tokens": 7,
            "output_tokens_details": {"thinking_tokens": 3},
        },
        **more,
    }


def error(kind: str, words: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": words}}


# -- what is sent -------------------------------------------------------------------------------------------


def test_the_request(fake: Fake) -> None:
    fake.ask(sends(message(calling())))
    told = "Read it.\n\n\nHand the object over by calling the tool extraction, once."
    assert fake.requests == [
        {
            "model": "small",
            "max_tokens": 64_000,
            "system": [{"type": "text", "text": told, "cache_control": {"type": "ephemeral"}}],
            "messages": [MESSAGES[1]],
            "tools": [
                {
                    "name": "extraction",
                    "description": "Hand over what the document states and claims.",
                    "input_schema": SCHEMA,
                }
            ],
            "tool_choice": {"type": "auto", "disable_parallel_tool_use": True},
        }
    ]
    assert fake.headers[0]["authorization"] == f"Bearer {KEY}"


def test_the_environment_sends_the_document_nowhere_else(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://192.0.2.1")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "another")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "a third")
    monkeypatch.setenv("ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE", "content")
    fake.ask(sends(message(calling())))
    sent = {fake.headers[0].get("authorization"), fake.headers[0].get("x-api-key")}
    assert sent == {f"Bearer {KEY}", None}
    endpoint = Endpoint(fake.server, Traffic())
    assert endpoint._language._client.open_telemetry["traces"]["enabled"] is False  # type: ignore[attr-defined]
    asyncio.run(endpoint.close())


# -- good answers -------------------------------------------------------------------------------------------

ANSWERS = {
    "a call": message(calling()),
    "a call, and done": message(calling(), reason="end_turn"),
    "words before the call": message(saying("I hand it over."), calling()),
    "words with something beside them": message(saying("I hand it over.") | {"citations": 5, "x": 1}, calling()),
    "a call after thoughts": message(THINKING, calling()),
    "the object itself": message(saying(TEXT), reason="end_turn"),
    "the object itself, in two pieces": message(saying(TEXT[:9]), saying(TEXT[9:]), reason="end_turn"),
    "the object itself, after thoughts": message(THINKING, saying(f"\n{TEXT}\n"), reason="end_turn"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer(name: str, fake: Fake) -> None:
    assert fake.ask(sends(ANSWERS[name])) == Answer(
        text=TEXT,
        model="small-2026-01-01",
        usage={
            "prompt_tokens": 12,
            "completion_tokens": 7,
            "total_tokens": 19,
            "cached_tokens": 6,
            "reasoning_tokens": 3,
        },
        parameters={"mode": "tools", "strict": False},
    )
    assert len(fake.requests) == 1


@pytest.mark.parametrize("usage", [None, "many", {}, {"input_tokens": "12", "output_tokens": True}])
def test_a_server_that_does_not_count(usage: object, fake: Fake) -> None:
    answer = fake.ask(sends(message(calling(), usage=usage)))
    assert (answer.text, answer.usage) == (TEXT, {})


def test_asked_once_more_where_the_answer_does_not_fit(fake: Fake) -> None:
    answer = fake.ask(sends(message(THINKING, calling({"claims": 5}))), sends(message(calling())))
    assert (answer.text, answer.usage["prompt_tokens"], answer.fault) == (TEXT, 24, None)
    first, second = fake.requests
    assert {**second, "messages": first["messages"]} == first
    asked, answered, complaint = second["messages"]
    assert [asked] == first["messages"]
    assert answered == {"role": "assistant", "content": [THINKING, calling({"claims": 5})]}
    (result,) = complaint["content"]
    assert (result["type"], result["tool_use_id"], result["is_error"]) == ("tool_result", "toolu_1", True)
    assert "Input should be a valid" in result["content"]


WRONG: list[object] = [{"claims": 5}, {"claims": [], "more": 1}, {}, {"claims": [None]}]


@pytest.mark.parametrize("wrong", WRONG)
def test_never_asked_a_third_time(wrong: object, fake: Fake) -> None:
    answer = fake.ask(sends(message(calling(wrong))))
    assert (answer.text, (answer.fault or "")[: len(TWICE)]) == (json.dumps(wrong, separators=(",", ":")), TWICE)
    assert len(fake.requests) == 2


# -- responses that hold no answer --------------------------------------------------------------------------

NO_ANSWER: dict[str, tuple[object, str]] = {
    "cut short": (
        message(calling(), reason="max_tokens"),
        "cuts the answer short: it is longer than the model may write",
    ),
    "more than it holds": (
        message(calling(), reason="model_context_window_exceeded"),
        "cuts the answer short: it is longer than the model may write",
    ),
    "refusal": (message(reason="refusal"), "refuses to answer"),
    "refusal beside a call": (message(calling(), reason="refusal"), "refuses to answer"),
    "paused": (message(calling(), reason="pause_turn"), "stops for another reason than being done"),
    "no reason": (message(calling(), reason=None), "stops for another reason than being done"),
    "unhashable reason": (message(calling(), reason=[]), "stops for another reason than being done"),
    "prose": (
        message(saying("Sorry, no."), reason="end_turn"),
        "answers without calling the tool that it was given",
    ),
    "prose around the object": (
        message(saying(f"Here it is: {TEXT}"), reason="end_turn"),
        "answers without calling the tool that it was given",
    ),
    "a list": (message(saying("[1]"), reason="end_turn"), "answers without calling the tool that it was given"),
    "the object with a key twice": (
        message(saying('{"claims": [1], "claims": []}'), reason="end_turn"),
        "answers without calling the tool that it was given",
    ),
    "half of the object": (
        message(saying(TEXT[:-2]), reason="end_turn"),
        "answers without calling the tool that it was given",
    ),
    "thoughts alone": (message(THINKING, reason="end_turn"), "answers without calling the tool that it was given"),
    "nothing": (message(), "answers without calling the tool that it was given"),
    "two calls": (message(calling(), calling({"claims": []}, number=2)), "calls the tool more than once"),
    "another tool": (message(calling(name="shell")), "calls a tool that it was not given"),
    "half of a character": (
        message(calling({"claims": ["\ud800"]})),
        "sends half of a character, which no text has",
    ),
    "an error that is none": (error("api_error", "no"), "sends something that is not one answer"),
    "content that is no list": (message(calling()) | {"content": "no"}, "sends something that is not one answer"),
    "a block of nothing": (message(None, calling()), "sends something that is not one answer"),
    "a block without a type": (message({}, calling()), "sends something that is not one answer"),
    "a block of another type": (
        message({"type": "server_tool_use", "id": "1", "name": "web_search", "input": {}}, calling()),
        "sends something that is not one answer",
    ),
    "a block with an unhashable type": (message({"type": []}, calling()), "sends something that is not one answer"),
    "words that are none": (message(saying("") | {"text": 5}, calling()), "sends something that is not one answer"),
    "a call with a text": (message(calling(TEXT)), "sends something that is not one answer"),
    "a call with a list": (message(calling([1])), "sends something that is not one answer"),
    "a call without a number": (message(calling() | {"id": None}), "sends something that is not one answer"),
    "null": (None, "sends something that is not one answer"),
    "a number": (5, "sends something that is not one answer"),
    "another format": (
        {"choices": [{"message": {"content": TEXT}}]},
        "sends something that is not one answer",
    ),
    "a key twice": (
        json.dumps(message(calling())).replace('"claims": [', '"claims": [], "claims": [').encode(),
        f"sends something else than an answer in JSON: {LOST}",
    ),
    "NaN": (
        json.dumps(message(calling({"claims": [float("nan")]}))).encode(),
        "sends something else than an answer in JSON: NaN is not a number",
    ),
    "too deep": (
        json.dumps(message(calling("DEEP"))).replace('"DEEP"', "[" * 100_000).encode(),
        "sends something else than an answer in JSON: it is nested too deeply",
    ),
    "a million values": (
        message(calling({"claims": [1] * 1_000_000})),
        "sends an answer of more than 100,000 parts",
    ),
    "too large": (b" " * 9_000_000, "sends an answer of more than 8 MB"),
}


@pytest.mark.parametrize("name", NO_ANSWER)
def test_no_answer(name: str, fake: Fake) -> None:
    content, says = NO_ANSWER[name]
    assert fake.failure(sends(content)) == f"small at HERE {says} | {AGAIN}"
    assert len(fake.requests) == 1


def test_a_login_page(fake: Fake) -> None:
    page = sends(b"<html>Log in</html>", headers={"content-type": "text/html"})
    assert fake.failure(page).startswith("small at HERE sends text/html instead of JSON: it may be a login page")


# -- responses that say what is wrong -----------------------------------------------------------------------

STATUSES: dict[str, tuple[int, object, dict[str, str], str, int]] = {
    "key": (
        401, error("authentication_error", f"invalid x-api-key {KEY}"), {},
        "HERE rejects the API key (status 401) | set ANTHROPIC_API_KEY to a key of that server", 1,
    ),
    "credit": (
        400, error("invalid_request_error", "Your credit balance is too low to access the Anthropic API."), {},
        f"HERE has no quota left for this API key (status 400) | see to it, then {LATER}", 1,
    ),
    "billing": (
        402, error("billing_error", "Pay."), {},
        f"HERE asks to be paid first (status 402) | see to the account, then {LATER}", 1,
    ),
    "model": (
        404, error("not_found_error", "model: small"), {},
        "HERE does not have small (status 404) | check --model, and --base-url", 1,
    ),
    "too long": (
        400, error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"), {},
        "HERE finds the document too long for the model (status 400) | split it, or ask another --model", 1,
    ),
    "too large": (
        413, error("request_too_large", "no"), {},
        "HERE finds the document too large (status 413) | split the document", 1,
    ),
    "wrong request": (
        400, error("invalid_request_error", f"tools.0: \x1b[31m{KEY}\n::error::x"), {},
        ("HERE refuses the request: tools.0: \x1b[31m... ::error::x (status 400) | "
        "check --model, and --mode: not every model takes a JSON schema"), 1,
    ),
    "slow down, for long": (
        429, error("rate_limit_error", "no"), {"retry-after": "3600"},
        f"HERE asks to wait 3,600 s before the next request | that is longer than --timeout; {LATER}", 1,
    ),
    "slow down, for ever": (
        429, error("rate_limit_error", "no"), {"retry-after": "0.01"},
        f"HERE asks for fewer requests (status 429) | ask for fewer at once with --jobs, or {LATER}", REQUESTS,
    ),
    "overloaded": (529, error("overloaded_error", "Overloaded"), {}, f"HERE fails (status 529) | {LATER}", 3),
    "a page": (502, b"<html>", {"content-type": "text/html"}, f"HERE fails (status 502) | {LATER}", 3),
    "no object": (500, [1], {}, f"HERE fails (status 500) | {LATER}", 3),
    "elsewhere": (
        307, {}, {"location": "http://192.0.2.1/v1/messages"},
        ("HERE redirects to another address, which is not followed (status 307) | "
        "name that address with --base-url if you trust it"), 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STATUSES)
def test_a_status(name: str, fake: Fake) -> None:
    status, content, headers, says, requests = STATUSES[name]
    assert fake.failure(sends(content, status, headers)) == says
    assert len(fake.requests) == requests


def test_what_passes_is_waited_for(fake: Fake) -> None:
    slower = sends(error("rate_limit_error", "no"), 429, {"retry-after": "0.01"})
    assert fake.ask(slower, sends(error("overloaded_error", "no"), 529), sends(message(calling()))).text == TEXT
    assert len(fake.requests) == 3


def test_nobody_there() -> None:
    server = Server("small", "http://127.0.0.1:9", KEY, "tools", "ANTHROPIC_API_KEY", "messages")
    with pytest.raises(ExtractionError) as caught:
        asyncio.run(_answered(server))
    assert caught.value.message == "http://127.0.0.1:9 cannot be reached, or breaks off"


# -- the prompt and the schema of audit itself, and the command ---------------------------------------------


def test_the_whole_request(fake: Fake) -> None:
    document = Document("a.md", "It took 4 s.\n")
    lists = ("metrics", "subjects", "dimensions", "tables", "values", "claims")
    nothing: dict[str, object] = {"position": None, **{name: [] for name in lists}}
    fake.answers = [sends(message(calling(nothing)))]

    async def about_the_document() -> Answer:
        endpoint = Endpoint(fake.server, Traffic())
        try:
            return await ask_about(document, endpoint)
        finally:
            await endpoint.close()

    asyncio.run(about_the_document())
    (request,) = fake.requests
    told, asked = prompt.messages(document)
    assert request["messages"] == [asked]
    assert request["system"][0]["text"].startswith(told["content"])
    assert request["tools"][0]["input_schema"] == wire.schema()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: Fake) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    known = replace(providers.PROVIDERS["anthropic"], base_url=fake.url)
    monkeypatch.setattr(providers, "PROVIDERS", {**providers.PROVIDERS, "anthropic": known})
    return tmp_path


def test_through_the_command(fake: Fake, project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fake.answers = [sends(message(calling(json.loads(live.answer()))))]
    paths = live.documents(2)
    assert cli.main(["--model", "anthropic/small", *paths]) == 0
    assert capfd.readouterr().err.splitlines() == [
        f"asking small at {origin(fake.url)}, which will see 2 documents",
        "2 requests, 24 tokens in (12 cached), 14 out, 2 answers recorded, 0 recordings reused",
    ]
    recorded = json.loads((project / ".audit" / "1.md.json").read_bytes())
    assert json.loads("".join(recorded["answer"])) == json.loads(live.answer())
    assert cli.main(["--offline", *paths]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("project")
def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "anthropic", None)
    monkeypatch.delitem(sys.modules, "auditor.llm.messages", raising=False)
    assert cli.main(["--record", "--model", "anthropic/small", *live.documents(1)]) == 2
    assert capfd.readouterr().err.splitlines()[-2:] == [
        "error: Anthropic's models need its client library, which is not installed",
        "hint: pip install 'claim-auditor[anthropic]'",
    ]


def test_the_schema_cannot_be_that_of_the_answer() -> None:
    with pytest.raises(UsageError) as caught:
        providers.server("anthropic/small", None, "json_schema", {"ANTHROPIC_API_KEY": KEY})
    assert (caught.value.message, caught.value.hint) == (
        "anthropic takes the schema as that of a tool only, and --mode is json_schema",
        "leave --mode out, or take --mode tools",
    )


GOOD_MESSAGE = http(message(calling(json.loads(live.answer()))))
FIFTY: dict[str, tuple[Behaviour, str, int]] = {
    "two calls": (
        always(http(message(calling(), calling(number=2)))), f"small at HERE calls the tool more than once | {AGAIN}", 1,
    ),
    "cut": (
        always(http(message(calling(), reason="max_tokens"))),
        f"small at HERE cuts the answer short: it is longer than the model may write | {AGAIN}", 1,
    ),
    "overloaded for ever": (
        always(http(error("overloaded_error", "no"), 529)), f"HERE fails (status 529) | {LATER}", 3,
    ),
    "reset": (
        always("reset"),
        (
            "HERE cannot be reached, or breaks off | "
            "see that a server runs there; then run the same command again in a while"
        ), 3,
    ),
    "hang": (
        always(30.0),
        f"small at HERE has not answered within 4 s | give it longer with --timeout, or {LATER}", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FIFTY)
def test_one_bad_among_fifty(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    behaviour, says, requests = FIFTY[name]
    paths = live.documents(50)
    with Rude(always(GOOD_MESSAGE), {7: behaviour}).running() as server:
        here = server.url.removesuffix("/v1")
        known = replace(providers.PROVIDERS["anthropic"], base_url=here)
        monkeypatch.setattr(providers, "PROVIDERS", {**providers.PROVIDERS, "anthropic": known})
        told = ["--model", "anthropic/small", "--format", "json", "--timeout", "4", "--jobs", "10"]
        assert cli.main([*told, *paths]) == 3
        out, err = capfd.readouterr()
        assert KEY not in out + err
        failed = [entry for entry in json.loads(out)["documents"] if entry["status"] == "not-audited"]
        assert [(each["path"], f"{each['error']['message']} | {each['error']['hint']}") for each in failed] == [
            ("7.md", says.replace("HERE", here))
        ]
        assert (server.asked[7], max(server.asked.values())) == (requests, requests)
        server.bad.clear()
        server.asked.clear()
        assert cli.main([*told, *paths]) == 0
        assert server.asked == {7: 1}
    capfd.readouterr()
    assert len([*(project / ".audit").glob("*.json")]) == 50


def test_a_key_that_is_rejected_stops_the_run(fake: Fake, project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fake.answers = [sends(error("authentication_error", KEY), 401)]
    assert cli.main(["--model", "anthropic/small", "--jobs", "1", *live.documents(5)]) == 3
    assert len(fake.requests) == 1
    assert KEY not in "".join(capfd.readouterr())
    assert not (project / ".audit").exists()
    assert issubclass(ModelUnavailable, ExtractionError)
