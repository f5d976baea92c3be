"""reading: from the raw answers about a document to what was read from it, once for each time it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import transcript
from auditor.extraction import AnswerError
from auditor.partial import VALUES, salvage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Document
    from auditor.partial import Partial
    from auditor.parts.merging import Piece
    from auditor.transcript import Turn


def readings(document: Document, answer: str) -> tuple[Partial, ...]:
    """What each sample reads, one sample unless the answer is a transcript; AnswerError where one is no answer."""
    if not transcript.is_transcript(answer):
        return (salvage(answer),)
    try:
        turns = transcript.read(answer, len(document.text))
    except transcript.TranscriptError as error:
        raise AnswerError(str(error)) from error
    samples = sorted({turn.sample for turn in turns})
    return tuple(_sample(document, [turn for turn in turns if turn.sample == sample]) for sample in samples)


def _sample(document: Document, turns: Sequence[Turn]) -> Partial:
    whole = [turn for turn in turns if turn.round == "whole"]
    if whole:
        if len(turns) > 1:
            message = "the transcript holds an answer about the whole document and others beside it"
            raise AnswerError(message)
        return salvage(whole[0].answer)
    values, claims = ([turn for turn in turns if turn.round == which] for which in ("values", "claims"))
    spans = [turn.span for turn in values]
    covers = "".join(document.text[slice(*span)] for span in spans) == document.text
    if [turn.span for turn in claims] != spans or not covers:
        message = "the transcript lacks an answer about a part of the document"
        raise AnswerError(message)
    from auditor.parts.merging import merged  # noqa: PLC0415  a document read at once has nothing to merge

    return merged(document, pieces(values), pieces(claims), tables(document))


def pieces(turns: Sequence[Turn]) -> list[Piece]:
    """What was read of each part in one round; AnswerError names the part whose answer is none."""
    from auditor.parts.merging import Piece  # noqa: PLC0415  likewise

    found = []
    for number, turn in enumerate(turns, start=1):
        keys = VALUES if turn.round == "values" else ("claims",)
        try:
            found.append(Piece(turn.span, salvage(turn.answer, keys, turn.round)))
        except AnswerError as error:
            message = f"part {number}, {turn.round}: {error}"
            raise AnswerError(message) from error
    return found


def tables(document: Document) -> list[int]:
    """Where the tables of a document begin."""
    from auditor.tables.blocks import may_hold_tables  # noqa: PLC0415
    from auditor.tables.table import tables as found  # noqa: PLC0415

    return sorted({table.grid.span.start for table in found(document)}) if may_hold_tables(document) else []
