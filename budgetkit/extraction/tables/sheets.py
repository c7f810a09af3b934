"""Each grid with what stands around it: title, unit, department and note.

Stands between filled grids and the header of a table.  A *sheet* is one grid on one page with
the lines above and below it.  Its title may stand on the page before; a sheet without a title
may continue the table of the page before, with its header repeated or with none.

Longer than most by the ways in which a grid carries its own title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkit.amounts import (
    is_amount,
    parse_number,
    printed_unit,
    squeeze,
    unit_in_brackets,
)
from budgetkit.extraction.pdf.lines import Line, read_lines
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import Cell, FilledGrid
from budgetkit.extraction.tables.grids import Grid, GridCell
from budgetkit.extraction.tables.titles import (
    Title,
    find_title,
    may_be_title,
    stated_department,
    title_table,
)
from budgetkit.geometry import Box

#: Lines above a grid in which its title, unit and department are sought.
LINES_ABOVE = 6
#: Lines below a grid in which its note is sought.
LINES_BELOW = 4
#: Running heads and feet stand in this share of the page's height.
RUNNING_MARGIN = 0.1
#: More than this (characters) above a grid is prose, so the grid continues nothing.
LONGEST_RUNNING_HEAD = 30

#: A grid has a header of at most this many rows before another table can begin in it.
_HEADER_ROWS = 2

_PAGE_NUMBER = re.compile(r"^[-—–·\s第]*\d{1,3}[-—–·\s页]*$")
#: What stands between the texts of neighbouring cells in one line: gaps, and amounts.
_BETWEEN_CELLS = re.compile(r"\s+|\d[\d,]*\.\d{2,6}")
_NOTE = re.compile(
    r"^(注|备注|说明|附注)[:：]?|空表|没有使用|无.{0,30}(安排|支出|预算|拨款|收入)|未安排"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid with what stands around it.

    Title, unit and department are as stated in the lines above it or in its first rows;
    ``skip_rows`` of these rows hold nothing else.  It is ``fresh`` where prose or another grid
    stands between it and the page before.
    """

    page: int
    filled: FilledGrid
    above: tuple[str, ...]
    below: tuple[str, ...]
    title: Title | None
    unit: str | None
    department: str
    skip_rows: int
    fresh: bool


def read_sheets(pages: Iterable[tuple[Page, Sequence[FilledGrid]]]) -> list[Sheet]:
    """Put around each grid the lines that stand above and below it.

    Parameters
    ----------
    pages
        Every page with its grids, top to bottom; pages without grids too.

    Returns
    -------
    list of Sheet
        In reading order.
    """
    pages = [half for page, grids in pages for half in _two_up(page, grids)]
    running_lines = _running([page for page, grids in pages if grids])
    sheets: list[Sheet] = []
    tail: tuple[str, ...] = ()  # below the last table of the page before
    prose: Page | None = None  # the page before, where no table stands on it
    held: Sequence[FilledGrid] = ()  # grids of the page before
    for page, grids in pages:
        if not grids:
            tail, prose, held = (), page, ()
            continue
        parts = [part for grid in grids for part in _apart(grid) if not _is_caption(part)]
        bands = _bands(page, [part.grid.box for part in parts], running_lines)
        for i, part in enumerate(parts):
            above = _without_hidden(bands[i], held) if i == 0 else bands[i]
            undivided = i == 0 and all(len(squeeze(x)) <= LONGEST_RUNNING_HEAD for x in above)
            if undivided and not find_title(above):
                above = (*(_announced(prose) if prose else tail), *above)
            sheet = _sheet(page.number, part, above, bands[i + 1], fresh=not undivided)
            if sheet.unit is None and i and part.grid.box.top == parts[i - 1].grid.box.bottom:
                sheet = replace(sheet, unit=sheets[-1].unit)
            sheets.append(sheet)
        tail, prose, held = bands[-1][-3:], None, grids
    return sheets


def _two_up(page: Page, grids: Sequence[FilledGrid]) -> list[tuple[Page, Sequence[FilledGrid]]]:
    """Two pages that are printed side by side on one: each has a title above its grids."""
    if len(grids) < 2:
        return [(page, grids)]
    first, last = (pick(grids, key=lambda g: g.grid.box.x0).grid.box for pick in (min, max))
    middle = (first.x1 + last.x0) / 2
    crossed = any(g.grid.box.x0 < middle < g.grid.box.x1 for g in grids)
    if first.x1 >= last.x0 or crossed:
        return [(page, grids)]
    halves: list[tuple[Page, Sequence[FilledGrid]]] = []
    for right in (False, True):
        own = [g for g in grids if (g.grid.box.x0 > middle) == right]
        chars = tuple(c for c in page.chars if (c.x0 > middle) == right)
        top = own[0].grid.box.top
        if not find_title([x.text for x in read_lines(c for c in chars if c.bottom < top)]):
            return [(page, grids)]
        halves.append((replace(page, chars=chars), own))
    return halves


def _without_hidden(lines: tuple[str, ...], before: Sequence[FilledGrid]) -> tuple[str, ...]:
    """Leave out lines above a grid that its cells printed on the page before.

    A spreadsheet writes a cell that a page break cuts on both pages, and hides the part that
    stands outside of the table.
    """
    if not before or all(len(squeeze(line)) <= LONGEST_RUNNING_HEAD for line in lines):
        return lines
    held = squeeze("".join(cell.text for filled in before for cell in filled.cells))
    return tuple(
        line
        for line in lines
        if not all(squeeze(part) in held for part in _BETWEEN_CELLS.split(line))
    )


def _announced(page: Page) -> tuple[str, ...]:
    """Last lines of a page of prose where they announce the table that begins overleaf.

    Several titles there are a table of contents.
    """
    lines = [line.text for line in read_lines(page.chars) if not _PAGE_NUMBER.match(line.text)]
    lines = lines[-3:]
    titles = [i for i, line in enumerate(lines) if title_table(line)]
    if len(titles) != 1 or any(map(may_be_title, lines[titles[0] + 1 :])):
        return ()
    return tuple(lines)


def _is_caption(filled: FilledGrid) -> bool:
    """Whether a grid is only the titled head of a table that begins on the next page."""
    return all(
        title_table(cell.text) or not may_be_title(cell.text) for cell in filled.cells
    ) and any(title_table(cell.text) for cell in filled.cells)


def _apart(filled: FilledGrid) -> list[FilledGrid]:
    """Cut a grid before each title that is set as a row of it: tables that touch."""
    width = len(filled.grid.cols) - 1
    titled = [
        cell.row
        for cell in filled.cells
        if cell.row and cell.col_end - cell.col == width and title_table(cell.text)
    ]
    captions = _captions_within(filled)
    starts = sorted({*titled, *captions})
    if not starts:
        return [filled]
    if captions:
        filled = _headed_again(filled, captions)
    return [_rows_of(filled, *span) for span in pairwise([0, *starts, len(filled.grid.rows) - 1])]


def _captions_within(filled: FilledGrid) -> list[int]:
    """Rows that hold one text alone, below which the header of the grid is printed again."""
    texts = [[squeeze(cell.text) for cell in row if cell.text] for row in filled.by_row()]
    head = {text for row in texts[:_HEADER_ROWS] for text in row}
    return [
        row
        for row, (own, below) in enumerate(pairwise(texts))
        if row >= _HEADER_ROWS
        and len(own) == 1
        and len(below) > 1
        and sum(text in head for text in below) * 2 > len(below)
        and not any(is_amount(text) or text.isdigit() for text in below)
    ]


def _headed_again(filled: FilledGrid, captions: Sequence[int]) -> FilledGrid:
    """Repeat the first header where the header below a caption leaves a column blank."""
    head = {c.col: c for c in filled.cells if c.row < _HEADER_ROWS and c.text}
    return filled._replace(
        cells=tuple(
            replace(cell, text=head[cell.col].text, lines=head[cell.col].lines)
            if cell.row - 1 in captions and not cell.text and cell.col in head
            else cell
            for cell in filled.cells
        )
    )


def _rows_of(filled: FilledGrid, first: int, end: int) -> FilledGrid:
    """Some rows of a grid as a grid of their own, with the columns that they use."""
    grid = filled.grid
    cells = [cell for cell in filled.cells if first <= cell.row < end]
    used = sorted({col for cell in cells for col in (cell.col, cell.col_end)})
    place = {col: i for i, col in enumerate(used)}
    own = tuple(
        replace(
            cell,
            row=cell.row - first,
            row_end=cell.row_end - first,
            col=place[cell.col],
            col_end=place[cell.col_end],
        )
        for cell in cells
    )
    part = Grid(
        page=grid.page,
        box=Box(grid.box.x0, grid.rows[first], grid.box.x1, grid.rows[end]),
        rows=grid.rows[first : end + 1],
        cols=tuple(grid.cols[col] for col in used),
        cells=tuple(GridCell(c.row, c.col, c.row_end, c.col_end, c.box) for c in own),
        ruled=grid.ruled,
    )
    return FilledGrid(part, own)


def _sheet(
    page: int, filled: FilledGrid, above: tuple[str, ...], below: tuple[str, ...], *, fresh: bool
) -> Sheet:
    inside = _banner(filled)
    lines = (*above[-LINES_ABOVE:], *inside)
    title = find_title(lines)
    # Above the table, else in its title, else in a note below it.
    stated = [unit for unit in map(printed_unit, lines) if unit][-1:]
    in_title = [title and unit_in_brackets(title.text)]
    units = filter(None, (*stated, *in_title, *map(printed_unit, below[:LINES_BELOW])))
    departments = [name for name in map(stated_department, lines) if name]
    if title is None and (caption := _caption_of_part(filled)):
        title = Title(caption, title_table(f"{caption}表") or "")
        inside = [caption]
    return Sheet(
        page=page,
        filled=filled,
        above=lines,
        below=below[:LINES_BELOW],
        title=title,
        unit=next(units, None),
        department=departments[-1] if departments else "",
        skip_rows=len(inside),
        fresh=fresh,
    )


def _caption_of_part(filled: FilledGrid) -> str:
    """The text that stands alone in the first row of a grid, above a header, else empty."""
    rows = [[cell.text for cell in row if cell.text] for row in filled.by_row()[:2]]
    if len(rows) < 2 or len(rows[0]) != 1 or len(rows[1]) < 2:
        return ""
    is_head = not any(parse_number(text) is not None for text in rows[1])
    return rows[0][0] if is_head and title_table(f"{rows[0][0]}表") else ""


def _banner(filled: FilledGrid) -> list[str]:
    """Texts of the leading rows of a grid that hold its title, its unit, or nothing.

    A row of one cell across is one of them, and so is a row whose texts are all captions.
    """
    width = len(filled.grid.cols) - 1
    texts: list[str] = []
    empty: list[str] = []
    for row in filled.by_row():
        found = [cell.text for cell in row if cell.text]
        across = len(row) == 1 and row[0].col_end - row[0].col == width and width > 1
        if found and not across and not all(map(_is_caption_text, found)):
            break
        empty.append("  ".join(found))
        if found:
            texts, empty = texts + empty, []
    return texts


def _is_caption_text(text: str) -> bool:
    numbered = "表" in text and not may_be_title(text)
    return bool(numbered or title_table(text) or printed_unit(text) or stated_department(text))


def _running(pages: Sequence[Page]) -> frozenset[str]:
    """Lines that stand at the head or foot of most pages; no title, unit or department."""
    counts: Counter[str] = Counter()
    for page in pages:
        edge = RUNNING_MARGIN * page.height
        chars = [c for c in page.chars if c.baseline < edge or c.baseline > page.height - edge]
        counts.update({_undated(line.text) for line in read_lines(chars)})
    often = max(3, 0.6 * len(pages))
    return frozenset(
        text
        for text, n in counts.items()
        if n >= often and text and may_be_title(text) and not title_table(text)
    )


def _undated(text: str) -> str:
    """A running line without what changes from page to page."""
    return re.sub(r"[\d\s]", "", text)


def _bands(page: Page, boxes: Sequence[Box], running: frozenset[str]) -> list[tuple[str, ...]]:
    """Lines before the first grid, between grids, and after the last one."""
    edges = [(box.top, box.bottom) for box in boxes]
    bands: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in read_lines(page.chars_outside(boxes)):
        middle = (line.box.top + line.box.bottom) / 2
        band = sum(middle > bottom for _, bottom in edges)
        at_end = band in (0, len(edges))
        known = _PAGE_NUMBER.match(line.text) or _undated(line.text) in running
        if not (at_end and known):
            bands[band].append(line)
    return [tuple(line.text for line in band) for band in bands]


def note_of(sheet: Sheet) -> str:
    """Return the note below a table: why it is empty, or what it leaves out."""
    found: list[str] = []
    for line in sheet.below:
        plain = squeeze(line)
        goes_on = found and not title_table(line) and not printed_unit(line)
        if _NOTE.search(plain) or goes_on:
            found.append(line.strip())
            if plain.endswith("。"):
                break
        elif found:
            break
    return "".join(found)


def empty_note(cells: Iterable[Cell]) -> str:
    """Return a note that stands in a cell, such as 此表为空, else empty."""
    return next((cell.text for cell in cells if "空" in cell.text and _NOTE.search(cell.text)), "")
