"""What is paid for is kept: through kills, signals, a full disk and many processes at once."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

from auditor.errors import ExtractionError
from auditor.files import keeping
from tests.live import KEY, documents, good, run
from tests.rude import Rude, always

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rude import Behaviour, Piece

ROOT = str(Path(__file__).parents[1])
LATE: Behaviour = always(15.0)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.mark.parametrize("what", ["killed", "at_once", "full", "stopped"])
def test_nothing_finished_is_lost(what: str) -> None:
    late = dict.fromkeys(range(9, 13), LATE) if what == "stopped" else {}
    with Rude(good("json_schema"), late).running() as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.forking", what, server.url],
            env={**os.environ, "PYTHONPATH": ROOT},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert (done.returncode, done.stderr) == (0, "")
    if what == "full":
        assert server.asked.total() <= 1 + 3 + 2 * 4 + 17


def test_an_answer_without_a_place_is_not_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = documents(1)
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.parent.name == ".audit":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Rude(good("json_schema")).running() as server:
        told = run(server, paths, capsys)
        monkeypatch.undo()
        os.chdir(tmp_path)
        (kept,) = tmp_path.glob("audit-*.json")
        place = tmp_path / ".audit" / "1.md.json"
        assert told.failures == {
            "1.md": f"the answer for 1.md cannot be kept in {place}: No space left on device; it is in {kept} instead | "
            "make room or make the folder writable, then move it there"
        }
        kept.rename(place)
        server.asked.clear()
        assert run(server, paths, capsys).exit == 0
        assert server.asked.total() == 0


def test_nobody_is_asked_where_no_answer_could_be_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(".audit").write_text("a file where the folder should be", encoding="utf-8")
    with Rude(good("json_schema")).running() as server:
        told = run(server, documents(2), capsys)
    place = tmp_path / ".audit"
    assert (told.exit, told.err, server.asked.total()) == (3, "", 0)
    assert told.failures["1.md"] == (
        f"the recording {place}/1.md.json cannot be read: Not a directory | record it: audit --record 1.md"
        if "cannot be read" in told.failures["1.md"]
        else f"the answer for 1.md could not be kept in {place}/1.md.json: {place} cannot be written to | "
        "make that folder writable; no model was asked"
    )


def _why_not_mounted(folder: Path) -> str | None:
    """Why no tree can be mounted here for one process alone, if so."""
    if which("unshare") is None:
        return "unshare is not installed"
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"no mounts of one's own here: {done.stderr.strip()}"


@pytest.mark.parametrize(("what", "asked"), [("recording", 2), ("at_first", 0), ("replaying", 3), ("meanwhile", 6)])
def test_a_tree_that_may_only_be_read(what: str, asked: int, tmp_path: Path) -> None:
    """A mount: what modes forbid is not forbidden to root."""
    tree, elsewhere = tmp_path / "tree", tmp_path / "elsewhere"
    tree.mkdir()
    elsewhere.mkdir()
    if why := _why_not_mounted(tree):
        pytest.skip(why)

    def held(count: int) -> Iterator[Piece]:
        """An answer that comes once the tree is read-only."""
        while not (elsewhere / "go").exists():
            yield 0.02
        yield from good("json_schema")(count)

    late: dict[int, Behaviour] = dict.fromkeys(range(4, 7), held) if what == "meanwhile" else {}
    with Rude(good("json_schema"), late).running() as server:
        done = subprocess.run(
            ["unshare", "-rm", sys.executable, "-m", "tests.mounting", what, server.url, str(tree)],
            env={**os.environ, "PYTHONPATH": ROOT, "ELSEWHERE": str(elsewhere)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert (done.returncode, done.stderr, server.asked.total()) == (0, "", asked)


def test_a_folder_that_the_system_does_not_let_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.check(tmp_path / "a" / "b.json", "b.md")
    monkeypatch.setattr(os, "access", lambda place, _: place != tmp_path)
    with pytest.raises(ExtractionError) as caught:
        keeping.check(tmp_path / "a" / "b.json", "b.md")
    assert caught.value.message == (
        f"the answer for b.md could not be kept in {tmp_path}/a/b.json: {tmp_path} cannot be written to"
    )
