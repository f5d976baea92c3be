"""implied: claims that nobody states in words, derived by code from what a document is; one file per kind.

A kind is found by its file: `auditor/implied/axis_range.py` judges what a report calls
"axis-range". It has its `MEANING` in a sentence, and `judged(reading)`, which gives the
judgements. Nothing here is to be edited when a kind is added.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from auditor.grounded import Reading
    from auditor.judgement import Judgement


@cache
def _modules() -> dict[str, ModuleType]:
    """Every kind by its name in a report, in alphabetical order."""
    found = sorted(module.name for module in iter_modules(__path__))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}") for name in found}


@cache
def meanings() -> dict[str, str]:
    """Every kind of implied claim, with what it says."""
    return {kind: module.MEANING for kind, module in _modules().items()}


def implied(reading: Reading) -> Iterator[Judgement]:
    """Every implied claim of a document, judged."""
    for module in _modules().values():
        yield from module.judged(reading)
