"""likeness: whether the words of a cell and those of a value name the same thing.

Three-valued: what may be another spelling, a short form or a slip of the pen is never taken for something else.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_STEMMED = 4
_SIMILAR = 0.7
_SHORT, _LONGEST_INITIALS = 3, 5
ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")
_NOTHING = re.compile(r"[-–—−‒―.…·\s]*")
_UNKNOWN = re.compile(
    r"\W*(?:n ?[/.]? ?a\.?|unknown|tb[acd]|not (?:available|known|stated|given|recorded|reported|announced|yet\b.*)|to be .*"
    r"|no (?:data|records?|information)|undisclosed|unlisted|pending|missing|\?+)\W*",
    re.IGNORECASE,
)


_TOTAL = re.compile(
    r"(?:(?:sub|grand|overall|net)[ -]?)?totals?|sum|overall|all|(?:average|mean|median|avg)s?\.?|Σ", re.IGNORECASE
)


def is_total(label: str) -> bool:
    """Whether a label says that its row sums up others, so that it is none of the rows that are looked up."""
    return _TOTAL.fullmatch(label.strip(" *_:")) is not None


def is_nothing(text: str) -> bool:
    """Whether a cell, or what one is asked for, is empty: "", "-", "—"."""
    return _NOTHING.fullmatch(text) is not None


def is_unknown(text: str) -> bool:
    """Whether a cell says no more than that nobody knows: "tbd", "n / a", "?", or nothing."""
    return is_nothing(text) or _UNKNOWN.fullmatch(text) is not None


def plain(text: str) -> str:
    """A text folded, without the marks on its letters: "Zoë" and "zoe" are one."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(sign for sign in normalize("NFD", folded) if not combining(sign)).translate(_LETTERS)


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, a plural like its singular, an ordinal like its number, without articles."""
    found: list[str] = []
    for word in _WORD.findall(plain(text)):
        ordinal = ORDINAL.fullmatch(word)
        stem = word[:-1] if len(word) >= _STEMMED and word.endswith("s") and not word.endswith("ss") else word
        if word not in ("the", "a", "an", "of"):
            found.append(ordinal[1] if ordinal is not None else stem)
    return tuple(found)


def within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one run of words stands in another."""
    return any(long[place : place + len(short)] == short for place in range(len(long) - len(short) + 1))


def named(wanted: tuple[str, ...], there: tuple[str, ...]) -> bool | None:
    """Whether two runs of words name the same thing; None where they may."""
    if not wanted or not there:
        return None
    if within(wanted, there) or within(there, wanted):
        return True
    if all(word.isdigit() for word in (*wanted, *there)):
        return False  # scores, spans of years
    missing = [word for word in wanted if word not in there]
    extra = [word for word in there if word not in wanted]
    may_be = any(_alike(one, other) for one in missing for other in extra) or _are_initials(missing, extra)
    if len(missing) == len(wanted):
        return None if may_be else False
    if not missing:
        return None if len(wanted) > 1 and all(word.isdigit() for word in wanted) else True  # a score turned round
    return None if not extra or may_be else False


def _alike(one: str, other: str) -> bool:
    """Whether two words may be spellings of one: an initial, a short form, a slip of the pen."""
    if one.isdigit() or other.isdigit():
        return one == other
    if one.startswith(other) or other.startswith(one) or SequenceMatcher(None, one, other).ratio() > _SIMILAR:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) <= _SHORT and short[0] == long[0] and _is_cut_from(short, long)


def _is_cut_from(short: str, long: str) -> bool:
    """Whether a word is what is left of a longer one without some of its letters: "st", "utd"."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _are_initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a word of one side is made of the first letters of the other side's: "la", "usa"."""
    for shorts, longs in ((one, other), (other, one)):
        initials = "".join(word[0] for word in longs if not word.isdigit())
        if len(initials) > 1 and any(
            len(short) <= _LONGEST_INITIALS
            and (short.startswith(initials) or (len(short) > 1 and initials.startswith(short)))
            for short in shorts
        ):
            return True
    return False
