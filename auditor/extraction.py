"""extraction: what the model is asked to send: metrics, subjects, dimensions, values, claims.

Nothing here repairs an answer: what does not fit is refused, and quotes and numbers are
checked against the document later, in grounding.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, Never, TypeVar

from msgspec import Meta, ValidationError, convert
from msgspec.structs import replace

from auditor.claim import Claim, Text, Wire
from auditor.kinds import find
from auditor.strictly import TWICE, not_a_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_ANSWER = 32_000_000
"""Characters; a longer answer is refused before it is parsed."""


class AnswerError(ValueError):
    """An answer that is not the object asked for; the message is one sentence."""


class Axis(Wire, frozen=True):
    """The range that the document gives for an axis."""

    low: Text
    high: Text
    quote: Text


class Derived(Wire, frozen=True):
    """A metric that follows from another one."""

    how: Literal["same", "complement", "ratio", "difference"]
    of: Text
    baseline: Text | None
    ground: Text


class Metric(Wire, frozen=True):
    """A quantity that values are given for."""

    name: Text
    aliases: tuple[Text, ...]
    unit: Text | None
    better: Literal["higher", "lower", "neither", "unknown"]
    ground: Text
    axis: Axis | None
    derived: Derived | None


class Attribute(Wire, frozen=True):
    """A colour, marker or line style, each time one is stated."""

    name: Text
    value: Text
    quote: Text


class Subject(Wire, frozen=True):
    """What is compared: a model, method, bar, line, group."""

    name: Text
    aliases: tuple[Text, ...]
    attributes: tuple[Attribute, ...]


class Dimension(Wire, frozen=True):
    """What else varies, with its levels, in order if they have one."""

    name: Text
    levels: tuple[Text, ...]
    ordered: bool


class Layout(Wire, frozen=True):
    """How one table of the document reads: what stands in its rows and columns, and what its numbers measure."""

    number: Annotated[int, Meta(ge=1, le=10_000)]
    rows: Text
    columns: Text
    metric: Text | None
    levels: tuple[Text, ...]


class Value(Wire, frozen=True):
    """One number that the document states, once for each time it is stated."""

    metric: Text
    subject: Text | None
    levels: tuple[Text, ...]
    at: Text | None
    written: Text
    quote: Text


class Extraction(Wire, frozen=True):
    """Everything that the document states and claims."""

    metrics: tuple[Metric, ...]
    subjects: tuple[Subject, ...]
    dimensions: tuple[Dimension, ...]
    position: Axis | None
    tables: tuple[Layout, ...]
    values: tuple[Value, ...]
    claims: tuple[Claim, ...]


def parse(answer: str) -> Extraction:
    """The answer as a typed object; AnswerError says in one sentence what does not fit."""
    data = decoded(answer)
    claims = tuple(claim_of(item, f"claims.{place}") for place, item in enumerate(data["claims"]))
    return replace(fitting({**data, "claims": ()}, Extraction), claims=claims)


def decoded(
    answer: str,
    part: str = "claims",
    *,
    twice: Callable[[], Any] | None = None,
    constant: Callable[[str], Any] | None = None,
) -> dict[str, Any]:
    """The answer as a JSON object that has a list under the name of a part; AnswerError where it is not one.

    `twice` and `constant` say what stands for an object with a key given twice and for NaN; without them the whole
    answer is refused.
    """

    def pairs(found: Sequence[tuple[str, Any]]) -> Any:
        made = dict(found)
        if len(made) == len(found):
            return made
        return _refuse(TWICE) if twice is None else twice()

    if len(answer) > MAX_ANSWER:
        message = f"the answer has {len(answer):,} characters, more than the {MAX_ANSWER:,} allowed"
        raise AnswerError(message)
    try:
        data = json.loads(answer, object_pairs_hook=pairs, parse_constant=constant or _no_constant)
    except json.JSONDecodeError as error:
        message = f"the answer is not JSON: {error.msg} at character {error.pos}"
        raise AnswerError(message) from error
    except ValueError as error:  # an integer of thousands of digits, or one of our own
        raise error if isinstance(error, AnswerError) else AnswerError(f"the answer is not JSON: {error}") from error
    except RecursionError as error:
        message = "the answer is nested too deeply"
        raise AnswerError(message) from error
    if not isinstance(data, dict) or not isinstance(data.get(part), list):
        message = f"the answer is not an object with a list of {part}"
        raise AnswerError(message)
    return data


def claim_of(item: Any, within: str = "") -> Claim:
    """A claim from its JSON; AnswerError where it is of no known kind or does not fit its kind."""
    name = item.get("kind") if isinstance(item, dict) else None
    kind = find(name) if isinstance(name, str) else None
    if kind is None:
        message = f"{within}: " * bool(within) + f"{str(name)[:60]!r} is no kind of claim"
        raise AnswerError(message)
    return fitting(item, kind, within)


_Wire = TypeVar("_Wire", bound=Wire)
_LONGEST = 200
"""Characters of a reason: it may repeat what the answer has in a place."""


def fitting(item: Any, wire: type[_Wire], within: str = "") -> _Wire:
    """An object from its JSON; AnswerError where it does not fit: what is wrong first, and where."""
    try:
        return convert(item, wire)
    except ValidationError as error:
        what, _, path = str(error).rpartition(" - at `$") if "`$" in str(error) else (str(error), "", "")
        inner = path.removesuffix("`").replace("[", ".").replace("]", "").removeprefix(".")
        where = ".".join(part for part in (within, inner) if part)
        message = f"{where}: " * bool(where) + what[:1].lower() + what[1:_LONGEST]
        raise AnswerError(message) from error
    except UnicodeEncodeError as error:  # half a character, where a name of the schema should stand
        message = f"{within}: " * bool(within) + "half a character stands where a name should"
        raise AnswerError(message) from error


def _refuse(message: str) -> Never:
    raise AnswerError(message)


def _no_constant(name: str) -> Never:
    _refuse(not_a_number(name))


def claim_kind(claim: Claim) -> str:
    """The wire name of a claim's kind."""
    return str(getattr(claim, "kind", ""))
