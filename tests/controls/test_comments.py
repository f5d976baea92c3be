"""Comments to audit: where one is found, what is left in its place, and that nothing is judged by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import pipeline, prompt, sources
from auditor.comments import without_comments
from auditor.document import Document
from auditor.recordings import Store

ROOT = Path(__file__).parents[2]
C = "<!-- audit: ignore[trend] why -->"
R = ".. audit: ignore[trend] why"

# The document's name, its text, and the texts of the comments found in it.
FOUND = {
    "a line of its own": ("a.md", f"A.\n\n{C}\n\nB.\n", 1),
    "end of a line": ("a.md", f"A. {C}\nB.\n", 1),
    "inside of a line": ("a.md", f"A {C} B.\n", 1),
    "two on a line": ("a.md", f"A {C} B. {C}\n", 2),
    "one after the other": ("a.md", f"{C}\n{C}\nB.\n", 2),
    "over several lines": ("a.md", "A.\n\n<!--\n  audit: ignore[trend]\n  why\n-->\nB.\n", 1),
    "a quotation": ("a.md", "> A.\n>\n> <!-- audit: ignore[trend]\n> why -->\n> B.\n", 1),
    "an item": ("a.md", f"- A\n  {C}\n  more\n", 1),
    "a cell": ("a.md", f"| a | b |\n|---|---|\n| 1 | 2 {C} |\n", 1),
    "HTML in Markdown": ("a.md", f"<p>\n{C}\nA.</p>\n", 1),
    "a heading": ("a.md", f"# A {C}\n", 1),
    "plain text": ("a.txt", f"A. {C}\n", 1),
    "no suffix": ("README", f"A. {C}\n", 1),
    "HTML": ("a.html", f"<p>A.</p>{C}<pre>B {C}</pre>", 2),
    "reStructuredText": ("a.rst", f"A.\n\n{R}\n\nB.\n", 1),
    "reStructuredText over lines": ("a.rst", "A.\n\n.. audit: ignore[trend]\n   why\n\nB.\n", 1),
    "reStructuredText in a note": ("a.rst", f".. note::\n\n   {R}\n\n   A.\n", 1),
    "reStructuredText in plain text": ("a.txt", f"{R}\n\nA.\n", 1),
    "not understood, yet meant": ("a.md", "<!-- audit: ignore trend -->\n", "ignore trend"),
    "another word, yet meant": ("a.md", "<!-- audit: disable -->\n", "disable"),
    "a fence": ("a.md", f"```\n{C}\n```\n", 0),
    "a fence of tildes": ("a.md", f"~~~html\n{C}\n~~~\n", 0),
    "a fence in an item": ("a.md", f"- A\n\n  ```\n  {C}\n  ```\n", 0),
    "a fence that is never closed": ("a.md", f"```\n{C}\n", 0),
    "indented code": ("a.md", f"A.\n\n    {C}\n", 0),
    "between backticks": ("a.md", f"A `{C}` B\n", 0),
    "between backticks, and beside them": ("a.md", f"A `{C}` B {C}\n", 1),
    "between backticks in a cell": ("a.md", f"| a |\n|---|\n| `{C}` |\n", 0),
    "after a backslash": ("a.md", f"A \\{C}\n", 0),
    "a note of the authors": ("a.md", "<!-- audit: please check this -->\n", 0),
    "about audits": ("a.md", "<!-- the audit: ignore[trend] -->\n", 0),
    "never closed": ("a.md", "<!-- audit: ignore[trend] why\n\nA.\n", 0),
    "an empty comment of ours": ("a.md", "<!-- audit: -->\n", 0),
    "reStructuredText in Markdown": ("a.md", f"{R}\n\nA.\n", 0),
    "HTML in reStructuredText": ("a.rst", f"A.\n\n{C}\n", 0),
    "a literal block": ("a.rst", f"A::\n\n    {R}\n\nB.\n", 0),
    "a code block": ("a.rst", f".. code-block:: rst\n\n   {R}\n\nB.\n", 0),
    "a directive": ("a.rst", ".. audit:: ignore[trend] why\n", 0),
    "a script": ("a.html", f"<script>x = '{C}'</script>", 0),
}


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    path, text, expected = FOUND[name]
    document = without_comments(Document(path, text))
    texts = ["ignore[trend] why"] * expected if isinstance(expected, int) else [expected]
    assert [comment.text for comment in document.comments] == texts
    blanked = list(text)
    for comment in document.comments:
        for place in range(*comment.span):
            blanked[place] = "\n" if text[place] == "\n" else " "
    assert document.text == "".join(blanked)


# Text with comments, and the text that a model reads, which is the one before they were written.
READ = {
    "before a block": (f"A.\n\n{C}\nB.\n", "A.\n\nB.\n"),
    "a paragraph of its own": (f"A.\n\n{C}\n\nB.\n", "A.\n\nB.\n"),
    "two paragraphs of their own": (f"A.\n\n{C}\n\n{C}\n\nB.\n", "A.\n\nB.\n"),
    "at the beginning": (f"{C}\nA.\n", "A.\n"),
    "at the beginning, set apart": (f"{C}\n\nA.\n", "A.\n"),
    "at the end": (f"A.\n{C}\n", "A.\n"),
    "at the end, set apart": (f"A.\n\n{C}\n", "A.\n"),
    "at the end without a line end": (f"A.\n{C}", "A."),
    "two before a block": (f"A.\n{C}\n{C}\n\nB.\n", "A.\n\nB.\n"),
    "end of a line": (f"A. {C}\nB.\n", "A.\nB.\n"),
    "end of a line, no space": (f"A.{C}\nB.\n", "A.\nB.\n"),
    "two at the end of a line": (f"A. {C} {C}\nB.\n", "A.\nB.\n"),
    "inside of a line": (f"A {C} B.\n", "A B.\n"),
    "inside of a word": (f"A{C}B.\n", "AB.\n"),
    "start of a line": (f"{C} A.\n", "A.\n"),
    "a cell": (f"| a | b |\n|---|---|\n| 1 | 2 {C} |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
    "an item": (f"- A\n  {C}\n  more\n", "- A\n  more\n"),
    "a quotation": (f"> A.\n> {C}\n> B.\n", "> A.\n> B.\n"),
    "several lines": ("A.\n\n<!-- audit: ignore[trend]\nwhy -->\nB.\n", "A.\n\nB.\n"),
    "none": ("A.\n\n\n\nB.  \n", "A.\n\n\n\nB.  \n"),
}


@pytest.mark.parametrize("name", READ)
def test_read(name: str) -> None:
    text, read = READ[name]
    document = without_comments(Document("a.md", text))
    assert document.read == read
    assert document.digest == Document("a.md", read).digest
    assert prompt.messages(document)[1] == prompt.messages(Document("a.md", read))[1]


@given(st.lists(st.sampled_from(["A is 3.", "", "", "# B", "- c", "| 1 |", "> q", "   x"]), max_size=12), st.data())
def test_a_comment_before_any_line_changes_nothing_that_is_read(lines: list[str], data: st.DataObject) -> None:
    text = "".join(f"{line}\n" for line in lines)
    at = data.draw(st.integers(0, len(lines)))
    changed = "".join(f"{line}\n" for line in [*lines[:at], C, *lines[at:]])
    document = without_comments(Document("a.md", changed))
    blank_around = (at == 0 or not lines[at - 1].strip()) and (at == len(lines) or not lines[at].strip())
    if document.comments and not blank_around:
        assert document.read == text


@given(st.text(alphabet="<!-> \n`audit:ignore[]A1.|#", max_size=200))
def test_any_text_keeps_its_places(text: str) -> None:
    document = without_comments(Document("a.md", text))
    assert len(document.text) == len(text)
    assert document.text.count("\n") == text.count("\n")


def _documents() -> list[str]:
    texts = sorted((ROOT / "tests" / "documents").glob("*.md")) + sorted((ROOT / "seeds").glob("*.txt"))
    paths = (str(path.relative_to(ROOT)) for path in texts)
    return [path for path in paths if (ROOT / "fixtures" / f"{path}.json").exists()]


@pytest.mark.parametrize("path", _documents())
def test_comments_change_no_verdict_and_ask_for_no_recording(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One before every third block, and the recording still fits and every claim is judged as before."""
    monkeypatch.chdir(ROOT)
    document = sources.read(path)
    blocks = document.text.split("\n\n")
    fences = [sum(block.count("```") for block in blocks[:place]) % 2 for place in range(len(blocks))]
    changed = "\n\n".join(
        f"{C}\n{block}"
        if place % 3 == 0 and block.strip() and not fences[place] and not block.startswith(" ")
        else block
        for place, block in enumerate(blocks)
    )
    commented = sources.decoded(path, changed.encode())
    assert commented.comments
    assert commented.digest == document.digest
    answer = Store(ROOT / "fixtures", ROOT).load(commented).answer
    before, after = (pipeline.audit(each, answer) for each in (document, commented))
    for one, other in zip(before.judgements, after.judgements, strict=True):
        assert (one.kind, one.verdict, one.quote, one.severity) == (
            other.kind,
            other.verdict,
            other.quote,
            other.severity,
        )
        if one.span is not None and other.span is not None:
            assert document.text[slice(*one.span)] == commented.text[slice(*other.span)]
