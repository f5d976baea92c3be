"""formats: one module for each output, found by looking; a format's name is its module's.

A format module provides `render(report, options)`, a pure function of its arguments, which
gives the text, or its pieces where it is long, so that nobody holds them all at once. It is
imported only when it is asked for. Nothing here looks at a terminal.
"""

from __future__ import annotations

import pkgutil
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.errors import UsageError
from auditor.judgement import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from auditor.judgement import Judgement
    from auditor.report import Report


class Show(StrEnum):
    """Which judgements are listed; sums and exit codes always count them all."""

    ALL = "all"
    PROBLEMS = "problems"
    """Contradicted and unverifiable."""
    CONTRADICTED = "contradicted"
    SUPPRESSED = "suppressed"
    """All, and what does not count as well."""


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


def chosen(judgements: Sequence[Judgement], options: RenderOptions) -> Sequence[Judgement]:
    """The judgements to list, in the order to list them."""
    show = options.show
    hidden = {Show.PROBLEMS: ("supported",), Show.CONTRADICTED: ("supported", "unverifiable")}.get(show, ())
    counting = (entry for entry in judgements if entry.suppression is None or show is Show.SUPPRESSED)
    kept = [entry for entry in counting if entry.verdict.name not in hidden]
    return kept if options.sort is Sort.POSITION else sorted(kept, key=_gravity)


def _gravity(judgement: Judgement) -> tuple[int, int]:
    """Contradictions by what they spoil, then what could not be verified, then what holds."""
    if judgement.verdict.name == "contradicted":
        return 0, len(Severity) if judgement.severity is None else tuple(Severity).index(judgement.severity)
    return (2, 0) if judgement.verdict.name == "supported" else (1, 0)


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
    return "".join(pieces(name, report, options))


def pieces(name: str, report: Report, options: RenderOptions) -> Iterator[str]:
    """The same, piece by piece."""
    check(name)
    renderer: Callable[[Report, RenderOptions], str | Iterable[str]] = import_module(f"{__name__}.{name}").render
    rendered = renderer(report, options)
    yield from (rendered,) if isinstance(rendered, str) else rendered
