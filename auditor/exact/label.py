"""label: digits that name something instead of measuring it.

Identifiers, versions, dates, ordinals, list markers, references and links. In doubt a number
is a label: one that is not read can at worst leave a claim unverified.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.unit import words_in

LabelRole = Literal["identifier", "version", "date", "ordinal", "list-marker", "reference", "link"]


class Label(Struct, frozen=True):
    """A stretch of text that holds digits and no quantity."""

    start: int
    end: int
    role: LabelRole


_LINK = re.compile(r"""://[^\s<>"'`|]++|\]\([^()\s]*+\)?|www\.[^\s<>"'`|]++|doi:[ ]?10\.\S++""")
_LINK_SIGNS = ("://", "](", "www.", "doi:")
_TOKEN_STOPS = frozenset("|<>()[]{}\"'`“”‘’,;*…—=")
_DATE = re.compile(
    r"([0-9]{1,4})([-/.])[0-9]{1,2}\2([0-9]{1,4})(?![0-9]|[-/.][0-9])(?:[T ][0-9]{2}:[0-9]{2}[0-9:.]*+Z?)?"
)
_TIME = re.compile(r"([0-9]{1,2})(?::[0-5][0-9]){1,2}(?![0-9:.])(?: ?[AaPp]\.?[Mm]\b)?| ?[AaPp]\.?[Mm]\b")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})(?:s\b|(-|/|–(?=[0-9]))([0-9]{2})(?![0-9.]|-[0-9]|–[0-9]))")
_DOCUMENT = re.compile(r"10\.[0-9]{4,9}/\S++|[0-9]{4}\.[0-9]{5}v[0-9]{1,2}\b")
_LINE_HEAD = re.compile(r"[ \t>]*(#{1,6}[ \t]{1,2})?[*_]{0,2}\(?")
_MARKER_END = re.compile(r"[.)][*_]{0,2}(?=\s|$)")
_HEADING = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*[.:]?[*_]{0,2}[ \t][*_]{0,2}[A-Z]")
_WORD_AFTER = re.compile(r"[ \u00a0](?:of )?([A-Za-z]{3,9})(?![A-Za-z])")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_MONTHS = words_in(
    "january february april june july august september october november december "
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_REFERENCES = words_in(
    "table tables tab figure figures fig figs subfigure section sections sec secs chapter chapters appendix "
    "equation equations eq eqs eqn algorithm algorithms theorem lemma proposition corollary definition listing "
    "footnote footnotes page pages pp line lines issue issues pr prs chart charts panel panels ref refs "
    "reference references exhibit arxiv"
)
_VERSIONED = words_in(
    "version versions release releases python cuda pytorch tensorflow ubuntu node java rust ruby php postgresql "
    "postgres kernel linux debian fedora chrome firefox ios android windows"
)
_BETWEEN_REFERENCES = frozenset(("-", "–", "and", ",", "&", "to", ", and", "or"))
_GLUE = frozenset("-.@&+/^\\")
_FIRST_IDEOGRAPH = "\u2e80"
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_LONGEST_HEAD = 16
_LONGEST_SCHEME = 9
_LAST_DAY = 31


def find_links(text: str) -> list[Label]:
    """The addresses in a text, in order."""
    if not any(sign in text for sign in _LINK_SIGNS):
        return []
    found: list[Label] = []
    for match in _LINK.finditer(text):
        start = match.start()
        while match[0][0] == ":" and text[start - 1 : start].isalpha() and match.start() - start < _LONGEST_SCHEME:
            start -= 1
        found.append(Label(start, match.end(), "link"))
    return found


def token(text: str, first: int, floor: int) -> Label:
    """The whole unspaced name around a position, back to `floor` at most."""
    start = first
    while start > floor and text[start - 1] not in _TOKEN_STOPS and not text[start - 1].isspace():
        start -= 1
    end = first
    while end < len(text) and text[end] not in _TOKEN_STOPS and not text[end].isspace():
        end += 1
    while end > first + 1 and text[end - 1] in ".:!?-/\\":
        end -= 1
    version = text[start] in "vV" and text[start + 1 : start + 2].isdigit()
    return Label(start, max(end, first + 1), "version" if version else "identifier")


def glued(text: str, first: int, floor: int) -> Label | None:
    """The name that the digit at `first` belongs to by what stands directly before it: GPT-4, v2.3, #45."""
    if first <= floor:
        return None
    before = text[first - 1]
    if before.isalnum() or before == "_":
        return token(text, first, floor) if before < _FIRST_IDEOGRAPH or before.isdigit() else None
    if before in "#§":
        found = _DIGITS.match(text, first)
        return Label(first - 1, first + 1 if found is None else found.end(), "reference")
    if before in _GLUE:
        sign = first - 1
        while sign > floor and text[sign] in _GLUE:
            sign -= 1
        earlier = text[sign]
        if earlier == "_" or (earlier.isalpha() and earlier < _FIRST_IDEOGRAPH):
            return token(text, first, floor)
    return None


def labelled(text: str, start: int, end: int, reference: tuple[int, int] | None) -> Label | None:
    """The label that the figure from `start` to `end` is by its shape or its surroundings."""
    after = text[end : end + 1]
    digits = text[start:end]
    points = digits.count(".")
    if points > 1 or (after in _DATE_SIGNS and not (after in ".:" and not text[end + 1 : end + 2].isdigit())):
        dated = _dated(text, start, end)
        if dated is not None:
            return dated
        if "," not in digits and points > 1:
            return replace(token(text, start, start), role=_introduced(text, start, digits) or "version")
    elif after == " " and text[end + 1 : end + 2] in _CLOCK and _is_whole(digits):
        clock = _TIME.match(text, end)
        if clock is not None:
            return Label(start, clock.end(), "date")
    if after in "snrt" and text[end : end + 2] in _ORDINALS and not text[end + 2 : end + 3].isalnum():
        return Label(start, end + 2, "ordinal")
    if after in {".", ")", " ", ":", "", "*"} and _opens_line(text, start, end):
        return Label(start, end, "list-marker")
    role = _introduced(text, start, digits)
    if (
        role is None
        and end - start <= len("31")
        and after in " \u00a0"
        and _is_whole(digits)
        and int(digits) <= _LAST_DAY
    ):
        month = _WORD_AFTER.match(text, end)
        role = "date" if month is not None and month[1] in _MONTHS else None
    if role is None and reference is not None and _continues(text, *reference, start):
        role = "reference"
    return None if role is None else Label(start, end, role)


def _continues(text: str, earlier_start: int, earlier_end: int, start: int) -> bool:
    """Whether a figure belongs to the reference before it: "Tables 1 and 2", "pp. 3–5"."""
    between = text[earlier_end:start].strip() if start - earlier_end <= _LONGEST_JOINT else ""
    several = text[max(0, earlier_start - 3) : earlier_start].rstrip(" .\u00a0").endswith(("s", "p"))
    return between in {"-", "–"} or (several and between in _BETWEEN_REFERENCES)


_LONGEST_JOINT = 6


def _dated(text: str, start: int, end: int) -> Label | None:
    """A date, a time of day, a span or decade of years, or the number of a document."""
    found = _DATE.match(text, start)
    if found is not None:
        first, sign, last = found.groups()
        if _is_year(first) or _is_year(last) or (sign == "/" and len(first) <= len(last) == len("91")):
            return Label(start, found.end(), "date")
    found = _TIME.match(text, start) or (_TIME.match(text, end) if text[end : end + 1] in _CLOCK else None)
    if found is not None and (found[1] is None or int(found[1]) < _HOURS_IN_DAY):
        return Label(start, found.end(), "date")
    found = _YEARS.match(text, start)
    if found is not None:
        first, sign, last = found.groups()
        if sign in {None, "/"} or (int(first) + 1) % 100 == int(last) or 0 < int(last) <= _MONTHS_IN_YEAR:
            return Label(start, found.end(), "date")
    found = _DOCUMENT.match(text, start)
    return None if found is None else Label(start, found.end(), "reference")


_DATE_SIGNS = frozenset("-/–:.svaApP")
_CLOCK = frozenset("aApP")
_HOURS_IN_DAY = 24
_MONTHS_IN_YEAR = 12


def _is_year(digits: str) -> bool:
    return len(digits) == len("1991") and digits.startswith(("19", "20"))


def _opens_line(text: str, start: int, end: int) -> bool:
    """Whether the figure numbers a list item or a heading."""
    lowest = max(0, start - _LONGEST_HEAD)
    line = text.rfind("\n", lowest, start) + 1
    if line == 0 and lowest > 0:
        return False
    head = _LINE_HEAD.fullmatch(text, line, start)
    if head is None:
        return False
    digits = text[start:end]
    if head[1] is not None and _HEADING.match(text, start):
        return True
    marker = _MARKER_END.match(text, end) if end - start <= len("999") and _is_whole(digits) else None
    return marker is not None and (text[start - 1 : start] != "(" or marker.end() < len(text))


def _is_whole(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _introduced(text: str, start: int, digits: str) -> LabelRole | None:
    """The role that the word directly before the figure gives it."""
    left = text[max(0, start - _LONGEST_HEAD) : start].rstrip(" \t\u00a0(*_~")
    if left.endswith("§"):
        return "reference"
    if left.endswith("["):
        alone = (
            text[start + len(digits) : start + len(digits) + 1] == "]"
            and _is_whole(digits)
            and len(digits) <= len("999")
        )
        return "reference" if alone else None
    if not left or not (left[-1].isalpha() or left[-1] in ".:"):
        return None
    word = left.rsplit(None, 1)[-1].lstrip("([*_|\"'").rstrip(".:")
    folded = word.casefold()
    if folded in _REFERENCES and (left[-1] != ":" or folded == "arxiv"):
        return "reference"
    if left[-1] == ":":
        return None
    if folded in _VERSIONED:
        return "version"
    return "date" if word in _MONTHS and _is_whole(digits) and len(digits) <= len("31") else None
