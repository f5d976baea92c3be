from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from auditor import formats, shape
from auditor.document import Document, Span
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.formats import RenderOptions, Show, Sort
from auditor.judgement import By, Evidence, Judgement, Severity, Suppression
from auditor.report import About, Audited, Covered, Rejected, Remark, Report, Use, Value

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


def _rendered(report: Report, **options: Any) -> str:  # noqa: ANN401
    return formats.render("json", report, RenderOptions(**options))


def test_is_what_was_looked_at(
    report: Report, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.published.__version__", "0.0.0")
    golden("report.json", _rendered(report))


def test_published_schema_is_current(golden: Callable[[str, str], None]) -> None:
    golden("../../docs/report.schema.json", json.dumps(shape.schema(), indent=2) + "\n")


def test_fits_the_published_schema(report: Report) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for case in (report, Report(()), Report(report.documents[:1])):
        validator.validate(json.loads(_rendered(case)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), 2),
        (("documents", 0, "extra"), True),
        (("documents", 0, "status"), "not-audited"),
        (("documents", 0, "judgements", 0, "verdict"), "unsure"),
        (("documents", 0, "judgements", 0, "reason"), "because"),
        (("documents", 0, "judgements", 0, "span", "line"), "4"),
        (("documents", 3, "error", "hint"), None),
    ],
)
def test_schema_is_closed(place: tuple[str | int, ...], value: object, report: Report) -> None:
    content = json.loads(_rendered(report))
    at = content
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_says_everything() -> None:
    document = Document("a.md", "Z\u00fc: 3.\nB is ahead.\n")
    ahead = Judgement(
        "comparison", CONTRADICTED, "B is ahead", Span(7, 17), computation="B < A", severity=Severity.CONCLUSION,
        evidence=(Evidence("A", "3", Span(4, 5)), Evidence("sum", "5", None)),
        margin="flips", mend=("this", "that"), notes=("note",),
    )  # fmt: skip
    known = Suppression(By.BASELINE, "accepted before")
    lost = Judgement("trend", unverifiable(Reason.QUOTE_NOT_FOUND), "A rises", None, implied=True, suppression=known)
    remarks = (
        Remark(About.SUPPRESSION_UNUSED, "in vain", "remove it", Span(7, 8)),
        Remark(About.BASELINE_STALE, "gone", "write it", None),
    )
    entry = Audited(
        document,
        (ahead, lost),
        (Covered(Span(4, 5), "number", Use.UNREAD, "why"), Covered(Span(0, 6), "sentence", Use.USED)),
        (Rejected("value 'x'", "nowhere", Span(0, 2)), Rejected("value 'y'", "nowhere", None)),
        "m",
        stale=True,
        values=(
            Value("time", "s", "lower", "A", (("size", "4B"),), "start", Fraction(0), "~3", Fraction(3), (Span(4, 5),)),
            Value("time", "", "", None, (), "", None, "4", None, ()),
        ),
        remarks=remarks,
    )
    content = json.loads(_rendered(Report((entry,))))
    del content["tool"]["version"]
    assert content == {
        "version": 1,
        "tool": {"name": "audit"},
        "exit": 1,
        "totals": {
            "audited": 1,
            "not_audited": 0,
            "supported": 0,
            "contradicted": 1,
            "unverifiable": 0,
            "suppressed": 1,
        },
        "documents": [
            {
                "path": "a.md",
                "status": "audited",
                "sha256": document.digest,
                "model": "m",
                "stale": True,
                "judgements": [
                    {
                        "verdict": "contradicted",
                        "reason": None,
                        "kind": "comparison",
                        "quote": "B is ahead",
                        "span": {"start": 7, "end": 17, "line": 2, "column": 1},
                        "evidence": [
                            {"label": "A", "written": "3", "span": {"start": 4, "end": 5, "line": 1, "column": 5}},
                            {"label": "sum", "written": "5", "span": None},
                        ],
                        "computation": "B < A",
                        "margin": "flips",
                        "severity": "conclusion",
                        "mend": ["this", "that"],
                        "notes": ["note"],
                        "implied": False,
                        "suppressed": None,
                        "runs": None,
                    },
                    {
                        "verdict": "unverifiable",
                        "reason": "quote-not-found",
                        "kind": "trend",
                        "quote": "A rises",
                        "span": None,
                        "evidence": [],
                        "computation": "",
                        "margin": "",
                        "severity": None,
                        "mend": [],
                        "notes": [],
                        "implied": True,
                        "suppressed": {"by": "baseline", "why": "accepted before"},
                        "runs": None,
                    },
                ],
                "rejected": [
                    {"what": "value 'x'", "why": "nowhere", "span": {"start": 0, "end": 2, "line": 1, "column": 1}},
                    {"what": "value 'y'", "why": "nowhere", "span": None},
                ],
                "coverage": {
                    "numbers": {"used": 0, "judged": 0, "ignored": 0, "unread": 1},
                    "sentences": {"used": 1, "judged": 0, "ignored": 0, "unread": 0},
                    "entries": [
                        {
                            "what": "number",
                            "use": "unread",
                            "why": "why",
                            "text": "3",
                            "span": {"start": 4, "end": 5, "line": 1, "column": 5},
                        },
                        {
                            "what": "sentence",
                            "use": "used",
                            "why": "",
                            "text": "Z\u00fc: 3.",
                            "span": {"start": 0, "end": 6, "line": 1, "column": 1},
                        },
                    ],
                },
                "values": [
                    {
                        "metric": "time",
                        "unit": "s",
                        "better": "lower",
                        "subject": "A",
                        "levels": {"size": "4B"},
                        "point": "start",
                        "written": "~3",
                        "spans": [{"start": 4, "end": 5, "line": 1, "column": 5}],
                    },
                    {
                        "metric": "time",
                        "unit": "",
                        "better": "",
                        "subject": None,
                        "levels": {},
                        "point": "",
                        "written": "4",
                        "spans": [],
                    },
                ],
                "remarks": [
                    {
                        "about": "suppression-unused",
                        "text": "in vain",
                        "hint": "remove it",
                        "span": {"start": 7, "end": 8, "line": 2, "column": 1},
                    },
                    {"about": "baseline-stale", "text": "gone", "hint": "write it", "span": None},
                ],
            }
        ],
    }


@pytest.mark.parametrize("strict", [False, True])
def test_exit_code_is_that_of_the_process(strict: bool) -> None:  # noqa: FBT001
    vague = Judgement("unjudged", unverifiable(Reason.VAGUE), "A", Span(0, 1))
    report = Report((Audited(Document("a.md", "A"), (vague,), (), (), "m"),))
    assert json.loads(_rendered(report, strict=strict))["exit"] == report.exit(strict=strict) == int(strict)


def test_filters_and_looks_are_for_people(report: Report) -> None:
    whole = _rendered(report)
    assert _rendered(report, show=Show.CONTRADICTED, sort=Sort.VERDICT, coverage=True, colour=True, width=20) == whole


def test_escapes_decode_to_the_exact_text() -> None:
    text = (
        "".join(map(chr, range(0xA0)))
        + "\\u000a é 漢 😀 \u202e\u200b\ufeff\ud800 \udfff\U000e0041\U0010ffff\ue000\u2028"
    )
    judgement = Judgement("kind", SUPPORTED, text, None)
    report = Report((Audited(Document(text, text), (judgement,), (), (), text),))
    for unicode in (False, True):
        rendered = _rendered(report, unicode=unicode)
        (document,) = json.loads(rendered)["documents"]
        assert (document["path"], document["model"], document["judgements"][0]["quote"]) == (text, text, text)
        assert re.search("[^\n -~é漢😀\xa0-]", rendered) is None
        assert rendered.isascii() is not unicode
        rendered.encode("utf-8")
