"""filename: a name of a file for any text, safe on every system, that no other text has."""

from __future__ import annotations

import hashlib
import re

# What is safe as it is. Capitals are not: to many file systems they are small letters. No such name has a "~", so
# what is made up for the others is the name of nothing else.
_SAFE = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))[a-z0-9][a-z0-9._-]{0,79}(?<!\.)")
_UNSAFE = re.compile(r"[^a-z0-9._-]+")


def safe(text: str) -> str:
    """The text itself where it is safe; otherwise as much of it as is, and a digest."""
    if _SAFE.fullmatch(text):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{_UNSAFE.sub('-', text.lower()).strip('._-')[:40]}~{digest}"
