"""superlative: one thing is said to be the highest, lowest, best, worst, or the n-th of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from auditor.claim import Claim, Example, Over, Selector, Table, Text
from auditor.exact.expression import Compare, Tally

if TYPE_CHECKING:
    from auditor.exact.expression import Formula, Leaf


class Superlative(Claim):
    """One thing has rank 1 (or n) counted from the highest, lowest, best or worst; `across` says what it is compared over: "subject", "position", "metric" or a dimension; `among` names the ones compared with, empty for all."""

    kind: Literal["superlative"]
    which: Selector
    end: Literal["highest", "lowest", "best", "worst"]
    rank: int = Field(ge=1, le=10_000)
    across: Text
    among: tuple[Text, ...]
    over: Over | None

    says: ClassVar[str] = "which one comes out on top"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Kit: 88. Lou: 93. Max: 90. Max came second.",
            values=(("points", "Kit", "", "", "88"), ("points", "Lou", "", "", "93"), ("points", "Max", "", "", "90")),
            claim={
                "quote": "Max came second",
                "which": {"metric": "points", "subjects": ["Max"], "levels": [], "at": None},
                "end": "highest",
                "rank": 2,
                "across": "subject",
                "among": [],
                "over": None,
            },
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Exactly rank - 1 of the others are ahead."""
        word = _AHEAD[self.end]
        relation = table.operator(word, self.which)

        def ahead(mine: Leaf, other: Leaf) -> Formula:
            return Compare(other, relation, mine)

        def ranked(parts: tuple[Formula, ...]) -> Formula:
            return Tally(parts, self.rank - 1, self.rank - 1)

        return table.each(self.over, [self.which, self._others()], ahead, ranked, opened=self.across)

    def _others(self) -> Selector:
        if not self.among:
            return self.which
        slot = "subjects" if self.across == "subject" else "levels"
        kept = () if slot == "subjects" else self.which.levels
        return self.which.model_copy(update={slot: (*kept, *self.among)})

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """The named one is ahead at the stated end; a rank beyond the first says nothing of direction."""
        return (self.which, _AHEAD[self.end], None) if self.rank == 1 else None


_AHEAD: dict[str, Literal["greater", "less", "better", "worse"]] = {
    "highest": "greater",
    "lowest": "less",
    "best": "better",
    "worst": "worse",
}
