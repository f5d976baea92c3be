"""spelling: which declared names the headers and row labels of a table are made of.

A header may hold a metric and a level, "Throughput (instances/s) Balanced"; a row "+RelProp" under "BERT" is
"BERT +RelProp" to whoever writes about it. Only what is covered by declared names to the last word counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from auditor.names import TOKEN, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.extraction import Extraction

_FILLING = frozenset((*"*_`-–—:/|,()[]", "δ", "w", "with", "on", "in", "for", "of", "the", "at", "by"))
"""What may stand between two names, or around them."""
_CONTINUES = re.compile(r"[ *_`(]*(?:[+\-–−&]|w/o?\b|with(?:out)?\b|and\b|plus\b|no\b)")
_CODED = re.compile(r"(?=.*(?:[_/]|[a-z][A-Z]|[a-z]\.[a-z]))[A-Za-z][A-Za-z0-9_/.:+-]*")
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_/:]+")
_QUALIFIED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\W*$")
_LEADING = re.compile(r"^(?:benchmark|bench|test|bm)\s+", re.IGNORECASE)
_CLASS = re.compile(r"^[A-Z][A-Za-z0-9]*\.(?=[a-z])")
"""The class that a benchmark of JMH is a method of."""
_NUMBERED = re.compile(r"-[0-9]{1,3}$")
"""How many processors Go had: it stands behind the name of each of its benchmarks."""

Part = tuple[tuple[str, ...], str, str, str]
"""A name: tokens, sort ("metric", "subject", "level" or "dimension"), dimension, canonical name."""


class Spelling(NamedTuple):
    """The parts of a header."""

    metric: str | None
    subject: str | None
    levels: tuple[tuple[str, str], ...]
    """Pairs of dimension and level."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """The declared names, ready to be found in headers and labels."""

    parts: dict[tuple[str, ...], list[Part]]
    """The names by their tokens."""
    lengths: tuple[int, ...]
    """How many tokens a name has, the most first."""
    subjects: dict[tuple[str, ...], str]
    """Each subject by the words of its names."""

    @classmethod
    def of(cls, extraction: Extraction) -> Spellings:
        """The names that a reading declares."""
        parts: list[Part] = []
        for metric in extraction.metrics:
            parts += ((tokens, "metric", "", metric.name) for tokens in _tokens_of((metric.name, *metric.aliases)))
        for subject in extraction.subjects:
            parts += ((tokens, "subject", "", subject.name) for tokens in _tokens_of((subject.name, *subject.aliases)))
        for dimension in extraction.dimensions:
            parts += ((tokens, "dimension", dimension.name, dimension.name) for tokens in _tokens_of((dimension.name,)))
            for level in dimension.levels:
                parts += ((tokens, "level", dimension.name, level) for tokens in _tokens_of((level,)))
        subjects = {_worded(tokens): name for tokens, sort, _, name in parts if sort == "subject"}
        by_tokens: dict[tuple[str, ...], list[Part]] = defaultdict(list)
        for part in sorted(parts):
            by_tokens[part[0]].append(part)
        return cls(dict(by_tokens), tuple(sorted(set(map(len, by_tokens)), reverse=True)), subjects)

    def header(self, text: str) -> Spelling | None:
        """The names that a header is made of; None where it is one name alone, or holds anything else."""
        found = list(self._found(_tokens(text)))
        sorts = [sort for _, sort, _, _ in found]
        dimensions = [dimension for _, sort, dimension, _ in found if sort == "level"]
        is_whole = sum(len(tokens) for tokens, *_ in found) == len(_worded_marks(_tokens(text), found))
        is_one = len(found) < 2 or not set(sorts) - {"dimension"}  # noqa: PLR2004  (one name is no more than itself)
        if not is_whole or is_one or max(map(sorts.count, ("metric", "subject"))) > 1:
            return None
        if len(set(dimensions)) < len(dimensions):
            return None
        named = {sort: name for _, sort, _, name in found}
        levels = tuple((dimension, name) for _, sort, dimension, name in found if sort == "level")
        return Spelling(named.get("metric"), named.get("subject"), levels)

    def named(self, text: str) -> tuple[str, str, str] | None:
        """The sort, the dimension and the name of the one thing that a text names as a whole; None for none, or two."""
        found = {part[1:] for part in self.parts.get(_tokens(text), ()) if part[1] != "dimension"}
        return found.pop() if len(found) == 1 else None

    def rows(self, labels: Sequence[str]) -> list[str]:
        """The labels of a table's rows, one that continues the row it stands under by the whole name it is declared by."""
        named, base = [], ""
        bare = [_QUALIFIED.sub("", label) for label in labels]
        if len(set(bare)) == len(labels) and all(
            map(str.__ne__, bare, labels)
        ):  # "Oak (cached)", each with one of its own
            return [
                label if self._known(label) else self._known(head) or label
                for head, label in zip(bare, labels, strict=True)
            ]
        for label in labels:
            whole = None
            if _CONTINUES.match(folded(label)) and base:
                whole = self._known(f"{base} {label}")
            else:
                base = label
            named.append(label if whole is None else whole)
        return named

    def _known(self, name: str) -> str | None:
        """The subject that a name means as a whole."""
        return self.subjects.get(_worded(_tokens(name)))

    def coded(self, label: str) -> Spelling | None:
        """The names that the label of a benchmark is put together of: "test_dumps_oak", "BenchmarkGet/oak-8"."""
        if not _CODED.fullmatch(label):
            return None
        bare = _NUMBERED.sub("", label) if label.startswith("Benchmark") else label
        text = _LEADING.sub("", _SEAM.sub(" ", _CLASS.sub("", bare)))
        one = self.named(text)
        if one is not None and one[0] != "metric" and text != label:
            sort, dimension, name = one
            return Spelling(None, name, ()) if sort == "subject" else Spelling(None, None, ((dimension, name),))
        return self.header(text)

    def _found(self, tokens: tuple[str, ...]) -> Iterator[Part]:
        place = 0
        while place < len(tokens):
            stretches = (tokens[place : place + length] for length in self.lengths)
            part = next((self.parts[stretch][0] for stretch in stretches if stretch in self.parts), None)
            if part is not None:
                yield part
            place += 1 if part is None else len(part[0])


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(folded(text)))


def _tokens_of(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The tokens of names; of "GetParallel" also those that it has in the label of a benchmark."""
    told = (form for name in names for form in dict.fromkeys((_tokens(name), _tokens(_SEAM.sub(" ", name)))))
    return (tokens for tokens in told if not _FILLING.issuperset(tokens))


def _worded(tokens: Iterable[str]) -> tuple[str, ...]:
    """The words alone: "BERT + RelProp" and "BERT +RelProp" are one."""
    return tuple(token for token in tokens if token not in _FILLING and token != "+")  # noqa: S105  (no secret)


def _worded_marks(tokens: tuple[str, ...], found: Sequence[Part]) -> list[str]:
    """The tokens that have to be covered: all but marks that no found name holds."""
    held = [token for part, *_ in found for token in part if token in _FILLING]
    kept = [token for token in tokens if token not in _FILLING]
    return kept + held
