"""view: the facts as one claim sees them.

Each lookup of `auditor.claim.Table` has its own module; the view hands each of them
what it needs of the facts, and answers the short questions itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from auditor.claim import Unjudgeable
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Agree, Relation, Some, Stated, unknown
from auditor.exact.interval import exactly
from auditor.exact.numeral import parse_quantity
from auditor.exact.tolerance import TOLERANCES
from auditor.exact.verdict import CONTRADICTED, Reason
from auditor.facts.position import position_of
from auditor.facts.tidy import PERCENT
from auditor.lexicon import NONE
from auditor.lookup.comparing import Comparison
from auditor.lookup.gathering import along_dimension, along_positions, at_shared_moments, everything, pairs, pooled
from auditor.lookup.operand import claimed
from auditor.lookup.quantifier import quantifier
from auditor.lookup.query import all_understood, dimension_named, key_named, looked_up, understood, without_apart
from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from auditor.claim import Comparative, Over, Selector
    from auditor.document import Span
    from auditor.exact.expression import Formula, Leaf, Term
    from auditor.exact.numeral import Quantity
    from auditor.exact.tolerance import Tolerances
    from auditor.facts.tidy import Facts
    from auditor.lookup.quantifier import Quantifier
    from auditor.lookup.query import Lookup, Query
    from auditor.tables.lookup import Records


class View(Struct):
    """The facts as one claim sees them; see `auditor.claim.Table` for what each method promises."""

    facts: Facts
    number: Callable[[str], Quantity | None]
    """A number that the claim states, parsed where it stands in the quote."""
    quote: str
    """The claim in the document's words."""
    tables: Callable[[], Mapping[int, Records]] = dict
    """Gives the document's tables by their number, row by row."""
    hidden: tuple[Span, ...] = ()
    """Places whose numbers the claim itself states: they are no evidence for it."""
    tolerances: Tolerances = TOLERANCES
    """How far words of size reach."""
    polarity_used: list[str] = field(default_factory=list)
    """Metrics whose polarity the claim was judged with."""
    by_sort: bool = False
    """Whether things are compared among their own sort alone, as columns that describe them say."""
    lowered: Formula | None = None
    """The claim as a formula; None until it is lowered, and where it cannot be."""

    # -- values ------------------------------------------------------------------------------------

    def each(
        self,
        over: Over | None,
        selectors: Sequence[Selector],
        body: Callable[..., Formula],
        inner: Callable[[tuple[Formula, ...]], Formula] | None = None,
        opened: str = "",
    ) -> Formula:
        """See `Table.each`."""
        queries = all_understood(self.facts, selectors)
        key, spared = "", None
        if opened:
            key = key_named(self.facts, opened)
            spared = queries[-1].allowed(key)
            queries[-1] = queries[-1].opened(key)
        counted = self._quantifier(over, selectors)
        compared = Comparison(self.facts, body, inner, key, spared or frozenset(), counted)
        lookup = self._lookup(queries)
        peers = without_apart(lookup, key) if key or counted is not None else None
        whole = compared.of(lookup)
        if peers is None or evaluate(whole).verdict != CONTRADICTED:
            return whole
        among_peers = compared.of(peers)
        return among_peers if evaluate(among_peers).verdict == CONTRADICTED else Agree((whole, among_peers))

    def gathered(
        self, over: Over | None, selectors: Sequence[Selector], along: str | None, body: Callable[..., Formula]
    ) -> Formula:
        """See `Table.gathered`."""
        lookup = self._lookup(all_understood(self.facts, selectors))
        counted = self._quantifier(over)
        match along:
            case None:
                return along_positions(self.facts, lookup, counted, body)
            case "":
                return pooled(self.facts, lookup, counted, body)
            case dimension:
                return along_dimension(self.facts, lookup, counted, dimension, body)

    def paired(self, left: Selector, right: Selector, body: Callable[..., Formula]) -> Formula:
        """See `Table.paired`."""
        return at_shared_moments(self.facts, self._lookup(all_understood(self.facts, [left, right])), body)

    def pairs(self, selectors: Sequence[Selector]) -> Sequence[tuple[tuple[Leaf, ...], tuple[Leaf, ...]]]:
        """See `Table.pairs`."""
        return pairs(self.facts, self._lookup([understood(self.facts, selector) for selector in selectors]))

    def values(self, selectors: Sequence[Selector]) -> Sequence[Leaf]:
        """See `Table.values`."""
        return [
            leaf
            for query in all_understood(self.facts, selectors)
            for leaves in everything(self.facts, self._lookup([query]))
            for leaf in leaves
        ]

    def states(self, selector: Selector) -> bool:
        """See `Table.states`."""
        queries = all_understood(self.facts, [selector])
        with_own, without = looked_up(self.facts, queries, ()), self._lookup(queries)
        return _count(with_own) > _count(without)

    def _lookup(self, queries: Sequence[Query]) -> Lookup:
        return looked_up(self.facts, queries, self.hidden, by_sort=self.by_sort)

    def _quantifier(self, over: Over | None, selectors: Sequence[Selector] = ()) -> Quantifier | None:
        """What the claim says of how many; that a thing is an exception to itself goes without saying."""
        if over is not None and over.how == "all" and over.exceptions and len(selectors) > 1:
            own = {folded(name) for selector in selectors for name in self.facts.names.alone(selector)}
            over = replace(over, exceptions=tuple(name for name in over.exceptions if folded(name) not in own))
        is_bare = over is not None and over.how == "none" and NONE.search(self.quote) is None
        return quantifier(over, self.facts.names, is_bare=is_bare)

    def records(self, number: int) -> Records:
        """See `Table.records`."""
        tables = self.tables()
        if number not in tables:
            raise Unjudgeable(Reason.MISSING_VALUE, f"the document has no table {number} with rows of one sort")
        return tables[number]

    # -- numbers that the claim states ---------------------------------------------------------------

    def stated(self, written: str) -> Quantity:
        """See `Table.stated`."""
        quantity = self.number(written)
        if quantity is None:
            raise Unjudgeable(Reason.NUMBER_NOT_IN_QUOTE, f"{written!r} is not a number of the quote")
        return quantity

    def converted(self, quantity: Quantity, selector: Selector) -> Quantity:
        """See `Table.converted`."""
        query = understood(self.facts, selector)
        metrics = self.facts.measured() if query.metric is None else (query.metric,)
        factors = {self.facts.factor(quantity, metric) for metric in metrics}
        factor = factors.pop() if len(factors) == 1 else None
        if factor is None:
            raise Unjudgeable(Reason.UNIT_MISMATCH, f"{quantity.written!r} is in another unit than the values")
        return quantity.scaled(factor)

    def claimed(self, quantity: Quantity) -> Stated:
        """See `Table.claimed`."""
        return claimed(quantity)

    def position(self, written: str) -> Fraction | None:
        """See `Table.position`."""
        return position_of(written)

    # -- metrics -------------------------------------------------------------------------------------

    def operator(self, word: Comparative, selector: Selector) -> Relation:
        """See `Table.operator`."""
        if word not in ("better", "worse"):
            return _RELATIONS[word]
        polarity = self.better(selector)
        if polarity == "unknown":
            raise Unjudgeable(Reason.POLARITY_UNKNOWN, f"is more or less of {selector.metric or 'it'} better?")
        return Relation.GREATER if (word == "better") is (polarity == "higher") else Relation.LESS

    def apart(self, word: Comparative, selectors: Sequence[Selector], body: Callable[..., Formula]) -> Formula:
        """See `Table.apart`."""
        if word not in ("better", "worse") or any(selector.metric is not None for selector in selectors):
            return body(*selectors)
        better = {name: self.facts.metrics[name].better for name in self.facts.measured() if name in self.facts.metrics}
        named = [
            [replace(selector, metric=name) for selector in selectors]
            for name, polarity in better.items()
            if polarity in ("higher", "lower")
        ]
        if len(set(better.values())) == 1 or not named:
            return body(*selectors)
        valued = [each for each in named if self._have_values(each)] or named[:1]
        judged = Agree(tuple(body(*each) for each in valued))
        open_ = next((name for name, polarity in better.items() if polarity == "unknown"), None)
        if open_ is None:
            return judged
        return Some((judged, unknown(Reason.POLARITY_UNKNOWN, f"is more or less of {open_} better?")))

    def _have_values(self, selectors: Sequence[Selector]) -> bool:
        try:
            self._lookup(all_understood(self.facts, selectors))
        except Unjudgeable:
            return False
        return True

    def better(self, selector: Selector) -> str:
        """See `Table.better`."""
        metric = self._metric(selector)
        names = self.facts.measured() if selector.metric is None else () if metric is None else (metric,)
        known = [self.facts.metrics[name] for name in names if name in self.facts.metrics]
        polarities = {each.better for each in known}
        if len(polarities) != 1 or not polarities <= {"higher", "lower"}:
            return "unknown"
        self.polarity_used.extend(each.name for each in known if each.name not in self.polarity_used)
        return polarities.pop()

    def is_percentage(self, selector: Selector) -> bool:
        """See `Table.is_percentage`."""
        metric = self._metric(selector)
        unit = None if metric is None else self.facts.units.get(self.facts.canonical(metric))
        return unit is not None and unit.name == PERCENT

    def scale(self, selector: Selector) -> Term | None:
        """See `Table.scale`."""
        metric = self._metric(selector)
        axis = None if metric is None else self.facts.metrics[metric].axis
        if metric is None or axis is None:
            return None
        low, high = parse_quantity(axis.low), parse_quantity(axis.high)
        if low is None or high is None or high.point <= low.point:
            return None
        return Stated(exactly((high.point - low.point) * self.facts.scale_of(metric)), "the axis")

    def _metric(self, selector: Selector) -> str | None:
        """What the selector's own name for its metric means."""
        return None if selector.metric is None else self.facts.names.metrics.meaning(selector.metric)

    # -- names ---------------------------------------------------------------------------------------

    def names(self, of: str) -> tuple[str, ...]:
        """See `Table.names`."""
        if _is_subjects(of):
            return tuple(sorted(self.facts.names.subjects.canonical))
        return self.facts.names.levels(dimension_named(self.facts, of))

    def declared(self, of: str) -> tuple[str, ...]:
        """See `Table.declared`."""
        return () if _is_subjects(of) else self.facts.names.declared(dimension_named(self.facts, of))

    def named(self, of: str, name: str) -> str:
        """See `Table.named`."""
        if _is_subjects(of):
            return self.facts.names.subjects.meaning(name) or name
        return next((level for dimension, level in self.facts.names.level(name) if dimension == of), name)

    def is_ordered(self, of: str) -> bool:
        """See `Table.is_ordered`."""
        return self.facts.names.is_ordered(dimension_named(self.facts, of))

    def compared(self) -> tuple[tuple[str, ...], ...]:
        """See `Table.compared`."""
        groups: dict[str, dict[str, None]] = defaultdict(dict)
        for key in self.facts.rows:
            if key.subject is not None:
                groups[key.metric][key.subject] = None
        return tuple(dict.fromkeys(tuple(sorted(group)) for group in groups.values()))


_RELATIONS: dict[str, Relation] = {
    "greater": Relation.GREATER,
    "less": Relation.LESS,
    "equal": Relation.EQUAL,
    "similar": Relation.SIMILAR,
    "different": Relation.DIFFERENT,
    "at least": Relation.AT_LEAST,
    "at most": Relation.AT_MOST,
}


def _is_subjects(of: str) -> bool:
    return folded(of) in ("subject", "subjects")


def _count(lookup: Lookup) -> int:
    """How many values were found that are of something: "the highest value is 9" gives none."""
    rows = (row for stacks in lookup.found for stack in stacks for row in stack.rows)
    return sum(bool(row.key.subject or row.key.levels or row.point.position is not None) for row in rows)
