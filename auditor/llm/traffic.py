"""traffic: what goes to a model in one run, together: counted, limited, held back and, if need be, stopped.

A rate limit met by one document holds for all of them, and so does a rejected key: what is
known once is not asked fifty times.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.errors import AuditorError

_APART = 0.05
"""Seconds between those who were held back together."""
_UNREACHABLE = 3
"""After so many failures to reach a server, and no success between them, it is left alone."""
_AGAIN = "run the same command again later: what is recorded is not asked again"


@dataclass
class Traffic:
    """The requests of one run."""

    patience: float = math.inf
    """Seconds that a rate limit may hold a request back."""
    max_requests: int | None = None
    """How many requests may be sent."""
    max_tokens: int | None = None
    """How many tokens may be used, in and out together."""
    watch: Callable[[], None] = lambda: None
    """Called when something has changed that a reader may want to see."""

    requests: int = field(default=0, init=False)
    """How many were sent."""
    used: Counter[str] = field(default_factory=Counter, init=False)
    """Tokens, by OpenAI's names."""
    limited: int = field(default=0, init=False)
    """How many answers were that there are too many requests."""
    stopped: AuditorError | None = field(default=None, init=False)
    """Why nothing more is sent, if so."""
    _until: float = field(default=0.0, init=False)
    _behind: int = field(default=0, init=False)
    _reserved: int = field(default=0, init=False)
    _unreachable: int = field(default=0, init=False)

    @property
    def tokens(self) -> int:
        """Tokens used so far, in and out together."""
        return self.used["prompt_tokens"] + self.used["completion_tokens"]

    @property
    def held_back(self) -> float:
        """Seconds until the next request may be sent; 0 where it may now."""
        return max(0.0, self._until - _now())

    async def admit(self, tokens: int) -> None:
        """Wait until a request of about so many tokens may be sent, and count it; ModelUnavailable if it may not."""
        while True:
            if self.stopped is not None:
                raise ModelUnavailable(self.stopped.message, hint=self.stopped.hint)
            if not self.held_back:
                break
            self._behind += 1
            await asyncio.sleep(self.held_back + _APART * (self._behind - 1))
            self._behind -= 1
        if self.max_requests is not None and self.requests >= self.max_requests:
            self._spent(f"the {self.max_requests:,} requests of --max-requests are used up")
        if self.max_tokens is not None and self.tokens + self._reserved + tokens > self.max_tokens:
            self._spent(f"the {self.max_tokens:,} tokens of --max-tokens are used up, or the next request takes them")
        self.requests += 1
        self._reserved += tokens
        self.watch()

    def done(self, tokens: int, usage: Mapping[str, int] | None = None) -> None:
        """A request that was admitted with so many tokens has come to its end, and took these."""
        self._reserved -= tokens
        self.used.update(usage or {})
        self.watch()

    def hold_back(self, seconds: float) -> None:
        """Let nobody send anything for so many seconds."""
        self.limited += 1
        self._until = max(self._until, _now() + seconds)
        self.watch()

    def reached(self) -> None:
        """The server has answered, whatever it said."""
        self._unreachable = 0

    def not_reached(self) -> bool:
        """The server has not been reached; whether that has happened so often that it is left alone."""
        self._unreachable += 1
        return self._unreachable >= _UNREACHABLE

    def stop(self, why: AuditorError) -> None:
        """Send nothing more; the first reason counts."""
        self.stopped = self.stopped or why

    def _spent(self, what: str) -> None:
        error = ModelUnavailable(what, hint=_AGAIN.replace("later", "with a higher limit"))
        self.stop(error)
        raise error


def _now() -> float:
    return asyncio.get_running_loop().time()
