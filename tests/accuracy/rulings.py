"""rulings: what a careful reader found on alarms about passages that nobody had labelled.

Annotators do not mark everything, so an alarm outside of what they marked is read before it is
called false. An alarm goes by a digest, so that rulings can be kept without copying a data set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import InputError
from tests.accuracy.rows import rows, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def rulings(file: Path | None) -> Mapping[str, bool]:
    """By an alarm's name, whether it stands, from records such as {"alarm": "0123456789ab", "stands": true}."""
    found = {}
    for row in () if file is None else rows(file):
        stands = row.get("stands")
        if not isinstance(stands, bool):
            message = f"the ruling on {text(row, 'alarm')!r} does not say whether the alarm stands"
            raise InputError(message, hint='write "stands": true or "stands": false')
        found[text(row, "alarm")] = stands
    return found
