"""running: the documents of data sets put through the same path as `audit`, by recordings or by a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import pipeline
from auditor.document import Document
from auditor.errors import ExtractionError, RecordingInvalid, UsageError
from auditor.extraction import AnswerError
from auditor.report import NotAudited

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from auditor.answers import Answers
    from auditor.report import Audited
    from tests.accuracy.labelled import Paper


def export(papers: Iterable[Paper], folder: Path) -> None:
    """Write documents as files, under names that stay the same; one that is there already is left alone."""
    for paper in papers:
        place = folder / paper.name
        try:
            if place.is_file() and place.read_bytes() == paper.text.encode("utf-8"):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(paper.text.encode("utf-8"))
        except OSError as error:
            message = f"{place} cannot be written: {error.strerror or error}"
            raise UsageError(message, hint="name a folder that can be written to") from error


def audited(paper: Paper, folder: Path, answers: Answers) -> Audited | NotAudited:
    """What an audit makes of one document, under the path that it is exported to."""
    path = str(folder / paper.name)
    document = Document(path, paper.text)
    try:
        found = answers.find(document)
        try:
            return pipeline.audit(document, found.answer, model=found.model, stale=found.stale)
        except AnswerError as error:
            message = f"the answer recorded for {path} does not fit the schema: {error}"
            raise RecordingInvalid(message, hint="record it anew, with audit --record") from error
    except ExtractionError as error:
        return NotAudited(path, error, document, pipeline.unread(document))
