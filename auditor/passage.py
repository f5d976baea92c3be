"""passage: what a claim was read from, with everything that stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Document, Span
    from auditor.names import Index


class Passage:
    """What a claim was read from, with everything that stands around it."""

    def __init__(
        self, document: Document, span: Span, rings: Sequence[Span], subjects: Index, levels: dict[str, Index]
    ) -> None:
        self.document = document
        self.span = span
        """Where the quote stands."""
        self.quote = document.text[span.start : span.end]
        """The passage itself."""
        self.rings = rings
        """What stands around it, from near to far: its sentence, its line, then each heading."""
        self.sentence = self.rings[0]
        """The sentence that the passage belongs to."""
        self.subjects = subjects
        """Where subjects are named in the document."""
        self.levels = levels
        """Where the levels of each dimension are."""
