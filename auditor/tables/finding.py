"""finding: what a table gets wrong by itself, with the formula that says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from auditor.exact.evaluation import evaluate
from auditor.exact.expression import Given
from auditor.exact.verdict import CONTRADICTED

if TYPE_CHECKING:
    from auditor.document import Span
    from auditor.exact.expression import Formula
    from auditor.exact.interval import Interval
    from auditor.tables.series import Value
    from auditor.tables.table import Entry

Kind = Literal[
    "derived-column", "total", "impossible-row", "bold-best", "rank-column", "sorted-column", "repeated-column"
]


class Finding(Struct, frozen=True):
    """One cell of a table that the rest of the table contradicts."""

    kind: Kind
    formula: Formula
    """What does not hold; the sources of its leaves number the entries that are returned with the findings."""
    span: Span
    """The accused cell."""
    about: str
    """What was found to hold elsewhere in the table, such as "speedup is the ratio of seconds ... in 4 of 5 rows"."""
    severity: Literal["conclusion", "magnitude", "presentation"]


@dataclass(slots=True)
class Docket:
    """Findings as they come, and the entries that their formulas rest on."""

    findings: list[Finding] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    _numbers: dict[Span, int] = field(default_factory=dict)

    def leaf(self, value: Value, interval: Interval | None = None) -> Given:
        """A value as a leaf of a formula."""
        number = self._numbers.setdefault(value.entry.span, len(self.entries))
        if number == len(self.entries):
            self.entries.append(value.entry)
        return Given(interval or value.interval, value.label, value.written, (number,))

    def accuse(self, finding: Finding) -> None:
        """Take a finding up, if its formula is contradicted and its cell not yet accused of the same."""
        known = any(other.span == finding.span for other in self.findings)
        if not known and evaluate(finding.formula).verdict == CONTRADICTED:
            self.findings.append(finding)
