"""client: a model behind a server, and its raw answers.

instructor makes the call and asks once more where the answer does not fit the schema. What it and
the client library let pass is checked on every response before anything else looks at it. It is
never given `context=`, which would render the document as a template, and never streams, where a
cut answer looks complete.
"""

from __future__ import annotations

import asyncio
import functools
import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openai
from instructor.core import InstructorRetryException

from auditor.errors import ExtractionError, ModelUnavailable, UsageError
from auditor.llm import failures
from auditor.llm.chat import Chat
from auditor.llm.fitting import DoesNotFit, TooLongToMend, stand_in
from auditor.llm.model import Answer
from auditor.llm.transport import Unusable
from auditor.providers import origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from auditor.llm.language import Language
    from auditor.llm.traffic import Traffic
    from auditor.providers import Server

REQUESTS = 6
"""The most requests that one answer may take, the second question and repetitions included."""

_TRIES = 3
"""How often a request is sent to a server that fails or breaks off."""

BACKOFF = 0.5
"""Seconds before the second try; four times as long before the third."""

# These log what a server or a document says: to stderr where nothing else is set up, and to whatever is.
for _talkative in ("instructor", "openai", "httpx2", "httpcore2"):
    logging.getLogger(_talkative).setLevel(logging.CRITICAL + 1)


class Endpoint:
    """A model behind a server; its connections are shared by all that it is asked."""

    def __init__(self, server: Server, traffic: Traffic, temperature: float = 0) -> None:
        _check_key(server)
        self.name = server.model
        self.origin = origin(server.base_url)
        self._server = server
        self._traffic = traffic
        self._asked = failures.Asked(self.name, self.origin, server.api_key, server.key_name)
        self._temperature = temperature
        self._language = _language(server)
        self._takes_temperature = self._language.takes_temperature

    async def close(self) -> None:
        """Close all connections."""
        await self._language.close()

    async def converse(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        response_model: type[BaseModel],
        schema: Mapping[str, object],
    ) -> Answer:
        """The answer to messages, asked once more where it does not fit, in `REQUESTS` requests at most."""
        conversation = _Conversation(tokens=_estimated(messages, schema))
        client = self._language.instructed(lambda create: functools.partial(self._checked, create, conversation))
        fault = None
        try:
            await client.create(
                response_model=stand_in(response_model),
                max_retries=1,
                model=self.name,
                **self._language.request(messages, schema),
            )
        except InstructorRetryException as error:
            match error.__cause__:
                case DoesNotFit() as misfit:
                    fault = f"gives an answer that does not fit the schema, twice: {misfit.reason}"
                case TooLongToMend() as misfit:
                    fault = f"gives an answer that does not fit the schema, and is too long to mend: {misfit.reason}"
                case cause:
                    raise self._failure(cause or error) from error
        last = conversation.last
        return Answer(
            text=self._language.text(last),
            model=getattr(last, "model", None) or self.name,
            usage=dict(conversation.usage),
            parameters=self._parameters(),
            fault=fault,
        )

    def _parameters(self) -> dict[str, str | float | bool]:
        """What every request asks for, as recordings keep it."""
        asked: dict[str, str | float | bool] = {
            "mode": self._server.mode,
            "strict": self._language.is_strict,
        }
        return {**asked, "temperature": self._temperature} if self._takes_temperature else asked

    async def _checked(self, create: Any, conversation: _Conversation, *args: Any, **kwargs: Any) -> Any:
        """A response that is an answer, asked for again where that may help: inside the call, not in a hook.

        An exception in a hook of instructor's is swallowed.
        """
        tries = 0
        while True:
            tries += 1
            try:
                completion = await self._sent(create, conversation, *args, **kwargs)
            except openai.APIStatusError as error:
                if self._takes_temperature and error.status_code == _BAD and error.param == "temperature":
                    self._takes_temperature = False
                elif failures.is_limit(error) and conversation.requests < REQUESTS:
                    self._hold_back(error, 2.0 ** (tries - 1))
                elif failures.is_passing(error) and tries < _TRIES and conversation.requests < REQUESTS:
                    await self._pause(failures.wait_wanted(error) or BACKOFF * 4 ** (tries - 1), error)
                else:
                    raise
            except openai.APIConnectionError:
                if tries == _TRIES or conversation.requests == REQUESTS:
                    raise
                await asyncio.sleep(BACKOFF * 4 ** (tries - 1))
            else:
                if fault := self._language.fault(completion):
                    raise Unusable(fault)
                conversation.last = completion
                return completion

    async def _sent(self, create: Any, conversation: _Conversation, *args: Any, **kwargs: Any) -> Any:
        """One request, counted whatever becomes of it."""
        await self._traffic.admit(conversation.tokens)
        conversation.requests += 1
        used: dict[str, int] = {}
        try:
            if self._takes_temperature:
                kwargs["temperature"] = self._temperature
            completion = await create(*args, **kwargs)
            used = self._language.usage(completion)
        finally:
            self._traffic.done(conversation.tokens, used)
            conversation.usage.update(used)
        self._traffic.reached()
        return completion

    def _hold_back(self, error: openai.APIStatusError, otherwise: float) -> None:
        """Wait as long as a server asks for, all together; `admit` does the waiting."""
        wanted = failures.wait_wanted(error)
        seconds = otherwise if wanted is None else wanted
        if seconds > self._traffic.patience:
            raise _Impatient(seconds)
        self._traffic.hold_back(seconds)

    async def _pause(self, seconds: float, error: openai.APIStatusError) -> None:
        if seconds > self._traffic.patience:
            raise error
        await asyncio.sleep(seconds)

    def _failure(self, cause: BaseException) -> BaseException:
        """What went wrong; where every other document would fare alike, nothing more is sent."""
        failed: ExtractionError
        match cause:
            case ModelUnavailable():
                return cause
            case _Impatient():
                message = f"{self.origin} asks to wait {cause.seconds:,.0f} s before the next request"
                failed = ModelUnavailable(message, hint=f"that is longer than --timeout; {failures.AGAIN}")
            case openai.APIConnectionError() if not isinstance(cause, openai.APITimeoutError):
                told = self._asked.failure(cause)
                failed = ModelUnavailable(told.message, hint=told.hint) if self._traffic.not_reached() else told
            case _:
                failed = self._asked.failure(cause)
        if isinstance(failed, ModelUnavailable):
            self._traffic.stop(failed)
        return failed


_BAD = 400


class _Impatient(Exception):
    """A server asks for a longer wait than anybody has time for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class _Conversation:
    """The requests that one answer takes."""

    tokens: int
    """About how many one request has."""
    requests: int = 0
    usage: Counter[str] = field(default_factory=Counter)
    last: Any = None
    """The response that counts."""


def _check_key(server: Server) -> None:
    """A header takes less than a terminal does, and the library's own message would print the key."""
    key = server.api_key
    if not (key.isascii() and key.isprintable()) or " " in key or not key:
        message = "the API key holds nothing, or characters that no key has"
        raise UsageError(message, hint=f"set {server.key_name} to the key alone, without spaces, quotes and line ends")


def _estimated(messages: Sequence[Mapping[str, str]], schema: Mapping[str, object]) -> int:
    """About how many tokens a request has, at four characters to a token."""
    return (sum(len(message["content"]) for message in messages) + len(json.dumps(schema))) // 4


def _language(server: Server) -> Language:
    """What a server speaks; UsageError where the library for it is not installed."""
    if server.language == "chat":
        return Chat(server)
    try:
        from auditor.llm.messages import Messages  # noqa: PLC0415  an extra of the distribution
    except ModuleNotFoundError as error:
        if error.name != "anthropic":
            raise
        message = "Anthropic's models need its client library, which is not installed"
        raise UsageError(message, hint="pip install 'claim-auditor[anthropic]'") from error
    return Messages(server)
