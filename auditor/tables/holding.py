"""holding: whether a cell holds what is asked for: a number, a time, an outcome, or words.

Three-valued: a cell may hold it, something else, or something that may be either; what may be either is never taken
for something else. An exact match in a column rules out that a longer cell was meant.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from auditor.exact.numeral import parse_quantity
from auditor.tables.likeness import ORDINAL, is_nothing, is_unknown, named, words
from auditor.tables.outcome import asked_for, stated_in
from auditor.tables.positions import period_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Span
    from auditor.exact.quantity import Quantity
    from auditor.tables.positions import Period

Held = bool | None
"""Whether a row is as asked for; None where that cannot be told."""

Test = Literal["is", "is not", "above", "at least", "below", "at most"]


class Cell(NamedTuple):
    """What stands in one cell of a row."""

    text: str
    quantity: Quantity | None
    """The number that it states, in its own unit or that of its column."""
    span: Span
    scale: Fraction = Fraction(1)
    """What its column may be counted in: 1,000,000 under "params (M)"."""

    @property
    def number(self) -> Quantity | None:
        """The number that it states, by its column or by itself; None where it states none."""
        number = self.quantity or number_in(self.text)
        if number is None or number.point <= 0 or _SIGN_APART.match(self.text) is None:
            return number
        return replace(number, point=-number.point)


# -- equal ----------------------------------------------------------------------------------------------------


_SIGN_APART = re.compile(r"[-−–]\s+(?=[$€£]?\.?[0-9])(?!(?:1[5-9]|20)[0-9]{2}\s*$)")
"""A sign with a space behind it, as texts have that were cut into words; "- 2007" is the end of a stretch of time."""


class Asked(NamedTuple):
    """A value that cells are held against, understood once for all of them."""

    text: str
    words: tuple[str, ...]
    time: Period | None
    outcome: str | None
    in_digits: Quantity | None
    number: Quantity | None
    """In digits or in words."""


def asked_of(value: str) -> Asked:
    """A value as written, understood."""
    in_digits = number_in(value)
    number = in_digits or (None if any(map(str.isdigit, value)) else parse_quantity(value))
    return Asked(value.strip(), words(value), period_at(value), asked_for(value), in_digits, number)


def equal(cells: Sequence[Cell | None], asked: Asked) -> list[Held]:
    """For each cell of a column whether it is what is asked for."""
    if is_nothing(asked.text):
        return [_is_nothing(cell) for cell in cells]
    found = [_is(cell, asked) for cell in cells]
    if (
        True not in found
        and asked.text.casefold() in _GROUNDS
        and any(cell and _AWAY.match(cell.text) for cell in cells)
    ):
        return [None] * len(cells)
    if True not in found and _is_beyond_words(cells, asked):
        return [None if cell is None or not _has_word(cell) else held for cell, held in zip(cells, found, strict=True)]
    exact = [
        held and cell is not None and words(cell.text) == asked.words for held, cell in zip(found, cells, strict=True)
    ]
    if any(exact) and asked.in_digits is None:
        whole = re.compile(
            rf"(?:^|[,;/&]|\band\b)\s*{re.escape(asked.text)}\s*(?:$|[,;/&]|\([0-9]|\band\b)", re.IGNORECASE
        )
        return [
            bool(match) or (cell is not None and whole.search(cell.text) is not None)
            for match, cell in zip(exact, cells, strict=True)
        ]
    return found


def _is(cell: Cell | None, asked: Asked) -> Held:
    """Whether a cell holds a value: as a number, as a time, or in words that name the same thing."""
    if cell is None or not cell.text:
        return False
    there = words(cell.text)
    if not asked.words:  # a mark, such as "✓"
        return True if asked.text == cell.text else False if is_nothing(cell.text) else None
    if asked.words in (there, words(_head_of(cell))):
        return True
    if _is_of_other_place(cell, asked):
        return None if _says_behind(cell, asked) else False
    then = period_at(cell.text)
    if asked.time is not None and then is not None and asked.time.has_year == then.has_year:
        return _same_time(asked.time, then)
    if asked.time is not None and then is not None and not any(word in there for word in asked.words):
        return None if _YEAR.fullmatch(asked.text) or _YEAR.fullmatch(cell.text) else False  # "May 3", of some year
    if asked.outcome is not None:
        said = stated_in(cell.text)
        if said is not None or any(character.isdigit() for character in cell.text):
            return None if said is None else said == asked.outcome
    if asked.number is not None and cell.number is not None:
        held = _is_number(asked.number, cell.number, cell.scale)
    else:
        held = named(asked.words, there)
    may_be = _has_code_of(cell, asked) or _has_digits_of(cell, asked)
    return None if held is False and may_be else held


def _has_digits_of(cell: Cell, asked: Asked) -> bool:
    """Whether the digits are the same, whatever stands behind them: "2.6 T" and "2.6 trillion"."""
    digits = _DIGITS.findall(asked.text)
    return bool(digits) and asked.text != digits[0] != cell.text and digits == _DIGITS.findall(cell.text)


_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


_CODE = re.compile(r"\(([a-z]{1,3})\)", re.IGNORECASE)


def _has_code_of(cell: Cell, asked: Asked) -> bool:
    """Whether a cell has a few letters in brackets that a word begins with: "Kim (a)", of an amateur."""
    return any(word.startswith(code.casefold()) for code in _CODE.findall(cell.text) for word in asked.words)


_BRACKETED = re.compile(r"(?P<head>[^()]*[^()\s])\s*\((?P<inside>[^()]*[0-9][^()]*)\)")
"""What ends with a number in brackets, as "4th (3 points)"; what stands before it counts as the whole."""
_PLACE = re.compile(r"[0-9]+(?:st|nd|rd|th)?", re.IGNORECASE)


def _head_of(cell: Cell) -> str:
    """What a cell says before a number in brackets that closes it; all of it where there is none."""
    found = _BRACKETED.fullmatch(cell.text)
    return cell.text if found is None else found["head"]


def place_of(cell: Cell) -> int | None:
    """The place that a cell gives before a number in brackets."""
    found = _BRACKETED.fullmatch(cell.text)
    ordinal = None if found is None else ORDINAL.fullmatch(found["head"].casefold())
    return None if ordinal is None else int(ordinal[1])


def _is_of_other_place(cell: Cell, asked: Asked) -> bool:
    """Whether a cell gives a place, before a bracket, and another than is asked for: "2nd (4 points)" is not "4th"."""
    head = _head_of(cell)
    return (
        head != cell.text
        and all(_PLACE.fullmatch(text) for text in (head, asked.text))
        and not (head.isdigit() and asked.text.isdigit())
    )


def _says_behind(cell: Cell, asked: Asked) -> bool:
    """Whether it stands in the bracket that closes a cell, written as it is asked for."""
    behind = cell.text[len(_head_of(cell)) :].casefold()
    return re.search(rf"\b{re.escape(asked.text.casefold())}\b", behind) is not None


def _is_nothing(cell: Cell | None) -> Held:
    """Whether a cell is empty, as "-" is; None where it says that something is not known."""
    if cell is None or is_nothing(cell.text):
        return True
    return None if is_unknown(cell.text) or _NONE.search(cell.text) else False


_NONE = re.compile(r"^\W*(?:none|nil|no|not|never|did(?:n['’]t| not)|x|×)\b", re.IGNORECASE)
_GROUNDS = frozenset(("home", "away", "road", "at home", "on the road"))
_AWAY = re.compile(r"@|(?:at|vs?\.?) ", re.IGNORECASE)
"""How a column of rivals says where it was: "@ Oak"."""
LETTERS = re.compile(r"[^\W\d_]{3,}")


def _has_word(cell: Cell) -> bool:
    """Whether a cell says anything in words, beside who won."""
    return any(asked_for(word) is None for word in LETTERS.findall(cell.text))


def _is_beyond_words(cells: Sequence[Cell | None], asked: Asked) -> bool:
    """Whether words are asked of a column of numbers, scores or codes: it cannot tell."""
    if asked.number is not None or asked.time is not None or asked.outcome is not None:
        return False
    if any(map(str.isdigit, asked.text)) or LETTERS.search(asked.text) is None:
        return False
    filled = [cell for cell in cells if cell is not None and not is_nothing(cell.text)]
    return 2 * sum(not _has_word(cell) for cell in filled) > len(filled)


_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")


def _is_number(asked: Quantity, stated: Quantity, scale: Fraction) -> Held:
    """Whether two numbers are one, as printed; None where they may be, counted in something else."""
    brought = asked.in_unit(stated.unit)
    if brought is None:
        return None
    if brought.point in stated.interval or stated.point in brought.interval:
        return True
    shares = (asked.unit is None) is not (stated.unit is None)
    for factor in (scale, Fraction(100), Fraction(1, 100)) if shares or scale != 1 else ():
        if brought.point in stated.interval.scaled(factor):
            return True if factor == scale else None
    return None if shares else False


_NUMERIC = re.compile(r"[~≈<>+\-−–($€£¥ ]*\.?[0-9]")


_IDLE = re.compile(
    r"\W*(?:bye(?: week)?|open(?: date)?|idle|off|no game|not held|not played|postponed|cancell?ed|abandoned|dn[a-z]|did not \w+)\W*",
    re.IGNORECASE,
)


_NOT_PLACED = re.compile(
    r"\W*(?:bye(?: week)?|open date|no (?:game|race|match|contest)|not held|not played|postponed|cancell?ed|abandoned)\W*",
    re.IGNORECASE,
)


def did_not_take_place(text: str) -> bool:
    """Whether a text says that there was no game, or none yet."""
    return _NOT_PLACED.fullmatch(text) is not None


def has_no_value(cell: Cell | None, test: str) -> bool:
    """Whether a cell says that there is none here, or that nobody knows; an empty one just has no such name or mark."""
    if cell is None or is_nothing(cell.text):
        return test not in ("is", "is not")
    return is_unknown(cell.text) or _IDLE.fullmatch(cell.text) is not None


def _same_time(time: Period, then: Period) -> Held:
    if time.start <= then.start and then.end <= time.end:
        return True
    return None if then.start < time.end and time.start < then.end else False


def number_in(text: str) -> Quantity | None:
    """The number that a text is; "maryland 2" is a name."""
    ordinal = ORDINAL.fullmatch(text.strip().casefold())
    if ordinal is None and _NUMERIC.match(text.strip()) is None:
        return None
    return parse_quantity(ordinal[1] if ordinal is not None else _SIGN_APART.sub("-", text.strip(), count=1))
