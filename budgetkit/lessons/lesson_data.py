"""What answers are computed from: the frames of a dataset, or those of the corpus's truth."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.dataset import Dataset
from budgetkit.schema import TABLES
from budgetkit.storage.records import ByDocument, DocumentRows, records

if TYPE_CHECKING:
    import pandas as pd


class NotPrinted(LookupError):
    """The documents do not print what a question asks for, or print it more than once."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table by what it says; a field that is None may be anything.

    Attributes
    ----------
    document, table, section, code, name, project, measure : str or None
        As in ``facts``.
    """

    document: str
    table: str | None = None
    code: str | None = None
    measure: str | None = None
    section: str | None = None
    name: str | None = None
    project: str | None = None

    def wanted(self) -> dict[str, str]:
        """Return the fields that say something."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


class LessonData(Dataset):
    """What the exercises of a lesson are answered from: a dataset that need not be in a folder.

    Parameters
    ----------
    read
        Gives a table by its name.
    document
        The disclosure that the lesson is about.
    folder
        Of the dataset; where the tables come from elsewhere, a name for messages.
    """

    def __init__(
        self, read: Callable[[str], pd.DataFrame], document: str, folder: str | Path = "truth"
    ) -> None:
        # A truth has no folder to check, so Dataset's own __init__ is left out.
        self._read_table = read
        self.document = document
        self.folder = Path(folder)

    def frame(self, name: str) -> pd.DataFrame:
        """Return one table by name.

        Parameters
        ----------
        name
            ``facts``, ``staffing``, ...

        Returns
        -------
        pandas.DataFrame
        """
        return self._read_table(name)

    def _split(self, name: str) -> DocumentRows:
        return ByDocument(self._table(name))

    def fact(self, fact_id: str) -> dict[str, Any]:
        """Return one fact by its id, from the facts in memory."""
        return records(self.facts[self.facts["fact_id"] == fact_id])[0]

    def failing(self) -> pd.DataFrame:
        """Return the rows of ``checks`` that fail, of an audit of the folder."""
        checks = self.frame("checks")
        return checks[checks["status"] == "fail"]

    @cached_property
    def about(self) -> dict[str, Any]:
        """The row of ``documents`` of the lesson's document."""
        return records(self.documents[self.documents["document"] == self.document])[0]

    def cells(self, cell: Cell) -> pd.DataFrame:
        """Return the rows of ``facts`` that a cell may be."""
        rows = self.facts
        for name, value in cell.wanted().items():
            rows = rows[(rows[name] == value).fillna(False)]
        return rows

    def amount(self, cell: Cell) -> float:
        """Return the amount (万元) that a cell prints.

        Parameters
        ----------
        cell
            That names one cell, or several that print the same.

        Returns
        -------
        float

        Raises
        ------
        NotPrinted
            There is no such cell, or there are several with different amounts.
        """
        found = set(self.cells(cell)["amount"].astype(float))
        if len(found) != 1:
            raise NotPrinted(f"{cell} is {len(found)} amounts")
        return float(found.pop())

    def total(self, table: str, code: str = "total", measure: str = "total", **more: str) -> float:
        """Return an amount (万元) of the lesson's document.

        Parameters
        ----------
        table, code, measure
            As in ``facts``.
        **more
            Further fields of a :class:`Cell`.

        Returns
        -------
        float

        Raises
        ------
        NotPrinted
            As in :meth:`amount`.
        """
        return self.amount(Cell(self.document, table, code, measure, **more))

    def people(self, count: str, document: str | None = None) -> int:
        """Return a head count.

        Parameters
        ----------
        count
            A column of ``staffing``: ``active``, ``authorized``, ...
        document
            The lesson's, if it is None.

        Returns
        -------
        int

        Raises
        ------
        NotPrinted
            The document does not tell it.
        """
        rows = self.staffing
        values = rows.loc[rows["document"] == (document or self.document), count].dropna()
        if len(values) != 1:
            raise NotPrinted(f"{count} of {document or self.document}")
        return int(values.iloc[0])

    def by_department(self, value: Callable[[str], float]) -> dict[str, float]:
        """Return a value of each department of the lesson's year.

        Parameters
        ----------
        value
            Of a document, by its name; departments of which it is not printed are left out.

        Returns
        -------
        dict of str to float
            By the department's name.
        """
        documents = self.documents
        chosen = documents[
            (documents["year"] == self.about["year"]) & (documents["scope"] == "department")
        ]
        found = {}
        for document, department in zip(chosen["document"], chosen["department"], strict=True):
            with suppress(NotPrinted):
                found[str(department)] = value(document)
        return found


def data_of(dataset: Dataset, document: str) -> LessonData:
    """Return the data of a dataset.

    Parameters
    ----------
    dataset
        Whose frames they are.
    document
        The disclosure that the lesson is about.

    Returns
    -------
    LessonData
    """

    def read(name: str) -> pd.DataFrame:
        found: pd.DataFrame = getattr(dataset, name) if name in TABLES else dataset.frame(name)
        return found

    return LessonData(read, document, dataset.folder)
