"""Rows of a grid between which no rule is drawn: figures that stand below each other in one cell.

Used where a grid is filled.  A figure that was broken fills the first of its lines; figures that
leave room beside them are two, and their row is cut between its lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from budgetkit.amounts import parse_number
from budgetkit.extraction.pdf.lines import Line, type_size
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import Cell, FilledGrid, fill_grid
from budgetkit.extraction.tables.grids import Grid, GridCell
from budgetkit.geometry import Box

#: A line that was broken leaves less room in its cell than this (type sizes).
ROOM = 1.5
#: Characters on both sides of a rule nearer than this (type sizes) are one text.
TOUCHING = 0.5
#: Lines of neighbouring cells whose baselines differ less than this (type sizes) are one row.
SAME_ROW = 0.5


def fill_rows(grid: Grid, page: Page) -> FilledGrid:
    """Fill a grid, its rows cut where figures stand below each other.

    Parameters
    ----------
    grid
        Of that page.
    page
        As read.

    Returns
    -------
    FilledGrid
        The cells of rows that were cut are marked as repaired.
    """
    filled = fill_grid(grid, page)
    cuts = _cuts(filled)
    if not cuts:
        return filled
    if (parent := _crossing_parent(filled)) is not None:
        grid = _below_parent(grid, *parent)
        cuts = _cuts(fill_grid(grid, page))
    whole = fill_grid(_cut(grid, cuts), page)
    edges = [(grid.rows[row], grid.rows[row + 1]) for row in cuts]
    marked = tuple(
        replace(cell, repaired=True) if cell.lines and _within(cell.box, edges) else cell
        for cell in whole.cells
    )
    return FilledGrid(whole.grid, marked)


def _cuts(filled: FilledGrid) -> dict[int, list[float]]:
    """Heights at which rows are cut, by the number of the row."""
    found = {row: _levels(cells) for row, cells in _rows_with_lines(filled)}
    return {row: levels for row, levels in found.items() if levels}


def _crossing_parent(filled: FilledGrid) -> tuple[int, int, int, float] | None:
    """A header text that the rules of its columns run through, above the texts of the columns.

    Its row, its first column and their end, and the height below it; None where there is none.
    """
    for row in filled.by_row():
        cells = [c for c in row if c.row_end == c.row + 1 and c.col_end == c.col + 1 and c.lines]
        if any(_is_number(line) for cell in cells for line in cell.lines):
            return None
        for left, right in pairwise(cells):
            if right.col == left.col_end and _runs_on(left, right):
                return _parent_of(left, right, cells)
    return None


def _runs_on(left: Cell, right: Cell) -> bool:
    """Whether the first lines of two cells are one text, with other texts below it."""
    if len(left.lines) < 2 or len(right.lines) < 2:
        return False
    first, last = left.lines[0], left.lines[-1]
    return _touch(first, right.lines[0]) and not _touch(last, right.lines[-1])


def _touch(left: Line, right: Line) -> bool:
    a, b = left.chars[-1], right.chars[0]
    size = type_size(left.chars)
    return abs(a.baseline - b.baseline) < 0.1 * size and b.x0 - a.x1 < TOUCHING * size


def _parent_of(left: Cell, right: Cell, cells: Sequence[Cell]) -> tuple[int, int, int, float]:
    """Row, columns and lower edge of a parent: it is centred above its columns."""
    baseline = left.lines[0].chars[-1].baseline
    size = type_size(left.lines[0].chars)
    held = [c for c in cells if abs(c.lines[0].chars[-1].baseline - baseline) < 0.1 * size]
    centre = (held[0].lines[0].box.x0 + held[-1].lines[0].box.x1) / 2
    level = left.lines[-1].chars[-1].baseline
    under = [c for c in cells if abs(c.lines[-1].chars[-1].baseline - level) < 0.1 * size]
    spans = [
        (abs((a.box.x0 + b.box.x1) / 2 - centre), a.col, b.col_end)
        for a in under
        for b in under
        if a.col <= left.col and b.col_end >= right.col_end
    ]
    _, first, end = min(spans)
    below = min(c.lines[-1].box.top for c in under)
    return left.row, first, end, (max(c.lines[0].box.bottom for c in held) + below) / 2


def _below_parent(grid: Grid, row: int, first: int, end: int, level: float) -> Grid:
    """A grid with a parent above some columns of a row, in a row of its own."""
    rows = (*grid.rows[: row + 1], level, *grid.rows[row + 1 :])
    cols = grid.cols
    cells = [GridCell(row, first, row + 1, end, Box(cols[first], rows[row], cols[end], level))]
    for cell in grid.cells:
        down = cell.row > row
        row_end = cell.row_end + (cell.row_end > row)
        is_below = cell.row == row and first <= cell.col < end
        box = Box(cell.box.x0, level, cell.box.x1, cell.box.bottom) if is_below else cell.box
        cells.append(replace(cell, row=cell.row + (down or is_below), row_end=row_end, box=box))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(grid, rows=rows, cells=tuple(cells))


def _within(box: Box, edges: Sequence[tuple[float, float]]) -> bool:
    return any(top - 0.1 <= box.top and box.bottom <= bottom + 0.1 for top, bottom in edges)


def _rows_with_lines(filled: FilledGrid) -> Iterator[tuple[int, list[Cell]]]:
    """Rows of single cells where at least one holds several lines, all of them numbers."""
    rows: dict[int, list[Cell]] = {}
    for cell in filled.cells:
        if cell.row_end == cell.row + 1 and cell.lines:
            rows.setdefault(cell.row, []).append(cell)
    for row, cells in rows.items():
        if any(_is_stack(cell) for cell in cells):
            yield row, cells


def _is_stack(cell: Cell) -> bool:
    """Whether a cell holds figures below each other, not one that was broken."""
    if len(cell.lines) < 2 or not all(_is_number(line) for line in cell.lines):
        return False
    first = cell.lines[0]
    room = (cell.box.x1 - cell.box.x0) - (first.box.x1 - first.box.x0)
    return room > ROOM * type_size(first.chars)


def _is_number(line: Line) -> bool:
    return parse_number(line.text) is not None


def _levels(cells: Sequence[Cell]) -> list[float]:
    """Heights at which a row is cut; none where its figures do not stand in lines."""
    stacks = [cell for cell in cells if _is_stack(cell)]
    fullest = max(stacks, key=lambda cell: len(cell.lines))
    near = SAME_ROW * type_size(fullest.lines[0].chars)
    baselines = [line.chars[-1].baseline for line in fullest.lines]
    for cell in cells:
        own = [line.chars[-1].baseline for line in cell.lines]
        is_figure = all(_is_number(line) for line in cell.lines)
        if is_figure and any(min(abs(y - b) for b in baselines) > near for y in own):
            return []
    names = [c for c in cells if not all(_is_number(line) for line in c.lines)]
    if not any(_stands_beside(cell, baselines, near) for cell in names):
        return []  # no name beside each figure: they are not two rows
    return [(lower.box.top + upper.box.bottom) / 2 for upper, lower in pairwise(fullest.lines)]


def _stands_beside(cell: Cell, baselines: Sequence[float], near: float) -> bool:
    """Whether a cell has a line beside each figure."""
    own = [line.chars[-1].baseline for line in cell.lines]
    return all(min(abs(y - baseline) for y in own) <= near for baseline in baselines)


def _cut(grid: Grid, cuts: dict[int, list[float]]) -> Grid:
    """A grid with more rows; cells that span a row that is cut span all of its parts."""
    rows = tuple(sorted([*grid.rows, *(y for levels in cuts.values() for y in levels)]))
    place = [bisect_right(rows, y) - 1 for y in grid.rows]
    cells: list[GridCell] = []
    for cell in grid.cells:
        first, end = place[cell.row], place[cell.row_end]
        if cell.row in cuts and cell.row_end == cell.row + 1:
            for row in range(first, end):
                box = Box(cell.box.x0, rows[row], cell.box.x1, rows[row + 1])
                cells.append(GridCell(row, cell.col, row + 1, cell.col_end, box))
        else:
            cells.append(replace(cell, row=first, row_end=end))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(grid, rows=rows, cells=tuple(cells))
