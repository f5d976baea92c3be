"""look: whether two wordings of a colour, a marker or a line style can be one and the same.

Only plain names of different looks exclude one another: "blue" and "red" do, "teal" and
"green" do not, and of a word that is not listed here nobody can tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable

if TYPE_CHECKING:
    from auditor.exact.verdict import Verdict


def _table(rows: str) -> dict[str, frozenset[str]]:
    """Each word with the plain looks that it may stand for: "name: words" a row."""
    found: dict[str, set[str]] = {}
    for row in rows.strip().splitlines():
        name, _, words = row.partition(":")
        for word in (name, *words.split()):
            found.setdefault(word.strip(), set()).add(name.strip())
    return {word: frozenset(names) for word, names in found.items()}


_COLOURS = _table("""
blue: navy teal cyan turquoise aqua azure indigo periwinkle sky cobalt
green: teal turquoise aqua cyan olive lime mint emerald
red: crimson scarlet maroon burgundy salmon coral brick vermilion rust
orange: amber salmon coral peach tangerine rust apricot gold
yellow: gold amber mustard lime ochre lemon
purple: violet lavender lilac magenta indigo mauve plum periwinkle burgundy maroon
pink: magenta rose fuchsia salmon coral mauve peach
brown: tan beige rust chocolate maroon khaki ochre
grey: gray silver charcoal slate
black: charcoal
white: cream ivory beige
""")
_MARKERS = _table("""
circle: circles dot dots round disc point points
square: squares box boxes
triangle: triangles
diamond: diamonds rhombus rhombi square
cross: crosses x plus pluses star
star: stars asterisk asterisks
""")
_LINES = _table("""
solid: continuous unbroken
dashed: dash dashes broken
dotted: dots dot
""")
_TABLES = {"colour": _COLOURS, "marker": _MARKERS, "line": _LINES, "style": _LINES}
_SHADES = (frozenset({"dark", "deep"}), frozenset({"light", "pale"}))
_WORD = re.compile(r"[^\W\d_]+")


def compared(name: str, one: str, other: str) -> Verdict:
    """Whether two wordings of an attribute agree: supported, contradicted, or vague where nobody can tell."""
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    if first == second:
        return SUPPORTED
    vague = unverifiable(Reason.VAGUE)
    shades = [next((place for place, words in enumerate(_SHADES) if words & found), None) for found in (first, second)]
    table = next((table for word, table in _TABLES.items() if word in name), {})
    plain = [{look for word in found for look in table.get(word, ())} for found in (first, second)]
    if plain[0] & plain[1] or (first & second):
        return vague if None not in shades and shades[0] != shades[1] else SUPPORTED
    return CONTRADICTED if plain[0] and plain[1] else vague
