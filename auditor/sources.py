"""sources: the bytes of a file, read as the text of a document or refused in one sentence.

Only a regular file is opened: a FIFO would hang for ever and a device may never end.
Decoding is strict, since a replacement character would turn an honest quote into one
that does not stand in the document; nothing is normalised but the ends of lines.
"""

from __future__ import annotations

import os
import re
import stat
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from auditor.comments import without_comments
from auditor.document import Document
from auditor.errors import InputError

if TYPE_CHECKING:
    from auditor.document import Row
    from auditor.rendition import Rendition

LIMIT = 16 * 1024 * 1024
"""The most bytes a document may have."""

_MARKUP = {
    **dict.fromkeys((".htm", ".html", ".xhtml"), "auditor.htmltext"),
    **dict.fromkeys((".rest", ".rst"), "auditor.rst.text"),
}
"""What reads a file whose text is not what stands in it."""

_UTF_8_MARK = b"\xef\xbb\xbf"
# UTF-32 comes first: the little-endian mark begins with that of UTF-16.
_FOREIGN_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32", "little-endian"),
    (b"\x00\x00\xfe\xff", "UTF-32", "big-endian"),
    (b"\xff\xfe", "UTF-16", "little-endian"),
    (b"\xfe\xff", "UTF-16", "big-endian"),
)
_SPECIAL = (
    (stat.S_ISDIR, "folder", "name a file"),
    (stat.S_ISFIFO, "named pipe", "save what it delivers to a file first"),
    (stat.S_ISSOCK, "socket", "name a regular file"),
    (stat.S_ISCHR, "device", "name a regular file"),
    (stat.S_ISBLK, "device", "name a regular file"),
)
# What a shell hands over as it is where it matches nothing.
_PATTERN = re.compile(r"[*?]")
_LINE_END = re.compile(rb"\r\n?|\n")


def read(path: str, *, limit: int = LIMIT) -> Document:
    """The document in a file; InputError where the file holds no text to audit."""
    return decoded(path, _content(path, limit), limit=limit)


def decoded(path: str, data: bytes, *, limit: int = LIMIT) -> Document:
    """The document that some bytes are, under its name; InputError where they are no text to audit."""
    if len(data) > limit:
        raise _too_large(path, limit)
    for mark, encoding, order in _FOREIGN_MARKS:
        if data.startswith(mark):
            message = f"{path} is encoded in {encoding} ({order}), not in UTF-8"
            raise InputError(message, hint=f"convert it, for instance with iconv -f {encoding} -t UTF-8")
    if (nul := data.find(0)) >= 0:
        message = f"{path} is binary, not text: there is a NUL at byte {nul}"
        raise InputError(message, hint="name a text file in UTF-8")
    return document(path, _decoded(path, data))


def document(path: str, text: str, row: Row | None = None) -> Document:
    """The document that a text is, with LF at the ends of its lines; InputError where it says nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        message = f"{path} is empty" if not text else f"{path} holds nothing but white space"
        raise InputError(message, hint="there is nothing to audit: leave it out, or write something into it")
    if row is None and (module := _MARKUP.get(PurePath(path).suffix.lower())) is not None:
        return without_comments(_rendered(path, import_module(module).rendition(text)))
    return without_comments(Document(path, text, row=row))


def _rendered(path: str, rendition: Rendition) -> Document:
    if not rendition.text.strip():
        message = f"{path} holds no text, only markup"
        raise InputError(message, hint="there is nothing to audit: leave it out, or write something into it")
    return Document(path, rendition.text, rendition=rendition)


def check(path: str) -> int:
    """The size of a regular file in bytes; InputError where there is none."""
    if not path:
        message = "an empty name is not the name of a file"
        raise InputError(message, hint="name a file; standard input is -")
    try:
        status = Path(path).stat()
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a NUL or a lone surrogate, which no file system takes
        message = f"{path} cannot be the name of a file"
        raise InputError(message, hint="check the spelling") from error
    for is_one, name, hint in _SPECIAL:
        if is_one(status.st_mode):
            message = f"{path} is a {name}, not a text file"
            raise InputError(message, hint=hint)
    return status.st_size


def _content(path: str, limit: int) -> bytes:
    """The bytes of a regular file, one more than `limit` of one that has grown beyond it since it was looked at."""
    if check(path) > limit:
        raise _too_large(path, limit)
    try:
        with Path(path).open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: str, error: OSError) -> InputError:
    """Why a file cannot be opened or read."""
    match error:
        case FileNotFoundError() if _PATTERN.search(path):
            return InputError(f"{path} matches no file", hint="check the pattern, and the folder it is used in")
        case FileNotFoundError():
            return InputError(f"{path} does not exist", hint="check the spelling, and the folder it is looked for in")
        case PermissionError():
            hint = "make it readable for the user who runs audit"
            return InputError(f"{path} may not be read: permission denied", hint=hint)
        case _:
            reason = os.strerror(error.errno) if error.errno else str(error)
            return InputError(f"{path} cannot be read: {reason}", hint="check the path and the disk")


def _too_large(path: str, limit: int) -> InputError:
    size = f"{limit // (1024 * 1024)} MB" if limit % (1024 * 1024) == 0 else f"{limit} bytes"
    return InputError(f"{path} is larger than {size}, the most that is audited", hint="split it, or leave it out")


def _decoded(path: str, data: bytes) -> str:
    start = len(_UTF_8_MARK) if data.startswith(_UTF_8_MARK) else 0
    try:
        return data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = start + error.start
        line = 1 + len(_LINE_END.findall(data[:offset]))
        message = f"{path} is not UTF-8: byte 0x{data[offset]:02X} at offset {offset} (line {line}) fits no character"
        raise InputError(message, hint="save it as UTF-8, for instance with iconv -f WINDOWS-1252 -t UTF-8") from error
