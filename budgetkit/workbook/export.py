"""Tables of a dataset as files to open elsewhere: CSV, Parquet or a workbook each, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError, suggestion
from budgetkit.storage.own_folder import replaced
from budgetkit.storage.partitions import Regions, Years
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.records import with_none
from budgetkit.storage.spreadsheet import SHEET_ROWS
from budgetkit.storage.table_places import TablePlaces
from budgetkit.storage.table_stream import as_frame, count_rows, stream, write_csv, write_parquet
from budgetkit.workbook.book import put_value, row_by_row, saved

#: What such a folder is called.
KIND = "an export"
#: Characters of a cell that a spreadsheet takes.
LONGEST_TEXT = 32_767


def export(
    dataset: str | Path,
    out: str | Path,
    *,
    format: str = "csv",
    tables: Sequence[str] = (),
    year: Years = None,
    region: Regions = None,
) -> dict[str, int]:
    """Write tables of a dataset, or of a part of it, a file for each.

    Parameters
    ----------
    dataset
        Folder of it.
    out
        Folder to write; an export that is there is replaced.
    format
        ``csv``, ``parquet`` or ``xlsx``.
    tables
        Names of tables; all where empty.
    year, region
        Only documents of these, as of ``read_dataset``.

    Returns
    -------
    dict of str to int
        How many rows each table has.

    Raises
    ------
    UsageError
        There is no such table, format or part, a table is too long for a workbook, or the folder
        holds files of a user.

    Examples
    --------
    >>> import tempfile
    >>> from budgetkit.demo import prepare
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export(prepare(), f"{folder}/out", tables=["documents"], year=2025)
    {'documents': 8}
    """
    write = _FORMATS.get(format)
    if write is None:
        raise UsageError(f"there is no format '{format}'", remedy=f"take {', '.join(_FORMATS)}")
    ds = DatasetReader(dataset, year=year, region=region)
    known = ds.table_names()
    for name in tables:
        if name not in known:
            raise UsageError(
                f"there is no table '{name}'", file=ds.folder, remedy=suggestion(name, known)
            )
    names = list(dict.fromkeys(tables)) or known
    if format == "xlsx":
        for name in names:
            _check_length(ds, name)
    with replaced(Path(out), KIND) as folder:
        return {name: write(ds.places, name, folder / f"{name}.{format}") for name in names}


def _check_length(ds: DatasetReader, name: str) -> None:
    if (count := count_rows(ds.places, name)) >= SHEET_ROWS:
        raise UsageError(
            f"{name} has {count:,} rows, more than a spreadsheet opens",
            file=ds.folder,
            remedy="take another --format, or a part with --year, --region and --table",
        )


def _write_xlsx(places: TablePlaces, name: str, path: Path) -> int:
    """Write a table as a workbook of one sheet."""
    from openpyxl.cell import WriteOnlyCell

    def cell(tab: Any, value: object) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(tab)
        put_value(made, value[:LONGEST_TEXT])
        return made

    count = 0
    with row_by_row() as book:
        tab = book.create_sheet(name)
        tab.freeze_panes = "A2"
        for number, part in enumerate(stream(places, name)):
            table = as_frame(part, name)
            if not number:
                tab.append([cell(tab, str(column)) for column in table.columns])
            for row in with_none(table).itertuples(index=False, name=None):
                tab.append([cell(tab, value) for value in row])
            count += len(table)
        path.write_bytes(saved(book))
    return count


_FORMATS = {"csv": write_csv, "parquet": write_parquet, "xlsx": _write_xlsx}
