"""opposites: what the shares of two sides can be: "60 % in favor, 51 % opposed", or "67 % of all, 37 % of men, 48 % of women".

The words are a closed list; whatever is not on it is no side of anything.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.expression import Aggregate, All, Compare, Noted, Over, Relation, Stated
from auditor.exact.interval import exactly
from auditor.exact.numeral import show
from auditor.facts import PERCENT
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.operand import given
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.exact.expression import Formula
    from auditor.facts import Facts
    from auditor.grounded import Reading
    from auditor.judgement import Judgement
    from auditor.row import Row

_PAIRS = (
    (
        r"favou?r\w*|support\w*|approv\w*|agree\w*|for|yes|pro",
        r"oppos\w*|disapprov\w*|disagree\w*|against|no|con|contra",
    ),
    (r"satisfied|happy|favou?rable|positive", r"dissatisfied|unhappy|unfavou?rable|negative"),
)
"""Words for the two sides of one question, as whole names of what a share is given for, or the last word of one."""
_SIDES = tuple(tuple(Phrase(rf"(?:.*\W)?(?:{side})(?: it| of it)?") for side in pair) for pair in _PAIRS)
_WHOLE = Stated(exactly(Fraction(100)), "100 %")


def opposites(reading: Reading) -> Iterator[Judgement]:
    """The shares of the two sides of one question, where everything else about them is the same."""
    facts = reading.facts
    groups: dict[tuple[object, ...], list[tuple[int, int, Row]]] = defaultdict(list)
    for name, rest, row in _percentages(facts):
        side = _side(name)
        if side is not None and not _is_a_setting(name, row.key.metric):
            groups[(*rest, side[0])].append((*side, row))
    for sides in groups.values():
        one, other = ([row for _, side, row in sides if side == each] for each in (0, 1))
        if len(one) != 1 or len(other) != 1:
            continue
        total = Over(Aggregate.SUM, (given(facts, one[0]), given(facts, other[0])))
        span = max(row.mentions[0].quote for row in (one[0], other[0]))
        formula = Compare(total, Relation.NOT_ABOVE, _WHOLE)
        yield judge_formula(reading, "exclusive", formula, span, Severity.MAGNITUDE, about="these shares")


# -- a whole and its halves -------------------------------------------------------------------------------------

_HALVES = (
    (Phrase(r"m[ae]n|males?|boys"), Phrase(r"wom[ae]n|females?|girls"), Fraction(0)),
    (Phrase(r"urban|cities"), Phrase(r"rural"), Fraction(0)),
    (Phrase(r"republicans?\b.*|reps?\b.*|gop"), Phrase(r"democrat(?:ic)?s?\b.*|dems?\b.*"), Fraction(1, 5)),
)
"""Two groups that make up a whole between them, and how much of it may belong to neither."""
_OF_ALL = Phrase(r"total|overall|all(?: \w+)?|everyone|(?:u\.?s\.? )?adults|(?:general )?public")


def mixtures(reading: Reading) -> Iterator[Judgement]:
    """A share of all against those of two groups that make up the whole: it lies between them."""
    facts = reading.facts
    groups: dict[tuple[object, ...], list[tuple[str, Row]]] = defaultdict(list)
    for name, rest, row in _percentages(facts):
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


# -- names of sides ----------------------------------------------------------------------------------------------


def _percentages(facts: Facts) -> Iterator[tuple[str, tuple[object, ...], Row]]:
    """Each name in the key of a percentage, which may be one side, with the rest of the key."""
    for row in facts.rows.values():
        unit = facts.units.get(row.key.metric)
        if (unit is not None and unit.name == PERCENT) or "%" in row.mentions[0].quantity.written:
            yield from ((name.strip(), rest, row) for name, rest in _named(row))


def _named(row: Row) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each name in a value's key, with the rest of the key."""
    metric, subject, levels, place = row.key
    yield metric, ("metric", subject, levels, place)
    if subject is not None:
        yield subject, ("subject", metric, levels, place)
    for number, (dimension, level) in enumerate(levels):
        yield level, (dimension, metric, subject, levels[:number] + levels[number + 1 :], place)


_FLAG = Phrase(r"(?:.*\W)?(?:yes|no|for|pro|con|positive|negative)")
_ASKED = Phrase(r"share|per ?cent|respon|answer|vote|adult|people|public|opinion|poll|survey|view")


def _is_a_setting(name: str, metric: str) -> bool:
    """Whether "yes" and "no" may say what is switched on where the number was measured, not what people answered."""
    return _FLAG.fullmatch(name) is not None and name != metric and _ASKED.search(metric) is None


def _side(name: str) -> tuple[int, int] | None:
    """Which question a name is a side of, and which side."""
    for number, pair in enumerate(_SIDES):
        for side, pattern in enumerate(pair):
            if pattern.fullmatch(name) is not None:
                return number, side
    return None
