"""rendering: a report of ten thousand findings in every format: its time, and the most memory that it takes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from auditor import formats
from auditor.formats import RenderOptions
from auditor.pipeline import audit
from auditor.report import Report
from tests.benchmarks.documents import sized

DOCUMENTS, CLAIMS, VALUES = 40, 520, 100


def report() -> Report:
    """Forty documents, in which a good half of the claims are false."""
    return Report(tuple(audit(*sized(VALUES, CLAIMS, seed)) for seed in range(DOCUMENTS)))


def cost(name: str) -> tuple[float, float, int]:
    """Seconds, the most MB of the whole process, and findings, for one format; of this process, which is used up by it."""
    whole = report()
    started = time.process_time()
    with Path(os.devnull).open("w", encoding="utf-8") as file:
        file.writelines(formats.pieces(name, whole, RenderOptions()))
    seconds = time.process_time() - started
    findings = sum(judgement.severity is not None for judgement in whole.judgements)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, findings


def measure() -> list[str]:
    """Each format in a process of its own, so that none pays for another's memory."""
    lines = []
    for name in formats.names():
        program = f"from tests.benchmarks.rendering import cost; print(*cost({name!r}))"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        seconds, most, findings = done.stdout.split()
        lines.append(f"    {name}: {float(seconds):.2f} s, {float(most):.0f} MB")
    return [f"a report of {int(findings):,} findings  (aim: under 5 s and 200 MB in every format):", *lines]
