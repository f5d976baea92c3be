"""numberword: numbers written in words, "twenty-five", "two thirds", "twice".

They are exact, save those with a magnitude ("two million"). "One" is mostly a pronoun, "a third" often an
ordinal and "double" often an adjective: each is a number only where its neighbours say so.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from auditor.exact.unit import Unit, counted_after, parse_unit, unit_after


class Worded(NamedTuple):
    """A number in words, with the unit behind it."""

    start: int
    end: int
    point: Fraction
    step: Fraction | None = None
    """A magnitude's own size, None for an exact number."""
    unit: Unit | None = None
    order: bool = False
    """Whether it is an order of magnitude."""


_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_CARDINALS = _SMALL | _TENS
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PARTS = {
    word + plural: number
    for word, number in {
        "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "hundredth": 100,
    }.items()
    for plural in ("", "s")
} | {"halves": 2}  # fmt: skip
_FACTORS = {
    **dict.fromkeys(("twice", "double", "doubles", "doubled", "doubling"), Fraction(2)),
    **dict.fromkeys(("thrice", "triple", "triples", "tripled", "tripling"), Fraction(3)),
    **dict.fromkeys(("quadruple", "quadruples", "quadrupled", "quadrupling"), Fraction(4)),
    **dict.fromkeys(("halve", "halves", "halved", "halving"), Fraction(1, 2)),
    **{f"{word}fold": Fraction(number) for word, number in (_CARDINALS | {"hundred": 100}).items() if number > 1},
}
_HEADS = frozenset((*_CARDINALS, *_POWERS, *_PARTS, *_FACTORS, "dozen", "order"))


def _pattern(words: frozenset[str]) -> str:
    """One alternation by first letter, so that a scan skips at once what begins no number."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(f"[{first}{first.upper()}](?:{'|'.join(rests)})" for first, rests in by_letter.items())


_HEAD = re.compile(rf"(?:{_pattern(_HEADS)})(?![A-Za-z0-9_])")
_NEXT = re.compile(r"([ -])([A-Za-z]{2,12})(?![A-Za-z0-9_])")
_ARTICLE = re.compile(r"(?:\b[Aa]n?|\b[Oo]ne) $")
_AND_A_HALF = re.compile(r" and a half\b")
_AND_MORE = re.compile(r" and ([a-z]{3,9})(?:[ -]([a-z]{3,5}))?(?![A-Za-z-])")
_IN = re.compile(r" in (?:every )?([a-z]{3,8})(?![A-Za-z-])")
_ORDERS = re.compile(r"[ -]orders?[ -]of[ -]magnitude\b")
_OF_MAGNITUDE = re.compile(r"[ -]of[ -]magnitude\b")
_HALF_A = re.compile(r" an? ([a-z]{3,12})(?![A-Za-z-])")
_BEFORE_WORD = re.compile(r"([A-Za-z]+)[ -]$")
_NOT_BEFORE_HALF = frozenset(
    "first second other latter former last top bottom upper lower left right each either".split()
)
_NOT_AFTER_FACTOR = frozenset(
    "precision descent blind digit digits bond bonds check checks quotes click dip time life open marathon".split()
)
_AFTER_PART = frozenset(
    "of as the less more fewer lower higher faster slower smaller larger cheaper shorter longer better worse that".split()
)
_NOT_ONE = ("point", "points", "day", "times")
_X = parse_unit("x")


def find_worded(text: str) -> list[Worded]:
    """The numbers in words, in order."""
    found: list[Worded] = []
    for head in _HEAD.finditer(text):
        start, end = head.span()
        before = text[start - 1 : start]
        if before.isalnum() or before in _GLUE or (found and start < found[-1].end):
            continue
        worded = _read(text, start, end, head[0].casefold())
        if worded is not None:
            found.append(worded)
    return found


_GLUE = frozenset("'’-_./@")


def _read(text: str, start: int, end: int, word: str) -> Worded | None:
    """The number that a word begins, None where it is another word that looks like one."""
    if word == "half":
        return _half(text, start, end)
    if word in _CARDINALS:
        return _cardinal(text, start, end, _CARDINALS[word])
    if word in _FACTORS:
        following = _NEXT.match(text, end)
        if following is not None and (following[1] == "-" or following[2] in _NOT_AFTER_FACTOR):
            return None
        return Worded(start, end, _FACTORS[word], unit=_X)
    article = _ARTICLE.search(text, max(0, start - 4), start)
    if word == "order":
        magnitude = _OF_MAGNITUDE.match(text, end)
        if magnitude is None:
            return None
        return Worded(start if article is None else article.start(), magnitude.end(), Fraction(10), unit=_X, order=True)
    if article is None:
        return None
    if word in _POWERS:
        size = Fraction(10) ** _POWERS[word]
        return _measured(text, Worded(article.start(), end, size, None if word == "hundred" else size))
    if word == "dozen":
        return _measured(text, Worded(article.start(), end, Fraction(12)))
    following = _NEXT.match(text, end)
    if following is not None and (following[1] == "-" or following[2] not in _AFTER_PART):
        return None  # "a third model"
    return None if word not in _PARTS else Worded(article.start(), end, Fraction(1, _PARTS[word]))


def _half(text: str, start: int, end: int) -> Worded | None:
    earlier = _BEFORE_WORD.search(text, max(0, start - 9), start)
    following = _NEXT.match(text, end)
    if earlier is not None and earlier[1].casefold() in _NOT_BEFORE_HALF:
        return None
    if following is not None and (following[1] == "-" or following[2] in _NOT_AFTER_FACTOR):
        return None
    of_what = _HALF_A.match(text, end)
    if of_what is not None:
        what = of_what[1]
        if what == "dozen" or what in _POWERS:
            whole = Fraction(12) if what == "dozen" else Fraction(10) ** _POWERS[what]
            return _measured(text, Worded(start, of_what.end(), whole / 2))
        unit = parse_unit(what)
        if unit is not None:
            return Worded(start, of_what.end(), Fraction(1, 2), unit=unit)
    article = _ARTICLE.search(text, max(0, start - 4), start)
    return Worded(start if article is None else article.start(), end, Fraction(1, 2))


def _cardinal(text: str, start: int, end: int, number: int) -> Worded | None:
    """A number word with the words that multiply, divide or measure it."""
    following = _NEXT.match(text, end)
    if following is not None and number in _TENS.values() and 0 < _SMALL.get(following[2].casefold(), 0) <= 9:
        number += _SMALL[following[2].casefold()]
        end = following.end()
        following = _NEXT.match(text, end)
    step = None
    alone = True
    while following is not None and (following[2] in _POWERS or following[2] == "dozen") and number < 10**12:
        size = 12 if following[2] == "dozen" else 10 ** _POWERS[following[2]]
        step = Fraction(size) if size > 100 else step
        number, end, alone = number * size, following.end(), False
        more = _AND_MORE.match(text, end) if size == 100 else None
        if more is not None and more[1] in _CARDINALS:
            number += _CARDINALS[more[1]]
            tens = more[1] in _TENS and more[2] in _SMALL
            number += _SMALL[more[2]] if tens else 0
            end = more.end() if tens or more[2] is None else more.end(1)
        following = _NEXT.match(text, end)
    point = Fraction(number)
    if following is not None and following[2] in _PARTS and following[2] not in {"second", "seconds"}:
        if number and (following[2].endswith("s") or number == 1):
            return Worded(start, following.end(), point / _PARTS[following[2]])
        return None
    orders = _ORDERS.match(text, end)
    if orders is not None:
        return Worded(start, orders.end(), Fraction(10) ** number, unit=_X, order=True) if number <= 9 else None
    half = _AND_A_HALF.match(text, end)
    if half is not None:
        point, end, alone = point + Fraction(1, 2), half.end(), False
    among = _IN.match(text, end)
    if alone and among is not None and _CARDINALS.get(among[1], 0) > number:
        return Worded(start, among.end(), Fraction(number, _CARDINALS[among[1]]))
    return _plain(text, _measured(text, Worded(start, end, point, step)), alone=alone)


def _plain(text: str, worded: Worded, *, alone: bool) -> Worded | None:
    """The number, unless it is a pronoun ("the one that") or half of a compound ("two-stage")."""
    if (
        worded.unit is None
        and text[worded.end : worded.end + 2].startswith("-")
        and not counted_after(text, worded.end)
    ):
        return None
    if worded.point != 1 or not alone:
        return worded
    if worded.unit is not None:
        return None if text.endswith(_NOT_ONE, worded.start, worded.end) else worded
    return worded if counted_after(text, worded.end) or text.startswith(" out of", worded.end) else None


def _measured(text: str, worded: Worded) -> Worded:
    after = unit_after(text, worded.end)
    return worded if after is None else worded._replace(end=after.end, unit=after.unit)
