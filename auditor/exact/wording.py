"""wording: how terms and comparisons read: in words and numbers, as one line, and what would flip them.

Numbers are shown from fractions, never by way of floats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from auditor.exact.comparison import allowance
from auditor.exact.expression import (
    Absent,
    Complement,
    Difference,
    Given,
    Leaf,
    Magnitude,
    Over,
    PercentChange,
    Printed,
    Ratio,
    Relation,
    Scaled,
    Share,
    Stated,
)
from auditor.exact.numeral import show
from auditor.exact.term import HUNDRED
from auditor.exact.verdict import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from auditor.exact.expression import Compare, Term
    from auditor.exact.interval import Interval
    from auditor.exact.term import Valued
    from auditor.exact.verdict import Verdict

MOST_SHOWN = 3
"""How many parts of a longer list are written out."""
MOST_PLACES, MOST_DIGITS = 12, 20
"""Up to how many decimals and digits the end of a printed number is shown in full."""


def computation(left: Valued, relation: Relation, right: Valued) -> str:
    """The comparison as one line: both sides, and how they really stand, whatever was claimed."""
    return f"{_equation(left)} {_sign(left.interval, relation, right.interval)} {_equation(right)}"


def _sign(left: Interval, relation: Relation, right: Interval) -> str:
    if relation is Relation.AGREES:
        return "agrees with" if left.meets(right) else "against"
    if left.is_above(right):
        return ">"
    if right.is_above(left):
        return "<"
    return "=" if left == right else "≈"


def listed(texts: Iterable[str]) -> str:
    """Some computations as one line, each once; of a longer list the first ones."""
    known = list(dict.fromkeys(texts))
    if len(known) > MOST_SHOWN + 1:
        known[MOST_SHOWN:] = [f"and {len(known) - MOST_SHOWN} more"]
    return "; ".join(known)


# -- terms ---------------------------------------------------------------------------------------


def _name(term: Term) -> str:  # noqa: C901, PLR0912  (one case a term)
    """The term in words and numbers, without its value."""
    match term:
        case Given(label=label, written=written):
            return f"{label} {written}"
        case Absent(label):
            return label
        case Stated(written=written):
            return f"the stated {written}"
        case Difference(left, right):
            return f"{_operand(left)} − {_operand(right)}"
        case Ratio(left, right):
            return f"{_operand(left)} / {_operand(right)}"
        case PercentChange(new, old):
            return f"change from {_operand(old)} to {_operand(new)}"
        case Share(part, rest):
            return f"{_operand(part)} as a share of {_list([part, *rest])}"
        case Complement(whole, part):
            return f"{show(whole)} − {_operand(part)}"
        case Magnitude(Difference(left, right)):
            return f"gap between {_operand(left)} and {_operand(right)}"
        case Magnitude(of):
            return f"size of {_operand(of)}"
        case Scaled(Ratio() as of, factor) if factor != -1:
            return f"{show(factor)} × {_name(of)}"
        case Scaled(of, factor):
            return f"−{_operand(of)}" if factor == -1 else f"{show(factor)} × {_operand(of)}"
        case Over(aggregate, terms):
            return f"{aggregate.value} of {_list(terms)}"
        case _:
            assert_never(term)


def _operand(term: Term) -> str:
    """The term as a part of another: what is computed stands in brackets."""
    return _name(term) if _is_leaf(term) else f"({_name(term)})"


def _list(terms: Sequence[Term]) -> str:
    names = [_operand(term) for term in terms]
    if len(names) > MOST_SHOWN + 1:
        names[MOST_SHOWN:] = [f"{len(names) - MOST_SHOWN} more"]
    return ", ".join(names)


def _equation(side: Valued) -> str:
    """The term with what it comes to."""
    return _name(side.term) if _is_leaf(side.term) else f"{_name(side.term)} = {_amount(side)}"


def _amount(side: Valued) -> str:
    """What a term comes to."""
    low, high = side.interval.low, side.interval.high
    if low is None and high is None:
        return "any number"
    bound = f"at most {show(high)}" if high is not None else ""
    if low is not None:
        bound = f"at least {show(low)}" if high is None else show(side.point)
    return bound + (" %" if _is_percent(side.term) else "")


def _is_percent(term: Term) -> bool:
    match term:
        case PercentChange() | Share():
            return True
        case Magnitude(of):
            return _is_percent(of)
        case Scaled(of, factor):
            return abs(factor) == 1 and _is_percent(of)
        case _:
            return False


# -- margins -------------------------------------------------------------------------------------


def margin(formula: Compare, left: Valued, right: Valued, scale: Valued | None, verdict: Verdict) -> str:
    """What would flip the verdict; empty where it is open and where nothing would."""
    if verdict.reason is not None:
        return ""
    holds = verdict == SUPPORTED
    if formula.relation is Relation.SIMILAR:
        return f"flips if the gap is {_gap(left, right, scale, formula.tolerance, holds=holds)}"
    if formula.relation is Relation.AGREES:
        reach = _reach(left, right.interval, inside=not holds)
        here = _short(left.term) if _is_leaf(left.term) else "the result"
        return f"flips if {here} {reach}; {_now(left)}" if reach else ""
    flipped = (_FLIPPED if holds else _HELD)[formula.relation]
    there = right.term.written if isinstance(right.term, Printed) else _amount(right)
    return f"flips if {_short(left.term)} {flipped} {there}; {_now(left)}"


_FLIPPED = {
    Relation.GREATER: "≤",
    Relation.LESS: "≥",
    Relation.AT_LEAST: "<",
    Relation.AT_MOST: ">",
    Relation.EQUAL: "≠",
    Relation.DIFFERENT: "=",
    Relation.NOT_BELOW: "<",
    Relation.NOT_ABOVE: ">",
}
_HELD = {
    Relation.GREATER: ">",
    Relation.LESS: "<",
    Relation.AT_LEAST: "≥",
    Relation.AT_MOST: "≤",
    Relation.EQUAL: "=",
    Relation.DIFFERENT: "≠",
    Relation.NOT_BELOW: "≥",
    Relation.NOT_ABOVE: "≤",
}


def _gap(left: Valued, right: Valued, scale: Valued | None, tolerance: Fraction | None, *, holds: bool) -> str:
    """The gap that two similar numbers may have, what it is a share of, and the gap that they have."""
    share, base = allowance(left, right, tolerance, scale)
    allowed = f"{show(share * base)} ({show(share * HUNDRED)} % of {show(base)})"
    return f"{'above' if holds else 'at most'} {allowed}; it is {show(abs(left.point - right.point))}"


def _reach(left: Valued, right: Interval, *, inside: bool) -> str:
    """Where a printed number agrees with an interval, or does not: its own rounding adds to the reach of that."""
    own = left.interval
    low = None if right.low is None or own.high is None else _end(right.low - own.high + left.point)
    high = None if right.high is None or own.low is None else _end(right.high - own.low + left.point)
    if low == high:
        return "" if low is None else f"{'=' if inside else '≠'} {low}"
    if low is None:
        return f"{'≤' if inside else '>'} {high}"
    if high is None:
        return f"{'≥' if inside else '<'} {low}"
    return f"is between {low} and {high}" if inside else f"is below {low} or above {high}"


def _end(number: Fraction) -> str:
    """The end of a printed number in full, since it has a digit more than the number."""
    return show(number, MOST_DIGITS if 10**MOST_PLACES % number.denominator == 0 else 4)


_ALONE = (Given, Absent, Stated)


def _is_leaf(term: Term) -> bool:
    return isinstance(term, _ALONE)


def _short(term: Term) -> str:
    """The term named without its numbers where it is one value, with them where it is computed."""
    return term.label if isinstance(term, Leaf) else _name(term)


def _now(side: Valued) -> str:
    """What a side is as things stand."""
    term = side.term
    return f"stated {term.written}" if isinstance(term, Printed) else f"computed {_amount(side)}"
