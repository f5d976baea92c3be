"""plan: in how many pieces a document is read, and how often."""

from __future__ import annotations

from msgspec import Struct

CHUNK_TOKENS = 16_000
"""Of a document that one call is shown: with the prompt, and an answer of about that length, small models hold it."""


class Plan(Struct, frozen=True):
    """How a document is read."""

    chunk_tokens: int = CHUNK_TOKENS
    """The most tokens of it, four characters each, that a model is shown at once."""
    samples: int = 1
    """How many times it is read, each time anew."""
