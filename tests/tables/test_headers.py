"""A table's headers are names whatever they are: a document is not held to what a model may send."""

from __future__ import annotations

import json

import pytest

from auditor import formats
from auditor.document import Document
from auditor.formats import RenderOptions
from auditor.pipeline import audit
from auditor.report import Report
from auditor.tables.header import read_header

_ANSWER: dict[str, object] = {
    "metrics": [],
    "subjects": [],
    "dimensions": [],
    "position": None,
    "tables": [{"number": 1, "rows": "subject", "columns": "metric", "metric": None, "levels": []}],
    "values": [],
    "claims": [],
}


@pytest.mark.parametrize("header", ["score", "s" * 4000, "s" * 4001, "score " * 5000, "\ud800score", "\udfff\ud800"])
def test_any_header_is_a_name(header: str) -> None:
    document = Document("a.md", f"| who | {header} |\n|---|---|\n| Ada | 3.5 |\n| Bo | 4.5 |\n")
    audited = audit(document, json.dumps(_ANSWER))
    assert [(value.metric, value.subject, value.written) for value in audited.values] == [
        (" ".join(header.split()), "Ada", "3.5"),
        (" ".join(header.split()), "Bo", "4.5"),
    ]
    for form in formats.names():
        assert formats.render(form, Report((audited,)), RenderOptions()).encode()


# a header, and what is read of it: name, unit, whether it is a rate of something
RATES = [
    ("Requests/s", "Requests/s", "req/s"),
    ("images/s", "images/s", "image/s"),
    ("ops/ms", "ops/ms", "op/ms"),
    ("tokens / s", "tokens / s", "token/s"),
    ("MB/s", "MB/s", "MB/s"),
    ("Throughput (MB/s)", "Throughput", "MB/s"),
    ("Time/s", "Time", "s"),
    ("Wall time / ms", "Wall time", "ms"),
    ("Latency/ms", "Latency", "ms"),
    ("Energy/J", "Energy", "J"),
]


@pytest.mark.parametrize(("text", "name", "unit"), RATES, ids=[text for text, *_ in RATES])
def test_a_slash_makes_a_rate_or_stands_before_a_unit(text: str, name: str, unit: str) -> None:
    header = read_header(text)
    assert header.unit is not None
    assert (header.name, header.unit.name) == (name, unit)
