"""Pages whose columns stand elsewhere than those of the page before.

Used where the sheets of a table are joined: the next page may hold its last columns, row by row,
or the same columns in other widths.  Nothing but the order of the rows says which row a
figure overleaf belongs to: both pages must hold as many rows, set at the same distances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from budgetkit.amounts import is_amount, parse_number
from budgetkit.extraction.tables.cells import Cell, FilledGrid
from budgetkit.extraction.tables.grids import GridCell
from budgetkit.extraction.tables.sheets import Sheet
from budgetkit.geometry import Box

#: Heights of the same row on two pages differ by no more than this (points).
SAME_HEIGHT = 2.0


def beside(group: Sequence[Sheet], sheet: Sheet) -> Sheet | None:
    """Join a sheet that holds the last columns of a table to the right of its first columns.

    Parameters
    ----------
    group
        Sheets of the table so far.
    sheet
        On the next page.

    Returns
    -------
    Sheet or None
        Its cells on the second page keep their page, and are marked as repaired.  None where
        the sheet holds rows of its own.
    """
    first = group[-1]
    if len(group) > 1 or sheet.title or sheet.fresh or sheet.page != first.page + 1:
        return None
    left, right = first.filled, sheet.filled
    depth = _depth(right)
    count = len(right.grid.rows) - 1 - depth
    start = len(left.grid.rows) - 1 - count
    if depth == 0 or count < 2 or start < max(depth, first.skip_rows) or _depth(left) > start:
        return None
    heights = zip(_heights(left, start), _heights(right, depth), strict=True)
    body = [cell for cell in right.cells if cell.row >= depth and cell.text]
    if not all(abs(a - b) <= SAME_HEIGHT for a, b in heights) or not all(
        parse_number(cell.text) is not None for cell in body
    ):
        return None
    return replace(first, filled=_joined(left, right, start - depth), below=sheet.below)


def same_kinds(lower: FilledGrid, upper: FilledGrid) -> bool:
    """Whether two grids have the same columns by what they hold, wherever they stand.

    Parameters
    ----------
    lower
        At the head of a page, without a header of its own: an office suite fitted its columns
        anew, or the page is set larger.
    upper
        At the end of the page before.

    Returns
    -------
    bool
        True where both have as many columns, each of amounts, of codes or of texts on both
        pages, and at least one of names and one of amounts.
    """
    if len(lower.grid.cols) != len(upper.grid.cols) or _depth(lower) > 0:
        return False
    start = _depth(upper)
    below, above = _kinds(lower, 0), _kinds(upper, start)
    shared = [below[col] for col in below if below[col] == above.get(col)]
    differ = [col for col in below if col in above and below[col] != above[col]]
    return not differ and {"amount", "text"} <= set(shared)


def _kinds(filled: FilledGrid, start: int) -> dict[int, str]:
    """What the columns of a grid hold from a row on; none for those that are blank or mixed."""
    held: dict[int, set[str]] = {}
    for cell in filled.cells:
        if cell.row >= start and cell.text and cell.col_end == cell.col + 1:
            kind = "amount" if is_amount(cell.text) else "code" if cell.text.isdigit() else "text"
            held.setdefault(cell.col, set()).add(kind)
    return {col: kinds.pop() if len(kinds) == 1 else "mixed" for col, kinds in held.items()}


def _depth(filled: FilledGrid) -> int:
    """Rows before the first one that holds a number."""
    numbers = [cell.row for cell in filled.cells if parse_number(cell.text) is not None]
    return min(numbers, default=0)


def _heights(filled: FilledGrid, start: int) -> list[float]:
    return [b - a for a, b in pairwise(filled.grid.rows[start:])]


def _joined(left: FilledGrid, right: FilledGrid, down: int) -> FilledGrid:
    """The cells of both grids in one, those of the right one moved so many rows down."""
    width, rows = len(left.grid.cols) - 1, left.grid.rows
    by = left.grid.cols[-1] - right.grid.cols[0]
    cols = (*left.grid.cols, *(x + by for x in right.grid.cols[1:]))
    moved: list[Cell] = []
    for cell in right.cells:
        box = Box(
            cell.box.x0 + by, rows[cell.row + down], cell.box.x1 + by, rows[cell.row_end + down]
        )
        moved.append(
            replace(
                cell,
                row=cell.row + down,
                row_end=cell.row_end + down,
                col=cell.col + width,
                col_end=cell.col_end + width,
                box=box,
                repaired=bool(cell.lines),
            )
        )
    cells = tuple(sorted([*left.cells, *moved], key=lambda cell: (cell.row, cell.col)))
    grid = replace(
        left.grid,
        box=Box(cols[0], rows[0], cols[-1], rows[-1]),
        cols=cols,
        cells=tuple(GridCell(c.row, c.col, c.row_end, c.col_end, c.box) for c in cells),
    )
    return FilledGrid(grid, cells)
