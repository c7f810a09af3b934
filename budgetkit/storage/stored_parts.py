"""The rows of a table of a partitioned dataset, read from the files of the documents wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.storage.records import Row
from budgetkit.storage.stored_table import DOCUMENT, KEPT_ROWS, StoredTable
from budgetkit.storage.table_places import TablePlaces

if TYPE_CHECKING:
    import pyarrow as pa

#: Files of a table that are open at once, where the system allows: a department has one a year.
OPEN = 12
#: Of the files that a process may have open, the share of one table.
SHARE = 60


class StoredParts:
    """A table of a dataset, or of a part of it; as :class:`StoredTable`, of any number of files.

    Parameters
    ----------
    places
        Of the dataset.
    name
        Of the table.
    without
        Columns that are left out.
    kept_rows
        How many rows are kept for the next time, shared among the files; of each file at least
        one row group is.
    """

    def __init__(
        self,
        places: TablePlaces,
        name: str,
        without: Iterable[str] = (),
        kept_rows: int = KEPT_ROWS,
    ) -> None:
        self._places, self._name = places, name
        self._without, self._kept_rows = tuple(without), kept_rows
        self._only = places.only(name)
        #: The files that were asked for last, the latest at the end.
        self._open: dict[Path, StoredTable] = {}

    def rows(self, documents: Iterable[str]) -> list[Row]:
        """Return the rows of some documents, in the table's order, None for an empty cell."""
        wanted = self._wanted(documents)
        files = self._places.files(self._name, wanted, check=False)
        return [row for file in files for row in self._table(file).rows(wanted)]

    def table(self, documents: Iterable[str]) -> pa.Table:
        """Return the rows of some documents, in the table's order, as Arrow keeps them."""
        import pyarrow as pa

        wanted = self._wanted(documents)
        files = self._places.files(self._name, wanted, check=False)
        # Without a document there is no file, but columns are wanted.
        files = files or self._places.files(self._name, check=False)[:1]
        return pa.concat_tables(self._table(file).table(wanted) for file in files)

    @property
    def names(self) -> list[str]:
        """Names of its columns."""
        files = self._places.files(self._name, check=False)
        return StoredTable(files[0], self._without).names

    def groups(self) -> Iterator[pa.Table]:
        """Return all rows, a row group of a file at a time; none is kept."""
        import pyarrow as pa
        import pyarrow.compute as pc

        only = None if self._only is None else pa.array(sorted(self._only), pa.string())
        for file in self._places.files(self._name, check=False):
            for group in StoredTable(file, self._without).groups():
                if only is not None:
                    group = group.filter(pc.is_in(group[DOCUMENT].cast(only.type), only))
                if group.num_rows:
                    yield group

    def whole(self) -> pa.Table:
        """Return all rows, as Arrow keeps them."""
        import pyarrow as pa

        if self._only is not None:
            return self.table(sorted(self._only))
        files = self._places.files(self._name, check=False)
        return pa.concat_tables(StoredTable(file, self._without).whole() for file in files)

    @cached_property
    def _share(self) -> int:
        """Files among which the rows that are kept are shared."""
        files = self._places.files(self._name, check=False)
        return max(1, min(len(files), _most_open()))

    def _wanted(self, documents: Iterable[str]) -> Collection[str]:
        return [name for name in documents if self._only is None or name in self._only]

    def _table(self, file: Path) -> StoredTable:
        found = self._open.pop(file, None)
        if found is None:
            if len(self._open) >= _most_open():
                del self._open[next(iter(self._open))]
            found = StoredTable(file, self._without, self._kept_rows // self._share)
        self._open[file] = found
        return found


#: A table that is read in pieces.
Stored = StoredTable | StoredParts


@cache
def _most_open() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return OPEN
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return OPEN if allowed < 0 else max(1, min(OPEN, allowed // SHARE))


def stored(
    places: TablePlaces, name: str, without: Iterable[str] = (), kept_rows: int = KEPT_ROWS
) -> Stored:
    """Open a table of a dataset, whose files were checked.

    Parameters
    ----------
    places, name, without, kept_rows
        As of :class:`StoredParts`.

    Returns
    -------
    Stored
    """
    if places.parts is None and places.only(name) is None:
        return StoredTable(places.files(name, check=False)[0], without, kept_rows)
    return StoredParts(places, name, without, kept_rows)
