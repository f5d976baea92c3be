"""atomically: a file written in one step, so that whoever is interrupted leaves the old file or the new one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write(place: Path, data: bytes | Iterable[bytes]) -> None:
    """Write the successor beside the file, make sure of it, and put it in its place; OSError where that fails."""
    import secrets  # noqa: PLC0415  a replay writes nothing
    import shutil  # noqa: PLC0415

    # Not named after the place: that name may be as long as a file system takes.
    unfinished = place.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with unfinished.open("xb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, unfinished)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
