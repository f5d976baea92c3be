"""forking: runs of the command as processes that start at once, since everything is loaded before they fork.

`python -m tests.forking WHAT URL` in a folder of its own; it ends with 0 where everything was as it should be. It has one
thread only, so that forking is safe; the server is in another process.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import cli
from auditor.recordings import Store
from auditor.sources import read
from tests import live

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 100


def start(url: str, paths: list[str], prepare: Callable[[], None] = lambda: None, out: str = "err") -> int:
    """A process that records documents; what it prints goes to a file."""
    child = os.fork()
    if child:
        return child
    prepare()
    _printing_to(out)
    os._exit(record(url, paths))


def record(url: str, paths: list[str]) -> int:
    told = ["--base-url", url, "--model", "small", "--no-probe", "--jobs", "4", "--timeout", "60", "--show", "problems"]
    return cli.main([*told, *paths])


def warm(url: str) -> None:
    """Record one document, so that whatever is loaded on first use is loaded before anything forks."""
    child = os.dup(1), os.dup(2)
    Path("warm").mkdir()
    os.chdir("warm")
    _printing_to("err")
    assert record(url, live.documents(1)) == 0
    os.chdir("..")
    for stream, there in enumerate(child, start=1):
        os.dup2(there, stream)


def _printing_to(file: str) -> None:
    out = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def recorded(paths: list[str]) -> set[str]:
    """Whose recording is there; each has to be whole."""
    found = {path for path in paths if Store().place(path).exists()}
    for path in found:
        assert Store().load(read(path)).answer == live.answer()
    return found


def killed(url: str) -> None:
    """Killed at random moments: what was finished stays, and what is there is whole."""
    chance = random.Random(1)  # noqa: S311  (it hides nothing)
    paths = live.documents(12)
    finished: set[str] = set()
    moments = 0
    while moments < TIMES:
        child = start(url, paths)
        time.sleep(chance.uniform(0.0, 0.2))
        os.kill(child, signal.SIGKILL)
        moments += ended(child) == -signal.SIGKILL
        now = recorded(paths)
        assert finished <= now
        finished = now
        if len(now) == len(paths):
            for path in paths:
                Store().place(path).unlink()
            finished = set()
    assert ended(start(url, paths)) == 0
    assert len(recorded(paths)) == len(paths)


def at_once(url: str) -> None:
    """Sixteen processes that record the same documents."""
    paths = live.documents(4)
    children = [start(url, paths) for _ in range(16)]
    codes = [ended(child) for child in children]
    assert codes == [0] * 16, (codes, Path("err").read_text(encoding="utf-8"))
    assert len(recorded(paths)) == len(paths)
    assert sorted(path.name for path in Path(".audit").iterdir()) == [f"{number}.md.json" for number in range(1, 5)]


def full(url: str) -> None:
    """No room for a recording: nothing half written, nothing that was there before lost, and nobody asked in vain."""
    paths = live.documents(20)
    assert ended(start(url, paths[:3])) == 0

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))

    assert ended(start(url, paths, no_room, os.devnull)) == 3
    assert recorded(paths) == {*paths[:3]}
    assert len([*Path(".audit").iterdir()]) == 3
    assert ended(start(url, paths)) == 0
    assert len(recorded(paths)) == len(paths)


def stopped(url: str) -> None:
    """Ctrl-C and SIGTERM while some answers are there and the others are not."""
    for number, sent in enumerate((signal.SIGINT, signal.SIGTERM)):
        folder = Path(str(number))
        folder.mkdir()
        os.chdir(folder)
        paths = live.documents(12)
        child = start(url, paths)
        deadline = time.monotonic() + 20
        while len(recorded(paths)) < 8:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(0.5)  # by then the other four are asked, and their answers are late
        began = time.monotonic()
        os.kill(child, sent)
        assert ended(child) == 130
        assert time.monotonic() - began < 10  # 3 s at most, where nothing else keeps the machine busy
        assert len(recorded(paths)) == 8
        said = Path("err").read_text(encoding="utf-8").splitlines()
        assert said[1:] == [
            "interrupted; what is recorded is not asked again by the same command",
            "12 requests, 40,000 tokens in, 800 out, 8 answers recorded, 0 recordings reused",
        ], said
        os.chdir("..")


if __name__ == "__main__":
    warm(sys.argv[2])
    {"killed": killed, "at_once": at_once, "full": full, "stopped": stopped}[sys.argv[1]](sys.argv[2])
