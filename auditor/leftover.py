"""leftover: marks that conversions from LaTeX leave in a table, which say nothing to a reader."""

from __future__ import annotations

LEFTOVER = r"\[(?:ITALIC|BOLD|EMPTY)\]|(?:[0-9]{1,3}-[0-9]{1,3}\[[0-9.]{1,6}pt/[0-9.]{1,6}pt\])"
"""A pattern of "[ITALIC]" before what was italic, and of "1-1[0.5pt/2pt]" for a rule across some columns."""
