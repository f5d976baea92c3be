"""gold: what a careful reader finds in a document, and where a report falls short of it.

The expectations lie in `tests/documents/*.toml`, statement by statement. A report is held
against them by places, not by the wording or the kind of its judgements: what matters is
that somebody who reads it learns of every contradiction and is alarmed by nothing else.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "tests" / "documents"


@dataclass(frozen=True, slots=True)
class Statement:
    """One checkable statement of a document."""

    quote: str
    """Verbatim; its first occurrence is meant."""
    says: str
    """The statement in plain words, with the values that decide it."""
    verdict: str
    """What the document's own values make of it."""
    also: tuple[str, ...] = ()
    """Other verdicts that a careful reader could accept."""
    must: bool = False
    """Whether the verdict has to be reported, even where it is no contradiction."""
    implied: bool = False
    """Whether nobody states it in words."""

    @property
    def allowed(self) -> frozenset[str]:
        """Every verdict that is acceptable."""
        return frozenset({self.verdict, *self.also})


@dataclass(frozen=True, slots=True)
class Expected:
    """The statements of one document."""

    file: str
    """Path from the root of the repository."""
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One judgement of a report that has a place."""

    verdict: str
    span: Span


def expectations(file: Path) -> tuple[Expected, ...]:
    """The documents that a file of expectations is about."""
    return tuple(
        Expected(
            entry["file"],
            tuple(Statement(**{**given, "also": tuple(given.get("also", ()))}) for given in entry["statement"]),
        )
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["document"]
    )


def faults(report: Mapping[str, Any], file: Path, *, root: Path = ROOT) -> list[str]:
    """Where a report in its published shape falls short of a file of expectations, one line for each fault.

    A judgement is about a statement if their places overlap. For each statement, in order:

    - a contradiction has to be reported as one; where another verdict is acceptable too, that one will do, but
      silence will not;
    - what is marked `must` has to be reported with its own verdict.

    Then, for each document: whatever else is reported contradicted is a false alarm, unless it touches a sentence
    in which a statement is, or acceptably is, contradicted. Judgements without a place count for nothing.
    Documents are matched by file name; one that the report lacks, or could not audit, has no judgements.
    """
    judged = {Path(entry["path"]).name: _found(entry) for entry in report["documents"]}
    found: list[str] = []
    for expected in expectations(file):
        name = Path(expected.file).name
        text = (root / expected.file).read_text(encoding="utf-8")
        found += (f"{name}: {fault}" for fault in _document_faults(text, expected.statements, judged.get(name, ())))
    return found


def _found(entry: Mapping[str, Any]) -> tuple[Found, ...]:
    return tuple(
        Found(judgement["verdict"], Span(judgement["span"]["start"], judgement["span"]["end"]))
        for judgement in entry.get("judgements", ())
        if judgement["span"]
    )


def _document_faults(text: str, statements: tuple[Statement, ...], judged: tuple[Found, ...]) -> Iterator[str]:
    excused = []
    for statement in statements:
        place = locate(text, statement.quote)
        verdicts = {judgement.verdict for judgement in judged if judgement.span.overlaps(place)}
        if "contradicted" in statement.allowed:
            excused.append(sentence(text, place))
        if not _satisfied(statement, verdicts):
            reported = ", ".join(sorted(verdicts)) or "nothing"
            yield f"not reported {statement.verdict}: {statement.quote!r} ({statement.says}); got {reported}"
    for judgement in judged:
        if judgement.verdict == "contradicted" and not any(judgement.span.overlaps(place) for place in excused):
            yield f"false alarm on {text[judgement.span.start : judgement.span.end]!r}"


def _satisfied(statement: Statement, verdicts: set[str]) -> bool:
    if statement.verdict == "contradicted":
        return not verdicts.isdisjoint(statement.allowed)
    return not statement.must or statement.verdict in verdicts


def locate(text: str, quote: str) -> Span:
    """Where a quote first stands; expectations with a quote that does not are broken, which is no fault of a report."""
    start = text.find(quote)
    if start < 0:
        message = f"the expectations quote {quote!r}, which the document does not say"
        raise ValueError(message)
    return Span(start, start + len(quote))


def sentence(text: str, place: Span) -> Span:
    """The sentence around a quote: from the last ". " or line end before it to the next one from its end on.

    A quote that ends with its full stop therefore takes in the sentence after it, if that is on the same line.
    """
    left = max(text.rfind("\n", 0, place.start), text.rfind(". ", 0, place.start)) + 1
    stops = [stop for stop in (text.find("\n", place.end), text.find(". ", place.end)) if stop >= 0]
    return Span(left, min(stops) + 1 if stops else len(text))
