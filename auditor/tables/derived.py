"""derived: columns and rows that follow from others, and the cells in them that do not.

A formula accuses only where it explains the rest: at least three telling fits, three quarters of all positions, and
fits that chance does not give to the best of so many formulas. What another formula explains whole is not accused.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from auditor.exact.evaluation import evaluate, interval_of
from auditor.exact.expression import (
    WRONG_WAY_ROUND,
    Compare,
    Difference,
    Given,
    Noted,
    PercentChange,
    Readings,
    Relation,
    Scaled,
)
from auditor.exact.interval import Interval
from auditor.exact.verdict import SUPPORTED
from auditor.tables.finding import Docket, Finding
from auditor.tables.formulas import Pair, Run, across, along, runs, tried
from auditor.tables.relations import How
from auditor.tables.summing import frames
from auditor.tables.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.exact.expression import Formula, Term
    from auditor.tables.formulas import Candidate, Outcome
    from auditor.tables.series import Matrix, Series, Value
    from auditor.tables.wanted import Wanted

_MOST_SOURCES = 14
_NEAR = 6
_FEWEST_FITS = 3
_FEWEST_UNNAMED = 6
_BITS_NAMED = 8
_BITS_UNNAMED = 24
_FEWEST_CHANCES = 3
_NARROW = Fraction(9, 10)


def derived(columns: Matrix, rows: Matrix, docket: Docket) -> None:
    """Every column, and every row with a telling name, that follows from others."""
    explained: set[frozenset[int]] = set()
    targets = [(series, wanted(series, columns)) for series in columns.series]
    for series, what in sorted(targets, key=lambda pair: (not pair[1].named, -pair[0].place)):
        _judge(series, what, columns, docket, explained, by_row=False)
    for series in rows.series:
        what = wanted(series, rows)
        if what.told:
            _judge(series, what, rows, docket, set(), by_row=True)


def _judge(  # noqa: C901, PLR0913  (a series, what it is judged by, and where that goes)
    target: Series, what: Wanted, matrix: Matrix, docket: Docket, explained: set[frozenset[int]], *, by_row: bool
) -> None:
    """Look for the formula of one series and report what does not follow it."""
    known = [number for number in target.numbers if number is not None]
    if len(known) < (_FEWEST_FITS if what.named else _FEWEST_UNNAMED):
        return
    points = [number.point for number in known]
    spread = max(points) - min(points)
    if not spread:
        return
    whole = False
    telling: list[Outcome] = []
    for place, candidate in enumerate(_candidates(target, what, matrix, by_row=by_row), 1):
        outcome = tried(candidate, target, matrix, spread, local=by_row)
        if outcome is None or len(outcome.fits) < _FEWEST_FITS:
            continue
        whole |= not outcome.misfits
        if _is_beyond_chance(outcome, what, place):
            telling.append(outcome)
    if not telling:
        return
    best = max(telling, key=lambda outcome: outcome.share)
    involved = frozenset({target.place, *(each.place for each in _sources(best.candidate))})
    if involved in explained:
        return
    explained.add(involved)
    if whole:
        if what.named and not best.misfits:
            _edges(target, best, docket, by_row=by_row)
        return
    rivals = [outcome for outcome in telling if len(outcome.misfits) == len(best.misfits)]
    if any(set(outcome.misfits) != set(best.misfits) for outcome in rivals):
        return
    for position in best.misfits:
        _accuse(target, best, position, docket, by_row=by_row)


def _is_beyond_chance(outcome: Outcome, what: Wanted, place: int) -> bool:
    """Whether the fits outweigh the number of likelier formulas and of ways to choose the misfits."""
    fits, misfits = len(outcome.fits), len(outcome.misfits)
    if outcome.telling < (_FEWEST_FITS if what.named else _FEWEST_UNNAMED - 1) or fits < 3 * misfits:
        return False
    if not what.named and misfits > 1 + (fits + misfits) // 10:
        return False
    price = place.bit_length() + misfits * (fits + misfits).bit_length()
    return outcome.bits >= price + (_BITS_NAMED if what.named else _BITS_UNNAMED)


def _sources(candidate: Candidate) -> tuple[Series, ...]:
    return candidate.addends if isinstance(candidate, Run) else (candidate.left, candidate.right)


def _candidates(target: Series, what: Wanted, matrix: Matrix, *, by_row: bool) -> Iterator[Candidate]:
    """The formulas to try, from the likeliest on."""
    others = [series for series in matrix.series if series is not target and not series.second]
    near = others
    if not what.named:
        near = [series for series in others if target.place - _NEAR <= series.place < target.place]
    elif len(others) > _MOST_SOURCES:
        near = sorted(others, key=lambda series: (abs(series.place - target.place), series.place))[:_MOST_SOURCES]
    if target.second:
        near = [series for series in others if series.place == target.place]
        yield from chain.from_iterable(along(what.hows, series, matrix, ()) for series in near)
        return
    yield from across(what.hows, near)
    if what.along and not by_row:
        yield from chain.from_iterable(along(what.hows, series, matrix, _bases(target, series)) for series in near)
    if what.sums or what.means:
        yield from runs(target.place, others if what.named else near, sums=what.sums, means=what.means)


def _bases(target: Series, source: Series) -> list[int]:
    """The rows, other than the ends, that a target marks as its baseline by saying nothing, one or zero."""
    marked = [
        position
        for position, value in enumerate(target.values)
        if source.values[position] is not None and (value is None or value.point in {0, 1, 100})
    ]
    return [position for position in marked if 0 < position < len(target.values) - 1][:3]


def _accuse(target: Series, outcome: Outcome, position: int, docket: Docket, *, by_row: bool) -> None:
    value, candidate = target.values[position], outcome.candidate
    if value is None or (by_row and isinstance(candidate, Run) and not _is_alike(target, outcome, position)):
        return
    if isinstance(candidate, Pair) and (
        (not by_row and frames(value.entry.row_label)) or _has_other_base(candidate, position, value)
    ):
        return
    leaves = [docket.leaf(each) for each in candidate.values(position)]
    stated = docket.leaf(value)
    turned = Compare(Scaled(candidate.term(leaves), Fraction(-1)), Relation.AGREES, stated)
    if _GAINS.search(target.name) and evaluate(turned).verdict == SUPPORTED:
        return  # the rise of one row and the fall of another are improvements both
    usual = Compare(candidate.term(leaves), Relation.AGREES, stated)
    formula: Formula = Readings((usual,), tuple(_hints(candidate, leaves, stated)))
    total = isinstance(candidate, Run)
    docket.accuse(
        Finding(
            "total" if total else "derived-column",
            formula,
            value.entry.span,
            _about(target, outcome, by_row=by_row),
            "magnitude",
        )
    )


_GAINS = re.compile(
    r"\b(?:improv\w*|gain\w*|better|benefit\w*|sav(?:ed|ings?)|speed-?ups?|wins?|progress)\b", re.IGNORECASE
)


def _has_other_base(pair: Pair, position: int, value: Value) -> bool:
    """Whether a number that is not that of the base to its own row is that of another row to it: "tuned" to "plain"."""
    if pair.left is not pair.right:
        return False
    fixed_left = len(set(pair.left_at)) == 1
    if not fixed_left and len(set(pair.right_at)) > 1:
        return False
    own = (pair.right_at if fixed_left else pair.left_at)[position]
    mine = None if own is None else pair.left.values[own]
    for place, other in enumerate(pair.left.values):
        if mine is None or other is None or place == own or mine.point == 0 or other.point == 0:
            continue
        operands = (other, mine) if fixed_left else (mine, other)
        left, right = (Given(each.interval, "", "", ()) for each in operands)
        stated = Given(value.interval, "", "", ())
        if evaluate(Compare(pair.how.term(left, right), Relation.AGREES, stated)).verdict == SUPPORTED:
            return True
    return False


def _about(target: Series, outcome: Outcome, *, by_row: bool) -> str:
    """What holds elsewhere."""
    count, places = len(outcome.fits) + len(outcome.misfits), "columns" if by_row else "rows"
    return f"{target.name}: {outcome.candidate.words}, as in {len(outcome.fits)} of {count} {places}"


def _hints(candidate: Candidate, leaves: Sequence[Given], stated: Given) -> Iterator[Noted]:
    """Readings that are not the table's, each with what it would mean if the number fitted it."""
    if isinstance(candidate, Run):
        return
    left, right = leaves
    readings: list[tuple[Term, str]]
    points = "points-not-percent: the number is the difference itself"
    base = "wrong-base: the number is the change as a percentage of the other value"
    match candidate.how:
        case How.CHANGE:
            readings = [(Scaled(PercentChange(right, left), Fraction(-1)), base), (Difference(left, right), points)]
        case How.CUT:
            readings = [(PercentChange(right, left), base), (Difference(right, left), points)]
        case How.DIFFERENCE:
            percent = "percent-not-points: the number is the change in percent"
            sign = "wrong-sign: the number is the difference the other way round"
            readings = [(Difference(right, left), sign), (PercentChange(left, right), percent)]
        case _:
            readings = [(candidate.how.term(right, left), WRONG_WAY_ROUND)]
    for term, note in readings:
        yield Noted(Compare(term, Relation.AGREES, stated), note)


def _edges(target: Series, outcome: Outcome, docket: Docket, *, by_row: bool) -> None:
    """The one cell that only rounding at its very edge could explain, where the others follow the printed numbers.

    Where every other cell prints what the printed numbers give, a cell that is off by units of its last digit is no
    matter of rounding, unless all its operands lie in the last tenth of what rounds to them.
    """
    suspects = []
    for position in outcome.fits:
        value, printed = target.values[position], outcome.candidate.printed(position)
        if value is not None and printed is not None and abs(printed - value.point) * 2 > value.grain:
            suspects.append((position, value, printed))
    if len(suspects) != 1 or outcome.telling - 1 < _FEWEST_FITS:
        return
    position, value, printed = suspects[0]
    if abs(printed - value.point) < 2 * value.grain or _chances(target, outcome, position) < _FEWEST_CHANCES:
        return
    leaves = [docket.leaf(each, _narrowed(each.interval)) for each in outcome.candidate.values(position)]
    compared = Compare(outcome.candidate.term(leaves), Relation.AGREES, docket.leaf(value))
    note = (
        "rounding-at-the-edge: only if every number here was rounded at its very edge could this one be right; "
        "all others in the series follow from the numbers as printed"
    )
    about = _about(target, outcome, by_row=by_row)
    docket.accuse(Finding("derived-column", Noted(compared, note), value.entry.span, about, "magnitude"))


def _chances(target: Series, outcome: Outcome, but: int) -> Fraction:
    """One in how many series computed from unrounded numbers would still print what the printed ones give."""
    chances = Fraction(1)
    for position in outcome.fits:
        value = target.values[position]
        if value is None or position == but:
            continue
        leaves = [Given(each.interval, "", "", ()) for each in outcome.candidate.values(position)]
        computed = interval_of(outcome.candidate.term(leaves))
        if computed.low is not None and computed.high is not None:
            reach = (computed.high - computed.low) / value.grain
            chances *= 1 / (1 - reach / 4) if reach < 1 else max(reach, Fraction(4, 3))
    return chances


def _narrowed(interval: Interval) -> Interval:
    """The middle nine tenths of an interval."""
    middle = interval.middle
    reach = _NARROW * (middle - (middle if interval.low is None else interval.low))
    return Interval(middle - reach, middle + reach, True, True)


def _is_alike(target: Series, outcome: Outcome, position: int) -> bool:
    """Whether a position of a total is of the kind of those that fit: a rate among counts is no sum."""
    value, addends = target.values[position], outcome.candidate.values(position)
    if value is None:
        return False
    points = [each.point for each in addends]
    inside = min(points) <= value.point <= max(points)
    if inside is not (isinstance(outcome.candidate, Run) and outcome.candidate.mean):
        return False
    kinds = {_kind(other) for place in outcome.fits if (other := target.values[place]) is not None}
    return kinds == {_kind(value)}


def _kind(value: Value) -> tuple[str, bool]:
    quantity = value.entry.quantity
    unit = None if quantity is None else quantity.unit
    return "" if unit is None else unit.name, value.grain >= 1
