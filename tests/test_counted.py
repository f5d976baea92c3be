"""Rows counted: what is said of how many there are holds in every way in which open rows can turn out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.claim import Over, Unjudgeable
from auditor.conditions.counted import are_enough, are_these

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.tables.holding import Held

HELD = st.sampled_from([True, False, None])
ROWS = st.lists(st.tuples(HELD, HELD, st.booleans()), min_size=1, max_size=4)
HOWS = ["any", "all", "none", "most", "only", "exactly 2", "exactly half", "at least 2", "at most 1"]


def worlds(rows: Sequence[tuple[Held, Held]]) -> Iterator[list[tuple[bool, bool]]]:
    """Every way in which the rows may be meant, and may be as they are said to be."""
    open_ends = [[(True, False) if held is None else (held,) for held in row] for row in rows]
    for world in product(*(list(product(*ends)) for ends in open_ends)):
        yield [(chosen, held) for chosen, held in world]


def over(how: str, *names: str) -> Over:
    word, _, number = how.rpartition(" ") if how[-1:].isdigit() or how.endswith("half") else (how, "", "")
    return Over(how=word, number=number or None, exceptions=names)  # type: ignore[arg-type]


def holds(how: str, world: Sequence[tuple[bool, bool]]) -> bool:
    """What a quantifier means where nothing is open."""
    met = sum(chosen and held for chosen, held in world)
    total = sum(chosen for chosen, _ in world)
    return {
        "any": met > 0,
        "all": met == total,
        "none": met == 0,
        "most": 2 * met > total,
        "only": met > 0 and not any(held and not chosen for chosen, held in world),
        "exactly 2": met == 2,
        "exactly half": 2 * met == total,
        "at least 2": met >= 2,
        "at most 1": met <= 1,
    }[how]


@given(ROWS, st.sampled_from(HOWS))
def test_a_number_of_rows_holds_in_every_world_or_in_none(rows: list[tuple[Held, Held, bool]], how: str) -> None:
    pairs = [(chosen, held) for chosen, held, _ in rows]
    found = are_enough(over(how), [chosen for chosen, _ in pairs], [held for _, held in pairs])
    if found is not None:
        assert all(holds(how, world) is found for world in worlds(pairs) if any(chosen for chosen, _ in world))


@given(ROWS, st.sampled_from(["only", "none", "all"]))
def test_what_is_said_of_named_rows_holds_in_every_world_or_in_none(
    rows: list[tuple[Held, Held, bool]], how: str
) -> None:
    pairs, named = [(chosen, held) for chosen, held, _ in rows], [is_named for _, _, is_named in rows]
    found = are_these(over(how, "Aro"), named, [chosen for chosen, _ in pairs], [held for _, held in pairs])
    for world in worlds(pairs):
        alone = all((chosen and held) is is_named for (chosen, held), is_named in zip(world, named, strict=True))
        others = all(
            not (chosen and held) if is_named else held or not chosen
            for (chosen, held), is_named in zip(world, named, strict=True)
        )
        if found is not None:
            assert found is (others if how == "all" else alone)


@pytest.mark.parametrize("how", ["any", "most", "at least 2"])
def test_an_uncertain_number_spares_nothing_by_name(how: str) -> None:
    with pytest.raises(Unjudgeable, match="excepted by name"):
        are_these(over(how, "Aro"), [True], [True], [True])
