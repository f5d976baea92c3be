"""outcome: who won, in a word or in the letter before a score: "won", "a loss", "w 38 - 14"."""

from __future__ import annotations

import re

_SCORED = re.compile(r"([wldt])(?:[ ,:(]{1,2}[0-9]|$)", re.IGNORECASE)
"""A result that begins with who won: "w 38 - 14", "L (0-2)", "W"; likewise of one that nobody won."""
_LETTERS = {"w": "win", "l": "loss", "d": "draw", "t": "draw"}
_WORDS = {
    **dict.fromkeys(("win", "wins", "won", "winning", "winner", "winners", "victory", "victories"), "win"),
    **dict.fromkeys(
        ("loss", "losses", "lost", "lose", "loses", "losing", "loser", "losers", "defeat", "defeats"), "loss"
    ),
    **dict.fromkeys(("draw", "draws", "drawn", "drew", "tie", "ties", "tied"), "draw"),
}


def asked_for(value: str) -> str | None:
    """The outcome that a value asks for, "win", "loss" or "draw"; None where it asks for something else."""
    word = value.strip().casefold()
    return _WORDS.get(word) or _LETTERS.get(word)


def stated_in(text: str) -> str | None:
    """The outcome that a cell states, in its first word or letter; None where that states none."""
    scored = _SCORED.match(text.strip())
    if scored is not None:
        return _LETTERS[scored[1].casefold()]
    first = re.match(r"\w+", text.strip())
    return None if first is None else _WORDS.get(first[0].casefold())


def said_of(value: str) -> str:
    """A value, and behind a bar the other words in which a passage may speak of it: "w | win wins won"."""
    outcome = asked_for(value)
    others = [word for word, meant in _WORDS.items() if meant == outcome]
    return f"{value} | {' '.join(others)}" if others else value
