"""hidden: text that no reader sees and every model reads, reported with its place.

What has a use in honest text is left alone: soft hyphens, the joiners of emoji and of Persian,
the tags of flags, a mark of direction in a text that is written from the right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.report import About, Remark

if TYPE_CHECKING:
    from auditor.document import Document

MOST = 20
"""How many places of one document are told one by one."""

_LATIN = r"[\x20-\u024f]"
_HIDDEN = (
    "(?:"
    "(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"  # tag characters, unless they make a flag
    f"|(?<={_LATIN})[\u200c\u200d]+(?={_LATIN})"  # joiners between letters that are never joined
    "|[\u200b\u2060-\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0]"  # zero width, invisible operators, fillers
    "|[\u202a-\u202e\u2066-\u2069]"  # embedding, overriding and isolating of direction
    "|[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]"  # controls that end or part no line
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}"  # variants of variants: each stands for a byte
    ")+"
)
_SUSPICIOUS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u115f\u1160\u180e\u200b-\u200d\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
"""Every character that may be hidden, as one set: that is quickly looked for, and hardly a document has one."""
_FROM_THE_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"


def remarks(document: Document) -> tuple[Remark, ...]:
    """The stretches of a document that nobody sees."""
    text = document.text
    if _SUSPICIOUS.search(text) is None:
        return ()
    places = [match.span() for match in re.finditer(_HIDDEN, text)]
    if re.search(_FROM_THE_RIGHT, text):
        places = [place for place in places if not re.fullmatch("[\u202a-\u202e\u2066-\u2069]+", text[slice(*place)])]
    told = [_remark(document, Span(*place)) for place in places[:MOST]]
    if len(places) > MOST:
        more = f"{len(places) - MOST:,} more stretches of the text are of characters that nobody sees"
        told.append(Remark(About.INVISIBLE_TEXT, more, _HINT, None))
    return tuple(told)


_HINT = "look at what they spell, and take them out unless they are meant"


def _remark(document: Document, span: Span) -> Remark:
    count = span.end - span.start
    first = f"U+{ord(document.text[span.start]):04X}"
    what = (
        f"a character that nobody sees, {first}, stands"
        if count == 1
        else f"{count:,} characters that nobody sees, from {first} on, stand"
    )
    return Remark(About.INVISIBLE_TEXT, f"{what} in the text, and a model reads what a reader does not", _HINT, span)
