"""rows: what stands in the rows of a table, in words, dates or numbers, and how many rows there are of a sort."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Literal

from auditor.claim import Claim, Example, Over, Table, Text, Unjudgeable, Wire
from auditor.exact.expression import Settled, Witness, unknown
from auditor.exact.numeral import parse_count
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula
    from auditor.tables.lookup import Held, Records


class Cell(Wire):
    """A condition on one column of a row."""

    column: Text
    test: Literal["is", "is not", "above", "at least", "below", "at most"]
    value: Text


class Rows(Claim):
    """Of a table's rows that meet `where` (all if empty), so many (`over`; null: any) also meet `has`."""

    kind: Literal["rows"]
    table: int
    where: tuple[Cell, ...]
    has: tuple[Cell, ...]
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
                "over": None,
            },
            verdict="contradicted",
        ),
    )

    def formula(self, table: Table) -> Formula:
        """Enough rows of the sort are as they are said to be."""
        if not self.has:
            raise Unjudgeable(Reason.VAGUE, "nothing is said of the rows")
        if self.over is not None and self.over.exceptions:
            raise Unjudgeable(Reason.VAGUE, "rows are excepted by name, not by a condition")
        records = table.records(self.table)
        chosen, held = _met(records, self.where), _met(records, self.has)
        if self.over is None and len(self.where) > 1 and not any(met is not False for met in chosen):
            return self._unmet(records)
        both = [_and(one, other) for one, other in zip(chosen, held, strict=True)]
        text = f"{self._counted(both)} of {self._counted(chosen)} rows{self._meant()}: {_shown(self.has)}"
        witnesses = self._witnesses(records, chosen, both)
        verdict = self._verdict(chosen, held, both) if records.is_whole or True in both else None
        if verdict is None:
            return unknown(Reason.MIXED_EVIDENCE, f"{text}; some cells may mean either")
        return Settled(SUPPORTED if verdict else CONTRADICTED, text, witnesses)

    def _unmet(self, records: Records) -> Formula:
        """No row is as the claim presupposes, though the table knows each part of it: it says otherwise."""
        parts = [_met(records, [cell]) for cell in self.where]
        if not records.is_whole or not all(True in part for part in parts):
            raise Unjudgeable(Reason.MISSING_VALUE, f"no row{self._meant()}")
        witnesses = self._witnesses(records, parts[0], parts[0])
        return Settled(CONTRADICTED, f"no row{self._meant()}: other rows have the one or the other", witnesses)

    def _verdict(self, chosen: Sequence[Held], held: Sequence[Held], both: Sequence[Held]) -> Held:
        """Whether enough rows are as said, None where that cannot be told."""
        how = "any" if self.over is None else self.over.how
        if not any(met is not False for met in chosen):
            raise Unjudgeable(Reason.MISSING_VALUE, f"no row{self._meant()}")
        least, most = _range(both)
        fewest, total = _range(chosen)
        match how:
            case "any":
                return None if least == 0 < most or fewest == 0 == least else least > 0
            case "all":
                failing = any(one is True and other is False for one, other in zip(chosen, held, strict=True))
                return False if failing else True if least == total else None
            case "none":
                return True if most == 0 else False if least else None
            case "only":
                others = _range(
                    [_and(None if one is None else not one, other) for one, other in zip(chosen, held, strict=True)]
                )
                if most == 0 or others[0]:
                    return False
                return True if least and others[1] == 0 else None
            case "most":
                return True if 2 * least > total else False if 2 * most <= fewest else None
        wanted = self._wanted()
        if how == "at least":
            return True if least >= wanted else False if most < wanted else None
        if how == "at most":
            return True if most <= wanted else False if least > wanted else None
        return True if least == most == wanted else False if most < wanted or least > wanted else None

    def _wanted(self) -> int:
        number = parse_count((self.over.number or "") if self.over is not None else "")
        if number is None:
            raise Unjudgeable(Reason.VAGUE, "the claim counts without a whole number")
        return number

    def _witnesses(self, records: Records, chosen: Sequence[Held], both: Sequence[Held]) -> tuple[Witness, ...]:
        """The cells that it rests on: those of the rows that are as said, else of the rows that are meant."""
        columns = [number for cell in (*self.where, *self.has) if (number := records.column(cell.column)) is not None]
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
        least, most = _range(rows)
        return f"{least}" if least == most else f"{least} to {most}"

    def _meant(self) -> str:
        return f" where {_shown(self.where)}" if self.where else ""

    def contrary(self) -> str:
        """A denial, where the reading has none; a word for all, where it speaks of any row."""
        over, cells = self.over, (*self.where, *self.has)
        if any(_DENIAL.search(cell.value) or cell.test == "is not" for cell in cells):
            return ""
        denied = over is not None and over.how in ("none", "only", "at most", "exactly")
        words = [] if denied else [_DENIAL.pattern]
        if over is None and not any(_UNIVERSAL.search(cell.value) for cell in cells):
            words.append(_UNIVERSAL.pattern)
        return "|".join(words)

    def written(self) -> tuple[str, ...]:
        """What the conditions ask for."""
        return tuple(cell.value for cell in (*self.where, *self.has))


_SHOWN = 4
"""Rows whose cells are cited; what comes out of more is a number."""
_DENIAL = re.compile(r"\b(?:not|never|no|none|neither|nor|without|except|failed to|\w+n['’]t)\b", re.IGNORECASE)
_UNIVERSAL = re.compile(r"\b(?:all|every|each|always|most|only)\b(?! [0-9])", re.IGNORECASE)


def _shown(cells: Sequence[Cell]) -> str:
    return " and ".join(f"{cell.column} {cell.test} {cell.value!r}" for cell in cells)


def _met(records: Records, cells: Sequence[Cell]) -> list[Held]:
    """For each row whether it meets every condition; Unjudgeable where the table has no such column."""
    met: list[Held] = [True] * len(records.rows)
    for cell in cells:
        column = records.column(cell.column)
        if column is None:
            raise Unjudgeable(Reason.MISSING_VALUE, f"the table has no one column {cell.column!r}")
        met = [_and(one, other) for one, other in zip(met, records.held(column, cell.test, cell.value), strict=True)]
    return met


def _and(one: Held, other: Held) -> Held:
    if one is False or other is False:
        return False
    return True if one and other else None


def _range(rows: Sequence[Held]) -> tuple[int, int]:
    """The least and the most rows that this can be."""
    return sum(met is True for met in rows), sum(met is not False for met in rows)
