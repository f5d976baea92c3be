"""Laws of the evaluator: what it says of intervals is what holds for the numbers in them."""

from __future__ import annotations

import ast
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from auditor.exact import comparison, evaluation, expression, interval, term, verdict, wording
from auditor.exact.evaluation import Trace, evaluate, interval_of
from auditor.exact.expression import Aggregate as Take
from auditor.exact.expression import (
    Agree,
    All,
    Compare,
    Complement,
    Difference,
    Given,
    Magnitude,
    Not,
    Noted,
    Over,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Settled,
    Share,
    Some,
    Tally,
)
from auditor.exact.interval import Interval, exactly
from auditor.exact.term import NoValue
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, Verdict, count_of, not_, unverifiable
from tests.exact.slow import agreed, comparisons, holds_exactly, in_world, parts_of, value
from tests.exact.strategies import (
    CERTAIN,
    LOST,
    SLOTS,
    Leaves,
    World,
    any_leaves,
    bounded,
    calculated,
    certain_formulas,
    corners,
    filled,
    fractions,
    intervals,
    joined,
    judged,
    lossy_formulas,
    narrowed,
    numbers_of,
    placings,
    verdicts,
    worlds,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Placing = list[tuple[int, ...]]
Parts = tuple[expression.Formula, ...]
at_one = st.integers(0, len(SLOTS) - 1)
both_ways = st.sampled_from(CERTAIN)
relations = st.sampled_from(Relation)
tolerances = st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(1, 2)])


def given_as(found: Interval, name: str = "A") -> Given:
    return Given(found, name, str(found.middle), (0,))


def attempted(made: expression.Term) -> Interval | None:
    """What a term comes to, None where that is not defined."""
    try:
        return interval_of(made)
    except NoValue:
        return None


def stated_leaves(formula: expression.Formula) -> set[object]:
    """Every leaf of a formula that may be evidence."""
    found: set[object] = set()
    for compare in comparisons(formula):
        for side in (compare.left, compare.right, compare.scale):
            if side is not None:
                found.update(term.leaves(side))
    stack = [formula]
    while stack:
        part = stack.pop()
        stack.extend(parts_of(part))
        if isinstance(part, Settled):
            found.update((*part.witnesses, *part.values))
    return found


# -- terms -------------------------------------------------------------------------------------


@given(calculated(any_leaves), placings)
def test_a_term_comes_to_an_interval_that_holds_every_number_it_can_be(
    case: tuple[expression.Term, Leaves], placing: Placing
) -> None:
    made, known = case
    found = attempted(made)
    assume(found is not None)
    numbers = [value(made, world) for world in worlds(known, placing)]
    assert [number for number in numbers if number is None or number not in (found or ())] == []


def comes_to_no_more_than_its_numbers(made: expression.Term) -> None:
    """The interval of a term that mentions each value once holds what the values can make, and nothing else."""
    found, used = attempted(made), term.leaves(made)
    assume(found is not None)
    turning = {*corners(*(leaf.interval for leaf in used)), Fraction(0)}
    combinations = product(*([number for number in turning if number in leaf.interval] for leaf in used))
    values = [value(made, dict(zip(used, numbers, strict=True))) for numbers in combinations]
    known = [number for number in values if number is not None]
    assume(max(known) - min(known) < 10**6)  # a divisor near zero strews them
    holds_exactly(found or Interval(None, None), known)


@pytest.mark.parametrize("aggregate", Take)
@given(st.lists(bounded, min_size=1, max_size=3))
@example([Interval(Fraction(0), Fraction(1)), Interval(Fraction(-1), Fraction(0))])  # touching, and never equal
def test_an_aggregate_comes_to_no_more_than_its_numbers(aggregate: Take, known: list[Interval]) -> None:
    comes_to_no_more_than_its_numbers(Over(aggregate, tuple(map(given_as, known, "ABC"))))


@given(bounded, bounded, bounded, st.sampled_from([Difference, Ratio, PercentChange, Share]))
def test_other_terms_come_to_no_more_than_their_numbers(
    one: Interval, two: Interval, three: Interval, kind: type[Difference | Ratio | PercentChange | Share]
) -> None:
    a, b, c = map(given_as, (one, two, three), "ABC")
    comes_to_no_more_than_its_numbers(Magnitude(a))
    comes_to_no_more_than_its_numbers(Complement(Fraction(1), a))
    comes_to_no_more_than_its_numbers(Share(a, (b, c)) if issubclass(kind, Share) else kind(a, b))


@given(st.sampled_from(Take), st.lists(intervals, min_size=1, max_size=3))
def test_an_aggregate_of_what_has_no_end_holds_every_number_it_can_be(aggregate: Take, known: list[Interval]) -> None:
    made = Over(aggregate, tuple(map(given_as, known, "ABC")))
    worlds = product(*(numbers_of(found)[::3] for found in known))
    numbers = [value(made, dict(zip(made.terms, world, strict=True))) for world in worlds]  # type: ignore[arg-type]
    assert [number for number in numbers if number is None or number not in interval_of(made)] == []


@given(calculated(), st.integers(0, len(SLOTS) - 1))
def test_a_missing_value_leaves_a_term_without_one_and_says_why(case: tuple[expression.Term, Leaves], at: int) -> None:
    made, known = case
    assume(known[at] in term.leaves(made))
    with pytest.raises(NoValue) as raised:
        interval_of(filled(made, {known[at]: LOST}))
    assert (raised.value.reason, raised.value.text) in {
        (Reason.MISSING_VALUE, "no value for the lost one"),
        (Reason.UNDEFINED, "the divisor may be zero"),
        (Reason.UNDEFINED, "a percentage of a number below zero has no settled meaning"),
    }


# -- comparisons -------------------------------------------------------------------------------


@given(bounded, both_ways, bounded)
def test_an_order_is_undecided_only_where_numbers_could_make_it_either(
    left: Interval, relation: Relation, right: Interval
) -> None:
    here, there = given_as(left, "A"), given_as(right, "B")
    compare = Compare(here, relation, there)
    numbers = corners(left, right)
    pairs: list[World] = [
        {here: one, there: other} for one in numbers if one in left for other in numbers if other in right
    ]
    outcomes = {in_world(compare, world, _nothing) for world in pairs}
    found = evaluate(compare).verdict
    assert found == (unverifiable(Reason.TIE_AT_PRECISION) if len(outcomes) == 2 else outcomes.pop())


def _nothing(_: Compare) -> None:
    return None


@given(intervals, intervals)
def test_equal_is_contradicted_where_no_number_is_in_both(left: Interval, right: Interval) -> None:
    shared = [number for number in (*numbers_of(left), *numbers_of(right)) if number in left and number in right]
    found = evaluate(Compare(given_as(left), Relation.EQUAL, given_as(right))).verdict
    assert found == (SUPPORTED if shared else CONTRADICTED)


@given(intervals, intervals)
def test_agrees_is_contradicted_where_the_closures_are_disjoint(left: Interval, right: Interval) -> None:
    ends = [end for end in (left.low, left.high, right.low, right.high) if end is not None]
    wide = [Interval(found.low, found.high, True, True) for found in (left, right)]
    touching = [number for number in (*ends, Fraction(0)) if all(number in found for found in wide)]
    found = evaluate(Compare(given_as(left), Relation.AGREES, given_as(right))).verdict
    assert found == (SUPPORTED if touching else CONTRADICTED)


@given(intervals, intervals)
def test_no_reversal_is_contradicted_only_where_one_is_certain(left: Interval, right: Interval) -> None:
    not_below = evaluate(Compare(given_as(left), Relation.NOT_BELOW, given_as(right))).verdict
    not_above = evaluate(Compare(given_as(left), Relation.NOT_ABOVE, given_as(right))).verdict
    pairs = list(product(numbers_of(left), numbers_of(right)))
    assert not_below == (SUPPORTED if any(one >= other for one, other in pairs) else CONTRADICTED)
    assert not_above == (SUPPORTED if any(one <= other for one, other in pairs) else CONTRADICTED)


@given(fractions, fractions, tolerances, st.one_of(st.none(), fractions.map(abs)))
@example(Fraction(20), Fraction(19), Fraction(1, 20), None)
@example(Fraction(20), Fraction(18), Fraction(1, 20), None)
@example(Fraction(3), Fraction(1), Fraction(1, 2), Fraction(2))
def test_exact_numbers_are_similar_up_to_the_tolerance_and_not_beyond_twice_it(
    left: Fraction, right: Fraction, tolerance: Fraction, scale: Fraction | None
) -> None:
    measured = None if scale is None else given_as(exactly(scale))
    compare = Compare(
        given_as(exactly(left)), Relation.SIMILAR, given_as(exactly(right)), tolerance=tolerance, scale=measured
    )
    gap, allowed = abs(left - right), tolerance * (max(abs(left), abs(right)) if scale is None else scale)
    between = unverifiable(Reason.WITHIN_TOLERANCE)
    assert evaluate(compare).verdict == (
        SUPPORTED if gap <= allowed else CONTRADICTED if gap > 2 * allowed else between
    )


@given(bounded, relations, bounded)
def test_exchanging_the_sides_takes_the_inverse_relation(left: Interval, relation: Relation, right: Interval) -> None:
    one, other = given_as(left, "A"), given_as(right, "B")
    there, back = evaluate(Compare(one, relation, other)), evaluate(Compare(other, relation.inverse, one))
    assert (there.verdict, there.gap) == (back.verdict, back.gap)
    assert relation.inverse.inverse is relation


@given(bounded, bounded)
def test_not_greater_is_at_most_and_not_less_is_at_least(left: Interval, right: Interval) -> None:
    one, other = given_as(left, "A"), given_as(right, "B")
    for relation, opposite in ((Relation.GREATER, Relation.AT_MOST), (Relation.LESS, Relation.AT_LEAST)):
        denied = evaluate(Not(Compare(one, relation, other)))
        assert denied.verdict == evaluate(Compare(one, opposite, other)).verdict


POSSIBLE = (Relation.EQUAL, Relation.AGREES, Relation.NOT_BELOW, Relation.NOT_ABOVE)


@given(bounded, st.sampled_from(POSSIBLE), bounded, st.integers(0, 1000))
def test_the_gap_is_how_far_the_left_side_must_move_to_flip_the_verdict(
    left: Interval, relation: Relation, right: Interval, part: int
) -> None:
    right_side = given_as(right, "B")
    before = evaluate(Compare(given_as(left), relation, right_side))
    assert before.gap is not None
    far = before.gap * (max(abs(left.middle), abs(right.middle)) or 1)
    near = far * Fraction(part, 1001)

    def moved(by: Fraction) -> Verdict:
        return evaluate(Compare(given_as(left + exactly(by)), relation, right_side)).verdict

    assert near == 0 or {moved(near), moved(-near)} == {before.verdict}
    hair = Fraction(1, 10**12)
    assert not_(before.verdict) in {moved(by) for by in (far, -far, far + hair, -far - hair)}


# -- formulas, held against single worlds -------------------------------------------------------


@given(judged(certain_formulas), placings)
def test_a_verdict_holds_in_every_world(case: tuple[expression.Formula, Leaves], placing: Placing) -> None:
    formula, known = case
    found = evaluate(formula).verdict
    assume(found.reason is None)
    for world in worlds(known, placing):
        assert in_world(formula, world, _nothing) == found


@given(judged(known=any_leaves), placings)
def test_no_world_refutes_a_verdict(case: tuple[expression.Formula, Leaves], placing: Placing) -> None:
    """Also with relations that speak of what intervals allow, which no single world can settle."""
    formula, known = case
    found = evaluate(formula).verdict
    assume(found.reason is None)
    for world in worlds(known, placing):
        assert in_world(formula, world, _print_alike) != not_(found)


def _print_alike(compare: Compare) -> Verdict | None:
    """What prints alike is similar, whatever the numbers."""
    if compare.relation is not Relation.SIMILAR:
        return None
    left, right = attempted(compare.left), attempted(compare.right)
    return SUPPORTED if left is not None and left == right else None


@given(judged(lossy_formulas), at_one)
def test_a_value_that_goes_missing_decides_nothing(case: tuple[expression.Formula, Leaves], at: int) -> None:
    formula, known = case
    before = evaluate(formula).verdict
    after = evaluate(filled(formula, {known[at]: LOST})).verdict
    assert after.reason is not None or after == before


@given(judged(certain_formulas), at_one, st.data())
def test_a_value_printed_more_precisely_never_flips_a_verdict(
    case: tuple[expression.Formula, Leaves], at: int, data: st.DataObject
) -> None:
    formula, known = case
    before = evaluate(formula).verdict
    assume(before.reason is None)
    narrower = replace(known[at], interval=data.draw(narrowed(known[at].interval)))
    assert evaluate(filled(formula, {known[at]: narrower})).verdict == before


@given(bounded, st.sampled_from([*POSSIBLE, Relation.SIMILAR]), bounded, st.data())
def test_what_intervals_rule_out_narrower_ones_rule_out_too(
    left: Interval, relation: Relation, right: Interval, data: st.DataObject
) -> None:
    before = evaluate(Compare(given_as(left), relation, given_as(right))).verdict
    assume(before == CONTRADICTED)
    inner = given_as(data.draw(narrowed(left))), given_as(data.draw(narrowed(right)))
    assert evaluate(Compare(inner[0], relation, inner[1])).verdict == CONTRADICTED


@given(bounded, bounded, st.sampled_from([-1, 1]), st.integers(-40, 40), relations)
def test_a_change_of_unit_changes_nothing_however_large(
    left: Interval, right: Interval, sign: int, exponent: int, relation: Relation
) -> None:
    """Floats would lose the difference between the two sides, or the number itself."""
    factor = sign * Fraction(10) ** exponent / 3
    here, there = evaluate(Compare(given_as(left), relation, given_as(right))), relation
    other = relation.inverse if sign < 0 else there
    scaled = evaluate(Compare(given_as(left.scaled(factor)), other, given_as(right.scaled(factor))))
    assert scaled.verdict == here.verdict
    assert left.middle == right.middle == 0 or scaled.gap == here.gap


# -- connectives -------------------------------------------------------------------------------


@given(joined())
def test_de_morgan(parts: Parts) -> None:
    denied = tuple(Not(part) for part in parts)
    assert evaluate(Not(All(parts))).verdict == evaluate(Some(denied)).verdict
    assert evaluate(Not(Some(parts))).verdict == evaluate(All(denied)).verdict


@given(judged())
def test_denying_changes_the_verdict_alone_and_denying_twice_nothing(
    case: tuple[expression.Formula, Leaves],
) -> None:
    trace = evaluate(case[0])
    assert evaluate(Not(case[0])) == replace(trace, verdict=not_(trace.verdict))
    assert evaluate(Not(Not(case[0]))) == trace


@given(joined(), st.randoms(use_true_random=False), st.integers(-1, 5), st.integers(-1, 5))
def test_the_order_of_parts_never_matters(parts: Parts, random: Random, least: int, most: int) -> None:
    other = tuple(random.sample(parts, len(parts)))
    joins: list[Callable[[Parts], expression.Formula]] = [All, Some, Agree, Readings, lambda o: Tally(o, least, most)]
    for join in joins:
        one, two = evaluate(join(parts)), evaluate(join(other))
        assert one.verdict == two.verdict
        assert one.gap == two.gap or join is Readings  # the reading listed first is the usual one


@given(joined(), st.integers(-1, 5), st.integers(-1, 6))
def test_a_tally_counts_the_parts_that_hold(parts: Parts, least: int, most: int) -> None:
    tally = evaluate(Tally(parts, least, most))
    found = [evaluate(part).verdict for part in parts]
    assert tally.verdict == count_of(found, least, most)
    assert tally.text.startswith(f"{found.count(SUPPORTED)} of {len(parts)} hold")


@given(st.lists(verdicts, max_size=5))
def test_readings_of_one_claim_agree_or_the_evidence_is_mixed(found: list[Verdict]) -> None:
    whole = evaluate(Agree(tuple(Settled(one, "as stated") for one in found))).verdict
    if unverifiable(Reason.MIXED_EVIDENCE) in found or {SUPPORTED, CONTRADICTED} <= set(found):
        assert whole in (unverifiable(Reason.MIXED_EVIDENCE), *(one for one in found if one.reason is not None))
    assert whole == agreed(found) or (whole.reason is not None and whole in found)


@given(st.lists(verdicts, min_size=1, max_size=4), st.lists(verdicts, max_size=4))
def test_one_accepted_reading_that_holds_is_enough_and_hints_count_where_none_does(
    accepted: list[Verdict], hints: list[Verdict]
) -> None:
    trace = evaluate(
        Readings(
            tuple(Settled(one, f"reading {at}") for at, one in enumerate(accepted)),
            tuple(Noted(Settled(one, ""), f"hint {at}") for at, one in enumerate(hints)),
        )
    )
    fitting = tuple(f"hint {at}" for at, one in enumerate(hints) if one == SUPPORTED)
    if SUPPORTED in accepted:
        expected = Trace(SUPPORTED, f"reading {accepted.index(SUPPORTED)}")
    elif set(accepted) == {CONTRADICTED}:
        expected = Trace(CONTRADICTED, "reading 0", notes=fitting)
    else:
        expected = Trace(trace.verdict, f"reading {accepted.index(trace.verdict)}")
        assert trace.verdict.reason is not None
    assert trace == expected


# -- the trace ---------------------------------------------------------------------------------


@given(judged(lossy_formulas, any_leaves))
def test_every_formula_prints_the_same_each_time_and_rests_on_its_own_leaves(
    case: tuple[expression.Formula, Leaves],
) -> None:
    formula, _ = case
    trace = evaluate(formula)
    assert trace == evaluate(formula)
    assert trace.text.strip() == trace.text != ""
    printed = " ".join((trace.text, trace.margin, *trace.notes))
    assert [
        word for word in ("Fraction(", "Interval(", "Relation.", "None", "<") if word in printed.replace(" < ", " ")
    ] == []
    assert set(trace.leaves) <= stated_leaves(formula)
    assert len(set(trace.leaves)) == len(trace.leaves)


@given(judged(lossy_formulas))
def test_there_is_a_margin_wherever_there_is_a_distance(
    case: tuple[expression.Formula, Leaves],
) -> None:
    formula, _ = case
    for part in (formula, *comparisons(formula)):
        trace = evaluate(part)
        assert trace.margin.startswith("flips if ") is (trace.gap is not None)
        assert trace.gap is None or (type(trace.gap) is Fraction and trace.gap >= 0)
        assert trace.gap is None or trace.verdict.reason is None
        assert trace.gap is not None or trace.verdict.reason is not None or not isinstance(part, Compare)


@pytest.mark.parametrize("module", [comparison, evaluation, expression, interval, term, verdict, wording])
def test_no_float_and_no_rounding_takes_part(module: Any) -> None:  # noqa: ANN401  (modules have no type of their own)
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    floats = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is float]
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert (floats, names & {"float", "round", "math", "sqrt"}) == ([], set())
