"""folder: the documents below a folder: files of certain suffixes that `.gitignore` does not leave out.

Every `.gitignore` from the checkout's root down counts, and `.git/info/exclude`; what a
user has set for all repositories does not, so that a folder holds the same documents on
every machine. As git does, links to folders are not followed: no loop of links is endless.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from auditor.errors import InputError
from auditor.inputs.source import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathspec import GitIgnoreSpec

SUFFIXES = (".htm", ".html", ".markdown", ".md", ".rst", ".txt")
"""What is taken for a document in a folder unless the project says otherwise."""

_LONGEST_LIST = 1024 * 1024
_OF_OTHERS = {"node_modules"}
_ENVIRONMENT = "pyvenv.cfg"


class Chosen(Struct, frozen=True):
    """Which files of a folder are documents."""

    suffixes: tuple[str, ...] = SUFFIXES
    """With the dot, in lower case."""
    exclude: tuple[str, ...] = ()
    """Patterns as in a `.gitignore`, for folders alone: a file that is named itself is never left out."""
    root: Path | None = None
    """The folder that the patterns are relative to; None for the one that is walked."""
    besides: frozenset[str] = frozenset()
    """Real paths to leave out, such as those that this run writes to."""


class _Rules(NamedTuple):
    """The patterns of one list, and the real folder that they are relative to."""

    base: str
    spec: GitIgnoreSpec


class _Waiting(NamedTuple):
    """Something to be looked at: its name in the report and its real place."""

    name: str
    place: str
    rules: tuple[_Rules, ...]
    """The last ones weigh most."""
    is_folder: bool


def documents_in(folder: str, chosen: Chosen) -> Iterator[str | Refused]:
    """The paths of the documents below a folder, in the order of their names; what cannot be looked into is told."""
    top = os.path.realpath(folder)
    excluded = _excluded(top, chosen)
    waiting = [_Waiting(folder, top, tuple(_outer_rules(top)), is_folder=True)]
    found = False
    while waiting:
        here = waiting.pop()
        if not here.is_folder:
            found = True
            yield here.name
            continue
        try:
            below = sorted(_entries(here, chosen, excluded), reverse=True)
        except OSError as error:
            found = True
            yield _closed(here.name, error)
        else:
            waiting += below
    if not found:
        yield _nothing(folder, chosen)


def _entries(here: _Waiting, chosen: Chosen, excluded: tuple[_Rules, ...]) -> Iterator[_Waiting]:
    """The documents and folders in a folder that are not left out."""
    own = _rules(here.place, Path(here.place, ".gitignore"))
    rules = here.rules if own is None else (*here.rules, own)
    with os.scandir(here.place) as entries:
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or entry.path in chosen.besides:
                continue
            if is_folder:
                wanted = entry.name not in _OF_OTHERS and not Path(entry.path, _ENVIRONMENT).exists()
            else:
                wanted = entry.name.lower().endswith(chosen.suffixes) and not Path(entry.path).is_dir()
            if wanted and not _is_left_out(entry.path, (*rules, *excluded), is_folder=is_folder):
                yield _Waiting(str(Path(here.name, entry.name)), entry.path, rules, is_folder)


def _excluded(top: str, chosen: Chosen) -> tuple[_Rules, ...]:
    """What the configuration leaves out, however a `.gitignore` sees it."""
    base = top if chosen.root is None else os.path.realpath(chosen.root)
    return (_Rules(base, _spec(chosen.exclude)),) if chosen.exclude and Path(top).is_relative_to(base) else ()


def _outer_rules(top: str) -> Iterator[_Rules]:
    """What holds in a folder by the lists above it, those of the checkout that it is in and of nothing else."""
    above = [Path(top), *Path(top).parents]
    root = next((place for place in above if (place / ".git").exists()), None)
    if root is not None:
        shared = _rules(str(root), root / ".git" / "info" / "exclude")
        between = [place for place in above[1:] if place.is_relative_to(root)]
        lists = [shared, *(_rules(str(place), place / ".gitignore") for place in reversed(between))]
        yield from (rules for rules in lists if rules is not None)


def _rules(base: str, file: Path) -> _Rules | None:
    """The patterns in a file; None where there are none."""
    try:
        if not file.is_file() or file.stat().st_size > _LONGEST_LIST:
            return None
        lines = file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    return _Rules(base, _spec(lines)) if lines else None


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns in some lines; as git does, one that is none is passed over."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  only where a folder is named

    made = GitIgnoreSpec.from_lines(())
    for line in lines:
        try:
            made += GitIgnoreSpec.from_lines((line,))
        except ValueError:
            continue
    return made


def _is_left_out(path: str, rules: tuple[_Rules, ...], *, is_folder: bool) -> bool:
    for base, spec in reversed(rules):
        inside = os.path.relpath(path, base).replace(os.sep, "/")
        include = spec.check_file(f"{inside}/" if is_folder else inside).include
        if include is not None:
            return include
    return False


def _closed(name: str, error: OSError) -> Refused:
    reason = os.strerror(error.errno) if error.errno else str(error)
    message = f"the folder {name} cannot be looked into: {reason}"
    return Refused(name, InputError(message, hint="make it readable for the user who runs audit, or leave it out"))


def _nothing(folder: str, chosen: Chosen) -> Refused:
    message = f"no document is in the folder {folder}: no file whose name ends in {', '.join(chosen.suffixes)}"
    hint = "hidden files and what .gitignore or the configuration leaves out do not count; name such files themselves"
    return Refused(folder, InputError(message, hint=hint))
