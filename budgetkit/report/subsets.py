"""The subset of a dataset that the reports of one department need, and its digest.

A report reads only the documents of its department, of every year.  So it gets a small dataset of
its own, which opens fast however large the whole is, and is out of date only when these rows
or the PDFs behind them have changed.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.checks_table import frame_of
from budgetkit.checks.audit.run import audit
from budgetkit.disclosure import documents_by_key
from budgetkit.schema import DERIVED
from budgetkit.storage.answers import Answers, read_answers, write_answers
from budgetkit.storage.atomic import as_json, written_aside
from budgetkit.storage.manifest import sha256_of
from budgetkit.storage.package import describe
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.stored_parts import Stored, stored
from budgetkit.storage.stored_table import DOCUMENT, plain_table
from budgetkit.storage.write import LOCAL_SOURCES, PACKAGE
from budgetkit.work.journal import Journal, digest

if TYPE_CHECKING:
    import pyarrow as pa

#: The journal's entry of the digest of each department, and of the dataset that they belong to.
DIGESTS = "departments"
#: Folder of the PDFs in a zipped subset.
PDFS = "pdfs"
#: Rows of each table that are kept for the next department.
KEPT_ROWS = 20_000


class Subsets:
    """The subsets of a dataset, one for each department.

    Parameters
    ----------
    dataset
        As returned by ``read_dataset``.
    folder
        Where they are written; it may be removed at any time.
    """

    def __init__(self, dataset: DatasetReader, folder: Path) -> None:
        self._dataset, self._folder = dataset, folder

    @cached_property
    def _tables(self) -> dict[str, Stored]:
        """The tables with a column ``document``, including that of the audit."""
        places, tables = self._dataset.places, dict[str, Stored]()
        for name in self._dataset.table_names():
            places.files(name)  # checks them
            tables[name] = stored(places, name, kept_rows=KEPT_ROWS)
        return {name: table for name, table in tables.items() if DOCUMENT in table.names}

    @cached_property
    def documents(self) -> dict[str, list[str]]:
        """Documents of each department."""
        found: dict[str, list[str]] = {}
        for key, rows in documents_by_key(self._dataset).items():
            found.setdefault(key.department, []).extend(str(row["document"]) for row in rows)
        return found

    @cached_property
    def _sources(self) -> dict[str, str]:
        return self._dataset.sources()

    @cached_property
    def _answers(self) -> Answers:
        return read_answers(self._dataset)

    def digests(self, journal: Journal) -> dict[str, str]:
        """Digest the rows and answers of each department, and which of its PDFs are there.

        Parameters
        ----------
        journal
            Keeps the digests for as long as the dataset stays as it is.

        Returns
        -------
        dict of str to str
            Digest by department.
        """
        whole = self._whole()
        kept = journal.get_json(DIGESTS)
        rows: dict[str, str] = kept["rows"] if kept and kept["dataset"] == whole else {}
        if not rows:
            rows = self._rows()
            journal.put_json(DIGESTS, {"dataset": whole, "rows": rows})
        there = {name: Path(place).is_file() for name, place in self._sources.items()}
        return {
            department: digest(
                rows[department],
                [there.get(name) for name in documents],
                self._answers.of(department),
            )
            for department, documents in self.documents.items()
        }

    def _whole(self) -> str:
        found = hashlib.sha256()
        for name in self._dataset.table_names():
            for path in self._dataset.places.files(name):
                found.update(path.name.encode() + bytes.fromhex(sha256_of(path)))
        return found.hexdigest()

    def _rows(self) -> dict[str, str]:
        """Digest the rows of each department: those of its documents, table by table."""
        rows: dict[str, Any] = defaultdict(hashlib.sha256)
        for name, table in self._tables.items():
            for group in table.groups():
                for document, hashes in _hashes(group):
                    rows[document].update(name.encode() + b"\0" + hashes)
        return {
            department: digest([rows[name].hexdigest() for name in documents])
            for department, documents in self.documents.items()
        }

    def write(self, department: str, digest: str) -> Path:
        """Write the subset of a department, unless it is there already.

        Parameters
        ----------
        department
            Its name.
        digest
            Its digest, which names the folder.

        Returns
        -------
        Path
            Folder of the subset; it is a dataset, and audited.
        """
        folder = self._folder / digest[:32]
        if folder.is_dir():
            return folder
        import pyarrow.parquet as pq

        documents = self.documents[department]
        with written_aside(folder) as aside:
            for name, table in self._tables.items():
                pq.write_table(plain_table(table.table(documents)), aside / f"{name}.parquet")
            own = {name: self._sources[name] for name in documents if name in self._sources}
            (aside / LOCAL_SOURCES).write_bytes(as_json(own))
            (aside / PACKAGE).write_bytes(as_json(describe(set(DERIVED) & set(self._tables))))
            if answers := self._answers.of(department):
                write_answers(aside, answers)
            if "checks" not in self._tables:
                # Here and once: the reports of several years may be made at the same time.
                audit(aside)
        return folder

    def clear(self) -> None:
        """Remove the subsets."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _hashes(group: pa.Table) -> Iterator[tuple[str, bytes]]:
    """Hash rows, those of one document that follow each other together."""
    import numpy as np
    from pandas.util import hash_pandas_object

    hashes = hash_pandas_object(frame_of(group), index=False).to_numpy()
    documents = np.array(group[DOCUMENT].to_pylist(), dtype=object)
    starts = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    for start, end in pairwise([*starts.tolist(), len(documents)]):
        yield documents[start], hashes[start:end].tobytes()


def pack_subset(folder: Path) -> bytes:
    """Zip a subset with its PDFs, for a machine that does not see the files of this one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, path.name)
        sources = json.loads((folder / LOCAL_SOURCES).read_text(encoding="utf-8"))
        for number, place in enumerate(sources.values()):
            if Path(place).is_file():
                packed.write(place, f"{PDFS}/{number}.pdf")
    return buffer.getvalue()


def unpack_subset(packed: bytes, folder: Path) -> Path:
    """Unzip what :func:`pack_subset` returned.

    Parameters
    ----------
    packed
        The zipped subset.
    folder
        Where to.

    Returns
    -------
    Path
        The folder; its list of sources leads to the unzipped PDFs.
    """
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        files.extractall(folder)
    sources = json.loads((folder / LOCAL_SOURCES).read_text(encoding="utf-8"))
    moved = {name: str(folder / PDFS / f"{n}.pdf") for n, name in enumerate(sources)}
    (folder / LOCAL_SOURCES).write_bytes(as_json(moved))
    return folder
