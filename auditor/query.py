"""query: how one claim looks up values: selectors resolved, open keys joined, points chosen.

The rules, once: a key left open by every selector varies together, one comparison for
each value it takes; a key open in some selectors only varies there; several names
restrict a key. A point nobody names is the end where there is one, else a point that
all share; where shared points disagree, the evidence is mixed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, islice, product
from math import prod
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from auditor.claim import THROUGHOUT, Unjudgeable
from auditor.exact.expression import (
    Agree,
    All,
    Given,
    Not,
    Readings,
    Relation,
    Some,
    Stated,
    Tally,
    unknown,
)
from auditor.exact.interval import Interval, exactly, rounded
from auditor.exact.numeral import parse_quantity, show
from auditor.exact.unit import conversion
from auditor.exact.verdict import Reason
from auditor.facts import AVERAGE, END, NAMED_POINTS, NOWHERE, PEAK, START, TROUGH, position_of
from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from auditor.claim import Comparative, Over, Selector
    from auditor.document import Span
    from auditor.exact.expression import Formula, Leaf, Term
    from auditor.exact.numeral import Quantity
    from auditor.facts import Facts, Row

MAX_BINDINGS = 20_000
"""A claim that would take more comparisons than this is refused as too open to judge."""

METRIC, SUBJECT = "metric", "subject"

_NO_MOMENTS = (PEAK, TROUGH, AVERAGE)
"""Points without a position, at which two series need not be at the same time."""


@dataclass(frozen=True, slots=True)
class Query:
    """A selector with its names understood."""

    metric: str | None
    subjects: frozenset[str] | None
    levels: Mapping[str, frozenset[str]]
    at: str | None

    def allowed(self, key: str) -> frozenset[str] | None:
        """The values a key may take; None for any."""
        match key:
            case "metric":
                return None if self.metric is None else frozenset({self.metric})
            case "subject":
                return self.subjects
            case _:
                return self.levels.get(key)

    def varies(self, key: str) -> bool:
        """Whether the key is open or restricted to several values."""
        allowed = self.allowed(key)
        return allowed is None or len(allowed) > 1


Keys = tuple[tuple[str, str | None], ...]
"""The values of some keys: what a binding fixes."""

_Side = tuple[Keys, list[tuple[Keys, "Formula"]]]
"""A binding of the shared keys, and under it what the keys that are open on one side only vary over."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The rows that share all keys but the point: a series, or a single value."""

    keys: Mapping[str, str | None]
    rows: tuple[Row, ...]

    def value(self, key: str) -> str | None:
        """The value of a key; None where these rows have none."""
        return self.keys.get(key)


class _Points(NamedTuple):
    """What is said of two series at each of several points, before it is joined with what is said of others there."""

    join: str
    parts: Mapping[Fraction | str, Formula]
    shown: Mapping[Fraction | str, str]
    """Each of the points as a reader would say it."""


@dataclass
class View:
    """The facts as one claim sees them; see `auditor.claim.Table` for what each method promises."""

    facts: Facts
    number: Callable[[str], Quantity | None]
    """A number that the claim states, parsed where it stands in the quote."""
    hidden: tuple[Span, ...] = ()
    """Places whose numbers the claim itself states: they are no evidence for it."""
    polarity_used: list[str] = field(default_factory=list)
    """Metrics whose polarity the claim was judged with."""

    # -- what a name means -----------------------------------------------------------------------

    def query(self, selector: Selector, metric: str | None = None) -> Query:
        """The selector with its names understood; `metric` where it leaves that open."""
        facts = self.facts
        named = metric if selector.metric is None else facts.names.metrics.meaning(selector.metric)
        if selector.metric is not None and named is None:
            raise _unknown_name(selector.metric, shared=facts.names.metrics.is_shared(selector.metric))
        subjects = frozenset(self._subject(name) for name in selector.subjects) or None
        levels: dict[str, set[str]] = defaultdict(set)
        for name in selector.levels:
            meanings = facts.names.level(name)
            if len(meanings) != 1:
                raise _unknown_name(name, shared=len(meanings) > 1)
            dimension, level = meanings[0]
            levels[dimension].add(level)
        canonical = None if named is None else facts.canonical(named)
        frozen = {dimension: frozenset(chosen) for dimension, chosen in levels.items()}
        return Query(canonical, subjects, frozen, selector.at)

    def _subject(self, name: str) -> str:
        meaning = self.facts.names.subjects.meaning(name)
        if meaning is None:
            raise _unknown_name(name, shared=self.facts.names.subjects.is_shared(name))
        return meaning

    def _queries(self, selectors: Sequence[Selector]) -> list[Query]:
        """All selectors of a claim; a metric, or a point, that only some name holds for all of them."""
        named = next((selector.metric for selector in selectors if selector.metric is not None), None)
        metric = None if named is None else self.facts.names.metrics.meaning(named)
        return [self.query(selector, metric) for selector in selectors]

    # -- which rows --------------------------------------------------------------------------------

    def stacks(self, query: Query) -> list[Stack]:
        """The rows a query names, gathered into series."""
        facts = self.facts
        metrics = facts.measured() if query.metric is None else (query.metric,)
        found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for metric in metrics:
            for row in facts.of_metric(metric, query.subjects, query.levels):
                shown = row.without(self.hidden)
                if shown is not None:
                    found[row.key[:3]].append(shown)
        return [Stack(_keys(rows[0]), tuple(sorted(rows, key=_along))) for rows in found.values()]

    def _found(self, queries: Sequence[Query]) -> list[list[Stack]]:
        found = [self.stacks(query) for query in queries]
        for query, stacks in zip(queries, found, strict=True):
            if not stacks:
                raise Unjudgeable(Reason.MISSING_VALUE, f"no value for {self._named(query)}")
        return found

    def _named(self, query: Query) -> str:
        subjects = "/".join(sorted(query.subjects or ()))
        levels = ", ".join("/".join(sorted(levels)) for levels in query.levels.values())
        named = " of ".join(part for part in (query.metric or "", subjects) if part) or "what the claim names"
        return f"{named} ({levels})" if levels else named

    # -- leaves ------------------------------------------------------------------------------------

    def leaf(self, row: Row) -> Given:
        """A row as an operand."""
        key, shown = row.key, row.point.shown
        where = [*(level for _, level in key.levels), *([shown] if shown else [])]
        name = key.subject or key.metric
        several = len(self.facts.measured()) > 1 and key.subject is not None
        label = name + (f" ({', '.join(where)})" if where else "")
        return Given(
            row.interval,
            f"{key.metric} of {label}" if several else label,
            row.shown,
            tuple(mention.number for mention in row.mentions),
            row.point.position,
            shown,
        )

    def _tuples(self, queries: Sequence[Query], stacks: Sequence[Stack]) -> tuple[list[tuple[Row, ...]], str]:
        """The rows to compare, one tuple for each point to compare at, and how several of them join.

        The second value is "one", "all" (said to hold throughout) or "agree" (readings of one claim).
        """
        ats = _shared_at(queries)
        if THROUGHOUT in ats:
            return self._throughout(ats, stacks)
        if any(at is not None and ".." in at for at in ats):
            ranges = [_range(at) for at in ats]
            inside = [Stack(stack.keys, _inside(stack.rows, *ends)) for stack, ends in zip(stacks, ranges, strict=True)]
            return [tuple(rows) for rows in _at_shared_places(inside)], "all"
        if all(at is None for at in ats):
            return _unspecified(stacks)
        chosen = [self._chosen(stack, at) for stack, at in zip(stacks, ats, strict=True)]
        if any(row is None for row in chosen):
            return [], "one"
        return [tuple(row for row in chosen if row is not None)], "one"

    def _throughout(self, ats: Sequence[str | None], stacks: Sequence[Stack]) -> tuple[list[tuple[Row, ...]], str]:
        """All shared points; or, against a fixed point, every point of the series left open."""
        fixed = [None if at == THROUGHOUT else self._chosen(stack, at) for stack, at in zip(stacks, ats, strict=True)]
        if all(row is None for row in fixed):
            return [tuple(rows) for rows in _at_shared_places(stacks)], "all"
        free = [place for place, at in enumerate(ats) if at == THROUGHOUT]
        found = []
        for row in stacks[free[0]].rows:
            rows = [row if place in free else fixed[place] for place in range(len(stacks))]
            if all(other is not None for other in rows):
                found.append(tuple(other for other in rows if other is not None))
        return found, "all"

    def _chosen(self, stack: Stack, at: str | None) -> Row | None:
        """The row of a series at a point the claim names."""
        rows = stack.rows
        if at is None:
            default = _unspecified([stack])[0]
            return default[0][0] if default else None
        words = at.split()
        named = next((row for row in rows if row.point.name == at), None)
        placed = [row for row in rows if row.point.position is not None and row.point.name not in {PEAK, TROUGH}]
        if named is not None:
            return named
        if at in (START, END) and len(placed) > 1 and self.facts.position is None:  # else the axis says where they are
            return placed[0] if at == START else placed[-1]
        if at == END and len(rows) == 1 and rows[0].point == NOWHERE:
            return rows[0]
        if at in (PEAK, TROUGH, AVERAGE) or not words:
            return None
        position = position_of(" ".join(words[1:]) if words[0] in (PEAK, TROUGH) else at)
        return next((row for row in rows if row.point.position is not None and row.point.position == position), None)

    # -- the joining of open keys ------------------------------------------------------------------

    def each(
        self,
        over: Over | None,
        selectors: Sequence[Selector],
        body: Callable[..., Formula],
        inner: Callable[[tuple[Formula, ...]], Formula] | None = None,
        opened: str = "",
    ) -> Formula:
        """See `Table.each`."""
        queries = self._queries(selectors)
        spared: frozenset[str] = frozenset()
        if opened:
            spared = queries[-1].allowed(self._key(opened)) or spared
            queries[-1] = self._opened(queries[-1], opened)
        found = self._found(queries)

        def judged(stacks: Sequence[Stack]) -> Formula | _Points | None:
            if spared and stacks[-1].value(self._key(opened)) in spared:
                return None
            tuples, join = self._tuples(queries, stacks)
            tuples = [rows for rows in tuples if _differ(rows)]
            if not tuples:
                same = len({tuple(stack.keys.items()) for stack in stacks}) < len(stacks)
                return None if same else _no_shared_point(stacks)
            parts = tuple(_unless(self._unlike(rows), body, self._leaves(rows)) for rows in tuples)
            if inner is not None and opened == "position":
                return inner(parts)
            counted = over is not None and join == "all"
            if (inner is not None or counted) and len(parts) > 1:
                shown = {rows[0].key.place: rows[0].point.shown for rows in tuples}
                return _Points(join, dict(zip(shown, parts, strict=True)), shown)
            return parts[0] if len(parts) == 1 else Agree(parts) if join == "agree" else All(parts)

        return self._joined(
            over, queries, found, judged, None if inner is None or opened == "position" else _at_each_point(inner)
        )

    def gathered(
        self, over: Over | None, selectors: Sequence[Selector], along: str | None, body: Callable[..., Formula]
    ) -> Formula:
        """See `Table.gathered`."""
        queries = self._queries(selectors)
        if along == "":
            return self._pooled(over, queries, body)
        found = self._found(queries)
        if along is not None:
            return self._along_dimension(over, queries, found, along, body)

        def judged(stacks: Sequence[Stack]) -> Formula | None:
            if len({tuple(stack.keys.items()) for stack in stacks}) < len(stacks):
                return None
            return body(*(self._series(query, stack) for query, stack in zip(queries, stacks, strict=True)))

        return self._joined(over, queries, found, judged, None)

    def pairs(self, selectors: Sequence[Selector]) -> Sequence[tuple[tuple[Leaf, ...], tuple[Leaf, ...]]]:
        """See `Table.pairs`."""
        queries = [self.query(selector) for selector in selectors]
        found = self._found(queries)
        keys = [key for key in self._all_keys(queries) if key != METRIC]
        items: list[tuple[Keys, tuple[Leaf, ...]]] = []
        if prod(map(len, found)) > 2 * MAX_BINDINGS:
            raise Unjudgeable(Reason.VAGUE, "the claim leaves too much open to be judged")
        for stacks in product(*found):
            known = [{stack.value(key) for stack in stacks} - {None} for key in keys]
            if all(len(values) < 2 for values in known):  # noqa: PLR2004  (a key without a value fits every value)
                binding = tuple((key, next(iter(values), None)) for key, values in zip(keys, known, strict=True))
                rows = [self._last(stack, query.at) for query, stack in zip(queries, stacks, strict=True)]
                if all(row is not None for row in rows):
                    items.append((binding, tuple(self.leaf(row) for row in rows if row is not None)))
            if len(items) ** 2 > MAX_BINDINGS:
                raise Unjudgeable(Reason.VAGUE, "the claim leaves too much open to be judged")
        both = list(combinations(items, 2))
        like = [(one, other) for one, other in both if sum(map(ne, one[0], other[0])) == 1]
        return [(one, other) for (_, one), (_, other) in like or both]

    def _last(self, stack: Stack, at: str | None) -> Row | None:
        """The row of a series at the point a claim names; the last one where it names none."""
        if at is not None and at != THROUGHOUT:
            return self._chosen(stack, at)
        tuples, _ = _unspecified([stack])
        return tuples[-1][0] if tuples else None

    def values(self, selectors: Sequence[Selector]) -> Sequence[Leaf]:
        """See `Table.values`."""
        return [leaf for query in self._queries(selectors) for leaf in self._everything(query)]

    def paired(self, left: Selector, right: Selector, body: Callable[..., Formula]) -> Formula:
        """See `Table.paired`."""
        queries = self._queries([left, right])
        found = self._found(queries)

        def judged(stacks: Sequence[Stack]) -> Formula:
            moments = [rows for rows in _at_shared_places(stacks) if rows[0].key.place not in _NO_MOMENTS]
            pairs = [tuple(self.leaf(row) for row in rows) for rows in moments]
            return body(pairs) if pairs else _no_shared_point(stacks)

        return self._joined(None, queries, found, judged, None)

    def _opened(self, query: Query, key: str) -> Query:
        """A query with one key more left open."""
        match self._key(key):
            case "position":
                return replace(query, at=THROUGHOUT)
            case "metric":
                return replace(query, metric=None)
            case "subject":
                return replace(query, subjects=None)
            case dimension:
                return replace(query, levels={name: kept for name, kept in query.levels.items() if name != dimension})

    def _key(self, name: str) -> str:
        """ "position", "metric", "subject", or the dimension that a name means."""
        if name in ("position", METRIC, SUBJECT):
            return name
        dimension = self.facts.names.dimensions.meaning(name)
        if dimension is None:
            raise _unknown_name(name, shared=False)
        return dimension

    def _leaves(self, rows: Sequence[Row]) -> tuple[Given, ...]:
        """Rows as operands, in the unit of the first as far as theirs can be brought to it."""
        units = [self.facts.units.get(row.key.metric) for row in rows]
        leaves = [self.leaf(row) for row in rows]
        for place, unit in enumerate(units):
            factor = None if unit is None or units[0] is None else conversion(unit, units[0])
            if factor is not None and factor != 1:
                leaves[place] = replace(leaves[place], interval=leaves[place].interval.scaled(factor))
        return tuple(leaves)

    def _unlike(self, rows: Sequence[Row]) -> str:
        """Why two rows that are held against each other cannot be: the metrics are counted in different things."""
        for one, other in zip(rows[::2], rows[1::2], strict=False):
            mine, theirs = (self.facts.units.get(row.key.metric) for row in (one, other))
            alike = mine == theirs or (mine is not None and theirs is not None and conversion(mine, theirs) is not None)
            counted = [row.key.metric in self.facts.counted for row in (one, other)]
            if one.key.metric != other.key.metric and (not alike or counted[0] is not counted[1]):
                return f"{one.key.metric} and {other.key.metric} are in different units"
        return ""

    def _all_keys(self, queries: Sequence[Query]) -> list[str]:
        named = (dimension for query in queries for dimension in query.levels)
        return [METRIC, SUBJECT, *dict.fromkeys((*named, *self.facts.dimensions_in_use()))]

    def _joined(
        self,
        over: Over | None,
        queries: Sequence[Query],
        found: Sequence[Sequence[Stack]],
        judged: Callable[[Sequence[Stack]], Formula | _Points | None],
        inner: Callable[[tuple[Formula | _Points, ...]], Formula] | None,
    ) -> Formula:
        """The body for each binding of the shared keys, its one-sided variants joined first."""
        keys = self._all_keys(queries)
        shared = [key for key in keys if _varies_alike(key, queries)]
        rest = [key for key in keys if key not in shared]
        groups: list[dict[Keys, list[Stack]]] = [defaultdict(list) for _ in queries]
        for group, stacks in zip(groups, found, strict=True):
            for stack in stacks:
                group[_binding(stack, shared)].append(stack)
        absent = dict.fromkeys(
            (key, name) for query, stacks in zip(queries, found, strict=True) for key, name in _absent(query, keys, stacks)
        )
        unknowns = [(named, unknown(Reason.MISSING_VALUE, f"no value for {named[1]}")) for named in absent]
        sides: list[_Side] = [((named,), [((), part)]) for named, part in unknowns if named[0] in shared]
        nowhere = [((named,), part) for named, part in unknowns if named[0] in rest]
        for binding in self._domain(over, groups):
            options = [group.get(binding, []) for group in groups]
            if not all(options):
                missing = next(query for query, option in zip(queries, options, strict=True) if not option)
                where = ", ".join(value for _, value in binding if value)
                text = f"no value for {self._named(missing)} ({where})"
                sides.append((binding, [((), unknown(Reason.MISSING_VALUE, text))]))
                continue
            variants = (
                (_varying(stacks, queries, rest), judged(stacks)) for stacks in _consistent(options, queries, rest)
            )
            made = [(keys, part) for keys, part in islice(variants, MAX_BINDINGS + 1) if part is not None]
            if len(made) > MAX_BINDINGS:
                raise Unjudgeable(Reason.VAGUE, "the claim leaves too much open to be judged")
            made += nowhere if made else []
            if made and inner is not None:
                sides.append((binding, [((), inner(tuple(part for _, part in made)))]))
            elif made:
                sides.append((binding, [single for keys, part in made for single in _singly(keys, part)]))
        if not sides:
            raise Unjudgeable(Reason.MISSING_VALUE, "no two different values to compare")
        return self._over_sides(over, sides)

    def _over_sides(self, over: Over | None, sides: Sequence[_Side]) -> Formula:
        """The quantifier applied to what it counts: the shared bindings, or what one side alone leaves open.

        Where both vary, "any" and "none" count every case, an exception says by its name which of the two is
        meant, and a number or "most" has to come out alike either way.
        """
        by_binding = [(binding, _whole([part for _, part in made])) for binding, made in sides]
        if over is None or all(len(made) == 1 for _, made in sides):
            return self._quantified(
                over,
                [(binding + made[0][0], part) for (binding, part), (_, made) in zip(by_binding, sides, strict=True)],
            )
        if len(sides) == 1:
            return self._quantified(over, sides[0][1])
        if over.how in ("any", "none") and not over.exceptions:
            return self._quantified(over, [part for _, made in sides for part in made])
        by_variant: dict[Keys, list[Formula]] = defaultdict(list)
        for _, made in sides:
            for keys, part in made:
                by_variant[keys].append(part)
        missing = by_variant.pop((), [])
        readings = [by_binding, [(keys, _whole([*parts, *missing])) for keys, parts in by_variant.items()]]
        if over.how == "all" or over.exceptions:
            excepted = self._excepted(over)
            named = [reading for reading in readings if any(_is_one_of(keys, excepted) for keys, _ in reading)]
            return self._quantified(over, (named or readings)[0])
        number = parse_quantity(over.number or "")
        countable = [reading for reading in readings if number is None or len(reading) >= number.point]
        return Agree(tuple(self._quantified(over, reading) for reading in countable or readings))

    def _domain(self, over: Over | None, groups: Sequence[Mapping[Keys, object]]) -> list[Keys]:
        """What the shared keys take: where "all" is said, on any side; otherwise where every side has a value."""
        anywhere = list(dict.fromkeys(binding for group in groups for binding in group))
        if over is not None:
            return _things(anywhere)
        everywhere = [binding for binding in anywhere if all(binding in group for group in groups)]
        overall = [binding for binding in everywhere if _is_overall(binding)]
        # A statement without qualification means the value without one, where the document gives such a value.
        return overall or everywhere or anywhere

    def _quantified(self, over: Over | None, parts: Sequence[tuple[Keys, Formula]]) -> Formula:
        if over is None:
            formulas = tuple(part for _, part in parts)
            return formulas[0] if len(formulas) == 1 else All(formulas)
        excepted = self._excepted(over)
        regular: list[Formula] = []
        exempt: list[Formula] = []
        for binding, part in parts:
            (exempt if _is_one_of(binding, excepted) else regular).append(part)
        if over.how == "only" and not over.exceptions:
            raise Unjudgeable(Reason.VAGUE, "the claim says 'only' and does not say of which")
        if over.exceptions and not exempt:
            raise Unjudgeable(Reason.MISSING_VALUE, f"no value for the exception {over.exceptions[0]}")
        if over.how == "only":
            return All((*exempt, Tally(tuple(regular), 0, 0)))
        whole = self._how(over, tuple(regular))
        return All((whole, *(Not(part) for part in exempt))) if exempt else whole

    def _excepted(self, over: Over) -> frozenset[str]:
        """The subjects, levels and metrics that a quantifier excepts, by the names that they go by in the table."""
        names = self.facts.names
        meanings = (
            (names.subjects.meaning(name), names.metrics.meaning(name), *(level for _, level in names.level(name)))
            for name in over.exceptions
        )
        known = {meaning for found in meanings for meaning in found if meaning is not None}
        return frozenset(known | set(over.exceptions))

    def _how(self, over: Over, parts: tuple[Formula, ...]) -> Formula:
        count = len(parts)
        match over.how:
            case "all":
                return All(parts)
            case "any":
                return Some(parts)
            case "none":
                return Tally(parts, 0, 0)
            case "most":
                return Tally(parts, count // 2 + 1, count)
            case _:
                number = parse_quantity(over.number or "")
                if number is None or number.point.denominator != 1:
                    raise Unjudgeable(Reason.VAGUE, "the claim counts without a whole number")
                wanted = int(number.point)
                least = 0 if over.how == "at most" else wanted
                return Tally(parts, least, count if over.how == "at least" else wanted)

    # -- gathering ---------------------------------------------------------------------------------

    def _series(self, query: Query, stack: Stack) -> list[Given]:
        """The leaves of a series in the order of their positions, inside a range "a..b" where one is named."""
        inside = [row for row in _inside(stack.rows, *_range(query.at)) if row.point.name != AVERAGE]
        if query.at == PEAK or (query.at is not None and query.at.startswith(PEAK)):
            inside = inside[next((n for n, row in enumerate(inside) if row.point.name == PEAK), 0) :]
        return [self.leaf(row) for row in inside]

    def _in_one_unit(self, queries: Sequence[Query], body: Callable[..., Formula]) -> Callable[..., Formula]:
        """The body, given its values in the unit of the first metric."""
        metrics = [query.metric for query in queries]
        units = [None if metric is None else self.facts.units.get(metric) for metric in metrics]
        factors: list[Fraction] = []
        for metric, unit in zip(metrics, units, strict=True):
            alike = metric == metrics[0] or unit == units[0]
            factor = Fraction(1) if alike else None if unit is None or units[0] is None else conversion(unit, units[0])
            if factor is None:
                raise Unjudgeable(Reason.UNIT_MISMATCH, f"{metrics[0]} and {metric} are in different units")
            factors.append(factor)
        if set(factors) == {1}:
            return body

        def converted(*sequences: Sequence[Given]) -> Formula:
            return body(
                *(
                    [replace(leaf, interval=leaf.interval.scaled(factor)) for leaf in leaves]
                    for leaves, factor in zip(sequences, factors, strict=True)
                )
            )

        return converted

    def _pooled(self, over: Over | None, queries: Sequence[Query], body: Callable[..., Formula]) -> Formula:
        """The body for everything together, or for each value of a key that all selectors leave open alike."""
        found = self._found(queries)
        body = self._in_one_unit(queries, body)
        if over is not None and over.exceptions:
            spared = self._excepted(over)
            return body(*(self._everything(query, spared) for query in queries))
        readings = [body(*(self._everything(query) for query in queries))]
        for key in self._all_keys(queries):
            names = dict.fromkeys(stack.value(key) for stacks in found for stack in stacks)
            if key == METRIC or len(names) == 1 or None in names or not _varies_alike(key, queries):
                continue
            parts: list[tuple[Keys, Formula]] = []
            largest = 0
            for name in names:
                try:
                    sequences = [self._everything(_narrowed(query, key, name or "")) for query in queries]
                except Unjudgeable as error:
                    parts.append((((key, name),), unknown(error.reason, error.text)))
                    continue
                largest = max(largest, *map(len, sequences))
                parts.append((((key, name),), body(*sequences)))
            if largest > 1:
                readings.append(self._quantified(over, parts))
        if over is not None and over.how != "all" and len(readings) > 1:
            readings.pop(0)
        return readings[0] if len(readings) == 1 else Readings(tuple(readings))

    def _everything(self, query: Query, spared: frozenset[str] = frozenset()) -> list[Given]:
        """Every value that a query names, but for what is spared; each thing it names has to have one."""
        stacks = [stack for stack in self._found([query])[0] if spared.isdisjoint(stack.keys.values())]
        for key in (SUBJECT, *query.levels):
            without = (query.allowed(key) or frozenset()) - {stack.value(key) for stack in stacks}
            if without:
                raise Unjudgeable(Reason.MISSING_VALUE, f"no value for {min(without)}")
        leaves = []
        for stack in stacks:
            row = None if query.at is None else self._chosen(stack, query.at)
            if query.at == THROUGHOUT or _range(query.at) != (None, None):
                leaves += self._series(replace(query, at=None) if query.at == THROUGHOUT else query, stack)
            elif query.at is None:
                tuples, join = _unspecified([stack])
                leaves += [self.leaf(tuples[0][0])] if join == "one" and tuples else self._series(query, stack)
            elif row is None:
                raise Unjudgeable(Reason.MISSING_VALUE, f"no value at {query.at} for {self._named(query)}")
            else:
                leaves.append(self.leaf(row))
        if not leaves:
            raise Unjudgeable(Reason.MISSING_VALUE, f"no value for {self._named(query)}")
        return leaves

    def _along_dimension(
        self,
        over: Over | None,
        queries: Sequence[Query],
        found: Sequence[Sequence[Stack]],
        along: str,
        body: Callable[..., Formula],
    ) -> Formula:
        """Series along the levels of a dimension, in the order in which the document gives them."""
        dimension = self.facts.names.dimensions.meaning(along)
        if dimension is None:
            raise _unknown_name(along, shared=False)
        order = {level: place for place, level in enumerate(self._levels_in_order(dimension))}
        keys = [key for key in self._all_keys(queries) if key != dimension]
        grouped: list[dict[Keys, list[tuple[int, Given]]]] = [defaultdict(list) for _ in queries]
        for query, stacks, group in zip(queries, found, grouped, strict=True):
            for stack in stacks:
                row, level = self._chosen(stack, query.at), stack.value(dimension)
                if row is not None and level in order:
                    leaf = self.leaf(row)
                    placed = Given(leaf.interval, leaf.label, leaf.written, leaf.sources, leaf.position, level or "")
                    group[_binding(stack, keys)].append((order[level or ""], placed))
        parts = []
        for binding in grouped[0]:
            sequences = [[leaf for _, leaf in sorted(group.get(binding, []), key=_first)] for group in grouped]
            parts.append((binding, body(*sequences)))
        if not parts:
            raise Unjudgeable(Reason.MISSING_VALUE, f"no values along {along}")
        several = [part for part in parts if over is not None or len(parts) == 1] or parts
        return self._quantified(over, several)

    def _levels_in_order(self, dimension: str) -> tuple[str, ...]:
        """By their numbers where each is one (4B, 8B, 14B), else as the document gives them."""
        levels = self.facts.names.levels(dimension)
        sizes = _sizes(levels)
        return levels if sizes is None else tuple(sorted(levels, key=lambda level: sizes[level]))

    # -- what else a kind may ask ------------------------------------------------------------------

    def position(self, written: str) -> Fraction | None:
        """See `Table.position`."""
        return position_of(written)

    def is_ordered(self, of: str) -> bool:
        """See `Table.is_ordered`."""
        dimension = self.facts.names.dimensions.meaning(of)
        if dimension is None:
            raise _unknown_name(of, shared=False)
        return self.facts.names.ordered[dimension] or _sizes(self.facts.names.levels(dimension)) is not None

    def operator(self, word: Comparative, selector: Selector) -> Relation:
        """See `Table.operator`."""
        if word not in ("better", "worse"):
            return _RELATIONS[word]
        polarity = self.better(selector)
        if polarity == "unknown":
            raise Unjudgeable(Reason.POLARITY_UNKNOWN, f"is more or less of {selector.metric or 'it'} better?")
        return Relation.GREATER if (word == "better") is (polarity == "higher") else Relation.LESS

    def better(self, selector: Selector) -> str:
        """See `Table.better`."""
        metric = None if selector.metric is None else self.facts.names.metrics.meaning(selector.metric)
        known = None if metric is None else self.facts.metrics.get(metric)
        if known is None or known.better not in ("higher", "lower"):
            return "unknown"
        if known.name not in self.polarity_used:
            self.polarity_used.append(known.name)
        return known.better

    def is_percentage(self, selector: Selector) -> bool:
        """See `Table.is_percentage`."""
        metric = None if selector.metric is None else self.facts.names.metrics.meaning(selector.metric)
        unit = None if metric is None else self.facts.units.get(self.facts.canonical(metric))
        return unit is not None and unit.name == "%"

    def scale(self, selector: Selector) -> Term | None:
        """See `Table.scale`."""
        metric = None if selector.metric is None else self.facts.names.metrics.meaning(selector.metric)
        axis = None if metric is None else self.facts.metrics[metric].axis
        ends = None if axis is None else (parse_quantity(axis.low), parse_quantity(axis.high))
        if ends is None or ends[0] is None or ends[1] is None or ends[1].point <= ends[0].point:
            return None
        length = (ends[1].point - ends[0].point) * self.facts.scale_of(metric)
        return Stated(exactly(length), "the axis")

    def names(self, of: str) -> tuple[str, ...]:
        """See `Table.names`."""
        if folded(of) in ("subject", "subjects"):
            return tuple(sorted(self.facts.names.subjects.canonical))
        dimension = self.facts.names.dimensions.meaning(of)
        if dimension is None:
            raise _unknown_name(of, shared=False)
        return self.facts.names.levels(dimension)

    def named(self, of: str, name: str) -> str:
        """See `Table.named`."""
        if folded(of) in ("subject", "subjects"):
            return self.facts.names.subjects.meaning(name) or name
        return next((level for dimension, level in self.facts.names.level(name) if dimension == of), name)

    def compared(self) -> tuple[tuple[str, ...], ...]:
        """See `Table.compared`."""
        groups: dict[str, dict[str, None]] = defaultdict(dict)
        for key in self.facts.rows:
            if key.subject is not None:
                groups[key.metric][key.subject] = None
        return tuple(dict.fromkeys(tuple(sorted(group)) for group in groups.values()))

    def stated(self, written: str) -> Quantity:
        """See `Table.stated`."""
        quantity = self.number(written)
        if quantity is None:
            raise Unjudgeable(Reason.NUMBER_NOT_IN_QUOTE, f"{written!r} is not a number of the quote")
        return quantity

    def converted(self, quantity: Quantity, selector: Selector) -> Quantity:
        """See `Table.converted`."""
        query = self.query(selector)
        metrics = self.facts.measured() if query.metric is None else (query.metric,)
        factors = {self.facts.factor(quantity, metric) for metric in metrics}
        factor = factors.pop() if len(factors) == 1 else None
        if factor is None:
            raise Unjudgeable(Reason.UNIT_MISMATCH, f"{quantity.written!r} is in another unit than the values")
        step = None if quantity.step is None else quantity.step * factor
        return replace(quantity, point=quantity.point * factor, step=step)

    def claimed(self, quantity: Quantity) -> Stated:
        """See `Table.claimed`."""
        if quantity.hedge is None and not any(character.isdigit() for character in quantity.written):
            return _in_words(quantity)
        note = "" if quantity.hedge is None else quantity.hedge.sentence
        return Stated(quantity.claimed, quantity.written, note, quantity.interval)


def _no_shared_point(stacks: Sequence[Stack]) -> Formula:
    names = " and ".join(dict.fromkeys(stack.value(SUBJECT) or stack.value(METRIC) or "" for stack in stacks))
    return unknown(Reason.MISSING_VALUE, f"no value at the point compared for {names}")


_RELATIONS: dict[str, Relation] = {
    "greater": Relation.GREATER,
    "less": Relation.LESS,
    "equal": Relation.EQUAL,
    "similar": Relation.SIMILAR,
    "different": Relation.DIFFERENT,
    "at least": Relation.AT_LEAST,
    "at most": Relation.AT_MOST,
}


WORDED = Fraction(1, 10)
"""How far a fraction or a factor put in words ("half", "doubles", "a third") may be off."""


def _in_words(quantity: Quantity) -> Stated:
    """A number without digits is meant less strictly: whole ones to the unit, fractions and factors to a tenth."""
    if quantity.point.denominator == 1 and (quantity.unit is None or quantity.unit.dimension != "factor"):
        return Stated(rounded(quantity.point, Fraction(1)), quantity.written)
    low, high = quantity.point * (1 - WORDED), quantity.point * (1 + WORDED)
    loose = Interval(min(low, high), max(low, high), True, True)
    return Stated(loose, quantity.written, f"{quantity.written!r} in words: ±{show(WORDED * 100)} %")


def _unknown_name(name: str, *, shared: bool) -> Unjudgeable:
    if shared:
        return Unjudgeable(Reason.AMBIGUOUS_SUBJECT, f"{name!r} can mean more than one thing here")
    return Unjudgeable(Reason.UNKNOWN_SUBJECT, f"{name!r} is not introduced in the document")


def _sizes(levels: Iterable[str]) -> dict[str, Fraction] | None:
    """The number that each level is, None unless every one is one, all in one unit."""
    found = {level: parse_quantity(level) for level in levels}
    sizes = {level: quantity.point for level, quantity in found.items() if quantity is not None}
    units = {quantity.unit for quantity in found.values() if quantity is not None}
    return sizes if len(sizes) == len(found) and len(units) == 1 else None


def _first(pair: tuple[int, Given]) -> int:
    return pair[0]


def _keys(row: Row) -> Mapping[str, str | None]:
    return {METRIC: row.key.metric, SUBJECT: row.key.subject, **dict(row.key.levels)}


def _along(row: Row) -> tuple[int, Fraction | int, int]:
    """The order of points: the start, then by position, what has neither between, the end last."""
    if row.point.position is not None:
        return (1, row.point.position, 0)
    return {START: (0, 0, 0), END: (3, 0, 0)}.get(row.point.name, (2, 0, 0))


def _binding(stack: Stack, keys: Iterable[str]) -> Keys:
    return tuple((key, stack.value(key)) for key in keys)


def _at_each_point(
    inner: Callable[[tuple[Formula, ...]], Formula],
) -> Callable[[tuple[Formula | _Points, ...]], Formula]:
    """A joint of variants that joins those of one point with one another, then the points."""

    def joined(parts: tuple[Formula | _Points, ...]) -> Formula:
        series = [part for part in parts if isinstance(part, _Points)]
        if not series:
            return inner(tuple(part for part in parts if not isinstance(part, _Points)))
        at_points = tuple(
            inner(
                tuple(
                    part.parts[place] if isinstance(part, _Points) else part
                    for part in parts
                    if not isinstance(part, _Points) or place in part.parts
                )
            )
            for place in dict.fromkeys(place for part in series for place in part.parts)
        )
        return Agree(at_points) if any(part.join == "agree" for part in series) else All(at_points)

    return joined


def _unless(reason: str, body: Callable[..., Formula], leaves: Sequence[Leaf]) -> Formula:
    return unknown(Reason.UNIT_MISMATCH, reason) if reason else body(*leaves)


def _absent(query: Query, keys: Iterable[str], stacks: Sequence[Stack]) -> Iterator[tuple[str, str]]:
    """Each name that a query gives for a key without there being any value of its."""
    for key in keys:
        present = {stack.value(key) for stack in stacks}
        yield from ((key, name) for name in sorted((query.allowed(key) or frozenset()) - present))


def _narrowed(query: Query, key: str, name: str) -> Query:
    """The query for one value of a key."""
    if key == SUBJECT:
        return replace(query, subjects=frozenset({name}))
    return replace(query, levels={**query.levels, key: frozenset({name})})


def _varying(stacks: Sequence[Stack], queries: Sequence[Query], keys: Iterable[str]) -> Keys:
    """The values of the keys that only some of the queries leave open, where they do."""
    return tuple(
        (key, stack.value(key))
        for key in keys
        for stack, query in zip(stacks, queries, strict=True)
        if query.varies(key)
    )


def _whole(parts: Sequence[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _singly(keys: Keys, part: Formula | _Points) -> Iterator[tuple[Keys, Formula]]:
    """A variant of a claim; said of several points, one variant for each of them, for a quantifier to count."""
    if not isinstance(part, _Points):
        yield keys, part
        return
    for place, formula in part.parts.items():
        yield (*keys, ("position", part.shown[place])), formula


_SUMMARIES = frozenset(("average", "avg", "avg.", "mean", "overall", "total", "sum", "all", "median"))
"""Rows of a table that sum up the others, and are none of the things that are counted."""


def _things(bindings: Sequence[Keys]) -> list[Keys]:
    """What a quantifier counts: not the value for all of them together, where there are values for each."""
    named = {key for binding in bindings for key, value in binding if value is not None}
    kept = [
        binding
        for binding in bindings
        if not any(key in named and (value is None or folded(value) in _SUMMARIES) for key, value in binding)
    ]
    return kept or list(bindings)


def _is_one_of(keys: Keys, names: frozenset[str]) -> bool:
    return any(value in names for _, value in keys)


def _varies_alike(key: str, queries: Sequence[Query]) -> bool:
    """Whether all queries leave the key open in the same way, so that it varies together."""
    allowed = {query.allowed(key) for query in queries}
    return len(allowed) == 1 and queries[0].varies(key)


def _consistent(
    options: Sequence[Sequence[Stack]], queries: Sequence[Query], keys: Sequence[str]
) -> Iterator[tuple[Stack, ...]]:
    """Every choice of one stack a query in which keys that some of the queries leave open alike agree."""
    alike = [
        (place, other, key)
        for key in keys
        for place in range(len(queries))
        for other in range(place)
        if queries[place].varies(key) and queries[place].allowed(key) == queries[other].allowed(key)
    ]

    def choose(chosen: tuple[Stack, ...]) -> Iterator[tuple[Stack, ...]]:
        place = len(chosen)
        if place == len(options):
            yield chosen
            return
        for stack in options[place]:
            ties = ((other, key) for mine, other, key in alike if mine == place)
            if all(stack.value(key) == chosen[other].value(key) for other, key in ties):
                yield from choose((*chosen, stack))

    return choose(())


def _shared_at(queries: Sequence[Query]) -> list[str | None]:
    """The point of each query; one that names none takes the first that is named, but for "throughout"."""
    named = next((query.at for query in queries if query.at is not None), None)
    return [query.at if query.at is not None else named for query in queries]


def _at_shared_places(stacks: Sequence[Stack]) -> list[tuple[Row, ...]]:
    """The rows at each place that all the stacks have, in order."""
    by_place = [{row.key.place: row for row in stack.rows} for stack in stacks]
    shared = (place for place in by_place[0] if all(place in rows for rows in by_place[1:]))
    return [tuple(rows[place] for rows in by_place) for place in shared]


def _unspecified(stacks: Sequence[Stack]) -> tuple[list[tuple[Row, ...]], str]:
    """The end where all have one (a lone value without a point counts), else every shared point."""
    ends = []
    for stack in stacks:
        finals = [row for row in stack.rows if row.point.name == END or row.point == NOWHERE]
        ends.append(next((row for row in finals if row.point.name == END), finals[0] if finals else None))
    if all(row is not None for row in ends):
        return [tuple(row for row in ends if row is not None)], "one"
    shared = _at_shared_places(stacks)
    return shared, "one" if len(shared) == 1 else "agree"


def _is_overall(binding: Keys) -> bool:
    """Whether a binding leaves every dimension unset, and there is one to set."""
    levels = [value for key, value in binding if key not in (METRIC, SUBJECT)]
    return bool(levels) and all(value is None for value in levels)


def _differ(rows: Sequence[Row]) -> bool:
    """Whether the rows are things to compare: all different; or two different pairs of different ones, as in a contrast."""
    keys = [row.key for row in rows]
    if len(keys) != 4:  # noqa: PLR2004
        return len(set(keys)) == len(keys)
    return keys[0] != keys[1] and keys[2] != keys[3] and set(keys[:2]) != set(keys[2:])


def _inside(rows: Iterable[Row], low: Fraction | None, high: Fraction | None) -> tuple[Row, ...]:
    """The rows whose positions lie in a stretch; all of them where it has no ends."""
    if low is None and high is None:
        return tuple(rows)
    placed = ((row, row.point.position) for row in rows)
    return tuple(
        row
        for row, position in placed
        if position is not None and (low is None or position >= low) and (high is None or position <= high)
    )


def _range(at: str | None) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a stretch of positions written "60..120", "80.." or "..40"; Unjudgeable where one is no position."""
    if at is None or ".." not in at:
        return None, None
    low, _, high = at.partition("..")
    return _end_of_stretch(low, START), _end_of_stretch(high, END)


def _end_of_stretch(written: str, default: str) -> Fraction | None:
    if not written.strip() or folded(written) == default or folded(written) in NAMED_POINTS:
        return None
    position = position_of(written)
    if position is None:
        raise Unjudgeable(Reason.MISSING_VALUE, f"{written.strip()!r} is no position along a series")
    return position
