"""htmltext: the text of an HTML document as Markdown; its tables stay as they are, since tables are read in HTML.

Tags are found here because places matter: what parsers there are tell the line of a tag at
best, and that of the standard library takes a minute for 60 kB of tags that do not close.
What is not shown (scripts, styles, templates, drawings) is no part of the text.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING

from auditor.rendition import Rendition, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

_SIGN = re.compile(r"[<&]")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]{0,40})((?:[^<>\"']|\"[^\"]{0,5000}\"|'[^']{0,5000}')*)>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_MARKUP_AHEAD = re.compile(r"[A-Za-z/!?]")
_REMARK = re.compile(r"<!--\s*audit\s*:")
_BLANK_LINES = re.compile(r"[ \t]*\n\s*")

_HIDDEN = {"script", "style", "svg", "template", "textarea", "title", "select", "iframe"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "p", "section", "summary", "ul", "tr", "td", "th", "tbody", "thead", "tfoot",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def rendition(source: str) -> Rendition:
    """The text of a document in HTML, of any shape: what is no tag, and a tag that never ends, is text."""
    return _Reading(source).read()


class _Reading:
    """One document on its way into a rendition."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.writer = Writer(source)
        self.raised: list[tuple[str, int]] = []
        self.absent: set[str] = set()

    def read(self) -> Rendition:
        """The whole text."""
        source, at, text = self.source, 0, 0
        while (sign := _SIGN.search(source, at)) is not None:
            start = sign.start()
            end = self.entity_end(start) if sign[0] == "&" else self.markup_end(start)
            if end is None:
                at = start + 1
                continue
            self.writer.flowing(text, start)
            at = text = self.entity(start, end) if sign[0] == "&" else self.markup(start, end)
        self.writer.flowing(text, len(source))
        return self.writer.finished()

    # -- where things end -----------------------------------------------------------------------------------

    def entity_end(self, start: int) -> int | None:
        """The end of a reference to a character; None for a sign that is only itself."""
        match = _ENTITY.match(self.source, start)
        if match is None:
            return None
        if not match[0].endswith(";") and match[0][1] != "#":  # "&copy2": some names of old need no end
            name = match[0][1:]
            known = next((size for size in range(len(name), 1, -1) if name[:size] in html5), None)
            return None if known is None else start + 1 + known
        return None if unescape(match[0]) == match[0] else match.end()

    def markup_end(self, start: int) -> int | None:
        """The end of a tag, comment or declaration; None for a sign that is only itself."""
        if self.source.startswith("<!--", start):
            return self.after("-->", start + 4)
        if self.source.startswith(("<!", "<?"), start):
            return self.after(">", start)
        match = _TAG.match(self.source, start)
        return None if match is None else match.end()

    def after(self, sign: str, start: int) -> int | None:
        """The end of the next such sign; what has once not been found is not looked for again."""
        found = -1 if sign in self.absent else self.source.find(sign, start)
        if found < 0:
            self.absent.add(sign)
            return None
        return found + len(sign)

    def closing(self, name: str, start: int, *, nested: bool) -> tuple[int, int] | None:
        """The tag that closes an element, from its beginning to its end."""
        if name in self.absent:
            return None
        depth = 1
        for match in re.compile(rf"<(/?){name}\b[^<>]*+>", re.IGNORECASE).finditer(self.source, start):
            depth += -1 if match[1] else int(nested)
            if depth == 0:
                return match.span()
        self.absent.add(name)
        return None

    # -- what they are --------------------------------------------------------------------------------------

    def entity(self, start: int, end: int) -> int:
        """A reference as the character that it is; one that would begin a tag stays as it is."""
        character = unescape(self.source[start:end])
        if character == "<" and _MARKUP_AHEAD.match(self.source, end):
            self.writer.verbatim(start, end)
        elif character in " \t\n\r\f":
            self.writer.space(start, end)
        else:
            self.writer.write(character, start, end - start)
        return end

    def markup(self, start: int, end: int) -> int:
        """A tag, comment or declaration; what follows it in the source begins at the offset given back."""
        match = _TAG.fullmatch(self.source, start, end)
        if match is None:
            if _REMARK.match(self.source, start):
                self.writer.verbatim(start, end)
            return end
        name, opens = match[2].lower(), not match[1]
        if name in _HIDDEN and opens and not match[3].endswith("/"):
            closing = self.closing(name, end, nested=name == "svg")
            return end if closing is None else closing[1]
        if name in {"table", "pre"} and opens:
            return self.table(start, end) if name == "table" else self.code(end)
        self.tag(name, end, opens=opens)
        return end

    def table(self, start: int, end: int) -> int:
        """A table, as it stands there but for blank lines, which would end it in Markdown."""
        closing = self.closing("table", end, nested=True)
        if closing is None:
            self.writer.block()
            return end
        self.writer.block()
        at = start
        for blank in _BLANK_LINES.finditer(self.source, start, closing[1]):
            self.writer.verbatim(at, blank.start())
            self.writer.write("\n", blank.start(), blank.end() - blank.start())
            at = blank.end()
        self.writer.verbatim(at, closing[1])
        self.writer.block()
        return closing[1]

    def code(self, start: int) -> int:
        """What is set out line by line, as code; the tags in it are no part of it."""
        closing = self.closing("pre", start, nested=False)
        if closing is None:
            self.writer.block()
            return start
        end = closing[0]
        ticks = "`" * (1 + max([2, *(len(run) for run in re.findall("`+", self.source[start:end]))]))
        self.writer.block()
        self.writer.write(f"{ticks}\n", start, 0)
        at = start + self.source.startswith("\n", start)
        while at < end:
            sign = _SIGN.search(self.source, at, end)
            stop = end if sign is None else sign.start()
            self.writer.verbatim(at, stop)
            at = stop
            if sign is None:
                break
            after = self.entity_end(stop) if sign[0] == "&" else self.markup_end(stop)
            if after is None or after > end:
                self.writer.verbatim(stop, stop + 1)
                at = stop + 1
            else:
                if sign[0] == "&":
                    self.writer.write(unescape(self.source[stop:after]), stop, after - stop)
                at = after
        self.writer.line()
        self.writer.write(ticks, end, 0)
        self.writer.block()
        return closing[1]

    def tag(self, name: str, end: int, *, opens: bool) -> None:
        """Any other tag."""
        writer = self.writer
        if name == "br":
            writer.line()
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456":  # noqa: PLR2004
            writer.end_block()
            if opens:
                writer.sign(f"{'#' * int(name[1])} ", end)
        elif name == "li" and opens:
            writer.end_line()
            writer.sign("- ", end)
        elif name == "li":
            writer.end_line()
        elif name in _BLOCKS:
            writer.block()
        elif name in {"sup", "sub"}:
            if opens:
                self.raised.append((name, writer.mark(end)))
            elif self.raised and self.raised[-1][0] == name:
                writer.rewrite(self.raised.pop()[1], _all_of(_RAISED if name == "sup" else _LOWERED))


def _all_of(table: dict[int, int]) -> Callable[[str], str | None]:
    """A text in other letters, where there is one for each of its letters."""

    def written(text: str) -> str | None:
        return text.translate(table) if all(ord(letter) in table for letter in text) else None

    return written
