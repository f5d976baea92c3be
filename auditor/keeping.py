"""keeping: whether an answer could be kept where it belongs, before it is paid for, and where else when it cannot."""

from __future__ import annotations

import os
from pathlib import Path

from auditor import atomically
from auditor.errors import ExtractionError


def check(place: Path, path: str) -> None:
    """ExtractionError where the answer for a path could not be kept in a place, as far as that can be known."""
    folder = next((here for here in place.parents if os.path.lexists(here)), place)
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        message = f"the answer for {path} could not be kept in {place}: {folder} cannot be written to"
        raise ExtractionError(message, hint="make that folder writable; no model was asked")


def rescued(digest: str, data: bytes) -> Path | None:
    """Where an answer about the document of a digest is that has no place of its own, if there is room anywhere."""
    import tempfile  # noqa: PLC0415  hardly ever needed

    try:
        place = Path(tempfile.gettempdir(), f"audit-{digest[:16]}-{os.getpid()}.json")
        atomically.write(place, data)
    except OSError:
        return None
    return place
