"""reversal: which of two things is ahead is said to depend on where one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Agree, All, Compare, Relation, Some, unknown
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula, Leaf


class Reversal(Claim, frozen=True):
    """The order of two things differs between levels of the dimension `across`; no levels named means any."""

    kind: Literal["reversal"]
    left: Selector
    right: Selector
    across: Text
    levels: tuple[Text, ...]

    says: ClassVar[str] = "whether the order turns round"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Wet: Cal 4, Dot 7. Dry: Cal 8, Dot 2. Who wins depends on the weather.",
            values=(
                ("wins", "Cal", "weather=wet", "", "4"),
                ("wins", "Dot", "weather=wet", "", "7"),
                ("wins", "Cal", "weather=dry", "", "8"),
                ("wins", "Dot", "weather=dry", "", "2"),
            ),
            claim={
                "quote": "Who wins depends on the weather",
                "left": {"metric": "wins", "subjects": ["Cal"], "levels": [], "at": None},
                "right": {"metric": None, "subjects": ["Dot"], "levels": [], "at": None},
                "across": "weather",
                "levels": [],
            },
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Ahead at one of the levels, behind at another; for everything else that is left open alike."""
        levels = self.levels or table.names(self.across)
        if len(levels) < 2:  # noqa: PLR2004  (a reversal needs two places)
            raise Unjudgeable(Reason.MISSING_VALUE, f"fewer than two levels of {self.across}")
        for_all, for_some = (self._turns(table, levels, over) for over in (None, _ANY))
        return for_all if evaluate(for_all).verdict == evaluate(for_some).verdict else Agree((for_all, for_some))

    def _turns(self, table: Table, levels: Sequence[str], over: Over | None) -> Formula:
        def somewhere(relation: Relation) -> Formula:
            return Some(tuple(self._at(table, level, relation, over) for level in levels))

        return All((somewhere(Relation.GREATER), somewhere(Relation.LESS)))

    def _at(self, table: Table, level: str, relation: Relation, over: Over | None) -> Formula:
        here = [replace(selector, levels=(*selector.levels, level)) for selector in (self.left, self.right)]

        def body(left: Leaf, right: Leaf) -> Formula:
            return Compare(left, relation, right)

        try:
            return table.each(over, here, body)
        except Unjudgeable as error:
            return unknown(error.reason, error.text)

    def contrary(self) -> str:
        """Words that say that the order stays."""
        return (
            r"\b(?:not|never|no|cannot|neither|nor|regardless|irrespective|independent(?:ly)?|same|unchanged)\b|n't\b"
        )


_ANY = Over(how="any", number=None, exceptions=())
