"""SQL on the Parquet files of a dataset, by DuckDB, without loading them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


def sql(folder: str | Path, query: str, *, memory_limit: str | None = None) -> pd.DataFrame:
    """Query a dataset in SQL.

    Parameters
    ----------
    folder
        Folder of the dataset; each ``NAME.parquet`` in it is the view ``NAME``.
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
    import duckdb

    folder = Path(folder).resolve()
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute("set autoinstall_known_extensions = false")
            if memory_limit is not None:
                connection.execute(f"set memory_limit = '{_quoted(memory_limit)}'")
            for file in sorted(folder.glob("*.parquet")):
                name = file.stem.replace('"', '""')
                connection.execute(
                    f"create view \"{name}\" as select * from read_parquet('{_quoted(str(file))}')"
                )
            return connection.execute(query).df()
    except duckdb.Error as error:
        first = next((line for line in str(error).splitlines() if line.strip()), "no reason given")
        tables = ", ".join(sorted(file.stem for file in folder.glob("*.parquet")))
        raise UsageError(f"the query failed ({first})", remedy=f"the tables are {tables}") from None


def _quoted(text: str) -> str:
    return text.replace("'", "''")
