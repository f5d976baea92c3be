"""evaluation: the one evaluator; verdict, computation, evidence and margin come from one trace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

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
    Witness,
)
from auditor.exact.interval import Interval, exactly
from auditor.exact.numeral import show
from auditor.exact.verdict import (
    CONTRADICTED,
    SUPPORTED,
    Reason,
    all_of,
    any_of,
    count_of,
    not_,
    unverifiable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from auditor.exact.expression import Formula, Term
    from auditor.exact.verdict import Verdict

HUNDRED = Fraction(100)
MOST_SHOWN = 3
"""How many parts of a longer formula are written out."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a formula was judged."""

    verdict: Verdict
    text: str
    """The computation as one line."""
    leaves: tuple[Given | Stated | Witness, ...] = ()
    """What the verdict rests on, in the order of the computation."""
    margin: str = ""
    """What would have to change for the verdict to flip."""
    gap: Fraction | None = None
    """How far from flipping, relative to the larger side; None where that has no meaning."""
    notes: tuple[str, ...] = ()


class _UnknownError(Exception):
    """A term without a value."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text


def evaluate(formula: Formula) -> Trace:
    """Judge a formula."""
    match formula:
        case Compare():
            return _compare(formula)
        case All(parts):
            traces = [evaluate(part) for part in parts]
            return _joined(traces, all_of(trace.verdict for trace in traces), decisive=CONTRADICTED)
        case Some(parts):
            traces = [evaluate(part) for part in parts]
            return _joined(traces, any_of(trace.verdict for trace in traces), decisive=SUPPORTED)
        case Tally(parts, least, most):
            return _tally([evaluate(part) for part in parts], least, most)
        case Agree(parts):
            return _agree([evaluate(part) for part in parts])
        case Not(part):
            trace = evaluate(part)
            return replace(trace, verdict=not_(trace.verdict))
        case Noted(part, note, only_if):
            trace = evaluate(part)
            applies = not only_if or trace.verdict.name == only_if
            return replace(trace, notes=(*trace.notes, note)) if applies else trace
        case Readings():
            return _readings(formula)
        case Settled(verdict, text, witnesses):
            return Trace(verdict, text, witnesses)
        case _:
            assert_never(formula)


# -- terms ---------------------------------------------------------------------------------------


def interval_of(term: Term) -> Interval:
    """Every number that the term can be; raises where a value is missing or a divisor may be zero."""
    match term:
        case Given(interval=interval) | Stated(interval=interval):
            return interval
        case Absent(label, reason):
            raise _UnknownError(reason, f"no value for {label}" if reason == Reason.MISSING_VALUE else label)
        case Difference(left, right):
            return interval_of(left) - interval_of(right)
        case Ratio(left, right):
            return _quotient(interval_of(left), interval_of(right))
        case PercentChange(new, old):
            return (_quotient(interval_of(new), interval_of(old)) - exactly(1)).scaled(HUNDRED)
        case Share(part, rest):
            others = _total(interval_of(term) for term in rest)
            return _quotient(exactly(1), exactly(1) + _quotient(others, interval_of(part))).scaled(HUNDRED)
        case Complement(whole, part):
            return exactly(whole) - interval_of(part)
        case Magnitude(of):
            return abs(interval_of(of))
        case Scaled(of, factor):
            return interval_of(of).scaled(factor)
        case Over(aggregate, terms):
            return _AGGREGATES[aggregate]([interval_of(term) for term in terms])
        case _:
            assert_never(term)


def _quotient(over: Interval, under: Interval) -> Interval:
    try:
        return over / under
    except ZeroDivisionError as error:
        raise _UnknownError(Reason.UNDEFINED, "the divisor may be zero") from error


def _total(intervals: Iterable[Interval]) -> Interval:
    total = exactly(0)
    for interval in intervals:
        total += interval
    return total


def _mean(intervals: Sequence[Interval]) -> Interval:
    return _total(intervals).scaled(Fraction(1, len(intervals)))


def _extreme(pick: Callable[..., tuple[Fraction, bool]], intervals: Sequence[Interval], *, upper: bool) -> Interval:
    """Minimum or maximum: it is monotone in each value, so its ends are those of the ends."""
    lows = [(interval.low or Fraction(0), interval.low_closed) for interval in intervals]
    highs = [(interval.high or Fraction(0), interval.high_closed) for interval in intervals]
    low, high = pick(lows, key=lambda end: end[0])[0], pick(highs, key=lambda end: end[0])[0]
    low_flags = [closed for end, closed in lows if end == low]
    high_flags = [closed for end, closed in highs if end == high]
    return Interval(
        low, high, all(low_flags) if upper else any(low_flags), any(high_flags) if upper else all(high_flags)
    )


def _median(intervals: Sequence[Interval]) -> Interval:
    """Monotone in each value too; ends are counted as attained, which can only widen it."""
    lows = sorted(interval.low or Fraction(0) for interval in intervals)
    highs = sorted(interval.high or Fraction(0) for interval in intervals)
    half = len(intervals) // 2
    if len(intervals) % 2:
        return Interval(lows[half], highs[half], True, True)
    return Interval((lows[half - 1] + lows[half]) / 2, (highs[half - 1] + highs[half]) / 2, True, True)


def _spread(intervals: Sequence[Interval]) -> Interval:
    """Maximum less minimum; never below zero, and exact where all values are."""
    lows = [interval.low or Fraction(0) for interval in intervals]
    highs = [interval.high or Fraction(0) for interval in intervals]
    return Interval(max(Fraction(0), max(lows) - min(highs)), max(highs) - min(lows), True, True)


_AGGREGATES: dict[Aggregate, Callable[[Sequence[Interval]], Interval]] = {
    Aggregate.SUM: _total,
    Aggregate.MEAN: _mean,
    Aggregate.MEDIAN: _median,
    Aggregate.MINIMUM: lambda intervals: _extreme(min, intervals, upper=False),
    Aggregate.MAXIMUM: lambda intervals: _extreme(max, intervals, upper=True),
    Aggregate.RANGE: _spread,
}


def _leaves(term: Term) -> tuple[Given | Stated, ...]:
    match term:
        case Given() | Stated():
            return (term,)
        case Absent():
            return ()
        case Difference(left, right) | Ratio(left, right) | PercentChange(left, right):
            return (*_leaves(left), *_leaves(right))
        case Share(part, rest):
            return (*_leaves(part), *(leaf for term in rest for leaf in _leaves(term)))
        case Complement(_, part):
            return _leaves(part)
        case Magnitude(of) | Scaled(of, _):
            return _leaves(of)
        case Over(_, terms):
            return tuple(leaf for term in terms for leaf in _leaves(term))
        case _:
            assert_never(term)


def _name(term: Term) -> str:
    """The term in words and numbers, without its value."""
    match term:
        case Given(label=label, written=written):
            return f"{label} {written}"
        case Absent(label):
            return label
        case Stated(written=written):
            return f"the stated {written}"
        case Difference(left, right):
            return f"{_name(left)} − {_name(right)}"
        case Ratio(left, right):
            return f"{_name(left)} / {_name(right)}"
        case PercentChange(new, old):
            return f"change from {_name(old)} to {_name(new)}"
        case Share(part, rest):
            return f"{_name(part)} as a share of {_list([part, *rest])}"
        case Complement(whole, part):
            return f"{show(whole)} − {_name(part)}"
        case Magnitude(Difference(left, right)):
            return f"gap between {_name(left)} and {_name(right)}"
        case Magnitude(of):
            return f"size of {_name(of)}"
        case Scaled(of, factor):
            return f"{show(factor)} × {_name(of)}"
        case Over(aggregate, terms):
            return f"{aggregate.value} of {_list(terms)}"
        case _:
            assert_never(term)


def _list(terms: Sequence[Term]) -> str:
    names = [_name(term) for term in terms]
    if len(names) > MOST_SHOWN + 1:
        names = [*names[:MOST_SHOWN], f"{len(names) - MOST_SHOWN} more"]
    return ", ".join(names)


def _valued(term: Term, interval: Interval) -> str:
    """The term with what it comes to."""
    if isinstance(term, Given | Stated | Absent):
        return _name(term)
    unit = " %" if isinstance(term, PercentChange | Share) else ""
    return f"{_name(term)} = {show(interval.middle)}{unit}"


# -- comparisons ---------------------------------------------------------------------------------


def _compare(formula: Compare) -> Trace:
    try:
        left, right = interval_of(formula.left), interval_of(formula.right)
        scale = None if formula.scale is None else interval_of(formula.scale)
    except _UnknownError as error:
        return Trace(unverifiable(error.reason), error.text, (*_leaves(formula.left), *_leaves(formula.right)))
    verdict = _relate(left, formula.relation, right, formula.tolerance, scale)
    notes = [leaf.note for leaf in _leaves(formula.right) if isinstance(leaf, Stated) and leaf.note]
    if formula.relation is Relation.AGREES and verdict == SUPPORTED:
        stated = formula.right.printed if isinstance(formula.right, Stated) else None
        if left.middle not in (stated or right) and not (notes and left.middle in right):
            notes.append("rounding-only: the printed numbers allow the stated one, their middles do not give it")
    return Trace(
        verdict,
        f"{_valued(formula.left, left)} {_sign(formula.relation, left, right)} {_valued(formula.right, right)}",
        (*_leaves(formula.left), *_leaves(formula.right)),
        _margin(formula, left, right, verdict),
        _gap(left, right),
        tuple(notes),
    )


def _relate(
    left: Interval, relation: Relation, right: Interval, tolerance: Fraction | None, scale: Interval | None
) -> Verdict:
    """The verdict of one comparison; the rules for touching and equal intervals are those of the design."""
    above, below = left.is_above(right), right.is_above(left)
    same = left.is_exact and right.is_exact and left.low == right.low
    match relation:
        case Relation.GREATER:
            return SUPPORTED if above else CONTRADICTED if below or same else unverifiable(Reason.TIE_AT_PRECISION)
        case Relation.LESS:
            return SUPPORTED if below else CONTRADICTED if above or same else unverifiable(Reason.TIE_AT_PRECISION)
        case Relation.AT_LEAST:
            return SUPPORTED if above or same else CONTRADICTED if below else unverifiable(Reason.TIE_AT_PRECISION)
        case Relation.AT_MOST:
            return SUPPORTED if below or same else CONTRADICTED if above else unverifiable(Reason.TIE_AT_PRECISION)
        case Relation.EQUAL:
            return CONTRADICTED if above or below else SUPPORTED
        case Relation.DIFFERENT:
            return SUPPORTED if above or below else CONTRADICTED if same else unverifiable(Reason.TIE_AT_PRECISION)
        case Relation.AGREES:
            return SUPPORTED if left.meets(right) else CONTRADICTED
        case Relation.NOT_BELOW:
            return CONTRADICTED if below else SUPPORTED
        case Relation.NOT_ABOVE:
            return CONTRADICTED if above else SUPPORTED
        case Relation.SIMILAR:
            return _similar(left, right, tolerance or Fraction(1, 20), scale)
        case _:
            assert_never(relation)


def _similar(left: Interval, right: Interval, tolerance: Fraction, scale: Interval | None) -> Verdict:
    gap = abs(left - right)
    base = scale or _extreme(max, [abs(left), abs(right)], upper=True)
    if left == right or (gap.high or 0) <= tolerance * (base.low or 0):
        return SUPPORTED
    return CONTRADICTED if (gap.low or 0) > 2 * tolerance * (base.high or 0) else unverifiable(Reason.WITHIN_TOLERANCE)


def _sign(relation: Relation, left: Interval, right: Interval) -> str:
    """How the two sides really stand, whatever was claimed."""
    if relation is Relation.AGREES:
        return "agrees with" if left.meets(right) else "against"
    if left.is_above(right):
        return ">"
    if right.is_above(left):
        return "<"
    return "=" if left == right else "≈"


def _gap(left: Interval, right: Interval) -> Fraction:
    size = max(abs(left.middle), abs(right.middle))
    return abs(left.middle - right.middle) / size if size else Fraction(0)


def _margin(formula: Compare, left: Interval, right: Interval, verdict: Verdict) -> str:
    """The change of the left side, or of the stated number, that flips the verdict."""
    if verdict.reason is not None:
        return ""
    here, there = _short(formula.left), _bound(formula.right, right)
    stated = formula.left.written if isinstance(formula.left, Given) else show(left.middle)
    what = "stated" if isinstance(formula.left, Given) else "computed"
    relation = formula.relation
    if relation in (Relation.AGREES, Relation.SIMILAR):
        if not isinstance(formula.right, Stated):
            return f"{here} is {stated}, {_short(formula.right)} is {there}"
        low, high = formula.right.interval.low, formula.right.interval.high
        reach = " to ".join("any" if end is None else show(end) for end in (low, high))
        holds = "holds" if verdict == SUPPORTED else "would hold"
        return f"{holds} for {reach}; {what} {stated}"
    flipped = _FLIPPED[relation] if verdict == SUPPORTED else _HELD.get(relation, relation.value)
    return f"flips if {here} {flipped} {there}; {what} {stated}"


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
_HELD = {Relation.NOT_BELOW: "≥", Relation.NOT_ABOVE: "≤"}


def _short(term: Term) -> str:
    """The term named without its numbers where it is one value, with them where it is computed."""
    return term.label if isinstance(term, Given | Absent) else _name(term)


def _bound(term: Term, interval: Interval) -> str:
    return term.written if isinstance(term, Given | Stated) else show(interval.middle)


# -- joined formulas -----------------------------------------------------------------------------


def _joined(traces: Sequence[Trace], verdict: Verdict, *, decisive: Verdict) -> Trace:
    """All or Some: one decisive part settles it; otherwise every part had to be looked at."""
    if not traces:
        return Trace(verdict, "nothing to compare")
    if verdict == decisive:
        settling = [trace for trace in traces if trace.verdict == decisive]
        clearest = max(settling, key=lambda trace: trace.gap or Fraction(0))
        more = len(settling) - 1
        text = f"{clearest.text} (and {more} more of {len(traces)})" if more else clearest.text
        margin = clearest.margin if not more else f"{clearest.margin}; {more} more would have to change too"
        return replace(clearest, text=text, margin=margin)
    if verdict.reason is not None:
        return _undecided(traces, verdict)
    nearest = min(traces, key=lambda trace: (trace.gap is None, trace.gap or Fraction(0)))
    return Trace(
        verdict,
        _texts(traces),
        _merged(traces),
        nearest.margin,
        nearest.gap,
        _unique(n for t in traces for n in t.notes),
    )


def _undecided(traces: Sequence[Trace], verdict: Verdict) -> Trace:
    """What is missing or tied, then how far the known parts go."""
    open_ = [trace for trace in traces if trace.verdict.reason is not None]
    telling = [trace for trace in open_ if trace.verdict == verdict]
    known = [trace for trace in traces if trace.verdict.reason is None]
    text = _texts(telling)
    if known:
        text += f" (the other {len(known)} of {len(traces)} can be judged)"
    return Trace(verdict, text, _merged([*telling, *known]), notes=_unique(n for t in telling for n in t.notes))


def _tally(traces: Sequence[Trace], least: int, most: int) -> Trace:
    verdict = count_of((trace.verdict for trace in traces), least, most)
    holding = [trace for trace in traces if trace.verdict == SUPPORTED]
    failing = [trace for trace in traces if trace.verdict == CONTRADICTED]
    wanted = str(least) if least == most else f"at most {most}" if least == 0 else f"at least {least}"
    if most >= len(traces):
        wanted = f"at least {least}"
    if verdict.reason is not None:
        return replace(
            _undecided(traces, verdict), text=f"{len(holding)} of {len(traces)} hold for certain, {wanted} claimed"
        )
    telling = holding if len(holding) > most or not failing else failing if len(holding) < least else traces
    text = f"{len(holding)} of {len(traces)} hold, {wanted} claimed: {_texts(telling)}"
    nearest = min(traces, key=lambda trace: (trace.gap is None, trace.gap or Fraction(0)), default=None)
    return Trace(verdict, text, _merged(telling), nearest.margin if nearest else "", nearest.gap if nearest else None)


def _agree(traces: Sequence[Trace]) -> Trace:
    verdicts = [trace.verdict for trace in traces]
    for settled in (SUPPORTED, CONTRADICTED):
        if all(verdict == settled for verdict in verdicts):
            return _joined(traces, settled, decisive=CONTRADICTED)
    if SUPPORTED in verdicts and CONTRADICTED in verdicts:
        return Trace(unverifiable(Reason.MIXED_EVIDENCE), _texts(traces), _merged(traces))
    return _undecided(traces, all_of(verdict for verdict in verdicts if verdict.reason is not None))


def _readings(formula: Readings) -> Trace:
    """The first accepted reading that holds; where none does, the usual one, with what would have fitted."""
    traces = [evaluate(part) for part in formula.accepted]
    verdict = any_of(trace.verdict for trace in traces)
    telling = next((trace for trace in traces if trace.verdict == verdict), traces[0])
    if verdict != CONTRADICTED:
        return telling
    fitting = [hint.note for hint in formula.hints if evaluate(hint.part).verdict == SUPPORTED]
    return replace(telling, notes=(*telling.notes, *fitting))


def _texts(traces: Sequence[Trace]) -> str:
    texts = _unique(trace.text for trace in traces)
    if len(texts) > MOST_SHOWN + 1:
        texts = (*texts[:MOST_SHOWN], f"and {len(texts) - MOST_SHOWN} more")
    return "; ".join(texts)


def _merged(traces: Sequence[Trace]) -> tuple[Given | Stated | Witness, ...]:
    return tuple(dict.fromkeys(leaf for trace in traces for leaf in trace.leaves))


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
