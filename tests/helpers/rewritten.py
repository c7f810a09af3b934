"""Tables of a dataset's copy that a test changes, noted as written by the program."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from budgetkit.storage.manifest import add_to_manifest


def rewrite(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Replace the Parquet file of a table."""
    table.to_parquet(folder / f"{name}.parquet", index=False)
    add_to_manifest(folder, [f"{name}.parquet"])
