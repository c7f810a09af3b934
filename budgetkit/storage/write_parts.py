"""A dataset in partitions: each is written on its own, or taken over as it is.

The folder is replaced as a whole, so that a reader never sees half of it; the files of a partition
that stays are linked into the new folder and keep their bytes and times.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from budgetkit.storage.atomic import as_json
from budgetkit.storage.manifest import MANIFEST, is_as_written, read_manifest, seal, sha256_of
from budgetkit.storage.package import describe
from budgetkit.storage.partitions import Partition
from budgetkit.storage.records import Row
from budgetkit.storage.remote import is_address
from budgetkit.storage.table_places import Part
from budgetkit.storage.write import (
    LOCAL_SOURCES,
    PACKAGE,
    new_dataset,
    write_codelists,
    write_tables,
)


@dataclass(frozen=True, slots=True)
class NewPart:
    """A partition to write.

    Attributes
    ----------
    partition : Partition
        Its year and region.
    documents : int
        How many it holds.
    rows : callable
        Returns the rows by table of the schema, part by part.
    sources : Mapping of str to str
        Path of the PDF on this machine, by document.
    """

    partition: Partition
    documents: int
    rows: Callable[[], Iterable[Mapping[str, list[Row]]]]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptPart:
    """A partition that was written before.

    Attributes
    ----------
    partition : Partition
        Its year and region.
    documents : int
        How many it holds.
    folder : Path
        Where it is.
    """

    partition: Partition
    documents: int
    folder: Path


def write_partitioned(
    out: str | Path, parts: Iterable[NewPart | KeptPart], *, merged: bool = False
) -> None:
    """Write a dataset in partitions, Parquet alone.

    Parameters
    ----------
    out
        Folder, or address of fsspec; a dataset there is replaced as a whole.
    parts
        Each partition once; one is written, or taken over, when its turn comes.
    merged
        Whether they come from several datasets.

    Raises
    ------
    UsageError
        The folder holds something that is not a dataset, or can't be written.
    """
    own = None if is_address(out) else Path(out).resolve()
    with new_dataset(out) as folder:
        _write(folder, parts, merged, own)


def is_part_whole(folder: Path) -> bool:
    """Whether all files of a partition are as they were written."""
    return is_as_written(folder, read_manifest(folder) or (PACKAGE,))


def _write(
    folder: Path, parts: Iterable[NewPart | KeptPart], merged: bool, own: Path | None
) -> None:
    listed = []
    for part in parts:
        place = folder / part.partition.path
        place.mkdir(parents=True)
        if isinstance(part, KeptPart):
            # Two datasets never share a file: a change of one would spoil the other.
            is_own = own is not None and part.folder.resolve().is_relative_to(own)
            _take_over(part.folder, place, _linked if is_own else shutil.copy2)
        else:
            write_tables(place, part.rows(), csv=False)
            (place / LOCAL_SOURCES).write_bytes(as_json(dict(sorted(part.sources.items()))))
            (place / PACKAGE).write_bytes(as_json(describe(is_parquet=True)))
            seal(place)
        digest = sha256_of(place / MANIFEST)
        listed.append(Part(part.partition.path, part.partition, part.documents, digest))
    listed.sort(key=lambda part: part.partition.order)
    write_codelists(folder / "codelists")
    package = describe(partitions=[part.listed for part in listed], merged=merged)
    (folder / PACKAGE).write_bytes(as_json(package))


def _take_over(there: Path, here: Path, put: Callable[[Path, Path], object]) -> None:
    for name in (*(read_manifest(there) or ()), MANIFEST):
        put(there / name, here / name)


def _linked(there: Path, here: Path) -> None:
    try:
        os.link(there, here)
    except OSError:  # a disk without links
        shutil.copy2(there, here)
