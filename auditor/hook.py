"""hook: how a document is recorded anew from where audit runs: by itself, or through the pre-commit that runs it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DIRECTLY = "audit --record"
BY_PRE_COMMIT = "pre-commit run audit-record --hook-stage manual --files"
"""Where audit is installed by pre-commit alone, no shell finds it."""


def recording_command(folder: Path) -> str:
    """The command that records the documents named after it."""
    if os.environ.get("PRE_COMMIT") != "1":
        return DIRECTLY
    try:
        settled = (folder / ".pre-commit-config.yaml").read_bytes()
    except OSError:
        return DIRECTLY
    return BY_PRE_COMMIT if b"audit-record" in settled else DIRECTLY
