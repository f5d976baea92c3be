"""report: the judgements of a run, document by document, and the exit code they amount to."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.judgement import By

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from auditor.document import Document, Row, Span
    from auditor.errors import AuditorError
    from auditor.judgement import Judgement


class Exit(IntEnum):
    """What the process says when it ends."""

    CLEAN = 0
    """Audited, nothing contradicted."""
    CONTRADICTED = 1
    """At least one claim is contradicted."""
    USAGE = 2
    """The command line or the configuration is wrong."""
    INCOMPLETE = 3
    """Something could not be audited."""
    INTERNAL = 4
    """A bug in audit itself."""
    INTERRUPTED = 130
    """Stopped by the user."""


class Use(StrEnum):
    """What became of a number or a sentence of the document."""

    USED = "used"
    """Its value is in the table of facts."""
    JUDGED = "judged"
    """A judged claim quotes it."""
    IGNORED = "ignored"
    """Not a statement: a heading, an identifier, a list marker."""
    UNREAD = "unread"
    """The reading passes over it."""


class Covered(Struct, frozen=True):
    """One number or sentence in the coverage ledger."""

    span: Span
    what: str
    """"number" or "sentence"."""
    use: Use
    why: str = ""
    """For what was ignored or unread, the reason."""


class Rejected(Struct, frozen=True):
    """Something of the reading that was used for nothing: the document does not bear it out, or it fits no schema."""

    what: str
    """Such as "value 'reward of GRPO'"."""
    why: str
    span: Span | None
    malformed: bool = False
    """Whether it is no statement at all, since it does not fit the schema."""


class Value(Struct, frozen=True):
    """A value that the document states, as its claims were judged on it."""

    metric: str
    unit: str
    """Empty where there is none."""
    better: str
    """"higher", "lower", or empty where neither is known to be."""
    subject: str | None
    """What it is the value of; None where only levels say."""
    levels: tuple[tuple[str, str], ...]
    """What else it belongs to: pairs of a dimension and a level."""
    point: str
    """Where along a series it stands, as a reader would say it; empty for what is no part of one."""
    position: Fraction | None
    """The same as a number, where it is known."""
    written: str
    """As the document writes it; with every wording where there are several."""
    amount: Fraction | None
    """The number, in the unit of the metric: the middle of what the wording allows."""
    spans: tuple[Span, ...]
    """Where it is stated, each place once."""


class About(StrEnum):
    """What a remark is about."""

    SUPPRESSION_INVALID = "suppression-invalid"
    SUPPRESSION_UNUSED = "suppression-unused"
    BASELINE_STALE = "baseline-stale"
    INVISIBLE_TEXT = "invisible-text"

    @property
    def meaning(self) -> str:
        """It in one sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    About.SUPPRESSION_INVALID: "A comment that is to suppress something is not understood.",
    About.SUPPRESSION_UNUSED: "A comment suppresses nothing.",
    About.BASELINE_STALE: "The baseline accepts something that is no longer found.",
    About.INVISIBLE_TEXT: "The document holds characters that nobody sees, and a model reads them.",
}


class Remark(Struct, frozen=True):
    """Something that is wrong with what is to keep judgements of a document from counting."""

    about: About
    text: str
    """One sentence."""
    hint: str
    """What to do next."""
    span: Span | None
    """The comment; None for what does not stand in the document."""


class Audited(Struct, frozen=True):
    """A document that was audited."""

    document: Document
    judgements: tuple[Judgement, ...]
    """In the order in which they stand in the document."""
    coverage: tuple[Covered, ...]
    rejected: tuple[Rejected, ...]
    model: str
    """The model that answered, as it names itself."""
    stale: bool = False
    """Whether the reading was made with another prompt or schema than today's."""
    values: tuple[Value, ...] = ()
    """The values that the claims were judged on."""
    remarks: tuple[Remark, ...] = ()

    @property
    def row(self) -> Row | None:
        """Where it is, if it is a row of a data set."""
        return self.document.row

    @property
    def name(self) -> str:
        """The name that the document goes by."""
        return self.document.path

    @property
    def unborne(self) -> int:
        """How many statements of the reading the document does not bear out."""
        return sum(not refused.malformed for refused in self.rejected)

    @property
    def malformed(self) -> int:
        """How many items of the answer do not fit the schema."""
        return sum(refused.malformed for refused in self.rejected)

    def tally(self) -> Counter[str]:
        """How many judgements that count have each verdict, by the verdict's name."""
        return tally(self.judgements)

    def used(self, what: str) -> Counter[Use]:
        """How many of the document's numbers ("number") or sentences ("sentence") were put to each use."""
        return Counter(entry.use for entry in self.coverage if entry.what == what)


class NotAudited(Struct, frozen=True):
    """A document that could not be audited, and why."""

    path: str
    error: AuditorError
    document: Document | None = None
    """Its text, where it could at least be read."""
    judgements: tuple[Judgement, ...] = ()
    """What can be judged without a reading: its tables, by themselves."""
    remarks: tuple[Remark, ...] = ()
    row: Row | None = None
    """Where it is, if it is a row of a data set."""

    @property
    def name(self) -> str:
        """The name that the document goes by."""
        return self.path


class Totals(Struct, frozen=True):
    """What the documents of a run amount to."""

    audited: int
    not_audited: int
    silent: int
    """Documents that were audited and in which no claim was found."""
    verdicts: Counter[str]
    """How many judgements that count have each verdict, by the verdict's name."""
    suppressed: Counter[By]
    """How many judgements do not count, by what keeps them from it."""
    abouts: frozenset[About]
    """What remarks there are."""


class Report(Struct, frozen=True, dict=True):
    """Everything that a run found, in the order in which the documents were named.

    There may be more documents than fit into memory: they are gone through, one after another.
    """

    documents: Sequence[Audited | NotAudited]

    @property
    def audited(self) -> Iterator[Audited]:
        """The documents that were audited."""
        return (entry for entry in self.documents if isinstance(entry, Audited))

    @property
    def judgements(self) -> Iterator[Judgement]:
        """Every judgement of the run, those on unread documents included."""
        return (judgement for entry in self.documents for judgement in entry.judgements)

    @cached_property
    def totals(self) -> Totals:
        """The sums over all documents."""
        verdicts: Counter[str] = Counter()
        by: Counter[By] = Counter()
        abouts: set[About] = set()
        audited = silent = 0
        for entry in self.documents:
            audited += isinstance(entry, Audited)
            silent += isinstance(entry, Audited) and not entry.judgements
            verdicts.update(tally(entry.judgements))
            by.update(_set_aside(entry.judgements))
            abouts.update(remark.about for remark in entry.remarks)
        return Totals(audited, len(self.documents) - audited, silent, verdicts, by, frozenset(abouts))

    def exit(self, *, strict: bool = False) -> Exit:
        """The exit code; the gravest wins, and being incomplete is graver than a contradiction.

        A document without a single judgement counts as not audited: silence is not success. A suppressed judgement
        is one, though it does not count; a suppression that cannot be understood is a configuration that is wrong.
        """
        totals = self.totals
        if not self.documents or totals.not_audited or totals.silent:
            return Exit.INCOMPLETE
        if totals.verdicts["contradicted"]:
            return Exit.CONTRADICTED
        if About.SUPPRESSION_INVALID in totals.abouts:
            return Exit.USAGE
        if strict and (totals.abouts or totals.verdicts["unverifiable"]):
            return Exit.CONTRADICTED
        return Exit.CLEAN


def tally(judgements: Iterable[Judgement]) -> Counter[str]:
    """How many judgements that count have each verdict, by the verdict's name."""
    return Counter(judgement.verdict.name for judgement in judgements if judgement.suppression is None)


def suppressed(judgements: Iterable[Judgement]) -> str:
    """How many judgements do not count, and what keeps them from it, in words; empty where all count."""
    return suppressed_by(_set_aside(judgements))


def suppressed_by(by: Counter[By]) -> str:
    """The same of what is counted already."""
    whole = ", ".join(f"{by[one]} by {one}" for one in By if by[one])
    return f"{by.total()} suppressed ({whole})" if whole else ""


def _set_aside(judgements: Iterable[Judgement]) -> Counter[By]:
    return Counter(judgement.suppression.by for judgement in judgements if judgement.suppression is not None)


def in_document_order(judgements: Iterable[Judgement]) -> Sequence[Judgement]:
    """Judgements by where their quotes stand; those without a place come last, in the order given."""
    return sorted(judgements, key=lambda judgement: (judgement.span is None, judgement.span or (0, 0)))
