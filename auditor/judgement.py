"""judgement: what became of one claim, with everything a reader needs to check it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from auditor.document import Span
    from auditor.exact.verdict import Verdict


class Severity(StrEnum):
    """What a contradiction spoils, the gravest first."""

    CONCLUSION = "conclusion"
    """A direction, a winner, a trend."""
    MAGNITUDE = "magnitude"
    """A size."""
    PRESENTATION = "presentation"
    """A colour, an axis, a number of things shown."""

    @property
    def meaning(self) -> str:
        """The severity in a few words."""
        return _MEANINGS[self]


_MEANINGS = {
    Severity.CONCLUSION: "a conclusion: a direction, a winner, a trend",
    Severity.MAGNITUDE: "a magnitude: the size of something",
    Severity.PRESENTATION: "the presentation: a colour, an axis, a number of things shown",
}


class Evidence(Struct, frozen=True):
    """One statement of the document that a verdict rests on."""

    label: str
    """What it is the value of, such as "GRPO (14B, end)"."""
    written: str
    """The value as the document writes it."""
    span: Span | None
    """Where it stands; None for what no single passage states."""


class By(StrEnum):
    """What keeps a judgement from counting."""

    COMMENT = "comment"
    """A comment of the document."""
    SELECTION = "selection"
    """What the user has selected or ignores."""
    BASELINE = "baseline"
    """The baseline: it was there before."""


class Suppression(Struct, frozen=True):
    """Why a judgement is known and does not count."""

    by: By
    why: str
    """The reason given, or the rule, in a few words."""

    @property
    def sentence(self) -> str:
        """It in a few words."""
        return f"suppressed by {self.by}: {self.why}"


class Runs(Struct, frozen=True):
    """How stable a reading is: the document was read several times."""

    agreeing: int
    """In how many of the runs the claim was read so that this is the verdict; where no majority agrees, the most."""
    of: int
    """How many runs there were."""


class Judgement(Struct, frozen=True):
    """The verdict on one claim."""

    kind: str
    """The kind of claim, as in `audit --explain`."""
    verdict: Verdict
    quote: str
    """The passage that makes the claim, as the model copied it."""
    span: Span | None
    """Where the quote stands; None exactly when it does not stand in the document."""
    computation: str = ""
    """The comparison in one line, such as "59k 1.75 ≥ ReasonFlux 0.3; lower is better"; empty where nothing was computed."""
    evidence: tuple[Evidence, ...] = ()
    """For a contradiction, the smallest set of statements that cannot all be true together with the claim."""
    margin: str = ""
    """What would have to change for the verdict to flip; empty where nothing was computed."""
    severity: Severity | None = None
    """Present exactly for contradictions."""
    mend: tuple[str, ...] = ()
    """For a contradiction, the ways to mend it, without saying which side is wrong."""
    notes: tuple[str, ...] = ()
    """Readings, roundings and hedges that were applied, one sentence each."""
    implied: bool = False
    """Whether nobody states the claim in words: it follows from what the document is, such as an axis range."""
    suppression: Suppression | None = None
    """Why the judgement does not count; None where it does."""
    runs: Runs | None = None
    """In how many runs the claim was read so; None where the document was read once."""
