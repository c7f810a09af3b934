"""What ``import budgetkit as bk`` gives: disclosures and datasets, to use in a notebook.

Everything here is thin: the work is done by the layers below.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.checks.audit.batches import plain_rows
from budgetkit.checks.audit.checks_table import checks_of, frame_of
from budgetkit.checks.case import cases_of
from budgetkit.codelists.own_lists import check_own_lists
from budgetkit.dataset import Dataset
from budgetkit.errors import UnreadableDocument, UsageError, suggestion
from budgetkit.extraction.assemble import assemble
from budgetkit.extraction.dataset_rows import Rows
from budgetkit.extraction.document import read_file
from budgetkit.extraction.inputs import find_inputs
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.notebook.cards import disclosure_card
from budgetkit.notebook.page_viewer import PageViewer, page_viewer
from budgetkit.notebook.printed_table import PrintedTable, printed_tables
from budgetkit.render.highlight import draw_figures
from budgetkit.schema import TABLES, frame_units, units
from budgetkit.storage.figures import box_of
from budgetkit.storage.frames import Frames
from budgetkit.storage.partitions import Regions, Years
from budgetkit.storage.table_files import frame
from budgetkit.storage.write import PACKAGE

if TYPE_CHECKING:
    import pandas as pd


class Disclosure(Frames):
    """One disclosure: its frames, checks, tables and pages; see :func:`read_disclosure`.

    Attributes
    ----------
    path : Path
        The PDF.
    department, scope : str
        Who publishes it; ``scope`` is ``department`` or ``unit``.
    year : int or None
        Budget year.

    Examples
    --------
    >>> from budgetkit.bundled import sample_folder
    >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
    >>> disclosure.facts.attrs["units"]["amount"]
    '万元'
    """

    def __init__(
        self, path: Path, rows: Rows, *, password: str | None = None, unlock: bool = False
    ) -> None:
        self.path, self._rows = path, rows
        self._password, self._unlock = password, unlock
        document = rows["documents"][0]
        self.department: str = document["department"]
        self.scope: str = document["scope"]
        self.year: int | None = document["year"]

    def __repr__(self) -> str:
        return (
            f"<Disclosure {self.department} {self.year}: {len(self._rows['tables'])} tables, "
            f"{len(self._rows['facts'])} figures, {len(self._rows['unmapped'])} unmapped>"
        )

    def _repr_html_(self) -> str:
        return disclosure_card(self)

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table by its name.

        Parameters
        ----------
        name
            ``facts``, ``documents``, ...

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
        >>> from budgetkit.bundled import sample_folder
        >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
        >>> len(disclosure.frame("staffing"))
        1
        """
        if name not in TABLES:
            raise UsageError(
                f"there is no table '{name}'", file=self.path, remedy=suggestion(name, TABLES)
            )
        found = frame(name, self._rows[name])
        found.attrs["units"] = frame_units() | units(name)
        return found

    def table(self, name: str, number: int = 1) -> PrintedTable:
        """Return a table as it is printed, with its header and its merged cells.

        Parameters
        ----------
        name
            Canonical id, as in ``tables``.
        number
            Which one, from 1, where there are several with that id (target forms).

        Returns
        -------
        PrintedTable
            Displays itself in a notebook.

        Raises
        ------
        UsageError
            There is no such table; the nearest names are suggested.

        Examples
        --------
        >>> from budgetkit.bundled import sample_folder
        >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
        >>> 'colspan="2"' in disclosure.table("summary")._repr_html_()
        True
        """
        known = [row["table"] for row in self._rows["tables"] if row["table"]]
        count = known.count(name)
        if not 1 <= number <= count:
            problem = f"there is no table '{name}'"
            if count:
                problem = f"'{name}' is there {_times(count)}, and there is no number {number}"
            numbers = f"take 1 to {count}" if count > 1 else "take 1"
            remedy = numbers if count else suggestion(name, known)
            raise UsageError(problem, file=self.path, remedy=remedy)
        with self._open() as pdf:
            found = printed_tables(pdf, range(1, len(pdf) + 1))
        return [printed for kind, printed in found if kind == name][number - 1]

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
        return frame_of(checks_of(cases_of(plain_rows(self._rows))))

    def page(self, number: int) -> Any:
        """Draw a page with the cells that were found and the figures that were read.

        Parameters
        ----------
        number
            Page number, from 1.

        Returns
        -------
        PIL.Image.Image
            Displays itself in a notebook; cells in blue, figures in orange.

        Raises
        ------
        UsageError
            There is no such page.

        Examples
        --------
        >>> from budgetkit.bundled import sample_folder
        >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
        >>> disclosure.page(5).mode
        'RGB'
        """
        facts = (row for row in self._rows["facts"] if row["page"] == number)
        figures = [box_of(row) for row in facts]
        with self._open() as pdf:
            if not 1 <= number <= len(pdf):
                raise UsageError(
                    f"there is no page {number}; it has pages 1 to {len(pdf)}", file=self.path
                )
            return draw_figures(pdf, number, figures, every_cell=True)

    def viewer(self, rows: pd.DataFrame | None = None, columns: Sequence[str] = ()) -> PageViewer:
        """Turn and zoom the pages, and see where each row is printed.

        Parameters
        ----------
        rows
            Of this disclosure's ``facts``, ``unmapped``, ``narrative``, ``checks()`` or another
            table whose rows have a place; by default the facts.
        columns
            Of the rows, to show; by default those that say what a row is.

        Returns
        -------
        PageViewer
            Displays itself in a notebook, without a network.  A click on a row shows its page with
            the place outlined, a click on a figure of the page its row.  A saved notebook keeps it.

        Raises
        ------
        UsageError
            There is no such column, or a row is of another document.

        Examples
        --------
        >>> from budgetkit.bundled import sample_folder
        >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
        >>> facts = disclosure.facts
        >>> disclosure.viewer(facts[facts["table"] == "three_public"])
        <PageViewer: pages=28 rows=8>
        """
        document: str = self._rows["documents"][0]["document"]
        rows = self.facts if rows is None else rows
        if "document" in rows and set(rows["document"]) - {document}:
            other = next(name for name in rows["document"] if name != document)
            raise UsageError(f"'{other}' is another document", file=self.path,
                             remedy="take viewer() of the dataset")  # fmt: skip
        with self._open() as pdf:
            pages = [(document, number) for number in range(1, len(pdf) + 1)]
        return page_viewer(lambda _: self._open(), rows, columns, pages=pages)


def read_disclosure(
    path: str | Path, *, password: str | None = None, unlock: bool = False, verify: bool = False
) -> Disclosure:
    """Read a PDF that holds one disclosure.

    Parameters
    ----------
    path
        The PDF.
    password
        Its password, if it is encrypted.
    unlock
        Read it even though its owner locked it against extraction.
    verify
        Hold each figure against its picture on the page; needs the extra ``ocr``.

    Returns
    -------
    Disclosure
        Amounts in 万元; every row has its page and box.

    Raises
    ------
    UnreadableDocument
        It can't be read, has no text, or holds several disclosures.
    UsageError
        There is no such file, it is a folder, the user's own lists are wrong, or the extra is
        missing.

    Examples
    --------
    >>> from budgetkit.bundled import sample_folder
    >>> disclosure = read_disclosure(sample_folder() / "changji-kjj-2025.pdf")
    >>> disclosure.year, int(disclosure.staffing["active"][0])
    (2025, 25)
    """
    check_own_lists()
    if Path(path).is_dir():
        raise _is_folder(Path(path))
    (item,) = find_inputs([path])
    readings = read_file(item.path, password=password, unlock=unlock, verify=verify)
    if len(readings) > 1:
        raise UnreadableDocument(
            f"holds {len(readings)} disclosures",
            file=path,
            remedy="read it with extract() or 'budgetkit extract', which keeps them apart",
        )
    rows, _ = assemble([item], lambda _: readings)
    return Disclosure(item.path, rows, password=password, unlock=unlock)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _is_folder(folder: Path) -> UsageError:
    """Say what to do with a folder, by what it holds."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    pdfs = [file for file in files if file.suffix.lower() == ".pdf"]
    if (folder / PACKAGE).is_file():
        return UsageError("is a dataset, not a PDF", file=folder, remedy="open it: read_dataset()")
    if pdfs:
        first = pdfs[0].relative_to(folder).as_posix()
        return UsageError(
            f"is a folder with {len(pdfs)} PDFs, and read_disclosure() reads one",
            file=folder,
            remedy=f"name one ({first}), or read them all with extract()",
        )
    others = ", ".join(dict.fromkeys(file.suffix.lower() or file.name for file in files))
    return UsageError(
        f"is a folder without a PDF ({f'it holds {others}' if others else 'it is empty'})",
        file=folder,
        remedy="save the documents as PDF first",
    )


def read_dataset(folder: str | Path, *, year: Years = None, region: Regions = None) -> Dataset:
    """Open a dataset, or a part of it.

    Parameters
    ----------
    folder
        As written by ``budgetkit extract``.
    year, region
        Only the documents of this budget year or these; of a province or a place as in
        ``documents``, of ``central`` or ``unknown``, or of several.

    Returns
    -------
    Dataset
        Its frames are read when they are first used, of partitions only those wanted.

    Raises
    ------
    UsageError
        The folder is not a dataset, or has no such documents.

    Examples
    --------
    >>> from budgetkit.demo import prepare
    >>> len(read_dataset(prepare()).documents), len(read_dataset(prepare(), year=2025).documents)
    (22, 8)
    """
    return Dataset(folder, year=year, region=region)
