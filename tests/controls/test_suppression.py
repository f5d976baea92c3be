"""Suppressions: which judgements a comment is for, and what is said of one that does not work."""

from __future__ import annotations

import pytest

from auditor.acceptance.suppression import suppressed
from auditor.comments import without_comments
from auditor.document import Document, Span
from auditor.errors import InputError
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.judgement import By, Judgement, Severity, Suppression
from auditor.report import About, Audited, Exit, NotAudited, Remark, Report

# "A rises" is a contradicted trend, "B leads" a comparison without a value, "C is 3" a supported comparison.
_JUDGED = {
    "A rises": ("trend", CONTRADICTED, Severity.CONCLUSION),
    "B leads": ("comparison", unverifiable(Reason.MISSING_VALUE), None),
    "C is 3": ("comparison", SUPPORTED, None),
}


def _entry(text: str, path: str = "a.md") -> Audited:
    document = without_comments(Document(path, text))
    judgements = []
    for quote, (kind, verdict, severity) in _JUDGED.items():
        at = document.text.find(quote)
        while at >= 0:
            judgements.append(Judgement(kind, verdict, quote, Span(at, at + len(quote)), severity=severity))
            at = document.text.find(quote, at + 1)
    return Audited(document, tuple(judgements), (), (), "m")


def _c(names: str, reason: str = "why") -> str:
    return f"<!-- audit: ignore[{names}] {reason} -->"


# The text, the lines on which a judgement is suppressed, and what is said about the comments.
CASES: dict[str, tuple[str, list[int], list[str]]] = {
    "the block below": (f"{_c('trend')}\nA rises.\n", [2], []),
    "the block below, after blank lines": (f"{_c('trend')}\n\n\nA rises.\n", [4], []),
    "the whole block": (f"{_c('trend')}\nX.\nA rises.\nA rises.\n", [3, 4], []),
    "the block and no more": (f"{_c('trend')}\nA rises.\n\nA rises.\n", [2], []),
    "the line": (f"X.\nA rises. {_c('trend')}\nA rises.\n", [2], []),
    "the line, comment first": (f"{_c('trend')} A rises.\nA rises.\n", [1], []),
    "the row": (f"| a | b |\n|---|---|\n| A rises | 2 {_c('trend')} |\n| A rises | 3 |\n", [3], []),
    "a quotation": (f"> {_c('trend')}\n> A rises.\n>\n> A rises.\n", [2], []),
    "by reason": (f"B leads. {_c('missing-value')}\n", [1], []),
    "by severity": (f"A rises. {_c('conclusion')}\n", [1], []),
    "several names": (f"A rises. B leads. {_c('trend, comparison')}\n", [1, 1], []),
    "two comments": (f"{_c('trend')}\n{_c('comparison')}\nA rises. B leads.\n", [3, 3], []),
    "a reason after a dash": (f"A rises. {_c('trend', '— why')}\n", [1], []),
    "another kind": (f"A rises. {_c('comparison')}\n", [], ["1: unused: the suppression of comparison suppresses nothing"]),
    "one of two names": (f"A rises. {_c('trend, peak')}\n", [1], ["1: unused: the suppression of peak suppresses nothing"]),
    "what is supported": (f"C is 3. {_c('comparison')}\n", [], ["1: unused: the suppression of comparison suppresses nothing"]),
    "the block above": (f"A rises.\n\n{_c('trend')}\n", [], ["3: unused: the suppression of trend suppresses nothing"]),
    "two for one": (f"{_c('trend')}\nA rises. {_c('conclusion')}\n", [2], []),
    "no reason": (f"A rises. {_c('trend', '')}\n", [], ["1: invalid: the suppression of trend gives no reason, so nothing is suppressed"]),
    "no reason but a dash": (f"A rises. {_c('trend', '--')}\n", [], ["1: invalid: the suppression of trend gives no reason, so nothing is suppressed"]),
    "unknown name": (
        f"A rises. {_c('trend, trends')}\n",
        [],
        ["1: invalid: a suppression names “trends”, which is no kind, reason or severity, so nothing is suppressed"],
    ),
    "no name": (f"A rises. {_c(' , ')}\n", [], ["1: invalid: a suppression names no kind, reason or severity, so nothing is suppressed"]),
    "no bracket": ("A rises. <!-- audit: ignore trend why -->\n", [], ["1: invalid: “ignore trend why” is not understood, so nothing is suppressed"]),
    "another word": ("A rises. <!-- audit: disable[trend] why -->\n", [], ["1: invalid: “disable[trend] why” is not understood, so nothing is suppressed"]),
    "shown in a fence": (f"```\n{_c('trend')}\n```\nA rises.\n", [], []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_suppressed(name: str) -> None:
    text, lines, said = CASES[name]
    entry = suppressed(_entry(text))
    assert entry.document is not None
    marked = [one for one in entry.judgements if one.suppression is not None]
    assert [entry.document.position(one.span.start).line for one in marked if one.span] == lines
    assert {one.suppression for one in marked} <= {Suppression(By.COMMENT, "why")}
    found = []
    for remark in entry.remarks:
        assert remark.span is not None
        sort = remark.about.removeprefix("suppression-")
        found.append(f"{entry.document.position(remark.span.start).line}: {sort}: {remark.text}")
    assert found == said


def test_nothing_changes_where_there_is_no_comment() -> None:
    entry = _entry("A rises.\n")
    assert suppressed(entry) is entry


def test_of_a_document_that_nobody_has_read_nothing_is_in_vain() -> None:
    read = _entry(f"A rises. {_c('trend')} {_c('peak')} {_c('x')}\n")
    entry = suppressed(NotAudited("a.md", InputError("x", hint="y"), read.document, read.judgements))
    assert [judgement.suppression for judgement in entry.judgements] == [Suppression(By.COMMENT, "why")]
    assert [remark.about for remark in entry.remarks] == [About.SUPPRESSION_INVALID]


# What is left after suppression, and the exit code, without and with --strict.
EXITS = {
    "a contradiction": ("A rises.", (1, 1)),
    "a suppressed contradiction": (f"A rises. {_c('trend')}", (0, 0)),
    "a suppressed gap": (f"B leads. {_c('missing-value')}", (0, 0)),
    "a gap": ("B leads.", (0, 1)),
    "in vain": (f"C is 3. {_c('trend')}", (0, 1)),
    "not understood": (f"C is 3. {_c('x')}", (2, 2)),
    "not understood, and a contradiction": (f"A rises. {_c('x')}", (1, 1)),
}


@pytest.mark.parametrize("name", EXITS)
def test_exit(name: str) -> None:
    text, expected = EXITS[name]
    report = Report((suppressed(_entry(text)),))
    assert (report.exit(), report.exit(strict=True)) == expected


def test_no_suppression_hides_what_is_incomplete() -> None:
    missing = NotAudited("b.md", InputError("x", hint="y"))
    report = Report((suppressed(_entry(f"A rises. {_c('x')}")), missing))
    assert report.exit() == Exit.INCOMPLETE


def test_remarks_before_stay() -> None:
    stale = Remark(About.BASELINE_STALE, "gone", "write it anew", None)
    text = f"A rises. {_c('x')}\n"
    entry = _entry(text)
    both = suppressed(Audited(entry.document, entry.judgements, (), (), "m", remarks=(stale,)))
    assert [remark.about for remark in both.remarks] == [About.BASELINE_STALE, About.SUPPRESSION_INVALID]
