"""allowances: how far words of size reach, as it may be configured, each with its range and its meaning."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import vocabulary
from auditor.exact.hedge import WIDTHS, Widths
from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.mistake import Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping

ZERO, LEAST, ONE = Fraction(0), Fraction(1, 1000), Fraction(1)  # "nearly 2" means something below 2
_MOST_DIGITS = 12


class Amount(Struct, frozen=True):
    """One of the tolerances, as it may be configured."""

    key: str
    default: Fraction
    least: Fraction
    most: Fraction
    meaning: str


AMOUNTS = (
    Amount("about", WIDTHS.about, ZERO, ONE, "How far “about x” reaches to each side, as a share of x."),
    Amount("nearly", WIDTHS.nearly, LEAST, ONE, "How far “nearly x” reaches below x, as a share of x."),
    Amount("just-over", WIDTHS.just_over, LEAST, ONE, "How far “just over x” reaches above x, as a share of x."),
    Amount("up-to", WIDTHS.reach, ZERO, ONE, "How near to x some value must come for “up to x”, as a share of x."),
    Amount(
        "order-of-magnitude",
        WIDTHS.magnitude,
        ONE,
        Fraction(10),
        "By what factor “an order of magnitude” may miss ten.",
    ),
    Amount(
        "similar",
        TOLERANCES.similar,
        ZERO,
        ONE,
        "Up to which gap two values are similar, and a series flat, as a share of the larger, or of the axis; beyond "
        "twice of it they are not.",
    ),
    Amount("slight", TOLERANCES.slight, ZERO, ONE, "Up to which gap, as a share of the smaller, one is slightly more."),
    Amount(
        "substantial",
        TOLERANCES.substantial,
        ZERO,
        ONE,
        "From which gap on, as a share of the smaller, it is substantially more.",
    ),
    Amount(
        "extreme",
        TOLERANCES.extreme,
        ZERO,
        Fraction(100),
        "From which gap on, as a share of the smaller, “slightly more” is contradicted; 1 is a factor of two.",
    ),
)
"""What may stand in the table `tolerances`."""


def check(value: object) -> None:
    """Mistake unless the value is a table of tolerances that go together."""
    if not isinstance(value, dict):
        message = "is not a table of numbers"
        raise Mistake(message, "write it as tolerances = { about = 0.1 }")
    known = {amount.key: amount for amount in AMOUNTS}
    for key, given in value.items():
        if key not in known:
            message = "is not a tolerance"
            raise Mistake(message, vocabulary.correction(key, tuple(known), "tolerances"), key)
        least, most = known[key].least, known[key].most
        if not _is_plain(given) or not least <= Fraction(str(given)) <= most:
            message = f"is not a number from {float(least):g} to {most}"
            raise Mistake(message, f"write it as {key} = {float(known[key].default):g}, or another number", key)
    shares = tolerances(value)
    if not shares.slight <= shares.substantial <= shares.extreme:
        message = "has a slight gap that is more than a substantial one, or a substantial one that is more than an extreme one"
        raise Mistake(message, "keep slight ≤ substantial ≤ extreme; what is left out has its default")


def _is_plain(given: object) -> bool:
    """Whether it is a number of a few digits: of others already the comparison may take for ever."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        return False
    number = Decimal(given)
    return (
        number.is_finite() and len(number.as_tuple().digits) <= _MOST_DIGITS and abs(number.adjusted()) <= _MOST_DIGITS
    )


def tolerances(table: Mapping[str, object]) -> Tolerances:
    """The tolerances of a table that was checked."""
    given = {amount.key: Fraction(str(table.get(amount.key, amount.default))) for amount in AMOUNTS}
    widths = Widths(
        about=given["about"],
        nearly=given["nearly"],
        just_over=given["just-over"],
        reach=given["up-to"],
        magnitude=given["order-of-magnitude"],
    )
    return Tolerances(widths, given["similar"], given["slight"], given["substantial"], given["extreme"])
