"""A maintainer's way with the command: select, suppress, accept a baseline, and see that nothing goes unseen."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor import cli, formats

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FIRST = "a saving of 33 %"
SECOND = "a simple letter increased attendance by 7.5 % relative to the control arm"
KNOWN = "contradicted difference"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with one document in which two differences are contradicted, and its recording."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs" / ".audit").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    name = "percent-against-points.md"
    shutil.copy(ROOT / "tests" / "documents" / name, tmp_path / "docs")
    shutil.copy(ROOT / "fixtures" / "tests" / "documents" / f"{name}.json", tmp_path / "docs" / ".audit")
    (tmp_path / "docs" / name).rename(tmp_path / "docs" / "a.md")
    recording = (tmp_path / "docs" / ".audit" / f"{name}.json").read_text(encoding="utf-8")
    (tmp_path / "docs" / ".audit" / "a.md.json").write_text(recording.replace(name, "a.md"), encoding="utf-8")


def _audit(*options: str, form: str = "concise") -> int:
    return cli.main(["--offline", "--format", form, *options, "docs/a.md"])


def _last(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def _comment(before: str, comment: str) -> None:
    place = Path("docs/a.md")
    text = place.read_text(encoding="utf-8")
    assert before in text
    place.write_text(text.replace(before, f"{comment}{before}"), encoding="utf-8")


# Options and configuration, the exit code, and the last line of the concise report.
CASES: dict[str, tuple[list[str], str, int, str]] = {
    "nothing": ([], "", 1, "2 contradicted, 19 supported, 5 unverifiable"),
    "ignored": (["--ignore", "difference"], "", 0, "0 contradicted, 8 supported, 5 unverifiable, 13 suppressed (13 by selection)"),
    "ignored, by severity": (["--ignore", "magnitude"], "", 0, "0 contradicted, 19 supported, 5 unverifiable, 2 suppressed (2 by selection)"),
    "selected": (["--select", "difference"], "", 1, "2 contradicted, 11 supported, 0 unverifiable, 13 suppressed (13 by selection)"),
    "commas, spaces and repeats": (
        ["--ignore", "causal, external", "--ignore=advice,"],
        "",
        1,
        "2 contradicted, 19 supported, 2 unverifiable, 3 suppressed (3 by selection)",
    ),
    "ignored by the project": ([], 'ignore = ["magnitude"]', 0, "0 contradicted, 19 supported, 5 unverifiable, 2 suppressed (2 by selection)"),
    "the command line replaces it": (["--ignore", "causal"], 'ignore = ["magnitude"]', 1, "2 contradicted, 19 supported, 4 unverifiable, 1 suppressed (1 by selection)"),
    "the command line empties it": (["--ignore", ""], 'ignore = ["magnitude"]', 1, "2 contradicted, 19 supported, 5 unverifiable"),
    "ignored in the file": ([], 'per-file-ignores = { "docs/*" = ["magnitude"] }', 0, "0 contradicted, 19 supported, 5 unverifiable, 2 suppressed (2 by selection)"),
    "ignored in another file": ([], 'per-file-ignores = { "b.md" = ["magnitude"] }', 1, "2 contradicted, 19 supported, 5 unverifiable"),
    "strict": (["--strict", "--ignore", "magnitude"], "", 1, "0 contradicted, 19 supported, 5 unverifiable, 2 suppressed (2 by selection)"),
    "strict by the project": (["--ignore", "magnitude"], "strict = true", 1, "0 contradicted, 19 supported, 5 unverifiable, 2 suppressed (2 by selection)"),
    "strict and nothing left": (
        ["--strict", "--ignore", "magnitude,causal,external,advice,reading-in-doubt"],
        "",
        0,
        "0 contradicted, 19 supported, 0 unverifiable, 7 suppressed (7 by selection)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_selection(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    options, project, code, counts = CASES[name]
    Path("auditor.toml").write_text(project, encoding="utf-8")
    assert _audit(*options) == code
    assert _last(capsys) == f"1 document: {counts}"


USAGE = {
    "unknown kind": (
        ["--select", "comparison,differance"],
        "--select names 'differance', which is no kind of claim, reason or severity",
        "did you mean difference?",
    ),
    "nowhere to write": (
        ["--write-baseline"],
        "--write-baseline needs to know the baseline's file, and none is named",
        "name it with --baseline FILE, or as baseline in the configuration",
    ),
    "no baseline": (
        ["--baseline", "b.json"],
        "there is no baseline {here}/b.json",
        "make it with --write-baseline --baseline b.json, or check the name",
    ),
    "no folder": (
        ["--write-baseline", "--baseline", "gone/b.json"],
        "the folder of the baseline gone/b.json does not exist",
        "make the folder first, or check the spelling",
    ),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    options, message, hint = USAGE[name]
    assert _audit(*options) == 2
    assert capsys.readouterr() == ("", f"error: {message.format(here=Path.cwd())}\nhint: {hint}\n")


def test_a_comment_silences_one_finding_and_asks_for_no_recording(capsys: pytest.CaptureFixture[str]) -> None:
    _comment("The cost for each", "<!-- audit: ignore[difference] rounded by the finance office -->\n")
    assert _audit() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [SECOND in line for line in lines] == [True, False]
    assert lines[-1] == "1 document: 1 contradicted, 19 supported, 5 unverifiable, 1 suppressed (1 by comment)"


def test_what_is_wrong_with_comments_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    _comment("The cost for each", "<!-- audit: ignore[trend] no trend here -->\n")
    _comment("Subgroup results", "<!-- audit: ignore[difference] -->\n")
    assert _audit("--ignore", "magnitude") == 2
    assert capsys.readouterr().out.splitlines()[:-1] == [
        (
            "docs/a.md:7: suppression-invalid: the suppression of difference gives no reason, so nothing is suppressed; "
            "say why behind the bracket, as in: audit: ignore[comparison] measured on other hardware"
        ),
        (
            "docs/a.md:10: suppression-unused: the suppression of trend suppresses nothing; remove it, or put it where the "
            "claim is"
        ),
    ]


def test_a_baseline_from_its_making_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    here = Path.cwd()
    Path("auditor.toml").write_text('baseline = "accepted.json"\n', encoding="utf-8")
    assert _audit("--write-baseline") == 0
    assert capsys.readouterr().err == (
        f"{here}/accepted.json: 2 accepted, 2 of them new, 0 no longer found\n"
        f"newly accepted: docs/a.md: {KNOWN} “{FIRST}”\nnewly accepted: docs/a.md: {KNOWN} “{SECOND}”\n"
    )
    assert _audit() == 0
    assert _last(capsys).endswith("2 suppressed (2 by baseline)")
    # Lines move, and from another folder the project is the same one.
    _comment("### 4.2", "<!-- audit: ignore[difference] nothing below this line alone -->\n\n")
    os.chdir("docs")
    assert cli.main(["--offline", "-f", "concise", "a.md"]) == 0
    os.chdir("..")
    assert _last(capsys).endswith("2 suppressed (2 by baseline)")
    # One is silenced in the document instead: the baseline is made anew without it, and says so.
    _comment("The cost for each", "<!-- audit: ignore[difference] rounded by the finance office -->\n")
    assert _audit("--write-baseline") == 0
    assert capsys.readouterr().err == (
        f"{here}/accepted.json: 1 accepted, 0 of them new, 1 no longer found\n"
        f"no longer found: docs/a.md: {KNOWN} “{FIRST}”\n"
    )
    # The comment goes: what it silenced is new.
    place = Path("docs/a.md")
    kept = [line for line in place.read_text(encoding="utf-8").splitlines() if "finance office" not in line]
    place.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    assert _audit() == 1


def test_a_stale_entry_is_said_and_fails_only_strictly(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--baseline", "b.json", "--ignore", "causal,external,advice")
    assert _audit(*options, "--write-baseline") == 0
    content = json.loads(Path("b.json").read_text(encoding="utf-8"))
    content["findings"].append({**content["findings"][0], "fingerprint": "0", "quote": "gone"})
    Path("b.json").write_text(json.dumps(content), encoding="utf-8")
    capsys.readouterr()
    assert _audit(*options) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"docs/a.md: baseline-stale: the baseline accepts a {KNOWN} that is no longer found: “gone”; "
        "write it anew with --write-baseline"
    )
    assert _audit(*options, "--strict") == 1


def test_nothing_hides_what_was_not_audited() -> None:
    Path("docs/.audit/a.md.json").unlink()
    assert _audit("--ignore", "difference") == 3
    assert _audit("--write-baseline", "--baseline", "b.json") == 3
    assert json.loads(Path("b.json").read_text(encoding="utf-8"))["findings"] == []


@pytest.mark.parametrize("form", formats.names())
def test_every_format_with_everything_suppressed(
    form: str, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment, a selection, a baseline, and a comment of each sort that does not work."""
    monkeypatch.setattr("auditor.published.__version__", "0.0.0")
    monkeypatch.setattr("auditor.formats.sarif.__version__", "0.0.0")
    _comment("The cost for each", "<!-- audit: ignore[difference, trend] rounded by the finance office -->\n")
    _comment("Subgroup results", "<!-- audit: ignore[diference] x -->\n")
    assert _audit("--write-baseline", "--baseline", "b.json") == 2
    assert _audit("--baseline", "b.json", "--ignore", "causal", "--show", "suppressed", "-o", "out", form=form) == 2
    golden(f"suppressed/{form}.txt", Path("out").read_text(encoding="utf-8"))


def test_sarif_has_what_is_suppressed_only_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert _audit("--ignore", "magnitude", form="sarif") == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"] == []
    assert _audit("--ignore", "magnitude", "--show", "suppressed", form="sarif") == 0
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    external = [{"kind": "external", "status": "accepted", "justification": "magnitude is ignored"}]
    assert [result["suppressions"] for result in results] == [external] * 2
