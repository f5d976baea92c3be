"""operand: a row of the table, or a number that a claim states, as an operand of a formula."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.claim import Unjudgeable
from auditor.exact.expression import Given, Stated
from auditor.exact.hedge import WIDTHS
from auditor.exact.interval import Interval, rounded
from auditor.exact.numeral import parse_quantity, show
from auditor.exact.unit import conversion
from auditor.exact.verdict import Reason
from auditor.facts.tidy import PERCENT, WORDED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditor.exact.expression import Formula
    from auditor.exact.numeral import Quantity
    from auditor.exact.unit import Unit
    from auditor.facts.row import Row
    from auditor.facts.tidy import Facts
    from auditor.lookup.query import Query

_ONE = Fraction(1)

# -- rows ----------------------------------------------------------------------------------------


def given(facts: Facts, row: Row) -> Given:
    """A row as an operand, labelled by what tells it apart."""
    several = len(facts.measured()) > 1 and row.key.subject is not None
    label = f"{row.key.metric} of {row.label}" if several else row.label
    return Given(row.interval, label, row.shown, row.sources, row.point.position, row.point.shown)


def all_given(facts: Facts, rows: Sequence[Row]) -> tuple[Given, ...]:
    """Rows as operands, in the unit of the first as far as theirs can be brought to it."""
    first = facts.units.get(rows[0].key.metric)
    leaves = []
    for row in rows:
        leaf, unit = given(facts, row), facts.units.get(row.key.metric)
        leaves.append(leaf if unit is first else _scaled(leaf, _factor(unit, first) or _ONE))
    return tuple(leaves)


def unlike(facts: Facts, rows: Sequence[Row]) -> str:
    """Why two rows that are held against each other cannot be: the metrics are counted in different things."""
    for one, other in zip(rows[::2], rows[1::2], strict=False):
        if one.key.metric == other.key.metric:
            continue
        mine, theirs = (facts.units.get(row.key.metric) for row in (one, other))
        alike = mine == theirs or _factor(mine, theirs) is not None
        counted = [row.key.metric in facts.counted for row in (one, other)]
        if not alike or counted[0] is not counted[1]:
            return f"{one.key.metric} and {other.key.metric} are in different units"
    return ""


def in_one_unit(facts: Facts, queries: Sequence[Query], body: Callable[..., Formula]) -> Callable[..., Formula]:
    """A body that takes one sequence of values a query, given them in the unit of the first query's metric."""
    metrics = [query.metric for query in queries]
    units = [None if metric is None else facts.units.get(metric) for metric in metrics]
    factors: list[Fraction] = []
    for metric, unit in zip(metrics, units, strict=True):
        alike = metric == metrics[0] or unit == units[0]
        factor = Fraction(1) if alike else _factor(unit, units[0])
        if factor is None:
            raise Unjudgeable(Reason.UNIT_MISMATCH, f"{metrics[0]} and {metric} are in different units")
        factors.append(factor)

    def converted(*sequences: Sequence[Given]) -> Formula:
        return body(
            *([_scaled(leaf, factor) for leaf in leaves] for leaves, factor in zip(sequences, factors, strict=True))
        )

    return converted


def _factor(unit: Unit | None, to: Unit | None) -> Fraction | None:
    if unit is None or to is None:
        return None
    return Fraction(1) if {unit.name, to.name} == {PERCENT, "points"} else conversion(unit, to)


def _scaled(leaf: Given, factor: Fraction) -> Given:
    return leaf if factor == 1 else replace(leaf, interval=leaf.interval.scaled(factor))


# -- stated numbers ------------------------------------------------------------------------------


def claimed(quantity: Quantity) -> Stated:
    """A number that a claim states, widened by its hedge."""
    hedge = quantity.hedge
    if hedge is None:
        return (
            _in_words(quantity)
            if quantity.is_worded
            else Stated(quantity.claimed, quantity.written, "", quantity.interval)
        )
    either, note = quantity.claimed, hedge.sentence
    if (
        quantity.is_worded and hedge.name == "about" and hedge.widths == WIDTHS
    ):  # else a project settles how far it reaches
        either = either.hull(_in_words(quantity).interval)
        note += "" if either == quantity.claimed else f"; in words, ±{show(WORDED * 100)} %"
    return Stated(either, quantity.written, note, quantity.interval)


def _in_words(quantity: Quantity) -> Stated:
    """A number without digits is meant less strictly: whole ones to the unit, fractions and factors to a tenth."""
    is_factor = quantity.unit is not None and quantity.unit.dimension == "factor"
    if quantity.point.denominator == 1 and not is_factor and not _is_part(quantity.written):
        return Stated(rounded(quantity.point, Fraction(1)), quantity.written)
    low, high = quantity.point * (1 - WORDED), quantity.point * (1 + WORDED)
    loose = Interval(min(low, high), max(low, high), True, True)
    return Stated(loose, quantity.written, f"{quantity.written!r} in words: ±{show(WORDED * 100)} %")


def _is_part(written: str) -> bool:
    """Whether words name a part of one, in whatever it was counted since: "half", "three out of four"."""
    own = parse_quantity(written)
    return "out of" in written.casefold() if own is None else own.point.denominator != 1
