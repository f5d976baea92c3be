"""cli: the command line; the only module that reads the environment, prints, and says how the process ends.

Every way to end is mapped here: left to typer, a bug, a full disk and a closed pipe would
all end with the code that means "contradictions found".
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import shutil
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

# Pydantic looks through every installed distribution for plugins of its own; none is of use here, and typer loads it.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
from typer.core import TyperCommand
from typer.exceptions import Abort, TyperException

from auditor import __version__, config, formats, sources
from auditor.answers import Answers, Asking
from auditor.destination import outlets
from auditor.errors import AuditorError, ExtractionError, InputError, RecordingInvalid, UsageError
from auditor.formats import RenderOptions, Show, Sort
from auditor.notation import inert
from auditor.recordings import Store, record_hint
from auditor.report import Audited, Exit, NotAudited, Report
from auditor.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.destination import Destination

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")

_HELP = """Check whether what documents conclude follows from the values that they state.

A language model reads each document once, and its answer is recorded; code judges every claim against the \
document's own values. Where there is a recording, no model is asked and nothing leaves this machine.

Exit codes: 0 nothing contradicted, 1 contradictions, 2 wrong usage, 3 something could not be audited, 4 a bug in \
audit, 130 interrupted.
"""
_READING, _OUTPUT, _VERDICTS, _ABOUT = "Reading", "Output", "Verdicts", "About"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; nothing is raised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(app(argv, prog_name="audit", standalone_mode=False))
    except TyperException as error:
        message = error.format_message().replace("Value error, ", "")  # pydantic's words, of no use to a reader
        return _fail(UsageError(message, hint="audit --help lists the options"))
    except AuditorError as error:  # of the whole run; those of one document are in the report
        return _fail(error)
    except (KeyboardInterrupt, Abort):
        return Exit.INTERRUPTED
    except SystemExit:  # the reader of --help has closed the pipe
        return Exit.CLEAN
    except Exception:  # noqa: BLE001  a bug must not end with the code of a finding
        _complain(*traceback.format_exc().splitlines(), "error: this is a bug in audit; please report it")
        return Exit.INTERNAL


class _Command(TyperCommand):
    """Says FILES... as everybody does, where typer says {FILES}..."""

    def collect_usage_pieces(self, ctx: object) -> list[str]:  # noqa: ARG002
        return ["[OPTIONS]", "FILES..."]


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer passes it so
    if wanted:
        _print(f"audit {__version__}\n")
        raise typer.Exit


def _explain(kind: str | None) -> None:
    if kind is not None:
        from auditor import explanation  # noqa: PLC0415  it loads every kind

        _print(explanation.page(kind))
        raise typer.Exit


@app.command(help=_HELP, cls=_Command)
def audit(  # noqa: PLR0913  one parameter for each option
    files: Annotated[list[str], typer.Argument(metavar="FILES", help="The documents to audit.", show_default=False)],
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help="Never ask a model; replay recordings only.", rich_help_panel=_READING)
    ] = False,
    record: Annotated[
        bool,
        typer.Option("--record", help="Ask the model anew and record its answers.", rich_help_panel=_READING),
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="The model to ask where there is no recording. The key is taken from OPENAI_API_KEY.",
            rich_help_panel=_READING,
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            envvar="OPENAI_BASE_URL",
            help="The OpenAI-compatible server to ask.",
            rich_help_panel=_READING,
        ),
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[=FILE]",
            help=f"The form of the report: {', '.join(formats.names())}; table unless the project settles for another. "
            "With =FILE it is written there; may be given several times.",
            show_default=False,
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to a file, in one step, instead of printing it.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    show: Annotated[
        Show,
        typer.Option("--show", help="Which claims the table lists; all of them are counted.", rich_help_panel=_OUTPUT),
    ] = Show.ALL,
    sort: Annotated[
        Sort,
        typer.Option(
            "--sort",
            help="The order of the table: as in the document, or contradictions first.",
            rich_help_panel=_OUTPUT,
        ),
    ] = Sort.POSITION,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="List what became of every number and sentence.", rich_help_panel=_OUTPUT),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 for unverifiable claims too.", rich_help_panel=_VERDICTS),
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="NAME",
            help="Explain a kind of claim, a reason or a severity, and exit.",
            callback=_explain,
            is_eager=True,
            rich_help_panel=_ABOUT,
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version, and exit.",
            callback=_show_version,
            is_eager=True,
            rich_help_panel=_ABOUT,
        ),
    ] = False,
) -> int:
    """Audit documents, and report; what the user reads of it is `_HELP`."""
    del explain, version  # their callbacks end the process
    settings = config.load(Path.cwd())
    wanted = outlets(format_ or [settings.format or "table"], output, files)
    answers = Answers(
        Store(settings.recordings, settings.root),
        Asking(model or settings.model, base_url, settings.base_url, os.environ.get("OPENAI_API_KEY")),
        offline=offline,
        record=record,
        announce=_complain,
    )
    report = Report(tuple(_audited(path, answers) for path in _once(files)))
    failed: list[UsageError] = []
    for outlet in wanted:
        look = replace(_look(outlet.place), show=show, sort=sort, coverage=coverage, strict=strict)
        text = formats.render(outlet.form, report, look)
        try:
            _print(text) if outlet.place is None else outlet.place.write(text)
        except UsageError as error:  # the others are still written
            failed.append(error)
    if failed:
        raise failed[0]
    return report.exit(strict=strict)


def _once(paths: Iterable[str]) -> list[str]:
    """The paths, without those of a file that was named before."""
    first: dict[str, str] = {}
    for path in paths:
        first.setdefault(path if "\0" in path else os.path.realpath(path), path)
    return list(first.values())


def _audited(path: str, answers: Answers) -> Audited | NotAudited:
    """One document from its name to its judgements; what stands in the way becomes part of the report."""
    from auditor import extraction, pipeline  # noqa: PLC0415  --help and --version need nothing of them

    document = None
    try:
        document = sources.read(path)
        found = answers.find(document)
        try:
            return pipeline.audit(document, found.answer, model=found.model, stale=found.stale)
        except extraction.AnswerError as error:
            message = f"the answer recorded for {path} does not fit the schema: {error}"
            raise RecordingInvalid(message, hint=record_hint(path)) from error
    except (InputError, ExtractionError) as error:
        return NotAudited(path, error, document, () if document is None else pipeline.unread(document))


# -- output -------------------------------------------------------------------------------------------------


def _look(place: Destination | None) -> RenderOptions:
    """How the report is to look where it goes: the one place that asks the terminal."""
    if place is not None:
        return RenderOptions()
    forced = bool(os.environ.get("FORCE_COLOR"))
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    encoding = codecs.lookup(sys.stdout.encoding or "ascii").name
    return RenderOptions(
        width=shutil.get_terminal_size().columns,
        colour=not plain and (forced or sys.stdout.isatty()),
        unicode=encoding.startswith("utf"),
    )


def _print(text: str) -> None:
    """Print; a reader who has seen enough and closes the pipe changes nothing."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes what is left when it ends, which would fail again and end with a code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            message = f"the report cannot be printed: {error.strerror or error}"
            raise UsageError(message, hint="write it elsewhere, for instance with --output") from error


def _complain(*lines: str) -> None:
    """Lines for the user that are no part of the report."""
    with contextlib.suppress(OSError):
        sys.stderr.write("".join(f"{inert(visible(line))}\n" for line in lines))
        sys.stderr.flush()


def _fail(error: AuditorError) -> int:
    _complain(f"error: {error.message}", f"hint: {error.hint}")
    return Exit.USAGE if isinstance(error, UsageError) else Exit.INCOMPLETE
