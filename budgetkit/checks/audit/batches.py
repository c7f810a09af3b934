"""Reading a dataset some departments at a time.

Only the years of a department and its units are compared with each other, so the rows of a few
departments are all that has to be in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.case import Row, published_in
from budgetkit.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

Tables = dict[str, list[Row]]
#: Columns of the longest table that no check reads: ``documents`` says the same, and an amount is
#: taken exactly from what is printed.
UNREAD = {"facts": ("source", "department", "scope", "region", "year", "level", "amount")}
#: Columns in which few values repeat.
SELDOM = frozenset({"fact_id", "text", "printed"})


def batches(folder: Path, size: int) -> list[list[str]]:
    """Put the documents of a dataset into batches of whole departments.

    Parameters
    ----------
    folder
        Of the dataset.
    size
        A batch is closed with the department that brings it to so many documents.

    Returns
    -------
    list of list of str
        Ids of documents; departments follow each other as their first documents do, and one
        whose department is not known stands alone.  One empty batch where there are none.
    """
    departments: dict[Any, list[str]] = {}
    for row in _read(folder, "documents").to_pylist():
        known = bool(row["department"])
        name = row.get("department_id") or row["department"]
        key = (known, name if known else row["document"])
        departments.setdefault(key, []).append(row["document"])
    found: list[list[str]] = []
    for ids in departments.values():
        if not found or len(found[-1]) >= size:
            found.append([])
        found[-1] += ids
    return found or [[]]


class BatchReader:
    """Reader of a dataset that returns its rows batch by batch.

    Parameters
    ----------
    folder
        Of the dataset.
    batches
        Ids of the documents of each, as of :func:`batches`.

    Attributes
    ----------
    published : frozenset of tuple
        Who publishes what in the whole dataset.
    """

    def __init__(self, folder: Path, batches: Sequence[Sequence[str]]) -> None:
        self._tables = {name: _read(folder, name) for name in TABLES}
        self.published = published_in(_as_rows(self._tables["documents"]))
        self._rows = {name: _rows_by_batch(table, batches) for name, table in self._tables.items()}

    def rows(self, batch: int) -> Tables:
        """Return the rows of a batch by table, sorted by document; None for an empty cell."""
        return {
            name: _as_rows(table.take(self._rows[name][batch]))
            for name, table in self._tables.items()
        }


def _rows_by_batch(table: pa.Table, batches: Sequence[Sequence[str]]) -> Sequence[Any]:
    """Indices of the rows of each batch; those of a document keep their order."""
    import numpy as np

    rank = {document: at for at, document in enumerate(chain.from_iterable(batches))}
    ends = list(accumulate(map(len, batches)))
    array = table["document"].unify_dictionaries().combine_chunks()
    # Rows of documents that are not listed go into the first batch, where no case takes them.
    ranks = np.array([rank.get(name, 0) for name in array.dictionary.to_pylist()], int)
    documents = ranks[array.indices.to_numpy(zero_copy_only=False)]
    order = np.argsort(documents, kind="stable")
    return np.split(order, np.searchsorted(documents[order], ends[:-1]))


def _read(folder: Path, name: str) -> pa.Table:
    """Read the columns of a table that the checks need."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    schema = pq.read_schema(path)
    wanted = [column for column in schema.names if column not in UNREAD.get(name, ())]
    # A value of many rows is one object: half the memory, and less work below.
    repeated = [
        field.name
        for field in schema
        if field.name not in SELDOM and field.type in (pa.string(), pa.large_string())
    ]
    return pq.ParquetFile(path, read_dictionary=repeated).read(wanted, use_threads=False)


def _as_rows(table: pa.Table) -> list[Row]:
    names = table.column_names
    columns = [_values(column) for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Values of a column; equal strings are one object."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        array = column.unify_dictionaries().combine_chunks()
        values = [*array.dictionary.to_pylist(), None]
        numbers = array.indices.fill_null(len(values) - 1)
        return [values[number] for number in numbers.to_numpy().tolist()]
    # NumPy is quicker, but turns an empty cell among numbers into NaN.
    is_text = column.type in (pa.string(), pa.large_string())
    keeps_none = is_text or not column.null_count
    return list(column.to_numpy().tolist() if keeps_none else column.to_pylist())


def read_rows(folder: Path) -> Tables:
    """Read the tables of a whole dataset as rows, None for every empty cell."""
    return {name: _as_rows(_read(folder, name)) for name in TABLES}


def plain_rows(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Tables:
    """Fill in the columns that rows leave out, None for every empty cell."""
    return {
        name: [
            {
                field.name: (None if (value := row.get(field.name)) == "" else value)
                for field in fields
            }
            for row in tables.get(name, ())
        ]
        for name, fields in TABLES.items()
    }
