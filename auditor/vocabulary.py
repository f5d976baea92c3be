"""vocabulary: the names that a report uses and a user may name in turn: kinds, reasons and severities."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from auditor.errors import UsageError
from auditor.exact.verdict import Reason
from auditor.judgement import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

REASONS = frozenset(map(str, Reason))
SEVERITIES = frozenset(map(str, Severity))


@cache
def unstated() -> Mapping[str, str]:
    """The kinds that nobody states in words, each with what it says."""
    from auditor import implied  # noqa: PLC0415  a run in which nothing is named has no need of them
    from auditor.tables import checks  # noqa: PLC0415  likewise

    return {**implied.meanings(), **{str(kind): says for kind, says in checks.KINDS.items()}}


@cache
def names() -> tuple[str, ...]:
    """Every name there is, kinds first."""
    from auditor import kinds  # noqa: PLC0415  likewise

    return (*kinds.names(), *unstated(), *Reason, *Severity)


def unknown(given: Iterable[str]) -> str | None:
    """The first of the given names that is none."""
    return next((name for name in given if name not in names()), None)


def correction(name: str, known: Sequence[str] = (), what: str = "names") -> str:
    """What to do about a name that is none: the one that was meant, or all there are; by default, those of a report."""
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

    known = known or names()
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"the {what} are {', '.join(known)}"


def check(given: Iterable[str], where: str) -> frozenset[str]:
    """The names, each of which is one; UsageError where one is not, `where` being what names it."""
    wanted = frozenset(given)
    wrong = unknown(sorted(wanted))
    if wrong is not None:
        message = f"{where} names {wrong!r}, which is no kind of claim, reason or severity"
        raise UsageError(message, hint=correction(wrong))
    return wanted
