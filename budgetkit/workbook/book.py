"""A workbook for an office: a sheet for each table, and one that explains the columns.

The first line holds the headings; it stays in view and filters.  What begins like a formula is
text.  The same content gives the same bytes.
"""

from __future__ import annotations

import errno
import io
import math
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from budgetkit.display_unit import DisplayUnit
from budgetkit.workbook.same_bytes import MADE, as_xml_text, without_times
from budgetkit.workbook.workbook_words import Column, WorkbookWords

#: How the numbers of a column are written, by its kind.
FORMATS = {"amount": "#,##0.00", "value": "#,##0.00##", "percent": "0.0%", "count": "#,##0",
           "year": "0", "code": "@", "machine": "@"}  # fmt: skip
#: Width of a column (characters) by its kind, and of the kinds that are as wide as their text.
WIDTHS = {
    "money": 16,
    "amount": 16,
    "value": 16,
    "percent": 12,
    "count": 12,
    "year": 8,
    "code": 16,
    "machine": 20,
}
NARROWEST, WIDEST = 10, 48
#: Characters from here on take the room of two; air beside a text (characters).
WIDE_FROM, AIR = 0x2000, 3
#: Texts of which the room is kept in mind, since most stand in many cells.
TEXTS = 4096
#: Height of a line of text, and of the tallest line of a workbook (points).
LINE, TALLEST_LINE = 15.0, 400.0
#: What headings need more, being bold (points).
BOLD = 4.0
#: Colours of the headings and of links.
HEADING, LINK = "E8ECF0", "0563C1"
#: A name of a sheet is no longer, and has none of these.
LONGEST_NAME, NOT_IN_NAME = 31, str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


class Link(NamedTuple):
    """A cell that opens a file.

    Attributes
    ----------
    text : str or int
        What the cell shows.
    target : str
        Address relative to the workbook; empty for a cell without a link.
    """

    text: str | int
    target: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook.

    Attributes
    ----------
    name : str
        Of its tab.
    columns : tuple of Column
        From left to right.
    rows : tuple of tuple
        Texts, numbers, None and :class:`Link`.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def workbook(sheets: Iterable[Sheet], title: str, words: WorkbookWords) -> bytes:
    """Write sheets as XLSX, and after them one that explains each column.

    Parameters
    ----------
    sheets
        In their order; each is asked for when the one before it is written.
    title
        Of the file.
    words
        Of its language.

    Returns
    -------
    bytes
        The same for the same content.
    """
    explained: list[tuple[str, str, str]] = []
    with row_by_row() as book:
        for sheet in chain(sheets, _explained(explained, words)):
            name = sheet.name.translate(NOT_IN_NAME)[:LONGEST_NAME]
            _fill(book.create_sheet(name), sheet, words.say.money)
            explained += [(sheet.name, one.heading, one.meaning) for one in sheet.columns]
        book.properties.title = as_xml_text(title)
        return saved(book)


@contextmanager
def row_by_row() -> Iterator[Any]:
    """Yield a workbook of openpyxl whose rows go to the disk as they come.

    As cells in memory they take hundreds of times the room.

    Raises
    ------
    OSError
        A row can't be written: the disk is full.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        yield book
    except SerialisationError as error:  # the library's name for it, as IO_ENOSPC
        for tab in book.worksheets:
            with suppress(SerialisationError, AttributeError):
                tab._writer.xf.close()  # else it would be closed, and fail, some time later
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from error


def saved(book: Any) -> bytes:
    """Write a workbook of openpyxl: the same content gives the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator, book.properties.created = "budgetkit", MADE
    out = io.BytesIO()
    # Packed for the moment, quickly: it is packed again below.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        writer = ExcelWriter(book, archive)
        book.properties.modified = MADE  # the library puts the time of saving here
        writer.write_data()
    return without_times(out.getvalue())


def put_value(cell: Any, value: object) -> None:
    """Fill a cell; a text stays a text, whatever it begins with.

    Parameters
    ----------
    cell
        Of a workbook of openpyxl.
    value
        A text, a number or None.
    """
    if isinstance(value, str):
        cell.value = as_xml_text(value)
        cell.data_type = "s"
        if value[:1] in ("=", "+", "-", "@"):
            cell._style = copy(cell._style)  # which other cells may have
            cell.quotePrefix = True
    else:
        cell.value = value


def fit_to_page(tab: Any) -> None:
    """Print a sheet on A4 on its side, as wide as the paper."""
    tab.page_setup.orientation, tab.page_setup.paperSize = "landscape", 9
    tab.page_setup.fitToWidth, tab.page_setup.fitToHeight = 1, 0
    tab.sheet_properties.pageSetUpPr.fitToPage = True


@lru_cache(maxsize=TEXTS)
def room_of(text: str) -> int:
    """Return the room that a text takes, in half-width characters."""
    if text.isascii():
        return len(text)
    return sum(2 if ord(char) > WIDE_FROM else 1 for char in text)


def _explained(rows: Iterable[tuple[str, str, str]], words: WorkbookWords) -> Iterator[Sheet]:
    """The last sheet, of what is known when all others are written."""
    columns = tuple(words.column(key) for key in ("sheet", "column", "meaning"))
    yield Sheet(words("sheet.columns"), columns, tuple(rows))


def _fill(tab: Any, sheet: Sheet, money: DisplayUnit) -> None:
    from openpyxl.utils import get_column_letter

    # All that stands in the file before the rows has to be known before the first of them.
    last = get_column_letter(len(sheet.columns))
    reach = f"A1:{last}{len(sheet.rows) + 1}"
    tab.calculate_dimension = lambda: reach
    # The library would make a cell of each cell, by way of an exception.
    tab._values_to_row = _placed
    widths = [_width(column, [row[at] for row in sheet.rows])
              for at, column in enumerate(sheet.columns)]  # fmt: skip
    for at, width in enumerate(widths, start=1):
        tab.column_dimensions[get_column_letter(at)].width = width
    tab.freeze_panes = "A2"
    tab.auto_filter.ref = reach
    tab.print_title_rows = "1:1"
    fit_to_page(tab)
    tab.row_dimensions[1].height = BOLD + _height([one.heading for one in sheet.columns], widths)
    tab.append([_heading(tab, column) for column in sheet.columns])
    wraps = [(at, widths[at]) for at, one in enumerate(sheet.columns) if one.kind == "text"]
    of_wraps = [width for _, width in wraps]
    looks, formats = _Looks(), FORMATS | {"money": money.number_format}
    for line, row in enumerate(sheet.rows, start=2):
        tab.row_dimensions[line].height = _height([row[at] for at, _ in wraps], of_wraps)
        cells = []
        for column, value in zip(sheet.columns, row, strict=True):
            shown = _in_unit(value, column.kind, money)
            cells.append(_cell(tab, shown, column.kind, formats, looks))
        tab.append(cells)
        del tab.row_dimensions[line]
    tab.close()


def _placed(cells: Iterable[Any], line: int) -> Iterator[Any]:
    """Cells of a line, each of which knows where it stands."""
    for at, cell in enumerate(cells, start=1):
        cell.row, cell.column = line, at
        if cell.hyperlink is not None:
            cell.hyperlink.ref = cell.coordinate
        yield cell


def _heading(tab: Any, column: Column) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    head = WriteOnlyCell(tab)
    put_value(head, column.heading)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=HEADING)
    head.alignment = Alignment(wrap_text=True, vertical="top")
    return head


def _in_unit(value: object, kind: str, money: DisplayUnit) -> object:
    """An amount (万元) of a column of money in the unit of the workbook."""
    return money.scaled(value) if kind == "money" and isinstance(value, int | float) else value


class _Looks:
    """The few looks that cells have: the library makes each one once, and cells share it.

    Setting format, alignment and font of every cell takes four times as long.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool, bool], Any] = {}

    def give(self, cell: Any, number_format: str, wraps: bool, is_link: bool) -> None:
        """Give a cell its look, which it has in common with others."""
        key = (number_format, wraps, is_link)
        if key not in self._made:
            self._made[key] = self._first(cell, *key)
        cell._style = self._made[key]

    def _first(self, cell: Any, number_format: str, wraps: bool, is_link: bool) -> Any:
        from openpyxl.styles import Alignment, Font

        cell.alignment = Alignment(wrap_text=wraps, vertical="top")
        cell.number_format = number_format
        if is_link:
            cell.font = Font(color=LINK, underline="single")
        return copy(cell._style)


def _cell(tab: Any, value: object, kind: str, formats: Mapping[str, str], looks: _Looks) -> Any:
    """Make a cell of a column of some kind."""
    from openpyxl.cell import WriteOnlyCell

    target = ""
    if isinstance(value, Link):
        value, target = value
    if isinstance(value, float) and not math.isfinite(value):
        value = None
    # People among amounts are whole.
    whole = kind in ("amount", "value") and isinstance(value, int)
    number_format = formats.get("count" if whole else kind, "General")
    cell = WriteOnlyCell(tab)
    if target:
        cell.hyperlink = target
    looks.give(cell, number_format, kind == "text" and isinstance(value, str), bool(target))
    put_value(cell, value)
    return cell


def _width(column: Column, values: Sequence[object]) -> int:
    """The width of a column: of its kind, or as its widest text within limits."""
    if column.kind in WIDTHS:
        return WIDTHS[column.kind]
    widest = max(
        map(room_of, (line for value in (column.heading, *values) for line in _lines(value)))
    )
    return min(max(widest + AIR, NARROWEST), WIDEST)


def _height(values: Sequence[object], widths: Sequence[int]) -> float:
    """The height (points) of a line of cells; few programs measure their texts themselves."""
    lines = (
        sum(-(-room_of(line) // (width - AIR)) or 1 for line in _lines(value))
        for value, width in zip(values, widths, strict=True)
    )
    most = max(lines, default=1)
    return min(most * LINE, TALLEST_LINE)


def _lines(value: object) -> list[str]:
    text = value.text if isinstance(value, Link) else value
    return str("" if text is None else text).split("\n")
