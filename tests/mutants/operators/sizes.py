"""sizes: the number that a statement gives, moved far beyond its rounding and its hedge, to where it is false."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.kinds import registry
from tests.mutants.mutant import Mutant, rewritten, supported, title
from tests.mutation import FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from tests.mutation import Read

NAME = "move a number"
TOTAL = "break a total"
UP, DOWN = 30, 1 / 30
_LOWER = re.compile(r"\b(?:more than|over|at least|above|exceed\w*|from|minimum)\b", re.IGNORECASE)
_UPPER = re.compile(r"\b(?:less than|fewer than|under|below|at most|up to|to|within|maximum)\b", re.IGNORECASE)
_WORDS = {"two": "nine", "three": "nine", "four": "nine", "five": "nine", "six": "two", "seven": "two", "eight": "two"}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_BOUNDS = {"above": UP, "at least": UP, "below": DOWN, "at most": DOWN}


def mutants(case: Read) -> Iterator[Mutant]:
    """Every stated number, made far too large and far too small where that is false."""
    for number, claim, judgement in supported(case):
        for field in registry()[claim["kind"]].numbers:
            place = _place(case, claim, field, judgement.span)
            for new in () if place is None else _moved(case, claim, field, place):
                operator = TOTAL if claim["kind"] == "aggregate" else NAME
                old = case.text[slice(*place)] if place else ""
                name = title(case, operator, claim["quote"], f"{old} made {new}")
                if place is not None:
                    after = rewritten(case, {place: new}, name)
                    yield Mutant(operator, name, case, after, number, (place,))


def _place(case: Read, claim: Mapping[str, Any], field: str, within: Span | None) -> Span | None:
    """Where the one number of a field stands in its quote; None where it has none, or several."""
    written = claim.get(field)
    if within is None or not written or case.text.count(written, *within) != 1:
        return None
    at = case.text.find(written, *within)
    found = list(FIGURE.finditer(written)) or list(_WORD.finditer(written))
    return Span(at + found[0].start(), at + found[0].end()) if len(found) == 1 else None


def _moved(case: Read, claim: Mapping[str, Any], field: str, place: Span) -> Iterator[str]:
    """The numbers to write instead: on either side, or on the one that a bound leaves to be false."""
    old = case.text[slice(*place)]
    around = case.text[max(place.start - 25, 0) : place.start] + " " + claim[field]
    if not old[0].isdigit():
        new = "ninety" if _LOWER.search(around) else _WORDS[old.lower()]
        if not _UPPER.search(around):
            yield new.capitalize() if old[0].isupper() else new
        return
    factors = {UP, DOWN}
    if claim["kind"] == "threshold":
        factors = {_BOUNDS[claim["relation"]]} if claim["relation"] in _BOUNDS else set()
        if (claim.get("over") or {"how": "all"})["how"] in {"none", "at most"}:
            factors = {1 / factor for factor in factors}
    elif _LOWER.search(around):
        factors = {UP}
    elif _UPPER.search(around):
        factors = {DOWN}
    if claim["kind"] == "count" or (claim["kind"] == "share" and len(claim["whole"]["subjects"]) != 1):
        factors &= {UP}  # there may be more of it than what is listed
    places = len(old.partition(".")[2])
    for factor in sorted(factors):
        extra = 2 if factor < 1 else 0
        yield f"{float(old.replace(',', '')) * factor:.{places + extra}f}"
