"""peak: a series is said to have its highest or lowest value at a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Leaves, Over, Selector, Table, Text, Unjudgeable
from auditor.exact.expression import All, Compare, Given, Relation, Some, unknown
from auditor.exact.interval import Interval, exactly
from auditor.exact.numeral import parse_quantity
from auditor.exact.verdict import Reason
from auditor.phrase import Phrase
from auditor.tables.positions import rough_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula

YEARS = 2
"""How far "around 2005" reaches to each side."""
_CALENDAR = range(1000, 3000)


class Peak(Claim, frozen=True):
    """A series has its highest (peak) or lowest (trough) value at the position or level `where`."""

    kind: Literal["peak"]
    series: Selector
    along: Text | None
    extreme: Literal["peak", "trough"]
    where: Text
    over: Over | None

    numbers: ClassVar[tuple[str, ...]] = ()
    says: ClassVar[str] = "where the series turns"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Sales were 30 in 2001, 44 in 2002 and 39 in 2003, peaking in 2003.",
            values=(
                ("sales", "", "", "2001", "30"),
                ("sales", "", "", "2002", "44"),
                ("sales", "", "", "2003", "39"),
            ),
            claim={
                "quote": "peaking in 2003",
                "series": {"metric": "sales", "subjects": [], "levels": [], "at": None},
                "along": None,
                "extreme": "peak",
                "where": "2003",
                "over": None,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """No value elsewhere is beyond the one at the place."""
        beside = re.search(
            rf"\b(?:before|after|until|since|prior to|past)\W+{re.escape(self.where)}", self.quote, re.IGNORECASE
        )
        if beside is not None:
            raise Unjudgeable(Reason.READING_IN_DOUBT, f"{beside[0]!r} does not say that it is there")
        last = self._is_at_its_end()
        around = self._around(table, in_words=last is not None)
        beyond = Relation.AT_MOST if self.extreme == "peak" else Relation.AT_LEAST

        def is_here(leaf: Given) -> bool:
            if leaf.place.casefold() == self.where.casefold():
                return True
            return around is not None and leaf.position is not None and leaf.position in around

        def body(leaves: Leaves) -> Formula:
            values = [leaf for leaf in leaves if isinstance(leaf, Given)]
            places = [leaf.position for leaf in values if leaf.position is not None]
            end = None if last is None or not places else max(places) if last else min(places)
            if end is not None and around is not None and end not in around:
                return unknown(Reason.READING_IN_DOUBT, f"{self.where} is not where the series {_ENDS[last is True]}")
            near = [leaf for leaf in values if is_here(leaf)]
            elsewhere = [leaf for leaf in values if leaf not in near]
            if not near or not elsewhere:
                return unknown(Reason.MISSING_VALUE, f"no values of the series at and beside {self.where}")
            return All(tuple(_whole([Compare(far, beyond, here) for here in near]) for far in elsewhere))

        return table.gathered(self.over, [self.series], self.along, body)

    def _is_at_its_end(self) -> bool | None:
        """Whether words say that it is the last place of the series, or the first; None where they name the place."""
        if self.where in self.quote:
            return None
        last, first = _LAST.search(self.quote) is not None, _FIRST.search(self.quote) is not None
        return None if last is first else last

    def _around(self, table: Table, *, in_words: bool) -> Interval | None:
        """Where the place lies along the axis, as wide as the words before it make it; None for a level or a name."""
        rough = rough_at(self.where)
        if rough is not None:
            return Interval(rough.outer.start, rough.outer.end, True, False)
        plain = parse_quantity(self.where)
        if plain is None:
            position = table.position(self.where)
            return None if position is None else exactly(position)
        if in_words:
            return exactly(plain.point)
        place = table.stated(self.where)
        whole = place.step is None and place.point.denominator == 1
        if place.hedge is not None and whole and int(place.point) in _CALENDAR:
            return Interval(place.point - YEARS, place.point + YEARS, True, True)
        return place.claimed

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """The highest or the lowest."""
        return self.series, "extreme greater" if self.extreme == "peak" else "extreme less", None

    def operands(self) -> tuple[Selector, ...]:
        """The series at the place."""
        if self.along is None:
            return (self.series,)
        return (replace(self.series, levels=(*self.series.levels, self.where)),)


_LAST = Phrase(r"\b(?:final|last|latest|most recent)\b")
_FIRST = Phrase(r"\b(?:first|initial|earliest|opening)\b")
_ENDS = ("begins", "ends")


def _whole(parts: Sequence[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else Some(tuple(parts))
