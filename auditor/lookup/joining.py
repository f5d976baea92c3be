"""joining: one comparison for each value of what a claim leaves open, and how they join.

A key left open by every selector varies together, one comparison for each value it takes;
a key open in some selectors only varies there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.claim import Unjudgeable
from auditor.exact.expression import Agree, All, unknown
from auditor.exact.verdict import Reason
from auditor.facts.stack import METRIC, SUBJECT, Stack
from auditor.facts.tabulated import BY_PLACE, ROW, TABLE
from auditor.lookup.quantifier import over_sides
from auditor.lookup.query import POSITION
from auditor.tables.summing import sums_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from auditor.exact.expression import Formula
    from auditor.facts.stack import Keys
    from auditor.lookup.quantifier import Case, Quantifier, Side
    from auditor.lookup.query import Lookup, Query

MAX_BINDINGS = 20_000
"""A claim that would take more comparisons than this is refused as too open to judge."""


class AtPoints(Struct, frozen=True):
    """What is said of series at each of several points, before it is joined with what is said of others there."""

    join: str
    parts: Mapping[Fraction | str, Formula]
    shown: Mapping[Fraction | str, str]
    """Each of the points as a reader would say it."""


Judged = Callable[[Sequence[Stack]], "Formula | AtPoints | None"]
"""What a claim says of one stack a query; None where it says nothing of them."""

Joint = Callable[[tuple["Formula", ...]], "Formula"]
"""How what is said of several things joins."""


def joined(lookup: Lookup, quantifier: Quantifier | None, judged: Judged, inner: Joint | None = None) -> Formula:
    """What is said of each binding of the shared keys, its one-sided variants joined first."""
    if _is_closed(lookup):
        part = judged([stacks[0] for stacks in lookup.found])
        sides: list[Side] = [] if part is None else [((), _cases([((), part)], inner))]
    else:
        sides = list(_sides(lookup, judged, inner, counted=quantifier is not None))
    if not sides:
        raise Unjudgeable(Reason.MISSING_VALUE, "no two different values to compare")
    return over_sides(quantifier, sides) if quantifier is not None else _over_places(sides)


def _over_places(sides: Sequence[Side]) -> Formula:
    """What holds for all, where tables and rows that state one thing agree: any of them may be the one that is meant."""
    by_place: dict[Keys, list[Side]] = defaultdict(list)
    for binding, cases in sides:
        by_place[tuple(pair for pair in binding if pair[0] in {TABLE, ROW})].append((binding, cases))
    if len(by_place) == 1:
        return over_sides(None, sides)
    return Agree(tuple(over_sides(None, each) for each in by_place.values()))


def _is_closed(lookup: Lookup) -> bool:
    """Whether nothing is left open, as in most claims: there is one stack on each side, and nothing to join."""
    if any(len(stacks) != 1 for stacks in lookup.found):
        return False
    return not any(query.varies(key) for query in lookup.queries for key in lookup.keys)


def _sides(lookup: Lookup, judged: Judged, inner: Joint | None, *, counted: bool) -> Iterator[Side]:
    """What is said of each binding of the shared keys."""
    keys = [key for key in lookup.keys if not _is_by_place(lookup, key)]
    shared = [key for key in keys if lookup.varies_together(key)]
    rest = [key for key in keys if key not in shared]
    groups = [_by_binding(stacks, shared) for stacks in lookup.found]
    nowhere = [(((key, name),), unknown(Reason.MISSING_VALUE, f"no value for {name}")) for key, name in _absent(lookup)]
    yield from ((keys, [((), part)]) for keys, part in nowhere if keys[0][0] in shared)
    one_sided = [case for case in nowhere if case[0][0][0] in rest]
    for binding in _domain(groups, counted=counted):
        options = [group.get(binding, []) for group in groups]
        if not all(options):
            yield binding, [((), _nothing(lookup.queries, options, binding))]
            continue
        made = _variants(lookup.queries, options, rest, judged)
        if made:
            yield binding, _cases([*made, *one_sided], inner)


def _cases(made: Sequence[tuple[Keys, Formula | AtPoints]], inner: Joint | None) -> list[Case]:
    """What is said of one binding: one case, where its variants are joined, or one for each of them."""
    if inner is not None:
        return [((), _at_each_point(inner, [part for _, part in made]))]
    return [case for keys, part in made for case in _singly(keys, part)]


def _is_by_place(lookup: Lookup, key: str) -> bool:
    """Whether a key says only where in a table each side stands, so that it is nothing the two could share."""
    if key not in BY_PLACE:
        return False
    values = [{stack.value(key) for stack in stacks} for stacks in lookup.found]
    return len(values) > 1 and all(len(each) == 1 for each in values) and len(set(map(frozenset, values))) > 1


def too_open() -> Unjudgeable:
    """Why a claim that would take too many comparisons is not judged."""
    return Unjudgeable(Reason.VAGUE, "the claim leaves too much open to be judged")


# -- what the shared keys take -------------------------------------------------------------------


def _by_binding(stacks: Sequence[Stack], keys: Sequence[str]) -> Mapping[Keys, list[Stack]]:
    groups: dict[Keys, list[Stack]] = defaultdict(list)
    for stack in stacks:
        groups[stack.binding(keys)].append(stack)
    return groups


def _absent(lookup: Lookup) -> Iterable[tuple[str, str]]:
    """Each key with each name that a query gives for it without there being any value of its."""
    return dict.fromkeys(
        (key, name)
        for query, stacks in zip(lookup.queries, lookup.found, strict=True)
        for key in lookup.keys
        if (allowed := query.allowed(key)) is not None and not (stacks and len(allowed) == 1)
        for name in sorted(allowed.difference(stack.value(key) for stack in stacks))
    )


def _domain(groups: Sequence[Mapping[Keys, Sequence[Stack]]], *, counted: bool) -> Sequence[Keys]:
    """What the shared keys take: where things are counted, on any side; otherwise where every side has a value."""
    anywhere = list(dict.fromkeys(binding for group in groups for binding in group))
    if counted:
        compared = {_dimensions(binding) for binding in anywhere if _is_compared(groups, binding)}
        return _things([binding for binding in anywhere if _dimensions(binding) in compared] or anywhere)
    everywhere = [binding for binding in anywhere if all(binding in group for group in groups)]
    overall = [binding for binding in everywhere if _is_overall(binding)]
    # A statement without qualification means the value without one, where the document gives such a value.
    return overall or everywhere or anywhere


def _dimensions(binding: Keys) -> frozenset[str]:
    """The dimensions that a binding sets."""
    return frozenset(key for key, value in binding if value is not None)


def _is_compared(groups: Sequence[Mapping[Keys, Sequence[Stack]]], binding: Keys) -> bool:
    """Whether each side has something there, and not the same thing: one engine alone in two versions is no race."""
    things = {tuple(stack.keys.items()) for group in groups for stack in group.get(binding, ())}
    return all(binding in group for group in groups) and len(things) >= len(groups)


def _things(bindings: Sequence[Keys]) -> Sequence[Keys]:
    """What a quantifier counts: not the value for all of them together, where there are values for each."""
    named = {key for binding in bindings for key, value in binding if value is not None}
    kept = [
        binding
        for binding in bindings
        if not any(key in named and (value is None or sums_up(value)) for key, value in binding)
    ]
    return kept or bindings


def _is_overall(binding: Keys) -> bool:
    """Whether a binding leaves every dimension unset, and there is one to set."""
    levels = [value for key, value in binding if key not in (METRIC, SUBJECT)]
    return bool(levels) and all(value is None for value in levels)


def _nothing(queries: Sequence[Query], options: Sequence[Sequence[Stack]], binding: Keys) -> Formula:
    """What is said of a binding for which one of the queries has no value."""
    missing = next(query for query, option in zip(queries, options, strict=True) if not option)
    where = ", ".join(value for _, value in binding if value)
    return unknown(Reason.MISSING_VALUE, f"no value for {missing.shown} ({where})")


# -- what varies on one side ---------------------------------------------------------------------


def _variants(
    queries: Sequence[Query], options: Sequence[Sequence[Stack]], keys: Sequence[str], judged: Judged
) -> list[tuple[Keys, Formula | AtPoints]]:
    """What is said of each choice of one stack a query, told apart by the keys that vary."""
    open_ = [(key, place) for key in keys for place, query in enumerate(queries) if query.varies(key)]
    choices = islice(_consistent(options, queries, open_), MAX_BINDINGS + 1)
    variants = ((tuple((key, stacks[place].value(key)) for key, place in open_), judged(stacks)) for stacks in choices)
    made = [(varying, part) for varying, part in variants if part is not None]
    if len(made) > MAX_BINDINGS:
        raise too_open()
    return made


def _consistent(
    options: Sequence[Sequence[Stack]], queries: Sequence[Query], open_: Sequence[tuple[str, int]]
) -> Iterator[tuple[Stack, ...]]:
    """Every choice of one stack a query in which keys that some of the queries leave open alike agree.

    `open_` has each key with the place of each query that leaves it open.
    """
    alike = [
        (place, other, key)
        for key, place in open_
        for other in range(place)
        if queries[place].allowed(key) == queries[other].allowed(key)
    ]
    if not alike:
        return product(*options)

    def choose(chosen: tuple[Stack, ...]) -> Iterator[tuple[Stack, ...]]:
        place = len(chosen)
        if place == len(options):
            yield chosen
            return
        for stack in options[place]:
            ties = ((other, key) for mine, other, key in alike if mine == place)
            if all(stack.value(key) == chosen[other].value(key) for other, key in ties):
                yield from choose((*chosen, stack))

    return choose(())


# -- what is said at several points --------------------------------------------------------------


def _singly(keys: Keys, part: Formula | AtPoints) -> Iterator[Case]:
    """A variant of a claim; said of several points, one variant for each of them, for a quantifier to count."""
    if not isinstance(part, AtPoints):
        yield keys, part
        return
    for place, formula in part.parts.items():
        yield (*keys, (POSITION, part.shown[place])), formula


def _at_each_point(inner: Joint, parts: Sequence[Formula | AtPoints]) -> Formula:
    """Variants joined: those of one point with one another, then the points."""
    series = [part for part in parts if isinstance(part, AtPoints)]
    if not series:
        return inner(tuple(part for part in parts if not isinstance(part, AtPoints)))
    at_points = tuple(
        inner(
            tuple(
                part.parts[place] if isinstance(part, AtPoints) else part
                for part in parts
                if not isinstance(part, AtPoints) or place in part.parts
            )
        )
        for place in dict.fromkeys(place for part in series for place in part.parts)
    )
    return Agree(at_points) if any(part.join == "agree" for part in series) else All(at_points)
