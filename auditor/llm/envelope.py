"""envelope: what a complete answer looks like: one choice, one text or one call, ended because it was done.

The client libraries accept more: of two calls one is dropped, and a filtered or half answer
passes for a short one. Here a response is an answer, or says in a sentence why it is none.
"""

from __future__ import annotations

from typing import Any

from auditor.llm.model import TOKENS

TOOL = "extraction"
"""The name of the schema, and of the one tool in the mode of tools."""

PURPOSE = "Hand over what the document states and claims."
"""What the tool is for."""

CUT = "cuts the answer short: it is longer than the model may write"


def fault(completion: Any, *, tools: bool) -> str | None:
    """Why this is not one complete answer, if it is not; a server may send what the types do not promise."""
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or len(choices) != 1:
        return "sends something that is not one answer"
    message = getattr(choices[0], "message", None)
    if getattr(message, "refusal", None):
        return "refuses to answer"
    match getattr(choices[0], "finish_reason", None):
        case "stop":
            pass
        case "tool_calls" | "function_call" if tools:
            pass
        case "length":
            return CUT
        case "content_filter":
            return "withholds the answer: a content filter stopped it"
        case _:
            return "stops for another reason than being done"
    calls = getattr(message, "tool_calls", None)
    return _fault_of_calls(calls) if tools else _fault_of_message(message, calls)


def _fault_of_message(message: Any, calls: object) -> str | None:
    if calls or getattr(message, "function_call", None):
        return "calls a tool, and was given none"
    return fault_of_text(getattr(message, "content", None))


def _fault_of_calls(calls: object) -> str | None:
    if not isinstance(calls, list) or not calls:
        return "answers without calling the tool that it was given"
    if len(calls) > 1:
        return "calls the tool more than once"
    function = getattr(calls[0], "function", None)
    if getattr(function, "name", None) != TOOL:
        return "calls a tool that it was not given"
    return fault_of_text(getattr(function, "arguments", None))


def fault_of_text(text: object) -> str | None:
    """Why what should be the text of an answer is none, whatever it says."""
    if not isinstance(text, str) or not text.strip():
        return "sends an empty answer"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "sends half of a character, which no text has"
    return f"sends an answer of more than {_MOST_PARTS:,} parts" if text.count(",") > _MOST_PARTS else None


_MOST_PARTS = 100_000
"""As counted by its commas: an error is made for each that does not fit, and a million of them take ten seconds."""


def text(completion: Any, *, tools: bool) -> str:
    """The answer in a response without fault, letter for letter."""
    message = completion.choices[0].message
    return str(message.tool_calls[0].function.arguments if tools else message.content)


def usage(completion: Any) -> dict[str, int]:
    """The tokens that a response says it took; nothing where it says something else."""
    whole = getattr(completion, "usage", None)
    details = (getattr(whole, "prompt_tokens_details", None), getattr(whole, "completion_tokens_details", None))
    counts = {name: getattr(part, name, None) for part in (whole, *details) for name in TOKENS if hasattr(part, name)}
    return {name: count for name, count in counts.items() if type(count) is int and 0 <= count < MOST}


MOST = 2**53
"""More tokens than this, and it is no count."""
