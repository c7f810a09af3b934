"""A table as it is printed: its grid with merged cells, page after page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from budgetkit.amounts import is_amount
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.extraction.tables.cells import FilledGrid, fill_grid
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.extraction.tables.headers import read_tables
from budgetkit.extraction.tables.sheets import read_sheets
from budgetkit.notebook.inlined import style


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of a disclosure as printed; it displays itself in a notebook.

    Attributes
    ----------
    title : str
        As printed.
    grids : tuple of FilledGrid
        One per page.
    """

    title: str
    grids: tuple[FilledGrid, ...]

    def _repr_html_(self) -> str:
        pages = "".join(
            f'<div class="page">{escape(self.title)} · page {filled.grid.page}</div>'
            f"{_grid_html(filled)}"
            for filled in self.grids
        )
        return f'{style("printed_table.css")}<div class="bk-printed">{pages}</div>'


def printed_tables(pdf: Pdf, pages: Iterable[int]) -> list[tuple[str, PrintedTable]]:
    """Read the tables of some pages as they are printed.

    Parameters
    ----------
    pdf
        An open PDF.
    pages
        Page numbers, from 1; a table is only read whole if all its pages are among them.

    Returns
    -------
    list of (str, PrintedTable)
        Each table with its canonical id (empty where its title is not known), in page order.
    """
    read = [pdf.page(number) for number in pages]
    filled = [(page, tuple(fill_grid(grid, page) for grid in find_grids(page))) for page in read]
    return [
        (table.table or "", PrintedTable(table.title, tuple(s.filled for s in table.sheets)))
        for table in read_tables(read_sheets(filled))
    ]


def _grid_html(filled: FilledGrid) -> str:
    rows = []
    for cells in filled.by_row():
        row = []
        for cell in cells:
            span = ""
            if cell.col_end - cell.col > 1:
                span += f' colspan="{cell.col_end - cell.col}"'
            if cell.row_end - cell.row > 1:
                span += f' rowspan="{cell.row_end - cell.row}"'
            kind = ' class="n"' if is_amount(cell.text) else ""
            row.append(f"<td{span}{kind}>{escape(cell.text)}</td>")
        rows.append(f"<tr>{''.join(row)}</tr>")
    return f"<table>{''.join(rows)}</table>"
