"""mutation: documents with their readings, and the same one changed in text and reading alike.

A change replaces a stretch of the text, and does the same inside every quote that covers
the stretch, so that the reading stays as true to the text as it was.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.document import Document, Span
from auditor.errors import ExtractionError
from auditor.extraction import parse
from auditor.grounded import Reading
from auditor.kinds import registry
from auditor.pipeline import audit
from auditor.recordings import Store
from auditor.sources import read
from tests.cases import reading, slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.judgement import Judgement
    from auditor.report import Audited

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
TABLES = ROOT / "tests" / "kinds"
_SETTINGS = ("better", "unit", "metrics", "subjects", "position", "ordered", "dimensions")


@dataclass(frozen=True)
class Read:
    """A document with what was read from it."""

    name: str
    text: str
    answer: dict[str, Any] = field(repr=False)

    @cached_property
    def document(self) -> Document:
        return Document(f"{self.name}.txt", self.text)

    @cached_property
    def grounded(self) -> Reading:
        return Reading(self.document, parse(self.json))

    @cached_property
    def json(self) -> str:
        return json.dumps(self.answer, ensure_ascii=False)

    @cached_property
    def audited(self) -> Audited:
        return audit(self.document, self.json)

    @cached_property
    def stated(self) -> dict[int, Judgement]:
        """What became of each claim, by its place in the reading."""
        return dict(enumerate(map(self.judgement, range(len(self.answer["claims"])))))

    def judgement(self, number: int) -> Judgement:
        """What became of one claim; claims that are alike to the letter are told apart by their order."""
        claim = self.answer["claims"][number]
        span = self.grounded.claims[number].span
        alike = [
            other
            for other, placed in enumerate(self.grounded.claims)
            if (placed.span, placed.claim.quote, self.answer["claims"][other]["kind"])
            == (span, claim["quote"], claim["kind"])
        ]
        found = [
            judgement
            for judgement in self.audited.judgements
            if (judgement.span, judgement.quote, judgement.kind, judgement.implied)
            == (span, claim["quote"], claim["kind"], False)
        ]
        return found[alike.index(number)]

    def changed(self) -> dict[str, Any]:
        """A copy of the answer, to be changed."""
        return copy.deepcopy(self.answer)


@cache
def recorded() -> tuple[Read, ...]:
    """Every document of the repository that has a recording."""
    store = Store(FIXTURES, ROOT)
    found = []
    for path in sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "documents").glob("*")]):
        if path.suffix not in {".txt", ".md"}:
            continue
        document = read(str(path))
        try:
            answer = json.loads(store.load(document).answer)
        except ExtractionError:
            continue
        found.append(Read(path.stem, document.text, answer))
    return tuple(found)


@cache
def written() -> tuple[Read, ...]:
    """The kinds' own examples and the tables of cases, as documents of one claim or a few."""
    found = []
    for kind, claim in registry().items():
        for number, example in enumerate(claim.examples):
            claims = [{"kind": kind, **example.claim}]
            answer = reading(example.text, example.values, claims, better=example.better, unit=example.unit)
            found.append(Read(f"{kind} example {number}", example.text, answer))
    for path in sorted(TABLES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            claims = [
                slots(registry()[claim.get("kind", path.stem)], {"kind": path.stem, **claim})
                for claim in case.get("claims", [case.get("claim")])
            ]
            settings = {name: case[name] for name in _SETTINGS if name in case}
            answer = reading(case["text"], case["values"], claims, **settings)
            found.append(Read(f"{path.stem} {case['why']}", case["text"], answer))
    return tuple(found)


# -- changing text and reading alike ---------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A stretch of the reading's strings that stands in the text: which string, and where it stands."""

    path: tuple[str | int, ...]
    span: Span


def places(case: Read) -> list[Place]:
    """Every quote of the reading with its place; the numbers of values stand in their mentions."""
    grounded, found = case.grounded, []
    mentions = iter(grounded.facts.mentions)
    pending = next(mentions, None)
    for number, value in enumerate(case.answer["values"]):
        if pending is not None and _is_of(pending, value, case):
            found.append(Place(("values", number, "quote"), pending.quote))
            found.extend(Place(("values", number, "written"), span) for span in _written(case, value, pending.span))
            pending = next(mentions, None)
    for number, placed in enumerate(grounded.claims):
        if placed.span is not None:
            found.append(Place(("claims", number, "quote"), placed.span))
    for number, subject in enumerate(case.answer["subjects"]):
        for place, attribute in enumerate(subject["attributes"]):
            span = case.grounded.locate(attribute["quote"], [subject["name"]])
            if span is not None:
                found.append(Place(("subjects", number, "attributes", place, "quote"), span))
    axes = [(("metrics", n, "axis"), metric["axis"]) for n, metric in enumerate(case.answer["metrics"])]
    for path, axis in [*axes, (("position",), case.answer["position"])]:
        span = None if axis is None else case.grounded.locate(axis["quote"], ())
        if span is not None:
            found.append(Place((*path, "quote"), span))
    return found


def _is_of(mention: Any, value: dict[str, Any], case: Read) -> bool:  # noqa: ANN401
    quote = case.text[slice(*mention.quote)]
    return quote.split() == value["quote"].split()


def _written(case: Read, value: dict[str, Any], number: Span) -> list[Span]:
    """Where the written number stands: around the numeral, with its hedge before it and its unit behind."""
    pattern = re.compile(r"\s+".join(map(re.escape, value["written"].split())))
    found = [Span(*match.span()) for match in pattern.finditer(case.text, max(0, number.start - 40), number.end + 40)]
    return [span for span in found if span.overlaps(number)][:1]


def replaced(case: Read, changes: dict[Span, str], name: str) -> Read:
    """The case with stretches of its text replaced, in every string of the reading that covers them."""
    answer = case.changed()
    for place in places(case):
        inside = {span: new for span, new in changes.items() if place.span.covers(span)}
        if inside:
            holder: Any = answer
            for step in place.path[:-1]:
                holder = holder[step]
            holder[place.path[-1]] = _spliced(case.text, place.span, inside)
    return Read(name, _spliced(case.text, Span(0, len(case.text)), changes), answer)


def _spliced(text: str, within: Span, changes: dict[Span, str]) -> str:
    pieces, at = [], within.start
    for span, new in sorted(changes.items()):
        pieces += [text[at : span.start], new]
        at = span.end
    return "".join([*pieces, text[at : within.end]])


# -- numbers -----------------------------------------------------------------------------------------

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""A plain number in digits."""


def figures(case: Read) -> Iterator[tuple[int, Span]]:
    """Every value whose number is written in plain digits: its place in the reading, and where the digits stand."""
    for place in places(case):
        if place.path[0] == "values" and place.path[-1] == "written":
            digits = list(FIGURE.finditer(case.text, *place.span))
            if len(digits) == 1:
                yield int(place.path[1]), Span(*digits[0].span())
