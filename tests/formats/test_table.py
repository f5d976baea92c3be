from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from auditor import formats
from auditor.document import Document, Span
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.formats import RenderOptions, Show, Sort
from auditor.judgement import Evidence, Judgement, Severity
from auditor.layout import cells
from auditor.report import Audited, Report

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

GOLDEN = {
    "table-60.txt": RenderOptions(width=60),
    "table-80.txt": RenderOptions(width=80),
    "table-140.txt": RenderOptions(width=140),
    "table-80-colour.txt": RenderOptions(width=80, colour=True),
    "table-60-colour.txt": RenderOptions(width=60, colour=True),
    "table-80-ascii.txt": RenderOptions(width=80, unicode=False),
    "table-80-contradicted.txt": RenderOptions(width=80, show=Show.CONTRADICTED),
    "table-80-problems-by-verdict.txt": RenderOptions(width=80, show=Show.PROBLEMS, sort=Sort.VERDICT),
    "table-80-coverage.txt": RenderOptions(width=80, show=Show.CONTRADICTED, coverage=True),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_looks_as_it_was_looked_at(name: str, report: Report, golden: Callable[[str, str], None]) -> None:
    golden(name, formats.render("table", report, GOLDEN[name]))


@pytest.mark.parametrize("width", [1, 40, 41, 59, 60, 75, 76, 77, 80, 99, 140, 150, 1000])
@pytest.mark.parametrize("coverage", [False, True])
def test_keeps_to_the_width_and_never_breaks_a_verdict(width: int, coverage: bool, report: Report) -> None:  # noqa: FBT001
    text = formats.render("table", report, RenderOptions(width=width, coverage=coverage))
    assert [line for line in text.split("\n") if cells(line) > max(40, min(width, 150))] == []
    assert text.count("✘ CONTRADICTED") == 4
    assert [line for line in text.split("\n") if line != line.rstrip()] == []


@pytest.mark.parametrize("width", [60, 80, 140])
def test_colour_adds_nothing_but_colour(width: int, report: Report) -> None:
    options = RenderOptions(width=width)
    coloured = formats.render("table", report, replace(options, colour=True))
    plain = "\n".join(line.rstrip() for line in _ESCAPE.sub("", coloured).split("\n"))
    assert plain == formats.render("table", report, options)


def test_is_ascii_where_nothing_else_can_be_encoded(report: Report) -> None:
    text = formats.render("table", report, RenderOptions(width=80, unicode=False, coverage=True))
    assert text.isascii()


# -- small reports, whole ------------------------------------------------------------------------------------

_TEXT = Document("a.md", "A is 3.\nB is 2.\nB is ahead.\nWhy not?\n")
_AHEAD = Judgement(
    "comparison",
    CONTRADICTED,
    "B is ahead",
    Span(16, 26),
    computation="B 2 < A 3",
    evidence=(Evidence("A", "3", Span(5, 6)), Evidence("B", "2", Span(13, 14)), Evidence("sum", "5", None)),
    margin="flips if B > 3; stated 2",
    severity=Severity.CONCLUSION,
    mend=("say that A is ahead", "correct 3 (1:6) or 2 (2:6)"),
)
_VAGUE = Judgement("unjudged", unverifiable(Reason.VAGUE), "Why not?", Span(28, 36))
_TRUE = Judgement("value", SUPPORTED, "A is 3", Span(0, 6), implied=True, notes=("read as 3",))


def _table(*judgements: Judgement, width: int = 80, show: Show = Show.ALL, sort: Sort = Sort.POSITION) -> str:
    report = Report((Audited(_TEXT, judgements, (), (), "m"),))
    return formats.render("table", report, RenderOptions(width=width, show=show, sort=sort))


_SUMS = """\
numbers: 0 used, 0 judged, 0 ignored, 0 unread
sentences: 0 used, 0 judged, 0 ignored, 0 unread
read by m

"""
_TITLE = f"a.md {'─' * 75}\n"
_HEAD = "where  claim                   verdict         why\n"
_ROW_TRUE = """\
1:1    A is 3                  ✔ supported     read as 3
                                 implied
                                 value

"""
_ROW_AHEAD = """\
3:1    B is ahead              ✘ CONTRADICTED  B 2 < A 3
                                 conclusion
                                 comparison
       │ evidence  1:6  A: 3
       │           2:6  B: 2
       │           -    sum: 5
       │ margin    flips if B > 3; stated 2
       │ mend      say that A is ahead
       │ or        correct 3 (1:6) or 2 (2:6)

"""
_ROW_VAGUE = """\
4:1    Why not?                ? unverifiable  vague: the wording fixes no
                                 unjudged      quantity that could be checked

"""
_TALLY = "1 contradicted, 1 supported, 1 unverifiable"

SMALL = {
    "as in the document": (
        _table(_TRUE, _AHEAD, _VAGUE),
        _TITLE + _HEAD + _ROW_TRUE + _ROW_AHEAD + _ROW_VAGUE + _TALLY + "\n" + _SUMS,
    ),
    "by verdict": (
        _table(_TRUE, _VAGUE, _AHEAD, sort=Sort.VERDICT),
        _TITLE + _HEAD + _ROW_AHEAD + _ROW_VAGUE + _ROW_TRUE + _TALLY + "\n" + _SUMS,
    ),
    "problems only": (
        _table(_TRUE, _AHEAD, _VAGUE, show=Show.PROBLEMS),
        _TITLE + _HEAD + _ROW_AHEAD + _ROW_VAGUE + _TALLY + " · 1 not listed (--show problems)\n" + _SUMS,
    ),
    "contradictions only, and there are none": (
        _table(_TRUE, show=Show.CONTRADICTED),
        _TITLE
        + "0 contradicted, 1 supported, 0 unverifiable · 1 not listed (--show contradicted)\n"
        + _SUMS,
    ),
    "no claim at all": (
        _table(),
        _TITLE + "! NOT AUDITED  no claim was found in this document, so nothing was checked\n" + _SUMS,
    ),
    "narrow": (
        _table(_AHEAD, width=40),
        f"""\
a.md {'─' * 35}
✘ CONTRADICTED  3:1  conclusion
  comparison
  B is ahead
    B 2 < A 3
    │ evidence  1:6  A: 3
    │           2:6  B: 2
    │           -    sum: 5
    │ margin    flips if B > 3; stated 2
    │ mend      say that A is ahead
    │ or        correct 3 (1:6) or 2
    │           (2:6)

1 contradicted, 0 supported,
0 unverifiable
numbers: 0 used, 0 judged, 0 ignored, 0
unread
sentences: 0 used, 0 judged, 0 ignored,
0 unread
read by m

""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SMALL)
def test_small_report(case: str) -> None:
    rendered, expected = SMALL[case]
    assert rendered == expected


def test_graver_contradictions_come_first() -> None:
    small = [replace(_AHEAD, severity=severity, quote=severity) for severity in reversed(Severity)]
    rows = re.findall(r"(?m)^3:1 +(\w+)", _table(*small, sort=Sort.VERDICT))
    assert rows == ["conclusion", "magnitude", "presentation"]


def test_nothing_named_is_said() -> None:
    assert formats.render("table", Report(()), RenderOptions()) == "! NOTHING AUDITED  no document was named\n"


def test_a_long_quote_keeps_its_beginning_and_its_end() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    rows = _table(replace(_TRUE, quote=words, implied=False, notes=())).split("\n")[2:7]
    assert rows == [
        "1:1    word0 word1 word2       ✔ supported",
        "       word3 word4 word5         value",
        "       word6 word7 word8",
        "       word9 word10 word11",
        "       … word198 word199",
    ]


def test_wide_characters_are_laid_out_by_cells() -> None:
    rows = _table(replace(_TRUE, quote="精度" * 12, implied=False)).split("\n")[2:5]
    assert rows == [
        "1:1    精度精度精度精度精度精  ✔ supported     read as 3",
        "       度精度精度精度精度精度    value",
        "       精度",
    ]


def test_ten_thousand_rows_are_quick() -> None:
    text = "A was 1.75 s and ReasonFlux was 0.3 s. " * 10_000
    rows = (_AHEAD, _VAGUE, _TRUE)
    judgements = tuple(replace(rows[place % 3], span=Span(39 * place, 39 * place + 30)) for place in range(10_000))
    report = Report((Audited(Document("a.md", text), judgements, (), (), "m"),))
    start = time.process_time()
    formats.render("table", report, RenderOptions(width=80, colour=True))
    formats.render("json", report, RenderOptions())
    assert time.process_time() - start < 5
