"""A dataset's folder as frames, each read from Parquet when it is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError, suggestion
from budgetkit.schema import DERIVED, TABLES, VERSION, frame_units, units
from budgetkit.storage.frames import Frames
from budgetkit.storage.manifest import MANIFEST, read_manifest
from budgetkit.storage.pdf_places import PdfPlaces
from budgetkit.storage.records import DocumentRows, records
from budgetkit.storage.stored_table import StoredTable
from budgetkit.storage.trust import check_table, read_json, spoiled
from budgetkit.storage.write import LOCAL_SOURCES, PACKAGE

if TYPE_CHECKING:
    import pandas as pd


class DatasetReader(Frames):
    """The frames of a dataset's folder, and what an audit found in it.

    Parameters
    ----------
    folder
        As written by ``budgetkit extract``.

    Raises
    ------
    UsageError
        The folder is not a dataset, or of another version.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._sound = set[str]()
        package = self.folder / PACKAGE
        if not package.exists():
            raise UsageError(
                "is not a dataset (it has no datapackage.json)",
                file=self.folder,
                remedy="make one with 'budgetkit extract PDFS --out FOLDER'",
            )
        if (self.folder / MANIFEST).exists() and read_manifest(self.folder) is None:
            raise spoiled(self.folder, "can't be read (cut, or changed)", MANIFEST)
        version = read_json(self.folder, PACKAGE).get("budgetkit_schema")
        if version != VERSION:
            raise spoiled(
                self.folder,
                f"was written by another version (schema {version}, expected {VERSION})",
                PACKAGE,
            )
        for name in TABLES:
            self._trust(f"{name}.parquet")

    def _trust(self, name: str) -> None:
        """Check a table's file once.

        What an audit adds is checked when it is read: the next audit writes it anew.
        """
        if name not in self._sound:
            check_table(self.folder, name)
            self._sound.add(name)

    def __repr__(self) -> str:
        done = self.documents[self.documents["status"] != "failed"]
        return (
            f"<Dataset {self.folder.name}: {len(done)} disclosures, {len(self.facts)} figures, "
            f"{len(self.unmapped)} unmapped, {len(self.documents) - len(done)} files failed>"
        )

    def frame(self, name: str) -> pd.DataFrame:
        """Read one table from its Parquet file.

        Parameters
        ----------
        name
            ``facts``, ``documents``, ... or ``checks``, where the dataset was audited.

        Returns
        -------
        pandas.DataFrame
            ``attrs["units"]`` holds the units of its columns; amounts are in 万元.

        Raises
        ------
        UsageError
            There is no such table.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> ds.frame("documents").attrs["units"]["amount"]
        '万元'
        """
        if name not in TABLES and name not in DERIVED:
            raise UsageError(
                f"there is no table '{name}'", file=self.folder, remedy=suggestion(name, TABLES)
            )
        import pandas as pd

        self._trust(f"{name}.parquet")
        table = pd.read_parquet(self.folder / f"{name}.parquet", dtype_backend="numpy_nullable")
        table.attrs["units"] = frame_units() | units(name)
        return table

    def _split(self, name: str) -> DocumentRows:
        if name in vars(self):  # a frame that is in memory already
            return super()._split(name)
        if name == "checks" and not self.audited:
            self.checks()  # says what to do
        self._trust(f"{name}.parquet")
        return StoredTable(self.folder / f"{name}.parquet")

    @property
    def audited(self) -> bool:
        """Whether an audit has written ``checks`` into the folder."""
        return (self.folder / "checks.parquet").exists()

    def checks(self) -> pd.DataFrame:
        """Return what the last audit found, as ``Disclosure.checks`` does for one disclosure.

        Returns
        -------
        pandas.DataFrame
            Columns as in :data:`budgetkit.schema.DERIVED`, amounts in 万元.

        Raises
        ------
        UsageError
            The dataset was not audited yet; reading this never runs an audit.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> checks = ds.checks() if ds.audited else bk.audit(ds)
        >>> {"pass", "fail"} <= set(checks["status"])
        True
        """
        if not self.audited:
            raise UsageError(
                "was not audited yet",
                file=self.folder,
                remedy="run 'budgetkit audit' on it, or budgetkit.audit(dataset)",
            )
        return self.frame("checks")

    def failing(self) -> pd.DataFrame:
        """Return the rows of ``checks`` that fail; the many others are never in memory.

        Returns
        -------
        pandas.DataFrame
            As :meth:`checks`.

        Raises
        ------
        UsageError
            What the audit wrote is spoiled.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> set(bk.read_dataset(prepare()).failing()["status"]) <= {"fail"}
        True
        """
        import pandas as pd

        self._trust("checks.parquet")
        return pd.read_parquet(
            self.folder / "checks.parquet",
            filters=[("status", "==", "fail")],
            dtype_backend="numpy_nullable",
        )

    def sources(self) -> dict[str, str]:
        """Return the path of each document's PDF: where it was read, or beside the dataset.

        Returns
        -------
        dict of str to str
            By document; where a PDF is in neither place, its path on the machine that extracted it.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> len(ds.sources())
        22
        """
        return self._pdfs.every()

    def pdf_of(self, document: str) -> Path:
        """Find the PDF of a document: where it was read, or beside the dataset.

        Parameters
        ----------
        document
            Its id, as in ``documents``.

        Returns
        -------
        Path

        Raises
        ------
        UsageError
            The file is neither where it was when the dataset was made nor beside it.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> ds.pdf_of("changji-kjj-2025").name
        'changji-kjj-2025.pdf'
        """
        return self._pdfs.find(document)

    @property
    def _pdfs(self) -> PdfPlaces:
        there = (self.folder / LOCAL_SOURCES).exists()
        local = read_json(self.folder, LOCAL_SOURCES) if there else {}
        if not all(isinstance(place, str) for place in local.values()):
            raise spoiled(self.folder, "can't be read (cut, or changed)", LOCAL_SOURCES)
        return PdfPlaces(self.folder, local, self.documents)

    def fact(self, fact_id: str) -> dict[str, Any]:
        """Return one fact by its id.

        Parameters
        ----------
        fact_id
            As in ``facts``.

        Returns
        -------
        dict of str to Any
            Its columns; ``amount`` in 万元.

        Raises
        ------
        UsageError
            There is no such fact; the nearest ids are named.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> ds.fact("changji-kjj-2025:summary:3.2")["page"]
        5
        """
        found = self.facts[self.facts["fact_id"] == fact_id]
        if found.empty:
            raise UsageError(
                f"there is no fact '{fact_id}'",
                file=self.folder,
                remedy=suggestion(fact_id, self.facts["fact_id"]),
            )
        return records(found)[0]

    def choose(
        self, department: str | None = None, year: int | None = None, scope: str | None = None
    ) -> pd.DataFrame:
        """Return the rows of ``documents`` that were read, of a department, year and scope.

        Parameters
        ----------
        department, year, scope
            Values to look for; None takes all.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        UsageError
            There is no such department or year; the nearest names are suggested.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> len(ds.choose("昌吉回族自治州科学技术局", 2025))
        1
        """
        rows = self.documents
        rows = rows[
            (rows["status"] != "failed") & rows["department"].notna() & rows["year"].notna()
        ]
        for column, value in (("department", department), ("year", year), ("scope", scope)):
            if value is None:
                continue
            kept = rows[rows[column] == value]
            if kept.empty:
                raise UsageError(
                    f"there is no {column} '{value}'",
                    file=self.folder,
                    remedy=suggestion(str(value), rows[column].astype(str)),
                )
            rows = kept
        return rows
