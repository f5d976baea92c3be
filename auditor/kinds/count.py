"""count: a number of things shown or compared is stated, and the document lists them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Table, Text, Unjudgeable
from auditor.exact.expression import Settled, unknown
from auditor.exact.numeral import show
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.judgement import Severity
from auditor.phrase import Phrase
from auditor.tables.summing import may_stand_apart

if TYPE_CHECKING:
    from auditor.exact.expression import Formula

_TOGETHER = Phrase(r"\b(?:total|sum|overall|all|average|avg|mean|median|combined|together)\b")


class Count(Claim, frozen=True):
    """So many things are shown or compared: `of` is "subjects" or a dimension; `names`: those that the sentence lists."""

    kind: Literal["count"]
    of: Text
    number: Text
    names: tuple[Text, ...]

    severity: ClassVar[Severity] = Severity.PRESENTATION
    numbers: ClassVar[tuple[str, ...]] = ("number",)
    says: ClassVar[str] = "how many there are"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="Three boats raced: Gull 11 min, Hawk 12 min.",
            values=(("time", "Gull", "", "", "11 min"), ("time", "Hawk", "", "", "12 min")),
            claim={"quote": "Three boats raced", "of": "subjects", "number": "Three", "names": ["Gull", "Hawk"]},
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """As many are listed as are said to be.

        Where the passage lists none and the document compares several groups, the number may be that of any of them.
        """
        number = table.stated(self.number)
        listed = tuple(dict.fromkeys(table.named(self.of, name) for name in self.names))
        groups = (
            list(dict.fromkeys((listed, _parts(listed))))
            if listed
            else [_parts(group) for group in self._groups(table)]
        )
        groups = [group for group in groups if group]
        if not groups:
            raise Unjudgeable(Reason.MISSING_VALUE, f"the document lists no {self.of}")
        during = _DURING.search(self.quote) is not None
        counted = [*groups, *(() if listed else (table.declared(self.of), *self._groups(table), *map(_peers, groups)))]
        counts = [Fraction(len(group)) for group in counted]
        fits = [count in number.claimed or (during and count == number.point) for count in counts]
        fitting = [group for group, does in zip(counted, fits, strict=True) if does]
        group = (fitting or groups)[0]
        shown = ", ".join(group[:6]) + (", …" if len(group) > 6 else "")  # noqa: PLR2004  (a line's worth)
        text = f"{len(group)} listed ({shown}), {show(number.point)} stated"
        if fitting:
            return Settled(SUPPORTED, text)
        if len(groups) > 1 and not listed:
            return unknown(Reason.MISSING_VALUE, f"the passage does not say which of {len(groups)} groups it means")
        return Settled(CONTRADICTED, text)

    def _groups(self, table: Table) -> tuple[tuple[str, ...], ...]:
        """What may be counted: the levels of a dimension, or the subjects that are compared with one another."""
        everything = table.names(self.of)
        compared = table.compared() if self.of in ("subject", "subjects") else ()
        return tuple({frozenset(group): group for group in (*compared, everything)}.values())


def _peers(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without those that may be none of the things listed."""
    return tuple(name for name in names if not may_stand_apart(name))


_DURING = Phrase(
    r"\bover (?:the (?:past|last|next|first) )?[\w-]+ (?:years|quarters|months|weeks|days|hours|minutes|seconds|decades|seasons)\b"
)
"""As long as that, and no longer."""


def _parts(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without totals and averages of the others."""
    return tuple(name for name in names if _TOGETHER.search(name) is None)
