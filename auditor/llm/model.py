"""model: what can be asked: messages and a schema go in, a raw answer and what it cost come out.

A server that speaks OpenAI's language, one that speaks another, and a file that runs in this
process are models alike; whoever asks does not see the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered."""

    text: str
    """Letter for letter."""
    model: str
    """The model as it names itself; as it was asked for where it does not."""
    usage: Mapping[str, int]
    """Tokens of all requests together, by the names that `TOKENS` has."""
    parameters: Mapping[str, str | float | bool]
    """What the requests asked for besides."""
    fault: str | None = None
    """Why the text does not fit the schema though it was asked for twice, as the end of a sentence; None if it fits."""


TOKENS = ("prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens", "reasoning_tokens")
"""What is counted, by OpenAI's names."""


class Model(Protocol):
    """A language model, wherever it runs."""

    @property
    def name(self) -> str:
        """As it was asked for."""

    @property
    def origin(self) -> str:
        """Who sees what is asked, such as https://api.openai.com."""

    async def converse(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        response_model: type[BaseModel],
        schema: Mapping[str, object],
    ) -> Answer:
        """The answer to messages, asked once more where it does not fit the model of pydantic.

        ModelFailed where there is none, ModelUnavailable where there would be none to other messages either. There is
        no deadline here: whoever asks sets one and cancels.
        """

    async def close(self) -> None:
        """Let go of connections and memory."""
