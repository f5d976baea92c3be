"""rows: a data set of many texts, each with a recording: time, memory and how they grow; `python -m tests.benchmarks.rows 100000`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from auditor import prompt
from auditor.document import Document, Row
from auditor.recordings import Recording, Store, _printed
from tests.benchmarks.documents import sized

ROOT = Path(__file__).parents[2]
COLUMNS = ("--text-column", "text", "--id-column", "id")


def _write(folder: Path, rows: int) -> None:
    """The data set and its recordings, of which a few are written again and again."""
    texts = [sized(6, 4, seed) for seed in range(50)]
    (folder / ".git").mkdir()
    place = Store().place_of(Document("", "", row=Row(str(folder / "d.jsonl"), "0", 1, ()))).parent
    place.mkdir(parents=True)
    with (folder / "d.jsonl").open("w", encoding="utf-8") as file:
        for number in range(rows):
            document, answer = texts[number % len(texts)]
            file.write(json.dumps({"id": number, "text": document.text}) + "\n")
            recording = Recording(
                f"d.jsonl#{number}", document.digest, prompt.digest(), prompt.schema_digest(), "m", "m", {}, {}, answer
            )
            (place / f"{number}.json").write_text(_printed(recording), encoding="utf-8")


def _run(rows: int, form: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, rows)
        command = [sys.executable, "-m", "auditor", "--offline", *COLUMNS, "--format", f"{form}=report", "d.jsonl"]
        measured = (
            "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
            "print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        started = time.monotonic()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", measured, *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        code, memory = done.stdout.split()
        seconds = time.monotonic() - started
        size = (folder / "report").stat().st_size
    return (
        f"{rows:,} rows of 500 bytes to {form}: {seconds:.1f} s, {1000 * seconds / rows:.1f} ms a row, "
        f"at most {int(memory) // 1024} MB in one process, a report of {size >> 20} MB (exit {code})"
    )


def measure(sizes: tuple[int, ...] = (1000, 4000)) -> list[str]:
    """Each size in both formats for data sets; memory is to stay the same."""
    return [_run(rows, form) for form in ("jsonl", "table") for rows in sizes]


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in measure(tuple(map(int, sys.argv[1:])) or (1000, 4000))))
