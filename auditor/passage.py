"""passage: what a claim was read from, with everything that stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.document import Document, Span
    from auditor.names import Index
    from auditor.surroundings import Surroundings


@dataclass(frozen=True)
class Passage:
    """What a claim was read from, with everything that stands around it."""

    document: Document
    span: Span
    """Where the quote stands."""
    surroundings: Surroundings
    subjects: Index
    levels: dict[str, Index]

    @cached_property
    def quote(self) -> str:
        """The passage itself."""
        return self.document.text[self.span.start : self.span.end]

    @cached_property
    def sentence(self) -> Span:
        """The sentence that the passage belongs to."""
        return self.document.sentence_around(self.span)
