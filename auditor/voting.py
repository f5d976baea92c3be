"""voting: one report from several readings of one document: what the majority of them reads.

Each reading is judged by itself, on the values that it reads; then the verdicts on one
passage are counted. What no majority reads alike is in doubt, and is said to be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor.exact.verdict import Reason, unverifiable
from auditor.judgement import Runs
from auditor.report import Audited, Use, in_document_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.document import Document
    from auditor.judgement import Judgement
    from auditor.report import Covered, Rejected

_LEAST_SURE = (Use.UNREAD, Use.IGNORED, Use.JUDGED, Use.USED)
"""Which use counts where as many readings say one as another."""


class _Case(Struct):
    """One claim as the readings have it."""

    seen: dict[int, Judgement]
    """By the number of the reading."""

    def is_of(self, judgement: Judgement, *, exactly: bool) -> bool:
        """Whether a judgement is about the same words."""
        first = next(iter(self.seen.values()))
        if first.span is None or judgement.span is None:
            return (first.span, first.quote) == (judgement.span, judgement.quote)
        return first.span == judgement.span if exactly else first.span.overlaps(judgement.span)


def majority(readings: Sequence[Audited]) -> Audited:
    """The readings of one document as one; each judgement says in how many of them it was read so."""
    first, count = readings[0], len(readings)
    cases = _cases(first.document, [reading.judgements for reading in readings])
    agreed: Counter[int] = Counter()
    judgements = []
    for case in cases:
        judgement, runs = _settled(case, count)
        agreed.update(runs)
        judgements.append(judgement)
    most = min(range(count), key=lambda run: (-agreed[run], run))
    return replace(
        first,
        judgements=tuple(in_document_order(judgements)),
        coverage=tuple(_use(entries) for entries in zip(*(reading.coverage for reading in readings), strict=True)),
        rejected=tuple(_refused([reading.rejected for reading in readings])),
        values=readings[most].values,
    )


def _cases(document: Document, runs: Sequence[Sequence[Judgement]]) -> list[_Case]:
    """The judgements about the same words, of one kind, at most one of each reading together."""
    cases: list[_Case] = []
    near: dict[object, list[_Case]] = defaultdict(list)
    for run, judgements in enumerate(runs):
        left = [(judgement, near[_place(document, judgement)]) for judgement in judgements]
        for exactly in (True, False):
            unmatched = []
            for judgement, found in left:
                free = (case for case in found if run not in case.seen and case.is_of(judgement, exactly=exactly))
                case = next(free, None)
                if case is None:
                    unmatched.append((judgement, found))
                else:
                    case.seen[run] = judgement
            left = unmatched
        for judgement, found in left:
            found.append(_Case({run: judgement}))
            cases.append(found[-1])
    return cases


def _place(document: Document, judgement: Judgement) -> object:
    """What two judgements share that may be about the same words: kind and sentence."""
    where = judgement.quote if judgement.span is None else document.sentence_around(judgement.span).start
    return judgement.kind, judgement.implied, where


def _settled(case: _Case, count: int) -> tuple[Judgement, list[int]]:
    """The judgement that the majority comes to, and which readings do."""
    verdicts = Counter(judgement.verdict.name for judgement in case.seen.values())
    name, agreeing = verdicts.most_common(1)[0]
    runs = [run for run, judgement in case.seen.items() if judgement.verdict.name == name]
    if 2 * agreeing > count:
        same = [case.seen[run] for run in runs]
        reason, _ = Counter(judgement.verdict.reason for judgement in same).most_common(1)[0]
        chosen = next(judgement for judgement in same if judgement.verdict.reason == reason)
        note = f"read so in all {count} runs" if agreeing == count else f"read so in {agreeing} of {count} runs"
        return replace(chosen, notes=(*chosen.notes, note), runs=Runs(agreeing, count)), runs
    chosen = next(iter(case.seen.values()))
    told = ", ".join(f"{each} in {times}" for each, times in sorted(verdicts.items()))
    note = f"read in {len(case.seen)} of {count} runs: {told}"
    doubtful = replace(
        chosen,
        verdict=unverifiable(Reason.READING_IN_DOUBT),
        computation="the runs do not agree on what it says",
        evidence=(),
        margin="",
        severity=None,
        mend=(),
        notes=(note,),
        runs=Runs(agreeing, count),
    )
    return doubtful, []


def _use(entries: Iterable[Covered]) -> Covered:
    """What most readings do with a number or sentence."""
    each = list(entries)
    uses = Counter(entry.use for entry in each)
    use = min(uses, key=lambda use: (-uses[use], _LEAST_SURE.index(use)))
    return next(entry for entry in each if entry.use is use)


def _refused(runs: Sequence[Iterable[Rejected]]) -> Iterator[Rejected]:
    """Everything that any reading states in vain, once, with how many do."""
    found: dict[tuple[object, ...], list[Rejected]] = defaultdict(list)
    for rejected in runs:
        for key, refused in {(refused.what, refused.why, refused.span): refused for refused in rejected}.items():
            found[key].append(refused)
    for same in found.values():
        some = "" if len(same) == len(runs) else f" (in {len(same)} of {len(runs)} runs)"
        yield replace(same[0], why=same[0].why + some)
