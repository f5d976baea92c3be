"""figures: what the outcomes amount to: precision and recall, abstentions, confusion, scores over classes.

A figure without a single case to stand on is None, never 0 or 1.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.report import Audited
from tests.accuracy.kinds import of_alarms, of_kinds
from tests.accuracy.labelled import Label
from tests.accuracy.outcome import ABSTAINED, NOT_READ, Made
from tests.accuracy.ratio import Ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.accuracy.kinds import AlarmsOfKind, OfKind
    from tests.accuracy.labelled import Source
    from tests.accuracy.outcome import Alarm, Audits, Outcome

TWO = 2
"""The number of classes where an abstention is no class of its own."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the statements labelled contradicted are found, and why the others are not."""

    recall: Ratio
    not_read: int
    """Missed because the reading lacks them."""
    abstained: int
    """Missed because the verdict on them is neither."""
    opposite: int
    """Missed because the verdict on them is `supported`."""


@dataclass(frozen=True, slots=True)
class Raised:
    """How far the alarms can be relied on; one alarm is one sentence, or one row of a table."""

    right: int
    """About statements labelled contradicted, or found to stand by a reader."""
    wrong: int
    """About statements labelled otherwise, or found not to stand by a reader."""
    soft: int
    """About matters of wording."""
    unread: int
    """About what nobody has labelled, and no reader has looked at."""
    precision: Ratio
    """Right, of the alarms that somebody has looked at."""
    least: Ratio
    """The same if none of the alarms that nobody has looked at stands."""
    elsewhere: Ratio
    """Of the alarms that nobody has labelled, those that a reader lets stand, among those that a reader has read."""


@dataclass(frozen=True, slots=True)
class Classes:
    """How well given claims are sorted into their classes."""

    accuracy: Ratio
    """An abstention is wrong where there is no class for it."""
    accuracy_refuted: Ratio | None
    """With two classes: an abstention counts as refuted."""
    macro_f1: float | None
    """With three classes: the mean of their F1 scores; an abstention is `not_checkable`."""
    macro_f1_whole: float | None
    """The same where a claim is supported only if every checkable part of it is."""
    f1: Mapping[str, float]
    """The F1 score of each class."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is measured of one data set, or of all together."""

    documents: Ratio
    """Audited, of all."""
    statements: Ratio
    """Counted, of all."""
    found: Found
    raised: Raised
    false_alarms: Ratio
    """Alarms that are wrong or that nobody has looked at, for each document without a labelled contradiction."""
    supported: Ratio
    """Of the statements labelled supported, those judged so."""
    abstentions: Mapping[str, int]
    """Of the statements labelled supported or contradicted, those judged neither, by reason."""
    confusion: Mapping[str, Mapping[str, int]]
    """By label, what the audit makes of the statements."""
    gone: Ratio
    """Of the corrected statements, those that are alarmed no more."""
    found_and_gone: Ratio
    """Of the corrected statements, those alarmed before and no more after."""
    classes: Classes | None
    """Present for given claims."""
    kinds: Mapping[str, OfKind]
    """The statements, by kind."""
    alarm_kinds: Mapping[str, AlarmsOfKind]
    """The alarms, by kind."""


def found(outcomes: Sequence[Outcome]) -> Found:
    """What became of the statements labelled contradicted."""
    made = [o.made for o in outcomes if o.is_counted and o.statement.label is Label.CONTRADICTED]
    return Found(
        Ratio(made.count(Made.CONTRADICTED), len(made)),
        sum(one in NOT_READ for one in made),
        made.count(Made.UNVERIFIABLE),
        made.count(Made.SUPPORTED),
    )


def raised(alarms: Sequence[Alarm], rulings: Mapping[str, bool]) -> Raised:
    """What the alarms are worth; a reader's ruling settles what nobody has labelled."""
    tally: Counter[str] = Counter(_worth(alarm, rulings) for alarm in alarms)
    right, wrong, unread = tally["right"], tally["wrong"], tally["unread"]
    precision, least = Ratio(right, right + wrong), Ratio(right, right + wrong + unread)
    read = [rulings[alarm.name] for alarm in alarms if alarm.label is None and alarm.name in rulings]
    return Raised(right, wrong, tally["soft"], unread, precision, least, Ratio(sum(read), len(read)))


def _worth(alarm: Alarm, rulings: Mapping[str, bool]) -> str:
    match alarm.label:
        case Label.CONTRADICTED:
            return "right"
        case Label.SOFT:
            return "soft"
        case None:
            return {True: "right", False: "wrong", None: "unread"}[rulings.get(alarm.name)]
        case _:
            return "wrong"


def is_open(alarm: Alarm, rulings: Mapping[str, bool]) -> bool:
    """Whether nobody has labelled or looked at what an alarm is about."""
    return _worth(alarm, rulings) == "unread"


def confusion(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """By label, how many statements the audit makes what of."""
    table: dict[str, dict[str, int]] = {}
    for label in Label:
        row = Counter(str(outcome.made) for outcome in outcomes if outcome.statement.label is label)
        if row:
            table[label.value] = {made.value: row[made] for made in Made if row[made]}
    return table


def abstentions(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Why statements that are true or false are judged neither, the most frequent reason first."""
    tally = Counter(
        outcome.reason if outcome.made is Made.UNVERIFIABLE and outcome.reason else outcome.made.value
        for outcome in outcomes
        if outcome.made in ABSTAINED and outcome.statement.label in {Label.SUPPORTED, Label.CONTRADICTED}
    )
    return dict(tally.most_common())


def classes(outcomes: Sequence[Outcome], labels: Sequence[Label]) -> Classes:
    """How given claims are sorted; a data set without `not_checkable` has two classes, any other three."""
    counted = [outcome for outcome in outcomes if outcome.is_counted]
    if len(labels) <= TWO:
        right = [outcome.made.value == outcome.statement.label.value for outcome in counted]
        refuted = [
            (outcome.made is Made.SUPPORTED) is (outcome.statement.label is Label.SUPPORTED) for outcome in counted
        ]
        return Classes(Ratio(sum(right), len(right)), Ratio(sum(refuted), len(refuted)), None, None, {})
    pairs = [(outcome.statement.label, _class(outcome.made)) for outcome in counted]
    scores = _scores(pairs, labels)
    whole = _scores([(outcome.statement.label, _class(outcome.whole)) for outcome in counted], labels)
    return Classes(
        Ratio(sum(label is made for label, made in pairs), len(pairs)),
        None,
        _mean(scores),
        _mean(whole),
        {label.value: score for label, score in scores.items()},
    )


def _class(made: Made) -> Label:
    return Label.NOT_CHECKABLE if made in ABSTAINED else Label(made.value)


def _scores(pairs: Sequence[tuple[Label, Label]], labels: Sequence[Label]) -> dict[Label, float]:
    """The F1 score of each class, 2 TP / (2 TP + FP + FN); 0 for a class that is neither there nor found."""
    scores = {}
    for label in labels:
        hits = sum(gold is made is label for gold, made in pairs)
        misses = sum((gold is label) is not (made is label) for gold, made in pairs)
        scores[label] = 2 * hits / (2 * hits + misses) if hits or misses else 0.0
    return scores


def _mean(scores: Mapping[Label, float]) -> float | None:
    return sum(scores.values()) / len(scores) if scores else None


def figures(
    sources: Sequence[Source],
    outcomes: Sequence[Outcome],
    alarms: Sequence[Alarm],
    audits: Audits,
    rulings: Mapping[str, bool],
) -> Figures:
    """The figures of one data set or of several together."""
    papers = [paper.name for source in sources for paper in source.papers]
    audited = {name for name in papers if isinstance(audits[name], Audited)}
    spoilt = {o.statement.paper for o in outcomes if o.statement.label is Label.CONTRADICTED}
    clean = audited - spoilt
    mended = [outcome for outcome in outcomes if outcome.gone is not None and outcome.is_counted]
    given = sources[0] if len(sources) == 1 and sources[0].given else None
    return Figures(
        Ratio(len(audited), len(papers)),
        Ratio(sum(outcome.is_counted for outcome in outcomes), len(outcomes)),
        found(outcomes),
        raised(alarms, rulings),
        Ratio(sum(a.paper in clean and _worth(a, rulings) in {"wrong", "unread"} for a in alarms), len(clean)),
        _judged_so(outcomes),
        abstentions(outcomes),
        confusion(outcomes),
        Ratio(sum(outcome.gone is True for outcome in mended), len(mended)),
        Ratio(sum(o.gone is True and o.made is Made.CONTRADICTED for o in mended), len(mended)),
        None if given is None else classes(outcomes, given.classes),
        of_kinds(outcomes),
        of_alarms(alarms, lambda alarm: _worth(alarm, rulings)),
    )


def _judged_so(outcomes: Sequence[Outcome]) -> Ratio:
    made = [o.made for o in outcomes if o.is_counted and o.statement.label is Label.SUPPORTED]
    return Ratio(made.count(Made.SUPPORTED), len(made))
