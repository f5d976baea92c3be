"""`python -m tests.accuracy DATA`: how often audit is right about documents that somebody has labelled.

See docs/accuracy.md for the formats, and for what each figure counts.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from auditor.answers import Answers, Asking
from auditor.errors import AuditorError, UsageError
from auditor.files import atomically
from auditor.inputs.source import File
from auditor.recordings import Store
from auditor.report import Exit
from auditor.visible import visible
from tests.accuracy import kept, printed
from tests.accuracy.anchors import anchors
from tests.accuracy.data import data_sets
from tests.accuracy.measured import Measured
from tests.accuracy.rulings import rulings
from tests.accuracy.running import audited, export

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HINT = "hint: record them: audit --record --model NAME, or name the model here with --model"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("data", metavar="DATA", type=Path, help="a folder of labelled documents, or a folder of such folders")
    add("--export", metavar="DIR", type=Path, help="write the documents there, to be recorded, and end")
    add(
        "--recordings",
        metavar="DIR",
        type=Path,
        default=Path(".accuracy"),
        help="where they were exported and recorded",
    )
    add("--anchors", metavar="FILE", type=Path, help="passages written down for statements in other words")
    add("--rulings", metavar="FILE", type=Path, help="what a reader found on alarms that nobody has labelled")
    add("--json", metavar="FILE", type=Path, help="keep the run there, as JSON")
    add("--against", metavar="FILE", type=Path, help="say what changed since a run that was kept")
    add("--only", metavar="NAME", action="append", help="one data set of the folder; may be given several times")
    add("--figures", action="store_true", help="print and keep the figures alone, not every mistake and alarm")
    add(
        "--model",
        metavar="NAME",
        help="ask this model where there is no recording; the key is taken from OPENAI_API_KEY",
    )
    add("--record", action="store_true", help="ask the model even where there is a recording")
    add("--base-url", metavar="URL", default=os.environ.get("OPENAI_BASE_URL"), help="the server to ask")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code: 0 measured, 2 wrong usage, 3 something could not be audited."""
    given = _arguments().parse_args(argv)
    try:
        return _run(given)
    except AuditorError as error:
        _say([f"error: {visible(error.message, prose=True)}", f"hint: {visible(error.hint, prose=True)}"], sys.stderr)
        return Exit.USAGE if isinstance(error, UsageError) else Exit.INCOMPLETE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _run(given: argparse.Namespace) -> int:
    if given.record and not given.model:
        message = "--record asks a model, and none is named"
        raise UsageError(message, hint="name one with --model")
    sources = data_sets(given.data, anchors(given.anchors))
    unknown = sorted({*(given.only or ())} - {source.name for source in sources})
    if unknown:
        message = f"{unknown[0]!r} is not a data set of {given.data}"
        raise UsageError(message, hint=f"they are {', '.join(source.name for source in sources)}")
    sources = tuple(source for source in sources if not given.only or source.name in given.only)
    papers = [paper for source in sources for paper in source.papers]
    if given.export is not None:
        export(papers, given.export)
        _say([f"{len(papers)} documents in {given.export}; record them with audit --record"])
        return Exit.CLEAN
    ruled = rulings(given.rulings)
    answers = Answers(
        Store(),
        Asking(given.model, given.base_url, None, os.environ),
        offline=not given.model,
        record=given.record,
        announce=lambda line: _say([visible(line, prose=True)], sys.stderr),
    )
    if given.model:
        export(papers, given.recordings)
        answers.ask(File(str(given.recordings / paper.name)) for paper in papers)
    measured = Measured(sources, {paper.name: audited(paper, given.recordings, answers) for paper in papers}, ruled)
    text = kept.kept(measured)
    if not given.figures:
        _say([*printed.mistakes(measured), *printed.unread_alarms(measured)])
    _say(printed.figures(measured))
    if given.against is not None:
        _say(kept.changes(given.against, text))
    if given.json is not None:
        _keep(given.json, kept.kept(measured, figures_alone=given.figures))
    unaudited = list(printed.unaudited(measured))
    if unaudited:
        _say([*unaudited, _HINT], sys.stderr)
    return Exit.INCOMPLETE if unaudited else Exit.CLEAN


def _keep(file: Path, text: str) -> None:
    try:
        atomically.write(file, text.encode("ascii"))
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror or error}"
        raise UsageError(message, hint="name a file in a folder that can be written to") from error


def _say(lines: Iterable[str], stream: TextIO | None = None) -> None:
    for line in lines:
        print(line, file=stream or sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
