from __future__ import annotations

import pytest

from auditor.notation import clipped, code, inert, json_text, markup, prose, reference

INERT = {
    "": "",
    "a :: b": "a :: b",
    "std::vector": "std::vector",
    "::error::x": r"\u{3a}:error::x",
    "  ::error::x": r"  \u{3a}:error::x",
    "a\n::error::x": "a\n\\u{3a}:error::x",
    "## Heading": "## Heading",
    "## [link](x)": "## [link](x)",
    "##[error]x": r"\u{23}#[error]x",
    "a ##vso[x]": r"a \u{23}#vso[x]",
    "###[error]x": r"#\u{23}#[error]x",
}

JSON = {
    "plain": '"plain"\n',
    "Zürich \x1b\x7f\u202e\n": '"Zürich \\u001b\\u007f\\u202e\\n"\n',
    "##[error]": '"\\u0023#[error]"\n',
    "\\##[x]": '"\\\\\\u0023#[x]"\n',
    "\ud800": '"\\ud800"\n',
}

MARKUP = {
    "a < b & c > \"d\" 'e'": "a &lt; b &amp; c &gt; &quot;d&quot; &#x27;e&#x27;",
    "a\nb": "a b",
    "\x1b[31m\x00": r"\u{1b}[31m\u{0}",
    "##[error]": "&#35;#[error]",
}

CODE = {
    "": "",
    "   ": "",
    "plain words, 1.5 %": "<code>plain words, 1.5 %</code>",
    "a | b": "<code>a &#124; b</code>",
    "`x`": "<code>&#96;x&#96;</code>",
    "*a* _b_ [c](d)": "<code>&#42;a&#42; &#95;b&#95; &#91;c&#93;(d)</code>",
    "<b>&amp;</b>": "<code>&#60;b&#62;&#38;amp;&#60;/b&#62;</code>",
    "@user #1": "<code>&#64;user &#35;1</code>",
    "https://x.example www.x.example": "<code>https&#58;//x.example www&#46;x.example</code>",
    "a\nb": "<code>a b</code>",
    "a \\| b": "<code>a &#92;&#124; b</code>",
    "Zürich ≥ 精度": "<code>Zürich ≥ 精度</code>",
}

PROSE = {
    "": "",
    "if the values are right, change what it says": "if the values are right, change what it says",
    "change GRPO (14B, end) 0.55 or MEL 12 %": "change GRPO (14B, end) 0.55 or MEL 12 <code>%</code>",
    "Fine-tuning isn't “it”; don’t.": "Fine-tuning isn't “it”; don’t.",
    "ask @user or #12": "ask <code>&#64;user</code> or <code>&#35;12</code>",
    "see GH-1, owner/repo and abcdef1": "see <code>GH-1, owner/repo</code> and <code>abcdef1</code>",
    "a *b* c": "a <code>&#42;b&#42;</code> c",
    "x  y": "x y",
    ":bomb: www.x.example": "<code>&#58;bomb&#58; www&#46;x.example</code>",
    "1234567 defaced facade": "<code>1234567 defaced</code> facade",
    "~0.55 ≥ 3": "<code>&#126;0.55 ≥</code> 3",
}  # fmt: skip

REFERENCES = {
    "a.md": "a.md",
    "./docs/a b.md": "docs/a%20b.md",
    "docs/../a.md": "docs/../a.md",
    "/etc/x": "file:///etc/x",
    "//evil.example/x": "file:////evil.example/x",
    "javascript:alert(1)": "javascript%3Aalert%281%29",
    "https://evil.example": "https%3A/evil.example",
    "a?b#c%d": "a%3Fb%23c%25d",
    "Zürich.md": "Z%C3%BCrich.md",
    "\udcff.md": "%FF.md",
    "\ud801.md": "%ED%A0%81.md",  # noqa: F601  (lone surrogates look alike to the linter)
    "a\nb": "a%0Ab",
}


@pytest.mark.parametrize("text", INERT)
def test_inert(text: str) -> None:
    assert inert(text) == INERT[text]


@pytest.mark.parametrize("text", JSON)
def test_json(text: str) -> None:
    assert json_text(text, unicode=True) == JSON[text]


@pytest.mark.parametrize("text", MARKUP)
def test_markup(text: str) -> None:
    assert markup(text) == MARKUP[text]


@pytest.mark.parametrize("text", CODE)
def test_code(text: str) -> None:
    assert code(text) == CODE[text]


@pytest.mark.parametrize("text", PROSE)
def test_prose(text: str) -> None:
    assert prose(text) == PROSE[text]


@pytest.mark.parametrize("path", REFERENCES)
def test_reference(path: str) -> None:
    assert reference(path) == REFERENCES[path]


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), ("12345678", "12345678"), ("123456789", "123456 … 89"), ("x" * 99, "xxxxxx … xx")]
)
def test_clipped(text: str, expected: str) -> None:
    assert clipped(text, 8) == expected
