"""SQL on the Parquet files of a dataset, by DuckDB, without loading them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

#: The documents of a part of a dataset, where its files hold others too.
_DOCUMENTS = "budgetkit_documents"


def sql(folder: str | Path, query: str, *, memory_limit: str | None = None) -> pd.DataFrame:
    """Query the Parquet files of a folder in SQL.

    Parameters
    ----------
    folder
        Each ``NAME.parquet`` in it is the view ``NAME``.
    query
        One statement of DuckDB's SQL.
    memory_limit
        Most memory that DuckDB may take (``"500MB"``); None for its own limit.

    Returns
    -------
    pandas.DataFrame
        The result; ``amount`` is in 万元 as everywhere.

    Raises
    ------
    UsageError
        The query is not valid; the message holds DuckDB's reason.

    Examples
    --------
    >>> from budgetkit.demo import prepare
    >>> query = "select count(distinct department) as departments from documents"
    >>> sql(prepare(), query)["departments"].tolist()
    [7]
    """
    tables = {file.stem: [file] for file in sorted(Path(folder).glob("*.parquet"))}
    return sql_on(tables, query, memory_limit=memory_limit)


def sql_on(
    tables: Mapping[str, Sequence[Path]],
    query: str,
    *,
    only: Mapping[str, Collection[str]] | None = None,
    memory_limit: str | None = None,
) -> pd.DataFrame:
    """Query tables in SQL, each of one file or of several.

    Parameters
    ----------
    tables
        Their Parquet files, by name; each is a view.
    query, memory_limit
        As of :func:`sql`.
    only
        The documents of a part of a dataset, by the tables whose files hold others too.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    UsageError
        The query is not valid.
    """
    import duckdb

    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute("set autoinstall_known_extensions = false")
            if memory_limit is not None:
                connection.execute(f"set memory_limit = '{_quoted(memory_limit)}'")
            only = only or {}
            for documents in list(only.values())[:1]:
                connection.execute(
                    f"create temp table {_DOCUMENTS} as select unnest(?) as document",
                    [sorted(documents)],
                )
            for name, files in tables.items():
                view = name.replace('"', '""')
                listed = ", ".join(f"'{_quoted(str(file.resolve()))}'" for file in files)
                # The files hold the year and the whole region; their folders only the province.
                source = f"read_parquet([{listed}], hive_partitioning = false)"
                where = f" where document in (from {_DOCUMENTS})" if name in only else ""
                connection.execute(f'create view "{view}" as select * from {source}{where}')
            return connection.execute(query).df()
    except duckdb.Error as error:
        first = next((line for line in str(error).splitlines() if line.strip()), "no reason given")
        names = ", ".join(sorted(tables))
        raise UsageError(f"the query failed ({first})", remedy=f"the tables are {names}") from None


def _quoted(text: str) -> str:
    return text.replace("'", "''")
