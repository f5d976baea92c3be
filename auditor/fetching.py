"""fetching: the documents of a run that nobody has read yet, put to a model, several at once.

Each answer is handed on as soon as it is there and before anything else happens, so that
whoever stops the run, and whatever goes wrong with another document, loses none.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

from auditor.errors import ExtractionError, ModelFailed, ModelUnavailable
from auditor.llm.asking import ask
from auditor.llm.client import Endpoint
from auditor.llm.failures import AGAIN
from auditor.llm.traffic import Traffic
from auditor.providers import is_this_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from auditor.document import Document
    from auditor.llm.model import Answer, Model
    from auditor.providers import Server

_JOBS, _JOBS_HERE = 8, 2
"""How many documents are asked about at once, and of a server on this machine."""


class Fetching:
    """One run of questions; what it came to stays when it is interrupted."""

    def __init__(  # noqa: PLR0913  each is an option of the command
        self,
        server: Server,
        keep: Callable[[Document, Answer], None],
        *,
        jobs: int | None = None,
        timeout: float,
        max_requests: int | None = None,
        max_tokens: int | None = None,
    ) -> None:
        self.traffic = Traffic(timeout, max_requests, max_tokens)
        """What goes to the model."""
        self.kept: int = 0
        """How many answers were handed on."""
        self.failures: dict[str, ExtractionError] = {}
        """Why a document has none, by its path."""
        self._model: Model = Endpoint(server, self.traffic)
        self._keep = keep
        self._jobs = jobs or (_JOBS_HERE if is_this_machine(server.base_url) else _JOBS)
        self._timeout = timeout

    def run(self, documents: Iterable[Document]) -> None:
        """Ask about each document; KeyboardInterrupt where somebody wants to stop, by Ctrl-C or SIGTERM."""
        try:
            asyncio.run(self._all(iter(documents)))
        except asyncio.CancelledError as error:
            raise KeyboardInterrupt from error

    async def _all(self, documents: Iterator[Document]) -> None:
        me = asyncio.current_task()
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):  # not everywhere, and not in threads
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)  # type: ignore[union-attr]
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._jobs):
                    group.create_task(self._one_after_another(documents))
        finally:
            await self._model.close()

    async def _one_after_another(self, documents: Iterator[Document]) -> None:
        for document in documents:  # shared: whoever is free takes the next one
            try:
                await self._one(document)
            except ExtractionError as error:
                self.failures[document.path] = error
            self.traffic.watch()

    async def _one(self, document: Document) -> None:
        if self.traffic.stopped is not None:
            raise ModelUnavailable(self.traffic.stopped.message, hint=self.traffic.stopped.hint)
        try:
            async with asyncio.timeout(self._timeout):
                answer = await ask(document, self._model)
        except TimeoutError as error:
            message = f"{self._model.name} at {self._model.origin} has not answered within {self._timeout:g} s"
            raise ModelFailed(message, hint=f"give it longer with --timeout, or {AGAIN}") from error
        try:
            self._keep(document, answer)
        except ExtractionError as error:
            self.traffic.stop(error)  # what is paid for from here on could not be kept either
            raise
        self.kept += 1

    def closing(self, reused: int) -> str:
        """What it all took, in a line; how many recordings were there before is for the caller to know."""
        used = self.traffic.used
        cached = f" ({used['cached_tokens']:,} cached)" if used["cached_tokens"] else ""
        parts = [
            _counted(self.traffic.requests, "request"),
            f"{used['prompt_tokens']:,} tokens in{cached}, {used['completion_tokens']:,} out",
            f"{_counted(self.kept, 'answer')} recorded",
            f"{_counted(reused, 'recording')} reused",
        ]
        if self.traffic.limited:
            parts.append(f"held back by the server {_counted(self.traffic.limited, 'time')}")
        return ", ".join(parts)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
