"""Sheets into tables: where a header ends, and which pages belong together.

Continuation pages are fitted to the columns of the first page by where they stand, since a row of
合计 alone on a page may have fewer cells.

Longer than most, since every way in which pages go on is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetkit.amounts import is_amount, parse_number, squeeze
from budgetkit.extraction.tables.cells import Cell
from budgetkit.extraction.tables.columns import (
    ORDINAL,
    Column,
    is_side_by_side,
    label_role,
    resolve_columns,
)
from budgetkit.extraction.tables.header_grammar import read_path
from budgetkit.extraction.tables.page_breaks import (
    CODE,
    ITEM,
    TOTAL,
    Placed,
    TableRow,
    join_split,
    texts_of,
)
from budgetkit.extraction.tables.sheets import Sheet, empty_note, note_of
from budgetkit.extraction.tables.side_by_side import beside, same_kinds
from budgetkit.extraction.tables.titles import Title, may_be_title

#: Vertical edges nearer than this (points) are the same column on two pages.
SAME_EDGE = 6.0
#: A repeated header row takes this share of its characters from the first header, and the rows
#: together repeat at least half of it.
SAME_HEADER, HALF_HEADER = 0.8, 0.5
#: A header is no deeper than this many rows.
DEEPEST_HEADER = 6

#: Tables that are forms, one a project: the same title again is another form.
FORMS = frozenset({"performance_project", "performance_overall"})

#: Marks of a title that goes on: (续), 续表一.
_CONTINUED = re.compile(r"[(（]续.{0,3}[)）]|^续表?.?[:：]?|续表?.?$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table over all its pages.

    Attributes
    ----------
    table : str
        Canonical id; empty where no title is known.
    title : str
        As printed.
    unit : str or None
        As stated, None where it is not.
    department : str
        As stated above it.
    columns : tuple of Column
    header : tuple of TableRow
        As printed, for showing.
    rows : tuple of TableRow
        Without header and column numbers.
    sheets : tuple of Sheet
        The pages that it came from.
    note : str
        Printed below or in it.
    is_side_by_side : bool
        Whether it prints revenue and expenditure side by side, each with rows of its own.
    """

    table: str
    title: str
    unit: str | None
    department: str
    columns: tuple[Column, ...]
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    sheets: tuple[Sheet, ...]
    note: str
    is_side_by_side: bool = False

    @property
    def pages(self) -> tuple[int, ...]:
        """Pages that it stands on."""
        return tuple(dict.fromkeys(sheet.page for sheet in self.sheets))


def read_tables(sheets: Iterable[Sheet]) -> list[Table]:
    """Join sheets into tables and resolve their headers.

    Parameters
    ----------
    sheets
        Of one document, in reading order.

    Returns
    -------
    list of Table
        Forms such as performance targets too; they have no columns.
    """
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        if groups and (wider := beside(groups[-1], sheet)):
            groups[-1] = [wider]
        elif not (groups and continues(groups[-1], sheet)):
            groups.append([sheet])
        elif (first := groups[-1][0]).unit != (sheet.unit or first.unit):
            # Its unit changes overleaf: another table under the same title.
            title = sheet.title or first.title
            groups.append([replace(sheet, title=title, department=first.department)])
        else:
            groups[-1].append(sheet)
    return [_table(group) for group in groups]


def continues(group: Sequence[Sheet], sheet: Sheet) -> bool:
    """Whether a sheet goes on with the table of the sheets before it.

    Parameters
    ----------
    group
        Sheets of one table, in reading order.
    sheet
        The next one.

    Returns
    -------
    bool
    """
    last, first = group[-1], group[0]
    if sheet.page > last.page + 1 or (sheet.fresh and sheet.page > last.page):
        return False
    if sheet.title is not None:
        if not _same_title(sheet.title, first.title) or sheet.title.table in FORMS:
            return False
        again = sheet.page > last.page and sheet.department in ("", first.department)
        return _head(sheet) == _head(first) or (again and _aligned(sheet, first))
    if sheet.page == last.page and sheet.above:
        return False
    form = first.title is not None and first.title.table in FORMS
    if sheet.page > last.page and (form or (first.title and all(map(_is_header, group)))):
        return _same_sides(sheet, last) or (
            form and (_aligned(sheet, last) or _aligned(sheet, first))
        )
    if _has_other_header(sheet, first):
        return False
    if _aligned(sheet, first) or _aligned(sheet, last) or _head(sheet) == _head(first):
        return True
    untitled = not any(map(may_be_title, sheet.above))
    return sheet.page > last.page and untitled and same_kinds(sheet.filled, last.filled)


def _same_title(title: Title, first: Title | None) -> bool:
    """Whether a title is that of the first page, marks of continuation aside.

    The first one may stand behind the heading of a part: 二、表格部分.
    """
    if first is None:
        return False
    printed, known = (_CONTINUED.sub("", squeeze(one.text)) for one in (title, first))
    return re.fullmatch(rf"(?:.*部分)?{re.escape(printed)}", known) is not None


def _has_other_header(sheet: Sheet, first: Sheet) -> bool:
    """Whether a sheet begins with headers that the first page does not print: other columns."""
    table = first.title.table if first.title else ""
    rows = sheet.filled.by_row()[sheet.skip_rows :]
    texts = [squeeze(cell.text) for cell in rows[0] if cell.text] if rows else []
    known = {squeeze(cell.text) for cell in first.filled.cells}
    return (
        len(texts) > 1
        and known.isdisjoint(texts)
        and not any(map(_is_data, ([text] for text in texts)))
        and all(
            label_role((text,), table) or not read_path((text,), table).problem for text in texts
        )
    )


def _is_header(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing but a header: its table goes on, or begins, overleaf."""
    rows = sheet.filled.by_row()[sheet.skip_rows :]
    return header_depth(rows) == len(rows)


def _same_sides(sheet: Sheet, last: Sheet) -> bool:
    """Whether two grids are as wide as each other and stand in the same place."""
    own, known = sheet.filled.grid.cols, last.filled.grid.cols
    if len(own) == len(known) > 2 and _same_widths(own, known):
        return True
    return abs(own[0] - known[0]) <= SAME_EDGE and abs(own[-1] - known[-1]) <= SAME_EDGE


def _aligned(sheet: Sheet, first: Sheet) -> bool:
    """Whether the columns of a sheet stand where those of the first page stand, or are as wide."""
    known, own = first.filled.grid.cols, sheet.filled.grid.cols
    if len(own) == len(known) > 3 and _same_widths(own, known):
        return True
    return sum(any(abs(x - y) <= SAME_EDGE for y in known) for x in own) >= 0.8 * len(own)


def _head(sheet: Sheet) -> tuple[str, ...]:
    rows = sheet.filled.by_row()[sheet.skip_rows :]
    return tuple(squeeze(cell.text) for cell in rows[0]) if rows else ()


def _table(group: Sequence[Sheet]) -> Table:
    first = group[0]
    title = first.title or Title("", "")
    # The pages that the header takes, and the page that it ends on.
    heads = 1 + next((i for i, sheet in enumerate(group) if not _is_header(sheet)), 0)
    edges = _edges(group if title.table in FORMS else group[:heads])
    rows: list[TableRow] = []
    for sheet in group[:heads]:
        more = _placed_rows(sheet, edges)
        while rows and more and not any(texts_of(more[0])):
            more = more[1:]  # the empty rest of a header row
        rows += more[_repeated(more, rows) :]
    depth = header_depth([[placed.cell for placed in row.cells] for row in rows])
    header, body = rows[:depth], rows[depth:]
    for sheet in group[heads:]:
        more = _placed_rows(sheet, edges, first)
        more = more[_repeated(more, header) :]
        if more and not body and _is_ordinals([text for text in texts_of(more[0]) if text]):
            more = more[1:]
        body = join_split(body, more, title.table)
    columns = resolve_columns(header, len(edges) - 1, title.table, title.text)
    cells = [placed.cell for row in body for placed in row.cells]
    note = note_of(group[-1]) or empty_note(cells)
    return Table(
        title.table,
        title.text,
        first.unit,
        first.department,
        columns,
        tuple(header),
        tuple(body),
        tuple(group),
        note,
        is_side_by_side(columns),
    )


def _placed_rows(
    sheet: Sheet, edges: Sequence[float], known: Sheet | None = None
) -> list[TableRow]:
    """Rows of a sheet, fitted to the columns of its table.

    Columns are known by their place, those of a page that stands elsewhere by their number.
    """
    own, head = sheet.filled.grid.cols, _head(known) if known else ()
    shifted = len(own) == len(edges) and any(
        abs(x - y) > SAME_EDGE for x, y in zip(own, edges, strict=True)
    )
    by_row = sheet.filled.by_row()[sheet.skip_rows :]
    if shifted and (_same_widths(own, edges) or (head and _head(sheet) == head)):
        edges = own
    elif shifted and known is not None and not _aligned(sheet, known):
        edges = own
        by_row = [[replace(c, repaired=bool(c.lines)) for c in row] for row in by_row]
    return [_place(row, edges) for row in by_row]


def _same_widths(own: Sequence[float], known: Sequence[float]) -> bool:
    """Whether columns are as wide as those of another page, whose margins may be mirrored."""
    widths = zip(pairwise(own), pairwise(known), strict=True)
    return all(abs((b - a) - (d - c)) <= SAME_EDGE / 2 for (a, b), (c, d) in widths)


def _edges(group: Sequence[Sheet]) -> tuple[float, ...]:
    """Columns of several pages together: a head of fewer cells may stand alone on the first."""
    if len(group) == 1:
        return group[0].filled.grid.cols
    edges: list[float] = []
    for edge in sorted(edge for sheet in group for edge in sheet.filled.grid.cols):
        if not edges or edge - edges[-1] > SAME_EDGE:
            edges.append(edge)
    return tuple(edges)


def _repeated(rows: Sequence[TableRow], header: Sequence[TableRow]) -> int:
    """Count the rows at the head of a page that repeat the header.

    An office suite breaks the lines of a repeated header anew, so that a text may go on in
    the row below.
    """
    left = Counter("".join(text for row in header for text in texts_of(row)))
    whole, count = sum(left.values()), 0
    for row in rows[:DEEPEST_HEADER]:
        texts = [text for text in texts_of(row) if text]
        said = Counter("".join(texts))
        shared = sum((said & left).values())
        data = any(is_amount(text) or CODE.fullmatch(text) for text in texts)
        if not texts or data or shared < SAME_HEADER * sum(said.values()):
            break
        left -= said
        count += 1
    return count if whole - sum(left.values()) >= HALF_HEADER * whole else 0


def _place(cells: Sequence[Cell], edges: Sequence[float]) -> TableRow:
    """Fit the cells of a row to the columns of the first page."""
    last = len(edges) - 2
    placed = []
    for cell in cells:
        start = min(max(bisect_right(edges, cell.box.x0 + SAME_EDGE) - 1, 0), last)
        end = min(max(bisect_right(edges, cell.box.x1 - SAME_EDGE), start + 1), last + 1)
        placed.append(Placed(cell, start, end))
    return TableRow(cells[0].page if cells else 0, tuple(placed))


def header_depth(rows: Sequence[Sequence[Cell]]) -> int:
    """Count the rows of a header, the row of column numbers included.

    A header ends where merged cells that start in it end, and before the first row that holds a
    figure, a code, an item or a total.
    """
    depth = 0
    while depth < min(len(rows), DEEPEST_HEADER):
        above = rows[: max(depth, 1)]
        spanned = max((c.row_end - rows[0][0].row for row in above for c in row), default=1)
        # A cell that holds a footnote mark alone is blank.
        texts = [text for cell in rows[depth] if (text := squeeze(cell.text))]
        if _is_ordinals(texts):
            return depth + 1
        if _is_data(texts) and (depth >= spanned or any(map(is_amount, texts))):
            break
        depth += 1
    return depth


def _is_ordinals(texts: Sequence[str]) -> bool:
    numbers = [text for text in texts if text.isdigit()]
    if len(numbers) > 3 and int(numbers[-1]) < int(numbers[-2]):
        numbers.pop()  # the edge of the page cuts it: 8, 9, 1|0
    return (
        len(texts) >= 2
        and all(ORDINAL.fullmatch(text) for text in texts)
        and (numbers == sorted(numbers, key=int) and len(set(numbers)) == len(numbers))
        and (len(numbers) >= 2 or "※" in texts or "栏次" in texts)
        and not any(len(text) > 1 and text.startswith("0") for text in numbers)
    )


def _is_data(texts: Sequence[str]) -> bool:
    if not texts:
        return True
    if any(is_amount(text) or CODE.fullmatch(text) for text in texts):
        return True
    if any(ITEM.match(text) for text in texts):
        return True
    if len(texts) == 1 and (TOTAL.fullmatch(texts[0]) or texts[0][0] in "空无此本"):
        return True
    numbers = [text for text in texts if parse_number(text) is not None]
    return bool(numbers) and len(numbers) * 2 >= len(texts)
