"""counted: whether enough rows of a sort are as they are said to be, or those alone that are named.

Three-valued: None where some rows may or may not be of the sort, or as they are said to be, and that would tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.claim import Unjudgeable
from auditor.conditions.condition import between, both_hold, each
from auditor.exact.numeral import parse_count
from auditor.exact.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.claim import Over
    from auditor.tables.holding import Held


def are_enough(over: Over | None, chosen: Sequence[Held], held: Sequence[Held]) -> Held:
    """Whether of the rows that are meant so many meet what is said of them; one at least has to be meant."""
    how = "any" if over is None else over.how
    both = each(chosen, held)
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
            others = between(each([_denied(one) for one in chosen], held))
            if most == 0 or others[0]:
                return False
            return True if least and others[1] == 0 else None
        case "most":
            return True if 2 * least > total else False if 2 * most <= fewest else None
    number = (over.number or "") if over is not None else ""
    if how == "exactly" and _HALF.fullmatch(number.strip()):
        return None if fewest < total or total % 2 or least < most else 2 * least == total
    wanted = whole(number)
    if how == "at least":
        return True if least >= wanted else False if most < wanted else None
    if how == "at most":
        return True if most <= wanted else False if least > wanted else None
    return True if least == most == wanted else False if most < wanted or least > wanted else None


def whole(written: str) -> int:
    """The whole number that a claim counts with; Unjudgeable where it has none."""
    number = _COUNTED.get(written.strip().casefold()) or parse_count(written)
    if number is None:
        raise Unjudgeable(Reason.VAGUE, "the claim counts without a whole number")
    return number


_COUNTED = {"both": 2, "a couple": 2, "a pair": 2, "once": 1}
_HALF = re.compile(r"(?:a |one )?half(?: of)?", re.IGNORECASE)
"""Of an odd number nobody can say so exactly."""


def are_these(over: Over, named: Sequence[bool], chosen: Sequence[Held], held: Sequence[Held]) -> Held:
    """Whether the rows that are named alone are as said, or, with "all", all but these."""
    if over.how not in ("only", "none", "all"):
        raise Unjudgeable(Reason.VAGUE, "rows are excepted by name from an uncertain number")
    met: Held = True
    for is_named, meant, other in zip(named, chosen, held, strict=True):
        both = both_hold(meant, other)
        if over.how == "all":
            wanted = _denied(both) if is_named else _denied(both_hold(meant, _denied(other)))
        else:
            wanted = both if is_named else _denied(both)
        met = both_hold(met, wanted)
    return met


def _denied(held: Held) -> Held:
    return None if held is None else not held
