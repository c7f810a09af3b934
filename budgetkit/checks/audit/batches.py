"""Reading a dataset some departments at a time.

Only the years of a department and its units are compared with each other, so the rows of a few
departments are all that has to be in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.case import Row, published_in
from budgetkit.schema import TABLES
from budgetkit.storage.stored_parts import stored
from budgetkit.storage.stored_table import as_rows
from budgetkit.storage.table_places import open_places

if TYPE_CHECKING:
    import pyarrow as pa

Tables = dict[str, list[Row]]
#: Columns of the longest table that no check reads: ``documents`` says the same, and an amount is
#: taken exactly from what is printed.
UNREAD = {"facts": ("source", "department", "scope", "region", "year", "level", "amount")}
#: Rows of each table that are kept for the next batch, which may begin in the same row group.
KEPT_ROWS = 20_000


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
    for row in as_rows(_read(folder, "documents")):
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
        places = open_places(folder)
        self._tables = {
            name: stored(places, name, UNREAD.get(name, ()), KEPT_ROWS) for name in TABLES
        }
        self.published = published_in(as_rows(_read(folder, "documents")))
        self._batches = batches

    def rows(self, batch: int) -> Tables:
        """Return the rows of a batch by table, sorted by document; None for an empty cell."""
        ids = self._batches[batch]
        return {name: _sorted(table.table(ids), ids) for name, table in self._tables.items()}


def _sorted(table: pa.Table, documents: Sequence[str]) -> list[Row]:
    """Rows in the order of their documents; those of a document keep their order."""
    import numpy as np

    rank = {document: at for at, document in enumerate(documents)}
    array = table["document"].unify_dictionaries().combine_chunks()
    ranks = np.array([rank.get(name, 0) for name in array.dictionary.to_pylist()], int)
    order = np.argsort(ranks[array.indices.to_numpy(zero_copy_only=False)], kind="stable")
    return as_rows(table.take(order))


def _read(folder: Path, name: str) -> pa.Table:
    """Read the columns of a table that the checks need."""
    return stored(open_places(folder), name, UNREAD.get(name, ())).whole()


def read_rows(folder: Path) -> Tables:
    """Read the tables of a whole dataset as rows, None for every empty cell."""
    return {name: as_rows(_read(folder, name)) for name in TABLES}


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
