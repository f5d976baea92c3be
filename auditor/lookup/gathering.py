"""gathering: the values that a claim takes together: along a series or a dimension, all at once, or in pairs."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from math import prod
from operator import ne
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.claim import THROUGHOUT, Unjudgeable
from auditor.exact.expression import Readings, unknown
from auditor.exact.verdict import Reason
from auditor.facts.position import AVERAGE, PEAK, TROUGH
from auditor.facts.stack import METRIC, SUBJECT, are_partly_the_same
from auditor.lookup.joining import MAX_BINDINGS, joined, too_open
from auditor.lookup.operand import given, in_one_unit
from auditor.lookup.points import (
    at_shared_places,
    chosen,
    in_order,
    is_stretch,
    last,
    no_shared_point,
    unspecified,
    within,
)
from auditor.lookup.quantifier import over_cases
from auditor.lookup.query import dimension_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditor.exact.expression import Formula, Given, Leaf
    from auditor.facts.stack import Keys, Stack
    from auditor.facts.tidy import Facts
    from auditor.lookup.quantifier import Case, Quantifier
    from auditor.lookup.query import Lookup, Query

    Body = Callable[..., Formula]

# -- along a series ------------------------------------------------------------------------------


def along_positions(facts: Facts, lookup: Lookup, quantifier: Quantifier | None, body: Body) -> Formula:
    """The body for every binding, given the series of each query."""

    def judged(stacks: Sequence[Stack]) -> Formula | None:
        if are_partly_the_same(stacks):
            return None
        return body(*(_series(facts, query, stack) for query, stack in zip(lookup.queries, stacks, strict=True)))

    return joined(lookup, quantifier, judged)


def _series(facts: Facts, query: Query, stack: Stack) -> list[Given]:
    return [given(facts, row) for row in in_order(stack, query.at)]


_NO_MOMENTS = (PEAK, TROUGH, AVERAGE)
"""Points without a position, at which two series need not be at the same time."""


def at_shared_moments(facts: Facts, lookup: Lookup, body: Body) -> Formula:
    """The body for every binding, given the values of all series at each position that they share."""

    def judged(stacks: Sequence[Stack]) -> Formula:
        meant = [within(stack, query.at) for query, stack in zip(lookup.queries, stacks, strict=True)]
        moments = [rows for rows in at_shared_places(meant) if rows[0].key.place not in _NO_MOMENTS]
        shared = [tuple(given(facts, row) for row in rows) for rows in moments]
        return body(shared) if shared else no_shared_point(stacks)

    return joined(lookup, None, judged)


# -- along a dimension ---------------------------------------------------------------------------


def along_dimension(facts: Facts, lookup: Lookup, quantifier: Quantifier | None, along: str, body: Body) -> Formula:
    """The body for every binding, given for each query its values along the levels of a dimension, in their order."""
    dimension = dimension_named(facts, along)
    order = {level: place for place, level in enumerate(facts.names.in_order(dimension))}
    keys = [key for key in lookup.keys if key != dimension]
    grouped: list[dict[Keys, list[tuple[int, Given]]]] = [defaultdict(list) for _ in lookup.queries]
    for query, stacks, group in zip(lookup.queries, lookup.found, grouped, strict=True):
        for stack in stacks:
            row, level = chosen(stack, query.at), stack.value(dimension)
            if row is not None and level in order:
                group[stack.binding(keys)].append((order[level], replace(given(facts, row), place=level)))
    parts = []
    for binding in grouped[0]:
        sequences = [[leaf for _, leaf in sorted(group.get(binding, []), key=_place)] for group in grouped]
        parts.append((binding, body(*sequences)))
    if not parts:
        raise Unjudgeable(Reason.MISSING_VALUE, f"no values along {along}")
    return over_cases(quantifier, parts)


def _place(placed: tuple[int, Given]) -> int:
    return placed[0]


# -- all at once ---------------------------------------------------------------------------------


def pooled(facts: Facts, lookup: Lookup, quantifier: Quantifier | None, body: Body) -> Formula:
    """The body for everything together, or for each value of a key that all selectors leave open alike."""
    body = in_one_unit(facts, lookup.queries, body)
    if quantifier is not None and quantifier.exceptions:
        return body(*everything(facts, lookup, quantifier.excepted))
    readings = [body(*everything(facts, lookup))]
    for key in lookup.keys:
        names = dict.fromkeys(stack.value(key) for stacks in lookup.found for stack in stacks)
        if key == METRIC or len(names) == 1 or None in names or not lookup.varies_together(key):
            continue
        of_each, largest = _pooled_for_each(facts, lookup, key, [name for name in names if name is not None], body)
        if largest > 1:
            readings.append(over_cases(quantifier, of_each))
    if quantifier is not None and quantifier.how != "all" and len(readings) > 1:
        readings.pop(0)
    return readings[0] if len(readings) == 1 else Readings(tuple(readings))


def _pooled_for_each(
    facts: Facts, lookup: Lookup, key: str, names: Sequence[str], body: Body
) -> tuple[list[Case], int]:
    """What is said for each value of a key by itself, and how many values that takes at most."""
    cases: list[Case] = []
    largest = 0
    for name in names:
        binding = ((key, name),)
        try:
            sequences = everything(facts, lookup.narrowed(key, name))
        except Unjudgeable as error:
            cases.append((binding, unknown(error.reason, error.text)))
            continue
        largest = max(largest, *map(len, sequences))
        cases.append((binding, body(*sequences)))
    return cases, largest


def everything(facts: Facts, lookup: Lookup, spared: frozenset[str] = frozenset()) -> list[list[Given]]:
    """Every value that each query names, but for what is spared."""
    found = zip(lookup.queries, lookup.found, strict=True)
    return [_everything(facts, query, stacks, spared) for query, stacks in found]


def _everything(facts: Facts, query: Query, stacks: Sequence[Stack], spared: frozenset[str]) -> list[Given]:
    """Every value that a query names, but for what is spared; each thing it names has to have one."""
    if not stacks:
        raise _no_value(query.shown)
    kept = [stack for stack in stacks if spared.isdisjoint(stack.keys.values())]
    for key in (SUBJECT, *query.levels):
        without = (query.allowed(key) or frozenset()) - {stack.value(key) for stack in kept}
        if without:
            raise _no_value(min(without))
    leaves = [leaf for stack in kept for leaf in _all_of_stack(facts, query, stack)]
    if not leaves:
        raise _no_value(query.shown)
    return leaves


def _all_of_stack(facts: Facts, query: Query, stack: Stack) -> list[Given]:
    """The values of a series that a query names: one at a point, or all of them."""
    at = query.at
    if at == THROUGHOUT:
        return [given(facts, row) for row in in_order(stack, None)]
    if is_stretch(at):
        return _series(facts, query, stack)
    if at is None:
        default = unspecified([stack])
        return [given(facts, default.rows[0][0])] if default.join == "one" else _series(facts, query, stack)
    row = chosen(stack, at)
    if row is None:
        raise Unjudgeable(Reason.MISSING_VALUE, f"no value at {at} for {query.shown}")
    return [given(facts, row)]


def _no_value(of: str) -> Unjudgeable:
    return Unjudgeable(Reason.MISSING_VALUE, f"no value for {of}")


# -- in pairs ------------------------------------------------------------------------------------

Thing = tuple["Leaf", ...]
"""One thing with a value for each query."""


def pairs(facts: Facts, lookup: Lookup) -> Sequence[tuple[Thing, Thing]]:
    """Every two things that have a value for each query; they differ in one key if any do."""
    things: list[tuple[Keys, Thing]] = []
    if prod(map(len, lookup.found)) > 2 * MAX_BINDINGS:
        raise too_open()
    keys = [key for key in lookup.keys if key != METRIC]
    for stacks in product(*lookup.found):
        binding = _common(stacks, keys)
        if binding is None:
            continue
        rows = [last(stack, query.at) for query, stack in zip(lookup.queries, stacks, strict=True)]
        if all(row is not None for row in rows):
            things.append((binding, tuple(given(facts, row) for row in rows if row is not None)))
        if len(things) ** 2 > MAX_BINDINGS:
            raise too_open()
    both = list(combinations(things, 2))
    like = [(one, other) for one, other in both if sum(map(ne, one[0], other[0])) == 1]
    return [(one, other) for (_, one), (_, other) in like or both]


def _common(stacks: Sequence[Stack], keys: Sequence[str]) -> Keys | None:
    """The values that stacks have for some keys, None where they differ; one without a value fits every value."""
    values = [{stack.value(key) for stack in stacks} - {None} for key in keys]
    if any(len(found) > 1 for found in values):
        return None
    return tuple((key, next(iter(found), None)) for key, found in zip(keys, values, strict=True))
