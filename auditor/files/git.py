"""git: which files a repository tracks, asked of git itself."""

from __future__ import annotations

import os
import subprocess
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


class Index:
    """The files that are tracked, what is staged included, in the repository of a folder; asked once, when needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, place: object) -> bool:
        """Whether the file at a path is tracked; UsageError where there is no repository to ask."""
        return os.path.realpath(str(place)) in self._tracked

    @cached_property
    def _tracked(self) -> frozenset[str]:
        top = os.path.realpath(os.fsdecode(_asked(self._folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n")))
        listed = _asked(self._folder, "ls-files", "-z", "--full-name", ":/")
        return frozenset(os.path.join(top, os.fsdecode(name)) for name in listed.split(b"\0") if name)  # noqa: PTH118


def _asked(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)  # noqa: S603, S607  git is where the user has it
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"--tracked asks git, and {folder} is in no git repository"
        if isinstance(error, FileNotFoundError):
            message = "--tracked asks git, and there is no git on this machine"
        raise UsageError(message, hint="leave --tracked out, or run audit where the documents are versioned") from error
    return done.stdout
