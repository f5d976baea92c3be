"""merging: what was read from the parts of a document put together as if it had been read at once.

Things are one by name: where a part's name for a thing is the name that another part gives
it, or one of its other names. What one part tells apart stays apart, and where two parts
contradict each other about a name, nothing is settled: no verdict rests on a guess.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from auditor.exact.unit import parse_unit
from auditor.extraction import Attribute, Axis, Dimension, Extraction, Layout, Metric, Subject
from auditor.grounding import Grounder
from auditor.names import Names, folded
from auditor.partial import Dropped, Partial
from auditor.parts.levels import merged_levels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from auditor.document import Document, Span
    from auditor.extraction import Derived, Value


class Piece(Struct, frozen=True):
    """What was read from one part."""

    span: Span
    partial: Partial


class _Thing(Struct):
    """A metric or subject of the whole document."""

    name: str
    known: set[str]
    """The names, folded, under which parts declare it."""
    aliases: dict[str, None] = field(default_factory=dict)
    items: list[tuple[int, Metric | Subject]] = field(default_factory=list)
    """Its declarations, each with the number of its part."""

    def is_called(self, item: Metric | Subject) -> bool:
        """Whether one of the two goes by the name of the other."""
        names = {folded(alias) for alias in item.aliases}
        return folded(item.name) in self.known | {folded(alias) for alias in self.aliases} or bool(names & self.known)


class _Register:
    """The metrics or the subjects of the whole document, and what each part calls them."""

    def __init__(self, parts: Sequence[Iterable[Metric | Subject]], agree: Callable[[_Thing, object], bool]) -> None:
        self.things: list[_Thing] = []
        self._called: list[dict[str, str]] = []
        lists = [list(items) for items in parts]
        self._apart = {
            frozenset(pair)
            for items in lists
            for pair in combinations(sorted({folded(item.name) for item in items}), 2)
        }
        for number, items in enumerate(lists):
            called: dict[str, str] = {}
            for item in items:
                thing = self._thing(item, agree)
                thing.known.add(folded(item.name))
                thing.aliases |= dict.fromkeys((item.name, *item.aliases))
                thing.items.append((number, item))
                called[folded(item.name)] = thing.name
            for item in items:
                for alias in item.aliases:
                    called.setdefault(folded(alias), called[folded(item.name)])
            self._called.append(called)

    def _thing(self, item: Metric | Subject, agree: Callable[[_Thing, object], bool]) -> _Thing:
        """The thing that an item declares, a new one where it is none of those known."""
        name = folded(item.name)
        same = [thing for thing in self.things if name in thing.known]
        fitting = [thing for thing in same if agree(thing, item)]
        if not same:
            near = (thing for thing in self.things if thing.is_called(item) and agree(thing, item))
            fitting = [
                thing for thing in near if not any(frozenset((name, known)) in self._apart for known in thing.known)
            ]
        if len(fitting) == 1:
            return fitting[0]
        taken = {folded(thing.name) for thing in self.things}
        number, unit = 2, getattr(item, "unit", None)
        made = item.name if name not in taken else f"{item.name} ({unit or 1})"
        while folded(made) in taken:
            made, number = f"{item.name} ({number})", number + 1
        self.things.append(_Thing(made, set()))
        return self.things[-1]

    def name(self, part: int, written: str) -> str:
        """What a part's name for a thing is in the whole document; the name itself where the part declares none."""
        return self._called[part].get(folded(written), written)

    def aliases(self, thing: _Thing) -> tuple[str, ...]:
        """The other names of a thing, without those by which something else goes."""
        others = {known for other in self.things if other is not thing for known in (*other.known, folded(other.name))}
        return tuple(
            alias for alias in thing.aliases if folded(alias) != folded(thing.name) and folded(alias) not in others
        )


def merged(document: Document, values: Sequence[Piece], claims: Sequence[Piece], begins: Sequence[int]) -> Partial:
    """The reading of the whole from what was read of its parts; `begins` is where the document's tables begin."""
    return _Merging(document, values, begins).whole(claims)


class _Merging:
    def __init__(self, document: Document, pieces: Sequence[Piece], begins: Sequence[int]) -> None:
        self._document = document
        self._pieces = pieces
        self._begins = begins
        self._read = [piece.partial.extraction for piece in pieces]
        self._metrics = _Register(_metrics(self._read), _measure_alike)
        self._subjects = _Register([read.subjects for read in self._read], lambda _thing, _item: True)
        self._dimensions = merged_levels([read.dimensions for read in self._read])
        self._names = [Names(read) for read in self._read]
        self._stated = [Grounder(_only(document, piece.span)) for piece in pieces]
        self._dropped: list[Dropped] = []

    def whole(self, claims: Sequence[Piece]) -> Partial:
        """Everything under its names in the whole document, and what was dropped on the way."""
        for number, piece in enumerate([*self._pieces, *claims]):
            part = number % max(len(self._pieces), 1) + 1
            self._dropped.extend(
                replace(item, what=f"{item.what} about part {part}", within=piece.span)
                for item in piece.partial.dropped
            )
        values = [
            (self._value(part, value), piece.span) for part, piece in self._each() for value in self._values(part)
        ]
        stated = [(claim, piece.span) for piece in claims for claim in piece.partial.extraction.claims]
        extraction = Extraction(
            metrics=tuple(self._metric(thing) for thing in self._metrics.things),
            subjects=tuple(self._subject(thing) for thing in self._subjects.things),
            dimensions=tuple(
                Dimension(name=d.name, levels=d.levels, ordered=d.ordered) for d in self._dimensions.merged
            ),
            position=self._agreed([(part, read.position) for part, read in enumerate(self._read) if read.position]),
            tables=tuple(layout for part, piece in self._each() for layout in self._layouts(part, piece.span)),
            values=tuple(value for value, _ in values),
            claims=tuple(claim for claim, _ in stated),
        )
        return Partial(
            extraction, tuple(self._dropped), tuple(span for _, span in values), tuple(span for _, span in stated)
        )

    def _each(self) -> Iterable[tuple[int, Piece]]:
        return enumerate(self._pieces)

    def _values(self, part: int) -> tuple[Value, ...]:
        return self._read[part].values

    def _value(self, part: int, value: Value) -> Value:
        return replace(
            value,
            metric=self._metrics.name(part, value.metric),
            subject=None if value.subject is None else self._subjects.name(part, value.subject),
            levels=self._levels(part, value.levels),
        )

    def _levels(self, part: int, written: Iterable[str]) -> tuple[str, ...]:
        """Levels with their dimensions, since another part may have a level of that name elsewhere."""
        found = ((level, self._names[part].level(level)) for level in written)
        return tuple(self._dimensions.level(part, *meant[0]) if len(meant) == 1 else level for level, meant in found)

    def _metric(self, thing: _Thing) -> Metric:
        items = [(part, item) for part, item in thing.items if isinstance(item, Metric)]
        better = {item.better for _, item in items} - {"unknown"}
        said = next((item for _, item in items if better == {item.better}), items[0][1])
        derived = next(((part, item.derived) for part, item in items if item.derived is not None), None)
        axes = [(part, item.axis) for part, item in items if item.axis is not None]
        with_values = {part for part, _ in items if any(self._is(part, value, thing) for value in self._values(part))}
        return Metric(
            name=thing.name,
            aliases=self._metrics.aliases(thing),
            unit=next((item.unit for _, item in items if item.unit is not None), None),
            better=said.better if len(better) == 1 else "unknown",
            ground=said.ground,
            axis=self._agreed(axes) if with_values <= {part for part, _ in axes} else None,
            derived=None if derived is None else self._derived(*derived),
        )

    def _is(self, part: int, value: Value, thing: _Thing) -> bool:
        return self._metrics.name(part, value.metric) == thing.name

    def _derived(self, part: int, derived: Derived) -> Derived:
        baseline = None if derived.baseline is None else self._subjects.name(part, derived.baseline)
        return replace(derived, of=self._metrics.name(part, derived.of), baseline=baseline)

    def _subject(self, thing: _Thing) -> Subject:
        stated: dict[Attribute, None] = {}
        for part, item in thing.items:
            if isinstance(item, Subject):
                stated |= dict.fromkeys(a for a in item.attributes if self._stands(part, a.quote))
        return Subject(name=thing.name, aliases=self._subjects.aliases(thing), attributes=tuple(stated))

    def _agreed(self, axes: Sequence[tuple[int, Axis]]) -> Axis | None:
        """The range that the parts give, None where two give different ones, or one does not stand in its part."""
        ranges = {(axis.low, axis.high) for _, axis in axes}
        fits = len(ranges) == 1 and all(self._stands(part, axis.quote) for part, axis in axes)
        return axes[0][1] if fits else None

    def _stands(self, part: int, quote: str) -> bool:
        return bool(self._stated[part].occurrences(quote))

    def _layouts(self, part: int, span: Span) -> Iterable[Layout]:
        """The layouts of a part, with the numbers that their tables have in the whole document."""
        before = sum(begin < span.start for begin in self._begins)
        inside = sum(span.start <= begin < span.end for begin in self._begins)
        for layout in self._read[part].tables:
            if layout.number > inside:
                what = f"table {layout.number} of the answer about part {part + 1}"
                self._dropped.append(Dropped(what, "no such table begins in the part", None, None, span))
                continue
            rows, columns = (self._dimensions.name(part, key) for key in (layout.rows, layout.columns))
            metric = None if layout.metric is None else self._metrics.name(part, layout.metric)
            yield Layout(
                number=before + layout.number,
                rows=rows,
                columns=columns,
                metric=metric,
                levels=self._levels(part, layout.levels),
            )


def _metrics(reads: Sequence[Extraction]) -> list[tuple[Metric, ...]]:
    """The metrics of each part; where it only speaks of one that others measure, the unit is theirs to say."""
    valued = [
        {folded(name) for metric in read.metrics for name in (metric.name, *metric.aliases)}
        if read.tables
        else {folded(value.metric) for value in read.values}
        for read in reads
    ]
    measured = set().union(*valued)

    def known(metric: Metric, here: set[str]) -> Metric:
        names = set(map(folded, (metric.name, *metric.aliases)))
        return metric if names & here or not names & measured else replace(metric, unit=None)

    return [tuple(known(metric, here) for metric in read.metrics) for read, here in zip(reads, valued, strict=True)]


def _measure_alike(thing: _Thing, item: object) -> bool:
    """Whether what is known of a metric goes with another declaration of it: the units are the same, as far as given."""
    units = {other.unit for _, other in thing.items if isinstance(other, Metric) and other.unit is not None}
    unit = item.unit if isinstance(item, Metric) else None
    if unit is None:
        return True
    return all(folded(unit) == folded(known) or _is_one(parse_unit(unit), parse_unit(known)) for known in units)


def _is_one(left: object, right: object) -> bool:
    return left is not None and left == right


def _only(document: Document, span: Span) -> Document:
    return type(document)(document.path, document.text[slice(*span)])
