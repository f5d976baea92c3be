"""killing: every mutant of some documents, which of them are killed, and why the others survive."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from tests.mutation import Read, recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.mutants.mutant import Mutant

HERE = Path(__file__).parent
LEAST = 0.99
"""The least share of the mutants of each operator that has to be killed."""

NOTHING: Mapping[str, object] = {
    "metrics": [],
    "subjects": [],
    "dimensions": [],
    "position": None,
    "tables": [],
    "values": [],
    "claims": [],
}
"""The reading of a document of which only the tables are judged."""


class Operator(Protocol):
    """What a module of `operators` provides."""

    def mutants(self, case: Read) -> Iterator[Mutant]:
        """The mutants of a case."""


def operators() -> tuple[Operator, ...]:
    """Every operator; one is added by adding its file."""
    names = sorted(module.name for module in iter_modules([str(HERE / "operators")]))
    return tuple(import_module(f"tests.mutants.operators.{name}") for name in names)


def documents() -> tuple[Read, ...]:
    """The recorded documents of the repository, and one of tables that follow from one another."""
    return (*recorded(), Read("tables", (HERE / "tables.md").read_text(encoding="utf-8"), dict(NOTHING)))


def survivors() -> Mapping[str, str]:
    """By the name of a mutant that is known to survive, the reason."""
    entries = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8")).get("survivor", [])
    return {name: entry["why"] for entry in entries for name in entry["mutants"]}


@dataclass(frozen=True)
class Killing:
    """The mutants of some documents, by operator."""

    cases: tuple[Read, ...]

    @cached_property
    def mutants(self) -> Mapping[str, tuple[Mutant, ...]]:
        """Every mutant, by the name of its operator."""
        found: dict[str, list[Mutant]] = {}
        for operator in operators():
            for case in self.cases:
                for mutant in operator.mutants(case):
                    found.setdefault(mutant.operator, []).append(mutant)
        return {name: tuple(group) for name, group in sorted(found.items())}

    @cached_property
    def alive(self) -> tuple[Mutant, ...]:
        """Those that are not killed."""
        return tuple(mutant for group in self.mutants.values() for mutant in group if not mutant.is_killed)

    def lines(self, known: Mapping[str, str]) -> Iterator[str]:
        """The kill rate of each operator, then every survivor with its reason."""
        alive = {mutant.name for mutant in self.alive}
        for name, group in self.mutants.items():
            killed = sum(mutant.name not in alive for mutant in group)
            yield f"{name:22}{killed:5} of {len(group):5} killed{100 * killed / len(group):9.1f} %"
        for mutant in self.alive:
            yield f"survived: {mutant.name}"
            yield f"  {mutant.verdict}"
            yield f"  {known.get(mutant.name, 'NOT EXPLAINED')}"

    def faults(self, known: Mapping[str, str]) -> Iterator[str]:
        """What must not be: survivors without a reason, reasons without a survivor, too low a kill rate."""
        alive = {mutant.name for mutant in self.alive}
        yield from (f"survives unexplained: {name}" for name in sorted(alive - set(known)))
        yield from (f"explained, and killed or gone: {name}" for name in sorted(set(known) - alive))
        for name, group in self.mutants.items():
            killed = sum(mutant.name not in alive for mutant in group)
            if killed < LEAST * len(group):
                yield f"{name}: only {killed} of {len(group)} killed"


def killed(cases: Iterable[Read]) -> Killing:
    """The mutants of some documents."""
    return Killing(tuple(cases))
