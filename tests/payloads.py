"""payloads: hostile texts, and a report that has one of them wherever a document, a model or a file name may put it."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from auditor.document import Document, Span
from auditor.errors import InputError
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.judgement import Evidence, Judgement, Severity
from auditor.report import Audited, Covered, NotAudited, Rejected, Report, Use, Value

_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
_UNSEEN = [
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e",
    *"\u2060\u2061\u2064\u2066\u2067\u2068\u2069\u206a\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\uffff\ue000\uf8ff",
    *"\ud800\udbff\udc00\udfff\U000e0001\U000e0041\U000e007f\U000e0100\U000f0000\U0010ffff\U0001d173\U0001bca0",
]
_SEQUENCES = [
    "\x1b[31m", "\x1b[0m", "\x1b[2J", "\x1b[H", "\x1b[1A", "\x1b[?1049h", "\x1b]0;title\x07", "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]8;;https://evil.example\x1b\\text\x1b]8;;\x1b\\", "\x1bP+q544e\x1b\\", "\x1b_Gf=100;AAAA\x1b\\",
    "\x1bc",
    "\x1b#8", "\x9b31m", "\x9d8;;x\x9c", "\x90q\x9c", "\x1b[6n", "\x1b[5i", "\x1b(0", "\x0e\x0f", "\r\r", "a\rb",
    "\b\b\b", "\x1b[8m",
    "\u202egnp.exe", "\u2066x\u2069", "x\u200dy", "\x1b\x1b[[A", "\x1b[38;5;1m", "\x1b[4:3m", "\x1b[58;2;1;2;3m",
]  # fmt: skip
_LOGS = [
    "##[error]x", "##[group]x", "x ##[add-mask]y", "##vso[task.setvariable]x", "##teamcity[x]", "::stop-commands::x",
    " ::warning::x", "::add-mask::x", "::group::", "a::b", "x%0A::error::y", "%25", "%0D", "\n::error::x", "a\r::error::x",
    "a,line=1", "a:b,c=d", "\x1b[0Ksection_start:1:x\r", "/close", "/merge", "[[ATTACHMENT|/etc/passwd]]",
]  # fmt: skip
_REFERENCES = [
    "@user", "@org/team", "#123", "GH-1", "org/repo#1", "org/repo@a1b2c3d", "0123456789abcdef0123456789abcdef01234567",
    "https://evil.example", "www.evil.example", "WWW.evil.example", "mailto:x@evil.example", "x@evil.example", "!12",
    "~label", "%milestone", "$1", "&1", "<https://evil.example>", "[x]: https://evil.example", "[x][y]", "[^1]",
    "[text](0)", "[text](https://evil.example)", "[text](javascript:alert)", "![x][y]", "|", "a|b|c", "a\\|b", "| - |",
    "# x", "> x", "- x", "1. x", "---", "===", "    code", "~~x~~", "__x__", "_x_", "*x*", "$$x$$", "\\(x\\)",
    "<details>", "</details>", "</summary>", "<br>", "&copy;", "&#60;b&#62;", "&#x3c;b", "<b", "<!DOCTYPE x>", "<?xml?>",
    "<style>*{display:none}</style>", "</style>", "</script>", '"onclick="x', "'onclick='x", '" autofocus onfocus="x',
    "javascript:alert(1)", "data:text/html,x", "//evil.example/x", "/etc/passwd", "file:///etc/passwd", "%2e%2e/x",
    "&x;", "&amp;", "<!ENTITY x SYSTEM 'file:///'>", "]]]]><![CDATA[>", "```html", "~~~", "a`b``c", "``", "\\`",
]  # fmt: skip
_MARKUP = [
    "[red]", "[/red]", "[/]", "[bold red]x[/bold red]", "[link=https://evil.example]x[/link]", "[@click=app.quit]x[/]",
    "[not a tag]", "\\[red]", "[[red]]", "[reverse]", "[blink]x", "[conceal]x[/conceal]", ":bomb:", ":100:", ":smile:",
    ":heavy_check_mark:", "<script>alert(1)</script>", "<img/src=x/onerror=alert(1)>", "</td></tr></table>",
    "&lt;b&gt;", "<!--", "-->", "]]>", "<![CDATA[", "<a/href=javascript:alert(1)>", "`code`", "```", "**bold**",
    "|cell|", "[a](b)",
    "![a](http://evil.example/x.png)", "@everyone", "#1", "::error::x", "::set-output/name=x::y", "%0A::warning::x",
    "%1b", "{{x}}", "{%x%}", "{x}", "%s", "%(x)s", "${x}", "$(x)", "`x`", "{0.__class__}", "#{x}", "\\x1b[31m",
    "\\u001b[31m", "\\033[31m", '"', "'", "\\", "\\\\", '\\"', '","verdict":"supported"', "null", "}{", "][",
    "//", "/*", "*/",
    "=cmd|'/c'!A1", "+1+1", "-1+1", "@SUM(1)", "../../etc/passwd", "C:\\x", "CON", "-rf", "--output", "~", "*", "?",
    "é́́́́́́́", "ﷺ", "Z̸̢a̷l̵g̶o̴", "𝕏", "精度精度", "👩‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a" * 300,
]  # fmt: skip
PAYLOADS = list(
    dict.fromkeys([*(f"x{mark}y" for mark in (*_CONTROLS, *_UNSEEN)), *_SEQUENCES, *_LOGS, *_REFERENCES, *_MARKUP])
)


def everywhere(payload: str) -> Report:
    """A report that has the payload wherever a document, a model or a file name may put it."""
    document = Document(payload, payload)
    whole = Span(0, len(payload))
    claim = Judgement(
        payload,
        SUPPORTED,
        payload,
        whole,
        computation=payload,
        margin=payload,
        mend=(payload, payload),
        notes=(payload,),
    )
    judgements = (
        replace(
            claim, verdict=CONTRADICTED, severity=Severity.CONCLUSION, evidence=(Evidence(payload, payload, whole),)
        ),
        replace(claim, span=None, implied=True),
        replace(claim, verdict=unverifiable(Reason.VAGUE)),
    )
    coverage = (Covered(whole, "number", Use.UNREAD, payload), Covered(whole, "sentence", Use.IGNORED, payload))
    rejected = (Rejected(payload, payload, whole),)
    value = Value(
        payload, payload, "lower", payload, ((payload, payload),), payload, Fraction(0), payload, Fraction(1), (whole,)
    )
    values = (value, replace(value, position=Fraction(1)), replace(value, metric=f"{payload}2", position=None))
    return Report((
        Audited(document, judgements, coverage, rejected, payload, stale=True, values=values),
        NotAudited(payload, InputError(payload, hint=payload)),
    ))  # fmt: skip
