"""Tables of a dataset, or parts of them, from their Parquet files into frames."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError, suggestion
from budgetkit.schema import DERIVED, TABLES, frame_units, units
from budgetkit.storage.table_files import frame
from budgetkit.storage.table_places import TablePlaces

if TYPE_CHECKING:
    import pandas as pd

#: Conditions of rows, as pyarrow takes them.
Filters = Sequence[tuple[str, str, Any]]


def read_table(
    places: TablePlaces,
    name: str,
    columns: Sequence[str] | None = None,
    documents: Collection[str] | None = None,
    filters: Filters = (),
) -> pd.DataFrame:
    """Read a table of a dataset, or a part of it.

    Parameters
    ----------
    places
        Of the dataset.
    name
        Of the table.
    columns
        Only these; None for all.
    documents
        Only the rows of these; None for all.
    filters
        Conditions of the rows.

    Returns
    -------
    pandas.DataFrame
        ``attrs["units"]`` holds the units of its columns; amounts are in 万元.

    Raises
    ------
    UsageError
        There is no such table or column, or a file is spoiled.
    """
    fields = TABLES.get(name) or DERIVED.get(name)
    if fields is None:
        raise UsageError(
            f"there is no table '{name}'", file=places.folder, remedy=suggestion(name, TABLES)
        )
    known = [field.name for field in fields]
    for column in columns or ():
        if column not in known:
            raise UsageError(f"{name} has no column '{column}'", remedy=suggestion(column, known))
    only = places.only(name)
    if documents is not None:
        only = frozenset(documents) & (places.documents or frozenset(documents))
    table = _read(places.files(name, only), columns, only, filters)
    if table is None:
        table = frame(name, [])[list(columns or known)]
    table.attrs["units"] = frame_units() | units(name)
    return table


def _read(
    files: Sequence[Path],
    columns: Sequence[str] | None = None,
    documents: Collection[str] | None = None,
    filters: Sequence[tuple[str, str, Any]] = (),
) -> pd.DataFrame | None:
    """Read a table from its files, in the order of their rows; None where there is no file."""
    import pandas as pd

    if not files:
        return None
    wanted = [*filters]
    if documents is not None:
        wanted.append(("document", "in", sorted(documents)))
    # A list is read as one table, as long as the names of its folders are no columns.
    paths: Any = files[0] if len(files) == 1 else [str(file) for file in files]
    return pd.read_parquet(
        paths,
        columns=None if columns is None else list(columns),
        filters=wanted or None,
        dtype_backend="numpy_nullable",
        partitioning=None,
    )
