"""The files of the tables of a dataset: in its folder, or in those of its partitions.

A partition is a small dataset of its own, with its own manifest; ``datapackage.json`` of the whole
lists the partitions, each with the hash of its manifest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from budgetkit.errors import UsageError, suggestion
from budgetkit.schema import DERIVED, TABLES, VERSION
from budgetkit.storage.manifest import MANIFEST, read_manifest, sha256_of
from budgetkit.storage.package import MERGED, PARTITIONS, SCHEMA
from budgetkit.storage.partitions import Partition, Regions, Wanted, Years, partition_of
from budgetkit.storage.trust import check_table, read_json, spoiled
from budgetkit.storage.write import LOCAL_SOURCES, PACKAGE

#: Columns of ``documents`` by which a part of a dataset is chosen.
_CHOSEN_BY = ["document", "year", "region", "level"]
#: What mends a dataset that was put together.
_MERGE_AGAIN = "run 'budgetkit merge' again, with another --out"


class Part(NamedTuple):
    """A partition as ``datapackage.json`` lists it.

    Attributes
    ----------
    path : str
        Its folder in that of the dataset.
    partition : Partition
        Its year and region.
    documents : int
        How many it holds.
    sha256 : str
        Of its manifest.
    """

    path: str
    partition: Partition
    documents: int
    sha256: str

    @property
    def listed(self) -> dict[str, Any]:
        """It, for ``datapackage.json``."""
        year, region = self.partition
        about = {"path": self.path, "year": year, "region": region}
        return about | {"documents": self.documents, "sha256": self.sha256}


class TablePlaces:
    """Where the tables of a dataset, or of a part of it, are.

    Parameters
    ----------
    folder
        Of the dataset.
    package
        What its ``datapackage.json`` holds.

    Attributes
    ----------
    parts : tuple of Part or None
        None where the dataset is in one piece.
    documents : frozenset of str or None
        The documents of the part; None for all of the dataset.

    Raises
    ------
    UsageError
        The list of partitions can't be read.
    """

    def __init__(self, folder: Path, package: Mapping[str, Any]) -> None:
        self.folder = folder
        self.documents: frozenset[str] | None = None
        self._are_files_exact = False
        self._sound = set[Path]()
        self._homes: dict[str, Path] | None = None
        listed = package.get(PARTITIONS)
        self._merged = bool(package.get(MERGED))
        try:
            self.parts = None if listed is None else tuple(map(_part, listed))
        except (TypeError, LookupError, ValueError):
            raise spoiled(folder, "can't be read (cut, or changed)", PACKAGE) from None

    @property
    def folders(self) -> list[Path]:
        """The folders that hold tables."""
        if self.parts is None:
            return [self.folder]
        return [self.folder / part.path for part in self.parts]

    def files(
        self, name: str, documents: Collection[str] | None = None, *, check: bool = True
    ) -> list[Path]:
        """Return the Parquet files of a table.

        Parameters
        ----------
        name
            Of the table.
        documents
            Only files that may hold rows of these; None for all.
        check
            Whether to check that each is as it was written, which reads it once.

        Returns
        -------
        list of Path
            In the order of the partitions; empty where there are no documents.

        Raises
        ------
        UsageError
            A file is gone, cut or changed.
        """
        if name in DERIVED:
            folders = [self.folder]
        elif documents is None or self.parts is None:
            folders = self.folders
        else:
            homes = self._home_of_each()
            folders = sorted({homes[one] for one in documents if one in homes},
                             key=self.folders.index)  # fmt: skip
        if not check:
            return [folder / f"{name}.parquet" for folder in folders]
        return [self._checked(folder, name) for folder in folders]

    def only(self, name: str) -> frozenset[str] | None:
        """Return the documents to take of a table's files; None where they hold no others."""
        is_exact = self._are_files_exact and name not in DERIVED
        return None if is_exact else self.documents

    def sources(self) -> dict[str, str]:
        """Return where the PDF of each document was on the machine that read it.

        Raises
        ------
        UsageError
            A list of them can't be read.
        """
        found = dict[str, str]()
        for folder in self.folders:
            if (folder / LOCAL_SOURCES).exists():
                local = read_json(folder, LOCAL_SOURCES)
                if not all(isinstance(place, str) for place in local.values()):
                    raise spoiled(folder, "can't be read (cut, or changed)", LOCAL_SOURCES)
                found |= local
        kept = self.documents
        return found if kept is None else {n: place for n, place in found.items() if n in kept}

    def check(self) -> None:
        """Check what a look at the dataset needs: each table, or the list of the partitions.

        What an audit adds is checked when it is read: the next audit writes it anew.

        Raises
        ------
        UsageError
            A file is gone, cut or changed.
        """
        if self.parts is None:
            self.check_tables()
            return
        for part in self.parts:
            manifest = self.folder / part.path / MANIFEST
            if not manifest.is_file():
                raise self._spoiled(part.path, "is gone", MANIFEST)
            if sha256_of(manifest) != part.sha256:
                raise self._spoiled(part.path, "is not as it was written (cut, or changed)",
                                    MANIFEST)  # fmt: skip

    def check_tables(self) -> None:
        """Check every table that an extraction writes, where all of them will be read.

        Raises
        ------
        UsageError
            A file is gone, cut or changed.
        """
        for name in TABLES:
            self.files(name)

    def whole(self) -> TablePlaces:
        """Return the places of the dataset of which this may be a part."""
        return self if self.documents is None else open_places(self.folder)

    def of(self, year: Years = None, region: Regions = None) -> TablePlaces:
        """Return the places of a part of the dataset.

        Parameters
        ----------
        year
            Budget years.
        region
            Regions, as in ``documents`` or as partitions are called; the places in one belong
            to it.

        Returns
        -------
        TablePlaces

        Raises
        ------
        UsageError
            It holds no such documents.
        """
        if year is None and region is None:
            return self
        wanted = Wanted.of(year, region)
        found = TablePlaces(self.folder, {})
        parts, documents, is_whole = [], set[str](), True
        for part in self.parts or (None,):
            if part is not None and not wanted.may_be_in(part.partition):
                continue
            rows = self._chooses(part)
            names = [row["document"] for row in rows if wanted.holds(row)]
            if names and part is not None:
                parts.append(part)
            documents.update(names)
            is_whole &= not names or len(names) == len(rows)
        if not documents:
            raise self._has_no(wanted)
        found.parts = None if self.parts is None else tuple(parts)
        found.documents = frozenset(documents)
        found._are_files_exact = is_whole and self.parts is not None and self.documents is None
        found._sound, found._merged = self._sound, self._merged
        return found

    def _chooses(self, part: Part | None) -> list[dict[str, Any]]:
        import pyarrow.parquet as pq

        folder = self.folder / part.path if part else self.folder
        path = self._checked(folder, "documents")
        rows = pq.read_table(path, columns=_CHOSEN_BY, partitioning=None).to_pylist()
        kept = self.documents
        return [row for row in rows if kept is None or row["document"] in kept]

    def _has_no(self, wanted: Wanted) -> UsageError:
        if self.parts is None:
            homes = {partition_of(row) for row in self._chooses(None)}
        else:
            homes = {part.partition for part in self.parts}
        return UsageError(
            f"holds no document of {wanted}",
            file=self.folder,
            remedy=suggestion(str(wanted), map(wanted.alike, homes)),
        )

    def _home_of_each(self) -> dict[str, Path]:
        """The folder that holds each document."""
        if self._homes is None:
            self._homes = {
                row["document"]: self.folder / part.path
                for part in self.parts or ()
                for row in self._chooses(part)
            }
        return self._homes

    def _checked(self, folder: Path, name: str) -> Path:
        path = folder / f"{name}.parquet"
        if path not in self._sound:
            try:
                check_table(folder, path.name)
            except UsageError as error:
                if folder == self.folder:
                    raise
                part = folder.relative_to(self.folder).as_posix()
                raise self._spoiled(part, error.problem, path.name) from error
            self._sound.add(path)
        return path

    def _spoiled(self, part: str, problem: str, name: str) -> UsageError:
        """Say it as for a dataset in one piece, and of which partition."""
        told = spoiled(self.folder, problem, f"{part}/{name}")
        remedy = _MERGE_AGAIN if self._merged else told.remedy
        return UsageError(f"of {part} {told.problem}", file=told.file, remedy=remedy)


def open_places(folder: Path) -> TablePlaces:
    """Return the places of a dataset, without a look into its tables.

    Raises
    ------
    UsageError
        The folder is not a dataset, or of another version.
    """
    if not (folder / PACKAGE).exists():
        raise UsageError(
            "is not a dataset (it has no datapackage.json)",
            file=folder,
            remedy="make one with 'budgetkit extract PDFS --out FOLDER'",
        )
    if (folder / MANIFEST).exists() and read_manifest(folder) is None:
        raise spoiled(folder, "can't be read (cut, or changed)", MANIFEST)
    package = read_json(folder, PACKAGE)
    if (version := package.get(SCHEMA)) != VERSION:
        raise spoiled(
            folder,
            f"was written by another version (schema {version}, expected {VERSION})",
            PACKAGE,
        )
    return TablePlaces(folder, package)


def _part(listed: Mapping[str, Any]) -> Part:
    year = listed["year"]
    partition = Partition(None if year is None else int(year), str(listed["region"]))
    part = Part(partition.path, partition, int(listed["documents"]), str(listed["sha256"]))
    if part.path != listed["path"]:
        raise ValueError("another folder than that of its year and region")
    return part
