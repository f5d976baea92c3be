"""degreeword: the words of a text that say how far apart two values are, where they are said of a gap.

"Slightly" and its like bind tightly: a word counts where it stands right before what it
grades, or shortly behind a verb. It is let go where it is negated, where a word of the
opposite sort stands in the passage too, and where a second comparative does.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from auditor.phrase import Phrase

_ADVERBS = {
    "slight": "slightly|marginally|minimally|barely|narrowly|a (?:tiny |little )?bit|a little|a touch|a hair",
    "large": "substantially|significantly|dramatically|drastically|considerably|vastly|massively|hugely|enormously"
    "|tremendously|markedly|overwhelmingly|sharply|steeply|(?<!so )(?<!as )far|(?<!as )(?<!so )much",
}
_ADJECTIVES = {
    "slight": "slight|marginal|tiny|minor|minimal|negligible|narrow",
    "large": "substantial|significant|dramatic|drastic|considerable|vast|massive|huge|enormous|tremendous|sharp|steep"
    "|wide|large|big",
}
_PHRASES = {
    "slight": r"(?:nearly|almost|virtually|practically|essentially) (?:identical|equal|the same|indistinguishable)",
    "large": "by far(?! from)",
}
# More or less of something than of something else.
_MORE = (
    r"(?:more|less|fewer|better|worse|ahead|behind|above|below|different|superior|inferior|outperform\w*|underperform\w*"
    r"|exceed\w*|surpass\w*|beat\w*|trail\w*|lag\w*|edg(?:es|ed|ing)|improv\w+ (?:on|over|upon)"
    r"|(?!(?:over|under|after|other|rather|either|neither|whether|however|never|later|earlier|further|number|order)\b)"
    r"[a-z]{3,}er)\b"
)
# "Slightly larger, and far ahead": with a second comparative it is open which of them the claim is about.
_COMPARATIVE = Phrase(
    r"\b(?:more|less|fewer|better|worse|(?:high|low|fast|slow|great|small|larg|long|short|bigg|strong|weak)er)\b"
)
_VERBS = r"(?:outperform\w*|underperform\w*|exceed\w*|surpass\w*|beat\w*|trail\w*|lag\w*|leads?|led|ahead|behind)\b"
_EDGE = r"(?:edge|lead|advantage|gap|difference|margin|improvement|gain|boost|deficit|disadvantage)s?\b"
# A movement of one series.
_MOVE = (
    r"(?:ris(?:e|es|en|ing)|rose|increas\w+|grow\w*|grew|climb\w*|gain\w*|improv\w+|f[ae]ll\w*|drop\w*|declin\w+"
    r"|decreas\w+|dip\w*|shr[iau]nk\w*|reduc\w+|rebound\w*|recover\w*|upswing|uptick|downturn|spike\w*|jump\w*|surg\w+)\b"
)
# A movement of a gap, or more of one gap than of another.
_WIDER = rf"(?:widen\w*|narrow(?:s|ed|ing|er)\b|clos(?:es|ed|ing)\b|{_MOVE}|{_MORE})"

Sort = Literal["slight", "large"]
Shape = Literal["values", "series", "gaps"]


@cache
def _pattern(sort: Sort, shape: Shape) -> Phrase:
    """How the words of one sort stand to what they say it of: right before it, or shortly behind a verb."""
    adverb, adjective, phrase = (f"(?:{words[sort]})" for words in (_ADVERBS, _ADJECTIVES, _PHRASES))
    between = r"(?:\s+(?:but|and|yet)\s+\w+ly)?\s+"
    behind = (
        rf"(?:\s+(?!and\b|but\b|while\b|to\b|by\b)[\w.-]+){{0,2}}?\s+(?P<behind>{adverb})\b(?!\s+(?:{_MORE}|{_MOVE}))"
    )
    noun = rf"\b(?P<adjective>{adjective})(?:\s+[\w-]+)?\s+"
    match shape:
        case "values":
            return Phrase(
                rf"\b(?P<adverb>{adverb}){between}{_MORE}|{_VERBS}{behind}|{noun}{_EDGE}|\b(?P<phrase>{phrase})\b"
            )
        case "series":
            return Phrase(rf"\b(?P<adverb>{adverb}){between}{_MOVE}|\b{_MOVE}{behind}|{noun}{_MOVE}")
        case "gaps":
            return Phrase(rf"\b(?P<adverb>{adverb}){between}{_WIDER}|\b{_WIDER}{behind}")


_SORTS: tuple[Sort, ...] = ("slight", "large")
_ANY = {sort: Phrase(rf"\b(?:{_ADVERBS[sort]}|{_ADJECTIVES[sort]}|{_PHRASES[sort]})\b") for sort in _SORTS}
# "slightly above 50 %" is a hedge of the number.
_HEDGED_NUMBER = Phrase(
    r"\b(?:an? )?\w+ (?:over|above|under|below|(?:more|less|fewer|higher|lower|greater) than)"
    r" (?:about |~)?(?:[\d$€£]|(?:half|halv\w+|twice|doubl\w+|tripl\w+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a third"
    r"|a quarter|a dozen|a hundred|a thousand|a million)\b)"
)
_NEGATED = Phrase(
    r"(?:\b(?:not|never|no|cannot|without|hardly|rather than|instead of|anything but|more than|neither|nor|far from)\b"
    r"|n['’]t\b)(?:\W+\w+){0,3}\W*$"
)
_HEDGED = Phrase(
    r"\b(?:appears?|seems?|seemingly|may|might|could|perhaps|possibly|probably|arguably|apparently|likely|somewhat"
    r"|roughly|suggests?|if not|or even|to moderate\w*)\b"
)
STATISTICAL = Phrase(r"significant\w*")
SIGNIFICANTLY = Phrase(r"\bsignificant(?:ly)?\b")


class DegreeWord(Struct, frozen=True):
    """A word that grades a gap."""

    written: str
    hedged: bool
    """Whether its sentence takes something back: "appears", "perhaps"."""


def speaks_of_degree(text: str) -> bool:
    """Whether a text holds any such word; a quick look before a long one."""
    return any(_ANY[sort].search(text) for sort in _SORTS)


def sort_of(quote: str) -> Sort | None:
    """The sort of the words of degree in a quote, whatever they are said of; None for none, or words of both sorts."""
    used = [sort for sort in _SORTS if _ANY[sort].search(quote)]
    return used[0] if len(used) == 1 else None


def find_degree(before: str, quote: str, behind: str, sort: Sort, shape: Shape) -> DegreeWord | None:
    """The word of one sort in a quote that grades what it says; None for none, or a negated one.

    `before` and `behind` are the rest of its sentence.
    """
    masked = [match.span() for match in _HEDGED_NUMBER.finditer(quote)]
    for match in _pattern(sort, shape).finditer(quote):
        start, end = match.span(match.lastgroup or 0)
        others = quote[: match.start()] + " | " + quote[match.end() :]
        if any(low <= start < high for low, high in masked) or _NEGATED.search(before + quote[:start]):
            continue
        if _COMPARATIVE.search(others) is not None:
            continue
        hedged = _HEDGED.search(before + quote + behind) is not None
        return DegreeWord(" ".join(quote[start:end].split()), hedged)
    return None
