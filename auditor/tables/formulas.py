"""formulas: the formulas that may make one series of a table out of others, and how well each fits.

A formula is tried on every position; what speaks for it is how unlikely its fits are by chance, against how many
formulas were tried.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from auditor.exact.expression import Aggregate, Over
from auditor.tables.relations import Fit, How, fit_pair, fit_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.exact.expression import Given, Term
    from auditor.tables.series import Matrix, Number, Series, Value


class Pair(Struct, frozen=True):
    """A number computed from two others: of two series, or of one at two positions."""

    how: How
    left: Series
    right: Series
    left_at: tuple[int | None, ...]
    """For each position, where on the left series the operand stands."""
    right_at: tuple[int | None, ...]
    words: str
    """How the formula reads."""

    def numbers(self, position: int) -> tuple[Number, ...] | None:
        """The operands; None where one is missing, or where a number would be compared with itself."""
        here, there = self.left_at[position], self.right_at[position]
        if here is None or there is None or (here == there and self.left is self.right):
            return None
        left, right = self.left.numbers[here], self.right.numbers[there]
        return None if left is None or right is None else (left, right)

    def values(self, position: int) -> tuple[Value, ...]:
        """The operands with their places."""
        here, there = self.left_at[position], self.right_at[position]
        found = (self.left.values[here or 0], self.right.values[there or 0])
        return tuple(value for value in found if value is not None)

    def fit(self, stated: Number, operands: tuple[Number, ...], scale: int, spread: int) -> Fit | None:
        """How a stated number stands to what the operands give."""
        return fit_pair(self.how, stated, operands[0], operands[1], scale, spread)

    def printed(self, position: int) -> Fraction | None:
        """What the operands give as they are printed."""
        operands = self.values(position)
        return self.how.of(operands[0].point, operands[1].point) if len(operands) > 1 else None

    def term(self, leaves: Sequence[Given]) -> Term:
        """The formula of the operands."""
        return self.how.term(leaves[0], leaves[1])


class Run(Struct, frozen=True):
    """A sum or a mean over several series."""

    addends: tuple[Series, ...]
    mean: bool
    words: str

    def numbers(self, position: int) -> tuple[Number, ...] | None:
        """The addends; None where one is missing."""
        found = tuple(number for each in self.addends if (number := each.numbers[position]) is not None)
        return found if len(found) == len(self.addends) else None

    def values(self, position: int) -> tuple[Value, ...]:
        """The addends with their places."""
        return tuple(value for each in self.addends if (value := each.values[position]) is not None)

    def fit(self, stated: Number, operands: tuple[Number, ...], scale: int, spread: int) -> Fit | None:
        """How a stated number stands to the sum or mean."""
        del scale
        return fit_sum(stated, list(operands), spread, len(operands) if self.mean else 1)

    def printed(self, position: int) -> Fraction | None:
        """What the addends give as they are printed."""
        points = [value.point for value in self.values(position)]
        return sum(points, Fraction(0)) / (len(points) if self.mean else 1)

    def term(self, leaves: Sequence[Given]) -> Term:
        """The formula of the addends."""
        return Over(Aggregate.MEAN if self.mean else Aggregate.SUM, tuple(leaves))


Candidate = Pair | Run


class Outcome(NamedTuple):
    """How a formula fits a series."""

    candidate: Candidate
    fits: tuple[int, ...]
    misfits: tuple[int, ...]
    telling: int
    """How many of the fits are no matter of course."""
    bits: int
    """How surprising all fits together are."""

    @property
    def share(self) -> tuple[int, int]:
        """What speaks for the formula: the fewer misfits the better, then the more surprising."""
        return (-len(self.misfits), self.bits)


_SAMPLE = 24
_MOST_SAMPLED_MISFITS = 8
_LEAST_BITS = 2


def tried(candidate: Candidate, target: Series, matrix: Matrix, spread: int, *, local: bool) -> Outcome | None:
    """A formula tried on a series; None where it plainly does not fit.

    `local` says that its numbers are not of one kind, so that each is measured against its own size.
    """
    count = len(target.numbers)
    if count > 2 * _SAMPLE:
        sample = range(0, count, count // _SAMPLE)
        if _misfits(candidate, target, matrix.scale, sample, _MOST_SAMPLED_MISFITS) is None:
            return None
    allowed = max(1, count // 4)
    found = _misfits(candidate, target, matrix.scale, range(count), allowed, spread, local=local)
    if found is None:
        return None
    fits, misfits, telling, bits = found
    return Outcome(candidate, tuple(fits), tuple(misfits), telling, bits)


def _misfits(  # noqa: PLR0913, PLR0917
    candidate: Candidate,
    target: Series,
    scale: int,
    positions: range,
    allowed: int,
    spread: int = 1,
    *,
    local: bool = False,
) -> tuple[list[int], list[int], int, int] | None:
    fits: list[int] = []
    misfits: list[int] = []
    telling = bits = 0
    for position in positions:
        stated = target.numbers[position]
        operands = None if stated is None else candidate.numbers(position)
        if stated is None or operands is None:
            continue
        fit = candidate.fit(stated, operands, scale, min(spread, 4 * abs(stated.point)) if local else spread)
        if fit is None:
            continue
        if fit.holds:
            fits.append(position)
            bits += fit.bits
            telling += fit.bits >= _LEAST_BITS
        else:
            misfits.append(position)
            if len(misfits) > allowed:
                return None
    return fits, misfits, telling, bits


def across(hows: Sequence[How], sources: Sequence[Series]) -> Iterator[Pair]:
    """Each position of one series with the same position of another."""
    for left in sources:
        here = tuple(range(len(left.numbers)))
        for right in sources:
            if left is right or not _may_meet(left, right, hows):
                continue
            for how in hows:
                if how is not How.DIFFERENCE or _dimension(left) == _dimension(right):
                    yield Pair(how, left, right, here, here, how.words(left.name, right.name))


def along(hows: Sequence[How], source: Series, matrix: Matrix, bases: Sequence[int]) -> Iterator[Pair]:
    """Each position of a series with a fixed one, the first or last of its block, or the one before."""
    here: tuple[int | None, ...] = tuple(range(len(source.numbers)))
    for there, words in _references(here, matrix.blocks, bases):
        for how in hows:
            yield Pair(how, source, source, here, there, how.words(f"{source.name} in each row", words))
            if how in {How.DIFFERENCE, How.RATIO, How.CHANGE}:
                yield Pair(how, source, source, there, here, how.words(f"{source.name} in {words}", "each row"))


def _references(
    here: tuple[int | None, ...], blocks: Sequence[Sequence[int]], bases: Sequence[int]
) -> Iterator[tuple[tuple[int | None, ...], str]]:
    first: list[int | None] = [None] * len(here)
    last, before, after = first.copy(), first.copy(), first.copy()
    for block in blocks:
        for place, position in enumerate(block):
            first[position], last[position] = block[0], block[-1]
            before[position] = block[place - 1] if place else None
            after[position] = block[place + 1] if place + 1 < len(block) else None
    yield tuple(first), "the first row"
    yield tuple(last), "the last row"
    yield tuple(before), "the row before"
    yield tuple(after), "the row after"
    for base in bases:
        yield (base,) * len(here), f"row {base + 1}"


def runs(target: int, sources: Sequence[Series], *, sums: bool, means: bool) -> Iterator[Run]:
    """The series directly before or behind a target, two or more, as addends."""
    before = [each for each in sources if each.place < target][::-1]
    behind = [each for each in sources if each.place > target]
    for side in (before, behind, [*before[::-1], *behind]):
        lengths = (
            range(2, min(len(side), _LONGEST_RUN) + 1)
            if side is not before or len(side) < _LONGEST_RUN
            else (len(side),)
        )
        for length in [len(side)] if len(side) > _LONGEST_RUN else lengths:
            addends = tuple(sorted(side[:length], key=lambda each: each.place))
            if len({_dimension(each) for each in addends}) > 1:
                break
            for mean in (False, True):
                if (means if mean else sums) and len(addends) > 1:
                    yield Run(addends, mean, f"{'mean' if mean else 'sum'} of {_listed(addends)}")


def _listed(addends: Sequence[Series]) -> str:
    names = [each.name for each in sorted(addends, key=lambda each: each.place)]
    return ", ".join(names if len(names) <= _MOST_NAMES else [*names[:2], f"{len(names) - 2} others"])


_MOST_NAMES = 4
_LONGEST_RUN = 24


def _dimension(series: Series) -> str:
    return "" if series.unit is None else series.unit.dimension


def _may_meet(left: Series, right: Series, hows: Sequence[How]) -> bool:
    """Whether the two can stand in one formula: of one dimension, or in a rate."""
    return _dimension(left) == _dimension(right) or How.RATIO in hows
