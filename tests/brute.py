"""brute: a second opinion on simple claims, from the reading alone and by trying every combination of numbers.

It shares no code with what it checks: its own number pattern, its own way to find values,
and the low end, middle and high end of each printed number instead of intervals. What is
beyond it (units, words for numbers, kinds that it does not know) it gives no opinion on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

TRUE, FALSE, OPEN = "supported", "contradicted", "unverifiable"
_NUMBER = re.compile(r"(?:~|approximately |about |around )?(-?\d[\d,]*(?:\.\d+)?)( ?[%a-zA-Z/]+)?")
_SIZE = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)( ?(?:%|x|×|points?|percentage points|times|-fold|s|ms|hours?|min))?")


_LOOSE = re.compile(
    r"\b(?:together|combined|at least|at most|up to|more than|less than|over|under|slight\w*|narrowly|far|much"
    r"|significantly|considerably|dramatically)\b"
)
"""Sums in words, bounds, and degrees."""


class NoOpinionError(Exception):
    """The claim is beyond this file."""


@dataclass(frozen=True)
class Number:
    point: Fraction
    half: Fraction
    """Half a unit of the last digit; 0 for what is counted."""
    unit: str

    @property
    def samples(self) -> tuple[Fraction, ...]:
        """Ends and middle; the upper end is not attained, so it is taken a little lower."""
        if not self.half:
            return (self.point,)
        return self.point - self.half, self.point, self.point + self.half * Fraction(999_999, 1_000_000)


def number(written: str, *, counted: bool, pattern: re.Pattern[str] = _NUMBER) -> Number:
    match = pattern.fullmatch(written.strip())
    if match is None:
        raise NoOpinionError(written)
    digits = match[1].replace(",", "")
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    return Number(Fraction(digits), Fraction(0) if counted else half, (match[2] or "").strip())


@dataclass(frozen=True)
class Row:
    metric: str
    subject: str | None
    levels: frozenset[tuple[str, str]]
    name: str
    position: Fraction | None
    number: Number


class Brute:
    """Everything in one reading that has one plain number."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.answer = answer
        self.metrics = {metric["name"]: metric for metric in answer["metrics"]}
        self.dimensions = {level: d["name"] for d in answer["dimensions"] for level in d["levels"]}
        levels = [level for dimension in answer["dimensions"] for level in dimension["levels"]]
        names = [subject["name"] for subject in answer["subjects"]]
        self.is_plain = len(set(levels)) == len(levels) and not set(levels) & set(names) and not answer["tables"]
        self.subjects = {alias: s["name"] for s in answer["subjects"] for alias in (*s["aliases"], s["name"])}
        self.aliases = {alias: m["name"] for m in answer["metrics"] for alias in (*m["aliases"], m["name"])}
        axis = answer["position"]
        self.ends = (None, None) if axis is None else (_position(axis["low"]), _position(axis["high"]))
        self.rows: dict[tuple[Any, ...], Row] = {}
        self.spoiled: set[str] = set()
        """Metrics with a value that is beyond this file: no opinion on any of them."""
        self.stated: dict[Row, list[int]] = {}
        """Which values state a row, by their place in the reading."""
        for place, value in enumerate(answer["values"]):
            self._enter(place, value)

    def _enter(self, place: int, value: Mapping[str, Any]) -> None:
        metric = self.aliases.get(value["metric"], value["metric"])
        declared = self.metrics.get(metric)
        if declared is None or declared["derived"] is not None:
            self.spoiled.add(metric)
            return
        try:
            counted = declared["unit"] == "count"
            written = number(value["written"], counted=counted)
            name, position = self._point(value["at"])
            subject = None if value["subject"] is None else self.subjects[value["subject"]]
            levels = frozenset((self.dimensions[level], level) for level in value["levels"])
        except (NoOpinionError, KeyError):
            self.spoiled.add(metric)
            return
        row = Row(metric, subject, levels, name, position, written)
        key = (metric, subject, levels, name if position is None else position)
        same = self.rows.setdefault(key, row)
        self.stated.setdefault(same, []).append(place)
        units = {other.number.unit for other in self.rows.values() if other.metric == metric}
        if same.number != written or len(units) > 1:
            self.spoiled.add(metric)

    def _point(self, at: str | None) -> tuple[str, Fraction | None]:
        if not at:
            return "", None
        name = at.split()[0] if at.split()[0] in {"start", "end", "peak", "trough", "average"} else ""
        rest = at.removeprefix(name).strip()
        position = _position(rest) if rest else {"start": self.ends[0], "end": self.ends[1]}.get(name)
        if not name and position is not None and position in self.ends:
            name = "start" if position == self.ends[0] else "end"
        return name, position

    # -- selectors -----------------------------------------------------------------------------------

    def series(self, selector: Mapping[str, Any], metric: str | None) -> list[list[Row]]:
        """The rows that a selector names, those of one series together, in order."""
        wanted = self.aliases.get(selector["metric"] or metric or "")
        if wanted is None or wanted in self.spoiled or not self.is_plain:
            raise NoOpinionError(selector)
        try:
            subjects = {self.subjects[name] for name in selector["subjects"]}
            chosen: dict[str, set[str]] = {}
            for level in selector["levels"]:
                chosen.setdefault(self.dimensions[level], set()).add(level)
        except KeyError as error:
            raise NoOpinionError(selector) from error
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in self.rows.values():
            mine = dict(row.levels)
            if row.metric != wanted or (subjects and row.subject not in subjects):
                continue
            if all(mine.get(dimension) in names for dimension, names in chosen.items()):
                found.setdefault((row.subject, row.levels), []).append(row)
        return [sorted(rows, key=_along) for rows in found.values()]

    def at(self, rows: Sequence[Row], at: str | None) -> Row:
        if at is None or at == "end":
            placed = [row for row in rows if row.position is not None and row.name not in {"peak", "trough"}]
            ends = [row for row in rows if row.name == "end"] or [
                row for row in rows if (row.name, row.position) == ("", None)
            ]
            if ends:
                return ends[0]
            if at == "end" and len(placed) > 1:
                return placed[-1]
            raise NoOpinionError(at)
        name, position = self._point(at)
        if name in {"", "start"}:
            found = [
                row
                for row in rows
                if (name and row.name == name) or (position is not None and row.position == position)
            ]
        else:
            found = [row for row in rows if row.name == name]
        if len(found) != 1:
            raise NoOpinionError(at)
        return found[0]

    def pairs(self, left: Mapping[str, Any], right: Mapping[str, Any], *, every: bool = False) -> list[tuple[Row, Row]]:
        """Every pair of values that a comparison of two selectors speaks of; `every` value must have a partner."""
        metric = left["metric"] or right["metric"]
        ones, others = self.series(left, metric), self.series(right, metric)
        if not ones or not others:
            raise NoOpinionError(left)
        ats = [left["at"] or right["at"], right["at"] or left["at"]]
        if any(at is not None and ".." in at for at in ats):
            raise NoOpinionError(ats)
        found = []
        for one, other in product(ones, others):
            if not self._varies_together(left, right, one[0], other[0]):
                continue
            if "throughout" in ats:
                if ats != ["throughout"] * 2:
                    raise NoOpinionError(ats)
                by_place = {_place(row): row for row in other}
                found += [(row, by_place[_place(row)]) for row in one if _place(row) in by_place]
            else:
                found.append((self.at(one, ats[0]), self.at(other, ats[1])))
        if every and len({rows for pair in found for rows in pair}) < len(
            {row for rows in (*ones, *others) for row in rows}
        ):
            raise NoOpinionError(left)
        return [(one, other) for one, other in found if one is not other]

    def _varies_together(self, left: Mapping[str, Any], right: Mapping[str, Any], one: Row, other: Row) -> bool:
        if (
            set(left["subjects"]) == set(right["subjects"])
            and len(left["subjects"]) != 1
            and one.subject != other.subject
        ):
            return False
        for dimension in {name for name, _ in (*one.levels, *other.levels)}:
            named = [
                {level for level in side["levels"] if self.dimensions[level] == dimension} for side in (left, right)
            ]
            if (
                named[0] == named[1]
                and len(named[0]) != 1
                and dict(one.levels).get(dimension) != dict(other.levels).get(dimension)
            ):
                return False
        return True

    # -- kinds ---------------------------------------------------------------------------------------

    def verdict(self, claim: Mapping[str, Any]) -> str:
        """The verdict on a claim; NoOpinionError where that is beyond this file."""
        if _LOOSE.search(claim["quote"]):
            raise NoOpinionError(claim["quote"])
        if claim.get("over") not in (None, {"how": "all", "number": None, "exceptions": []}):
            raise NoOpinionError(claim["over"])
        judge = getattr(self, f"_{claim['kind']}", None)
        if judge is None:
            raise NoOpinionError(claim["kind"])
        found: str = judge(claim)
        return found

    def _comparison(self, claim: Mapping[str, Any]) -> str:
        sign = self._sign(claim["relation"], claim["left"])
        parts = [
            _ordered(one, other, sign)
            for one, other in self.pairs(claim["left"], claim["right"], every=bool(claim["over"]))
        ]
        return _all(parts)

    def _ordering(self, claim: Mapping[str, Any]) -> str:
        sign = self._sign(claim["relation"], claim["items"][0])
        metric, rows = claim["items"][0]["metric"], []
        for item in claim["items"]:
            found = self.series(item, metric)
            if len(found) != 1:
                raise NoOpinionError(item)
            rows.append(self.at(found[0], item["at"]))
        if any(one.number.point == other.number.point for one, other in pairwise(rows)):
            raise NoOpinionError(claim)
        return _all([_ordered(one, other, sign) for one, other in pairwise(rows)])

    def _superlative(self, claim: Mapping[str, Any]) -> str:
        if claim["across"] != "subject" or len(claim["which"]["subjects"]) != 1:
            raise NoOpinionError(claim)
        end = {"highest": "greater", "lowest": "less"}.get(
            claim["end"], "better" if claim["end"] == "best" else "worse"
        )
        sign = self._sign(end, claim["which"])
        mine = self.series(claim["which"], None)
        theirs = self.series({**claim["which"], "subjects": claim["among"]}, None)
        if any(
            re.match(r"(?:grand )?total|mean|average|world|turnout|human", str(rows[0].subject), re.IGNORECASE)
            for rows in theirs
        ):
            raise NoOpinionError(claim)
        if len(mine) != 1 or len({rows[0].levels for rows in (*mine, *theirs)}) != 1:
            raise NoOpinionError(claim)
        me = self.at(mine[0], claim["which"]["at"])
        others = [self.at(rows, claim["which"]["at"]) for rows in theirs]
        points = [row.number.point for row in {me, *others}]
        if len(set(points)) < len(points) or len(others) < len(claim["among"]):
            raise NoOpinionError(claim)
        ahead = [_ordered(other, me, sign) for other in others if other is not me]
        low, high = ahead.count(TRUE), len(ahead) - ahead.count(FALSE)
        wanted = claim["rank"] - 1
        if low == high:
            return TRUE if low == wanted else FALSE
        return OPEN if low <= wanted <= high else FALSE

    def _trend(self, claim: Mapping[str, Any]) -> str:
        if claim["along"] is not None or claim["shape"] not in {"increases", "decreases"}:
            raise NoOpinionError(claim)
        if "gradual" in claim["quote"]:  # how much of it may come at once
            raise NoOpinionError(claim)
        at = claim["series"]["at"]
        if at not in (None, "throughout", "end"):
            raise NoOpinionError(at)
        sign, parts = (1 if claim["shape"] == "increases" else -1), []
        for rows in self.series(claim["series"], None):
            line = [row for row in rows if row.name != "average"]
            if len(line) < 2:
                raise NoOpinionError(claim)
            parts.append(_ordered(line[-1], line[0], sign))
            steps = {_ordered(new, old, 1) for old, new in pairwise(line)}
            if not claim["steady"] and len(steps) > 1:  # up and down on the way
                raise NoOpinionError(claim)
            if claim["steady"]:
                whole = abs(line[-1].number.point - line[0].number.point)
                back = (sign * (old.number.point - new.number.point) for old, new in pairwise(line))
                if any(0 < step <= whole / 50 for step in back):  # how far it may waver
                    raise NoOpinionError(claim)
                parts += [FALSE if _ordered(new, old, sign) == FALSE else TRUE for old, new in pairwise(line)]
        return _all(parts)

    def _peak(self, claim: Mapping[str, Any]) -> str:
        where = _position(claim["where"])
        if (
            claim["along"] is not None
            or claim["series"]["at"] is not None
            or where is None
            or len(self.series(claim["series"], None)) != 1
        ):
            raise NoOpinionError(claim)
        (rows,) = self.series(claim["series"], None)
        here = [row for row in rows if row.position == where]
        sign = 1 if claim["extreme"] == "peak" else -1
        others = [row for row in rows if row not in here and row.name != "average"]
        if len(here) != 1 or not others or any(row.position is None and row.name == "" for row in others):
            raise NoOpinionError(claim)
        beyond = [_ordered(other, here[0], sign) for other in others]
        return _all([{TRUE: FALSE, FALSE: TRUE}.get(part, part) for part in beyond])

    def _contrast(self, claim: Mapping[str, Any]) -> str:
        if claim["size"] is not None or claim["measure"] != "amount" or claim["relation"] not in {"greater", "less"}:
            raise NoOpinionError(claim)
        selectors = [claim[gap][side] for gap in ("one", "other") for side in ("left", "right")]
        metric, rows = selectors[0]["metric"], []
        for selector in selectors:
            found = self.series(selector, metric)
            if len(found) != 1:
                raise NoOpinionError(selector)
            rows.append(self.at(found[0], selector["at"]))
        a, b, c, d = (row.number.point for row in rows)
        if len(set(rows)) < 4 or (a > b) is not (c > d):
            raise NoOpinionError(claim)
        sign = 1 if claim["relation"] == "greater" else -1
        return _tried(rows, lambda a, b, c, d: sign * (abs(a - b) - abs(c - d)) > 0)

    def _difference(self, claim: Mapping[str, Any]) -> str:
        """Only what is certain: a size inside the usual reading holds, one far from every reading does not."""
        pairs = self.pairs(claim["left"], claim["right"])
        size = number(claim["size"], counted=False, pattern=_SIZE)
        if len(pairs) != 1 or size.unit in {"s", "ms", "min"} or size.unit.startswith("hour"):
            raise NoOpinionError(claim)
        if claim["measure"] == "factor" and size.unit == "%":
            raise NoOpinionError(claim)
        if claim["relation"] == "times" and re.search(r"fast|slow|quick|speed", claim["quote"], re.IGNORECASE):
            raise NoOpinionError(claim)
        (left, right) = (row.number for row in pairs[0])
        if 0 in (left.point, right.point) or min(*left.samples, *right.samples) <= 0:
            raise NoOpinionError(claim)
        reached = [_amount(claim, one, other) for one, other in product(left.samples, right.samples)]
        if min(reached) <= size.point <= max(reached):
            return TRUE
        readings = [*reached, *(-number for number in reached)]
        readings += [value for one, other in product(left.samples, right.samples) for value in _readings(one, other)]
        if all(abs(value - size.point) > size.half * 2 + abs(size.point) / 5 for value in readings):
            return FALSE
        raise NoOpinionError(claim)

    def _sign(self, relation: str, selector: Mapping[str, Any]) -> int:
        if relation in {"greater", "less"}:
            return 1 if relation == "greater" else -1
        polarity = self.metrics[self.aliases.get(selector["metric"] or "", "")]["better"] if selector["metric"] else ""
        if relation not in {"better", "worse"} or polarity not in {"higher", "lower"}:
            raise NoOpinionError(relation)
        return 1 if (relation == "better") is (polarity == "higher") else -1

    def numbers(self) -> list[Row]:
        """Every row that this file has an opinion on."""
        return [row for row in self.rows.values() if row.metric not in self.spoiled]

    def extremes(self) -> dict[Row, str]:
        """Whether each value that is called a peak or trough is one."""
        found = {}
        for row in self.numbers():
            sign = {"peak": 1, "trough": -1}.get(row.name)
            line = [
                other
                for other in self.numbers()
                if (other.metric, other.subject, other.levels) == (row.metric, row.subject, row.levels)
            ]
            others = [other for other in line if other is not row and other.name != "average"]
            if sign is not None and others:
                found[row] = FALSE if FALSE in [_ordered(row, other, sign) for other in others] else TRUE
        return found


def _position(written: str | None) -> Fraction | None:
    found = re.fullmatch(r"~?(?:\w+ )?(\d[\d,]*(?:\.\d+)?)", written or "")
    return None if found is None else Fraction(found[1].replace(",", ""))


def _along(row: Row) -> tuple[int, Fraction]:
    if row.position is not None:
        return 1, row.position
    return {"start": 0, "end": 3}.get(row.name, 2), Fraction(0)


def _place(row: Row) -> Fraction | str:
    return row.name if row.position is None else row.position


def _ordered(one: Row, other: Row, sign: int) -> str:
    return _tried((one, other), lambda a, b: sign * (a - b) > 0)


def _tried(rows: Sequence[Row], holds: Callable[..., bool]) -> str:
    """Every combination of what the numbers may be."""
    tries = {holds(*numbers) for numbers in product(*(row.number.samples for row in rows))}
    return OPEN if len(tries) > 1 else TRUE if tries == {True} else FALSE


def _all(parts: Sequence[str]) -> str:
    if not parts:
        raise NoOpinionError
    return FALSE if FALSE in parts else OPEN if OPEN in parts else TRUE


def _amount(claim: Mapping[str, Any], left: Fraction, right: Fraction) -> Fraction:
    match claim["measure"], claim["relation"]:
        case "amount", relation:
            return right - left if relation == "less" else left - right
        case "percent", "less":
            return (right - left) / right * 100
        case "percent", "more":
            return (left - right) / right * 100
        case "factor", "less":
            return right / left
        case "factor", _:
            return left / right
    raise NoOpinionError(claim)


def _readings(left: Fraction, right: Fraction) -> list[Fraction]:
    """Every number that somebody may mean by a difference of the two."""
    found = [left - right, left / right, left / right + 1, left / right * 100]
    found += [right / left, right / left + 1, right / left * 100]
    found += [(left / right - 1) * 100, (right / left - 1) * 100, left / right - 1, right / left - 1]
    return [*found, *(-value for value in found)]


def pairs_to_cross(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Pairs of rows of one metric whose order a change of one of them can turn."""
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if one.metric == other.metric and one.number.point != other.number.point
    ]
