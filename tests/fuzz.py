"""fuzz: random and mutated documents and readings through everything that judges and prints.

`python -m tests.fuzz --cases 100000 --seed 1`; a case is found again by its seed and number.
Nothing but AnswerError may be raised, no control character may leave, and the same input
must give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from auditor.document import Document
from auditor.extraction import AnswerError
from auditor.formats import RenderOptions, render
from auditor.pipeline import audit
from auditor.report import Report
from auditor.visible import UNSEEN
from tests.mutation import recorded, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.mutation import Read

WIDTHS = (1, 31, 80, 140)
SLOW = 5.0
"""Seconds that no case may take."""

STRINGS = (
    "", " ", "\n", "\t\t", "\x00", "\x1b[31mred\x1b[0m", "\x9b2J", "\u202egnp.exe\u202c",
    "\u2066a\u2069", "\ud800", "\udfff\ud800", "[bold red]x[/]", "[/red]",
    "[link=javascript:1]x[/link]", ":100:", "<script>alert(1)</script>", "{# {{ 7*7 }} #}",
    "%s %n", "$kinds", "9" * 40, "9" * 41, "0." + "0" * 39 + "1", "1e30", "1e31", "1e999999",
    "-1e-999999", "1" * 5000, "٣٫١٤", "１２３", "½", "∞", "NaN", "-0", "0", "0.0", "1/0", "0 %",
    "-5 %", "1,000,00", "1.000.000,5", "~", "~~0.5", "0.5-", "..", "1..2", "2..1", "start",
    "end", "peak 60", "throughout", "average", ".*", "(", "[a-", "a{99999}", "\\", "\\b(?P<x>",
    "^$", "|", "a=b=c", "=", "dimension=", "ſ", "İ", "ß", "e\u0301", "\ufeff", "\u2028",
    "\u0085", "🇩🇪👩‍👩‍👧", "zero\u200bwidth", "metric", "subject", "position", "all", "none",
    "GPT-4", "2024-01-01", "x" * 3000, "the " * 500, "10^10", "$\\frac{1}{0}$",
    "| a | b |\n|---|---|\n| 1 | 2 |", "# Heading", "- ", "1) ", "**bold**:", "Dr. A. B.",
)  # fmt: skip
SCALARS: tuple[Any, ...] = (None, True, False, 0, -1, 1, 10_000, 10**30, 0.5, [], {}, [[]], [None], "", "x")
_SHARED = ("quote", "written", "name", "low", "high", "value")


def case(bases: tuple[Read, ...], seed: int, number: int) -> tuple[str, str]:
    """The text and the answer of one case."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  (it hides nothing)
    base = chance.choice(bases)
    text, answer = base.text, base.changed()
    for _ in range(chance.choice((0, 1, 1, 2, 4, 9))):
        change = chance.choice(_CHANGES)
        text, answer = change(chance, text, answer)
    raw = json.dumps(answer, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.05:
        raw = _spoiled(chance, raw)
    return text[:200_000], raw


# -- changes -----------------------------------------------------------------------------------------


def _text_only(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    to = min(to, at + chance.randrange(40))
    pieces = (
        text[:at] + text[to:],
        text[:to] + text[at:],
        text[:at] + chance.choice(STRINGS) + text[at:],
        text[at:] + text[:at],
    )
    return chance.choice(pieces), answer


def _text_and_answer(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    """A string of the reading becomes hostile, in the text too."""
    found = [item for holder, key in _paths(answer) if key in _SHARED and isinstance(item := holder[key], str) and item]
    if not found:
        return text, answer
    old, new = chance.choice(found), chance.choice(STRINGS)
    return text.replace(old, new)[:200_000], _renamed(answer, old, new)


def _one_place(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    places = list(_paths(answer))
    if places:
        holder, key = chance.choice(places)
        holder[key] = (
            chance.choice((*STRINGS, *SCALARS)) if chance.random() < 0.3 else _alike(chance, holder[key], places)
        )
    return text, answer


def _alike(chance: random.Random, item: Any, places: list[tuple[Any, Any]]) -> Any:  # noqa: ANN401
    """Something of the same type from elsewhere in the reading, so that it still fits the schema."""
    same = [other for holder, key in places if type(other := holder[key]) is type(item)]
    return json.loads(json.dumps(chance.choice(same))) if same else item


def _lists(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    lists = [holder[key] for holder, key in _paths(answer) if isinstance(holder[key], list) and holder[key]]
    if lists:
        chosen = chance.choice(lists)
        match chance.randrange(4):
            case 0:
                del chosen[chance.randrange(len(chosen))]
            case 1:
                chance.shuffle(chosen)
            case 2:
                chosen.extend(chosen[: chance.randrange(len(chosen) + 1)])
            case _:
                chosen.clear()
    return text, answer


def _names(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    holders = [item for part in ("metrics", "subjects") for item in _entries(answer, part)]
    if holders:
        names = [f"alias {n}" for n in range(1000)] if chance.random() < 0.2 else chance.choices(STRINGS, k=5)
        chance.choice(holders)["aliases"] = names
    return text, answer


def _cycles(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    metrics = _entries(answer, "metrics")
    names = [metric.get("name") for metric in metrics]
    for metric in metrics:
        how = chance.choice(("same", "complement", "ratio", "difference"))
        metric["derived"] = {
            "how": how,
            "of": chance.choice(names),
            "baseline": chance.choice((None, "x")),
            "ground": "x",
        }
    return text, answer


def _selectors(chance: random.Random, text: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401
    """Selectors that leave more open, or ask for odd points."""
    found = [holder for holder, key in _paths(answer) if key == "at" and isinstance(holder, dict)]
    for holder in chance.sample(found, min(3, len(found))):
        holder["at"] = chance.choice((None, "throughout", "start", "end", "peak", "60..", "..", "9..1", *STRINGS))
        for key in ("subjects", "levels"):
            if key in holder and chance.random() < 0.5:
                holder[key] = []
    return text, answer


_CHANGES: tuple[Callable[[random.Random, str, Any], tuple[str, Any]], ...] = (
    _text_only, _text_and_answer, _text_and_answer, _one_place, _one_place, _one_place, _lists, _lists,
    _names, _cycles, _selectors,
)  # fmt: skip


def _entries(answer: Any, part: str) -> list[dict[str, Any]]:  # noqa: ANN401
    found = answer.get(part) if isinstance(answer, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _paths(item: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Every place in a JSON value: what holds it, and under which key."""
    keys: Iterable[Any] = item if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
    for key in list(keys):
        yield item, key
        yield from _paths(item[key])


def _renamed(item: Any, old: str, new: str) -> Any:  # noqa: ANN401
    match item:
        case dict():
            return {key: _renamed(entry, old, new) for key, entry in item.items()}
        case list():
            return [_renamed(entry, old, new) for entry in item]
        case str():
            return item.replace(old, new)[:4100]
        case _:
            return item


def _spoiled(chance: random.Random, raw: str) -> str:
    at = chance.randrange(len(raw) + 1)
    return chance.choice((
        raw[:at], raw[:at] + chance.choice(STRINGS) + raw[at:], "[" * 100_000, '{"claims":' * 5000, raw + raw,
        raw[:-1] + ',"claims":[]}',
        raw.replace(":null", ":" + "9" * 5000), raw.replace(":null", ":NaN"), "null", "[]", "\ufeff" + raw,
    ))  # fmt: skip


# -- what is checked ---------------------------------------------------------------------------------


def fault(text: str, answer: str, *, twice: bool = True) -> str | None:
    """What goes wrong with a case; None if nothing does."""
    started = time.process_time()
    try:
        printed = _printed(text, answer)
        again = _printed(text, answer) if twice else printed
    except AnswerError:
        return None
    except Exception:  # noqa: BLE001  (whatever it is)
        return traceback.format_exc(limit=-6)
    if printed != again:
        return "the same input gives other bytes"
    steering = [UNSEEN.search(output.replace("\n", "")) for output in printed]
    if any(steering):
        return f"control characters in the output: {[match[0] for match in steering if match is not None]!r}"
    json.loads(printed[0])
    took = time.process_time() - started
    return f"it takes {took:.1f} s" if took > SLOW else None


def _printed(text: str, answer: str) -> list[str]:
    document = Document("\x1b[2Jcase\u202e.txt", text)
    report = Report((audit(document, answer),))
    return [
        render("json", report, RenderOptions()),
        *(render("table", report, RenderOptions(width=width, coverage=width == WIDTHS[-1])) for width in WIDTHS),
    ]


def bases() -> tuple[Read, ...]:
    """What is mutated: mostly small readings, for their speed."""
    return (*recorded(), *written())


def run(seed: int, numbers: range) -> list[tuple[int, str]]:
    """The faults of some cases, by their number."""
    known = bases()
    found = ((number, fault(*case(known, seed, number), twice=number % 10 == 0)) for number in numbers)
    return [(number, told) for number, told in found if told is not None]


def main() -> int:
    """Run many cases, and print the faults."""
    parser = argparse.ArgumentParser(description="Throw random and mutated documents and readings at everything.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    step, started, faults = 250, time.monotonic(), 0
    starts = range(options.first, options.first + options.cases, step)
    shares = [range(at, min(at + step, options.first + options.cases)) for at in starts]
    with ProcessPoolExecutor(options.jobs) as pool:
        for found in pool.map(partial(run, options.seed), shares):
            for number, told in found:
                faults += 1
                sys.stdout.write(f"case {number}:\n{told}\n".encode("utf-8", "backslashreplace").decode())
                sys.stdout.flush()
    sys.stdout.write(
        f"{options.cases:,} cases, seed {options.seed}: {faults} faults in {time.monotonic() - started:.0f} s\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
