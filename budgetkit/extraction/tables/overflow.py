"""Figures that run over the edges of their cells, put whole into one cell.

Stands between the characters of a grid and its filled cells.  A file prints a figure in one
go, so that it is whole even where it overlaps its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetkit.amounts import is_amount
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.tables.grids import Grid
from budgetkit.numerals import MINUS, fold_digits

#: Neighbours within a number stand nearer than this share of the type size.
TOUCHING = 0.35
#: Digits of one figure overlap by less than this share of their width.
OVERLAP = 0.3
#: What figures consist of, a glyph without a name included: it may be a digit.
_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．'’()（）¥￥\ufffd" + MINUS)
#: Digits that are spread over a cell stand within this (type heights) of each other.
SPREAD = 1.6


class WholeFigures(NamedTuple):
    """The cell of each character by its index, every figure in one cell; None for no cell.

    ``repaired`` are cells that took a figure which ran over their edges, ``mixed`` those in which
    figures are printed over each other and can't be told apart.
    """

    places: list[int | None]
    repaired: set[int]
    mixed: set[int]


def keep_figures_whole(
    chars: Sequence[Char], places: Sequence[int | None], grid: Grid
) -> WholeFigures:
    """Give each figure that runs over the edges of its cell to one cell.

    Parameters
    ----------
    chars
        Characters inside the grid, in the order of the file.
    places
        For each of them the index of the cell that holds its middle.
    grid
        With the cells.

    Returns
    -------
    WholeFigures
        The same places, but for figures that were cut.
    """
    whole = WholeFigures(list(places), set(), set())
    for run in (*_runs(chars), *_spread_runs(chars)):
        cells = {whole.places[i] for i in run}
        printed_over = any(_overlap(chars[i], chars[j]) for i, j in pairwise(run))
        if len(cells) == 1 and not printed_over:
            continue
        text = fold_digits("".join(chars[i].text for i in run))
        figures = [] if printed_over else _figures(text)
        for start, end in figures:
            _move(run[start:end], chars, whole, grid)
        cut_apart = printed_over or not all(map(is_amount, _parts(run, chars, whole.places)))
        if not figures and "." in text and cut_apart:
            whole.mixed.update(cell for cell in cells if cell is not None)
    return whole


def _runs(chars: Sequence[Char]) -> Iterator[range]:
    """Characters that are printed in one go, as a figure of several is."""
    start = 0
    for end in range(1, len(chars) + 1):
        if end == len(chars) or not _goes_on(chars[end - 1], chars[end]):
            if end - start > 1:
                yield range(start, end)
            start = end


def _spread_runs(chars: Sequence[Char]) -> Iterator[list[int]]:
    """Characters of figures between whose digits the file prints spaces: 1 5 0 . 0 0."""
    if not any(char.text == " " and char.x1 > char.x0 for char in chars):
        return  # pdfium's own spaces have no width
    run: list[int] = []
    for i in range(len(chars)):
        if run and _is_spread_on(run[-1], i, chars):
            run.append(i)
        elif chars[i].text != " ":
            if len(run) > 3:
                yield run
            run = [i] if chars[i].text in _FIGURE else []
    if len(run) > 3:
        yield run


def _is_spread_on(last: int, i: int, chars: Sequence[Char]) -> bool:
    """Whether a character is that after the next space, as far from it as spread digits are."""
    before, char = chars[last], chars[i]
    height = max(before.bottom - before.top, char.bottom - char.top)
    return (
        i == last + 2
        and chars[last + 1].text == " "
        and chars[last + 1].x1 > chars[last + 1].x0
        and char.text in _FIGURE
        and abs(char.baseline - before.baseline) <= 0.1 * height
        and before.x0 < char.x0 <= before.x1 + SPREAD * height
    )


def _goes_on(before: Char, char: Char) -> bool:
    """Whether a character is printed right behind another, or over it, as figures are."""
    if before.text not in _FIGURE or char.text not in _FIGURE:
        return False
    height = max(before.bottom - before.top, char.bottom - char.top)
    return (
        abs(char.baseline - before.baseline) <= 0.1 * height
        and -0.7 * height <= char.x0 - before.x1 <= TOUCHING * height
        and char.x0 > before.x0
    )


def _overlap(before: Char, char: Char) -> bool:
    """Whether two digits lie on each other: figures of two cells, one over the other."""
    return char.x0 < before.x1 - OVERLAP * (before.x1 - before.x0)


def _figures(text: str) -> list[tuple[int, int]]:
    """Where the figures of a run begin and end; empty where it does not fall into figures.

    Figures that touch are told apart by their decimals: 1,278.161,253.22 is two of two each.
    """
    decimals = len(text.rpartition(".")[2])
    if "." not in text or not decimals:
        return [(0, len(text))] if is_amount(text) else []
    decimals -= text.endswith(")")
    figure = re.compile(
        rf"[{MINUS}(¥]*(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)\.[0-9]{{{decimals}}}\)?"
    )
    found = list(figure.finditer(text))
    return [m.span() for m in found] if "".join(m.group() for m in found) == text else []


def _parts(run: Sequence[int], chars: Sequence[Char], places: Sequence[int | None]) -> list[str]:
    """The characters of a run, by the cell that holds them."""
    cells = dict.fromkeys(places[i] for i in run)
    return ["".join(chars[i].text for i in run if places[i] == cell) for cell in cells]


def _move(figure: Sequence[int], chars: Sequence[Char], whole: WholeFigures, grid: Grid) -> None:
    """Put one figure into one cell, but where it stands in one or falls into whole amounts."""
    parts = _parts(figure, chars, whole.places)
    known = dict.fromkeys(cell for i in figure if (cell := whole.places[i]) is not None)
    if len(parts) < 2 or not known or all(map(is_amount, parts)):
        return
    home = _home(chars[figure[0]], chars[figure[-1]], list(known), grid)
    for i in figure:
        whole.places[i] = home
    whole.repaired.add(home)


def _home(first: Char, last: Char, cells: Sequence[int], grid: Grid) -> int:
    """The cell that a figure is set in: centred, else at its left edge, else at its right.

    Where that fits no cell, or several, it is the cell that holds most of the figure.
    """
    x0, x1, height = first.x0, last.x1, first.bottom - first.top
    boxes = [grid.cells[index].box for index in cells]
    centred = [abs((box.x0 + box.x1) - (x0 + x1)) <= 0.4 * height for box in boxes]
    begins = [0 <= x0 - box.x0 <= height for box in boxes]
    ends = [0 <= box.x1 - x1 <= height for box in boxes]
    for fits in (centred, begins, ends):
        if sum(fits) == 1:
            return cells[fits.index(True)]
    covered = [min(x1, box.x1) - max(x0, box.x0) for box in boxes]
    return cells[covered.index(max(covered))]
