"""probe: whether a server that nobody knows keeps to a schema, and reads a prompt to its end.

Some take a schema and ignore it, and some cut a prompt that is longer than they were started
for: both answer as if nothing were wrong. One request before many tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from auditor.errors import ModelFailed
from auditor.llm.failures import ANOTHER

if TYPE_CHECKING:
    from auditor.llm.model import Model

_SCHEMA = {
    "type": "object",
    "properties": {"number": {"type": "integer"}},
    "required": ["number"],
    "additionalProperties": False,
}
_WORD = " a"
"""A token at least, whatever the tokens are."""

IGNORES = "does not keep to the schema that it is given: try another --mode, or another model"
CUTS = "cuts the prompt: it read {read:,} tokens of {sent:,}; start it with a longer context (Ollama: num_ctx)"


class _Number(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int


async def faults(model: Model, tokens: int) -> list[str]:
    """What is wrong with a server, each as the end of a sentence, when a prompt has at least so many tokens."""
    messages = [
        {"role": "system", "content": f"Skip what follows:{_WORD * tokens}"},
        {"role": "user", "content": "Greet me in a sentence of plain words. Write no JSON."},
    ]
    try:
        answer = await model.converse(messages, response_model=_Number, schema=_SCHEMA)
    except ModelFailed as error:  # where there was no answer at all, each document meets the same, and says so
        return [IGNORES] if error.hint == ANOTHER else []
    read = answer.usage.get("prompt_tokens", tokens)
    found = [] if answer.fault is None else [IGNORES]
    return found if read >= tokens else [*found, CUTS.format(read=read, sent=tokens)]
