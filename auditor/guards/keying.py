"""keying: do the words beside a number agree with the point and the subject that it is entered under?

A number entered under the wrong key is a true quote in a false place, which no check of
quotes can notice; the words right beside it often can.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.document import Span
from auditor.facts.position import END, PEAK, START, TROUGH, position_of
from auditor.guards.siblings import taken
from auditor.guards.values import value_doubt
from auditor.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.numeral import Numeral
    from auditor.facts.position import Point
    from auditor.guards.siblings import Sibling
    from auditor.names import Named, Names
    from auditor.passage import Passage

_POINT_WORDS = phrase(
    rf"\b(?:(?P<{START}>start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|initial(?:ly)?)"
    rf"|(?P<{END}>end(?:s|ed|ing)?|finish(?:es|ed)?|final(?:ly)?)"
    rf"|(?P<{PEAK}>peak(?:s|ed|ing)?)|(?P<{TROUGH}>trough(?:s|ed)?|bottom(?:s|ed) out))\b"
)
_POSITION = phrase(
    r"\b(?:by|at|around|until|in|after) (?:training |about |around )?"
    r"(?:step|epoch|iteration|year|round|week|layer) ~?(\d[\d,]*)"
)
_LABEL = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])?[ \t]*(?:\*\*[^*\n]{1,80}\*\*:?|[^:.\n]{1,60}:)(?=\s)")


def key_doubt(  # noqa: PLR0913, PLR0917  (a value, and what stands around it)
    own: Sibling,
    point: Point,
    others: Sequence[Sibling],
    numerals: Sequence[Numeral],
    passage: Passage,
    names: Names,
) -> str | None:
    """What in the words around a number speaks against the key that it was read with; `others` are those of its sentence."""
    subject, levels = own.key.subject, own.key.levels
    doubt = value_doubt(subject, levels, passage)
    if doubt is not None:
        alike = [other for other in others if other.key.metric == own.key.metric]
        doubt = value_doubt(subject, levels, passage, taken(own, alike, passage, names))
    return doubt or place_doubt(subject, point, own.span, passage) or turn_doubt(own, numerals, passage)


def place_doubt(subject: str | None, point: Point, number: Span, passage: Passage) -> str | None:
    """What in the words beside a number speaks against its point or its subject; None where nothing does."""
    return _point_doubt(point, passage.quote) or _label_doubt(subject, number, passage)


def turn_doubt(own: Sibling, numerals: Sequence[Numeral], passage: Passage) -> str | None:
    """In "Ada took 41 s and Bo 52 s", names and numbers take turns, so that each number has its name."""
    for index, name in (
        (passage.subjects, own.key.subject),
        *((passage.levels.get(dimension), level) for dimension, level in own.key.levels),
    ):
        owner = None if index is None or name is None else _in_turn(index.within(passage.sentence), own.span, numerals)
        if owner is not None and owner != name:
            return f"the number stands beside {owner}, the reading says {name}"
    return None


def _in_turn(names: Sequence[Named], number: Span, numerals: Sequence[Numeral]) -> str | None:
    """The name that a number goes with where names and numbers take turns in a sentence; None where they do not."""
    if len(names) < 2:  # noqa: PLR2004  (one has no turns)
        return None
    numbers = [Span(numeral.start, numeral.end) for numeral in numerals if numeral.quantity is not None]
    inside = [span for span in numbers if not any(named.span.overlaps(span) for named in names)]
    if len(inside) != len(names) or number not in inside:
        return None
    names_first = names[0].span < inside[0]
    pairs = list(zip(names, inside, strict=True))
    order = [span for named, span in pairs for span in ((named.span, span) if names_first else (span, named.span))]
    return names[inside.index(number)].name if order == sorted(order) else None


def _point_doubt(point: Point, quote: str) -> str | None:
    """The quote names points or positions, and none of them is the one that was read."""
    if point.name in (START, END, PEAK, TROUGH):
        named = {match.lastgroup: quote[slice(*match.span())] for match in _POINT_WORDS.finditer(quote)}
        if named and point.name not in named:
            return f"the passage says {', '.join(named.values())!r}, the reading {point.name}"
    if point.position is not None:
        positions = {match[1]: position_of(match[1]) for match in _POSITION.finditer(quote)}
        if positions and point.position not in positions.values():
            return f"the passage speaks of {', '.join(positions)}, the reading of {point.shown}"
    return None


def _label_doubt(subject: str | None, number: Span, passage: Passage) -> str | None:
    """The line opens with the name of one subject, as "**Ada**: starts at 0.1", and it is another one."""
    text, line = passage.document.text, passage.document.line_span(number.start)
    label = _LABEL.match(text, line.start, line.end)
    if subject is None or label is None or label.end() > number.start:
        return None
    named = {place.name for place in passage.subjects.within(Span(*label.span()))}
    since = {place.name for place in passage.subjects.within(Span(label.end(), number.start))}
    if len(named) != 1 or subject in named | since:  # "Ada: 0.3 at 10. Bo: 0.4 at 10." speaks of both in turn
        return None
    return f"the line speaks of {named.pop()}, the reading of {subject}"
