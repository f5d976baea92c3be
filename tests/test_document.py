"""What the sentences of a document are: prose may be wrapped, code may not."""

from __future__ import annotations

import pytest

from auditor.document import Document

SENTENCES = [
    ("wrapped prose", "It took\n3 s. It is\nfast.", ["It took\n3 s.", "It is\nfast."]),
    ("code", "Ran it:\n\n```\nreal 0m1s\nuser 0m2s\n$ next\n```\nIt is\nfast.", [
        "Ran it:", "```", "real 0m1s", "user 0m2s", "$ next", "```", "It is\nfast.",
    ]),
    ("code with its language", "```console\na b\nc d\n```", ["```console", "a b", "c d", "```"]),
    ("code in tildes, with backticks inside", "~~~\na b\n```\nc d\n~~~\ne f\ng h", [
        "~~~", "a b", "```", "c d", "~~~", "e f\ng h",
    ]),
    ("code that never ends", "```\na b\nc d", ["```", "a b", "c d"]),
    ("code in an item", "- one\n  ```\n  a b\n  c d\n  ```", ["- one", "```", "a b", "c d", "```"]),
    ("code within a line", "It is ```so\nfast``` that\nit flies.", ["It is ```so\nfast``` that\nit flies."]),
    ("a line that begins with code", "```fast``` is\nwhat it is.", ["```fast``` is\nwhat it is."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in SENTENCES])
def test_prose_may_be_wrapped_and_code_may_not(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in Document("case.md", text).sentences] == expected
