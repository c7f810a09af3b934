"""Third step: each character into its cell, by its printed position.

A character belongs to the cell that holds its middle, told along the line that
it stands on: the box of ``.`` is low, that of ``一`` is thin.  A figure that
overflows its cell is put together again and marked as repaired.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from budgetkit.amounts import is_amount
from budgetkit.extraction.pdf.lines import Line, read_lines, type_size
from budgetkit.extraction.pdf.pages import Char, Page
from budgetkit.extraction.tables.grids import Grid, GridCell
from budgetkit.geometry import Box

#: Neighbours within a number stand nearer than this share of the type size.
TOUCHING = 0.35
#: Digits of one figure overlap by less than this share of their width.
OVERLAP = 0.3
_DIGITS = re.compile(r"[-−]?[\d,，.．]+")
_FIGURE = frozenset("0123456789.,-−，．")
#: Ideographs spaced to fill a cell.
_SPACED_OUT = re.compile(r"[\u4e00-\u9fff](\s+[\u4e00-\u9fff])+")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z]$"), re.compile(r"^[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what is printed in it.

    Attributes
    ----------
    row, col, row_end, col_end : int
        Its place in the grid, ends exclusive.
    text : str
        As printed, lines joined, spaces folded; empty where nothing stands.
    lines : tuple of Line
        The printed lines, with their characters.
    box : Box
        Of the cell, not of the text (points, reading frame).
    repaired : bool
        Put together from a figure that ran over its edges or over several lines.
    mixed : bool
        Figures of neighbours are printed over each other here and can't be told apart.
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
    mixed: bool = False


class FilledGrid(NamedTuple):
    """A grid with its cells filled, and the characters inside it that no cell took."""

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
    owner = {
        (row, col): i
        for i, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row_end)
        for col in range(cell.col, cell.col_end)
    }
    held: list[list[Char]] = [[] for _ in grid.cells]
    inside = list(_inside(grid.box, page.chars))
    places = []
    for char, middle in inside:
        row = bisect_right(grid.rows, middle) - 1
        col = bisect_right(grid.cols, (char.x0 + char.x1) / 2) - 1
        places.append(owner.get((row, col)))
    moved, mixed = _whole_figures([char for char, _ in inside], places, grid)
    for (char, _), index in zip(inside, places, strict=True):
        if index is not None:
            held[index].append(char)
    filled = [_cell(cell, chars, grid.page) for cell, chars in zip(grid.cells, held, strict=True)]
    for index in moved:
        filled[index] = replace(filled[index], repaired=True)
    for index in mixed:
        filled[index] = replace(filled[index], mixed=True)
    return FilledGrid(grid, tuple(_overflowed(filled)))


def _whole_figures(
    chars: Sequence[Char], places: list[int | None], grid: Grid
) -> tuple[list[int], list[int]]:
    """Give each figure that runs over the edges of its cell to one cell.

    A file prints a figure in one go, so it is whole even where it overlaps its neighbour.
    Tells the cells that took a figure, and those in which figures can't be told apart.
    """
    moved: list[int] = []
    mixed: list[int] = []
    start = 0
    for end in range(1, len(chars) + 1):
        if end < len(chars) and _goes_on(chars[end - 1], chars[end]):
            continue
        run, start = range(start, end), end
        over = any(_printed_over(chars[i - 1], chars[i]) for i in run[1:])
        if len({places[i] for i in run}) < 2 and not over:
            continue
        text = "".join(chars[i].text for i in run)
        figures = [] if over else _apart(text)
        for figure in figures:
            moved += _moved(run[figure.start() : figure.end()], chars, places, grid)
        if (
            not figures
            and "." in text
            and (over or not all(map(is_amount, _parts(run, chars, places))))
        ):
            mixed += [cell for i in run if (cell := places[i]) is not None]
    return moved, mixed


def _parts(run: range, chars: Sequence[Char], places: Sequence[int | None]) -> list[str]:
    """The characters of a run, by the cell that holds them."""
    cells = dict.fromkeys(places[i] for i in run)
    return ["".join(chars[i].text for i in run if places[i] == cell) for cell in cells]


def _apart(text: str) -> list[re.Match[str]]:
    """Figures that touch: 1,278.161,253.22 is two of two decimals each; empty for anything else."""
    decimals = len(text) - text.rfind(".") - 1
    if decimals == len(text) or not decimals:
        return list(re.compile(".+").finditer(text)) if is_amount(text) else []
    figure = re.compile(rf"[-−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)\.\d{{{decimals}}}")
    found = list(figure.finditer(text))
    return found if "".join(match.group() for match in found) == text else []


def _moved(run: range, chars: Sequence[Char], places: list[int | None], grid: Grid) -> list[int]:
    """Put one figure into one cell; empty where it stands in one, or falls into figures."""
    parts = _parts(run, chars, places)
    known = list(dict.fromkeys(cell for i in run if (cell := places[i]) is not None))
    if len(parts) < 2 or not known or all(map(is_amount, parts)):
        return []
    first, last = chars[run[0]], chars[run[-1]]
    index = _home(first.x0, last.x1, first.bottom - first.top, known, grid)
    for i in run:
        places[i] = index
    return [index]


def _printed_over(before: Char, char: Char) -> bool:
    """Whether two digits lie on each other: figures of two cells, one over the other."""
    return char.x0 < before.x1 - OVERLAP * (before.x1 - before.x0)


def _goes_on(before: Char, char: Char) -> bool:
    """Whether a character is printed right behind another, or over it, as figures are."""
    height = max(before.bottom - before.top, char.bottom - char.top)
    return (
        before.text in _FIGURE
        and char.text in _FIGURE
        and abs(char.baseline - before.baseline) <= 0.1 * height
        and -0.7 * height <= char.x0 - before.x1 <= TOUCHING * height
        and char.x0 > before.x0
    )


def _home(x0: float, x1: float, height: float, cells: Sequence[int], grid: Grid) -> int:
    """The cell that a figure is set in: it begins at the cell's left edge, or ends at its right."""
    boxes = [grid.cells[index].box for index in cells]
    covered = [min(x1, box.x1) - max(x0, box.x0) for box in boxes]
    begins = [0 <= x0 - box.x0 <= height for box in boxes]
    ends = [0 <= box.x1 - x1 <= height for box in boxes]
    centred = [abs((box.x0 + box.x1) - (x0 + x1)) <= 0.4 * height for box in boxes]
    for fits in (centred, begins, ends):
        if sum(fits) == 1:
            return cells[fits.index(True)]
    return cells[max(range(len(cells)), key=covered.__getitem__)]


def _inside(box: Box, chars: Iterable[Char]) -> Iterable[tuple[Char, float]]:
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


def _cell(cell: GridCell, chars: list[Char], page: int) -> Cell:
    lines = tuple(read_lines(chars)) if chars else ()
    text = join_lines(line.text for line in lines)
    wrapped = len(lines) > 1 and is_amount(text)
    return Cell(
        cell.row, cell.col, cell.row_end, cell.col_end, text, lines, cell.box, page, wrapped
    )


def _overflowed(cells: list[Cell]) -> list[Cell]:
    """Put a figure that a vertical rule cuts back into the cell that holds most of it."""
    by_place = {(cell.row, cell.col): i for i, cell in enumerate(cells)}
    for i in range(len(cells)):
        cell = cells[i]
        if not _fragment(cell):
            continue
        run = [i]
        while True:
            last = cells[run[-1]]
            j = by_place.get((last.row, last.col_end))
            if j is None or not _fragment(cells[j]) or not _touch(last, cells[j]):
                break
            run.append(j)
        if len(run) > 1:
            _merge(cells, run)
    return cells


def _merge(cells: list[Cell], run: list[int]) -> None:
    parts = [cells[i] for i in run]
    joined = "".join(part.text for part in parts)
    if not is_amount(joined) or all(is_amount(part.text) for part in parts):
        return
    chars = [char for part in parts for line in part.lines for char in line.chars]
    most = max(run, key=lambda i: sum(len(line.chars) for line in cells[i].lines))
    for i in run:
        lines = tuple(read_lines(chars)) if i == most else ()
        text = joined if i == most else ""
        cells[i] = replace(cells[i], lines=lines, text=text, repaired=i == most)


def _fragment(cell: Cell) -> bool:
    return len(cell.lines) == 1 and _DIGITS.fullmatch(cell.text) is not None


def _touch(left: Cell, right: Cell) -> bool:
    a, b = left.lines[0].chars[-1], right.lines[0].chars[0]
    size = type_size([*left.lines[0].chars, *right.lines[0].chars])
    return b.x0 - a.x1 <= TOUCHING * size and abs(a.baseline - b.baseline) <= TOUCHING * size
