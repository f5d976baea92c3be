"""operands: the two things that a statement compares, exchanged in its words and in its reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import Mutant, aliases, rewritten, supported, surfaces, title
from tests.mutation import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "swap operands"
_SIDES = {
    "comparison": ("left", "right"),
    "difference": ("left", "right"),
    "lead": ("ahead", "behind"),
}
_MUTUAL = frozenset({"equal", "similar", "different", "widens", "narrows"})


def mutants(case: Read) -> Iterator[Mutant]:
    """Every comparison of two named subjects the other way round."""
    for number, claim, judgement in supported(case, *_SIDES):
        sides = [claim[side]["subjects"] for side in _SIDES[claim["kind"]]]
        relation = claim.get("relation") or claim.get("change")
        if relation in _MUTUAL or [len(side) for side in sides] != [1, 1] or sides[0] == sides[1]:
            continue
        spots = [surfaces(case, judgement.span, aliases(case, side[0])) for side in sides if judgement.span]
        if [len(found) for found in spots] != [1, 1] or spots[0][0].overlaps(spots[1][0]):
            continue
        (left,), (right,) = spots
        words = case.text[slice(*left)], case.text[slice(*right)]
        answer = case.changed()
        changed = answer["claims"][number]
        for side, names in zip(_SIDES[claim["kind"]], reversed(sides), strict=True):
            changed[side]["subjects"] = names
        name = title(case, NAME, claim["quote"], f"{words[0]} with {words[1]}")
        after = rewritten(Read(case.name, case.text, answer), {left: words[1], right: words[0]}, name)
        yield Mutant(NAME, name, case, after, number, (left, right))
