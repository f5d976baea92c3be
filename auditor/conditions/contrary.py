"""contrary: words of a passage that say the opposite of the conditions that were read from it.

An order that points to the other end, a denial where the reading has none, a word for all where it speaks of any.
Such a word says nothing inside a name ("no parking"), nor where a denial makes up what was read ("no hut is higher
than Bel": Bel is the highest).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.conditions.condition import RANKS, TESTS, denies, rank_of
from auditor.exact.numeral import parse_count
from auditor.tables.likeness import words
from auditor.tables.ranking import names_places

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from auditor.claim import Over
    from auditor.conditions.condition import Cell


def contrary_word(
    quote: str, where: Sequence[Cell], has: Sequence[Cell], than: Sequence[Cell], over: Over | None
) -> str:
    """The first word of a quote that speaks against the reading; empty where none does."""
    cells = (*where, *has)
    said = _without_names(_without_made_up(quote, where, has, over), (*cells, *than), over)
    patterns = [other_way(_tests(where, has, than, said), said, in_places=_are_places(cells))]
    if not any(
        cell.test == "is not" or (_DENIAL.search(cell.value) and _in_other_words(cell, quote)) for cell in cells
    ):
        denied = over is not None and (over.how in ("none", "only", "at most") or _is_of_none(over))
        zeros = 0 if _ZERO.search(said) else sum(map(denies, cells))
        patterns += [] if denied or 0 < len(_DENIAL.findall(said)) <= zeros else [_denial(over)]
        is_plain = all(cell.value and cell.test in TESTS for cell in cells)
        if over is None and is_plain and not any(_UNIVERSAL.search(cell.value) for cell in cells):
            patterns.append(_UNIVERSAL.pattern)
    if over is not None and over.how == "only" and over.exceptions:
        patterns.append(_BESIDE)
    pattern = "|".join(filter(None, patterns))
    found = re.search(pattern, said, re.IGNORECASE) if pattern else None
    return "" if found is None else found[0]


def _is_of_none(over: Over) -> bool:
    return over.how == "exactly" and parse_count(over.number or "") == 0


_DENIAL = re.compile(r"\b(?:not|never|no|none|neither|nor|without|except|failed to|\w+n['’]t)\b", re.IGNORECASE)
_BESIDE = r"\b(?:besides|other than|apart from|aside from|except|along with|as well as|like)\b"
"""Who is "the only one besides" another is not alone."""
_ZERO = re.compile(r"\b(?:0|zero|nil)\b", re.IGNORECASE)
_UNIVERSAL = re.compile(r"\b(?:all|every|each|always|most|only)\b(?! [0-9])", re.IGNORECASE)


def _denial(over: Over | None) -> str:
    """The words for a denial; what is excepted by name is no denial."""
    return _DENIAL.pattern if over is None or not over.exceptions else _DENIAL.pattern.replace("|except", "")


# -- what says nothing ----------------------------------------------------------------------------


def _without_names(text: str, cells: Sequence[Cell], over: Over | None) -> str:
    """A text with the names blanked out that the reading gives, of two words or more: in "no parking" is no denial."""
    names = [cell.value for cell in cells if cell.test in ("is", "is not")] + list(
        () if over is None else over.exceptions
    )
    for name in sorted(names, key=len, reverse=True):
        parts = re.findall(r"\w+", name)
        if len(parts) > 1 and any(map(str.isalpha, parts)):
            text = re.sub(rf"\b{_BETWEEN.join(map(re.escape, parts))}\b", " ", text, flags=re.IGNORECASE)
        elif len(parts) == 1 and parts[0].isdigit():
            text = re.sub(rf"\bno\.? ?{parts[0]}\b", " ", text, flags=re.IGNORECASE)  # the number of a shirt
    return text


_BETWEEN = r"\W+"


def _in_other_words(cell: Cell, quote: str) -> bool:
    """Whether a quote does not have what a condition asks for word by word."""
    parts = re.findall(r"\w+", cell.value)
    return re.search(rf"\b{_BETWEEN.join(map(re.escape, parts))}\b", quote, re.IGNORECASE) is None


def _without_made_up(text: str, where: Sequence[Cell], has: Sequence[Cell], over: Over | None) -> str:
    """A text without the denials that together with what follows say what was read."""
    tests = {cell.test for cell in (*where, *has)} | ({over.how} if over is not None else set())
    if tests & {"at most", "at least"}:
        text = _OR_BETTER.sub(" ", text)
    if "at most" in tests:
        text = _NO_MORE.sub(" ", text)
    if "at least" in tests:
        text = _NO_LESS.sub(" ", text)
    if tests & {"is", "at least", "above"}:
        text = _NOT_UNTIL.sub(r" \1", text)
    if any(cell.test in RANKS and rank_of(cell) == 1 for cell in has):
        text = _SECOND_TO_NONE.sub(" ", text)
        found = _NOBODY_IS.match(text)
        named = {word for cell in where if cell.test == "is" for word in words(cell.value)}
        if found is not None and "than" not in found["rest"].split() and named & set(words(found["rest"])):
            text = text[: found.start("no")] + text[found.end("no") :]
    return _NONE_OTHER.sub(" ", text)


_OR_BETTER = re.compile(
    r"\bor (?:better|worse|more|less|fewer|higher|lower|above|below|over|under|later|earlier|before|after)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(r"\b(?:no|not) (?:more|higher|larger|greater|bigger|longer|later|over)\b(?= than)", re.IGNORECASE)
_NO_LESS = re.compile(r"\b(?:no|not) (?:less|fewer|lower|smaller|shorter|earlier|under)\b(?= than)", re.IGNORECASE)
_NOT_UNTIL = re.compile(r"\b(?:not|\w+n['’]t)\b((?: \w+){0,3} until\b)", re.IGNORECASE)
_SECOND_TO_NONE = re.compile(r"\bsecond to none\b", re.IGNORECASE)
_NONE_OTHER = re.compile(r"\b(?:none other than|no doubt|not only)\b", re.IGNORECASE)
_NOBODY_IS = re.compile(
    r".*?\b(?P<no>no(?: other| one)?|none|nobody|nothing)\b(?:\W+\w+){0,6}?\W+(?:\w{2,}er|more|less|worse)\b"
    r"(?:\W+\w+){0,6}?\W+than\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


# -- which way ------------------------------------------------------------------------------------


def _tests(where: Sequence[Cell], has: Sequence[Cell], than: Sequence[Cell], text: str) -> set[str]:
    """The tests as the passage has them: that all others are below Bel says that Bel is the highest."""
    others = {(cell.column, cell.value.casefold()) for cell in where if cell.test == "is not"}
    turned = _SUPERLATIVE.search(text) is not None and any(
        cell.test == "is" and (cell.column, cell.value.casefold()) in others for cell in than
    )
    found = {str(cell.test) for cell in (*where, *has)}
    return {_TURNED.get(test, test) for test in found} if turned else found


_SUPERLATIVE = re.compile(r"\b(?:(?<!at )most|(?<!at )least|\w{2,}est|top|first|last)\b", re.IGNORECASE)
_TURNED = {"above": "below", "below": "above", "at least": "at most", "at most": "at least"}


def _are_places(cells: Sequence[Cell]) -> bool:
    """Whether the cells that are ordered give places, of which the first has the lowest number."""
    ordered = [cell.column for cell in cells if cell.test in _UP | _DOWN]
    return bool(ordered) and all(map(names_places, ordered))


def other_way(tests: Collection[str], text: str, *, in_places: bool = False) -> str:
    """A pattern of the words against an order, where a text has none for the end that tests ask for.

    "Fastest" and "oldest" may be either end: that of a speed or a time, of an age or a year of birth. The highest on a
    chart has the lowest number, and so has a place that is ahead of others.
    """
    upwards, downwards = _UP & set(tests), _DOWN & set(tests)
    if bool(upwards) is bool(downwards):
        return ""
    if in_places:
        wanted, against = (_BEHIND, _AHEAD) if upwards else (_AHEAD, _BEHIND)
        return "" if wanted.search(text) is not None else against.pattern
    wanted, against = (_UPWARDS, _DOWNWARDS) if upwards else (_DOWNWARDS, _UPWARDS)
    return "" if wanted.search(text) is not None else f"{against.pattern}|{_EITHER}"


_UP, _DOWN = {"highest", "above", "at least"}, {"lowest", "below", "at most"}
_PLACED = r"[ -]+(?:chart|rank|plac|position|seed|finish)\w*"
_UPWARDS = re.compile(
    rf"\b(?:high(?:er|est)?(?!{_PLACED})|low(?:er|est)?(?={_PLACED})|larg(?:er|est)|great(?:er|est)|bigg(?:er|est)"
    r"|long(?:er|est)|late(?:r|st)|after|(?<!at )most|more|top(?! (?:[0-9]|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"|maximum|last|tall(?:er|est)|heav(?:ier|iest)|first)\b",
    re.IGNORECASE,
)
_DOWNWARDS = re.compile(
    rf"\b(?:low(?:er|est)?(?!{_PLACED})|high(?:er|est)?(?={_PLACED})|small(?:er|est)|(?<!at )least|few(?:er|est)"
    r"|less(?:er)?|short(?:er|est)|earl(?:ier|iest)|before|minimum|first|bottom|light(?:er|est)|last|prior)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:high(?:er|est)?|top|upper|first|best|better|ahead|before|above|in front|within|inside|winner|won|beat|champions?)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:low(?:er|est)?|bottom|last|worst|worse|behind|after|below|beneath|outside|out of|beyond|under|lost)\b",
    re.IGNORECASE,
)
_EITHER = r"\b(?:best|better|worst|worse|fast(?:er|est)|slow(?:er|est)|old(?:er|est)|young(?:er|est)|ahead|behind)\b"
"""Words for one end of an order, for the other, and for either; "first" and "last" are in both lists."""
