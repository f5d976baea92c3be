"""Tests of filename: any text has a name of its own, and the name is one everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.files.filename import safe

NAMES = {
    "7": "7",
    "row-0017_b.2": "row-0017_b.2",
    "A": "a~559aead08264d579",
    "a/b": "a-b~c14cddc033f64b9d",
    "../../etc/passwd": "etc-passwd~3754d6cb3a38e118",
    "con": "con~",
    "nul.txt": "nul.txt~",
    "console": "console",
    "a.": "a~",
    ".hidden": "hidden~",
    "": "~",
    "Zürich #7": "z-rich-7~",
    "x" * 81: "x" * 40 + "~",
}


@pytest.mark.parametrize("text", NAMES)
def test_names(text: str) -> None:
    assert safe(text) == NAMES[text] or (NAMES[text].endswith("~") and safe(text)[:-16] == NAMES[text])


@given(st.text())
def test_a_name_is_safe(text: str) -> None:
    name = safe(text)
    assert re.fullmatch(r"[a-z0-9~][a-z0-9._~-]{0,79}", name)
    assert not name.endswith(".")


@given(st.text(), st.text())
def test_two_texts_have_two_names(one: str, other: str) -> None:
    assert (safe(one) == safe(other)) is (one == other)


@given(st.text(alphabet="aA.~-", max_size=6), st.text(alphabet="aA.~-", max_size=6))
def test_two_texts_have_two_names_even_where_case_does_not_count(one: str, other: str) -> None:
    assert (safe(one).lower() == safe(other).lower()) is (one == other)


@given(st.text())
def test_no_text_has_the_name_made_up_for_another(text: str) -> None:
    name = safe(text)
    assert safe(name) == name if name == text else safe(name) != name
