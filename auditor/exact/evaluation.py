"""evaluation: the one evaluator; verdict, computation, evidence and margin come from one trace."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.comparison import distance, relate
from auditor.exact.expression import (
    Agree,
    All,
    Compare,
    Given,
    Not,
    Noted,
    Readings,
    Relation,
    Settled,
    Some,
    Stated,
    Tally,
    Witness,
)
from auditor.exact.term import NoValue, interval_of, leaves, valued
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, all_of, any_of, count_of, not_, unverifiable
from auditor.exact.wording import computation, listed, margin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.exact.expression import Formula
    from auditor.exact.term import Valued
    from auditor.exact.verdict import Verdict

__all__ = ["Trace", "evaluate", "interval_of"]


class Compared(Struct, frozen=True, dict=True):
    """A decided comparison."""

    left: Valued
    relation: Relation
    right: Valued
    tolerance: Fraction | None
    scale: Valued | None

    @cached_property
    def gap(self) -> Fraction | None:
        """How far it is from flipping; found out when it is asked for, which only several comparisons do."""
        return distance(self.left, self.relation, self.right, self.tolerance, self.scale)


class Trace(Struct, frozen=True):
    """How a formula was judged."""

    verdict: Verdict
    text: str
    """The computation as one line."""
    leaves: tuple[Given | Stated | Witness, ...] = ()
    """What the verdict rests on, in the order of the computation."""
    margin: str = ""
    """What would have to change for the verdict to flip."""
    nearest: Compared | None = None
    """The comparison that is nearest to flipping; None where that has no meaning."""
    notes: tuple[str, ...] = ()

    @property
    def gap(self) -> Fraction | None:
        """How far from flipping, relative to the larger side; None where that has no meaning."""
        return None if self.nearest is None else self.nearest.gap


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
        case Settled(verdict, text, witnesses, values):
            return Trace(verdict, text, (*values, *witnesses))
        case _:
            assert_never(formula)


# -- comparisons ---------------------------------------------------------------------------------


def _compare(formula: Compare) -> Trace:
    evidence = tuple(dict.fromkeys((*leaves(formula.left), *leaves(formula.right))))
    if formula.scale is not None:
        evidence = tuple(dict.fromkeys((*evidence, *leaves(formula.scale))))
    relation, tolerance = formula.relation, formula.tolerance
    try:
        left, right = valued(formula.left), valued(formula.right)
        scale = None if formula.scale is None else valued(formula.scale)
    except NoValue as error:
        return Trace(unverifiable(error.reason), error.text, evidence)
    verdict = relate(left.interval, relation, right.interval, tolerance, None if scale is None else scale.interval)
    return Trace(
        verdict,
        computation(left, relation, right),
        evidence,
        margin(formula, left, right, scale, verdict),
        None if verdict.reason else Compared(left, relation, right, tolerance, scale),
        _notes(formula, left, right, verdict, evidence),
    )


def _notes(
    formula: Compare, left: Valued, right: Valued, verdict: Verdict, evidence: Iterable[Given | Stated]
) -> tuple[str, ...]:
    """How hedges were taken, and whether only rounding makes a recomputed number the stated one."""
    notes = tuple(dict.fromkeys([leaf.note for leaf in evidence if isinstance(leaf, Stated) and leaf.note]))
    if formula.relation is not Relation.AGREES or verdict != SUPPORTED:
        return notes
    printed = right.term.printed if isinstance(right.term, Stated) else None
    if left.point in (printed or right.interval) or (notes and left.point in right.interval):
        return notes
    return *notes, "rounding-only: the printed numbers allow the stated one, their middles do not give it"


# -- joined formulas -----------------------------------------------------------------------------


def _joined(traces: Sequence[Trace], verdict: Verdict, *, decisive: Verdict) -> Trace:
    """All or Some: one decisive part settles it; otherwise every part had to be looked at."""
    if not traces:
        return Trace(verdict, "nothing to compare")
    if verdict == decisive:
        settling = [trace for trace in traces if trace.verdict == decisive]
        clearest = max(settling, key=_clarity) if len(settling) > 1 else settling[0]
        more = len(settling) - 1
        text = f"{clearest.text} (and {more} more of {len(traces)})" if more else clearest.text
        return replace(clearest, text=text, margin=_with_more(clearest.margin, more))
    if verdict.reason is not None:
        return _undecided(traces, verdict)
    nearest = min(traces, key=_nearness) if len(traces) > 1 else traces[0]
    notes = _unique(note for trace in traces for note in trace.notes)
    return Trace(verdict, _texts(traces), _merged(traces), nearest.margin, nearest.nearest, notes)


def _nearness(trace: Trace) -> tuple[bool, Fraction]:
    """Sorts what is nearest to flipping first, and what nothing flips last."""
    return trace.gap is None, trace.gap or Fraction(0)


def _clarity(trace: Trace) -> tuple[bool, Fraction]:
    """Sorts what is farthest from flipping last, and what nothing flips first."""
    return trace.gap is not None, trace.gap or Fraction(0)


def _with_more(margin: str, more: int) -> str:
    return f"{margin}; {more} more would have to change too" if margin and more else margin


def _undecided(traces: Sequence[Trace], verdict: Verdict) -> Trace:
    """What is missing or tied, then how far the known parts go."""
    telling = [trace for trace in traces if trace.verdict == verdict]
    known = [trace for trace in traces if trace.verdict.reason is None]
    text = _texts(telling)
    if known:
        text += f" (the other {len(known)} of {len(traces)} can be judged)"
    return Trace(verdict, text, _merged([*telling, *known]), notes=_unique(n for t in telling for n in t.notes))


def _tally(traces: Sequence[Trace], least: int, most: int) -> Trace:
    verdict = count_of((trace.verdict for trace in traces), least, most)
    holding = [trace for trace in traces if trace.verdict == SUPPORTED]
    failing = [trace for trace in traces if trace.verdict == CONTRADICTED]
    possible = len(traces) - len(failing)
    counted = f"{len(holding)} of {len(traces)} hold"
    wanted = f"{_wanted(least, most, len(traces))} claimed"
    if verdict.reason is not None:
        open_ = [trace for trace in traces if trace.verdict == verdict]
        return replace(_undecided(traces, verdict), text=f"{counted} for certain, {wanted}: {_texts(open_)}")
    if verdict == SUPPORTED:
        telling = holding if most >= len(traces) else failing if least <= 0 else [*holding, *failing]
        changes = [(len(holding) - least + 1, holding), (most - possible + 1, failing)]
    elif len(holding) > most:
        telling, changes = holding, [(len(holding) - most, holding)]
    else:
        telling, changes = failing or holding, [(least - possible, failing)]
    margin, nearest = _cheapest(changes if least <= most else [])
    text = f"{counted}, {wanted}: {_texts(telling)}" if telling else f"{counted}, {wanted}"
    return Trace(verdict, text, _merged(telling), margin, nearest, _unique(n for t in telling for n in t.notes))


def _wanted(least: int, most: int, count: int) -> str:
    if most >= count and least > 0:
        return f"at least {least}"
    if least == most:
        return str(least)
    return f"at most {most}" if least <= 0 else f"{least} to {most}"


def _cheapest(changes: Sequence[tuple[int, Sequence[Trace]]]) -> tuple[str, Compared | None]:
    """Margin and last comparison of the way to flip a tally that takes the fewest parts, each given with how many it takes."""
    ways = [(count, sorted(pool, key=_nearness)) for count, pool in changes if 0 < count <= len(pool)]
    if not ways:
        return "", None
    count, pool = min(ways, key=lambda way: (way[0], _nearness(way[1][way[0] - 1])))
    return _with_more(pool[0].margin, count - 1), max(pool[:count], key=_clarity).nearest


def _agree(traces: Sequence[Trace]) -> Trace:
    verdicts = [trace.verdict for trace in traces]
    for settled in (SUPPORTED, CONTRADICTED):
        if all(verdict == settled for verdict in verdicts):
            return _joined(traces, settled, decisive=not_(settled))  # it rests on every part
    if SUPPORTED in verdicts and CONTRADICTED in verdicts:
        return Trace(unverifiable(Reason.MIXED_EVIDENCE), _texts(traces), _merged(traces))
    return _undecided(traces, all_of(verdict for verdict in verdicts if verdict.reason is not None))


def _readings(formula: Readings) -> Trace:
    """The first accepted reading that holds; where none does, the usual one, with what would have fitted."""
    traces = [evaluate(part) for part in formula.accepted]
    verdict = any_of(trace.verdict for trace in traces)
    telling = next((trace for trace in traces if trace.verdict == verdict), None)
    if telling is None:
        return _joined(traces, verdict, decisive=SUPPORTED)
    if verdict != CONTRADICTED:
        return telling
    fitting = [hint.note for hint in formula.hints if evaluate(hint.part).verdict == SUPPORTED]
    return replace(telling, notes=(*telling.notes, *fitting))


def _texts(traces: Iterable[Trace]) -> str:
    return listed(trace.text for trace in traces)


def _merged(traces: Iterable[Trace]) -> tuple[Given | Stated | Witness, ...]:
    return tuple(dict.fromkeys(leaf for trace in traces for leaf in trace.leaves))


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
