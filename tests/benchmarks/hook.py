"""hook: a commit that touches many documents, none of them changed: the whole process, as pre-commit waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from auditor.document import Document
from auditor.recordings import Recording, Store
from tests.benchmarks.documents import of_4_kb
from tests.benchmarks.startup import ROOT, environment

COUNT = 200


def measure(runs: int = 3) -> list[str]:
    """The least of several runs, in seconds that a person waits."""
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        names = [_recorded(project, seed) for seed in range(COUNT)]
        command = [sys.executable, "-m", "auditor", "--offline", "--format", "concise", *names]
        python_path = os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
        env = {**environment(f"{place}/bytecode"), "PYTHONPATH": python_path}
        took = []
        for _ in range(runs + 1):
            started = time.perf_counter()
            subprocess.run(command, cwd=project, stdout=subprocess.DEVNULL, check=False, env=env)
            took.append(time.perf_counter() - started)
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return [f"hook on {COUNT} unchanged documents of 4 kB: {min(took[1:]):.2f} s on {cores} cores  (aim: under 1.5)"]


def _recorded(project: Path, seed: int) -> str:
    """A document in a project with its recording; its name."""
    made, answer = of_4_kb(seed)
    name = f"report-{seed}.md"
    (project / name).write_text(made.text, encoding="utf-8")
    digest = Document(name, made.text).digest
    Store().save(Document(str(project / name), made.text), Recording(name, digest, "", "", "m", "m-1", {}, {}, answer))
    return name
