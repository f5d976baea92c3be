"""rounds: what a model is told about a long document: in one round for the values of each part, in one for its claims.

The claims of a part come with the names that all parts gave, so that a claim may speak of
a value that stands elsewhere. Parts, headings and names go through no template.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import create_model

from auditor.claim import Wire
from auditor.document import Document
from auditor.elided import elided
from auditor.extraction import Extraction, answer_model, claims_type, schema, schema_of
from auditor.prompt import MARKER, Digests, filled, folder, instructions, sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.transcript import Round

KEPT = "rounds.json"
"""The file beside the prompts that keeps the digests of both rounds."""


class Request(NamedTuple):
    """What a model is asked in one round, apart from the part."""

    response_model: type[Wire]
    schema: dict[str, Any]
    instructions: str


@cache
def request(which: Round) -> Request:
    """The request of a round; the same for every part, so that providers can cache it."""
    if which == "whole":
        return Request(answer_model(), schema(), instructions())
    fields: dict[str, Any]
    if which == "values":
        fields = {
            name: (Extraction.model_fields[name].annotation, ...)
            for name in Extraction.model_fields
            if name != "claims"
        }
    else:
        fields = {"claims": (claims_type(), ...)}
    model = create_model(which.capitalize(), __base__=Wire, **fields)
    return Request(model, schema_of(model), filled(f"{which}.md"))


def messages(which: Round, shown: str, headings: Sequence[str], place: str, names: str = "") -> list[dict[str, str]]:
    """The conversation about one part: `place` says which it is, `names` is what `auditor.known` lists."""
    above = [f"Headings above it: {json.dumps(list(headings), ensure_ascii=False)}"] if headings else []
    known = [f"Names: {names}"] if names else []
    told = [f"Part {place} of the document.", *above, *known, MARKER, shown, MARKER]
    return [
        {"role": "system", "content": request(which).instructions},
        {"role": "user", "content": "\n".join(told)},
    ]


def shown(document: Document, start: int, end: int) -> str:
    """A stretch of a document as a model is shown it."""
    return elided(Document(document.path, document.text[start:end]))


def digests() -> Digests:
    """The digests of what a model is sent in both rounds today, computed from the kinds."""
    both = [request(which) for which in ("values", "claims")]
    wire = json.dumps([each.schema for each in both], sort_keys=True, separators=(",", ":"))
    return Digests(sha256("\n\n".join(each.instructions for each in both)), sha256(wire))


@cache
def kept() -> Digests:
    """The same as kept beside the prompts, since replay has no time to load every kind; a test holds them true."""
    return Digests(**json.loads((folder() / KEPT).read_text(encoding="utf-8")))
