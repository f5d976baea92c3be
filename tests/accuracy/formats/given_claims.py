"""given_claims: tables, and claims about them by other hands (as in SciTab and TabFact).

Every claim makes a document of its own. Two claims about one table would be evidence for and against
each other: a false claim's number is a second mention of the cell that it misstates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.document import Span
from tests.accuracy.labelled import Paper, Placed, Source, Statement
from tests.accuracy.rows import file_name, keys, label, rows, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.accuracy.anchors import Anchors

FILE = "claims.jsonl"
_JOINT = "[CONTINUE]"
"""SciTab's mark where it has joined a claim from two places; no word of the claim."""


def fits(folder: Path) -> bool:
    """Whether a folder is in this format."""
    return {"id", "document", "claim", "label"} <= keys(folder / FILE)


def read(folder: Path, anchors: Anchors) -> Source:
    """The data set in a folder."""
    del anchors  # a given claim stands where it was put
    papers, statements = [], []
    for row in rows(folder / FILE):
        verdict = label(row)
        if verdict is None:
            continue
        claim = " ".join(text(row, "claim").replace(_JOINT, " ").split())
        table = text(row, "document").rstrip("\n")
        paper = Paper(f"{folder.name}/{file_name(text(row, 'id'))}.md", f"{table}\n\n{claim}\n")
        place = Span(len(table) + 2, len(table) + 2 + len(claim))
        papers.append(paper)
        statements.append(Statement(text(row, "id"), paper.name, claim, verdict, "", (place,), Placed.GIVEN))
    return Source(folder.name, "given_claims", tuple(papers), tuple(statements), given=True)
