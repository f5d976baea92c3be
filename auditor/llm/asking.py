"""asking: one document put to a model; the one place that knows what is asked about a document.

What fits one call is asked in one call. What is longer is asked part by part, in two
rounds, so that the claims of every part are read with the names of all values at hand.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from auditor import extraction, prompt, reading, transcript
from auditor.errors import ModelFailed
from auditor.facts.tabulated import Tabulation, tabulated
from auditor.llm.failures import ANOTHER
from auditor.llm.model import Answer
from auditor.parts import known, rounds
from auditor.parts.cutting import split
from auditor.parts.merging import merged
from auditor.parts.plan import CHARACTERS_PER_TOKEN, Plan
from auditor.transcript import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.document import Document, Span
    from auditor.llm.model import Model
    from auditor.parts.cutting import Part
    from auditor.transcript import Round

_AT_ONCE = 4
"""Requests about one document that may be under way."""

_SHARE_FOR_NAMES = 4
"""A part's names may take one character for each so many of a part."""

_NAMES_AT_LEAST = 4_000
"""Characters that they may take in any case: parts may be short, and a document has as many names all the same."""


def _nowhere(*_told: object) -> None:
    return None


async def ask(  # noqa: PLR0913  where its answers come from and go to
    document: Document,
    model: Model,
    plan: Plan = Plan(),  # noqa: B008  it is frozen
    *,
    had: Sequence[Turn] = (),
    keep: Callable[[Turn], None] = _nowhere,
    refuse: Callable[[str, str], None] = _nowhere,
) -> Answer:
    """A model's answer about a document, a transcript where it took several; ModelFailed where there is none.

    `had` is what was answered in a run that was broken off, and is not asked again; `keep` is told of every answer as
    soon as it is there, `refuse` of one that is of no use, and why. Whoever sets a deadline sets it for everything together.
    """
    asked = _Asked(document, model, plan, {(turn.sample, turn.round, turn.span): turn for turn in had}, keep, refuse)
    await asked.everything()
    return asked.answer()


def _first(failed: BaseException) -> BaseException:
    while isinstance(failed, BaseExceptionGroup):
        failed = failed.exceptions[0]
    return failed


class _Asked:
    """The questions about one document, and what was answered."""

    def __init__(  # noqa: PLR0913, PLR0917  what `ask` is told
        self,
        document: Document,
        model: Model,
        plan: Plan,
        had: Mapping[tuple[int, Round, Span], Turn],
        keep: Callable[[Turn], None],
        refuse: Callable[[str, str], None],
    ) -> None:
        self._document = document
        self._model = model
        self._plan = plan
        self._had = had
        self._keep = keep
        self._refuse = refuse
        self._parts = split(document, plan.chunk_tokens)
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._turns: list[Turn] = []
        self._answers: list[Answer] = []

    async def everything(self) -> None:
        """Every sample; the first failure ends them all."""
        samples = range(1, self._plan.samples + 1)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._sample(sample)) for sample in samples]
        except BaseExceptionGroup as failed:
            raise _first(failed) from None  # what the others met, if anything, is no other trouble
        self._turns = [turn for task in tasks for turn in task.result()]

    def answer(self) -> Answer:
        """All answers as one."""
        usage: Counter[str] = Counter()
        for answer in self._answers:
            usage.update(answer.usage)
        first = self._answers[0] if self._answers else Answer("", self._model.name, {}, {})
        if len(self._turns) == 1:
            return Answer(self._turns[0].answer, first.model, dict(usage), first.parameters)
        parameters = {**first.parameters, "parts": len(self._parts), "samples": self._plan.samples}
        return Answer(transcript.written(self._turns), first.model, dict(usage), parameters)

    async def _sample(self, sample: int) -> list[Turn]:
        if len(self._parts) == 1:
            messages = prompt.messages(self._document)
            return [await self._turn(sample, "whole", self._parts[0].span, messages)]
        values = await self._round(sample, "values", [""] * len(self._parts))
        found = await asyncio.to_thread(self._names, values)
        return [*values, *await self._round(sample, "claims", found)]

    def _names(self, values: Sequence[Turn]) -> list[str]:
        """What each part is told of the names that the values go by."""
        begins = reading.tables(self._document)
        whole = merged(self._document, reading.pieces(values), (), begins).extraction
        tabled = Tabulation()
        if begins:
            from auditor.tables.table import tables  # noqa: PLC0415  many documents have none

            tabled = tabulated(tables(self._document), whole)
        room = max(self._plan.chunk_tokens * CHARACTERS_PER_TOKEN // _SHARE_FOR_NAMES, _NAMES_AT_LEAST)
        return [known.listed(whole, tabled, self._document.text[slice(*turn.span)], room) for turn in values]

    async def _round(self, sample: int, which: Round, names: Sequence[str]) -> list[Turn]:
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._turn(sample, which, part.span, self._messages(which, number, part, known_)))
                for number, (part, known_) in enumerate(zip(self._parts, names, strict=True), start=1)
            ]
        return [task.result() for task in tasks]

    def _messages(self, which: Round, number: int, part: Part, names: str) -> list[dict[str, str]]:
        place = f"{number} of {len(self._parts)}"
        return rounds.messages(which, rounds.shown(self._document, *part.span), part.headings, place, names)

    async def _turn(self, sample: int, which: Round, span: Span, messages: Sequence[Mapping[str, str]]) -> Turn:
        had = self._had.get((sample, which, span))
        if had is not None:
            return had
        wanted = rounds.request(which)
        async with self._free:
            answer = await self._model.converse(messages, response_model=wanted.response_model, schema=wanted.schema)
        turn = Turn(sample, which, span, answer.text)
        if answer.fault is not None and not self._is_answer(turn):
            self._refuse(answer.text, answer.fault)
            message = f"{self._model.name} at {self._model.origin} {answer.fault}"
            raise ModelFailed(message, hint=ANOTHER)
        self._answers.append(answer)
        self._keep(turn)
        return turn

    def _is_answer(self, turn: Turn) -> bool:
        """Whether an answer of which not everything fits is one as a whole: what fits of it is judged."""
        try:
            if turn.round == "whole":
                reading.readings(self._document, turn.answer)
            else:
                reading.pieces([turn])
        except extraction.AnswerError:
            return False
        return True
