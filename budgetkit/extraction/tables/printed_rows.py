"""The rows of a table as printed: figures and texts, panel by panel.

Used where rows are labelled.  A row may leave blank what the rows above it say: the first parts
of its code, the block or the budget unit that it stands under, the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkit.amounts import squeeze
from budgetkit.codelists import is_total
from budgetkit.extraction.tables.cell_figures import Unreadable
from budgetkit.extraction.tables.columns import NO_MEASURE, TWO_PANELS
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import Placed, TableRow
from budgetkit.extraction.tables.row_codes import (
    CODE_PARTS,
    Parts,
    RowCode,
    code_below,
    one_column_code,
    three_column_code,
)

#: How the name of an office ends, so that a name without a code is taken for that of a unit.
UNIT_NAME = re.compile(
    r"(局|厅|委|委员会|院|所|站|队|总队|支队|大队|校|学校|学院|大学|中学|小学|幼儿园|中心|馆|处|办|办公室|部|会|社|场|"
    r"厂|公司|政府|街道|镇|乡|法院|检察院|党校|医院|本级|机关|分局)([(（].*[)）])?$"
)
_YEAR = re.compile(r"(20\d\d)年?(度|预算数?|数)?|(上年|本年|当年)(度|预算数?|数)?")
#: What is printed for a blank text.
_BLANK = re.compile(r"[-—－–/／\s]+")
#: Tables whose rows are items by name, in panels side by side.
BY_ITEM = frozenset({"summary", "appropriation_summary", "three_public"})
#: Roles of columns whose texts name a row.
NAMING = frozenset({"name", "code", "code1"})
#: What numbers a row and names nothing: 3.1, (一).
ENUMERATOR = re.compile(r"[\d.、()（）一二三四五六七八九十\s]+")
#: What a spreadsheet adds to a code that it takes for a number.
_NO_DECIMALS = re.compile(r"\.0+$")
_QUOTES = re.compile(r"[“”\"'‘’]")


@dataclass(slots=True)
class RowsAbove:
    """What the rows above, in one panel, leave for those below them.

    Attributes
    ----------
    codes : tuple of str
        类, 款 and 项 of the last row with a code, for rows that leave them blank.
    block : str
        Item that the rows below are listed under.
    numbered_under : str
        The block without a number of its own below which the numbers began again at 一、.
    unnumbered : str
        The block without a number in the row above: numbers may begin again below it.
    group : str
        Text of the cell that spans this row and others: 一般公共预算资金 beside 小计.
    unit : str
        The budget unit that the rows below a row with its name speak of.
    unit_names : dict of str to str
        Names of units by their codes, from the rows that print both.
    units : frozenset of str
        Units in the column of projects, without spaces.
    functions : tuple of str
        Codes of the functions that were printed by name, from the last 类 on.
    economic_class : str
        Last 类 of the economic classification that was printed by name.
    year : int
        Last year that stood in the column of years.
    """

    codes: Parts = ("", "", "")
    block: str = ""
    numbered_under: str = ""
    unnumbered: str = ""
    group: str = ""
    unit: str = ""
    unit_names: dict[str, str] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    functions: tuple[str, ...] = ()
    economic_class: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """The cells of a row, by what they hold: figures, or any other text."""

    table: Table
    cells: tuple[Placed, ...]
    figures: list[Placed]
    texts: list[Placed]

    def texts_of(self, *roles: str) -> list[str]:
        """Texts in the columns of some roles, left to right."""
        columns = self.table.columns
        held = (p for p in self.texts if columns[p.col].role in roles)
        return [placed.cell.text for placed in held]


def read_row(cells: tuple[Placed, ...], table: Table) -> PrintedRow:
    """Sort the cells of a row into figures and other texts.

    Parameters
    ----------
    cells
        Of one panel of the row.
    table
        With resolved columns.

    Returns
    -------
    PrintedRow
        Without the cells that are blank, or printed as a dash for blank.
    """
    figures: list[Placed] = []
    texts: list[Placed] = []
    for placed in cells:
        if _is_figure(placed, table):
            figures.append(placed)
        elif placed.cell.text and not _BLANK.fullmatch(placed.cell.text):
            texts.append(placed)
    return PrintedRow(table, cells, figures, texts)


def _is_figure(placed: Placed, table: Table) -> bool:
    roles = {table.columns[i].role for i in range(placed.col, placed.col_end)}
    in_labels_alone = roles <= NO_MEASURE - {""}
    found = None if in_labels_alone else placed.cell.figure
    return found is not None and not (isinstance(found, Unreadable) and found.has_words)


def has_codes(table: Table) -> bool:
    """Whether a table has a column of classification codes."""
    return any(column.role.startswith("code") for column in table.columns)


def is_by_item(table: Table) -> bool:
    """Whether the rows of a table are items by name, not classes by code."""
    if table.table in BY_ITEM or table.is_side_by_side:
        return True
    named = any(column.role == "name" for column in table.columns)
    return not has_codes(table) and (
        table.table == "revenue" or (table.table == "expenditure" and named)
    )


def panel_of(placed: Placed, table: Table) -> str:
    """Return the panel of a cell, whose rows are apart from those of the panel beside it.

    Parameters
    ----------
    placed
        A cell; of a figure take the cell that names it, since totals merge over panels.
    table
        With resolved columns.

    Returns
    -------
    str
        The section of its column; empty where the table has no panels by section.
    """
    panels = table.table in TWO_PANELS or table.is_side_by_side
    return table.columns[placed.col].section if panels else ""


def panel_starts(table: Table) -> list[int]:
    """Columns where a table begins anew to its right: code, name and amount side by side."""
    starts, figures = [0], False
    for index, column in enumerate(table.columns):
        if column.role in NAMING and figures and not is_by_item(table):
            starts.append(index)
            figures = False
        elif column.role not in NO_MEASURE:
            figures = True
    return starts


def by_panel(row: TableRow, starts: Sequence[int]) -> Iterator[tuple[Placed, ...]]:
    """Cut a row into its panels.

    Parameters
    ----------
    row
        Over all columns.
    starts
        First column of each panel.

    Yields
    ------
    tuple of Placed
        The cells of a panel; panels that a text spans (公用经费合计) are one in its row.
    """
    texts = [placed for placed in row.cells if placed.cell.text]
    starts = [s for s in starts if not any(p.col < s < p.col_end for p in texts)]
    if len(starts) == 1:
        yield row.cells
        return
    for start, end in pairwise([*starts, 10**6]):
        yield tuple(placed for placed in row.cells if start <= placed.col < end)


def prints_total(table: Table) -> bool:
    """Whether any row of a table is a total by name."""
    cells = (placed.cell.text for row in table.rows for placed in row.cells)
    return any(is_total(text, table.table) for text in filter(None, cells))


def newest_year(table: Table) -> int:
    """The newest year that stands in a column of years; 0 where there is none."""
    columns = [i for i, column in enumerate(table.columns) if column.role == "year"]
    texts = (squeeze(p.cell.text) for row in table.rows for p in row.cells if p.col in columns)
    return max(map(stated_year, texts), default=0)


def stated_year(text: str) -> int:
    """Year of a row: 1 for 上年, 9999 for 本年, 0 where it states none."""
    found = _YEAR.fullmatch(text)
    if not found:
        return 0
    return int(found.group(1)) if found.group(1) else 1 if found.group(3) == "上年" else 9999


def row_code(row: PrintedRow, above: RowsAbove) -> RowCode:
    """Read the classification code of a row.

    Parameters
    ----------
    row
        As printed.
    above
        What the rows above leave: parts of codes that this row leaves blank.

    Returns
    -------
    RowCode
        Empty where the row prints none.
    """
    has_parts = any(column.role == "code1" for column in row.table.columns)
    # Beside 类, 款 and 项 another column of codes holds those of the units.
    if not has_parts and (in_one_column := row.texts_of("code")):
        names = [squeeze(text) for text in row.texts_of("name")]
        found = one_column_code([squeeze(text) for text in in_one_column], row.table.table, names)
        below = code_below("".join(map(squeeze, in_one_column)), above.codes, names)
        return RowCode(below) if found.problem and below else found
    parts = code_parts(row)
    if not any(parts):
        return RowCode()
    return three_column_code(parts, above.codes, map(squeeze, row.texts_of("name")))


def code_parts(row: PrintedRow) -> Parts:
    """Return 类, 款 and 项 of a row that prints each in its own column, blank where it does not."""
    parts = dict.fromkeys(CODE_PARTS, "")
    for placed in row.cells:
        role = row.table.columns[placed.col].role
        if role in parts and (text := _NO_DECIMALS.sub("", squeeze(placed.cell.text))).isdigit():
            parts[role] = text
    first, second, third = parts.values()
    return first, second, third


def plain_name(name: str) -> str:
    """A name without spaces and quotation marks."""
    return _QUOTES.sub("", squeeze(name))
