"""directions: a statement made to say the opposite, in its one word of direction and in its reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from tests.mutants.mutant import Mutant, rewritten, supported, title
from tests.mutation import OPPOSITE, Read, misread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

NAME = "flip a direction"
_MORE = (
    ("most", "least"), ("declines", "rises"), ("declined", "rose"), ("decline", "rise"), ("climbed", "dropped"),
    ("gained", "lost"), ("grew", "shrank"), ("ahead of", "behind"), ("exceeds", "falls short of"), ("exceed", "fall short of"),
    ("fewer", "more"), ("shorter", "longer"), ("busiest", "quietest"), ("cheaper", "dearer"), ("cheapest", "dearest"),
    ("weakest", "strongest"), ("wider", "narrower"), ("widest", "narrowest"), ("smaller", "larger"),
)  # fmt: skip
_WORDS = {**{two: one for one, two in _MORE}, **dict(_MORE), **OPPOSITE}
_PATTERN = re.compile(
    rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b(?! (?:models?|ones?|sizes?)\b)", re.IGNORECASE
)
_NOT_ALL = frozenset({"any", "most", "exactly", "at least", "at most", "only", "none"})
"""Quantifiers under which the opposite may be true too."""


def mutants(case: Read) -> Iterator[Mutant]:
    """Every statement that one word gives a direction."""
    for number, claim, judgement in supported(case):
        answer = _opposite(case, number)
        words = [] if judgement.span is None else list(_PATTERN.finditer(case.text, *judgement.span))
        if answer is None or len(words) != 1 or _is_loose(claim):
            continue
        old, span = words[0][0], Span(*words[0].span())
        new = _WORDS[old.lower()]
        new = new.capitalize() if old[0].isupper() else new
        name = title(case, NAME, claim["quote"], f"{old} made {new}")
        after = rewritten(Read(case.name, case.text, answer), {span: new}, name)
        yield Mutant(NAME, name, case, after, number, (span,))


def _is_loose(claim: Mapping[str, Any]) -> bool:
    over = claim.get("over")
    return over is not None and over["how"] in _NOT_ALL


def _opposite(case: Read, number: int) -> dict[str, Any] | None:
    """The reading with one claim the other way round; None for what has no direction of its own."""
    claim = case.answer["claims"][number]
    if claim["kind"] == "difference" and claim["relation"] in {"more", "less"}:
        answer = case.changed()
        answer["claims"][number]["relation"] = "less" if claim["relation"] == "more" else "more"
        return answer
    return misread(case, number)
