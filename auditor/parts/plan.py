"""plan: in how many pieces a document is read, and how often."""

from __future__ import annotations

from msgspec import Struct

CHARACTERS_PER_TOKEN = 4
"""Of English prose, on average; numbers and other scripts take more tokens."""

CHUNK_TOKENS = 16_000
"""Of a document that one call is shown: with the prompt, and an answer of about that length, small models hold it."""


SAMPLED = 0.7
"""The temperature of several readings: at 0 each would be much like the first."""


class Plan(Struct, frozen=True):
    """How a document is read."""

    chunk_tokens: int = CHUNK_TOKENS
    """The most tokens of it, four characters each, that a model is shown at once."""
    samples: int = 1
    """How many times it is read, each time anew."""

    @property
    def told(self) -> tuple[int, int]:
        """What tells two plans apart."""
        return self.chunk_tokens, self.samples

    def calls(self, size: int) -> int:
        """In about how many calls a document of so many characters is read: each part is asked about twice."""
        parts = -(-size // (self.chunk_tokens * CHARACTERS_PER_TOKEN))
        return self.samples * (2 * parts if parts > 1 else 1)
