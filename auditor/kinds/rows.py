"""rows: what stands in the rows of a table, how many there are of a sort, and how they stand to one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Table, Unjudgeable
from auditor.conditions.condition import (
    RANKS,
    TOTALS,
    Cell,
    between,
    each,
    met_by,
    ordered_column,
    shown,
    told,
)
from auditor.conditions.contrary import contrary_word
from auditor.conditions.counted import are_enough, are_these, whole
from auditor.conditions.saying import to_be_said
from auditor.conditions.totalled import against_number, against_total, is_between_totals
from auditor.exact.expression import Settled, Witness, unknown
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.tables.holding import did_not_take_place
from auditor.tables.ranking import agreed, held_against, passes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula
    from auditor.tables.holding import Held
    from auditor.tables.lookup import Records


class Rows(Claim, frozen=True):
    """Of a table's rows that meet `where` (all if empty), so many (`over`; null: any) also meet `has`.

    "highest" has its rank as value; an empty value stands for that of the rows `than`, an empty column for their number.
    """

    kind: Literal["rows"]
    table: int
    where: tuple[Cell, ...]
    has: tuple[Cell, ...]
    than: tuple[Cell, ...]
    over: Over | None

    says: ClassVar[str] = "what stands in those rows, or how many there are"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            text="| hut | warden |\n|---|---|\n| Aro | Kim |\n| Bel | Lou |\n\nAro is run by Lou.\n",
            values=(),
            claim={
                "quote": "Aro is run by Lou",
                "table": 1,
                "where": [{"column": "hut", "test": "is", "value": "Aro"}],
                "has": [{"column": "warden", "test": "is", "value": "Lou"}],
                "than": [],
                "over": None,
            },
            verdict="contradicted",
        ),
        Example(
            text="| hut | beds |\n|---|---|\n| Aro | 24 |\n| Bel | 40 |\n| Cyd | 31 |\n\nCyd has the second most beds.\n",
            values=(),
            claim={
                "quote": "Cyd has the second most beds",
                "table": 1,
                "where": [{"column": "hut", "test": "is", "value": "Cyd"}],
                "has": [{"column": "beds", "test": "highest", "value": "2"}],
                "than": [],
                "over": None,
            },
            verdict="supported",
        ),
        Example(
            text="| hut | opened |\n|---|---|\n| Aro | May 1911 |\n| Bel | June 1938 |\n\nAro opened after Bel.\n",
            values=(),
            claim={
                "quote": "Aro opened after Bel",
                "table": 1,
                "where": [{"column": "hut", "test": "is", "value": "Aro"}],
                "has": [{"column": "opened", "test": "above", "value": ""}],
                "than": [{"column": "hut", "test": "is", "value": "Bel"}],
                "over": None,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Enough rows of the sort are as they are said to be."""
        if not self.has:
            raise Unjudgeable(Reason.VAGUE, "nothing is said of the rows")
        records = table.records(self.table)
        chosen = self._chosen(records)
        if any(cell.test in TOTALS for cell in self.has) or is_between_totals(self.has, self.than):
            return self._totalled(table, records, chosen)
        if self._holds_against:
            return self._held_against(records, chosen)
        if self.than:
            raise Unjudgeable(Reason.VAGUE, "how far rows are from other rows is a difference, no condition")
        if not self.has[0].column:
            return self._numbered(records, chosen)
        held = told(records, self.where, self.has, self.over)
        if self.over is None and len(self.where) > 1 and not any(met is not False for met in chosen):
            return self._unmet(records)
        both = each(chosen, held)
        text = f"{self._counted(both)} of {self._counted(chosen)} rows{self._meant()}: {shown(self.has)}"
        if self.over is not None and self._excepted:
            named = self._named(records, self._excepted)
            if all(is_named or met is False for met, is_named in zip(chosen, named, strict=True)):
                raise Unjudgeable(Reason.VAGUE, "the rows that are meant are those that are named")
            text += f" ({self._counted([met for met, is_named in zip(both, named, strict=True) if is_named])} of those named)"
            verdict = are_these(self.over, named, chosen, held) if records.is_whole else None
        else:
            verdict = self._enough(records, chosen, held) if records.is_whole or self._is_found(both) else None
        if verdict is None:
            return unknown(Reason.MIXED_EVIDENCE, f"{text}; some cells may mean either")
        return Settled(SUPPORTED if verdict else CONTRADICTED, text, self._witnesses(records, chosen, both))

    def _chosen(self, records: Records) -> list[Held]:
        """For each row whether it is meant; where rows are counted, a week without a game may be none."""
        chosen = met_by(records, self.where, loosely=self._is_counted)
        if not self._is_counted or any(did_not_take_place(cell.value) for cell in (*self.where, *self.has)):
            return chosen
        return [None if met and not records.takes_place(row) else met for row, met in enumerate(chosen)]

    def _enough(self, records: Records, chosen: Sequence[Held], held: Sequence[Held]) -> Held:
        """Whether enough rows are as said, None where that cannot be told."""
        if not any(met is not False for met in chosen):
            raise Unjudgeable(Reason.MISSING_VALUE, f"no row{self._meant()}")
        verdict = are_enough(self.over, chosen, held)
        if self.over is None or self.over.how != "only" or len(self.where) < 2:  # noqa: PLR2004  (a name and a sort)
            return verdict
        sorts = [met_by(records, [other for other in self.where if other is not cell]) for cell in self.where]
        return verdict if all(are_enough(self.over, chosen, each(held, sort)) is verdict for sort in sorts) else None

    def _totalled(self, table: Table, records: Records, chosen: Sequence[Held]) -> Formula:
        """What the cells of a column come to."""
        total = next((cell for cell in (*self.has, *self.than) if cell.test in TOTALS), self.has[0])
        together = self.over is None or (self.over.how == "all" and not self.over.exceptions and total.test == "sum")
        if not together:
            raise Unjudgeable(Reason.VAGUE, "a total is one number, whatever it is said to hold for")
        if is_between_totals(self.has, self.than):
            return against_total(records, chosen, self.has, self.than, self.quote)
        if self.than:
            raise Unjudgeable(Reason.VAGUE, "how far rows are from other rows is a difference, no condition")
        rows = each(chosen, met_by(records, [cell for cell in self.has if cell is not total]))
        return against_number(table, records, rows, total, self._as_quoted(total.value))

    def _numbered(self, records: Records, chosen: Sequence[Held]) -> Formula:
        """How many rows there are, as "the 10 buildings" says; a table may well list more than a passage speaks of."""
        if len(self.has) > 1 or self.over is not None:
            raise Unjudgeable(Reason.VAGUE, "how many rows there are is said of them together")
        asked, (least, most) = self.has[0], between(chosen)
        wanted = whole(asked.value)
        text = f"{self._counted(chosen)} rows{self._meant()}"
        verdict = passes(least, asked.test, wanted) if least == most and records.is_whole else None
        if verdict is None or not (verdict or self.where):
            return unknown(Reason.MIXED_EVIDENCE, text)
        return Settled(SUPPORTED if verdict else CONTRADICTED, text, self._witnesses(records, chosen, chosen))

    def _as_quoted(self, written: str) -> str:
        """A stated number as the quote has it: without its unit, where the quote says that in another form."""
        if written.casefold() in self.quote.casefold():
            return written
        bare = _BARE_NUMBER.match(written)
        return bare[0] if bare is not None else written

    def _named(self, records: Records, names: Sequence[str]) -> list[bool]:
        """For each row whether it is one of those that are named; each name has to be that of one row."""
        rows = {name: records.row_of(name) for name in names}
        unknown_name = next((name for name, row in rows.items() if row is None), None)
        if unknown_name is not None:
            raise Unjudgeable(Reason.MISSING_VALUE, f"no one row is that of {unknown_name!r}")
        return [number in rows.values() for number in range(len(records.rows))]

    @property
    def _excepted(self) -> tuple[str, ...]:
        """The names that are excepted, unless they are those of the rows that are meant."""
        meant = {cell.value.casefold() for cell in self.where if cell.test == "is"}
        names = () if self.over is None else self.over.exceptions
        return () if meant.issuperset(name.casefold() for name in names) else names

    @property
    def _is_counted(self) -> bool:
        """Whether the number of the rows that `where` names is what it comes to."""
        return not self.has[0].column or (self.over is not None and self.over.how not in ("all", "none", "any"))

    @property
    def _holds_against(self) -> bool:
        return any(not cell.value and cell.test not in RANKS for cell in self.has)

    def _is_found(self, both: Sequence[Held]) -> bool:
        """Whether a row that was read settles it, whatever stands in those that were not."""
        return True in both and not any(cell.test in RANKS for cell in (*self.where, *self.has))

    def _held_against(self, records: Records, chosen: Sequence[Held]) -> Formula:
        """The rows against those that `than` names: their cells, or how many they are."""
        if not self.than or len(self.has) != 1 or not records.is_whole:
            raise Unjudgeable(Reason.VAGUE, "nothing is said of what the rows are held against")
        asked, than = self.has[0], met_by(records, self.than)
        if self.over is not None and (self.over.exceptions or not asked.column):
            raise Unjudgeable(Reason.VAGUE, "how many of the rows are held against others is not said")
        if None in chosen or None in than:
            return unknown(Reason.MIXED_EVIDENCE, "some cells may mean either")
        meant = (f"rows{self._meant()}", f"rows where {shown(self.than)}")
        for rows, which in zip((chosen, than), meant, strict=True):
            if True not in rows and asked.column:
                raise Unjudgeable(Reason.MISSING_VALUE, f"no {which}")
        if not asked.column:
            counts = [sum(held is True for held in rows) for rows in (chosen, than)]
            text = f"{counts[0]} {meant[0]}, {counts[1]} {meant[1]}"
            verdict: Held = passes(counts[0], asked.test, counts[1])
        else:
            column = ordered_column(records, asked)
            cells = [row[column] for row in records.rows]
            mine, theirs = ([cell for cell, held in zip(cells, rows, strict=True) if held] for rows in (chosen, than))
            if (len(mine) if self.over is None else len(cells)) * len(theirs) > _MOST_PAIRS:
                raise Unjudgeable(Reason.VAGUE, "too many rows to be held against one another")
            texts = [
                ", ".join("-" if cell is None else cell.text for cell in cells[:_SHOWN]) for cells in (mine, theirs)
            ]
            text = f"{asked.column}: {texts[0]} in {meant[0]}, {texts[1]} in {meant[1]}"
            if self.over is None:
                verdict = agreed(held_against(mine, asked.test, theirs))
            else:  # those that are held against are none of those that are
                others = [not held for held in than]
                rows, passing = each(chosen, others), each(held_against(cells, asked.test, theirs), others)
                verdict = self._enough(records, rows, passing)
        if verdict is None:
            return unknown(Reason.MIXED_EVIDENCE, text)
        witnesses = (*self._witnesses(records, chosen, chosen), *self._witnesses(records, than, than))
        return Settled(SUPPORTED if verdict else CONTRADICTED, text, witnesses)

    def _unmet(self, records: Records) -> Formula:
        """No row is as the claim presupposes, though the table knows each part of it: it says otherwise."""
        parts = [met_by(records, [cell]) for cell in self.where]
        of_rank = any(cell.test in RANKS for cell in self.where)
        if of_rank or not records.is_whole or not all(True in part for part in parts):
            raise Unjudgeable(Reason.MISSING_VALUE, f"no row{self._meant()}")
        witnesses = self._witnesses(records, parts[0], parts[0])
        return Settled(CONTRADICTED, f"no row{self._meant()}: other rows have the one or the other", witnesses)

    def _witnesses(self, records: Records, chosen: Sequence[Held], both: Sequence[Held]) -> tuple[Witness, ...]:
        """The cells that it rests on: those of the rows that are as said, else of the rows that are meant."""
        named = [cell.column for cell in (*self.where, *self.has, *self.than) if cell.column]
        columns = [number for name in named if (number := records.column(name)) is not None]
        rows = [row for row, met in zip(records.rows, both, strict=True) if met] or [
            row for row, met in zip(records.rows, chosen, strict=True) if met
        ]
        return tuple(
            Witness(records.headers[number][0], cell.text, -1, (cell.span.start, cell.span.end))
            for row in rows[:_SHOWN]
            for number in dict.fromkeys(columns)
            if (cell := row[number]) is not None
        )

    @staticmethod
    def _counted(rows: Sequence[Held]) -> str:
        least, most = between(rows)
        return f"{least}" if least == most else f"{least} to {most}"

    def _meant(self) -> str:
        return f" where {shown(self.where)}" if self.where else ""

    def contrary(self) -> str:
        """A denial, where the reading has none; a word for all, where it speaks of any row; the other end or way."""
        word = contrary_word(self.quote, self.where, self.has, self.than, self.over)
        return rf"(?<!\w){re.escape(word)}(?!\w)" if word else ""

    def written(self) -> tuple[str, ...]:
        """What the conditions ask for, as far as it does not go without saying."""
        than = () if _ANY_OTHER.search(self.quote) else self.than
        return to_be_said(
            [cell for cell in (*self.where, *self.has, *than) if cell.value or cell.test in RANKS], self.over
        )

    def stated_numbers(self) -> tuple[str, ...]:
        """What cells are said to come to."""
        return tuple(self._as_quoted(cell.value) for cell in self.has if cell.test in TOTALS and cell.value)


_ANY_OTHER = re.compile(
    r"\b(?:any|every|each|all|no) (?:of the )?others?\b|\b(?:everyone|anyone|everybody|anybody) else\b", re.IGNORECASE
)
_MOST_PAIRS = 250_000
_BARE_NUMBER = re.compile(r"[0-9][0-9,.]*(?<![,.])(?= )")
_SHOWN = 4
"""Rows whose cells are cited; what comes out of more is a number."""
