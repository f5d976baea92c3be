"""Tests of kept: what is put away comes back as it was, in its order, and a report over it is the same report."""

from __future__ import annotations

import errno
import os
import tempfile
import tracemalloc

import pytest

from auditor import formats, kept
from auditor.document import Document, Row, Span
from auditor.errors import InputError, UsageError
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.formats import RenderOptions
from auditor.judgement import Evidence, Judgement, Severity
from auditor.kept import Kept
from auditor.report import Audited, NotAudited, Report

VERDICTS = (SUPPORTED, CONTRADICTED, unverifiable(Reason.VAGUE))


def _entry(number: int, text: str = "A is 3.\nA is 4.\n") -> Audited | NotAudited:
    if number % 5 == 4:
        return NotAudited(f"d.jsonl:{number}", InputError(f"{number} is no row", hint="mend it"))
    document = Document(f"d.jsonl#{number}", text, row=Row("d.jsonl", str(number), number, ()))
    assert len(document.sentences) == 2
    verdict = VERDICTS[number % 3]
    severity = Severity.MAGNITUDE if verdict == CONTRADICTED else None
    span = Span(8, 14)
    judgement = Judgement(
        "restatement", verdict, "A is 4", span, evidence=(Evidence("A", "3", Span(5, 6)),), severity=severity
    )
    return Audited(document, () if number % 7 == 6 else (judgement,), (), (), "m")


@pytest.mark.parametrize("length", [0, 1, 3, 4, 40])
def test_what_is_put_away_comes_back(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "IN_MEMORY", 3)
    entries = [_entry(number) for number in range(length)]
    found = Kept(iter(entries))
    assert len(found) == length
    for _ in range(2):
        assert list(map(_shown, found)) == list(map(_shown, entries))
    assert [_shown(found[number]) for number in range(-length, length)] == list(map(_shown, entries * 2))
    assert list(map(_shown, found[1:5:2])) == list(map(_shown, entries[1:5:2]))
    with pytest.raises(IndexError):
        found[length]


def _shown(entry: Audited | NotAudited) -> object:
    """What tells an entry from every other: errors are equal to themselves alone."""
    return (entry.path, entry.error.message, entry.error.hint) if isinstance(entry, NotAudited) else entry


@pytest.mark.parametrize("form", formats.names())
def test_a_report_over_it_is_the_same_report(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "IN_MEMORY", 3)
    entries = [_entry(number) for number in range(40)]
    one, other = Report(tuple(entries)), Report(Kept(entries))
    assert formats.render(form, other, RenderOptions()) == formats.render(form, one, RenderOptions())
    assert other.exit() == one.exit()


def test_sums() -> None:
    totals = Report(Kept(map(_entry, range(14)))).totals
    assert (totals.audited, totals.not_audited, totals.silent) == (12, 2, 2)
    assert totals.verdicts == {"supported": 3, "contradicted": 3, "unverifiable": 4}


def test_memory_does_not_grow_with_the_documents() -> None:
    def most(length: int) -> int:
        entries = (_entry(number, f"A is 3.\nA is 4.{' ' * 20_000}\n") for number in range(length))
        tracemalloc.start()
        for _ in formats.pieces("jsonl", Report(Kept(entries)), RenderOptions()):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few, many = most(600), most(1800)
    assert many < few * 1.1


def test_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(kept, "IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(UsageError) as caught:
        Kept([_entry(0)])
    assert caught.value.message == (
        f"a report of so many documents needs room in {tempfile.gettempdir()}: No space left on device"
    )
