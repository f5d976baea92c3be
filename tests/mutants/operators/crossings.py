"""crossings: a value moved to the other side of another one, so that a statement is false in brute force's opinion too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.exact.verdict import SUPPORTED
from tests.brute import FALSE, TRUE
from tests.crossing import crossings
from tests.mutants.mutant import Mutant, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutation import Read

NAME = "move a number"
MOST = 15
"""How many pairs of values of one document are taken; each pair is crossed in four ways."""


def mutants(case: Read) -> Iterator[Mutant]:
    """Every statement that brute force finds true, and false once a value has moved."""
    for change in crossings(case, MOST):
        was, now = change.opinions
        for number, judgement in case.stated.items():
            if (was.get(number), now.get(number)) == (TRUE, FALSE) and judgement.verdict == SUPPORTED:
                name = title(case, NAME, judgement.quote, change.after.name.removeprefix(f"{case.name}: "))
                yield Mutant(NAME, name, case, change.after, number, tuple(change.touched))
