"""tidy: the tidy table of grounded values, one row for each thing the document gives a number for."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.exact.numeral import parse_quantity
from auditor.exact.unit import conversion, parse_unit
from auditor.facts.position import END, NAMED_POINTS, NOWHERE, START, Point, position_of
from auditor.facts.row import Mention, Row
from auditor.facts.stack import Stacks
from auditor.names import folded
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from auditor.document import Span
    from auditor.exact.numeral import Quantity
    from auditor.exact.unit import Unit
    from auditor.extraction import Axis, Metric
    from auditor.facts.row import Key
    from auditor.facts.stack import Stack
    from auditor.names import Names

COUNT = "count"
"""The unit of a metric whose values are counted, so that its whole numbers are exact."""

_TIMES = frozenset(("ns", "µs", "ms", "s", "sec", "min", "h", "day", "week", "month", "year"))
PERCENT = "%"
_PLAIN = frozenset(("points", "x", "$", "€", "£", "¥", "dB"))
"""Units that a metric counted in them may leave out."""

_SCALES = {
    "thousand": Fraction(1000),
    "thousands": Fraction(1000),
    "million": Fraction(10**6),
    "millions": Fraction(10**6),
}
_SCALES |= {"billion": Fraction(10**9), "billions": Fraction(10**9)}
"""What bare numbers are multiplied by where the metric is counted in thousands or more."""
_LETTERS = {"K": Fraction(1000), "M": Fraction(10**6), "B": Fraction(10**9), "T": Fraction(10**12)}
_COUNTS = Phrase(r"\b(?:param\w*|tokens?|weights|people|users|inhabitants|population)\b")
"""Metrics that count what has no bytes."""
_THOUSAND, _FAR = 1000, 100
WORDED = Fraction(1, 10)
"""How far a fraction or a factor put in words ("half", "doubles", "a third") may be off, to each side."""
_BARE = Phrase(r"[-−+]?[\d.,\s\u2009\u202f]+")
_WHOLE = Phrase(r"[-−+]?\d{1,3}(?:[,\s\u2009\u202f]?\d{3})*")


class Facts:
    """The table; built once for a document, then only read."""

    def __init__(self, names: Names, metrics: Iterable[Metric], position: Axis | None) -> None:
        """An empty table; values are added one by one as they are grounded."""
        self.names, self.position = names, position
        self.metrics = {metric.name: metric for metric in metrics}
        self.units: dict[str, Unit] = {}
        self.rows: dict[Key, Row] = {}
        self.mentions: list[Mention] = []
        self._ends = (None, None) if position is None else (position_of(position.low), position_of(position.high))
        self._scales: dict[str, Fraction] = {}
        self._known_stacks: Stacks | None = None
        self.describing: frozenset[str] = frozenset()
        self.families: frozenset[str] = frozenset()
        """Those of the describing dimensions of which the names of the subjects speak: no first place is of one alone."""
        """Dimensions of which each subject has one level: they describe it, and tell none of its values apart."""
        self.counted: set[str] = set()
        self._same = _same_metrics(self.metrics.values())
        for name, metric in self.metrics.items():
            if metric.unit is not None and folded(metric.unit) == COUNT:
                self.counted.add(self.canonical(name))
                continue
            scale, named = _scaled(metric.unit or "", counts=_COUNTS.search(name) is not None)
            if scale != 1:
                self._scales[self.canonical(name)] = scale
            unit = parse_unit(named) if named else None
            if unit is not None:
                self.units[self.canonical(name)] = unit

    def canonical(self, metric: str) -> str:
        """The one name of metrics that are said to be the same."""
        return self._same.get(metric, metric)

    def scale_of(self, metric: str) -> Fraction:
        """What bare numbers of the metric are multiplied by: 1,000 where it is counted in thousands."""
        return self._scales.get(self.canonical(metric), Fraction(1))

    def point(self, at: str | None) -> Point | None:
        """A point as the model writes it: a name, a position, or both ("peak 60"); None if it is none of these."""
        if at is None or not at.strip():
            return NOWHERE
        words = at.split()
        name = words[0].lower() if words[0].lower() in NAMED_POINTS else ""
        rest = " ".join(words[1:] if name else words)
        position = position_of(rest) if rest else None
        if rest and position is None:
            return None
        return self.placed(Point(name, position, "" if name else rest))

    def placed(self, point: Point) -> Point:
        """A point with what the axis says of it: the start and the end are its first and last position."""
        name, position, text = point
        low, high = self._ends
        if position is None and name in (START, END):
            position = low if name == START else high
        elif not name and position is not None and position in (low, high):
            name = START if position == low else END
        return Point(name, position, text)

    def add(  # noqa: PLR0913  (a statement, and where it stands)
        self, key: Key, point: Point, quantity: Quantity, span: Span, quote: Span, *, in_table: bool = False
    ) -> bool:
        """One more mention; False where its unit cannot be brought to that of its metric."""
        understood = self._in_unit_of(key.metric, quantity)
        if understood is None:
            return False
        quantity, factor = understood
        interval = quantity.interval.scaled(factor)
        claimed = interval if quantity.hedge is None else quantity.claimed.scaled(factor)
        mention = Mention(len(self.mentions), key, point, quantity, interval, claimed, span, quote, in_table)
        self.mentions.append(mention)
        self._known_stacks = None
        row = self.rows.get(key)
        self.rows[key] = Row(key, point, (mention,)) if row is None else Row(key, row.point, (*row.mentions, mention))
        return True

    def _in_unit_of(self, metric: str, quantity: Quantity) -> tuple[Quantity, Fraction] | None:
        """A number as one of a metric, and what brings it to the metric's unit; None where nothing does."""
        if quantity.unit is not None and quantity.unit.name in _LETTERS and _COUNTS.search(metric) is not None:
            return replace(quantity.scaled(_LETTERS[quantity.unit.name]), unit=None), Fraction(1)
        factor, is_bare = Fraction(1), quantity.unit is None
        if is_bare and metric in self.counted and quantity.point.denominator == 1:
            quantity = replace(quantity, step=None)
        elif is_bare and self._is_measured(metric) and _WHOLE.fullmatch(quantity.written):
            quantity = replace(quantity, step=quantity.step or Fraction(1))  # so 1,104 is a rounded number too
        if is_bare and metric in self._scales and _is_bare(quantity):
            factor = self._scales[metric]
        if is_bare and self._is_part_in_words(quantity, metric):
            factor = Fraction(100)  # "one word in ten" is 10 %
        if quantity.step is None and quantity.point.denominator != 1 and quantity.is_worded:
            quantity = replace(quantity, step=2 * WORDED * abs(quantity.point))  # "half of them live" is no 50.0 %
        if quantity.unit is None:
            return quantity, factor
        converted = conversion(quantity.unit, self.units.setdefault(metric, quantity.unit))
        return None if converted is None else (quantity, converted)

    def _is_part_in_words(self, quantity: Quantity, metric: str) -> bool:
        """Whether a number is a part of one ("half"), and the metric a percentage."""
        unit = self.units.get(metric)
        return unit is not None and unit.name == PERCENT and quantity.step is None and quantity.point.denominator != 1

    def _is_measured(self, metric: str) -> bool:
        """Whether what it counts in can be divided: seconds can, points of a league cannot."""
        unit = self.units.get(metric)
        return unit is not None and unit.dimension not in {"points", "factor"}

    def describe(self, dimensions: Iterable[str], families: Iterable[str] = ()) -> None:
        """Take those of the dimensions, and of the families, for descriptions of which no subject has two levels."""
        meaning = self.names.dimensions.meaning
        sorting = {name for each in families if (name := meaning(each)) is not None}
        known = sorting | {name for each in dimensions if (name := meaning(each)) is not None}
        levels: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for key in self.rows if known else ():
            for dimension, level in key.levels:
                if dimension in known:
                    levels[dimension, key.subject].add(level)
        several = {dimension for (dimension, _), found in levels.items() if len(found) > 1}
        self.describing = frozenset(known - several)
        self.families = frozenset(sorting - several)

    def of_metric(self, metric: str) -> Sequence[Row]:
        """The rows of a metric, those of one subject together, in the order of the document."""
        return self._stacks.rows(metric)

    def tables_give(self, metric: str, subject: str | None, number: Fraction) -> bool:
        """Whether a table gives a number for a subject; a value of the prose that repeats it is not lost with the prose."""
        of = self.names.metrics.meaning(metric)
        rows = [] if of is None else self.of_metric(self.canonical(of))
        mentions = (mention for row in rows if row.key.subject == subject for mention in row.mentions)
        return any(mention.in_table and mention.quantity.point == number for mention in mentions)

    def level(self, name: str, metric: str | None) -> Sequence[tuple[str, str]]:
        """What the name of a level can mean where it is said of a metric: of two totals, the one that the metric has."""
        meanings = self.names.level(name)
        if len(meanings) < 2:  # noqa: PLR2004  (one leaves no choice)
            return meanings
        metrics = self.measured() if metric is None else (metric,)
        used = [pair for pair in meanings if any(self.stacks(each, None, {pair[0]: {pair[1]}}) for each in metrics)]
        return used or meanings

    def stacks(
        self, metric: str, subjects: Collection[str] | None, levels: Mapping[str, Collection[str]]
    ) -> Sequence[Stack]:
        """The stacks of a metric, of the named subjects or of all, with one of the levels of each dimension named."""
        return self._stacks.fitting(metric, subjects, levels)

    def factor(self, quantity: Quantity, metric: str) -> Fraction | None:
        """What brings a number that a claim states to the unit of a metric; None where none is known to.

        A percentage of a metric without a unit is a part of one where all its values are, and a part of one in words
        ("half") is a percentage where the metric is one.
        """
        unit, own = self.units.get(metric), quantity.unit
        if own is None and metric in self._scales and _is_bare(quantity):
            return self._scales[metric]
        if self._is_counted_otherwise(quantity, metric):
            return None
        if own is None:
            return Fraction(100) if self._is_part_in_words(quantity, metric) else Fraction(1)
        if unit is not None:
            if {own.name, unit.name} == {PERCENT, "points"} or unit.name.startswith(f"{own.name}/"):
                return Fraction(1)  # "2.8 J more for a document", of a metric in J/doc
            measured, per, thing = own.name.partition("/")
            plain = parse_unit(measured) if per and thing not in _TIMES else None  # "2 KB per call", of what is in B
            known = conversion(own, unit)
            return known if known is not None or plain is None else conversion(plain, unit)
        written = self.metrics[metric].unit if metric in self.metrics else None
        if own.name in _PLAIN or (written or "").startswith(f"{own.name}/"):
            return Fraction(1)
        if own.name != PERCENT:
            return None
        if metric in self.counted:
            return None
        parts = all(abs(mention.quantity.point) <= 1 for mention in self.mentions if mention.key.metric == metric)
        return Fraction(1, 100) if parts else Fraction(1)

    def _is_counted_otherwise(self, quantity: Quantity, metric: str) -> bool:
        """Whether a number is so much larger than all values that they are counted in thousands or more: "a billion"."""
        if quantity.unit is not None or metric in self._scales or abs(quantity.point) < _THOUSAND:
            return False
        if _BARE.fullmatch(quantity.written):
            return False
        values = [mention.quantity.point for mention in self.mentions if mention.key.metric == metric]
        return bool(values) and abs(quantity.point) >= _FAR * max(map(abs, values)) > 0

    def measured(self) -> tuple[str, ...]:
        """The metrics that have at least one row."""
        return self._stacks.metrics

    def dimensions_in_use(self) -> tuple[str, ...]:
        """The dimensions that tell rows apart."""
        return self._stacks.dimensions

    @property
    def _stacks(self) -> Stacks:
        if self._known_stacks is None:
            self._known_stacks = Stacks(self.rows.values(), on_axis=self.position is not None)
        return self._known_stacks


def _is_bare(quantity: Quantity) -> bool:
    """Whether a number is no more than its digits: the "370" of "370 to 390 million" is 370 million."""
    own = parse_quantity(quantity.written) if _BARE.fullmatch(quantity.written) else None
    return own is not None and abs(own.point) == abs(quantity.point)


def _scaled(unit: str, *, counts: bool) -> tuple[Fraction, str]:
    """What bare numbers are multiplied by, and the unit without the word for it: "million €", "€ million".

    Of what can only be counted, parameters for one, "B" are billions and no bytes.
    """
    if counts and unit in _LETTERS:
        return _LETTERS[unit], ""
    words = unit.split(" ")
    for place in (0, -1):
        scale = _SCALES.get(words[place].casefold())
        if scale is not None:
            return scale, " ".join(words[1:] if place == 0 else words[:-1])
    return Fraction(1), unit


def _same_metrics(metrics: Iterable[Metric]) -> dict[str, str]:
    """Each metric that is another one under a second name, with the name it goes by; chains are followed."""
    direct = {
        metric.name: metric.derived.of
        for metric in metrics
        if metric.derived is not None and metric.derived.how == "same"
    }
    resolved = {}
    for name, other in direct.items():
        seen, at = {name}, other
        while at in direct and at not in seen:
            seen.add(at)
            at = direct[at]
        resolved[name] = min(seen) if at in seen else at
    return resolved
