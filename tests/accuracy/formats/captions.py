"""captions: documents in one file and labelled statements about them in another, joined by `caption_id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accuracy.labelled import Paper, Source
from tests.accuracy.rows import file_name, keys, rows, text
from tests.accuracy.statements import statements

if TYPE_CHECKING:
    from pathlib import Path

    from tests.accuracy.anchors import Anchors

FILE = "claims.jsonl"
_DOCUMENTS = "documents.jsonl"
_KEY = "caption_id"


def fits(folder: Path) -> bool:
    """Whether a folder is in this format."""
    return {"id", _KEY, "claim", "label"} <= keys(folder / FILE)


def read(folder: Path, anchors: Anchors) -> Source:
    """The data set in a folder."""
    papers = {
        text(row, "id"): Paper(f"{folder.name}/{file_name(text(row, 'id'))}.txt", text(row, "document"))
        for row in rows(folder / _DOCUMENTS)
    }
    found = statements(rows(folder / FILE), _KEY, papers, anchors)
    return Source(folder.name, "captions", tuple(papers.values()), tuple(found))
