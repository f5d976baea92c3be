"""roles: which columns name rows, which order them, which rank them and which measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from auditor.tables.positions import step_at, time_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from auditor.tables.header import Header
    from auditor.tables.sections import Line

Role = Literal["label", "rank", "position", "measure", "text"]


@dataclass(slots=True)
class Contents:
    """What the cells of one column are."""

    texts: list[str]
    """What stands in the cells that are not empty."""
    points: list[Fraction]
    """Their numbers."""
    numbers: int = 0
    words: int = 0
    headers: int = 0
    whole: bool = True
    """Whether every number is a whole one in plain digits."""

    @property
    def marked(self) -> bool:
        """Whether the document marks its cells as the headers of their rows."""
        return self.headers > 0 and self.headers == len(self.texts)

    @property
    def ordinal(self) -> bool:
        """Whether there are numbers enough, and few words among them, for an order to mean something."""
        return len(self.points) >= _FEW and _FEW * self.words <= len(self.points)

    @property
    def numeric(self) -> bool:
        """Whether at least half of its cells with content state numbers."""
        return self.numbers > 0 and self.numbers >= self.words


def contents_of(lines: Sequence[Line], width: int) -> list[Contents]:
    """The contents of each column."""
    columns = [Contents([], []) for _ in range(width)]
    for line in lines:
        for found, cell, reading in zip(columns, line.cells, line.readings, strict=False):
            found.headers += cell.header
            if reading.missing:
                continue
            found.texts.append(cell.text)
            if not reading.amounts:
                found.words += 1
                continue
            found.numbers += 1
            quantity = reading.amounts[0].quantity
            found.points.append(quantity.point)
            if quantity.step is not None and (quantity.step != 1 or quantity.unit is not None):
                found.whole = False
    return columns


_RANKS = re.compile(r"(?:rank(?:ing)?|rk|pos|pos\.|position|place|placing|standing|finish)\.?", re.IGNORECASE)
_RUNNING = frozenset(("#", "", "no", "no.", "nr", "nr.", "№", "id", "index", "idx", "s.no", "s.no.", "sl. no."))
_TIMES = re.compile(r"\b(?:years?|dates?|months?|seasons?|quarters?|days?|periods?|fiscal|air date)\b", re.IGNORECASE)
_STEPS = re.compile(
    r"(?<!every )(?<!each )(?<!per )(?<!/)\b(?:steps?|epochs?|iterations?|iters?|rounds?|weeks?|days?|generation|layer)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"[=tT]?-?([0-9]{1,6})(?:st|nd|rd|th)?[=.]?", re.IGNORECASE)
_LONG = 60
_FEW = 3


def rank_at(text: str) -> int | None:
    """The rank that a cell gives: "3", "3rd", "T3", "=3"."""
    found = _ORDINAL.fullmatch(text.strip())
    return None if found is None else int(found[1])


def roles_of(headers: Sequence[Header], columns: Sequence[Contents]) -> list[Role]:
    """The role of each column."""
    roles: list[Role] = [
        _alone(header, contents, first=not place)
        for place, (header, contents) in enumerate(zip(headers, columns, strict=True))
    ]
    first_measure = next((place for place, role in enumerate(roles) if role == "measure"), len(roles))
    subject = next((place for place, role in enumerate(roles) if role == "label"), None)
    for place, contents in enumerate(columns):
        if roles[place] == "label" and place != subject and not _is_dimension(contents, left=place < first_measure):
            roles[place] = "text"
    if roles and roles[0] in {"measure", "position"} and _is_running(headers[0], columns[0], named=subject is not None):
        roles[0] = "rank"
    if subject is None and "position" not in roles and roles and roles[0] == "measure" and len(roles) > 1:
        texts = columns[0].texts
        is_plain = columns[0].whole or _is_swept(headers, columns[0]) or _is_scale(columns[0])
        if not headers[0].name or (is_plain and len(set(texts)) == len(texts)):
            roles[0] = "label"
    return roles


def _is_swept(headers: Sequence[Header], first: Contents) -> bool:
    """Whether the first column is what was varied: in order, and called so or beside the steps of something else."""
    is_matrix = all(_NUMBER.fullmatch(header.name) for header in headers[1:])
    return (is_matrix or _SWEPT.search(headers[0].name) is not None) and _is_monotone(first, strict=True)


def _is_scale(first: Contents) -> bool:
    """Whether each cell of the first column gives one more step of a scale, with its unit: "1 %", "5 %", "10 %"."""
    units = {_BEHIND.sub("", text) for text in first.texts}
    return not first.words and len(units) == 1 and units != {""} and _is_monotone(first, strict=True)


_BEHIND = re.compile(r"^[0-9.,]+\s*")
_NUMBER = re.compile(r"[−-]?[0-9][0-9.,]*(?:[eE][−-]?[0-9]+)?[kKM%]?")
_SWEPT = re.compile(
    r"\b(?:learning rate|lr|temperature|threshold|dropout|weight decay|noise|step size|lambda|alpha|beta|gamma|epsilon"
    r"|sigma|tau)\b|^[λαβγεστ]$",
    re.IGNORECASE,
)


def _alone(header: Header, contents: Contents, *, first: bool) -> Role:
    """The role of a column by what is in it."""
    texts = contents.texts
    if not texts:
        return "text"
    if contents.marked and not first:
        return "measure" if contents.numeric else "label"
    if _RANKS.fullmatch(header.name) and sum(rank_at(text) is not None for text in texts) * 5 >= len(texts) * 4:
        return "rank"
    timed = sum(time_at(text) is not None for text in texts[:200]) * 5 >= len(texts[:200]) * 4
    if timed and (
        not contents.numeric or _TIMES.search(header.name) or (first and _is_monotone(contents, strict=False))
    ):
        return "position"
    if (
        contents.numeric
        and _STEPS.search(header.name)
        and header.unit is None
        and contents.whole
        and (first or _is_monotone(contents, strict=True))
    ):
        return "position"
    if not contents.numeric and first and len(texts) >= _FEW and all(step_at(text) is not None for text in texts[:200]):
        return "position"
    if contents.numeric and first and contents.whole and _is_monotone(contents, strict=True):
        return "position"
    return "measure" if contents.numeric else "label"


def _is_monotone(contents: Contents, *, strict: bool) -> bool:
    """Whether the numbers rise, or fall, from row to row; a few words among them do not count against it."""
    if not contents.ordinal:
        return False
    steps = [later - earlier for earlier, later in pairwise(contents.points)]
    if strict:
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return all(step >= 0 for step in steps) or all(step <= 0 for step in steps)


def _is_running(header: Header, contents: Contents, *, named: bool) -> bool:
    """Whether a first column merely numbers rows that have names: 1, 2, 3."""
    points = contents.points
    if not named or contents.words or _TIMES.search(header.name) or _STEPS.search(header.name):
        return False
    return header.name.casefold() in _RUNNING and points == [*range(1, len(points) + 1)]


def _is_dimension(contents: Contents, *, left: bool) -> bool:
    """Whether a further column of words tells rows apart: before the measures, or with levels that come again."""
    texts = contents.texts
    if sum(map(len, texts)) > _LONG * len(texts):
        return False
    return left or (len(texts) >= _FEW and 2 * len(set(texts)) <= len(texts))
