"""One number or direction changed, in the text and the reading alike: exactly the verdicts flip that should.

What should flip is worked out by `brute`, which shares no code with what it checks; where
that has no opinion, a verdict may change only if its evidence holds what was changed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from auditor.exact.verdict import Reason
from tests.brute import FALSE, TRUE, Brute
from tests.crossing import Change, crossings, opinions
from tests.mutation import recoloured, recorded, resized, swapped, turned, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.judgement import Judgement
    from tests.mutation import Read

PAIRS = 200
"""How many changes must flip a verdict in the documents that have a recording."""
MOST = 15
"""How many pairs of values of one document are taken; each pair is changed in four ways."""
OPPOSITE = {TRUE: FALSE, FALSE: TRUE}


# -- the changes -------------------------------------------------------------------------------------


def turns(case: Read) -> Iterator[Change]:
    """Each claim made to say the opposite: its direction turned, or its two subjects exchanged."""
    for number, span in enumerate(placed.span for placed in case.grounded.claims):
        for after in (turned(case, number), swapped(case, number)):
            if after is not None and span is not None:
                yield Change(case, after, frozenset({span}), frozenset({number}))


def sizes(case: Read) -> Iterator[Change]:
    """The size that each difference states, made far too large and far too small."""
    for number, span in enumerate(placed.span for placed in case.grounded.claims):
        for to in ("9517", "0.00071"):
            after = resized(case, number, to)
            if after is not None and span is not None:
                yield Change(case, after, frozenset({span}), frozenset({number}))


def changes(case: Read, most: int = MOST) -> Iterator[Change]:
    """The changes of a case; of the pairs of its values no more than a share, evenly taken."""
    yield from crossings(case, most)
    yield from turns(case)
    yield from sizes(case)


# -- what should come of them ------------------------------------------------------------------------


def faults(change: Change) -> Iterator[str]:
    """Every verdict that should have flipped and did not, or did and should not have."""
    before, after = change.before, change.after
    was, now = change.opinions
    for number, old in before.stated.items():
        new, quote = after.stated[number], after.answer["claims"][number]["quote"]
        if was.get(number) == old.verdict.name and number in now:
            if new.verdict.name != now[number] and not _held_back(new, now[number]):
                yield f"{quote!r} should be {now[number]} and is {_said(new)}: {new.computation}"
        elif number not in change.claims and not _rests_on(old, change) and _said(old) != _said(new):
            yield f"{quote!r} was {_said(old)} and is {_said(new)}: {new.computation}"
    yield from _implied_faults(change)


def _implied_faults(change: Change) -> Iterator[str]:
    before, after = ([j for j in case.audited.judgements if j.implied] for case in (change.before, change.after))
    extremes = set(Brute(change.after.answer).extremes().values())
    found = {j.verdict.name for j in after if j.kind == "extreme"}
    if extremes and "extreme" in {j.kind for j in before} and extremes != found:
        yield f"peaks and troughs should be {extremes} and are {found}"
    if [j.kind for j in before] == [j.kind for j in after]:
        for old, new in zip(before, after, strict=True):
            if not _rests_on(old, change) and _said(old) != _said(new):
                yield f"implied {old.quote!r} was {_said(old)} and is {_said(new)}"


def _held_back(judgement: Judgement, expected: str) -> bool:
    """Whether the words say less than the reading: they hold a contradiction back, never a support."""
    weak = "says less than" in judgement.computation or "no word says" in judgement.computation
    return weak and (judgement.verdict.reason, expected) == ("reading-in-doubt", FALSE)


def _rests_on(judgement: Judgement, change: Change) -> bool:
    """Whether it may depend on what was changed.

    Who is first, and what a whole is, is found by looking through all values; so is what else might decide a tie.
    What is said of several in one breath is held against all of them.
    """
    quotes = [other.quote for other in change.before.stated.values()]
    if judgement.verdict.reason is Reason.READING_IN_DOUBT and quotes.count(judgement.quote) > 1:
        return True
    if judgement.kind in ("milestone", "share") or judgement.verdict.reason in (
        Reason.MIXED_EVIDENCE,
        Reason.TIE_AT_PRECISION,
    ):
        return True
    places = [judgement.span, *(item.span for item in judgement.evidence)]
    return any(place is not None and place.overlaps(span) for place in places for span in change.touched)


def _said(judgement: Judgement) -> str:
    return judgement.verdict.reason or judgement.verdict.name


def _flips(change: Change) -> bool:
    """Whether a verdict turned round that brute force says should."""
    was, now = change.opinions
    return any(
        OPPOSITE.get(was.get(number, "")) == now.get(number) == change.after.stated[number].verdict.name
        and was[number] == old.verdict.name
        for number, old in change.before.stated.items()
    )


# -- tests -------------------------------------------------------------------------------------------


@cache
def _recorded_changes() -> tuple[Change, ...]:
    return tuple(change for case in recorded() for change in changes(case))


def test_where_brute_force_has_an_opinion_no_verdict_is_the_opposite() -> None:
    wrong = [
        (case.name, case.answer["claims"][number]["quote"], opinion)
        for case in (*recorded(), *written())
        for number, opinion in opinions(case).items()
        if case.stated[number].verdict.name != opinion and case.stated[number].verdict.reason is None
    ]
    assert wrong == []


@pytest.mark.parametrize("case", recorded(), ids=lambda case: case.name)
def test_a_change_of_a_recorded_document_flips_what_it_should_and_nothing_else(case: Read) -> None:
    found = {change.after.name: list(faults(change)) for change in _recorded_changes() if change.before is case}
    assert {name: told for name, told in found.items() if told} == {}


def test_a_change_of_an_example_flips_what_it_should_and_nothing_else() -> None:
    found = {change.after.name: list(faults(change)) for case in written()[::5] for change in changes(case, most=2)}
    assert {name: told for name, told in found.items() if told} == {}


def test_enough_changes_flip_a_verdict() -> None:
    assert sum(_flips(change) for change in _recorded_changes()) >= PAIRS


@pytest.mark.parametrize("case", [case for case in recorded() if list(recoloured(case))], ids=lambda case: case.name)
def test_a_colour_that_changes_is_a_contradiction_at_that_place_and_nothing_else_changes(case: Read) -> None:
    for number, which, after in recoloured(case):
        subject = case.answer["subjects"][number]
        others = [_others(read, subject["name"]) for read in (case, after)]
        assert others[0] == others[1], after.name
        told = [j.computation for j in after.audited.judgements if j.kind == "attribute" and _said(j) == FALSE]
        names = [attribute["name"] for attribute in subject["attributes"]]
        assert any("magenta" in text or "diamonds" in text for text in told) is (names.count(names[which]) > 1), (
            after.name
        )


def _others(case: Read, subject: str) -> list[str]:
    """Every verdict but those on the attributes of one thing."""
    judgements = case.audited.judgements
    return [_said(j) for j in judgements if j.kind != "attribute" or f" of {subject}:" not in j.computation]
