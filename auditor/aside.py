"""aside: answers that are no recordings: those that were refused, and those of a reading that broke off.

They lie in folders beside the recordings that git is told to leave out: neither is to be
replayed, and both were paid for.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from auditor import transcript
from auditor.files import atomically, keeping
from auditor.recordings import LIMIT, lines, name_of, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from auditor.document import Document
    from auditor.recordings import Store
    from auditor.transcript import Turn

REJECTED, UNFINISHED = ".rejected", ".unfinished"
"""The folders."""


def reject(store: Store, document: Document, answer: str, why: str) -> Path:
    """Keep an answer that is not to be used, the last one of each document; where it is. ExtractionError on failure."""
    place = _place(store, document, REJECTED)
    _write(place, document, {"format": "audit-rejected/1", "document": name_of(document), "why": why}, answer)
    return place


class Unfinished:
    """What was answered about one document of which not everything is answered yet."""

    def __init__(self, store: Store, document: Document, asked: Iterable[object]) -> None:
        """`asked` is whatever an answer depends on: what was said before something else was asked is of no use."""
        told = json.dumps([document.digest, *map(str, asked)])
        self._asked = hashlib.sha256(told.encode()).hexdigest()
        self._place = _place(store, document, UNFINISHED)
        self._document = document
        self._turns = list(self._read())

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The answers that there are."""
        return tuple(self._turns)

    def add(self, turn: Turn) -> None:
        """Keep one more; ExtractionError where that fails."""
        self._turns.append(turn)
        content = {"format": "audit-unfinished/1", "document": name_of(self._document), "asked": self._asked}
        _write(self._place, self._document, content, transcript.written(self._turns))

    def forget(self) -> None:
        """Everything is answered, and recorded."""
        self._place.unlink(missing_ok=True)

    def _read(self) -> tuple[Turn, ...]:
        """What a run before this one left; nothing where that is damaged or answers something else."""
        try:
            if self._place.stat().st_size > LIMIT:
                return ()
            content = json.loads(self._place.read_bytes())
        except (OSError, ValueError, RecursionError):
            return ()
        answer = content.get("answer") if isinstance(content, dict) and content.get("asked") == self._asked else None
        if not isinstance(answer, list) or not all(isinstance(piece, str) for piece in answer):
            return ()
        try:
            return transcript.read("".join(answer), len(self._document.text))
        except transcript.TranscriptError:
            return ()


def _place(store: Store, document: Document, folder: str) -> Path:
    place = store.place_of(document)
    return place.parent / folder / place.name


def _write(place: Path, document: Document, content: Mapping[str, object], answer: str) -> None:
    data = lines({**content, "answer": pieces(answer)}).encode("utf-8")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        ignored = place.parent / ".gitignore"
        if not ignored.exists():
            atomically.write(ignored, b"*\n")
        atomically.write(place, data)
    except OSError as error:
        what = f"what was answered about {document.path}"
        raise keeping.lost(what, place, data, error) from error
