"""verdict: supported, contradicted or unverifiable, and Kleene's strong logic over them.

An unverifiable verdict always carries its reason, and no verdict may be used as a
truth value: `if verdict:` is the mistake that turns "could not tell" into "no".
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NoReturn

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class Reason(StrEnum):
    """Why a claim can be neither supported nor contradicted, the most telling first."""

    QUOTE_NOT_FOUND = "quote-not-found"
    NUMBER_NOT_IN_QUOTE = "number-not-in-quote"
    READING_IN_DOUBT = "reading-in-doubt"
    UNKNOWN_SUBJECT = "unknown-subject"
    AMBIGUOUS_SUBJECT = "ambiguous-subject"
    POLARITY_UNKNOWN = "polarity-unknown"
    UNIT_MISMATCH = "unit-mismatch"
    MIXED_EVIDENCE = "mixed-evidence"
    TIE_AT_PRECISION = "tie-at-precision"
    WITHIN_TOLERANCE = "within-tolerance"
    UNDEFINED = "undefined"
    MISSING_VALUE = "missing-value"
    STATED_ONCE = "stated-once"
    VAGUE = "vague"
    CAUSAL = "causal"
    EXTERNAL = "external"
    SUBJECTIVE = "subjective"
    ADVICE = "advice"

    @property
    def meaning(self) -> str:
        """The reason as one sentence for a reader."""
        return _MEANINGS[self]


_MEANINGS = {
    Reason.QUOTE_NOT_FOUND: "the quoted passage does not stand in the document, letter for letter",
    Reason.NUMBER_NOT_IN_QUOTE: "the number read is not in the quoted passage",
    Reason.READING_IN_DOUBT: "the words of the passage do not agree with what was read from it",
    Reason.UNKNOWN_SUBJECT: "the claim speaks of something that the document does not introduce",
    Reason.AMBIGUOUS_SUBJECT: "a name in the claim can mean more than one thing",
    Reason.POLARITY_UNKNOWN: "whether more or less is better is not known for this quantity",
    Reason.UNIT_MISMATCH: "the values compared are in units that cannot be converted",
    Reason.MIXED_EVIDENCE: "the values that the claim may mean do not agree with one another",
    Reason.TIE_AT_PRECISION: "the values cannot be told apart at the precision they are printed to",
    Reason.WITHIN_TOLERANCE: "the gap is too large for 'the same' and too small for 'different'",
    Reason.UNDEFINED: "the computation has no result (a division by zero)",
    Reason.MISSING_VALUE: "a value that the claim needs is not stated in the document",
    Reason.STATED_ONCE: "the number is stated here only, and follows from no other number",
    Reason.VAGUE: "the wording fixes no quantity that could be checked",
    Reason.CAUSAL: "a cause or an explanation, which values alone cannot settle",
    Reason.EXTERNAL: "needs knowledge from outside the document",
    Reason.SUBJECTIVE: "an opinion",
    Reason.ADVICE: "advice or an outlook",
}

_ORDER = {reason: place for place, reason in enumerate(Reason)}


class Verdict(Struct, frozen=True):
    """What the document's own values make of a claim."""

    name: Literal["supported", "contradicted", "unverifiable"]
    reason: Reason | None = None
    """Present exactly when the verdict is unverifiable."""

    def __post_init__(self) -> None:
        if (self.name == "unverifiable") is (self.reason is None):
            message = f"a reason goes with 'unverifiable' and with nothing else, not {self.name!r} with {self.reason!r}"
            raise ValueError(message)

    def __bool__(self) -> NoReturn:
        message = "a verdict is not a truth value: compare it with SUPPORTED or CONTRADICTED"
        raise TypeError(message)


SUPPORTED = Verdict("supported")
CONTRADICTED = Verdict("contradicted")


def unverifiable(reason: Reason) -> Verdict:
    """The third verdict, with its reason."""
    return Verdict("unverifiable", reason)


def _most_telling(verdicts: Iterable[Verdict]) -> Verdict:
    """The unverifiable verdict whose reason stands first in `Reason`, so that order never matters."""
    reasons = [verdict.reason for verdict in verdicts if verdict.reason is not None]
    return unverifiable(min(reasons, key=_ORDER.__getitem__))


def not_(verdict: Verdict) -> Verdict:
    """Kleene's negation."""
    if verdict == SUPPORTED:
        return CONTRADICTED
    return SUPPORTED if verdict == CONTRADICTED else verdict


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's conjunction; of nothing at all it is supported."""
    known = list(verdicts)
    if CONTRADICTED in known:
        return CONTRADICTED
    return SUPPORTED if all(verdict == SUPPORTED for verdict in known) else _most_telling(known)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's disjunction; of nothing at all it is contradicted."""
    return not_(all_of(not_(verdict) for verdict in verdicts))


def count_of(verdicts: Iterable[Verdict], least: int, most: int) -> Verdict:
    """Whether between `least` and `most` of the verdicts are supported, both ends included."""
    known = list(verdicts)
    sure = known.count(SUPPORTED)
    possible = len(known) - known.count(CONTRADICTED)
    if least <= sure and possible <= most:
        return SUPPORTED
    if possible < least or sure > most or least > most:
        return CONTRADICTED
    return _most_telling(known)
