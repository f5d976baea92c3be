"""transcript: several raw answers about one document in one text, each with what it answers.

A long document is read part by part, and any document may be read more than once. Every
answer is kept letter for letter behind a line that says how long it is, so that nothing
in an answer can pass for another one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from msgspec import Struct

from auditor.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = "audit-transcript/1\n"
"""What a transcript begins with; no answer does, since an answer is a JSON object."""

Round: TypeAlias = Literal["whole", "values", "claims"]
"""What was asked: everything at once, or one of the two rounds of a long document."""

MOST = 10_000
"""Turns that a transcript may have."""

_KEYS = ("sample", "round", "start", "end", "length")
_LONGEST_LINE = 200


class Turn(Struct, frozen=True):
    """One raw answer, and what it answers."""

    sample: int
    """In which reading of the document, counted from 1."""
    round: Round
    span: Span
    """The part of the document that was shown."""
    answer: str
    """Letter for letter."""


class TranscriptError(ValueError):
    """Why a text is no transcript, in one sentence."""


def is_transcript(text: str) -> bool:
    """Whether a text is meant to be a transcript, and no single answer."""
    return text.startswith(HEAD)


def is_in_parts(text: str) -> bool:
    """Whether a text is a transcript whose first answer is about a part of its document."""
    line = text[len(HEAD) : len(HEAD) + _LONGEST_LINE].partition("\n")[0]
    return is_transcript(text) and '"round":"whole"' not in line


def written(turns: Iterable[Turn]) -> str:
    """The turns as one text, from which `read` makes the same turns."""
    return HEAD + "".join(_written(turn) for turn in turns)


def _written(turn: Turn) -> str:
    line = dict(zip(_KEYS, (turn.sample, turn.round, *turn.span, len(turn.answer)), strict=True))
    return f"{json.dumps(line, separators=(',', ':'))}\n{turn.answer}\n"


def read(text: str, length: int) -> tuple[Turn, ...]:
    """The turns of a transcript about a document of a length in code points; TranscriptError where it is damaged."""
    turns = tuple(_turns(text, length))
    if not turns:
        message = "the transcript holds no answer"
        raise TranscriptError(message)
    return turns


def _turns(text: str, length: int) -> Iterator[Turn]:
    at, count = len(HEAD), 0
    while at < len(text):
        count += 1
        end = text.find("\n", at, at + _LONGEST_LINE)
        turn = None if end < 0 or count > MOST else _turn(text[at:end], text, end + 1, length)
        if turn is None:
            message = f"the transcript is damaged at character {at}"
            raise TranscriptError(message)
        yield turn
        at = end + 1 + len(turn.answer) + 1


def _turn(line: str, text: str, at: int, length: int) -> Turn | None:
    """The turn that a line announces; None where what follows is not as it says."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or tuple(said) != _KEYS or said["round"] not in get_args(Round):
        return None
    sample, start, end, size = (said[key] for key in _KEYS if key != "round")
    if any(type(number) is not int for number in (sample, start, end, size)):
        return None
    answer = text[at : at + max(size, 0)]
    fits = (
        sample >= 1 and 0 <= start < end <= length and len(answer) == size and text[at + size : at + size + 1] == "\n"
    )
    return Turn(sample, said["round"], Span(start, end), answer) if fits else None
