"""facts: the tidy table of grounded values, one row for each thing the document gives a number for.

A row is keyed by metric, subject, levels and point. Several mentions of one key make one
row; where they cannot all be true the row is as wide as they are, so that nothing is
judged on a number that the document itself disputes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.numeral import parse_quantity, parse_range, show
from auditor.exact.unit import conversion, parse_unit
from auditor.tables.positions import step_at, time_at

from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from auditor.document import Span
    from auditor.exact.interval import Interval
    from auditor.exact.numeral import Quantity
    from auditor.exact.unit import Unit
    from auditor.extraction import Axis, Metric
    from auditor.names import Names

START, END, PEAK, TROUGH, AVERAGE = "start", "end", "peak", "trough", "average"
NAMED_POINTS = frozenset({START, END, PEAK, TROUGH, AVERAGE})

COUNT = "count"
"""The unit of a metric whose values are counted, so that its whole numbers are exact."""

PERCENT = "%"
_PLAIN = frozenset(("points", "x", "$", "€", "£", "¥", "dB"))
"""Units that a metric counted in them may leave out."""

Levels = tuple[tuple[str, str], ...]
"""Pairs of dimension and level, sorted by dimension."""


class Point(NamedTuple):
    """Where along a series a value stands."""

    name: str
    """One of the named points, or empty."""
    position: Fraction | None
    """The position on the axis, where it is known."""
    text: str = ""
    """The position as written, for a reader; no part of what the point is."""

    @property
    def place(self) -> Fraction | str:
        """What tells two points apart: the position where there is one, else the name."""
        return self.name if self.position is None else self.position

    @property
    def shown(self) -> str:
        """As a reader would say it."""
        return self.name or self.text or ("" if self.position is None else _plain(self.position))


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else show(number)


NOWHERE = Point("", None)
"""The point of a value that is no part of a series."""


class Key(NamedTuple):
    """What a value is the value of."""

    metric: str
    subject: str | None
    levels: Levels
    place: Fraction | str


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement of a value."""

    number: int
    """Its place in the table, counted from 0; what evidence refers to."""
    key: Key
    point: Point
    quantity: Quantity
    interval: Interval
    """In the unit of the metric."""
    claimed: Interval
    """The same, widened by the hedge."""
    span: Span
    """Where the number stands."""
    quote: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One key with everything that is stated for it."""

    key: Key
    point: Point
    mentions: tuple[Mention, ...]

    def without(self, hidden: Sequence[Span]) -> Row | None:
        """The row without the mentions that touch a hidden place; None where none is left."""
        if not hidden:
            return self
        kept = tuple(mention for mention in self.mentions if not any(mention.span.overlaps(span) for span in hidden))
        return None if not kept else self if len(kept) == len(self.mentions) else Row(self.key, self.point, kept)

    @property
    def interval(self) -> Interval:
        """What all mentions allow together; where they exclude one another, everything that any allows."""
        plain = [mention for mention in self.mentions if mention.quantity.hedge is None] or list(self.mentions)
        common: Interval | None = plain[0].interval
        for mention in plain[1:]:
            common = None if common is None else common.intersection(mention.interval)
        if common is not None and self.conflict is None:
            return common
        hull = self.mentions[0].interval
        for mention in self.mentions[1:]:
            hull = hull.hull(mention.interval)
        return hull

    @property
    def conflict(self) -> tuple[Mention, Mention] | None:
        """Two mentions that cannot both be true, hedges allowed for; None where all can."""
        bounded = [mention for mention in self.mentions if None not in (mention.claimed.low, mention.claimed.high)]
        if len(bounded) < 2:  # noqa: PLR2004
            return None
        highest = max(bounded, key=lambda mention: mention.claimed.low or Fraction(0))
        lowest = min(bounded, key=lambda mention: mention.claimed.high or Fraction(0))
        if highest.claimed.meets(lowest.claimed):
            return None
        return (highest, lowest) if highest.number < lowest.number else (lowest, highest)

    @property
    def shown(self) -> str:
        """The value as written; with every wording where there are several."""
        wordings = list(dict.fromkeys(_written(mention.quantity) for mention in self.mentions))
        return " / ".join(wordings[:3]) + (" / …" if len(wordings) > 3 else "")  # noqa: PLR2004  (enough to read)


def _written(quantity: Quantity) -> str:
    about = quantity.hedge is not None and quantity.hedge.name == "about"
    return f"~{quantity.written}" if about else quantity.written


@dataclass
class Facts:
    """The table; built once for a document, then only read."""

    names: Names
    metrics: dict[str, Metric]
    position: Axis | None
    units: dict[str, Unit] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        axis = self.position
        self._ends = (None, None) if axis is None else (position_of(axis.low), position_of(axis.high))
        self._scales: dict[str, Fraction] = {}
        self._known_index: _Index | None = None
        self.counted: set[str] = set()
        self._same = _same_metrics(self.metrics.values())
        for name, metric in self.metrics.items():
            if metric.unit is not None and folded(metric.unit) == COUNT:
                self.counted.add(self.canonical(name))
                continue
            scale = None if metric.unit is None else _SCALES.get(metric.unit.split(" ")[0].casefold())
            if scale is not None:
                self._scales[self.canonical(name)] = scale
            named = "" if metric.unit is None else metric.unit.partition(" ")[2] if scale is not None else metric.unit
            unit = parse_unit(named) if named else None
            if unit is not None:
                self.units[self.canonical(name)] = unit

    @classmethod
    def of(cls, names: Names, metrics: Iterable[Metric], position: Axis | None) -> Facts:
        """An empty table; values are added one by one as they are grounded."""
        return cls(names, {metric.name: metric for metric in metrics}, position)

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

    def add(self, key: Key, point: Point, quantity: Quantity, span: Span, quote: Span) -> bool:
        """One more mention; False where its unit cannot be brought to that of its metric."""
        factor = Fraction(1)
        if key.metric in self.counted and quantity.point.denominator == 1 and quantity.unit is None:
            quantity = replace(quantity, step=None)
        if key.metric in self._scales and quantity.unit is None and _BARE.fullmatch(quantity.written):
            factor = self._scales[key.metric]
        if quantity.unit is not None:
            unit = self.units.setdefault(key.metric, quantity.unit)
            converted = conversion(quantity.unit, unit)
            if converted is None:
                return False
            factor = converted
        interval, claimed = quantity.interval.scaled(factor), quantity.claimed.scaled(factor)
        mention = Mention(len(self.mentions), key, point, quantity, interval, claimed, span, quote)
        self.mentions.append(mention)
        self._known_index = None
        row = self.rows.get(key)
        self.rows[key] = Row(key, point, (mention,)) if row is None else Row(key, row.point, (*row.mentions, mention))
        return True

    def of_metric(
        self, metric: str, subjects: Collection[str] | None, levels: Mapping[str, Collection[str]] | None = None
    ) -> list[Row]:
        """The rows of a metric, of the named subjects or of all, with one of the levels of each dimension named."""
        return self._index.rows(metric, subjects, levels or {})

    def factor(self, quantity: Quantity, metric: str) -> Fraction | None:
        """What brings a number that a claim states to the unit of a metric; None where none is known to.

        A percentage of a metric without a unit is a part of one where all its values are, and a part of one in words
        ("half") is a percentage where the metric is one.
        """
        unit, own = self.units.get(metric), quantity.unit
        if own is None and metric in self._scales and _BARE.fullmatch(quantity.written):
            return self._scales[metric]
        if own is None:
            worded = quantity.step is None and quantity.point.denominator != 1
            return Fraction(100) if worded and unit is not None and unit.name == PERCENT else Fraction(1)
        if unit is not None:
            if {own.name, unit.name} == {PERCENT, "points"} or unit.name.startswith(f"{own.name}/"):
                return Fraction(1)  # "2.8 J more for a document", of a metric in J/doc
            return conversion(own, unit)
        written = self.metrics[metric].unit if metric in self.metrics else None
        if own.name in _PLAIN or (written or "").startswith(f"{own.name}/"):
            return Fraction(1)
        if own.name != PERCENT:
            return None
        if metric in self.counted:
            return None
        parts = all(abs(mention.quantity.point) <= 1 for mention in self.mentions if mention.key.metric == metric)
        return Fraction(1, 100) if parts else Fraction(1)

    def measured(self) -> tuple[str, ...]:
        """The metrics that have at least one row."""
        return self._index.metrics

    def dimensions_in_use(self) -> tuple[str, ...]:
        """The dimensions that tell rows apart."""
        return self._index.dimensions

    @property
    def _index(self) -> _Index:
        if self._known_index is None:
            self._known_index = _Index(self.rows.values())
        return self._known_index


class _Index:
    """The rows by metric, subject and level, so that a claim looks at those it may mean and no others."""

    def __init__(self, rows: Iterable[Row]) -> None:
        by_subject: dict[str, dict[str | None, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            by_subject[row.key.metric][row.key.subject].append(row)
        self.metrics = tuple(by_subject)
        self.dimensions = tuple(dict.fromkeys(name for row in rows for name, _ in row.key.levels))
        self._rows = {metric: [row for own in groups.values() for row in own] for metric, groups in by_subject.items()}
        self._of_subject: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        self._of_level: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for metric, ordered in self._rows.items():
            for place, row in enumerate(ordered):
                self._of_subject[metric, row.key.subject].append(place)
                for dimension, level in row.key.levels:
                    self._of_level[metric, dimension, level].append(place)

    def rows(
        self, metric: str, subjects: Collection[str] | None, levels: Mapping[str, Collection[str]]
    ) -> list[Row]:
        """The rows that fit, those of one subject together, in the order of the document."""
        ordered = self._rows.get(metric, [])
        limits = [[self._of_level.get((metric, name, level), ()) for level in chosen] for name, chosen in levels.items()]
        if subjects is not None:
            limits.append([self._of_subject.get((metric, subject), ()) for subject in subjects])
        if not limits:
            return ordered
        allowed = [{place for places in limit for place in places} for limit in limits]
        return [ordered[place] for place in sorted(set.intersection(*allowed))]


_SCALES = {"thousand": Fraction(1000), "thousands": Fraction(1000), "million": Fraction(10**6), "millions": Fraction(10**6)}
_SCALES |= {"billion": Fraction(10**9), "billions": Fraction(10**9)}
"""What bare numbers are multiplied by where the metric is counted in thousands or more."""
_BARE = re.compile(r"[-−+]?[\d.,\s\u2009\u202f]+")


def position_of(written: str) -> Fraction | None:
    """A position along an axis: a time ("April", "1995", "Q3 2020"), the number in "step 60" or "1995", the first year of "2001/02", the middle of a range."""
    placed = step_at(written) if written.strip()[:1].isdecimal() else None
    placed = time_at(written) if placed is None else placed
    if placed is not None:
        return placed
    quantity = parse_quantity(written)
    if quantity is not None:
        return quantity.point
    ends = parse_range(written)
    if ends is not None and len(written) < 24 and ends[0].point < ends[1].point and "/" not in written:  # noqa: PLR2004
        return (ends[0].point + ends[1].point) / 2  # "step 35–40": its middle
    digits = written.strip().removesuffix("%")
    head = digits.replace("–", "-").replace("/", "-").split("-")[0]
    if head.isascii() and head.isdigit() and len(head) == 4:  # noqa: PLR2004  (a year)
        return Fraction(int(head))
    return Fraction(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 40 else None  # noqa: PLR2004


def _same_metrics(metrics: Iterable[Metric]) -> dict[str, str]:
    """Each metric that is another one under a second name, with the name it goes by; chains are followed."""
    direct = {
        metric.name: metric.derived.of for metric in metrics if metric.derived is not None and metric.derived.how == "same"
    }
    resolved = {}
    for name in direct:
        seen, at = {name}, direct[name]
        while at in direct and at not in seen:
            seen.add(at)
            at = direct[at]
        resolved[name] = min(seen) if at in seen else at
    return resolved
