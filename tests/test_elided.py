"""What the model is shown of long tables."""

from __future__ import annotations

import pytest

from auditor.document import Document
from auditor.elided import FIRST, LAST, elided

HEAD = ["| town | people |", "|---|---|"]
NOTE = "[{} more rows, not shown]"


def _rows(count: int) -> list[str]:
    return [f"| T{number} | {number} |" for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, FIRST + LAST - 1])
def test_a_short_table_is_shown_whole(count: int) -> None:
    text = "\n".join(["Before.", "", *HEAD, *_rows(count), "", "After."])
    assert elided(Document("a.md", text)) == text


def test_a_long_table_is_cut_in_the_middle() -> None:
    rows = _rows(1000)
    text = "\n".join(["Before.", "", *HEAD, *rows, "", "After."])
    shown = [*HEAD, *rows[: FIRST - 1], NOTE.format(1001 - FIRST - LAST), *rows[-LAST:]]
    assert elided(Document("a.md", text)) == "\n".join(["Before.", "", *shown, "", "After."])


def test_each_long_table_is_cut() -> None:
    rows = _rows(30)
    table = "\n".join([*HEAD, *rows])
    cut = "\n".join([*HEAD, *rows[: FIRST - 1], NOTE.format(31 - FIRST - LAST), *rows[-LAST:]])
    assert elided(Document("a.md", f"{table}\n\nMore:\n\n{table}\n")) == f"{cut}\n\nMore:\n\n{cut}\n"


def test_a_file_of_rows_is_cut() -> None:
    rows = [f"T{number},{number}" for number in range(50)]
    text = "\n".join(["town,people", *rows])
    shown = ["town,people", *rows[: FIRST - 1], NOTE.format(51 - FIRST - LAST), *rows[-LAST:]]
    assert elided(Document("a.csv", text)) == "\n".join(shown)


def test_an_html_table_is_cut_at_whole_lines() -> None:
    rows = [f"<tr><td>T{number}</td><td>{number}</td></tr>" for number in range(50)]
    head = ["<table>", "<tr><th>town</th><th>people</th></tr>"]
    text = "\n".join([*head, *rows, "</table>", ""])
    shown = [*head, *rows[: FIRST - 1], NOTE.format(51 - FIRST - LAST), *rows[-LAST:], "</table>", ""]
    assert elided(Document("a.md", text)) == "\n".join(shown)


def test_a_table_in_one_line_stays_as_it_is() -> None:
    text = "<table>" + "".join(f"<tr><td>T{number}</td><td>{number}</td></tr>" for number in range(50)) + "</table>"
    assert elided(Document("a.md", text)) == text
