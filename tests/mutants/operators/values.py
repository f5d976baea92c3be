"""values: two numbers exchanged wherever they are written, so that a statement about their order is false."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutants.mutant import Mutant, mentions, rewritten, supported, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from auditor.document import Span
    from auditor.judgement import Judgement
    from tests.mutation import Read

NAME = "exchange two values"
_DIRECTED = frozenset({"greater", "less", "better", "worse", "more", "times", "increases", "decreases"})
_NEAR = 4
_SCALE = re.compile(r"^ ?(?:m?s|µs|min|h|[kKMGT]i?B|[kMGB])\b")
_MUTUAL = re.compile(r"\b(?:difference|gap|apart|margin|differ\w*)\b", re.IGNORECASE)
TWO = 2


def mutants(case: Read) -> Iterator[Mutant]:
    """Every statement that says which of two values is the greater, and every one that says which is the first."""
    for number, claim, judgement in supported(case, "comparison", "difference", "trend", "superlative", "peak"):
        pair = _pair(case, claim, judgement)
        if pair is None:
            continue
        one, other = pair
        texts = [{case.text[slice(*span)] for span in spans} for spans in pair]
        if any(len(text) != 1 for text in texts) or texts[0] == texts[1]:
            continue
        (low,), (high,) = texts
        changes = {**dict.fromkeys(one, high), **dict.fromkeys(other, low)}
        name = title(case, NAME, claim["quote"], f"{low} with {high}")
        yield Mutant(NAME, name, case, rewritten(case, changes, name), number, tuple(changes))


def _pair(
    case: Read, claim: Mapping[str, Any], judgement: Judgement
) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The values that decide a statement; None where it rests on other than two, or has no direction."""
    found, labels = mentions(case, judgement), {evidence.label for evidence in judgement.evidence}
    if claim.get("over") is not None or len(found) != len(labels) or set(map(len, found.values())) == {0}:
        return None
    units = {case.text[spans[0].end :][:_NEAR].split("|")[0].split("\n")[0] for spans in found.values()}
    if any(_SCALE.search(unit) for unit in units):
        return None  # the digits alone do not say which is the greater
    if claim["kind"] == "difference" and _MUTUAL.search(claim["quote"]):
        return None
    if claim["kind"] in {"superlative", "peak"}:
        return _first_two(case, claim, found)
    relation = claim.get("relation") or claim.get("shape")
    is_plain = len(found) == TWO and relation in _DIRECTED
    return tuple(found.values()) if is_plain else None  # type: ignore[return-value]


def _first_two(
    case: Read, claim: Mapping[str, Any], found: Mapping[str, tuple[Span, ...]]
) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The first and the last of several values of one quantity."""
    if claim.get("rank", 1) != 1 or len(found) < TWO:
        return None
    ranked = sorted(found.values(), key=lambda spans: float(case.text[slice(*spans[0])].replace(",", "")))
    subjects = claim["which"]["subjects"] if claim["kind"] == "superlative" else claim["series"]["subjects"]
    holders = [label for label in found if any(label.startswith(name) or f" of {name}" in label for name in subjects)]
    if claim["kind"] == "superlative" and len(holders) != 1:
        return None  # it is first in several respects
    return ranked[0], ranked[-1]
