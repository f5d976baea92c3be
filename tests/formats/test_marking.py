from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Span
from auditor.page.marking import Mark, stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

Layer = Literal["a", "b"]
MOST: dict[Layer, int] = {"a": 2, "b": 1}

CASES: dict[str, tuple[str, list[tuple[int, int, Layer]], str]] = {
    "no text": ("", [], ""),
    "no marks": ("text", [], "text"),
    "one": ("a text", [(2, 6, "a")], "a |{0 text}"),
    "nested": ("abcdef", [(0, 6, "a"), (2, 4, "a")], "{0 ab}|{0 {1 cd}}|{0 ef}"),
    "overlapping": ("abcdef", [(0, 4, "a"), (2, 6, "a")], "{0 ab}|{0 {1 cd}}|{1 ef}"),
    "the same twice": ("abcd", [(1, 3, "a"), (1, 3, "a")], "a|{0 {1 bc}}|d"),
    "side by side": ("abcd", [(0, 2, "a"), (2, 4, "a")], "{0 ab}|{1 cd}"),
    "over a line end": ("ab\ncd", [(1, 4, "a")], "a|{0 b}|{0 \n}|{0 c}|d"),
    "line ends alone": ("\n\n", [], "\n|\n"),
    "empty": ("abcd", [(2, 2, "a")], "abcd"),
    "beyond the end": ("abcd", [(2, 9, "a")], "ab|{0 cd}"),
    "too many: the gravest, then the shortest": (
        "abcdef",
        [(0, 6, "a"), (1, 5, "a"), (2, 4, "a")],
        "{0 a}|{0 {1 b}}|{1 {2 cd}}|{0 {1 e}}|{0 f}",
    ),
    "layers do not crowd one another": (
        "abcd",
        [(0, 4, "a"), (0, 4, "a"), (0, 4, "b")],
        "{0 {1 {2 abcd}}}",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_stretches(case: str) -> None:
    text, spans, expected = CASES[case]
    marks = [Mark(Span(start, end), layer, 0, number) for number, (start, end, layer) in enumerate(spans)]
    shown = []
    for stretch in stretches(text, marks, MOST):
        inner = text[slice(*stretch.span)]
        for mark in reversed([mark for layer in ("a", "b") for mark in stretch.marks.get(layer, ())]):
            inner = f"{{{mark.number} {inner}}}"
        shown.append(inner)
    assert "|".join(shown) == expected


def test_the_graver_of_many_is_kept() -> None:
    marks: list[Mark[Layer]] = [Mark(Span(0, 4), "a", 2 - number, number) for number in range(3)]
    (stretch,) = stretches("abcd", marks, MOST)
    assert [mark.number for mark in stretch.marks["a"]] == [1, 2]


def _covering(marks: Sequence[Mark[Layer]], place: int) -> list[Mark[Layer]]:
    return sorted(mark for mark in marks if mark.span.start <= place < mark.span.end)


@given(
    st.text("ab \n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 2)), max_size=12),
)
def test_every_code_point_is_there_once_with_all_that_covers_it(text: str, spans: list[tuple[int, int, int]]) -> None:
    marks: list[Mark[Layer]] = [
        Mark(Span(min(a, b), max(a, b)), "a", rank, number) for number, (a, b, rank) in enumerate(spans)
    ]
    most: dict[Layer, int] = {"a": 99, "b": 1}
    found = list(stretches(text, marks, most))
    assert "".join(text[slice(*stretch.span)] for stretch in found) == text
    for stretch in found:
        assert "\n" not in text[slice(*stretch.span)] or stretch.span.end - stretch.span.start == 1
        for place in range(*stretch.span):
            assert sorted(stretch.marks.get("a", ())) == _covering(marks, place)
