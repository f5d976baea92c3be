"""cases: a reading built from a few lines, for tables of cases and for the kinds' examples.

Such readings are written by hand and are for unit tests only; what a model really makes
of a document lies in `fixtures/`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from auditor.claim import Over, Selector, Wire, fields_of
from auditor.document import Document
from auditor.exact.tolerance import TOLERANCES, Tolerances
from auditor.pipeline import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from auditor.judgement import Judgement
    from auditor.report import Audited

Row = tuple[str, ...]
"""metric, subject, levels ("dimension=level, ..."), point, number as written; a quote where that is not enough."""


def reading(  # noqa: PLR0913  (what a reading is made of)
    text: str,
    rows: Iterable[Row],
    claims: Sequence[Mapping[str, Any]],
    *,
    better: str = "unknown",
    unit: str | None = None,
    metrics: Mapping[str, Mapping[str, Any]] | None = None,
    subjects: Mapping[str, Mapping[str, Any]] | None = None,
    position: tuple[str, str, str] | None = None,
    ordered: Sequence[str] = (),
    dimensions: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """An answer as the model would send it: names are collected from the rows, a number is its own quote.

    A number that the text does not state is a slip of the case, unless its row gives a quote.
    """
    known_metrics: dict[str, dict[str, Any]] = {}
    known_subjects: dict[str, dict[str, Any]] = {}
    known_levels: dict[str, list[str]] = {name: list(levels) for name, levels in (dimensions or {}).items()}
    values = []
    for metric, subject, levels, at, written, *quote in rows:
        if not quote and written not in text:
            message = f"{written!r} does not stand in the text of the case"
            raise ValueError(message)
        known_metrics.setdefault(metric, _metric(metric, better, unit))
        if subject:
            known_subjects.setdefault(subject, {"name": subject, "aliases": [], "attributes": []})
        pairs = [level.strip().split("=") for level in levels.split(",") if level.strip()]
        for dimension, level in pairs:
            known = known_levels.setdefault(dimension, [])
            if level not in known:
                known.append(level)
        values.append(
            {
                "metric": metric,
                "subject": subject or None,
                "levels": [level for _, level in pairs],
                "at": at or None,
                "written": written,
                "quote": quote[0] if quote else written,
            }
        )
    for name, more in (metrics or {}).items():
        known_metrics[name] = {**known_metrics.get(name, _metric(name, better, unit)), **more}
    for name, more in (subjects or {}).items():
        known_subjects[name] = {**known_subjects.get(name, {"name": name, "aliases": [], "attributes": []}), **more}
    return {
        "metrics": list(known_metrics.values()),
        "subjects": list(known_subjects.values()),
        "dimensions": [{"name": n, "levels": ls, "ordered": n in ordered} for n, ls in known_levels.items()],
        "position": None if position is None else dict(zip(("low", "high", "quote"), position, strict=True)),
        "tables": [],
        "values": values,
        "claims": list(claims),
    }


def _metric(name: str, better: str, unit: str | None) -> dict[str, Any]:
    return {
        "name": name,
        "aliases": [],
        "unit": unit,
        "better": better,
        "ground": "as the case says",
        "axis": None,
        "derived": None,
    }


def audited(text: str, answer: Mapping[str, Any], tolerances: Tolerances = TOLERANCES) -> Audited:
    """A text judged by such a reading."""
    return audit(Document("case.txt", text), json.dumps(answer, ensure_ascii=False), tolerances=tolerances)


def selector(text: str) -> dict[str, Any]:
    """A selector written "metric; subject, subject; level, level; at"."""
    parts = [part.strip() for part in text.split(";")] + ["", "", "", ""]
    return {
        "metric": parts[0] or None,
        "subjects": [name.strip() for name in parts[1].split(",") if name.strip()],
        "levels": [name.strip() for name in parts[2].split(",") if name.strip()],
        "at": parts[3] or None,
    }


def over(text: str) -> dict[str, Any]:
    """A quantifier written "all", "exactly 3", "all but Bo, Cy", "only Bo"."""
    how, _, names = text.partition(" but ")
    if how.startswith("only "):
        how, _, names = text.partition(" ")
    number = how.rpartition(" ")[2] if how.startswith(("exactly", "at ")) else None
    return {
        "how": how if number is None else how.removesuffix(number).strip(),
        "number": number,
        "exceptions": [name.strip() for name in names.split(",") if name.strip()],
    }


def slots(model: type[Wire], written: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a claim from their short forms: selectors and quantifiers as strings, what is left out is open."""
    fields = {name: _slot(annotation, written.get(name)) for name, annotation in fields_of(model).items()}
    return {**written, **fields}


def _slot(annotation: Any, written: Any) -> Any:  # noqa: ANN401  (whatever a field holds)
    options = get_args(annotation) or (annotation,)
    match written:
        case None:
            return [] if Ellipsis in options else False if annotation is bool else None
        case str() if Selector in options:
            return selector(written)
        case str() if Over in options:
            return over(written)
        case list():
            return [_slot(options[0], item) for item in written]
        case dict():
            model = next(option for option in options if isinstance(option, type) and issubclass(option, Wire))
            return slots(model, written)
        case _:
            return written


def stated(audited: Audited) -> list[Judgement]:
    """The judgements of what somebody stated, without implied ones."""
    return [judgement for judgement in audited.judgements if not judgement.implied]
