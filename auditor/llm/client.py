"""client: one document put to a model behind an OpenAI-compatible server, and its raw answer.

instructor makes the call and asks once more where the answer does not fit the schema. What it and
the client library let pass is checked here, on every response before anything else looks at it:
several choices, truncation, filters, refusals, redirects. It is never given `context=`, which
would render the document as a template, and never streams, where a cut answer looks complete.
"""

from __future__ import annotations

import asyncio
import functools
import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import instructor
import openai
from instructor.core import InstructorRetryException
from pydantic import ValidationError

from auditor.errors import ModelFailed, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from auditor.document import Document

DEFAULT_BASE_URL = "https://api.openai.com/v1"
"""Whom to ask where nobody says."""

PARAMETERS: Mapping[str, str | int | bool] = {"mode": "json_schema", "strict": True, "temperature": 0}
"""What every request asks for, as recordings keep it."""

# These log what a server or a document says: to stderr where nothing else is set up, and to whatever is.
for _talkative in ("instructor", "openai", "httpx2", "httpcore2"):
    logging.getLogger(_talkative).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to ask, and how long to wait."""

    model: str
    base_url: str
    api_key: str = field(repr=False)
    timeout: float
    """Seconds for everything together, the second request included."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered."""

    text: str
    """Letter for letter."""
    model: str
    """The model as it names itself; as it was asked for where it does not."""
    usage: Mapping[str, int]
    """Tokens of all requests together, by the server's names."""
    parameters: Mapping[str, str | int | bool]
    """What the requests asked for besides."""


def origin(base_url: str | None) -> str:
    """Who will see the document, as scheme://host:port; UsageError where that is no address."""
    address = base_url or DEFAULT_BASE_URL
    hint = f"name it like {DEFAULT_BASE_URL} or http://localhost:11434/v1"
    try:
        parts = urlsplit(address)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError as error:
        message = f"{address!r} is not the address of a server"
        raise UsageError(message, hint=hint) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{address!r} is not the address of a server"
        raise UsageError(message, hint=hint)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def ask(document: Document, *, model: str, base_url: str | None, api_key: str, timeout: float) -> Answer:
    """A model's answer to the prompt about a document; ModelFailed where there is none that fits."""
    from auditor import extraction, prompt  # noqa: PLC0415  they load the kinds

    server = Server(model, base_url or DEFAULT_BASE_URL, api_key, timeout)
    messages = prompt.messages(document)
    answer = asyncio.run(
        converse(server, messages, response_model=extraction.answer_model(), schema=extraction.schema())
    )
    try:
        extraction.parse(answer.text)
    except extraction.AnswerError as error:
        message = f"{model} gave an answer that does not fit the schema: {error}"
        raise ModelFailed(message, hint="record it again, or ask another model with --model") from error
    return answer


async def converse(
    server: Server,
    messages: Sequence[Mapping[str, str]],
    *,
    response_model: type[BaseModel],
    schema: Mapping[str, object],
) -> Answer:
    """The answer to messages that fits a model of pydantic, in two requests at most."""
    usage: Counter[str] = Counter()
    _check_key(server.api_key)
    try:
        async with asyncio.timeout(server.timeout), _client(server) as client:
            _check_every_response(client, usage)
            _, completion = await instructor.from_openai(
                client, mode=instructor.Mode.JSON_SCHEMA
            ).chat.completions.create_with_completion(
                messages=[dict(message) for message in messages],  # type: ignore[misc]  # plain text, of any role
                response_model=response_model,
                max_retries=1,
                model=server.model,
                temperature=PARAMETERS["temperature"],
                extra_body={"response_format": _response_format(schema)},
            )
    except TimeoutError as error:
        raise _too_late(server) from error
    except InstructorRetryException as error:
        raise _failure(server, error.__cause__ or error) from error
    text = completion.choices[0].message.content
    return Answer(text, completion.model or server.model, dict(usage), PARAMETERS)


def _check_key(api_key: str) -> None:
    """A header takes less than a terminal does, and the library's own message would print the key."""
    if not (api_key.isascii() and api_key.isprintable()) or " " in api_key or not api_key:
        message = "the API key holds nothing, or characters that no key has"
        raise UsageError(message, hint="set OPENAI_API_KEY to the key alone, without spaces, quotes and line ends")


def _client(server: Server) -> openai.AsyncOpenAI:
    """A client that asks this server only, and does not repeat itself."""
    return openai.AsyncOpenAI(
        api_key=server.api_key,
        base_url=server.base_url,
        timeout=server.timeout,
        max_retries=0,
        http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),  # a redirect takes the document along
    )


def _response_format(schema: Mapping[str, object]) -> dict[str, object]:
    """Our own schema, unaltered and binding; what instructor would send says nothing of `strict`."""
    return {"type": "json_schema", "json_schema": {"name": "extraction", "strict": True, "schema": schema}}


def _check_every_response(client: openai.AsyncOpenAI, usage: Counter[str]) -> None:
    """Check responses inside the call itself: an exception in a hook of instructor's is swallowed."""
    create = client.chat.completions.create

    @functools.wraps(create)
    async def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            completion = await create(*args, **kwargs)
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            message = "sends something that is not JSON"
            raise _Unusable(message) from error
        if fault := _fault(completion):
            raise _Unusable(fault)
        usage.update(_usage(completion))
        return completion

    client.chat.completions.create = checked  # type: ignore[method-assign]


# -- what can be wrong with a response ----------------------------------------------------------------------


class _Unusable(Exception):
    """Why a response holds no answer, as the end of a sentence; asking again would not help."""


def _fault(completion: Any) -> str | None:
    """Why this is not one complete answer in text, if it is not; a server may send what the types do not promise."""
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or len(choices) != 1:
        return "sends something that is not one answer"
    message = getattr(choices[0], "message", None)
    if getattr(message, "refusal", None):
        return "refuses to answer"
    match getattr(choices[0], "finish_reason", None):
        case "stop":
            pass
        case "length":
            return "cuts the answer short: it is longer than the model may write"
        case "content_filter":
            return "withholds the answer: a content filter stopped it"
        case _:
            return "stops for another reason than being done"
    if getattr(message, "tool_calls", None) or getattr(message, "function_call", None):
        return "calls a tool, and was given none"
    text = getattr(message, "content", None)
    return None if isinstance(text, str) and text.strip() else "sends an empty answer"


def _usage(completion: Any) -> dict[str, int]:
    """The tokens that a response says it took; nothing where it says something else."""
    usage = getattr(completion, "usage", None)
    details = (getattr(usage, "prompt_tokens_details", None), getattr(usage, "completion_tokens_details", None))
    counts = {name: getattr(part, name, None) for part in (usage, *details) for name in _TOKENS if hasattr(part, name)}
    return {name: count for name, count in counts.items() if type(count) is int}


_TOKENS = ("prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens", "reasoning_tokens")


# -- what to say of it --------------------------------------------------------------------------------------

_AGAIN = "try again in a while"
_STATUS = {
    401: ("rejects the API key", "set OPENAI_API_KEY to a key of that server"),
    403: ("does not let this API key use the model", "ask for another model with --model, or use another key"),
    404: ("does not have the model", "check --model, and --base-url"),
    413: ("finds the document too large", "split the document"),
    429: ("asks for fewer requests", _AGAIN),
}
_CODES = {
    "context_length_exceeded": ("finds the document too long for the model", "split it, or ask another --model"),
    "insufficient_quota": ("has no quota left for this API key", "see to the quota, or use another key"),
}
_REDIRECT, _SERVER_ERROR = 300, 500


def _failure(server: Server, cause: BaseException) -> ModelFailed:
    """What went wrong, in one sentence of ours; a bug is raised as it is."""
    where = origin(server.base_url)
    who = f"{server.model} at {where}"
    match cause:
        case _Unusable():
            return ModelFailed(f"{who} {cause}", hint="record it again, or ask another model with --model")
        case ValidationError():
            first = cause.errors(include_url=False, include_context=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])[:100]
            message = f"{who} gives an answer that does not fit the schema, twice"
            message += f": {first['msg'][:200]} at {place or 'its start'}"
            return ModelFailed(message, hint="record it again, or ask another model with --model")
        case openai.APITimeoutError():
            return _too_late(server)
        case openai.APIConnectionError():
            return ModelFailed(f"{where} cannot be reached", hint="check the network, and --base-url")
        case openai.APIStatusError():
            what, hint = _status(server, cause)
            return ModelFailed(f"{where} {what} (status {cause.status_code})", hint=hint)
        case _:
            raise cause


def _status(server: Server, error: openai.APIStatusError) -> tuple[str, str]:
    """What a status other than success means, and what to do; the server's own words only where they help."""
    if error.code in _CODES:
        return _CODES[error.code]
    if error.status_code in _STATUS:
        return _STATUS[error.status_code]
    if error.status_code >= _SERVER_ERROR:
        return "fails", _AGAIN
    if error.status_code < 400:  # noqa: PLR2004  where the statuses of errors begin
        return (
            "redirects to another address, which is not followed",
            "name that address with --base-url if you trust it",
        )
    said = error.body.get("message") if isinstance(error.body, dict) else None
    words = str(said or "").replace(server.api_key, "...")[:200]
    return f"refuses the request{words and ': '}{words}", "check --model: not every model takes a JSON schema"


def _too_late(server: Server) -> ModelFailed:
    message = f"{server.model} at {origin(server.base_url)} has not answered within {server.timeout:g} s"
    return ModelFailed(message, hint=_AGAIN)
