"""A reading that lies: no contradiction vanishes without a trace, and none appears that is not there.

A trace is the claim still reported with a reason, its sentence still open in the coverage,
or an item in the list of what was rejected. What no code can tell from the truth is in
`UNNOTICED`, one entry a lie, with the reason.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.pipeline import audit
from auditor.report import Use
from tests.mutation import FIGURE, Read, exchanged, misread, recorded, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.document import Span
    from auditor.judgement import Judgement
    from auditor.report import Audited


@dataclass(frozen=True)
class Lie:
    """One false reading of a case."""

    name: str
    answer: dict[str, Any]


Liar = "Callable[[Read], Iterator[Lie]]"


def _each(case: Read, part: str) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Each item of a part of the reading: its place, itself in a fresh copy of the answer, and that copy."""
    for place in range(len(case.answer[part])):
        answer = case.changed()
        yield place, answer[part][place], answer


# -- lies about quotes and numbers -------------------------------------------------------------------


def altered_quotes(case: Read) -> Iterator[Lie]:
    for part in ("values", "claims"):
        for place, item, answer in _each(case, part):
            words = item["quote"].split()
            item["quote"] = " ".join([*words[:-1], "never", words[-1]])
            yield Lie(f"quote of {part} {place}", answer)


def altered_numbers(case: Read) -> Iterator[Lie]:
    for place, item, answer in _each(case, "values"):
        found = FIGURE.search(item["written"])
        if found is not None:
            digits = found[0][:-1] + ("1" if found[0][-1] != "1" else "2")
            item["written"] = item["written"][: found.start()] + digits + item["written"][found.end() :]
            yield Lie(f"number of value {place}", answer)


def altered_numbers_in_quotes_too(case: Read) -> Iterator[Lie]:
    for place, item, answer in _each(case, "values"):
        found = FIGURE.search(item["written"])
        if found is not None:
            digits = found[0][:-1] + ("1" if found[0][-1] != "1" else "2")
            item["quote"] = item["quote"].replace(found[0], digits)
            item["written"] = item["written"].replace(found[0], digits)
            yield Lie(f"number and quote of value {place}", answer)


def invented_values(case: Read) -> Iterator[Lie]:
    """A number of our own, with a quote that is real."""
    for place, item, answer in _each(case, "values"):
        answer["values"].append({**copy.deepcopy(item), "written": "731.9"})
        yield Lie(f"invented beside value {place}", answer)


def altered_sizes(case: Read) -> Iterator[Lie]:
    for place, item, answer in _each(case, "claims"):
        for field in ("size", "number", "bound", "level"):
            if isinstance(item.get(field), str):
                item[field] = "731.9"
                yield Lie(f"{field} of claim {place}", answer)


def swapped_quotes(case: Read) -> Iterator[Lie]:
    """Two values that exchange their quotes and numbers keep their keys."""
    values = case.answer["values"]
    for one in range(len(values) - 1):
        answer = case.changed()
        here, there = answer["values"][one], answer["values"][one + 1]
        here["quote"], there["quote"] = there["quote"], here["quote"]
        yield Lie(f"quotes of values {one} and {one + 1}", answer)


def swapped_numbers(case: Read) -> Iterator[Lie]:
    """Two values that exchange their quotes with the numbers in them: each is now said of the other's key."""
    values = case.answer["values"]
    for one in range(len(values) - 1):
        answer = case.changed()
        here, there = answer["values"][one], answer["values"][one + 1]
        for field in ("quote", "written"):
            here[field], there[field] = there[field], here[field]
        yield Lie(f"quotes and numbers of values {one} and {one + 1}", answer)


# -- lies about what is meant ------------------------------------------------------------------------


def wrong_directions(case: Read) -> Iterator[Lie]:
    for place in range(len(case.answer["claims"])):
        answer = misread(case, place)
        if answer is not None:
            yield Lie(f"direction of claim {place}", answer)


def swapped_operands(case: Read) -> Iterator[Lie]:
    for place in range(len(case.answer["claims"])):
        answer = exchanged(case, place)
        if answer is not None:
            yield Lie(f"operands of claim {place}", answer)


def wrong_subjects(case: Read) -> Iterator[Lie]:
    names = [subject["name"] for subject in case.answer["subjects"]]
    for place, item, answer in _each(case, "values"):
        if item["subject"] in names and len(names) > 1:
            item["subject"] = names[(names.index(item["subject"]) + 1) % len(names)]
            yield Lie(f"subject of value {place}", answer)


def wrong_levels(case: Read) -> Iterator[Lie]:
    levels = [dimension["levels"] for dimension in case.answer["dimensions"]]
    for place, item, answer in _each(case, "values"):
        for known in levels:
            named = [level for level in item["levels"] if level in known]
            if named and len(known) > 1:
                other = known[(known.index(named[0]) + 1) % len(known)]
                item["levels"] = [other if level == named[0] else level for level in item["levels"]]
                yield Lie(f"level of value {place}", answer)
                break


def turned_polarities(case: Read) -> Iterator[Lie]:
    for place, item, answer in _each(case, "metrics"):
        opposite = {"higher": "lower", "lower": "higher"}.get(item["better"])
        if opposite is not None:
            item["better"] = opposite
            yield Lie(f"polarity of {case.answer['metrics'][place]['name']!r}", answer)


def invented_axes(case: Read) -> Iterator[Lie]:
    for place, item, answer in _each(case, "metrics"):
        quotes = [value["quote"] for value in case.answer["values"]]
        if quotes:
            item["axis"] = {"low": "900", "high": "901", "quote": quotes[0]}
            yield Lie(f"axis of metric {place}", answer)


def changed_units(case: Read) -> Iterator[Lie]:
    for place, item, answer in _each(case, "metrics"):
        for unit in ("ms", "%", "count"):
            if unit != item["unit"]:
                changed = copy.deepcopy(answer)
                changed["metrics"][place]["unit"] = unit
                yield Lie(f"unit of metric {place}: {unit}", changed)


# -- lies by leaving out and by saying too much ------------------------------------------------------


def dropped_values(case: Read) -> Iterator[Lie]:
    for place, _, answer in _each(case, "values"):
        del answer["values"][place]
        yield Lie(f"without value {place}", answer)
    yield Lie("without values", {**case.changed(), "values": []})


def dropped_claims(case: Read) -> Iterator[Lie]:
    for place, _, answer in _each(case, "claims"):
        del answer["claims"][place]
        yield Lie(f"without claim {place}", answer)
    yield Lie("without claims", {**case.changed(), "claims": []})


def duplicates(case: Read) -> Iterator[Lie]:
    for part in ("values", "claims", "subjects", "metrics"):
        answer = case.changed()
        yield Lie(f"every one of {part} twice", {**answer, part: [item for item in answer[part] for _ in range(2)]})


DOUBTED = (
    Reason.QUOTE_NOT_FOUND, Reason.NUMBER_NOT_IN_QUOTE, Reason.READING_IN_DOUBT, Reason.UNKNOWN_SUBJECT,
    Reason.AMBIGUOUS_SUBJECT,
)  # fmt: skip

LIES: dict[str, Callable[[Read], Iterator[Lie]]] = {
    liar.__name__: liar
    for liar in (
        altered_quotes, altered_numbers, altered_numbers_in_quotes_too, invented_values, altered_sizes, swapped_quotes,
        swapped_numbers, wrong_directions, swapped_operands, wrong_subjects, wrong_levels, turned_polarities,
        invented_axes, changed_units, dropped_values, dropped_claims, duplicates,
    )
}  # fmt: skip


# -- what must not come of them ----------------------------------------------------------------------


def faults(case: Read, lie: Lie) -> Iterator[str]:
    """Every contradiction that the lie made vanish without a trace, and every one that it made up."""
    honest, lying = case.audited, audit(case.document, json.dumps(lie.answer, ensure_ascii=False))
    before = [judgement for judgement in honest.judgements if judgement.verdict == CONTRADICTED]
    after = [judgement for judgement in lying.judgements if judgement.verdict == CONTRADICTED]
    for judgement in before:
        if judgement.span is not None and not _leaves_a_trace(judgement.span, honest, lying):
            yield f"vanished: {judgement.quote!r}"
    known = {_place(case, judgement) for judgement in before}
    for judgement in after:
        if _place(case, judgement) not in known:
            yield f"made up: {judgement.kind} {judgement.quote!r}: {judgement.computation}"


def _some(lies: Iterator[Lie], most: int) -> list[Lie]:
    """Some of the lies, evenly taken: the first ones are about the first values and claims."""
    known = list(lies)
    return known[:: -(-len(known) // most) or 1]


def _is_honest(case: Read) -> bool:
    """Whether an example is no lie itself: some are there to show that misreadings are noticed."""
    doubted = {judgement.verdict.reason for judgement in case.audited.judgements}
    return not case.audited.rejected and not doubted & set(DOUBTED)


def _place(case: Read, judgement: Judgement) -> Span | None:
    return None if judgement.span is None else case.document.sentence_around(judgement.span)


def _leaves_a_trace(place: Span, honest: Audited, lying: Audited) -> bool:
    """Whether a reader still sees that this place was not borne out."""
    there = [
        judgement for judgement in lying.judgements if judgement.span is not None and judgement.span.overlaps(place)
    ]
    if any(judgement.verdict != SUPPORTED for judgement in there):
        return True
    known = {entry for entry in honest.coverage if entry.use is Use.UNREAD}
    unread = [e for e in lying.coverage if e.use is Use.UNREAD and (e not in known or e.span.overlaps(place))]
    quotes = {judgement.quote for judgement in there}
    homeless = [judgement for judgement in lying.judgements if judgement.span is None and judgement.quote not in quotes]
    return bool(unread or homeless) or len(lying.rejected) > len(honest.rejected)


_IN_A_ROW = "numbers in a row, with what they belong to in another row: which is whose, only understanding tells"
_ANOTHER_WAY = "a value by itself, in a sentence that calls its subject by another name or by none"
_NO_DIRECTION = "the words name an order and not which end comes first; or it is in a word that no list has"
_NOT_NAMED = "the quote names neither of the two, and says no direction"
UNNOTICED: dict[tuple[str, str], str] = {
    ("swapped_numbers", "colours-that-change"): _IN_A_ROW,
    ("swapped_numbers", "forty-true-claims"): _ANOTHER_WAY,
    ("swapped_numbers", "percent-against-points"): _IN_A_ROW,
    ("swapped_numbers", "ranges"): _ANOTHER_WAY,
    (
        "swapped_numbers",
        "ranking-with-ties",
    ): "a count and a score in one sentence, and the score's table names no unit",
    ("swapped_numbers", "shares-add-up"): "an amount and its share side by side, neither with a word of what it is",
    (
        "swapped_numbers",
        "shares-do-not-add-up",
    ): "an amount and its share side by side, neither with a word of what it is",
    ("swapped_numbers", "time-series"): _IN_A_ROW,
    ("wrong_directions", "forty-true-claims"): _NO_DIRECTION,
    ("wrong_directions", "ordering-over-sizes"): _NO_DIRECTION,
    ("wrong_directions", "percent-against-points"): _NO_DIRECTION,
    ("wrong_directions", "ranges"): _NO_DIRECTION,
    ("wrong_directions", "ranking-with-ties"): _NO_DIRECTION,
    ("wrong_directions", "readme-benchmarks"): "that the metric is a time stands in the table's heading alone",
    ("swapped_operands", "colours-that-change"): _NOT_NAMED,
    ("swapped_operands", "forty-true-claims"): _NOT_NAMED,
    ("swapped_operands", "ordering-over-sizes"): _NOT_NAMED,
    ("swapped_operands", "percent-against-points"): _NOT_NAMED,
    ("swapped_operands", "readme-benchmarks"): _NOT_NAMED,
    ("swapped_operands", "training-curves"): "the lines are called by their colours",
    ("wrong_subjects", "forty-true-claims"): _IN_A_ROW,
    ("wrong_subjects", "percent-against-points"): _IN_A_ROW,
    ("wrong_subjects", "ranges"): _ANOTHER_WAY,
    ("wrong_subjects", "ranking-with-ties"): _ANOTHER_WAY,
    ("wrong_subjects", "shares-do-not-add-up"): _IN_A_ROW,
    ("wrong_levels", "percent-against-points"): _ANOTHER_WAY,
    ("wrong_levels", "shares-do-not-add-up"): _ANOTHER_WAY,
    ("turned_polarities", "percent-against-points"): "whether attendance is good, the name does not say",
    ("changed_units", "colours-that-change"): "whole numbers may count, and nothing beside them says in what",
    ("changed_units", "shares-do-not-add-up"): "per cent and counts stand side by side",
    ("changed_units", "time-series"): "whole numbers may count, and nothing beside them says in what",
    ("dropped_values", "shares-do-not-add-up"): "of a smaller whole the stated share is right",
    ("dropped_claims", "readme-benchmarks"): "its sentence holds another claim, and its numbers stand in the table",
    ("dropped_claims", "shares-do-not-add-up"): "an amount with its share in brackets is a value already",
}
"""By liar and case: why no check of words can tell the lie from the truth."""
MOST = 6
"""How many lies of one liar are told of one document."""
FOR_EXAMPLES = ("invented_values", "altered_sizes", "dropped_claims", "duplicates")
"""Lies told of the examples too; they quote bare numbers, beside which no word can speak against a wrong key."""


@pytest.mark.parametrize("liar", LIES)
def test_a_lie_about_a_recorded_document_hides_no_contradiction_and_makes_up_none(liar: str) -> None:
    found = {
        (case.name, lie.name): told
        for case in recorded()
        if (liar, case.name) not in UNNOTICED
        for lie in _some(LIES[liar](case), MOST)
        if (told := list(faults(case, lie)))
    }
    assert found == {}


def test_what_goes_unnoticed_is_about_recorded_documents() -> None:
    assert {case for _, case in UNNOTICED} <= {case.name for case in recorded()}
    assert {liar for liar, _ in UNNOTICED} <= set(LIES)


@pytest.mark.parametrize("liar", FOR_EXAMPLES)
def test_a_lie_about_an_example_hides_no_contradiction_and_makes_up_none(liar: str) -> None:
    found = {
        (case.name, lie.name): told
        for case in written()[::12]
        if _is_honest(case)
        for lie in _some(LIES[liar](case), 2)
        if (told := list(faults(case, lie)))
    }
    assert found == {}


# -- lies by the thousand ----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["claims", "values"])
def test_ten_thousand_copies_change_nothing(part: str) -> None:
    case = next(case for case in written() if case.name == "comparison example 0")
    answer = case.changed()
    many = audit(case.document, json.dumps({**answer, part: answer[part] * (10_000 // len(answer[part]))}))
    assert {(j.kind, j.verdict) for j in many.judgements if not j.implied} == {
        (j.kind, j.verdict) for j in case.audited.judgements
    }
    assert all(j.verdict != CONTRADICTED for j in many.judgements)


def test_ten_thousand_claims_without_a_place_are_all_reported() -> None:
    case = next(case for case in written() if case.name == "comparison example 0")
    answer = case.changed()
    claims = [{**answer["claims"][0], "quote": f"claim number {number}"} for number in range(10_000)]
    many = audit(case.document, json.dumps({**answer, "claims": claims}))
    assert [(j.quote, j.verdict.reason) for j in many.judgements] == [
        (c["quote"], Reason.QUOTE_NOT_FOUND) for c in claims
    ]
