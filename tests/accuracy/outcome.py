"""outcome: what an audit makes of each labelled statement, and which of its alarms nobody has labelled.

A contradiction names statements that cannot all be true, without saying which is wrong: it counts
as found on any of them, by the numbers that it names. A false alarm is counted where it is raised.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from auditor.exact.verdict import CONTRADICTED
from auditor.report import Audited
from tests.accuracy.labelled import Label, Placed
from tests.accuracy.placing import shared, tokens, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditor.document import Span
    from auditor.judgement import Judgement
    from auditor.report import NotAudited
    from tests.accuracy.labelled import Source, Statement

    Audits = Mapping[str, Audited | NotAudited]

ABOUT = 0.7
"""How near to the best a judgement has to come, in the words it shares with a statement, to be about it too."""
_UNCHECKABLE = "uncheckable"


class Made(StrEnum):
    """What the audit makes of a statement."""

    CONTRADICTED = "contradicted"
    SUPPORTED = "supported"
    UNVERIFIABLE = "unverifiable"
    """It is judged, and the verdict is neither."""
    UNCHECKABLE = "uncheckable"
    """It is read as something that values cannot settle."""
    REJECTED = "rejected"
    """Something was read from its passage that the passage does not bear out."""
    NOT_EXTRACTED = "not extracted"
    """Nothing was read from its passage as a claim."""
    NOT_PLACED = "not placed"
    """It is not known where it stands."""
    NOT_AUDITED = "not audited"
    """Its document has no usable reading."""


ABSTAINED = frozenset({Made.UNVERIFIABLE, Made.UNCHECKABLE, Made.REJECTED, Made.NOT_EXTRACTED})
"""Where the audit says neither that a statement is true nor that it is false."""
NOT_READ = frozenset({Made.UNCHECKABLE, Made.REJECTED, Made.NOT_EXTRACTED})
"""Where it is the reading that lacks the statement; everything else is a matter of judging."""
UNCOUNTED = frozenset({Made.NOT_PLACED, Made.NOT_AUDITED})
"""Where no figure can be had."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled statement with what became of it."""

    source: str
    statement: Statement
    made: Made
    whole: Made
    """The same, where a claim counts as supported only if every checkable part of it is."""
    reason: str = ""
    """Why it is unverifiable or was rejected."""
    kinds: tuple[str, ...] = ()
    """The kinds of the judgements about it."""
    computations: tuple[str, ...] = ()
    """Their computations."""
    gone: bool | None = None
    """Whether no contradiction is left where it was corrected; None where there is no corrected version."""

    @property
    def is_counted(self) -> bool:
        """Whether it goes into the figures."""
        return self.made not in UNCOUNTED


@dataclass(frozen=True, slots=True)
class Alarm:
    """The contradictions that are reported in one sentence or one row of a table."""

    name: str
    """A digest of the document and the passage: alarms can be spoken of without copying what they quote."""
    source: str
    paper: str
    line: int
    passage: str
    kinds: tuple[str, ...]
    computations: tuple[str, ...]
    label: Label | None
    """What the passage was labelled, as far as the alarm is about what was labelled; None where nobody did."""


def outcomes(source: Source, audits: Audits) -> Iterator[Outcome]:
    """What became of every statement of a data set."""
    for statement in source.statements:
        audited = audits[statement.paper]
        usable = isinstance(audited, Audited)
        if statement.placed is Placed.NOWHERE:
            yield Outcome(source.name, statement, Made.NOT_PLACED, Made.NOT_PLACED)
        elif not usable and not any(_raises(judgement, statement) for judgement in audited.judgements):
            yield Outcome(source.name, statement, Made.NOT_AUDITED, Made.NOT_AUDITED)
        else:
            yield _outcome(source, statement, audited, audits)


def _outcome(source: Source, statement: Statement, audited: Audited | NotAudited, audits: Audits) -> Outcome:
    found = _about(statement, audited)
    made, whole = combined(found), combined(found, whole=True)
    reasons = [str(judgement.verdict.reason) for judgement in found if judgement.verdict.reason is not None]
    if made is Made.NOT_EXTRACTED:
        refused = [
            rejected.why
            for rejected in (audited.rejected if isinstance(audited, Audited) else ())
            if rejected.span is not None and any(rejected.span.overlaps(place) for place in statement.places)
        ]
        made = whole = Made.REJECTED if refused else made
        reasons = refused
    return Outcome(
        source.name,
        statement,
        made,
        whole,
        reasons[0] if reasons and made in ABSTAINED else "",
        tuple(dict.fromkeys(judgement.kind for judgement in found)),
        tuple(f"{judgement.verdict.name}: {judgement.computation or judgement.quote}" for judgement in found),
        _gone(statement, audits),
    )


def combined(judgements: Sequence[Judgement], *, whole: bool = False) -> Made:
    """One verdict for all that was read from a statement: false if a part is, true if a part, or the whole, is.

    What values cannot settle, such as a stated cause, counts only where nothing else was read.
    """
    checkable = [judgement for judgement in judgements if judgement.kind != _UNCHECKABLE]
    verdicts = [Made(judgement.verdict.name) for judgement in checkable]
    if not judgements:
        return Made.NOT_EXTRACTED
    if not verdicts:
        return Made.UNCHECKABLE
    if Made.CONTRADICTED in verdicts:
        return Made.CONTRADICTED
    enough = all if whole else any
    return Made.SUPPORTED if enough(verdict is Made.SUPPORTED for verdict in verdicts) else Made.UNVERIFIABLE


def _about(statement: Statement, audited: Audited | NotAudited) -> list[Judgement]:
    """The judgements about a statement: of those in its passages the ones that share most of its words."""
    here = [
        judgement
        for judgement in audited.judgements
        if _touches(judgement.span, statement.places) or _raises(judgement, statement)
    ]
    if statement.placed is not Placed.WORDS or not here or audited.document is None:
        return here
    weight, wanted = weights(audited.document), tokens(statement.text)
    scores = [shared(tokens(_said(judgement)), wanted, weight) for judgement in here]
    best = max(scores)
    return [judgement for judgement, score in zip(here, scores, strict=True) if score >= ABOUT * best]


def _said(judgement: Judgement) -> str:
    """The words of a judgement: its quote, and for what nobody states in words the values that it names."""
    return " ".join([judgement.quote, judgement.kind, *([judgement.computation] if judgement.implied else [])])


def _is_contradicted(judgement: Judgement) -> bool:
    return judgement.verdict == CONTRADICTED


def _touches(span: Span | None, places: Sequence[Span]) -> bool:
    """Whether a stretch stands in one of some passages: at least half of it, or half of the passage."""
    return span is not None and any(
        2 * (min(span.end, place.end) - max(span.start, place.start)) >= min(_length(span), _length(place))
        for place in places
    )


def _length(span: Span) -> int:
    return span.end - span.start


def _raises(judgement: Judgement, statement: Statement) -> bool:
    """Whether a contradiction names, as evidence, a number that the statement states at its place.

    Of claims by other hands it is enough that any evidence stands in the claim's own paragraph.
    """
    given = statement.placed is Placed.GIVEN
    if not (given or statement.label is Label.CONTRADICTED):
        return False
    if not (_is_contradicted(judgement) or (given and judgement.implied)):
        return False
    wanted = {token for token in tokens(statement.text) if token[0].isdigit()}
    return any(
        _touches(evidence.span, statement.places) and (given or not tokens(evidence.written).isdisjoint(wanted))
        for evidence in judgement.evidence
    )


def _gone(statement: Statement, audits: Audits) -> bool | None:
    """Whether nothing is contradicted any more at what became of a corrected statement."""
    later = audits.get(statement.mended) if statement.mended else None
    if not isinstance(later, Audited):
        return None
    return not any(
        _is_contradicted(judgement) and _touches(judgement.span, statement.mended_places)
        for judgement in later.judgements
    )


# -- alarms ------------------------------------------------------------------------------------------

_GRAVEST = (Label.CONTRADICTED, Label.SOFT, Label.NOT_CHECKABLE, Label.SUPPORTED)


def alarms(source: Source, audits: Audits) -> Iterator[Alarm]:
    """Every contradiction that is reported, one alarm for each sentence or row of a table."""
    for paper in source.papers:
        audited, document = audits[paper.name], paper.document
        labels: dict[int, set[Label]] = {}
        for statement in source.statements:
            for judgement in _about(statement, audited) if statement.paper == paper.name else ():
                labels.setdefault(id(judgement), set()).add(statement.label)
        passages: dict[Span, list[Judgement]] = {}
        for judgement in audited.judgements:
            if _is_contradicted(judgement) and judgement.span is not None:
                passages.setdefault(document.sentence_around(judgement.span), []).append(judgement)
        for place, found in passages.items():
            passage = document.text[slice(*place)]
            touched = {label for judgement in found for label in labels.get(id(judgement), ())}
            yield Alarm(
                hashlib.sha256(f"{document.digest}\0{passage}".encode()).hexdigest()[:12],
                source.name,
                paper.name,
                document.position(place.start).line,
                passage,
                tuple(dict.fromkeys(judgement.kind for judgement in found)),
                tuple(dict.fromkeys(judgement.computation for judgement in found)),
                next((label for label in _GRAVEST if label in touched), None),
            )
