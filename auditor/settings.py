"""settings: what may be configured, each setting with its type, its meaning and an example.

The configuration is validated by this list, and the page about it is made from it.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import allowances, vocabulary
from auditor.mistake import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable


_WIDTH = 80


class Setting(Struct, frozen=True):
    """One thing that may be configured."""

    key: str
    type: str
    """In words, for the page."""
    default: str
    """What holds where it is left out, in words."""
    meaning: str
    """What it does, in a sentence or two."""
    example: str
    """A line or two of TOML."""
    check: Callable[[object], None]
    """Raises Mistake where a value is none for it."""


def _text(example: str) -> Callable[[object], None]:
    def check(value: object) -> None:
        if not isinstance(value, str) or not value.strip():
            message = "is not a string with something in it"
            raise Mistake(message, f"write it as {example}")

    return check


def _format(value: object) -> None:
    from auditor import formats  # noqa: PLC0415  the formats are above; only their names are asked for

    _text('format = "..."')(value)
    if value not in formats.names():
        message = f"is {value!r}, and there is no such format"
        raise Mistake(message, vocabulary.correction(str(value), formats.names(), "formats"))


def _strings(example: str) -> Callable[[object], None]:
    def check(value: object) -> None:
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
            message = "is not a list of strings with something in them"
            raise Mistake(message, f"write it as {example}")

    return check


def _flag(value: object) -> None:
    if not isinstance(value, bool):
        message = "is neither true nor false"
        raise Mistake(message, "write true or false, without quotation marks")


def _names(value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        message = "is not a list of names"
        raise Mistake(message, 'write it as ["comparison", "missing-value"]')
    wrong = vocabulary.unknown(value)
    if wrong is not None:
        message = f"names {wrong!r}, which is no kind of claim, reason or severity"
        raise Mistake(message, vocabulary.correction(wrong))


def _names_of_files(value: object) -> None:
    if not isinstance(value, dict):
        message = "is not a table of patterns"
        raise Mistake(message, 'write it as per-file-ignores = { "docs/*.md" = ["comparison"] }')
    for pattern, names in value.items():
        if not pattern.removeprefix("!"):
            message = "has an empty pattern"
            raise Mistake(message, 'name files, such as "docs/*.md"', pattern)
        try:
            _names(names)
        except Mistake as error:
            raise Mistake(str(error), error.hint, pattern) from error


SETTINGS = (
    Setting(
        "baseline",
        "path",
        "no baseline",
        "The file of findings that are accepted, from the configuration's folder; `--baseline` names another.",
        'baseline = "audit-baseline.json"',
        _text('baseline = "audit-baseline.json"'),
    ),
    Setting(
        "base-url",
        "string",
        "OpenAI's",
        "The OpenAI-compatible server to ask. A project may only name one on this machine: others are to be named with "
        "`--base-url` or `OPENAI_BASE_URL`, by the user whose key is sent there.",
        'base-url = "http://localhost:8000/v1"',
        _text('base-url = "..."'),
    ),
    Setting(
        "exclude",
        "list of patterns",
        "nothing",
        "What is left out of folders, as in a `.gitignore` beside the configuration.",
        'exclude = ["/build/", "*.log.md"]',
        _strings('exclude = ["/build/", "*.log.md"]'),
    ),
    Setting(
        "format",
        "name of a format",
        "table",
        "The form of the report where `--format` names none.",
        'format = "concise"',
        _format,
    ),
    Setting(
        "id-column",
        "string",
        "the number of the row",
        "The column of a data set that tells its rows apart; `--id-column` names another.",
        'id-column = "id"',
        _text('id-column = "id"'),
    ),
    Setting(
        "ignore",
        "list of names",
        "nothing",
        "Kinds, reasons and severities that do not count; `--ignore` replaces the list.",
        'ignore = ["presentation", "bold-best"]',
        _names,
    ),
    Setting(
        "model",
        "string",
        "none",
        "The model to ask where there is no recording.",
        'model = "gpt-5.1"',
        _text('model = "..."'),
    ),
    Setting(
        "per-file-ignores",
        "table of lists of names",
        "nothing",
        "What does not count in some files. A pattern is held against the path from the configuration's folder and "
        "against the file's name; `*` stands for anything, slashes too, and a pattern after `!` is for all other files.",
        'per-file-ignores = { "docs/*.md" = ["comparison"], "!README.md" = ["magnitude"] }',
        _names_of_files,
    ),
    Setting(
        "recordings",
        "folder",
        "`.audit` beside each document",
        "The folder of the recordings, below that of the configuration, which it mirrors.",
        'recordings = "recordings"',
        _text('recordings = "..."'),
    ),
    Setting(
        "select",
        "list of names",
        "everything",
        "Kinds, reasons and severities that count, and no others; `--select` replaces the list. Names of one sort add "
        "up, names of different sorts narrow each other down.",
        'select = ["comparison", "trend", "conclusion"]',
        _names,
    ),
    Setting(
        "strict",
        "true or false",
        "false",
        "Whether unverifiable claims, and suppressions that suppress nothing, end the run with 1 as `--strict` does.",
        "strict = true",
        _flag,
    ),
    Setting(
        "suffixes",
        "list of strings",
        "those of Markdown, reStructuredText, HTML and plain text",
        "How the names of the documents in a folder end.",
        'suffixes = [".md", ".tex"]',
        _strings('suffixes = [".md", ".tex"]'),
    ),
    Setting(
        "text-column",
        "string",
        "no data sets",
        "The column of a data set that holds the texts, each of which is a document; `--text-column` names another.",
        'text-column = "text"',
        _text('text-column = "text"'),
    ),
    Setting(
        "tolerances",
        "table of numbers",
        "the usual ones",
        "How far words of size reach. Every verdict that a changed number had a part in says so.",
        "tolerances = { about = 0.1, similar = 0.02 }",
        allowances.check,
    ),
)
"""In alphabetical order, as far as letters go."""


def names() -> tuple[str, ...]:
    """The names of all settings, and of what may stand in the table of tolerances."""
    return (*keys(), *(amount.key for amount in allowances.AMOUNTS))


def find_page(name: str) -> str | None:
    """What a setting or a tolerance is, None where there is none of that name."""
    for setting in SETTINGS:
        if setting.key == name:
            lines = [f"A setting: {setting.type}.", f"Without it: {setting.default}.", "", f"  {setting.example}"]
            if setting.key == "tolerances":
                lines += ["", f"It may hold {', '.join(amount.key for amount in allowances.AMOUNTS)}."]
            return _page(name, setting.meaning, lines)
    for amount in allowances.AMOUNTS:
        if amount.key == name:
            default = f"{float(amount.default):g}"
            lines = [f"A tolerance. Without it: {default}.", "", f"  tolerances = {{ {name} = {default} }}"]
            return _page(name, amount.meaning, lines)
    return None


def _page(name: str, meaning: str, lines: list[str]) -> str:
    wrapped = [part for line in lines for part in ([line] if line[:1] in {"", " "} else textwrap.wrap(line, _WIDTH))]
    return "".join(f"{line}\n" for line in [name, "", *textwrap.wrap(meaning, _WIDTH), "", *wrapped])


def keys() -> tuple[str, ...]:
    """The keys of all settings."""
    return tuple(setting.key for setting in SETTINGS)
