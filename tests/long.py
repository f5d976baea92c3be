"""long: a document of hundreds of thousands of characters, and a model that reads its parts from what was written.

Every experiment is described in a section of its own; what is concluded about it stands in
sections far away, and some of that is false. The model knows the document as its author
does, sees no more than a request shows, and calls things by other names in other parts.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from auditor.document import Document
from auditor.llm.model import Answer
from auditor.prompt import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

METHODS = ("Birch", "Cedar", "Dogwood", "Elm")
_COLOURS = ("Amber", "Azure", "Ivory", "Jade", "Lilac", "Ochre", "Rose", "Ruby", "Sable", "Teal", "Umber", "Violet")
_PLACES = ("Bay", "Cove", "Dale", "Fjord", "Glen", "Heath", "Isle", "Lake", "Marsh", "Moor", "Ridge", "Vale")
SETS = tuple(f"{colour} {place}" for colour in _COLOURS for place in _PLACES)

_FILLER = (
    "The recordings were made by hand and checked by two people who did not know each other's notes. "
    "Nothing in the procedure was changed while the work went on, and every run was kept. "
    "Where a machine failed, the run was repeated on another one of the same make. "
    "We describe the material in the appendix, with the scripts that prepared it. "
)


@dataclass(frozen=True)
class Stated:
    """A sentence that gives a value."""

    text: str
    metric: str
    method: str
    data: str
    written: str


@dataclass(frozen=True)
class Concluded:
    """A sentence that draws a conclusion, and whether it is true."""

    text: str
    claim: Mapping[str, Any]
    data: str
    """The data set whose section it stands in; empty where it stands elsewhere."""
    is_true: bool


def accuracy(data: int, method: int) -> int:
    """In tenths of a percent; no two methods have the same on one data set."""
    return 600 + (data * 37 + method * 53) % 211 + method


def seconds(data: int, method: int) -> int:
    """In tenths of a second; likewise."""
    return 200 + (data * 61 + method * 29) % 307 + method


def _selector(metric: str | None, method: str, data: str) -> dict[str, Any]:
    return {"metric": metric, "subjects": [method], "levels": [f"data set={data}"] if data else [], "at": None}


def _compared(text: str, metric: str, pair: tuple[str, str], relation: str, data: str) -> dict[str, Any]:
    left, right = (_selector(metric, method, data) for method in pair)
    return {
        "kind": "comparison",
        "quote": text.rstrip("."),
        "left": left,
        "relation": relation,
        "right": right,
        "over": None,
    }


@dataclass
class Long:
    """The document with what its author knows."""

    sets: int = len(SETS)
    stated: list[Stated] = field(default_factory=list)
    concluded: list[Concluded] = field(default_factory=list)

    @cached_property
    def document(self) -> Document:
        """The text; made once."""
        return Document("long.md", "".join(self._text()))

    def _text(self) -> Iterator[str]:
        yield "# Four ways to sort leaves\n\n## Summary\n\n"
        for number in range(0, self.sets, 12):
            yield f"{self._far(self.sets - 1 - number, number)} "
        yield "\n\n# Experiments\n"
        for number, data in enumerate(SETS[: self.sets]):
            yield f"\n## {data}\n\n{_FILLER}\n"
            for place, method in enumerate(METHODS):
                yield self._value("accuracy", f"{accuracy(number, place) / 10:.1f} %", method, data)
                yield self._value("time", f"{seconds(number, place) / 10:.1f} s", method, data)
            yield f"\n\n{_FILLER * 2}\n\n{self._here(number, data)}\n"
            if number % 9 == 4:
                yield "".join(self._table(number))
        yield "\n# Discussion\n"
        for number in range(self.sets):
            yield f"\n### On {SETS[number]} again\n\n{_FILLER}{self._far(number, number)} {_FILLER}\n"

    def _value(self, metric: str, written: str, method: str, data: str) -> str:
        verb = "reaches an accuracy of" if metric == "accuracy" else "needs a time of"
        stated = Stated(f"{method} {verb} {written}", metric, method, data, written)
        self.stated.append(stated)
        return f"On {data}, {stated.text}. "

    def _here(self, number: int, data: str) -> str:
        """The same words in many sections, each time about that section's data."""
        a, b = (0, 1) if number % 2 else (2, 3)
        faster = seconds(number, a) < seconds(number, b)
        text = f"Here {METHODS[a]} is faster than {METHODS[b]}."
        pair = (METHODS[a], METHODS[b])
        self.concluded.append(Concluded(text, _compared(text, "time", pair, "less", data), data, faster))
        return text

    def _far(self, number: int, salt: int) -> str:
        """A conclusion about a data set far away; every seventh is turned round."""
        a, b = salt % 4, (salt + 1 + salt // 4 % 3) % 4
        if (accuracy(number, a) < accuracy(number, b)) is (salt % 7 != 3):
            a, b = b, a
        text = f"On {SETS[number]}, {METHODS[a]} is more accurate than {METHODS[b]}."
        claim = _compared(text, "accuracy", (METHODS[a], METHODS[b]), "greater", SETS[number])
        self.concluded.append(Concluded(text, claim, "", accuracy(number, a) > accuracy(number, b)))
        return text

    def _table(self, number: int) -> Iterator[str]:
        yield "\n| method | memory (MB) |\n|---|---|\n"
        for place, method in enumerate(METHODS):
            yield f"| {method} | {300 + (number * 17 + place * 41) % 90} |\n"


@dataclass
class Author:
    """A model that answers each request from what the author knows of the text it is shown."""

    long: Long
    name: str = "author"
    origin: str = "here"
    asked: list[Sequence[Mapping[str, str]]] = field(default_factory=list)

    async def converse(
        self, messages: Sequence[Mapping[str, str]], *, response_model: type[BaseModel], schema: Mapping[str, object]
    ) -> Answer:
        assert self.long.document.text  # what is known is known once it is written
        self.asked.append(messages)
        head, shown, _ = messages[1]["content"].split(MARKER)
        properties = schema["properties"]
        assert isinstance(properties, dict)
        answer = self._claims(head, shown) if list(properties) == ["claims"] else self._values(head, shown)
        text = json.dumps(answer, ensure_ascii=False)
        response_model.model_validate_json(text)
        return Answer(text, "author-1", {"prompt_tokens": 7, "completion_tokens": 3}, {"temperature": 0})

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _sections(self, head: str, shown: str) -> Iterator[tuple[str, str]]:
        """The headings of experiments with the text below them; the one that a part begins in the middle of first."""
        above = re.findall(r'"## ([^"]+)"', head)
        pieces = re.split(r"^#+ (.+)$", shown, flags=re.MULTILINE)
        yield (above[-1] if above else ""), pieces[0]
        yield from zip(pieces[1::2], pieces[2::2], strict=True)

    def _values(self, head: str, shown: str) -> dict[str, Any]:
        """Parts with an even number call the metrics, the dimension and one method by other names."""
        number = int(re.match(r"\s*Part (\d+)", head)[1])  # type: ignore[index]
        even = number % 2 == 0
        metrics: dict[str, tuple[str, list[str]]] = {
            "accuracy": ("precision", ["accuracy"]) if even else ("accuracy", []),
            "time": ("time", []),
        }
        methods: dict[str, tuple[str, list[str]]] = {name: (name, []) for name in METHODS}
        methods["Elm"] = ("the Elm method", ["Elm"]) if even else ("Elm", ["the Elm method"])
        dimension = "data set"
        found = [
            stated
            for heading, text in self._sections(head, shown)
            for stated in self.long.stated
            if stated.data == heading and stated.text in text
        ]
        sets = tuple(dict.fromkeys(stated.data for stated in found))
        tables = shown.count("| method | memory (MB) |")
        return {
            "metrics": [
                {
                    "name": name, "aliases": aliases, "unit": "%" if metric == "accuracy" else "s", "axis": None, "derived": None,
                    "better": "higher" if metric == "accuracy" else "lower", "ground": "common sense",
                }
                for metric, (name, aliases) in metrics.items() if any(stated.metric == metric for stated in found)
            ],
            "subjects": [
                {"name": name, "aliases": aliases, "attributes": []}
                for method, (name, aliases) in methods.items() if any(stated.method == method for stated in found)
            ],
            "dimensions": [{"name": dimension, "levels": sets, "ordered": False}] if sets else [],
            "position": None,
            "tables": [
                {"number": each + 1, "rows": "subject", "columns": "metric", "metric": None, "levels": []} for each in range(tables)
            ],
            "values": [
                {
                    "metric": metrics[stated.metric][0], "subject": methods[stated.method][0], "levels": [stated.data],
                    "at": None, "written": stated.written, "quote": stated.text,
                }
                for stated in found
            ],
        }  # fmt: skip

    def _claims(self, head: str, shown: str) -> dict[str, Any]:
        """Claims by the names of the list, and of nothing else."""
        listed = json.loads(re.search(r"^Names: (.*)$", head, re.MULTILINE)[1])  # type: ignore[index]
        called = {
            other: entry["name"]
            for sort in ("metrics", "subjects")
            for entry in (each if isinstance(each, dict) else {"name": each} for each in listed[sort])
            for other in (entry["name"], *entry.get("aliases", ()))
        }
        claims = []
        for heading, text in self._sections(head, shown):
            for concluded in self.long.concluded:
                if concluded.data in ("", heading) and concluded.text in text:
                    claim = json.loads(json.dumps(concluded.claim))
                    for side in ("left", "right"):
                        claim[side]["metric"] = called[claim[side]["metric"]]
                        claim[side]["subjects"] = [called[name] for name in claim[side]["subjects"]]
                    claims.append(claim)
        return {"claims": claims}
