"""Tables judged by themselves: every case of `checks.toml` is a table and what it gets wrong, rendered whole.

A finding is shown as its kind, the accused cell, the computation, what holds elsewhere and the notes. As many tables
must stay silent as must fire.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Document
from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Given
from auditor.tables.checks import KINDS, checked
from auditor.tables.table import tables


def rendered(text: str) -> str:
    found, entries = checked(tables(Document("case.md", text)))
    lines = []
    for finding in found:
        trace = evaluate(finding.formula)
        for leaf in trace.leaves:
            assert isinstance(leaf, Given)
            assert text[slice(*entries[leaf.sources[0]].span)].replace("*", "") == leaf.written
        notes = "".join(f"; {note.partition(':')[0]}" for note in trace.notes)
        lines.append(f"{finding.kind} {text[slice(*finding.span)]}: {trace.text} [{finding.about}]{notes}")
        assert trace.verdict.name == "contradicted"
    return "\n".join(lines)


CASES = {
    case["why"]: (case["text"], case["wrong"].strip("\n"))
    for case in tomllib.loads(Path(__file__).with_name("checks.toml").read_text("utf-8"))["case"]
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_gets_this_wrong_and_nothing_else(case: str) -> None:
    text, wrong = CASES[case]
    assert rendered(text) == wrong


def test_as_many_tables_are_left_alone_as_accused_and_every_kind_accuses() -> None:
    accused = [wrong.partition(" ")[0] for _, wrong in CASES.values() if wrong]
    assert len(accused) <= len(CASES) - len(accused)
    assert set(accused) == set(KINDS)


CELLS = st.sampled_from(
    [*("1", "2", "3.5", "10", "0", "-4", "25%", "+5%", "2.0x", "**9**", "**1.5**", "", "n/a", "x", "12 ± 3", "7 +10%")]
)
HEADS = st.sampled_from(
    [
        *(
            "a",
            "Δ",
            "speedup",
            "total",
            "Avg",
            "min",
            "max",
            "mean",
            "p50",
            "p99",
            "rank",
            "%",
            "score ↑",
            "time (s) ↓",
            "",
        )
    ]
)
LABELS = st.sampled_from(("a", "Total", "Average", "Δ", "min", "max", "mean", "b", ""))
DRAWN = st.integers(1, 6).flatmap(
    lambda width: st.tuples(
        st.lists(HEADS, min_size=width, max_size=width),
        st.lists(st.tuples(LABELS, st.lists(CELLS, max_size=width)), max_size=8),
    )
)


@given(DRAWN)
def test_whatever_a_table_holds_its_findings_are_contradicted_and_inside_it(
    drawn: tuple[list[str], list[tuple[str, list[str]]]],
) -> None:
    heads, rows = drawn
    lines = [
        f"|name|{'|'.join(heads)}|",
        "|---" * (len(heads) + 1) + "|",
        *(f"|{label}|{'|'.join(cells)}|" for label, cells in rows),
    ]
    text = "\n".join(lines)
    found, entries = checked(tables(Document("case.md", text)))
    for finding in found:
        trace = evaluate(finding.formula)
        assert trace.verdict.name == "contradicted"
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert all(isinstance(leaf, Given) and leaf.sources[0] < len(entries) for leaf in trace.leaves)
