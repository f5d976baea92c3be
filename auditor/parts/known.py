"""known: the names that the values of a long document go by, as the model is told them with each part.

Names that stand in the part come first, so that a limit on the length costs those that it is least likely to need.
Those that no number goes by, nor follows for, come last and by themselves: parts that only draw conclusions have words
of their own for what other parts measure, and a claim in such words would be judged on nothing.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from auditor.names import Names, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from auditor.extraction import Extraction, Metric, Subject
    from auditor.facts.tabulated import Tabulation

_WORD = re.compile(r"\w+")

BARE = "without values"
"""How those are listed that no number goes by."""


def listed(extraction: Extraction, tabled: Tabulation, part: str, room: int) -> str:
    """The names as JSON of at most about `room` characters; how many are not listed is said in it."""
    words = set(_WORD.findall(part.casefold()))
    entries = sorted(
        _entries(extraction, tabled),
        key=lambda entry: (entry[0] == BARE, not any(_stands(name, words) for name in entry[1])),
    )
    found: dict[str, Any] = {"metrics": [], "subjects": [], "dimensions": {}}
    left_out = 0
    for sort, _, entry in entries:
        text = json.dumps(entry, ensure_ascii=False)
        room -= len(text) + 2
        if room < 0:
            left_out += 1
        elif sort == "dimensions":
            found["dimensions"].setdefault(entry[0], []).append(entry[1])
        else:
            found.setdefault(sort, []).append(entry if len(entry) > 1 else entry["name"])
    if extraction.position is not None:
        found["position"] = {"low": extraction.position.low, "high": extraction.position.high}
    if left_out:
        found["not listed"] = left_out
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _entries(extraction: Extraction, tabled: Tabulation) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Which sort of name, the names, and what is told of it; no name twice."""
    values = extraction.values
    metrics = {folded(name) for name in (*(value.metric for value in values), *tabled.metrics)}
    for metric in extraction.metrics:
        told = {"name": metric.name, "aliases": metric.aliases, "unit": metric.unit, "better": metric.better}
        yield _entry("metrics", told, bare=metric.derived is None and not _is_one_of(metric, metrics))
    subjects = {folded(name) for name in (*(value.subject or "" for value in values), *tabled.subjects)}
    for subject in extraction.subjects:
        told = {"name": subject.name, "aliases": subject.aliases}
        yield _entry("subjects", told, bare=not _is_one_of(subject, subjects))
    yield from (_entry("metrics", {"name": name}) for name in _new(tabled.metrics, extraction.metrics))
    yield from (_entry("subjects", {"name": name}) for name in _new(tabled.subjects, extraction.subjects))
    yield from _levels(extraction, tabled)


def _entry(sort: str, told: Mapping[str, Any], *, bare: bool = False) -> tuple[str, tuple[str, ...], Any]:
    names = (told["name"], *told.get("aliases", ()))
    if bare:
        return BARE, names, {"name": told["name"]}
    return sort, names, {key: value for key, value in told.items() if value not in (None, (), "unknown")}


def _levels(extraction: Extraction, tabled: Tabulation) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """The levels of every dimension, those of tables after those of the prose."""
    names = Names(extraction)
    keys = [*(value.levels for value in extraction.values), *(layout.levels for layout in extraction.tables)]
    used = {found for each in keys for level in each for found in names.level(level)}
    levels: dict[str, list[str]] = {}
    for dimension in extraction.dimensions:
        known = levels.setdefault(dimension.name, [])
        for level in dimension.levels:
            if (dimension.name, level) in used or level in tabled.levels.get(dimension.name, ()):
                known.append(level)
            else:
                yield BARE, (level,), {"name": f"{dimension.name}={level}"}
    for name, more in tabled.levels.items():
        folds = {folded(level) for level in levels.setdefault(name, [])}
        levels[name] += [level for level in more if folded(level) not in folds]
    yield from (("dimensions", (level,), (name, level)) for name, each in levels.items() for level in each)


def _is_one_of(thing: Metric | Subject, names: set[str]) -> bool:
    return not names.isdisjoint(map(folded, (thing.name, *thing.aliases)))


def _new(names: Mapping[str, object], declared: Iterable[Any]) -> Iterator[str]:
    known = {folded(name) for thing in declared for name in (thing.name, *thing.aliases)}
    return (name for name in names if folded(name) not in known)


def _stands(name: str, words: set[str]) -> bool:
    return words.issuperset(_WORD.findall(name.casefold()))
