"""relative: a path as seen from a folder."""

from __future__ import annotations

import os


def relative(path: str, folder: str) -> str:
    """An absolute path as seen from an absolute folder, with slashes."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return path.replace(os.sep, "/")
