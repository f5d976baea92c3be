"""orders: two neighbours of a stated order exchanged, in its words and in its reading."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests.mutants.mutant import Mutant, aliases, rewritten, supported, surfaces, title
from tests.mutation import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "reorder"


def mutants(case: Read) -> Iterator[Mutant]:
    """Every two neighbours of every order; where the words name them they change places there too."""
    for number, claim, judgement in supported(case, "ordering"):
        names = [item["subjects"] or item["levels"] for item in claim["items"]]
        if judgement.span is None or any(len(name) != 1 for name in names):
            continue
        for left, right in pairwise(range(len(names))):
            spots = [surfaces(case, judgement.span, aliases(case, names[item][0])) for item in (left, right)]
            if [len(found) for found in spots] != [1, 1]:
                continue
            (one,), (other,) = spots
            answer = case.changed()
            items = answer["claims"][number]["items"]
            for key in ("subjects", "levels"):
                items[left][key], items[right][key] = items[right][key], items[left][key]
            words = case.text[slice(*one)], case.text[slice(*other)]
            name = title(case, NAME, claim["quote"], f"{words[0]} with {words[1]}")
            after = rewritten(Read(case.name, case.text, answer), {one: words[1], other: words[0]}, name)
            yield Mutant(NAME, name, case, after, number, (one, other))
