"""Tolerances: what a project settles changes what it is meant to change, and is printed with the verdict."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import cli, pipeline, sources
from auditor.allowances import AMOUNTS, tolerances
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Compare, Noted, Relation
from auditor.exact.hedge import Hedge, HedgeName
from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.recordings import Store
from tests.exact.strategies import formulas

if TYPE_CHECKING:
    from auditor.exact.expression import Formula
    from auditor.judgement import Judgement

ROOT = Path(__file__).parents[2]


def _judged(path: str, settled: Tolerances, monkeypatch: pytest.MonkeyPatch) -> tuple[Judgement, ...]:
    monkeypatch.chdir(ROOT)
    document = sources.read(path)
    answer = Store(ROOT / "fixtures", ROOT).load(document).answer
    return pipeline.audit(document, answer, tolerances=settled).judgements


_Said = tuple[str, str | None]
_Change = tuple[str, dict[str, object], str, _Said, _Said]

# A document, what is settled, a quote, and its verdict and note without and with that.
CHANGES: list[_Change] = [
    (
        "tests/documents/time-series.md",
        {"nearly": Fraction("0.4")},
        "visits fell by nearly a half within one year",
        ("contradicted", "nearly: down to 10 % below, and no more than rounding above"),
        (
            "supported",
            ("nearly: down to 40 % below, and no more than rounding above (as configured; by default, nearly: down to 10 % "
            "below, and no more than rounding above)"),
        ),
    ),
    (
        "tests/documents/shares-add-up.md",
        {"nearly": Fraction("0.01")},
        "The access group is nearly twice as large as the network group",
        ("supported", "nearly: down to 10 % below, and no more than rounding above"),
        (
            "supported",
            ("nearly: down to 1 % below, and no more than rounding above (as configured; by default, nearly: down to 10 % "
            "below, and no more than rounding above)"),
        ),
    ),
    (
        "tests/documents/ordering-over-sizes.md",
        {"about": Fraction("0.01")},
        "Memory roughly doubles from one size to the next",
        ("supported", "about: ±5 %, and never less than half a unit of the last digit; in words, ±10 %"),
        (
            "contradicted",
            ("about: ±1 %, and never less than half a unit of the last digit (as configured; by default, about: ±5 %, and "
            "never less than half a unit of the last digit)"),
        ),
    ),
    (
        "seeds/003_c1bea226a4908a7c.txt",
        {"similar": Fraction("0.1")},
        "then stabilizes at ~0.58",
        ("unverifiable", None),
        ("supported", "similar: up to 10 % of the axis or the largest value (as configured; 5 % by default)"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CHANGES, ids=[case[2] for case in CHANGES])
def test_what_is_settled_changes_and_is_said(case: _Change, monkeypatch: pytest.MonkeyPatch) -> None:
    path, table, quote, before, after = case
    for settled, (verdict, note) in ((TOLERANCES, before), (tolerances(table), after)):
        found = [one for one in _judged(path, settled, monkeypatch) if one.quote.startswith(quote)]
        assert verdict in {one.verdict.name for one in found}
        notes = {note for one in found for note in one.notes if note.startswith(("about", "nearly", "similar"))}
        assert notes == ({note} if note else set())


def test_defaults_written_out_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = tolerances({amount.key: amount.default for amount in AMOUNTS})
    assert written == TOLERANCES
    path = "tests/documents/forty-true-claims.md"
    assert _judged(path, written, monkeypatch) == _judged(path, TOLERANCES, monkeypatch)


def test_degrees_in_words() -> None:
    degrees = Tolerances(slight=Fraction(3, 10), substantial=Fraction(1, 2)).degrees
    assert degrees == (
        "slight is up to 30 %, substantial from 50 %, extreme from 100 % (as configured; 5 %, 20 % and 100 % by default)"
    )
    assert TOLERANCES.degrees == "slight is up to 5 %, substantial from 20 %"


@given(
    st.fixed_dictionaries(
        {
            amount.key: st.one_of(st.fractions(amount.least, amount.most), st.sampled_from([amount.least, amount.most]))
            for amount in AMOUNTS
        }
    ),
    st.sampled_from(get_args(HedgeName)),
    st.fractions(-100, 100),
    st.sampled_from([None, Fraction(1), Fraction(1, 100)]),
)
def test_every_number_that_may_be_configured_gives_an_interval(
    table: dict[str, Fraction], name: HedgeName, point: Fraction, step: Fraction | None
) -> None:
    hedge = Hedge(name, tolerances(table).hedges)
    widened = hedge.widen(point, step)
    assert widened.meets(widened)
    fair = hedge.fair(point)
    assert fair is None or fair.meets(fair)


def _similar(formula: Formula) -> bool:
    return isinstance(formula, Compare) and formula.relation is Relation.SIMILAR and formula.tolerance is None


@given(formulas)
def test_only_similar_is_touched(formula: Formula) -> None:
    applied = Tolerances(similar=Fraction(1, 3)).applied(formula)
    assert TOLERANCES.applied(formula) is formula
    if isinstance(formula, Compare):
        assert (applied == formula) is not _similar(formula)
        if isinstance(applied, Noted):
            assert isinstance(applied.part, Compare)
            assert (applied.part.left, applied.part.tolerance) == (formula.left, Fraction(1, 3))
    if "SIMILAR" not in repr(formula):
        assert evaluate(applied) == evaluate(formula)


def test_a_project_settles_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "time-series.md"
    (tmp_path / ".audit").mkdir()
    for source, place in (
        (f"tests/documents/{name}", name),
        (f"fixtures/tests/documents/{name}.json", f".audit/{name}.json"),
    ):
        (tmp_path / place).write_bytes((ROOT / source).read_bytes())
    monkeypatch.chdir(tmp_path)
    codes = []
    for table in ("", "[tolerances]\nnearly = 0.4\n"):
        (tmp_path / "auditor.toml").write_text(table, encoding="utf-8")
        cli.main(["--offline", "--format", "json", name])
        report = json.loads(capsys.readouterr().out)
        verdicts = {one["quote"]: one["verdict"] for one in report["documents"][0]["judgements"]}
        codes.append(verdicts["visits fell by nearly a half within one year"])
    assert codes == ["contradicted", "supported"]
