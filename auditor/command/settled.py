"""settled: what the command line and the configuration settle together about which judgements count.

What the command line names replaces what the configuration names. A baseline is written anew
from what the run has found, and it is said what that accepts and what it drops.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor import vocabulary
from auditor.acceptance.controls import Controls
from auditor.acceptance.selection import Selection
from auditor.errors import UsageError
from auditor.kept import Kept
from auditor.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from auditor.acceptance.baseline import Known
    from auditor.config import Config
    from auditor.report import Audited, NotAudited


class Settled(Struct, frozen=True):
    """The controls of a run, and the baseline that it is to write."""

    controls: Controls
    baseline: Path | None = None
    """The baseline to write; None where none is to be written."""

    def apply(self, entry: Audited | NotAudited) -> Audited | NotAudited:
        """The document with what does not count marked."""
        return self.controls.apply(entry, _path(entry))

    def rewritten(self, report: Report, announce: Callable[[str], None], *, strict: bool) -> Report:
        """The report against the baseline written anew from it; the same one where none is to be written."""
        if self.baseline is None:
            return report
        from auditor.acceptance import baseline  # noqa: PLC0415  hardly any run writes one

        old = baseline.load(self.baseline) if self.baseline.exists() else baseline.Baseline(str(self.baseline.parent))
        update = baseline.updated(old, report, map(_path, report.documents), strict=strict)
        baseline.save(self.baseline, update.baseline)
        announce(
            f"{self.baseline}: {len(update.baseline.known)} accepted, {len(update.added)} of them new, "
            f"{len(update.removed)} no longer found"
        )
        for line in (*_listed("newly accepted", update.added), *_listed("no longer found", update.removed)):
            announce(line)
        return Report(Kept(update.baseline.apply(entry, _path(entry)) for entry in report.documents))


def settled(
    config: Config,
    *,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    baseline: str | None,
    write_baseline: bool,
) -> Settled:
    """What holds for a run; UsageError where a name or the baseline is none."""
    selection = Selection(
        config.select or frozenset() if select is None else _names(select, "--select"),
        config.ignore if ignore is None else _names(ignore, "--ignore"),
        config.files,
        str(Path.cwd() if config.root is None else config.root),
    )
    place = config.baseline if baseline is None else _place(baseline)
    controls = Controls(selection)
    if write_baseline:
        if place is None:
            message = "--write-baseline needs to know the baseline's file, and none is named"
            raise UsageError(message, hint="name it with --baseline FILE, or as baseline in the configuration")
        return Settled(controls, place)
    if place is None:
        return Settled(controls)
    from auditor.acceptance import baseline as baselines  # noqa: PLC0415  most runs have none

    return Settled(replace(controls, baseline=baselines.load(place)))


def _names(given: Sequence[str], option: str) -> frozenset[str]:
    """Names that are set off by commas, in one option or several."""
    return vocabulary.check((name for part in given for one in part.split(",") if (name := one.strip())), option)


def _place(name: str) -> Path:
    if not name or "\0" in name:
        message = f"--baseline {name!r} cannot be the name of a file"
        raise UsageError(message, hint="check the spelling")
    place = Path(os.path.realpath(name))
    if not place.parent.is_dir():
        message = f"the folder of the baseline {name} does not exist"
        raise UsageError(message, hint="make the folder first, or check the spelling")
    return place


def _path(entry: Audited | NotAudited) -> str:
    return os.path.abspath(entry.name)  # noqa: PTH100  a link in the way is not followed: its name is what was given


def _listed(what: str, known: Iterable[Known]) -> list[str]:
    return [f"{what}: {one.document}: {one.verdict} {one.kind} “{one.quote}”" for one in known]
