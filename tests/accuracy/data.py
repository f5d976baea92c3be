"""data: the data sets in a folder, each read by the format that it is in; a format is added by adding its file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from auditor.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.accuracy.anchors import Anchors
    from tests.accuracy.labelled import Source

FORMATS = Path(__file__).parent / "formats"


class Format(Protocol):
    """What a module of `formats` provides."""

    def fits(self, folder: Path) -> bool:
        """Whether a folder is in this format."""

    def read(self, folder: Path, anchors: Anchors) -> Source:
        """The data set in a folder."""


def formats() -> Mapping[str, Format]:
    """The formats by their names."""
    names = sorted(module.name for module in iter_modules([str(FORMATS)]))
    return {name: import_module(f"tests.accuracy.formats.{name}") for name in names}


def data_sets(folder: Path, anchors: Anchors) -> tuple[Source, ...]:
    """The data sets in a folder: itself, or those of its folders that are in a known format."""
    if not folder.is_dir():
        message = f"{folder} is not a folder"
        raise InputError(message, hint="name a folder of labelled documents")
    found = [
        form.read(place, anchors)
        for place in (folder, *sorted(inner for inner in folder.iterdir() if inner.is_dir()))
        for form in formats().values()
        if form.fits(place)
    ]
    if not found:
        message = f"{folder} holds no labelled documents in a known format"
        raise InputError(message, hint="see docs/accuracy.md for the formats that are read")
    seen: set[str] = set()
    for paper in (paper for source in found for paper in source.papers):
        if paper.name in seen:
            message = f"two documents would be exported as {paper.name}"
            raise InputError(message, hint="give them names that differ in letters and digits")
        seen.add(paper.name)
    return tuple(found)
