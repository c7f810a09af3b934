"""The tables of a dataset as files to take away: CSV, Excel and Parquet, with their hashes.

The Parquet files are those of the dataset, byte for byte.  In the others a text that a spreadsheet
would take for a formula is a text.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.schema import DERIVED, TABLES, Field
from budgetkit.site.site_words import SiteWords
from budgetkit.storage.atomic import as_json
from budgetkit.storage.manifest import sha256_of
from budgetkit.storage.package import describe
from budgetkit.storage.records import with_none
from budgetkit.storage.spreadsheet import FORMULA_STARTS
from budgetkit.storage.table_stream import as_frame, stream, write_csv, write_parquet
from budgetkit.storage.write import CODELISTS, PACKAGE
from budgetkit.work.fingerprint import code_digest
from budgetkit.work.journal import Journal, digest
from budgetkit.workbook.book import room_of, row_by_row, saved
from budgetkit.workbook.same_bytes import as_xml_text

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.storage.reader import DatasetReader

#: Rows of a table that is also given as a workbook: more would take minutes to write and to open.
MOST_ROWS = 150_000
#: Characters that a cell of a workbook may hold.
LONGEST_TEXT = 32_767
#: The file of hashes, in the form that ``sha256sum --check`` reads.
SUMS = "SHA256SUMS"
#: Widths of the columns of a workbook, in characters; rows that they are taken from.
NARROWEST, WIDEST, MEASURED = 8, 50, 200
#: Tables in the order of the page: what most people look for first.
ORDER = (
    "documents", "facts", "staffing", "projects", "checks", "narrative", "indicators", "assets",
    "profile", "glossary", "tables", "unmapped", "pages", "contents", "paragraphs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the data folder.

    Attributes
    ----------
    file : str
        Its name.
    size : int
        In bytes.
    sha256 : str
        In hexadecimal digits.
    """

    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table to take away.

    Attributes
    ----------
    name : str
        Of the table.
    fields : tuple of Field
        Its columns.
    rows : int
        How many.
    csv, parquet : Download
        Its files.
    xlsx : Download or None
        None where it has more rows than :data:`MOST_ROWS`.
    """

    name: str
    fields: tuple[Field, ...]
    rows: int
    csv: Download
    parquet: Download
    xlsx: Download | None


@dataclass(frozen=True, slots=True)
class DataFolder:
    """What the data folder of a site holds.

    Attributes
    ----------
    tables : tuple of TableFiles
        In the order of the page.
    sha256 : str
        Of the dataset: the digest of the names and hashes of its Parquet files.
    size : int
        Bytes of all files.
    """

    tables: tuple[TableFiles, ...]
    sha256: str
    size: int


def write_downloads(
    dataset: DatasetReader, folder: Path, journal: Journal, say: SiteWords, licence: str
) -> DataFolder:
    """Write the tables of a dataset as CSV, Excel and Parquet, described and hashed.

    Parameters
    ----------
    dataset
        As of ``read_dataset``.
    folder
        A new folder; it is a dataset itself, without the paths of this machine.
    journal
        Of the data; it keeps the workbooks, which take longest to write.
    say
        The words.
    licence
        Under which the data is published; empty where none is named.

    Returns
    -------
    DataFolder
    """
    folder.mkdir()
    there = dataset.table_names()
    every = {name: fields for name, fields in (TABLES | DERIVED).items() if name in there}
    names = sorted(every, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    tables = tuple(_write_table(dataset, name, every[name], folder, journal, say) for name in names)
    journal.sweep({_key(one.name, one.parquet, say) for one in tables})
    (folder / "codelists").mkdir()
    for name in CODELISTS:
        if (source := dataset.folder / "codelists" / f"{name}.csv").is_file():
            shutil.copyfile(source, folder / "codelists" / f"{name}.csv")
    parquet = sorted((one.parquet.file, one.parquet.sha256) for one in tables)
    whole = hashlib.sha256("".join(f"{sha}  {file}\n" for file, sha in parquet).encode())
    found = DataFolder(tables, whole.hexdigest(), sum(one.size for one in _files(tables)))
    (folder / PACKAGE).write_bytes(_package(dataset, found, licence))
    lines = [f"{one.sha256}  {one.file}\n" for one in _files(tables)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return found


def _files(tables: Iterable[TableFiles]) -> list[Download]:
    return [file for one in tables for file in (one.csv, one.xlsx, one.parquet) if file]


def _write_table(
    dataset: DatasetReader,
    name: str,
    fields: tuple[Field, ...],
    folder: Path,
    journal: Journal,
    say: SiteWords,
) -> TableFiles:
    path = folder / f"{name}.parquet"
    if dataset.places.parts is None and dataset.places.only(name) is None:
        shutil.copyfile(dataset.places.files(name)[0], path)
    else:
        write_parquet(dataset.places, name, path)
    parquet = _download(path)
    rows = write_csv(dataset.places, name, folder / f"{name}.csv")
    book = None
    if rows <= MOST_ROWS:
        key = _key(name, parquet, say)
        made = journal.get(key)
        if made is None:
            parts = (as_frame(part, name) for part in stream(dataset.places, name))
            made = as_workbook(parts, rows, name, fields, say)
            journal.put(key, made)
        (folder / f"{name}.xlsx").write_bytes(made)
        book = _download(folder / f"{name}.xlsx")
    return TableFiles(name, fields, rows, _download(folder / f"{name}.csv"), parquet, book)


def _key(name: str, parquet: Download, say: SiteWords) -> str:
    return digest(name, parquet.sha256, say.lang, code_digest())


def _download(path: Path) -> Download:
    return Download(path.name, path.stat().st_size, sha256_of(path))


def as_workbook(
    parts: Iterable[pd.DataFrame], count: int, name: str, fields: Sequence[Field], say: SiteWords
) -> bytes:
    """Write a table as XLSX, row by row, with a sheet that explains its columns.

    Parameters
    ----------
    parts
        The rows, at least one frame, of which one at a time is in memory.
    count
        How many rows there are.
    name
        Of the table, and of its sheet.
    fields
        Its columns.
    say
        The words.

    Returns
    -------
    bytes
        The same for the same rows.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(tab: Any, value: object, bold: bool = False) -> Any:
        if isinstance(value, str):
            value = as_xml_text(value)[:LONGEST_TEXT]
            if not bold and not value.startswith(FORMULA_STARTS):
                return value
        elif not bold:
            return value
        made = WriteOnlyCell(tab)
        made.value = value
        if isinstance(value, str):
            made.data_type = "s"
            made.quotePrefix = value.startswith(FORMULA_STARTS)  # type: ignore[attr-defined,unused-ignore]
        made.font = Font(bold=bold)
        return made

    def fill(tab: Any, heads: Sequence[str], rows: Iterator[tuple[Any, ...]], count: int) -> None:
        tab.freeze_panes = "A2"
        first = list(islice(rows, MEASURED))
        for at, head in enumerate(heads):
            texts = [head, *(str(row[at]) for row in first if row[at] is not None)]
            width = min(max(map(room_of, texts)) + 2, WIDEST)
            tab.column_dimensions[get_column_letter(at + 1)].width = max(width, NARROWEST)
        tab.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count + 1}"
        tab.append([cell(tab, head, bold=True) for head in heads])
        for row in chain(first, rows):
            tab.append([cell(tab, value) for value in row])

    frames = iter(parts)
    opening = next(frames)
    rows = chain.from_iterable(map(_rows, chain([opening], frames)))
    heads = [say(f"dictionary.{key}") for key in ("column", "type", "meaning")]
    explained = [(one.name, say(f"type.{one.type}"), say.meaning(name, one)) for one in fields]
    with row_by_row() as book:
        fill(book.create_sheet(name), [str(one) for one in opening.columns], rows, count)
        fill(book.create_sheet(say("dictionary")), heads, iter(explained), len(explained))
        book.properties.title = as_xml_text(say.table(name))
        return saved(book)


def _rows(part: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows of a frame, None for an empty cell."""
    return with_none(part).itertuples(index=False, name=None)


def _package(dataset: DatasetReader, data: DataFolder, licence: str) -> bytes:
    """Describe the folder as a dataset describes itself, with hashes, and the licence."""
    package = describe([name for name in DERIVED if name in dataset.table_names()])
    files = {one.csv.file: one.csv for one in data.tables}
    for resource in package["resources"]:
        if file := files.get(resource["path"]):
            resource |= {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    package["hash"] = f"sha256:{data.sha256}"
    if licence:
        package["licenses"] = [{"name": licence, "title": licence}]
    return as_json(package)
