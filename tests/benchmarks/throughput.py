"""throughput: many documents in one process: time each, its growth with their number, and memory."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import auditor.cli  # noqa: F401  (it sets the collector as a run has it)
from auditor.document import Document
from auditor.pipeline import audit
from tests.benchmarks.documents import of_4_kb

if TYPE_CHECKING:
    from collections.abc import Sequence


def _replay(documents: Sequence[tuple[Document, str]]) -> None:
    """Audit documents as a run does, which keeps none of them."""
    for document, answer in documents:
        audit(Document(document.path, document.text), answer)


def measure() -> list[str]:
    """Milliseconds a document for 10, 100 and 1,000 of them, and what stays in memory after each."""
    documents = [of_4_kb(seed) for seed in range(1000)]
    audit(*documents[0])
    lines = [f"documents of {sum(len(d.text) for d, _ in documents) / 1000:,.0f} characters replayed, on one core:"]
    each = {}
    for count in (10, 100, 1000):
        started = time.process_time()
        _replay(documents[:count])
        each[count] = (time.process_time() - started) / count * 1000
        lines.append(f"    {count:5,} documents: {each[count]:.2f} ms each  (aim: at most 5)")
    lines.append(f"    1,000 against 10: {each[1000] / each[10]:.2f} times as long each  (aim: about 1)")
    kept = []
    tracemalloc.start()
    for count in (100, 300):
        _replay(documents[:count])
        kept.append(tracemalloc.get_traced_memory()[0] / 1e6)
    tracemalloc.stop()
    lines.append(f"    kept in memory after 100 and after 400: {kept[0]:.1f} and {kept[1]:.1f} MB  (aim: the same)")
    return lines
