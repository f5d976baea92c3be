"""A seeded share of the fuzzing; `make fuzz` runs all of it."""

from __future__ import annotations

import pytest

from tests.fuzz import STRINGS, bases, case, fault, run

CASES = 300


@pytest.mark.parametrize("share", range(3))
def test_no_case_of_a_seeded_share_goes_wrong(share: int) -> None:
    assert run(1, range(share * CASES // 3, (share + 1) * CASES // 3)) == []


def test_a_case_is_found_again_by_its_seed_and_number() -> None:
    known = bases()
    assert [case(known, 7, number) for number in range(20)] == [case(known, 7, number) for number in range(20)]
    assert case(known, 7, 1) != case(known, 8, 1)


def test_a_hostile_string_as_a_whole_document_and_as_an_answer() -> None:
    empty = '{"metrics":[],"subjects":[],"dimensions":[],"position":null,"tables":[],"values":[],"claims":[]}'
    found = [(hostile, fault(hostile, empty), fault("A text.", hostile)) for hostile in STRINGS]
    assert found == [(hostile, None, None) for hostile in STRINGS]
