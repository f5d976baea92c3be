"""count: a number of things shown or compared is stated, and the document lists them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Table, Text, Unjudgeable
from auditor.exact.expression import Settled
from auditor.exact.numeral import show
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.judgement import Severity

if TYPE_CHECKING:
    from auditor.exact.expression import Formula


class Count(Claim):
    """So many things are shown or compared: `of` is "subjects" or a dimension; `names` are those that the same sentence lists."""

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
        """As many are listed as are said to be."""
        number = table.stated(self.number)
        listed = tuple(dict.fromkeys(self.names)) or table.names(self.of)
        if not listed:
            raise Unjudgeable(Reason.MISSING_VALUE, f"the document lists no {self.of}")
        verdict = SUPPORTED if Fraction(len(listed)) in number.claimed else CONTRADICTED
        shown = ", ".join(listed[:6]) + (", …" if len(listed) > 6 else "")  # noqa: PLR2004  (a line's worth)
        return Settled(verdict, f"{len(listed)} listed ({shown}), {show(number.point)} stated")
