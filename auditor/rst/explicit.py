"""explicit: what begins with "..": comments, targets, notes and directives, and which of them a reader is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditor.rst.line import Line

EXPLICIT = re.compile(r"\.\.(?:[ ]+|$)")
"""What explicit markup begins with."""
TARGET = re.compile(r"_[^:\n]*:|__|\|[^|\n]+\|\s")
"""What makes it a target of links, or a substitution."""
NOTE = re.compile(r"\[([^\]\s]{1,40})\]\s")
"""What makes it a footnote."""
_DIRECTIVE = re.compile(r"([A-Za-z][\w.:+-]*?)::(?:[ ]+|$)")
_OPTION = re.compile(r"[ ]*:([^:\n`]+):(?:[ ]+|$)")

CODE = {"code", "code-block", "sourcecode", "parsed-literal", "doctest", "testcode", "testoutput", "math", "prompt"}
"""Directives whose content is shown line by line."""
_UNSHOWN = {
    "class", "contents", "currentmodule", "default-role", "graphviz", "highlight", "image", "include", "index",
    "literalinclude", "mermaid", "meta", "module", "plantuml", "raw", "role", "sectnum", "section-numbering", "tabularcolumns",
    "target-notes", "toctree",
}  # fmt: skip


class Directive(NamedTuple):
    """A directive, by the places of its parts."""

    name: str
    argument: tuple[int, int]
    """What stands behind its name, and on the next lines up to an option or a blank line."""
    options: Mapping[str, tuple[int, int]]
    content: int
    """The number of the line at which its content begins."""


def directive(source: str, lines: Sequence[Line], number: int, after: int) -> Directive | None:
    """The directive that begins with one line and ends before another; None where it is something else."""
    line = lines[number]
    explicit = EXPLICIT.match(source, line.text_start, line.end)
    match = explicit and _DIRECTIVE.match(source, explicit.end(), line.end)
    if not match:
        return None
    number += 1
    end = line.end
    if match.end() < end:
        while number < after and not lines[number].is_blank and not _option(source, lines[number]):
            end = lines[number].end
            number += 1
    options = {}
    while number < after and (option := _option(source, lines[number])):
        first = last = lines[number]
        number += 1
        while number < after and not lines[number].is_blank and lines[number].indent > first.indent:
            last = lines[number]
            number += 1
        options[option[1]] = (option.end(), last.end)
    return Directive(match[1].lower(), (match.end(), end), options, number)


def _option(source: str, line: Line) -> re.Match[str] | None:
    return _OPTION.match(source, line.start, line.end)


def is_unshown(name: str) -> bool:
    """Whether a directive of this name shows nothing that is said in the document itself."""
    return name in _UNSHOWN or name.startswith("auto")


def is_hidden(source: str, start: int, end: int) -> bool:
    """Whether a line is the first of explicit markup that shows nothing: a comment, a target, most directives."""
    explicit = EXPLICIT.match(source, start, end)
    if explicit is None or NOTE.match(source, explicit.end()):
        return False
    match = _DIRECTIVE.match(source, explicit.end(), end)
    return match is None or is_unshown(match[1].lower())


def header_rows(source: str, directive: Directive) -> int:
    """How many rows of a table's content are its header."""
    written = source[slice(*directive.options.get("header-rows", (0, 0)))].strip()
    return int(written) if re.fullmatch("[0-9]{1,4}", written) else 0
