"""progress: how far a run of questions is, for somebody who sits before it; in a pipe nothing is shown."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TypeAlias

from msgspec import Struct


class State(Struct, frozen=True):
    """How far a run of questions is."""

    done: int
    """Documents that were asked about, with or without success."""
    asking: int
    """Documents that are being asked about."""
    held_back: float
    """Seconds for which the server wants no requests."""
    tokens: int
    """Used so far, in and out together."""

    def __str__(self) -> str:
        """For a reader, in one line of numbers."""
        limited = f", rate-limited for {self.held_back:.0f} s" if self.held_back else ""
        return f"{self.asking} waiting for an answer{limited}, {self.tokens:,} tokens"


Show: TypeAlias = Callable[[State], None]
Progress: TypeAlias = Callable[[int], AbstractContextManager[Show]]
"""From how many documents there are to something that shows how far one is with them."""


@contextlib.contextmanager
def unseen(total: int) -> Iterator[Show]:  # noqa: ARG001
    """No progress is shown."""
    yield lambda _: None


@contextlib.contextmanager
def shown(total: int) -> Iterator[Show]:
    """A bar on standard error where that is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  a replay shows no progress
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[state]}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, state="")
        yield lambda state: bar.update(task, completed=state.done, state=str(state))
