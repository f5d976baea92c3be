"""table: the figures of a run that was kept, as a table for the README."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.accuracy.ratio import Ratio, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def table(file: Path) -> str:
    """The table, in Markdown; one sentence where nothing was kept."""
    if not file.is_file():
        return "Not measured yet."
    figures = json.loads(file.read_text(encoding="utf-8"))["figures"]
    lines = [
        "| documents | statements | contradicted: found | contradicted: right | alarms not labelled | besides |",
        "|---|--:|--:|--:|--:|---|",
    ]
    return "\n".join([*lines, *(_row(name, figure) for name, figure in figures.items())])


def _row(name: str, figure: dict[str, Any]) -> str:
    cells = [
        f"`{name}` ({figure['documents']['count']})",
        str(figure["statements"]["count"]),
        _ratio(figure["found"]["recall"]),
        _ratio(figure["raised"]["precision"]),
        str(figure["raised"]["unread"]),
        ", ".join(_besides(figure)),
    ]
    return f"| {' | '.join(cells)} |"


def _besides(figure: dict[str, Any]) -> Iterator[str]:
    classes = figure["classes"]
    if classes is not None and classes["macro_f1"] is not None:
        yield f"macro-F1 {percent(classes['macro_f1'])}"
    elif classes is not None:
        yield f"accuracy {_ratio(classes['accuracy'])}"
        yield f"{_ratio(classes['accuracy_refuted'])} with abstentions as refuted"
    if figure["found_and_gone"]["of"]:
        yield f"corrected ones found, then gone: {_ratio(figure['found_and_gone'])}"


def _ratio(given: dict[str, int]) -> str:
    return str(Ratio(given["count"], given["of"]))
