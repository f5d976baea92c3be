"""marked: a document's text as HTML, with its claims, the evidence for them, and what was passed over marked in it.

The text comes out whole: without the marks, every code point is there, unseen ones in the
notation of `auditor.visible`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from auditor.notation import clipped, markup
from auditor.page.marking import Mark, stretches
from auditor.report import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from auditor.document import Document
    from auditor.page.card import Claim
    from auditor.page.marking import Stretch
    from auditor.report import Covered, Value


class _Layer(StrEnum):
    """What a mark is of, the outermost first."""

    SENTENCE = "sentence"
    EVIDENCE = "evidence"
    CLAIM = "claim"
    VALUE = "value"
    NUMBER = "number"


_DEPTH = {_Layer.SENTENCE: 1, _Layer.EVIDENCE: 40, _Layer.CLAIM: 4, _Layer.VALUE: 3, _Layer.NUMBER: 1}
# Lines whose columns mean something: table rows, and what is set out with spaces.
_SET_OUT = re.compile(r"[ \t]*\||[^\n]*\S(?:   |\t)")
_HEADING = re.compile(r"#{1,6} ")
_LONGEST_TITLE = 300


def marked(
    document: Document, claims: Sequence[Claim], coverage: Sequence[Covered], values: Mapping[int, Value]
) -> Iterator[str]:
    """The text, one element a line."""
    by_number = {claim.number: claim for claim in claims}
    badges = defaultdict(list)
    anchors = defaultdict(list)
    for claim in claims:
        if claim.judgement.span is not None:
            badges[min(claim.judgement.span.end, len(document.text))].append(_badge(claim))
        for place, given in enumerate(claim.judgement.evidence):
            if given.span is not None:
                anchors[min(given.span.end, len(document.text))].append(_return(claim, place))
    named: set[int] = set()
    line = [_opening(document, 0)]
    for stretch in stretches(document.text, _marks(claims, coverage, values), _DEPTH):
        start, end = stretch.span
        if document.text[start:end] == "\n":
            yield "".join([*line, "</div>"])
            line = [_opening(document, end)]
        else:
            line.append(_element(document.text[start:end], stretch, by_number, coverage, named))
        line += [*anchors.pop(end, ()), *badges.pop(end, ())]
    yield "".join([*line, "</div>"])


def _marks(claims: Iterable[Claim], coverage: Iterable[Covered], values: Mapping[int, Value]) -> Iterator[Mark[_Layer]]:
    for claim in claims:
        judgement = claim.judgement
        if judgement.span is not None:
            yield Mark(judgement.span, _Layer.CLAIM, claim.rank, claim.number)
        for given in judgement.evidence:
            if given.span is not None:
                yield Mark(given.span, _Layer.EVIDENCE, 0, claim.number)
    for number, covered in enumerate(coverage):
        if covered.use is Use.UNREAD:
            yield Mark(covered.span, _Layer(covered.what), 0, number)
    for number, value in values.items():
        for span in value.spans[:1]:
            yield Mark(span, _Layer.VALUE, 0, number)


def _element(
    text: str, stretch: Stretch[_Layer], claims: dict[int, Claim], coverage: Sequence[Covered], named: set[int]
) -> str:
    """A stretch inside of everything that it is marked as; a value gets its name where it begins."""
    shown = "&#9;".join(markup(part) for part in text.split("\t"))
    marks = stretch.marks
    for mark in marks.get(_Layer.NUMBER, ()):
        why = markup(f"not read: {coverage[mark.number].why}")
        shown = f'<span class="unread number" title="{why}">{shown}</span>'
    for mark in marks.get(_Layer.VALUE, ()):
        name = "" if mark.number in named else f' id="v{mark.number}"'
        named.add(mark.number)
        shown = f'<span class="v"{name}>{shown}</span>'
    own = marks.get(_Layer.CLAIM, ())
    for depth, mark in enumerate(reversed(own)):
        claim = claims[mark.number]
        level = len(own) - 1 - depth
        if depth == 0:  # a link holds no link: those further out are reached by their badges
            about = _title(claim)
            tag, attributes = "a", f' href="#c{claim.number}" tabindex="-1" title="{about}"'
        else:
            tag, attributes = "span", ""
        shown = f'<{tag} class="m u{level} p{claim.number} {claim.classes}"{attributes}>{shown}</{tag}>'
    evidence = dict.fromkeys(mark.number for mark in marks.get(_Layer.EVIDENCE, ()))
    if evidence:
        shown = f'<span class="{" ".join(f"e{number}" for number in evidence)}">{shown}</span>'
    for mark in marks.get(_Layer.SENTENCE, ()):
        why = markup(f"not read: {coverage[mark.number].why}")
        shown = f'<span class="unread sentence" title="{why}">{shown}</span>'
    return shown


def _title(claim: Claim) -> str:
    judgement = claim.judgement
    reason = judgement.verdict.reason
    why = judgement.computation if reason is None else f"{reason}: {reason.meaning}"
    return markup(clipped(": ".join(part for part in (claim.verdict, why) if part), _LONGEST_TITLE))


def _badge(claim: Claim) -> str:
    label = f"claim {claim.number}, {claim.verdict}"
    return (
        f'<a class="badge {claim.classes}" id="t{claim.number}" href="#c{claim.number}" aria-label="{label}">'
        f"{claim.sign}<small>{claim.number}</small></a>"
    )


def _return(claim: Claim, place: int) -> str:
    """What shows at a piece of evidence that was followed: the way back to its claim."""
    name = f"c{claim.number}e{place}"
    return f'<a class="return" id="{name}" href="#c{claim.number}" aria-label="back to claim {claim.number}"></a>'


def _opening(document: Document, start: int) -> str:
    looks = "l set" if _SET_OUT.match(document.text, start) else "l h" if _HEADING.match(document.text, start) else "l"
    return f'<div class="{looks}">'
