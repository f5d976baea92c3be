"""Kleene's laws for the three verdicts, and what keeps them from being mistaken for truth values."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exact.verdict import (
    CONTRADICTED,
    SUPPORTED,
    Reason,
    Verdict,
    all_of,
    any_of,
    count_of,
    not_,
    unverifiable,
)
from tests.exact.strategies import reasons, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

several = st.lists(verdicts, max_size=6)
joins = st.sampled_from([all_of, any_of])
numbers = st.integers(-2, 8)


def completions(known: Sequence[Verdict]) -> list[tuple[Verdict, ...]]:
    """Every way in which the unknown ones could come out."""
    either = (SUPPORTED, CONTRADICTED)
    return list(product(*[either if verdict.reason is not None else (verdict,) for verdict in known]))


def over_completions(known: Sequence[Verdict], holds: Callable[[Sequence[Verdict]], bool]) -> str:
    """What is true of all completions, or that they differ."""
    outcomes = {holds(completion) for completion in completions(known)}
    return "unverifiable" if len(outcomes) == 2 else "supported" if outcomes == {True} else "contradicted"


def foremost(known: Sequence[Verdict]) -> list[Verdict]:
    """The unverifiable verdict whose reason is listed first."""
    return [unverifiable(reason) for reason in Reason if unverifiable(reason) in known][:1]


@given(several)
def test_all_of_is_what_every_completion_of_the_unknowns_says(known: list[Verdict]) -> None:
    assert all_of(known).name == over_completions(known, lambda sure: all(one == SUPPORTED for one in sure))


@given(several)
def test_any_of_is_what_every_completion_of_the_unknowns_says(known: list[Verdict]) -> None:
    assert any_of(known).name == over_completions(known, lambda sure: any(one == SUPPORTED for one in sure))


@given(several, numbers, numbers)
def test_count_of_is_what_every_completion_of_the_unknowns_says(known: list[Verdict], least: int, most: int) -> None:
    def between(sure: Sequence[Verdict]) -> bool:
        return least <= sum(one == SUPPORTED for one in sure) <= most

    assert count_of(known, least, most).name == over_completions(known, between)


@given(several, numbers, numbers)
def test_what_stays_open_has_the_most_telling_reason(known: list[Verdict], least: int, most: int) -> None:
    open_ = [one for one in (all_of(known), any_of(known), count_of(known, least, most)) if one.reason is not None]
    assert open_ == foremost(known) * len(open_)


@given(several.flatmap(lambda known: st.tuples(st.just(known), st.permutations(known))), numbers, numbers)
def test_order_never_matters_nor_for_the_reason(
    orders: tuple[list[Verdict], list[Verdict]], least: int, most: int
) -> None:
    one, other = orders
    assert all_of(one) == all_of(other)
    assert any_of(one) == any_of(other)
    assert count_of(one, least, most) == count_of(other, least, most)


@given(joins, several, several)
def test_joining_in_groups_is_joining_at_once(
    join: Callable[[Sequence[Verdict]], Verdict], one: list[Verdict], other: list[Verdict]
) -> None:
    assert join([join(one), join(other)]) == join([*one, *other])


@given(joins, verdicts)
def test_a_verdict_joined_with_itself_or_with_nothing_is_itself(
    join: Callable[[Sequence[Verdict]], Verdict], verdict: Verdict
) -> None:
    assert join([verdict]) == join([verdict, verdict]) == verdict


@given(verdicts)
def test_supported_and_contradicted_are_neutral_and_absorbing(verdict: Verdict) -> None:
    assert all_of([verdict, SUPPORTED]) == any_of([verdict, CONTRADICTED]) == verdict
    assert all_of([verdict, CONTRADICTED]) == CONTRADICTED
    assert any_of([verdict, SUPPORTED]) == SUPPORTED


def test_of_nothing_at_all_all_hold_and_none_does() -> None:
    assert (all_of([]), any_of([])) == (SUPPORTED, CONTRADICTED)


@given(several)
def test_de_morgan(known: list[Verdict]) -> None:
    assert not_(all_of(known)) == any_of(not_(verdict) for verdict in known)
    assert not_(any_of(known)) == all_of(not_(verdict) for verdict in known)


@given(several, numbers, numbers)
def test_as_many_hold_as_all_the_others_fail(known: list[Verdict], least: int, most: int) -> None:
    failing = [not_(verdict) for verdict in known]
    assert count_of(known, least, most) == count_of(failing, len(known) - most, len(known) - least)


@given(several)
def test_all_and_any_are_counts(known: list[Verdict]) -> None:
    assert all_of(known) == count_of(known, len(known), len(known))
    assert any_of(known) == count_of(known, 1, len(known))


@given(verdicts)
def test_negation_is_an_involution_and_leaves_the_unknown_alone(verdict: Verdict) -> None:
    assert not_(not_(verdict)) == verdict
    assert (not_(verdict) == verdict) is (verdict.reason is not None)


@given(verdicts)
def test_no_verdict_is_a_truth_value(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="a verdict is not a truth value"):
        bool(verdict)


@given(reasons)
def test_a_reason_goes_with_unverifiable_alone(reason: Reason) -> None:
    assert unverifiable(reason).reason is reason
    names: tuple[Literal["supported", "contradicted"], ...] = ("supported", "contradicted")
    for name in names:
        with pytest.raises(ValueError, match="a reason goes with 'unverifiable' and with nothing else"):
            Verdict(name, reason)


def test_unverifiable_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="not 'unverifiable' with None"):
        Verdict("unverifiable")


def test_every_reason_is_a_sentence_of_its_own() -> None:
    meanings = [reason.meaning for reason in Reason]
    assert sorted(set(meanings)) == sorted(meanings)
    assert [meaning for meaning in meanings if not meaning or meaning.endswith(".")] == []
