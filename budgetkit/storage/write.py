"""Rows of many documents into the files of a dataset.

A dataset is replaced as a whole, so that a reader never sees half of one.  The same rows give the
same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from budgetkit.errors import UsageError
from budgetkit.schema import DERIVED, TABLES
from budgetkit.storage.atomic import as_json, aside
from budgetkit.storage.manifest import (
    MANIFEST,
    add_to_manifest,
    is_as_written,
    read_manifest,
    seal,
    sha256_of,
)
from budgetkit.storage.own_folder import check_folder, replaced
from budgetkit.storage.package import MERGED, PARTITIONS, describe
from budgetkit.storage.records import Row
from budgetkit.storage.remote import RemoteFolder, is_address
from budgetkit.storage.table_files import TableFiles

#: The file that makes a folder a dataset; it describes the columns.
PACKAGE = "datapackage.json"
#: Paths of the PDFs on this machine; not part of what is published.
LOCAL_SOURCES = "sources.local.json"
#: What such a folder is called.
KIND = "a dataset"
#: Answers of people to the findings of an audit; a new extraction keeps them.
ANSWERS = "answers.csv"
#: Code lists that travel with a dataset.
CODELISTS = ("functional", "economic")


def check_target(out: str | Path) -> None:
    """Check that a dataset may be written to a folder, or to an address of fsspec.

    Raises
    ------
    UsageError
        The folder holds something that is not a dataset, or can't be written.
    """
    if is_address(out):
        names = RemoteFolder(str(out)).names()
        if names and not {PACKAGE, MANIFEST, "facts.parquet", LOCAL_SOURCES} & set(names):
            raise UsageError(
                "the folder holds files that are not a dataset",
                file=out,
                remedy="give --out an empty or new folder",
            )
        return
    check_folder(Path(out), what=KIND, keeps=(ANSWERS,))


def is_whole(out: str | Path) -> bool:
    """Whether this is a folder of this machine that holds all files of a dataset as written."""
    if is_address(out):
        return False
    if is_partitioned(out):
        parts = _package_of(Path(out))[PARTITIONS]
        if not all(_has_its_manifest(Path(out), part) for part in parts):
            return False
        every = read_manifest(Path(out)) or (PACKAGE,)
        return is_as_written(Path(out), [name for name in every if Path(name).stem not in DERIVED])
    tables = (f"{table}.{kind}" for table in TABLES for kind in ("csv", "parquet"))
    return is_as_written(Path(out), (PACKAGE, LOCAL_SOURCES, *tables))


def is_partitioned(out: str | Path) -> bool:
    """Whether this is a folder of this machine that holds a partitioned dataset."""
    return not is_address(out) and PARTITIONS in _package_of(Path(out))


def is_merged(out: str | Path) -> bool:
    """Whether this is a folder of this machine with a dataset put together from several."""
    return not is_address(out) and bool(_package_of(Path(out)).get(MERGED))


def _has_its_manifest(folder: Path, part: Mapping[str, str]) -> bool:
    try:
        return sha256_of(folder / part["path"] / MANIFEST) == part["sha256"]
    except (OSError, LookupError, TypeError):
        return False


def _package_of(folder: Path) -> dict[str, Any]:
    """What a folder says of itself; nothing where it does not, or is spoiled."""
    try:
        found = json.loads((folder / PACKAGE).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_dataset(
    out: str | Path, parts: Iterable[Mapping[str, list[Row]]], sources: Mapping[str, str]
) -> None:
    """Write a dataset: each table as Parquet and CSV, ``datapackage.json``, the code lists.

    Parameters
    ----------
    out
        Folder, or address of fsspec; a dataset there is replaced as a whole.
    parts
        Rows by table of the schema, part by part; each is taken when its turn comes, so that they
        need not be in memory together.
    sources
        Path of the PDF on this machine, by document.

    Raises
    ------
    UsageError
        The folder holds something that is not a dataset, or can't be written.
    """
    with new_dataset(out) as folder:
        write_tables(folder, parts)
        write_codelists(folder / "codelists")
        (folder / LOCAL_SOURCES).write_bytes(as_json(dict(sources)))
        (folder / PACKAGE).write_bytes(as_json(describe()))


@contextmanager
def new_dataset(out: str | Path) -> Iterator[Path]:
    """Give a folder to write a dataset into, which replaces the one at ``out`` at the end.

    Raises
    ------
    UsageError
        The folder holds something that is not a dataset, or can't be written.
    """
    if is_address(out):
        with tempfile.TemporaryDirectory(prefix="budgetkit-") as made:
            yield Path(made)
            seal(Path(made))
            _upload(Path(made), RemoteFolder(str(out)))
        return
    with replaced(Path(out), KIND, keeps=(ANSWERS,)) as folder:
        yield folder


def write_tables(
    folder: Path, parts: Iterable[Mapping[str, list[Row]]], *, csv: bool = True
) -> None:
    """Write the tables of a dataset into a folder.

    Parameters
    ----------
    folder
        That is there.
    parts
        As of :func:`write_dataset`.
    csv
        Whether as CSV beside Parquet.
    """
    with ExitStack() as opened:
        files = {name: opened.enter_context(TableFiles(folder, name, csv=csv)) for name in TABLES}
        for part in parts:
            for name, rows in part.items():
                files[name].add(rows)


def _upload(folder: Path, there: RemoteFolder) -> None:
    """Upload a dataset to where nothing can be renamed: what makes it one goes last.

    Parameters
    ----------
    folder
        Of the dataset.
    there
        Where to.
    """
    there.remove(PACKAGE)
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in sorted(paths, key=lambda path: path.name == PACKAGE):
        there.write(path.relative_to(folder).as_posix(), path.read_bytes())


def add_derived(folder: Path, name: str, files: Mapping[str, Callable[[Path], None]]) -> None:
    """Add a table that was made from a dataset to its folder, each file as a whole.

    Parameters
    ----------
    folder
        Folder of the dataset.
    name
        A table of :data:`budgetkit.schema.DERIVED`.
    files
        Functions that write the table to a path, by ending: ``csv`` and ``parquet``; only the
        latter where the dataset is partitioned.

    Raises
    ------
    UsageError
        The folder can't be written, or is a part of a dataset.
    """
    if any(map(is_partitioned, folder.resolve().parents)):
        raise UsageError("is a part of a dataset", file=folder, remedy="take the whole dataset")
    package = _package_of(folder)
    partitions, merged = package.get(PARTITIONS), bool(package.get(MERGED))
    if partitions is not None:  # too long for a spreadsheet
        files = {ending: write for ending, write in files.items() if ending == "parquet"}
    try:
        with ThreadPoolExecutor() as pool:  # each waits for the disk, or for Arrow
            list(pool.map(partial(_add, folder, name), files, files.values()))
        present = [name for name in DERIVED if (folder / f"{name}.parquet").is_file()]
        with aside(folder / PACKAGE, shared=True) as path:
            path.write_bytes(as_json(describe(present, partitions=partitions, merged=merged)))
        add_to_manifest(folder, (PACKAGE, *(f"{name}.{ending}" for ending in files)))
    except OSError as error:
        raise UsageError(
            f"can't be written ({error.strerror or error})", file=error.filename or folder
        ) from error


def _add(folder: Path, name: str, ending: str, write: Callable[[Path], None]) -> None:
    with aside(folder / f"{name}.{ending}", shared=True) as path:
        write(path)


def write_codelists(folder: Path) -> None:
    """Write the code lists that travel with a dataset into a new folder."""
    from importlib.resources import files

    folder.mkdir()
    for name in CODELISTS:
        text = (files("budgetkit.codelists") / f"{name}.csv").read_text(encoding="utf-8")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")
