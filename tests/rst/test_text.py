"""Tests of reStructuredText: what its text is as Markdown, and that every place is that of the source."""

from __future__ import annotations

import re
import time

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st

from auditor import sources
from auditor.document import Span
from auditor.rst.text import rendition
from auditor.tables.grid import grids

TEXTS: dict[str, tuple[str, str]] = {
    "paragraphs": ("A is 3,\nB is 4.\n\n\nC is 5.\n", "A is 3, B is 4.\n\nC is 5.\n"),
    "titles": (
        "======\nReport\n======\n\nPart 1\n======\ntext\n\nDetail\n------\nmore\n\nPart 2\n======\n",
        "# Report\n\n## Part 1\n\ntext\n\n### Detail\n\nmore\n\n## Part 2\n",
    ),
    "a line between": ("A is 3.\n\n----\n\nB is 4.\n", "A is 3.\n\nB is 4.\n"),
    "items": (
        "* A is 3\n  and more\n* B\n\n  - C is 4\n  - D\n\n* E\n\n#. F\n#. G\n\nend\n",
        "- A is 3 and more\n- B\n\n  - C is 4\n  - D\n\n- E\n\n- F\n- G\n\nend\n",
    ),
    "definitions": ("A\n  is 3\n\nB : number\n  is 4\n", "A\nis 3\n\nB : number\nis 4\n"),
    "set out": ("As said:\n\n   A is 3.\n\n      B is 4.\n\nend\n", "As said:\n\nA is 3.\n\nB is 4.\n\nend\n"),
    "lines that stay lines": ("| A is 3\n| B is 4\n", "A is 3\nB is 4\n"),
    "literal": ("Run::\n\n   a = 3\n\n     b\n\nA is 4 ::\n\n  x\n\n::\n\n  y\n", "Run:\n\n```\na = 3\n\n  b\n```\n\nA is 4\n\n```\nx\n```\n\n```\ny\n```\n"),
    "inline": (
        "See `the page <http://x/1>`_, `Results`_, :ref:`part <p-2>`, :math:`3`, ``x = 4``, *A* and **B**.",
        "See the page, Results, part, 3, ``x = 4``, *A* and **B**.\n",
    ),
    "a link over two lines": ("See `the\npage\n<http://x/1>`__ now.", "See the page now.\n"),
    "escapes": ("A\\* is H\\ :sub:`2`\\ O and 5\\%.", "A* is H2O and 5%.\n"),
    "comments, targets and substitutions": (
        ".. A is 3\n   and B 4\n\n.. _target: http://x/5\n\n.. |s| image:: x6.png\n\n__ http://y/7\n\ntext\n", "text\n",
    ),
    "notes": (
        "A is 3 [1]_, B [#b]_ [*]_ [Doe-7]_ and a[0]_b.\n\n.. [1] In all 4\n   runs.\n",
        "A is 3 [^1], B [^#b] [^*] [^Doe-7] and a[0]_b.\n\n[^1]: In all 4 runs.\n",
    ),
    "remarks to audit": ("A is 3.\n\n.. audit: ignore[trend] as\n   agreed\n\nB.\n", "A is 3.\n\n.. audit: ignore[trend] as\n   agreed\n\nB.\n"),
    "directives with text": (
        ".. note::\n   A is 3.\n\n.. warning:: B is 4\n   or 5.\n\n.. figure:: a6.png\n   :width: 70%\n\n   C is 8.\n",
        "A is 3.\n\nB is 4 or 5.\n\nC is 8.\n",
    ),
    "directives without text": (
        ".. image:: a3.png\n   :width: 40%\n\n.. toctree::\n   :maxdepth: 2\n\n   a5\n\n.. automodule:: b6\n   :members:\n\ntext\n",
        "text\n",
    ),
    "code": (".. code-block:: python\n   :linenos:\n\n   a = 3\n   if a:\n       b\n\ntext\n", "```\na = 3\nif a:\n    b\n```\n\ntext\n"),
    "a simple table": (
        "=====  ======  ====\nmodel  score   time\n=====  ======  ====\nA      1.5     3 s\nB a    `x`_\n       2.5     4 | s\n=====  ======  ====\n\ntext\n",
        "| model | score | time |\n|---|---|---|\n| A | 1.5 | 3 s |\n| B a | x 2.5 | 4 \\| s |\n\ntext\n",
    ),
    "a simple table without a header": ("==  ==\nA   3\nB   4\n==  ==\n", "|  |  |\n|---|---|\n| A | 3 |\n| B | 4 |\n"),
    "a drawn table": (
        "+-------+-------+\n| model | score |\n+=======+=======+\n| A     | 1.5   |\n| long  |       |\n+-------+-------+\n| B     |       |\n+-------+-------+\n\nend\n",
        "| model | score |\n|---|---|\n| A long | 1.5 |\n| B |  |\n\nend\n",
    ),
    "a table set out in a directive": (
        ".. table:: Scores\n\n   ==  ==\n   a   b\n   ==  ==\n   1   2\n   ==  ==\n", "Scores\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
    "what Markdown would take for something else": ("# 3 items\n\n> 4\n", "\\# 3 items\n\n\\> 4\n"),
    "tabs": ("Run::\n\n\ta = 3\n\nend", "Run:\n\n```\na = 3\n```\n\nend\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_text(case: str) -> None:
    source, text = TEXTS[case]
    assert rendition(source).text == text


@pytest.mark.parametrize("case", TEXTS)
def test_every_letter_is_that_of_the_source(case: str) -> None:
    source, text = TEXTS[case]
    made = rendition(source)
    for offset, letter in enumerate(text):
        if letter.isalnum():
            assert source[made.place(offset)] == letter


def test_tables_stand_where_the_source_has_them() -> None:
    source = "Scores\n======\n\n=====  =====\nmodel  score\n=====  =====\nA      1.5\nB      2.5\n=====  =====\n"
    document = sources.decoded("a.rst", source.encode())
    (grid,) = grids(document)
    cell = grid.rows[2][1]
    assert (cell.text, document.position(cell.span.start)) == ("2.5", (8, 8))
    assert source[slice(*document.source_span(cell.span))] == "2.5"
    start = document.text.index("Scores")
    assert document.positions(Span(start, start + 6)) == ((1, 1), (1, 7))


_PARTS = st.sampled_from([
    "A is 3.\n", "\n", "Title\n=====\n", "* item 4\n", "  more 5\n", ".. note::\n\n   B is 6.\n\n", "Run::\n\n    c = 7\n\n",
    "==  ==\na   b\n==  ==\n1   2\n==  ==\n\n", ".. comment 8\n\n", "`x <y>`_ and ``z``\n",
])  # fmt: skip


@given(st.lists(_PARTS, max_size=8))
def test_the_words_are_those_that_docutils_shows(parts: list[str]) -> None:
    """Where docutils finds nothing wrong: what it takes for an error, it shows in other ways."""
    source = "".join(f"{part}\n" for part in parts)
    tree = publish_doctree(source, settings_overrides={"report_level": 5, "doctitle_xform": False})
    if "<system_message" in tree.pformat():
        return
    for node in [*tree.findall(nodes.comment), *tree.findall(nodes.target)]:
        node.parent.remove(node)
    shown = re.findall(r"\w+", re.sub(r"``", "", rendition(source).text))
    assert shown == re.findall(r"\w+", tree.astext())


@given(st.text(alphabet=st.sampled_from("ab1 \n.:_`|*=-+<>\\[]\t")))
def test_any_text_has_a_rendition_with_places_inside_of_the_source(source: str) -> None:
    made = rendition(source)
    for offset in range(len(made.text) + 1):
        assert 0 <= made.place(offset) <= len(source)
        assert 0 <= made.end(offset) <= len(source)


@pytest.mark.parametrize(
    "part",
    [
        "`",
        "`a <",
        "::\n\n",
        ".. a::\n",
        "* ",
        "==  ==\n",
        "+--+\n",
        "+--+\n|  |\n",
        "+--+--+\n|  |\n",
        "+-+-+-+-+-+\n",
        "==  ==\na   b\n",
        ".. list-table::\n\n   * - a\n     - b\n\n",
        ".. list-table::\n\n   * - ",
        '.. csv-table::\n\n   "a\n\n',
        '.. csv-table::\n\n   a, ""\n',
        "| a\n",
        ":a:`",
        "\\",
        "a_ ",
        "``",
        "=====\n",
        ".. |a| ",
    ],
)
def test_no_source_takes_long(part: str) -> None:
    start = time.process_time()
    rendition(part * (100_000 // len(part)))
    assert time.process_time() - start < 3
