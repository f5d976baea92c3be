"""grounding: from a quote to its place, exactly; from a written number to a quantity.

A quote stands in the document letter for letter, or it does not. Only white space may
differ, since prose is wrapped. Where a passage occurs more than once, the occurrence
whose sentence, line and headings name what the item speaks of is taken; among equals,
in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING
from unicodedata import combining

from msgspec.structs import replace

from auditor.document import Span
from auditor.exact.hedge import WIDTHS
from auditor.exact.numeral import Quantity, find_numerals, parse_quantity, parse_range
from auditor.exact.unit import parse_unit
from auditor.phrase import Phrase
from auditor.unwrapped import for_numbers, for_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from auditor.document import Document
    from auditor.exact.hedge import Widths
    from auditor.exact.numeral import Numeral

MAX_OCCURRENCES = 1000
"""A passage that stands in a document more often than this is looked for no further."""


class Grounder:
    """Finds quotes in one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._spaced = for_quotes(document)
        self._points = {match.start() for match in _DECIMAL.finditer(document.text)}
        """Where a point or a comma stands between two digits."""
        self._known: dict[tuple[str, Span | None], tuple[Span, ...]] = {}
        self._taken: Counter[str] = Counter()

    def occurrences(self, quote: str, within: Span | None = None) -> tuple[Span, ...]:
        """Every place where the quote stands in a part of the document, not inside a longer word or number."""
        asked = (quote, within)
        if asked not in self._known:
            self._known[asked] = tuple(self._find(quote, within))
        return self._known[asked]

    def _find(self, quote: str, within: Span | None) -> list[Span]:
        wanted = " ".join(quote.split())
        found: list[Span] = []
        first, last = 0, len(self._spaced.text)
        if within is not None:
            first, last = (bisect_left(range(last), offset, key=self._spaced.place) for offset in within)
        at = self._spaced.text.find(wanted, first, last) if wanted else -1
        while at >= 0 and len(found) < MAX_OCCURRENCES:
            end = at + len(wanted)
            span = Span(self._spaced.place(at), self._spaced.place(end - 1) + 1)
            if not self._cuts(*span):
                found.append(span)
            at = self._spaced.text.find(wanted, end, last)
        return found

    def _cuts(self, start: int, end: int) -> bool:
        """Whether the place begins or ends inside a word, a number or a letter with its marks."""
        text = self._text
        if _joins(text, start) or _joins(text, end) or (end < len(text) and combining(text[end])):
            return True
        return not self._points.isdisjoint((start - 1, start, end - 1, end))

    def locate(
        self, quote: str, fitting: Callable[[], Callable[[Span], int]], within: Span | None = None
    ) -> Span | None:
        """The best fitting occurrence in a part of the document; repeats with one fit are taken in turn.

        `fitting` is asked how places fit only where there are several.
        """
        places = self.occurrences(quote, within)
        if len(places) < 2:  # noqa: PLR2004
            return places[0] if places else None
        fits = list(map(fitting(), places))
        best = [place for place, score in zip(places, fits, strict=True) if score == max(fits)]
        turn = self._taken[f"{best[0]} {quote}"]
        self._taken[f"{best[0]} {quote}"] += 1
        return best[min(turn, len(best) - 1)]


_MAJORITY = Phrase(r"\b(?:majorit(?:y|ies)|minorit(?:y|ies))\b")
_FIFTY_PERCENT = Quantity(Fraction(50), None, parse_unit("%"), None, "50 %")
_HALVES = frozenset((Fraction(50), Fraction(1, 2)))
_PAIRED = Phrase(r"(?<![0-9/.,])([0-9]{1,9})/([0-9]{1,9})(?![0-9/])")
_FAR = 12
_OUT_OF = Phrase(r"(.+?)\s+out\s+of\s+(?:every\s+)?(\S+)")
_PAIR = 2
_DECIMAL = re.compile(r"[.,](?<=\d.)(?=\d)")


def _joins(text: str, place: int) -> bool:
    """Whether letters or digits stand on both sides of an edge."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


_TO_DIGIT, _FROM_DIGIT = re.compile(r"[0-9][.,]?$"), re.compile(r"[.,]?[0-9]")


class Numbers:
    """The numbers of a document, parsed where they stand, so that a hedge or unit beside the quote counts too."""

    def __init__(self, document: Document, widths: Widths = WIDTHS) -> None:
        self._text = document.text
        unwrapped = for_numbers(document)
        numerals: Iterable[Numeral] = find_numerals(unwrapped.text)
        if unwrapped.is_changed:
            numerals = (
                replace(numeral, start=unwrapped.place(numeral.start), end=unwrapped.place(numeral.end - 1) + 1)
                for numeral in numerals
            )
        if widths != WIDTHS:
            numerals = (
                replace(numeral, quantity=numeral.quantity and numeral.quantity.under(widths)) for numeral in numerals
            )
        self.numerals = tuple(numerals)
        self._starts = [numeral.start for numeral in self.numerals]

    def within(self, span: Span) -> list[Numeral]:
        """The numbers that touch a span, in order."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        return [numeral for numeral in self.numerals[first:last] if numeral.end > span.start]

    def find(self, quote: Span, written: str) -> tuple[Quantity, Span] | None:
        """The one number, or the range, that `written` is, inside a quote; None where it is not there.

        A sign that stands in the document and not in `written` counts: the document's number is what is said.
        """
        wanted = parse_quantity(written)
        if wanted is None:
            return self._range(quote, written) or self._in_place(quote, written) or self._out_of(quote, written)
        for place in self.places(quote, written):
            for numeral in self.within(place):
                quantity = numeral.quantity
                if quantity is not None and quantity.point in (wanted.point, -wanted.point):
                    return quantity, Span(numeral.start, numeral.end)
        if wanted.point < 0:
            return self._unsigned(quote, written)
        return self._of_pair(quote, written) or (self._half(quote) if wanted.point in _HALVES else None)

    def _unsigned(self, quote: Span, written: str) -> tuple[Quantity, Span] | None:
        """A number that was read with the sign of what it bounds: "saves more than 40 %" of a change below −40 %."""
        found = self.find(quote, written.lstrip("-−– "))
        if found is None or found[0].point <= 0:
            return None
        return replace(found[0], point=-found[0].point, hedge=None), found[1]

    def _of_pair(self, quote: Span, written: str) -> tuple[Quantity, Span] | None:
        """One of two counts that are written as a part: the 74 of "74/200"."""
        for place in self.places(quote, written) if written.isdecimal() else ():
            pairs = _PAIRED.finditer(self._text, max(0, place.start - _FAR), place.end + _FAR)
            if any(place in {pair.span(1), pair.span(2)} for pair in pairs):
                return Quantity(Fraction(written), None, None, None, written), place
        return None

    def _half(self, quote: Span) -> tuple[Quantity, Span] | None:
        """What a majority is more than, where it is given as a number: 50 %."""
        found = _MAJORITY.search(self._text, *quote)
        return (
            None
            if found is None
            else (replace(_FIFTY_PERCENT, written=self._text[slice(*found.span())]), Span(*found.span()))
        )

    def _in_place(self, quote: Span, written: str) -> tuple[Quantity, Span] | None:
        """A word that is a number where it stands alone: the "one" of "one task more"."""
        for place in self.places(quote, written):
            for numeral in self.within(place):
                if numeral.quantity is not None and (numeral.start, numeral.end) == place:
                    return numeral.quantity, place
        return None

    def _range(self, quote: Span, written: str) -> tuple[Quantity, Span] | None:
        """A value given as a range ("2.5–3 s"): one number anywhere in it."""
        ends, places = parse_range(written), self.places(quote, written)
        if ends is None or not places or ends[0].point >= ends[1].point:
            return None
        low, high = ends
        middle, width = (low.point + high.point) / 2, high.point - low.point
        return Quantity(middle, width, high.unit, low.hedge, " ".join(written.split())), places[0]

    def _out_of(self, quote: Span, written: str) -> tuple[Quantity, Span] | None:
        """A share that is given by two counts: "three out of four"."""
        parts, places = _OUT_OF.fullmatch(written.strip()), self.places(quote, written)
        counts = [] if parts is None else [parse_quantity(each) for each in parts.groups()]
        if not places or len(counts) != _PAIR or any(count is None or count.unit is not None for count in counts):
            return None
        part, whole = (count.point for count in counts if count is not None)
        if not 0 <= part <= whole or not whole:
            return None
        hedge = None if counts[0] is None else counts[0].hedge
        return Quantity(part / whole, None, None, hedge, " ".join(written.split())), places[0]

    def places(self, quote: Span, written: str) -> list[Span]:
        """Where the written string stands inside a quote, and not inside of a longer number: the 3 in "3x", not in "13"."""
        words = written.split()
        if len(words) > 1:
            pattern = re.compile(r"\s+".join(map(re.escape, words)))
            found = [Span(*match.span()) for match in pattern.finditer(self._text, quote.start, quote.end)]
        else:
            found = self._plain_places(quote, words[0]) if words else []
        return [span for span in found if not self._continues(span)]

    def _plain_places(self, quote: Span, word: str) -> list[Span]:
        found = []
        at = self._text.find(word, *quote)
        while at >= 0:
            found.append(Span(at, at + len(word)))
            at = self._text.find(word, at + 1, quote.end)
        return found

    def _continues(self, span: Span) -> bool:
        """Whether a place that begins or ends with a digit is a part of a longer number."""
        before, after = self._text[max(0, span.start - 2) : span.start], self._text[span.end : span.end + 2]
        return (self._text[span.start].isdecimal() and _TO_DIGIT.search(before) is not None) or (
            self._text[span.end - 1].isdecimal() and _FROM_DIGIT.match(after) is not None
        )
