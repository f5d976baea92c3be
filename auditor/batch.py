"""batch: many documents, audited by as many processes as there are cores.

Where there are more than a few, the first are audited by this process alone, which loads what
all of them need; only then is it copied. That takes `fork`, which is safe on Linux; elsewhere
one process does all.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from contextvars import ContextVar
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FEW = 12
"""Documents that are done before copying this process would pay."""
FIRST = 4
"""Of more, so many are done before it is copied: what they have loaded, the others need not load again."""
_CHUNK = 4
"""Documents that a process is given at a time."""
_WAITING = 3
"""Chunks that are handed out for each process, done or not, before the oldest is waited for."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def each(things: Iterable[_Given], work: Callable[[_Given], _Made], *, alone: bool = False) -> Iterator[_Made]:
    """What the work makes of each thing, in their order; `alone` where only this process can do it.

    Things and what is made of them are sent from process to process, the work itself is not.
    """
    left = iter(things)
    first = list(islice(left, FEW + 1))
    processes = 1 if alone or len(first) <= FEW else _processes()
    if processes == 1:
        yield from map(work, chain(first, left))
        return
    yield from map(work, first[:FIRST])
    yield from _shared(chain(first[FIRST:], left), work, processes)


def _processes() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _shared(left: Iterator[_Given], work: Callable[[_Given], _Made], processes: int) -> Iterator[_Made]:
    chunk = list(islice(left, _CHUNK))
    if not chunk:
        return
    import multiprocessing  # noqa: PLC0415  few runs have so many documents
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415  likewise

    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin, (work,))
    waiting: deque[Future[list[_Made]]] = deque()
    try:
        while chunk:
            waiting.append(pool.submit(_worked, chunk))
            if len(waiting) >= processes * _WAITING:
                yield from waiting.popleft().result()
            chunk = list(islice(left, _CHUNK))
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


_WORK: ContextVar[Callable[[Any], Any]] = ContextVar("_WORK")
"""What a process was started for: it may hold what cannot be sent to it later."""


def _begin(work: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that gives out the work
    _WORK.set(work)


def _worked(chunk: list[Any]) -> list[Any]:
    return [_WORK.get()(thing) for thing in chunk]
