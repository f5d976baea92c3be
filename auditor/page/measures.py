"""measures: what a document measures, as HTML: a drawing for each set of lines, and a table for each metric.

A number in a table is a link to the place in the text where it is stated.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from auditor.notation import clipped, markup
from auditor.page.plot import shown, symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditor.page.plot import Plot
    from auditor.report import Value

_MOST_ROWS, _MOST_COLUMNS, _MOST_OPEN = 300, 40, 24
_LONGEST = 120
_BAR = 100
_NAMED = ("start", "", "end", "peak", "trough", "average")
_Column = tuple[int, Fraction, str]
_Row = tuple[str, ...]


class Measured(NamedTuple):
    """The values of a document, each with its number in the page, and the drawings of them."""

    values: Mapping[int, Value]
    plots: Sequence[Plot]

    def lines(self) -> Iterator[str]:
        """Everything, folded away where it is much."""
        if not self.values:
            return
        metrics: defaultdict[str, dict[int, Value]] = defaultdict(dict)
        for number, value in self.values.items():
            metrics[value.metric][number] = value
        tables = [_Table(name, values) for name, values in metrics.items()]
        small = sum(len(table.rows) for table in tables) <= _MOST_OPEN
        count = f"{len(self.values)} value{'s' * (len(self.values) != 1)}"
        yield f'<details class="measures"{" open" * bool(self.plots or small)}>'
        yield f"<summary>What the claims are judged on: {count}</summary>"
        if self.plots:
            yield '<svg class="symbols" aria-hidden="true">'
            for plot in self.plots:
                yield from symbol(plot)
            yield '</svg><div class="plots">'
            for plot in self.plots:
                title = f"{markup(plot.metric)}{f' <b>{markup(plot.title)}</b>' if plot.title else ''}"
                label = f"{plot.metric} {plot.title}: {', '.join(plot.names)}; the numbers are in the table below"
                yield f"<figure>{shown(plot, clipped(label, _LONGEST * 2))}<figcaption>{title}</figcaption></figure>"
            yield "</div>"
        yield '<div class="tables">'
        for table in tables:
            yield from table.lines(opened=small)
        yield "</div></details>"


class _Table:
    """The values of one metric: a row for each thing, a column for each point."""

    def __init__(self, metric: str, values: Mapping[int, Value]) -> None:
        self.metric = metric
        self.first = next(iter(values.values()))
        self.dimensions = list(dict.fromkeys(name for value in values.values() for name, _ in value.levels))
        self.has_subjects = any(value.subject is not None for value in values.values())
        self.labels: dict[_Column, str] = {}
        self.rows: defaultdict[_Row, dict[_Column, tuple[int, Value]]] = defaultdict(dict)
        for number, value in values.items():
            column = _column(value)
            self.labels.setdefault(column, _label(value))
            levels = dict(value.levels)
            row = (*(levels.get(name, "") for name in self.dimensions), value.subject or "")
            self.rows[row].setdefault(column, (number, value))
        self.columns = sorted(self.labels)[:_MOST_COLUMNS]
        amounts = [value.amount for value in values.values() if value.amount is not None]
        self.top = max(amounts) if len(self.columns) == 1 and amounts and min(amounts) >= 0 else Fraction(0)

    def lines(self, *, opened: bool) -> Iterator[str]:
        """The table, with its caption."""
        about = [self.first.unit, f"{self.first.better} is better" if self.first.better else ""]
        told = ", ".join(part for part in about if part)
        caption = f"<b>{markup(self.metric)}</b>{f' <span>{markup(told)}</span>' if told else ''}"
        yield f'<details class="metric"{" open" * opened}><summary>{caption}</summary><div class="wide"><table>'
        heads = [*self.dimensions, *([""] if self.has_subjects else [])]
        cells = "".join(f'<th scope="col">{markup(clipped(head, _LONGEST))}</th>' for head in heads)
        cells += "".join(f'<th scope="col" class="n">{markup(self.labels[column])}</th>' for column in self.columns)
        yield f"<thead><tr>{cells}{'<td></td>' if self.top else ''}</tr></thead><tbody>"
        before: _Row = ()
        for row, found in list(self.rows.items())[:_MOST_ROWS]:
            yield self.row(row, before, found)
            before = row
        yield "</tbody></table></div>"
        if len(self.rows) > _MOST_ROWS:
            yield f"<p>and {len(self.rows) - _MOST_ROWS} more rows</p>"
        yield "</details>"

    def row(self, row: _Row, before: _Row, found: Mapping[_Column, tuple[int, Value]]) -> str:
        """One row; what it has in common with the one above is not said again."""
        names = row if self.has_subjects else row[:-1]
        same = True
        cells = ""
        for place, name in enumerate(names):
            same = same and place < len(before) and before[place] == name and place < len(names) - 1
            cells += f'<th scope="row">{"" if same else markup(clipped(name, _LONGEST))}</th>'
        for column in self.columns:
            cells += _cell(*found[column]) if column in found else '<td class="n none">·</td>'
        if self.top:
            ((_, value), *_) = found.values()
            cells += f"<td>{_bar(value.amount or Fraction(0), self.top)}</td>"
        return f"<tr>{cells}</tr>"


def _cell(number: int, value: Value) -> str:
    text = markup(clipped(value.written, _LONGEST))
    linked = f'<a href="#v{number}">{text}</a>' if value.spans else text
    return f'<td class="n">{linked}</td>'


def _bar(amount: Fraction, top: Fraction) -> str:
    width = round(amount / top * _BAR)
    return f'<svg class="bar" viewBox="0 0 {_BAR} 8" preserveAspectRatio="none" aria-hidden="true"><path d="M0 0h{width}v8h-{width}z"/></svg>'


def _label(value: Value) -> str:
    if value.position is None or value.point in {"start", "end"}:
        return value.point
    return f"{float(value.position):g}" if value.point in _NAMED else value.point


def _column(value: Value) -> _Column:
    """What sorts the points of a series: the start, positions as they rise, the end, and what is none of these."""
    place = _NAMED.index(value.point) if value.point in _NAMED else 1
    if value.position is not None:
        return 1, value.position, ""
    return place, Fraction(0), "" if value.point in _NAMED else value.point
