"""strictly: JSON that means the same to every reader: no key twice in an object, no NaN, no half of a character."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ambiguous(ValueError):
    """Why a text is no JSON, or JSON that readers take differently; a sentence without its full stop."""


def check(text: str | bytes) -> None:
    """Ambiguous where a text is not JSON of one meaning."""
    try:
        json.loads(text, object_pairs_hook=_once, parse_constant=_constant)
    except Ambiguous:
        raise
    except (ValueError, RecursionError) as error:  # bytes that are no text, and numbers that are too long, too
        message = "it is not JSON"
        raise Ambiguous(message) from error


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        message = "a key is given twice in one object, so that one of its values would be lost"
        raise Ambiguous(message)
    return content


def _constant(name: str) -> Never:
    message = f"{name} is not a number"
    raise Ambiguous(message)
