"""strictly: JSON that means the same to every reader: no key twice in an object, no NaN."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from collections.abc import Sequence

TWICE = "a key is given twice in one object, so that one of its values would be lost"
"""Why an object is refused whose keys are not all different."""


class Unusable(ValueError):
    """Why a text is no JSON, or JSON that readers take differently; a sentence without its full stop."""


def loaded(text: str | bytes) -> object:
    """What a text in JSON says; Unusable where it has no meaning, or not one alone."""
    try:
        content: object = json.loads(text, object_pairs_hook=once, parse_constant=_constant)
    except UnicodeDecodeError as error:
        message = f"it is not UTF-8 at byte {error.start}"
        raise Unusable(message) from error
    except json.JSONDecodeError as error:
        message = f"it is not JSON, or is cut short, at line {error.lineno}"
        raise Unusable(message) from error
    except RecursionError as error:
        message = "it is nested too deeply"
        raise Unusable(message) from error
    except Unusable:
        raise
    except ValueError as error:
        message = "it holds a number of too many digits"
        raise Unusable(message) from error
    return content


def mapping(data: bytes) -> dict[str, object]:
    """The object that a file in JSON holds, in UTF-8 without a mark; Unusable likewise."""
    try:
        text = data.decode("utf-8")  # json takes other encodings too, and halves of characters
    except UnicodeDecodeError as error:
        message = f"it is not UTF-8 at byte {error.start}"
        raise Unusable(message) from error
    content = loaded(text)
    if not isinstance(content, dict):
        message = "it is not a JSON object"
        raise Unusable(message)
    return content


def once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """An object of which no key stands twice: which of the two counts would be anyone's guess."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise Unusable(TWICE)
    return content


def not_a_number(name: str) -> str:
    """Why NaN and the infinities are refused, which JSON does not have."""
    return f"{name} is not a number"


def _constant(name: str) -> Never:
    raise Unusable(not_a_number(name))
