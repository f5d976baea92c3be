"""levels: the dimensions that several parts of a document declare, with their levels, as one list."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.extraction import Dimension


class Merged(Struct, frozen=True):
    """A dimension of the whole document."""

    name: str
    levels: tuple[str, ...]
    ordered: bool


class MergedLevels:
    """The dimensions of the whole document, and what each part calls them."""

    def __init__(self, groups: Sequence[Sequence[tuple[int, Dimension]]]) -> None:
        self.merged = tuple(_merged([dimension for _, dimension in group]) for group in groups)
        self._called = {
            (part, folded(dimension.name)): whole
            for whole, group in zip(self.merged, groups, strict=True)
            for part, dimension in group
        }

    def name(self, part: int, written: str) -> str:
        """What a part's name for a dimension is in the whole document; the name itself where it declares none."""
        whole = self._called.get((part, folded(written)))
        return written if whole is None else whole.name

    def level(self, part: int, dimension: str, level: str) -> str:
        """A level of a part as "dimension=level" of the whole document."""
        whole = self._called.get((part, folded(dimension)))
        if whole is None:
            return f"{dimension}={level}"
        known = next((known for known in whole.levels if folded(known) == folded(level)), level)
        return f"{whole.name}={known}"


def merged_levels(parts: Sequence[Iterable[Dimension]]) -> MergedLevels:
    """Dimensions of one name are one; so are two that have the same levels, at least two of them."""
    groups: list[list[tuple[int, Dimension]]] = []
    for part, dimensions in enumerate(parts):
        for dimension in dimensions:
            near = (group for group in groups if group[-1][0] != part and _is_one(group, dimension))
            group = next((group for group in groups if _is_named(group, dimension)), None) or next(near, None)
            if group is None:
                groups.append([(part, dimension)])
            else:
                group.append((part, dimension))
    return MergedLevels(groups)


def _is_named(group: Iterable[tuple[int, Dimension]], dimension: Dimension) -> bool:
    return any(folded(known.name) == folded(dimension.name) for _, known in group)


def _is_one(group: Iterable[tuple[int, Dimension]], dimension: Dimension) -> bool:
    levels = {folded(level) for level in dimension.levels}
    return len(levels) > 1 and any({folded(level) for level in known.levels} == levels for _, known in group)


def _merged(dimensions: Sequence[Dimension]) -> Merged:
    """All levels once; in an order only where all parts give one and there is one way to put these together."""
    spelled = {folded(level): level for dimension in reversed(dimensions) for level in reversed(dimension.levels)}
    levels = {folded(level): spelled[folded(level)] for dimension in dimensions for level in dimension.levels}
    if len(dimensions) == 1 or not all(dimension.ordered for dimension in dimensions):
        ordered = len(dimensions) == 1 and dimensions[0].ordered
        return Merged(dimensions[0].name, tuple(levels.values()), ordered)
    steps = {step for dimension in dimensions for step in pairwise(map(folded, dimension.levels)) if step[0] != step[1]}
    sorter: TopologicalSorter[str] = TopologicalSorter({level: [] for level in levels})
    for before, after in sorted(steps):
        sorter.add(after, before)
    try:
        order = list(sorter.static_order())
    except CycleError:
        return Merged(dimensions[0].name, tuple(levels.values()), ordered=False)
    if not all(step in steps for step in pairwise(order)):
        return Merged(dimensions[0].name, tuple(levels.values()), ordered=False)
    return Merged(dimensions[0].name, tuple(levels[level] for level in order), ordered=True)
