"""documents: texts of any size with their readings, made from a seed, for what needs more than there are."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from auditor.document import Document
from tests.cases import reading, selector

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = ("Arden", "Birk", "Corvo", "Delph", "Esker", "Fjord", "Gale", "Heron")


def sized(values: int, claims: int, seed: int = 0) -> tuple[Document, str]:
    """A document that states so many values and makes so many claims, some of them false, and its answer."""
    chance = random.Random(seed)  # noqa: S311  (it hides nothing)
    panels = [f"panel {number}" for number in range(-(-values // len(_NAMES)))]
    scores: dict[tuple[str, str], str] = {}
    lines: list[str] = [f"# Report {seed}", ""]
    rows = []
    for panel in panels:
        names = _NAMES[: min(len(_NAMES), values - len(scores))]
        for name in names:
            scores[panel, name] = f"{chance.randrange(10_000) / 100:.2f}"
            sentence = f"On {panel}, {name} scores {scores[panel, name]}."
            lines.append(sentence)
            rows.append(("score", name, f"panel={panel}", "", scores[panel, name], sentence.rstrip(".")))
        lines.append("")
    made = [_claim(chance, panels, scores, number) for number in range(claims)]
    lines += [f"{claim['quote']}." for claim in made]
    text = "\n".join(lines) + "\n"
    return Document(f"report-{seed}.txt", text), json.dumps(reading(text, rows, made, better="higher"))


def _claim(
    chance: random.Random, panels: Sequence[str], scores: dict[tuple[str, str], str], number: int
) -> dict[str, Any]:
    panel = panels[number % len(panels)]
    names = [name for at, name in scores if at == panel]
    left, right = chance.sample(names, 2) if len(names) > 1 else (names[0], names[0])
    return {
        "kind": "comparison",
        "quote": f"Remark {number}: on {panel}, {left} is higher than {right}",
        "left": selector(f"score; {left}; {panel}"),
        "relation": "greater",
        "right": selector(f"; {right}; {panel}"),
        "over": None,
    }


_PROSE = (
    "The panels were set up alike, and nobody who took part in them knew which of the others would be asked. "
    "What follows is meant for readers who want to see the numbers before they read what we make of them. "
)


def of_4_kb(seed: int) -> tuple[Document, str]:
    """A document of about four kilobytes, with its answer: 20 values and 30 claims, as texts of that size have."""
    document, answer = sized(20, 30, seed)
    return Document(document.path, f"{_PROSE * 9}\n\n{document.text}"), answer
