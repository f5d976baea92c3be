"""anchors: the passages that somebody has written down for statements labelled in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.accuracy.rows import rows, strings, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Anchors: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""By a statement's name, the passages that make it, letter for letter."""


def anchors(file: Path | None) -> Anchors:
    """The anchors in a file of records such as {"id": "s-7", "quotes": ["a passage"]}; none without a file."""
    return {} if file is None else {text(row, "id"): tuple(strings(row, "quotes")) for row in rows(file)}
