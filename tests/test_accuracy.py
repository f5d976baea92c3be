"""The accuracy harness on small data sets of our own: what it counts, how, and what it says when it cannot."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor.document import Document, Span
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, Verdict, unverifiable
from auditor.judgement import Judgement
from auditor.kinds import registry
from tests.accuracy import example
from tests.accuracy.__main__ import main
from tests.accuracy.data import FORMATS, data_sets, formats
from tests.accuracy.figures import classes
from tests.accuracy.labelled import Label, Placed, Statement
from tests.accuracy.outcome import Made, Outcome, combined
from tests.accuracy.placing import carried, placed
from tests.accuracy.table import table
from tests.cases import reading, slots

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_httpserver import HTTPServer


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Our data sets, exported and recorded; paths in what is printed are relative."""
    monkeypatch.chdir(tmp_path)
    example.write(tmp_path / "data")
    assert main(["data", "--export", ".accuracy"]) == 0
    assert capsys.readouterr().out == "13 documents in .accuracy; record them with audit --record\n"
    example.record(tmp_path / ".accuracy")
    return tmp_path


# -- everything that is printed and kept --------------------------------------------------------------


def test_the_figures_and_mistakes_of_six_data_sets(
    data: Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    assert main(["data", "--json", "run.json"]) == 0
    golden("accuracy.txt", capsys.readouterr().out)
    golden("accuracy.json", (data / "run.json").read_text(encoding="utf-8"))


def test_the_figures_alone_leave_out_the_documents(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del data
    assert main(["data", "--figures", "--only", "scitab"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("== scitab\ndocuments audited           3 of 3\n")
    assert "Wrens" not in printed


def test_a_ruling_makes_an_alarm_right_or_wrong(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["data", "--only", "chartinsighter"])
    before = capsys.readouterr().out
    (name,) = re.findall(r"^([0-9a-f]{12})  chartinsighter", before, re.MULTILINE)
    assert "contradicted: precision     100.0 % (1 of 1)\n  1 more alarms nobody" in before
    for stands, precision in ((True, "100.0 % (2 of 2)"), (False, "50.0 % (1 of 2)")):
        (data / "rulings.jsonl").write_text(json.dumps({"alarm": name, "stands": stands, "why": "read it"}))
        main(["data", "--only", "chartinsighter", "--rulings", "rulings.jsonl"])
        after = capsys.readouterr().out
        stood = f"  of the alarms that nobody had labelled {'100.0 % (1 of 1)' if stands else '0.0 % (0 of 1)'} stand"
        assert f"contradicted: precision     {precision}\n{stood}\nsupported" in after
        assert name not in after


def test_an_anchor_places_what_words_cannot(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "anchors.jsonl").write_text(json.dumps({"id": "c-4", "quotes": ["It rose over the years."]}))
    main(["data", "--only", "captions", "--anchors", "anchors.jsonl"])
    assert "statements counted          4 of 4\n" in capsys.readouterr().out


def test_nothing_changed_since_the_same_run(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del data
    main(["data", "--json", "last.json"])
    capsys.readouterr()
    assert main(["data", "--figures", "--only", "captions", "--against", "last.json"]) == 0
    main(["data", "--figures", "--against", "last.json"])
    assert capsys.readouterr().out.endswith("\n== since last.json\nnothing changed\n")


def test_what_changed_since_the_last_run(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["data", "--only", "scitab", "--json", "last.json"])
    place = data / ".accuracy" / "scitab" / ".audit" / "s-2.md.json"
    recording = json.loads(place.read_text())
    answer = json.loads("".join(recording["answer"]))
    recording["answer"] = [json.dumps({**answer, "claims": []})]
    place.write_text(json.dumps(recording))
    capsys.readouterr()
    main(["data", "--only", "scitab", "--figures", "--against", "last.json"])
    told = capsys.readouterr().out
    lines = re.sub(r"alarm \w+", "alarm X", told[told.index("== since") :]).splitlines()
    assert lines == [
        "== since last.json",
        "alarm X in scitab/s-2.md: comparison (contradicted) -> not there",
        "figure scitab: classes accuracy: 3 of 3 -> 2 of 3",
        "figure scitab: classes f1 contradicted: 100.0 % -> 0.0 %",
        "figure scitab: classes f1 not_checkable: 100.0 % -> 66.7 %",
        "figure scitab: classes macro_f1: 100.0 % -> 55.6 %",
        "figure scitab: classes macro_f1_whole: 100.0 % -> 55.6 %",
        "figure scitab: found recall: 1 of 1 -> 0 of 1",
        "figure scitab: raised least: 1 of 1 -> 0 of 0",
        "figure scitab: raised precision: 1 of 1 -> 0 of 0",
        "statement scitab/s-2 (contradicted): contradicted -> not extracted",
    ]


def test_figures_that_were_kept_alone_copy_nothing_and_make_a_table(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "--figures", "--json", "figures.json"]) == 0
    kept = (data / "figures.json").read_text(encoding="utf-8")
    assert "Wrens" not in kept
    assert table(data / "figures.json").splitlines() == [
        "| documents | statements | contradicted: found | contradicted: right | alarms not labelled | besides |",
        "|---|--:|--:|--:|--:|---|",
        "| `captions` (1) | 3 | 100.0 % (1 of 1) | 100.0 % (1 of 1) | 0 |  |",
        "| `chart_descriptions` (1) | 2 | 100.0 % (1 of 1) | 100.0 % (1 of 1) | 0 |  |",
        "| `chartinsighter` (1) | 4 | 100.0 % (1 of 1) | 100.0 % (1 of 1) | 1 |  |",
        "| `readme_fixes` (2) | 2 | 100.0 % (1 of 1) | 100.0 % (1 of 1) | 0 | corrected ones found, then gone: 100.0 % (1 of 1) |",
        "| `scitab` (3) | 3 | 100.0 % (1 of 1) | 100.0 % (1 of 1) | 0 | macro-F1 100.0 % |",
        "| `tabfact` (5) | 5 | 66.7 % (2 of 3) | 100.0 % (2 of 2) | 0 | accuracy 80.0 % (4 of 5), 100.0 % (5 of 5) with abstentions as refuted |",
        "| `all` (13) | 19 | 87.5 % (7 of 8) | 100.0 % (7 of 7) | 1 | corrected ones found, then gone: 100.0 % (1 of 1) |",
    ]
    assert table(data / "nothing.json") == "Not measured yet."
    capsys.readouterr()
    assert main(["data", "--figures", "--against", "figures.json"]) == 0
    assert capsys.readouterr().out.endswith("\n== since figures.json\nnothing changed\n")


def test_a_live_model_is_asked_once_and_its_answers_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    example.write(tmp_path / "data")
    rows, claims = example.READINGS["chart_descriptions/ferries.txt"]
    answer = reading(example.FERRIES, rows, [slots(registry()[claim["kind"]], claim) for claim in claims])
    message = {"role": "assistant", "content": json.dumps(answer), "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    completion = {"id": "c", "object": "chat.completion", "created": 1, "model": "reader-1", "choices": [choice]}
    httpserver.expect_oneshot_request("/v1/chat/completions").respond_with_json(completion)
    options = ["data", "--only", "chart_descriptions", "--figures", "--json", "run.json"]
    assert main([*options, "--model", "reader-1", "--base-url", httpserver.url_for("/v1")]) == 0
    asked = capsys.readouterr()
    assert f"which will see {Path('.accuracy/chart_descriptions/ferries.txt')}\n" in asked.err
    assert main([*options, "--against", "run.json"]) == 0
    replayed = capsys.readouterr()
    assert replayed.err == ""
    assert replayed.out.removesuffix("== since run.json\nnothing changed\n") == asked.out


# -- what cannot be measured ----------------------------------------------------------------------------


def test_a_document_without_a_recording_is_named_and_counts_for_nothing(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / ".accuracy" / "scitab" / ".audit" / "s-1.md.json").unlink()
    assert main(["data", "--only", "scitab", "--figures"]) == 3
    out, err = capsys.readouterr()
    assert err == (
        "not audited: scitab/s-1.md: no answer of a model is recorded for .accuracy/scitab/s-1.md\n"
        "hint: record them: audit --record --model NAME, or name the model here with --model\n"
    )
    assert "documents audited           2 of 3\nstatements counted          2 of 3\n" in out


_CLAIMS = "captions/claims.jsonl"
BAD = {
    "no folder": ([], "nowhere", "error: nowhere is not a folder", 3),
    "an empty folder": (["empty/x/y"], "empty", "error: empty holds no labelled documents in a known format", 3),
    "no JSON": (["data/captions/claims.jsonl={"], "data", "error: data/captions/claims.jsonl:1 is not JSON", 3),
    "no object": (["data/captions/claims.jsonl=[]"], "data", "error: data/captions/claims.jsonl:1 is not a JSON object", 3),
    "no such label": (
        ['data/captions/claims.jsonl={"id":"a","caption_id":"rents","claim":"b","label":"true"}'],
        "data",
        "error: 'true' is not a label",
        3,
    ),
    "no such document": (
        ['data/captions/claims.jsonl={"id":"a","caption_id":"cities","claim":"b","label":"supported"}'],
        "data",
        "error: a is about 'cities', which is not among the documents",
        3,
    ),
    "two of one name": (
        [
            ('data/tabfact/claims.jsonl={"id":"a b","document":"t","claim":"b","label":"supported"}\n'
            '{"id":"a/b","document":"t","claim":"c","label":"supported"}')
        ],
        "data",
        "error: two documents would be exported as tabfact/a-b.md",
        3,
    ),
    "no string": (
        ['data/captions/claims.jsonl={"id":1,"caption_id":"rents","claim":"b","label":"supported"}'],
        "data",
        "error: a record has no string under 'id': {'id': 1, 'caption_id': 'rents', 'claim': 'b', 'label': 'supported'}",
        3,
    ),
    "half a character": (
        ['data/tabfact/claims.jsonl={"id":"a","document":"\\\\ud800","claim":"b","label":"supported"}'],
        "data",
        "error: a record has no string under 'document': {'id': 'a', 'document': '\\ud800', 'claim': 'b', 'label': 'supported'}",
        3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", BAD)
def test_a_broken_data_set_is_refused_in_one_sentence(why: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files, folder, sentence, code = BAD[why]
    for file in files:
        name, _, content = file.partition("=")
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(content.replace("\\\\", "\\"), encoding="utf-8")
    assert main([folder]) == code
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == ("", sentence)
    assert err.splitlines()[1].startswith("hint: ")


@pytest.mark.parametrize(
    ("options", "sentence", "code"),
    [
        (["--only", "cities"], "error: 'cities' is not a data set of data", 2),
        (["--record"], "error: --record asks a model, and none is named", 2),
        (["--against", "data/captions/claims.jsonl"], "error: data/captions/claims.jsonl is not a run that was kept", 3),
        (["--json", "no/such/folder.json"], "error: no/such/folder.json cannot be written: No such file or directory", 2),
        (["--export", "data/captions/claims.jsonl"], "error: data/captions/claims.jsonl/captions/rents.txt cannot be written: Not a directory", 2),
    ],
)  # fmt: skip
def test_a_wrong_option_is_refused_in_one_sentence(
    options: list[str], sentence: str, code: int, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del data
    assert main(["data", *options]) == code
    assert capsys.readouterr().err.splitlines()[0] == sentence


def test_a_name_of_the_data_set_cannot_leave_the_folder_of_the_documents(tmp_path: Path) -> None:
    row = {"id": "../../a b/\x1b[31m", "document": "| a |\n|---|\n| 1 |", "claim": "One.", "label": "supported"}
    (tmp_path / "claims.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (source,) = data_sets(tmp_path, {})
    assert [paper.name for paper in source.papers] == [f"{tmp_path.name}/a-b-31m.md"]


def test_every_format_reads_a_data_set_of_ours(tmp_path: Path) -> None:
    example.write(tmp_path)
    assert {source.form for source in data_sets(tmp_path, {})} == set(formats())
    assert set(formats()) == {file.stem for file in FORMATS.glob("*.py")}


# -- one verdict for all that was read from a statement ---------------------------------------------------


def _judged(kind: str, verdict: Verdict) -> Judgement:
    return Judgement(kind, verdict, "a quote", Span(0, 7))


_YES, _NO = _judged("comparison", SUPPORTED), _judged("trend", CONTRADICTED)
_OPEN = _judged("difference", unverifiable(Reason.MISSING_VALUE))
_CAUSE = _judged("uncheckable", unverifiable(Reason.CAUSAL))


@pytest.mark.parametrize(
    ("judgements", "part", "whole"),
    [
        ([], Made.NOT_EXTRACTED, Made.NOT_EXTRACTED),
        ([_CAUSE], Made.UNCHECKABLE, Made.UNCHECKABLE),
        ([_OPEN], Made.UNVERIFIABLE, Made.UNVERIFIABLE),
        ([_OPEN, _CAUSE], Made.UNVERIFIABLE, Made.UNVERIFIABLE),
        ([_YES], Made.SUPPORTED, Made.SUPPORTED),
        ([_YES, _CAUSE], Made.SUPPORTED, Made.SUPPORTED),
        ([_YES, _OPEN], Made.SUPPORTED, Made.UNVERIFIABLE),
        ([_YES, _OPEN, _NO], Made.CONTRADICTED, Made.CONTRADICTED),
        ([_NO, _CAUSE], Made.CONTRADICTED, Made.CONTRADICTED),
    ],
)
def test_verdicts_combine(judgements: list[Judgement], part: Made, whole: Made) -> None:
    assert (combined(judgements), combined(judgements, whole=True)) == (part, whole)


def _sorted(label: Label, made: Made) -> Outcome:
    return Outcome("s", Statement("n", "p", "t", label), made, made)


def test_macro_f1_is_the_mean_over_the_classes() -> None:
    """Supported: 2 hits, 1 false; contradicted: 1 hit, 1 missed; not checkable: 1 hit, 1 false, 1 missed."""
    pairs = [
        (Label.SUPPORTED, Made.SUPPORTED),
        (Label.SUPPORTED, Made.SUPPORTED),
        (Label.CONTRADICTED, Made.CONTRADICTED),
        (Label.CONTRADICTED, Made.NOT_EXTRACTED),
        (Label.NOT_CHECKABLE, Made.UNCHECKABLE),
        (Label.NOT_CHECKABLE, Made.SUPPORTED),
        (Label.NOT_CHECKABLE, Made.NOT_AUDITED),
    ]
    found = classes([_sorted(*pair) for pair in pairs], (Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_CHECKABLE))
    assert found.f1 == {"supported": 4 / 5, "contradicted": 2 / 3, "not_checkable": 2 / 4}
    assert found.macro_f1 == pytest.approx((4 / 5 + 2 / 3 + 2 / 4) / 3)
    assert (found.accuracy.count, found.accuracy.of) == (4, 6)


# -- places -------------------------------------------------------------------------------------------------

_PLACED = Document(
    "d.md",
    "# Boats\n\n| boat | speed |\n|---|---|\n| Gull | 7.1 |\n| Tern | 6.4 |\n\n"
    "Gull outpaces Tern by 0.7 knots. Tern is cheaper to run.\nThe harbour lists 1 250 boats.\n",
)


@pytest.mark.parametrize(
    ("statement", "passages"),
    [
        ("Gull is faster than Tern by 0.7.", ["Gull outpaces Tern by 0.7 knots."]),
        ("Tern runs cheaply.", ["Tern is cheaper to run."]),
        ("There are 1250 boats.", ["The harbour lists 1 250 boats."]),
        ("Gull has a speed of 7.1.", ["| Gull | 7.1 |"]),
        ("Tern is cheaper to run.", ["Tern is cheaper to run."]),
        ("Violets bloom in May.", []),
        ("It is the.", []),
    ],
)
def test_a_statement_in_other_words_is_placed(statement: str, passages: list[str]) -> None:
    places, how = placed(_PLACED, statement, ())
    assert [_PLACED.text[slice(*place)] for place in places] == passages
    assert (how is Placed.NOWHERE) is (not passages)


def test_lines_are_carried_to_the_later_version() -> None:
    before = Document("b.md", "one\ntwo\nthree\nfour\nfive\n")
    after = Document("a.md", "zero\none\nTWO\nthree\nfive and a half\n")
    lines = {line: Span(before.text.index(line), before.text.index(line) + len(line)) for line in before.text.split()}
    found = {
        line: [after.text[slice(*place)] for place in carried(before, after, [span])] for line, span in lines.items()
    }
    assert found == {
        "one": ["one"],
        "two": ["TWO"],
        "three": ["three"],
        "four": ["five and a half"],  # two lines became one
        "five": ["five and a half"],
    }
    gone = Document("g.md", "one\nfive\n")
    assert carried(before, gone, [lines["three"]]) == ()
