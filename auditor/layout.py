"""layout: lines of styled text that keep to a width in terminal cells.

Words, cells and columns are laid out here rather than by a general table, which takes
minutes where a report has a hundred thousand rows. Text is plain string all the way:
nothing in it is ever read as markup, as a link or as the name of an emoji.
"""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Piece(NamedTuple):
    """A stretch of a line in one style."""

    text: str
    style: str = ""
    """In rich's words, such as "bold red"; empty for none."""


Line = tuple[Piece, ...]


class Column(NamedTuple):
    """Lines that stand one below the other beside other columns."""

    lines: Sequence[Line]
    width: int


def cells(text: str) -> int:
    """How many terminal columns the text takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` cells, broken at spaces and inside of words that are too long."""
    line, used = "", 0
    for whole in text.split(" "):
        word, size = whole, cells(whole)
        if not word:
            continue
        if used and used + 1 + size > width:
            yield line
            line, used = "", 0
        while size > width:
            fits = _fitting(word, width)
            yield word[:fits]
            word = word[fits:]
            size = cells(word)
        line, used = (f"{line} {word}", used + 1 + size) if used else (word, size)
    if line:
        yield line


def clipped(text: str, width: int, lines: int, ellipsis: str) -> list[str]:
    """The text wrapped, and where it takes more lines than it may: its beginning and, after an ellipsis, its end."""
    taken = list(islice(wrapped(text, width), lines + 1))
    if len(taken) <= lines:
        return taken
    room = width - cells(ellipsis) - 1
    end: list[str] = []
    for word in reversed(text[-4 * width :].split(" ")):
        room -= cells(word) + bool(end)
        if room < 0:
            break
        end.append(word)
    return [*taken[: lines - 1], " ".join([ellipsis, *reversed(end)])]


def hanging(lead: Line, texts: Iterable[Piece], *, indent: Line = ()) -> list[Line]:
    """Lines of text after an indent and a lead, in place of which the second and later ones have blanks."""
    blank = (Piece(" " * sum(cells(piece.text) for piece in lead)),)
    return [(*indent, *(lead if place == 0 else blank), text) for place, text in enumerate(texts)]


def flowed(groups: Iterable[Line], width: int, gap: str = " ", indent: str = "") -> list[Line]:
    """Groups of pieces one after the other, each line filled as far as whole groups go."""
    lines: list[list[Piece]] = []
    used = 0
    for group in groups:
        size = sum(cells(piece.text) for piece in group)
        if lines and used + len(gap) + size <= width:
            lines[-1] += [Piece(gap), *group]
            used += len(gap) + size
        else:
            lines.append([Piece(indent), *group] if lines else list(group))
            used = size + (len(indent) if len(lines) > 1 else 0)
    return [tuple(line) for line in lines]


def beside(columns: Sequence[Column], gap: str = "  ") -> list[Line]:
    """Columns side by side, each line padded up to the next column that has something there."""
    rows = []
    for parts in zip_longest(*(column.lines for column in columns), fillvalue=()):
        row: list[Piece] = []
        missing = 0
        for part, column in zip(parts, columns, strict=True):
            if part:
                row += [Piece(" " * missing), *part] if missing else part
                missing = 0
            missing += column.width - sum(cells(piece.text) for piece in part) + len(gap)
        rows.append(tuple(row))
    return rows


def painted(line: Line, *, colour: bool) -> str:
    """The line as a string, with escape codes for its styles where colour is wanted."""
    if not colour:
        return "".join(piece.text for piece in line).rstrip(" ")
    from rich.color import ColorSystem  # noqa: PLC0415  a pipe has no colours
    from rich.style import Style  # noqa: PLC0415  likewise

    return "".join(
        Style.parse(piece.style).render(piece.text, color_system=ColorSystem.STANDARD) if piece.style else piece.text
        for piece in line
    )


def _fitting(word: str, width: int) -> int:
    """How many characters of a word fit into a width; at least one, and marks stay with their letter."""
    used = 0
    for place, character in enumerate(word):
        used += get_character_cell_size(character)
        if used > width and place:
            return place
    return len(word)
