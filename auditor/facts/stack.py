"""stack: the rows that share all keys but the point, and which of them are asked for.

They are gathered once for a document, so that a claim looks at those it may mean and at no others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.facts.position import END, START

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from fractions import Fraction

    from auditor.document import Span
    from auditor.facts.row import Row

METRIC, SUBJECT = "metric", "subject"
"""The keys that every value has; each dimension of the document is one more."""

Keys = tuple[tuple[str, str | None], ...]
"""The values of some keys: what a binding fixes."""


class Stack(Struct, frozen=True):
    """The rows that share all keys but the point: a series, or a single value."""

    keys: Mapping[str, str | None]
    rows: tuple[Row, ...]
    on_axis: bool
    """Whether the document says where the axis starts and ends, so that no other point is its start or its end."""

    def value(self, key: str) -> str | None:
        """The value of a key; None where these rows have none."""
        return self.keys.get(key)

    def binding(self, keys: Iterable[str]) -> Keys:
        """The values of some keys."""
        return tuple([(key, self.keys.get(key)) for key in keys])


def are_partly_the_same(stacks: Sequence[Stack]) -> bool:
    """Whether one of the stacks stands in for two queries."""
    return len({tuple(stack.keys.items()) for stack in stacks}) < len(stacks)


class Stacks:
    """The stacks of a table by metric, subject and level, those of one subject together, in the document's order."""

    def __init__(self, rows: Collection[Row], *, on_axis: bool) -> None:
        by_subject: dict[str, dict[str | None, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            by_subject[row.key.metric][row.key.subject].append(row)
        self._rows = {metric: [row for own in groups.values() for row in own] for metric, groups in by_subject.items()}
        self._stacks = {metric: _gathered(own, on_axis=on_axis) for metric, own in self._rows.items()}
        self.metrics = tuple(by_subject)
        self.dimensions = tuple(dict.fromkeys(name for row in rows for name, _ in row.key.levels))
        self._of_subject: dict[tuple[str, str | None], set[int]] = defaultdict(set)
        self._of_level: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for metric, stacks in self._stacks.items():
            for place, stack in enumerate(stacks):
                key = stack.rows[0].key
                self._of_subject[metric, key.subject].add(place)
                for dimension, level in key.levels:
                    self._of_level[metric, dimension, level].add(place)

    def rows(self, metric: str) -> Sequence[Row]:
        """The rows of a metric."""
        return self._rows.get(metric, ())

    def fitting(
        self, metric: str, subjects: Collection[str] | None, levels: Mapping[str, Collection[str]]
    ) -> Sequence[Stack]:
        """The stacks of the named subjects, or of all, with one of the levels of each dimension named."""
        stacks = self._stacks.get(metric, [])
        limits = [
            [self._of_level.get((metric, name, level), _NOWHERE) for level in chosen] for name, chosen in levels.items()
        ]
        if subjects is not None:
            limits.append([self._of_subject.get((metric, subject), _NOWHERE) for subject in subjects])
        if not limits:
            return stacks
        allowed = [limit[0] if len(limit) == 1 else set().union(*limit) for limit in limits]
        return [stacks[place] for place in sorted(set.intersection(*allowed))]


_NOWHERE: set[int] = set()


def _gathered(rows: Iterable[Row], *, on_axis: bool) -> list[Stack]:
    series: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        series[row.key[:3]].append(row)
    return [Stack(_keys(own[0]), tuple(sorted(own, key=_along)), on_axis) for own in series.values()]


def _keys(row: Row) -> Mapping[str, str | None]:
    return {METRIC: row.key.metric, SUBJECT: row.key.subject, **dict(row.key.levels)}


def _along(row: Row) -> tuple[int, Fraction | int, int]:
    """The order of points: the start, then by position, what has neither between, the end last."""
    if row.point.position is not None:
        return (1, row.point.position, 0)
    return {START: (0, 0, 0), END: (3, 0, 0)}.get(row.point.name, (2, 0, 0))


def visible(stacks: Sequence[Stack], hidden: Sequence[Span]) -> Sequence[Stack]:
    """The stacks without what stands in a hidden place; those of one subject in the order of what is left of them."""
    if not hidden:
        return stacks
    left: dict[tuple[str | None, ...], list[tuple[int, Stack]]] = defaultdict(list)
    for stack in stacks:
        kept = [(row, shown) for row in stack.rows if (shown := row.without(hidden)) is not None]
        if kept:
            first = min(row.mentions[0].number for row, _ in kept)
            rows = tuple(shown for _, shown in kept)
            left[stack.keys[METRIC], stack.keys[SUBJECT]].append((first, Stack(stack.keys, rows, stack.on_axis)))
    return [stack for own in left.values() for _, stack in sorted(own, key=lambda pair: pair[0])]
