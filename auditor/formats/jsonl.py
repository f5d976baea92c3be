"""jsonl: one line a judgement, each with its document, for work with many texts.

A document that could not be audited, or in which no claim was found, has a line of its own,
so that nothing goes missing unseen. What a judgement holds is as in the JSON report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.notation import json_text
from auditor.notice import About
from auditor.published import judged, remarked
from auditor.report import Audited
from auditor.shape import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.formats import RenderOptions
    from auditor.report import NotAudited, Report


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The report as lines of JSON, always in full."""
    for entry in report.documents:
        for line in _lines(entry):
            yield json_text(line, unicode=options.unicode)


def _lines(entry: Audited | NotAudited) -> Iterator[dict[str, object]]:
    document = entry.document
    read = isinstance(entry, Audited)
    about = {
        "path": entry.document.path if isinstance(entry, Audited) else entry.path,
        "sha256": None if document is None else document.digest,
        "model": entry.model if isinstance(entry, Audited) else None,
        "stale": entry.stale if isinstance(entry, Audited) else None,
    }
    if isinstance(entry, Audited):
        message, hint = About.NO_CLAIMS.meaning, "record it anew, or leave it out if it claims nothing"
    else:
        message, hint = entry.error.message, entry.error.hint
    if not read or not entry.judgements:
        yield {"type": "not-audited", **about, "error": {"message": message, "hint": hint}}
    for remark in remarked(entry):
        yield {"type": "remark", **about, **members(remark)}
    if document is not None:
        for judgement in entry.judgements:
            yield {"type": "judgement", **about, **members(judged(judgement, document))}
