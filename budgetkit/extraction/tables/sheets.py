"""Fourth step: what stands around each grid, so that its table can be told.

A *sheet* is one grid on one page with the lines above and below it.  Its title
may stand on the page before; a sheet without a title may continue the table of
the page before, with its header repeated or with none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from budgetkit.amounts import printed_unit, squeeze
from budgetkit.codelists import title_rules
from budgetkit.extraction.pdf.lines import Line, read_lines
from budgetkit.extraction.pdf.pages import Char, Page
from budgetkit.extraction.tables.cells import Cell, FilledGrid
from budgetkit.extraction.tables.grids import Grid, GridCell
from budgetkit.geometry import Box

#: Lines above a grid in which its title, unit and department are sought.
LINES_ABOVE = 6
#: Lines below a grid in which its note is sought.
LINES_BELOW = 4
#: A title is no longer than this; a sentence is.
LONGEST_TITLE = 60
#: Running heads and feet stand in this share of the page's height.
RUNNING_MARGIN = 0.1
#: More than this (characters) above a grid is prose, so the grid continues nothing.
LONGEST_RUNNING_HEAD = 30

_PROSE = re.compile(r"[。；;]|[,，].*[,，]")
_NUMBERED = re.compile(
    r"^(公开|附件|附)?表?[\d一二三四五六七八九十]+(表[:：、.]?|[:：、.])|^(公开|附)?表[\d一二三四五六七八九十]+"
)
_NUMBER_ONLY = re.compile(r"^(附件|附|公开)?表?[\d一二三四五六七八九十]+表?[:：]?$")
_PAGE_NUMBER = re.compile(r"^[-—–·\s第]*\d{1,3}[-—–·\s页]*$")
_DEPARTMENT = re.compile(
    r"^(?:编制|预算|填报)?(?:部门|单位)(?:名称)?[(（]?(?:盖章|公章)?[)）]?[:：](.+)$"
)
_NOTE = re.compile(
    r"^(注|备注|说明|附注)[:：]?|空表|没有使用|无.{0,30}(安排|支出|预算|拨款|收入)|未安排"
)


class Title(NamedTuple):
    """A title that the lists know, and the table that it names."""

    text: str
    table: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid with what stands around it.

    Attributes
    ----------
    page : int
        From 1.
    filled : FilledGrid
        Its cells.
    above, below : tuple of str
        Lines around it, nearest last above and nearest first below.
    title : Title or None
        As found above or in its first rows.
    unit : str or None
        As stated above it.
    department : str
        As stated above it, else empty.
    skip_rows : int
        Leading rows that hold the title or the unit, not the table.
    fresh : bool
        Whether prose or another grid stands between it and the page before.
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


def find_title(lines: Sequence[str]) -> Title | None:
    """Find the title among the lines above a grid, the nearest first.

    Parameters
    ----------
    lines
        Top to bottom.

    Returns
    -------
    Title or None
        None where no line reads as a title that ``titles.csv`` knows.

    Examples
    --------
    >>> find_title(["表 3", "部门支出总体情况表", "编制部门：某局 单位：万元"])
    Title(text='部门支出总体情况表', table='expenditure')
    >>> find_title(["以上见一般公共预算支出表，不另列。"]) is None
    True
    """
    kept = [line for line in lines if _may_be_title(line)]
    for i in range(len(kept) - 1, -1, -1):
        for text in _readings(kept, i):
            table = title_table(text)
            if table:
                return Title(re.sub(r"\s+", " ", text).strip(), table)
    return None


def _may_be_title(line: str) -> bool:
    return not (printed_unit(line) or _stated_department(line) or _NUMBER_ONLY.match(squeeze(line)))


def _readings(lines: Sequence[str], i: int) -> Iterable[str]:
    """A title of two lines comes before its second line alone: 支出预算表 says too little."""
    line, before = squeeze(lines[i]), squeeze(lines[i - 1]) if i else ""
    if before and not _NUMBERED.match(line) and not _any_ending().search(before):
        yield lines[i - 1] + lines[i]
    yield lines[i]


def title_table(text: str) -> str | None:
    """Tell which table a title names; None for anything else."""
    plain = re.sub(r"[“”\"'《》〈〉]", "", squeeze(text))
    if len(plain) > LONGEST_TITLE or _PROSE.search(plain):
        return None
    if not _any_ending().search(plain):
        return None
    plain = _NUMBERED.sub("", plain)
    plain = re.sub(r"\d{4}年(度)?", "", plain)
    for rule in title_rules():
        if rule.pattern.search(plain) and rule.ends.search(plain):
            return rule.table
    return None


@cache
def _any_ending() -> re.Pattern[str]:
    """How any title ends: most lines are told from titles by this alone."""
    return re.compile("|".join(sorted({rule.ends.pattern for rule in title_rules()})))


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
    sheets: list[Sheet] = []
    tail: tuple[str, ...] = ()
    prose: Page | None = None
    pages = list(pages)
    running_lines = _running([page for page, grids in pages if grids])
    for page, grids in pages:
        if not grids:
            tail, prose = (), page
            continue
        parts = [part for grid in grids for part in _apart(grid)]
        grids = [part for part in parts if not _is_caption(part)]
        bands = _bands(page, [grid.grid.box for grid in grids], running_lines)
        for i, grid in enumerate(grids):
            above = bands[i]
            running = i == 0 and all(len(squeeze(line)) <= LONGEST_RUNNING_HEAD for line in above)
            if not i and prose is not None and running and not find_title(above):
                tail = _announced(prose)
            titled = above if find_title(above) or i or not running else (*tail, *above)
            sheets.append(_sheet(page.number, grid, titled, bands[i + 1], fresh=not running))
        tail, prose = bands[-1][-3:] if parts else (), None
    return sheets


def _announced(page: Page) -> tuple[str, ...]:
    """Last lines of a page of prose where they announce the table that begins overleaf.

    Several titles there are a table of contents.
    """
    lines = [line.text for line in read_lines(page.chars) if not _PAGE_NUMBER.match(line.text)]
    lines = lines[-3:]
    titles = [i for i, line in enumerate(lines) if title_table(line)]
    captions = lines[titles[0] + 1 :] if len(titles) == 1 else ["no title"]
    return () if any(map(_may_be_title, captions)) else tuple(lines)


def _is_caption(filled: FilledGrid) -> bool:
    """Whether a grid is only the titled head of a table that begins on the next page."""
    return all(
        title_table(cell.text) or not _may_be_title(cell.text) for cell in filled.cells
    ) and any(title_table(cell.text) for cell in filled.cells)


def _apart(filled: FilledGrid) -> list[FilledGrid]:
    """Cut a grid before each title that is set as a row of it: tables that touch."""
    grid, width = filled.grid, len(filled.grid.cols) - 1
    starts = [
        cell.row
        for cell in filled.cells
        if cell.row and cell.col_end - cell.col == width and title_table(cell.text)
    ]
    if not starts:
        return [filled]
    parts = []
    for first, end in pairwise([0, *starts, len(grid.rows) - 1]):
        cells = [cell for cell in filled.cells if first <= cell.row < end]
        cols = sorted({col for cell in cells for col in (cell.col, cell.col_end)})
        place = {col: i for i, col in enumerate(cols)}
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
        box = Box(grid.box.x0, grid.rows[first], grid.box.x1, grid.rows[end])
        rows = grid.rows[first : end + 1]
        part = Grid(
            grid.page,
            box,
            rows,
            tuple(grid.cols[col] for col in cols),
            tuple(GridCell(c.row, c.col, c.row_end, c.col_end, c.box) for c in own),
        )
        parts.append(FilledGrid(part, own))
    return parts


def _sheet(
    page: int, filled: FilledGrid, above: tuple[str, ...], below: tuple[str, ...], *, fresh: bool
) -> Sheet:
    inside = _banner(filled)
    lines = (*above[-LINES_ABOVE:], *inside)
    units = [unit for unit in map(printed_unit, lines) if unit]
    departments = [name for name in map(_stated_department, lines) if name]
    return Sheet(
        page,
        filled,
        lines,
        below[:LINES_BELOW],
        find_title(lines),
        units[-1] if units else None,
        departments[-1] if departments else "",
        len(inside),
        fresh,
    )


def _banner(filled: FilledGrid) -> list[str]:
    """Texts of leading rows that are one cell across: a title set inside its own grid."""
    width = len(filled.grid.cols) - 1
    texts = []
    for row in filled.by_row():
        if len(row) != 1 or row[0].col_end - row[0].col != width or width < 2:
            break
        texts.append(row[0].text)
    return texts


def _stated_department(line: str) -> str:
    found = _DEPARTMENT.match(re.split(r"(金额)?单位[:：](?=\S{0,3}元)", squeeze(line))[0])
    return found.group(1) if found else ""


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
        if n >= often and text and _may_be_title(text) and not title_table(text)
    )


def _undated(text: str) -> str:
    """A running line without what changes from page to page."""
    return re.sub(r"[\d\s]", "", text)


def _bands(
    page: Page, boxes: list[Box], running: frozenset[str] = frozenset()
) -> list[tuple[str, ...]]:
    """Lines before the first grid, between grids, and after the last one."""
    edges = [(box.top, box.bottom) for box in boxes]
    bands: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in read_lines(outside(page.chars, boxes)):
        middle = (line.box.top + line.box.bottom) / 2
        band = sum(middle > bottom for _, bottom in edges)
        at_end = band in (0, len(edges))
        known = _PAGE_NUMBER.match(line.text) or _undated(line.text) in running
        if not (at_end and known):
            bands[band].append(line)
    return [tuple(line.text for line in band) for band in bands]


def outside(chars: Iterable[Char], boxes: Iterable[Box]) -> list[Char]:
    """Give the characters whose middle stands in no box."""
    free = list(chars)
    for x0, top, x1, bottom in boxes:
        free = [
            char
            for char in free
            if not (
                top <= (char[2] + char[4]) / 2 <= bottom and x0 <= (char[1] + char[3]) / 2 <= x1
            )
        ]
    return free


def note_of(sheet: Sheet) -> str:
    """Give the note below a table, or in its first column: why it is empty, what it leaves out."""
    found: list[str] = []
    for line in sheet.below:
        plain = squeeze(line)
        if _NOTE.search(plain) or (found and not title_table(line) and not printed_unit(line)):
            found.append(line.strip())
            if plain.endswith("。"):
                break
        elif not found:
            continue
        else:
            break
    return "".join(found)


def empty_note(cells: Iterable[Cell]) -> str:
    """Give a note that stands in a cell: 此表为空."""
    return next((cell.text for cell in cells if "空" in cell.text and _NOTE.search(cell.text)), "")
