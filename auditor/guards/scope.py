"""scope: words by which a passage speaks of less than was read from it.

Of a part of the time where the reading takes all of it, or of changes where the reading compares levels. Only what would
be called contradicted is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.exact.expression import Given
from auditor.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.claim import Claim


def narrowed(claim: Claim, quote: str, leaves: Sequence[object]) -> str | None:
    """What a passage says by which it speaks of less than was read from it, or of something else; None for nothing."""
    quote = " ".join(quote.split())
    return (
        of_part(claim, quote, leaves)
        or of_changes(claim, quote)
        or of_all_together(claim, quote)
        or of_other_order(claim, quote)
        or _of_a_people(claim, quote)
        or _of_rows(claim, quote)
    )


def _of_a_people(claim: Claim, quote: str) -> str | None:
    """Whether a passage speaks of those of one people: "no European city"."""
    if claim.slot("rank", claim.slot("over")) is None or any(
        of.levels or len(of.subjects) > 1 for of in claim.operands()
    ):
        return None
    found = _OF_A_PEOPLE.search(quote)
    return None if found is None else f"{found[0]!r} speaks of some of them, the reading of all"


def _of_rows(claim: Claim, quote: str) -> str | None:
    """Whether a passage is content with less of cells than that they say the same, or asks more than that they name it."""
    is_of_same = any(cell.test in {"is", "is not"} and not cell.value for cell in claim.slot("has", ()))
    found = _SAME_TIME.written(quote) if is_of_same and claim.slot("than", ()) else None
    if found is not None:
        return f"{found!r} may be said of different days"
    asked = [cell.value for cell in claim.slot("has", ()) if cell.test == "is" and cell.value[:1].isdigit()]
    for value in asked:
        number = ",?".join(map(re.escape, value.replace(",", "")))
        hedged = re.search(rf"\b(?:{_HEDGES})(?: \w+)? [$€£]?{number}", quote, re.IGNORECASE)
        if hedged is not None:
            return f"{hedged[0]!r} does not say that it is so much"
    over = claim.slot("over")
    if not claim.slot("has", ()) or over is None or over.how not in {"exactly", "at least", "at most", "most"}:
        return None
    alone = _ALONE.written(quote)
    return None if alone is None else f"{alone!r} asks that nothing else is named"


_HEDGES = "about|around|almost|nearly|roughly|approximately|some|over|under|more than|less than|fewer than|close to|up to|just"
_SAME_TIME = Phrase(
    r"\bsame (?:\w+ )?(?:day|week|month|season|quarter|year|decade|century|era|class|type|kind|category|range)\b"
)
_ALONE = Phrase(
    r"\b(?:alone|sole(?:ly)?|solo|single-handed(?:ly)?|outright|entirely|unaided|(?:by|on) (?:him|her|it|them)sel(?:f|ves))\b"
)


_OF_A_PEOPLE = re.compile(
    r"\b(?!Median)(?:[A-Z][a-z]+(?:ean|ian|ican|ish|ese)|Nordic|Baltic|Arab|French|German|Dutch|Greek|Western|Eastern|Northern"
    r"|Southern|Central)\b(?= [a-z])"
)

# -- a part of the time ---------------------------------------------------------------------------


def of_part(claim: Claim, quote: str, leaves: Sequence[object]) -> str | None:
    """Whether a passage tells which way a series goes in a part of it, where the reading takes the whole."""
    if claim.slot("shape") not in ("increases", "decreases") or claim.slot("along") is not None:
        return None
    if any(selector.at is not None for selector in claim.operands()):
        return None
    found = _PART.written(quote)
    if found is not None:
        return f"{found!r} speaks of a part of the series, the reading of all of it"
    places = [leaf.position for leaf in leaves if isinstance(leaf, Given) and leaf.position is not None]
    inside = [text for text in _NUMBER.findall(quote) if places and min(places) < int(text) < max(places)]
    if inside and _BESIDE_A_PLACE.search(quote) is not None:
        return f"the passage speaks of {inside[0]}, the reading of the whole series"
    return None


_NUMBER = re.compile(r"(?<![\w.,])[0-9]{1,7}(?![\w%])(?![.,][0-9])")
_BESIDE_A_PLACE = Phrase(
    r"\b(?:since|after|until|till|before|by|past|beyond|in|at|from|to|and|between|through|around|up to|steps?|years?|epochs?)"
    r" (?:about |around |the )?[0-9]"
)
_PART = Phrase(
    r"\brecent(?:ly)?\b|\blately\b|\b(?:late|early|midway|halfway|partway) (?:in|into|on|through|during)\b|\blater\b|\bearlier\b"
    r"|\b(?:initial(?:ly)?|at first|then|eventually|subsequently|afterwards?|thereafter|in the end|momentarily|briefly"
    r"|temporarily|once|again)\b"
    r"|\b(?:at|towards?|near) the (?:\w+ )?(?:end|start|beginning|middle|outset)\b|\bend(?:s|ed|ing)? (?:with|on|in)\b"
    r"|\b(?:first|last|final|latest|opening|closing|second|third|early|later|late|middle|previous|past|next|latter|remaining|initial)"
    r" (?:(?:few|couple|half|[0-9]+|two|three|four|five|six|ten|twenty|of the|and) ?)*"
    r"(?:years?|months?|weeks?|days?|steps?|epochs?|decades?|quarters?|intervals?|periods?|half|third|part|parts|phase|stages?"
    r"|points?|iterations?|rounds?|section|segment|layers?|[0-9]{4}s?)\b"
    r"|\b(?:from|since|after|below|off|beyond|past|before) (?:its|their|the|that|a|this)? ?(?:[0-9]+ )?"
    r"(?:peak|high|low|maximum|minimum|trough|top|bottom|climb\w*|rising|falling|recover\w*|rebound\w*)\b"
    r"|\bback (?:to|up|down)\b|\bbefore \w+ing\b|\bafter \w+ing\b|\buntil\b|\b[0-9]{4}s\b"
)


# -- all of them together -------------------------------------------------------------------------


def of_all_together(claim: Claim, quote: str) -> str | None:
    """Whether a passage tells where an average or a total lies, where the reading has each of several values there."""
    if claim.slot("bound") is None or claim.slot("where") is not None or claim.slot("over") is not None:
        return None
    if any(
        len(of.subjects) == 1 or _TOGETHER.search(" ".join([of.metric or "", *of.levels])) for of in claim.operands()
    ):
        return None
    found = _TOGETHER.written(quote)
    return None if found is None else f"{found!r} speaks of all together, the reading of each"


_TOGETHER = Phrase(r"\b(?:averag\w+|mean|median|total\w*|combined|together|sum|overall|in all)\b")

# -- order --------------------------------------------------------------------------------------


def of_other_order(claim: Claim, quote: str) -> str | None:
    """Whether a passage names the ends of an order otherwise than it was read."""
    found = _ENDS.search(quote) if claim.slot("items") is not None else None
    if found is None:
        return None
    way = "greater" if found["down"] else "less"
    return None if way == claim.slot("relation") else f"{found[0]!r} is another order than was read"


_HIGH = r"(?:high|larg|great|bigg|long|tall|heavi|most)(?:est)?"
_LOW = r"(?:low|small|short|light|least|few)(?:est)?"
_ENDS = Phrase(
    rf"\b(?:(?P<down>{_HIGH} to {_LOW}|descending|decreasing)|(?P<up>{_LOW} to {_HIGH}|ascending|increasing)"
    r")\b"
)

# -- changes ------------------------------------------------------------------------------------


def of_changes(claim: Claim, quote: str) -> str | None:
    """Whether a passage ranks how much things change, where the reading ranks what they have."""
    reading = claim.reading()
    if (
        claim.slot("size", claim.slot("shape")) is not None
        or reading is None
        or reading[1].startswith(("gap", "extreme"))
    ):
        return None
    if any(_CHANGE.search(selector.metric or "") for selector in claim.operands()):
        return None
    found = _CHANGED_MOST.written(quote)
    return None if found is None else f"{found!r} speaks of a change, the reading of what there is"


_CHANGING = (
    r"(?:grew|grow(?:s|n|ing|th)?|rose|ris(?:es?|en|ing)|increas\w+|gain(?:s|ed|ing)?|improv\w+|jump\w*|climb\w*|advanc\w+|progress\w*"
    r"|declin\w+|decreas\w+|drop(?:s|ped|ping)?|fell|fall(?:s|en|ing)?|shrank|shr[iu]nk\w*|deteriorat\w+|degrad\w+|chang(?:es?|ed|ing)"
    r"|los(?:es|t|ing)|swings?|surg\w+|boosts?|uplifts?)"
)
_CHANGE = Phrase(
    r"grow|ris(?:e|ing)|increas|gain|improv|jump|climb|declin|decreas|drop|fall|chang|delta|δ|±|\+/?-|speed-?up|diff|swing|loss"
)
_HOW_MUCH = r"(?:the )?(?:most|least|fastest|furthest|farthest|quickest|slowest|strongest|steepest|hardest|sharpest)"
_LARGEST = r"(?:larg|bigg|great|strong|steep|sharp|high|small|fast|slow|low)(?:est|er)"
_CHANGED_MOST = (
    Phrase(  # what changes is named twice and not six times: compiling that took as long as a page takes to judge
        rf"(?P<most>\b(?:{_LARGEST}|most) (?:\w+ ){{0,2}})?\b{_CHANGING}(?(most)\b"
        rf"|(?: (?:by )?(?:\w+ ){{0,1}}{_HOW_MUCH}| (?:\w+ ){{0,1}}(?:more|less|faster|slower|further) (?:\w+ )?than"
        rf"| (?:\w+ ){{0,3}}(?:the )?{_LARGEST}| most)\b)"
        rf"|['’]s {_CHANGING} (?:exceed\w*|outpac\w*|surpass\w*)|\bthe most from\b|\boutpac\w+"
    )
)
