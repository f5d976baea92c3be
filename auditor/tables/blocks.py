"""blocks: where the paragraphs, headings, code and pipe tables of a Markdown text stand.

markdown-it-py finds them, inside list items and block quotes too; only its block pass runs, and its table rule is
replaced by one that notes lines instead of making three tokens a cell. It is imported when a text can hold a table.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from auditor.document import Span
from auditor.tables.aligned import holds_drawing

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from auditor.document import Document

BlockKind = Literal["heading", "paragraph", "code", "html", "table"]


class Block(NamedTuple):
    """A block of the text that holds no other."""

    kind: BlockKind
    span: Span
    lines: tuple[Span, ...] = ()
    """The content of each line: the rows of a table, or what a fence holds."""
    info: str = ""
    """What stands behind an opening fence."""
    closed: bool = True
    """False for a fence that goes on to the end of the text."""


_CAN_HOLD_TABLE = re.compile(
    r"^(?=[^\n]*\|)(?=[^\n]*-)[-:| \t>*+0-9.)]++$|<table\b"
    r"|^[ \t>*+\-0-9.)]*+(?:```|~~~)[ \t]*\{?\.?(?:csv|tsv)\b",
    re.IGNORECASE | re.MULTILINE,
)
_CONTAINER_SIGNS = " \t>"


def can_hold_table(text: str) -> bool:
    """Whether a table is possible at all that is no drawing; cheap."""
    return ("|" in text or "<" in text or "sv" in text) and _CAN_HOLD_TABLE.search(text) is not None


def may_hold_tables(document: Document) -> bool:
    """Whether a document is worth looking for tables in: by its name, or by what stands in it."""
    return (
        document.path.lower().endswith((".csv", ".tsv"))
        or can_hold_table(document.text)
        or holds_drawing(document.text)
    )


def blocks_of(document: Document) -> tuple[Block, ...]:
    """The blocks in order."""
    text = document.text
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    found = []
    for token in _parser().parse(text):
        if token.map is None or token.type not in _KINDS:
            continue
        first, last = token.map
        while last > first + 1 and not text[starts[last - 1] : starts[last] - 1].strip(_CONTAINER_SIGNS):
            last -= 1
        begin, end = starts[first], min(starts[last] - 1, len(text))
        while begin < end and text[begin] in _CONTAINER_SIGNS:
            begin += 1
        kind = _KINDS[token.type]
        lines = tuple(Span(*line) for line in token.meta["lines"]) if kind == "table" else ()
        closed = True
        if token.type == "fence":
            lines, closed = _fenced(text, starts, token)
        found.append(Block(kind, Span(begin, end), lines, token.info.strip(), closed))
    return tuple(found)


_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "table": "table",
}


def _fenced(text: str, starts: list[int], token: Token) -> tuple[tuple[Span, ...], bool]:
    """The lines inside a fence, and whether it is closed or ended by what it stands in."""
    first, last = token.map or (0, 0)
    contents = token.content.split("\n")[:-1] if token.content else []
    closed = last - first - 1 > len(contents) or last < len(starts) - 1 - text.endswith("\n")
    lines = []
    for number, content in enumerate(contents, first + 1):
        end = min(starts[number + 1] - 1, len(text))
        start = max(end - len(content), starts[number])
        lines.append(Span(start, end))
    return tuple(lines), closed


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  (costs more than most audits need)
    from markdown_it.rules_block import table as finds_header  # noqa: PLC0415

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        """A pipe table as one token that carries the places of its lines."""
        if not finds_header(state, start, end, True):
            return False
        if silent:
            return True
        stops = state.md.block.ruler.getRules("blockquote")
        outer, state.parentType = state.parentType, "table"
        line = start + 2
        while line < end and state.sCount[line] >= state.blkIndent and not state.is_code_block(line):
            if state.isEmpty(line) or any(stop(state, line, end, True) for stop in stops):
                break
            line += 1
        token = state.push("table", "", 0)
        token.map = [start, line]
        token.meta = {"lines": [(state.bMarks[at] + state.tShift[at], state.eMarks[at]) for at in range(start, line)]}
        state.parentType = outer
        state.line = line
        return True

    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.disable("reference")
    parser.core.ruler.enableOnly(["block"])
    return parser
