"""A figure in its table: its cell, the cells of its column's header and those of its row's label.

The page is read again, as an extraction reads it: the dataset holds where figures stand, and not
the cells around them.  All boxes are in the page's reading frame (points).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetkit.amounts import is_amount
from budgetkit.extraction.pdf.pages import Page, Pdf
from budgetkit.extraction.tables.cells import Cell, FilledGrid
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.extraction.tables.headers import FORMS, Table, read_tables
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.sheets import read_sheets
from budgetkit.extraction.tables.stacked import fill_rows
from budgetkit.extraction.tables.unruled import find_open_grids
from budgetkit.geometry import Box, around, turn_box


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands in its table.

    Attributes
    ----------
    figure : Box
        As printed.
    cell : Box
        That holds it.
    labels : tuple of Box
        Cells that name its row; empty where none was found.
    header_page : int
        Page of the header; 0 where the table has none.
    header : tuple of Box
        Header cells above its column, from the top.
    header_rows : Box or None
        Around all rows of the header.
    width : tuple of float
        Left and right edge of the table.
    """

    figure: Box
    cell: Box
    labels: tuple[Box, ...]
    header_page: int
    header: tuple[Box, ...]
    header_rows: Box | None
    width: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with the tables that it is part of, or that go on to it."""

    page: Page
    tables: tuple[Table, ...]

    def upright(self, box: Box) -> Box:
        """Map a box from the page as shown into the reading frame."""
        width, height = self.page.width, self.page.height
        if self.page.turns % 2:
            width, height = height, width
        return turn_box(box, width, height, self.page.turns)


def read_leaf(pdf: Pdf, number: int, others: Iterable[int] = ()) -> Leaf:
    """Read a page with its tables.

    Parameters
    ----------
    pdf
        Open.
    number
        Of the page, from 1.
    others
        Pages of the same table, where it has several.

    Returns
    -------
    Leaf
        Without tables where nothing on the page is ruled or lined up, as on a scan.
    """
    numbers = sorted({number, *others})
    pages = [pdf.page(one) for one in numbers]
    sheets = read_sheets([(page, _grids(page)) for page in pages])
    return Leaf(pages[numbers.index(number)], tuple(read_tables(sheets)))


def _grids(page: Page) -> list[FilledGrid]:
    grids = [fill_rows(grid, page) for grid in find_grids(page)]
    found, _ = find_open_grids(page, grids, None)
    return sorted(
        [*grids, *(fill_rows(grid, page) for grid in found)],
        key=lambda filled: (filled.grid.box.top, filled.grid.box.x0),
    )


def find_spot(leaf: Leaf, box: Box) -> Spot | None:
    """Find a figure in the tables of its page.

    Parameters
    ----------
    leaf
        The page, read.
    box
        Of the figure (points, page as shown).

    Returns
    -------
    Spot or None
        None where no cell of a table holds it.
    """
    figure = leaf.upright(box)
    for table in leaf.tables:
        for at, row in enumerate(table.rows):
            for placed in row.cells:
                if _shows(placed.cell, leaf.page, figure):
                    return _spot(table, at, placed, figure)
    return None


def _spot(table: Table, at: int, placed: Placed, figure: Box) -> Spot:
    row = table.rows[at]
    header = [
        (above.page, one.cell.box)
        for above in table.header
        for one in above.cells
        if one.cell.text and one.col < placed.col_end and one.col_end > placed.col
    ]
    all_rows = [one.cell.box for above in table.header for one in above.cells]
    # A header that a page break cuts is shown as far as its first page goes.
    first = header[0][0] if header else 0
    table_box = around(one.cell.box for r in (*table.header, row) for one in r.cells)
    pages = {above.page for above in table.header}
    whole = around(all_rows) if header and len(pages) == 1 else None
    own = tuple(dict.fromkeys(box for page, box in header if page == first))
    labels = tuple(_labels(table, at, placed))
    shown = () if table.table in FORMS else own  # a form has rows of its own above, no columns
    rows = whole or (around(own) if own else None)
    edges = table_box.x0, table_box.x1
    return Spot(figure, placed.cell.box, labels, first, shown, rows, edges)


def _labels(table: Table, at: int, placed: Placed) -> list[Box]:
    """Cells that name a row: those with words or codes to the left of its figures."""
    left = [one for one in table.rows[at].cells if one.col_end <= placed.col]
    found: list[Box] = []
    for one in reversed(left):
        if _is_words(one.cell):
            found.append(one.cell.box)
        elif found and is_amount(one.cell.text):
            break
        elif found and one.cell.text:
            found.append(one.cell.box)
        if found and (table.is_side_by_side or table.table in FORMS):
            break
    if found:
        return found
    middle = (placed.cell.box.top + placed.cell.box.bottom) / 2
    for row in reversed(table.rows[:at]):  # a label that is merged over several rows
        for one in reversed(row.cells):
            cell = one.cell
            beside = cell.page == placed.cell.page and one.col_end <= placed.col
            if beside and cell.box.top <= middle <= cell.box.bottom and _is_words(cell):
                return [cell.box]
    return []


def _is_words(cell: Cell) -> bool:
    return any(char.isalpha() for char in cell.text) and cell.figure is None


def _shows(cell: Cell, page: Page, figure: Box) -> bool:
    """Whether a cell of a page prints a figure."""
    return cell.page == page.number and bool(cell.lines) and cell.box.holds_middle(figure)
