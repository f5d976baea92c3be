"""phrase: patterns of words in running text, where any white space may stand between two words: prose is wrapped."""

from __future__ import annotations

import re

_SPACE_OR_GROUP = re.compile(r"\(\?<[=!][^)]*\)|\[[^\]]*\]| ")


def phrase(pattern: str) -> re.Pattern[str]:
    """The pattern without regard to case, each of its spaces standing for any white space."""
    return re.compile(_SPACE_OR_GROUP.sub(_any_space, pattern), re.IGNORECASE)


def _any_space(match: re.Match[str]) -> str:
    """A look-behind and a set of characters keep their width."""
    return r"\s+" if match[0] == " " else match[0].replace(" ", r"\s")
