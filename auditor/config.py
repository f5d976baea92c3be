"""config: what a project has settled for every run, read once from the file nearest to where audit runs.

That is `auditor.toml`, or the table `[tool.auditor]` of `pyproject.toml`. The search goes
upward and ends at the folder that holds `.git`, so that a checkout is never ruled by a
file outside of it.
"""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import UsageError

LIMIT = 1024 * 1024
"""The most bytes a configuration file may have."""

KEYS = ("base-url", "format", "id-column", "model", "recordings", "text-column")
"""What may be configured as a string."""

LISTS = ("exclude", "suffixes")
"""What may be configured as a list of strings."""

_OWN = "auditor.toml"
_SHARED = "pyproject.toml"
# A dotted key costs the parser the square of its length: one of 20,000 names takes seconds.
_LONGEST_KEY = 500


@dataclass(frozen=True, slots=True)
class Config:
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
        return tomllib.loads(text)
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
    settings: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in sorted(table.items()):
        if key in LISTS:
            lists[key] = _strings(file, key, value)
            continue
        if key not in KEYS:
            message = f"{file}: {key!r} is not a setting"
            raise UsageError(message, hint=f"the settings are {', '.join(sorted((*KEYS, *LISTS)))}")
        if not isinstance(value, str) or not value.strip():
            message = f"{file}: {key!r} is not a string with something in it"
            raise UsageError(message, hint=f'write it as {key} = "..."')
        settings[key] = value
    return Config(
        file=file,
        recordings=_inside(file, settings.get("recordings")),
        model=settings.get("model"),
        base_url=settings.get("base-url"),
        format=settings.get("format"),
        text_column=settings.get("text-column"),
        id_column=settings.get("id-column"),
        suffixes=_suffixes(lists.get("suffixes")),
        exclude=lists.get("exclude", ()),
    )


def _strings(file: Path, key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(entry, str) and entry.strip() for entry in value):
        return tuple(value)
    message = f"{file}: {key!r} is not a list of strings with something in them"
    raise UsageError(message, hint=f'write it as {key} = ["...", "..."]')


def _suffixes(given: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(sorted({f".{suffix.lower().lstrip('.')}" for suffix in given}))


def _inside(file: Path, folder: str | None) -> Path | None:
    """A folder below the configuration's own: a project may not have audit write anywhere else."""
    if folder is None:
        return None
    place = Path(os.path.normpath(file.parent / folder))
    if "\0" in folder or place == file.parent or not place.is_relative_to(file.parent):
        message = f"{file}: 'recordings' is {folder!r}, which is not a folder below {file.parent}"
        raise UsageError(message, hint='name a folder of the project, such as recordings = "recordings"')
    return place
