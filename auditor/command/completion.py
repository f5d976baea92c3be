"""completion: what a shell may offer for the words of the command that stand for names.

Each function takes what is typed so far and gives the whole words that it may become.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import formats, settings, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable


def names(incomplete: str) -> list[str]:
    """Kinds, reasons and severities, set off by commas: the last of them is completed."""
    before, comma, last = incomplete.rpartition(",")
    given = set(before.split(","))
    return [f"{before}{comma}{name}" for name in _starting(last, vocabulary.names()) if name not in given]


def explained(incomplete: str) -> list[str]:
    """Everything that has a page."""
    return _starting(incomplete, (*vocabulary.names(), *settings.names()))


def forms(incomplete: str) -> list[str]:
    """The names of formats."""
    return _starting(incomplete, formats.names())


def _starting(incomplete: str, known: Iterable[str]) -> list[str]:
    return [name for name in known if name.startswith(incomplete)]
