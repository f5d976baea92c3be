"""cli: the command line; where a run is put together; it alone says how the process ends.

Every way to end is mapped here: left to typer, a bug, a full disk and a closed pipe would
all end with the code that means "contradictions found".
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Nearly nothing that a run makes needs the collector, which by default goes again and again through all that is loaded.
gc.set_threshold(100_000)
atexit.register(
    gc.freeze
)  # nor does anything of what is left when the process ends, where all of it would be gone through
# Pydantic looks through every installed distribution for plugins of its own; none is of use here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
from msgspec.structs import replace
from typer.core import TyperCommand
from typer.exceptions import Abort, TyperException

from auditor import batch, config, formats
from auditor.answers import Answers, Asking
from auditor.command import console, options
from auditor.command.destination import outlets
from auditor.command.settled import settled
from auditor.errors import AuditorError, UsageError
from auditor.formats import Show, Sort
from auditor.hook import recording_command
from auditor.inputs.folder import SUFFIXES, Chosen
from auditor.inputs.named import STANDARD_INPUT, Inputs, named
from auditor.inputs.record import Columns
from auditor.kept import Kept
from auditor.library import audited
from auditor.live import progress
from auditor.live.limits import Limits
from auditor.parts.plan import CHUNK_TOKENS, Plan
from auditor.recordings import Store
from auditor.report import Exit, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context, HelpFormatter
    from typer.core import TyperArgument, TyperOption

# Plain help: the panels that rich draws leave a third of a line of 80 columns for what an option does.
app = typer.Typer(add_completion=True, pretty_exceptions_enable=False, rich_markup_mode=None)

_HELP = """Check whether what documents conclude follows from the values that they state.

A language model reads each document once, and its answer is recorded; code judges every claim against the \
document's own values. Where there is a recording, no model is asked and nothing leaves this machine.

Exit codes: 0 nothing contradicted, 1 contradictions, 2 wrong usage, 3 something could not be audited, 4 a bug in \
audit, 130 interrupted.
"""
_EXAMPLES = {
    "audit README.md docs": "Judge what is recorded for a document and a folder of them.",
    "audit --record --model gpt-4.1-mini README.md": "Have a model read a document anew, and judge it.",
    "audit -f html=audit.html README.md": "Write a page for a browser, with every claim in its text.",
}
_LEFT = 24
"""The columns that the help has for what is typed."""


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
    except Exception as error:  # noqa: BLE001  a bug must not end with the code of a finding
        if isinstance(error, OSError) and "--install-completion" in (sys.argv if argv is None else argv):
            message = f"the completion cannot be installed: {error.strerror or error}"
            return _fail(UsageError(message, hint="print it with --show-completion, and put it where your shell looks"))
        console.say(*traceback.format_exc().splitlines(), "error: this is a bug in audit; please report it")
        return Exit.INTERNAL


class _AsGiven:
    """Takes what was not given, and text, as they are; for other values typer loads all of pydantic, which takes long."""

    def coerce(self, value: object, param: TyperArgument | TyperOption, ctx: Context) -> object:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if value is param.default:
            return value
        if param.type_descriptor.annotation is str:
            return value
        if param.type_descriptor.annotation == list[str] and isinstance(value, list | tuple):
            return list(value)
        param._runtime_param = None  # noqa: SLF001  where it builds its own anew
        return param.get_runtime_param().coerce(value, param, ctx)


class _Command(TyperCommand):
    """Says FILES... as everybody does, where typer says {FILES}..., and lists the options in their groups."""

    def get_params(self, ctx: Context) -> list[Any]:
        params: list[Any] = super().get_params(ctx)
        for param in params:
            if getattr(param, "_runtime_param", self) is None:
                param._runtime_param = _AsGiven()  # noqa: SLF001  not there in another typer, and of no use then
        return params

    def collect_usage_pieces(self, ctx: object) -> list[str]:  # noqa: ARG002
        return ["[OPTIONS]", "FILES..."]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        about = options.ABOUT
        groups: dict[str, list[tuple[str, str]]] = {"Documents": [], about: []}
        for param in self.get_params(ctx):
            if param.param_type_name == "argument":
                groups["Documents"].append((f"{param.metavar}...", str(getattr(param, "help", ""))))
            elif (record := param.get_help_record(ctx)) is not None:
                groups.setdefault(getattr(param, "rich_help_panel", None) or about, []).append(record)
        groups[about] = groups.pop(about)  # last
        for name, records in (*groups.items(), ("Examples", list(_EXAMPLES.items()))):
            with formatter.section(name):
                formatter.write_dl([(f"{left:<{_LEFT}}", right) for left, right in records], _LEFT)


@app.command(
    help=_HELP, cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
def audit(  # noqa: PLR0913  one parameter for each option
    files: options.Files,
    *,
    stdin_filename: options.StdinFilename = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    offline: options.Offline = False,
    record: options.Record = False,
    tracked: options.Tracked = False,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    mode: options.Mode = None,
    jobs: options.Jobs = None,
    timeout: options.Timeout = 300.0,
    max_requests: options.MaxRequests = None,
    max_tokens: options.MaxTokens = None,
    chunk_tokens: options.ChunkTokens = CHUNK_TOKENS,
    samples: options.Samples = 1,
    probe: options.Probe = True,
    dry_run: options.DryRun = False,
    format_: options.Formats = None,
    output: options.Output = None,
    show: options.Shown = Show.ALL,
    sort: options.Sorted = Sort.POSITION,
    coverage: options.CoverageListed = False,
    strict: options.Strict = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    baseline: options.Baseline = None,
    write_baseline: options.WriteBaseline = False,
    explain: options.Explain = None,
    version: options.Version = False,
) -> int:
    """Audit documents, and report; what the user reads of it is `_HELP`."""
    del explain, version  # their callbacks end the process
    settings = config.load(Path.cwd())
    strict = strict or settings.strict
    rules = settled(settings, select=select, ignore=ignore, baseline=baseline, write_baseline=write_baseline)
    wanted = outlets(format_ or [settings.format or "table"], output, files)
    written = frozenset(str(outlet.place.place) for outlet in wanted if outlet.place is not None)
    chosen = Chosen(settings.suffixes or SUFFIXES, settings.exclude, settings.root, besides=written)
    columns = Columns.of(text_column or settings.text_column, id_column or settings.id_column)
    inputs = Inputs(stdin_filename, chosen, columns)
    answers = Answers(
        _store(settings, tracked=tracked),
        Asking(model or settings.model, base_url, settings.base_url, os.environ, mode, model is not None),
        offline=offline,
        record=record,
        limits=Limits(jobs, timeout, max_requests, max_tokens, probe, Plan(chunk_tokens, samples)),
        announce=console.say,
        progress=progress.shown,
    )
    if dry_run:
        counted = answers.counted(named(files, inputs))
        console.show(counted.text)
        return counted.exit
    answers.ask(named(files, inputs))
    work = partial(audited, find=answers.find, store=answers.store, tolerances=settings.tolerances)
    found = batch.each(named(files, inputs), work, alone=STANDARD_INPUT in files)
    report = rules.rewritten(Report(Kept(map(rules.apply, found))), console.say, strict=strict)
    failed: list[UsageError] = []
    for outlet in wanted:
        look = replace(console.look(outlet.place), show=show, sort=sort, coverage=coverage, strict=strict)
        pieces = formats.pieces(outlet.form, report, look)
        try:
            console.show(pieces) if outlet.place is None else outlet.place.write(pieces)
        except UsageError as error:  # the others are still written
            failed.append(error)
    if failed:
        raise failed[0]
    return report.exit(strict=strict)


def _store(settings: config.Config, *, tracked: bool) -> Store:
    """Where the recordings are."""
    here = Path.cwd()
    index = None
    if tracked:
        from auditor.files.git import Index  # noqa: PLC0415  it runs another program, which hardly anyone asks for

        index = Index(here)
    return Store(settings.recordings, settings.root, index, recording_command(here))


def _fail(error: AuditorError) -> int:
    console.say(f"error: {error.message}", f"hint: {error.hint}")
    return Exit.USAGE if isinstance(error, UsageError) else Exit.INCOMPLETE
