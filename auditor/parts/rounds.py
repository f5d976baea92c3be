"""rounds: what a model is told about a long document: in one round for the values of each part, in one for its claims.

The claims of a part come with the names that all parts gave, so that a claim may speak of
a value that stands elsewhere. Parts, headings and names go through no template.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from auditor.document import Document
from auditor.elided import elided
from auditor.extraction import Extraction
from auditor.prompt import MARKER, Digests, filled, folder, instructions, sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from auditor.transcript import Round

KEPT = "rounds.json"
"""The file beside the prompts that keeps the digests of both rounds."""


class Request(NamedTuple):
    """What a model is asked in one round, apart from the part."""

    response_model: type[BaseModel]
    schema: dict[str, Any]
    instructions: str


@cache
def request(which: Round) -> Request:
    """The request of a round; the same for every part, so that providers can cache it."""
    from auditor import wire  # noqa: PLC0415  it loads pydantic and every kind, which a replay has no time for

    if which == "whole":
        return Request(wire.answer_model(), wire.schema(), instructions())
    fields = (
        ("claims",) if which == "claims" else tuple(name for name in Extraction.__struct_fields__ if name != "claims")
    )
    model = wire.part_model(which.capitalize(), fields)
    return Request(model, wire.schema_of(model), filled(f"{which}.md"))


def messages(which: Round, shown: str, headings: Sequence[str], place: str, names: str = "") -> list[dict[str, str]]:
    """The conversation about one part: `place` says which it is, `names` is what `auditor.parts.known` lists."""
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
