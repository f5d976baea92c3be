"""placing: where in its document a labelled statement stands, told by the words and numbers that it shares.

Statements are often labelled in other words than the document's. A sentence or row of a table
is scored by the rare words and, three times as much, the numbers that it shares with the statement.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from auditor.document import Span
from tests.accuracy.labelled import Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditor.document import Document

NUMBER_WEIGHT = 3
"""How much more a shared number tells than a shared word."""
ENOUGH = 0.3
"""The least share of what a statement says that its passage has to say too."""
NEXT_BEST = 0.85
"""How near to the best another passage has to come to be one of the statement's too."""
MOST = 4
"""The most passages of one statement."""

_TOKEN = re.compile(r"\d+(?:[,\u00a0\u202f ]\d{3})*(?:\.\d+)?|[^\W\d_]+")
_STEM = 5
_NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS)}
_EMPTY = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "is", "it", "its",
    "of", "on", "or", "so", "than", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
    "were", "which", "while", "who", "will", "with",
})  # fmt: skip


def tokens(text: str) -> frozenset[str]:
    """The words of a text, cut to their stems, and its numbers, without separators."""
    found = set()
    for match in _TOKEN.finditer(text.lower()):
        word = match[0]
        if word[0].isdecimal():  # "²" is a digit and no number
            found.add(re.sub(r"[^\d.]", "", word))
        elif word not in _EMPTY:
            found.add(_NUMBERS.get(word, word[:_STEM].rstrip("s") or word))
    return frozenset(found)


@lru_cache(maxsize=8)
def weights(document: Document) -> Mapping[str, float]:
    """What each token of a document tells: much where few of its sentences have it."""
    units = [tokens(document.text[slice(*span)]) for span in document.sentences]
    frequency = Counter(token for unit in units for token in unit)
    return {
        token: log((len(units) + 1) / count) * (NUMBER_WEIGHT if token[0].isdigit() else 1)
        for token, count in frequency.items()
    }


def shared(one: Iterable[str], other: Iterable[str], weight: Mapping[str, float]) -> float:
    """How much two sets of tokens have in common."""
    return sum(weight.get(token, 0.0) for token in set(one) & set(other))


def placed(document: Document, statement: str, anchors: tuple[str, ...]) -> tuple[tuple[Span, ...], Placed]:
    """The passages that make a statement, and how they were found."""
    written = [span for anchor in anchors if (span := verbatim(document, anchor)) is not None]
    if written:
        return tuple(written), Placed.ANCHOR
    exact = verbatim(document, statement)
    if exact is not None:
        return (exact,), Placed.VERBATIM
    weight, wanted = weights(document), tokens(statement)
    scores = {span: shared(tokens(document.text[slice(*span)]), wanted, weight) for span in document.sentences}
    best, whole = max(scores.values(), default=0.0), shared(wanted, weight, weight)
    if not whole or best < ENOUGH * whole:
        return (), Placed.NOWHERE
    ranked = sorted((span for span in scores if scores[span] >= NEXT_BEST * best), key=lambda span: -scores[span])
    return tuple(ranked[:MOST]), Placed.WORDS


def verbatim(document: Document, quote: str, start: int = 0) -> Span | None:
    """Where a quote stands from an offset on, white space aside; None where it does not."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    match = re.compile(pattern).search(document.text, start) if pattern else None
    return None if match is None else Span(*match.span())


def carried(before: Document, after: Document, spans: Iterable[Span]) -> tuple[Span, ...]:
    """What lines of one version of a document became in another; nothing where they were taken out."""
    old, new = before.text.split("\n"), after.text.split("\n")
    starts = [0]
    for line in new:
        starts.append(starts[-1] + len(line) + 1)
    found: set[Span] = set()
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for span in spans:
        first, last = before.position(span.start).line - 1, before.position(max(span.end - 1, span.start)).line - 1
        for tag, low, high, to_low, to_high in opcodes:
            if low > last or high <= first or to_low == to_high:
                continue
            if tag == "equal" or high - low == to_high - to_low:
                begin, end = to_low + max(first - low, 0), to_low + min(last + 1, high) - low
            else:
                begin, end = to_low, to_high
            found.add(Span(starts[begin], starts[end] - 1))
    return tuple(sorted(found))
