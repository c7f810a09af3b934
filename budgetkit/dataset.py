"""A dataset as frames, many disclosures together.

Frames are read from Parquet when they are first asked for.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UsageError
from budgetkit.frames import Frames
from budgetkit.places import fetched, is_address
from budgetkit.records import records
from budgetkit.schema import VERSION, units
from budgetkit.writing import LOCAL_SOURCES, PACKAGE

if TYPE_CHECKING:
    import pandas as pd


class Dataset(Frames):
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
        package = self.folder / PACKAGE
        if not package.is_file():
            raise UsageError(
                "is not a dataset (it has no datapackage.json)",
                file=self.folder,
                remedy="make one with 'budgetkit extract PDFS --out FOLDER'",
            )
        version = json.loads(package.read_text(encoding="utf-8")).get("budgetkit_schema")
        if version != VERSION:
            raise UsageError(
                f"was written by another version (schema {version}, expected {VERSION})",
                file=self.folder,
                remedy="extract it again",
            )

    def __repr__(self) -> str:
        done = self.documents[self.documents["status"] != "failed"]
        return (
            f"<Dataset {self.folder.name}: {len(done)} disclosures, {len(self.facts)} figures, "
            f"{len(self.unmapped)} unmapped, {len(self.documents) - len(done)} files failed>"
        )

    def frame(self, name: str) -> pd.DataFrame:
        """Read one table from its Parquet file."""
        import pandas as pd

        table = pd.read_parquet(self.folder / f"{name}.parquet", dtype_backend="numpy_nullable")
        table.attrs["units"] = units(name)
        return table

    @cached_property
    def checks(self) -> pd.DataFrame:
        """What ``budgetkit audit`` wrote; the audit runs where it has not yet."""
        from budgetkit.audit.run import audit

        stale = self.folder / "checks.parquet"
        return self.frame("checks") if stale.is_file() else audit(self)

    def sources(self) -> dict[str, str]:
        """Give the path of each document's PDF on the machine that extracted it."""
        local = self.folder / LOCAL_SOURCES
        if not local.is_file():
            return {}
        sources: dict[str, str] = json.loads(local.read_text(encoding="utf-8"))
        return sources

    def pdf_of(self, document: str) -> Path:
        """Find the PDF of a document.

        Raises
        ------
        UsageError
            The file is not where it was when the dataset was made.
        """
        place = self.sources().get(document, "")
        path = fetched(place) if is_address(place) else Path(place)
        if not path.is_file():
            row = self.documents[self.documents["document"] == document]
            source = row["source"].iloc[0] if len(row) else document
            raise UsageError(
                "the PDF is not where it was when the dataset was made",
                file=source,
                remedy="put it back, or extract the dataset again",
            )
        return path

    def fact(self, fact_id: str) -> dict[str, Any]:
        """Give one fact by its id.

        Raises
        ------
        UsageError
            There is no such fact; the nearest ids are named.
        """
        found = self.facts[self.facts["fact_id"] == fact_id]
        if found.empty:
            raise UsageError(
                f"there is no fact '{fact_id}'",
                file=self.folder,
                remedy=suggestion(fact_id, self.facts["fact_id"]),
            )
        return records(found)[0]

    def compare(
        self,
        measures: str | Sequence[str] | None = None,
        years: int | Sequence[int] | None = None,
        bureaus: str | Sequence[str] | None = None,
        scope: str | None = None,
        *,
        lang: str = "zh",
    ) -> pd.DataFrame:
        """Put bureaus and years side by side: see :func:`budgetkit.compare.table.compare`."""
        from budgetkit.compare.table import compare

        return compare(self, measures, years, bureaus, scope, lang=lang)

    def by_function(
        self,
        level: int = 1,
        years: int | Sequence[int] | None = None,
        bureaus: str | Sequence[str] | None = None,
        scope: str | None = None,
    ) -> pd.DataFrame:
        """Sum the expenditure by function: see :mod:`budgetkit.compare.classification`."""
        from budgetkit.compare.classification import by_function

        return by_function(self, level, years, bureaus, scope)

    def by_class(
        self,
        level: int = 1,
        years: int | Sequence[int] | None = None,
        bureaus: str | Sequence[str] | None = None,
        scope: str | None = None,
    ) -> pd.DataFrame:
        """Sum by economic class: see :mod:`budgetkit.compare.classification`."""
        from budgetkit.compare.classification import by_class

        return by_class(self, level, years, bureaus, scope)

    def drill(self, department: str, year: int, scope: str | None = None) -> pd.DataFrame:
        """Take an expenditure apart, from 类 to project: see :mod:`budgetkit.compare.drill`."""
        from budgetkit.compare.drill import drill

        return drill(self, department, year, scope)

    def sql(self, query: str, *, memory_limit: str | None = None) -> pd.DataFrame:
        """Ask the dataset's files in SQL, without loading them: see :mod:`budgetkit.sql`."""
        from budgetkit.sql import sql

        return sql(self.folder, query, memory_limit=memory_limit)

    def locate(self, fact: str | Mapping[str, Any], *, password: str | None = None) -> Any:
        """Draw the page that prints a fact, its cell outlined.

        Parameters
        ----------
        fact
            Its id, or its row of ``facts``.
        password
            Of the PDF, where it has one.

        Returns
        -------
        PIL.Image.Image
            Shows itself in a notebook.

        Raises
        ------
        UsageError
            There is no such fact, or its PDF is gone.
        """
        from budgetkit.locate import picture

        fact_id = fact if isinstance(fact, str) else fact["fact_id"]
        return picture(self, str(fact_id), password=password)

    def _repr_html_(self) -> str:
        from budgetkit.notebook.cards import dataset_card

        return dataset_card(self)

    def choose(
        self, department: str | None = None, year: int | None = None, scope: str | None = None
    ) -> pd.DataFrame:
        """Give the rows of ``documents`` that were read, of a department, year and scope.

        Raises
        ------
        UsageError
            There is no such department or year; the nearest names are suggested.
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


def suggestion(wanted: str, known: Iterable[str]) -> str:
    """Name the nearest of the known names.

    Examples
    --------
    >>> suggestion("某县教育局", ["某县民政局", "某县教育局本级", "公安局"])
    'did you mean 某县教育局本级 or 某县民政局?'
    """
    names = sorted(set(known))
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.4) or names[:3]
    return f"did you mean {' or '.join(near)}?" if near else "the dataset is empty"


def read_dataset(folder: str | Path) -> Dataset:
    """Open a dataset.

    Parameters
    ----------
    folder
        As written by ``budgetkit extract``.

    Returns
    -------
    Dataset
        Frames are read when first asked for.

    Raises
    ------
    UsageError
        The folder is not a dataset.
    """
    return Dataset(folder)


__all__ = ["Dataset", "read_dataset", "suggestion"]
