"""forecast: what there is to ask a model about in a run, and what that would take, without sending anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from auditor import providers
from auditor.report import Exit

if TYPE_CHECKING:
    from auditor.inputs.source import Source
    from auditor.parts.plan import Plan
    from auditor.providers import Server

_CHARACTERS = 4
"""To a token, about, in English."""


class Forecast(NamedTuple):
    """What a run would come to."""

    text: str
    """For a reader, in lines."""
    exit: Exit
    """Incomplete where a document could not be audited even with a model."""


class Found(Struct):
    """The documents of a run, by whether a model is to read them."""

    missing: list[Source] = field(default_factory=list)
    """Those that have no recording."""
    sizes: list[int] = field(default_factory=list)
    """How many characters each of them has."""
    recorded: int = 0
    """How many have one."""
    unusable: int = 0
    """How many cannot be read, or have a recording or a folder that is of no use."""

    def forecast(self, server: Server | None, plan: Plan) -> Forecast:
        """What asking about them would take, of whom; None where no model is configured."""
        count = len(self.missing)
        each = prompt_tokens()
        calls = [plan.calls(size) for size in self.sizes]
        requests = sum(calls)
        shown = (
            size * plan.samples * (2 if call > plan.samples else 1)
            for size, call in zip(self.sizes, calls, strict=True)
        )
        tokens = each * requests + sum(size // _CHARACTERS for size in shown)
        whom = (
            "nobody would be asked: no model is configured, or asking is off"
            if server is None
            else f"{server.model} at {providers.origin(server.base_url)} would be asked"
        )
        sorts = f"{self.recorded:,} recorded, {count:,} to ask about, {self.unusable:,} unusable"
        lines = [
            f"{counted(count + self.recorded + self.unusable, 'document')}: {sorts}",
            f"{counted(requests, 'request')}, {2 * requests:,} if every answer has to be asked for again",
            f"about {tokens:,} tokens in, {each:,} of each request for prompt and schema; the answers come on top",
            f"{whom}; nothing was sent",
        ]
        return Forecast("".join(f"{line}\n" for line in lines), Exit.INCOMPLETE if self.unusable else Exit.CLEAN)


def prompt_tokens() -> int:
    """About how many tokens every request has, whatever the document."""
    from auditor import prompt, wire  # noqa: PLC0415  they load the kinds, and most runs ask nobody

    sent = json.dumps(wire.schema(), separators=(",", ":"))  # as it goes over the wire
    return (len(prompt.instructions()) + len(sent)) // _CHARACTERS


def counted(count: int, what: str) -> str:
    """So many of something, in words."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
