"""A quote stands in its document letter for letter or it does not; a number stands in its quote or it does not.

Where a quote is expected stands between ⟦ and ⟧; a text without these marks does not have it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.document import Document, Span
from auditor.exact.numeral import show
from auditor.grounded import Reading
from auditor.grounding import Grounder, Numbers
from auditor.partial import salvage
from tests.cases import reading

QUOTES = [
    ("exactly", "Ada has ⟦0.71 points⟧ now.", "0.71 points"),
    ("the whole text", "⟦Ada has 0.71.⟧", "Ada has 0.71."),
    ("one word", "⟦Ada⟧ has 0.71.", "Ada"),
    ("another case", "Ada has 0.71.", "ada has 0.71"),
    ("one letter altered", "Ada has 0.71.", "Ade has 0.71"),
    ("one digit altered", "Ada has 0.71.", "Ada has 0.72"),
    ("two digits exchanged", "Ada has 0.71.", "Ada has 0.17"),
    ("a word left out", "Ada now has 0.71.", "Ada has 0.71"),
    ("joined from pieces", "Ada has 0.71. Bo has 0.48.", "Ada has 0.71 Bo has 0.48"),
    ("nothing", "Ada has 0.71.", ""),
    ("white space alone", "Ada has 0.71.", "  \n "),
    # white space
    ("wrapped in the document", "Ada has ⟦0.71\n  points⟧ now.", "0.71 points"),
    ("wrapped in the quote", "Ada has ⟦0.71 points⟧ now.", "0.71\npoints"),
    ("white space around it", "Ada has ⟦0.71 points⟧ now.", "  0.71 points \n"),
    ("a tab in the document", "Ada\t⟦0.71\tpoints⟧", "0.71 points"),
    ("a no-break space in the document", "Ada has ⟦0.71\u00a0points⟧ now.", "0.71 points"),
    ("a no-break space in the quote", "Ada has ⟦0.71 points⟧ now.", "0.71\u00a0points"),
    ("a space where the document has none", "Ada has 35% now.", "35 %"),
    ("no space where the document has one", "Ada has 35 % now.", "35%"),
    # inside of words and numbers
    ("the start of a word", "Adamant has 0.71.", "Ada"),
    ("the end of a word", "Canada has 0.71.", "ada"),
    ("the start of a number", "Ada has 0.718.", "Ada has 0.71"),
    ("the end of a number", "Ada has 10.71.", "0.71"),
    ("the whole part of a number", "Ada has 10.71.", "Ada has 10"),
    ("the decimals of a number", "Ada has 10.71 points.", "71 points"),
    ("the point and the decimals of a number", "Ada has 10.71 points.", ".71 points"),
    ("the whole part and the point", "Ada has 10.71 points.", "Ada has 10."),
    ("a group of a number", "Ada has 1,200 points.", "200 points"),
    ("a number at the end of a sentence", "⟦Ada has 0.71⟧. Bo has 0.48.", "Ada has 0.71"),
    ("a number before a comma", "⟦Ada has 0.71⟧, Bo has 0.48.", "Ada has 0.71"),
    ("a word before an apostrophe", "⟦Ada⟧'s score is 0.71.", "Ada"),
    ("a whole word after the same letters in another", "Adamant is a word; ⟦Ada⟧ has 0.71.", "Ada"),
    # markup
    ("bold", "**Ada** has ⟦**0.71** points⟧.", "**0.71** points"),
    ("bold left out of the quote", "Ada has **0.71** points.", "0.71 points"),
    ("inside of bold", "Ada has **⟦0.71⟧** points.", "0.71"),
    ("a table row", "| a | b |\n⟦| Ada | 0.71 |⟧\n", "| Ada | 0.71 |"),
    ("a formula", "Ada has ⟦$0.71 \\pm 0.02$⟧.", "$0.71 \\pm 0.02$"),
    ("characters that mean something in patterns", "Ada has ⟦(0.71) [x+y]*⟧.", "(0.71) [x+y]*"),
    ("a point is no joker", "Ada has 0x71.", "0.71"),
    # beyond ASCII
    ("accents", "⟦Zoë a 0,71 point⟧.", "Zoë a 0,71 point"),
    ("an accent left out", "Zoë has 0.71.", "Zoe has 0.71"),
    ("an accent that is a character of its own", "Zoe\u0308 has 0.71.", "Zoe"),
    ("an accent written in another way", "Zoe\u0308 has 0.71.", "Zoë has 0.71"),
    ("a curly quotation mark", "The ⟦“best” one⟧ has 0.71.", "“best” one"),
    ("a straight quotation mark for a curly one", "The “best” one has 0.71.", '"best" one'),
    ("a minus sign", "Ada has ⟦−0.12⟧.", "−0.12"),
    ("a hyphen for a minus sign", "Ada has −0.12.", "-0.12"),
    ("a dash", "Steps ⟦40–60⟧ count.", "40–60"),
    ("beyond the basic plane", "Ada 🚀 has ⟦0.71 🚀 points⟧.", "0.71 🚀 points"),
    ("another script", "⟦模型⟧ has 0.71.", "模型"),
    ("full-width digits", "Ada has ０.７１.", "0.71"),
]


def _unmarked(marked: str) -> tuple[str, Span | None]:
    """The text without its marks, and the place that they mark."""
    text = marked.replace("⟦", "").replace("⟧", "")
    start, end = marked.find("⟦"), marked.find("⟧") - 1
    return text, None if start < 0 else Span(start, end)


@pytest.mark.parametrize(("marked", "quote"), [pytest.param(text, quote, id=why) for why, text, quote in QUOTES])
def test_a_quote_is_found_where_it_stands_letter_for_letter(marked: str, quote: str) -> None:
    text, place = _unmarked(marked)
    assert Grounder(Document("case.txt", text)).locate(quote, lambda: lambda _: 0) == place


REPEATS: list[tuple[str, str, list[list[str]]]] = [
    ("in order", "⟦Wins: 3⟧. Wins: 3. Wins: 3.", []),
    ("the second time the second one", "Wins: 3. ⟦Wins: 3⟧. Wins: 3.", [[]]),
    ("the third time the third one", "Wins: 3. Wins: 3. ⟦Wins: 3⟧.", [[], []]),
    ("once more than there are", "Wins: 3. ⟦Wins: 3⟧.", [[], [], []]),
]
NAMED = [
    ("by a name in its sentence", "Ada is here with 3 wins. Bo is here with ⟦3 wins⟧.", ["Bo"], "3 wins"),
    ("by its heading", "# Ada\n\nWins: 3.\n\n# Bo\n\n⟦Wins: 3⟧.", ["Bo"], "Wins: 3"),
    ("by the other heading", "# Ada\n\n⟦Wins: 3⟧.\n\n# Bo\n\nWins: 3.", ["Ada"], "Wins: 3"),
    ("by a heading in bold", "**Ada:**\n- Wins: 3.\n\n**Bo:**\n- ⟦Wins: 3⟧.", ["Bo"], "Wins: 3"),
    ("by its line", "- Ada. Wins: 3.\n- Bo. ⟦Wins: 3⟧.", ["Bo"], "Wins: 3"),
    ("by its level", "Wet: Wins: 3.\n\nDry: ⟦Wins: 3⟧.", ["dry"], "Wins: 3"),
    (
        "by subject and level",
        "# wet\n\nAda, wins: 3. Bo, wins: 3.\n\n# dry\n\nAda, wins: 3. ⟦Bo, wins: 3⟧.",
        ["Bo", "dry"],
        "Bo, wins: 3",
    ),
    ("the nearer name counts more", "# Bo\n\nWins of Ada: 3.\n\n# Ada\n\n⟦Wins of Bo: 3⟧.", ["Bo"], "Wins of Bo: 3"),
    ("nobody named, the first one", "# Ada\n\n⟦Wins: 3⟧.\n\n# Bo\n\nWins: 3.", [], "Wins: 3"),
]


def _read(text: str) -> Reading:
    answer = reading(text, (), (), subjects={"Ada": {}, "Bo": {}}, dimensions={"weather": ["wet", "dry"]})
    return Reading(Document("case.txt", text), salvage(json.dumps(answer)))


@pytest.mark.parametrize(("marked", "earlier"), [pytest.param(text, names, id=why) for why, text, names in REPEATS])
def test_repeats_are_taken_in_turn(marked: str, earlier: list[list[str]]) -> None:
    text, place = _unmarked(marked)
    read = _read(text)
    for names in earlier:
        read.locate("Wins: 3", names)
    assert read.locate("Wins: 3", ()) == place


@pytest.mark.parametrize(
    ("marked", "names", "quote"), [pytest.param(text, names, quote, id=why) for why, text, names, quote in NAMED]
)
def test_repeats_are_told_apart_by_what_is_named_around_them(marked: str, names: list[str], quote: str) -> None:
    text, place = _unmarked(marked)
    assert _read(text).locate(quote, names) == place


NUMBERS = [
    ("alone", "Ada has ⟦0.71⟧.", "0.71", "0.71 = 0.71 ± 0.005"),
    ("inside of a longer quote", "⟦Ada has 0.71 now⟧.", "0.71", "0.71 = 0.71 ± 0.005"),
    ("another number", "⟦Ada has 0.71⟧.", "0.72", None),
    ("a number beside the quote", "⟦Ada⟧ has 0.71.", "0.71", None),
    ("the start of a longer number", "⟦Ada has 0.718⟧.", "0.71", None),
    ("the end of a longer number", "⟦Ada has 10.71⟧.", "0.71", None),
    ("a group of a longer number", "⟦Ada has 1,200⟧.", "200", None),
    ("a group of a longer number with spaces", "⟦Ada has 1 200⟧.", "200", None),
    ("the whole of a number with groups", "⟦Ada has 1,200⟧.", "1,200", "1,200 = 1200 ± 0.5"),
    ("groups that the document does not write", "⟦Ada has 1,200⟧.", "1200", None),
    ("the exponent of a number", "⟦Ada has 1e-4⟧.", "4", None),
    ("part of a name", "⟦GPT-4 has 0.71⟧.", "4", None),
    ("part of a name after the number itself", "⟦4 wins for GPT-4⟧.", "4", "4 = 4"),
    ("the number itself after part of a name", "⟦GPT-4 has 4 wins⟧.", "4", "4 = 4"),
    ("at the end of a sentence", "⟦Ada has 0.71.⟧ Bo too.", "0.71", "0.71 = 0.71 ± 0.005"),
    ("with its unit", "⟦Ada takes 41 s⟧.", "41 s", "41 s = 41 ± 0.5 in s"),
    ("without its unit, which counts all the same", "⟦Ada takes 41 s⟧.", "41", "41 s = 41 ± 0.5 in s"),
    ("the unit stands beside the quote", "Ada takes ⟦41⟧ s.", "41", "41 s = 41 ± 0.5 in s"),
    ("a percentage without its sign", "⟦Ada wins 35 %⟧.", "35", "35 % = 35 ± 0.5 in %"),
    ("the hedge stands beside the quote", "Ada has about ⟦0.71⟧.", "0.71", "about 0.71 = 0.71 ± 0.005"),
    ("the hedge stands in the quote", "⟦Ada has about 0.71⟧.", "0.71", "about 0.71 = 0.71 ± 0.005"),
    ("a sign as a hedge", "⟦Ada has ~0.71⟧.", "~0.71", "about 0.71 = 0.71 ± 0.005"),
    ("a sign as a hedge, left out", "⟦Ada has ~0.71⟧.", "0.71", "about 0.71 = 0.71 ± 0.005"),
    ("a minus sign left out counts all the same", "⟦Ada has −0.12⟧.", "0.12", "−0.12 = -0.12 ± 0.005"),
    ("a count", "⟦Ada won 7 medals⟧.", "7 medals", "7 = 7"),
    ("a number word", "⟦Ada won three medals⟧.", "three", "three = 3"),
    ("a fraction in words", "⟦Ada won a third of them⟧.", "a third", "a third = 0.3333"),
    ("digits for a number word", "⟦Ada won three medals⟧.", "3", None),
    ("wrapped", "⟦Ada has 1.2\nmillion⟧.", "1.2 million", "1.2 million = 1200000 ± 50,000"),
    ("the second of two, by what is written", "⟦Ada has 0.71 and 0.48⟧.", "0.48", "0.48 = 0.48 ± 0.005"),
    ("no number", "⟦Ada has 0.71⟧.", "Ada", None),
    ("nothing", "⟦Ada has 0.71⟧.", "", None),
    ("two numbers", "⟦Ada has 0.71 and 0.48⟧.", "0.71 and 0.48", None),
    ("a range", "⟦Ada takes 2–3 s⟧.", "2–3 s", "2–3 s = 2.5 ± 0.5 in s"),
    ("a range that falls", "⟦Ada goes from 0.7 to 0.4⟧.", "0.7 to 0.4", None),
    ("a share as two counts", "⟦Nine out of ten are lost⟧.", "Nine out of ten", "Nine out of ten = 0.9"),
    ("one of two counts", "⟦NES 2.35, 74/200⟧.", "74", "74 = 74"),
    ("the other of two counts", "⟦NES 2.35, 74/200⟧.", "200", "200 = 200"),
    ("a digit of one of two counts", "⟦NES 2.35, 74/200⟧.", "20", None),
    ("more of them than there are", "⟦ten out of nine are lost⟧.", "ten out of nine", None),
    ("a value with its deviation", "⟦Ada has 27.3 ± 0.9⟧.", "27.3 ± 0.9", "27.3 = 27.3 ± 0.05"),
]


@pytest.mark.parametrize(
    ("marked", "written", "expected"),
    [pytest.param(text, written, found, id=why) for why, text, written, found in NUMBERS],
)
def test_a_number_is_found_where_it_stands_in_the_quote(marked: str, written: str, expected: str | None) -> None:
    text, quote = _unmarked(marked)
    assert quote is not None
    found = Numbers(Document("case.txt", text)).find(quote, written)
    assert _shown(found) == expected


def _shown(found: Any) -> str | None:  # noqa: ANN401  (a quantity with its place, or nothing)
    if found is None:
        return None
    quantity = found[0]
    hedge = "" if quantity.hedge is None else f"{quantity.hedge.name} "
    step = "" if quantity.step is None else f" ± {show(quantity.step / 2)}"
    unit = "" if quantity.unit is None else f" in {quantity.unit.name}"
    point = str(quantity.point) if quantity.point.denominator == 1 else show(quantity.point)
    return f"{hedge}{' '.join(quantity.written.split())} = {point}{step}{unit}"


def test_a_number_is_found_where_it_stands_and_not_where_the_quote_does() -> None:
    text = "Ada takes about 41 s."
    found = Numbers(Document("case.txt", text)).find(Span(0, len(text)), "41")
    assert found is not None
    assert text[slice(*found[1])] == "41 s"
