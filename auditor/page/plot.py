"""plot: values along a position as a small drawing in SVG, so that a reader sees which line lies above which.

Everything in it is drawn from the facts: a point for each stated value, straight lines
between them, nothing in between made up. Looks are left to the style sheet of the page.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from auditor.facts.position import NAMED_POINTS
from auditor.notation import clipped, markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from auditor.document import Span
    from auditor.report import Value

WIDTH, HEIGHT = 340, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 92, 12, 26
"""Room for the numbers, for the names of the lines, and above and below them."""
_LINE = 13
"""From one name to the next, at least."""
_MOST_LINES, _LONGEST_NAME = 8, 15
_MOST_STEPS = 5
"""Between grid lines, in so small a drawing."""
_LETTER = 6.3
"""The width of a letter, about."""
_ENDS = {"start": 0, "end": 1}


class Dot(NamedTuple):
    """A value in the drawing."""

    x: int
    y: int
    line: int
    """Which of the lines it is on, and which colour and shape it has."""
    value: Value


class Plot(NamedTuple):
    """One metric under one set of levels, along its positions."""

    number: int
    metric: str
    title: str
    dots: tuple[Dot, ...]
    names: tuple[str, ...]
    """The names of the lines."""
    x_ticks: tuple[tuple[int, str], ...]
    y_ticks: tuple[tuple[int, str], ...]

    def dots_at(self, places: Iterable[Span]) -> list[Dot]:
        """The dots whose values stand at one of these places."""
        wanted = set(places)
        return [dot for dot in self.dots if wanted.intersection(dot.value.spans)]


def plots(values: Sequence[Value], first: int = 1) -> tuple[Plot, ...]:
    """A drawing for each metric and set of levels of which a thing has values at two positions; numbered from `first`."""
    panels: defaultdict[tuple[str, tuple[tuple[str, str], ...]], list[Value]] = defaultdict(list)
    for value in values:
        if value.amount is not None and _is_placed(value):
            panels[value.metric, value.levels].append(value)
    drawn = {key: own for key, own in panels.items() if _has_a_line(own) and len(_names(own)) <= _MOST_LINES}
    lines: dict[str, int] = {}
    for own in drawn.values():
        for name in _names(own):
            lines.setdefault(name, len(lines))
    scales = {
        metric: _scale(
            [
                value.amount
                for (of, _), own in drawn.items()
                if of == metric
                for value in own
                if value.amount is not None
            ]
        )
        for metric, _ in drawn
    }
    return tuple(
        _plot(first + place, key, own, scales[key[0]], lines) for place, (key, own) in enumerate(drawn.items())
    )


def symbol(plot: Plot) -> Iterator[str]:
    """The drawing itself, to be shown by reference as often as it is wanted."""
    yield f'<symbol id="g{plot.number}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    for y, text in plot.y_ticks:
        yield f'<path class="grid" d="M{_LEFT} {y}H{WIDTH - _RIGHT}"/><text class="tick y" x="{_LEFT - 6}" y="{y + 4}">{markup(text)}</text>'
    for x, text in plot.x_ticks:
        yield f'<text class="tick x" x="{x}" y="{HEIGHT - 8}">{markup(text)}</text>'
    ends: list[tuple[int, int, str]] = []
    for line, name in sorted({dot.line: dot.value.subject or "" for dot in plot.dots}.items()):
        dots = sorted(dot for dot in plot.dots if dot.line == line)
        path = "L".join(f"{dot.x} {dot.y}" for dot in dots)
        yield f'<path class="line s{line % _MOST_LINES}" d="M{path}"/>'
        yield from (f'<path class="dot s{line % _MOST_LINES}" d="{_shape(dot)}"/>' for dot in dots)
        ends.append((dots[-1].y, line, name))
    for y, (_, line, name) in zip(_spread([end[0] for end in sorted(ends)]), sorted(ends), strict=True):
        yield (
            f'<text class="name s{line % _MOST_LINES}" x="{WIDTH - _RIGHT + 9}" y="{y + 4}">'
            f"{markup(clipped(name, _LONGEST_NAME))}</text>"
        )
    yield "</symbol>"


def shown(plot: Plot, label: str, marked: Iterable[Dot] = ()) -> str:
    """The drawing by reference, with rings around some of its dots."""
    rings = "".join(f'<circle class="ring" cx="{dot.x}" cy="{dot.y}" r="8"/>' for dot in marked)
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{markup(label)}">'
        f'<use href="#g{plot.number}"/>{rings}</svg>'
    )


def _names(values: Iterable[Value]) -> list[str]:
    return list(dict.fromkeys(value.subject or "" for value in values))


def _is_placed(value: Value) -> bool:
    return value.position is not None or value.point in _ENDS


def _has_a_line(values: Iterable[Value]) -> bool:
    places: defaultdict[str, set[object]] = defaultdict(set)
    for value in values:
        places[value.subject or ""].add(value.point if value.position is None else value.position)
    return any(len(own) > 1 for own in places.values())


def _plot(
    number: int,
    key: tuple[str, tuple[tuple[str, str], ...]],
    values: Sequence[Value],
    scale: Sequence[Fraction],
    lines: Mapping[str, int],
) -> Plot:
    low, high = scale[0], scale[-1]
    known = [value.position for value in values if value.position is not None]
    left, right = (min(known), max(known)) if known else (Fraction(0), Fraction(1))
    margin = (right - left) / 8 or Fraction(1)
    sides = (left - margin, right + margin) if known else (left, right)

    def along(value: Value) -> Fraction:
        return sides[_ENDS[value.point]] if value.position is None else value.position

    begin, end = min(map(along, values)), max(map(along, values))

    def x_of(value: Value) -> int:
        return _LEFT + 8 + round((along(value) - begin) / ((end - begin) or 1) * (WIDTH - _LEFT - _RIGHT - 16))

    def y_of(amount: Fraction) -> int:
        return HEIGHT - _BOTTOM - round((amount - low) / ((high - low) or 1) * (HEIGHT - _TOP - _BOTTOM))

    dots = tuple(
        Dot(x_of(value), y_of(value.amount), lines[value.subject or ""], value)
        for value in values
        if value.amount is not None
    )
    whole = all(position.denominator == 1 for position in known)
    ticks = {dot.x: _label(dot.value, whole=whole) for dot in sorted(dots)}
    return Plot(
        number,
        key[0],
        ", ".join(level for _, level in key[1]),
        dots,
        tuple(_names(values)),
        tuple(_apart(ticks)),
        tuple((y_of(tick), _short(tick)) for tick in scale),
    )


def _label(value: Value, *, whole: bool) -> str:
    """A position in the document's words, but for points that have a name and a number."""
    if value.position is not None and value.point in NAMED_POINTS and whole:
        return str(value.position)
    return clipped(value.point, _LONGEST_NAME)


def _apart(ticks: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Those labels that have room beside one another, the first and the last before all others."""
    places = sorted(ticks)
    taken: list[tuple[float, float]] = []
    for x in dict.fromkeys([places[0], places[-1], *places]):
        half = _LETTER * len(ticks[x]) / 2 + 3
        if all(x - half >= right or x + half <= left for left, right in taken):
            taken.append((x - half, x + half))
            yield x, ticks[x]


def _short(number: Fraction) -> str:
    """A round number in a few signs."""
    for power, sign in ((9, "G"), (6, "M"), (3, "k")):
        if abs(number) >= 10**power * (10 if sign == "k" else 1):
            return f"{float(number / 10**power):g}{sign}"
    return f"{float(number):g}"


def _scale(amounts: Sequence[Fraction]) -> list[Fraction]:
    """Three to seven round numbers that hold all of the amounts between them."""
    low, high = min(amounts), max(amounts)
    if low >= 0 and low * 3 <= high:
        low = Fraction(0)
    span = (high - low) or abs(high) or Fraction(1)
    power = Fraction(10) ** (len(str(int(span))) - 1)
    while power > span:
        power /= 10
    step = next(
        power * factor
        for factor in (Fraction(1, 5), Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2))
        if span / (power * factor) <= _MOST_STEPS
    )
    bottom, top = low // step, -(-high // step)
    return [step * place for place in range(bottom, max(top, bottom + 1) + 1)]


def _spread(heights: Sequence[int]) -> list[int]:
    """Heights in ascending order, moved apart so that names do not lie on one another."""
    placed: list[int] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _LINE) if placed else height)
    over = max(0, (placed[-1] if placed else 0) - (HEIGHT - _BOTTOM + 6))
    for place in range(len(placed) - 1, -1, -1):
        limit = placed[place + 1] - _LINE if place + 1 < len(placed) else placed[place] - over
        placed[place] = min(placed[place], limit)
    return placed


def _shape(dot: Dot) -> str:
    """A disc, square, diamond or triangle: what tells lines apart where colours do not."""
    x, y = dot.x, dot.y
    shapes = (
        f"M{x - 4} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        f"M{x - 4} {y - 4}h8v8h-8z",
        f"M{x} {y - 5}l5 5l-5 5l-5 -5z",
        f"M{x} {y - 5}l5 9h-10z",
    )
    return shapes[dot.line % len(shapes)]
