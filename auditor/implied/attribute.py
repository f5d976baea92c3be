"""attribute: a thing has one colour, marker or line style, wherever one is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.exact.expression import Settled
from auditor.exact.look import compared
from auditor.guards.values import value_doubt
from auditor.judgement import Severity
from auditor.judging import judge_formula
from auditor.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.document import Span
    from auditor.extraction import Subject
    from auditor.grounded import Reading
    from auditor.judgement import Judgement

MEANING = "A thing has the same colour, marker or line style wherever one is stated."


def judged(reading: Reading) -> Iterator[Judgement]:
    """Each later wording of a look against the first one."""
    for subject in reading.extraction.subjects:
        first: dict[str, tuple[str, Span]] = {}
        for name, value, span in _looks(reading, subject):
            if name not in first:
                first[name] = value, span
                continue
            earlier, place = first[name]
            if place == span or _are_of_two_panels(reading, place, span):
                continue
            formula = Settled(compared(name, earlier, value), f"{name} of {subject.name}: {earlier} and {value}")
            yield judge_formula(reading, "attribute", formula, span, Severity.PRESENTATION, about=f"the {name}")


def _looks(reading: Reading, subject: Subject) -> Iterator[tuple[str, str, Span]]:
    """The looks of a subject that the document gives it, in its own words, in order."""
    found = []
    for attribute in subject.attributes:
        span = reading.locate(attribute.quote, [subject.name])
        value = folded(attribute.value)
        if span is None or value not in folded(reading.document.text[slice(*span)]):
            continue
        if value_doubt(subject.name, (), reading.passage(span)) is None:
            name = folded(attribute.name).replace("color", "colour")
            found.append((span, name, value))
    yield from ((name, value, span) for span, name, value in sorted(found))


def _are_of_two_panels(reading: Reading, one: Span, other: Span) -> bool:
    """Whether the passages stand under headings, or in sentences, that name different levels of one dimension."""
    for index in reading.level_index.values():
        named = [
            {place.name for ring in (span, *reading.surroundings.rings(span)) for place in index.within(ring)}
            for span in (one, other)
        ]
        if named[0] and named[1] and not named[0] & named[1]:
            return True
    return False
