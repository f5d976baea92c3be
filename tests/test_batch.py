"""Many documents are audited side by side, and the report is as if they had been audited one by one."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor import batch, errors
from auditor.cli import main
from auditor.recordings import Recording, Store
from auditor.sources import decoded
from tests.benchmarks.documents import sized

if TYPE_CHECKING:
    from auditor.errors import AuditorError

forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@pytest.fixture(autouse=True)
def _cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_processes", lambda: 3)


def _square(number: int) -> tuple[int, int]:
    if number == 99:
        raise ZeroDivisionError
    return number * number, os.getpid()


@forking
@pytest.mark.parametrize("count", [0, 1, 12, 13, 16, 17, 98])
def test_results_come_in_order_however_many_there_are(count: int) -> None:
    assert [made for made, _ in batch.each(range(count), _square)] == [number * number for number in range(count)]


@forking
def test_the_first_few_and_those_alone_are_done_here_and_the_rest_elsewhere() -> None:
    here = os.getpid()
    places = [place for _, place in batch.each(range(40), _square)]
    assert set(places[: batch.FIRST]) == {here}
    assert here not in places[batch.FIRST :]
    assert {place for _, place in batch.each(range(batch.FEW), _square)} == {here}
    assert {place for _, place in batch.each(range(40), _square, alone=True)} == {here}


@forking
def test_the_work_may_hold_what_cannot_be_sent() -> None:
    unsendable = [lambda number: number + 1]
    assert list(batch.each(range(30), unsendable[0])) == list(range(1, 31))


@forking
def test_a_bug_elsewhere_is_a_bug_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(batch.each(range(200), _square))


@pytest.mark.parametrize("sort", [sort for sort in vars(errors).values() if isinstance(sort, type)])
def test_an_error_arrives_as_it_was_sent(sort: type[AuditorError]) -> None:
    sent = pickle.loads(pickle.dumps(sort("what went wrong", hint="what to do")))  # noqa: S301  (our own bytes)
    assert (type(sent), sent.message, sent.hint, str(sent)) == (
        sort,
        "what went wrong",
        "what to do",
        "what went wrong",
    )


@forking
@pytest.mark.parametrize("form", ["json", "table", "html", "junit"])
def test_a_report_does_not_tell_how_many_cores_there_were(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [f"r{number:02}.md" for number in range(30)]
    for number, name in enumerate(names):
        document, answer = sized(4, 3, seed=number)
        Path(name).write_text(document.text, encoding="utf-8")
        if number % 7:
            recorded = decoded(name, document.text.encode())
            Store().save(recorded, Recording(name, recorded.digest, "", "", "m", "m-1", {}, {}, answer))
    Path(names[20]).write_bytes(b"\0")
    code = main(["--offline", "--format", form, *names, "missing.md"])
    together = capsys.readouterr().out
    monkeypatch.setattr(batch, "_processes", lambda: 1)
    assert main(["--offline", "--format", form, *names, "missing.md"]) == code == 3
    assert together == capsys.readouterr().out
