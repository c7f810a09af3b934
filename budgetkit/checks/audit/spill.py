"""The findings of each batch of an audit, on disk until all batches are done.

Each process writes Arrow files, which are mapped into memory when they are read: nothing large
passes between processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.checks_table import HEAVIEST_FIRST, ORDER, heaviest_first

if TYPE_CHECKING:
    import pyarrow as pa

#: A spreadsheet takes a file for UTF-8 only if it begins with this mark.
BOM = b"\xef\xbb\xbf"


class Spill:
    """The table ``checks`` in parts, by batch and by status.

    Parameters
    ----------
    folder
        An empty folder that lasts as long as the parts are needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, number: int, found: Mapping[str, pa.Table]) -> None:
        """Write the findings of a batch.

        Parameters
        ----------
        number
            Of the batch.
        found
            Tables by status.
        """
        import pyarrow as pa

        for status, table in found.items():
            path = self._folder / f"{number:08d}.{status}"
            with (
                pa.OSFile(f"{path}.arrow", "wb") as file,
                pa.ipc.new_file(file, table.schema) as out,
            ):
                out.write_table(table)

    def counts(self) -> dict[str, int]:
        """Count the comparisons of each status."""
        import pyarrow.compute as pc

        columns = {status: self.table(status)["comparisons"] for status in ORDER}
        return {status: pc.sum(column).as_py() or 0 for status, column in columns.items()}

    def rows(self, status: str) -> list[dict[str, Any]]:
        """Return the rows of one status."""
        return list(self.table(status).to_pylist())

    def table(self, status: str) -> pa.Table:
        """Findings of one status of all batches, in its order."""
        import pyarrow as pa

        paths = sorted(self._folder.glob(f"*.{status}.arrow"))
        tables = [pa.ipc.open_file(pa.memory_map(str(path))).read_all() for path in paths]
        whole = pa.concat_tables(tables)
        return heaviest_first(whole) if status in HEAVIEST_FIRST else whole

    def _whole(self) -> pa.Table:
        import pyarrow as pa

        return pa.concat_tables(map(self.table, ORDER))

    def writers(self) -> dict[str, Callable[[Path], None]]:
        """Return what writes the whole table, by ending."""
        return writers_of(self._whole)


def writers_of(table: Callable[[], pa.Table]) -> dict[str, Callable[[Path], None]]:
    """Return the functions that write ``checks``, by ending.

    Each asks for the table itself, so that the two can write at the same time.
    """

    def write_parquet(path: Path) -> None:
        import pyarrow.parquet as pq

        pq.write_table(table(), path)

    def write_csv(path: Path) -> None:
        import pyarrow.csv as pa_csv

        with path.open("wb") as file:
            file.write(BOM)
            pa_csv.write_csv(table(), file)

    return {"parquet": write_parquet, "csv": write_csv}
