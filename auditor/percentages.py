"""percentages: the names that percentages go by, each of which may be one side of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.facts.tidy import PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.facts.row import Row
    from auditor.facts.tidy import Facts


def percentages(facts: Facts) -> Iterator[tuple[str, tuple[object, ...], Row]]:
    """Each name in the key of a percentage, which may be one side, with the rest of the key."""
    for row in facts.rows.values():
        unit = facts.units.get(row.key.metric)
        if (unit is not None and unit.name == PERCENT) or "%" in row.mentions[0].quantity.written:
            yield from ((name.strip(), rest, row) for name, rest in _named(row))


def _named(row: Row) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each name in a value's key, with the rest of the key."""
    metric, subject, levels, place = row.key
    yield metric, ("metric", subject, levels, place)
    if subject is not None:
        yield subject, ("subject", metric, levels, place)
    for number, (dimension, level) in enumerate(levels):
        yield level, (dimension, metric, subject, levels[:number] + levels[number + 1 :], place)
