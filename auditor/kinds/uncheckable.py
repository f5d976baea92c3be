"""uncheckable: statements that values cannot settle; listed, so that nobody takes silence for a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Table
from auditor.exact.expression import unknown
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from auditor.exact.expression import Formula


class Uncheckable(Claim, frozen=True):
    """A cause, outside knowledge, an opinion, advice, or wording that fixes no quantity."""

    kind: Literal["uncheckable"]
    why: Literal["causal", "external", "subjective", "vague", "advice"]

    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Rain fell on 9 days, probably because of the warm sea.",
            values=(("rain days", "", "", "", "9"),),
            claim={"quote": "probably because of the warm sea", "why": "causal"},
            verdict="unverifiable",
        ),
    )

    def formula(self, table: Table) -> Formula:  # noqa: ARG002  (no value can settle it)
        """Nothing to compute."""
        reason = Reason(self.why)
        return unknown(reason, "")
