"""labelled: documents that somebody has labelled, in one shape for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.document import Document

if TYPE_CHECKING:
    from auditor.document import Span


class Label(StrEnum):
    """What somebody says of a statement."""

    SUPPORTED = "supported"
    """The document's own values bear it out."""
    CONTRADICTED = "contradicted"
    """They refute it."""
    NOT_CHECKABLE = "not_checkable"
    """They do neither."""
    SOFT = "soft"
    """Marked as a matter of wording: an alarm on it is neither right nor wrong."""
    UNMARKED = "unmarked"
    """Nothing was marked, by somebody who did not look for everything."""


class Placed(StrEnum):
    """How the place of a statement was found."""

    GIVEN = "given"
    """It is a paragraph that was appended for it."""
    VERBATIM = "verbatim"
    """It stands in the document letter for letter."""
    ANCHOR = "anchor"
    """Somebody has written down the passage."""
    WORDS = "words"
    """By the words and numbers that it shares with the passage."""
    NOWHERE = "nowhere"
    """It could not be told."""


@dataclass(frozen=True)
class Paper:
    """A document of a data set, as it is recorded and audited."""

    name: str
    """Path inside the folder that documents are exported to."""
    text: str = field(repr=False)
    """Line ends are LF."""

    @cached_property
    def document(self) -> Document:
        """The text under its name, to look up places in."""
        return Document(self.name, self.text)


@dataclass(frozen=True, slots=True)
class Statement:
    """One labelled statement of a document."""

    name: str
    """Its name in the data set, or one made of the document's name and a number."""
    paper: str
    """The name of its document."""
    text: str
    label: Label
    kind: str = ""
    """The kind that the data set gives it; empty where it gives none."""
    places: tuple[Span, ...] = ()
    """The passages that make it, the likeliest first."""
    placed: Placed = Placed.NOWHERE
    mended: str = ""
    """The name of the document in which it was corrected; empty where there is none."""
    mended_places: tuple[Span, ...] = ()
    """What became of its passages there; none where they were taken out."""


@dataclass(frozen=True, slots=True)
class Source:
    """A data set: its documents and what is said of them."""

    name: str
    """The name of its folder."""
    form: str
    """The name of its format."""
    papers: tuple[Paper, ...]
    statements: tuple[Statement, ...]
    given: bool = False
    """Whether its claims come from outside of the documents and were appended to them."""

    @property
    def classes(self) -> tuple[Label, ...]:
        """The labels among which a given claim is to be sorted: two or three."""
        found = {statement.label for statement in self.statements}
        return tuple(label for label in Label if label in found)
