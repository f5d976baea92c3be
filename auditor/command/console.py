"""console: what reaches the user: how the report is to look, printing it, and lines that are no part of it."""

from __future__ import annotations

import codecs
import contextlib
import os
import shutil
import sys
from typing import TYPE_CHECKING

from auditor.errors import UsageError
from auditor.formats import RenderOptions
from auditor.notation import inert
from auditor.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.command.destination import Destination


def look(place: Destination | None) -> RenderOptions:
    """How the report is to look where it goes: the one place that asks the terminal."""
    if place is not None:
        return RenderOptions()
    forced = bool(os.environ.get("FORCE_COLOR"))
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    encoding = codecs.lookup(sys.stdout.encoding or "ascii").name
    return RenderOptions(
        width=shutil.get_terminal_size().columns,
        colour=not plain and (forced or sys.stdout.isatty()),
        unicode=encoding.startswith("utf"),
    )


def show(text: str | Iterable[str]) -> None:
    """Print, piece by piece where it is long; a reader who has seen enough and closes the pipe changes nothing."""
    try:
        sys.stdout.writelines((text,) if isinstance(text, str) else text)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes what is left when it ends, which would fail again and end with a code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            message = f"the report cannot be printed: {error.strerror or error}"
            raise UsageError(message, hint="write it elsewhere, for instance with --output") from error


def say(*lines: str) -> None:
    """Lines for the user that are no part of the report."""
    with contextlib.suppress(OSError):
        sys.stderr.write("".join(f"{inert(visible(line))}\n" for line in lines))
        sys.stderr.flush()
