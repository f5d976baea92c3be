"""Changes that mean nothing: no verdict changes, and where the text is the same no byte of the report."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from auditor.formats import RenderOptions, render
from auditor.pipeline import audit
from auditor.report import Report
from auditor.sources import read
from tests.mutation import ROOT, Read, recorded, replaced, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.document import Document

CASES = [*recorded(), *written()[::20]]
_COMMA = re.compile(r"(?<=\d),(?=\d{3}\b)")
_DIGITS = re.compile(r"(?<![\d.,])\d{5,7}(?![\d.,])")


def report(document: Document, answer: str, *, form: str = "json", width: int = 80) -> str:
    return render(form, Report((audit(document, answer),)), RenderOptions(width=width))


def verdicts(case: Read) -> list[tuple[str, str, str | None]]:
    """What became of each claim, in the order of the reading."""
    return [(j.kind, j.verdict.name, j.verdict.reason) for _, j in sorted(case.stated.items())]


def _everywhere(case: Read, change: Callable[[str], str]) -> Read:
    """The case with a change in its text and in every quote and number of the reading."""

    def changed(item: Any, key: str = "") -> Any:  # noqa: ANN401  (whatever JSON holds)
        match item:
            case dict():
                return {key: changed(entry, key) for key, entry in item.items()}
            case list():
                return [changed(entry, key) for entry in item]
            case str() if key in {"quote", "written", "size", "bound", "number", "level"}:
                return change(item)
            case _:
                return item

    return Read(case.name, change(case.text), changed(case.answer))


# -- changes of the text -----------------------------------------------------------------------------


def _wide(text: str) -> str:
    return re.sub(r"(?<=[^\s.:!?|*-]) (?=[^\s|*-])", "  ", text).replace("\n", " \n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_more_white_space(case: Read) -> None:
    wide = Read(case.name, _wide(case.text), case.answer)
    assert verdicts(wide) == verdicts(case)


@pytest.mark.parametrize("case", [c for c in CASES if _COMMA.search(c.text)], ids=lambda case: case.name)
def test_thousands_without_separators(case: Read) -> None:
    plain = _everywhere(case, lambda text: _COMMA.sub("", text))
    assert verdicts(plain) == verdicts(case)


@pytest.mark.parametrize("case", [c for c in CASES if _DIGITS.search(c.text)], ids=lambda case: case.name)
def test_thousands_with_separators(case: Read) -> None:
    grouped = _everywhere(case, lambda text: _DIGITS.sub(lambda digits: f"{int(digits[0]):,}", text))
    assert verdicts(grouped) == verdicts(case)


def _sections(text: str) -> list[str]:
    return [part for part in re.split(r"(?m)^(?=### )", text) if part]


@pytest.mark.parametrize("case", [c for c in recorded() if len(_sections(c.text)) > 2], ids=lambda case: case.name)
def test_the_last_section_first(case: Read) -> None:
    first, *sections = _sections(case.text)
    turned = Read(
        case.name, "".join([first.rstrip("\n") + "\n", sections[-1].rstrip("\n") + "\n", *sections[:-1]]), case.answer
    )
    assert verdicts(turned) == verdicts(case)


# -- changes of the file -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", recorded(), ids=lambda case: case.name)
@pytest.mark.parametrize(
    "change",
    [lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data],
    ids=["CRLF", "byte order mark"],
)
def test_the_bytes_of_the_file(case: Read, change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "case.txt"
    file.write_bytes(case.text.encode())
    plain = report(read(str(file)), case.json)
    file.write_bytes(change(case.text.encode()))
    assert report(read(str(file)), case.json) == plain


# -- changes of the answer ---------------------------------------------------------------------------


def _reordered(item: Any) -> Any:  # noqa: ANN401  (whatever JSON holds)
    match item:
        case dict():
            return {key: _reordered(item[key]) for key in reversed(item)}
        case list():
            return [_reordered(entry) for entry in item]
        case _:
            return item


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_order_of_keys_and_the_layout_of_the_answer(case: Read) -> None:
    answer = json.dumps(_reordered(case.answer), ensure_ascii=True, indent=4)
    assert report(case.document, answer) == report(case.document, case.json)


def _is_told_apart_by_order(case: Read) -> bool:
    """Whether two values, or two claims, quote the same words, so that their order says which is which."""
    return any(
        len({item["quote"] for item in case.answer[part]}) < len(case.answer[part]) for part in ("values", "claims")
    )


@pytest.mark.parametrize("part", ["metrics", "subjects", "values", "claims"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_order_of_a_list(case: Read, part: str) -> None:
    answer = {**case.answer, part: case.answer[part][::-1]}
    turned = Read(case.name, case.text, answer)
    if part == "claims":
        assert verdicts(turned)[::-1] == verdicts(case)
    else:
        assert verdicts(turned) == verdicts(case)
    if not _is_told_apart_by_order(case):
        assert report(case.document, turned.json) == report(case.document, case.json)


# -- changes of the surroundings ---------------------------------------------------------------------


@pytest.mark.parametrize("case", recorded(), ids=lambda case: case.name)
def test_the_width_of_the_terminal(case: Read) -> None:
    words = re.compile(r"CONTRADICTED|unverifiable|supported")
    shown = [words.findall(report(case.document, case.json, form="table", width=width)) for width in (80, 100, 140)]
    assert shown[0] == shown[1] == shown[2]
    assert report(case.document, case.json, width=40) == report(case.document, case.json, width=200)


_PRINT_ALL = "from tests.test_invariance import *\nfor case in CASES[:40]: print(report(case.document, case.json))"
_SURROUNDINGS = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"},
    {"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "1", "COLUMNS": "31"},
]


def test_hash_seed_locale_and_time_zone() -> None:
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHONHASH"))}
    printed = {
        subprocess.run(
            [sys.executable, "-c", _PRINT_ALL], cwd=ROOT, env={**plain, **more}, capture_output=True, check=True
        ).stdout
        for more in _SURROUNDINGS
    }
    assert len(printed) == 1


def test_a_change_replaces_the_same_stretch_in_text_and_quotes() -> None:
    case = next(case for case in written() if case.name == "comparison example 0")
    span = case.grounded.facts.mentions[0].span
    changed = replaced(case, {span: "43 s"}, "changed")
    value = changed.answer["values"][0]
    assert (changed.text[span.start : span.start + 4], value["written"], value["quote"]) == ("43 s", "43 s", "43 s")
