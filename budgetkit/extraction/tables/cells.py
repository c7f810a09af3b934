"""Each character into its cell, by its printed position.

Stands between the grids of a page and its sheets.  A character belongs to the cell that holds
its middle, measured along the line that it stands on: the box of ``.`` is low, that of ``一``
is thin.  A figure that overflows its cell is put together again and marked as repaired.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from budgetkit.amounts import is_amount
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.lines import Line, box_around, read_lines, type_size
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.broken_figures import (
    BELOW_EACH_OTHER,
    DECIMALS,
    SIDE_BY_SIDE,
    WITH_GAP,
    are_figure_lines,
    has_gap,
    is_broken,
    stand_side_by_side,
    usual_decimals,
)
from budgetkit.extraction.tables.cell_figures import CellFigure, Unreadable, read_figure
from budgetkit.extraction.tables.grids import Grid, GridCell
from budgetkit.extraction.tables.overflow import TOUCHING, keep_figures_whole
from budgetkit.extraction.tables.raised_marks import without_raised_marks
from budgetkit.geometry import Box
from budgetkit.numerals import MINUS, fold_digits

#: A figure crosses an edge of its cell where it runs over it by more than this share of its height.
OVER_EDGE = 0.35
#: Two characters that share more of the narrower one's width are printed over each other.
OVERPRINT = 0.7
_DIGITS = re.compile(rf"[{MINUS}(（]?[\d,，.．]+[)）]?")
PRINTED_OVER = "is printed over a figure of the next cell"
#: Ideographs spaced to fill a cell.
_SPACED_OUT = re.compile(r"[\u4e00-\u9fff](\s+[\u4e00-\u9fff])+")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z]$"), re.compile(r"^[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what is printed in it; its place in the grid has exclusive ends.

    Attributes
    ----------
    text : str
        As printed, lines joined, spaces folded.
    box : Box
        Of the cell, not of the text (points, reading frame).
    repaired : bool
        Put together from a figure that ran over its edges or over several lines.
    problem : str
        Why no figure is read from it, to follow its text in a sentence; empty where one may be.
    unsure : bool
        It can't be told whether all of its text is painted.
    """

    row: int
    col: int
    row_end: int
    col_end: int
    text: str
    lines: tuple[Line, ...]
    box: Box
    page: int
    repaired: bool = False
    problem: str = ""
    unsure: bool = False

    @property
    def printed_box(self) -> Box:
        """Box around what is printed in it, which is not nothing (points, reading frame)."""
        return box_around(char for line in self.lines for char in line.chars)

    @property
    def figure(self) -> CellFigure | Unreadable | None:
        """The figure that it holds; None where its text does not look like a number."""
        found = read_figure(self.text)
        return Unreadable(self.problem) if self.problem and found else found

    def box_of(self, printed: str) -> Box:
        """Box around a part of what is printed in it, which is not nothing, as of ``figure``.

        Parameters
        ----------
        printed
            Without white space, folded.

        Returns
        -------
        Box
            In points, reading frame; around all of the print where the part is not found.
        """
        chars = [char for line in self.lines for char in line.chars]
        folded = [fold_digits(char.text) for char in chars]
        start = "".join(folded).find(printed)
        if start < 0 or any(len(text) != 1 for text in folded):
            return self.printed_box
        return box_around(chars[start : start + len(printed)])

    @property
    def overprinted(self) -> bool:
        """Whether two different characters are printed over each other, so that neither is read."""
        pairs = (pair for line in self.lines for pair in pairwise(line.chars))
        return any(
            a.x1 - b.x0 > OVERPRINT * min(a.x1 - a.x0, b.x1 - b.x0)
            for a, b in pairs
            if min(a.x1 - a.x0, b.x1 - b.x0) > 0
        )

    @property
    def crosses_edge(self) -> bool:
        """Whether the print runs over an edge of the cell, so that it may be a neighbour's."""
        if not self.lines or self.repaired:
            return False
        printed, cell = self.printed_box, self.box
        height = printed.bottom - printed.top
        return height > 0 and (
            printed.top < cell.top - OVER_EDGE * height
            or printed.bottom > cell.bottom + OVER_EDGE * height
            or printed.x0 < cell.x0 - 2 * height
            or printed.x1 > cell.x1 + 2 * height
        )


class FilledGrid(NamedTuple):
    """A grid with its cells filled, in reading order."""

    grid: Grid
    cells: tuple[Cell, ...]

    def by_row(self) -> list[list[Cell]]:
        """Cells that start in each row, left to right."""
        rows: list[list[Cell]] = [[] for _ in range(len(self.grid.rows) - 1)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of a cell: without a space, but between Latin words.

    A line of ideographs that are spaced to fill the cell is one word.

    Examples
    --------
    >>> join_lines(["社会保障和", "就业支出"]), join_lines(["2", "27 预备费"])
    ('社会保障和就业支出', '227 预备费')
    >>> join_lines(["合　计"]), join_lines(["当 年 收 入", "小计"]), join_lines(["第十三届 会议"])
    ('合计', '当年收入小计', '第十三届 会议')
    """
    text = ""
    for line in lines:
        if _SPACED_OUT.fullmatch(line):
            line = re.sub(r"\s+", "", line)
        space = " " if _LATIN_END.search(text) and _LATIN_START.search(line) else ""
        text += space + line
    return " ".join(text.split())


def fill_grid(grid: Grid, page: Page) -> FilledGrid:
    """Place the characters of a page into the cells of one of its grids.

    Parameters
    ----------
    grid
        Of that page.
    page
        As read.

    Returns
    -------
    FilledGrid
        Every cell of the grid in reading order, the empty ones too.
    """
    inside = list(_inside(grid.box, page.chars))
    chars = [char for char, _ in inside]
    whole = keep_figures_whole(chars, _places(inside, grid), grid)
    held: list[list[Char]] = [[] for _ in grid.cells]
    for char, index in zip(chars, whole.places, strict=True):
        if index is not None:
            held[index].append(char)
    cells = [_cell(cell, own, grid.page) for cell, own in zip(grid.cells, held, strict=True)]
    cells = _told_apart(cells)
    for index in whole.repaired:
        cells[index] = replace(cells[index], repaired=True)
    if not grid.ruled:
        cells = [replace(cell, repaired=bool(cell.lines)) for cell in cells]
    for index in whole.mixed:
        cells[index] = replace(cells[index], problem=PRINTED_OVER)
    cells = _join_fragments(cells)
    if page.unsure:
        cells = [replace(cell, unsure=_holds(cell, page.unsure)) for cell in cells]
    return FilledGrid(grid, tuple(cells))


def _holds(cell: Cell, chars: frozenset[Char]) -> bool:
    return any(char in chars for line in cell.lines for char in line.chars)


def _inside(box: Box, chars: Iterable[Char]) -> Iterator[tuple[Char, float]]:
    """Characters of the grid, each with the middle height of the line it stands on."""
    within = [
        char
        for char in chars
        if box.x0 - 2 <= (char.x0 + char.x1) / 2 <= box.x1 + 2
        and box.top - 2 <= char.baseline - (char.bottom - char.top) * 0.2 <= box.bottom + 6
    ]
    half = 0.35 * type_size(within) if within else 0.0
    for char in within:
        # A type's own size is not in the file's text; tall glyphs tell theirs, low ones borrow.
        tall = char.bottom - char.top > half
        middle = (char.top + char.bottom) / 2 if tall else char.baseline - half
        if box.top <= middle <= box.bottom:
            yield char, middle


def _places(inside: Iterable[tuple[Char, float]], grid: Grid) -> list[int | None]:
    """Index of the cell that holds the middle of each character."""
    owner = {
        (row, col): i
        for i, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row_end)
        for col in range(cell.col, cell.col_end)
    }
    return [
        owner.get(
            (
                bisect_right(grid.rows, middle) - 1,
                bisect_right(grid.cols, (char.x0 + char.x1) / 2) - 1,
            )
        )
        for char, middle in inside
    ]


def _cell(cell: GridCell, chars: list[Char], page: int) -> Cell:
    place = cell.row, cell.col, cell.row_end, cell.col_end
    if not chars:
        return Cell(*place, "", (), cell.box, page)
    own, has_marks, problem = without_raised_marks(chars)
    lines = tuple(read_lines(own))
    text = join_lines(line.text for line in lines)
    if not problem and len(lines) == 1:
        if stand_side_by_side(lines[0]):
            problem = SIDE_BY_SIDE
        elif len(text) > DECIMALS + 1 and text.isdecimal() and has_gap(lines[0].chars):
            problem = WITH_GAP
    return Cell(*place, text, lines, cell.box, page, has_marks, problem)


def _told_apart(cells: list[Cell]) -> list[Cell]:
    """Cells with several lines of digits: figures that were broken, and those that are several."""
    if not any(are_figure_lines(cell.lines) for cell in cells):
        return cells
    decimals = usual_decimals(cell.text for cell in cells if len(cell.lines) == 1)
    return [
        cell
        if cell.problem or not are_figure_lines(cell.lines)
        else replace(cell, repaired=True)
        if is_broken(cell.lines, cell.box, decimals)
        else replace(cell, problem=BELOW_EACH_OTHER)
        for cell in cells
    ]


def _join_fragments(cells: list[Cell]) -> list[Cell]:
    """Put a figure that a vertical rule cuts back into the cell that holds most of it."""
    by_place = {(cell.row, cell.col): i for i, cell in enumerate(cells)}
    for i in range(len(cells)):
        run = _fragments(i, cells, by_place)
        parts = [cells[j] for j in run]
        joined = "".join(part.text for part in parts)
        if len(run) < 2 or any(part.problem for part in parts):
            continue
        if not is_amount(joined) or all(is_amount(part.text) for part in parts):
            continue
        chars = [char for part in parts for line in part.lines for char in line.chars]
        fullest = max(run, key=lambda j: len(cells[j].lines[0].chars))
        for j in run:
            cells[j] = replace(cells[j], lines=(), text="", repaired=False)
        cells[fullest] = replace(
            cells[fullest], lines=tuple(read_lines(chars)), text=joined, repaired=True
        )
    return cells


def _fragments(
    start: int, cells: Sequence[Cell], by_place: dict[tuple[int, int], int]
) -> list[int]:
    """Cells side by side from one on whose digits touch across the edges between them."""
    run = [start] if _is_fragment(cells[start]) else []
    while run:
        last = cells[run[-1]]
        right = by_place.get((last.row, last.col_end))
        if right is None or not _is_fragment(cells[right]) or not _touch(last, cells[right]):
            break
        run.append(right)
    return run


def _is_fragment(cell: Cell) -> bool:
    return len(cell.lines) == 1 and _DIGITS.fullmatch(cell.text) is not None


def _touch(left: Cell, right: Cell) -> bool:
    a, b = left.lines[0].chars[-1], right.lines[0].chars[0]
    size = type_size([*left.lines[0].chars, *right.lines[0].chars])
    return b.x0 - a.x1 <= TOUCHING * size and abs(a.baseline - b.baseline) <= TOUCHING * size
