"""mounting: recording and replaying in a tree that is mounted read-only, since root may write whatever its modes say.

`unshare -rm python -m tests.mounting WHAT URL FOLDER`: the mounts are seen by this process alone and end with it. It ends with
0 where everything was as it should be.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from auditor.recordings import Store
from tests import live

OPTIONS = ("--model", "small", "--no-probe", "--format", "json", "--timeout", "60")


def mount(*options: str) -> None:
    subprocess.run(["mount", *options], check=True)


def remount(tree: Path, how: str) -> None:
    """Make the tree `ro` or `rw`; it cannot be made read-only while somebody is writing to it."""
    deadline = time.monotonic() + 20
    while subprocess.run(["mount", "-o", f"remount,{how}", tree], check=False, capture_output=True).returncode:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def started(url: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "OPENAI_BASE_URL": url, "TMPDIR": os.environ["ELSEWHERE"]}
    command = [sys.executable, "-m", "auditor", *OPTIONS, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(child: subprocess.Popen[bytes]) -> tuple[int, dict[str, str], list[dict[str, Any]]]:
    """The exit code, what is said of the documents that were not audited, and the documents."""
    out, _ = child.communicate(timeout=60)
    found = json.loads(out)["documents"]
    failures = {
        entry["path"]: f"{entry['error']['message']} | {entry['error']['hint']}"
        for entry in found
        if entry["status"] == "not-audited"
    }
    return child.returncode, failures, found


def files(tree: Path) -> dict[str, bytes]:
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


def recording(url: str, tree: Path) -> None:
    """Nobody is asked in vain, each document has one sentence, and what was recorded before stays as it is."""
    assert ended(started(url, *live.documents(2)))[0] == 0
    paths = live.documents(4)
    before = files(tree)
    remount(tree, "ro")
    code, failures, _ = ended(started(url, *paths))
    assert (code, failures) == (3, {path: _sentence(tree, path, tree / ".audit") for path in paths[2:]})
    code, failures, _ = ended(started(url, "--record", *paths))
    assert (code, failures) == (3, {path: _sentence(tree, path, tree / ".audit") for path in paths})
    assert files(tree) == before


def at_first(url: str, tree: Path) -> None:
    """Likewise where there is not even a folder for recordings."""
    paths = live.documents(2)
    remount(tree, "ro")
    code, failures, _ = ended(started(url, *paths))
    assert (code, failures) == (3, {path: _sentence(tree, path, tree) for path in paths})
    assert sorted(files(tree)) == paths


def _sentence(tree: Path, path: str, folder: Path) -> str:
    return (
        f"the answer for {path} could not be kept in {tree}/.audit/{path}.json: {folder} cannot be written to | "
        "make that folder writable; no model was asked"
    )


def replaying(url: str, tree: Path) -> None:
    """A recording is replayed as in any other tree."""
    paths = live.documents(3)
    assert ended(started(url, *paths))[0] == 0
    expected = ended(started(url, *paths))
    before = files(tree)
    remount(tree, "ro")
    assert ended(started(url, "--offline", *paths)) == expected
    assert (expected[:2], files(tree)) == ((0, {}), before)


def meanwhile(url: str, tree: Path) -> None:
    """Made read-only while the model answers: what was paid for is kept elsewhere, and can be put in its place."""
    paths = live.documents(6)
    child = started(url, "--jobs", "6", *paths)
    deadline = time.monotonic() + 40
    while len([path for path in paths if Store().place(path).exists()]) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    remount(tree, "ro")
    Path(os.environ["ELSEWHERE"], "go").touch()
    code, failures, _ = ended(child)
    assert (code, [*failures]) == (3, paths[3:])
    remount(tree, "rw")
    for path, sentence in failures.items():
        place = tree / ".audit" / f"{path}.json"
        kept = Path(sentence.partition("; it is in ")[2].partition(" instead | ")[0])
        assert kept.parent == Path(os.environ["ELSEWHERE"])
        assert sentence == (
            f"the answer for {path} cannot be kept in {place}: Read-only file system; it is in {kept} instead | "
            "make room or make the folder writable, then move it there"
        )
        place.write_bytes(kept.read_bytes())
    assert sorted(files(tree)) == sorted([*paths, *(f".audit/{path}.json" for path in paths)])
    assert ended(started(url, "--offline", *paths))[:2] == (0, {})


if __name__ == "__main__":
    _, what, address, folder = sys.argv
    here = Path(folder)
    mount("-t", "tmpfs", "none", folder)
    os.chdir(here)
    {"recording": recording, "at_first": at_first, "replaying": replaying, "meanwhile": meanwhile}[what](address, here)
