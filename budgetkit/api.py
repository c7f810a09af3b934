"""One disclosure as a researcher holds it in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.errors import UnreadableDocument, UsageError, suggestion
from budgetkit.extraction.assemble import assemble
from budgetkit.extraction.dataset_rows import Rows
from budgetkit.extraction.document import read_file
from budgetkit.extraction.inputs import find_inputs
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.geometry import Box
from budgetkit.render.highlight import CELLS, draw_boxes, outline
from budgetkit.schema import units
from budgetkit.storage.frames import Frames
from budgetkit.storage.reader import DatasetReader
from budgetkit.storage.write import frame

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.notebook.printed import PrintedTable


class Dataset(DatasetReader):
    """Many disclosures together: their frames, and what can be asked of them."""

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
        """Ask the dataset's files in SQL: see :func:`budgetkit.storage.sql.sql`."""
        from budgetkit.storage.sql import sql

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
        from budgetkit.render.highlight import picture

        fact_id = fact if isinstance(fact, str) else fact["fact_id"]
        return picture(self, str(fact_id), password=password)

    def _repr_html_(self) -> str:
        from budgetkit.notebook.cards import dataset_card

        return dataset_card(self)


class Disclosure(Frames):
    """The frames of one disclosure, and its pages.

    Attributes
    ----------
    path : Path
        The PDF.
    department, scope : str
        Who publishes it; ``scope`` is ``department`` or ``unit``.
    year : int or None
        Budget year.
    """

    def __init__(
        self, path: Path, rows: Rows, *, password: str | None = None, unlock: bool = False
    ) -> None:
        self.path, self._rows = path, rows
        self._password, self._unlock = password, unlock
        about = rows["documents"][0]
        self.department: str = about["department"]
        self.scope: str = about["scope"]
        self.year: int | None = about["year"]

    def __repr__(self) -> str:
        lost = len(self._rows["unmapped"])
        return (
            f"<Disclosure {self.department} {self.year}: {len(self._rows['tables'])} tables, "
            f"{len(self._rows['facts'])} figures, {lost} unmapped>"
        )

    def _repr_html_(self) -> str:
        from budgetkit.notebook.cards import disclosure_card

        return disclosure_card(self)

    def frame(self, name: str) -> pd.DataFrame:
        """Give one table by name; ``attrs["units"]`` holds the units of its columns."""
        table = frame(name, self._rows[name])
        table.attrs["units"] = units(name)
        return table

    def table(self, name: str, number: int = 1) -> PrintedTable:
        """Give a table as it stands on the page, merged headers included.

        Parameters
        ----------
        name
            Canonical id, as in ``tables``.
        number
            Which one, from 1, where there are several of a kind (target forms).

        Returns
        -------
        PrintedTable
            Shows itself in a notebook.

        Raises
        ------
        UsageError
            There is no such table; the nearest are named.

        Examples
        --------
        >>> from budgetkit.bundled import sample_folder
        >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
        >>> 'colspan="2"' in disclosure.table("summary")._repr_html_()
        True
        """
        from budgetkit.notebook.printed import printed_tables

        rows = [row for row in self._rows["tables"] if row["table"] == name]
        if not 1 <= number <= len(rows):
            known = [str(row["table"]) for row in self._rows["tables"] if row["table"]]
            problem = f"there is no table '{name}'"
            if rows:
                problem = f"there are {len(rows)} tables '{name}', and no number {number}"
            raise UsageError(problem, file=self.path, remedy=suggestion(name, known))
        with self._open() as pdf:
            found = printed_tables(pdf, range(1, len(pdf) + 1))
        return [table for kind, table in found if kind == name][number - 1]

    def _open(self) -> Pdf:
        return Pdf(self.path, password=self._password, unlock=self._unlock)

    def checks(self) -> pd.DataFrame:
        """Check the disclosure against itself.

        Returns
        -------
        pandas.DataFrame
            Columns as in :data:`budgetkit.schema.DERIVED`, failures first; amounts in 万元.

        Examples
        --------
        >>> from budgetkit.bundled import sample_folder
        >>> checks = read_disclosure(sample_folder() / "changji-kjj-2025.pdf").checks()
        >>> sorted(set(checks["status"]) & {"pass", "rounding", "skipped"})
        ['pass', 'rounding', 'skipped']
        """
        from budgetkit.checks.audit.batches import plain_rows
        from budgetkit.checks.audit.checks_table import checks_of, frame_of
        from budgetkit.checks.case import cases_of

        return frame_of(checks_of(cases_of(plain_rows(self._rows))))

    @cached_property
    def boxes(self) -> dict[int, list[Box]]:
        """Where figures stand, by page: points from the top left of the page as shown."""
        found: dict[int, list[Box]] = {}
        for row in self._rows["facts"]:
            box = Box(row["x0"], row["top"], row["x1"], row["bottom"])
            found.setdefault(row["page"], []).append(box)
        return found

    def page(self, number: int) -> Any:
        """Draw a page with its detected cells outlined, and every figure that was read.

        Parameters
        ----------
        number
            From 1.

        Returns
        -------
        PIL.Image.Image
            Shows itself in a notebook; cells in blue, figures in orange.

        Raises
        ------
        UsageError
            There is no such page.
        """
        with self._open() as pdf:
            if not 1 <= number <= len(pdf):
                raise UsageError(
                    f"there is no page {number}; it has pages 1 to {len(pdf)}", file=self.path
                )
            page = pdf.page(number)
            cells = [page.as_shown(cell.box) for grid in find_grids(page) for cell in grid.cells]
            drawn = outline(pdf, number, cells, color=CELLS, air=0.0, width=0.6)
            return draw_boxes(drawn, self.boxes.get(number, []))


def read_disclosure(
    path: str | Path, *, password: str | None = None, unlock: bool = False
) -> Disclosure:
    """Read one PDF that holds one disclosure.

    Parameters
    ----------
    path
        The file.
    password
        Where the file has one.
    unlock
        Read it although its owner locked it against extraction.

    Returns
    -------
    Disclosure
        Amounts in 万元; every row says its page and box.

    Raises
    ------
    UnreadableDocument
        It can't be read, has no text, or holds several disclosures.

    Examples
    --------
    >>> from budgetkit.bundled import sample_folder
    >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
    >>> disclosure.year, int(disclosure.staffing["active"][0])
    (2025, 25)
    """
    (item,) = find_inputs([path])
    readings = read_file(item.path, password=password, unlock=unlock)
    if len(readings) > 1:
        raise UnreadableDocument(
            f"holds {len(readings)} disclosures",
            file=path,
            remedy="read it with extract() or 'budgetkit extract', which keeps them apart",
        )
    rows, _ = assemble([item], lambda _: readings)
    return Disclosure(item.path, rows, password=password, unlock=unlock)


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
