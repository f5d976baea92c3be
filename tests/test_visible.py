from __future__ import annotations

import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import formats
from auditor.formats import RenderOptions, Show
from auditor.notation import inert
from auditor.visible import visible
from tests.payloads import PAYLOADS, everywhere

CASES = {
    "": "",
    "plain ASCII, 12 %": "plain ASCII, 12 %",
    "Zürich 精度 Ἀθῆναι e\u0301 שלום مرحبا": "Zürich 精度 Ἀθῆναι e\u0301 שלום مرحبا",
    "≥ ≤ − × “quoted” … \u00a0 ½ 10² ✘ 😀 🇫🇷": "≥ ≤ − × “quoted” … \u00a0 ½ 10² ✘ 😀 🇫🇷",
    "\x1b[31mred": r"\u{1b}[31mred",
    "\x00\x07\x08\x7f\x9b": r"\u{0}\u{7}\u{8}\u{7f}\u{9b}",
    "\x0b\x0c\r\x85": r"\u{b}\u{c}\u{d}\u{85}",
    "a\nb\tc": r"a\u{a}b\u{9}c",
    "\u202eevil\u2066": r"\u{202e}evil\u{2066}",
    "a\u200bb\u2060c\ufeff\u00ad\u034f": r"a\u{200b}b\u{2060}c\u{feff}\u{ad}\u{34f}",
    "👩\u200d💻 ⚠\ufe0f": r"👩\u{200d}💻 ⚠\u{fe0f}",
    "\U000e0041\U000e0100": r"\u{e0041}\u{e0100}",
    "\ud800 \udcff": r"\u{d800} \u{dcff}",
    "\ue000\U000f0000\U0010ffff": r"\u{e000}\u{f0000}\u{10ffff}",
    "\u2028\u2029": r"\u{2028}\u{2029}",
    "ㅤ\u115f\u1160\uffa0": r"\u{3164}\u{115f}\u{1160}\u{ffa0}",
    "[red]no[/red] :bomb: \\u{1b}": "[red]no[/red] :bomb: \\u{1b}",
}  # fmt: skip

PROSE = {
    "a\nb": "a b",
    "a \n\t b": "a  b",
    "a\r\nb": r"a\u{d} b",
    "a\u2028b\x0b": r"a\u{2028}b\u{b}",
    "\n": " ",
    "\x1b\n\x1b": r"\u{1b} \u{1b}",
}


@pytest.mark.parametrize("text", CASES)
def test_writes_out_what_is_unseen(text: str) -> None:
    assert visible(text) == CASES[text]


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_one_line(text: str) -> None:
    assert visible(text, prose=True) == PROSE[text]


@given(st.text())
def test_is_idempotent_and_loses_nothing(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    if r"\u{" not in text:
        assert re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown) == text


# Format characters that print: signs that enclose Arabic and Kaithi numbers, and Egyptian ones are layout.
_PRINTED_CF = frozenset({*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD})
# Unicode's Default_Ignorable_Code_Point among letters and marks, which the categories do not tell.
_IGNORABLE = frozenset(
    {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x3164, 0xFFA0, *range(0x180B, 0x180E), *range(0xFE00, 0xFE10)}
    | set(range(0xE0100, 0xE01F0))
)


def test_covers_unicode() -> None:
    wrong = []
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category == "Cn":
            continue  # what later versions of Unicode will put there is for them to say
        unseen = code in _IGNORABLE or (category in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and code not in _PRINTED_CF)
        if (visible(chr(code)) != chr(code)) is not unseen and not 0x13430 <= code <= 0x1345F:
            wrong.append((hex(code), category))
    assert wrong == []


# -- payloads, in every format --------------------------------------------------------------------------------

_OWN_CODES = re.compile(r"\x1b\[(?:0|1|2|31|32|33|1;31|1;33|1;35)m")
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U0010ffff]"
)


def test_payloads_are_many() -> None:
    assert len(PAYLOADS) > 200


@pytest.mark.parametrize("name", formats.names())
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [40, 150])
def test_no_payload_has_an_effect(name: str, colour: bool, width: int) -> None:  # noqa: FBT001
    for payload in PAYLOADS:
        report = everywhere(payload)
        for unicode in (True, False):
            options = RenderOptions(width=width, colour=colour, unicode=unicode, show=Show.ALL, coverage=True)
            text = formats.render(name, report, options)
            bare = _OWN_CODES.sub("", text) if colour else text
            assert (payload, _FORBIDDEN.search(bare)) == (payload, None)
            assert text.isascii() or unicode
            text.encode("utf-8")


def test_the_table_shows_every_payload_as_it_is_written() -> None:
    for payload in PAYLOADS:
        text = formats.render("table", everywhere(payload), RenderOptions(width=75))
        lines = [line.strip() for line in text.split("\n")]
        shown = inert(" ".join(visible(payload, prose=True).split()))
        # Three quotes, three computations and two notes have a line of their own.
        expected = 8 if len(shown) < 70 else 0
        assert (payload, lines.count(shown)) == (payload, expected)


def test_json_gives_every_payload_back() -> None:
    for payload in PAYLOADS:
        for unicode in (True, False):
            text = formats.render("json", everywhere(payload), RenderOptions(unicode=unicode))
            audited, not_audited = json.loads(text)["documents"]
            assert audited["path"] == audited["model"] == not_audited["error"]["hint"] == payload
            assert {judgement["quote"] for judgement in audited["judgements"]} == {payload}
            assert [entry["text"] for entry in audited["coverage"]["entries"]] == [payload, payload]
