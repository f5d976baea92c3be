"""decade: numbers that are given by the ten that they lie in: "the low 60s", "the mid-70s"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.numberword import Worded

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECADE = re.compile(r"\b(low|lower|early|mid|middle|high|higher|upper|late)[- ]([1-9]0)s\b(?! [0-9])", re.IGNORECASE)
_MIDDLES = {
    **dict.fromkeys(("low", "lower", "early"), Fraction(5, 2)),
    **dict.fromkeys(("mid", "middle"), Fraction(5)),
    **dict.fromkeys(("high", "higher", "upper", "late"), Fraction(15, 2)),
}
_WIDTH = Fraction(6)


def find_decades(text: str) -> Iterator[Worded]:
    """The parts of tens that a text names, each as the number in its middle; neighbours overlap."""
    if "0s" not in text:
        return
    for found in _DECADE.finditer(text):
        middle = int(found[2]) + _MIDDLES[found[1].casefold()]
        yield Worded(found.start(), found.end(), middle, _WIDTH)
