from __future__ import annotations

import pytest

from auditor.document import Document, Span
from auditor.exact.verdict import CONTRADICTED
from auditor.fingerprint import fingerprints
from auditor.judgement import Judgement

_TEXT = "# Speed\n\nAda took 3 s and B took 4 s. B is faster\nthan Ada. All is well.\n"
_QUOTE = "B is faster\nthan Ada"

# What may happen to a text, and whether the finding is still the same one.
CHANGES: dict[str, tuple[str, bool]] = {
    "nothing": (_TEXT, True),
    "lines before it": (f"New.\n\nMore of it.\n\n{_TEXT}", True),
    "lines after it": (f"{_TEXT}\nMore.\n", True),
    "another heading": (_TEXT.replace("# Speed", "## How fast"), True),
    "other values": (_TEXT.replace("3 s", "2 s"), True),
    "another sentence beside it": (_TEXT.replace("All is well.", "All is bad."), True),
    "wrapped elsewhere": (_TEXT.replace("faster\nthan", "faster than"), True),
    "a word of its sentence": (_TEXT.replace("than Ada.", "than Ada, on the whole."), False),
    "another quote": (_TEXT.replace("faster", "slower"), False),
}


def _found(text: str, *quotes: str, kind: str = "comparison") -> list[str]:
    document = Document("a.md", text)
    judgements, after = [], 0
    for quote in quotes:
        start = text.index(quote, after)
        judgements.append(Judgement(kind, CONTRADICTED, quote, Span(start, start + len(quote))))
        after = start + 1
    return list(fingerprints(judgements, document))


@pytest.mark.parametrize("change", CHANGES)
def test_survives_what_is_not_about_it(change: str) -> None:
    text, same = CHANGES[change]
    quote = next(each for each in (_QUOTE, _QUOTE.replace("\n", " "), "B is slower\nthan Ada") if each in text)
    assert (_found(text, quote) == _found(_TEXT, _QUOTE)) is same


def test_is_of_its_kind() -> None:
    assert _found(_TEXT, _QUOTE) != _found(_TEXT, _QUOTE, kind="ordering")


def test_alike_findings_are_told_apart_by_their_order() -> None:
    text = "B is faster.\n\nB is faster.\n"
    first, second = _found(text, "B is faster", "B is faster")
    assert first != second
    assert _found(f"New.\n\n{text}", "B is faster", "B is faster") == [first, second]


def test_a_finding_without_a_place_has_one_too() -> None:
    lost = Judgement("comparison", CONTRADICTED, "B wins", None)
    here, there = (list(fingerprints([lost], Document("a.md", text))) for text in ("One.", "Another."))
    assert here == there
    assert here != list(fingerprints([Judgement("trend", CONTRADICTED, "B wins", None)], Document("a.md", "One.")))
