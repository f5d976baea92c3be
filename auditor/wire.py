"""wire: the schema of an answer, as pydantic and JSON schema have it, made from the types that an answer becomes.

It is built from the kinds, so that adding a kind changes it. Only who asks a model needs it: a replay reads answers
into the types themselves, and would take twice as long if it loaded pydantic.
"""

from __future__ import annotations

import json
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model

from auditor.claim import Claim, Wire, fields_of
from auditor.extraction import Extraction
from auditor.kinds import registry

if TYPE_CHECKING:
    from msgspec import Meta


@cache
def answer_model() -> type[BaseModel]:
    """The extraction with every kind of claim spelled out: what the model is asked for."""
    return part_model("Extraction", tuple(fields_of(Extraction)))


@cache
def part_model(name: str, fields: tuple[str, ...]) -> type[BaseModel]:
    """These fields of the extraction alone."""
    types = fields_of(Extraction)
    return _model(name, {field: types[field] for field in fields}, Extraction.__doc__)


@cache
def _model_of(wire: type[Wire]) -> type[BaseModel]:
    return _model(wire.__name__, fields_of(wire), wire.__doc__)


def _model(name: str, types: dict[str, Any], doc: str | None) -> type[BaseModel]:
    """An object that takes what `auditor.extraction.fitting` takes."""
    config = ConfigDict(extra="forbid", strict=True)
    fields: dict[str, Any] = {field: (_asked(annotation), ...) for field, annotation in types.items()}
    return create_model(name, __config__=config, __doc__=doc, **fields)


def _asked(annotation: Any) -> Any:
    """A type of ours as pydantic has it."""
    if annotation is Claim:
        return _any_kind()
    if isinstance(annotation, type) and issubclass(annotation, Wire):
        return _model_of(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Annotated[arguments[0], _bounds(arguments[1])]
    if origin is tuple:
        item: Any = _asked(arguments[0])
        return tuple[item, ...]
    if origin in (Union, UnionType):
        options: Any = tuple(map(_asked, arguments))
        return Union[options]  # noqa: UP007  (made at run time)
    return annotation


def _bounds(meta: Meta) -> Any:
    return Field(ge=meta.ge, le=meta.le, max_length=meta.max_length)


@cache
def _any_kind() -> Any:
    kinds = tuple(map(_model_of, registry().values()))
    return Annotated[Union[kinds], Field(discriminator="kind")]  # noqa: UP007  (made at run time)


def schema() -> dict[str, Any]:
    """The JSON schema of an answer, in the part of the language that strict modes accept: `anyOf`, closed, all required.

    Kept short, since every request carries it: what may be null says so once, where it is defined.
    """
    return schema_of(answer_model())


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
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
