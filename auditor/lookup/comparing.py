"""comparing: values of one binding held against one another, at each point that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.exact.expression import Agree, All, unknown
from auditor.exact.verdict import Reason
from auditor.facts.stack import METRIC, are_partly_the_same
from auditor.lookup.joining import AtPoints, joined
from auditor.lookup.operand import all_given, unlike
from auditor.lookup.points import no_shared_point, together
from auditor.lookup.query import POSITION
from auditor.tables.summing import sums_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditor.exact.expression import Formula
    from auditor.facts.row import Row
    from auditor.facts.stack import Stack
    from auditor.facts.tidy import Facts
    from auditor.lookup.joining import Joint
    from auditor.lookup.quantifier import Quantifier
    from auditor.lookup.query import Lookup


class Comparison(Struct, frozen=True):
    """What a claim says of one value a query."""

    facts: Facts
    body: Callable[..., Formula]
    inner: Joint | None
    """How cases join in which only some of the values vary; None for all of them."""
    opened: str
    """A key that is open in the last query for all but what it names; empty for none."""
    spared: frozenset[str]
    """What the last query names there."""
    quantifier: Quantifier | None

    def of(self, lookup: Lookup) -> Formula:
        """The comparison for every binding of what the queries leave open."""
        return joined(lookup, self.quantifier, lambda stacks: self._judged(lookup, stacks), self._variants_join)

    @property
    def _variants_join(self) -> Joint | None:
        return None if self.opened == POSITION else self.inner

    def _judged(self, lookup: Lookup, stacks: Sequence[Stack]) -> Formula | AtPoints | None:
        """What is said of one stack a query; None where they are not different things."""
        other = stacks[-1].value(self.opened) if self.opened else None
        if other is not None and (other in self.spared or (self.opened not in {METRIC, POSITION} and sums_up(other))):
            return None
        rows, join = together(lookup.queries, stacks)
        compared = [row for row in rows if _differ(row)]
        if not compared:
            return None if are_partly_the_same(stacks) else no_shared_point(stacks)
        parts = tuple(self._at_point(row) for row in compared)
        if self.inner is not None and self.opened == POSITION:
            return self.inner(parts)
        if len(parts) == 1:
            return parts[0]
        if self.inner is not None or (self.quantifier is not None and join == "all"):
            # One side may stand at a fixed point: the points that tell the rows apart are those of the other.
            side = next((n for n in range(len(compared[0])) if len({rows[n].key.place for rows in compared}) > 1), 0)
            shown = {rows[side].key.place: rows[side].point.shown for rows in compared}
            if len(shown) < len(parts):
                return All(parts)
            return AtPoints(join, dict(zip(shown, parts, strict=True)), shown)
        return Agree(parts) if join == "agree" else All(parts)

    def _at_point(self, rows: Sequence[Row]) -> Formula:
        reason = unlike(self.facts, rows)
        return unknown(Reason.UNIT_MISMATCH, reason) if reason else self.body(*all_given(self.facts, rows))


_CONTRAST = 4
"""How many values a contrast is made of: two pairs."""


def _differ(rows: Sequence[Row]) -> bool:
    """Whether the rows are things to compare: all different; in a contrast, two different pairs of different ones."""
    keys = [row.key for row in rows]
    if len(keys) != _CONTRAST:
        return len(set(keys)) == len(keys)
    return keys[0] != keys[1] and keys[2] != keys[3] and set(keys[:2]) != set(keys[2:])
