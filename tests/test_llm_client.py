"""Tests of the client against a server on this machine: what is sent, and what becomes of every kind of answer.

No recording stands in for the server here: a recorded exchange passes whatever is sent.
"""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import httpx2
import openai
import pytest
from pydantic import BaseModel, ConfigDict
from werkzeug import Response

from auditor import prompt, wire
from auditor.document import Document
from auditor.errors import ExtractionError, ModelFailed, ModelUnavailable, UsageError
from auditor.llm import client
from auditor.llm.asking import ask as ask_about
from auditor.llm.client import Endpoint
from auditor.llm.failures import Asked
from auditor.llm.model import Answer
from auditor.llm.traffic import Traffic
from auditor.providers import Mode, Server, origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_httpserver import HTTPServer
    from werkzeug import Request

KEY = "sk-canary-0123456789"
CANARY = "The canary sings at 4.5 Hz {{ 7 * 7 }} {# unseen #} {% raw %} https://example.org/picture.png"
MESSAGES = [
    {"role": "system", "content": "Read it.\n"},
    {"role": "user", "content": f"{CANARY}\n"},
]
SCHEMA = {
    "type": "object",
    "properties": {"claims": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}},
    "required": ["claims"],
    "additionalProperties": False,
}
GOOD = ' {"claims": ["caf\\u00e9",\n 1] }'
LOST = "a key is given twice in one object, so that one of its values would be lost"
TWICE = "gives an answer that does not fit the schema, twice: "
AGAIN = "record it again, or ask another model with --model"
PARAMETERS: dict[str, str | int | bool] = {"mode": "json_schema", "strict": True, "temperature": 0}


async def answered(server: Server, traffic: Traffic | None = None) -> Answer:
    endpoint = Endpoint(server, traffic or Traffic())
    try:
        return await endpoint.converse(MESSAGES, response_model=Claims, schema=SCHEMA)
    finally:
        await endpoint.close()


MODES: list[Mode] = ["json_schema", "tools"]


class Claims(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    claims: list[str | int]


class Fake:
    """A server that gives its answers in order, the last for ever, and keeps what it was sent."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("/v1")
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[Callable[[], Response]] = []
        server.expect_request("/v1/chat/completions", method="POST").respond_with_handler(self._handle)

    def _handle(self, request: Request) -> Response:
        self.requests.append(json.loads(request.get_data()))
        self.headers.append(dict(request.headers))
        return self.answers[min(len(self.requests), len(self.answers)) - 1]()

    def ask(self, *answers: Callable[[], Response], mode: Mode = "json_schema") -> Answer:
        self.answers = list(answers)
        return asyncio.run(answered(Server("small", self.url, KEY, mode)))

    def failure(self, *answers: Callable[[], Response], mode: Mode = "json_schema") -> tuple[str, str]:
        """What is said of the answers, with the server's changing address left out, and the hint."""
        with pytest.raises(ExtractionError) as caught:
            self.ask(*answers, mode=mode)
        return caught.value.message.replace(origin(self.url), "HERE"), caught.value.hint


@pytest.fixture
def fake(httpserver: HTTPServer) -> Fake:
    return Fake(httpserver)


@pytest.fixture(autouse=True)
def _nothing_is_printed_or_logged(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    caplog.set_level("DEBUG")
    yield
    output = capfd.readouterr()
    loggers = {record.name.partition(".")[0] for record in caplog.get_records("call")}
    assert loggers - {"asyncio", "werkzeug"} == set()
    assert (output.out, output.err) == ("", "")


def body(content: object = GOOD, **message: object) -> dict[str, Any]:
    """A complete answer of the server."""
    return {
        "id": "answer-1",
        "object": "chat.completion",
        "created": 1,
        "model": "small-2026-01-01",
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content, **message}}
        ],
        "usage": {
            "prompt_tokens": 12,
            "completion_tokens": 7,
            "total_tokens": 19,
            "prompt_tokens_details": {"cached_tokens": 8, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 3},
        },
    }


def in_mode(mode: Mode, content: object = GOOD) -> dict[str, Any]:
    """A complete answer in the way that a mode has it."""
    return body(content) if mode == "json_schema" else choice(finish_reason="tool_calls", message=calling(content))


def calling(*contents: object, name: str = "extraction") -> dict[str, Any]:
    calls = [
        {"id": str(number), "type": "function", "function": {"name": name, "arguments": content}}
        for number, content in enumerate(contents)
    ]
    return {"role": "assistant", "content": None, "tool_calls": calls}


def sends(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Callable[[], Response]:
    """An answer: what JSON can say as JSON, bytes as they are."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return lambda: Response(data, status, {"content-type": "application/json", **(headers or {})})


def choice(**changes: object) -> dict[str, Any]:
    content = body()
    content["choices"][0].update(changes)
    return content


# -- what is sent -------------------------------------------------------------------------------------------


def test_the_request(fake: Fake) -> None:
    fake.ask(sends(body()))
    assert fake.requests == [
        {
            "model": "small",
            "messages": MESSAGES,
            "temperature": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "extraction", "strict": True, "schema": SCHEMA},
            },
        }
    ]
    assert fake.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_the_environment_sends_the_document_nowhere_else(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    fake.ask(sends(body()))
    assert fake.headers[0]["Authorization"] == f"Bearer {KEY}"


# -- good answers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_the_answer_is_the_raw_one(mode: Mode, fake: Fake) -> None:
    assert fake.ask(sends(in_mode(mode)), mode=mode) == Answer(
        text=GOOD,
        model="small-2026-01-01",
        usage={
            "prompt_tokens": 12,
            "completion_tokens": 7,
            "total_tokens": 19,
            "cached_tokens": 8,
            "reasoning_tokens": 3,
        },
        parameters={**PARAMETERS, "mode": mode},
    )
    assert len(fake.requests) == 1


@pytest.mark.parametrize("usage", [None, "many", {}, {"prompt_tokens": "12", "completion_tokens": True}])
def test_a_server_that_does_not_count(usage: object, fake: Fake) -> None:
    content = body() | {"usage": usage, "model": None}
    assert fake.ask(sends(content)) == Answer(GOOD, "small", {}, PARAMETERS)


def test_asked_once_more_where_the_answer_does_not_fit(fake: Fake) -> None:
    answer = fake.ask(sends(body('{"claims": 5}')), sends(body()))
    assert (answer.text, answer.usage["prompt_tokens"], answer.usage["cached_tokens"]) == (GOOD, 24, 16)
    first, second = fake.requests
    assert second["response_format"] == first["response_format"]
    assert second["messages"][: len(MESSAGES) + 1] == [*MESSAGES, {"role": "assistant", "content": '{"claims": 5}'}]
    assert "Input should be a valid" in second["messages"][-1]["content"]


@pytest.mark.parametrize("mode", MODES)
def test_never_asked_a_third_time(mode: Mode, fake: Fake) -> None:
    answer = fake.ask(sends(in_mode(mode, '{"claims": 5}')), mode=mode)
    assert answer.text == '{"claims": 5}'
    assert answer.fault == f"{TWICE}Input should be a valid array at claims"
    assert len(fake.requests) == 2


@pytest.mark.parametrize("mode", MODES)
def test_the_second_question_in_each_mode(mode: Mode, fake: Fake, golden: Callable[[str, str], None]) -> None:
    fake.ask(sends(in_mode(mode, '{"claims": 5}')), sends(in_mode(mode)), mode=mode)
    golden(
        f"second-question-{mode}.json", json.dumps(fake.requests[1]["messages"], indent=1, ensure_ascii=False) + "\n"
    )


def test_a_second_question_does_not_swell(fake: Fake) -> None:
    wrong = json.dumps({"claims": [None] * 20_000})
    answer = fake.ask(sends(body(wrong)), sends(body()))
    assert answer.text == GOOD
    assert len(json.dumps(fake.requests[1])) < len(json.dumps(fake.requests[0])) + len(wrong) + 3000


def test_an_answer_that_is_too_long_is_not_sent_back(fake: Fake) -> None:
    answer = fake.ask(sends(body(json.dumps({"claims": [None] * 80_001}))))
    told = "gives an answer that does not fit the schema, and is too long to mend: Input should be a valid string"
    assert (answer.fault or "").startswith(told)
    assert len(fake.requests) == 1


@pytest.mark.parametrize(
    "content",
    [
        "Sorry, no.",
        f"Here it is: {GOOD}",
        f"```json\n{GOOD}\n```",
        GOOD[:-3],
        '{"claims": [], "more": 1}',
        "[" * 100_000,
        '{"claims": [1e999]}',
        '{"claims": [NaN]}',
        '{"claims": ["\\ud800"]}',
    ],
)
def test_prose_and_halves_do_not_fit(content: str, fake: Fake) -> None:
    answer = fake.ask(sends(body(content)))
    assert (answer.text, (answer.fault or "")[: len(TWICE)], len(fake.requests)) == (content, TWICE, 2)
    assert len(answer.fault or "") < 400


# -- the prompt and the schema of audit itself --------------------------------------------------------------

DOCUMENT = Document("a.md", f"{CANARY}\n")
NOTHING = (
    '{"metrics": [], "subjects": [], "dimensions": [], "position": null, "tables": [], "values": [], "claims": []}'
)


def ask(fake: Fake, *answers: Callable[[], Response], mode: Mode = "json_schema") -> Answer:
    fake.answers = list(answers)

    async def about_the_document() -> Answer:
        endpoint = Endpoint(Server("small", fake.url, KEY, mode), Traffic())
        try:
            return await ask_about(DOCUMENT, endpoint)
        finally:
            await endpoint.close()

    return asyncio.run(about_the_document())


@pytest.mark.parametrize("mode", MODES)
def test_the_whole_request(mode: Mode, fake: Fake, golden: Callable[[str, str], None]) -> None:
    assert ask(fake, sends(in_mode(mode, NOTHING)), mode=mode).text == NOTHING
    request = fake.requests[0]
    assert request["messages"] == prompt.messages(DOCUMENT)
    if mode == "tools":
        assert request["tools"][0]["function"]["parameters"] == wire.schema()
    else:
        assert request["response_format"]["json_schema"]["schema"] == wire.schema()
    golden(f"request-{mode}.json", json.dumps(request, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("mode", MODES)
def test_a_key_given_twice_would_lose_an_answer(mode: Mode, fake: Fake) -> None:
    twice = NOTHING.replace('"claims": []', '"claims": [], "claims": []')
    with pytest.raises(ModelFailed) as caught:
        ask(fake, sends(in_mode(mode, twice)), mode=mode)
    message = f"small at {origin(fake.url)} gives an answer that does not fit the schema, twice: {LOST}"
    assert (caught.value.message, caught.value.hint, len(fake.requests)) == (message, AGAIN, 2)


# -- responses that hold no answer --------------------------------------------------------------------------

TOOL_CALL = {"id": "1", "type": "function", "function": {"name": "f", "arguments": GOOD}}
NO_ANSWER: dict[str, tuple[object, str]] = {
    "refusal": (body(None, refusal="I cannot help with that."), "refuses to answer"),
    "refusal beside an answer": (body(GOOD, refusal="No."), "refuses to answer"),
    "cut short": (choice(finish_reason="length"), "cuts the answer short: it is longer than the model may write"),
    "filtered": (
        choice(finish_reason="content_filter"),
        "withholds the answer: a content filter stopped it",
    ),
    "unknown finish": (choice(finish_reason="tired"), "stops for another reason than being done"),
    "no finish": (choice(finish_reason=None), "stops for another reason than being done"),
    "unhashable finish": (choice(finish_reason=[]), "stops for another reason than being done"),
    "tool calls": (choice(finish_reason="tool_calls"), "stops for another reason than being done"),
    "tool call and stop": (body(GOOD, tool_calls=[TOOL_CALL]), "calls a tool, and was given none"),
    "two choices": (body() | {"choices": body()["choices"] * 2}, "sends something that is not one answer"),
    "no choice": (body() | {"choices": []}, "sends something that is not one answer"),
    "null choices": (body() | {"choices": None}, "sends something that is not one answer"),
    "text for choices": (body() | {"choices": "ab"}, "sends something that is not one answer"),
    "null choice": (body() | {"choices": [None]}, "stops for another reason than being done"),
    "no message": (choice(message=None), "sends an empty answer"),
    "empty": (body(""), "sends an empty answer"),
    "blank": (body(" \n"), "sends an empty answer"),
    "null": (body(None), "sends an empty answer"),
    "parts": (body([{"type": "text", "text": GOOD}]), "sends an empty answer"),
    "an error with status 200": ({"error": {"message": "no"}}, "sends something that is not one answer"),
    "null for everything": (None, "sends something that is not one answer"),
    "a list": ([], "sends something that is not one answer"),
    "half of a character": (body("\ud800"), "sends half of a character, which no text has"),
    "an envelope with a key twice": (
        b'{"choices": [], "choices": []}',
        f"sends something else than an answer in JSON: {LOST}",
    ),
    "an envelope with NaN": (b'{"choices": NaN}', "sends something else than an answer in JSON: NaN is not a number"),
    "half": (
        json.dumps(body()).encode()[:80],
        "sends something else than an answer in JSON: it is not JSON, or is cut short, at line 1",
    ),
    "nothing": (b"", "sends something else than an answer in JSON: it is not JSON, or is cut short, at line 1"),
    "Latin-1": (b'{"model": "caf\xe9"}', "sends something else than an answer in JSON: it is not UTF-8 at byte 14"),
    "nested": (b"[" * 200_000, "sends something else than an answer in JSON: it is nested too deeply"),
}


@pytest.mark.parametrize("name", NO_ANSWER)
def test_no_answer(name: str, fake: Fake) -> None:
    content, reason = NO_ANSWER[name]
    assert fake.failure(sends(content)) == (f"small at HERE {reason}", AGAIN)
    assert len(fake.requests) == 1


def test_a_login_page(fake: Fake) -> None:
    page = sends(b"<html>Log in</html>", headers={"content-type": "text/html"})
    told = "sends text/html instead of JSON: it may be a login page, or not the address of the interface"
    assert fake.failure(page) == (f"small at HERE {told}", AGAIN)


NO_CALL: dict[str, tuple[dict[str, Any], str]] = {
    "prose": (body(GOOD), "answers without calling the tool that it was given"),
    "two calls": (
        choice(finish_reason="tool_calls", message=calling(GOOD, '{"claims": []}')), "calls the tool more than once",
    ),
    "another tool": (
        choice(finish_reason="tool_calls", message=calling(GOOD, name="shell")),
        "calls a tool that it was not given",
    ),
    "no text": (choice(finish_reason="tool_calls", message=calling(None)), "sends an empty answer"),
    "no calls": (choice(message={"tool_calls": []}), "answers without calling the tool that it was given"),
    "null call": (choice(message={"tool_calls": [None]}), "calls a tool that it was not given"),
    "cut short": (
        choice(finish_reason="length", message=calling(GOOD)),
        "cuts the answer short: it is longer than the model may write",
    ),
    "refusal": (choice(message={**calling(GOOD), "refusal": "No."}), "refuses to answer"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_CALL)
def test_no_answer_of_a_tool(name: str, fake: Fake) -> None:
    content, reason = NO_CALL[name]
    assert fake.failure(sends(content), mode="tools") == (f"small at HERE {reason}", AGAIN)
    assert len(fake.requests) == 1


def test_the_second_answer_is_checked_like_the_first(fake: Fake) -> None:
    assert fake.failure(sends(body("{}")), sends(choice(finish_reason="length")))[0] == (
        "small at HERE cuts the answer short: it is longer than the model may write"
    )


# -- statuses -----------------------------------------------------------------------------------------------


def error(
    status: int, message: str = "server text", code: str | None = None, wait: str = "0.01"
) -> Callable[[], Response]:
    return sends({"error": {"message": message, "code": code}}, status, {"retry-after": wait})


LATER = "run the same command again in a while: what is recorded is not asked again"
STATUSES = {
    "key": (
        error(401, f"Incorrect API key provided: {KEY}"),
        "HERE rejects the API key (status 401)",
        "set OPENAI_API_KEY to a key of that server",
    ),
    "forbidden": (
        error(403),
        "HERE does not let this API key use the model (status 403)",
        "ask for another model with --model, or use another key",
    ),
    "no such model": (
        error(404),
        "HERE does not have small (status 404)",
        "check --model, and --base-url",
    ),
    "large": (error(413), "HERE finds the document too large (status 413)", "split the document"),
    "too many": (
        error(429),
        "HERE asks for fewer requests (status 429)",
        f"ask for fewer at once with --jobs, or {LATER}",
    ),
    "quota": (
        error(429, code="insufficient_quota"),
        "HERE has no quota left for this API key (status 429)",
        f"see to it, then {LATER}",
    ),
    "context": (
        error(400, code="context_length_exceeded"),
        "HERE finds the document too long for the model (status 400)",
        "split it, or ask another --model",
    ),
    "bad request": (
        error(400, f"no temperature for {KEY}"),
        "HERE refuses the request: no temperature for ... (status 400)",
        "check --model, and --mode: not every model takes a JSON schema",
    ),
    "bad request, long": (
        error(400, "x" * 5000),
        f"HERE refuses the request: {'x' * 200} (status 400)",
        "check --model, and --mode: not every model takes a JSON schema",
    ),
    "bad request, not JSON": (
        sends(b"<html>", 422),
        "HERE refuses the request (status 422)",
        "check --model, and --mode: not every model takes a JSON schema",
    ),
    "broken": (error(500), "HERE fails (status 500)", LATER),
    "broken proxy": (sends(b"<html>Bad gateway</html>", 502), "HERE fails (status 502)", LATER),
    "elsewhere": (
        sends(b"", 307, {"location": "http://192.0.2.1/v1/chat/completions"}),
        "HERE redirects to another address, which is not followed (status 307)",
        "name that address with --base-url if you trust it",
    ),
}


SENT = {"too many": 6, "broken": 3, "broken proxy": 3}
"""How many requests a status takes, where it is not one."""
FOR_ALL = {"key", "no such model", "quota"}
"""What holds for every other document too."""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", STATUSES)
def test_status(name: str, mode: Mode, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF", 0.01)
    answer, message, hint = STATUSES[name]
    assert fake.failure(answer, mode=mode) == (message, hint)
    assert len(fake.requests) == SENT.get(name, 1)


@pytest.mark.parametrize("name", STATUSES)
def test_what_holds_for_all_stops_the_run(name: str, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF", 0.01)
    fake.answers = [STATUSES[name][0]]
    traffic = Traffic()
    with pytest.raises(ModelUnavailable if name in FOR_ALL else ModelFailed):
        asyncio.run(answered(Server("small", fake.url, KEY), traffic))
    assert (traffic.stopped is not None) is (name in FOR_ALL)


def test_a_server_that_fails_once(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF", 0.01)
    assert fake.ask(error(500), sends(body())).text == GOOD
    assert len(fake.requests) == 2


def test_a_model_that_takes_no_temperature(fake: Fake) -> None:
    no = sends({"error": {"message": "Unsupported value", "param": "temperature", "code": "unsupported_value"}}, 400)
    assert fake.ask(no, sends(body())).parameters == {"mode": "json_schema", "strict": True}
    assert ["temperature" in request for request in fake.requests] == [True, False]


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF", 0.01)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with pytest.raises(ModelFailed) as caught:
        asyncio.run(answered(Server("small", f"http://127.0.0.1:{port}/v1", KEY)))
    assert (caught.value.message, caught.value.hint) == (
        f"http://127.0.0.1:{port} cannot be reached, or breaks off",
        "see that a server runs there; then run the same command again in a while",
    )


def test_nobody_elsewhere() -> None:
    cause = openai.APIConnectionError(request=httpx2.Request("POST", "https://api.example.org/v1"))
    failure = Asked("small", "https://api.example.org", KEY, "OPENAI_API_KEY").failure(cause)
    assert (failure.message, failure.hint) == (
        "https://api.example.org cannot be reached, or breaks off",
        "check the network, the proxy, and --base-url; then run the same command again in a while",
    )


# -- keys and addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["", "sk-1\n", "sk 1", "sk-\u00e9", "\x1bsk", "\u201csk\u201d"])
def test_what_cannot_be_a_key(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        asyncio.run(answered(Server("small", "http://127.0.0.1:9", key)))
    assert (caught.value.message, caught.value.hint) == (
        "the API key holds nothing, or characters that no key has",
        "set OPENAI_API_KEY to the key alone, without spaces, quotes and line ends",
    )


def test_the_key_does_not_show() -> None:
    assert KEY not in repr(Server("small", "http://h", KEY))


ORIGINS = {
    None: "https://api.openai.com",
    "": "https://api.openai.com",
    "https://api.example.org/v1/": "https://api.example.org",
    "HTTP://LocalHost:11434/v1": "http://localhost:11434",
    "http://[::1]:8000/v1": "http://[::1]:8000",
    "https://user:secret@api.example.org/v1?key=secret#secret": "https://api.example.org",
}


@pytest.mark.parametrize("address", ORIGINS)
def test_origin(address: str | None) -> None:
    assert origin(address) == ORIGINS[address]


@pytest.mark.parametrize(
    "address", ["localhost:11434/v1", "api.example.org", "ftp://h/v1", "http://", "http://h:port", "http://[::1", "/v1"]
)
def test_no_address(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        origin(address)
    assert (caught.value.message, caught.value.hint) == (
        f"{address!r} is not the address of a server",
        "name it like https://api.openai.com/v1 or http://localhost:11434/v1",
    )
