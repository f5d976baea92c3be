"""partial: what of an answer fits the schema, item by item; what does not is dropped, and said.

An answer that is no JSON object is no answer. In one that is, a value or a claim that
does not fit is no reason to lose the others, as long as nobody is kept from knowing.
Nothing is repaired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from auditor.extraction import (
    AnswerError,
    Axis,
    Dimension,
    Extraction,
    Layout,
    Metric,
    Subject,
    Value,
    claim_of,
    decoded,
    fitting,
)
from auditor.strictly import TWICE, not_a_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from auditor.document import Span

_ITEMS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "metrics": ("metric", lambda item: fitting(item, Metric)),
    "subjects": ("subject", lambda item: fitting(item, Subject)),
    "dimensions": ("dimension", lambda item: fitting(item, Dimension)),
    "tables": ("table", lambda item: fitting(item, Layout)),
    "values": ("value", lambda item: fitting(item, Value)),
    "claims": ("claim", claim_of),
}
"""The lists of an answer: what one item is called, and what reads it."""

MOST_LISTED = 200
"""Faulty items of one list that are told one by one: a list of millions is no report."""

_LONGEST_QUOTE = 4000
_SHOWN = 60


class Dropped(Struct, frozen=True):
    """An item of an answer that does not fit the schema."""

    what: str
    """Such as "value 3 of the answer"; items are counted from 1."""
    why: str
    """What does not fit, and where in the item."""
    quote: str | None
    """The passage that the item gives, if it gives one."""
    metric: str | None
    """The metric that a value names, if it is a value and names one."""
    within: Span | None = None
    """The part of the document that was shown; None for all of it."""


class Partial(NamedTuple):
    """What fits of an answer, or of the answers about all parts of a document, and what does not."""

    extraction: Extraction
    dropped: tuple[Dropped, ...] = ()
    values_within: tuple[Span, ...] = ()
    """The part of the document that each value was read from; nothing where the whole was shown at once."""
    claims_within: tuple[Span, ...] = ()
    """Likewise for the claims."""


class _Fault:
    """Stands in a decoded answer for something that JSON does not have; no field of the schema takes one."""

    def __init__(self, why: str) -> None:
        self.why = why


EVERYTHING = (*_ITEMS, "position")
"""The keys of a whole answer."""

VALUES = tuple(key for key in EVERYTHING if key != "claims")
"""The keys of an answer that gives values and leaves the claims for later."""


def salvage(answer: str, keys: Collection[str] = EVERYTHING, main: str = "claims") -> Partial:
    """What of an answer fits; AnswerError where the whole is no object with a list under the main key.

    Any other list that is not there counts as one item that does not fit, and so does a key that was not asked for.
    """
    data = decoded(answer, main, twice=lambda: _Fault(TWICE), constant=lambda name: _Fault(not_a_number(name)))
    dropped: list[Dropped] = []
    lists = {name: tuple(_fitting(name, data.pop(name, None), dropped)) if name in keys else () for name in _ITEMS}
    position = _position(data.pop("position", None), dropped) if "position" in keys else None
    unknown = (f"{name[:_SHOWN]!r} of the answer" for name in sorted(data)[:MOST_LISTED])
    dropped.extend(Dropped(what, "the schema does not have it", None, None) for what in unknown)
    return Partial(Extraction(position=position, **lists), tuple(dropped))


def _fitting(name: str, items: Any, dropped: list[Dropped]) -> Iterator[Any]:
    """The items of one list that fit; the others are added to those dropped."""
    what, read = _ITEMS[name]
    if not isinstance(items, list):
        dropped.append(Dropped(f"{name} of the answer", "they are no list", None, None))
        return
    listed, unlisted, known = 0, 0, set[str | None]((None,))
    for number, item in enumerate(items, start=1):
        try:
            fits = read(item)
        except AnswerError as error:
            why = _fault(item) or str(error)
            metric = _text(item, "metric") if what == "value" else None
            if listed < MOST_LISTED or metric not in known:
                listed += 1
                known.add(metric)
                dropped.append(Dropped(f"{what} {number} of the answer", why, _text(item, "quote"), metric))
            else:
                unlisted += 1
        else:
            yield fits
    if unlisted:
        dropped.append(Dropped(f"{unlisted:,} more {name} of the answer", "they do not fit either", None, None))


def _position(item: Any, dropped: list[Dropped]) -> Axis | None:
    if item is None:
        return None
    try:
        return fitting(item, Axis)
    except AnswerError as error:
        why = _fault(item) or str(error)
        dropped.append(Dropped("position of the answer", why, _text(item, "quote"), None))
        return None


def _fault(item: Any) -> str | None:
    """What stands somewhere in an item and is no JSON; not by recursion, since JSON may nest deeper than Python does."""
    left = [item]
    while left:
        match left.pop():
            case _Fault(why=why):
                return str(why)
            case dict() as inner:
                left.extend(inner.values())
            case list() as inner:
                left.extend(inner)
            case _:
                pass
    return None


def _text(item: Any, key: str) -> str | None:
    found = item.get(key) if isinstance(item, dict) else None
    return found if isinstance(found, str) and len(found) <= _LONGEST_QUOTE else None
