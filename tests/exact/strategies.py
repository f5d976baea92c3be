"""strategies: random verdicts, intervals, terms, formulas, and worlds to judge them in.

A *world* gives every leaf of a formula one of the numbers that it may stand for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

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
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula, Term

World = dict[Given | Stated, Fraction]

CERTAIN = (Relation.GREATER, Relation.LESS, Relation.AT_LEAST, Relation.AT_MOST, Relation.DIFFERENT)
"""Relations that hold or fail for two numbers; the others speak of what two intervals allow."""

# -- intervals ---------------------------------------------------------------------------------

reasons = st.sampled_from(Reason)
verdicts = st.one_of(st.sampled_from([SUPPORTED, CONTRADICTED]), reasons.map(unverifiable))
fractions = st.one_of(
    st.integers(-6, 6).map(lambda n: Fraction(n, 2)),  # few, so that ends meet often
    st.fractions(-1000, 1000, max_denominator=1000),
)


def _spanned(ends: tuple[Fraction, Fraction], closed: tuple[bool, bool]) -> Interval:
    low, high = sorted(ends)
    return exactly(low) if low == high else Interval(low, high, *closed)


_flags = st.tuples(st.booleans(), st.booleans())
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
    inside = [place(interval, at) for at in range(PLACES + 1)]
    low, high = interval.low, interval.high
    beside = [end + sign * HAIR for end, sign in ((low, 1), (high, -1)) if end is not None]
    return [number for number in dict.fromkeys((*inside, *beside, Fraction(0))) if number in interval]


@st.composite
def narrowed(draw: st.DrawFn, interval: Interval) -> Interval:
    """An interval inside this one."""
    low, high = sorted(place(interval, draw(st.integers(0, PLACES))) for _ in range(2))
    if draw(st.booleans()):
        return exactly(low)
    closed = draw(_flags)
    return _spanned((low, high), closed)


# -- terms -------------------------------------------------------------------------------------

POOL = "ABCDE"
"""The leaves of one formula: few, so that one is mentioned more than once."""


@st.composite
def leaves(draw: st.DrawFn, kinds: st.SearchStrategy[Interval] = bounded) -> tuple[Given | Stated, ...]:
    """Leaves for one formula, each with a name of its own."""
    known: list[Given | Stated] = []
    for number, name in enumerate(POOL):
        interval = draw(kinds)
        written = show(interval.middle)
        given = Given(interval, name, written, (number,))
        stated = Stated(interval, f"{written} of {name}")
        known.append(stated if draw(st.integers(0, 2)) == 0 else given)
    return tuple(known)


def terms(known: Sequence[Given | Stated], absent: Sequence[Absent] = ()) -> st.SearchStrategy[Term]:
    """Terms over some leaves."""
    leaf: st.SearchStrategy[Term] = st.sampled_from([*known, *absent])

    def larger(term: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        several = st.lists(term, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            st.builds(Difference, term, term),
            st.builds(Ratio, term, term),
            st.builds(PercentChange, term, term),
            st.builds(Share, term, st.lists(term, max_size=3).map(tuple)),
            st.builds(Complement, st.sampled_from([Fraction(1), Fraction(100)]), term),
            st.builds(Magnitude, term),
            st.builds(Scaled, term, fractions),
            st.builds(Over, st.sampled_from(Aggregate), several),
        )

    return st.one_of(leaf, st.recursive(leaf, larger, max_leaves=5))


# -- formulas ----------------------------------------------------------------------------------


@st.composite
def compares(
    draw: st.DrawFn, known: Sequence[Given | Stated], relations: Sequence[Relation], absent: Sequence[Absent] = ()
) -> Compare:
    relation = draw(st.sampled_from(relations))
    left, right = draw(terms(known, absent)), draw(terms(known, absent))
    if relation is not Relation.SIMILAR:
        return Compare(left, relation, right)
    tolerance = draw(st.sampled_from([None, Fraction(0), Fraction(1, 20), Fraction(1, 2)]))
    return Compare(left, relation, right, tolerance, draw(st.one_of(st.none(), terms(known, absent))))


def formulas(
    known: Sequence[Given | Stated], relations: Sequence[Relation] = tuple(Relation), absent: Sequence[Absent] = ()
) -> st.SearchStrategy[Formula]:
    """Formulas over some leaves."""
    settled = st.builds(Settled, verdicts, st.just("as stated"))
    base: st.SearchStrategy[Formula] = st.one_of(*[compares(known, relations, absent)] * 6, settled)

    def larger(formula: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(formula, max_size=4).map(tuple)
        some = st.lists(formula, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(All, several),
            st.builds(Some, several),
            st.builds(Agree, several),
            st.builds(Not, formula),
            st.builds(Tally, several, st.integers(-1, 4), st.integers(-1, 5)),
            st.builds(Noted, formula, st.just("a note"), st.sampled_from(["", "supported", "contradicted"])),
            st.builds(Readings, some, st.lists(st.builds(Noted, formula, st.just("a hint")), max_size=2).map(tuple)),
        )

    return st.recursive(base, larger, max_leaves=5)


@st.composite
def judged(
    draw: st.DrawFn,
    relations: Sequence[Relation] = tuple(Relation),
    kinds: st.SearchStrategy[Interval] = bounded,
    absent: Sequence[Absent] = (),
) -> tuple[Formula, tuple[Given | Stated, ...]]:
    """A formula and the leaves that it was made from."""
    known = draw(leaves(kinds))
    return draw(formulas(known, relations, absent)), known


@st.composite
def worlds(draw: st.DrawFn, known: Sequence[Given | Stated], count: int = 5) -> tuple[World, ...]:
    """Some worlds: one number for each leaf in each of them."""
    places = st.tuples(*[st.integers(0, PLACES)] * len(known))
    chosen = draw(st.lists(places, min_size=count, max_size=count))
    return tuple({leaf: place(leaf.interval, at) for leaf, at in zip(known, row, strict=True)} for row in chosen)
