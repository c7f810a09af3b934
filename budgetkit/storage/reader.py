"""A dataset's folder as frames, each read from Parquet when it is first asked for.

Longer than most, since each method shows an example.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError, suggestion
from budgetkit.schema import DERIVED, TABLES
from budgetkit.storage.frames import Frames
from budgetkit.storage.partitions import Regions, Years
from budgetkit.storage.pdf_places import PdfPlaces
from budgetkit.storage.records import DocumentRows, records
from budgetkit.storage.stored_parts import stored
from budgetkit.storage.table_places import TablePlaces, open_places
from budgetkit.storage.table_reading import read_table

if TYPE_CHECKING:
    import pandas as pd


class DatasetReader(Frames):
    """The frames of a dataset's folder, and what an audit found in it.

    Parameters
    ----------
    folder
        As written by ``budgetkit extract``.
    year, region
        Only the documents of these; see :func:`budgetkit.read_dataset`.

    Attributes
    ----------
    folder : Path
        Of the dataset.
    places : TablePlaces
        Where the tables are.

    Raises
    ------
    UsageError
        The folder is not a dataset, of another version, or has no such documents.
    """

    def __init__(self, folder: str | Path, *, year: Years = None, region: Regions = None) -> None:
        self._open(open_places(Path(folder)).of(year, region))
        self.places.check()

    def _open(self, places: TablePlaces) -> None:
        self.folder, self.places = places.folder, places
        #: The facts of the document that was asked for last.
        self._facts_of: dict[str, pd.DataFrame] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets where the tables are, and no row that is in memory here."""
        return _reopened, (type(self), self.places)

    def __repr__(self) -> str:
        done = self.documents[self.documents["status"] != "failed"]
        facts, lost = done["n_facts"].sum(), done["n_unmapped"].sum()
        return (
            f"<Dataset {self.folder.name}: {len(done)} disclosures, {facts} figures, "
            f"{lost} unmapped, {len(self.documents) - len(done)} files failed>"
        )

    def frame(self, name: str) -> pd.DataFrame:
        """Read one table from its Parquet files.

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
        return self.part(name)

    def part(
        self,
        name: str,
        *,
        columns: Sequence[str] | None = None,
        documents: Collection[str] | None = None,
        year: Years = None,
        region: Regions = None,
    ) -> pd.DataFrame:
        """Read a part of a table, from the Parquet files that hold some of it.

        Parameters
        ----------
        name
            As of :meth:`frame`.
        columns, documents
            Only these; None for all.
        year, region
            Only rows of documents of these, as of ``read_dataset``.

        Returns
        -------
        pandas.DataFrame
            As of :meth:`frame`.

        Raises
        ------
        UsageError
            There is no such table, column or part.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> ds = bk.read_dataset(prepare())
        >>> ds.part("facts", columns=["year"], year=2024)["year"].unique().tolist()
        [2024]
        """
        return read_table(self.places.of(year, region), name, columns, documents)

    def table_names(self) -> list[str]:
        """Return the names of the tables that are there, sorted.

        Returns
        -------
        list of str
            With ``checks``, where the dataset was audited.

        Examples
        --------
        >>> import budgetkit as bk
        >>> from budgetkit.demo import prepare
        >>> {"documents", "facts"} <= set(bk.read_dataset(prepare()).table_names())
        True
        """
        return sorted((*TABLES, *(DERIVED if self.audited else ())))

    def _split(self, name: str) -> DocumentRows:
        if name in vars(self):  # a frame that is in memory already
            return super()._split(name)
        if name == "checks" and not self.audited:
            self.checks()  # says what to do
        self.places.files(name)  # checks them
        return stored(self.places, name)

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
        return read_table(self.places, "checks", filters=[("status", "==", "fail")])

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

    @cached_property
    def _pdfs(self) -> PdfPlaces:
        return PdfPlaces(self.folder, self.places.sources(), self.documents)

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
        document = fact_id.rpartition(":")[0].rpartition(":")[0]
        facts: pd.DataFrame | None = vars(self).get("facts", self._facts_of.get(document))
        if facts is None:
            facts = self.part("facts", documents=[document])
            self._facts_of = {document: facts}
        found = facts[facts["fact_id"] == fact_id]
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


def _reopened(kind: type[DatasetReader], places: TablePlaces) -> DatasetReader:
    reader = kind.__new__(kind)
    reader._open(places)
    return reader
