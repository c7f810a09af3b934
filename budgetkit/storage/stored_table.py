"""The rows of a table of a dataset, read from its Parquet file a row group at a time.

A walk over thousands of disclosures takes the rows of some documents at a time.  A table is written
document by document, so that these stand in one or two of its row groups: only the groups that
were asked for last are in memory, however long the table is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.storage.records import Row

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Numbers = npt.NDArray[np.int64]

#: Columns in which few values repeat.
SELDOM = frozenset({"fact_id", "text", "printed"})
#: Rows of a table that are in memory at once, as far as one row group has no more.
KEPT_ROWS = 30_000
#: The column by which rows are found.
DOCUMENT = "document"


class StoredTable:
    """A table of a dataset, of which the rows of some documents are read at a time.

    Parameters
    ----------
    path
        Its Parquet file, with a column ``document``.  It stays open, so that all rows are of one
        state of it.
    without
        Columns that are left out.
    kept_rows
        How many rows are kept for the next time.

    Attributes
    ----------
    names : list of str
        Of its columns.
    """

    def __init__(self, path: Path, without: Iterable[str] = (), kept_rows: int = KEPT_ROWS) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pq.read_schema(path)
        self.names = [name for name in schema.names if name not in frozenset(without)]
        # A value of many rows is one object: half the memory, and less work.
        repeated = [
            field.name
            for field in schema
            if field.name not in SELDOM and field.type in (pa.string(), pa.large_string())
        ]
        self._file = pq.ParquetFile(path, read_dictionary=repeated)
        self._kept_rows = kept_rows
        #: The groups that were asked for last, by number, the latest at the end.
        self._groups: dict[int, _Group] = {}

    def rows(self, documents: Iterable[str]) -> list[Row]:
        """Return the rows of some documents, in the table's order, None for an empty cell."""
        found: list[Row] = []
        for number, at in self._places(documents):
            found += self._group(number).rows(at)
        return found

    def table(self, documents: Iterable[str]) -> pa.Table:
        """Return the rows of some documents, in the table's order, as Arrow keeps them."""
        import pyarrow as pa

        parts = [self._group(number).table.take(at) for number, at in self._places(documents)]
        return pa.concat_tables(parts or [self._empty])

    def groups(self) -> Iterator[pa.Table]:
        """Return all rows, a row group at a time; none is kept."""
        for number in range(self._file.metadata.num_row_groups):
            if self._file.metadata.row_group(number).num_rows:
                yield self._read(number)

    def whole(self) -> pa.Table:
        """Return all rows, as Arrow keeps them."""
        return self._file.read(self.names, use_threads=False)

    def column(self, name: str) -> pa.ChunkedArray:
        """Return one column of the whole table."""
        return self._file.read([name], use_threads=False)[name]

    @property
    def in_memory(self) -> int:
        """How many rows are in memory."""
        return sum(group.table.num_rows for group in self._groups.values())

    @cached_property
    def _empty(self) -> pa.Table:
        return self._file.schema_arrow.empty_table().select(self.names)

    @cached_property
    def _starts(self) -> Numbers:
        """Number of the first row of each group, and of all rows."""
        import numpy as np

        metadata = self._file.metadata
        sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
        return np.cumsum([0, *sizes])

    @cached_property
    def _runs(self) -> tuple[dict[str, int], Numbers, Numbers, Numbers]:
        """Rows of one document that follow each other.

        Number of each document; by these numbers, ends of its runs in the two arrays that say
        where runs begin and end.
        """
        import numpy as np

        array = self.column(DOCUMENT).unify_dictionaries().combine_chunks()
        names = array.dictionary.to_pylist()
        of_rows = array.indices.to_numpy(zero_copy_only=False)
        changes = np.flatnonzero(np.diff(of_rows)) + 1
        starts = np.concatenate(([0], changes)) if len(of_rows) else np.zeros(0, int)
        ends = np.concatenate((changes, [len(of_rows)])) if len(of_rows) else starts
        documents = of_rows[starts]
        order = np.argsort(documents, kind="stable")
        until = np.searchsorted(documents[order], np.arange(-1, len(names)), side="right")
        return {name: at for at, name in enumerate(names)}, until, starts[order], ends[order]

    def _places(self, documents: Iterable[str]) -> Iterator[tuple[int, Numbers]]:
        """Groups with rows of some documents, and where these stand in each."""
        import numpy as np

        known, until, starts, ends = self._runs
        runs = [
            np.arange(starts[run], ends[run])
            for document in dict.fromkeys(documents)
            if (at := known.get(document)) is not None
            for run in range(until[at], until[at + 1])
        ]
        if not runs:
            return
        rows = np.sort(np.concatenate(runs))
        first, last = np.searchsorted(self._starts, rows[[0, -1]], side="right") - 1
        for number in range(first, last + 1):
            start, end = np.searchsorted(rows, self._starts[number : number + 2])
            if start < end:
                yield int(number), rows[start:end] - self._starts[number]

    def _group(self, number: int) -> _Group:
        group = self._groups.pop(number, None)
        if group is None:
            room = self._kept_rows - self._file.metadata.row_group(number).num_rows
            while self._groups and self.in_memory > room:
                del self._groups[next(iter(self._groups))]
            group = _Group(self._read(number))
        self._groups[number] = group
        return group

    def _read(self, number: int) -> pa.Table:
        return self._file.read_row_group(number, self.names, use_threads=False)


class _Group:
    """Rows that are in memory."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @cached_property
    def _columns(self) -> dict[str, _Cells]:
        table = self.table
        return {name: _Cells(table[name]) for name in table.column_names}

    def rows(self, at: Numbers) -> list[Row]:
        """Return some rows, None for an empty cell."""
        names = list(self._columns)
        cells = zip(*(column.at(at) for column in self._columns.values()), strict=True)
        return [dict(zip(names, row, strict=True)) for row in cells]


class _Cells:
    """The cells of a column; equal texts are one object."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        import pyarrow as pa

        self._values: list[Any] | None = None
        if pa.types.is_dictionary(column.type):
            array = column.unify_dictionaries().combine_chunks()
            self._values = [*array.dictionary.to_pylist(), None]
            self._cells = array.indices.fill_null(len(self._values) - 1)
        else:
            self._cells = column.combine_chunks()
        self._is_plain = not self._cells.null_count and pa.types.is_primitive(self._cells.type)

    def at(self, rows: Numbers) -> list[Any]:
        """Return the cells of some rows, None for an empty one."""
        cells = self._cells
        follow = rows[-1] - rows[0] == len(rows) - 1
        found = cells[rows[0] : rows[-1] + 1] if follow else cells.take(rows)
        # NumPy is quicker, but has no empty cells.
        listed = (found.to_numpy(zero_copy_only=False) if self._is_plain else found).tolist()
        values = self._values
        return listed if values is None else [values[cell] for cell in listed]


def as_rows(table: pa.Table) -> list[Row]:
    """Return the rows of an Arrow table, None for an empty cell; equal texts are one object."""
    import numpy as np

    return _Group(table).rows(np.arange(table.num_rows)) if table.num_rows else []


def plain_table(table: pa.Table) -> pa.Table:
    """Return a table whose texts are plain texts, as a file holds them."""
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            plain = field.with_type(field.type.value_type)
            table = table.set_column(at, plain, table[field.name].cast(plain.type))
    return table
