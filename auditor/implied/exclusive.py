"""exclusive: the shares of two sides that exclude each other: "60 % in favor, 51 % opposed".

The words are a closed list; whatever is not on it is no side of anything.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.expression import Aggregate, Compare, Over, Relation, Stated
from auditor.exact.interval import exactly
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import given
from auditor.percentages import percentages
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.facts.row import Row
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "Shares of answers that exclude each other, such as for and against, come to at most 100 %."

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


def judged(reading: Reading) -> Iterator[Judgement]:
    """The shares of the two sides of one question, where everything else about them is the same."""
    facts = reading.facts
    groups: dict[tuple[object, ...], list[tuple[int, int, Row]]] = defaultdict(list)
    for name, rest, row in percentages(facts):
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
