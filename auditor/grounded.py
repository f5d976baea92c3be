"""grounded: an extraction brought down to the document: quotes placed, numbers parsed, values entered as facts.

What the document does not bear out is used for nothing and listed as rejected, with the
reason; nothing is repaired on the way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.numeral import parse_quantity
from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.exact.unit import parse_unit
from auditor.exact.verdict import Reason
from auditor.facts.declared import by_number, families, metrics_of
from auditor.facts.row import Key
from auditor.facts.tabulated import tabulated
from auditor.facts.tidy import COUNT, Facts
from auditor.grounding import Grounder, Numbers
from auditor.guards.keying import key_doubt
from auditor.guards.siblings import Sibling
from auditor.guards.values import polarity_doubt
from auditor.names import Names, folded, names_of
from auditor.passage import Passage
from auditor.report import Rejected
from auditor.surroundings import Surroundings
from auditor.tables.found import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from auditor.claim import Claim, Selector
    from auditor.document import Document, Span
    from auditor.exact.quantity import Quantity
    from auditor.exact.unit import Unit
    from auditor.extraction import Axis, Metric, Value
    from auditor.facts.position import Point
    from auditor.partial import Dropped, Partial
    from auditor.tables.lookup import Records


_NOT_STATED = "its range does not stand in the quoted passage"


class PlacedClaim(Struct, frozen=True):
    """A claim with the place of its quote."""

    claim: Claim
    span: Span | None
    """None where the quote does not stand in the document."""


class _Entry(NamedTuple):
    """A value on its way into the table."""

    own: Sibling
    """Where the number stands, with its key as it was read."""
    point: Point
    quantity: Quantity
    quote: Span


class Reading:
    """Everything the judge needs to know of one document and what was read from it."""

    def __init__(self, document: Document, partial: Partial, tolerances: Tolerances = TOLERANCES) -> None:
        extraction, _, values_within, claims_within = partial
        self.document = document
        self.extraction = extraction
        self.tolerances = tolerances
        self.tables = tables_of(document)
        self.tabulation = tabulated(self.tables, extraction)
        self.names = Names(extraction, self.tabulation)
        self.numbers = Numbers(document, tolerances.hedges)
        self.surroundings = Surroundings(document)
        self.subject_index, self.level_index = self.names.index(document)
        self.rejected: list[Rejected] = []
        self.unitless: set[str] = set()
        """Metrics whose unit the document does not bear out."""
        self.ranges: list[Span] = []
        """Where the document gives the ranges of its axes."""
        self.lost: list[str] = []
        """Metrics of values that were rejected, so that nothing is known of what they are the values of."""
        self._grounder = Grounder(document)
        self._passages: dict[Span, Passage] = {}
        self.facts = Facts(self.names, self._metrics(), self._position())
        self._enter_tables()
        self._enter(zip(extraction.values, values_within or repeat(None), strict=False))
        described = [name for name, does in self.tabulation.describing.items() if does]
        self.facts.describe(described, families(extraction))
        self.claims = tuple(
            PlacedClaim(claim, self.locate(claim.quote, names_of(claim, self.names), within))
            for claim, within in zip(extraction.claims, claims_within or repeat(None), strict=False)
        )
        self._drop(partial.dropped)

    def passage(self, span: Span) -> Passage:
        """A place with what stands around it."""
        if span not in self._passages:
            rings = self.surroundings.rings(span)
            self._passages[span] = Passage(self.document, span, rings, self.subject_index, self.level_index)
        return self._passages[span]

    def metric_of(self, selector: Selector | None) -> str | None:
        """The name of the metric that a selector names, if it names one that is known."""
        return None if selector is None or selector.metric is None else self.names.metrics.meaning(selector.metric)

    def locate(self, quote: str, names: Iterable[str], within: Span | None = None) -> Span | None:
        """Where a quote stands in a part of the document; among several places, where these names stand nearest."""
        return self._grounder.locate(quote, lambda: self._fit(frozenset(names)), within)

    def _fit(self, wanted: frozenset[str]) -> Callable[[Span], int]:
        def fit(span: Span) -> int:
            """Four for each name in the passage, three in its sentence, two in its line, one in its headings."""
            score, rings = 0, [span, *self.surroundings.rings(span)]
            left = set(wanted)
            for place, ring in enumerate(rings):
                named = {named.name for named in self.subject_index.within(ring)}
                named.update(named_.name for index in self.level_index.values() for named_ in index.within(ring))
                score += len(left & named) * max(4 - place, 1)
                left -= named
            return score

        return fit

    def _metrics(self) -> Iterator[Metric]:
        """The metrics, without what the document does not bear out of them."""
        for metric in metrics_of(self.extraction, self.tabulation.metrics):
            doubt, changes = polarity_doubt(metric), dict[str, Any]()
            if doubt is not None:
                self.rejected.append(Rejected(f"polarity of {metric.name!r}", doubt, None))
                changes["better"] = "unknown"
            if metric.axis is not None and not self._is_stated(metric.axis):
                self.rejected.append(Rejected(f"axis of {metric.name!r}", _NOT_STATED, None))
                changes["axis"] = None
            unit_doubt = None if metric.unit is None else self._unit_doubt(metric, metric.unit)
            if unit_doubt is not None:
                self.rejected.append(Rejected(f"unit of {metric.name!r}", unit_doubt, None))
                changes["unit"] = None
                if metric.name not in self.tabulation.metrics:  # else its table says in what it counts
                    self.unitless.add(metric.name)
            yield replace(metric, **changes) if changes else metric

    def _position(self) -> Axis | None:
        position = self.extraction.position
        if position is None or self._is_stated(position):
            return position
        self.rejected.append(Rejected("axis of the positions", _NOT_STATED, None))
        return None

    def _is_stated(self, axis: Axis) -> bool:
        """Whether the document gives the range, in one passage."""
        span = self.locate(axis.quote, ())
        if span is None or not all(self.numbers.places(span, end) for end in (axis.low, axis.high)):
            return False
        self.ranges.append(span)
        return True

    def _unit_doubt(self, metric: Metric, unit: str) -> str | None:
        """Counts are whole and bare; any other unit stands in the document, alone or with a number."""
        if folded(unit) == COUNT:
            values = (value.written for value in self.extraction.values if value.metric == metric.name)
            quantities = (parse_quantity(written) for written in values)
            odd = next(
                (q for q in quantities if q is not None and (q.unit is not None or q.point.denominator != 1)), None
            )
            return None if odd is None else f"{odd.written} is no count"
        written = r"\s+".join(map(re.escape, unit.split()))
        stands = re.search(rf"(?<!\w){written}(?!\w)", self.document.text, re.IGNORECASE) is not None
        if stands or parse_unit(unit) in self._units:
            return None
        return f"{unit!r} does not stand in the document"

    @cached_property
    def _units(self) -> list[Unit]:
        return [
            n.quantity.unit for n in self.numbers.numerals if n.quantity is not None and n.quantity.unit is not None
        ]

    @cached_property
    def records(self) -> dict[int, Records]:
        """The rows of each table, by its number from 1; those without rows of one sort are left out."""
        from auditor.tables.lookup import records  # noqa: PLC0415  (few claims are about rows)

        found = ((number, records(tables)) for number, tables in by_number(self.tables, self.extraction).items())
        return {number: each for number, each in found if each is not None}

    def is_name(self, start: int, end: int) -> bool:
        """Whether a place is part of the name of a subject or level, or stands in the header or a label of a table."""
        if any(span.start <= start < span.end for span in self.tabulation.grids):
            return True
        indexes = (self.subject_index, *self.level_index.values())
        return any(index.touches(start, end) for index in indexes)

    def _enter(self, values: Iterable[tuple[Value, Span | None]]) -> None:
        """The values into the table, in the order in which the document states them; in whatever order they were read."""
        found = [(value, self._entry(value, within)) for value, within in values]
        siblings: dict[Span, list[Sibling]] = defaultdict(list)
        for _, entry in found:
            if isinstance(entry, _Entry):
                siblings[self.passage(entry.quote).sentence].append(entry.own)
        judged = [(value, self._undoubted(value, entry, siblings)) for value, entry in found]
        entries = [(entry, value) for value, entry in judged if isinstance(entry, _Entry)]
        lost = [(value, fault) for value, fault in judged if isinstance(fault, Rejected)]
        for entry, value in sorted(entries, key=lambda pair: (pair[0].own.span, pair[0].quote)):
            (told, span), point, quantity, quote = entry
            if not self.facts.add(self._in_table(told), point, quantity, span, quote):
                why = f"{Reason.UNIT_MISMATCH}: {Reason.UNIT_MISMATCH.meaning}"
                lost.append((value, Rejected(_described(value), why, quote)))
        for value, fault in sorted(lost, key=lambda pair: (pair[1].span is None, pair[1].span or (0, 0), pair[1].what)):
            number = parse_quantity(value.written)
            if number is None or not self.facts.tables_give(value.metric, value.subject, number.point):
                self.lost.append(value.metric)
            self.rejected.append(fault)

    def _drop(self, dropped: Iterable[Dropped]) -> None:
        """What the answer gives and no schema has: where it was meant to be, and of what."""
        for item in dropped:
            self.lost.extend([] if item.metric is None else [item.metric])
            span = None if item.quote is None else self.locate(item.quote, (), item.within)
            self.rejected.append(Rejected(item.what, f"does not fit the schema: {item.why}", span, malformed=True))

    def _enter_tables(self) -> None:
        """The numbers of the tables: where they stand is certain, and so is what they are the values of."""
        names, facts = self.names, self.facts
        self._tabled: dict[tuple[object, ...], list[Key]] = defaultdict(list)
        for value in self.tabulation.values:
            metric = names.metrics.meaning(value.metric)
            subject = names.subjects.meaning(value.subject) if value.subject is not None else None
            levels = [names.level(f"{dimension}={level}") for dimension, level in value.levels]
            if metric is None or (value.subject is not None and subject is None) or not all(levels):
                self.rejected.append(Rejected(f"cell of {value.metric!r}", "its name means two things", value.cell))
                continue
            chosen = tuple(sorted({found[0] for found in levels}))
            point = facts.placed(value.point)
            key = Key(facts.canonical(metric), subject, chosen, point.place)
            quantity = value.quantity.under(self.tolerances.hedges)
            if not facts.add(key, point, quantity, value.span, value.cell, in_table=True):
                self.rejected.append(Rejected(f"cell of {value.metric!r}", Reason.UNIT_MISMATCH.meaning, value.cell))
                continue
            self._tabled[key[:2] + key[3:]].append(key)

    def _in_table(self, key: Key) -> Key:
        """The key of the one row of the tables that a value of the prose, which may name fewer levels, can mean."""
        levels = set(key.levels)
        fitting = [tabled for tabled in self._tabled.get(key[:2] + key[3:], ()) if levels <= set(tabled.levels)]
        return fitting[0] if len(fitting) == 1 and key not in self.facts.rows else key

    def _entry(self, value: Value, within: Span | None) -> _Entry | Rejected:
        """Where a value stands and what it is the value of; where it cannot be entered, why."""
        what = _described(value)
        names, facts = self.names, self.facts
        metric = names.metrics.meaning(value.metric)
        subject = names.subjects.meaning(value.subject) if value.subject is not None else None
        levels = [facts.level(level, metric and facts.canonical(metric)) for level in value.levels]
        point = facts.point(value.at)
        if (
            metric is None
            or (value.subject is not None and subject is None)
            or any(len(found) != 1 for found in levels)
        ):
            return Rejected(what, f"{Reason.UNKNOWN_SUBJECT}: a name in its key is not declared", None)
        if point is None:
            return Rejected(what, f"its point {value.at!r} is neither a name nor a position", None)
        chosen = tuple(sorted({found[0] for found in levels}))
        named = [name for name in (subject, *(level for _, level in chosen)) if name]
        quote = self.locate(value.quote, named, within)
        if quote is None:
            return Rejected(what, f"{Reason.QUOTE_NOT_FOUND}: {Reason.QUOTE_NOT_FOUND.meaning}", None)
        found = self.numbers.find(quote, value.written)
        if found is None:
            return Rejected(what, f"{Reason.NUMBER_NOT_IN_QUOTE}: {Reason.NUMBER_NOT_IN_QUOTE.meaning}", quote)
        quantity, span = found
        return _Entry(Sibling(Key(facts.canonical(metric), subject, chosen, point.place), span), point, quantity, quote)

    def _undoubted(
        self, value: Value, entry: _Entry | Rejected, siblings: Mapping[Span, Sequence[Sibling]]
    ) -> _Entry | Rejected:
        """The value, unless the words around it speak of something else."""
        if isinstance(entry, Rejected):
            return entry
        passage = self.passage(entry.quote)
        around = siblings[passage.sentence], self.numbers.within(passage.sentence)
        doubt = key_doubt(entry.own, entry.point, *around, passage, self.names)
        return (
            entry if doubt is None else Rejected(_described(value), f"{Reason.READING_IN_DOUBT}: {doubt}", entry.quote)
        )


def _described(value: Value) -> str:
    return f"value {value.written!r} of {value.metric!r}" + (f" for {value.subject!r}" if value.subject else "")
