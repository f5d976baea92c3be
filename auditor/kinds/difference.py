"""difference: one thing is said to exceed or fall short of another by a size: points, percent or a factor.

Readings of "3 times faster" and of "20 % faster" differ among careful writers; the
accepted ones are listed here, and only a number that fits none of them is contradicted.
The unit of a size tells points, percent and factors apart, whatever was read.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import (
    WRONG_WAY_ROUND,
    Agree,
    All,
    Compare,
    Complement,
    Given,
    Magnitude,
    Noted,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    Some,
    Stated,
    unknown,
)
from auditor.exact.expression import (
    Difference as Minus,
)
from auditor.exact.numeral import rounded_out
from auditor.exact.verdict import Reason
from auditor.judgement import Severity
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.exact.expression import Formula, Leaf, Term
    from auditor.exact.numeral import Quantity

_FAST = Phrase(r"\b(?:fast(?:er|est)?|quick(?:er|est|ly)?|speed(?:s|ed|ing|-?ups?)?|accelerat\w*|throughput)\b")
_SLOW = Phrase(r"\bslow(?:s|ed|er|est|ing|ly|down|-down)?\b")
_LEAD = Phrase(r"\b(?:advantage|factor|lead|edge|margin|wins?|ahead)\b|^\W*over\b")
"""It says who is ahead, and of what is better the lower it is nothing of which number is the larger."""
_FOR_EVERY = Phrase(r"\b(?:for|of|in|per|to) (?:every|each|an?|one)\b|\bper\b")
_BETTER, _WORSE = Phrase(r"\bbetter\b"), Phrase(r"\bworse\b")
_FEWER = Phrase(r"\b(?:less|fewer|lower|smaller|shorter|cheaper|reduc\w+|decreas\w+|sav(?:e[sd]?|ings?))\b")
_MORE_THAN_TIMES = Phrase(
    r"(?:times|fold|(?<=[0-9])\s?[x×])\s+(?:more|faster|slower|higher|larger|bigger|greater|longer)\b"
)
_GAP = Phrase(r"\b(?:gap|differ\w*|apart|margin|separat\w*|distance)\b")
_BETWEEN = r"(?:(?:with|for|in|on|using|that|of|the|an?|our|its|plain|vanilla|stock)\s+){0,3}"
"""What may stand between "than" and the name that something is held against."""
_HEDGES = "about|around|roughly|approximately|nearly|almost|just|only|over|under|at|least|most|some"
_SIDED = Phrase(
    r"\b(?:more|less|fewer|higher|lower|greater|smaller|larger|longer|shorter|better|worse|faster|slower|ahead|behind"
    r"|above|below|lead\w*|trail\w*|lag\w*|wins?|beats?|outperform\w*|exceed\w*|improv\w*|gain\w*|drop\w*|falls?|fell"
    r"|rises?|rose|increas\w*|decreas\w*|reduc\w*)\b"
)


class Difference(Claim, frozen=True):
    """One thing is more, less or so many times another, by a stated size."""

    kind: Literal["difference"]
    left: Selector
    relation: Literal["more", "less", "times"]
    measure: Literal["amount", "percent", "factor"]
    size: Text
    right: Selector
    over: Over | None

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    numbers: ClassVar[tuple[str, ...]] = ("size",)
    says: ClassVar[str] = "the size of the difference"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Cy scores 62.0 % and Di scores 59.0 %, so Cy is 3 points ahead.",
            values=(("score", "Cy", "", "", "62.0 %"), ("score", "Di", "", "", "59.0 %")),
            claim={
                "quote": "Cy is 3 points ahead",
                "left": {"metric": "score", "subjects": ["Cy"], "levels": [], "at": None},
                "relation": "more",
                "measure": "amount",
                "size": "3 points",
                "right": {"metric": None, "subjects": ["Di"], "levels": [], "at": None},
                "over": None,
            },
            verdict="supported",
            better="higher",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """The recomputed size agrees with the stated one, in one of the accepted readings.

        A size that is said of several cases at once and fits some of them may be meant of those.
        """
        size = rounded_out(self._bare(table.stated(self.size)))
        if self.relation == "less":
            size = replace(size, point=abs(size.point))
        whole = self._each(table, size, table.claimed, self.over)
        if size.hedge is not None and size.hedge.name == "up to":
            return All((whole, self._reached(table, size)))
        return Agree(whole.parts) if isinstance(whole, All) and self.over is None else whole

    def _bare(self, size: Quantity) -> Quantity:
        """A factor without the unit of what it counts: "five hours of it for every hour of the other"."""
        counts = size.unit is not None and size.unit.dimension not in {"factor", "percent"} and self.relation == "times"
        if counts and _FOR_EVERY.search(self.quote) is None:
            raise Unjudgeable(Reason.READING_IN_DOUBT, f"{size.written!r} is no factor")
        return replace(size, unit=None) if counts else size

    def _each(self, table: Table, size: Quantity, claimed: Callable[[Quantity], Stated], over: Over | None) -> Formula:
        measure = _measured(self.measure, self.relation, size, is_percentage=table.is_percentage(self.left))
        judged = {"amount": self._amount, "percent": self._percent, "factor": self._factor}[measure]
        return table.each(over, self._sides(), lambda left, right: judged(table, left, right, size, claimed))

    def _sides(self) -> tuple[Selector, Selector]:
        """Left and right by the words: in "3x as fast as Bo" Bo is the right one, whichever way round it was read."""
        spoken_of = self._is_named(self.right) and not self._is_held(self.right) and not self._is_named(self.left)
        is_speed = _FAST.search(self.quote) is not None or _SLOW.search(self.quote) is not None
        swapped = self.relation == "times" and (self._is_held(self.left) or (is_speed and spoken_of))
        return (self.right, self.left) if swapped else (self.left, self.right)

    def _is_held(self, side: Selector) -> bool:
        """Whether the words hold something against a side: "than Bo", "over Bo"."""
        return self._is_named(side, rf"\b(?:than|as|over|against|versus|vs\.?)\s+{_BETWEEN}[\"'`*]*")

    def _is_named(self, side: Selector, before: str = r"(?<!\w)") -> bool:
        """Whether the words name a side, behind a pattern."""
        name = re.escape(side.subjects[0]) if len(side.subjects) == 1 else "(?!)"
        return re.search(rf"{before}{name}(?!\w)", self.quote, re.IGNORECASE) is not None

    def _reached(self, table: Table, size: Quantity) -> Formula:
        """Some case comes near what is said to be reached; where none does, it may be one that is not stated."""

        def near(quantity: Quantity) -> Stated:
            reach = None if quantity.hedge is None else quantity.hedge.fair(quantity.point)
            return Stated(reach or quantity.interval, quantity.written, table.claimed(quantity).note)

        somewhere = self._each(table, size, near, Over(how="any", number=None, exceptions=()))
        if not isinstance(somewhere, Some) or len(somewhere.parts) == 1:  # said of one case, which is stated
            return somewhere
        return Some((somewhere, unknown(Reason.MISSING_VALUE, f"no value comes near {size.written}")))

    def _amount(
        self, table: Table, left: Leaf, right: Leaf, size: Quantity, claimed: Callable[[Quantity], Stated]
    ) -> Formula:
        ahead, behind = (right, left) if self.relation == "less" else (left, right)
        gap: Term = Magnitude(Minus(ahead, behind)) if self._is_unsigned() else Minus(ahead, behind)
        stated = claimed(table.converted(size, self.left))
        accepted: list[Formula] = [Compare(gap, Relation.AGREES, stated)]
        if table.is_percentage(self.left):
            note = "percent-not-points: the number is the change in percent"
            return Readings(tuple(accepted), (_hint(_change(ahead, behind), stated, note),))
        is_points = size.unit is not None and size.unit.dimension == "points"
        if is_points and all(map(_is_part_of_one, (left, right))):
            hundredths = Compare(Scaled(gap, Fraction(100)), Relation.AGREES, stated)
            accepted.append(Noted(hundredths, "read as percentage points of a part of one", "supported"))
        return Readings(tuple(accepted))

    def _percent(
        self, table: Table, left: Leaf, right: Leaf, size: Quantity, claimed: Callable[[Quantity], Stated]
    ) -> Formula:
        """A change relative to the right side; where speeds are spoken of, also of the other kind of rate."""
        worded = size.unit is None and size.step is None and size.point.denominator != 1
        percent = claimed(size.scaled(Fraction(100)) if worded else size)
        share = Compare(Scaled(Ratio(left, right), Fraction(100)), Relation.AGREES, percent)
        if self.relation == "times" or self._follows("to"):
            return share
        less = self.relation == "less"
        usual, other = _change(left, right, falling=less), _change(right, left, falling=not less)
        accepted: list[Formula] = [Compare(usual, Relation.AGREES, percent)]
        if _FAST.search(self._without_names) or _SLOW.search(self._without_names):
            reading = "read as a change of speed rather than of time"
            accepted.append(Noted(Compare(other, Relation.AGREES, percent), reading, "supported"))
        if self._is_unsigned():
            accepted += [
                Compare(_change(left, right, falling=not less), Relation.AGREES, percent),
                Compare(_change(right, left, falling=less), Relation.AGREES, percent),
                Compare(other, Relation.AGREES, percent),
            ]
        points: Term = Minus(right, left) if less else Minus(left, right)
        points = points if table.is_percentage(self.left) else Scaled(points, Fraction(100))
        hints = (
            _hint(other, percent, "wrong-base: the number is the change as a percentage of the other value"),
            _hint(points, percent, "points-not-percent: the number is the difference in points"),
        )
        return Readings(tuple(accepted), hints)

    def _factor(
        self, table: Table, left: Leaf, right: Leaf, size: Quantity, claimed: Callable[[Quantity], Stated]
    ) -> Formula:
        """A factor below one is a part: "a third less", "a third more", "a third of"."""
        factor = size.scaled(Fraction(1, 100)) if size.unit is not None and size.unit.name == "%" else size
        stated, ratio = claimed(factor), Ratio(left, right)
        if factor.point < 1 and self.relation == "more":
            return Compare(Scaled(_change(left, right), Fraction(1, 100)), Relation.AGREES, stated)
        if factor.point < 1 and self.relation == "less":
            cut = Compare(Complement(Fraction(1), ratio), Relation.AGREES, stated)
            rest = Compare(ratio, Relation.AGREES, stated)
            is_bound = (
                size.hedge is not None and size.hedge.name != "about"
            )  # "more than halved" has less than half left
            return rest if self._follows("to") else cut if self._follows("by") or is_bound else Readings((cut, rest))
        turned = Ratio(right, left)
        usual, inverse = (turned, ratio) if self._counts_backwards(table) else (ratio, turned)
        accepted: list[Formula] = [Compare(usual, Relation.AGREES, stated)]
        if _MORE_THAN_TIMES.search(self.quote):
            beyond = claimed(replace(factor, point=factor.point + 1))
            reading = "read as so many times more in addition"
            accepted.append(Noted(Compare(usual, Relation.AGREES, beyond), reading, "supported"))
        if (
            self.relation == "times"
            and _FAST.search(self.quote)
            and not any(map(self._is_named, (self.left, self.right)))
        ):
            speeds = "read as a ratio of times, or of speeds"
            accepted.append(Noted(Compare(inverse, Relation.AGREES, stated), speeds, "supported"))
        is_lead = _LEAD.search(self.quote) is not None and table.better(self.left) == "lower"
        fewer = is_lead or _FEWER.search(self.quote) is not None
        if self._is_unsigned() or (self.relation == "times" and factor.point > 1 and fewer):
            accepted.append(Compare(inverse, Relation.AGREES, stated))
        return Readings(
            tuple(accepted),
            (_hint(inverse, stated, WRONG_WAY_ROUND),),
        )

    def _counts_backwards(self, table: Table) -> bool:
        """Whether the factor is that of the other side to this one: "3 times less", "3 times as fast" of a time."""
        if self.relation != "times":
            return self.relation == "less"
        fast, slow = (word.search(self._without_names) is not None for word in (_FAST, _SLOW))
        if fast is slow:
            fast, slow = (word.search(self._without_names) is not None for word in (_BETTER, _WORSE))
            if fast is slow or table.better(self.left) == "unknown":
                return False
        polarity = table.better(self.left)
        if polarity == "unknown":
            raise Unjudgeable(Reason.POLARITY_UNKNOWN, f"is less of {self.left.metric or 'it'} faster?")
        return polarity == ("lower" if fast else "higher")

    @property
    def _without_names(self) -> str:
        """The quote without the names of what is compared: "Fast 2" is not fast."""
        names = [name for side in (self.left, self.right) for name in (*side.subjects, *side.levels)]
        said = self.quote
        for name in sorted(filter(None, names), key=len, reverse=True):
            said = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", said, flags=re.IGNORECASE)
        return said

    def _follows(self, word: str) -> bool:
        """Whether the size stands behind "to" or "by", or one of these with a hedge."""
        before = self.quote.partition(self.size)[0]
        return re.search(rf"\b{word}(?:\s+(?:{_HEDGES}))*[\s~≈]*$", before, re.IGNORECASE) is not None

    def _is_unsigned(self) -> bool:
        """Whether the words say how far apart the two are, and not which of them is ahead."""
        return _GAP.search(self.quote) is not None and _SIDED.search(self.quote) is None

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """Who is ahead of whom; "times" says of whom, and nothing of the direction."""
        left, right = self._sides()
        return left, {"more": "greater"}.get(self.relation, self.relation), right


def _measured(measure: str, relation: str, size: Quantity, *, is_percentage: bool) -> str:
    """What the size is a size of: its own unit says, where it has one."""
    if size.unit is None:
        return measure
    if size.unit.dimension == "factor":
        return "factor"
    if size.unit.dimension != "percent":
        return "amount"
    if measure == "factor":
        return "factor" if relation == "times" else "percent"
    return measure if is_percentage else "percent"


def _is_part_of_one(leaf: Leaf) -> bool:
    """Whether a value may be a share written as a number up to one."""
    return isinstance(leaf, Given) and leaf.interval.low is not None and leaf.interval.low <= 1


def _change(new: Term, old: Term, *, falling: bool = False) -> Term:
    return Scaled(PercentChange(new, old), Fraction(-1)) if falling else PercentChange(new, old)


def _hint(term: Term, stated: Stated, note: str) -> Noted:
    return Noted(Compare(term, Relation.AGREES, stated), note)
