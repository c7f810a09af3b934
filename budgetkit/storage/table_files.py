"""The rows of a table into its two files, in parts, so that they are never in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from budgetkit.schema import DERIVED, TABLES
from budgetkit.storage.records import Row
from budgetkit.storage.spreadsheet import one_newline

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

#: Rows of a table that are in memory before they are written; a row group of its Parquet file.
TOGETHER = 10_000
#: UTF-8 with the mark by which a spreadsheet knows it.
MARKED = "utf-8-sig"

_PANDAS: dict[str, Any] = {
    "string": "string",
    "integer": "Int64",
    "number": "float64",
    "date": "string",
    "boolean": "boolean",
}


def frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the frame of one table of the schema.

    Parameters
    ----------
    name
        A table of :data:`budgetkit.schema.TABLES`, or of :data:`budgetkit.schema.DERIVED`.
    rows
        Dicts; a missing key is an empty cell.

    Returns
    -------
    pandas.DataFrame
        Columns in the order and of the types of the schema; whole numbers may be missing.
    """
    import pandas as pd

    rows = list(rows)
    return pd.DataFrame(
        {
            field.name: pd.array(
                [None if (value := row.get(field.name)) == "" else value for row in rows],
                dtype=_PANDAS[field.type],
            )
            for field in (TABLES.get(name) or DERIVED[name])
        }
    )


def row_groups(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Put rows that come in parts together to :data:`TOGETHER` rows each, but for the last.

    Parameters
    ----------
    parts
        Of one table, at least one.

    Yields
    ------
    pyarrow.Table
        At least one, which may have no rows.
    """
    import pyarrow as pa

    waiting: list[pa.Table] = []
    count, is_first = 0, True
    for part in parts:
        waiting.append(part)
        count += part.num_rows
        while count >= TOGETHER:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, TOGETHER)
            waiting, count, is_first = [whole.slice(TOGETHER)], count - TOGETHER, False
    if count or is_first:
        yield pa.concat_tables(waiting)


class TableFiles(AbstractContextManager["TableFiles"]):
    """``NAME.parquet`` and ``NAME.csv``, open for rows.

    The same rows give the same bytes, however they are added.

    Parameters
    ----------
    folder
        Folder of the dataset.
    name
        A table of the schema.
    csv
        Whether the second one is written, too.
    """

    def __init__(self, folder: Path, name: str, *, csv: bool = True) -> None:
        self._folder, self._name, self._csv = folder, name, csv
        self._waiting: list[Row] = []
        self._parquet: pq.ParquetWriter | None = None

    def add(self, rows: list[Row]) -> None:
        """Add rows; a missing key is an empty cell."""
        self._waiting += rows
        while len(self._waiting) >= TOGETHER:
            self._write(self._waiting[:TOGETHER])
            del self._waiting[:TOGETHER]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None and (self._waiting or self._parquet is None):
                self._write(self._waiting)
        finally:
            if self._parquet is not None:
                self._parquet.close()

    def _write(self, rows: list[Row]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        part = frame(self._name, rows)
        table = pa.Table.from_pandas(part, preserve_index=False)
        is_first = self._parquet is None
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._folder / f"{self._name}.parquet", table.schema)
        self._parquet.write_table(table)
        if self._csv:
            append_csv(self._folder / f"{self._name}.csv", part, is_first=is_first)


def append_csv(path: Path, part: pd.DataFrame, *, is_first: bool) -> None:
    """Write rows to the end of a CSV file.

    Parameters
    ----------
    path
        Of the file.
    part
        The rows; texts may be changed.
    is_first
        Whether the file is begun with them, and with the names of the columns.
    """
    texts = [name for name in part if part[name].dtype == "string"]
    broken = [name for name in texts if part[name].str.contains("\r", regex=False).any()]
    for name in broken:  # a carriage return alone would end the row
        part[name] = part[name].map(one_newline, na_action="ignore").astype("string")
    part.to_csv(
        path,
        mode="w" if is_first else "a",
        header=is_first,
        index=False,
        encoding=MARKED if is_first else "utf-8",
        lineterminator="\n",
    )
