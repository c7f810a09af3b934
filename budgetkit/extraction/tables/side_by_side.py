"""Columns of a table that go on overleaf: the next page holds its last columns, row by row.

Used where the sheets of a table are joined.  Nothing but the order of the rows says which row a
figure overleaf belongs to: both pages must hold as many rows, set at the same distances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from budgetkit.amounts import parse_number
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
