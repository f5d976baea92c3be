"""prompt: what the model is told; the text lies in `prompts/`, the part about kinds comes from the kinds.

The document goes into a message of its own and through no template.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

from auditor.document import Document
from auditor.elided import elided
from auditor.kinds import registry

if TYPE_CHECKING:
    from auditor.claim import Example

_HERE = Path(__file__).resolve().parent
_FOLDERS = (_HERE / "prompts", _HERE.parent / "prompts")
"""In an installed package, in a checkout."""

MARKER = "=====DOCUMENT====="


def messages(document: Document) -> list[dict[str, str]]:
    """The conversation that asks for the reading of a document."""
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": f"{MARKER}\n{elided(Document(document.path, document.read))}\n{MARKER}"},
    ]


@cache
def instructions() -> str:
    """The system message: the same for every document, so that providers can cache it."""
    return filled("read.md")


def filled(name: str) -> str:
    """A prompt of the folder, with the kinds of claims in their place."""
    template = Template((folder() / name).read_text(encoding="utf-8"))
    lines = [_line(name, example) for name, kind in registry().items() for example in kind.examples]
    return template.substitute(kinds="\n".join(lines)).strip()


def _line(name: str, example: Example) -> str:
    """A kind by an example: the quote, then its slots; without those that are empty."""
    claim = example.claim
    slots = ", ".join(
        f"{slot} {_shown(value)}" for slot, value in claim.items() if slot != "quote" and value not in (None, [])
    )
    return f'{name}: "{claim["quote"]}": {slots}'


def _shown(value: Any) -> str:
    match value:
        case {"metric": metric, "subjects": subjects, "levels": levels, "at": at}:
            parts = [metric or "", ", ".join(subjects), ", ".join(levels), at or ""]
            return "‹" + "; ".join(parts).rstrip("; ") + "›"
        case {"column": column, "test": test, "value": value}:
            return f"‹{column}; {test}; {value}".rstrip("; ") + "›"
        case dict():
            return (
                "{"
                + ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items() if inner not in (None, []))
                + "}"
            )
        case list():
            return "[" + ", ".join(map(_shown, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


class Digests(NamedTuple):
    """What a request is made of, apart from the document; SHA-256 in hexadecimal."""

    prompt: str
    schema: str


def digests() -> Digests:
    """The digests of what a model is sent today, computed from the kinds."""
    from auditor.wire import schema  # noqa: PLC0415  it loads pydantic and every kind, which a replay has no time for

    wire = json.dumps(schema(), sort_keys=True, separators=(",", ":"))
    return Digests(sha256(instructions()), sha256(wire))


@cache
def _kept() -> Digests:
    """The digests as kept in `prompts/digests.json`, since replay has no time to load every kind; a test holds them true."""
    kept = json.loads((folder() / "digests.json").read_text(encoding="utf-8"))
    return Digests(kept["prompt"], kept["schema"])


def digest() -> str:
    """The digest of the instructions."""
    return _kept().prompt


def schema_digest() -> str:
    """The digest of the schema."""
    return _kept().schema


def folder() -> Path:
    """Where the prompts lie."""
    return next(folder for folder in _FOLDERS if (folder / "read.md").is_file())


def sha256(text: str) -> str:
    """The digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
