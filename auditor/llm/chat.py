"""chat: OpenAI's language, which most servers speak: the schema is that of the answer, or of the one tool to be called."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import instructor
import openai

from auditor.llm import envelope
from auditor.llm.transport import Bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.llm.language import Create
    from auditor.providers import Server


class Chat:
    """How an OpenAI-compatible server is spoken to."""

    is_strict = True
    takes_temperature = True

    def __init__(self, server: Server) -> None:
        self._tools = server.mode == "tools"
        self._client = openai.AsyncOpenAI(
            api_key=server.api_key,
            base_url=server.base_url,
            timeout=None,
            max_retries=0,
            http_client=Bounded(),
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    def instructed(self, through: Callable[[Create], Create]) -> Any:
        """The client of instructor."""
        client = self._client.copy()  # a view of the same connections, whose method can be one's own
        create: Any = client.chat.completions.create
        asked: Any = through(create)
        client.chat.completions.create = functools.wraps(create)(asked)  # type: ignore[method-assign]
        return instructor.from_openai(
            client, mode=instructor.Mode.TOOLS if self._tools else instructor.Mode.JSON_SCHEMA
        )

    def request(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, object]) -> dict[str, Any]:
        """Our own schema, unaltered and binding; what instructor would send says nothing of `strict`."""
        return {"messages": [dict(message) for message in messages], "extra_body": self._binding(schema)}

    def _binding(self, schema: Mapping[str, object]) -> dict[str, object]:
        if self._tools:
            tool = {"name": envelope.TOOL, "description": envelope.PURPOSE, "strict": True, "parameters": schema}
            return {
                "tools": [{"type": "function", "function": tool}],
                "tool_choice": {"type": "function", "function": {"name": envelope.TOOL}},
                "parallel_tool_calls": False,
            }
        wanted = {"name": envelope.TOOL, "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": wanted}}

    def fault(self, response: Any) -> str | None:
        """Why this is not one complete answer, if it is not."""
        return envelope.fault(response, tools=self._tools)

    def text(self, response: Any) -> str:
        """The answer, letter for letter."""
        return envelope.text(response, tools=self._tools)

    def usage(self, response: Any) -> dict[str, int]:
        """The tokens that a response says it took."""
        return envelope.usage(response)
