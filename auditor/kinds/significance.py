"""significance: a test statistic is stated with its p value, or values with their ± are said to differ significantly.

The rules are those of statcheck, on intervals: p is contradicted where no statistic that
prints as stated gives a p that prints as stated. Bands that overlap settle nothing.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Table, Unjudgeable
from auditor.exact.distribution import Family, OutOfRangeError, p_value
from auditor.exact.expression import All, Compare, Given, Noted, Readings, Relation, Some, Stated, unknown
from auditor.exact.interval import exactly
from auditor.exact.numeral import show
from auditor.exact.statistic import find_bands, find_reported
from auditor.exact.verdict import Reason
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula
    from auditor.exact.interval import Interval
    from auditor.exact.statistic import Reported

ALPHA = Fraction(1, 20)
"""The level at which a p on the wrong side is a decision error."""
MOST = 20
"""A passage with more test statistics than this is no statement of one thing."""
# "bidirectional" and "non-directional" are two-tailed.
_ONE_TAILED = re.compile(r"\b(?:one|1|single)[- ](?:tail|side)|(?<![-\w])directional", re.IGNORECASE)
_ADJUSTED = re.compile(
    r"\b(?:correct(?:ed|ion)|adjusted|bonferroni|holm|tukey|fdr|benjamini|greenhouse|huynh|sphericity|permut\w+"
    r"|bootstrap\w*|monte|exact test|p\W?adj)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not?|never|neither|nor|without|insignificant\w*|non-?significant\w*)\b|n['’]t\b", re.IGNORECASE
)


class Significance(Claim, frozen=True):
    """A test statistic and its p value, or values with ± said to differ significantly: quote the numbers."""

    kind: Literal["significance"]

    severity: ClassVar[Severity] = Severity.MAGNITUDE
    says: ClassVar[str] = "the test statistic or its p value"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Tea made a difference, t(28) = 2.20, p = .036.",
            values=(),
            claim={"quote": "t(28) = 2.20, p = .036"},
            verdict="supported",
        ),
    )

    def formula(self, table: Table) -> Formula:  # noqa: ARG002  (all its numbers stand in the quote)
        """Each p that is stated with a statistic is one that the statistic can have; else all bands lie apart."""
        reported = find_reported(self.quote)
        if len(reported) > MOST:
            raise Unjudgeable(Reason.VAGUE, f"{len(reported)} test statistics in one passage")
        complete = tuple(self._agreement(test, test.p) for test in reported if test.p is not None)
        if complete:
            return complete[0] if len(complete) == 1 else All(complete)
        if reported:
            raise Unjudgeable(Reason.MISSING_VALUE, f"no p value stands with {reported[0].written}")
        return self._bands()

    def _agreement(self, test: Reported, stated: Interval) -> Formula:
        """The recomputed p agrees with the stated one, two-tailed, or one-tailed where the quote says so."""
        try:
            p = p_value(test.family, test.statistic, test.freedom)
        except OutOfRangeError as error:
            return unknown(Reason.UNDEFINED, f"{test.written}: {error}")
        claimed = Stated(stated, test.p_written, printed=stated)
        one_sided = p.scaled(Fraction(1, 2))
        tails = ", two-tailed" if test.family.has_sides else ""
        usual: Formula = Compare(_recomputed(test, p, tails), Relation.AGREES, claimed)
        if _decision(p) * _decision(stated) < 0:
            usual = Noted(usual, "decision-error: the recomputed p lies on the other side of .05", "contradicted")
        if not _has_direction(test):
            return self._unless_adjusted(usual)
        halved = Compare(_recomputed(test, one_sided, ", one-tailed"), Relation.AGREES, claimed)
        if _ONE_TAILED.search(self.quote) is not None:
            return self._unless_adjusted(Readings((halved, usual)))
        hint = Noted(halved, "one-tailed: the p is that of a one-tailed test, which the passage does not say")
        return self._unless_adjusted(Readings((usual,), (hint,)))

    def _unless_adjusted(self, formula: Formula) -> Formula:
        """A corrected or resampled p is not the one that the statistic gives: it may agree, and refutes nothing."""
        word = _ADJUSTED.search(self.quote)
        if word is None:
            return formula
        return Some((formula, unknown(Reason.VAGUE, f"{word[0]!r}: the p is not the one that the statistic gives")))

    def _bands(self) -> Formula:
        """Bands that lie apart bear a significant difference out; nothing else about bands settles it."""
        bands = find_bands(self.quote)
        if len(bands) < 2:  # noqa: PLR2004  (a difference takes two)
            return unknown(Reason.VAGUE, "the passage states no test with its p, and no two values with their ±")
        pairs = list(combinations(bands, 2))
        touching = next((pair for pair in pairs if pair[0].interval.meets(pair[1].interval)), None)
        if touching is not None:
            return unknown(
                Reason.VAGUE, f"{touching[0].written} and {touching[1].written} overlap, which settles nothing"
            )
        apart = "; ".join(f"{one.written} and {other.written} lie apart" for one, other in pairs)
        if _DENIED.search(self.quote) is not None:
            return unknown(Reason.VAGUE, f"{apart}, which does not settle what is not significant")
        leaves = {band: Given(band.interval, "band", band.written, ()) for band in bands}
        return All(tuple(Compare(leaves[one], Relation.DIFFERENT, leaves[other]) for one, other in pairs))


def _recomputed(test: Reported, p: Interval, tails: str) -> Given:
    low, high = (show(end or Fraction(0)) for end in (p.low, p.high))
    return Given(p, f"p of {test.written}{tails}:", low if low == high else f"{low} to {high}", ())


def _has_direction(test: Reported) -> bool:
    """Whether the test can have one tail: by its sign, or as the square of one that has."""
    squares = (Family.F, Family.CHI_SQUARE)
    return test.family.has_sides or (test.family in squares and test.freedom[0] == exactly(1))


def _decision(p: Interval) -> int:
    """-1 where every p of the interval is significant, 1 where none is, 0 where it is open."""
    if p.high is not None and p.high <= ALPHA:
        return -1
    return 1 if p.low is not None and p.low >= ALPHA else 0
