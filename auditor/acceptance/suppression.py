"""suppression: what the comments of a document keep from counting, and what is wrong with them.

`ignore[comparison, missing-value] reason`, on a line of its own, is for the block below it,
up to the next blank line; on a line with other text, for that line. The reason is required,
and a comment that suppresses nothing, or no longer does, is reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor import vocabulary
from auditor.acceptance.selection import names_of
from auditor.document import Span
from auditor.exact.verdict import SUPPORTED
from auditor.judgement import By, Suppression
from auditor.report import About, Audited, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Comment, Document
    from auditor.judgement import Judgement
    from auditor.report import NotAudited

_FORM = r"ignore[ ]?\[(?P<names>[^\]]*)\][ :–—-]*(?P<reason>(?s:.*))"
_USAGE = "write ignore[KIND] and then why, as in: audit: ignore[comparison] measured on other hardware"
_CONTAINER_SIGNS = " \t>"


class _Rule(Struct, frozen=True):
    """A comment that was understood."""

    comment: Comment
    names: tuple[str, ...]
    reason: str
    region: Span
    """What it is for."""


def suppressed(entry: Audited | NotAudited) -> Audited | NotAudited:
    """The same document with what its comments suppress marked, and with remarks about comments that do not work."""
    document = entry.document
    if document is None or not document.comments:
        return entry
    understood = [_understood(comment, document) for comment in document.comments]
    rules = [one for one in understood if isinstance(one, _Rule)]
    judgements = tuple(_marked(judgement, rules) for judgement in entry.judgements)
    remarks = [one for one in understood if isinstance(one, Remark)]
    if isinstance(entry, Audited):  # of a document that nobody has read, it is not known what is in vain
        remarks += [remark for rule in rules if (remark := _unused(rule, entry.judgements)) is not None]
    ordered = sorted(remarks, key=lambda remark: remark.span or (0, 0))
    return replace(entry, judgements=judgements, remarks=(*entry.remarks, *ordered))


def _understood(comment: Comment, document: Document) -> _Rule | Remark:
    def wrong(text: str, hint: str = _USAGE) -> Remark:
        return Remark(About.SUPPRESSION_INVALID, text, hint, comment.span)

    form = re.fullmatch(_FORM, comment.text)
    if form is None:
        return wrong(f"“{comment.text}” is not understood, so nothing is suppressed")
    names = tuple(dict.fromkeys(name.strip() for name in form["names"].split(",") if name.strip()))
    if not names:
        return wrong("a suppression names no kind, reason or severity, so nothing is suppressed")
    unknown = vocabulary.unknown(names)
    if unknown is not None:
        text = f"a suppression names “{unknown}”, which is no kind, reason or severity, so nothing is suppressed"
        return wrong(text, vocabulary.correction(unknown))
    if not any(character.isalnum() for character in form["reason"]):
        text = f"the suppression of {', '.join(names)} gives no reason, so nothing is suppressed"
        return wrong(text, "say why behind the bracket, as in: audit: ignore[comparison] measured on other hardware")
    return _Rule(comment, names, form["reason"].strip(), _region(comment.span, document))


def _region(span: Span, document: Document) -> Span:
    """The line of a comment; where it has its lines to itself, the block below."""
    text = document.text
    first, last = document.line_span(span.start).start, document.line_span(span.end).end
    if text[first : span.start].strip(_CONTAINER_SIGNS) or text[span.end : last].strip(_CONTAINER_SIGNS):
        return Span(first, last)
    start, end = None, last
    while end < len(text):
        line = document.line_span(end + 1)
        blank = not text[slice(*line)].strip(_CONTAINER_SIGNS)
        if blank and start is not None:
            break
        if not blank and start is None:
            start = line.start
        end = line.end
    return Span(end, end) if start is None else Span(start, end)


def _marked(judgement: Judgement, rules: Sequence[_Rule]) -> Judgement:
    for rule in rules:
        if any(_suppresses(rule, name, judgement) for name in rule.names):
            return replace(judgement, suppression=Suppression(By.COMMENT, rule.reason))
    return judgement


def _suppresses(rule: _Rule, name: str, judgement: Judgement) -> bool:
    if judgement.span is None or judgement.verdict == SUPPORTED:
        return False
    return name in names_of(judgement) and judgement.span.overlaps(rule.region)


def _unused(rule: _Rule, judgements: Sequence[Judgement]) -> Remark | None:
    idle = [name for name in rule.names if not any(_suppresses(rule, name, one) for one in judgements)]
    if not idle:
        return None
    text = f"the suppression of {', '.join(idle)} suppresses nothing"
    return Remark(About.SUPPRESSION_UNUSED, text, "remove it, or put it where the claim is", rule.comment.span)
