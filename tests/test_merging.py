"""What the parts of a document say, put together: what becomes one, what stays apart, and what is then unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.document import Document, Span
from auditor.facts.tabulated import Tabulation
from auditor.partial import VALUES, Partial, salvage
from auditor.parts import known
from auditor.parts.merging import Piece, merged

PART = "Ada took 41 s. Bo took 52 s. Scores lie between 0 and 5. Scores lie between 0 and 9. Ada is blue.\n\n"
LENGTH = len(PART)


def _metric(name: str, *aliases: str, **more: object) -> dict[str, Any]:
    known_ = {"unit": None, "better": "unknown", "ground": "said", "axis": None, "derived": None}
    return {"name": name, "aliases": list(aliases), **known_, **more}


def _subject(name: str, *aliases: str, attributes: tuple[tuple[str, str, str], ...] = ()) -> dict[str, Any]:
    stated = [dict(zip(("name", "value", "quote"), each, strict=True)) for each in attributes]
    return {"name": name, "aliases": list(aliases), "attributes": stated}


def _dimension(name: str, *levels: str, ordered: bool = False) -> dict[str, Any]:
    return {"name": name, "levels": list(levels), "ordered": ordered}


def _value(metric: str, subject: str | None, *levels: str) -> dict[str, Any]:
    return {
        "metric": metric,
        "subject": subject,
        "levels": list(levels),
        "at": None,
        "written": "41 s",
        "quote": "Ada took 41 s",
    }


def _axis(high: str) -> dict[str, str]:
    return {"low": "0", "high": high, "quote": f"between 0 and {high}"}


def _merged(*parts: dict[str, Any], begins: tuple[int, ...] = ()) -> Partial:
    document = Document("a.md", PART * len(parts))
    empty: dict[str, Any] = {key: None if key == "position" else [] for key in VALUES}
    pieces = [
        Piece(Span(number * LENGTH, (number + 1) * LENGTH), salvage(json.dumps({**empty, **part}), VALUES, "values"))
        for number, part in enumerate(parts)
    ]
    return merged(document, pieces, (), begins)


def _things(partial: Partial, sort: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(thing.name, thing.aliases) for thing in getattr(partial.extraction, sort)]


# what each part calls its subjects, and what they are in the whole
SUBJECTS: dict[str, tuple[list[list[dict[str, Any]]], list[tuple[str, tuple[str, ...]]]]] = {
    "one name": ([[_subject("Ada")], [_subject("Ada")]], [("Ada", ())]),
    "one name, written otherwise": ([[_subject("Ada")], [_subject("**ADA**")]], [("Ada", ())]),
    "two names": ([[_subject("Ada")], [_subject("Bo")]], [("Ada", ()), ("Bo", ())]),
    "other names are gathered": ([[_subject("Ada", "A.")], [_subject("Ada", "A. L.")]], [("Ada", ("A.", "A. L."))]),
    "its other name first": ([[_subject("Ada", "the first")], [_subject("the first")]], [("Ada", ("the first",))]),
    "its other name later": ([[_subject("Ada")], [_subject("the first", "Ada")]], [("Ada", ("the first",))]),
    "an other name in common is not enough": (
        [[_subject("Ada", "ours")], [_subject("Bo", "ours")]], [("Ada", ("ours",)), ("Bo", ("ours",))],
    ),
    "told apart by one part": (
        [[_subject("Ada", "Bo")], [_subject("Ada"), _subject("Bo")]], [("Ada", ()), ("Bo", ())],
    ),
    "one that could be two": (
        [[_subject("Ada"), _subject("Bo")], [_subject("the winner", "Ada", "Bo")]],
        [("Ada", ()), ("Bo", ()), ("the winner", ())],
    ),
    "over three parts": (
        [[_subject("Ada")], [_subject("A", "Ada")], [_subject("A")]], [("Ada", ("A",))],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), SUBJECTS.values(), ids=SUBJECTS)
def test_subjects(parts: list[list[dict[str, Any]]], expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert _things(_merged(*({"subjects": part} for part in parts)), "subjects") == expected


# metrics as each part declares them: name, unit, polarity and axis in the whole
METRICS: dict[str, tuple[list[dict[str, Any]], list[tuple[str, str | None, str, str | None]]]] = {
    "what one part knows": ([_metric("time"), _metric("time", unit="s", better="lower")], [("time", "s", "lower", None)]),
    "two polarities": ([_metric("time", better="higher"), _metric("time", better="lower")], [("time", None, "unknown", None)]),
    "two units": ([_metric("time", unit="s"), _metric("time", unit="ms")], [("time", "s", "unknown", None), ("time (ms)", "ms", "unknown", None)]),
    "one unit in two spellings": ([_metric("time", unit="s"), _metric("time", unit="sec")], [("time", "s", "unknown", None)]),
    "a third without a unit": (
        [_metric("time", unit="s"), _metric("time", unit="ms"), _metric("time")],
        [("time", "s", "unknown", None), ("time (ms)", "ms", "unknown", None), ("time (1)", None, "unknown", None)],
    ),
    "one axis": ([_metric("score", axis=_axis("5")), _metric("score", axis=_axis("5"))], [("score", None, "unknown", "5")]),
    "two axes": ([_metric("score", axis=_axis("5")), _metric("score", axis=_axis("9"))], [("score", None, "unknown", None)]),
    "an axis that does not stand there": ([_metric("score", axis=_axis("7"))], [("score", None, "unknown", None)]),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "expected"), METRICS.values(), ids=METRICS)
def test_metrics(declared: list[dict[str, Any]], expected: list[tuple[str, str | None, str, str | None]]) -> None:
    found = _merged(*({"metrics": [metric]} for metric in declared)).extraction.metrics
    assert [(m.name, m.unit, m.better, m.axis and m.axis.high) for m in found] == expected


# a part that measures time in seconds, then others; the names and units in the whole
MEASURED: dict[str, tuple[dict[str, Any], list[tuple[str, str | None]]]] = {
    "spoken of in another unit": ({"metrics": [_metric("time", unit="minutes")]}, [("time", "s")]),
    "spoken of by its other name": ({"metrics": [_metric("duration", "time", unit="minutes")]}, [("time", "s")]),
    "measured in another unit": (
        {"metrics": [_metric("time", unit="ms")], "values": [_value("time", None)]}, [("time", "s"), ("time (ms)", "ms")],
    ),
    "measured by its other name": (
        {"metrics": [_metric("time", "it", unit="ms")], "values": [_value("it", None)]},
        [("time", "s"), ("time (ms)", "ms")],
    ),
    "in a table, in another unit": (
        {
            "metrics": [_metric("time", unit="ms")],
            "tables": [{"number": 1, "rows": "subject", "columns": "metric", "metric": None, "levels": []}],
        },
        [("time", "s"), ("time (ms)", "ms")],
    ),
    "another metric": ({"metrics": [_metric("cost", unit="euros")]}, [("time", "s"), ("cost", "euros")]),
}  # fmt: skip


@pytest.mark.parametrize(("part", "expected"), MEASURED.values(), ids=MEASURED)
@pytest.mark.parametrize("first", [True, False])
def test_a_unit_where_nothing_is_measured(
    part: dict[str, Any], expected: list[tuple[str, str | None]], *, first: bool
) -> None:
    """Conclusions are drawn in words of their own: "minutes" there does not make another time of it."""
    measured = {"metrics": [_metric("time", unit="s")], "values": [_value("time", None)]}
    found = _merged(*((measured, part) if first else (part, measured)), begins=(0, LENGTH)).extraction.metrics
    if first:
        assert [(metric.name, metric.unit) for metric in found] == expected
    else:
        assert {metric.unit for metric in found} == {unit for _, unit in expected}


def test_an_axis_of_one_part_says_nothing_of_values_in_another() -> None:
    """The charts of two sections need not have one range."""
    drawn = {
        "metrics": [_metric("time", axis=_axis("5"))],
        "values": [_value("time", "Ada")],
        "subjects": [_subject("Ada")],
    }
    other = {"metrics": [_metric("time")], "values": [_value("time", "Ada")], "subjects": [_subject("Ada")]}
    silent = {"metrics": [_metric("time")]}
    assert [_merged(drawn, part).extraction.metrics[0].axis is None for part in (silent, drawn, other)] == [
        False,
        False,
        True,
    ]


# the dimensions of each part: what they are in the whole, and whether in order
DIMENSIONS: dict[str, tuple[list[dict[str, Any]], list[tuple[str, tuple[str, ...], bool]]]] = {
    "levels are gathered": ([_dimension("set", "a", "b"), _dimension("Set", "b", "c")], [("set", ("a", "b", "c"), False)]),
    "one order": ([_dimension("size", "S", "M", ordered=True), _dimension("size", "M", "L", ordered=True)], [("size", ("S", "M", "L"), True)]),
    "an order that closes a gap": ([_dimension("size", "S", "L", ordered=True), _dimension("size", "S", "M", "L", ordered=True)], [("size", ("S", "M", "L"), True)]),
    "two orders": ([_dimension("size", "S", "M", ordered=True), _dimension("size", "M", "S", ordered=True)], [("size", ("S", "M"), False)]),
    "an order that leaves two open": ([_dimension("size", "S", "M", ordered=True), _dimension("size", "S", "L", ordered=True)], [("size", ("S", "M", "L"), False)]),
    "ordered in one part only": ([_dimension("size", "S", "M", ordered=True), _dimension("size", "M", "L")], [("size", ("S", "M", "L"), False)]),
    "the same levels": ([_dimension("paradigm", "SFT", "RL"), _dimension("training", "RL", "SFT")], [("paradigm", ("SFT", "RL"), False)]),
    "one level in common": ([_dimension("paradigm", "SFT"), _dimension("training", "SFT")], [("paradigm", ("SFT",), False), ("training", ("SFT",), False)]),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), DIMENSIONS.values(), ids=DIMENSIONS)
def test_dimensions(parts: list[dict[str, Any]], expected: list[tuple[str, tuple[str, ...], bool]]) -> None:
    found = _merged(*({"dimensions": [part]} for part in parts)).extraction.dimensions
    assert [(each.name, each.levels, each.ordered) for each in found] == expected


def test_values_come_under_the_names_of_the_whole() -> None:
    one = {
        "metrics": [_metric("time")], "subjects": [_subject("Ada")], "dimensions": [_dimension("set", "a")],
        "values": [_value("time", "Ada", "a")],
    }  # fmt: skip
    two = {
        "metrics": [_metric("duration", "time")], "subjects": [_subject("A", "Ada"), _subject("Bo")],
        "dimensions": [_dimension("SET", "A"), _dimension("grade", "a")],
        "values": [_value("Time", "ADA", "set=a"), _value("duration", "Bo", "a"), _value("speed", "Cy", "x")],
    }  # fmt: skip
    found = _merged(one, two)
    assert [(value.metric, value.subject, value.levels) for value in found.extraction.values] == [
        ("time", "Ada", ("set=a",)),
        ("time", "Ada", ("set=a",)),
        ("time", "Bo", ("a",)),  # in its part it may be a level of either
        ("speed", "Cy", ("x",)),
    ]
    assert found.values_within == (Span(0, LENGTH), *[Span(LENGTH, 2 * LENGTH)] * 3)


def test_attributes_stand_in_the_part_that_states_them() -> None:
    stated, invented = ("colour", "blue", "Ada is blue"), ("colour", "red", "Ada is red")
    found = _merged(
        {"subjects": [_subject("Ada", attributes=(stated,))]},
        {"subjects": [_subject("Ada", attributes=(stated, invented))]},
    )
    assert [(each.value, each.quote) for each in found.extraction.subjects[0].attributes] == [("blue", "Ada is blue")]


def test_tables_are_counted_through() -> None:
    table = {"number": 1, "rows": "set", "columns": "metric", "metric": "time", "levels": ["a"]}
    one = {"tables": [table, {**table, "number": 2}]}
    two = {
        "metrics": [_metric("t", "time")],
        "dimensions": [_dimension("set", "a")],
        "tables": [table, {**table, "number": 2}],
    }
    found = _merged(one, two, begins=(3, 9, LENGTH + 5))
    assert [(each.number, each.metric, each.levels) for each in found.extraction.tables] == [
        (1, "time", ("a",)),
        (2, "time", ("a",)),
        (3, "t", ("set=a",)),
    ]
    assert [(item.what, item.why) for item in found.dropped] == [
        ("table 2 of the answer about part 2", "no such table begins in the part")
    ]


def test_names_that_a_part_is_told() -> None:
    """Those with values, those in the part before others by any of their names; then those that no number goes by."""
    parts = {
        "metrics": [
            _metric("time", "duration", unit="s", better="lower"),
            _metric("speed", derived={"how": "ratio", "of": "time", "baseline": "Bo", "ground": "times as fast"}),
            _metric("beauty", unit="stars", better="higher"),
            _metric("score"),
        ],
        "subjects": [_subject("Ada"), _subject("Bo", "B."), _subject("all", "the lot")],
        "dimensions": [_dimension("set", "a", "b", "c"), _dimension("year", "first", "second")],
        "position": _axis("5"),
        "values": [_value("duration", "Ada", "a", "year=second")],
    }
    whole = _merged(parts).extraction
    tabled = Tabulation(metrics={"memory": whole.metrics[0]}, subjects={"Cy": None, "B.": None})
    tabled.levels["set"] |= {"c": None, "d": None}
    time = {"name": "time", "aliases": ["duration"], "unit": "s", "better": "lower"}
    listed = json.loads(known.listed(whole, tabled, "Bo has the better score and speed.", 4000))
    assert listed == {
        "metrics": ["speed", time, "memory"],
        "subjects": [{"name": "Bo", "aliases": ["B."]}, "Ada", "Cy"],
        "dimensions": {"set": ["a", "c", "d"], "year": ["second"]},
        "position": {"low": "0", "high": "5"},
        "without values": ["score", "beauty", "all", "set=b", "year=first"],
    }
    by_its_other_name = json.loads(known.listed(whole, tabled, "The duration is short.", 4000))
    assert by_its_other_name["metrics"] == [time, "speed", "memory"]
    short = json.loads(known.listed(whole, tabled, "Bo has the better score.", 40))
    assert short == {
        "metrics": [], "subjects": [{"name": "Bo", "aliases": ["B."]}], "dimensions": {},
        "position": {"low": "0", "high": "5"}, "not listed": 14,
    }  # fmt: skip
