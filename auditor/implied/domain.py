"""domain: a share, an accuracy or a probability lies between 0 and 100 %."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.exact.expression import Compare, Relation, Stated
from auditor.exact.interval import Interval
from auditor.facts.tidy import PERCENT
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import given
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "Shares, accuracies and probabilities lie between 0 and 100 % (or 0 and 1)."

_SHARE = Phrase(
    r"\b(?:accurac(?:y|ies)|probabilit(?:y|ies)|proportions?|precision|recall|f1"
    r"|(?:success|pass|failure|win|hit) rate)\b"
)
_NO_SHARE = Phrase(
    r"\b(?:chang\w*|gains?|differences?|delta|improve\w*|drops?|increase\w*|decrease\w*|relative|normali[sz]ed|retention"
    r"|ratio|growth|loss|log|change|per|times|by|baseline|of the (?:original|teacher|full))\b|δ"  # the Greek letter is in lower case like the text
)
_WHOLE = Stated(Interval(Fraction(0), Fraction(100), True, True), "0 to 100 %")


def judged(reading: Reading) -> Iterator[Judgement]:
    """Values outside of what they can be; without a unit, 87.3 may be a percentage, 104 and −3 may not."""
    facts = reading.facts
    for metric in facts.metrics.values():
        name = facts.canonical(metric.name)
        unit = facts.units.get(name)
        if _SHARE.search(metric.name) is None or _NO_SHARE.search(metric.name) is not None:
            continue
        if name in facts.counted or (unit is not None and unit.name != PERCENT):
            continue
        for row in facts.of_metric(name):
            span = row.mentions[0].quote
            sentence = reading.document.text[slice(*reading.document.sentence_around(span))]
            if _WHOLE.interval.meets(row.loosely) or _NO_SHARE.search(sentence) is not None:
                continue
            formula = Compare(given(facts, row), Relation.AGREES, _WHOLE)
            yield judge_formula(reading, "domain", formula, span, Severity.PRESENTATION, about="this value")
