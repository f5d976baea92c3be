"""paraphrase: what a cell may say in other words than it is asked for, so that it does not deny it.

A time that is given roughly, a number behind a hedge, a second number in brackets, a word for all of them; and, where a
passage tells what stands in rows and does not name them, a sort with an addition, or common words of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.exact.numeral import parse_quantity
from auditor.tables.holding import LETTERS, number_in
from auditor.tables.likeness import is_nothing, within, words
from auditor.tables.positions import period_at, rough_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.tables.holding import Cell, Held
    from auditor.tables.positions import Rough


def opened(cells: Sequence[Cell | None], value: str, found: Sequence[Held], *, loosely: bool) -> list[Held]:
    """For each cell of a column whether it is what is asked for, None where it may say so in other words.

    `loosely` where the passage tells what stands in the rows; a value that names them is taken by its word.
    """
    rough = rough_at(value)
    if rough is not None:
        return [_in(cell, rough) for cell in cells]
    if is_nothing(value):
        return list(found)
    is_told, in_words = loosely and True not in found and _is_common(value), parse_quantity(value) is not None
    wanted = words(value)
    exact = [cell is not None and words(cell.text) == wanted for cell in cells]
    is_sort = loosely and exact.count(True) > 1
    if (any(exact) or None in found) and LETTERS.search(value) is not None:  # "Platinum" is not surely "2× Platinum"
        found = [
            None if held and not is_it and cell is not None and _is_with_less(cell, wanted) else held
            for cell, held, is_it in zip(cells, found, exact, strict=True)
        ]
    return [
        held
        if held is not False or cell is None
        else None
        if (is_told and not is_nothing(cell.text) and not (in_words and cell.number is not None))
        or _may_be(cell, value)
        or (loosely and any(exact) and _is_with_more(cell, wanted, is_sort=is_sort))
        else False
        for cell, held in zip(cells, found, strict=True)
    ]


# -- times that are given roughly -----------------------------------------------------------------


def _in(cell: Cell | None, rough: Rough) -> Held:
    """Whether a cell gives a time in a stretch whose ends may be meant or not."""
    if cell is None or not any(map(str.isdigit, cell.text)):
        return False
    then = period_at(cell.text)
    if then is None or not then.has_year or len(_YEAR.findall(cell.text)) > 1 or _OPEN_ENDED.search(cell.text):
        return None
    if then.end <= rough.outer.start or rough.outer.end <= then.start:
        return False
    return True if rough.inner.start <= then.start and then.end <= rough.inner.end else None


_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])")
_OPEN_ENDED = re.compile(r"[0-9]{4}\s?[-–/]")


# -- numbers --------------------------------------------------------------------------------------


def _may_be(cell: Cell, value: str) -> bool:
    """Whether a cell that is not what is asked for, word by word, may mean it."""
    if _OF_ALL.fullmatch(cell.text.strip()) is not None:
        return LETTERS.search(value) is not None
    number = number_in(value)
    if number is not None and number.unit is None and _IN_SOME_UNIT.fullmatch(value.strip()) is not None:
        return cell.number is not None
    if number is None:
        if value.isupper() and any(_initials(part) == value for part in cell.text.split(",")):
            return True
        return _HEDGED.match(value.strip()) is not None and any(map(str.isdigit, cell.text))
    if number.point == 0 and (is_nothing(cell.text) or _NO_NUMBER.fullmatch(cell.text.strip()) is not None):
        return True
    inside = [each for text in _BRACKETED.findall(cell.text) if (each := parse_quantity(text)) is not None]
    return any(each.unit == number.unit and each.point == number.point for each in inside)


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split()).upper()


_IN_SOME_UNIT = re.compile(
    r"[0-9][0-9.,]* (?:hectares?|acres?|(?:sq\w*\.? )?(?:miles?|yards?|feet|foot|inch(?:es)?|metres?|meters?)|tons?|tonnes?"
    r"|lit(?:re|er)s?|gallons?|pounds?|stones?|ounces?|knots|barrels?|dozens?|pairs?|fortnights?)"
)
_HEDGED = re.compile(
    r"(?:about|around|approx\w*\.?|circa|ca?\.|roughly|some|over|under|nearly|almost|just|more|less|fewer|up|at|above|below"
    r"|within|early|late|mid|exactly|only|[~≈<>≤≥±])\W*(?:\w+ ){0,2}[^\w\s]?[0-9]",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"\W*(?:no|none|nil|never|null|nothing|zero|n/?a)\W*", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*[0-9][^()\[\]]*)[)\]]")
_OF_ALL = re.compile(
    r"\W*(?:all|any|every\w*|both|either|various|several|multiple|many|mixed|universal|cross-?platform|full|unlimited)"
    r"(?: (?:platforms?|systems?|of them|others?|major))?\W*",
    re.IGNORECASE,
)


# -- words ----------------------------------------------------------------------------------------


def _is_common(value: str) -> bool:
    """Whether a value is made of common words, which a passage may have chosen for itself: "torn down"."""
    return value == value.casefold() and LETTERS.search(value) is not None and not any(map(str.isdigit, value))


def _is_with_less(cell: Cell, wanted: tuple[str, ...]) -> bool:
    there = words(cell.text)
    return len(there) < len(wanted) and within(there, wanted)


def _is_with_more(cell: Cell, wanted: tuple[str, ...], *, is_sort: bool) -> bool:
    """Whether a cell holds what is asked for with an addition: "hard (i)", "2× Platinum", "Spain*"."""
    if not wanted:
        return LETTERS.search(cell.text) is not None  # "Yes" where "✓" is asked for
    bare = words(_ADDITION.sub(" ", cell.text))
    return bare == wanted or ((is_sort or ":" in cell.text) and within(wanted, words(cell.text)))


_ADDITION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\b[0-9]+ ?[x×]|\b(?:1[5-9]|20)[0-9]{2}\b")
