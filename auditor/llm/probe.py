"""probe: whether a server that nobody knows keeps to a schema, and reads a prompt to its end.

Some take a schema and ignore it, and some cut a prompt that is longer than they were started for: both answer as if
nothing were wrong. One request before many tells. Numbers from all over the prompt have to come back, made anew each
time, so that no cache knows them; a count of tokens alone proves little, since every server counts in its own way.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from auditor.errors import ModelFailed
from auditor.llm.failures import ANOTHER
from auditor.parts.plan import CHARACTERS_PER_TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditor.llm.model import Model

_PLACES = ("start", "middle", "end")
_SCHEMA = {
    "type": "object",
    "properties": {place: {"type": "integer"} for place in _PLACES},
    "required": list(_PLACES),
    "additionalProperties": False,
}
_FILLER = (
    "The harbour is quiet in the morning, and the boats come back with the tide. Somebody mends a net, "
    "somebody counts the crates, and the gulls wait on the wall. "
)
_QUESTION = "Write, in a sentence of plain words and not as JSON, which numbers stand at the start, middle and end."

MOST_PER_TOKEN = 7
"""Characters of English prose: tokenizers put 2.5 to 6 into a token. Ollama reads the last half of what it can hold of
a prompt that it cannot hold, which looks like 8 or more."""

IGNORES = "does not keep to the schema that it is given: try another --mode, or another model"
_LONGER = "start it with a longer context (Ollama: OLLAMA_CONTEXT_LENGTH)"
CUTS = f"cuts the prompt: it read {{read:,}} tokens of {{sent:,}} characters; {_LONGER}"
LOSES = f"loses the {{places}} of a prompt of {{sent:,}} characters: {_LONGER}, or ask another model"


DOUBT = f"counts {{read:,}} tokens for a document of {{sent:,}} characters, so it may have cut the prompt: {_LONGER}"


class _Numbers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    middle: int
    end: int


async def faults(model: Model, tokens: int) -> list[str]:
    """What is wrong with a server, each as the end of a sentence, when a prompt has about so many tokens."""
    numbers = [str(10_000 + secrets.randbelow(90_000)) for _ in _PLACES]
    first, second, third = (f"The number at the {place} is {n}. " for place, n in zip(_PLACES, numbers, strict=True))
    half = _FILLER * -(-tokens * CHARACTERS_PER_TOKEN // (2 * len(_FILLER)))
    messages = [
        {"role": "system", "content": f"{first}{half}"},
        {"role": "user", "content": f"{second}{half}{third}{_QUESTION}"},
    ]
    try:
        answer = await model.converse(messages, response_model=_Numbers, schema=_SCHEMA)
    except ModelFailed as error:  # where there was no answer at all, each document meets the same, and says so
        return [IGNORES] if error.hint == ANOTHER else []
    found = [] if answer.fault is None else [IGNORES]
    sent = sum(len(message["content"]) for message in messages)
    return [*found, *_lost(numbers, answer.text, sent, answer.usage.get("prompt_tokens"))]


def doubt(usage: Mapping[str, int], sent: int) -> str | None:
    """What looks odd about one answer of a server that was not tried, as the end of a sentence.

    `sent` are the characters of the document alone: some servers leave out of their count what they have seen before.
    """
    read = usage.get("prompt_tokens")
    odd = read and not usage.get("cached_tokens") and sent > read * MOST_PER_TOKEN
    return DOUBT.format(read=read, sent=sent) if odd else None


def _lost(numbers: Sequence[str], text: str, sent: int, read: int | None) -> list[str]:
    """What was not read of a prompt of so many characters, by the numbers in the answer and the tokens counted.

    A model that does not even tell the number beside the question has not understood it, which proves nothing.
    """
    told = re.sub(r"(?<=\d)[\s,.'’](?=\d{3}\b)", "", text)
    missing = [place for place, number in zip(_PLACES, numbers, strict=True) if number not in told]
    if missing and read and sent > read * MOST_PER_TOKEN:
        return [CUTS.format(read=read, sent=sent)]
    if missing and "end" not in missing:
        return [LOSES.format(places=" and the ".join(missing), sent=sent)]
    return []
