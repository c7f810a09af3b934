"""Draw a grid of cells as a ruled table, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetkit.corpus.grid import Cell, GridTable
from budgetkit.corpus.model import Style
from budgetkit.corpus.paper import Paper, text_width, wrap

PAD = 3.0
RULE = 0.6
LEADING = 1.4


@dataclass(frozen=True)
class Placed:
    """A cell at its place in the grid, with its lines."""

    cell: Cell
    row: int
    col: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Strip:
    """A row, or a part of a row that a page break cuts, on one page."""

    row: int
    height: float
    first_line: int = 0
    last_line: int | None = None


@dataclass(frozen=True)
class Layout:
    """Placed cells, column edges (points from the left of the table), row heights."""

    placed: tuple[Placed, ...]
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    header_rows: int
    size: float


def lay_out(table: GridTable, width: float, style: Style) -> Layout:
    """Wrap the cells of a table into columns that together have a width.

    Parameters
    ----------
    table
        The grid.
    width
        Points.
    style
        How it is set.

    Returns
    -------
    Layout
    """
    rows = (*table.header, *table.body)
    spots = _spots(rows, len(table.widths))
    size = style.size
    widths = _widths(table, spots, width, size, style)
    while widths is None:
        size -= 0.5
        widths = _widths(table, spots, width, size, style)
    edges = [0.0]
    for part in widths:
        edges.append(edges[-1] + part)
    placed = []
    for cell, row, col in spots:
        room = edges[col + cell.cols] - edges[col] - 2 * PAD
        placed.append(Placed(cell, row, col, tuple(wrap(cell.text, room, size))))
    return Layout(
        tuple(placed), tuple(edges), _heights(placed, len(rows), size), len(table.header), size
    )


def draw_table(paper: Paper, table: GridTable, style: Style) -> None:
    """Draw a table from the cursor on, its head above it and its note below.

    Parameters
    ----------
    paper
        Drawn on.
    table
        The grid.
    style
        How it is set.
    """
    layout = lay_out(table, paper.width, style)
    _draw_head(paper, table, style)
    forced = dict(style.breaks).get(table.key, "")
    strips = [Strip(row, height) for row, height in enumerate(layout.heights)]
    header, body = strips[: layout.header_rows], strips[layout.header_rows :]
    again = header if style.repeat_header else []
    pages = _paginate(header, body, again, paper, layout, forced)
    landscape, turned = _orientation(table, style)
    for number, page in enumerate(pages):
        if number:
            paper.page(landscape, turned)
        _draw_strips(paper, page, layout, style, table)
    if table.note:
        paper.y -= 4
        paper.paragraph(table.note, 10.5, indent=0)


def head_height(table: GridTable) -> float:
    """Return the room that the lines above a table take, points."""
    return 16.0 * (table.label != "") + 28.0 * (table.title != "") + 18.0 * (table.left != "")


def _orientation(table: GridTable, style: Style) -> tuple[bool, bool]:
    return table.landscape, table.key in style.turned


def _draw_head(paper: Paper, table: GridTable, style: Style) -> None:
    if table.label:
        paper.y -= 14
        paper.text(paper.left, paper.y, table.label, 10.5)
    if table.title:
        paper.centered(table.title, 16, style.bold)
    if table.left or table.right:
        paper.y -= 16
        paper.text(paper.left, paper.y, table.left, 9.5)
        right = paper.left + paper.width - text_width(table.right, 9.5)
        paper.text(right, paper.y, table.right, 9.5)
    paper.y -= 5 if table.left else 12


def _spots(rows: Sequence[Sequence[Cell]], columns: int) -> list[tuple[Cell, int, int]]:
    """Give each cell its column as an HTML table does: the next one that no span covers."""
    taken: set[tuple[int, int]] = set()
    spots = []
    for row, cells in enumerate(rows):
        col = 0
        for cell in cells:
            while (row, col) in taken:
                col += 1
            if col + cell.cols > columns:
                raise ValueError(
                    f"row {row}: cell {cell.text!r} stands outside of {columns} columns"
                )
            spots.append((cell, row, col))
            taken |= {(row + i, col + j) for i in range(cell.rows) for j in range(cell.cols)}
    return spots


def _widths(
    table: GridTable,
    spots: Sequence[tuple[Cell, int, int]],
    width: float,
    size: float,
    style: Style,
) -> list[float] | None:
    """Share a width by weight, but give each number its room; ``None`` where it does not fit."""
    count = len(table.widths)
    least = [size * 1.2 + 2 * PAD] * count
    for cell, _, col in spots:
        if cell.number and cell.cols == 1:
            least[col] = max(least[col], text_width(cell.text, size) + 2 * PAD + 1)
        if cell.cols == 1 and cell.text.isdigit():
            least[col] = max(least[col], text_width(cell.text, size) + 2 * PAD + 0.5)
    if table.key in style.narrow:
        numbers = [col for cell, _, col in spots if cell.number]
        widest = max(set(numbers), key=lambda col: least[col], default=None)
        if widest is not None:
            narrow = (least[widest] - 2 * PAD) * 0.72 + 2 * PAD
            rest = width - narrow
            others = sum(w for i, w in enumerate(table.widths) if i != widest)
            shares = [w / others * rest for w in table.widths]
            shares[widest] = narrow
            return shares
    if sum(least) > width:
        return None
    shares = [weight / sum(table.widths) * width for weight in table.widths]
    for _ in range(count):
        short = [max(0.0, low - share) for low, share in zip(least, shares, strict=True)]
        if sum(short) < 0.01:
            break
        spare = [max(0.0, share - low) for low, share in zip(least, shares, strict=True)]
        give = sum(short) / sum(spare)
        shares = [s + n - p * give for s, n, p in zip(shares, short, spare, strict=True)]
    return shares


def _heights(placed: Sequence[Placed], rows: int, size: float) -> tuple[float, ...]:
    heights = [size * LEADING + 2 * PAD] * rows
    for spot in sorted(placed, key=lambda spot: spot.cell.rows):
        need = len(spot.lines) * size * LEADING + 2 * PAD
        covered = range(spot.row, min(spot.row + spot.cell.rows, rows))
        missing = need - sum(heights[row] for row in covered)
        if missing > 0:
            heights[covered[-1]] += missing
    return tuple(heights)


def _paginate(
    header: list[Strip],
    body: list[Strip],
    again: list[Strip],
    paper: Paper,
    layout: Layout,
    forced: str,
) -> list[list[Strip]]:
    """Deal the rows to pages, with one forced break if the style asks for it."""
    body, cut = _forced_break(body, layout, forced)
    pages = [list(header)]
    room = paper.room - sum(strip.height for strip in header)
    for number, strip in enumerate(body):
        full = strip.height > room and len(pages[-1]) > len(header if len(pages) == 1 else again)
        if full or number == cut:
            pages.append([] if forced and number == cut else list(again))
            room = paper.height - sum(strip.height for strip in pages[-1])
        pages[-1].append(strip)
        room -= strip.height
    return pages


def _forced_break(body: list[Strip], layout: Layout, forced: str) -> tuple[list[Strip], int]:
    if forced == "total":
        return body, len(body) - 1
    if forced == "middle":
        return body, len(body) // 2
    if forced == "cell":
        deep = _wrapped_rows(layout)
        candidates = [i for i, strip in enumerate(body) if strip.row in deep and i >= 2]
        if candidates:
            i = min(candidates, key=lambda i: abs(i - len(body) * 0.6))
            row, one = body[i].row, layout.size * LEADING + 2 * PAD
            parts = [
                Strip(row, one, 0, 1),
                Strip(row, max(one, body[i].height - layout.size * LEADING), 1),
            ]
            return [*body[:i], *parts, *body[i + 1 :]], i + 1
    return body, -1


def _wrapped_rows(layout: Layout) -> set[int]:
    """Return the rows that can be cut: a name of two lines or more, and no span through them."""
    spanned = {
        spot.row + i for spot in layout.placed if spot.cell.rows > 1 for i in range(spot.cell.rows)
    }
    deep = {s.row for s in layout.placed if len(s.lines) > 1 and not s.cell.number}
    numbers = {s.row for s in layout.placed if s.cell.number and len(s.lines) > 1}
    return deep - spanned - numbers


def _draw_strips(
    paper: Paper, strips: Sequence[Strip], layout: Layout, style: Style, table: GridTable
) -> None:
    tops = [paper.y]
    for strip in strips:
        tops.append(tops[-1] - strip.height)
    place = {strip.row: i for i, strip in enumerate(strips)}
    totals = {layout.header_rows + row for row in table.total_rows}
    across: set[tuple[int, int]] = set()
    down: set[tuple[int, int]] = set()
    for spot in layout.placed:
        seen = [place[r] for r in range(spot.row, spot.row + spot.cell.rows) if r in place]
        if not seen:
            continue
        first, last = min(seen), max(seen) + 1
        right = spot.col + spot.cell.cols
        across |= {(line, col) for line in (first, last) for col in range(spot.col, right)}
        down |= {(line, row) for line in (spot.col, right) for row in range(first, last)}
        if spot.row in place:
            strip = strips[first]
            lines = spot.lines[strip.first_line : strip.last_line]
            bold = style.bold if spot.row in totals else "none"
            if bold == "strike" and spot.cell.align == "right":
                bold = "none"  # a figure struck twice reads 6666..4400 to an independent reader
            _draw_lines(paper, spot, lines, tops[first], tops[last], layout, bold)
    if style.open_sides:
        down = {(line, row) for line, row in down if line not in (0, len(layout.edges) - 1)}
    _rule(paper, across, down, [paper.left + x for x in layout.edges], tops, style.lines)
    paper.y = tops[-1]


def _draw_lines(
    paper: Paper,
    spot: Placed,
    lines: Sequence[str],
    top: float,
    bottom: float,
    layout: Layout,
    bold: str,
) -> None:
    size = layout.size
    left = paper.left + layout.edges[spot.col] + PAD
    right = paper.left + layout.edges[spot.col + spot.cell.cols] - PAD
    leading = size * LEADING
    y = (top + bottom) / 2 + len(lines) * leading / 2 - size * 1.07
    for line in lines:
        spare = right - left - text_width(line, size)
        x = left + {"left": 0.0, "center": spare / 2, "right": spare}[spot.cell.align]
        stripped = line.lstrip(" ")
        x += text_width(" ", size) * 1.6 * (len(line) - len(stripped))
        paper.text(x, y, stripped, size, bold)
        y -= leading


def _rule(
    paper: Paper,
    across: set[tuple[int, int]],
    down: set[tuple[int, int]],
    xs: Sequence[float],
    ys: Sequence[float],
    lines: str,
) -> None:
    canvas = paper.canvas
    canvas.setLineWidth(RULE)
    for line, start, end in _runs(across):
        x0, x1, y = xs[start], xs[end], ys[line]
        if lines == "rect":
            canvas.rect(x0 - RULE / 2, y - RULE / 2, x1 - x0 + RULE, RULE, stroke=0, fill=1)
        else:
            canvas.line(x0, y, x1, y)
    for line, start, end in _runs(down):
        y0, y1, x = ys[start], ys[end], xs[line]
        if lines == "rect":
            canvas.rect(x - RULE / 2, y1 - RULE / 2, RULE, y0 - y1 + RULE, stroke=0, fill=1)
        else:
            canvas.line(x, y0, x, y1)


def _runs(segments: set[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Join unit segments (line, place) into (line, start, end)."""
    runs: list[tuple[int, int, int]] = []
    for line, place in sorted(segments):
        if runs and runs[-1][0] == line and runs[-1][2] == place:
            runs[-1] = (line, runs[-1][1], place + 1)
        else:
            runs.append((line, place, place + 1))
    return runs
