"""nested_range: a range that is stated for a part lies inside the one that is stated for all: "2.5 to 3 at 18", "2.8 to 10 everywhere".

Such a range says what its ends are, so they stand for values that nobody states by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.claim import THROUGHOUT
from auditor.exact.expression import Settled, Witness
from auditor.exact.numeral import parse_range
from auditor.exact.verdict import CONTRADICTED, SUPPORTED
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.lexicon import UNIVERSAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.claim import Selector
    from auditor.document import Span
    from auditor.exact.interval import Interval
    from auditor.grounded import PlacedClaim, Reading
    from auditor.judgement import Judgement

MEANING = "A range that is stated for a part lies inside the range that is stated for all."


class _Stretch(Struct, frozen=True):
    """A stated range."""

    number: int
    """The claim that states it, by its place in the reading."""
    of: Selector
    span: Span
    written: str
    low: Interval
    high: Interval


def judged(reading: Reading) -> Iterator[Judgement]:
    """Each range of a part against each range of the whole that it is a part of."""
    stretches = [
        stretch for number, placed in enumerate(reading.claims) if (stretch := _stretch(reading, number, placed))
    ]
    for whole in stretches:
        sentence = " ".join(reading.document.text[slice(*reading.document.sentence_around(whole.span))].split())
        if whole.of.at not in (None, THROUGHOUT) or UNIVERSAL.search(sentence) is None:
            continue
        for part in stretches:
            if part is whole or not _is_part(reading, part.of, whole.of) or part.span.overlaps(whole.span):
                continue
            outside = whole.low.is_above(part.low) or part.high.is_above(whole.high)
            text = f"{part.written} {'reaches beyond' if outside else 'lies inside'} {whole.written}"
            witness = Witness("stated for a part", part.written, part.number)
            formula = Settled(CONTRADICTED if outside else SUPPORTED, text, (witness,))
            yield judge_formula(reading, "nested-range", formula, whole.span, Severity.MAGNITUDE, about="these ranges")


def _stretch(reading: Reading, number: int, placed: PlacedClaim) -> _Stretch | None:
    """The range that a claim states, with its ends parsed where they stand; None where it states none."""
    claim, span = placed.claim, placed.span
    of, bound = claim.slot("of"), claim.slot("bound")
    if span is None or not isinstance(bound, str) or (ends := parse_range(bound)) is None:
        return None
    if claim.slot("relation", "") not in ("between", "spans"):
        return None
    found = [reading.numbers.find(span, end.written) for end in ends]
    if of is None or found[0] is None or found[1] is None or reading.names.metrics.meaning(of.metric or "") is None:
        return None
    unit = found[1][0].unit
    if found[0][0].unit not in (None, unit) or found[0][0].point >= found[1][0].point:
        return None
    low, high = (quantity.claimed for quantity, _ in (found[0], found[1]))
    return _Stretch(number, of, span, bound, low, high)


def _is_part(reading: Reading, part: Selector, whole: Selector) -> bool:
    """Whether the one selects some of what the other selects, and less of it."""
    names = reading.names
    if names.metrics.meaning(part.metric or "") != names.metrics.meaning(whole.metric or ""):
        return False
    keys = [
        (
            {names.subjects.meaning(name) for name in each.subjects},
            {level for n in each.levels for level in names.level(n)},
        )
        for each in (part, whole)
    ]
    (subjects, levels), (all_subjects, all_levels) = keys
    is_within = (not all_subjects or (bool(subjects) and subjects <= all_subjects)) and all_levels <= levels
    is_less = part.at not in (None, THROUGHOUT) or (subjects, levels) != (all_subjects, all_levels)
    return is_within and is_less
