"""messages: Anthropic's own language, through its client library, an extra of the distribution.

Its OpenAI-compatible address is for trying things out, as its documentation says: it ignores the format that an answer is
to have, and its newest models refuse to be forced to call a tool, which is what was left. Here the tool is offered and
asked for, the prompt is marked for the cache, and the length that an answer may have is said.
"""

from __future__ import annotations

import functools
import json
import logging
from typing import TYPE_CHECKING, Any

import anthropic
import instructor
import openai
from anthropic.types import RedactedThinkingBlock, TextBlock, ThinkingBlock, ToolUseBlock
from pydantic import BaseModel, ValidationError

from auditor import strictly
from auditor.llm import envelope
from auditor.llm.transport import Bounded, Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.llm.language import Create
    from auditor.providers import Server

LONGEST = 64_000
"""Tokens that an answer may have, with what the model thinks: as many as all its models since 4.5 can write."""

CALL = f"Hand the object over by calling the tool {envelope.TOOL}, once."
"""What the system message says besides."""

logging.getLogger("anthropic").setLevel(logging.CRITICAL + 1)


class Messages:
    """How Anthropic's server is spoken to."""

    is_strict = False  # its grammars take fewer alternatives than our schema has
    takes_temperature = False  # nor do its newest models, nor the library

    def __init__(self, server: Server) -> None:
        self._client = anthropic.AsyncAnthropic(
            api_key=server.api_key,
            base_url=server.base_url,
            timeout=None,
            max_retries=0,
            http_client=Bounded(),
            open_telemetry=False,  # the environment could have documents written into traces
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    def instructed(self, through: Callable[[Create], Create]) -> Any:
        """The client of instructor."""
        client = self._client.copy()  # a view of the same connections, whose method can be one's own
        create: Any = client.messages.create
        asked: Any = through(functools.partial(_translated, create))
        client.messages.create = functools.wraps(create)(asked)  # type: ignore[method-assign]
        return instructor.from_anthropic(client, mode=instructor.Mode.TOOLS)

    def request(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, object]) -> dict[str, Any]:
        """Our own schema, unaltered; the cache takes what stands before its mark, which is the same for all documents."""
        told = "\n\n".join([*(each["content"] for each in messages if each["role"] == "system"), CALL])
        binding = {
            "system": [{"type": "text", "text": told, "cache_control": {"type": "ephemeral"}}],
            "tools": [{"name": envelope.TOOL, "description": envelope.PURPOSE, "input_schema": schema}],
            "tool_choice": {"type": "auto", "disable_parallel_tool_use": True},
        }
        asked = [dict(each) for each in messages if each["role"] != "system"]
        return {"messages": asked, "max_tokens": LONGEST, "extra_body": binding}

    def fault(self, response: Any) -> str | None:
        """Why this is not one complete answer, if it is not; a server may send what the types do not promise."""
        content = getattr(response, "content", None)
        if getattr(response, "type", None) != "message" or not isinstance(content, list):
            return "sends something that is not one answer"
        reason = getattr(response, "stop_reason", None)
        if reason not in _DONE:
            return _STOPPED.get(str(reason), "stops for another reason than being done")
        calls = _calls(content)
        if not calls:
            return "answers without calling the tool that it was given"
        if len(calls) > 1:
            return "calls the tool more than once"
        if calls[0].name != envelope.TOOL:
            return "calls a tool that it was not given"
        return envelope.fault_of_text(self.text(response))

    def text(self, response: Any) -> str:
        """The answer, which comes as an object and not as a text."""
        return json.dumps(_calls(response.content)[0].input, ensure_ascii=False, separators=(",", ":"))

    def usage(self, response: Any) -> dict[str, int]:
        """The tokens that a response says it took; what is written to the cache or read from it comes on top of the input."""
        found = getattr(response, "usage", None)
        fresh, written, cached, out = (_count(found, name) for name in _COUNTED)
        if fresh is None or out is None:
            return {}
        read = fresh + (written or 0) + (cached or 0)
        counts = {"prompt_tokens": read, "completion_tokens": out, "total_tokens": read + out}
        thought = _count(getattr(found, "output_tokens_details", None), "thinking_tokens")
        more = {"cached_tokens": cached, "reasoning_tokens": thought}
        return {**counts, **{name: count for name, count in more.items() if count is not None}}


_DONE = ("tool_use", "end_turn")
_STOPPED = {
    "max_tokens": envelope.CUT,
    "model_context_window_exceeded": envelope.CUT,
    "refusal": "refuses to answer",
}
_COUNTED = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens")


def _count(usage: Any, name: str) -> int | None:
    count = getattr(usage, name, None)
    return count if type(count) is int and 0 <= count < envelope.MOST else None


def _calls(content: Sequence[object]) -> list[ToolUseBlock]:
    return [block for block in content if isinstance(block, ToolUseBlock)]


async def _translated(create: Create, *args: Any, **kwargs: Any) -> Any:
    """A response; what goes wrong is told in OpenAI's errors."""
    try:
        return _clean(await create(*args, **kwargs))
    except anthropic.APIStatusError as error:
        body = error.body if isinstance(error.body, dict) else {}
        told = body.get("error")
        words = str(told.get("message") or "") if isinstance(told, dict) else ""
        code = next((code for part, code in _CODES.items() if part in words), None)
        known = {"message": words, "code": code}
        raise openai.APIStatusError(words, response=error.response, body=known) from error
    except anthropic.APITimeoutError as error:
        raise openai.APITimeoutError(request=error.request) from error
    except anthropic.APIConnectionError as error:
        if isinstance(error.__cause__, Unusable):
            raise error.__cause__ from None
        raise openai.APIConnectionError(request=error.request) from error


_CODES = {
    "credit balance is too low": "insufficient_quota",
    "prompt is too long": "context_length_exceeded",
}
"""By a part of the message: of their types, these errors are like any other wrong request."""


def _clean(response: Any) -> Any:
    """A response whose blocks are what they should be and nothing more; one that has others is left without any.

    They are sent back where the answer does not fit, and the library neither looks at what it gets nor says nothing of
    it then. A text that is the object, and nothing else, counts as handed over by the tool.
    """
    content = getattr(response, "content", None)
    if not isinstance(content, list) or getattr(response, "type", None) != "message":
        return response
    blocks = [_block(each) for each in content]
    whole = [block for block in blocks if block is not None]
    if len(whole) < len(blocks):
        return response.model_copy(update={"content": None})
    if not any(isinstance(block, ToolUseBlock) for block in whole):
        found = _object("".join(block.text for block in whole if isinstance(block, TextBlock)))
        if found is not None:
            call = ToolUseBlock(type="tool_use", id=f"toolu_{envelope.TOOL}", name=envelope.TOOL, input=found)
            whole = [*(block for block in whole if not isinstance(block, TextBlock)), call]
    return response.model_copy(update={"content": whole})


def _block(given: Any) -> BaseModel | None:
    """A block as it should be, None where it is none."""
    kind = _BLOCKS.get(str(getattr(given, "type", None)))
    if kind is None:
        return None
    known = {name: getattr(given, name, None) for name, field in kind.model_fields.items() if field.is_required()}
    try:
        return kind.model_validate(known, strict=True)
    except ValidationError:
        return None


_BLOCKS: dict[str, type[BaseModel]] = {
    "redacted_thinking": RedactedThinkingBlock,
    "text": TextBlock,
    "thinking": ThinkingBlock,
    "tool_use": ToolUseBlock,
}


def _object(text: str) -> dict[str, object] | None:
    try:
        found = strictly.loaded(text)
    except strictly.Unusable:
        return None
    return found if isinstance(found, dict) else None
