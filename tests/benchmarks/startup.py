"""startup: what a replay of the seeds costs as a whole process, against the bare libraries it needs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ("seeds/000_a620958fcbd0573b.txt", "seeds/003_c1bea226a4908a7c.txt")
LIBRARIES = "import typer, rich.table, rich.console; from pydantic import BaseModel"
REPLAY = [sys.executable, "-m", "auditor", "--offline", *SEEDS]
MODULES = f"""
import sys
from auditor.cli import main
main(["--offline", *{SEEDS!r}])
print("loaded:", sorted({{"openai", "instructor", "pydantic"}} & set(sys.modules)))
"""


def environment(bytecode: str) -> dict[str, str]:
    """The environment of a run, with compiled modules in a folder: those that are installed are compiled."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "COLUMNS": "100", "PYTHONPYCACHEPREFIX": bytecode}


def processor_seconds(command: list[str], bytecode: str) -> float:
    """User and system time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False, env=environment(bytecode))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def measure(runs: int = 15) -> list[str]:
    """The least of several runs of each, taken in turn so that both meet the same machine."""
    commands = {"replay": REPLAY, "libraries": [sys.executable, "-c", LIBRARIES], "python": [sys.executable, "-c", ""]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as bytecode:
        for run in range(runs + 1):
            for name, command in commands.items():
                took = processor_seconds(command, bytecode)
                if run:  # the first one compiles
                    times[name].append(took)
    least = {name: min(found) for name, found in times.items()}
    middle = {name: sorted(found)[len(found) // 2] for name, found in times.items()}
    loaded = subprocess.run([sys.executable, "-c", MODULES], cwd=ROOT, capture_output=True, text=True, check=True)
    return [
        f"replay of both seeds / its libraries alone: {least['replay'] / least['libraries']:.2f}  (aim: at most 1.4)",
        f"    least CPU of {runs}: {_ms(least['replay'])} / {_ms(least['libraries'])}, python {_ms(least['python'])}",
        f"    medians: {_ms(middle['replay'])} / {_ms(middle['libraries'])}",
        f"    client libraries loaded by a replay: {loaded.stdout.rpartition('loaded: ')[2].strip()}",
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
