"""saying: what a passage has to say of the conditions that were read from it, and whether it does."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from auditor.conditions.condition import RANKS, denies, rank_of
from auditor.exact.numeral import find_numerals, parse_quantity
from auditor.tables.likeness import is_total
from auditor.tables.outcome import said_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from auditor.claim import Over
    from auditor.conditions.condition import Cell

# -- what it has to say ---------------------------------------------------------------------------


def to_be_said(cells: Sequence[Cell], over: Over | None) -> tuple[str, ...]:
    """What conditions ask for, behind a bar other words that would do; what goes without saying is left out.

    That is a first rank, an empty cell, "more than none", and that a total is none of the things that it sums up.
    """
    ranks = [rank_of(cell) for cell in cells if cell.test in RANKS]
    asked = [_said(cell) for cell in cells if cell.test not in RANKS and not _goes_without_saying(cell)]
    excepted = () if over is None else over.exceptions
    return (*asked, *excepted, *(f"{rank} | {_ORDINALS.get(rank, '')}" for rank in ranks if rank > 1))


_ORDINALS = dict(enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2))
_NONE = "no none never without neither nor nil not any unchanged same winless scoreless goalless unbeaten undefeated"


def _said(cell: Cell) -> str:
    return f"{cell.value} | {_NONE}" if denies(cell) else said_of(cell.value)


def _goes_without_saying(cell: Cell) -> bool:
    if not any(map(str.isalnum, cell.value)):
        return True
    if cell.test == "is not":
        return is_total(cell.value) or _is_zero(cell.value)
    if cell.test == "at least":
        return cell.value.strip() == "1"
    return cell.test in ("above", "below") and _is_zero(cell.value)


def _is_zero(value: str) -> bool:
    quantity = parse_quantity(value)
    return quantity is not None and quantity.point == 0


# -- whether it says so ---------------------------------------------------------------------------


def unsaid(asked: Sequence[str], sentence: str) -> str | None:
    """The first of what is asked for of which a sentence says no number and no word; None where it says all."""
    text = " ".join(sentence.casefold().split())
    said = set(_WORDS.findall(text))
    points = {numeral.quantity.point for numeral in find_numerals(text) if numeral.quantity is not None}
    for value in asked:
        name = value.partition(" | ")[0]
        quantity = parse_quantity(name)
        others = {word for other in asked if other != value for word in _WORDS.findall(other.casefold())}
        parts = _WORDS.findall(value.casefold())
        if any(_is_said(part, said) for part in parts) or _is_code_of(name.strip(), said - others):
            continue
        if quantity is not None and (
            {quantity.point, -quantity.point} & points or _is_in_stretch(quantity.point, text)
        ):
            continue
        if quantity is not None and quantity.point == 1 and said & _FIRST:
            continue
        return name
    return None


_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_FIRST = {
    "first", "began", "begin", "begins", "starts", "started", "opening", "debut", "won", "winner", "champion", "gold", "top",
}  # fmt: skip
"""Words for what has the number 1."""
_STEM, _ENDING, _CODE = 3, 4, 4
_COMMON = frozenset(
    [
        "that",
        "than",
        "this",
        "they",
        "them",
        "then",
        "their",
        "there",
        "these",
        "those",
        "with",
        "without",
        "which",
        "when",
        "where",
        "while",
        "what",
        "were",
        "have",
        "having",
        "does",
        "from",
        "into",
        "over",
        "only",
        "also",
        "more",
        "most",
        "same",
        "such",
        "some",
        "each",
        "every",
        "after",
        "before",
        "between",
        "other",
        "team",
        "game",
        "games",
        "play",
        "plays",
        "played",
        "player",
        "players",
        "season",
        "seasons",
        "year",
        "years",
        "number",
        "total",
        "during",
    ]
)
"""Words that stand for no code, whatever letter they begin with."""


_FORMS = {
    form: frozenset(forms.split())
    for forms in (
        "sink sinks sank sunk sinking", "win wins won winning", "lose loses lost losing loss", "beat beats beaten",
        "draw draws drew drawn", "begin begins began begun", "hold holds held", "lead leads led", "run runs ran",
        "rise rises rose risen", "fall falls fell fallen", "take takes took taken", "break breaks broke broken",
        "withdraw withdraws withdrew withdrawn", "build builds built", "die dies died dead", "shoot shoots shot",
        "give gives gave given", "write writes wrote written", "sing sings sang sung", "sell sells sold", "buy buys bought",
        "keep keeps kept", "send sends sent", "leave leaves left", "fly flies flew flown", "bring brings brought",
        "choose chooses chose chosen", "strike strikes struck", "steal steals stole stolen", "burn burnt burned",

    )
    for form in forms.split()
}  # fmt: skip
"""Verbs whose forms have no stem in common: what sank was sunk."""


def _is_said(word: str, said: set[str]) -> bool:
    """Whether a word is among those of a sentence, if in another form: "win", "winner"."""
    return (
        word in said
        or not said.isdisjoint(_FORMS.get(word, ()))
        or (not word.isdigit() and any(_are_of_one_stem(word, each) for each in said))
    )


def _is_code_of(name: str, said: set[str]) -> bool:
    """Whether a few letters are short for a word of a sentence: "q", "qualified"."""
    if len(name) > _STEM or not name.isalpha():
        return False
    begins = name.casefold()
    return any(len(each) >= _CODE and each.startswith(begins) and each not in _COMMON for each in said)


def _are_of_one_stem(one: str, other: str) -> bool:
    short, long = sorted((_singular(one), _singular(other)), key=len)
    return len(short) >= _STEM and long.startswith(short) and len(long) - len(short) <= _ENDING


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _STEM and word.endswith("s") else word


def _is_in_stretch(point: Fraction, text: str) -> bool:
    """Whether a number bounds or lies in a stretch that a text names: "the 1970s", "double-digit", "the podium"."""
    return any(low <= point <= high for low, high in _stretches(text))


@lru_cache(maxsize=256)
def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    """From the number before it to the number behind it, of each stretch that a text names."""
    found = [(int(each[1]) - 1, int(each[1]) + 10) for each in _DECADE.finditer(text)]
    found += [(1900 + int(each[1]) - 1, 1900 + int(each[1]) + 10) for each in _SHORT_DECADE.finditer(text)]
    found += [(year - 1, year + 10) for word, year in _NAMED_DECADES.items() if re.search(rf"\b{word}\b", text)]
    found += [(100 * int(each[1]) - 101, 100 * int(each[1]) + 1) for each in _CENTURY.finditer(text)]
    for each in _DIGITS.finditer(text):
        low, high = _PLACES[each[1]]
        found += [(low - 1, low), (high, high + 1)]
    return tuple([*found, (1, 3)] if re.search(r"\bpodium\b", text) else found)


_DECADE = re.compile(r"\b((?:1[5-9]|20)[0-9]0) ?['’]? ?s\b")
_SHORT_DECADE = re.compile(r"(?<![0-9])['’]?([1-9]0) ?['’]?s\b")
_CENTURY = re.compile(r"\b(1[6-9]|2[01])(?:st|th)[ -]century\b")
_NAMED_DECADES = dict(
    zip(
        ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
        range(1920, 2000, 10),
        strict=True,
    )
)
_DIGITS = re.compile(r"\b(single|double|triple)[ -]+digits?\b")
_PLACES = {"single": (0, 9), "double": (10, 99), "triple": (100, 999)}
