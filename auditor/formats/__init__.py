"""formats: one module for each output, found by looking; a format's name is its module's.

A format module provides `render(report, options) -> str`, a pure function of its
arguments, and is imported only when it is asked for. Nothing here looks at a terminal.
"""

from __future__ import annotations

import pkgutil
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.report import Report


class Show(StrEnum):
    """Which judgements are listed; sums and exit codes always count them all."""

    ALL = "all"
    PROBLEMS = "problems"
    """Contradicted and unverifiable."""
    CONTRADICTED = "contradicted"


class Sort(StrEnum):
    """The order of a document's judgements."""

    POSITION = "position"
    """As they stand in the document."""
    VERDICT = "verdict"
    """Contradictions first, the gravest first, then the unverifiable."""


class RenderOptions(Struct, frozen=True):
    """How a report is to look."""

    width: int = 80
    """Columns that a line may take."""
    colour: bool = False
    """Whether colour and weight may be used; no meaning rests on them alone."""
    unicode: bool = True
    """Whether the output can encode signs beyond ASCII."""
    show: Show = Show.ALL
    sort: Sort = Sort.POSITION
    coverage: bool = False
    """Whether the coverage ledger is listed in full."""
    strict: bool = False
    """Whether an unverifiable claim counts as a failure."""


@cache
def names() -> tuple[str, ...]:
    """The formats there are, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def check(name: str) -> None:
    """UsageError unless there is a format of that name."""
    if name not in names():
        message = f"there is no format {name!r}"
        raise UsageError(message, hint=f"the formats are {', '.join(names())}")


def render(name: str, report: Report, options: RenderOptions) -> str:
    """The report in the named format."""
    check(name)
    renderer: Callable[[Report, RenderOptions], str] = import_module(f"{__name__}.{name}").render
    return renderer(report, options)
