"""statements: labelled statements in other words than the document's, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import InputError
from tests.accuracy.labelled import Statement
from tests.accuracy.placing import placed
from tests.accuracy.rows import label, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.accuracy.anchors import Anchors
    from tests.accuracy.labelled import Paper


def statements(
    records: Iterable[Mapping[str, object]], key: str, papers: Mapping[str, Paper], anchors: Anchors
) -> Iterator[Statement]:
    """The statements of records that name their document under a key; InputError where there is no such document."""
    for row in records:
        verdict, name = label(row), text(row, key)
        if verdict is None:
            continue
        if name not in papers:
            message = f"{text(row, 'id')} is about {name!r}, which is not among the documents"
            raise InputError(message, hint="add the document, or take the statement out")
        claim, kind = text(row, "claim"), row.get("kind")
        spans, how = placed(papers[name].document, claim, anchors.get(text(row, "id"), ()))
        yield Statement(
            text(row, "id"), papers[name].name, claim, verdict, kind if isinstance(kind, str) else "", spans, how
        )
