"""row: one thing that the document gives a number for, with everything that is stated for it.

Several mentions of one key make one row; where they cannot all be true the row is as
wide as they are, so that nothing is judged on a number that the document itself disputes.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.document import Span
    from auditor.exact.interval import Interval
    from auditor.exact.numeral import Quantity
    from auditor.facts.position import Point

Levels = tuple[tuple[str, str], ...]
"""Pairs of dimension and level, sorted by dimension."""


class Key(NamedTuple):
    """What a value is the value of."""

    metric: str
    subject: str | None
    levels: Levels
    place: Fraction | str


class Mention(Struct, frozen=True):
    """One statement of a value."""

    number: int
    """Its place in the table, counted from 0; what evidence refers to."""
    key: Key
    point: Point
    quantity: Quantity
    interval: Interval
    """In the unit of the metric."""
    claimed: Interval
    """The same, widened by the hedge."""
    span: Span
    """Where the number stands."""
    quote: Span
    in_table: bool = False
    """Whether it stands in a table, with every other value of its series."""


class Row(Struct, frozen=True, dict=True):
    """One key with everything that is stated for it."""

    key: Key
    point: Point
    mentions: tuple[Mention, ...]

    def without(self, hidden: Sequence[Span]) -> Row | None:
        """The row without the mentions that touch a hidden place; None where none is left."""
        if not hidden:
            return self
        kept = tuple(mention for mention in self.mentions if not any(mention.span.overlaps(span) for span in hidden))
        return None if not kept else self if len(kept) == len(self.mentions) else Row(self.key, self.point, kept)

    @cached_property
    def interval(self) -> Interval:
        """What all mentions allow together; where they exclude one another, everything that any allows."""
        plain = [mention for mention in self.mentions if mention.quantity.hedge is None] or list(self.mentions)
        common: Interval | None = plain[0].interval
        for mention in plain[1:]:
            common = None if common is None else common.intersection(mention.interval)
        if common is not None and self.conflict is None:
            return common
        hull = self.mentions[0].interval
        for mention in self.mentions[1:]:
            hull = hull.hull(mention.interval)
        return hull

    @property
    def loosely(self) -> Interval:
        """Where the value lies, as far as its hedge lets it where every mention has one: it is read off an axis."""
        hedged = [mention for mention in self.mentions if mention.quantity.hedge is not None]
        return self.interval if len(hedged) < len(self.mentions) else hedged[0].claimed

    @property
    def conflict(self) -> tuple[Mention, Mention] | None:
        """Two mentions that cannot both be true, hedges allowed for; None where all can."""
        if len(self.mentions) == 1:
            return None
        bounded = [mention for mention in self.mentions if None not in (mention.claimed.low, mention.claimed.high)]
        if len(bounded) < 2:  # noqa: PLR2004
            return None
        highest = max(bounded, key=lambda mention: mention.claimed.low or Fraction(0))
        lowest = min(bounded, key=lambda mention: mention.claimed.high or Fraction(0))
        if highest.claimed.meets(lowest.claimed):
            return None
        return (highest, lowest) if highest.number < lowest.number else (lowest, highest)

    @cached_property
    def label(self) -> str:
        """What tells it apart among the values of its metric."""
        shown = self.point.shown
        where = [*(level for _, level in self.key.levels), *([shown] if shown else [])]
        name = self.key.subject or self.key.metric
        return name + (f" ({', '.join(where)})" if where else "")

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """The numbers of its mentions."""
        return tuple(mention.number for mention in self.mentions)

    @cached_property
    def shown(self) -> str:
        """The value as written; with every wording where there are several."""
        wordings = list(dict.fromkeys(_written(mention.quantity) for mention in self.mentions))
        return " / ".join(wordings[:3]) + (" / …" if len(wordings) > 3 else "")  # noqa: PLR2004  (enough to read)


def _written(quantity: Quantity) -> str:
    about = quantity.hedge is not None and quantity.hedge.name == "about"
    return f"~{quantity.written}" if about else quantity.written
