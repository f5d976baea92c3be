"""fingerprint: what tells a finding from every other one of its document, however the lines around it move.

It is made of the kind, the quote and the sentence that the quote stands in, with white
space evened out. Findings alike in all three are numbered in the order of the document.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.document import Document
    from auditor.judgement import Judgement


def fingerprints(judgements: Iterable[Judgement], document: Document) -> Iterator[str]:
    """One fingerprint for each judgement of a document, in their order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for judgement in judgements:
        around = "" if judgement.span is None else document.text[slice(*document.sentence_around(judgement.span))]
        content = (judgement.kind, _even(judgement.quote), _even(around))
        yield digest(*content, str(seen[content]))
        seen[content] += 1


class Fingerprints:
    """The fingerprints of a document, computed where one is asked for."""

    def __init__(self, judgements: Sequence[Judgement], document: Document) -> None:
        self._judgements, self._document = judgements, document

    @cached_property
    def all(self) -> tuple[str, ...]:
        """One for each judgement, in their order."""
        return tuple(fingerprints(self._judgements, self._document))


def digest(*content: str) -> str:
    """32 hexadecimal digits that stand for texts."""
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:32]


def _even(text: str) -> str:
    return " ".join(text.split())
