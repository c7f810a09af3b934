"""Ruled lines into grids of cells, by camelot.

Stands between the rules of a page and the text of its cells.  The only module that knows
camelot's internals (pinned to 2.0): its lattice parser groups the rules into tables and finds
their rows and columns.  It is handed the rules that pdfium saw and nothing else, which spares it
the page layout that takes 85 % of its time.  Two neighbours are one merged cell where little of
the edge between them is drawn; camelot's own edges drop a rule that ends between two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.geometry import Box

#: A straight line as camelot has it: x0, y0, x1, y1 with y upwards.
Segment = tuple[float, float, float, float]
#: For each inner edge of a grid, by row or column: whether its spans are drawn.
_Drawn = dict[int, list[bool]]
#: An edge is there when rules cover this share of it.
COVERED = 0.5
#: Rules nearer than this (points) lie on the same edge; camelot joins them alike.
NEAR = 2.0
#: Rules nearer than this (points), end to end or side by side, are drawn as one: the frames of
#: neighbouring cells that do not touch, dashes, the lines of a double rule.
ONE_RULE = 3.5
#: Rows and columns thinner than this (points) hold no text: the two lines of a double rule.
THINNEST = 4.0
#: A grid of so many cells or fewer that holds another one is its frame.
MOST_FRAME_CELLS = 3
#: Fewer rules than this make no table.
FEWEST_RULES = 4


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, merged ones whole: rows ``row`` to ``row_end`` (exclusive), and columns alike."""

    row: int
    col: int
    row_end: int
    col_end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid of one page.

    Attributes
    ----------
    page : int
        From 1.
    box : Box
        Points, in the page's reading frame.
    rows, cols : tuple of float
        The edges, top to bottom and left to right; one more than there are rows or columns.
    cells : tuple of GridCell
        In reading order; together they tile the grid.
    ruled : bool
        False where its edges were found from how words are aligned.
    """

    page: int
    box: Box
    rows: tuple[float, ...]
    cols: tuple[float, ...]
    cells: tuple[GridCell, ...]
    ruled: bool = True


def find_grids(page: Page) -> list[Grid]:
    """Find the ruled grids of a page, top to bottom.

    Parameters
    ----------
    page
        As read by :class:`~budgetkit.extraction.pdf.pages.Pdf`.

    Returns
    -------
    list of Grid
        Empty for a page of prose.  Near-empty grids are kept: an empty table is a statement.
    """
    if len(page.rules) < FEWEST_RULES:
        return []
    horizontal = _coalesce(page.rules, page.height, "horizontal")
    vertical = _coalesce(page.rules, page.height, "vertical")
    if len(horizontal) < 2 or len(vertical) < 1:
        return []
    vertical += _closing_sides(horizontal, vertical)
    parses = _camelot_tables(horizontal, vertical)
    grids = [grid for parse in parses if (grid := _grid(page, parse, horizontal, vertical))]
    return sorted(_without_frames(grids), key=lambda grid: (grid.box.top, grid.box.x0))


def _without_frames(grids: list[Grid]) -> list[Grid]:
    """Leave out grids that are no more than a frame around another one, and its title."""
    return [
        grid
        for grid in grids
        if len(grid.cells) > MOST_FRAME_CELLS
        or not any(other is not grid and _holds(grid.box, other.box) for other in grids)
    ]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 <= inner.x0
        and outer.top <= inner.top
        and outer.x1 >= inner.x1
        and outer.bottom >= inner.bottom
    )


def _camelot_tables(horizontal: list[Segment], vertical: list[Segment]) -> list[dict[str, Any]]:
    """Tables as camelot groups the rules, with ``row_anchors`` and ``col_anchors``."""
    from camelot.image_processing import find_joints_from_lines

    parser = _lattice()
    parser.vertical_segments, parser.horizontal_segments = vertical, horizontal
    joints = dict(find_joints_from_lines(horizontal, vertical))
    parser.table_bbox_parses = {bbox: {"joints": found} for bbox, found in joints.items()}
    parser._compute_table_anchors()
    return list(parser.table_bbox_parses.values())


def _closing_sides(horizontal: list[Segment], vertical: list[Segment]) -> list[Segment]:
    """Draw the sides of a table that leaves them open.

    camelot drops a grid of four crossings or fewer: a row alone on its page, with open
    sides and two inner rules.  Rows ruled to the same ends, with a rule between them, are
    closed at these ends.
    """
    sides = []
    levels = sorted(horizontal, key=lambda rule: -rule[1])
    for i, (x0, y, x1, _) in enumerate(levels):
        same_ends = (
            r for r in levels[i + 1 :] if abs(r[0] - x0) <= NEAR and abs(r[2] - x1) <= NEAR
        )
        below = next((rule[1] for rule in same_ends), None)
        if below is None:
            continue
        between = [
            rule[0]
            for rule in vertical
            if x0 - NEAR <= rule[0] <= x1 + NEAR and rule[1] <= below + NEAR and rule[3] >= y - NEAR
        ]
        if any(x0 + NEAR < x < x1 - NEAR for x in between):
            open_ends = [
                x for x in (x0, x1) if not any(abs(other - x) <= NEAR for other in between)
            ]
            sides += [(x, below, x, y) for x in open_ends]
    return sides


@cache
def _lattice() -> Any:
    from camelot.parsers import Lattice  # slow to import: only where a page has rules

    return Lattice(engine="vector")


def _coalesce(rules: Iterable[Rule], height: float, direction: str) -> list[Segment]:
    """One segment a printed rule, in camelot's frame (y upwards)."""
    from camelot.image_processing import coalesce_collinear_lines

    lines = [
        (rule.x0, height - rule.bottom, rule.x1, height - rule.top)
        for rule in rules
        if (rule.top == rule.bottom) == (direction == "horizontal")
    ]
    return list(coalesce_collinear_lines(lines, direction, ONE_RULE))


def _grid(
    page: Page, parse: dict[str, Any], horizontal: list[Segment], vertical: list[Segment]
) -> Grid | None:
    rows = _wide_enough([page.height - y for y in parse["row_anchors"]])
    cols = _wide_enough(parse["col_anchors"])
    if len(rows) < 2 or len(cols) < 2:
        return None
    across = [(page.height - y, x0, x1) for x0, y, x1, _ in horizontal]
    down = [(x, page.height - y1, page.height - y0) for x, y0, _, y1 in vertical]
    above = {i: _drawn(rows[i], pairwise(cols), across) for i in range(1, len(rows) - 1)}
    left = {i: _drawn(cols[i], pairwise(rows), down) for i in range(1, len(cols) - 1)}
    cells = tuple(_cells(rows, cols, above, left))
    return Grid(page.number, Box(cols[0], rows[0], cols[-1], rows[-1]), rows, cols, cells)


def _wide_enough(edges: list[float]) -> tuple[float, ...]:
    """Drop the second line of a double rule."""
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] >= THINNEST:
            kept.append(edge)
    return tuple(kept)


def _drawn(
    at: float, spans: Iterable[tuple[float, float]], segments: list[tuple[float, float, float]]
) -> list[bool]:
    """Whether rules cover each span along an edge."""
    near = [(lo, hi) for pos, lo, hi in segments if abs(pos - at) <= NEAR + THINNEST / 2]
    return [
        sum(max(0.0, min(hi, end) - max(lo, start)) for lo, hi in near) >= COVERED * (end - start)
        for start, end in spans
    ]


def _cells(
    rows: Sequence[float], cols: Sequence[float], above: _Drawn, left: _Drawn
) -> Iterator[GridCell]:
    """Grow each cell right, then down, until a drawn edge stops it."""
    n_rows, n_cols = len(rows) - 1, len(cols) - 1
    taken = [[False] * n_cols for _ in range(n_rows)]
    for row in range(n_rows):
        for col in range(n_cols):
            if taken[row][col]:
                continue
            col_end = col + 1
            while col_end < n_cols and not left[col_end][row] and not taken[row][col_end]:
                col_end += 1
            row_end = row + 1
            while row_end < n_rows and _is_open_above(row_end, col, col_end, above, left):
                row_end += 1
            for r in range(row, row_end):
                taken[r][col:col_end] = [True] * (col_end - col)
            box = Box(cols[col], rows[row], cols[col_end], rows[row_end])
            yield GridCell(row, col, row_end, col_end, box)


def _is_open_above(row: int, col: int, col_end: int, above: _Drawn, left: _Drawn) -> bool:
    """Whether the cell above a stretch of columns goes on into this row, with no edge inside it."""
    divided = any(left[edge][row] for edge in range(col + 1, col_end))
    return not divided and not any(above[row][col:col_end])
