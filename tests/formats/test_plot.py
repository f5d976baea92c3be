"""Drawings: which values are drawn, where, and how the drawing is written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.document import Span
from auditor.page.plot import plots, shown, symbol
from auditor.report import Value

# Values as "subject@point=amount", "…|level" for a panel of its own; and the panels drawn: "metric [level]: lines; x; y".
CASES: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", []),
    "no positions": ("A=1 B=2", []),
    "one position": ("A@0=1 B@0=2", []),
    "one line": ("A@0=1 A@10=2", ["reward: A; 0 10; 1 1.2 1.4 1.6 1.8 2"]),
    "two lines of which one is a point": ("A@0=1 A@10=2 B@10=3", ["reward: A B; 0 10; 0 1 2 3"]),
    "start and end without an axis": ("A@start=1 A@end=2", ["reward: A; start end; 1 1.2 1.4 1.6 1.8 2"]),
    "start and end beside positions": ("A@start=1 A@50=3 A@end=2", ["reward: A; start 50 end; 0 1 2 3"]),
    "a peak that stands nowhere": ("A@0=1 A@peak=9 A@10=2", ["reward: A; 0 10; 1 1.2 1.4 1.6 1.8 2"]),
    "a panel for each level, on one scale": (
        "A@0=1|4B A@1=2|4B A@0=4|8B A@1=6|8B",
        ["reward [4B]: A; 0 1; 0 2 4 6", "reward [8B]: A; 0 1; 0 2 4 6"],
    ),
    "a level of one point": ("A@0=1|4B A@1=2|4B A@0=4|8B", ["reward [4B]: A; 0 1; 1 1.2 1.4 1.6 1.8 2"]),
    "far from zero": ("A@0=101 A@1=104", ["reward: A; 0 1; 101 102 103 104"]),
    "below zero": ("A@0=-2 A@1=2", ["reward: A; 0 1; -2 -1 0 1 2"]),
    "all alike": ("A@0=5 A@1=5", ["reward: A; 0 1; 5 6"]),
    "tiny": ("A@0=0.001 A@1=0.004", ["reward: A; 0 1; 0 0.001 0.002 0.003 0.004"]),
    "huge": ("A@0=1000000 A@1=4000000", ["reward: A; 0 1; 0 1M 2M 3M 4M"]),
    "positions too near for two labels": ("A@0=1 A@1=2 A@100=3", ["reward: A; 0 100; 0 1 2 3"]),
    "thousands": ("A@0=20000 A@1=30000", ["reward: A; 0 1; 20k 22k 24k 26k 28k 30k"]),
    "numbers of four digits": ("A@0=2000 A@1=9000", ["reward: A; 0 1; 0 2000 4000 6000 8000 10k"]),
    "no room for every name": (
        "A@start=1 A@10=2 A@20=3 A@30=4 A@40=1 A@50=1 A@60=1 A@70=1 A@end=5",
        ["reward: A; start 20 30 40 50 60 end; 0 1 2 3 4 5"],
    ),
    "nine lines": (" ".join(f"{name}@{place}=1" for name in "ABCDEFGHI" for place in (0, 1)), []),
}


def _values(written: str) -> list[Value]:
    found = []
    for number, each in enumerate(written.split()):
        head, _, level = each.partition("|")
        name, _, amount = head.partition("=")
        subject, _, point = name.partition("@")
        levels = (("size", level),) if level else ()
        position = Fraction(point) if point.isdigit() else None
        span = Span(number, number + 1)
        found.append(Value("reward", "", "higher", subject, levels, point, position, amount, Fraction(amount), (span,)))
    return found


@pytest.mark.parametrize("case", CASES)
def test_what_is_drawn(case: str) -> None:
    written, expected = CASES[case]
    drawn = [
        f"{plot.metric}{f' [{plot.title}]' if plot.title else ''}: {' '.join(plot.names)}; "
        f"{' '.join(text for _, text in sorted(plot.x_ticks))}; {' '.join(text for _, text in plot.y_ticks)}"
        for plot in plots(_values(written))
    ]
    assert drawn == expected


def test_what_lies_above_is_drawn_above_and_what_comes_later_to_the_right() -> None:
    (plot,) = plots(_values("A@0=1 A@10=2 B@0=3 B@10=4"))
    low, high = ([(dot.x, dot.y) for dot in plot.dots if dot.value.subject == name] for name in "AB")
    assert [above[1] < below[1] for above, below in zip(high, low, strict=True)] == [True, True]
    assert low[0][0] < low[1][0]
    assert [dot.value.written for dot in plot.dots_at([Span(1, 2), Span(2, 3), Span(9, 10)])] == ["2", "3"]


def test_how_it_is_written() -> None:
    (plot,) = plots(_values("<b>@0=0 <b>@10=2"), first=7)
    assert "\n".join([*symbol(plot), shown(plot, '"<', plot.dots[:1])]) == (
        '<symbol id="g7" viewBox="0 0 340 200">\n'
        '<path class="grid" d="M40 174H248"/><text class="tick y" x="34" y="178">0</text>\n'
        '<path class="grid" d="M40 134H248"/><text class="tick y" x="34" y="138">0.5</text>\n'
        '<path class="grid" d="M40 93H248"/><text class="tick y" x="34" y="97">1</text>\n'
        '<path class="grid" d="M40 52H248"/><text class="tick y" x="34" y="56">1.5</text>\n'
        '<path class="grid" d="M40 12H248"/><text class="tick y" x="34" y="16">2</text>\n'
        '<text class="tick x" x="48" y="192">0</text>\n'
        '<text class="tick x" x="240" y="192">10</text>\n'
        '<path class="line s0" d="M48 174L240 12"/>\n'
        '<path class="dot s0" d="M44 174a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"/>\n'
        '<path class="dot s0" d="M236 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"/>\n'
        '<text class="name s0" x="257" y="16">&lt;b&gt;</text>\n'
        "</symbol>\n"
        '<svg class="plot" viewBox="0 0 340 200" role="img" aria-label="&quot;&lt;"><use href="#g7"/>'
        '<circle class="ring" cx="48" cy="174" r="8"/></svg>'
    )
