"""A table of a dataset, whole or a part, from its files into one: never all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.storage.spreadsheet import plain
from budgetkit.storage.table_files import append_csv, frame, row_groups
from budgetkit.storage.table_places import TablePlaces

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def stream(places: TablePlaces, name: str) -> Iterator[pa.Table]:
    """Return the rows of a table, so many at a time as a row group has.

    Parameters
    ----------
    places
        Of the dataset, or of a part of it.
    name
        Of the table.

    Returns
    -------
    iterator of pyarrow.Table
        At least one, which may have no rows.

    Raises
    ------
    UsageError
        A file is spoiled.
    """
    return row_groups(_groups(places, name))


def count_rows(places: TablePlaces, name: str) -> int:
    """Count the rows of a table.

    Parameters
    ----------
    places, name
        As of :func:`stream`.

    Returns
    -------
    int
    """
    import pyarrow.parquet as pq

    if places.only(name) is None:
        return sum(pq.read_metadata(file).num_rows for file in places.files(name))
    return sum(group.num_rows for group in _groups(places, name, ["document"]))


def write_parquet(places: TablePlaces, name: str, path: Path) -> int:
    """Write a table as one Parquet file.

    Parameters
    ----------
    places, name
        As of :func:`stream`.
    path
        Of the file.

    Returns
    -------
    int
        Its rows.
    """
    import pyarrow.parquet as pq

    count = 0
    writer: pq.ParquetWriter | None = None
    try:
        for part in stream(places, name):
            writer = writer or pq.ParquetWriter(path, part.schema)
            writer.write_table(part)
            count += part.num_rows
    finally:
        if writer is not None:
            writer.close()
    return count


def write_csv(places: TablePlaces, name: str, path: Path) -> int:
    """Write a table as CSV; a text that a spreadsheet would take for a formula is marked.

    Parameters
    ----------
    places, name
        As of :func:`stream`.
    path
        Of the file.

    Returns
    -------
    int
        Its rows.
    """
    count = 0
    for number, part in enumerate(stream(places, name)):
        append_csv(path, plain(as_frame(part, name)), is_first=not number)
        count += part.num_rows
    return count


def as_frame(part: pa.Table, name: str) -> pd.DataFrame:
    """Return rows of a table as a frame with the types of the schema.

    Parameters
    ----------
    part
        Of :func:`stream`.
    name
        Of the table.

    Returns
    -------
    pandas.DataFrame
    """
    empty = frame(name, [])
    found: pd.DataFrame = part.to_pandas().astype(dict(empty.dtypes))
    return found[list(empty.columns)]


def _groups(places: TablePlaces, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    only = places.only(name)
    for path in places.files(name):
        with pq.ParquetFile(path) as file:
            for number in range(file.num_row_groups):
                table = file.read_row_group(number, columns)
                if only is not None:
                    wanted = pa.array(sorted(only), table["document"].type)
                    table = table.filter(pc.is_in(table["document"], wanted))
                yield table
