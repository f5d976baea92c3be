"""conclusion: a judgement from its trace, with severity and ways to mend where it is contradicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.exact.verdict import CONTRADICTED
from auditor.judgement import Evidence, Judgement, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Span
    from auditor.exact.evaluation import Trace

MOST_NAMED = 4
"""How many values the ways to mend name."""


def conclude(  # noqa: PLR0913, PLR0917  (what a judgement is made of)
    kind: str,
    trace: Trace,
    evidence: tuple[Evidence, ...],
    quote: str,
    span: Span | None,
    severity: Severity,
    notes: Sequence[str],
    *,
    about: str,
    implied: bool = False,
) -> Judgement:
    """A judgement from its trace: evidence with places, severity and ways to mend where it is contradicted."""
    is_contradicted = trace.verdict == CONTRADICTED
    mend: tuple[str, ...] = ()
    if is_contradicted:
        values = " or ".join(dict.fromkeys(f"{item.label} {item.written}".strip() for item in evidence[:MOST_NAMED]))
        mend = (
            f"if the values are right, change what the passage says of {about}",
            f"if the passage is right, change {values or 'what it is held against'}",
        )
    return Judgement(
        kind,
        trace.verdict,
        quote,
        span,
        trace.text,
        evidence,
        trace.margin,
        severity if is_contradicted else None,
        mend,
        tuple(dict.fromkeys(notes)),
        implied,
    )
