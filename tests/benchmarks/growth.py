"""growth: one large document: its time, and how that grows with values and with claims."""

from __future__ import annotations

import time

from auditor.pipeline import audit
from tests.benchmarks.documents import sized


def _seconds(values: int, claims: int) -> float:
    document, answer = sized(values, claims)
    times = []
    for _ in range(3):
        started = time.process_time()
        audit(document, answer)
        times.append(time.process_time() - started)
    return min(times)


def measure() -> list[str]:
    """The large one, and the ratio for twice as many values or claims."""
    whole, base = _seconds(2000, 1000), _seconds(1000, 500)
    more_values, more_claims = _seconds(2000, 500), _seconds(1000, 1000)
    return [
        f"2,000 values and 1,000 claims in one document: {whole:.2f} s  (aim: under 2)",
        f"    twice the values against 1,000 and 500: {more_values / base:.2f} times as long  (aim: at most 2)",
        f"    twice the claims: {more_claims / base:.2f} times as long  (aim: at most 2)",
    ]
