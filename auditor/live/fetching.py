"""fetching: the documents of a run that nobody has read yet, put to a model, several at once.

Each answer is handed on as soon as it is there and before anything else happens, so that
whoever stops the run, and whatever goes wrong with another document, loses none.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Protocol

from auditor.elided import elided
from auditor.errors import ExtractionError, ModelFailed, ModelUnavailable
from auditor.live import forecast
from auditor.live.forecast import counted
from auditor.live.progress import State
from auditor.llm import probe
from auditor.llm.asking import ask
from auditor.llm.client import Endpoint
from auditor.llm.failures import AGAIN
from auditor.llm.traffic import Traffic
from auditor.parts.plan import CHARACTERS_PER_TOKEN, SAMPLED
from auditor.providers import FILE, is_known, is_this_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from auditor.aside import Unfinished
    from auditor.document import Document
    from auditor.live.limits import Limits
    from auditor.live.progress import Show
    from auditor.llm.model import Answer, Model
    from auditor.providers import Server

_JOBS, _JOBS_HERE = 8, 2
"""How many documents are asked about at once, and of a server on this machine."""


class Kept(Protocol):
    """Where answers go."""

    def keep(self, document: Document, answer: Answer) -> None:
        """Record an answer."""

    def refuse(self, document: Document, answer: str, why: str) -> None:
        """Keep apart what is no answer."""

    def unfinished(self, document: Document) -> Unfinished:
        """What was answered about a document before the reading of it broke off."""


class Fetching:
    """One run of questions; what it came to stays when it is interrupted."""

    def __init__(
        self,
        server: Server,
        kept: Kept,
        limits: Limits,
        announce: Callable[[str], None],
    ) -> None:
        self.failures: dict[str, ExtractionError] = {}
        """Why a document has no answer, by its path."""
        self._server = server
        self._answers = kept
        self._limits = limits
        self._announce = announce
        self._traffic = Traffic(limits.timeout, limits.max_requests, limits.max_tokens)
        self._model = _model(server, self._traffic, SAMPLED if limits.plan.samples > 1 else 0)
        self._kept = 0
        self._begun = 0
        self._is_untried = False

    def run(self, documents: Iterable[Document], sizes: Sequence[int], show: Show) -> None:
        """Ask about each document; KeyboardInterrupt where somebody wants to stop, by Ctrl-C or SIGTERM.

        Each has so many characters. Whoever watches is shown how far it is.
        """
        self._traffic.watch = lambda: show(self._state())
        try:
            asyncio.run(self._all(documents, sizes))
        except asyncio.CancelledError as error:
            raise KeyboardInterrupt from error

    def _state(self) -> State:
        done = self._kept + len(self.failures)
        return State(done, self._begun - done, self._traffic.held_back, self._traffic.tokens)

    async def _all(self, documents: Iterable[Document], sizes: Sequence[int]) -> None:
        me = asyncio.current_task()
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):  # not everywhere, and not in threads
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)  # type: ignore[union-attr]
        try:
            if not is_known(self._server) and self._limits.probe:
                self._is_untried = len(sizes) == 1  # for a single one it would cost as much as the document
                if not self._is_untried:
                    await self._probe(max(sizes))
            waiting = iter(documents)
            async with asyncio.TaskGroup() as group:
                for _ in range(self._jobs):
                    group.create_task(self._one_after_another(waiting))
        finally:
            await self._model.close()

    @property
    def _jobs(self) -> int:
        """How many documents at once; a model in this process answers one question after the other."""
        if self._server.base_url == FILE:
            return 1
        return self._limits.jobs or (_JOBS_HERE if is_this_machine(self._server.base_url) else _JOBS)

    async def _probe(self, longest: int) -> None:
        shown = min(longest // CHARACTERS_PER_TOKEN, self._limits.plan.chunk_tokens)
        with contextlib.suppress(TimeoutError, ExtractionError):  # each document meets it again, and says so
            async with asyncio.timeout(self._limits.timeout):
                for fault in await probe.faults(self._model, forecast.prompt_tokens() + shown):
                    self._tell(fault)

    def _tell(self, what: str) -> None:
        self._announce(f"{self._model.name} at {self._model.origin} {what}")

    async def _one_after_another(self, documents: Iterator[Document]) -> None:
        for document in documents:  # shared: whoever is free takes the next one
            self._begun += 1
            try:
                await self._one(document)
            except ExtractionError as error:
                self.failures[document.path] = error
            self._traffic.watch()

    async def _one(self, document: Document) -> None:
        if self._traffic.stopped is not None:
            raise ModelUnavailable(self._traffic.stopped.message, hint=self._traffic.stopped.hint)
        deadline = self._limits.deadline(len(document.text))
        try:
            async with asyncio.timeout(deadline):
                answer = await self._asked(document)
        except TimeoutError as error:
            message = f"{self._model.name} at {self._model.origin} has not answered within {deadline:g} s"
            raise ModelFailed(message, hint=f"give it longer with --timeout, or {AGAIN}") from error
        try:
            # In a thread: a disk takes long to be sure, and the others need not wait. It ends even if we are cancelled.
            await asyncio.to_thread(self._keep, document, answer)
        except ExtractionError as error:
            self._traffic.stop(error)  # what is paid for from here on could not be kept either
            raise

    def _keep(self, document: Document, answer: Answer) -> None:
        self._answers.keep(document, answer)
        self._kept += 1

    async def _asked(self, document: Document) -> Answer:
        """The answer; of one that takes several calls, what is there is kept at once."""
        plan, answers = self._limits.plan, self._answers

        def refuse(text: str, why: str) -> None:
            answers.refuse(document, text, why)

        if plan.calls(len(document.text)) == 1:
            answer = await ask(document, self._model, plan, refuse=refuse)
            if self._is_untried and (doubt := probe.doubt(answer.usage, len(elided(document)))):
                self._tell(doubt)
            return answer
        unfinished = answers.unfinished(document)
        return await ask(document, self._model, plan, had=unfinished.turns, keep=unfinished.add, refuse=refuse)

    def closing(self, reused: int) -> str:
        """What it all took, in a line; how many recordings were there before is for the caller to know."""
        used = self._traffic.used
        cached = f" ({used['cached_tokens']:,} cached)" if used["cached_tokens"] else ""
        parts = [
            counted(self._traffic.requests, "request"),
            f"{used['prompt_tokens']:,} tokens in{cached}, {used['completion_tokens']:,} out",
            f"{counted(self._kept, 'answer')} recorded",
            f"{counted(reused, 'recording')} reused",
        ]
        if self._traffic.limited:
            parts.append(f"held back by the server {counted(self._traffic.limited, 'time')}")
        return ", ".join(parts)


def _model(server: Server, traffic: Traffic, temperature: float) -> Model:
    if server.base_url != FILE:
        return Endpoint(server, traffic, temperature)
    from auditor.llm.local import Gguf  # noqa: PLC0415  an extra of the distribution

    return Gguf(server, traffic, temperature)
