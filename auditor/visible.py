r"""visible: the one border that text of documents, models and file names crosses on its way out.

Characters that steer a terminal, reorder a line or cannot be seen become `\u{1b}`. The list
is fixed rather than asked of `unicodedata`, so that every Python prints the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

UNSEEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1, ESC and NUL among them
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers, Mongolian selectors
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line and paragraph separators, bidi controls
    "\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # fillers, selectors, noncharacters
    "\ud800-\udfff\ue000-\uf8ff"  # lone surrogates, private use
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # layout controls of scripts and of music
    "\U000e0000-\U0010ffff"  # tag characters, more selectors, private use
    "]"
)
"""One character that must not be printed as it is: a control, an unseen one, or half of one."""

_LINE_ENDS_AND_TABS = re.compile(r"[\n\t][ \n\t]*")


def visible(text: str, *, prose: bool = False) -> str:
    """The text with every unseen character written out; in prose, line ends and tabs become a space instead."""
    if text.isascii() and text.isprintable():
        return text
    return escaped(
        _LINE_ENDS_AND_TABS.sub(" ", text) if prose else text, lambda character: f"\\u{{{ord(character):x}}}"
    )


def escaped(text: str, notation: Callable[[str], str]) -> str:
    """The text with every unseen character in the notation of some format."""
    return UNSEEN.sub(lambda match: notation(match[0]), text)
