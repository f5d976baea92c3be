"""Selection: names add up within a sort and narrow each other down between sorts."""

from __future__ import annotations

import pytest

from auditor.acceptance.selection import FileRule, Selection
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.judgement import Judgement, Severity

WRONG_TREND = Judgement("trend", CONTRADICTED, "q", None, severity=Severity.CONCLUSION)
WRONG_COUNT = Judgement("count", CONTRADICTED, "q", None, severity=Severity.PRESENTATION)
VAGUE = Judgement("uncheckable", unverifiable(Reason.VAGUE), "q", None)
TRUE_TREND = Judgement("trend", SUPPORTED, "q", None)
ALL = (WRONG_TREND, WRONG_COUNT, VAGUE, TRUE_TREND)


def _names(*names: str) -> frozenset[str]:
    return frozenset(names)


# What is selected and ignored, and what becomes of the four judgements above; "" for what counts.
CASES: dict[str, tuple[Selection, tuple[str, str, str, str]]] = {
    "nothing said": (Selection(), ("", "", "", "")),
    "a kind": (
        Selection(_names("trend")),
        ("", "count is not selected", "uncheckable is not selected", ""),
    ),
    "two kinds": (Selection(_names("trend", "count")), ("", "", "uncheckable is not selected", "")),
    "a severity": (Selection(_names("conclusion")), ("", "presentation is not selected", "", "")),
    "a reason": (Selection(_names("causal")), ("", "", "vague is not selected", "")),
    "a kind and a severity": (
        Selection(_names("count", "conclusion")),
        ("trend is not selected", "presentation is not selected", "uncheckable is not selected", "trend is not selected"),
    ),
    "without a kind": (Selection(ignore=_names("trend")), ("trend is ignored", "", "", "trend is ignored")),
    "without a reason": (Selection(ignore=_names("vague")), ("", "", "vague is ignored", "")),
    "without a severity": (Selection(ignore=_names("conclusion")), ("conclusion is ignored", "", "", "")),
    "selected and ignored": (
        Selection(_names("trend"), _names("conclusion")),
        ("conclusion is ignored", "count is not selected", "uncheckable is not selected", ""),
    ),
    "in a file": (
        Selection(files=(FileRule("docs/*.md", _names("trend")),), folder="/p"),
        ("trend is ignored in docs/*.md", "", "", "trend is ignored in docs/*.md"),
    ),
    "in other files": (Selection(files=(FileRule("!docs/*", _names("trend")),), folder="/p"), ("", "", "", "")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_selection(name: str) -> None:
    selection, expected = CASES[name]
    assert tuple(selection.why_not(judgement, "/p/docs/deep/a.md") or "" for judgement in ALL) == expected


FITS = [
    ("docs/*.md", "docs/a.md", True),
    ("docs/*.md", "docs/deep/a.md", True),
    ("docs/*.md", "README.md", False),
    ("*.md", "docs/a.md", True),
    ("README.md", "README.md", True),
    ("README.md", "docs/README.md", True),
    ("readme.md", "README.md", False),
    ("docs/README.md", "README.md", False),
    ("docs", "docs/a.md", False),
    ("docs/**", "docs/deep/a.md", True),
    ("!docs/*", "README.md", True),
    ("!docs/*", "docs/a.md", False),
    ("../*", "../a.md", True),
    ("data.jsonl*", "data.jsonl:17", True),
    ("[ab].md", "a.md", True),
    ("[", "a.md", False),
]


@pytest.mark.parametrize(("pattern", "path", "fits"), FITS)
def test_patterns(pattern: str, path: str, fits: bool) -> None:  # noqa: FBT001
    assert FileRule(pattern, frozenset()).fits(path) is fits
