"""notation: how any text is written in JSON, XML, HTML, Markdown, a URI or a build log, so that it is only text there.

Each function takes text as it comes, from a document, a model or a file name, and gives
what stands for that text and for nothing else: no markup, link, mention or command.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from auditor.visible import UNSEEN, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# GitHub, Azure and TeamCity take "##[...]", "##vso[...]" and "##teamcity[...]" for commands wherever they stand in a
# line of a log, and GitHub a line that begins with "::".
_COMMAND = re.compile(r"#(?=#\w*\[)")
_COMMAND_START = re.compile(r"^(\s*):(?=:)", re.MULTILINE)

# The only line ends in JSON are those between its parts.
_JSON_BEYOND_ASCII = "[^\n\x20-\x7e]"
_JSON_UNSEEN = rf"(?!\n){UNSEEN.pattern}"
_HASH = r"\\u0023"

# Patterns as text are compiled where they are first used: a table needs none of them.
#
# Markdown: what may stand inside of <code> as it is, and which words may stand outside of it. Mentions, references,
# names of emoji, addresses and digests are made into links after Markdown is done, everywhere but in <code>.
_SIGN = r"(?a:[^\w ,()%+=?;'/.\"-]|_)"
_ADDRESS = r"(?i:(?<=www)\.)"
_PLAIN = r"[(“‘'\"]*(?:[^\W_]+(?:['’-][^\W\d_]+)*|\d+[.,]\d+)%?[)”’'\",.;:?]*"
_DIGEST = r"(?i:\W*[0-9a-f]{7,}\W*)"


_SPELLED = str.maketrans(
    {"≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "×": "x", "±": "+-", "→": "->", "−": "-", "–": "-"}
    | {"“": '"', "”": '"', "’": "'", "…": "..."}
)


def inert(text: str) -> str:
    r"""Lines for a log or a terminal, in which no build server finds a command; its first sign becomes `\u{23}`."""
    if "::" not in text and "##" not in text:
        return text
    return _COMMAND_START.sub(r"\1\\u{3a}", _COMMAND.sub(r"\\u{23}", text))


def json_text(value: object, *, unicode: bool, indent: int = 0) -> str:
    """A value as JSON in which every unseen character is escaped, and which decodes to the exact texts."""
    try:
        text = msgspec.json.format(msgspec.json.encode(value), indent=indent).decode("utf-8")
    except UnicodeEncodeError:  # half of a character, which only the slower encoder takes
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=indent or None)
    escaped = re.sub(_JSON_UNSEEN if unicode else _JSON_BEYOND_ASCII, _json_escape, text)
    return f"{_COMMAND.sub(_HASH, escaped)}\n"


def json_pieces(frame: object, items: Iterable[object], *, unicode: bool) -> Iterator[str]:
    """A large value as JSON, piece by piece: the items are those of the last, and empty, list in the frame."""
    begin, _, end = json_text(frame, unicode=unicode, indent=2).rpartition("[]")
    line = begin.rpartition("\n")[2]
    margin = " " * (len(line) - len(line.lstrip(" ")) + 2)
    separator = f"{begin}["
    for item in items:
        text = json_text(item, unicode=unicode, indent=2).rstrip("\n").replace("\n", f"\n{margin}")
        yield f"{separator}\n{margin}{text}"
        separator = ","
    yield f"{begin}[]{end}" if separator != "," else f"\n{margin[2:]}]{end}"


def _json_escape(unseen: re.Match[str]) -> str:
    return "\\u007f" if unseen[0] == "\x7f" else json.dumps(unseen[0])[1:-1]


def markup(text: str, *, prose: bool = True) -> str:
    """The text between two tags, or in an attribute, of XML or HTML; in prose, line ends are spaces."""
    import html  # noqa: PLC0415  it brings two thousand names of characters, which a terminal has no use for

    return _COMMAND.sub("&#35;", html.escape(visible(text, prose=prose)))


def finished_markup(lines: Iterable[str], *, unicode: bool) -> Iterator[str]:
    """Lines of XML, HTML or Markdown; where only ASCII can be encoded, the rest as character references."""
    for line in lines:
        yield f"{line}\n" if unicode else f"{line.encode('ascii', 'xmlcharrefreplace').decode('ascii')}\n"


def code(text: str) -> str:
    """The text as code in Markdown, table cells included: no sign in it means anything."""
    shown = re.sub(
        _SIGN, lambda sign: f"&#{ord(sign[0])};" if sign[0].isascii() else sign[0], visible(text, prose=True)
    )
    return f"<code>{re.sub(_ADDRESS, '&#46;', shown)}</code>" if shown.strip(" ") else ""


def prose(text: str) -> str:
    """The text as prose in Markdown: what is more than a plain word or number stands there as code."""
    runs: list[tuple[bool, list[str]]] = []
    for word in visible(text, prose=True).split():
        plain = re.fullmatch(_PLAIN, word) is not None and re.fullmatch(_DIGEST, word) is None
        if not runs or runs[-1][0] is not plain:
            runs.append((plain, []))
        runs[-1][1].append(word)
    return " ".join(" ".join(words) if plain else code(" ".join(words)) for plain, words in runs)


def in_ascii(text: str) -> str:
    r"""The text for an output that can encode nothing else: common signs spelled out, others as `\u{e9}`."""
    return "".join(c if c.isascii() else f"\\u{{{ord(c):x}}}" for c in text.translate(_SPELLED))


def clipped(text: str, most: int) -> str:
    """The beginning and the end of a text that is longer than it may be."""
    return text if len(text) <= most else f"{text[: most * 3 // 4]} … {text[-most // 4 :]}"


def file_path(path: str) -> str:
    """A path as build servers know it: with slashes, and without a leading dot."""
    return PurePath(path).as_posix()


def reference(path: str) -> str:
    """The reference to a file, relative where the path is."""
    posix = file_path(path)
    try:
        data = posix.encode("utf-8", "surrogateescape")  # a name in other bytes, as the system gives it
    except UnicodeEncodeError:
        data = posix.encode("utf-8", "surrogatepass")
    return f"file://{quote(data)}" if posix.startswith("/") else quote(data)
