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
def registry() -> dict[str, type[Claim]]:
    """Every kind by its wire name, in alphabetical order."""
    found = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        kind = next(
            item
            for item in vars(import_module(f"{__name__}.{module.name}")).values()
            if isinstance(item, type) and issubclass(item, Claim) and item.__module__ == f"{__name__}.{module.name}"
        )
        found[module.name] = kind
    return found
