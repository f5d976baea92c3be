"""superlative: one thing is said to be the highest, lowest, best, worst, or the n-th of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from auditor.claim import Claim, Example, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Compare, Given, Not, Some, Tally, unknown
from auditor.exact.verdict import SUPPORTED, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula, Leaf


class Superlative(Claim, frozen=True):
    """One thing has rank n from one end; it is compared over `across`: "subject", "position", "metric" or a dimension; `among`: those compared with, empty for all."""

    kind: Literal["superlative"]
    which: Selector
    end: Literal["highest", "lowest", "best", "worst"]
    rank: Annotated[int, Meta(ge=1, le=10_000)]
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
        return table.apart(_AHEAD[self.end], (self.which,), lambda which: self._judged(table, which))

    def _judged(self, table: Table, which: Selector) -> Formula:
        relation = table.operator(_AHEAD[self.end], which)

        def ahead(mine: Leaf, other: Leaf) -> Formula:
            if isinstance(mine, Given) and isinstance(other, Given) and _are_level(mine, other):
                return unknown(Reason.TIE_AT_PRECISION, f"{other.label} {other.written} = {mine.label} {mine.written}")
            return Compare(other, relation, mine)

        if not self.among:
            return table.each(self.over, [which, which], ahead, self._ranked, opened=self.across)
        return table.each(self.over, [which, self._others(table, which)], ahead, self._ranked)

    def _ranked(self, parts: tuple[Formula, ...]) -> Formula:
        if self.rank == 1:
            return Not(Some(parts))
        if len(self.which.subjects if self.across == "subject" else self.which.levels) > 1:
            raise Unjudgeable(Reason.VAGUE, f"several things cannot each have rank {self.rank}")
        if len(parts) < self.rank - 1:
            return unknown(Reason.MISSING_VALUE, f"only {len(parts) + 1} to rank, so none of rank {self.rank}")
        leading = [
            part.left.interval
            for part in parts
            if isinstance(part, Compare) and isinstance(part.left, Given) and evaluate(part).verdict == SUPPORTED
        ]
        if len(set(leading)) == self.rank - 1 < len(leading):
            return unknown(Reason.TIE_AT_PRECISION, f"of the {len(leading)} ahead some are level")
        return Tally(parts, self.rank - 1, self.rank - 1)

    def _others(self, table: Table, which: Selector) -> Selector:
        """The ones compared with, without those that are said to be ahead."""
        if self.across == "subject":
            return replace(which, subjects=_without(self.among, which.subjects))
        known = {name.casefold() for name in table.names(self.across)}
        own, elsewhere = list[str](), list[str]()
        for level in which.levels:
            dimension, _, name = level.casefold().rpartition("=")
            is_own = level.casefold() in known or (dimension in {"", self.across.casefold()} and name in known)
            (own if is_own else elsewhere).append(level)
        others = _without(self.among, (*own, *(level.rpartition("=")[2] for level in own)))
        named = (level if "=" in level else f"{self.across}={level}" for level in others)
        return replace(which, levels=(*elsewhere, *named))

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """The named one is ahead at the stated end; a rank beyond the first says nothing of direction."""
        return (self.which, _AHEAD[self.end], None) if self.rank == 1 else None


def _without(names: Sequence[str], left_out: Sequence[str]) -> tuple[str, ...]:
    folded = {name.casefold() for name in left_out}
    return tuple(name for name in names if name.casefold() not in folded)


def _are_level(one: Given, other: Given) -> bool:
    """Whether two counts are equal; roundings that print alike the comparison itself leaves open."""
    return one.interval.is_exact and one.interval == other.interval


_AHEAD: dict[str, Literal["greater", "less", "better", "worse"]] = {
    "highest": "greater",
    "lowest": "less",
    "best": "better",
    "worst": "worse",
}
