"""Words of degree against the sizes of gaps: what is noted, what is refuted, and what is left alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.kinds import registry
from tests.cases import audited, reading, slots, stated

COMPARISON = {"kind": "comparison", "left": "score; Ada", "relation": "greater", "right": "; Bo"}
SLOWER = {"kind": "comparison", "left": "time; Ada", "relation": "greater", "right": "; Bo"}
SIMILAR = {"kind": "comparison", "left": "score; Ada", "relation": "similar", "right": "; Bo"}
BEST = {"kind": "superlative", "which": "score; Ada", "end": "highest", "rank": 1, "across": "subject"}
RISE = {"kind": "trend", "series": "score; Ada", "shape": "increases"}
FALL = {"kind": "trend", "series": "score; Ada", "shape": "decreases"}
MORE = {
    "kind": "difference",
    "left": "score; Ada",
    "relation": "more",
    "measure": "amount",
    "size": "0.21",
    "right": "; Bo",
}
TIMES = {**MORE, "relation": "times", "measure": "factor", "size": "a little less than five times"}
KEPT = {"kind": "lead", "ahead": "score; Ada", "behind": "; Bo", "change": "is kept"}
WIDENS = {"kind": "lead", "ahead": "score; Ada", "behind": "; Bo", "change": "widens"}
GAPS = {
    "kind": "contrast",
    "one": {"left": "score; Ada; ; end", "right": "; Ada; ; start"},
    "relation": "greater",
    "other": {"left": "; Bo; ; end", "right": "; Bo; ; start"},
    "measure": "amount",
}
SCALE = "slight is up to 5 %, substantial from 20 %"

# What the document says of Ada and Bo ("0.3" or "0.2 to 0.3"), the claim and the words that make it.
SILENT = [
    ("a hedge of a number in words", "0.94", "0.20", TIMES, "Ada has a little less than five times the score"),
    ("a slight gap", "0.41", "0.40", COMPARISON, "Ada is slightly better"),
    ("the grey zone below substantial", "0.46", "0.40", COMPARISON, "Ada is slightly better"),
    ("the grey zone above slight", "0.43", "0.40", COMPARISON, "Ada is substantially better"),
    ("a substantial gap", "0.62", "0.40", COMPARISON, "Ada is substantially better"),
    ("a large factor", "1.75", "0.3", SLOWER, "Ada takes significantly longer"),
    ("a gap that rounding may have made", "0.2", "0.1", COMPARISON, "Ada is slightly better"),
    ("the size is stated", "2.66", "2.45", MORE, "Ada is a significant 0.21 ahead"),
    ("no word of degree", "0.80", "0.20", COMPARISON, "Ada is better"),
    ("a negated word", "0.80", "0.20", COMPARISON, "Ada is better, and not slightly so"),
    ("more than slightly", "0.80", "0.20", COMPARISON, "Ada is more than slightly better"),
    ("a negated large word", "0.41", "0.40", COMPARISON, "Ada is higher, but not by a dramatic margin"),
    ("words of both sorts", "0.80", "0.20", COMPARISON, "Ada is far better here and slightly better there"),
    ("a hedge of a number", "0.80", "0.20", COMPARISON, "Ada, slightly above 0.75, is better"),
    (
        "a word that is said of something else",
        "0.80",
        "0.20",
        COMPARISON,
        "Ada, slightly larger in size, is higher",
    ),
    ("so far", "0.41", "0.40", COMPARISON, "So far better runs are those of Ada"),
    ("nearly identical", "0.41", "0.40", SIMILAR, "Ada and Bo are nearly identical"),
    ("a slight rise", "0.40 to 0.41", "0.2", RISE, "Ada rises slightly"),
    ("a slight start of a large rise", "0.20 to 0.60", "0.2", RISE, "starts slightly higher and rises"),
    ("a sharp fall", "0.60 to 0.20", "0.2", FALL, "Ada drops sharply"),
    ("the slight best", "0.41", "0.40", BEST, "Ada is slightly better than anybody"),
    ("by far the best", "0.80", "0.40", BEST, "Ada is by far the best"),
    ("a fifth of the axis", "0.10", "0.04", {**COMPARISON, "_axis": True}, "Ada is slightly better"),
    ("small values on a long axis, large word", "0.10", "0.04", {**COMPARISON, "_axis": True}, "Ada is far better"),
    ("a gap that grows slightly beside the values", "0.81 to 0.83", "0.80 to 0.80", WIDENS, "the gap widens slightly"),
    ("a slight lead that is kept", "0.41 to 0.42", "0.40 to 0.40", KEPT, "Ada keeps a slight lead"),
    (
        "an adjective of the lead, said of what becomes of it",
        "0.41 to 0.90",
        "0.40 to 0.40",
        WIDENS,
        "a slight lead widens",
    ),
    ("signs that differ", "0.10", "-0.10", COMPARISON, "Ada is slightly better"),
    ("a value of zero", "0.10", "0.00", COMPARISON, "Ada is slightly better"),
]
NOTED = [
    ("a gap of half", "0.60", "0.40", COMPARISON, "Ada is slightly better", "'slightly' for a gap of 50 %"),
    ("a slight edge", "0.55", "0.34", COMPARISON, "Ada has a slight edge", "'slight' for a gap of 62 %"),
    (
        "dramatic for little",
        "0.404",
        "0.400",
        COMPARISON,
        "Ada is dramatically better",
        "'dramatically' for a gap of 1 %",
    ),
    ("far for little", "0.404", "0.400", COMPARISON, "Ada is far better", "'far' for a gap of 1 %"),
    ("vastly longer", "1.03", "1.00", SLOWER, "Ada takes vastly longer", "'vastly' for a gap of 3 %"),
    ("behind the verb", "0.60", "0.40", COMPARISON, "Ada outperforms Bo marginally", "'marginally' for a gap of 50 %"),
    ("a dramatic drop", "0.604 to 0.600", "0.2", FALL, "a dramatic drop", "'dramatic' for a gap of 0.67 %"),
    ("a slight rise", "0.40 to 0.60", "0.2", RISE, "Ada rises slightly", "'slightly' for a gap of 50 %"),
    ("by far, for little", "0.404", "0.400", BEST, "Ada is by far the best", "'by far' for a gap of 1 %"),
    ("a slight lead", "0.41 to 0.62", "0.30 to 0.40", KEPT, "Ada keeps a slight lead", "'slight' for a gap of 37 %"),
    (
        "one thing more",
        "2",
        "1",
        {**COMPARISON, "_unit": "count"},
        "Ada is slightly higher",
        "'slightly' for a factor of 2",
    ),
    ("a stated size", "0.61", "0.40", MORE, "Ada is slightly higher, by 0.21", "'slightly' for a gap of 53 %"),
    (
        "a factor, with a hedge",
        "0.90",
        "0.30",
        COMPARISON,
        "Ada appears slightly better",
        "'slightly' for a factor of 3",
    ),
    (
        "a few points of a hundred",
        "3.0 %",
        "1.0 %",
        COMPARISON,
        "Ada is slightly better",
        "'slightly' for a factor of 3",
    ),
    (
        "a gap of gaps that is large beside the values",
        "0.10 to 0.90",
        "0.20 to 0.30",
        GAPS,
        "Ada gains slightly more",
        "'slightly' for 78 % of the axis",
    ),
]
REFUTED = [
    ("a factor of three", "0.90", "0.30", COMPARISON, "Ada is slightly better", "'slightly' for a factor of 3"),
    ("a factor of six", "1.75", "0.30", SLOWER, "Ada is marginally slower", "'marginally' for a factor of 5.8"),
    ("a rise to three times", "0.20 to 0.60", "0.2", RISE, "Ada rises only slightly", "'slightly' for a factor of 3"),
    ("many points of a hundred", "30 %", "10 %", COMPARISON, "Ada is slightly better", "'slightly' for a factor of 3"),
    ("things counted", "40", "12", COMPARISON, "Ada is slightly higher", "'slightly' for a factor of 3.3"),
]


def _judgement(  # what is said of the two, and how far words of size reach
    ada: str, bo: str, claim: dict[str, Any], words: str, tolerances: Tolerances = TOLERANCES
) -> Any:  # noqa: ANN401
    metric = "time" if claim is SLOWER else "score"
    text = f"The scale runs from 0 to 1.\n\n- Ada: {ada}\n- Bo: {bo}\n\n{words}."
    rows = []
    for name, written in (("Ada", ada), ("Bo", bo)):
        points = written.split(" to ")
        ats = ("start", "end") if len(points) > 1 else ("",)
        rows += [(metric, name, "", at, point) for at, point in zip(ats, points, strict=True)]
    slotted = slots(registry()[claim["kind"]], {name: slot for name, slot in claim.items() if name[0] != "_"})
    axis = {"axis": {"low": "0", "high": "1", "quote": "The scale runs from 0 to 1"}} if "_axis" in claim else {}
    answer = reading(
        text,
        rows,
        [{**slotted, "quote": words}],
        better="lower" if metric == "time" else "higher",
        unit=claim.get("_unit", "%" if "%" in ada else None),
        metrics={metric: axis},
    )
    (judgement,) = stated(audited(text, answer, tolerances))
    return judgement


@pytest.mark.parametrize(
    ("ada", "bo", "claim", "words"), [case[1:] for case in SILENT], ids=[case[0] for case in SILENT]
)
def test_what_fits_or_is_said_of_something_else_is_left_alone(
    ada: str, bo: str, claim: dict[str, Any], words: str
) -> None:
    judgement = _judgement(ada, bo, claim, words)
    assert (judgement.verdict.name, [note for note in judgement.notes if SCALE in note]) == ("supported", [])


@pytest.mark.parametrize(
    ("ada", "bo", "claim", "words", "note"), [case[1:] for case in NOTED], ids=[case[0] for case in NOTED]
)
def test_a_word_that_does_not_fit_is_noted(ada: str, bo: str, claim: dict[str, Any], words: str, note: str) -> None:
    judgement = _judgement(ada, bo, claim, words)
    noted = [written for written in judgement.notes if SCALE in written]
    assert (judgement.verdict.name, noted) == ("supported", [f"{note}: {SCALE}"])


@pytest.mark.parametrize(
    ("ada", "bo", "claim", "words", "note"), [case[1:] for case in REFUTED], ids=[case[0] for case in REFUTED]
)
def test_a_slight_word_for_a_factor_of_two_is_refuted(
    ada: str, bo: str, claim: dict[str, Any], words: str, note: str
) -> None:
    judgement = _judgement(ada, bo, claim, words)
    noted = [written for written in judgement.notes if SCALE in written]
    assert (judgement.verdict.name, judgement.severity, noted) == ("contradicted", "magnitude", [f"{note}: {SCALE}"])


# What a project settles, and what becomes of "slightly better" for 0.90 against 0.30, and of 0.48 against 0.40.
SETTLED = [
    (Tolerances(), "contradicted", "a factor of 3", "supported", ""),
    (Tolerances(extreme=Fraction(5, 2)), "supported", "a factor of 3", "supported", ""),
    (Tolerances(substantial=Fraction(1, 10)), "contradicted", "a factor of 3", "supported", "a gap of 20 %"),
    (Tolerances(slight=Fraction(3), substantial=Fraction(4), extreme=Fraction(5)), "supported", "", "supported", ""),
]


@pytest.mark.parametrize(("tolerances", "large", "large_note", "small", "small_note"), SETTLED)
def test_a_project_settles_what_is_slight(
    tolerances: Tolerances, large: str, large_note: str, small: str, small_note: str
) -> None:
    for ada, bo, verdict, note in (("0.90", "0.30", large, large_note), ("0.48", "0.40", small, small_note)):
        judgement = _judgement(ada, bo, COMPARISON, "Ada is slightly better", tolerances)
        noted = [written for written in judgement.notes if "slight is" in written]
        assert judgement.verdict.name == verdict
        assert noted == ([f"'slightly' for {note}: {tolerances.degrees}"] if note else [])


def test_a_refuted_word_says_what_would_flip_it_and_how_to_mend_it() -> None:
    judgement = _judgement("0.90", "0.30", COMPARISON, "Ada is slightly better")
    assert (judgement.computation, judgement.margin, judgement.mend) == (
        "Ada 0.90 > Bo 0.30: a factor of 3, said to be 'slightly'",
        "flips if the larger is less than 2 times the smaller; computed 3 times",
        (
            "if the values are right, change what the passage says of how far the two are apart",
            "if the passage is right, change Ada 0.90 or Bo 0.30",
        ),
    )


SPREADS = [
    ("35.2 ± 0.4", "supported", "Ada 36.9 > Bo 35.2", ("36.9 ± 0.3 and 35.2 ± 0.4 lie apart",)),
    (
        "36.5 ± 0.4",
        "unverifiable",
        "Ada 36.9 > Bo 36.5; 36.9 ± 0.3 and 36.5 ± 0.4 overlap, which does not settle whether it is significant",
        (),
    ),
    (
        "36.0",
        "unverifiable",
        "Ada 36.9 > Bo 36.0; whether a gap of 2.5 % is 'significantly' takes a test, and none is stated",
        (),
    ),
    ("20.0", "supported", "Ada 36.9 > Bo 20.0", ()),  # large by any measure
    ("40.0", "contradicted", "Ada 36.9 < Bo 40.0", ()),  # the other way round, significant or not
]


@pytest.mark.parametrize("quote", ["Ada is significantly higher", "Ada is higher"])
@pytest.mark.parametrize(("bo", "verdict", "why", "notes"), SPREADS)
def test_significantly_is_held_against_what_stands_behind_the_values(
    bo: str, verdict: str, why: str, notes: tuple[str, ...], quote: str
) -> None:
    sentence = "Ada is significantly higher." if "sig" in quote else "Ada is higher significantly."
    text = f"- Ada: 36.9 ± 0.3\n- Bo: {bo}\n\n{sentence}"
    values = [("score", "Ada", "", "", "36.9"), ("score", "Bo", "", "", bo[:4])]
    claim = slots(registry()["comparison"], {**COMPARISON, "quote": quote})
    (judgement,) = stated(audited(text, reading(text, values, [claim])))
    assert (judgement.verdict.name, judgement.computation, judgement.notes) == (verdict, why, notes)
