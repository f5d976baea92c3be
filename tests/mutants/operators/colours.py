"""colours: one of several mentions of a thing's colour or marker changed, so that they cannot all be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.mutant import Mutant
from tests.mutation import recoloured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutation import Read

NAME = "recolour"


def mutants(case: Read) -> Iterator[Mutant]:
    """Every attribute that is stated more than once."""
    for number, which, after in recoloured(case):
        attributes = case.answer["subjects"][number]["attributes"]
        names = [attribute["name"] for attribute in attributes]
        if names.count(names[which]) > 1:
            yield Mutant(NAME, f"{after.name} ({which})", case, after, None)
