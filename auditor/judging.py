"""judging: from a placed claim to its judgement, through the guards and the evaluator."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.claim import THROUGHOUT, Unjudgeable
from auditor.completeness import Completeness
from auditor.conclusion import conclude
from auditor.degree import weighed
from auditor.direction import goes_by_polarity
from auditor.document import Span
from auditor.exact.evaluation import Trace, evaluate
from auditor.exact.expression import Given, Witness
from auditor.exact.numeral import parse_range
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.extraction import claim_kind
from auditor.guards import contradiction_doubts, description_doubt, difference_seen, doubts
from auditor.judgement import Evidence, Judgement, Severity
from auditor.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.claim import Claim, Selector
    from auditor.exact.expression import Formula
    from auditor.exact.numeral import Quantity
    from auditor.grounded import PlacedClaim, Reading


class Order(Struct, frozen=True):
    """An order stated in words, without numbers: evidence for other statements where numbers are missing."""

    number: int
    """The claim that states it, by its place in the reading."""
    metric: str
    first: str
    second: str
    levels: tuple[tuple[str, frozenset[str]], ...]
    sign: int
    """+1 where the first has the greater number."""


class Judge:
    """Judges the claims of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._completeness = Completeness(reading)

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
            trace = self._in_words(number, trace)
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
        metric = self._main_metric(claim)
        found = self._doubts(claim, span)
        if trace.verdict == CONTRADICTED:
            found += contradiction_doubts(claim, passage)
            found += self._completeness_doubts(claim, metric, trace)
            sort = description_doubt(claim, passage, self._reading.names, self._reading.facts.describing)
            seen = difference_seen(claim, passage, {leaf.written for leaf in trace.leaves if isinstance(leaf, Given)})
            found += [doubt for doubt in (sort, seen, self._of_its_sort(claim, span)) if doubt is not None]
        if not found:
            return trace
        text = f"{found[0]}; as read: {trace.text}"
        return Trace(unverifiable(Reason.READING_IN_DOUBT), text, trace.leaves, notes=trace.notes)

    def _of_its_sort(self, claim: Claim, span: Span) -> str | None:
        """Whether a first place is one among the things of its own sort, which "the best open one" may speak of."""
        if claim_kind(claim) != "superlative" or not self._reading.facts.describing:
            return None
        refuted = self._trace(claim, span, by_sort=True)[1].verdict == CONTRADICTED
        return None if refuted else "nothing of its own sort comes before it"

    def _doubts(self, claim: Claim, span: Span | None) -> list[str]:
        """What in the words of the passage speaks against the reading."""
        if span is None:
            return []
        metric = self._main_metric(claim)
        known = None if metric is None else self._reading.facts.metrics[metric]
        polarity = "unknown" if known is None else known.better
        told = "" if known is None else f"{known.name} {known.unit or ''}"
        return doubts(claim, self._reading.passage(span), self._reading.names, polarity, told)

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

    def _main_metric(self, claim: Claim) -> str | None:
        reading = claim.reading()
        return self._metric(reading[0] if reading is not None else next(iter(claim.operands()), None))

    def _is_stated(self, span: Span, written: str) -> bool:
        """Whether a number, or each end of a range ("from 8.8 on the one side to 17.4 on the other"), is in a quote."""
        numbers, ends = self._reading.numbers, parse_range(written)
        if numbers.places(span, written):
            return True
        return ends is not None and all(numbers.places(span, end.written) for end in ends)

    def _metric(self, selector: Selector | None) -> str | None:
        if selector is None or selector.metric is None:
            return None
        return self._reading.names.metrics.meaning(selector.metric)

    def _polarity_notes(self, claim: Claim, span: Span, view: View) -> list[str]:
        """The polarity that the verdict rests on, and its ground: where the judge went by it, or the words do."""
        metrics = self._reading.facts.metrics
        used = list(view.polarity_used)
        reading = claim.reading()
        metric = None if reading is None else self._metric(reading[0])
        if metric is not None and metric not in used and goes_by_polarity(self._reading.passage(span)):
            used.append(metric)
        known = (metrics[name] for name in used if metrics[name].better in ("higher", "lower"))
        return [f"{metric.better} is better for {metric.name} ({metric.ground})" for metric in known]

    # -- orders in words ---------------------------------------------------------------------------

    @cached_property
    def _orders(self) -> Mapping[tuple[str, frozenset[str]], list[Order]]:
        """The orders that the document states in words alone, by metric and subjects, as it gives them."""
        found: dict[tuple[str, frozenset[str]], list[Order]] = defaultdict(list)
        for number, placed in sorted(enumerate(self._reading.claims), key=lambda claim: claim[1].span or (0, 0)):
            order = self._order(number, placed)
            if order is None or not self._is_stated_in_words_only(order.metric):
                continue
            if not self._doubts(placed.claim, placed.span):
                found[order.metric, frozenset({order.first, order.second})].append(order)
        return found

    def _order(self, number: int, placed: PlacedClaim) -> Order | None:
        """What a claim says of two named subjects without a number, if it says that."""
        reading = placed.claim.reading()
        if placed.span is None or reading is None or reading[2] is None or placed.claim.stated_numbers():
            return None
        first, direction, second = reading[0], reading[1], reading[2]
        metric = self._metric(first if first.metric is not None else second)
        names = self._reading.names
        subjects = [
            names.subjects.meaning(selector.subjects[0]) if len(selector.subjects) == 1 else None
            for selector in (first, second)
        ]
        if metric is None or subjects[0] is None or subjects[1] is None or subjects[0] == subjects[1]:
            return None
        better = self._reading.facts.metrics[metric].better
        sign = {"greater": 1, "less": -1}.get(direction, 0)
        if direction in ("better", "worse") and better in ("higher", "lower"):
            sign = 1 if (direction == "better") is (better == "higher") else -1
        levels = _level_sets(first, self._reading)
        if sign == 0 or levels is None or levels != _level_sets(second, self._reading):
            return None
        return Order(number, self._reading.facts.canonical(metric), subjects[0], subjects[1], levels, sign)

    def _is_stated_in_words_only(self, metric: str) -> bool:
        """Whether the document gives no number of the metric; one that the reading lost would outrank the words."""
        reading = self._reading
        if not reading.extraction.values and any(numeral.quantity is not None for numeral in reading.numbers.numerals):
            return False
        return metric not in self._measured

    @cached_property
    def _measured(self) -> frozenset[str]:
        """The metrics that values were read for, whether they were borne out or not."""
        reading = self._reading
        read = {reading.names.metrics.meaning(value.metric) for value in reading.extraction.values}
        canonical = (reading.facts.canonical(name) for name in read if name is not None)
        return frozenset((*reading.facts.measured(), *canonical))

    def _in_words(self, number: int, trace: Trace) -> Trace:
        """What other statements say in words where numbers are missing."""
        mine = self._order(number, self._reading.claims[number])
        if mine is None:
            return trace
        place = self._reading.claims[number].span
        support, against, witnesses = 0, 0, []
        for order in self._orders.get((mine.metric, frozenset({mine.first, mine.second})), ()):
            other = self._reading.claims[order.number]
            if order.number == number or other.span is None or place is None or other.span.overlaps(place):
                continue
            if not _speaks_of(order.levels, mine.levels):
                continue
            sign = order.sign if order.first == mine.first else -order.sign
            if sign == mine.sign:
                support += 1
            elif order.levels == mine.levels:
                against += 1
            else:
                continue
            witnesses.append(Witness("stated in words", other.claim.quote, order.number))
        text = f"no numbers; {support} other passage{'s' * (support != 1)} in words agree, {against} disagree"
        if support and against:
            return Trace(unverifiable(Reason.MIXED_EVIDENCE), text, tuple(witnesses))
        if support:
            return Trace(SUPPORTED, text, tuple(witnesses), notes=("rests on words alone: no numbers are stated",))
        return Trace(CONTRADICTED, text, tuple(witnesses[:1])) if against else trace


def _level_sets(selector: Selector, reading: Reading) -> tuple[tuple[str, frozenset[str]], ...] | None:
    """The levels a selector restricts, by dimension; None for one that names a point or an unknown level."""
    if selector.at not in (None, THROUGHOUT):
        return None
    levels: dict[str, set[str]] = {}
    for name in selector.levels:
        meanings = reading.names.level(name)
        if len(meanings) != 1:
            return None
        levels.setdefault(meanings[0][0], set()).add(meanings[0][1])
    return tuple(sorted((dimension, frozenset(chosen)) for dimension, chosen in levels.items()))


def _speaks_of(
    general: tuple[tuple[str, frozenset[str]], ...], special: tuple[tuple[str, frozenset[str]], ...]
) -> bool:
    """Whether two restrictions can mean the same case: on each dimension that both restrict, they share a level."""
    one, other = dict(general), dict(special)
    return all(one[dimension] & other[dimension] for dimension in one.keys() & other.keys())


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
