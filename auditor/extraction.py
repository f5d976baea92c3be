"""extraction: what the model is asked to send: metrics, subjects, dimensions, values, claims.

The wire model is built from the kinds, so that adding a kind changes the schema. Nothing
here repairs an answer: what does not fit is refused, and quotes and numbers are checked
against the document later, in grounding.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Never, Union

from pydantic import Field, InstanceOf, ValidationError, create_model

from auditor.claim import Claim, Text, Wire
from auditor.kinds import find, registry
from auditor.strictly import TWICE, not_a_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_ANSWER = 32_000_000
"""Characters; a longer answer is refused before it is parsed."""


class AnswerError(ValueError):
    """An answer that is not the object asked for; the message is one sentence."""


class Axis(Wire):
    """The range that the document gives for an axis."""

    low: Text
    high: Text
    quote: Text


class Derived(Wire):
    """A metric that follows from another one."""

    how: Literal["same", "complement", "ratio", "difference"]
    of: Text
    baseline: Text | None
    ground: Text


class Metric(Wire):
    """A quantity that values are given for."""

    name: Text
    aliases: tuple[Text, ...]
    unit: Text | None
    better: Literal["higher", "lower", "neither", "unknown"]
    ground: Text
    axis: Axis | None
    derived: Derived | None


class Attribute(Wire):
    """A colour, marker or line style, each time one is stated."""

    name: Text
    value: Text
    quote: Text


class Subject(Wire):
    """What is compared: a model, method, bar, line, group."""

    name: Text
    aliases: tuple[Text, ...]
    attributes: tuple[Attribute, ...]


class Dimension(Wire):
    """What else varies, with its levels, in order if they have one."""

    name: Text
    levels: tuple[Text, ...]
    ordered: bool


class Layout(Wire):
    """How one table of the document reads: what stands in its rows and columns, and what its numbers measure."""

    number: int = Field(ge=1, le=10_000)
    rows: Text
    columns: Text
    metric: Text | None
    levels: tuple[Text, ...]


class Value(Wire):
    """One number that the document states, once for each time it is stated."""

    metric: Text
    subject: Text | None
    levels: tuple[Text, ...]
    at: Text | None
    written: Text
    quote: Text


class Extraction(Wire):
    """Everything that the document states and claims."""

    metrics: tuple[Metric, ...]
    subjects: tuple[Subject, ...]
    dimensions: tuple[Dimension, ...]
    position: Axis | None
    tables: tuple[Layout, ...]
    values: tuple[Value, ...]
    claims: tuple[InstanceOf[Claim], ...]


@cache
def answer_model() -> type[Extraction]:
    """The extraction with every kind of claim spelled out: what the model is asked for.

    Replay does not need it, and validates each claim by its own kind: building the union takes longer than a replay.
    """
    return create_model("Extraction", __base__=Extraction, claims=(claims_type(), ...))


@cache
def claims_type() -> Any:
    """Claims of every kind, as a type."""
    union: Any = Annotated[Union[tuple(registry().values())], Field(discriminator="kind")]  # noqa: UP007  (made at run time)
    return tuple[union, ...]


def parse(answer: str) -> Extraction:
    """The answer as a typed object; AnswerError says in one sentence what does not fit."""
    data = decoded(answer)
    claims = tuple(_claim(place, item) for place, item in enumerate(data["claims"]))
    try:
        return Extraction.model_validate({**data, "claims": claims})
    except ValidationError as error:
        raise AnswerError(first_fault(error)) from error


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


def _claim(place: int, item: Any) -> Claim:
    try:
        return claim_of(item)
    except ValidationError as error:
        raise AnswerError(first_fault(error, f"claims.{place}")) from error
    except AnswerError as error:
        message = f"claims.{place}: {error}"
        raise AnswerError(message) from error


def claim_of(item: Any) -> Claim:
    """A claim from its JSON; AnswerError where it is of no known kind, ValidationError where it does not fit its kind."""
    name = item.get("kind") if isinstance(item, dict) else None
    kind = find(name) if isinstance(name, str) else None
    if kind is None:
        message = f"{str(name)[:60]!r} is no kind of claim"
        raise AnswerError(message)
    return kind.model_validate(item)


def first_fault(error: ValidationError, within: str = "") -> str:
    """What is wrong first, where, and how many faults there are besides."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join([*([within] if within else []), *map(str, first["loc"])]) or "the answer"
    more = error.error_count() - 1
    return f"{where}: {first['msg']}" + (f" (and {more} more)" if more else "")


def _refuse(message: str) -> Never:
    raise AnswerError(message)


def _no_constant(name: str) -> Never:
    _refuse(not_a_number(name))


def schema() -> dict[str, Any]:
    """The JSON schema of an answer, in the part of the language that strict modes accept: `anyOf`, closed, all required.

    Kept short, since every request carries it: what may be null says so once, where it is defined.
    """
    return schema_of(answer_model())


def schema_of(model: type[Wire]) -> dict[str, Any]:
    """The JSON schema of a wire model, likewise."""
    whole = _strict(model.model_json_schema())
    whole.pop("description", None)
    for definition in whole["$defs"].values():
        if "kind" not in definition["properties"] and "exceptions" not in definition["properties"]:
            del definition["description"]  # the prompt says what these are
    return _with_names_defined(_nullable_where_defined(whole))


_DROPPED = frozenset({"title", "discriminator", "maxLength", "minimum", "maximum", "default"})


def _strict(node: Any) -> Any:
    match node:
        case {"oneOf": options, **rest}:
            return _strict({**rest, "anyOf": options})
        case {"anyOf": [{"type": "string"}, {"type": "null"}], **rest}:
            return _strict({**rest, "type": ["string", "null"]})
        case {"anyOf": [{"maxLength": _, "type": "string"}, {"type": "null"}], **rest}:
            return _strict({**rest, "type": ["string", "null"]})
        case dict():
            kept = ((key, value) for key, value in node.items() if key not in _DROPPED or isinstance(value, dict))
            return {key: _strict(value) for key, value in kept if key != "discriminator"}
        case list():
            return [_strict(item) for item in node]
        case _:
            return node


def _nullable_where_defined(whole: dict[str, Any]) -> dict[str, Any]:
    """Move "or null" from the uses of a definition into it, where all uses have it."""
    text = json.dumps(whole)
    for name in list(whole["$defs"]):
        plain = json.dumps({"$ref": f"#/$defs/{name}"})
        nullable = json.dumps({"anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}]})
        if nullable in text and text.count(nullable) == text.count(plain):
            text = text.replace(nullable, plain)
            definition = json.dumps(whole["$defs"][name])
            text = text.replace(definition, json.dumps({"anyOf": [whole["$defs"][name], {"type": "null"}]}), 1)
    shortened: dict[str, Any] = json.loads(text)
    return shortened


def _with_names_defined(whole: dict[str, Any]) -> dict[str, Any]:
    """Say once what a list of names is, where several are."""
    names = {"items": {"type": "string"}, "type": "array"}
    text, written = json.dumps(whole), json.dumps(names)
    if text.count(written) < 2:  # noqa: PLR2004
        return whole
    shortened: dict[str, Any] = json.loads(text.replace(written, json.dumps({"$ref": "#/$defs/Names"})))
    return {**shortened, "$defs": {**shortened["$defs"], "Names": names}}


def claim_kind(claim: Claim) -> str:
    """The wire name of a claim's kind."""
    return str(getattr(claim, "kind", ""))
