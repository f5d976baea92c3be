"""library: one document audited, for the command and for whoever imports auditor.

No failure of a document is raised: what stands in the way is part of the result, beside
what can be judged all the same. No model is asked unless a caller hands in who asks it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import config, sources
from auditor.acceptance.controls import Controls
from auditor.answers import Answered, recorded
from auditor.errors import ExtractionError, InputError, RecordingInvalid, RecordingMissing
from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.inputs.source import File
from auditor.recordings import Store
from auditor.report import NotAudited

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.document import Document, Row
    from auditor.inputs.source import Source
    from auditor.report import Audited


def audit(  # noqa: PLR0913  one parameter for each thing that a caller may bring along
    path: str | os.PathLike[str],
    text: str | None = None,
    *,
    answer: str | None = None,
    recordings: Store | None = None,
    ask: Callable[[Document], Answered] | None = None,
    controls: Controls | None = None,
    tolerances: Tolerances = TOLERANCES,
) -> Audited | NotAudited:
    """Audit one document: hold every claim in it against the values that it states.

    Args:
        path: The name of the document, which is that of a file unless `text` is given.
        text: What the document says, where that is not what the file holds.
        answer: What a model answered about the document, letter for letter; without it the recorded answer is taken.
        recordings: Where answers are recorded; without it, in the folder `.audit` beside the document.
        ask: Asks a model, where `answer` is not given and nothing is recorded; without it none is asked. It may
            raise ExtractionError. What it answers is not recorded.
        tolerances: How far words of size reach, such as "about" and "slightly".
        controls: What decides which judgements count; without it, the comments of the document alone.

    Returns:
        The document with its judgements, or with the error for which it could not be audited.

    Raises:
        TypeError: where `path` is bytes.

    Example:
        >>> from auditor import audit, recordings_of
        >>> result = audit("seeds/000_a620958fcbd0573b.txt", recordings=recordings_of("."))
        >>> result.tally()["contradicted"] > 0
        True
        >>> audit("empty.md", "").error.message
        'empty.md is empty'
    """
    name = os.fspath(path)
    if not isinstance(name, str):
        message = f"a path is text, not {type(name).__name__}"
        raise TypeError(message)
    store = recordings if recordings is not None else Store()
    source: Source = File(name) if text is None else _Given(name, text)

    def find(document: Document) -> Answered:
        if answer is not None:
            return Answered(answer, "", stale=False)
        try:
            return recorded(document, store)
        except RecordingMissing:
            if ask is None:
                raise
            return ask(document)

    return (controls or Controls()).apply(audited(source, find, store, tolerances), os.path.abspath(name))  # noqa: PTH100  as named


def audited(
    source: Source, find: Callable[[Document], Answered], store: Store, tolerances: Tolerances = TOLERANCES
) -> Audited | NotAudited:
    """A source with its judgements, from the answer that is found for it; the store knows how to record a better one.

    What stands in the way, in the source or in the finding, becomes part of the result.
    """
    from auditor import pipeline  # noqa: PLC0415  it loads every kind, which nothing but judging needs
    from auditor.extraction import AnswerError  # noqa: PLC0415  likewise

    document = None
    try:
        document = source.read()
        found = find(document)
        try:
            return pipeline.audit(document, found.answer, model=found.model, stale=found.stale, tolerances=tolerances)
        except AnswerError as error:
            message = f"the answer recorded for {source.name} does not fit the schema: {error}"
            raise RecordingInvalid(message, hint=store.hint(document)) from error
    except (InputError, ExtractionError) as error:
        judgements = () if document is None else pipeline.unread(document)
        return NotAudited(source.name, error, document, judgements, row=source.row)


def recordings_of(project: str | os.PathLike[str]) -> Store:
    """Where the recordings of a project are, as its configuration says; UsageError where that cannot be read."""
    settings = config.load(Path(project))
    return Store(settings.recordings, settings.root)


class _Given(Struct, frozen=True):
    """A text that is at hand."""

    name: str
    text: str
    row: Row | None = None

    def read(self) -> Document:
        """The text, as if it had been read from a file."""
        return sources.decoded(self.name, self.text.encode("utf-8", "surrogatepass"))
