"""renamed: the recording of a document that has another name by now, found by the digest that it names."""

from __future__ import annotations

import contextlib
import os
import shlex
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_SEARCHED, _HEAD = 2000, 2048
"""The most recordings that are searched, and how far each is read."""


def earlier(place: Path, digest: str, folder: Path | None, root: Path | None) -> Path | None:
    """A recording of the same text, whose own document is gone; None where there is none near the place of this one."""
    mark = f'"document_sha256": "{digest}"'.encode()
    for recording, document in islice(_recordings(place, folder, root), _MOST_SEARCHED):
        with contextlib.suppress(OSError), recording.open("rb") as file:
            if mark in file.read(_HEAD) and not document.exists():
                return recording
    return None


def move(old: Path, new: Path) -> str:
    """The command that moves a recording, ready for a shell."""
    one, other, parent = (shlex.quote(os.path.relpath(path)) for path in (old, new, new.parent))
    return f"{'' if new.parent.is_dir() else f'mkdir -p {parent} && '}mv {one} {other}"


def _recordings(place: Path, folder: Path | None, root: Path | None) -> Iterator[tuple[Path, Path]]:
    """Recordings, each with the document that it is of by its name."""
    if folder is not None and root is not None and place.is_relative_to(folder):
        for recording in sorted(folder.rglob("*.json")):
            yield recording, root / recording.relative_to(folder).with_suffix("")
    else:
        for recording in sorted(place.parent.glob("*.json")):
            yield recording, place.parent.parent / recording.stem
