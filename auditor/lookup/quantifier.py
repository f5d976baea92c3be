"""quantifier: for how many of the things that it counts a claim holds."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.claim import Unjudgeable
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Agree, All, Not, Relation, Some, Tally, unknown
from auditor.exact.numeral import parse_count
from auditor.exact.verdict import SUPPORTED, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from auditor.claim import Over
    from auditor.exact.expression import Formula
    from auditor.facts.stack import Keys
    from auditor.names import Names

_OF_ALL = re.compile(r"(?<=\w)\s+(?:out\s+)?of\s.*", re.DOTALL)
"""What a number is counted out of: "six of the eight"."""

Case = tuple["Keys", "Formula"]
"""What a claim says of one thing, which is told apart from the others by the values of some keys."""

Side = tuple["Keys", "Sequence[Case]"]
"""A binding of the shared keys, and under it what the keys that are open on one side only vary over."""


class Quantifier(Struct, frozen=True):
    """A quantifier with its names and its number understood."""

    how: str
    number: int | None
    exceptions: tuple[str, ...]
    excepted: frozenset[str]
    """The subjects, levels and metrics that are excepted, by the names that they go by in the table."""
    is_bare: bool = False
    """Whether a "none" rests on a "not" alone, which may also deny that it holds for all."""


def quantifier(over: Over | None, names: Names, *, is_bare: bool = False) -> Quantifier | None:
    """A quantifier with what it says understood; None where a claim has none.

    `is_bare` says that a "none" rests on a "not" alone: "does not improve" may deny that it holds for all.
    """
    if over is None:
        return None
    meanings = (
        (names.subjects.meaning(name), names.metrics.meaning(name), *(level for _, level in names.level(name)))
        for name in over.exceptions
    )
    known = {meaning for found in meanings for meaning in found if meaning is not None}
    return Quantifier(
        over.how,
        parse_count(_OF_ALL.sub("", over.number or "")),
        over.exceptions,
        frozenset(known | set(over.exceptions)),
        is_bare,
    )


def over_sides(quantifier: Quantifier | None, sides: Sequence[Side]) -> Formula:
    """The quantifier applied to what it counts: the shared bindings, or what one side alone leaves open.

    Where both vary, "any" and "none" count every case, an exception says by its name which of the two is
    meant, and a number or "most" has to come out alike either way.
    """
    if quantifier is None or all(len(made) == 1 for _, made in sides):
        return over_cases(quantifier, [(binding + made[0][0], _whole(made)) for binding, made in sides])
    if len(sides) == 1:
        return over_cases(quantifier, sides[0][1])
    if quantifier.how in ("any", "none") and not quantifier.exceptions:
        return over_cases(quantifier, [case for _, made in sides for case in made])
    readings = [[(binding, _whole(made)) for binding, made in sides], _by_variant(sides)]
    if quantifier.how == "all" or quantifier.exceptions:
        named = (reading for reading in readings if any(_is_excepted(quantifier, keys) for keys, _ in reading))
        return over_cases(quantifier, next(named, readings[0]))
    number = quantifier.number
    countable = [reading for reading in readings if number is None or len(reading) >= number]
    return Agree(tuple(over_cases(quantifier, reading) for reading in countable or readings))


def _whole(cases: Sequence[Case]) -> Formula:
    parts = tuple(part for _, part in cases)
    return parts[0] if len(parts) == 1 else All(parts)


def _by_variant(sides: Sequence[Side]) -> list[Case]:
    """What is said of each thing that one side alone leaves open, for all shared bindings together."""
    variants: Mapping[Keys, list[Case]] = defaultdict(list)
    for _, made in sides:
        for case in made:
            variants[case[0]].append(case)
    of_nothing = [case for keys, cases in variants.items() if not keys for case in cases]
    return [(keys, _whole([*cases, *of_nothing])) for keys, cases in variants.items() if keys]


def over_cases(quantifier: Quantifier | None, cases: Sequence[Case]) -> Formula:
    """The quantifier applied to cases that count as one each; without one, the claim holds for all of them."""
    if quantifier is None:
        return _whole(cases)
    regular: list[Formula] = []
    exempt: list[Formula] = []
    for keys, part in cases:
        (exempt if _is_excepted(quantifier, keys) else regular).append(part)
    if quantifier.how == "only" and not quantifier.exceptions:
        raise Unjudgeable(Reason.VAGUE, "the claim says 'only' and does not say of which")
    if quantifier.exceptions and not exempt:
        raise Unjudgeable(Reason.MISSING_VALUE, f"no value for the exception {quantifier.exceptions[0]}")
    if quantifier.how == "only":
        singly = Tally(tuple(regular), 0, 0)
        together = tuple(_whole(group) for group in _by_excepted(quantifier, cases))
        counted = Agree((singly, Tally(together, 0, 0))) if 0 < len(together) < len(regular) else singly
        return All((*exempt, counted))
    whole = _counted(quantifier, tuple(map(_as_denied, regular) if quantifier.how == "none" else regular))
    return All((whole, *(Not(_as_denied(part)) for part in exempt))) if exempt else whole


def _as_denied(part: Formula) -> Formula:
    """What is denied is not so where only rounding lets it be: "nowhere more than 0.03", and 0.69 less 0.66."""
    trace = evaluate(part)
    at = trace.nearest
    if trace.verdict != SUPPORTED or at is None or at.relation is not Relation.AGREES:
        return part
    return part if at.left.point in at.right.interval else unknown(Reason.TIE_AT_PRECISION, trace.text)


def _by_excepted(quantifier: Quantifier, cases: Sequence[Case]) -> Iterable[list[Case]]:
    """The other cases by what they have in place of the exception: "the only ground on which all of them win"."""
    kept = {key for keys, _ in cases for key, value in keys if value in quantifier.excepted}
    groups: dict[Keys, list[Case]] = defaultdict(list)
    for keys, part in cases:
        if not _is_excepted(quantifier, keys):
            groups[tuple(pair for pair in keys if pair[0] in kept)].append((keys, part))
    return groups.values()


def _is_excepted(quantifier: Quantifier, keys: Keys) -> bool:
    return any(value in quantifier.excepted for _, value in keys)


def _counted(quantifier: Quantifier, parts: tuple[Formula, ...]) -> Formula:
    count = len(parts)
    match quantifier.how:
        case "all":
            return All(parts)
        case "any":
            return Some(parts)
        case "none" if quantifier.is_bare:
            return Agree((Tally(parts, 0, 0), Not(All(parts))))
        case "none":
            return Tally(parts, 0, 0)
        case "most":
            return Tally(parts, count // 2 + 1, count)
        case how:
            wanted = quantifier.number
            if wanted is None:
                raise Unjudgeable(Reason.VAGUE, "the claim counts without a whole number")
            least = 0 if how == "at most" else wanted
            return Tally(parts, least, count if how == "at least" else wanted)
