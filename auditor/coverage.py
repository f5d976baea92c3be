"""coverage: the ledger of a document: each number and each sentence used, judged, ignored or unread.

Silence is not success: what the reading passes over is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.document import Span
from auditor.guards.direction import direction_words
from auditor.phrase import phrase
from auditor.report import Covered, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.grounded import Reading
    from auditor.judgement import Judgement

# Lines that assert nothing: headings, rules, table rows and their frame, lone labels ("Legends:").
_HEADING = re.compile(r"(?:#{1,6}[ \t]|[-*_=]{3,}[ \t]*$|\*\*[^*]+\*\*:?[ \t]*$)")
_ROW = re.compile(r"\|")
_LABEL = re.compile(r"[-*+]?[ \t]*[^.!?]{0,80}:[ \t*_]*$|\d{1,3}[.)]$")
# What says how things stand without saying which is more.
_ALIKE = phrase(
    r"\b(?:identical|equal(?:ly|s)?|similar(?:ly)?|comparable|alike|widen\w*|clos(?:es|ed)|narrow(?:s|ed|ing)|converg\w+|overtak\w+)\b"
)
_VERB = re.compile(r"\w\s+\w")  # two words; a longer pattern takes the square of the length of a word
_LETTER = re.compile(r"[^\W\d_]")
_MALFORMED = "what the answer says of it does not fit the schema"
_ROLES = {
    "identifier": "part of a name",
    "version": "a version",
    "date": "a date",
    "ordinal": "an ordinal",
    "list-marker": "a list marker",
    "reference": "a reference",
    "link": "part of a link",
}


class _Places:
    """Spans with a quick answer to whether one of them overlaps a given one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(set(spans))
        self._starts = [span.start for span in self._spans]
        self._reach: list[int] = []
        furthest = 0
        for span in self._spans:
            furthest = max(furthest, span.end)
            self._reach.append(furthest)

    def touch(self, span: Span) -> bool:
        """Whether one of the spans overlaps this one."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._reach[before - 1] > span.start

    def leave(self, span: Span) -> Iterator[Span]:
        """The parts of a span that none of the spans overlaps, in order."""
        at = span.start
        for own in self._spans[bisect_right(self._reach, at) : bisect_left(self._starts, span.end)]:
            if at < own.start:
                yield Span(at, own.start)
            at = max(at, own.end)
        if at < span.end:
            yield Span(at, span.end)


def ledger(reading: Reading, judgements: Iterable[Judgement]) -> Iterator[Covered]:
    """Every number, then every sentence, in order."""
    used = _Places([*(mention.span for mention in reading.facts.mentions), *reading.ranges])
    quoted = [judgement.span for judgement in judgements if judgement.span is not None]
    stating = [*(mention.quote for mention in reading.facts.mentions), *reading.ranges]
    judged, read = _Places(quoted), _Places([*quoted, *stating])
    indexes = (reading.subject_index, *reading.level_index.values())
    malformed = _Places(refused.span for refused in reading.rejected if refused.malformed and refused.span is not None)
    for numeral in reading.numbers.numerals:
        span = Span(numeral.start, numeral.end)
        if used.touch(span):
            yield Covered(span, "number", Use.USED)
        elif numeral.quantity is None:
            yield Covered(span, "number", Use.IGNORED, _ROLES.get(numeral.role, "not a quantity"))
        elif any(index.touches(*span) for index in indexes):
            yield Covered(span, "number", Use.IGNORED, "part of a name")
        elif judged.touch(span):
            yield Covered(span, "number", Use.JUDGED)
        elif _is_heading(reading, span):
            yield Covered(span, "number", Use.IGNORED, "in a heading")
        else:
            why = _MALFORMED if malformed.touch(span) else "the reading passes over it"
            yield Covered(span, "number", Use.UNREAD, why)
    for sentence in reading.document.sentences:
        covered = _sentence(reading, sentence, judged, read)
        told = covered.use is Use.UNREAD and malformed.touch(sentence)
        yield replace(covered, why=_MALFORMED) if told else covered


def _sentence(reading: Reading, sentence: Span, judged: _Places, read: _Places) -> Covered:
    text = reading.document.text[slice(*sentence)]
    if read.touch(sentence):
        told = _passed_over(reading.document.text, sentence, read)
        if told is not None:
            return Covered(sentence, "sentence", Use.UNREAD, f"no claim was read from the part that says {told!r}")
        return Covered(sentence, "sentence", Use.JUDGED if judged.touch(sentence) else Use.USED)
    if _HEADING.match(text):
        return Covered(sentence, "sentence", Use.IGNORED, "a heading")
    if _ROW.match(text):
        return Covered(sentence, "sentence", Use.IGNORED, "a table row")
    if _LABEL.match(text) or not _VERB.search(text):
        return Covered(sentence, "sentence", Use.IGNORED, "a label")
    return Covered(sentence, "sentence", Use.UNREAD, "no value and no claim was read from it")


def _passed_over(text: str, sentence: Span, read: _Places) -> str | None:
    """The first word for how things stand in a sentence that stands in nothing that was read; None for none."""
    if not any(_LETTER.search(text, *left) for left in read.leave(sentence)):
        return None
    alike = (Span(*match.span()) for match in _ALIKE.finditer(text, *sentence))
    words = (*direction_words(text, *sentence), *alike)
    return next((text[slice(*word)] for word in words if not read.touch(word)), None)


def _is_heading(reading: Reading, span: Span) -> bool:
    line = reading.document.line_span(span.start)
    return _HEADING.match(reading.document.text, line.start, line.end) is not None
