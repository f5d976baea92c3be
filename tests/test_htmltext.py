"""Tests of HTML: what its text is as Markdown, and that every character knows where it stands in the source."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import sources
from auditor.document import Document, Span
from auditor.errors import InputError
from auditor.htmltext import rendition
from auditor.tables.grid import grids

TEXTS: dict[str, tuple[str, str]] = {
    "paragraphs": ("<p>A is 3.</p>\n<p>B\n  is   4.</p>", "A is 3.\n\nB is 4.\n"),
    "no markup": ("A is 3, B < 4 & C > 2.", "A is 3, B < 4 & C > 2.\n"),
    "paragraphs that are not closed": ("<p>A is 3.<p>B is 4.", "A is 3.\n\nB is 4.\n"),
    "tags inside of a sentence": (
        "<p>A is <b>3</b> %,<em>B</em> is <a href='x?a=1&amp;b=2'>4</a>.</p>", "A is 3 %,B is 4.\n",
    ),
    "a tag inside of a number": ("<p>1<span>.</span>5 and 2<b>5</b></p>", "1.5 and 25\n"),
    "headings": ("<h1>Report <i>7</i></h1>text<h2>Part\nA</h2>text", "# Report 7\n\ntext\n\n## Part A\n\ntext\n"),
    "a list": ("<ul><li>A is 3<li>B is 4</li>\n<li><p>C is 5</p></li></ul>end", "- A is 3\n- B is 4\n- C is 5\n\nend\n"),
    "an empty item": ("<ul><li></li><li>B</li></ul>", "- \n- B\n"),
    "line breaks": ("<p>A is 3<br>B is 4<br/>C</p>", "A is 3\nB is 4\nC\n"),
    "references": (
        "<p>A&nbsp;is &minus;0.3&nbsp;%, B is 0.5&ndash;0.7, C is &#49;&#x32; &plusmn; 1 &amp; D &lt; 4 &gt; 2 &euro; &nosuch; &</p>",
        "A\u00a0is −0.3\u00a0%, B is 0.5–0.7, C is 12 ± 1 & D < 4 > 2 € &nosuch; &\n",
    ),
    "references without an end": ("<p>3 &lt 4 &amp 5 &copy2</p>", "3 < 4 & 5 ©2\n"),
    "a tag that is written, not meant": ("<p>a &lt;table&gt; of &lt;b&gt;</p>", "a &lt;table> of &lt;b>\n"),
    "powers and indices": (
        "<p>10<sup>−3</sup> and 10<sup>12</sup>, H<sub>2</sub>O, 1<sup>st</sup>, x<sup>a<b>2</b></sup></p>",
        "10⁻³ and 10¹², H₂O, 1st, xa2\n",
    ),
    "what is not shown": (
        ("<head><title>T 1</title><style>a{b:2}</style></head><body><script>if (a < 3) {'</p>'}</script>A<!-- 4 -->"
        "<template><p>5</p></template><svg><text>6</text><svg>7</svg></svg><textarea>8</textarea>B</body>"),
        "AB\n",
    ),
    "a script that is never closed": ("<p>A<script>B is 4", "AB is 4\n"),
    "a comment that is never closed": ("<p>A is 3 <!-- B is 4", "A is 3 <!-- B is 4\n"),
    "a tag that is never closed": ("<p>A is 3 <b class='x", "A is 3 <b class='x\n"),
    "declarations": ("<?xml version='1.0'?><!DOCTYPE html><p>A</p><![CDATA[x]]>", "A\n"),
    "a remark to audit": (
        "<p>A.</p>\n<!-- audit: ignore[trend] why -->\n<p>B. <!--audit: ignore[x] y--> C.</p>",
        "A.\n\n<!-- audit: ignore[trend] why -->\n\nB. <!--audit: ignore[x] y--> C.\n",
    ),
    "code": (
        "<p>Run</p><pre><code>\n  a <b>= 3</b>\n\nb &lt; 4\n</code></pre>it",
        "Run\n\n```\n\n  a = 3\n\nb < 4\n```\n\nit\n",
    ),
    "code with ticks": ("<pre>```\nx</pre>", "````\n```\nx\n````\n"),
    "what Markdown would take for something else": (
        "<p># 3 items</p><p>- 4 is A</p><p>> 5</p><p>| 6</p><p>#7</p><p>-8</p>",
        "\\# 3 items\n\n\\- 4 is A\n\n\\> 5\n\n\\| 6\n\n#7\n\n-8\n",
    ),
    "definitions and details": (
        "<dl><dt>A<dd>3</dl><details><summary>More</summary>B is 4</details>", "A\n\n3\n\nMore\n\nB is 4\n",
    ),
    "attributes with signs": ("<p title=\"a > b <i>\">A</p><p title='\"'>B</p>", "A\n\nB\n"),
    "capitals": ("<P>A<BR>B<SCRIPT>C</ScRiPt></P>", "A\nB\n"),
    "a table": (
        "<p>See:<table border=1>\n\n  <tr><th>A<th>B\n\n<tr><td>&minus;1<td><b>2</b></table>after",
        "See:\n\n<table border=1>\n<tr><th>A<th>B\n<tr><td>&minus;1<td><b>2</b></table>\n\nafter\n",
    ),
    "a table in a table": ("<table><tr><td><table></table>x</table>y", "<table><tr><td><table></table>x</table>\n\ny\n"),
    "a table that is never closed": ("a<table><tr><td>1", "a\n\n1\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_text(case: str) -> None:
    source, text = TEXTS[case]
    assert rendition(source).text == text


@pytest.mark.parametrize("case", TEXTS)
def test_every_place_is_that_of_the_source(case: str) -> None:
    """A letter of the text is that letter of the source, or what the source has a reference or white space for."""
    source, text = TEXTS[case]
    made = rendition(source)
    for offset, letter in enumerate(text):
        place = made.place(offset)
        assert 0 <= place <= len(source)
        if letter.isalnum() and source[place] not in "&10−-23":
            assert source[place] == letter
    places = [made.place(offset) for offset in range(len(text))]
    assert places == sorted(places)


def test_positions_and_spans_are_those_of_the_source() -> None:
    source = "<html>\n<p>A is\n   <b>3</b>&nbsp;% of&ndash;all.</p>\n<p>B</p>"
    made = rendition(source)
    document = Document("a.html", made.text, rendition=made)
    assert made.text == "A is 3\u00a0% of–all.\n\nB\n"

    def shown(words: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
        start = made.text.index(words)
        span = Span(start, start + len(words))
        (line, column), (last, end) = document.positions(span)
        assert document.position(start) == (line, column)
        return source[slice(*document.source_span(span))], (line, column), (last, end)

    assert shown("A is 3") == ("A is\n   <b>3", (2, 4), (3, 8))
    assert shown("3") == ("3", (3, 7), (3, 8))
    assert shown("3\u00a0%") == ("3</b>&nbsp;%", (3, 7), (3, 19))
    assert shown("–") == ("&ndash;", (3, 22), (3, 29))
    assert shown("B") == ("B", (4, 4), (4, 5))
    assert document.source_span(Span(0, 0)) == (10, 10)
    assert document.source_span(Span(len(made.text), len(made.text))) == (len(source), len(source))


def test_a_file_of_that_kind_is_read_so_and_no_other() -> None:
    assert sources.decoded("a.HTML", b"<p>A</p>").text == "A\n"
    assert sources.decoded("a.htm", b"<p>A</p>").text == "A\n"
    assert sources.decoded("a.md", b"<p>A</p>") == Document("a.md", "<p>A</p>")
    with pytest.raises(InputError) as caught:
        sources.decoded("a.html", b"<html><body><img src=x></body></html>")
    assert caught.value.message == "a.html holds no text, only markup"


def test_tables_are_found_where_they_stand() -> None:
    source = "<p>Results</p>\n<table>\n\n<tr><th>model<th>score\n<tr><td>A<td>&minus;1.5\n</table>"
    document = sources.decoded("a.html", source.encode())
    (grid,) = grids(document)
    cell = grid.rows[1][1]
    assert cell.text == "−1.5"
    assert source[slice(*document.source_span(cell.span))] == "&minus;1.5"


class _Words(HTMLParser):
    """The words of the text as the parser of the standard library has them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += re.findall(r"\w+", data)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<br>", "word ", "7 ", " &amp; ", "<li>", "<h2>", "</h2>", "<i x='<'>", "\n"]
        )
    )
)
def test_the_words_are_those_that_another_parser_finds(parts: list[str]) -> None:
    other = _Words()
    other.feed("".join(parts))
    other.close()
    assert re.findall(r"\w+", rendition("".join(parts)).text) == other.words


@given(st.text(alphabet=st.sampled_from("<>/&!-'\"=pabletr# \n`|;ux1")))
def test_any_text_has_a_rendition_with_places_in_order(source: str) -> None:
    made = rendition(source)
    places = [made.place(offset) for offset in range(len(made.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(source) for place in places)
    for offset in range(len(made.text) + 1):
        assert 0 <= made.end(offset) <= len(source)


@pytest.mark.parametrize(
    "part",
    ["<!--", "<a ", "<![", "<!", "<a b='", "&#", "</", "<script>", "<?", "<a b=c ", "&a", "<table>", "<pre>", "<li>", "<sup>", "<a '\"", "<p>\n\n"],
)  # fmt: skip
def test_no_source_takes_long(part: str) -> None:
    start = time.process_time()
    rendition(part * (300_000 // len(part)))
    assert time.process_time() - start < 3
