"""rows: what stands in the rows of a table, how many there are of a sort, and how they stand to one another."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from auditor.claim import Claim, Example, Over, Table, Unjudgeable
from auditor.condition import (
    RANKS,
    TESTS,
    TOTALS,
    Cell,
    between,
    both_hold,
    column_of,
    each,
    met_by,
    ordered_column,
    other_way,
    rank_of,
    shown,
)
from auditor.exact.expression import Aggregate, Compare, Given, Relation, Settled, Some, Witness, unknown
from auditor.exact.expression import Over as Aggregated
from auditor.exact.numeral import parse_count
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason
from auditor.tables.outcome import said_of
from auditor.tables.ranking import held_against, open_total, passes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.exact.expression import Formula
    from auditor.tables.lookup import Held, Records


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
        if self.over is not None and self.over.exceptions:
            raise Unjudgeable(Reason.VAGUE, "rows are excepted by name, not by a condition")
        records = table.records(self.table)
        chosen = met_by(records, self.where)
        if self._holds_against:
            return self._held_against(records, chosen)
        if self.than:
            raise Unjudgeable(Reason.VAGUE, "how far rows are from other rows is a difference, no condition")
        total = next((cell for cell in self.has if cell.test in TOTALS), None)
        if total is not None:
            return self._totalled(table, records, chosen, total)
        held = self._had(records)
        if self.over is None and len(self.where) > 1 and not any(met is not False for met in chosen):
            return self._unmet(records)
        both = each(chosen, held)
        text = f"{self._counted(both)} of {self._counted(chosen)} rows{self._meant()}: {shown(self.has)}"
        witnesses = self._witnesses(records, chosen, both)
        verdict = self._verdict(chosen, held, both) if records.is_whole or self._is_found(both) else None
        if verdict is None:
            return unknown(Reason.MIXED_EVIDENCE, f"{text}; some cells may mean either")
        return Settled(SUPPORTED if verdict else CONTRADICTED, text, witnesses)

    @property
    def _holds_against(self) -> bool:
        return any(not cell.value and cell.test not in RANKS for cell in self.has)

    def _is_found(self, both: Sequence[Held]) -> bool:
        """Whether a row that was read settles it, whatever stands in those that were not."""
        return True in both and not any(cell.test in RANKS for cell in (*self.where, *self.has))

    def _had(self, records: Records) -> list[Held]:
        """For each row whether it meets `has`.

        Whether "the highest" of what `where` names is the highest of all or of its own sort, one condition tells and
        several do not: then both have to come out alike.
        """
        held = met_by(records, self.has, [True] * len(records.rows))
        if len(self.where) < 2 or not any(cell.test in RANKS for cell in self.has):  # noqa: PLR2004
            return held
        others = [met_by(records, self.has, met_by(records, [cell])) for cell in self.where if cell.test not in RANKS]
        return [one if all(other[n] is one for other in others) else None for n, one in enumerate(held)]

    def _held_against(self, records: Records, chosen: Sequence[Held]) -> Formula:
        """The rows against those that `than` names: their cells, or how many they are."""
        if not self.than or len(self.has) != 1 or self.over is not None or not records.is_whole:
            raise Unjudgeable(Reason.VAGUE, "nothing is said of what the rows are held against")
        asked, than = self.has[0], met_by(records, self.than)
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
            if sum(held is True for held in chosen) * sum(held is True for held in than) > _MOST_PAIRS:
                raise Unjudgeable(Reason.VAGUE, "too many rows to be held against one another")
            mine, theirs = (
                [row[column] for row, held in zip(records.rows, rows, strict=True) if held] for rows in (chosen, than)
            )
            verdict = held_against(mine, asked.test, theirs)
            texts = [
                ", ".join("-" if cell is None else cell.text for cell in cells[:_SHOWN]) for cells in (mine, theirs)
            ]
            text = f"{asked.column}: {texts[0]} in {meant[0]}, {texts[1]} in {meant[1]}"
        if verdict is None:
            return unknown(Reason.MIXED_EVIDENCE, text)
        witnesses = (*self._witnesses(records, chosen, chosen), *self._witnesses(records, than, than))
        return Settled(SUPPORTED if verdict else CONTRADICTED, text, witnesses)

    def _totalled(self, table: Table, records: Records, chosen: Sequence[Held], asked: Cell) -> Formula:
        """What the cells of a column come to agrees with the stated number."""
        column = column_of(records, asked)
        rows = each(chosen, met_by(records, [cell for cell in self.has if cell is not asked]))
        if self.over is not None or None in rows or not records.is_whole:
            return unknown(Reason.MIXED_EVIDENCE, "some cells may mean either")
        cells = [row[column] for row, met in zip(records.rows, rows, strict=True) if met]
        known = [(cell, quantity) for cell in cells if cell is not None and (quantity := cell.number) is not None]
        if not known or len(known) < len(cells):
            raise Unjudgeable(Reason.MISSING_VALUE, f"not every {asked.column}{self._meant()} is a number")
        if len({quantity.unit for _, quantity in known}) > 1:
            raise Unjudgeable(Reason.UNIT_MISMATCH, f"{asked.column} is given in several units")
        stated = table.stated(asked.value).in_unit(known[0][1].unit)
        if stated is None:
            raise Unjudgeable(Reason.UNIT_MISMATCH, f"{asked.value!r} is in another unit than {asked.column}")
        if stated.step is None and asked.test == "average":
            stated = replace(stated, step=Fraction(1))  # "9 boats on average" counts no boats
        parts = tuple(Given(quantity.interval, asked.column, cell.text, ()) for cell, quantity in known)
        function = Aggregate.SUM if asked.test == "sum" else Aggregate.MEAN
        agrees: Formula = Compare(Aggregated(function, parts), Relation.AGREES, table.claimed(stated))
        doubt = open_total([cell for cell, _ in known], stated, known[0][1].unit, asked.test)
        return agrees if doubt is None else Some((agrees, unknown(Reason.UNIT_MISMATCH, doubt)))

    def _unmet(self, records: Records) -> Formula:
        """No row is as the claim presupposes, though the table knows each part of it: it says otherwise."""
        parts = [met_by(records, [cell]) for cell in self.where]
        of_rank = any(cell.test in RANKS for cell in self.where)
        if of_rank or not records.is_whole or not all(True in part for part in parts):
            raise Unjudgeable(Reason.MISSING_VALUE, f"no row{self._meant()}")
        witnesses = self._witnesses(records, parts[0], parts[0])
        return Settled(CONTRADICTED, f"no row{self._meant()}: other rows have the one or the other", witnesses)

    def _verdict(self, chosen: Sequence[Held], held: Sequence[Held], both: Sequence[Held]) -> Held:
        """Whether enough rows are as said, None where that cannot be told."""
        how = "any" if self.over is None else self.over.how
        if not any(met is not False for met in chosen):
            raise Unjudgeable(Reason.MISSING_VALUE, f"no row{self._meant()}")
        least, most = between(both)
        fewest, total = between(chosen)
        match how:
            case "any":
                return None if least == 0 < most or fewest == 0 == least else least > 0
            case "all":
                failing = any(one is True and other is False for one, other in zip(chosen, held, strict=True))
                return False if failing else True if least == total else None
            case "none":
                return True if most == 0 else False if least else None
            case "only":
                others = between(
                    [
                        both_hold(None if one is None else not one, other)
                        for one, other in zip(chosen, held, strict=True)
                    ]
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
        over, cells = self.over, (*self.where, *self.has)
        words = [other_way({cell.test for cell in cells}, self.quote)]
        if not any(_DENIAL.search(cell.value) or cell.test == "is not" for cell in cells):
            denied = over is not None and over.how in ("none", "only", "at most", "exactly")
            words += [] if denied else [_DENIAL.pattern]
            is_plain = all(cell.value and cell.test in TESTS for cell in cells)
            if over is None and is_plain and not any(_UNIVERSAL.search(cell.value) for cell in cells):
                words.append(_UNIVERSAL.pattern)
        return "|".join(filter(None, words))

    def written(self) -> tuple[str, ...]:
        """What the conditions ask for; a first rank goes without saying."""
        cells = [cell for cell in (*self.where, *self.has, *self.than) if cell.value]
        ranks = [rank_of(cell) for cell in cells if cell.test in RANKS]
        asked = [said_of(cell.value) for cell in cells if cell.test not in RANKS]
        return (*asked, *(f"{rank} | {_ORDINALS.get(rank, '')}" for rank in ranks if rank > 1))

    def stated_numbers(self) -> tuple[str, ...]:
        """What cells are said to come to."""
        return tuple(cell.value for cell in self.has if cell.test in TOTALS)


_MOST_PAIRS = 250_000
_ORDINALS = dict(enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2))
_SHOWN = 4
"""Rows whose cells are cited; what comes out of more is a number."""
_DENIAL = re.compile(r"\b(?:not|never|no|none|neither|nor|without|except|failed to|\w+n['’]t)\b", re.IGNORECASE)
_UNIVERSAL = re.compile(r"\b(?:all|every|each|always|most|only)\b(?! [0-9])", re.IGNORECASE)
