"""printed: a run as text: the figures of each data set, then every mistake and every alarm to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.report import NotAudited
from auditor.visible import visible
from tests.accuracy.figures import is_open
from tests.accuracy.labelled import Label
from tests.accuracy.outcome import NOT_READ, Made
from tests.accuracy.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.accuracy.figures import Classes, Figures
    from tests.accuracy.measured import Measured
    from tests.accuracy.outcome import Alarm, Outcome
    from tests.accuracy.ratio import Ratio

_LONG = 160
_SHORT = {Made.CONTRADICTED: "contrad.", Made.UNVERIFIABLE: "unverif.", Made.UNCHECKABLE: "uncheck.",
          Made.NOT_EXTRACTED: "unread", Made.NOT_PLACED: "unplaced", Made.NOT_AUDITED: "unaudited"}  # fmt: skip


def figures(measured: Measured) -> Iterator[str]:
    """The figures, data set by data set and all together."""
    for name, figure in measured.figures.items():
        yield f"== {visible(name)}"
        yield from _figures(figure)
        yield from _confusion(figure)
        yield from _kinds(figure)
        yield ""


def _figures(figure: Figures) -> Iterator[str]:
    raised = figure.raised
    yield f"documents audited           {_of(figure.documents)}"
    yield f"statements counted          {_of(figure.statements)}"
    yield f"contradicted: recall        {figure.found.recall}"
    missed = figure.found
    yield f"  missed: not read {missed.not_read}, abstained {missed.abstained}, judged supported {missed.opposite}"
    yield f"contradicted: precision     {raised.precision}"
    if raised.elsewhere.of:
        yield f"  of the alarms that nobody had labelled {raised.elsewhere} stand"
    if raised.unread:
        yield f"  {raised.unread} more alarms nobody has labelled or read; at least {raised.least}"
    if raised.soft:
        yield f"  {raised.soft} more alarms are about wording"
    yield f"supported: judged so        {figure.supported}"
    yield f"alarms per clean document   {_of(figure.false_alarms)}"
    if figure.gone.of:
        yield f"corrected: alarms gone      {figure.gone}"
        yield f"corrected: found, then gone {figure.found_and_gone}"
    if figure.classes is not None:
        yield from _classes(figure.classes)
    if figure.abstentions:
        reasons = ", ".join(f"{visible(reason)} {count}" for reason, count in figure.abstentions.items())
        yield f"abstentions                 {reasons}"


def _classes(classes: Classes) -> Iterator[str]:
    if classes.accuracy_refuted is not None:
        yield f"accuracy (headline)         {classes.accuracy}, abstentions counted as wrong"
        yield f"accuracy                    {classes.accuracy_refuted}, abstentions counted as refuted"
        return
    yield f"macro-F1 (headline)         {percent(classes.macro_f1)}, a claim is supported if a part of it is"
    yield f"macro-F1                    {percent(classes.macro_f1_whole)}, only if every checkable part is"
    yield f"accuracy                    {classes.accuracy}"
    yield f"F1 by class                 {', '.join(f'{name} {percent(score)}' for name, score in classes.f1.items())}"


def _confusion(figure: Figures) -> Iterator[str]:
    columns = [made for made in Made if any(made.value in row for row in figure.confusion.values())]
    yield f"{'label':16}" + "".join(f"{_SHORT.get(made, made.value):>11}" for made in columns)
    for label, row in figure.confusion.items():
        yield f"{label:16}" + "".join(f"{row.get(made.value, 0):11}" for made in columns)


def _kinds(figure: Figures) -> Iterator[str]:
    yield f"{'kind of statement':34}{'n':>5}{'contradicted found':>20}{'alarmed otherwise':>19}{'abstained':>11}"
    for kind, of in figure.kinds.items():
        hits, wrong = (_of(ratio) if ratio.of else "-" for ratio in (of.found, of.alarmed))
        yield f"{visible(kind)[:33]:34}{of.statements:5}{hits:>20}{wrong:>19}{of.abstained:11}"
    if figure.alarm_kinds:
        yield f"{'kind of alarm':34}{'right':>25}{'not labelled or read':>22}"
    for kind, worth in figure.alarm_kinds.items():
        yield f"{visible(kind)[:33]:34}{_of(worth.precision) if worth.precision.of else '-':>25}{worth.unread:22}"


def mistakes(measured: Measured) -> Iterator[str]:
    """Every statement that is judged otherwise than labelled, with what it was judged on."""
    for name in (source.name for source in measured.sources):
        wrong = [o for o in measured.outcomes if o.source == name and cause(o)]
        if wrong:
            yield f"== {visible(name)}: mistakes"
        for outcome in wrong:
            statement = outcome.statement
            yield f"{statement.label} -> {outcome.made}: {cause(outcome)}"
            yield f"  {_cut(statement.name)} in {_cut(statement.paper)}: {_cut(statement.text)}"
            for kind, computation in zip(_padded(outcome), outcome.computations, strict=True):
                yield f"    {kind}{_cut(computation)}"


def _padded(outcome: Outcome) -> list[str]:
    kinds = visible(", ".join(outcome.kinds), prose=True)
    return [f"[{kinds}] " if number == 0 else "" for number in range(len(outcome.computations))]


def cause(outcome: Outcome) -> str:
    """Why a statement is not judged as labelled; empty where it is, or where no label says how it is to be judged."""
    label, made = outcome.statement.label, outcome.made
    if label in {Label.SOFT, Label.UNMARKED} or not outcome.is_counted:
        return ""
    if outcome.gone is False and made.value == label.value:
        return "found, and still contradicted where it was corrected"
    if made.value == label.value or (label is Label.NOT_CHECKABLE and made not in {Made.CONTRADICTED, Made.SUPPORTED}):
        return ""
    if made in NOT_READ:
        return "extraction: " + {
            Made.NOT_EXTRACTED: "no claim was read from its passage",
            Made.UNCHECKABLE: "read as what values cannot settle",
            Made.REJECTED: f"what was read was rejected: {_cut(outcome.reason)}",
        }.get(made, "")
    if made is Made.UNVERIFIABLE:
        return f"abstention: {_cut(outcome.reason)}"
    return "judgement: the opposite" if label is not Label.NOT_CHECKABLE else "judgement: more than can be known"


def unread_alarms(measured: Measured) -> Iterator[str]:
    """Every alarm that goes against a label, or that a reader has to look at before it counts."""
    for name in (source.name for source in measured.sources):
        mine = [alarm for alarm in measured.alarms if alarm.source == name]
        look = [alarm for alarm in mine if is_open(alarm, measured.rulings)]
        if look:
            yield f"== {visible(name)}: alarms that nobody has labelled; read them, then give --rulings"
        for alarm in look:
            yield from _alarm(alarm)


def _alarm(alarm: Alarm) -> Iterator[str]:
    yield f"{alarm.name}  {_cut(alarm.paper)}:{alarm.line} [{', '.join(alarm.kinds)}] {_cut(alarm.passage)}"
    for computation in alarm.computations:
        yield f"    {_cut(computation)}"


def unaudited(measured: Measured) -> Iterator[str]:
    """Every document without a usable reading, and why."""
    for name, audited in measured.audits.items():
        if isinstance(audited, NotAudited):
            yield f"not audited: {_cut(name)}: {visible(audited.error.message, prose=True)}"


def _of(given: Ratio) -> str:
    return f"{given.count} of {given.of}"


def _cut(text: str) -> str:
    line = visible(text, prose=True)
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"
