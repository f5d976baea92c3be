"""milestone: one series is said to reach a level before the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text
from auditor.exact.expression import Given, Settled, unknown
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from auditor.exact.expression import Formula, Leaf
    from auditor.exact.interval import Interval
    from auditor.exact.verdict import Verdict


class Milestone(Claim, frozen=True):
    """One series reaches the value `level` at an earlier position than another does."""

    kind: Literal["milestone"]
    first: Selector
    later: Selector
    level: Text
    over: Over | None

    numbers: ClassVar[tuple[str, ...]] = ("level",)
    says: ClassVar[str] = "which series gets there first"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Yan: 0.3 at 10, 0.6 at 20. Zoe: 0.2 at 10, 0.4 at 20, 0.7 at 30. Yan is the first to reach 0.5.",
            values=(
                ("score", "Yan", "", "10", "0.3"),
                ("score", "Yan", "", "20", "0.6"),
                ("score", "Zoe", "", "10", "0.2"),
                ("score", "Zoe", "", "20", "0.4"),
                ("score", "Zoe", "", "30", "0.7"),
            ),
            claim={
                "quote": "Yan is the first to reach 0.5",
                "first": {"metric": "score", "subjects": ["Yan"], "levels": [], "at": None},
                "later": {"metric": None, "subjects": ["Zoe"], "levels": [], "at": None},
                "level": "0.5",
                "over": None,
            },
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The first certain arrival of the one comes before that of the other."""
        number = table.converted(table.stated(self.level), self.first)
        claimed = table.claimed(number).interval
        better = table.better(self.first)

        def settled(verdict: Verdict, there: Given, short: Given) -> Formula:
            text = f"{_says(there)}; {_says(short)} is still short of {number.written}"
            return Settled(verdict, text, values=(there, short))

        def body(mine: Leaves, theirs: Leaves) -> Formula:
            sign = _sign(better, [*mine[:1], *theirs[:1]], claimed)
            if sign is None:
                return unknown(Reason.POLARITY_UNKNOWN, f"is {self.level} reached from above or from below?")
            (before, reached), (short, arrived) = (
                _arrival(leaves, sign, number.point, claimed) for leaves in (mine, theirs)
            )
            if _is_still_short(short, reached) and reached is not None and short is not None:
                return settled(SUPPORTED, reached, short)
            if _is_still_short(before, arrived) and arrived is not None and before is not None:
                return settled(CONTRADICTED, arrived, before)
            return unknown(Reason.MISSING_VALUE, f"the values do not show who reaches {number.written} first")

        return table.gathered(self.over, [self.first, self.later], None, body)

    def contrary(self) -> str:
        """Words that turn the order round."""
        return r"\b(?:last|later|latest|slowest|slower|not|never)\b|n't\b"


class _Arrival(NamedTuple):
    """The last value certainly short of a level before the first certainly at it, and that first one."""

    short: Given | None
    at: Given | None


def _arrival(leaves: Leaves, sign: int, level: Fraction, claimed: Interval) -> _Arrival:
    """What prints at or past the level has arrived; what cannot be the level even rounded is short of it."""
    short = None
    for leaf in leaves:
        if not isinstance(leaf, Given) or leaf.position is None:
            continue
        if sign * leaf.interval.middle >= sign * level:
            return _Arrival(short, leaf)
        if claimed.is_above(leaf.interval) if sign > 0 else leaf.interval.is_above(claimed):
            short = leaf
    return _Arrival(short, None)


def _sign(better: str, starts: Sequence[Leaf], level: Interval) -> int | None:
    """+1 where the level is reached from below, -1 from above; None where it is not known."""
    if better in ("higher", "lower"):
        return 1 if better == "higher" else -1
    above = {isinstance(start, Given) and start.interval.is_above(level) for start in starts}
    return None if len(above) > 1 else -1 if True in above else 1


def _is_still_short(short: Given | None, reached: Given | None) -> bool:
    """Whether the one is still short where, or after, the other has arrived."""
    places = [None if leaf is None else leaf.position for leaf in (short, reached)]
    return places[0] is not None and places[1] is not None and places[0] >= places[1]


def _says(leaf: Given) -> str:
    return f"{leaf.label} {leaf.written}"
