"""comparison: one thing is said to be more, less, better or the same as another, without a size."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Comparative, Example, Leaves, Over, Selector, Table
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Aggregate, All, Compare, Given, Relation, unknown
from auditor.exact.expression import Over as Aggregated
from auditor.exact.verdict import SUPPORTED, Reason
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.exact.expression import Formula, Term

# "A and B together outweigh C": one side is a sum, not two claims.
_TOGETHER = Phrase(r"(?<!close )(?<!near )(?<!closely )(?<!tightly )\b(?:together|combined|summed|added up|in sum)\b")
_DENIED: dict[str, Comparative] = {"at most": "greater", "at least": "less"}
_ALL = Phrase(
    r"\b(?:all|every|each|everywhere|throughout|always|never|invariably|consistent(?:ly)?|uniform(?:ly)?|across"
    r"|both(?! \w+(?: \w+)?(?: and\b|$)))\b"
)
_NOT = Phrase(r"\bnot\b|n['’]t\b")


class Comparison(Claim, frozen=True):
    """One thing against another, without a size."""

    kind: Literal["comparison"]
    left: Selector
    relation: Comparative
    right: Selector
    over: Over | None

    says: ClassVar[str] = "which of the two is ahead"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Ada took 41 s and Bo took 52 s. Ada is faster.",
            values=(("time", "Ada", "", "", "41 s"), ("time", "Bo", "", "", "52 s")),
            claim={
                "quote": "Ada is faster",
                "left": {"metric": "time", "subjects": ["Ada"], "levels": [], "at": None},
                "relation": "less",
                "right": {"metric": None, "subjects": ["Bo"], "levels": [], "at": None},
                "over": None,
            },
            verdict="supported",
            better="lower",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The left one stands to the right one as the relation says, for all that both leave open."""
        relation, over = self.relation, self.over
        if over is None and relation in _DENIED and _NOT.search(self.quote):  # "A does not beat B" may mean: not in all
            relation, over = _DENIED[relation], Over(how="none", number=None, exceptions=())

        def judged(left: Selector, right: Selector) -> Formula:
            return self._judged(table, relation, over, left, right)

        return table.apart(relation, (self.left, self.right), judged)

    def _judged(self, table: Table, word: Comparative, over: Over | None, first: Selector, second: Selector) -> Formula:
        relation = table.operator(word, first)

        def body(left: Term, right: Term) -> Formula:
            return Compare(left, relation, right, scale=table.scale(first))

        if max(_several(first), _several(second)) > 1 and _TOGETHER.search(self.quote):
            return table.gathered(over, [first, second], "", lambda *sides: body(*map(_sum, sides)))
        whole = table.each(over, [first, second], body)
        is_of_each = over is not None or _ALL.search(self.quote)
        return whole if is_of_each or relation not in _STRICT else _with_ties_open(whole)

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Who is ahead of whom."""
        return self.left, self.relation, self.right


def _several(selector: Selector) -> int:
    return max(len(selector.subjects), len(selector.levels))


_STRICT = frozenset((Relation.GREATER, Relation.LESS))


def _with_ties_open(formula: Formula) -> Formula:
    """The formula with what is exactly level left open, where something in it holds: A is worse than B in what differs."""
    if not isinstance(formula, All) or not any(evaluate(part).verdict == SUPPORTED for part in _single(formula)):
        return formula
    return _opened(formula)


def _single(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, All):
        for part in formula.parts:
            yield from _single(part)
    else:
        yield formula


def _opened(formula: Formula) -> Formula:
    match formula:
        case All():
            return All(tuple(map(_opened, formula.parts)))
        case Compare(left=Given() as left, right=Given() as right) if left.interval == right.interval:
            return unknown(Reason.TIE_AT_PRECISION, f"{left.label} {left.written} = {right.label} {right.written}")
        case _:
            return formula


def _sum(leaves: Leaves) -> Term:
    return leaves[0] if len(leaves) == 1 else Aggregated(Aggregate.SUM, tuple(leaves))
