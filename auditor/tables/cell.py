"""cell: one cell of a table, where it stands and what a reader sees of it.

Markup is blanked out, never removed: `aligned` is as long as the cell's stretch of the document, so that a
place in it is a place in the document.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from auditor.document import Span
from auditor.leftover import LEFTOVER

MOST_COLUMNS = 1000
"""Columns beyond these are left out of any table."""


class Cell(NamedTuple):
    """A cell; one that spans several rows or columns stands at each place that it covers."""

    text: str
    """What a reader sees: markup removed, white space collapsed."""
    span: Span
    """Where it stands in the document, without white space around it."""
    aligned: str
    """The stretch of the document with markup blanked out, character by character."""
    bold: bool
    """Whether what it says first is set in bold."""
    header: bool
    """Whether the document marks it as a header."""
    origin: tuple[int, int]
    """Row and column of its upper left place in the grid."""
    colspan: int = 1
    rowspan: int = 1


_MARKUP = re.compile(r"[*_`\\<&\[~$\x00]")
_TOKEN = re.compile(
    r"(?P<ticks>`++)(?P<code>[^`]++)(?P=ticks)(?!`)"
    r"|(?P<stray>`++)"
    r"|(?P<comment><!--[^<>]{0,1000}-->)"
    r"|(?P<tag></?+(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?:\s[^<>]{0,1000})?/?>)"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<latex>\\(?P<command>[A-Za-z]{2,16})(?:\{|(?![A-Za-z])))"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    rf"|(?P<note>\[\^[^\[\]]{{1,40}}\]|{LEFTOVER})"
    r"|(?P<target>\](?:\([^()\s]{0,1000}(?:\s\"[^\"]{0,200}\")?\)|\[[^\[\]]{0,200}\]))"
    r"|(?P<close>\])"
    r"|(?P<open>!?+\[)"
    r"|(?P<run>\*++|_++|~~)"
    r"|(?P<dollar>\$)"
    r"|(?P<nul>\x00)",
)
_ESCAPED_PIPE = re.compile(r"\\\|")
_LATEX = {
    **dict.fromkeys(("pm", "mp"), "±"),
    **dict.fromkeys(("times", "cdot"), "×"),
    **dict.fromkeys(("uparrow", "Uparrow", "nearrow"), "↑"),
    **dict.fromkeys(("downarrow", "Downarrow", "searrow"), "↓"),
    **dict.fromkeys(("rightarrow", "to", "Rightarrow"), "→"),
    **dict.fromkeys(("Delta", "delta"), "Δ"),
    **dict.fromkeys(("sim", "approx"), "≈"),
    **dict.fromkeys(("dagger", "dag"), "†"),
    **dict.fromkeys(("mu", "sigma"), ""),
}
_BOLD_COMMANDS = frozenset(("textbf", "mathbf", "bm", "boldsymbol", "bf"))
_WRAPPERS = _BOLD_COMMANDS | {"text", "mathrm", "textit", "mathit", "underline", "emph", "mathsf", "texttt"}
_BOLD_TAGS = frozenset(("b", "strong"))
_BREAKS = frozenset(("br", "p", "div", "li", "tr", "td", "hr"))
_STRUCK = frozenset(("s", "del", "strike"))
_FILLER = "\x00"
_LEADING = frozenset("−-+±≈~<>≤≥$€£¥")
_SIGNS = frozenset("-−+")
_MOST_OPEN = 20


def cell_at(  # noqa: PLR0913  (what makes a cell)
    text: str, start: int, end: int, *, header: bool, origin: tuple[int, int], marked: bool = True
) -> Cell:
    """The cell whose content lies between two places of a text; `marked` if it may hold markup."""
    source = text[start:end]
    stripped = source.strip()
    if not stripped:
        return Cell("", Span(start, start), "", False, header, origin)
    start += len(source) - len(source.lstrip())
    span = Span(start, start + len(stripped))
    if not marked or _MARKUP.search(stripped) is None:
        return Cell(_collapsed(stripped), span, stripped, False, header, origin)
    filled, bold = _filled(stripped)
    return Cell(_collapsed(filled.replace(_FILLER, "")), span, filled.replace(_FILLER, " "), bold, header, origin)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


class _Piece(NamedTuple):
    """A stretch of markup and what stands for it, as long as it is."""

    start: int
    end: int
    shown: str


class _Opened(NamedTuple):
    sign: str
    start: int
    length: int


class _Reader:
    """One pass over a cell with markup; every stretch of it is looked at once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[_Piece] = []
        self.bold: list[tuple[int, int]] = []
        self.struck: list[tuple[int, int]] = []
        self.opened: list[_Opened] = []
        self.tags: dict[str, tuple[int, int]] = {}
        self.brackets: list[tuple[int, int]] = []
        self.dollar: int | None = None

    def put(self, start: int, end: int, shown: str = "", *, right: bool = False) -> None:
        shown = shown[: end - start]
        fill = _FILLER * (end - start - len(shown))
        self.pieces.append(_Piece(start, end, fill + shown if right else shown + fill))

    def read(self) -> None:  # noqa: C901  (one arm for each sort of markup)
        """Note every stretch of markup and what stands for it."""
        for match in _TOKEN.finditer(self.source):
            start, end = match.span()
            match match.lastgroup:
                case "code":
                    ticks = len(match["ticks"])
                    self.put(start, start + ticks)
                    for pipe in _ESCAPED_PIPE.finditer(self.source, start, end):
                        self.put(pipe.start(), pipe.start() + 1)
                    self.put(end - ticks, end)
                case "run":
                    self.run(match[0][0], start, end)
                case "dollar":
                    self.money_or_mathematics(start)
                case "open":
                    self.brackets.append((start, end))
                case "close" | "target":
                    if self.brackets:
                        opened = self.brackets.pop()
                        if match.lastgroup == "target":
                            self.put(*opened)
                            self.put(start, end)
                case "stray":
                    continue
                case "comment" | "note" | "nul":
                    self.put(start, end)
                case _:
                    self.named(match, start, end)

    def named(self, match: re.Match[str], start: int, end: int) -> None:
        """A tag, an entity, an escape or a command."""
        if match["entity"]:
            shown = unescape(match[0])
            shown = " " if shown.isspace() else shown
            self.put(start, end, shown, right=shown in _LEADING)
        elif match["escape"]:
            self.put(start, end, match[0][1], right=True)
        elif match["command"]:
            self.command(match["command"], start, end)
        else:
            self.tag(match["name"].lower(), start, end)

    def command(self, name: str, start: int, end: int) -> None:
        wraps = self.source[end - 1] == "{"
        if name in _WRAPPERS and wraps:
            close = self.source.find("}", end, end + 200)
            if close >= 0:
                self.put(start, end)
                self.put(close, close + 1)
                if name in _BOLD_COMMANDS:
                    self.bold.append((end, close))
        elif name in _LATEX:
            self.put(start, end - wraps, _LATEX[name], right=True)

    def tag(self, name: str, start: int, end: int) -> None:
        if name in _BREAKS:
            self.put(start, end, " ")
            return
        if self.source[start + 1] != "/":
            self.tags[name] = (start, len(self.pieces))
            self.put(start, end)
            return
        self.put(start, end)
        opened, place = self.tags.pop(name, (None, 0))
        if opened is None:
            return
        if name in _BOLD_TAGS:
            self.bold.append((opened, start))
        elif name in _STRUCK:
            self.struck.append((opened, start))
        elif name == "sup":
            self.raised(opened, place, start)

    def raised(self, opened: int, place: int, start: int) -> None:
        """A footnote mark is dropped, an exponent shown as one."""
        piece = self.pieces[place]
        if self.source.endswith("10", max(0, opened - 2), opened) or self.source[piece.end : piece.end + 1] in _SIGNS:
            self.pieces[place] = piece._replace(shown=piece.shown[:-1] + "^")
        else:
            self.struck.append((opened, start))

    def run(self, sign: str, start: int, end: int) -> None:
        """A run of emphasis signs: it closes what it can, then opens what it may."""
        before = self.source[start - 1 : start] if start else ""
        after = self.source[end : end + 1]
        closes = bool(before) and not before.isspace()
        opens = bool(after) and not after.isspace()
        if sign == "_":
            closes, opens = closes and not after.isalnum(), opens and not before.isalnum()
        while closes and start < end:
            found = next(
                (place for place in range(len(self.opened) - 1, -1, -1) if self.opened[place].sign == sign), None
            )
            if found is None:
                break
            opener = self.opened[found]
            del self.opened[found:]
            length = min(opener.length, end - start)
            inner = opener.start + opener.length
            self.put(inner - length, inner)
            self.put(start, start + length)
            if sign != "~" and length > 1:
                self.bold.append((inner, start))
            if sign == "~":
                self.struck.append((inner, start))
            if opener.length > length:
                self.opened.append(opener._replace(length=opener.length - length))
            start += length
        if opens and start < end and len(self.opened) < _MOST_OPEN:
            self.opened.append(_Opened(sign, start, end - start))

    def money_or_mathematics(self, start: int) -> None:
        """Two dollars around a formula are markup, one before an amount is money."""
        if self.dollar is None:
            self.dollar = start
            return
        if not self.source[start - 1].isspace() and not self.source[start + 1 : start + 2].isdigit():
            self.put(self.dollar, self.dollar + 1)
            self.put(start, start + 1)
            self.dollar = None
        else:
            self.dollar = start


def _filled(source: str) -> tuple[str, bool]:
    """A cell with its markup replaced by filler, and whether what it says first is bold."""
    reader = _Reader(source)
    reader.read()
    shown: list[str] = []
    at = 0
    for start, end, piece in sorted(reader.pieces):
        if start < at:
            continue
        shown += (source[at:start], piece)
        at = end
    shown.append(source[at:])
    filled = "".join(shown)
    if reader.struck:
        signs = list(filled)
        at = 0
        for start, end in sorted(reader.struck):
            signs[max(start, at) : end] = _FILLER * (end - max(start, at))
            at = max(at, end)
        filled = "".join(signs)
    first = next((place for place, sign in enumerate(filled) if sign.isalnum()), None)
    return filled, first is not None and any(start <= first < end for start, end in reader.bold)
