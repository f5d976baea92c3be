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
from auditor.grounded import Reading
from auditor.kinds import registry
from auditor.partial import salvage
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
        return Reading(self.document, salvage(self.json))

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
    return bool(quote.split() == value["quote"].split())


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


def moved(case: Read, numbers: frozenset[int], to: str, name: str) -> Read | None:
    """The case with the digits of some values, all of them the same number, replaced; None where they are no digits."""
    spans = {span for number, span in figures(case) if number in numbers}
    if {number for number, _ in figures(case)} & numbers != numbers:
        return None
    return replaced(case, dict.fromkeys(spans, to), name)


# -- directions --------------------------------------------------------------------------------------

_OPPOSITES = (
    ("higher", "lower"), ("highest", "lowest"), ("faster", "slower"), ("fastest", "slowest"), ("better", "worse"),
    ("best", "worst"), ("larger", "smaller"), ("largest", "smallest"), ("longer", "shorter"), ("longest", "shortest"),
    ("more", "less"), ("above", "below"), ("outperforms", "underperforms"), ("outperform", "underperform"),
    ("rises", "falls"), ("rise", "fall"), ("rose", "fell"), ("increases", "decreases"), ("increase", "decrease"),
    ("grows", "shrinks"), ("climbs", "drops"), ("greater", "smaller"), ("beats", "trails"), ("gains", "loses"),
)  # fmt: skip
OPPOSITE = {**{two: one for one, two in _OPPOSITES}, **dict(_OPPOSITES)}
_DIRECTION = re.compile(rf"\b(?:{'|'.join(OPPOSITE)})\b(?! (?:models?|ones?|sizes?)\b)", re.IGNORECASE)
_TURNS = (
    ("greater", "less"), ("better", "worse"), ("increases", "decreases"), ("highest", "lowest"), ("best", "worst"),
    ("peak", "trough"), ("widens", "narrows"), ("above", "below"),
)  # fmt: skip
_TURNED = {**dict(_TURNS), **{two: one for one, two in _TURNS}}
_TURNING = {"comparison": "relation", "contrast": "relation", "ordering": "relation", "trend": "shape",
            "superlative": "end", "peak": "extreme", "lead": "change", "threshold": "relation"}  # fmt: skip


def misread(case: Read, number: int) -> dict[str, Any] | None:
    """The reading with the direction of one claim turned, the words left as they are; None for a claim without one."""
    field_name = _TURNING.get(case.answer["claims"][number]["kind"], "")
    turned = _TURNED.get(case.answer["claims"][number].get(field_name, ""))
    if turned is None:
        return None
    answer = case.changed()
    answer["claims"][number][field_name] = turned
    return answer


def turned(case: Read, number: int) -> Read | None:
    """The case with one claim saying the opposite, in words and reading; None where no single word says it."""
    span, answer = case.grounded.claims[number].span, misread(case, number)
    others = [placed.span for other, placed in enumerate(case.grounded.claims) if other != number]
    words = [] if span is None else list(_DIRECTION.finditer(case.text, *span))
    if answer is None or len(words) != 1:
        return None
    word = Span(*words[0].span())
    if any(other is not None and other.overlaps(word) for other in others):
        return None
    name = f"{case.name}: {words[0][0]!r} turned in {case.answer['claims'][number]['quote']!r}"
    return replaced(Read(case.name, case.text, answer), {word: OPPOSITE[words[0][0].lower()]}, name)


def swapped(case: Read, number: int) -> Read | None:
    """The case with the two subjects of one comparison exchanged; None where that cannot be done."""
    claim, span = case.answer["claims"][number], case.grounded.claims[number].span
    answer = exchanged(case, number)
    if answer is None or span is None:
        return None
    left, right = (claim[side]["subjects"][0] for side in ("left", "right"))
    spots = [_only(case.text, name, span) for name in (left, right)]
    if spots[0] is None or spots[1] is None or spots[0].overlaps(spots[1]):
        return None
    others = [placed.span for other, placed in enumerate(case.grounded.claims) if other != number]
    sentence = case.document.sentence_around(span)  # what else it says may be said of the one that is named first
    if any(other is not None and other.overlaps(sentence) for other in others):
        return None
    changes = {spots[0]: right, spots[1]: left}
    return replaced(
        Read(case.name, case.text, answer), changes, f"{case.name}: {left} and {right} exchanged in {claim['quote']!r}"
    )


def exchanged(case: Read, number: int) -> dict[str, Any] | None:
    """The reading with the two subjects of one comparison exchanged, the words left as they are."""
    claim = case.answer["claims"][number]
    if claim["kind"] not in {"comparison", "difference"}:
        return None
    sides = [claim["left"]["subjects"], claim["right"]["subjects"]]
    if [len(side) for side in sides] != [1, 1] or sides[0] == sides[1]:
        return None
    answer = case.changed()
    changed = answer["claims"][number]
    changed["left"]["subjects"], changed["right"]["subjects"] = sides[1], sides[0]
    return answer


def _only(text: str, word: str, span: Span) -> Span | None:
    found = [Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text[: span.end])]
    found = [place for place in found if span.covers(place)]
    return found[0] if len(found) == 1 else None


# -- sizes and colours -------------------------------------------------------------------------------


def resized(case: Read, number: int, to: str) -> Read | None:
    """The case with the size that one difference states replaced by other digits."""
    claim, span = case.answer["claims"][number], case.grounded.claims[number].span
    written = claim.get("size") if claim["kind"] == "difference" else None
    digits = list(FIGURE.finditer(written or ""))
    if span is None or len(digits) != 1 or written is None:
        return None
    at = case.text.find(written, *span)
    if at < 0 or case.text.count(written, *span) != 1:
        return None
    place = Span(at + digits[0].start(), at + digits[0].end())
    others = [placed.span for other, placed in enumerate(case.grounded.claims) if other != number]
    values = [mention.span for mention in case.grounded.facts.mentions]
    if any(other is not None and other.overlaps(place) for other in (*others, *values)):
        return None
    answer = case.changed()
    answer["claims"][number]["size"] = written.replace(digits[0][0], to)
    name = f"{case.name}: size {written!r} made {to} in {claim['quote']!r}"
    return replaced(Read(case.name, case.text, answer), {place: to}, name)


def recoloured(case: Read) -> Iterator[tuple[int, int, Read]]:
    """The colour of one thing changed at one of the places that state it: its subject, which, and the case."""
    for number, subject in enumerate(case.answer["subjects"]):
        for which, attribute in enumerate(subject["attributes"]):
            place = next(
                (p for p in places(case) if p.path == ("subjects", number, "attributes", which, "quote")), None
            )
            at = -1 if place is None else case.text.casefold().find(attribute["value"].casefold(), *place.span)
            if at < 0 or case.text.count(attribute["quote"]) > 1:
                continue
            other = "diamonds" if attribute["name"] == "marker" else "magenta"
            answer = case.changed()
            answer["subjects"][number]["attributes"][which]["value"] = other
            span = Span(at, at + len(attribute["value"]))
            name = f"{case.name}: {attribute['value']!r} made {other} in {attribute['quote']!r}"
            yield number, which, replaced(Read(case.name, case.text, answer), {span: other}, name)
