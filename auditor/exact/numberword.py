"""numberword: numbers written in words, "twenty-five", "two thirds", "twice".

They are exact, save those with a magnitude ("two million"). "One" is mostly a pronoun, "a third" often an
ordinal and "double" often an adjective: each is a number only where its neighbours say so.
"""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.unit import Unit, counted_after, parse_unit, unit_after, words_in


class Worded(Struct, frozen=True):
    """A number in words, with the unit behind it."""

    start: int
    end: int
    point: Fraction
    step: Fraction | None = None
    """A magnitude's own size, None for an exact number."""
    unit: Unit | None = None
    order: bool = False
    """Whether it is an order of magnitude."""


_SMALL_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: number for number, word in enumerate(_SMALL_WORDS.split())}
_TENS = {word: 10 * number for number, word in enumerate(_TENS_WORDS.split(), start=2)}
_CARDINALS = _SMALL | _TENS
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PARTS = {
    word + plural: number
    for word, number in {
        "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100,
    }.items()
    for plural in ("", "s")
} | {"halves": 2}  # fmt: skip
_FACTORS = {
    **dict.fromkeys(("twice", "double", "doubles", "doubled", "doubling"), Fraction(2)),
    **dict.fromkeys(("thrice", "triple", "triples", "tripled", "tripling"), Fraction(3)),
    **dict.fromkeys(("quadruple", "quadruples", "quadrupled", "quadrupling"), Fraction(4)),
    **dict.fromkeys(("quintuple", "quintuples", "quintupled", "quintupling"), Fraction(5)),
    **dict.fromkeys(("sextuple", "sextuples", "sextupled", "sextupling"), Fraction(6)),
    **dict.fromkeys(("halve", "halves", "halved", "halving"), Fraction(1, 2)),
    **{f"{word}fold": Fraction(number) for word, number in (_CARDINALS | {"hundred": 100}).items() if number > 1},
}
_ONES = frozenset(("full", "single", "whole"))
"""What stands for one before a unit: "a full percentage point"."""
_LOWER_HEADS = frozenset((*_CARDINALS, *_POWERS, *_PARTS, *_FACTORS, *_ONES, "dozen", "order"))
_HEADS = _LOWER_HEADS | {word.capitalize() for word in _LOWER_HEADS} | {word.upper() for word in _LOWER_HEADS}


_WORD = re.compile(r"[A-Za-z]{3,12}")
_NEXT = re.compile(r"[ -]([A-Za-z]{1,12})(?![A-Za-z0-9_])")
_BEFORE_OTHER_HALF = tuple(
    words_in("first second other latter former last top bottom upper lower left right each either one's")
)
_NOT_AFTER_FACTOR = words_in(
    "precision descent blind digit digits bond bonds check checks quotes click dip time life open marathon"
)
_BARE_FACTORS = frozenset(("double", "triple", "quadruple", "quintuple", "sextuple"))
_AFTER_BARE_FACTOR = words_in("the that those its their in from every what over after when between to as")
_BEFORE_BARE_FACTOR = words_in(
    "to would will can could may might should nearly almost roughly about than approximately by is"
)
_AFTER_PART = words_in(
    "of as the less more fewer lower higher faster slower smaller larger cheaper shorter longer better worse that"
)
_NOT_ONE = ("point", "points", "day", "times")
_X = parse_unit("x")
_OF_MAGNITUDE = (" of magnitude", "-of-magnitude")
_LONGEST_EARLIER = 16
_LARGEST = 10**12
_ROUND = 1000
"""From this power on a number in words is a rounded one."""


def find_worded(text: str) -> list[Worded]:
    """The numbers in words, in order."""
    found: list[Worded] = []
    floor = 0
    if _HEADS.isdisjoint(_WORD.findall(text)):
        return found
    for head in _WORD.finditer(text):
        word = head[0]
        if word not in _HEADS:
            continue
        start, end = head.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if start < floor or before.isalnum() or before in _GLUE or after.isalnum() or after == "_":
            continue
        worded = _read(text, start, end, word.casefold())
        if worded is not None:
            found.append(worded)
            floor = worded.end
    return found


_GLUE = frozenset("'’-_./@")


def _next(text: str, end: int) -> tuple[str, int]:
    """The next word, one space or hyphen on, and where it ends; an empty word where there is none."""
    found = _NEXT.match(text, end)
    return ("", end) if found is None else (found[1].casefold(), found.end())


def _article(text: str, start: int) -> int:
    """Where an "a" or "one" directly before a word begins; the word's own start where there is none."""
    for article in ("a", "an", "one"):
        begin = start - len(article) - 1
        if begin >= 0 and text[begin:start].casefold() == f"{article} " and not text[begin - 1 : begin].isalnum():
            return begin
    return start


def _read(text: str, start: int, end: int, word: str) -> Worded | None:
    """The number that a word begins, None where it is another word that looks like one."""
    following = _next(text, end)[0]
    if word in _CARDINALS:
        return _cardinal(text, start, end, _CARDINALS[word])
    if (word in _FACTORS or word == "half") and (following in _NOT_AFTER_FACTOR or _is_compound(text, end)):
        return None
    if word == "half":
        return _half(text, start, end)
    if word in _FACTORS:
        earlier = text[max(0, start - _LONGEST_EARLIER) : start].casefold().split()[-1:]
        alone = not earlier and end == len(text)
        verb = word not in _BARE_FACTORS or following in _AFTER_BARE_FACTOR or _BEFORE_BARE_FACTOR.intersection(earlier)
        return Worded(start, end, _FACTORS[word], unit=_X) if verb or alone else None  # "a control triple"
    if word == "order":
        magnitude = end + len(_OF_MAGNITUDE[0])
        whole = Worded(_article(text, start), magnitude, Fraction(10), unit=_X, order=True)
        return whole if text.startswith(_OF_MAGNITUDE, end) else None
    return _after_article(text, start, end, word)


def _after_article(text: str, start: int, end: int, word: str) -> Worded | None:
    """A number that needs an article: "a hundred", "a dozen", "a third"."""
    begin = _article(text, start)
    if begin == start:
        return None
    if word in _POWERS:
        size = Fraction(10) ** _POWERS[word]
        return _measured(text, Worded(begin, end, size, None if word == "hundred" else size))
    if word == "dozen":
        return _measured(text, Worded(begin, end, Fraction(12)))
    if word in _ONES:
        one = _measured(text, Worded(begin, end, Fraction(1)))
        return None if one.unit is None else one
    following = _next(text, end)[0]
    if (following and following not in _AFTER_PART and word != "quarter") or _is_compound(text, end):
        return None  # "a third model"
    return Worded(begin, end, Fraction(1, _PARTS[word]))


def _is_compound(text: str, end: int) -> bool:
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()


def _half(text: str, start: int, end: int) -> Worded | None:
    if text[max(0, start - _LONGEST_EARLIER) : start].rstrip().casefold().endswith(_BEFORE_OTHER_HALF):
        return None
    article, after_article = _next(text, end)
    what, beyond = _next(text, after_article)
    if article in {"a", "an"}:
        if what == "dozen" or what in _POWERS:
            whole = Fraction(12) if what == "dozen" else Fraction(10) ** _POWERS[what]
            return _measured(text, Worded(start, beyond, whole / 2))
        unit = parse_unit(what)
        if unit is not None:
            return Worded(start, beyond, Fraction(1, 2), unit=unit)
    return Worded(_article(text, start), end, Fraction(1, 2))


def _cardinal(text: str, start: int, end: int, number: int) -> Worded | None:
    """A number word with the words that multiply, divide or measure it."""
    first_end = end
    number, end = _with_ones(text, end, number)
    step = None
    following, beyond = _next(text, end)
    while (following in _POWERS or following == "dozen") and number < _LARGEST:
        size = 12 if following == "dozen" else 10 ** _POWERS[following]
        step = Fraction(size) if size >= _ROUND else step
        number, end = number * size, beyond
        more, beyond = _next(text, end + len(" and")) if text.startswith(" and ", end) else ("", end)
        if following == "hundred" and more in _CARDINALS:
            rest, end = _with_ones(text, beyond, _CARDINALS[more])
            number += rest
        following, beyond = _next(text, end)
    point = Fraction(number)
    if following in _PARTS and (following.endswith("s") or number == 1):
        return Worded(start, beyond, point / _PARTS[following]) if number else None
    if following in {"order", "orders"} and text.startswith(_OF_MAGNITUDE, beyond):
        magnitude = beyond + len(_OF_MAGNITUDE[0])
        few = number < min(_TENS.values())
        return Worded(start, magnitude, Fraction(10) ** number, unit=_X, order=True) if few else None
    if text.startswith(" and a half", end):
        point, end = point + Fraction(1, 2), end + len(" and a half")
    else:
        word, after = _next(text, beyond)
        if following != "in" and number == 1 and word == "in":  # "one application in six"
            following, beyond = word, after
        among, whole_end = _next(text, beyond)
        whole = _CARDINALS.get(among, 0) if following == "in" else 0
        if whole > number:
            return Worded(start, whole_end, Fraction(number, whole))
    return _unless_pronoun(text, _measured(text, Worded(start, end, point, step)), alone=end == first_end)


def _with_ones(text: str, end: int, number: int) -> tuple[int, int]:
    """Tens with the ones behind them: twenty-five."""
    if number not in _TENS.values():
        return number, end
    following, beyond = _next(text, end)
    ones = _SMALL.get(following, 0)
    return (number + ones, beyond) if 0 < ones < min(_TENS.values()) // 2 else (number, end)


def _unless_pronoun(text: str, worded: Worded, *, alone: bool) -> Worded | None:
    """The number, unless it is a pronoun ("the one that") or half of a compound ("zero-shot")."""
    if worded.unit is None and _is_compound(text, worded.end) and not counted_after(text, worded.end):
        return None
    if worded.point != 1 or not alone:
        return worded
    if worded.unit is not None:
        is_whole = text.endswith("point") and (worded.start, worded.end) == (0, len(text))
        is_moment = text.endswith(_NOT_ONE, worded.start, worded.end) and not _APART.match(text, worded.end)
        return worded if is_whole or not is_moment else None
    is_number = counted_after(text, worded.end, one=True) or text.startswith(" out of", worded.end)
    return worded if is_number or _COMPARED.match(text, worded.end) is not None else None


_APART = re.compile(r" (?:ahead|behind|above|below|higher|lower|better|worse|more|less|fewer|short|apart)\b")
"""Behind "one point" it makes that a size, not a moment."""

# "One task more than Bo" counts a task, whatever a task is.
_COMPARED = re.compile(
    r" [A-Za-z]{1,20}(?:[A-RT-Za-rt-z]|ss) (?:more|fewer|less|higher|lower|ahead|behind|above|below)\b"
)


def _measured(text: str, worded: Worded) -> Worded:
    after = unit_after(text, worded.end)
    return worded if after is None else replace(worded, unit=after[0], end=after[1])
