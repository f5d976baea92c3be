"""crossover: one series is said to overtake another, at some point, and perhaps to stay ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import THROUGHOUT, Claim, Example, Selector, Table, Text
from auditor.exact.expression import All, Compare, Given, Some, unknown
from auditor.exact.numeral import find_numerals
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from fractions import Fraction

    from auditor.exact.expression import Formula, Leaf


class Crossover(Claim):
    """One series overtakes another around position `where` (null if not said); `keeps_lead` where it is said to stay ahead."""

    kind: Literal["crossover"]
    overtaker: Selector
    overtaken: Selector
    where: Text | None
    keeps_lead: bool

    says: ClassVar[str] = "who leads after the crossing"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Red goes from 0.1 at step 0 to 0.4 at step 90, Tan from 0.2 to 0.5. Red overtakes Tan at step 50 for good.",
            values=(
                ("reward", "Red", "", "0", "0.1"),
                ("reward", "Red", "", "90", "0.4"),
                ("reward", "Tan", "", "0", "0.2"),
                ("reward", "Tan", "", "90", "0.5"),
            ),
            claim={
                "quote": "Red overtakes Tan at step 50 for good",
                "overtaker": {"metric": "reward", "subjects": ["Red"], "levels": [], "at": None},
                "overtaken": {"metric": None, "subjects": ["Tan"], "levels": [], "at": None},
                "where": "50",
                "keeps_lead": True,
            },
            verdict="contradicted",
            better="higher",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Behind before, ahead after; where the lead is kept, ahead at every known point after."""
        word = "less" if table.better(self.overtaker) == "lower" else "greater"
        ahead = table.operator(word, self.overtaker)
        around = [numeral.quantity for numeral in find_numerals(self.where or "") if numeral.quantity is not None]
        low = min((quantity.claimed.low or quantity.point for quantity in around), default=None)
        high = max((quantity.claimed.high or quantity.point for quantity in around), default=None)

        def body(pairs: list[tuple[Leaf, Leaf]]) -> Formula:
            before = [pair for pair in pairs if _is_on(pair, high=low)] if low is not None else pairs[:1]
            after = [pair for pair in pairs if _is_on(pair, low=high)] if high is not None else pairs[1:]
            leads = tuple(Compare(mine, ahead, theirs) for mine, theirs in after)
            trails = tuple(Compare(mine, ahead.inverse, theirs) for mine, theirs in before)
            if not leads:
                return unknown(Reason.MISSING_VALUE, "no shared point after the crossing")
            later = All(leads) if self.keeps_lead else _ever(leads)
            if not trails:
                return All((later, unknown(Reason.MISSING_VALUE, "no shared point before the crossing")))
            return All((later, _ever(trails)))

        return table.paired(
            self.overtaker.opened("position"), self.overtaken.model_copy(update={"at": THROUGHOUT}), body
        )

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Who overtakes whom."""
        return self.overtaker, "better", self.overtaken


def _ever(parts: tuple[Formula, ...]) -> Formula:
    """At some known point; where none is known to, it may still have been between the points."""
    return Some((*parts, unknown(Reason.MISSING_VALUE, "between the known points it may have been otherwise")))


def _is_on(pair: tuple[Leaf, Leaf], *, low: Fraction | None = None, high: Fraction | None = None) -> bool:
    at = pair[0].position if isinstance(pair[0], Given) else None
    if at is None:
        return False
    return (low is None or at > low) and (high is None or at < high)
