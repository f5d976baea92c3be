"""query: what the selectors of a claim name: their names understood, and the rows that fit them.

A key that a selector leaves open may take any value, several names restrict it to these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor.claim import THROUGHOUT, Unjudgeable
from auditor.exact.verdict import Reason
from auditor.facts.stack import METRIC, SUBJECT, visible
from auditor.tables.summing import may_stand_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditor.claim import Selector
    from auditor.document import Span
    from auditor.facts.stack import Stack
    from auditor.facts.tidy import Facts

POSITION = "position"
"""The key that selectors have beside those of values."""


class Query(Struct, frozen=True):
    """A selector with its names understood."""

    metric: str | None
    subjects: frozenset[str] | None
    levels: Mapping[str, frozenset[str]]
    at: str | None

    def allowed(self, key: str) -> frozenset[str] | None:
        """The values a key may take; None for any."""
        if key == SUBJECT:
            return self.subjects
        if key == METRIC:
            return None if self.metric is None else frozenset((self.metric,))
        return self.levels.get(key)

    def varies(self, key: str) -> bool:
        """Whether the key is open or restricted to several values."""
        if key == METRIC:
            return self.metric is None
        allowed = self.allowed(key)
        return allowed is None or len(allowed) > 1

    def opened(self, key: str) -> Query:
        """The query with one more key left open."""
        match key:
            case "position":
                return replace(self, at=THROUGHOUT)
            case "metric":
                return replace(self, metric=None)
            case "subject":
                return replace(self, subjects=None)
            case dimension:
                return replace(self, levels={name: kept for name, kept in self.levels.items() if name != dimension})

    def narrowed(self, key: str, name: str) -> Query:
        """The query for one value of a key."""
        if key == SUBJECT:
            return replace(self, subjects=frozenset({name}))
        return replace(self, levels={**self.levels, key: frozenset({name})})

    @property
    def shown(self) -> str:
        """As a reader would say it."""
        subjects = "/".join(sorted(self.subjects or ()))
        levels = ", ".join("/".join(sorted(levels)) for levels in self.levels.values())
        named = " of ".join(part for part in (self.metric or "", subjects) if part) or "what the claim names"
        return f"{named} ({levels})" if levels else named


class Lookup(Struct, frozen=True):
    """What a claim asks for, and what the document has of it."""

    queries: Sequence[Query]
    found: Sequence[Sequence[Stack]]
    """The stacks that fit each query."""
    keys: Sequence[str]
    """Every key that may tell values apart."""

    def varies_together(self, key: str) -> bool:
        """Whether all queries leave the key open in the same way."""
        first, *others = self.queries
        return first.varies(key) and all(query.allowed(key) == first.allowed(key) for query in others)

    def narrowed(self, key: str, name: str) -> Lookup:
        """What is asked for, for one value of a key alone."""
        queries = [query.narrowed(key, name) for query in self.queries]
        found = [[stack for stack in stacks if stack.value(key) == name] for stacks in self.found]
        return replace(self, queries=queries, found=found)


# -- what names mean -----------------------------------------------------------------------------


def understood(facts: Facts, selector: Selector, metric: str | None = None) -> Query:
    """The selector with its names understood; `metric` where it leaves that open."""
    named = metric if selector.metric is None else facts.names.metrics.meaning(selector.metric)
    if selector.metric is not None and named is None:
        raise unknown_name(selector.metric, shared=facts.names.metrics.is_shared(selector.metric))
    canonical = None if named is None else facts.canonical(named)
    subjects, as_levels = set[str](), list[str]()
    for name in selector.subjects:
        meaning = facts.names.subjects.meaning(name)
        if meaning is not None:
            subjects.add(meaning)
        elif len(facts.level(name, canonical)) == 1:
            as_levels.append(name)
        else:
            raise unknown_name(name, shared=facts.names.subjects.is_shared(name))
    levels: dict[str, frozenset[str]] = {}
    for name in (*selector.levels, *as_levels):
        meanings = facts.level(name, canonical)
        if len(meanings) != 1:
            raise unknown_name(name, shared=len(meanings) > 1)
        dimension, level = meanings[0]
        levels[dimension] = levels.get(dimension, frozenset()) | {level}
    return Query(canonical, frozenset(subjects) or None, levels, selector.at)


def all_understood(facts: Facts, selectors: Sequence[Selector]) -> list[Query]:
    """The selectors of a claim with their names understood; a metric that only some name holds for all of them."""
    named = next((selector.metric for selector in selectors if selector.metric is not None), None)
    metric = None if named is None else facts.names.metrics.meaning(named)
    return [understood(facts, selector, metric) for selector in selectors]


def key_named(facts: Facts, name: str) -> str:
    """The key that a name means: one of those that every selector has, or a dimension."""
    return name if name in (POSITION, METRIC, SUBJECT) else dimension_named(facts, name)


def dimension_named(facts: Facts, name: str) -> str:
    """The dimension that a name means."""
    dimension = facts.names.dimensions.meaning(name)
    if dimension is None:
        raise unknown_name(name, shared=False)
    return dimension


def unknown_name(name: str, *, shared: bool) -> Unjudgeable:
    """Why a name says nothing here: it is nobody's, or it belongs to more than one thing."""
    if shared:
        return Unjudgeable(Reason.AMBIGUOUS_SUBJECT, f"{name!r} can mean more than one thing here")
    return Unjudgeable(Reason.UNKNOWN_SUBJECT, f"{name!r} is not introduced in the document")


# -- which rows fit ------------------------------------------------------------------------------


def looked_up(facts: Facts, queries: Sequence[Query], hidden: Sequence[Span], *, by_sort: bool = False) -> Lookup:
    """What the document has of what is asked for; what stands in a hidden place is left out."""
    found = [_stacks(facts, query, hidden) for query in queries]
    for query, stacks in zip(queries, found, strict=True):
        if not stacks:
            raise Unjudgeable(Reason.MISSING_VALUE, f"no value for {query.shown}")
    named = [dimension for query in queries for dimension in query.levels]
    open_ones = facts.families if by_sort else facts.describing
    telling = [dimension for dimension in facts.dimensions_in_use() if dimension not in open_ones]
    return Lookup(queries, found, [METRIC, SUBJECT, *dict.fromkeys((*named, *telling))])


def _stacks(facts: Facts, query: Query, hidden: Sequence[Span]) -> Sequence[Stack]:
    """The stacks that a query names."""
    metrics = facts.measured() if query.metric is None else (query.metric,)
    found = [facts.stacks(metric, query.subjects, query.levels) for metric in metrics]
    return visible(found[0] if len(found) == 1 else [stack for stacks in found for stack in stacks], hidden)


def without_apart(lookup: Lookup, opened: str) -> Lookup | None:
    """The same without what may be none of the things compared, where it is not named; None where there is none.

    `opened` is the key that the last query leaves open for what it is compared with.
    """
    found = [
        [stack for stack in stacks if not _is_apart(query, stack, opened if query is lookup.queries[-1] else "")]
        for query, stacks in zip(lookup.queries, lookup.found, strict=True)
    ]
    is_other = any(len(kept) < len(stacks) for kept, stacks in zip(found, lookup.found, strict=True))
    return replace(lookup, found=found) if is_other and all(found) else None


def _is_apart(query: Query, stack: Stack, opened: str) -> bool:
    keys = {SUBJECT, opened} if opened and opened not in {METRIC, POSITION} else {SUBJECT}
    values = [stack.value(key) for key in keys if query.allowed(key) is None]
    return any(value is not None and may_stand_apart(value) for value in values)
