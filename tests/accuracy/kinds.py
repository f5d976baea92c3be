"""kinds: the figures kind by kind: of the statements, and of the alarms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.accuracy.labelled import Label
from tests.accuracy.outcome import Made
from tests.accuracy.ratio import Ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.accuracy.outcome import Alarm, Outcome


@dataclass(frozen=True, slots=True)
class OfKind:
    """What becomes of the statements of one kind."""

    statements: int
    found: Ratio
    """Of those labelled contradicted, those found."""
    alarmed: Ratio
    """Of the others, those reported contradicted."""
    abstained: int
    """Those judged neither contradicted nor supported."""


@dataclass(frozen=True, slots=True)
class AlarmsOfKind:
    """What the alarms of one kind are worth."""

    precision: Ratio
    """Right, of those that somebody has looked at."""
    unread: int
    """Those that nobody has."""


def of_kinds(outcomes: Iterable[Outcome]) -> Mapping[str, OfKind]:
    """By the kind that the data set gives a statement, or else the kind that it was read as."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.is_counted:
            kind = outcome.statement.kind or (outcome.kinds[0] if outcome.kinds else outcome.made.value)
            groups.setdefault(kind, []).append(outcome)
    return {kind: _of_kind(group) for kind, group in sorted(groups.items())}


def _of_kind(group: Sequence[Outcome]) -> OfKind:
    false = [o.made is Made.CONTRADICTED for o in group if o.statement.label is Label.CONTRADICTED]
    other = [o.made is Made.CONTRADICTED for o in group if o.statement.label is not Label.CONTRADICTED]
    neither = sum(o.made not in {Made.CONTRADICTED, Made.SUPPORTED} for o in group)
    return OfKind(len(group), Ratio(sum(false), len(false)), Ratio(sum(other), len(other)), neither)


def of_alarms(alarms: Iterable[Alarm], worth: Callable[[Alarm], str]) -> Mapping[str, AlarmsOfKind]:
    """By the kind of the claim that is contradicted, for every kind that an alarm has."""
    tallies: dict[str, Counter[str]] = {}
    for alarm in alarms:
        for kind in alarm.kinds:
            tallies.setdefault(kind, Counter())[worth(alarm)] += 1
    return {
        kind: AlarmsOfKind(Ratio(tally["right"], tally["right"] + tally["wrong"]), tally["unread"])
        for kind, tally in sorted(tallies.items())
    }
