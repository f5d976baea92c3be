"""hedge: words before a number that say how loosely it is meant, and the interval they stand for.

A hedge widens a claimed number that is held against a recomputed one; it never widens one
stated value against another. Every width is in `Widths`, to be printed and configured.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from auditor.exact.interval import Interval

HedgeName = Literal[
    "about", "nearly", "just over", "over", "at least", "under", "at most", "up to", "order of magnitude"
]


class Widths(Struct, frozen=True):
    """How far hedged numbers reach, as shares of the number."""

    about: Fraction = Fraction(1, 20)
    """"About x": to each side."""
    nearly: Fraction = Fraction(1, 10)
    """"Nearly x": below x."""
    just_over: Fraction = Fraction(1, 10)
    """"Just over x": above x."""
    reach: Fraction = Fraction(1, 20)
    """"Up to x": how close to x some value must come for the wording to be fair."""
    misleading: Fraction = Fraction(3, 2)
    """"Over x": how many times x a value may be before the wording misleads."""
    magnitude: Fraction = Fraction(3)
    """"An order of magnitude": the factor to each side of ten."""


WIDTHS = Widths()


class Hedge(Struct, frozen=True):
    """A way of meaning a number loosely."""

    name: HedgeName
    """The wording that stands for all its synonyms."""
    widths: Widths = WIDTHS
    """How far it reaches."""

    def widen(self, point: Fraction, step: Fraction | None) -> Interval:
        """The numbers that the hedged number may mean; `step` is one unit of its last digit, None if it is exact.

        "About", "nearly", "just over" and "up to" speak of the size of a negative number, the others of its
        place on the line. Zero has no size to take a share of: the shares are then taken of one.
        """
        half = Fraction(0) if step is None else step / 2
        match self.name:
            case "about":
                width = max(half, self.widths.about * (abs(point) or 1))
                return Interval(point - width, point + width, low_closed=True, high_closed=True)
            case "over":
                return Interval(point, None, low_closed=False)
            case "at least":
                return Interval(point, None)
            case "under":
                return Interval(None, point)
            case "at most":
                return Interval(None, point, high_closed=True)
            case _:
                sized = self._sized(abs(point), half)
                return -sized if point < 0 else sized

    def _sized(self, size: Fraction, half: Fraction) -> Interval:
        """What a hedge that speaks of the size of a number makes of a positive one."""
        share = size or Fraction(1)
        match self.name:
            case "nearly":
                return Interval(min(size - self.widths.nearly * share, size - half), size + half)
            case "just over":
                high = max(size + self.widths.just_over * share, size + half)
                return Interval(size, high, low_closed=False, high_closed=True)
            case "order of magnitude" if size:
                return Interval(size / self.widths.magnitude, size * self.widths.magnitude, high_closed=True)
            case _:
                return Interval(None, size, high_closed=True)

    def fair(self, point: Fraction) -> Interval | None:
        """Where some value must lie for the wording not to mislead although it is true; None where it cannot."""
        size = abs(point)
        match self.name:
            case "up to":
                sized = Interval(size - self.widths.reach * size, size, high_closed=True)
            case "over":
                sized = Interval(size, self.widths.misleading * size, high_closed=True)
            case _:
                return None
        return -sized if point < 0 else sized

    @property
    def sentence(self) -> str:
        """The interval it stands for, in words."""
        usual = self._in_words(WIDTHS)
        own = self._in_words(self.widths)
        return own if own == usual else f"{own} (as configured; by default, {usual})"

    def _in_words(self, widths: Widths) -> str:
        match self.name:
            case "about":
                return f"about: ±{percent(widths.about)}, and never less than half a unit of the last digit"
            case "nearly":
                return f"nearly: down to {percent(widths.nearly)} below, and no more than rounding above"
            case "just over":
                return f"just over: above, by up to {percent(widths.just_over)}"
            case "up to":
                return f"up to: no more than, and some value within {percent(widths.reach)} of it"
            case "order of magnitude":
                return f"order of magnitude: within a factor of {widths.magnitude} to each side"
            case "over":
                return "over: more than"
            case "at least":
                return "at least: this or more"
            case "under":
                return "under: less than"
            case "at most":
                return "at most: this or less"


def percent(share: Fraction) -> str:
    """A share in per cent."""
    hundred = share * 100
    return f"{hundred.numerator} %" if hundred.denominator == 1 else f"{hundred.numerator}/{hundred.denominator} %"


_WORDINGS: dict[HedgeName, str] = {
    "about": "about, around, roughly, approximately, approx, approx., circa, ca, ca., c., near, some, "
    "an estimated, estimated, estimated at, more or less, in the region of, on the order of, of the order of",
    "nearly": "nearly, almost, just under, just below, just shy of, close to, slightly under, slightly below, "
    "slightly less than, just less than, a little under, a little less than, approaching, not quite",
    "just over": "just over, just above, slightly over, slightly above, slightly more than, just more than, "
    "a little over, a little more than, little more than, a bit over",
    "over": "over, more than, above, exceeds, exceed, exceeded, exceeding, greater than, higher than, larger than, "
    "bigger than, longer than, beyond, upwards of, surpasses, surpassing, surpassed, surpass",
    "at least": "at least, no less than, not less than, no fewer than, not fewer than, "
    "not below, never below, not under",
    "under": "under, less than, below, fewer than, lower than, smaller than, shorter than, beneath",
    "at most": "at most, no more than, not more than, no greater than, no higher than, "
    "not above, never above, not over, not exceed, not exceeding, never exceeds, not to exceed",
    "up to": "up to, as much as, as many as, as high as",
}
_AFTERTHOUGHTS: dict[HedgeName, str] = {
    "about": "or so",
    "at least": "or more, or above, or higher, or greater, or over, and above, and over",
    "at most": "or less, or fewer, or below, or lower, or under, and below",
}
_SYMBOLS: dict[str, HedgeName] = {
    **dict.fromkeys("~∼≈≃≅～", "about"),
    "<": "under",
    ">": "over",
    "≤": "at most",
    "⩽": "at most",
    "<=": "at most",
    "≥": "at least",
    "⩾": "at least",
    ">=": "at least",
}


def _by_phrase(wordings: dict[HedgeName, str]) -> dict[str, Hedge]:
    return {phrase: Hedge(name) for name, phrases in wordings.items() for phrase in phrases.split(", ")}


_BEFORE = _by_phrase(_WORDINGS)
_AFTER = _by_phrase(_AFTERTHOUGHTS)
_BY_SYMBOL = {symbol: Hedge(name) for symbol, name in _SYMBOLS.items()}
_LAST_WORDS = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in _BEFORE)
_LONGEST = 4
"""Words in the longest phrase."""
_LOOKBACK = 48
"""Characters that may hold the longest phrase and a skipped word."""
_POSITIONS = frozenset(("step", "steps", "epoch", "epochs", "iteration", "iterations", "layer", "year", "round"))
"""Nouns that may stand between a hedge and its number: "around step 80"."""
_UP_TO = ("add", "sum", "climb", "go", "went", "ris", "rose", "mov", "jump", "shoot", "shot", "creep", "crept", "round")
"""How verbs begin that end in "up to": "adds up to 100 %", "climbs up to 0.6"."""
_OPENING = "([{\"'*_$\\“‘"


def find_hedge(before: str) -> Hedge | None:
    """The hedge whose words or sign end the text directly before a number."""
    tail = before[-_LOOKBACK:].rstrip(" \t\n\r\u00a0\u2009\u202f" + _OPENING)
    if not tail:
        return None
    if tail[-1] in _BY_SYMBOL or tail[-1] == "=":
        return _sign(tail, apart=before[-1].isspace())
    words = tail.split()
    if not words:
        return None
    last = words[-1].casefold()
    article = last in {"a", "an"}
    if article or last in _POSITIONS:
        words.pop()
        last = words[-1].casefold() if words else ""
    if last.lstrip(_OPENING) not in _LAST_WORDS:
        return None
    words = [word.casefold().lstrip(_OPENING) for word in words[-_LONGEST:]]
    for first in range(len(words)):
        hedge = _BEFORE.get(" ".join(words[first:]))
        if hedge is not None:
            if first and words[first:] == ["up", "to"] and words[first - 1].startswith(_UP_TO):
                return None
            # "over a period of", "above a 1", "under a 5-second limit" place the number, they do not bound it
            return None if article and hedge.name in {"over", "under"} and len(words) - first == 1 else hedge
    return None


def _sign(tail: str, *, apart: bool) -> Hedge | None:
    """The hedge that a sign makes, unless it stands between two numbers, in an arrow, in a tag or opens a line."""
    symbol = tail[-2:] if tail[-2:] in _BY_SYMBOL else tail[-1]
    earlier = tail[: -len(symbol)]
    if symbol not in _BY_SYMBOL or earlier.endswith(("-", "=", "–", "—", "<", ">")):
        return None
    bare = earlier.rstrip()
    follows_number = bare.endswith(("%", "×", *"0123456789"))
    if follows_number and (apart or bare == earlier or _BY_SYMBOL[symbol].name != "about"):
        return None
    opens_line = not bare or earlier.endswith("\n")
    quote_or_tag = symbol == ">" and ((apart and opens_line) or "<" in earlier.rpartition(">")[2])
    return None if quote_or_tag else _BY_SYMBOL[symbol]


def hedge_after(after: str) -> Hedge | None:
    """The hedge that begins the text directly behind a number: "10+", "5 or more"."""
    if after[:1] == "+":
        return None if after[1:2].isalnum() or after[1:2] in {"+", "-", "/"} else _BEFORE["at least"]
    if not after.startswith((" or ", " and ")):
        return None
    words = after[:_LOOKBACK].split(maxsplit=2)
    return _AFTER.get(" ".join(words[:2]).rstrip(".,;:!?)"))
