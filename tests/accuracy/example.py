"""example: six small data sets of our own, one in each format or use, and readings of them written by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from auditor.document import Document
from auditor.kinds import registry
from auditor.recordings import Recording, Store
from tests.cases import reading, slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.cases import Row

RENTS = """\
# Rents

The rent in Aldby starts at 410 euros and ends at 520 euros.
It rose over the years. In Borne it starts at 380 euros and ends at 395 euros, so it fell.
Borne has a nicer market.
"""
FERRIES = """\
The ferry Osprey takes 41 minutes, the ferry Heron 52 minutes.
Osprey is the faster of the two.
Heron needs 6 minutes more than Osprey.
"""
LAMPS = """\
# Lamps

- 2019: Amber 10, Blue 30
- 2021: Amber 19, Blue 22

Amber grew throughout. Blue grew throughout. Blue was the lower one in 2019. Both are lovely.
"""
BEFORE = """\
# Timings

| tool | mean [ms] | min [ms] | max [ms] |
| --- | --- | --- | --- |
| hush | 27.3 | 25.3 | 23.2 |
| dusk | 19.3 | 18.3 | 24.0 |

hush is the slower tool.
"""
AFTER = BEFORE.replace("| 27.3 | 25.3 | 23.2 |", "| 23.7 | 22.3 | 29.3 |")
MEDALS = """\
# Medals

| club | gold | silver |
| --- | --- | --- |
| Wrens | 7 | 2 |
| Larks | 4 | 5 |
"""

FILES: Mapping[str, str | list[dict[str, Any]]] = {
    "captions/documents.jsonl": [{"id": "rents", "document": RENTS}],
    "captions/claims.jsonl": [
        {"id": "c-1", "caption_id": "rents", "claim": "The rent in Aldby rose over the years.", "label": "supported", "kind": "trend"},
        {"id": "c-2", "caption_id": "rents", "claim": "Rent fell in Borne, from 380 to 395.", "label": "contradicted", "kind": "trend"},
        {"id": "c-3", "caption_id": "rents", "claim": "The market is nicer in Borne.", "label": "not_checkable", "kind": "taste"},
        {"id": "c-4", "caption_id": "rents", "claim": "Cedar wood is scarce.", "label": "supported", "kind": "trend"},
    ],
    "chart_descriptions/ferries.txt": FERRIES,
    "chart_descriptions/claims.jsonl": [
        {"id": "f-1", "doc": "ferries.txt", "claim": "Osprey is faster than Heron.", "label": "supported", "kind": "comparison"},
        {"id": "f-2", "doc": "ferries.txt", "claim": "Heron takes 6 minutes more.", "label": "contradicted", "kind": "difference"},
        {"id": "f-3", "doc": "ferries.txt", "claim": "Heron is the better ferry.", "label": "ambiguous", "kind": "comparison"},
    ],
    "chartinsighter/documents.jsonl": [
        {
            "id": "lamps 1",
            "document": LAMPS,
            "sentences": [
                {"sentence": "Amber grew throughout.", "label": "no_error_annotated", "types": []},
                {"sentence": "Blue grew throughout.", "label": "contradicted", "types": ["Trend Direction Error"]},
                {"sentence": "Blue was the lower one in 2019.", "label": "no_error_annotated", "types": []},
                {"sentence": "Both are lovely.", "label": "style_only", "types": ["Junk Description"]},
            ],
        },
    ],
    "readme_fixes/cases.json": "[]",
    "readme_fixes/tools/before.md": BEFORE,
    "readme_fixes/tools/after.md": AFTER,
    "readme_fixes/claims.jsonl": [
        {"id": "r-1", "case": "tools", "doc": "tools/before.md", "claim": "hush takes 27.3 ms, at least 25.3 and at most 23.2.", "label": "contradicted", "kind": "invariant", "corrected": None},
        {"id": "r-2", "case": "tools", "doc": "tools/after.md", "claim": "hush is the slower tool.", "label": "supported", "kind": "comparison", "corrected": None},
    ],
    "scitab/claims.jsonl": [
        {"id": "s-1", "document": MEDALS, "claim": "[CONTINUE] Wrens have more gold than Larks.", "label": "supported"},
        {"id": "s-2", "document": MEDALS, "claim": "Larks have more gold than Wrens.", "label": "contradicted"},
        {"id": "s-3", "document": MEDALS, "claim": "Wrens train harder.", "label": "not_checkable"},
    ],
    "tabfact/claims.jsonl": [
        {"id": "t-1", "document": MEDALS, "claim": "wrens have more gold than larks", "label": "supported"},
        {"id": "t-2", "document": MEDALS, "claim": "larks have less silver than wrens", "label": "contradicted"},
        {"id": "t-3", "document": MEDALS, "claim": "larks sing", "label": "contradicted"},
        {"id": "t-4", "document": MEDALS, "claim": "larks have 6 silver", "label": "contradicted"},
        {"id": "t-5", "document": MEDALS, "claim": "larks have 5 silver", "label": "supported"},
    ],
}  # fmt: skip
"""What stands in each file of the data sets."""


def write(folder: Path) -> Path:
    """Write the data sets, and tell where."""
    for name, content in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = content if isinstance(content, str) else "".join(json.dumps(row) + "\n" for row in content)
        file.write_text(lines, encoding="utf-8")
    return folder


def _compared(quote: str, left: str, relation: str, right: str) -> dict[str, Any]:
    return {"kind": "comparison", "quote": quote, "left": left, "relation": relation, "right": right}


def _trend(quote: str, series: str, shape: str) -> dict[str, Any]:
    return {"kind": "trend", "quote": quote, "series": series, "shape": shape}


_MEDALS: tuple[Row, ...] = (
    ("gold", "Wrens", "", "", "7", "| Wrens | 7 |"),
    ("gold", "Larks", "", "", "4", "| Larks | 4 |"),
    ("silver", "Wrens", "", "", "2", "| 2 |"),
    ("silver", "Larks", "", "", "5", "| 5 |"),
)
_MINUTES: tuple[Row, ...] = (("time", "Osprey", "", "", "41 minutes"), ("time", "Heron", "", "", "52 minutes"))
_RENTS: tuple[Row, ...] = (
    ("rent", "Aldby", "", "start", "410 euros"),
    ("rent", "Aldby", "", "end", "520 euros"),
    ("rent", "Borne", "", "start", "380 euros"),
    ("rent", "Borne", "", "end", "395 euros"),
)
_LAMPS: tuple[Row, ...] = (
    ("lamps", "Amber", "", "2019", "10", "2019: Amber 10"),
    ("lamps", "Amber", "", "2021", "19", "2021: Amber 19"),
    ("lamps", "Blue", "", "2019", "30", "2019: Amber 10, Blue 30"),
    ("lamps", "Blue", "", "2021", "22", "2021: Amber 19, Blue 22"),
)


def _tools(mean: str) -> tuple[Row, ...]:
    return ("mean", "hush", "", "", mean, f"| hush | {mean} |"), ("mean", "dusk", "", "", "19.3", "| dusk | 19.3 |")


_SLOWER = [_compared("hush is the slower tool", "mean; hush", "greater", "; dusk")]
READINGS: Mapping[str, tuple[Iterable[Row], list[dict[str, Any]]]] = {
    "captions/rents.txt": (
        _RENTS,
        [
            _trend("It rose over the years", "rent; Aldby", "increases"),
            _trend("so it fell", "rent; Borne", "decreases"),
            {"kind": "uncheckable", "quote": "Borne has a nicer market", "why": "subjective"},
        ],
    ),
    "chart_descriptions/ferries.txt": (
        _MINUTES,
        [
            {
                "kind": "difference",
                "quote": "Heron needs 6 minutes more than Osprey",
                "left": "time; Heron",
                "relation": "more",
                "measure": "amount",
                "size": "6 minutes",
                "right": "; Osprey",
            }
        ],
    ),
    "chartinsighter/lamps-1.md": (
        _LAMPS,
        [
            _trend("Amber grew throughout", "lamps; Amber", "increases"),
            _trend("Blue grew throughout", "lamps; Blue", "increases"),
            _compared("Blue was the lower one in 2019", "lamps; Blue;; 2019", "less", "; Amber;; 2019"),
        ],
    ),
    "readme_fixes/tools/before.md": (_tools("27.3"), _SLOWER),
    "readme_fixes/tools/after.md": (_tools("23.7"), _SLOWER),
    "scitab/s-1.md": (
        _MEDALS,
        [_compared("Wrens have more gold than Larks", "gold; Wrens", "greater", "; Larks")],
    ),
    "scitab/s-2.md": (
        _MEDALS,
        [_compared("Larks have more gold than Wrens", "gold; Larks", "greater", "; Wrens")],
    ),
    "scitab/s-3.md": (_MEDALS, [{"kind": "uncheckable", "quote": "Wrens train harder", "why": "external"}]),
    "tabfact/t-1.md": (
        _MEDALS,
        [_compared("wrens have more gold than larks", "gold; Wrens", "greater", "; Larks")],
    ),
    "tabfact/t-2.md": (
        _MEDALS,
        [_compared("larks have less silver than wrens", "silver; Larks", "less", "; Wrens")],
    ),
    "tabfact/t-3.md": (_MEDALS, []),
    "tabfact/t-4.md": ([*_MEDALS, ("silver", "Larks", "", "", "6", "larks have 6 silver")], []),
    "tabfact/t-5.md": ([*_MEDALS, ("silver", "Larks", "", "", "5", "larks have 5 silver")], []),
}
"""By the name a document is exported under, the values and claims that are read from it."""


def record(exported: Path) -> None:
    """Keep the readings beside the exported documents, as `audit --record` does with those of a model."""
    for name, (rows, claims) in READINGS.items():
        text = (exported / name).read_text(encoding="utf-8")
        answer = json.dumps(reading(text, rows, [slots(registry()[claim["kind"]], claim) for claim in claims]))
        document = Document(str(exported / name), text)
        recording = Recording(name, document.digest, "p", "s", "by hand", "by hand", {}, {}, answer)
        Store().save(document, recording)
