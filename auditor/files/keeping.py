"""keeping: whether an answer could be kept where it belongs, before it is paid for, and where else when it cannot."""

from __future__ import annotations

import os
from pathlib import Path

from auditor.errors import ExtractionError
from auditor.files import atomically


def check(place: Path, path: str) -> None:
    """ExtractionError where the answer for a path could not be kept in a place, as far as that can be known."""
    folder = next((here for here in place.parents if os.path.lexists(here)), place)
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        message = f"the answer for {path} could not be kept in {place}: {folder} cannot be written to"
        raise ExtractionError(message, hint="make that folder writable; no model was asked")


def lost(what: str, place: Path, data: bytes, error: OSError) -> ExtractionError:
    """That something cannot be kept in its place, and where it is instead.

    It was paid for, so it is not thrown away, but goes to the temporary files, if there is room anywhere.
    """
    reason = os.strerror(error.errno) if error.errno else str(error)
    message = f"{what} cannot be kept in {place}: {reason}"
    hint = "make room or make the folder writable, then"
    rescued = _rescued(place, data)
    if rescued is None:
        return ExtractionError(message, hint=f"{hint} record it again")
    return ExtractionError(f"{message}; it is in {rescued} instead", hint=f"{hint} move it there")


def _rescued(place: Path, data: bytes) -> Path | None:
    import hashlib  # noqa: PLC0415  hardly ever needed
    import tempfile  # noqa: PLC0415

    name = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
    try:
        found = Path(tempfile.gettempdir(), f"audit-{name}-{os.getpid()}.json")
        atomically.write(found, data)
    except OSError:
        return None
    return found
