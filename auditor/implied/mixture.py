"""mixture: a share of all lies between those of the two groups that make up the whole: "67 % of all, 37 % of men, 48 % of women".

The words are a closed list; whatever is not on it is no group of anything.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.expression import All, Compare, Noted, Relation
from auditor.exact.numeral import show
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import given
from auditor.percentages import percentages
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.exact.expression import Formula
    from auditor.facts.row import Row
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "A share of all lies between the shares of the two groups that make up the whole, such as men and women."

_HALVES = (
    (Phrase(r"m[ae]n|males?|boys"), Phrase(r"wom[ae]n|females?|girls"), Fraction(0)),
    (Phrase(r"urban|cities"), Phrase(r"rural"), Fraction(0)),
    (Phrase(r"republicans?\b.*|reps?\b.*|gop"), Phrase(r"democrat(?:ic)?s?\b.*|dems?\b.*"), Fraction(1, 5)),
)
"""Two groups that make up a whole between them, and how much of it may belong to neither."""
_OF_ALL = Phrase(r"total|overall|all(?: \w+)?|everyone|(?:u\.?s\.? )?adults|(?:general )?public")


def judged(reading: Reading) -> Iterator[Judgement]:
    """A share of all against those of two groups that make up the whole: it lies between them."""
    facts = reading.facts
    groups: dict[tuple[object, ...], list[tuple[str, Row]]] = defaultdict(list)
    for name, rest, row in percentages(facts):
        groups[rest].append((name, row))
    for named in groups.values():
        wholes = [row for name, row in named if _OF_ALL.fullmatch(name)]
        if len(wholes) != 1:
            continue
        for one, other, neither in _HALVES:
            halves = [[row for name, row in named if side.fullmatch(name)] for side in (one, other)]
            if any(len(half) != 1 for half in halves):
                continue
            low, high = sorted((half[0] for half in halves), key=lambda row: row.interval.middle)
            if _may_be_the_rest(wholes[0].interval.middle, low.interval.middle, high.interval.middle, neither):
                continue
            whole = given(facts, wholes[0])
            formula: Formula = All(
                (
                    Compare(whole, Relation.NOT_BELOW, given(facts, low)),
                    Compare(whole, Relation.NOT_ABOVE, given(facts, high)),
                )
            )
            if neither:
                formula = Noted(formula, f"even if {show(neither * 100)} % belong to neither", "contradicted")
            span = max(row.mentions[0].quote for row in (wholes[0], low, high))
            yield judge_formula(reading, "mixture", formula, span, Severity.MAGNITUDE, about="these shares")


def _may_be_the_rest(whole: Fraction, low: Fraction, high: Fraction, neither: Fraction) -> bool:
    """Whether a whole lies outside of its halves, but no further than those who belong to neither can move it."""
    return low * (1 - neither) <= whole < low or high < whole <= high + neither * (100 - high)
