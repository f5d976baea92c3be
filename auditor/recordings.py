"""recordings: the store of raw answers, from which a document is audited again without a model.

A recording is read like any other hostile input, and holds no verdict, no clock, no host
and no secret. One file a document needs no lock, and is replaced in one step, so that a
run that is killed leaves the old recording or the new one and never half of either.
This is the path of every replay: nothing here loads pydantic or a client library.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from auditor import strictly
from auditor.errors import RecordingInvalid, RecordingMissing, RecordingUntracked
from auditor.files import atomically, filename, keeping, renamed
from auditor.hook import DIRECTLY
from auditor.visible import escaped

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from auditor.document import Document

LIMIT = 64 * 1024 * 1024
"""The most bytes a recording may have."""

FORMAT = "audit-recording/1"
"""What a recording says of itself first; another reading of the file needs another number."""

Scalar: TypeAlias = "str | int | float | bool | None"


class Recording(Struct, frozen=True):
    """One raw answer of a model, with what it was the answer to."""

    document: str
    """The document's file name, for a reader; its digest is what counts."""
    document_sha256: str
    """The document's digest."""
    prompt_sha256: str
    """The digest of the prompt that was sent."""
    schema_sha256: str
    """The digest of the schema that was sent."""
    model_asked: str
    """The model's name as asked for."""
    model_answered: str
    """The model's name as it answered."""
    parameters: Mapping[str, Scalar]
    """What else the request asked for, such as the temperature."""
    usage: Mapping[str, int]
    """Tokens, by the names that the server gives them."""
    answer: str
    """The answer, letter for letter."""

    def is_stale(self, prompt_sha256: str, schema_sha256: str) -> bool:
        """Whether it answers another prompt or another schema than these."""
        return (self.prompt_sha256, self.schema_sha256) != (prompt_sha256, schema_sha256)


class Store(Struct, frozen=True):
    """Where recordings are kept: beside each document, or in a folder that mirrors a project."""

    folder: Path | None = None
    """The folder for the documents of `root`; None keeps each recording in `.audit` beside its document."""
    root: Path | None = None
    """The project that the folder mirrors; a document outside of it has its recording beside it."""
    tracked: Container[Path] | None = None
    """The files that git tracks, where a recording has to be one of them."""
    command: str = DIRECTLY
    """What records the documents that are named after it."""

    def place(self, path: str) -> Path:
        """The file that holds, or would hold, the recording of the document at this path."""
        document = Path(os.path.abspath(path))  # noqa: PTH100  Path.resolve would follow a document that is a link
        if self.folder is not None and self.root is not None:
            for here in (document, document.parent.resolve() / document.name):
                for root in (self.root, self.root.resolve()):
                    if here.is_relative_to(root):
                        return self.folder / f"{here.relative_to(root)}.json"
        return document.parent / ".audit" / f"{document.name}.json"

    def place_of(self, document: Document) -> Path:
        """The file that holds, or would hold, a document's recording; the rows of a data set share a folder."""
        if document.row is None:
            return self.place(document.path)
        return self.place(document.row.file).with_suffix("") / f"{filename.safe(document.row.id)}.json"

    def load(self, document: Document) -> Recording:
        """The recording of the document as it is now; RecordingMissing or RecordingInvalid where there is none."""
        place = self.place_of(document)
        hint = self.hint(document)
        try:
            recording = _parsed(_content(place))
        except (FileNotFoundError, NotADirectoryError) as error:
            message = f"no answer of a model is recorded for {document.path}"
            # Not for rows: one folder holds those of thousands, which would be searched for each.
            moved = None if document.row else renamed.earlier(place, document.digest, self.folder, self.root)
            if moved is not None:
                message = f"{document.path} has the text whose answer is recorded in {os.path.relpath(moved)}"
                hint = f"if it was renamed, move the answer too: {renamed.move(moved, place)}"
            raise RecordingMissing(message, hint=hint) from error
        except OSError as error:
            message = f"the recording {place} cannot be read: {_reason(error)}"
            raise RecordingInvalid(message, hint=hint) from error
        except strictly.Unusable as error:
            message = f"the recording {place} is not usable: {error}"
            raise RecordingInvalid(message, hint=hint) from error
        if recording.document_sha256 != document.digest:
            message = f"{document.path} has changed since the answer in {place} was recorded"
            if recording.document != name_of(document):
                message = f"the recording {place} is of another document, {recording.document}, not of {document.path}"
            if self.tracked is not None:
                hint += f"; or, if that is done, add what it wrote: {_add(place)}"
            raise RecordingMissing(message, hint=hint)
        if self.tracked is not None and place not in self.tracked:
            message = f"the answer for {document.path} is recorded, but git does not track it, so nobody else has it"
            raise RecordingUntracked(message, hint=f"add it: {_add(place)}")
        return recording

    def hint(self, document: Document) -> str:
        """The command that records a document's answer, ready for a shell."""
        file, row = document.file, document.row
        command = self.command if row is None else f"{DIRECTLY} {shlex.join(row.options)}"
        return f"record it: {command} {'-- ' if file.startswith('-') else ''}{shlex.quote(file)}"

    def save(self, document: Document, recording: Recording) -> Path:
        """Write the recording of a document in one step, and tell where; ExtractionError where that fails.

        An answer that is paid for is not thrown away then, but goes to the temporary files, and the error says so.
        """
        place = self.place_of(document)
        data = _printed(recording).encode("utf-8")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            atomically.write(place, data)
        except OSError as error:
            what = f"the answer for {document.path}"
            raise keeping.lost(what, place, data, error) from error
        return place


def name_of(document: Document) -> str:
    """The name that a recording has for its document: that of the file, without the folder; of a row, with its id."""
    name = document.file.replace("\\", "/").rpartition("/")[2]
    return name if document.row is None else f"{name}#{document.row.id}"


def _add(place: Path) -> str:
    """The command that has git track a file, ready for a shell."""
    shown = os.path.relpath(place)
    return f"git add {'-- ' if shown.startswith('-') else ''}{shlex.quote(shown)}"


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)


def _content(place: Path) -> bytes:
    status = place.stat()
    if not stat.S_ISREG(status.st_mode):
        message = "it is a folder" if stat.S_ISDIR(status.st_mode) else "it is not a regular file"
        raise strictly.Unusable(message)
    if status.st_size > LIMIT:
        message = f"it is larger than {LIMIT // (1024 * 1024)} MB"
        raise strictly.Unusable(message)
    return place.read_bytes()


# -- the file -----------------------------------------------------------------------------------------------

# Where the answer is broken so that a diff shows what changed: after the objects and arrays of a list and at line
# ends. Two surrogates that stand alone beside each other are parted too: one JSON string would make them one character.
_BREAK = r"(?<=[}\]],)(?!\n)|(?<=\n)|(?<=[\ud800-\udbff])(?=[\udc00-\udfff])"


def _printed(recording: Recording) -> str:
    content = asdict(recording)
    content["parameters"] = dict(sorted(recording.parameters.items()))
    content["usage"] = dict(sorted(recording.usage.items()))
    return lines({"format": FORMAT, **content, "answer": pieces(recording.answer)})


def pieces(answer: str) -> list[str]:
    """A text in pieces, broken where a diff is to show what changed."""
    return [piece for piece in re.split(_BREAK, answer) if piece]


def lines(content: Mapping[str, object]) -> str:
    """JSON as text that a terminal and a reader can take."""
    lines = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False).split("\n")
    return "".join(f"{escaped(line, _in_json)}\n" for line in lines)


def _in_json(character: str) -> str:
    return json.dumps(character)[1:-1]


def _parsed(data: bytes) -> Recording:
    content = strictly.mapping(data)
    if content.pop("format", None) != FORMAT:
        message = f"its format is not {FORMAT}"
        raise strictly.Unusable(message)
    recording = Recording(
        document=_text(content, "document"),
        document_sha256=_text(content, "document_sha256"),
        prompt_sha256=_text(content, "prompt_sha256"),
        schema_sha256=_text(content, "schema_sha256"),
        model_asked=_text(content, "model_asked"),
        model_answered=_text(content, "model_answered"),
        parameters=_parameters(content),
        usage=_usage(content),
        answer=_answer(content),
    )
    for key in sorted(content):
        message = f"it has an unknown key, {json.dumps(key[:40])}"
        raise strictly.Unusable(message)
    return recording


def _taken(content: dict[str, object], key: str) -> object:
    if key not in content:
        message = f'"{key}" is missing'
        raise strictly.Unusable(message)
    return content.pop(key)


def _text(content: dict[str, object], key: str) -> str:
    value = _taken(content, key)
    if isinstance(value, str):
        return value
    message = f'"{key}" is not a string'
    raise strictly.Unusable(message)


def _parameters(content: dict[str, object]) -> dict[str, Scalar]:
    value = _taken(content, "parameters")
    if isinstance(value, dict) and not any(isinstance(entry, dict | list) for entry in value.values()):
        return value
    message = '"parameters" is not an object of plain values'
    raise strictly.Unusable(message)


def _usage(content: dict[str, object]) -> dict[str, int]:
    value = _taken(content, "usage")
    if isinstance(value, dict) and all(type(count) is int for count in value.values()):  # a bool is an int too
        return value
    message = '"usage" is not an object of whole numbers'
    raise strictly.Unusable(message)


def _answer(content: dict[str, object]) -> str:
    value = _taken(content, "answer")
    if isinstance(value, list) and all(isinstance(piece, str) for piece in value):
        return "".join(value)
    message = '"answer" is not a list of strings'
    raise strictly.Unusable(message)
