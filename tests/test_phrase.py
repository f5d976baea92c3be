"""Words are found without regard to case, and where the text has them."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import auditor
from auditor.phrase import Phrase, lowered, phrase


@pytest.mark.parametrize(
    ("pattern", "text", "written"),
    [
        ("is faster", "Ada Is Faster than Bo", "Is Faster"),
        ("is faster", "Ada is\n  FASTER than Bo", "is\n  FASTER"),
        ("is faster", "İstanbul İ: ADA IS FASTER", "IS FASTER"),  # "İ" in lower case is two code points
        ("(?<!not )faster", "Ada is FASTER", "FASTER"),
        ("(?<!not )faster", "Ada is NOT\nfaster", None),
        ("[x ]y", "x\ny", "\ny"),
        ("is faster", "Ada isfaster", None),
        ("is faster", "", None),
    ],
)
def test_a_phrase_is_found_as_the_text_writes_it(pattern: str, text: str, written: str | None) -> None:
    assert phrase(pattern).written(text) == written


@pytest.mark.parametrize("text", ["", "ADA", "İİ", "ΑΣ", "Straße ẞ", "\ud800A", "ǅ"])
def test_lower_case_moves_no_code_point(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert all(low in (c.lower(), c) or c == "Σ" for low, c in zip(lowered(text), text, strict=True))


def test_every_pattern_is_in_lower_case() -> None:
    modules = [
        import_module(found.name)
        for found in walk_packages(auditor.__path__, "auditor.")
        if "__main__" not in found.name
    ]
    held = [value for module in modules for value in vars(module).values()]
    patterns = {
        one._source
        for value in held
        for one in (value.values() if isinstance(value, dict) else [value])
        if isinstance(one, Phrase)
    }
    plain = [re.sub(r"\\[A-Z]|\(\?P<\w+>", "", pattern) for pattern in patterns]
    assert plain
    assert [pattern for pattern in plain if pattern != pattern.lower()] == []
