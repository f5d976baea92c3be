"""Tests of the client against a server on this machine: what is sent, and what becomes of every kind of answer.

No recording stands in for the server here: a recorded exchange passes whatever is sent.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ConfigDict
from werkzeug import Response

from auditor import extraction, prompt
from auditor.document import Document
from auditor.errors import ModelFailed, UsageError
from auditor.llm import client
from auditor.llm.client import PARAMETERS, Answer, Server, converse, origin

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
AGAIN = "record it again, or ask another model with --model"


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

    def ask(self, *answers: Callable[[], Response], timeout: float = 20) -> Answer:
        self.answers = list(answers)
        server = Server("small", self.url, KEY, timeout)
        return asyncio.run(converse(server, MESSAGES, response_model=Claims, schema=SCHEMA))

    def failure(self, *answers: Callable[[], Response], timeout: float = 20) -> tuple[str, str]:
        """What is said of the answers, with the server's changing address left out, and the hint."""
        with pytest.raises(ModelFailed) as caught:
            self.ask(*answers, timeout=timeout)
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


def test_the_answer_is_the_raw_one(fake: Fake) -> None:
    assert fake.ask(sends(body())) == Answer(
        text=GOOD,
        model="small-2026-01-01",
        usage={
            "prompt_tokens": 12,
            "completion_tokens": 7,
            "total_tokens": 19,
            "cached_tokens": 8,
            "reasoning_tokens": 3,
        },
        parameters=PARAMETERS,
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


def test_never_asked_a_third_time(fake: Fake) -> None:
    assert fake.failure(sends(body('{"claims": 5}'))) == (
        "small at HERE gives an answer that does not fit the schema, twice: Input should be a valid array at claims",
        AGAIN,
    )
    assert len(fake.requests) == 2


@pytest.mark.parametrize(
    "content",
    [
        "Sorry, no.",
        f"Here it is: {GOOD}",
        f"```json\n{GOOD}\n```",
        GOOD[:-3],
        '{"claims": [], "more": 1}',
        "[" * 100_000,
    ],
)
def test_prose_and_halves_do_not_fit(content: str, fake: Fake) -> None:
    message, hint = fake.failure(sends(body(content)))
    assert message.startswith("small at HERE gives an answer that does not fit the schema, twice: ")
    assert (len(message) < 400, hint, len(fake.requests)) == (True, AGAIN, 2)


# -- the prompt and the schema of audit itself --------------------------------------------------------------

DOCUMENT = Document("a.md", f"{CANARY}\n")
NOTHING = (
    '{"metrics": [], "subjects": [], "dimensions": [], "position": null, "tables": [], "values": [], "claims": []}'
)


def ask(fake: Fake, *answers: Callable[[], Response]) -> Answer:
    fake.answers = list(answers)
    return client.ask(DOCUMENT, model="small", base_url=fake.url, api_key=KEY, timeout=20)


def test_the_whole_request(fake: Fake, golden: Callable[[str, str], None]) -> None:
    assert ask(fake, sends(body(NOTHING))).text == NOTHING
    assert fake.requests[0]["messages"] == prompt.messages(DOCUMENT)
    assert fake.requests[0]["response_format"]["json_schema"]["schema"] == extraction.schema()
    golden("request.json", json.dumps(fake.requests[0], indent=1, ensure_ascii=False) + "\n")


def test_a_key_given_twice_would_lose_an_answer(fake: Fake) -> None:
    twice = NOTHING.replace('"claims": []', '"claims": [], "claims": []')
    with pytest.raises(ModelFailed) as caught:
        ask(fake, sends(body(twice)))
    lost = "a key is given twice in one object, so that one of its values would be lost"
    assert caught.value.message == f"small gave an answer that does not fit the schema: {lost}"
    assert caught.value.hint == AGAIN


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
    "half": (json.dumps(body()).encode()[:80], "sends something that is not JSON"),
    "nothing": (b"", "sends something that is not JSON"),
    "Latin-1": (b'{"model": "caf\xe9"}', "sends something that is not JSON"),
    "nested": (b"[" * 200_000, "sends something that is not JSON"),
}


@pytest.mark.parametrize("name", NO_ANSWER)
def test_no_answer(name: str, fake: Fake) -> None:
    content, reason = NO_ANSWER[name]
    assert fake.failure(sends(content)) == (f"small at HERE {reason}", AGAIN)
    assert len(fake.requests) == 1


def test_a_login_page(fake: Fake) -> None:
    page = sends(b"<html>Log in</html>", headers={"content-type": "text/html"})
    assert fake.failure(page) == ("small at HERE sends something that is not one answer", AGAIN)


def test_the_second_answer_is_checked_like_the_first(fake: Fake) -> None:
    assert fake.failure(sends(body("{}")), sends(choice(finish_reason="length")))[0] == (
        "small at HERE cuts the answer short: it is longer than the model may write"
    )


# -- statuses -----------------------------------------------------------------------------------------------


def error(status: int, message: str = "server text", code: str | None = None) -> Callable[[], Response]:
    return sends({"error": {"message": message, "code": code}}, status, {"retry-after": "1"})


LATER = "try again in a while"
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
        "HERE does not have the model (status 404)",
        "check --model, and --base-url",
    ),
    "large": (error(413), "HERE finds the document too large (status 413)", "split the document"),
    "too many": (error(429), "HERE asks for fewer requests (status 429)", LATER),
    "quota": (
        error(429, code="insufficient_quota"),
        "HERE has no quota left for this API key (status 429)",
        "see to the quota, or use another key",
    ),
    "context": (
        error(400, code="context_length_exceeded"),
        "HERE finds the document too long for the model (status 400)",
        "split it, or ask another --model",
    ),
    "bad request": (
        error(400, f"no temperature for {KEY}"),
        "HERE refuses the request: no temperature for ... (status 400)",
        "check --model: not every model takes a JSON schema",
    ),
    "bad request, long": (
        error(400, "x" * 5000),
        f"HERE refuses the request: {'x' * 200} (status 400)",
        "check --model: not every model takes a JSON schema",
    ),
    "bad request, not JSON": (
        sends(b"<html>", 422),
        "HERE refuses the request (status 422)",
        "check --model: not every model takes a JSON schema",
    ),
    "broken": (error(500), "HERE fails (status 500)", LATER),
    "broken proxy": (sends(b"<html>Bad gateway</html>", 502), "HERE fails (status 502)", LATER),
    "elsewhere": (
        sends(b"", 307, {"location": "http://192.0.2.1/v1/chat/completions"}),
        "HERE redirects to another address, which is not followed (status 307)",
        "name that address with --base-url if you trust it",
    ),
}


@pytest.mark.parametrize("name", STATUSES)
def test_status(name: str, fake: Fake) -> None:
    answer, message, hint = STATUSES[name]
    assert fake.failure(answer) == (message, hint)
    assert len(fake.requests) == 1


# -- time and connections -----------------------------------------------------------------------------------


def test_silence(fake: Fake) -> None:
    def silent() -> Response:
        time.sleep(1)
        return Response(b"")

    assert fake.failure(silent, timeout=0.3) == ("small at HERE has not answered within 0.3 s", LATER)


def test_an_answer_that_drips(fake: Fake) -> None:
    """Each piece comes in time, and the whole never does."""

    def drips() -> Response:
        data = json.dumps(body()).encode()

        def pieces() -> Iterator[bytes]:
            for place in range(12):
                time.sleep(0.1)
                yield data[place : place + 1]

        return Response(pieces(), 200, {"content-type": "application/json"})

    start = time.monotonic()
    assert fake.failure(drips, timeout=0.4) == ("small at HERE has not answered within 0.4 s", LATER)
    assert time.monotonic() - start < 5


def test_the_second_request_gets_no_time_of_its_own(fake: Fake) -> None:
    def slow() -> Response:
        time.sleep(1.2)
        return sends(body("{}"))()

    assert fake.failure(slow, timeout=2.0) == ("small at HERE has not answered within 2 s", LATER)
    assert len(fake.requests) == 2


def test_nobody_there() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = Server("small", f"http://127.0.0.1:{port}/v1", KEY, 5)
    with pytest.raises(ModelFailed) as caught:
        asyncio.run(converse(server, MESSAGES, response_model=Claims, schema=SCHEMA))
    assert (caught.value.message, caught.value.hint) == (
        f"http://127.0.0.1:{port} cannot be reached",
        "check the network, and --base-url",
    )


# -- keys and addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["", "sk-1\n", "sk 1", "sk-\u00e9", "\x1bsk", "\u201csk\u201d"])
def test_what_cannot_be_a_key(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        asyncio.run(converse(Server("small", "http://127.0.0.1:9", key, 5), MESSAGES, response_model=Claims, schema={}))
    assert (caught.value.message, caught.value.hint) == (
        "the API key holds nothing, or characters that no key has",
        "set OPENAI_API_KEY to the key alone, without spaces, quotes and line ends",
    )


def test_the_key_does_not_show() -> None:
    assert repr(Server("small", "http://h", KEY, 5)) == "Server(model='small', base_url='http://h', timeout=5)"


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
