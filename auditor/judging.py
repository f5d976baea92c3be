"""judging: from a placed claim to its judgement, through the guards and the evaluator."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from auditor.claim import Unjudgeable
from auditor.completeness import Completeness
from auditor.conclusion import conclude
from auditor.degree import weighed
from auditor.document import Span
from auditor.exact.evaluation import Trace, evaluate
from auditor.exact.expression import WRONG_WAY_ROUND, Given, Witness
from auditor.exact.numeral import parse_range
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.extraction import claim_kind
from auditor.guards.claims import contradiction_doubts, description_doubt, difference_seen, doubts
from auditor.guards.direction import goes_by_polarity
from auditor.guards.scope import narrowed
from auditor.judgement import Evidence, Judgement, Severity
from auditor.lookup.view import View
from auditor.phrase import Phrase
from auditor.worded import Orders

if TYPE_CHECKING:
    from auditor.claim import Claim
    from auditor.exact.expression import Formula
    from auditor.exact.numeral import Quantity
    from auditor.grounded import Reading


class Judge:
    """Judges the claims of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._completeness = Completeness(reading)
        self._orders = Orders(reading, partial(_doubts, reading))

    def judge(self, number: int) -> Judgement:
        """The judgement of one claim, by its place in the reading."""
        placed = self._reading.claims[number]
        claim, span = placed.claim, placed.span
        kind = claim_kind(claim)
        if span is None:
            reason = Reason.QUOTE_NOT_FOUND
            return Judgement(kind, unverifiable(reason), claim.quote, None, computation=reason.meaning)
        view, trace = self._trace(claim, span)
        if trace.verdict == unverifiable(Reason.MISSING_VALUE):
            trace = self._orders.trace(number) or trace
        trace = self._guarded(claim, span, trace)
        trace, severity, about = weighed(claim, kind, view, trace, self._reading.passage(span))
        notes = (*trace.notes, *self._polarity_notes(claim, span, view))
        evidence = _evidence(self._reading, trace)
        return conclude(kind, trace, evidence, claim.quote, span, severity, notes, about=about)

    def _trace(self, claim: Claim, span: Span, *, by_sort: bool = False) -> tuple[View, Trace]:
        """The claim lowered and evaluated; what cannot be lowered says why."""
        reading = self._reading
        numbers = reading.numbers
        hidden: list[Span] = []
        for written in claim.stated_numbers():
            ends = parse_range(written)
            for part in (written, *(end.written for end in ends or ())):
                hidden.extend(numbers.places(span, part))

        def stated(written: str) -> Quantity | None:
            found = numbers.find(span, written)
            return found[0] if found is not None else None

        view = View(
            reading.facts,
            stated,
            claim.quote,
            lambda: reading.records,
            tuple(hidden),
            reading.tolerances,
            by_sort=by_sort,
        )
        try:
            missing = [written for written in claim.stated_numbers() if not self._is_stated(span, written)]
            if missing:
                text = f"{missing[0]!r} does not stand in the quote"
                return view, Trace(unverifiable(Reason.NUMBER_NOT_IN_QUOTE), text)
            view.lowered = claim.formula(view)
            return view, evaluate(reading.tolerances.applied(view.lowered))
        except Unjudgeable as error:
            return view, Trace(unverifiable(error.reason), error.text)

    def _guarded(self, claim: Claim, span: Span, trace: Trace) -> Trace:
        """The trace as it is, or in doubt where the words of the passage speak against the reading."""
        if trace.verdict.reason is not None:
            return trace
        passage = self._reading.passage(span)
        found = _doubts(self._reading, claim, span, either_way=_is_wrong_either_way(claim, trace))
        if trace.verdict == CONTRADICTED:
            found += contradiction_doubts(claim, passage)
            found += self._completeness_doubts(claim, _main_metric(self._reading, claim), trace)
            sort = description_doubt(claim, passage, self._reading.names, self._reading.facts.describing)
            seen = difference_seen(claim, passage, {leaf.written for leaf in trace.leaves if isinstance(leaf, Given)})
            special = (
                sort,
                seen,
                narrowed(claim, passage.quote, trace.leaves),
                self._of_its_sort(claim, span),
                self._of_several(claim, span),
            )
            found += [doubt for doubt in special if doubt is not None]
        if not found:
            return trace
        text = f"{found[0]}; as read: {trace.text}"
        return Trace(unverifiable(Reason.READING_IN_DOUBT), text, trace.leaves, notes=trace.notes)

    def _of_its_sort(self, claim: Claim, span: Span) -> str | None:
        """Whether a first place is one among the things of its own sort, which "the best open one" may speak of."""
        if claim_kind(claim) != "superlative" or self._reading.facts.describing == self._reading.facts.families:
            return None
        refuted = self._trace(claim, span, by_sort=True)[1].verdict == CONTRADICTED
        return None if refuted else "nothing of its own sort comes before it"

    def _of_several(self, claim: Claim, span: Span) -> str | None:
        """Whether its size is said of something else in the same breath, where it fits: "5 points lower on A and B"."""
        if claim_kind(claim) != "difference" or _EACH.search(claim.quote) is not None:
            return None
        for placed in self._reading.claims:
            other = placed.claim
            if placed.span is None or not placed.span.overlaps(span) or claim_kind(other) != "difference":
                continue
            if other != claim and _compared_in(claim) is not None and _said(other) == _said(claim):
                places = self._reading.numbers.places
                (size,) = claim.stated_numbers()
                is_one = set(places(span, size)) & set(places(placed.span, size))
                if is_one and self._trace(other, placed.span)[1].verdict == SUPPORTED:
                    return f"{size!r} is said of several, and fits another"
        return None

    def _completeness_doubts(self, claim: Claim, metric: str | None, trace: Trace) -> list[str]:
        facts = self._reading.facts
        if metric in self._reading.unitless and claim.stated_numbers():
            return [f"the unit of {metric} is not known"]
        evidence = [
            facts.mentions[source] for leaf in trace.leaves if isinstance(leaf, Given) for source in leaf.sources
        ]
        canonical = "" if metric is None else facts.canonical(metric)
        doubt = self._completeness.doubt(claim, claim_kind(claim), canonical, evidence)
        return [] if doubt is None else [doubt]

    def _is_stated(self, span: Span, written: str) -> bool:
        """Whether a number, or each end of a range ("from 8.8 on the one side to 17.4 on the other"), is in a quote."""
        numbers, ends = self._reading.numbers, parse_range(written)
        if numbers.places(span, written) or numbers.find(span, written) is not None:
            return True
        return ends is not None and all(numbers.places(span, end.written) for end in ends)

    def _polarity_notes(self, claim: Claim, span: Span, view: View) -> list[str]:
        """The polarity that the verdict rests on, and its ground: where the judge went by it, or the words do."""
        metrics = self._reading.facts.metrics
        used = list(view.polarity_used)
        reading = claim.reading()
        metric = None if reading is None else self._reading.metric_of(reading[0])
        if metric is not None and metric not in used and goes_by_polarity(self._reading.passage(span)):
            used.append(metric)
        known = (metrics[name] for name in used if metrics[name].better in ("higher", "lower"))
        return [f"{metric.better} is better for {metric.name} ({metric.ground})" for metric in known]


_EACH = Phrase(r"\b(?:each|both|all|every)\b")
"""What is said so of several is said of every one of them."""


def _is_wrong_either_way(claim: Claim, trace: Trace) -> bool:
    """Whether a factor is that of neither of the two things to the other."""
    is_factor = claim_kind(claim) == "difference" and claim.slot("relation") == "times"
    return is_factor and trace.verdict == CONTRADICTED and WRONG_WAY_ROUND not in trace.notes


def _doubts(reading: Reading, claim: Claim, span: Span | None, *, either_way: bool = False) -> list[str]:
    """What in the words of the passage speaks against what was read from it."""
    if span is None:
        return []
    metric = _main_metric(reading, claim)
    known = None if metric is None else reading.facts.metrics[metric]
    polarity = "unknown" if known is None else known.better
    told = "" if known is None else f"{known.name} {known.unit or ''}"
    return doubts(claim, reading.passage(span), reading.names, polarity, told, either_way=either_way)


def _main_metric(reading: Reading, claim: Claim) -> str | None:
    read = claim.reading()
    return reading.metric_of(read[0] if read is not None else next(iter(claim.operands()), None))


def _compared_in(claim: Claim) -> tuple[tuple[str, ...], str | None] | None:
    """The levels and the point at which a claim compares two things; None where those are what it compares."""
    left, right = claim.operands()
    here = left.levels, left.at
    return here if here == (right.levels, right.at) else None


def _said(claim: Claim) -> tuple[object, ...]:
    """What a claim says of a difference, wherever it says it."""
    sides = [(side.metric, side.subjects) for side in claim.operands()]
    sized = [claim.slot(name) for name in ("size", "relation", "measure")]
    return (*sides, *sized, _compared_in(claim) is None)


def _evidence(reading: Reading, trace: Trace) -> tuple[Evidence, ...]:
    found: dict[tuple[str, Span | None], Evidence] = {}
    for leaf in trace.leaves:
        match leaf:
            case Given(label=label, sources=sources):
                for source in sources[:2]:
                    mention = reading.facts.mentions[source]
                    written = reading.document.text[slice(*mention.span)]
                    found[label, mention.span] = Evidence(label, written, mention.span)
            case Witness(label, written, source, stands):
                cited = None if stands is None else Span(*stands)
                place = reading.claims[source].span if source >= 0 else cited
                found[label, place] = Evidence(label, written, place)
    return tuple(found.values())


def judge_formula(  # noqa: PLR0913  (what an implied claim is made of)
    reading: Reading, kind: str, formula: Formula, span: Span, severity: Severity, *, about: str
) -> Judgement:
    """The judgement of a claim that nobody states in words."""
    trace = evaluate(formula)
    quote = reading.document.text[slice(*span)]
    evidence = _evidence(reading, trace)
    return conclude(kind, trace, evidence, quote, span, severity, trace.notes, about=about, implied=True)
