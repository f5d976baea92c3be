"""known: the names that the values of a long document go by, as the model is told them with each part.

Names that stand in the part come first, so that a limit on the length costs those that it is least likely to need.
Metrics that no number goes by, nor follows for, come last and by themselves: parts that only draw conclusions have words
of their own for what other parts measure, and a claim in such words would be judged on nothing.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from auditor.extraction import Extraction
    from auditor.tabulated import Tabulation

_WORD = re.compile(r"\w+")

BARE = "without values"
"""How those metrics are listed that no number goes by."""


def listed(extraction: Extraction, tabled: Tabulation, part: str, room: int) -> str:
    """The names as JSON of at most about `room` characters; how many are not listed is said in it."""
    words = set(_WORD.findall(part.casefold()))
    entries = sorted(
        _entries(extraction, tabled),
        key=lambda entry: (entry[0] == BARE, not any(_stands(name, words) for name in entry[1])),
    )
    found: dict[str, Any] = {"metrics": [], "subjects": [], "dimensions": {}}
    left_out = 0
    for sort, names, entry in entries:
        text = json.dumps(entry, ensure_ascii=False)
        room -= len(text) + 2
        if room < 0:
            left_out += 1
        elif sort == "dimensions":
            found["dimensions"].setdefault(entry[0], []).append(entry[1])
        else:
            found.setdefault(sort, []).append(entry if len(entry) > 1 else names[0])
    if extraction.position is not None:
        found["position"] = {"low": extraction.position.low, "high": extraction.position.high}
    if left_out:
        found["not listed"] = left_out
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _entries(extraction: Extraction, tabled: Tabulation) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Which sort of name, the names, and what is told of it; no name twice."""
    valued = {folded(name) for name in (*(value.metric for value in extraction.values), *tabled.metrics)}
    for metric in extraction.metrics:
        names = (metric.name, *metric.aliases)
        if metric.derived is None and not valued & set(map(folded, names)):
            yield BARE, names, {"name": metric.name}
            continue
        told = {"name": metric.name, "aliases": metric.aliases, "unit": metric.unit, "better": metric.better}
        yield "metrics", names, {key: value for key, value in told.items() if value not in (None, (), "unknown")}
    for subject in extraction.subjects:
        told = {"name": subject.name, "aliases": subject.aliases}
        names = (subject.name, *subject.aliases)
        yield "subjects", names, {key: value for key, value in told.items() if value}
    levels: dict[str, list[str]] = {dimension.name: list(dimension.levels) for dimension in extraction.dimensions}
    yield from (("metrics", (name,), {"name": name}) for name in _new(tabled.metrics, extraction.metrics))
    yield from (("subjects", (name,), {"name": name}) for name in _new(tabled.subjects, extraction.subjects))
    for dimension, more in tabled.levels.items():
        known = {folded(level) for level in levels.setdefault(dimension, [])}
        levels[dimension] += [level for level in more if folded(level) not in known]
    yield from (("dimensions", (level,), (dimension, level)) for dimension, each in levels.items() for level in each)


def _new(names: Mapping[str, object], declared: Iterable[Any]) -> Iterator[str]:
    known = {folded(name) for thing in declared for name in (thing.name, *thing.aliases)}
    return (name for name in names if folded(name) not in known)


def _stands(name: str, words: set[str]) -> bool:
    return words.issuperset(_WORD.findall(name.casefold()))
