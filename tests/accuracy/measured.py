"""measured: a run over data sets: its outcomes, its alarms and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.accuracy.figures import figures
from tests.accuracy.outcome import alarms, outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.accuracy.figures import Figures
    from tests.accuracy.labelled import Source
    from tests.accuracy.outcome import Alarm, Audits, Outcome

ALL = "all"
"""What the figures over all data sets go by."""


@dataclass(frozen=True)
class Measured:
    """Everything about a run; the texts and the JSON are made of this alone."""

    sources: tuple[Source, ...]
    audits: Audits
    rulings: Mapping[str, bool]

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of every labelled statement."""
        return tuple(outcome for source in self.sources for outcome in outcomes(source, self.audits))

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """Every alarm."""
        return tuple(alarm for source in self.sources for alarm in alarms(source, self.audits))

    @cached_property
    def figures(self) -> Mapping[str, Figures]:
        """The figures of each data set by its name, and of all together."""
        found = {}
        for source in self.sources:
            mine = [outcome for outcome in self.outcomes if outcome.source == source.name]
            raised = [alarm for alarm in self.alarms if alarm.source == source.name]
            found[source.name] = figures([source], mine, raised, self.audits, self.rulings)
        if len(self.sources) > 1:
            found[ALL] = figures(self.sources, self.outcomes, self.alarms, self.audits, self.rulings)
        return found
