"""What the audit reads of a dataset, some departments at a time.

A department's years and its units are held against each other; nothing else of a dataset is.  So
the rows of a few departments are all that has to be in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.case import Row
from budgetkit.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

Tables = dict[str, list[Row]]
#: Columns of the longest table that no check reads: ``documents`` says the same, and an amount is
#: taken exactly from what is printed.
UNREAD = {"facts": ("source", "department", "scope", "region", "year", "level", "amount")}
#: Columns whose words seldom come twice.
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
        key = (known, row["department"] if known else row["document"])
        departments.setdefault(key, []).append(row["document"])
    found: list[list[str]] = []
    for ids in departments.values():
        if not found or len(found[-1]) >= size:
            found.append([])
        found[-1] += ids
    return found or [[]]


class BatchReader:
    """The tables of a dataset, read once, handed out a batch at a time.

    Parameters
    ----------
    folder
        Of the dataset.
    batches
        Ids of the documents of each, as of :func:`batches`.
    """

    def __init__(self, folder: Path, batches: Sequence[Sequence[str]]) -> None:
        self._tables = {name: _read(folder, name) for name in TABLES}
        self._rows = {name: _rows_by_batch(table, batches) for name, table in self._tables.items()}

    def rows(self, batch: int) -> Tables:
        """Give the rows of one batch by table, document by document, None for every empty cell."""
        return {
            name: _as_rows(table.take(self._rows[name][batch]))
            for name, table in self._tables.items()
        }


def _rows_by_batch(table: pa.Table, batches: Sequence[Sequence[str]]) -> Sequence[Any]:
    """Indices of the rows of each batch; those of a document keep their order."""
    import numpy as np

    rank = {document: at for at, document in enumerate(chain.from_iterable(batches))}
    ends = list(accumulate(map(len, batches)))
    held = table["document"].unify_dictionaries().combine_chunks()
    # Rows of a document that isn't listed belong to no disclosure: no case takes them.
    ranks = np.array([rank.get(name, 0) for name in held.dictionary.to_pylist()], int)
    documents = ranks[held.indices.to_numpy(zero_copy_only=False)]
    order = np.argsort(documents, kind="stable")
    return np.split(order, np.searchsorted(documents[order], ends[:-1]))


def _read(folder: Path, name: str) -> pa.Table:
    """Read a table, but not what its documents say of all of its rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    schema = pq.read_schema(path)
    wanted = [column for column in schema.names if column not in UNREAD.get(name, ())]
    # A word that stands in many rows is held once: half the memory, and less work below.
    often = [
        field.name
        for field in schema
        if field.name not in SELDOM and field.type in (pa.string(), pa.large_string())
    ]
    return pq.ParquetFile(path, read_dictionary=often).read(wanted, use_threads=False)


def _as_rows(table: pa.Table) -> list[Row]:
    names = table.column_names
    columns = [_values(column) for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Values of a column; a word that stands in many rows is one object, not as many."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        held = column.unify_dictionaries().combine_chunks()
        words = [*held.dictionary.to_pylist(), None]
        numbers = held.indices.fill_null(len(words) - 1)
        return [words[number] for number in numbers.to_numpy().tolist()]
    # By way of NumPy, which is quicker, where it has a word for nothing.
    wordy = column.type in (pa.string(), pa.large_string())
    numpy_can = wordy or not column.null_count
    return list(column.to_numpy().tolist() if numpy_can else column.to_pylist())


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
