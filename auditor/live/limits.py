"""limits: what asking a model may take, in one run and for one document."""

from __future__ import annotations

from msgspec import Struct, field

from auditor.parts.plan import Plan


class Limits(Struct, frozen=True):
    """What asking may take."""

    jobs: int | None = None
    """How many documents at once; None is as many as the server is likely to take."""
    timeout: float = 300.0
    """Seconds that a model has for one document, or for one part of a long one, everything included."""
    max_requests: int | None = None
    max_tokens: int | None = None
    """In and out together."""
    probe: bool = True
    """Whether a server that is not known is tried first."""
    plan: Plan = field(default_factory=Plan)
    """In how many pieces a document is read, and how often."""

    def deadline(self, size: int) -> float:
        """Seconds for a document of so many characters: one part, read once, has `timeout`."""
        return self.timeout * self.plan.calls(size)
