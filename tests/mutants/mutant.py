"""mutant: a recorded document with one change that makes one of its supported statements false.

The change is made in the text and in the reading alike, so that a survivor is a fault of the judging
and not of the reading. That it makes the statement false follows from how it is made, never from
what the judge says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.document import Span
from auditor.exact.verdict import CONTRADICTED, SUPPORTED
from auditor.kinds import registry
from tests.mutation import FIGURE, Read, places, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from auditor.judgement import Judgement


@dataclass(frozen=True)
class Mutant:
    """A changed case and the claim that is false now."""

    operator: str
    name: str
    """The same from run to run."""
    before: Read
    after: Read
    claim: int | None
    """The place in the reading of the claim that is false; None for what nobody states in words."""
    touched: tuple[Span, ...] = ()
    """Where the changes stand in the text of the case before."""

    @property
    def is_killed(self) -> bool:
        """Whether the claim is contradicted now, or something that nobody states in words and was not before."""
        if self.claim is not None and self.after.stated[self.claim].verdict == CONTRADICTED:
            return True
        known = {_said(judgement) for judgement in self.before.audited.judgements}
        return any(
            judgement.implied and judgement.verdict == CONTRADICTED and _said(judgement) not in known
            for judgement in self.after.audited.judgements
        )

    @property
    def verdict(self) -> str:
        """What became of the claim, and why."""
        if self.claim is None:
            return "no contradiction"
        found = self.after.stated[self.claim]
        return f"{found.verdict.reason or found.verdict.name}: {found.computation}"


def _said(judgement: Judgement) -> tuple[str, str]:
    return judgement.kind, judgement.computation


def supported(case: Read, *kinds: str) -> Iterator[tuple[int, Mapping[str, Any], Judgement]]:
    """The claims of some kinds, all where none is named, that numbers support: place, slots, judgement.

    What is borne out by other words alone is only as certain as they are: its opposite is in doubt, not false.
    """
    for number, judgement in case.stated.items():
        in_words = judgement.computation.startswith("no numbers;")
        is_wanted = judgement.span is not None and (not kinds or judgement.kind in kinds)
        if judgement.verdict == SUPPORTED and is_wanted and not in_words:
            yield number, case.answer["claims"][number], judgement


def title(case: Read, operator: str, quote: str, change: str) -> str:
    """The name of a mutant."""
    return f"{case.name}: {operator}: {' '.join(quote.split())[:70]!r}: {change}"


def rewritten(case: Read, changes: Mapping[Span, str], name: str) -> Read:
    """The case with stretches of text replaced, also in the numbers of the claims that are written there."""
    answer = case.changed()
    known = {place.path for place in places(case)}
    for number, value in enumerate(answer["values"]):  # what a claim restates is no value of its own, and has no place
        at = -1 if ("values", number, "quote") in known else case.text.find(value["quote"])
        for span, new in changes.items():
            if at >= 0 and Span(at, at + len(value["quote"])).covers(span):
                old = case.text[slice(*span)]
                value["quote"] = value["quote"][: span.start - at] + new + value["quote"][span.end - at :]
                value["written"] = value["written"].replace(old, new)
    for number, placed in enumerate(case.grounded.claims):
        claim = answer["claims"][number]
        for field in registry()[claim["kind"]].numbers:
            written = claim.get(field)
            at = -1 if placed.span is None or not written else case.text.find(written, *placed.span)
            for span, new in changes.items():
                if at >= 0 and written and Span(at, at + len(written)).covers(span):
                    claim[field] = written[: span.start - at] + new + written[span.end - at :]
    return replaced(Read(case.name, case.text, answer), dict(changes), name)


def digits(case: Read, span: Span | None) -> Span | None:
    """Where the digits of a number stand in a stretch of the text; None unless there is exactly one number."""
    found = [] if span is None else list(FIGURE.finditer(case.text, *span))
    return Span(*found[0].span()) if len(found) == 1 else None


def mentions(case: Read, judgement: Judgement) -> dict[str, tuple[Span, ...]]:
    """By its label, where each value that a judgement rests on is written; without those not in plain digits."""
    found: dict[str, list[Span]] = {}
    spoilt = set()
    for evidence in judgement.evidence:
        place = digits(case, evidence.span)
        if place is None:
            spoilt.add(evidence.label)
        elif place not in found.setdefault(evidence.label, []):
            found[evidence.label].append(place)
    return {label: tuple(spans) for label, spans in found.items() if label not in spoilt}


def surfaces(case: Read, claim_span: Span, names: Iterable[str]) -> list[Span]:
    """Where any of some names stands in a claim, the longest name first, none inside another."""
    found: list[Span] = []
    for name in sorted(set(names), key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", case.text[: claim_span.end]):
            span = Span(*match.span())
            if span.start >= claim_span.start and not any(span.overlaps(other) for other in found):
                found.append(span)
    return sorted(found)


def aliases(case: Read, name: str) -> tuple[str, ...]:
    """Every name of a subject or a level."""
    for subject in case.answer["subjects"]:
        if name in (subject["name"], *subject["aliases"]):
            return subject["name"], *subject["aliases"]
    return (name,)
