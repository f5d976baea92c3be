"""parquet: the rows of a Parquet file, read a few at a time; it takes pyarrow, which is an extra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import sources
from auditor.errors import InputError
from auditor.inputs.record import Record, check_columns

if TYPE_CHECKING:
    from auditor.inputs.record import Columns, Rows

_AT_ONCE = 256


def rows(path: str, columns: Columns) -> Rows:
    """The rows of the file; InputError where it is damaged, from there on."""
    sources.check(path)
    try:
        import pyarrow as pa  # noqa: PLC0415  for data sets in Parquet alone
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        message = f"{path} is a Parquet file, and pyarrow, which reads those, is not installed"
        raise InputError(message, hint="pip install 'claim-auditor[parquet]'") from error
    try:
        with parquet.ParquetFile(path, pre_buffer=False) as file:
            check_columns(path, file.schema_arrow.names, columns)
            for batch in file.iter_batches(_AT_ONCE, columns=list(columns.names), use_threads=False):
                for values in batch.to_pylist():
                    yield Record(None, values)
    except (pa.ArrowException, ValueError) as error:
        message = f"{path} is not a Parquet file that can be read: {str(error).splitlines()[0] if str(error) else ''}"
        raise InputError(message, hint="make it anew, or leave it out") from error
    except OSError as error:
        raise sources.unreadable(path, error) from error
