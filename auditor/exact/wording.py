"""wording: how terms and comparisons read: in words and numbers, as one line, and what would flip them.

Numbers are shown from fractions, never by way of floats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from auditor.exact.comparison import TOLERANCE, allowed_gap, base_of
from auditor.exact.expression import (
    Absent,
    Complement,
    Difference,
    Given,
    Magnitude,
    Over,
    PercentChange,
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
    from auditor.exact.verdict import Verdict

MOST_SHOWN = 3
"""How many parts of a longer list are written out."""
MOST_PLACES, MOST_DIGITS = 12, 20
"""Up to how many decimals and digits the end of a printed number is shown in full."""


def computation(formula: Compare, left: Interval, right: Interval) -> str:
    """The comparison as one line: both sides, and how they really stand."""
    return f"{_valued(formula.left, left)} {_sign(formula.relation, left, right)} {_valued(formula.right, right)}"


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


def _valued(term: Term, interval: Interval) -> str:
    """The term with what it comes to."""
    return _name(term) if _is_leaf(term) else f"{_name(term)} = {_amount(term, interval)}"


def _amount(term: Term, interval: Interval) -> str:
    """What a term comes to."""
    if interval.low is None and interval.high is None:
        return "any number"
    bound = "at most " if interval.low is None else "at least " if interval.high is None else ""
    return f"{bound}{show(interval.middle)}{' %' if _is_percent(term) else ''}"


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


# -- comparisons ---------------------------------------------------------------------------------


def _sign(relation: Relation, left: Interval, right: Interval) -> str:
    """How the two sides really stand, whatever was claimed."""
    if relation is Relation.AGREES:
        return "agrees with" if left.meets(right) else "against"
    if left.is_above(right):
        return ">"
    if right.is_above(left):
        return "<"
    return "=" if left == right else "≈"


def margin(formula: Compare, left: Interval, right: Interval, scale: Interval | None, verdict: Verdict) -> str:
    """What would flip the verdict; empty where it is open and where nothing would."""
    if verdict.reason is not None:
        return ""
    holds = verdict == SUPPORTED
    if formula.relation is Relation.SIMILAR:
        return f"flips if the gap is {_gap(formula, left, right, scale, holds=holds)}"
    if formula.relation is Relation.AGREES:
        reach = _reach(right, inside=not holds)
        here = _short(formula.left) if _is_leaf(formula.left) else "the result"
        return f"flips if {here} {reach}; {_now(formula.left, left)}" if reach else ""
    flipped = (_FLIPPED if holds else _HELD)[formula.relation]
    there = formula.right.written if isinstance(formula.right, Given | Stated) else _amount(formula.right, right)
    return f"flips if {_short(formula.left)} {flipped} {there}; {_now(formula.left, left)}"


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


def _gap(formula: Compare, left: Interval, right: Interval, scale: Interval | None, *, holds: bool) -> str:
    """The gap that two similar numbers may have, what it is a share of, and the gap that they have."""
    tolerance = TOLERANCE if formula.tolerance is None else formula.tolerance
    allowed = show(allowed_gap(left, right, tolerance, scale))
    share = f"{show(tolerance * HUNDRED)} % of {show(base_of(left, right, scale).middle)}"
    return f"{'above' if holds else 'at most'} {allowed} ({share}); it is {show(abs(left.middle - right.middle))}"


def _reach(interval: Interval, *, inside: bool) -> str:
    """That a number lies inside an interval, or outside; empty where that says nothing."""
    low = None if interval.low is None else _end(interval.low)
    high = None if interval.high is None else _end(interval.high)
    if low == high:
        return "" if low is None else f"{'=' if inside else '≠'} {low}"
    if low is None:
        return f"{'≤' if inside else '>'} {high}"
    if high is None:
        return f"{'≥' if inside else '<'} {low}"
    return f"is between {low} and {high}" if inside else f"is below {low} or above {high}"


def _end(number: Fraction) -> str:
    """The end of a printed number in full, since it has a digit more than the number."""
    return show(number, MOST_DIGITS if (number * 10**MOST_PLACES).denominator == 1 else 4)


def _is_leaf(term: Term) -> bool:
    return isinstance(term, Given | Absent | Stated)


def _short(term: Term) -> str:
    """The term named without its numbers where it is one value, with them where it is computed."""
    return term.label if isinstance(term, Given | Absent) else _name(term)


def _now(term: Term, interval: Interval) -> str:
    """What the term is as things stand."""
    return f"stated {term.written}" if isinstance(term, Given | Stated) else f"computed {_amount(term, interval)}"
