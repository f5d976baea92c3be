"""statistic: test statistics as papers print them, each with its degrees of freedom and its p value.

The grammar is that of statcheck, widened to the ways in which documents depart from it:
markup, brackets, "χ2", "p-value of". What it does not recognise it does not read: no number
is guessed, and no p is given to a statistic that words stand between.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor.exact.distribution import Family
from auditor.exact.interval import Interval, exactly, rounded
from auditor.exact.numeral import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = (
    r"(?<![\d.])[-−–]?(?:(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,30})(?:\.\d{1,30})?|\.\d{1,30})"
    r"(?:[eE][-−–+]?\d{1,3}|\s?[×x·]\s?10\s?(?:\^\s?[-−–]?\s?\d{1,3}|[⁻⁰¹²³⁴-⁹]{1,3}))?(?![\d^⁻⁰¹²³⁴-⁹]|[.,]\d)"
)
_SIGN = r"<=|>=|[=<>≤≥⩽⩾≈~]"
_DF = r"(?:df\s?=\s?)?(\d{1,9}(?:\.\d{1,9})?)"
_STATISTIC = re.compile(
    rf"(?<![\w.])(?P<name>[tTFrzZ]|(?:χ|X|[Cc]hi)\s?-?(?:\^?2|²|[Ss]quared?)?)\s?(?:value|statistic)?\s?"
    rf"(?:[(\[]\s?{_DF}(?:\s?[,;]\s?{_DF})?(?:\s?[,;]\s?[Nn]\s?=\s?[\d,]{{1,12}})?\s?[)\]])?"
    rf"\s?(?P<sign>{_SIGN})\s?(?P<number>{_NUMBER})"
)
_P = re.compile(
    rf"(?<![\w.])(?:[pP](?:[ -]?values?)?(?:\s?\((?:one|two)[ -](?:tailed|sided)\))?\s?(?:of|was|is|:)?\s?"
    rf"(?P<sign>{_SIGN})?\s?(?P<number>{_NUMBER})(?!\s?%)|(?:n\.?\s?s|NS)\.?(?!\w))"
)
# What may stand between a statistic and its p: signs, effect sizes, and words that join or say how it was tested.
_BETWEEN = re.compile(
    rf"(?:[\s,;:()\[\]|–—]|\b(?:and|with|a|an|the|two|one|tailed|sided|test|paired|unpaired|significant|so|at|for)\b-?"
    rf"|\b[\wηωεφ²]{{1,8}}\s?(?:{_SIGN})\s?{_NUMBER}|\b9\d\s?%\s?CI\b|{_NUMBER})*"
)
_MARKUP = str.maketrans("   ", "   ", "*${}\\_`")


class Reported(Struct, frozen=True):
    """A test statistic as a text reports it."""

    family: Family
    statistic: Interval
    """What the printed statistic stands for."""
    freedom: tuple[Interval, ...]
    """Its degrees of freedom: whole ones exact, others as printed."""
    written: str
    p: Interval | None
    """What the printed p stands for; None where no p goes with the statistic."""
    p_written: str


def find_reported(text: str) -> tuple[Reported, ...]:
    """Every test statistic of a short text, in order, with the p value that stands with it."""
    plain = text.replace("\\times", "×").translate(_MARKUP)
    found = list(_statistics(plain))
    values = list(_P.finditer(plain))
    reported = []
    for place, (match, family, statistic, freedom) in enumerate(found):
        floor = found[place - 1][0].end() if place else 0
        limit = found[place + 1][0].start() if place + 1 < len(found) else len(plain)
        behind = next((p for p in values if match.end() <= p.start() < limit), None)
        if behind is not None and not _BETWEEN.fullmatch(plain, match.end(), behind.start()):
            behind = None
        if behind is None and len(found) == 1:  # "(p = .036; t(28) = 2.20)"
            behind = next((p for p in values if floor <= p.start() and p.end() <= match.start()), None)
            if behind is not None and not _BETWEEN.fullmatch(plain, behind.end(), match.start()):
                behind = None
        stated = None if behind is None else _stated(behind)
        written = " ".join(match[0].split())
        p_written = "" if behind is None or stated is None else " ".join(behind[0].split())
        reported.append(Reported(family, statistic, freedom, written, stated, p_written))
    return tuple(reported)


def _statistics(text: str) -> Iterator[tuple[re.Match[str], Family, Interval, tuple[Interval, ...]]]:
    for match in _STATISTIC.finditer(text):
        family = _family(match["name"])
        freedom = tuple(_freedom(written) for written in match.groups()[1:3] if written is not None)
        statistic = _printed(match["sign"], match["number"])
        if family is None or statistic is None or len(freedom) != family.freedoms:
            continue
        if match["sign"] in ("<", "<=", "≤", "⩽") and family.has_sides and statistic.high is not None:
            statistic = Interval(-abs(statistic.high), abs(statistic.high), False, False)
        yield match, family, statistic, freedom


def _family(name: str) -> Family | None:
    if name in ("χ", "X"):
        return None
    return _FAMILIES.get(name[0])


_FAMILIES = {
    **dict.fromkeys("tT", Family.T),
    "F": Family.F,
    "r": Family.CORRELATION,
    **dict.fromkeys("zZ", Family.NORMAL),
    **dict.fromkeys("χXCc", Family.CHI_SQUARE),
}


def _freedom(written: str) -> Interval:
    decimals = written.partition(".")[2]
    number = Fraction(written)
    return rounded(number, Fraction(1, 10 ** len(decimals))) if decimals else exactly(number)


def _stated(match: re.Match[str]) -> Interval | None:
    """The numbers, from 0 to 1 where there are such, that a stated p may be; "n.s." is anything above .05."""
    if match["number"] is None:
        return Interval(Fraction(1, 20), Fraction(1), False, True)
    if match["sign"] is None and "value" not in match[0]:
        return None
    stated = _printed(match["sign"] or "=", match["number"])
    return None if stated is None else stated.intersection(Interval(Fraction(0), Fraction(1), True, True)) or stated


def _printed(sign: str, written: str) -> Interval | None:
    """What a printed number and the sign before it stand for; None for a number that cannot be read."""
    quantity = parse_quantity(written)
    if quantity is None or quantity.unit is not None:
        return None
    point, step = quantity.point, quantity.step or Fraction(1)
    match sign:
        case "=":
            return rounded(point, step)
        case "<":
            return Interval(Fraction(0), point, True, False) if point > 0 else None
        case "<=" | "≤" | "⩽":
            return Interval(Fraction(0), point + step / 2, True, True) if point >= 0 else None
        case ">":
            return Interval(point, None, False)
        case ">=" | "≥" | "⩾":
            return Interval(point - step / 2, None)
        case _:
            width = max(step / 2, abs(point) / 20)
            return Interval(point - width, point + width, True, True)


_PLUS_MINUS = re.compile(
    rf"(?P<number>{_NUMBER})\s?%?\s?\(?\s?(?:±|\+/-|\+-|\bpm\b|(?<=[\d\s])pm\s)\s?(?P<spread>{_NUMBER})"
)
_BAND = re.compile(
    rf"(?P<number>{_NUMBER})\s?%?\s?[(\[,;]?\s?9\d(?:\.\d)?\s?%\s?(?:CI|[Cc]onfidence interval)\s?[:=]?\s?[(\[]?\s?"
    rf"(?P<low>{_NUMBER})\s?%?\s?(?:,|to|–|—|-|;)\s?(?P<high>{_NUMBER})"
)


class Band(Struct, frozen=True):
    """A value with how sure it is."""

    interval: Interval
    """From the lowest to the highest number of the band, its printed ends moved outward by half a unit."""
    written: str


def find_bands(text: str) -> tuple[Band, ...]:
    """The values of a text that carry a ± or a confidence interval, in order."""
    plain = text.translate(_MARKUP)
    found = []
    for match in (*_PLUS_MINUS.finditer(plain), *_BAND.finditer(plain)):
        band = _spread(match) if "spread" in match.groupdict() else _ends(match)
        if band is not None:
            found.append((match.start(), Band(band, " ".join(match[0].split()))))
    return tuple(band for _, band in sorted(found, key=lambda pair: pair[0]))


def _spread(match: re.Match[str]) -> Interval | None:
    value, spread = _printed("=", match["number"]), _printed("=", match["spread"])
    if value is None or spread is None or spread.high is None or spread.high < 0:
        return None
    return value + Interval(-spread.high, spread.high, True, True)


def _ends(match: re.Match[str]) -> Interval | None:
    value = _printed("=", match["number"])
    low, high = _printed("=", match["low"]), _printed("=", match["high"])
    if value is None or low is None or high is None or low.low is None or high.high is None or low.low > high.high:
        return None
    band = Interval(low.low, high.high, True, True)
    return band if band.meets(value) else None
