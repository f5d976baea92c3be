"""chart_descriptions: a text file for each document, and labelled statements that name it under `doc`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import sources
from tests.accuracy.labelled import Paper, Source
from tests.accuracy.rows import file_name, keys, rows
from tests.accuracy.statements import statements

if TYPE_CHECKING:
    from pathlib import Path

    from tests.accuracy.anchors import Anchors

FILE = "claims.jsonl"
_KEY = "doc"
_SUFFIXES = {".txt", ".md"}


def fits(folder: Path) -> bool:
    """Whether a folder is in this format."""
    found = keys(folder / FILE)
    return {"id", _KEY, "claim", "label"} <= found and "case" not in found


def read(folder: Path, anchors: Anchors) -> Source:
    """The data set in a folder; a document without a labelled statement counts too."""
    papers = {
        file.name: Paper(f"{folder.name}/{file_name(file.name)}", sources.read(str(file)).text)
        for file in sorted(folder.iterdir())
        if file.suffix in _SUFFIXES and file.name != "README.md"
    }
    found = statements(rows(folder / FILE), _KEY, papers, anchors)
    return Source(folder.name, "chart_descriptions", tuple(papers.values()), tuple(found))
