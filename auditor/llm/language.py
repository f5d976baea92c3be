"""language: what differs between the languages that servers speak: how they are asked, and where in a response things are.

Everything else, from the waiting to the sentences about failures, is one and the same for all of them. So that it can
be, what goes wrong is told in the errors of OpenAI's client library whatever the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

Create: TypeAlias = "Callable[..., Awaitable[Any]]"
"""What sends one request, and gives the response."""


class Language(Protocol):
    """A way to speak to one server."""

    is_strict: bool
    """Whether the server is bound to the schema."""
    takes_temperature: bool
    """Whether it may be told a temperature."""

    def instructed(self, through: Callable[[Create], Create]) -> Any:
        """The client of instructor for it, each of whose requests goes through a function of the caller's."""

    def request(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, object]) -> dict[str, Any]:
        """What instructor's client is told, besides the model and what it checks."""

    def fault(self, response: Any) -> str | None:
        """Why a response is not one complete answer, as the end of a sentence; None where it is."""

    def text(self, response: Any) -> str:
        """The answer in a response without fault."""

    def usage(self, response: Any) -> dict[str, int]:
        """The tokens that a response says it took, by OpenAI's names."""

    async def close(self) -> None:
        """Close all connections."""
