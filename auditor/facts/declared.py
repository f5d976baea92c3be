"""declared: what a reading declares, as its tables need it: how they lie, their levels, and every name it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from auditor.extraction import Metric
from auditor.facts.position import position_of
from auditor.lexicon import HIGHER_IS_BETTER, LOWER_IS_BETTER
from auditor.names import folded
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from auditor.extraction import Extraction, Layout
    from auditor.tables.table import Column, Entry, Table

SUBJECT = "subject"


def by_number(tables: Sequence[Table], extraction: Extraction) -> dict[int, list[Table]]:
    """The tables by the number under which the reading speaks of them, from 1; several of one grid share it.

    A reading that describes as many tables as there are besides the drawn ones does not count those: they have numbers
    below 1, of which nothing speaks.
    """
    grids: dict[int, list[Table]] = {}
    for table in tables:
        grids.setdefault(id(table.grid), []).append(table)
    drawn = [parts[0].grid.is_drawn for parts in grids.values()]
    named = {layout.number for layout in extraction.tables}
    are_counted = not named or named != set(range(1, drawn.count(False) + 1))
    numbered: dict[int, list[Table]] = {}
    counted = 0
    for parts, is_drawn in zip(grids.values(), drawn, strict=True):
        counted += are_counted or not is_drawn
        numbered[counted if are_counted or not is_drawn else -len(numbered)] = parts
    return numbered


def rows_named(layout: Layout, table: Table, extraction: Extraction) -> Layout:
    """The layout, with rows that are levels where the head of their labels is a dimension and no label a subject."""
    heads = {row.labels[0][0] for row in table.rows if row.labels}
    named = [dimension.name for dimension in extraction.dimensions if folded(dimension.name) in map(folded, heads)]
    if folded(layout.rows) != SUBJECT or len(heads) != 1 or not named:
        return layout
    subjects = {folded(name) for subject in extraction.subjects for name in (subject.name, *subject.aliases)}
    if any(folded(row.label) in subjects for row in table.rows):
        return layout
    return replace(layout, rows=named[0])


def labelled(table: Table, layout: Layout, extraction: Extraction) -> Table:
    """The table with its first column as labels where they are numbers that the reading calls levels: "clean", "20 dB"."""
    if not table.columns or table.columns[0].role != "measure" or any(row.labels for row in table.rows):
        return table
    named = (each for each in extraction.dimensions if folded(each.name) == folded(layout.rows))
    levels = {folded(level): level for each in named for level in each.levels}
    texts = [row.entries[0].text if row.entries else "" for row in table.rows]
    if not levels.keys() >= set(map(folded, texts)) or len(set(texts)) < len(texts):
        return table
    head = table.columns[0]
    rows = tuple(
        replace(row, label=levels[folded(text)], labels=((head.name, levels[folded(text)]),))
        for row, text in zip(table.rows, texts, strict=True)
    )
    return replace(table, columns=(replace(head, role="label"), *table.columns[1:]), rows=rows)


def rows_numbered(table: Table, extraction: Extraction) -> dict[Fraction, str]:
    """The subjects that are known by the number of a row ("stage 2"), by it; none where any is known by a label."""
    labels = {folded(text) for row in table.rows for text in (row.label, *(text for _, text in row.labels))}
    places = {row.position for row in table.rows if row.position is not None}
    found: dict[Fraction, str] = {}
    for subject in extraction.subjects:
        names = (subject.name, *subject.aliases)
        if not labels.isdisjoint(map(folded, names)):
            return {}
        found.update((place, subject.name) for place in map(position_of, names) if place in places)
    is_plain = len(set(found.values())) == len(found) and 2 * len(found) > len(extraction.subjects)
    return found if is_plain else {}


def names_points(extraction: Extraction) -> bool:
    """Whether a claim names the point at which something is so."""
    return any(selector.at is not None for claim in extraction.claims for selector in claim.operands())


def levels_of(layout: Layout, extraction: Extraction) -> tuple[tuple[str, str], ...]:
    """The levels a layout names, with their dimensions; one that two dimensions share is left out."""
    found = []
    for written in layout.levels:
        named, equals, level = written.partition("=")
        wanted = {folded(level if equals else written), folded(written)}
        pairs = [
            (dimension.name, known)
            for dimension in extraction.dimensions
            for known in dimension.levels
            if folded(known) in wanted and (not equals or folded(dimension.name) == folded(named))
        ]
        found.extend(pairs if len(pairs) == 1 else [])
    return tuple(found)


class Levelled(NamedTuple):
    """A column of numbers that are the levels of a dimension: "hours" over 10, 100 and 250."""

    dimension: str
    levels: Mapping[str, str]
    """The level under its folded name."""

    def level(self, entry: Entry) -> tuple[str, str]:
        """The dimension and the level that a cell names."""
        return self.dimension, self.levels[folded(entry.text)]


def levelled(table: Table, layout: Layout, extraction: Extraction) -> dict[int, Levelled]:
    """The columns headed by a dimension whose every cell is one of its levels, by their place in the table."""
    heads = {folded(column.name): place for place, column in enumerate(table.columns)}
    found: dict[int, Levelled] = {}
    for dimension in extraction.dimensions:
        place = heads.get(folded(dimension.name))
        known = {folded(level): level for level in dimension.levels}
        if place is None or folded(dimension.name) in {folded(layout.rows), folded(layout.columns)}:
            continue
        texts = [folded(entry.text) for row in table.rows for entry in row.entries if entry.column == place]
        if len(texts) == len(table.rows) and known.keys() >= set(texts):
            found[place] = Levelled(dimension.name, known)
    return found


def families(extraction: Extraction) -> Iterator[str]:
    """The dimensions that only sort the subjects, each of which has one: "family", or names that theirs begin with."""
    subjects = [folded(subject.name) for subject in extraction.subjects]
    for dimension in extraction.dimensions:
        begun = [level for level in map(folded, dimension.levels) if any(name.startswith(level) for name in subjects)]
        if _SORTING.search(dimension.name) is not None or (begun and len(begun) == len(dimension.levels)):
            yield dimension.name


_SORTING = Phrase(r"\b(?:family|families|vendor|manufacturer|maker|publisher|licen[cs]e|colou?r|marker|architecture)\b")


def metric_names(extraction: Extraction) -> dict[str, str]:
    """The metrics, each by every folded name that it goes by."""
    return {folded(name): metric.name for metric in extraction.metrics for name in (*metric.aliases, metric.name)}


def metrics_of(extraction: Extraction, tabled: Mapping[str, Metric]) -> Iterator[Metric]:
    """The declared metrics, then those that only a table names; a declared one takes what a header says of it."""
    known = {folded(name) for metric in extraction.metrics for name in (metric.name, *metric.aliases)}
    by_name = {folded(name): metric for name, metric in tabled.items()}
    for metric in extraction.metrics:
        header = next((by_name[name] for name in map(folded, (metric.name, *metric.aliases)) if name in by_name), None)
        changes: dict[str, Any] = {}
        if header is not None and metric.better == "unknown" != header.better:
            changes = {"better": header.better, "ground": header.ground}
        if header is not None and metric.unit is None:
            changes["unit"] = header.unit
        yield replace(metric, **changes) if changes else metric
    yield from (metric for name, metric in tabled.items() if folded(name) not in known)


def metric_headed(name: str, column: Column) -> Metric:
    """The metric of a column that only its header names."""
    unit = "count" if column.exact and column.unit is None else column.unit.name if column.unit is not None else None
    better, ground = column.better, "the table's header"
    if better not in ("higher", "lower"):
        better, ground = _usual(name), "what the name usually means"
    return Metric(name=name, aliases=(), unit=unit, better=better, ground=ground, axis=None, derived=None)


def _usual(name: str) -> Literal["higher", "lower", "unknown"]:
    """The polarity that the name of a metric usually has."""
    lower, higher = LOWER_IS_BETTER.search(name) is not None, HIGHER_IS_BETTER.search(name) is not None
    return "unknown" if lower is higher else "lower" if lower else "higher"


def spoken_names(extraction: Extraction) -> Iterator[str]:
    """Every string of the reading that may be a name, folded: of dimensions and levels, in values and in claims."""
    for dimension in extraction.dimensions:
        yield from map(folded, (dimension.name, *dimension.levels))
    for value in extraction.values:
        yield from map(folded, (value.subject or "", *value.levels))
    for claim in extraction.claims:
        slots = (getattr(claim, name) for name in claim.__struct_fields__ if name != "quote")
        yield from map(folded, _strings(tuple(slots)))


def _strings(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
            yield node.rpartition("=")[2]
        case Struct():
            for name in node.__struct_fields__:
                yield from _strings(getattr(node, name))
        case tuple():
            for inner in node:
                yield from _strings(inner)
