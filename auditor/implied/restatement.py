"""restatement: two mentions of one value agree, roundings and hedges allowed for."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from auditor.exact.expression import Compare, Relation, Settled, Stated, unknown
from auditor.exact.verdict import SUPPORTED, Reason
from auditor.facts.tidy import PERCENT
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lookup.operand import claimed, given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.exact.expression import Formula
    from auditor.facts.row import Mention, Row
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "Two mentions of one value can both be true, roundings and hedges allowed for."

_HUNDRED = Fraction(100)


def judged(reading: Reading) -> Iterator[Judgement]:
    """Each later mention of a value against those before it."""
    for row in reading.facts.rows.values():
        earlier = [row.mentions[0]]
        for mention in row.mentions[1:]:
            if any(mention.span == other.span for other in earlier):
                continue
            rival = next((other for other in earlier if _exclude(other, mention)), earlier[0])
            formula = _agreement(reading, row, rival, mention)
            earlier.append(mention)
            yield judge_formula(reading, "restatement", formula, mention.quote, Severity.MAGNITUDE, about="this value")


def _exclude(one: Mention, other: Mention) -> bool:
    return one.claimed.intersection(other.claimed) is None


def _agreement(reading: Reading, row: Row, first: Mention, other: Mention) -> Formula:
    leaf = given(reading.facts, replace(row, mentions=(first,)))
    if not _exclude(first, other) and first.interval.intersection(other.interval) is None:
        return Settled(SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, hedges allowed for")
    if _exclude(first, other):
        if row.key.metric in {reading.facts.canonical(name) for name in reading.unitless}:
            return unknown(Reason.READING_IN_DOUBT, f"the unit of {row.key.metric} is not known")
        together = reading.document.sentence_around(first.span) == reading.document.sentence_around(other.span)
        if together:
            return unknown(Reason.READING_IN_DOUBT, "two numbers for one thing in one sentence: more likely two things")
        if first.quantity.point == other.quantity.point and first.interval.meets(other.interval):
            return unknown(
                Reason.TIE_AT_PRECISION, f"{leaf.label} {leaf.written} is where {other.quantity.written} begins"
            )
        if _is_rounded(first, other) or _is_rounded(other, first):
            return Settled(
                SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, one of them rounded"
            )
        if _is_in_words(first, other) or _is_in_words(other, first):
            return Settled(
                SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, one of them in words"
            )
        if _is_percent_of(first, other) or _is_percent_of(other, first):
            return Settled(
                SUPPORTED, f"{leaf.label} {leaf.written} and {other.quantity.written} agree, as parts of one"
            )
    hedge = other.quantity.hedge or first.quantity.hedge
    note = "" if hedge is None else hedge.sentence
    return Compare(leaf, Relation.EQUAL, Stated(other.claimed, other.quantity.written, note, other.interval))


def _is_rounded(whole: Mention, other: Mention) -> bool:
    """Whether the one is the other rounded: 1485 and 1484.77; 52,900 and 52,894, by a fiftieth at the most."""
    one = whole.quantity
    digits = _NO_DIGIT.sub("", one.written)
    low, high = other.interval.low, other.interval.high
    if not one.point or str(abs(one.point)) != digits or low is None or high is None:
        return False
    unit = whole.interval.middle / one.point  # what the metric counts in may be another one
    off = abs(whole.interval.middle - other.interval.middle)
    if high - low < unit and low != high and 2 * off <= unit:
        return True
    place = unit * 10 ** (len(digits) - len(digits.rstrip("0")))
    is_count = one.step is None and abs(one.point) < _MANY
    return high - low < place and 2 * off <= place and _FIFTY * off <= abs(other.interval.middle) and not is_count


_NO_DIGIT = re.compile(r"[^0-9]")
_FIFTY = 50
_MANY = 1000
"""A count of fewer things is not rounded."""


def _is_in_words(worded: Mention, other: Mention) -> bool:
    """Whether the one is the other in words, which mean it less strictly: 30.05 s and half a minute."""
    quantity = worded.quantity
    if not quantity.point or not quantity.is_worded:
        return False
    meant = claimed(replace(quantity, hedge=None)).interval.scaled(worded.interval.middle / quantity.point)
    return meant.intersection(other.claimed) is not None


def _is_percent_of(percentage: Mention, part: Mention) -> bool:
    """Whether the one is the other in percent: 61 % and 0.61."""
    units = percentage.quantity.unit, part.quantity.unit
    is_percent = units[0] is not None and units[0].name == PERCENT and units[1] is None
    return is_percent and percentage.claimed.intersection(part.claimed.scaled(_HUNDRED)) is not None
