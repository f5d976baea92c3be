"""values: does the key of a value, or the polarity of a metric, agree with the words around it?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.lexicon import HIGHER_IS_BETTER, LOWER_IS_BETTER, UNIT_OF_TIME
from auditor.names import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.extraction import Metric
    from auditor.passage import Passage


def polarity_doubt(metric: Metric) -> str | None:
    """Whether the metric's name, or the ground that was given, says the opposite of the polarity that was read."""
    said = _IS_BETTER.search(metric.ground)
    if said is not None and metric.better == ("lower" if said.lastgroup == "higher" else "higher"):
        return f"the ground is {said[0]!r}, the reading says {metric.better}"
    lower, higher = LOWER_IS_BETTER.written(metric.name), HIGHER_IS_BETTER.written(metric.name)
    if lower is None and higher is None and metric.unit is not None:
        lower = metric.unit if UNIT_OF_TIME.fullmatch(metric.unit) else None
    if lower is not None and higher is None and metric.better == "higher":
        return f"a lower {lower} is usually better, the reading says higher"
    if higher is not None and lower is None and metric.better == "lower":
        return f"a higher {higher} is usually better, the reading says lower"
    return None


_IS_BETTER = re.compile(
    r"\b(?:(?P<higher>(?:higher|more|larger|greater|bigger) is better)|(?P<lower>(?:lower|less|fewer|smaller) is better))\b",
    re.IGNORECASE,
)


def value_doubt(
    subject: str | None, levels: Sequence[tuple[str, str]], passage: Passage, taken: frozenset[str] = frozenset()
) -> str | None:
    """Whether the words around a value name others than its subject or level, and not it.

    They are asked from near to far: the quote, what stands before it in its sentence, the rest of the sentence, what
    stands before it in its line, the headings. What comes later in a line speaks of other things; names that are taken
    are there for another value.
    """
    span = passage.span
    sentence, line, *headings = passage.rings
    before = Span(min(sentence.start, span.start), span.start)
    earlier = Span(min(line.start, span.start), span.start)
    rings = [span, before, sentence, earlier]
    if subject is not None and passage.subjects.names_anywhere(subject):
        named = next((found for ring in rings if (found := passage.subjects.named_within(ring) - taken)), {subject})
        if subject not in named and subject not in passage.subjects.named_within(sentence):
            return f"the passage speaks of {listed(named)}, not of {subject}"
    for dimension, level in levels:
        index = passage.levels.get(dimension)
        if index is None or not index.names_anywhere(level):
            continue
        named = next((found for ring in (*rings, *headings) if (found := index.named_within(ring) - taken)), {level})
        if level not in named and level not in index.named_within(sentence):
            return f"the passage speaks of {listed(named)}, not of {level}"
    return None
