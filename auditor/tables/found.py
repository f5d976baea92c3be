"""found: the tables of a document; what reads them is loaded where there can be any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.tables.blocks import may_hold_tables

if TYPE_CHECKING:
    from auditor.document import Document
    from auditor.tables.table import Table


def tables_of(document: Document) -> tuple[Table, ...]:
    """The tables of a document."""
    if not may_hold_tables(document):
        return ()
    from auditor.tables.table import tables  # noqa: PLC0415  (a document without tables has no time for it)

    return tables(document)
