"""marked_sentences: documents of which every sentence is listed, with the error that annotators marked (ChartInsighter)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accuracy.labelled import Label, Paper, Placed, Source, Statement
from tests.accuracy.placing import verbatim
from tests.accuracy.rows import file_name, keys, objects, rows, strings, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.accuracy.anchors import Anchors

FILE = "documents.jsonl"
_LABELS = {"contradicted": Label.CONTRADICTED, "soft_error": Label.SOFT}


def fits(folder: Path) -> bool:
    """Whether a folder is in this format."""
    return {"id", "document", "sentences"} <= keys(folder / FILE)


def read(folder: Path, anchors: Anchors) -> Source:
    """The data set in a folder."""
    del anchors  # its statements are sentences of the documents
    papers: list[Paper] = []
    statements: list[Statement] = []
    for row in rows(folder / FILE):
        paper = Paper(f"{folder.name}/{file_name(text(row, 'id'))}.md", text(row, "document"))
        papers.append(paper)
        statements.extend(_sentences(text(row, "id"), paper, row))
    return Source(folder.name, "marked_sentences", tuple(papers), tuple(statements))


def _sentences(name: str, paper: Paper, row: Mapping[str, object]) -> Iterator[Statement]:
    start = 0
    for number, sentence in enumerate(objects(row, "sentences"), 1):
        written = text(sentence, "sentence")
        span = verbatim(paper.document, written, start)
        start = start if span is None else span.end
        yield Statement(
            f"{name}-{number}",
            paper.name,
            written,
            _LABELS.get(text(sentence, "label"), Label.UNMARKED),
            ", ".join(sorted(strings(sentence, "types"))),
            () if span is None else (span,),
            Placed.NOWHERE if span is None else Placed.VERBATIM,
        )
