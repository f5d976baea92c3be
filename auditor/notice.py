"""notice: what a run has to tell a build server: each contradiction at its place, and each document left out.

A build server shows everything it is told as something to mend, so what holds is left
out, and so is what could not be verified, unless the user counts that as a failure.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from auditor.document import Position
from auditor.exact.verdict import CONTRADICTED
from auditor.fingerprint import Fingerprints, digest
from auditor.report import About as Remarked
from auditor.report import Audited, NotAudited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.document import Document, Row, Span
    from auditor.judgement import Judgement
    from auditor.report import Report


class About(StrEnum):
    """What a notice is about where it is about no claim."""

    NOT_AUDITED = "not-audited"
    NO_CLAIMS = "no-claims"
    STALE = "stale"
    SUPPRESSION_INVALID = Remarked.SUPPRESSION_INVALID.value
    SUPPRESSION_UNUSED = Remarked.SUPPRESSION_UNUSED.value
    BASELINE_STALE = Remarked.BASELINE_STALE.value
    INVISIBLE_TEXT = Remarked.INVISIBLE_TEXT.value

    @property
    def meaning(self) -> str:
        """It in one sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    About.NOT_AUDITED: "The document could not be audited.",
    About.NO_CLAIMS: "No claim was found in the document, so nothing was checked.",
    About.STALE: "The reading answers an older prompt or schema.",
    **{About(remarked): remarked.meaning for remarked in Remarked},
}
MILD = frozenset({About.STALE, About.SUPPRESSION_UNUSED, About.BASELINE_STALE, About.INVISIBLE_TEXT})
"""What does not fail a run by itself."""


class Finding(Struct, frozen=True):
    """A claim that does not hold, or that could not be verified."""

    judgement: Judgement
    document: Document
    told_apart: Fingerprints
    number: int
    """Its place among the judgements of its document."""

    @property
    def fingerprint(self) -> str:
        """What tells it from every other finding of its document; see `auditor.fingerprint`."""
        return self.told_apart.all[self.number]

    @property
    def path(self) -> str:
        """The document's path, as it was named."""
        return self.document.path

    @property
    def region(self) -> Region:
        """Where the claim stands."""
        return Region.of(self.document, self.judgement.span)

    @property
    def title(self) -> str:
        """What became of the claim, in a few words."""
        verdict = self.judgement.verdict
        return f"{verdict.name} {self.judgement.kind} ({verdict.reason or self.judgement.severity or 'implied'})"

    @property
    def summary(self) -> str:
        """What is claimed, and what the values say, in one line."""
        judgement = self.judgement
        reason = judgement.verdict.reason
        why = judgement.computation if reason is None else f"{reason}: {reason.meaning}"
        return ": ".join(part for part in (f"“{judgement.quote}”" if judgement.quote else "", why) if part)


class Trouble(Struct, frozen=True):
    """A document about which nothing, or not enough, is known."""

    path: str
    about: About
    text: str
    hint: str
    line: int = 1
    """Where what it is about stands in the document."""
    row: Row | None = None

    @property
    def region(self) -> Region:
        """Where the document is, or what is said of it."""
        return Region.beginning(self.path, self.row, self.line)

    @property
    def has_line(self) -> bool:
        """Whether the region is more than the file."""
        return self.row is not None or self.line > 1

    @property
    def fingerprint(self) -> str:
        """The same as long as the document has the same trouble."""
        said = () if self.about in {About.NOT_AUDITED, About.NO_CLAIMS, About.STALE} else (self.text, str(self.line))
        return digest(self.about, self.path, *said)


class Region(NamedTuple):
    """A place that a code host or an editor can show; the text of a row of a data set is the row's."""

    file: str
    first: Position
    """Where it begins."""
    last: Position
    """Behind its end."""
    whole_lines: bool
    """Whether the columns mean nothing."""

    @classmethod
    def of(cls, document: Document, span: Span | None) -> Region:
        """That of a stretch of a document; of no stretch, the beginning."""
        if document.row is not None or span is None:
            return cls.beginning(document.path, document.row)
        return cls(document.path, *document.positions(span), whole_lines=False)

    @classmethod
    def beginning(cls, path: str, row: Row | None, line: int = 1) -> Region:
        """That of a line; of a row, whichever line of its text it is, where the row begins."""
        start = Position(line if row is None else row.line or 1, 1)
        return cls(path if row is None else row.file, start, start, whole_lines=True)


class Detail(NamedTuple):
    """One line of what a verdict rests on."""

    label: str
    text: str


def notices(report: Report, *, strict: bool = False, suppressed: bool = False) -> Iterator[Finding | Trouble]:
    """Everything that is to be told, in the order of the report; what is suppressed only where that is asked for."""
    for entry in report.documents:
        match entry:
            case NotAudited():
                yield Trouble(entry.path, About.NOT_AUDITED, entry.error.message, entry.error.hint, row=entry.row)
            case Audited(judgements=()):
                hint = "record it anew, or leave it out if it claims nothing"
                yield Trouble(
                    entry.document.path, About.NO_CLAIMS, About.NO_CLAIMS.meaning, hint, row=entry.document.row
                )
            case Audited(stale=True):
                hint = "record it anew with audit --record"
                yield Trouble(entry.document.path, About.STALE, About.STALE.meaning, hint, row=entry.document.row)
        document = entry.document
        for remark in entry.remarks:
            line = 1 if document is None or remark.span is None else document.position(remark.span.start).line
            yield Trouble(entry.name, About(remark.about), f"{remark.text}.", remark.hint, line, entry.row)
        if document is not None:
            told_apart = Fingerprints(entry.judgements, document)
            for number, judgement in enumerate(entry.judgements):
                fails = judgement.verdict == CONTRADICTED or (strict and judgement.verdict.reason is not None)
                if fails and (judgement.suppression is None or suppressed):
                    yield Finding(judgement, document, told_apart, number)


def details(judgement: Judgement, document: Document) -> Iterator[Detail]:
    """What a verdict rests on, what would flip it, and how to mend it."""
    for given in judgement.evidence:
        yield Detail(f"evidence {document.place(given.span)}", f"{given.label}: {given.written}")
    for note in judgement.notes:
        yield Detail("note", note)
    if judgement.margin:
        yield Detail("margin", judgement.margin)
    for number, way in enumerate(judgement.mend):
        yield Detail("or" if number else "mend", way)
