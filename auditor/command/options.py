"""options: what can be given on the command line, each with the words that the help has for it."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from auditor import __version__, formats, settings, vocabulary
from auditor.command import completion, console
from auditor.errors import UsageError
from auditor.formats import Show, Sort

_READING, _ASKING, _OUTPUT, _VERDICTS, ABOUT = "Reading", "Asking a model", "Output", "Verdicts", "About"


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer passes it so
    if wanted:
        console.show(f"audit {__version__}\n")
        raise typer.Exit


def _explain(name: str | None) -> None:
    if name is not None:
        from auditor import explanation  # noqa: PLC0415  it loads every kind

        page = explanation.find_page(name) or settings.find_page(name)
        if page is None:
            message = f"there is no kind, reason, severity or setting {name!r}"
            raise UsageError(message, hint=vocabulary.correction(name, (*vocabulary.names(), *settings.names())))
        console.show(page)
        raise typer.Exit


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILES",
        help="The documents to audit: files, folders, patterns, or - for standard input.",
        show_default=False,
    ),
]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        metavar="NAME",
        help="The name of what comes by standard input, by which its recording is found.",
        rich_help_panel=_READING,
    ),
]
TextColumn = Annotated[
    str | None,
    typer.Option(
        "--text-column",
        metavar="NAME",
        help="Take .jsonl, .csv, .tsv and .parquet files for data sets, each row of which has a text in this column.",
        rich_help_panel=_READING,
    ),
]
IdColumn = Annotated[
    str | None,
    typer.Option(
        "--id-column",
        metavar="NAME",
        help="The column that tells the rows of a data set apart; without it they are numbered.",
        rich_help_panel=_READING,
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Never ask a model; replay recordings only.", rich_help_panel=_READING)
]
Record = Annotated[
    bool, typer.Option("--record", help="Ask the model anew and record its answers.", rich_help_panel=_READING)
]
Tracked = Annotated[
    bool,
    typer.Option(
        "--tracked",
        help="Take recordings only where git tracks them: others would be missing everywhere else.",
        rich_help_panel=_READING,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="The model to ask where there is no recording, as NAME or PROVIDER/NAME, or gguf:PATH for a file that runs in this process. The key is taken from OPENAI_API_KEY, or from the provider's own variable.",
        rich_help_panel=_ASKING,
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        envvar="OPENAI_BASE_URL",
        help="The OpenAI-compatible server to ask; the model's name is then the server's own.",
        rich_help_panel=_ASKING,
    ),
]
Mode = Annotated[
    Literal["json_schema", "tools"] | None,
    typer.Option(
        "--mode",
        help="How the server is asked for the form of an answer: by a schema for the answer, or for a tool; as the provider is known to take it unless given.",
        show_default=False,
        rich_help_panel=_ASKING,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        max=200,
        metavar="N",
        help="How many documents to ask about at once; 8 unless given, and 2 where the server is on this machine.",
        show_default=False,
        rich_help_panel=_ASKING,
    ),
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout",
        min=0.1,
        metavar="SECONDS",
        help="The time for one document, waiting and asking again included.",
        rich_help_panel=_ASKING,
    ),
]
MaxRequests = Annotated[
    int | None,
    typer.Option(
        "--max-requests",
        min=0,
        metavar="N",
        help="Send no more requests than that; what is left is reported as not audited.",
        show_default=False,
        rich_help_panel=_ASKING,
    ),
]
MaxTokens = Annotated[
    int | None,
    typer.Option(
        "--max-tokens",
        min=0,
        metavar="N",
        help="Send nothing that would take more tokens than that, in and out together.",
        show_default=False,
        rich_help_panel=_ASKING,
    ),
]
ChunkTokens = Annotated[
    int,
    typer.Option(
        "--chunk-tokens",
        min=500,
        max=1_000_000,
        metavar="N",
        help="Show the model at most so many tokens of a document at once, four characters each; a longer one is read part by part.",
        rich_help_panel=_ASKING,
    ),
]
Samples = Annotated[
    int,
    typer.Option(
        "--samples",
        min=1,
        max=25,
        metavar="N",
        help="Have each document read so many times; the majority counts, and each claim says how stable it is.",
        rich_help_panel=_ASKING,
    ),
]
Probe = Annotated[
    bool,
    typer.Option(
        "--probe/--no-probe",
        help="Try a server that is not known, before several documents, for whether it keeps to a schema and reads a whole prompt.",
        rich_help_panel=_ASKING,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Count documents, requests and tokens, send nothing, and exit.",
        rich_help_panel=_ASKING,
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT[=FILE]",
        autocompletion=completion.forms,
        help=f"The form of the report: {', '.join(formats.names())}; table unless the project settles for another. With =FILE it is written there; may be given several times.",
        show_default=False,
        rich_help_panel=_OUTPUT,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the report to a file, in one step, instead of printing it.",
        rich_help_panel=_OUTPUT,
    ),
]
Shown = Annotated[
    Show, typer.Option("--show", help="Which claims the table lists; all of them are counted.", rich_help_panel=_OUTPUT)
]
Sorted = Annotated[
    Sort,
    typer.Option(
        "--sort", help="The order of the table: as in the document, or contradictions first.", rich_help_panel=_OUTPUT
    ),
]
CoverageListed = Annotated[
    bool, typer.Option("--coverage", help="List what became of every number and sentence.", rich_help_panel=_OUTPUT)
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Exit with 1 for unverifiable claims too, and for suppressions that suppress nothing.",
        rich_help_panel=_VERDICTS,
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="NAMES",
        autocompletion=completion.names,
        help="Count only these kinds, reasons and severities; set off by commas, or given several times.",
        show_default=False,
        rich_help_panel=_VERDICTS,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="NAMES",
        autocompletion=completion.names,
        help="Do not count these kinds, reasons and severities.",
        show_default=False,
        rich_help_panel=_VERDICTS,
    ),
]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Do not count the findings that are accepted in this file.",
        rich_help_panel=_VERDICTS,
    ),
]
WriteBaseline = Annotated[
    bool,
    typer.Option(
        "--write-baseline",
        help="Accept all findings of this run in the baseline, and say which are new.",
        rich_help_panel=_VERDICTS,
    ),
]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="NAME",
        help="Explain a kind of claim, a reason, a severity or a setting, and exit.",
        autocompletion=completion.explained,
        callback=_explain,
        is_eager=True,
        rich_help_panel=ABOUT,
    ),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version", help="Show the version, and exit.", callback=_show_version, is_eager=True, rich_help_panel=ABOUT
    ),
]
