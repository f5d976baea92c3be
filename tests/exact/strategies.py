"""strategies: random verdicts, intervals, terms, formulas, and worlds to judge them in.

A *world* gives every leaf of a formula one of the numbers that it may stand for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.expression import (
    Absent,
    Aggregate,
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
    Scaled,
    Settled,
    Share,
    Some,
    Stated,
    Tally,
)
from auditor.exact.interval import Interval, exactly, rounded
from auditor.exact.numeral import show
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, Verdict, unverifiable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditor.exact.expression import Formula, Term

World = dict[Given | Stated, Fraction]

CERTAIN = (Relation.GREATER, Relation.LESS, Relation.AT_LEAST, Relation.AT_MOST, Relation.DIFFERENT)
"""Relations that hold or fail for two numbers; the others speak of what two intervals allow."""

# -- intervals ---------------------------------------------------------------------------------

reasons = st.sampled_from(Reason)
verdicts = st.one_of(st.sampled_from([SUPPORTED, CONTRADICTED]), reasons.map(unverifiable))
fractions = st.one_of(
    st.sampled_from([Fraction(n, 2) for n in range(-6, 7)]),  # few, so that ends meet often
    st.builds(Fraction, st.integers(-999, 999), st.sampled_from([1, 3, 7, 100, 1000])),
)


def _spanned(ends: tuple[Fraction, Fraction], closed: tuple[bool, bool]) -> Interval:
    low, high = sorted(ends)
    return exactly(low) if low == high else Interval(low, high, *closed)


_flags = st.sampled_from([(True, True), (True, False), (False, True), (False, False)])


def _made(struct: Callable[..., Any], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What `st.builds` makes, which would resolve annotations that are there for the type checker alone."""
    return st.tuples(*parts).map(lambda found: struct(*found))


printed = st.builds(
    lambda digits, places: rounded(Fraction(digits, 10**places), Fraction(1, 10**places)),
    st.integers(-60, 60),
    st.integers(0, 2),
)
bounded = st.one_of(
    st.builds(_spanned, st.tuples(fractions, fractions), _flags),
    printed,
    fractions.map(exactly),
)
unbounded = st.one_of(
    st.builds(lambda low, closed: Interval(low, None, closed), fractions, st.booleans()),
    st.builds(lambda high, closed: Interval(None, high, high_closed=closed), fractions, st.booleans()),
    st.just(Interval(None, None)),
)
intervals = st.one_of(bounded, bounded, bounded, unbounded)

PLACES = 8
"""Into how many parts an interval is cut to take numbers from it."""
HAIR = Fraction(1, 10**9)
FAR = Fraction(10**9)


def place(interval: Interval, at: int) -> Fraction:
    """A number of the interval: 0 is its lower end or a hair beside it, `PLACES` the upper one."""
    low, high = interval.low, interval.high
    if low is None or high is None:
        middle = interval.middle
        sign = 1 if low is not None else -1 if high is not None or 2 * at < PLACES else 1
        distance = at if low is not None else PLACES - at if high is not None else abs(2 * at - PLACES)
        step = (HAIR, Fraction(1, 2), 1, 2, 3, 10, 100, 10**4, FAR)[distance]
        return middle if distance == 0 and middle in interval else middle + sign * step
    if at == 0:
        return low if interval.low_closed else low + (high - low) * HAIR
    if at == PLACES:
        return high if interval.high_closed else high - (high - low) * HAIR
    return low + (high - low) * Fraction(at, PLACES)


def numbers_of(interval: Interval) -> list[Fraction]:
    """Numbers of the interval: its ends, what lies a hair beside them, what lies between, and zero."""
    inside = {place(interval, at) for at in range(PLACES + 1)}
    return [number for number in {*inside, *corners(interval), Fraction(0)} if number in interval]


def corners(*intervals: Interval) -> set[Fraction]:
    """Where something can turn: at the ends of the intervals, a hair beside them, and in their middle."""
    ends = {end for interval in intervals for end in (interval.low, interval.high) if end is not None}
    return {end + by for end in ends for by in (-HAIR, 0, HAIR)} | {interval.middle for interval in intervals}


@st.composite
def narrowed(draw: st.DrawFn, interval: Interval) -> Interval:
    """An interval inside this one."""
    low, high = sorted(place(interval, draw(st.integers(0, PLACES))) for _ in range(2))
    if draw(st.booleans()):
        return exactly(low)
    closed = draw(_flags)
    return _spanned((low, high), closed)


# -- terms and formulas --------------------------------------------------------------------------

SLOTS: tuple[Given, ...] = tuple(Given(exactly(0), name, name, (at,)) for at, name in enumerate("ABCD"))
"""What terms are made over before their leaves are drawn: few, so that one is mentioned more than once."""
LOST = Absent("the lost one", Reason.MISSING_VALUE)


def _larger_terms(part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(part, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        _made(Difference, part, part),
        _made(Ratio, part, part),
        _made(PercentChange, part, part),
        _made(Share, part, st.lists(part, max_size=3).map(tuple)),
        _made(Complement, st.sampled_from([Fraction(1), Fraction(100)]), part),
        _made(Magnitude, part),
        _made(Scaled, part, fractions),
        _made(Over, st.sampled_from(Aggregate), several),
    )


def _terms(leaf: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(leaf, st.recursive(leaf, _larger_terms, max_leaves=4))


terms = _terms(st.sampled_from(SLOTS))


def _compares(side: st.SearchStrategy[Term], relations: Sequence[Relation]) -> st.SearchStrategy[Formula]:
    plain = _made(Compare, side, st.sampled_from([one for one in relations if one is not Relation.SIMILAR]), side)
    if Relation.SIMILAR not in relations:
        return plain
    tolerances = st.sampled_from([None, Fraction(0), Fraction(1, 20), Fraction(1, 2)])
    similar = _made(Compare, side, st.just(Relation.SIMILAR), side, tolerances, st.one_of(st.none(), side))
    return st.one_of(plain, plain, similar)


def _larger_formulas(part: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(part, max_size=4).map(tuple)
    some = st.lists(part, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        _made(All, several),
        _made(Some, several),
        _made(Agree, several),
        _made(Not, part),
        _made(Tally, several, st.integers(-1, 4), st.integers(-1, 5)),
        _made(Noted, part, st.just("a note"), st.sampled_from(["", "supported", "contradicted"])),
        _made(Readings, some, st.lists(_made(Noted, part, st.just("a hint")), max_size=2).map(tuple)),
    )


def _formulas(side: st.SearchStrategy[Term], relations: Sequence[Relation]) -> st.SearchStrategy[Formula]:
    comparing = _compares(side, relations)
    base = st.one_of(*[comparing] * 6, _made(Settled, verdicts, st.just("as stated")))
    return st.recursive(base, _larger_formulas, max_leaves=4)


formulas = _formulas(terms, tuple(Relation))
certain_formulas = _formulas(terms, CERTAIN)
lossy_formulas = _formulas(_terms(st.sampled_from([*SLOTS, LOST])), tuple(Relation))


def _filler(kinds: st.SearchStrategy[Interval]) -> st.SearchStrategy[tuple[Given | Stated, ...]]:
    return st.tuples(*(st.builds(_leaf, st.just(slot), kinds, st.booleans()) for slot in SLOTS))


def _leaf(slot: Given, interval: Interval, is_stated: bool) -> Given | Stated:  # noqa: FBT001  (by position)
    written = show(interval.middle)
    if is_stated:
        return Stated(interval, f"{written} of {slot.label}")
    return replace(slot, interval=interval, written=written)


leaves = _filler(bounded)
any_leaves = _filler(intervals)


def filled(thing: Any, by: Mapping[Any, object]) -> Any:  # noqa: ANN401  (a formula, or any part of one)
    """The same with some leaves replaced wherever they are mentioned."""
    if isinstance(thing, Given | Stated | Absent):
        return by.get(thing, thing)
    if isinstance(thing, tuple):
        return tuple(filled(part, by) for part in thing)
    if isinstance(thing, Struct) and not isinstance(thing, Interval | Verdict):
        return type(thing)(*(filled(getattr(thing, field), by) for field in thing.__struct_fields__))
    return thing


Leaves = tuple[Given | Stated, ...]


def _filled(thing: Any, known: Leaves) -> tuple[Any, Leaves]:  # noqa: ANN401
    return filled(thing, dict(zip(SLOTS, known, strict=True))), known


def judged(
    made: st.SearchStrategy[Formula] = formulas, known: st.SearchStrategy[Leaves] = leaves
) -> st.SearchStrategy[tuple[Formula, Leaves]]:
    """Formulas, each with the leaves that it was made from."""
    return st.builds(_filled, made, known)


def calculated(known: st.SearchStrategy[Leaves] = leaves) -> st.SearchStrategy[tuple[Term, Leaves]]:
    """Terms, each with the leaves that it was made from."""
    return st.builds(_filled, terms, known)


def joined(most: int = 5) -> st.SearchStrategy[tuple[Formula, ...]]:
    """Parts for one formula, over the same leaves."""
    return st.builds(_filled, st.lists(formulas, max_size=most).map(tuple), leaves).map(lambda case: case[0])


placings = st.lists(st.tuples(*[st.integers(0, PLACES)] * len(SLOTS)), min_size=4, max_size=4)
"""Where in their intervals the leaves lie, in each of some worlds."""


def worlds(known: Leaves, placing: Sequence[Sequence[int]]) -> list[World]:
    """The worlds in which the leaves lie there."""
    return [{leaf: place(leaf.interval, at) for leaf, at in zip(known, row, strict=True)} for row in placing]
