"""Pages built by hand: characters and rules where a test wants them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.extraction.tables.cells import fill_grid
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.extraction.tables.headers import Table, read_tables
from budgetkit.extraction.tables.sheets import Sheet, read_sheets

SIZE = 10.0
#: A header with merged cells: its texts, the numbers of its columns, the edges it lacks, widths.
HEADER = [["科目", "", "", "支出预算", "", ""], ["类", "款", "项", "合计", "基本支出", "项目支出"]]
NUMBERS = ["※", "※", "※", "1", "2", "3"]
MERGED = [("v", 0, 1), ("v", 0, 2), ("v", 0, 4), ("v", 0, 5)]
WIDTHS = [30, 30, 30, 80, 80, 80]


def text(words: str, x: float, baseline: float, size: float = SIZE) -> list[Char]:
    """Characters of a line: ideographs a type size wide, others half; low ones low."""
    chars = []
    for word in words:
        width = size if word > "\u2e80" else size / 2
        height = 0.15 * size if word in ".,，。" else 0.75 * size
        if word != " ":
            box = (x + 0.05 * width, baseline - height, x + 0.95 * width, baseline)
            chars.append(Char(word, *box, baseline))
        x += width
    return chars


def width_of(words: str, size: float = SIZE) -> float:
    """Printed width of a line, in points."""
    return sum(size if word > "\u2e80" else size / 2 for word in words)


def _table_rules(
    xs: Sequence[float], ys: Sequence[float], gone: set[tuple[str, int, int]]
) -> list[Rule]:
    across = [
        Rule(x0, y, x1, y)
        for i, y in enumerate(ys)
        for j, (x0, x1) in enumerate(pairwise(xs))
        if ("h", i, j) not in gone
    ]
    down = [
        Rule(x, y0, x, y1)
        for i, (y0, y1) in enumerate(pairwise(ys))
        for j, x in enumerate(xs)
        if ("v", i, j) not in gone
    ]
    return across + down


def table_page(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    above: Iterable[str] = (),
    below: Iterable[str] = (),
    number: int = 1,
    top: float = 100.0,
    height: float = 20.0,
    gone: Iterable[tuple[str, int, int]] = (),
) -> Page:
    """A page with one ruled table; ``gone`` names edges left out: ('v' or 'h', row, column)."""
    gone = set(gone)
    chars: list[Char] = []
    for i, line in enumerate(above):
        chars += text(line, 60, 40 + 15 * i)
    edges = [50.0]
    for width in widths:
        edges.append(edges[-1] + width)
    rules = _table_rules(edges, [top + i * height for i in range(len(rows) + 1)], gone)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if not cell:
                continue
            numeric = cell[0].isdigit()
            x = edges[j + 1] - 3 - width_of(cell) if numeric else edges[j] + 3
            chars += text(cell, x, top + i * height + 14)
    bottom = top + len(rows) * height
    for i, line in enumerate(below):
        chars += text(line, 60, bottom + 15 + 15 * i)
    return Page(number, 600, 850, tuple(chars), tuple(rules), 0, 0)


def sheets_of(*pages: Page) -> list[Sheet]:
    """Sheets of some pages."""
    return read_sheets([(p, [fill_grid(g, p) for g in find_grids(p)]) for p in pages])


def tables_of(*pages: Page) -> list[Table]:
    """Tables of some pages."""
    return read_tables(sheets_of(*pages))
