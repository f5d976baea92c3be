"""totalled: what the cells of a column come to, in all or on average, held against a number or against another total."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from auditor.claim import Unjudgeable
from auditor.conditions.condition import TOTALS, between, column_of, met_by, ordered_column, shown
from auditor.exact.expression import Aggregate, Agree, Compare, Given, Over, Relation, Some, unknown
from auditor.exact.numeral import find_numerals, parse_count
from auditor.exact.verdict import Reason
from auditor.tables.ranking import open_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.claim import Table
    from auditor.conditions.condition import Cell
    from auditor.exact.expression import Formula, Term
    from auditor.exact.quantity import Quantity
    from auditor.exact.unit import Unit
    from auditor.tables.holding import Cell as Entry
    from auditor.tables.holding import Held
    from auditor.tables.lookup import Records


class _Known(NamedTuple):
    """A cell with the number that counts of it."""

    cell: Entry
    quantity: Quantity


# -- against a number -----------------------------------------------------------------------------


def against_number(table: Table, records: Records, rows: Sequence[Held], asked: Cell, written: str) -> Formula:
    """What the cells of a column come to in some rows agrees with the stated number, as the quote has it."""
    column = column_of(records, asked)
    if None in rows or not records.is_whole:
        return unknown(Reason.MIXED_EVIDENCE, "some cells may mean either")
    stated = table.stated(written)
    known = _known(records, column, rows, asked.column, stated.unit)
    unit = known[0].quantity.unit
    brought = stated.in_unit(unit)
    if brought is None:
        raise Unjudgeable(Reason.UNIT_MISMATCH, f"{written!r} is in another unit than {asked.column}")
    if asked.test == "average" and brought.step is None:
        brought = replace(brought, step=Fraction(1))  # "9 boats on average" counts no boats
    claimed = table.claimed(brought)
    agrees: Formula = Compare(_term(known, asked), Relation.AGREES, claimed)
    if asked.test == "sum":
        exact = Compare(_term(_counted(known), asked), Relation.AGREES, claimed)
        agrees = exact if unit is not None else Agree((exact, agrees))  # bare numbers may be counts, or rounded
    doubt = open_total([cell for cell, _ in known], brought, unit, asked.test)
    return agrees if doubt is None else Some((agrees, unknown(Reason.UNIT_MISMATCH, doubt)))


# -- against another total ------------------------------------------------------------------------


def is_between_totals(has: Sequence[Cell], than: Sequence[Cell]) -> bool:
    """Whether conditions hold a total without a number against another: "more on average than"."""
    return any(cell.test in TOTALS and not cell.value for cell in (*has, *than))


def against_total(
    records: Records, chosen: Sequence[Held], has: Sequence[Cell], than: Sequence[Cell], quote: str
) -> Formula:
    """What a column comes to in some rows stands to what it comes to in others; the same is summed up of both.

    One row alone stands for itself: "more than all others together".
    """
    orders = [cell for cell in has if cell.test in _RELATIONS and not cell.value]
    mine, theirs = ([cell for cell in cells if cell.test in TOTALS and not cell.value] for cells in (has, than))
    others = [cell for cell in than if cell not in theirs]
    if len(orders) != 1 or len(has) != 1 + len(mine) or max(len(mine), len(theirs)) > 1 or not others:
        raise Unjudgeable(Reason.VAGUE, "nothing is said of what the total is held against")
    column = ordered_column(records, orders[0])
    if any(column_of(records, cell) != column for cell in (*mine, *theirs)):
        raise Unjudgeable(Reason.VAGUE, "two columns are held against each other")
    rows = met_by(records, others)
    if None in chosen or None in rows or not records.is_whole:
        return unknown(Reason.MIXED_EVIDENCE, "some cells may mean either")
    told = _SO_MANY.search(quote)
    number = None if told is None else parse_count(told[1])
    if number is not None and number not in (between(chosen)[0], between(rows)[0]):
        raise Unjudgeable(Reason.VAGUE, f"the passage speaks of {number} rows, the reading of {between(rows)[0]}")
    if not mine and between(chosen)[0] > 1:
        raise Unjudgeable(Reason.VAGUE, "several rows are held against a total")
    parts = [_known(records, column, held, name) for held, name in ((chosen, orders[0].column), (rows, shown(others)))]
    if len({known.quantity.unit for part in parts for known in part}) > 1:
        raise Unjudgeable(Reason.UNIT_MISMATCH, f"{orders[0].column} is given in several units")
    how = (mine or theirs)[0]
    here = _term(_counted(parts[0]), how) if mine else _given(_counted(parts[0])[0], how)
    there = _term(_counted(parts[1]), (theirs or mine)[0])
    compared: Formula = Compare(here, _RELATIONS[orders[0].test], there)
    unit = parts[0][0].quantity.unit
    if unit is not None and unit.dimension == "percent" and how.test == "average":
        return Some((compared, unknown(Reason.UNIT_MISMATCH, "the average may be weighted")))
    return compared


_SO_MANY = re.compile(
    r"\b(?:others?|next|following|remaining|top|bottom|first|last) ([0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_RELATIONS = {
    "is": Relation.EQUAL,
    "is not": Relation.DIFFERENT,
    "above": Relation.GREATER,
    "at least": Relation.AT_LEAST,
    "below": Relation.LESS,
    "at most": Relation.AT_MOST,
}


# -- the numbers ----------------------------------------------------------------------------------


def _known(records: Records, column: int, rows: Sequence[Held], told: str, unit: Unit | None = None) -> list[_Known]:
    """The cells of the rows that are meant, each with its number; Unjudgeable where one states none."""
    cells = [row[column] for row, met in zip(records.rows, rows, strict=True) if met]
    known = [
        _Known(cell, quantity)
        for cell in cells
        if cell is not None and (quantity := _number_of(cell, unit)) is not None
    ]
    if not known or len(known) < len(cells):
        raise Unjudgeable(Reason.MISSING_VALUE, f"not every {records.headers[column][0]} of {told} is a number")
    if len({quantity.unit for _, quantity in known}) > 1:
        raise Unjudgeable(Reason.UNIT_MISMATCH, f"{records.headers[column][0]} is given in several units")
    return known


def _number_of(cell: Entry, unit: Unit | None) -> Quantity | None:
    """The one number of a cell: in the unit that is asked for, alone, or behind a name: "Oak Arena 12,014", "Kim (24)"."""
    stated = [numeral.quantity for numeral in find_numerals(cell.text) if numeral.quantity is not None]
    fitting = [quantity for quantity in stated if unit is not None and quantity.unit == unit]
    if len(fitting) == 1:
        return fitting[0]
    if cell.number is None and len(stated) == 1 and _BEHIND_A_NAME.fullmatch(cell.text) is not None:
        return stated[0]
    return cell.number


_BEHIND_A_NAME = re.compile(
    r"[^\W\d_][^0-9()]*(?: |, )(?!\(?(?:19|20)[0-9]{2}\)?$)(?:\([0-9][0-9,]*\)|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{3,})"
)
"""A short number behind a name without brackets is part of it: "route 66"."""


def _counted(known: Sequence[_Known]) -> list[_Known]:
    """The same, exact where all are whole numbers without a unit of measure: things that were counted."""
    quantities = [quantity for _, quantity in known]
    if any(
        quantity.step not in (None, 1) or (quantity.unit is not None and quantity.unit.dimension != "points")
        for quantity in quantities
    ):
        return list(known)
    return [_Known(cell, replace(quantity, step=None)) for cell, quantity in known]


def _term(known: Sequence[_Known], asked: Cell) -> Term:
    function = Aggregate.SUM if asked.test == "sum" else Aggregate.MEAN
    return Over(function, tuple(_given(each, asked) for each in known))


def _given(known: _Known, asked: Cell) -> Given:
    return Given(known.quantity.interval, asked.column, known.cell.text, ())
