"""shape: what a report looks like to programs, version 1; published as docs/report.schema.json.

These types are kept apart from our own so that ours may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from auditor.exact.verdict import Reason  # noqa: TC001 - pydantic resolves the annotations below for the schema
from auditor.judgement import By, Severity  # noqa: TC001
from auditor.report import About, Use  # noqa: TC001


class Shape:
    """A closed object whose field docstrings are the descriptions in the schema."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, object]] = {"use_attribute_docstrings": True, "extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Place(Shape):
    """A stretch of the document's source, whose line ends are LF and whose byte order mark is gone."""

    start: int
    """First code point, counted from 0."""
    end: int
    """One past the last code point."""
    line: int
    """Line of the first code point, counted from 1."""
    column: int
    """Column of the first code point in code points, counted from 1."""


@dataclass(frozen=True, slots=True)
class Statement(Shape):
    """A statement of the document that a verdict rests on."""

    label: str
    """What it is the value of."""
    written: str
    """The value as the document writes it."""
    span: Place | None
    """Where it stands; null for what no single passage states."""


@dataclass(frozen=True, slots=True)
class Suppressed(Shape):
    """Why a judgement is known and does not count."""

    by: By
    """What keeps it from counting: a comment of the document, what was selected or ignored, or the baseline."""
    why: str
    """The reason that the comment gives, or the rule."""


@dataclass(frozen=True, slots=True)
class Stability(Shape):
    """How stable the reading of a claim is: the document was read several times."""

    agreeing: int
    """In how many of the runs the claim was read so that this is the verdict; where no majority agrees, the most."""
    of: int
    """How many runs there were."""


@dataclass(frozen=True, slots=True)
class Judged(Shape):
    """The verdict on one claim."""

    verdict: Literal["supported", "contradicted", "unverifiable"]
    """What the document's own values make of the claim."""
    reason: Reason | None
    """Why the claim is unverifiable; null for the other verdicts."""
    kind: str
    """The kind of claim, as in `audit --explain`."""
    quote: str
    """The passage that makes the claim."""
    span: Place | None
    """Where the quote stands; null when it does not stand in the document."""
    evidence: list[Statement]
    """For a contradiction, the smallest set of statements that cannot all be true together with the claim."""
    computation: str
    """The comparison in one line; empty where nothing was computed."""
    margin: str
    """What would have to change for the verdict to flip; empty where nothing was computed."""
    severity: Severity | None
    """What a contradiction spoils; null for the other verdicts."""
    mend: list[str]
    """For a contradiction, the ways to mend it."""
    notes: list[str]
    """Readings, roundings and hedges that were applied."""
    implied: bool
    """Whether nobody states the claim in words."""
    suppressed: Suppressed | None
    """Why the judgement does not count; null for one that does."""
    runs: Stability | None
    """In how many runs the claim was read so; null where the document was read once."""


@dataclass(frozen=True, slots=True)
class Refused(Shape):
    """Something of the reading that was used for nothing: the document does not bear it out, or it fits no schema."""

    what: str
    """What the reading states."""
    why: str
    """Why it was not used."""
    span: Place | None
    """The passage concerned; null when there is none."""


@dataclass(frozen=True, slots=True)
class Remarked(Shape):
    """Something that is wrong with what is to keep judgements of the document from counting."""

    about: About
    """What sort of thing."""
    text: str
    """What is wrong."""
    hint: str
    """What to do next."""
    span: Place | None
    """The comment; null for what does not stand in the document."""


@dataclass(frozen=True, slots=True)
class Uses(Shape):
    """How many numbers or sentences were put to each use."""

    used: int
    """Their values are among the facts."""
    judged: int
    """A judged claim quotes them."""
    ignored: int
    """Not statements: headings, identifiers, list markers."""
    unread: int
    """The reading passes over them."""


@dataclass(frozen=True, slots=True)
class Entry(Shape):
    """One number or sentence in the coverage ledger."""

    what: Literal["number", "sentence"]
    """Which of the two it is."""
    use: Use
    """What became of it."""
    why: str
    """For what was ignored or unread, the reason; may be empty."""
    text: str
    """The number or sentence as the document writes it."""
    span: Place
    """Where it stands."""


@dataclass(frozen=True, slots=True)
class Ledger(Shape):
    """What became of every number and every sentence of the document."""

    numbers: Uses
    """The numbers, counted."""
    sentences: Uses
    """The sentences, counted."""
    entries: list[Entry]
    """All of them, one by one."""


@dataclass(frozen=True, slots=True)
class StatedValue(Shape):
    """A value that the document states."""

    metric: str
    """What is measured."""
    unit: str
    """Its unit; empty where there is none."""
    better: Literal["higher", "lower", ""]
    """Which way is better; empty where that is not known."""
    subject: str | None
    """What it is the value of; null where only levels say."""
    levels: dict[str, str]
    """What else it belongs to: a level for each dimension."""
    point: str
    """Where along a series it stands; empty for what is no part of one."""
    written: str
    """As the document writes it; with every wording where there are several."""
    spans: list[Place]
    """Where it is stated."""


@dataclass(frozen=True, slots=True)
class AuditedDocument(Shape):
    """A document that was audited."""

    path: str
    """As it was named on the command line."""
    status: Literal["audited"]
    """Tells the two sorts of document apart."""
    sha256: str
    """Digest of the text that is read, in UTF-8: line ends as LF, comments to audit left out, HTML as its text."""
    model: str
    """The model that read the document, as it names itself."""
    stale: bool
    """Whether the reading was made with another prompt or schema than today's."""
    judgements: list[Judged]
    """One for each claim, in document order; empty when no claim was found, which is never a pass."""
    rejected: list[Refused]
    """What of the reading was not used: the document does not bear it out, or it does not fit the schema."""
    coverage: Ledger
    """What the reading made of the document."""
    values: list[StatedValue]
    """The values that the claims were judged on, in document order."""
    remarks: list[Remarked]
    """What is wrong with comments that are to suppress something, and with what the baseline holds of the document."""


@dataclass(frozen=True, slots=True)
class Error(Shape):
    """Why a document could not be audited."""

    message: str
    """What went wrong."""
    hint: str
    """What to do next."""


@dataclass(frozen=True, slots=True)
class UnauditedDocument(Shape):
    """A document that could not be audited."""

    path: str
    """As it was named on the command line."""
    status: Literal["not-audited"]
    """Tells the two sorts of document apart."""
    error: Error
    """What stood in the way."""
    judgements: list[Judged]
    """What its tables get wrong by themselves, which takes no reading."""
    remarks: list[Remarked]
    """What is wrong with comments that are to suppress something."""


@dataclass(frozen=True, slots=True)
class Totals(Shape):
    """The sums over all documents."""

    audited: int
    """Documents that were audited."""
    not_audited: int
    """Documents that were not."""
    supported: int
    """Claims that the values bear out."""
    contradicted: int
    """Claims that the values refute."""
    unverifiable: int
    """Claims that the values do not settle."""
    suppressed: int
    """Judgements that do not count, and are not among those above."""


@dataclass(frozen=True, slots=True)
class Tool(Shape):
    """What made the report."""

    name: Literal["audit"]
    """The command."""
    version: str
    """Its version."""


@dataclass(frozen=True, slots=True)
class Published(Shape):
    """The report of a run of audit."""

    version: Literal[1]
    """The version of this format; fields may be added within a version, none removed or changed."""
    tool: Tool
    """What made the report."""
    exit: int
    """The exit code: 0 nothing contradicted, 1 contradictions, 3 something could not be audited."""
    totals: Totals
    """The sums over all documents."""
    documents: list[AuditedDocument | UnauditedDocument]
    """In the order in which they were named."""


def members(shape: Shape) -> dict[str, object]:
    """The fields of a published object, for a JSON encoder."""
    names: tuple[str, ...] = shape.__slots__
    return {name: getattr(shape, name) for name in names}


def schema() -> dict[str, object]:
    """The JSON Schema of the report, as published."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - rendering must not load it

    made = TypeAdapter(Published).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "Report of audit --format json"}
