"""What GitHub shows of many annotations: ten errors and ten warnings of a step, so the gravest come first."""

from __future__ import annotations

import pytest

from auditor import formats
from auditor.document import Document, Span
from auditor.errors import InputError
from auditor.exact.verdict import CONTRADICTED, Reason, unverifiable
from auditor.formats import RenderOptions
from auditor.judgement import Judgement, Severity
from auditor.report import Audited, NotAudited, Report

# One letter for each notice, in the order of the document: what GitHub is told, in its order, and the last line.
CASES = {
    "": ("", ""),
    "c": ("c", ""),
    "pmc": ("cmp", ""),
    "pnmc": ("ncmp", ""),
    "mcmc": ("ccmm", ""),
    "upc": ("cpu", ""),
    "p" * 10 + "c" * 10: ("c" * 10 + "p" * 10, ""),
    "p" * 11: ("p" * 11, "0 errors and 11 warnings in all; GitHub shows 10 of each, and this log has them all"),
    "pc" * 11: (
        "c" * 11 + "p" * 11,
        "11 errors and 11 warnings in all; GitHub shows 10 of each, and this log has them all",
    ),
}
SEVERITIES = {"c": Severity.CONCLUSION, "m": Severity.MAGNITUDE, "p": Severity.PRESENTATION}


def _entry(letter: str) -> Audited | NotAudited:
    if letter == "n":
        return NotAudited("n", InputError("it is gone", hint="look for it"))
    verdict = unverifiable(Reason.VAGUE) if letter == "u" else CONTRADICTED
    judgement = Judgement("comparison", verdict, "A", Span(0, 1), severity=SEVERITIES.get(letter))
    return Audited(Document(letter, "A"), (judgement,), (), (), "m")


@pytest.mark.parametrize("written", CASES)
def test_the_gravest_come_first(written: str) -> None:
    order, last = CASES[written]
    lines = formats.render("github", Report(tuple(map(_entry, written))), RenderOptions(strict=True)).splitlines()
    assert "".join(line.partition("file=")[2][0] for line in lines if "file=" in line) == order
    assert [line for line in lines if "file=" not in line] == ([f"::notice title=audit::{last}"] if last else [])


def test_what_is_too_long_is_cut_in_the_middle() -> None:
    judgement = Judgement("k" * 500, CONTRADICTED, "q" * 20_000, Span(0, 1), severity=Severity.CONCLUSION)
    report = Report((Audited(Document("a", "A"), (judgement,), (), (), "m"),))
    (line,) = formats.render("github", report, RenderOptions()).splitlines()
    assert len(line) < 8400
    assert line.startswith(f"::error file=a,line=1,endLine=1,col=1,endColumn=2,title=audit%3A contradicted {'k' * 120}")
