"""kept: a run as JSON, and what changed since the last one."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, TypeAlias

from auditor.errors import InputError
from auditor.sources import read
from auditor.visible import visible
from tests.accuracy.printed import cause
from tests.accuracy.ratio import Ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.accuracy.measured import Measured

    Kept: TypeAlias = "Mapping[str, dict[str, object]]"

FORMAT = "audit-accuracy/1"
"""What the file says of itself first."""


def kept(measured: Measured, *, figures_alone: bool = False) -> str:
    """The run as JSON: the same outcomes give the same bytes; the figures alone copy nothing of a data set."""
    content: dict[str, object] = {
        "format": FORMAT,
        "figures": {name: _plain(figure) for name, figure in measured.figures.items()},
    }
    if not figures_alone:
        content |= {"statements": _statements(measured), "alarms": _alarms(measured)}
    return json.dumps(content, ensure_ascii=True, indent=1) + "\n"


def _alarms(measured: Measured) -> list[dict[str, object]]:
    return [{**asdict(alarm), "stands": measured.rulings.get(alarm.name)} for alarm in measured.alarms]


def _statements(measured: Measured) -> list[dict[str, object]]:
    return [
        {
            "source": outcome.source,
            "name": outcome.statement.name,
            "document": outcome.statement.paper,
            "text": outcome.statement.text,
            "kind": outcome.statement.kind,
            "label": outcome.statement.label,
            "placed": outcome.statement.placed,
            "made": outcome.made,
            "whole": outcome.whole,
            "reason": outcome.reason,
            "cause": cause(outcome),
            "gone": outcome.gone,
            "kinds": outcome.kinds,
            "computations": outcome.computations,
        }
        for outcome in measured.outcomes
    ]


def _plain(value: object) -> object:
    """A figure as JSON: what is a ratio has its value beside its count."""
    if isinstance(value, Ratio):
        return {"count": value.count, "of": value.of, "value": value.value}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return value


def changes(last: Path, now: str) -> Iterator[str]:
    """What changed since the run kept in a file: every statement judged otherwise, every alarm that came or went."""
    before, after = _loaded(str(last), read(str(last)).text), _loaded("this run", now)
    told = {name.partition(" ")[0] for name in before}
    after = {name: entry for name, entry in after.items() if name.partition(" ")[0] in told}
    yield f"== since {visible(str(last))}"
    same = True
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        same = False
        yield f"{visible(name)}: {_state(old)} -> {_state(new)}"
    if same:
        yield "nothing changed"


def _state(entry: str | None) -> str:
    return "not there" if entry is None else visible(entry, prose=True)


def _loaded(name: str, text: str) -> dict[str, str]:
    """What a run says of each statement, alarm and figure, by names that stay the same."""
    hint = "name a file that was written by --json"
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            message = f"{name} is not in the format {FORMAT}"
            raise InputError(message, hint=hint)
        found = {
            f"statement {s['source']}/{s['name']} ({s['label']})": f"{s['made']}" for s in content.get("statements", ())
        }
        found |= {
            f"alarm {a['name']} in {a['paper']}": f"{', '.join(a['kinds'])} ({a['label'] or 'not labelled'})"
            for a in content.get("alarms", ())
        }
        for source, figures in content["figures"].items():
            found |= {f"figure {source}: {path}": value for path, value in _ratios(figures, "")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"{name} is not a run that was kept"
        raise InputError(message, hint=hint) from error
    return found


def _ratios(value: object, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case {"count": count, "of": of, "value": _}:
            yield path, f"{count} of {of}"
        case dict():
            for key, entry in value.items():
                if key not in {"confusion", "abstentions", "kinds", "alarm_kinds"}:
                    yield from _ratios(entry, f"{path} {key}".strip())
        case float():
            yield path, f"{100 * value:.1f} %"
        case _:
            return
