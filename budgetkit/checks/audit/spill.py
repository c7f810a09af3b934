"""The findings of each batch of an audit, on disk until all batches are done.

Each process writes Arrow files, which are read one after the other: nothing large passes between
processes, and what does not fail is never in memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.checks_table import HEAVIEST_FIRST, ORDER, heaviest_first
from budgetkit.storage.table_files import row_groups

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

        parts = {status: self._parts(status, ["comparisons"]) for status in ORDER}
        return {
            status: sum(pc.sum(part["comparisons"]).as_py() or 0 for part in found)
            for status, found in parts.items()
        }

    def rows(self, status: str) -> list[dict[str, Any]]:
        """Return the rows of one status."""
        return list(self.table(status).to_pylist())

    def table(self, status: str) -> pa.Table:
        """Findings of one status of all batches, in its order."""
        import pyarrow as pa

        return pa.concat_tables(self._in_order(status))

    def _in_order(self, status: str) -> Iterator[pa.Table]:
        """Findings of one status in its order, part by part."""
        import pyarrow as pa

        parts = self._parts(status)
        # Few of all rows fail; the others are never in memory together.
        is_sorted = status in HEAVIEST_FIRST
        return iter([heaviest_first(pa.concat_tables(parts))]) if is_sorted else parts

    def _parts(self, status: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Findings of one status, batch by batch."""
        import pyarrow as pa

        for path in sorted(self._folder.glob(f"*.{status}.arrow")):
            with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as part:
                table = part.read_all()
            yield table.select(columns) if columns else table

    def writers(self) -> dict[str, Callable[[Path], None]]:
        """Return what writes the whole table, by ending."""
        return writers_of(lambda: chain.from_iterable(map(self._in_order, ORDER)))


def writers_of(parts: Callable[[], Iterable[pa.Table]]) -> dict[str, Callable[[Path], None]]:
    """Return the functions that write ``checks``, by ending.

    Each asks for the parts itself, so that the two can write at the same time.
    """

    def write_parquet(path: Path) -> None:
        import pyarrow.parquet as pq

        groups = row_groups(parts())
        first = next(groups)
        with pq.ParquetWriter(path, first.schema) as out:
            for group in chain([first], groups):
                out.write_table(group)

    def write_csv(path: Path) -> None:
        import pyarrow.csv as pa_csv

        found = iter(parts())
        first = next(found)
        with path.open("wb") as file:
            file.write(BOM)
            with pa_csv.CSVWriter(file, first.schema) as out:
                for part in chain([first], found):
                    out.write_table(part)

    return {"parquet": write_parquet, "csv": write_csv}
