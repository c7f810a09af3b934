"""One disclosure as a researcher holds it in a notebook."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.assembling import assemble
from budgetkit.dataset import suggestion
from budgetkit.errors import UnreadableDocument, UsageError
from budgetkit.frames import Frames
from budgetkit.inputs import find_inputs
from budgetkit.locate import CELLS, draw_boxes, outline
from budgetkit.pdf.pages import Box, Pdf
from budgetkit.reading import Rows, read_file
from budgetkit.ruled.grids import find_grids
from budgetkit.schema import units
from budgetkit.writing import frame

if TYPE_CHECKING:
    import pandas as pd

    from budgetkit.notebook.printed import PrintedTable


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
        >>> from budgetkit.paths import sample_folder
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
        >>> from budgetkit.paths import sample_folder
        >>> checks = read_disclosure(sample_folder() / "changji-kjj-2025.pdf").checks()
        >>> sorted(set(checks["status"]) & {"pass", "rounding", "skipped"})
        ['pass', 'rounding', 'skipped']
        """
        from budgetkit.audit.case import cases_of
        from budgetkit.audit.source import plain_rows
        from budgetkit.audit.table import checks_of, frame_of

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
    >>> from budgetkit.paths import sample_folder
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
