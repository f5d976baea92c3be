"""readme_fixes: documents before and after somebody corrected their numbers, in folders of `before.md` and `after.md`.

A statement that is contradicted before has to be gone after: what became of its lines is looked up in the
later version.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor import sources
from tests.accuracy.labelled import Label, Paper, Source
from tests.accuracy.placing import carried
from tests.accuracy.rows import file_name, keys, rows
from tests.accuracy.statements import statements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.accuracy.anchors import Anchors
    from tests.accuracy.labelled import Statement

FILE = "claims.jsonl"
_KEY = "doc"
_BEFORE, _AFTER = "before.md", "after.md"


def fits(folder: Path) -> bool:
    """Whether a folder is in this format."""
    return {"id", "case", _KEY, "claim", "label"} <= keys(folder / FILE)


def read(folder: Path, anchors: Anchors) -> Source:
    """The data set in a folder."""
    papers = {
        f"{case.name}/{name}": Paper(
            f"{folder.name}/{file_name(case.name)}/{name}", sources.read(str(case / name)).text
        )
        for case in sorted(folder.iterdir())
        for name in (_BEFORE, _AFTER)
        if (case / name).is_file()
    }
    named = {paper.name: paper for paper in papers.values()}
    found = statements(rows(folder / FILE), _KEY, papers, anchors)
    return Source(folder.name, "readme_fixes", tuple(papers.values()), tuple(_mended(one, named) for one in found))


def _mended(statement: Statement, papers: Mapping[str, Paper]) -> Statement:
    """The statement with what became of it in the later version, if it was to be corrected there."""
    later = papers.get(statement.paper.removesuffix(_BEFORE) + _AFTER)
    if statement.label is not Label.CONTRADICTED or not statement.paper.endswith(_BEFORE) or later is None:
        return statement
    places = carried(papers[statement.paper].document, later.document, statement.places)
    return replace(statement, mended=later.name, mended_places=places)
