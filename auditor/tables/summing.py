"""summing: labels of rows and columns that are none of the things a table lists: what sums them up, or frames them.

A total is no team, and "turnout" no party. Of others that cannot be told: whether the world, a human or "others" is one
of the things compared is for the passage to say.
"""

from __future__ import annotations

from auditor.phrase import Phrase

_SUM = (
    r"(?:(?:sub|grand|overall|net|combined|column|row)[ -]?)?(?:totals?|sums?)|overall|combined|all|σ|∑"
    r"|(?:(?:grand|overall|macro|micro|weighted|unweighted|geo(?:metric)?|geo\.|arithmetic|harmonic)[ -]?)?"
    r"(?:averages?|avg\.?|means?|medians?)|geomean"
    r"|std\.?(?: ?dev\.?)?|st\.? ?dev\.?|standard (?:deviation|error)"
)
_OF_VOTES = (
    r"turnout|majority|plurality|electorate|swing|(?:total |all )?(?:votes cast|ballots(?: cast)?)"
    r"|(?:total )?(?:registered|eligible|rejected|spoil(?:ed|t)|invalid|valid|blank)(?:[ /]\w+){0,3}"
    r"|.* (?:gain from .*|hold)"
)
_SUMS_UP = Phrase(rf"(?:{_SUM})(?:\s*(?:[/&±+,(]|and)\s*(?:{_SUM})\)?)*(?:\s*[\[(].*[\])])?")
_FRAMES = Phrase(_OF_VOTES)
_APART = Phrase(
    rf"(?:{_SUM})\b.*|.*\b(?:averages?|avg\.?|means?|medians?|totals?|sum)"
    r"|all .*s|world(?:wide)?|global(?:ly)?|earth|others?|other .*|(?:the )?rest\b.*|remaind?er|remaining.*|misc\w*"
    r"|minimum|maximum|range|variance|human(?:s|\b.*)|experts?|(?:random|chance)(?: (?:guess\w*|baseline|chance|choice|selection|policy|agent|level))?"
    r"|upper bound.*|lower bound.*|oracle (?:upper|policy|bound|baseline).*|ground[ -]truth|majority (?:class|vote|baseline)"
    r"|[∆δ].*|delta\b.*|diff(?:erence)?s?\b.*|gains?\b.*|improvements?\b.*|relative\b.*|(?:vs|versus)\.? .*|changes?\b.*"
    r"|speed-?ups?\b.*|ratios?\b.*|gaps?\b.*|% .*"
)
_MARKS = " *_:`~"


def sums_up(label: str) -> bool:
    """Whether a label says that it stands for all the others: "Total", "Avg.", "Mean ± std"."""
    said = label.strip(_MARKS)
    return _SUMS_UP.fullmatch(said) is not None


def frames(label: str) -> bool:
    """Whether a label is one of those below the candidates of an election: "Turnout", "Registered electors"."""
    return _FRAMES.fullmatch(label.strip(_MARKS)) is not None


def may_stand_apart(label: str) -> bool:
    """Whether a label may be that of none of the things listed: "World", "EU average", "Human expert", "Turnout"."""
    said = label.strip(_MARKS)
    return sums_up(said) or frames(said) or _APART.fullmatch(said) is not None
