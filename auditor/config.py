"""config: what a project has settled for every run, read once from the file nearest to where audit runs.

That is `auditor.toml`, or the table `[tool.auditor]` of `pyproject.toml`. The search goes
upward and ends at the folder that holds `.git`, so that a checkout is never ruled by a
file outside of it.
"""

from __future__ import annotations

import os
import stat
import tomllib
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from auditor import allowances, vocabulary
from auditor.acceptance.selection import FileRule
from auditor.errors import UsageError
from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.mistake import Mistake
from auditor.settings import SETTINGS, keys

LIMIT = 1024 * 1024
"""The most bytes a configuration file may have."""

_OWN = "auditor.toml"
_SHARED = "pyproject.toml"
# A dotted key costs the parser the square of its length: one of 20,000 names takes seconds.
_LONGEST_KEY = 500
# Lines that are tried one after the other for the end of a value that goes over several.
_LONGEST_VALUE = 200


class Config(Struct, frozen=True):
    """The settings of a project; None where it leaves one open."""

    file: Path | None = None
    """The file that was read."""
    recordings: Path | None = None
    """The folder of the recordings, absolute; None keeps each beside its document."""
    model: str | None = None
    """The model to ask."""
    base_url: str | None = None
    """The address of the server to ask."""
    format: str | None = None
    """The output format."""
    text_column: str | None = None
    """The column of texts in data sets; None where there are no data sets."""
    id_column: str | None = None
    """The column that tells the rows of data sets apart."""
    suffixes: tuple[str, ...] | None = None
    """How the names of the documents in a folder end, in small letters and with the dot."""
    exclude: tuple[str, ...] = ()
    """What is left out of folders, as in a `.gitignore` beside the file."""
    select: frozenset[str] | None = None
    """Names of kinds, reasons and severities that alone count."""
    ignore: frozenset[str] = frozenset()
    """Names of kinds, reasons and severities that do not count."""
    files: tuple[FileRule, ...] = ()
    """What does not count in some files."""
    baseline: Path | None = None
    """The file of accepted findings, absolute."""
    tolerances: Tolerances = TOLERANCES
    """How far words of size reach."""
    strict: bool = False
    """Whether what is unverifiable fails the run."""

    @property
    def root(self) -> Path | None:
        """The folder that the configuration is for."""
        return None if self.file is None else self.file.parent


def load(start: Path) -> Config:
    """The settings that hold in a folder; UsageError where a file holds something that is none."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100  a link in the way is not followed: its name is what was given
    for here in (folder, *folder.parents):
        for name in (_OWN, _SHARED):
            table = _table(here / name)
            if table is not None:
                return _config(here / name, table)
        if (here / ".git").exists():
            break
    return Config()


def _table(file: Path) -> dict[str, object] | None:
    """The settings in a file; None where it does not exist, or has none because it is about other tools."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > LIMIT:
            message = f"{file} is larger than {LIMIT // (1024 * 1024)} MB, too large for a configuration"
            raise UsageError(message, hint="make it smaller, or put the settings into an auditor.toml beside it")
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{file} cannot be read: {os.strerror(error.errno) if error.errno else error}"
        raise UsageError(message, hint="make it readable for the user who runs audit") from error
    if file.name == _SHARED and b"auditor" not in data:
        return None  # whatever else is wrong with it is no business of ours
    content = _toml(file, data)
    if file.name == _OWN:
        return content
    tools = content.get("tool")
    if not isinstance(tools, dict) or "auditor" not in tools:
        return None
    table = tools["auditor"]
    if isinstance(table, dict):
        return table
    message = f"{file}: tool.auditor is not a table"
    raise UsageError(message, hint="write it as [tool.auditor], with the settings below it")


def _toml(file: Path, data: bytes) -> dict[str, object]:
    try:
        text = data.decode("utf-8")
        _check_keys(text)
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        message = f"{file} is not TOML: nested too deeply"
        raise UsageError(message, hint="mend the file") from error
    except ValueError as error:
        message = f"{file} is not TOML: {error}"
        raise UsageError(message, hint="mend the file") from error


def _check_keys(text: str) -> None:
    for line in text.splitlines():
        key, is_set, _ = line.partition("=")
        if key.count(".") > _LONGEST_KEY and (is_set or key.lstrip().startswith("[")):
            message = f"a key has more than {_LONGEST_KEY} parts"
            raise ValueError(message)


def _config(file: Path, table: dict[str, object]) -> Config:
    known = {setting.key: setting for setting in SETTINGS}
    for key, value in sorted(table.items()):
        if key not in known:
            raise _wrong(file, [key], "is not a setting", vocabulary.correction(key, keys(), "settings"))
        try:
            known[key].check(value)
        except Mistake as error:
            raise _wrong(file, [key, *([] if error.key is None else [error.key])], str(error), error.hint) from error
    select = _listed(table, "select")
    files, shares = table.get("per-file-ignores"), table.get("tolerances")
    return Config(
        file=file,
        recordings=_inside(file, "recordings", _string(table, "recordings")),
        model=_string(table, "model"),
        base_url=_string(table, "base-url"),
        format=_string(table, "format"),
        text_column=_string(table, "text-column"),
        id_column=_string(table, "id-column"),
        suffixes=_suffixes(_listed(table, "suffixes")),
        exclude=tuple(_listed(table, "exclude") or ()),
        select=None if select is None else frozenset(select),
        ignore=frozenset(_listed(table, "ignore") or ()),
        files=tuple(FileRule(pattern, frozenset(names)) for pattern, names in files.items())
        if isinstance(files, dict)
        else (),
        baseline=_inside(file, "baseline", _string(table, "baseline")),
        strict=table.get("strict") is True,
        tolerances=allowances.tolerances(shares) if isinstance(shares, dict) else TOLERANCES,
    )


def _suffixes(given: list[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(sorted({f".{suffix.lower().lstrip('.')}" for suffix in given}))


def _string(table: dict[str, object], key: str) -> str | None:
    value = table.get(key)
    return value if isinstance(value, str) else None


def _listed(table: dict[str, object], key: str) -> list[str] | None:
    value = table.get(key)
    return value if isinstance(value, list) else None


def _wrong(file: Path, path: list[str], message: str, hint: str) -> UsageError:
    """A mistake, with the line that it is in."""
    line = _line_of(file, path if file.name == _OWN else ["tool", "auditor", *path])
    place = f"{file}:{line}" if line else f"{file}"
    return UsageError(f"{place}: {'.'.join(map(repr, path))} {message}", hint=hint)


def _line_of(file: Path, path: list[str]) -> int | None:
    """The line where a key is set: the first lines of the file that hold it, less the most of them that do not.

    The library that reads the file tells no places, but it tells what any number of its lines hold.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    without, within = 0, len(lines)
    while within - without > 1:
        middle = (without + within) // 2
        end = next(
            (
                end
                for end in range(middle, min(within, middle + _LONGEST_VALUE))
                if _holds(lines[:end], path) is not None
            ),
            None,
        )
        if end is None or _holds(lines[:end], path):
            within = middle
        else:
            without = end
    return without + 1


def _holds(lines: list[str], path: list[str]) -> bool | None:
    """Whether a key is set in these lines; None where they end in the middle of a value."""
    try:
        table: object = tomllib.loads("\n".join(lines))
    except ValueError:
        return None
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True


def _inside(file: Path, key: str, name: str | None) -> Path | None:
    """A place below the configuration's own: a project may not have audit write anywhere else."""
    if name is None:
        return None
    place = Path(os.path.normpath(file.parent / name))
    if "\0" in name or place == file.parent or not place.is_relative_to(file.parent):
        example = next(setting.example for setting in SETTINGS if setting.key == key)
        raise _wrong(
            file, [key], f"is {name!r}, which is not below {file.parent}", f"name a place in the project: {example}"
        )
    return place
