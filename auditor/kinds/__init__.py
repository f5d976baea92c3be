"""kinds: one file per kind of claim; this folder's listing is the list of what audit judges.

A kind is found by its file: `auditor/kinds/share.py` holds the class `Share`, whose wire
name is "share". Nothing here is to be edited when a kind is added.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from auditor.claim import Claim


@cache
def names() -> tuple[str, ...]:
    """The wire name of every kind, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


@cache
def find(name: str) -> type[Claim] | None:
    """The kind with a wire name, None where there is none; loads that kind alone."""
    if name not in names():
        return None
    module = import_module(f"{__name__}.{name}")
    own = (item for item in vars(module).values() if isinstance(item, type) and item.__module__ == module.__name__)
    return next(item for item in own if issubclass(item, Claim))


def registry() -> dict[str, type[Claim]]:
    """Every kind by its wire name, in alphabetical order."""
    return {name: kind for name in names() if (kind := find(name)) is not None}
