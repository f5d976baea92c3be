"""The outputs that were looked at: of a report that has everything in it, and of both seeds as they are recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor import formats, pipeline, sources
from auditor.formats import RenderOptions
from auditor.recordings import Store
from auditor.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SEEDS = ("seeds/000_a620958fcbd0573b.txt", "seeds/003_c1bea226a4908a7c.txt")
SUFFIXES = {
    "concise": "txt",
    "github": "txt",
    "gitlab": "json",
    "junit": "xml",
    "markdown": "md",
    "sarif": "sarif",
    "table": "txt",
}


@pytest.fixture(autouse=True)
def _no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.published.__version__", "0.0.0")
    monkeypatch.setattr("auditor.formats.sarif.__version__", "0.0.0")


@pytest.mark.parametrize("name", ["concise", "github", "gitlab", "html", "jsonl", "junit", "markdown"])
def test_of_everything(name: str, report: Report, golden: Callable[[str, str], None]) -> None:
    golden(f"report-{name}.{SUFFIXES.get(name, name)}", formats.render(name, report, RenderOptions()))


@pytest.mark.parametrize("name", formats.names())
def test_of_the_seeds(name: str, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    store = Store(ROOT / "fixtures", ROOT)
    entries = []
    for path in SEEDS:
        document = sources.read(path)
        recording = store.load(document)
        entries.append(pipeline.audit(document, recording.answer, model=recording.model_answered, stale=False))
    text = formats.render(name, Report(tuple(entries)), RenderOptions(coverage=True))
    golden(f"../../fixtures/reports/{name}.{SUFFIXES.get(name, name)}", text)
