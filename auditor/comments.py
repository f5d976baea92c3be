"""comments: the comments of a document that are meant for audit, taken out of what it says.

`<!-- audit: ignore[comparison] reason -->` in Markdown, plain text and HTML, and in
reStructuredText and plain text `.. audit: ignore[comparison] reason`. Where a comment stands
there are blanks, so that no verdict rests on its words and every other place stays the same.
What code shows, in a fence, indented or between backticks, is no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from auditor.document import Comment, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from auditor.document import Document

# A word that asks for something: "audit: see below" is a note of the authors to each other.
_ASKS = r"audit:[ \t\n]*(?=(?:ign\w*|disable|enable|suppress|skip|off|on|allow|noqa)\b|[\w-]+[ \t]*\[)"
# As text, to be compiled where they are first used: hardly any document has such comments.
_MARKUP = rf"(?s)<!--[ \t\n]*{_ASKS}(?P<text>(?:(?!-->).)*)-->"
_EXPLICIT = rf"(?m)^(?P<indent>[ \t]*)\.\.[ \t]+{_ASKS}(?P<text>[^\n]*(?:\n(?P=indent)[ \t]+\S[^\n]*)*)"
_RAW = r"(?si)<(script|style|textarea|title|xmp)\b.*?</\1\b"
_CODE_DIRECTIVE = r"\.\.[ \t]+(?:code|code-block|sourcecode|highlight|parsed-literal|literal|raw)::"
_DIRECTIVE = r"\.\.[ \t]+[\w:.+-]+::[ \t]*$"
_EXPLICIT_NAMES, _MARKUP_NAMES, _PLAIN_NAMES = (".rst", ".rest"), (".html", ".htm", ".xhtml"), (".txt", ".text")


def without_comments(document: Document) -> Document:
    """The document with its comments to audit blanked and noted; the same one where there are none."""
    text = document.text
    if document.comments or "audit:" not in text:
        return document
    found = sorted(_found(document.path.lower(), text, is_source=document.rendition is None))
    if not found:
        return document
    pieces, at = [], 0
    for comment in found:
        pieces += [text[at : comment.span.start], re.sub(r"[^\n]", " ", text[slice(*comment.span)])]
        at = comment.span.end
    return replace(document, text="".join([*pieces, text[at:]]), comments=tuple(found))


def _found(name: str, text: str, *, is_source: bool) -> Iterator[Comment]:
    if name.endswith((*_EXPLICIT_NAMES, *_PLAIN_NAMES)):
        yield from (_comment(match) for match in re.finditer(_EXPLICIT, text) if not _is_literal(text, match))
    if name.endswith(_EXPLICIT_NAMES):
        return
    matches = list(re.finditer(_MARKUP, text))
    if not matches:
        return
    if name.endswith(_MARKUP_NAMES) and is_source:  # what is made of HTML is Markdown
        raw = [match.span() for match in re.finditer(_RAW, text)]
        matches = [match for match in matches if not any(start < match.start() < end for start, end in raw)]
    else:
        matches = list(_rendered(text, matches))
    yield from map(_comment, matches)


def _comment(match: re.Match[str]) -> Comment:
    indent = len(match.groupdict().get("indent") or "")
    return Comment(
        Span(match.start() + indent, match.end()), " ".join(re.sub(r"\n[ \t>]*", " ", match["text"]).split())
    )


def _is_literal(text: str, match: re.Match[str]) -> bool:
    """Whether an indented line of reStructuredText stands in code: some line further out ends in two colons."""
    outermost = len(match["indent"])
    for line in reversed(text[: match.start()].split("\n")):
        if not outermost:
            return False
        words = line.strip(" \t")
        indent = len(line) - len(line.lstrip(" \t"))
        if words and indent < outermost:
            outermost = indent
            if re.match(_CODE_DIRECTIVE, words) or (words.endswith("::") and re.match(_DIRECTIVE, words) is None):
                return True
    return False


def _rendered(text: str, matches: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The matches that Markdown takes for markup; in the order of a block's parts, code and text use up theirs."""
    line_ends = [end.start() for end in re.finditer("\n", text)]
    lines = [bisect_left(line_ends, match.start()) for match in matches]
    taken = 0
    for token in _parser().parse(text):
        if token.map is None or not token.content:
            continue
        first, last = token.map
        at = max(bisect_left(lines, first), taken)
        for part in token.children or [token]:
            number = len(re.findall(_MARKUP, part.content))
            if _is_markup(part):
                yield from (
                    matches[place] for place in range(at, min(at + number, len(matches))) if lines[place] < last
                )
            at += number
        taken = min(at, bisect_left(lines, last))


def _is_markup(token: Token) -> bool:
    return token.type in {"html_block", "html_inline"}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  hardly any document has such comments, and it takes its time

    return MarkdownIt("commonmark").enable("table")
