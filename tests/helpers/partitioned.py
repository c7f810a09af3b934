"""The bundled corpus as a partitioned dataset, and rows of a partitioned one in another order."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from budgetkit.storage.partitions import partition_of
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import Row, records
from budgetkit.storage.write_parts import NewPart, write_partitioned


def partition(dataset: Path, out: Path) -> Path:
    """Write a dataset again, in partitions, as ``extract`` does."""
    ds = DatasetReader(dataset)
    sources = ds.sources()
    parts: dict[object, list[Row]] = {}
    for row in records(ds.documents):
        parts.setdefault(partition_of(row), []).append(row)

    def new(rows: list[Row]) -> NewPart:
        names = [row["document"] for row in rows]
        tables = [name for name in ds.table_names() if name not in ("documents", "checks")]
        found = {name: records(ds.part(name, documents=names)) for name in tables}
        places = {name: sources[name] for name in names if name in sources}
        return NewPart(partition_of(rows[0]), len(rows), lambda: [{"documents": rows}, found],
                       places)  # fmt: skip

    write_partitioned(out, map(new, parts.values()))
    return out


def in_order(table: pd.DataFrame, documents: pd.Series) -> pd.DataFrame:
    """Rows of a table in the order of these documents."""
    rank = {name: at for at, name in enumerate(documents)}
    return table.iloc[table["document"].map(rank).argsort(kind="stable")].reset_index(drop=True)
