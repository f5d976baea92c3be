"""The checker of reports is checked: each of its rules fires, and stays silent where it should.

The expectations of our own documents are checked too: a broken one would pass for a fault of the product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.gold import DOCUMENTS, ROOT, Expected, Statement, expectations, faults, locate, sentence

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Ann ran 9 km. Bob ran 7 km, so Bob won. All ran.\nEach of them was quick. Cy came later\n\nNobody fell"

WRONG = {"quote": "Bob won", "says": "7 < 9", "verdict": "contradicted"}
LENIENT = {**WRONG, "also": ["unverifiable"]}
RIGHT = {"quote": "All ran", "says": "both ran", "verdict": "supported"}
REQUIRED = {**RIGHT, "must": True}
EITHER = {**RIGHT, "also": ["contradicted"]}
REQUIRED_EITHER = {**REQUIRED, "also": ["unverifiable"]}
OPEN = {"quote": "was quick", "says": "no times", "verdict": "unverifiable", "must": True}

NOT_FOUND = "d.txt: not reported contradicted: 'Bob won' (7 < 9); got "
NOT_SUPPORTED = "d.txt: not reported supported: 'All ran' (both ran); got "
NOT_OPEN = "d.txt: not reported unverifiable: 'was quick' (no times); got "
ALARM = "d.txt: false alarm on "


class Case(NamedTuple):
    why: str
    statements: tuple[dict[str, Any], ...]
    judged: tuple[tuple[str, str | None], ...]
    """Verdict and the passage it stands on."""
    faults: tuple[str, ...] = ()


CASES = (
    # A contradiction has to be reported as one.
    Case("a contradiction on the very quote", (WRONG,), (("contradicted", "Bob won"),)),
    Case("a contradiction on a wider passage", (WRONG,), (("contradicted", "Bob ran 7 km, so Bob won."),)),
    Case("a contradiction on a part of the quote", (WRONG,), (("contradicted", "won"),)),
    Case("a contradiction among other verdicts", (WRONG,), (("supported", "Bob won"), ("contradicted", "Bob won"))),
    Case("a contradiction passed over", (WRONG,), (), (NOT_FOUND + "nothing",)),
    Case("a contradiction taken for true", (WRONG,), (("supported", "Bob won"),), (NOT_FOUND + "supported",)),
    Case("a contradiction left open", (WRONG,), (("unverifiable", "Bob won"),), (NOT_FOUND + "unverifiable",)),
    Case(
        "a contradiction with both other verdicts",
        (WRONG,),
        (("unverifiable", "Bob won"), ("supported", "won"), ("supported", "Bob won")),
        (NOT_FOUND + "supported, unverifiable",),
    ),
    Case(
        "a contradiction beside the quote, in its sentence",
        (WRONG,),
        (("contradicted", "Bob ran 7 km"),),
        (NOT_FOUND + "nothing",),
    ),
    Case(
        "a contradiction that ends where the quote begins",
        (WRONG,),
        (("contradicted", "so "),),
        (NOT_FOUND + "nothing",),
    ),
    Case("a contradiction without a place", (WRONG,), (("contradicted", None),), (NOT_FOUND + "nothing",)),
    # Where another verdict is acceptable too, that one will do, but silence will not.
    Case("a lenient contradiction, reported", (LENIENT,), (("contradicted", "Bob won"),)),
    Case("a lenient contradiction, left open", (LENIENT,), (("unverifiable", "Bob won"),)),
    Case("a lenient contradiction, passed over", (LENIENT,), (), (NOT_FOUND + "nothing",)),
    Case(
        "a lenient contradiction, taken for true", (LENIENT,), (("supported", "Bob won"),), (NOT_FOUND + "supported",)
    ),
    # What must be reported has to be, with its own verdict; the rest may be passed over.
    Case("a required statement, reported", (REQUIRED,), (("supported", "All ran"),)),
    Case(
        "a required statement among other verdicts", (REQUIRED,), (("unverifiable", "ran."), ("supported", "All ran"))
    ),
    Case("a required statement, passed over", (REQUIRED,), (), (NOT_SUPPORTED + "nothing",)),
    Case("a required statement, left open", (REQUIRED,), (("unverifiable", "All"),), (NOT_SUPPORTED + "unverifiable",)),
    Case(
        "a required statement with an acceptable verdict that is not its own",
        (REQUIRED_EITHER,),
        (("unverifiable", "All ran"),),
        (NOT_SUPPORTED + "unverifiable",),
    ),
    Case(
        "a required statement, reported elsewhere", (REQUIRED,), (("supported", "Ann"),), (NOT_SUPPORTED + "nothing",)
    ),
    Case("a required open statement, reported", (OPEN,), (("unverifiable", "was quick"),)),
    Case("a required open statement, passed over", (OPEN,), (), (NOT_OPEN + "nothing",)),
    Case("an optional statement, passed over", (RIGHT,), ()),
    Case("an optional statement, left open", (RIGHT,), (("unverifiable", "All ran"),)),
    # Whatever else is reported contradicted is a false alarm.
    Case("an alarm on a true statement", (RIGHT,), (("contradicted", "All ran"),), (ALARM + "'All ran'",)),
    Case(
        "an alarm on what no statement mentions",
        (RIGHT,),
        (("contradicted", "Nobody fell"),),
        (ALARM + "'Nobody fell'",),
    ),
    Case("an alarm without a place", (RIGHT,), (("contradicted", None),)),
    Case(
        "other verdicts on what no statement mentions", (), (("supported", "Nobody fell"), ("unverifiable", "Cy came"))
    ),
    Case("an alarm on a statement that may be contradicted", (EITHER,), (("contradicted", "All ran"),)),
    Case(
        "a required statement that was an alarm",
        (REQUIRED,),
        (("contradicted", "All ran"),),
        (NOT_SUPPORTED + "contradicted", ALARM + "'All ran'"),
    ),
    Case(
        "an alarm elsewhere in the sentence of a contradiction",
        (WRONG,),
        (("contradicted", "Bob won"), ("contradicted", "Bob ran 7 km")),
    ),
    Case(
        "an alarm in the sentence before a contradiction",
        (WRONG,),
        (("contradicted", "Bob won"), ("contradicted", "Ann ran 9 km")),
        (ALARM + "'Ann ran 9 km'",),
    ),
    Case(
        "an alarm in the sentence after a contradiction",
        (WRONG,),
        (("contradicted", "Bob won"), ("contradicted", "All ran")),
        (ALARM + "'All ran'",),
    ),
    Case(
        "an alarm that reaches into the sentence of a contradiction",
        (WRONG,),
        (("contradicted", "Bob won"), ("contradicted", "won. All ran")),
    ),
    Case("an alarm on the next line", (EITHER,), (("contradicted", "Each"),), (ALARM + "'Each'",)),
    # Order: the statements as they are listed, then the alarms as they are reported.
    Case(
        "several faults",
        (OPEN, REQUIRED, WRONG),
        (("contradicted", "Nobody fell"), ("contradicted", "Cy came later"), ("supported", "was quick")),
        (
            NOT_OPEN + "supported",
            NOT_SUPPORTED + "nothing",
            NOT_FOUND + "nothing",
            ALARM + "'Nobody fell'",
            ALARM + "'Cy came later'",
        ),
    ),
)


def written(statements: tuple[dict[str, Any], ...], file: str = "texts/d.txt") -> str:
    """Expectations as a TOML file holds them."""

    def value(given: object) -> str:
        return str(given).lower() if isinstance(given, bool) else repr(given)

    tables = ("\n[[document.statement]]\n" + "".join(f"{k} = {value(v)}\n" for k, v in s.items()) for s in statements)
    return f"[[document]]\nfile = '{file}'\n" + ("".join(tables) or "statement = []\n")


def judgement(verdict: str, passage: str | None, text: str = TEXT) -> dict[str, Any]:
    """A judgement as a report publishes it, as far as it matters here."""
    if passage is None:
        return {"verdict": verdict, "span": None}
    place = locate(text, passage)
    return {"verdict": verdict, "span": {"start": place.start, "end": place.end, "line": 1, "column": 1}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("case", [pytest.param(case, id=case.why) for case in CASES])
def test_a_report_is_held_against_the_expectations(case: Case, root: Path) -> None:
    (root / "d.toml").write_text(written(case.statements), encoding="utf-8")
    report = {"documents": [{"path": "d.txt", "judgements": [judgement(*given) for given in case.judged]}]}
    assert faults(report, root / "d.toml", root=root) == list(case.faults)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        pytest.param(
            [{"path": "/far/away/d.txt", "judgements": [judgement("contradicted", "won")]}], [], id="elsewhere"
        ),
        pytest.param(
            [{"path": "e.txt", "judgements": [judgement("contradicted", "won")]}], [NOT_FOUND + "nothing"], id="other"
        ),
        pytest.param([{"path": "d.txt", "status": "not-audited"}], [NOT_FOUND + "nothing"], id="not audited"),
        pytest.param([], [NOT_FOUND + "nothing"], id="missing"),
    ],
)
def test_documents_are_matched_by_file_name(documents: list[dict[str, Any]], expected: list[str], root: Path) -> None:
    (root / "d.toml").write_text(written((WRONG,)), encoding="utf-8")
    assert faults({"documents": documents}, root / "d.toml", root=root) == expected


def test_each_document_of_a_file_is_held_against_its_own_judgements(root: Path) -> None:
    (root / "texts" / "e.txt").write_text("Eve won. Bob won.", encoding="utf-8")
    (root / "all.toml").write_text(written((WRONG,)) + written((WRONG,), "texts/e.txt"), encoding="utf-8")
    eve = judgement("contradicted", "Eve won", "Eve won. Bob won.")
    report = {"documents": [{"path": "e.txt", "judgements": [eve]}, {"path": "d.txt", "judgements": []}]}
    assert faults(report, root / "all.toml", root=root) == [
        NOT_FOUND + "nothing",
        "e.txt: not reported contradicted: 'Bob won' (7 < 9); got nothing",
        "e.txt: false alarm on 'Eve won'",
    ]


def test_offsets_count_code_points(root: Path) -> None:
    (root / "texts" / "d.txt").write_text("\U0001f6b2 – Bob won", encoding="utf-8")
    (root / "d.toml").write_text(written((WRONG,)), encoding="utf-8")
    reported = {"path": "d.txt", "judgements": [{"verdict": "contradicted", "span": {"start": 4, "end": 5}}]}
    assert faults({"documents": [reported]}, root / "d.toml", root=root) == []


def test_a_quote_that_the_document_does_not_say_breaks_the_expectations(root: Path) -> None:
    (root / "d.toml").write_text(written(({**WRONG, "quote": "Eve won"},)), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^the expectations quote 'Eve won', which the document does not say$"):
        faults({"documents": []}, root / "d.toml", root=root)


def test_an_unknown_key_breaks_the_expectations(root: Path) -> None:
    (root / "d.toml").write_text(written(({**WRONG, "musst": True},)), encoding="utf-8")
    with pytest.raises(TypeError, match="musst"):
        expectations(root / "d.toml")


@pytest.mark.parametrize(
    ("quote", "around"),
    [
        ("Ann", "Ann ran 9 km."),
        ("Bob won", " Bob ran 7 km, so Bob won."),
        ("All", " All ran.\n"),
        ("All ran.", " All ran.\n"),
        ("Each", "Each of them was quick."),
        ("was quick.", "Each of them was quick. Cy came later\n"),
        ("later", " Cy came later\n"),
        ("fell", "Nobody fell"),
    ],
)
def test_a_sentence_runs_from_stop_to_stop(quote: str, around: str) -> None:
    assert TEXT[slice(*sentence(TEXT, locate(TEXT, quote)))] == around


def test_expectations_are_read_as_they_are_written(root: Path) -> None:
    (root / "d.toml").write_text(written((LENIENT, {**REQUIRED, "implied": True})), encoding="utf-8")
    wrong = Statement("Bob won", "7 < 9", "contradicted", also=("unverifiable",))
    right = Statement("All ran", "both ran", "supported", must=True, implied=True)
    assert expectations(root / "d.toml") == (Expected("texts/d.txt", (wrong, right)),)


FILES = sorted(DOCUMENTS.glob("*.toml"))
OUR_OWN = [pytest.param(file, id=file.stem) for file in FILES if file.stem != "seeds"]
ALL = [pytest.param(file, id=file.stem) for file in FILES]


def test_every_document_has_expectations_and_every_seed_has() -> None:
    documents = [path for path in DOCUMENTS.iterdir() if path.suffix in {".md", ".txt"}]
    seeds = list((ROOT / "seeds").iterdir())
    files = [expected.file for file in FILES for expected in expectations(file)]
    assert sorted(files) == sorted(str(path.relative_to(ROOT)) for path in documents + seeds)


@pytest.mark.parametrize("file", OUR_OWN)
def test_expectations_are_named_for_their_document(file: Path) -> None:
    assert [(ROOT / expected.file).with_suffix(".toml") for expected in expectations(file)] == [file]


@pytest.mark.parametrize("file", ALL)
def test_each_quote_stands_in_its_document_once(file: Path) -> None:
    for expected in expectations(file):
        text = (ROOT / expected.file).read_text(encoding="utf-8")
        assert [s.quote for s in expected.statements if text.count(s.quote) != 1] == []


@pytest.mark.parametrize("file", ALL)
def test_each_statement_is_sound_in_itself(file: Path) -> None:
    """Verdicts exist, `also` adds one, and `must` is said of nothing that has to be reported anyway."""
    verdicts = {"supported", "contradicted", "unverifiable"}
    for expected in expectations(file):
        broken = [
            statement
            for statement in expected.statements
            if not statement.allowed <= verdicts
            or len(statement.allowed) != len(statement.also) + 1
            or (statement.must and statement.verdict == "contradicted")
            or not statement.says
        ]
        assert broken == []


@pytest.mark.parametrize("file", ALL)
def test_a_report_of_exactly_what_is_expected_has_no_faults(file: Path) -> None:
    assert faults(_ideal(file), file) == []


@pytest.mark.parametrize("file", ALL)
def test_an_empty_report_is_faulted_for_each_contradiction_and_all_that_must_be_reported(file: Path) -> None:
    assert faults({"documents": []}, file) == [
        f"{(ROOT / expected.file).name}: not reported {given.verdict}: {given.quote!r} ({given.says}); got nothing"
        for expected in expectations(file)
        for given in expected.statements
        if given.must or given.verdict == "contradicted"
    ]


def _ideal(file: Path) -> dict[str, Any]:
    documents = []
    for expected in expectations(file):
        text = (ROOT / expected.file).read_text(encoding="utf-8")
        judged = [judgement(statement.verdict, statement.quote, text) for statement in expected.statements]
        documents.append({"path": expected.file, "judgements": judged})
    return {"documents": documents}
