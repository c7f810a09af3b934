"""A row that a page break cuts, put together again.

Used where the sheets of a table are joined, its header known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from budgetkit.amounts import is_amount, parse_number, squeeze
from budgetkit.codelists import bare_name, item_rules, known_names
from budgetkit.extraction.pdf.lines import type_size
from budgetkit.extraction.tables.cells import Cell

#: Names of total rows.
TOTAL = re.compile(r"(本年|当年)?(收入|支出)?(总|合|小)计|总合计")
#: How a row of its own begins: 一、, 1., 其中：, a class code.
ITEM = re.compile(
    r"^([一二三四五六七八九十]+、|\d+[.、]|[(（][一二三四五六七八九十]+[)）]|其中[:：]|\d{3}\D)"
)
#: A classification code, in brackets or dotted too.
CODE = re.compile(r"\[?\d{3}(\.?\d\d)*\]?")
_LEADING_CODE = re.compile(r"^\d{3}(\d\d)*")
#: A line that was broken leaves less room than this (type sizes) at its end.
FULL_LINE = 1.6


class Placed(NamedTuple):
    """A cell with the columns of its table that it covers (end exclusive)."""

    cell: Cell
    col: int
    col_end: int


class TableRow(NamedTuple):
    """A row of a table: its cells by column, merged ones once."""

    page: int
    cells: tuple[Placed, ...]

    def at(self, column: int) -> Cell | None:
        """Return the cell that starts in a column."""
        return next((placed.cell for placed in self.cells if placed.col == column), None)


def join_split(body: list[TableRow], more: list[TableRow], table: str) -> list[TableRow]:
    """Go on with the rows of the next page, a row that the break cuts put together.

    Parameters
    ----------
    body, more
        Rows of the pages before, and of the next one without its header.
    table
        Canonical id.

    Returns
    -------
    list of TableRow
        All of them; the parts of a cell that was cut are one text.
    """
    joined = _joined_row(body, more[0], table) if body and more else None
    return [*body[:-1], joined, *more[1:]] if joined else [*body, *more]


def _joined_row(body: Sequence[TableRow], first: TableRow, table: str) -> TableRow | None:
    """The last row with the first of the next page, None where that is a row of its own."""
    last = body[-1]
    above = {placed.col: placed for placed in last.cells}
    decimals = _usual_decimals(body)
    cut = {p.col for p in first.cells if _is_cut_figure(above.get(p.col), p, decimals)}
    first = first._replace(cells=tuple(p for p in first.cells if p.cell.text))
    numbers = [p.col for p in first.cells if parse_number(p.cell.text) is not None]
    has_figures = not cut.issuperset(numbers)
    joined: dict[int, Placed] = {}
    for placed in first.cells:
        head = above.get(placed.col)
        if head is None:
            return None
        is_rest = placed.col in cut or _is_rest(head, placed, last, first, table, has_figures)
        if head.cell.text and not is_rest:
            return None
        joined[placed.col] = head._replace(cell=_whole(head.cell, placed.cell))
    if not any(above[col].cell.text for col in joined):
        return None
    return last._replace(cells=tuple(joined.get(placed.col, placed) for placed in last.cells))


def _whole(head: Cell, rest: Cell) -> Cell:
    """Both parts of a cell; one that stands on the second page alone keeps its page and box."""
    if not head.text:
        return rest
    return replace(head, text=head.text + rest.text, repaired=True)


def _usual_decimals(rows: Sequence[TableRow]) -> int:
    """Decimals that most amounts of a table print."""
    counts = Counter(
        len(text.partition(".")[2]) for row in rows for text in texts_of(row) if is_amount(text)
    )
    return counts.most_common(1)[0][0] if counts else 0


def _is_cut_figure(head: Placed | None, rest: Placed, decimals: int) -> bool:
    """Whether a figure goes on from the page before: 117,600.0 | 0."""
    if head is None or not head.cell.text or not rest.cell.text or not decimals:
        return False
    before, whole = squeeze(head.cell.text), squeeze(head.cell.text + rest.cell.text)
    return (
        len(before.partition(".")[2]) != decimals
        and is_amount(whole)
        and len(whole.partition(".")[2]) == decimals
    )


def _is_rest(
    head: Placed, placed: Placed, last: TableRow, first: TableRow, table: str, has_figures: bool
) -> bool:
    """Whether a text is the rest of the one above it, not a row of its own.

    ``has_figures`` says that the lower row has figures of its own.
    """
    rest = placed.cell.text
    plain, whole = squeeze(rest), squeeze(head.cell.text + rest)
    if parse_number(rest) is not None or ITEM.match(plain):
        return False
    name = bare_name(_LEADING_CODE.sub("", whole))
    if name in known_names() or TOTAL.fullmatch(whole):
        return True
    if has_figures or TOTAL.fullmatch(plain):
        return False
    if _names_item(name, table) and not _names_item(bare_name(plain), table):
        return True
    if any(CODE.fullmatch(text) for text in texts_of(last)):
        return True
    is_row_of_figures = any(parse_number(p.cell.text) is not None for p in last.cells)
    begins_item = any(ITEM.match(text) for text in texts_of(first))
    return is_row_of_figures and not begins_item and _is_full(head.cell)


@cache
def _names_item(name: str, table: str) -> bool:
    return any(table in rule.tables and rule.name.fullmatch(name) for rule in item_rules())


def _is_full(cell: Cell) -> bool:
    """Whether the last line of a cell reaches its edge, as a line that was broken does."""
    if not cell.lines:
        return False
    line = cell.lines[-1]
    return cell.box.x1 - line.box.x1 <= FULL_LINE * type_size(line.chars)


def texts_of(row: TableRow) -> Sequence[str]:
    """Return the texts of a row, without spaces."""
    return [squeeze(placed.cell.text) for placed in row.cells]
