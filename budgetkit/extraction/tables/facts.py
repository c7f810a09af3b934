"""Sixth step, second half: every printed figure of a table as a fact, or listed with the reason.

A printed amount is a fact or it is unmapped; nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgetkit.amounts import is_amount, parse_number, squeeze, to_wan
from budgetkit.extraction.pdf.lines import box_around
from budgetkit.extraction.tables.cells import Cell
from budgetkit.extraction.tables.headers import NO_MEASURE, Column, Table
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.rows import Label, item_code, label_rows
from budgetkit.geometry import Box

#: A figure that runs over an edge of its cell by more than this share of its size is doubtful.
OVER_EDGE = 0.35


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed figure, with all that says what it is and where it stands.

    ``amount`` is in 万元; ``box`` is that of the printed figure, in the reading
    frame of its page; ``column`` and ``row`` place it in its table.
    """

    table: str
    section: str
    code: str
    name: str
    level: int | None
    project: str
    measure: str
    amount: Decimal
    printed: str
    unit: str
    page: int
    box: Box
    certainty: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A printed amount that did not become a fact, and the rule that failed."""

    table: str
    page: int
    box: Box
    text: str
    rule: str


def read_facts(
    table: Table, department: str, default_unit: str | None
) -> tuple[list[Fact], list[Unmapped]]:
    """Turn the figures of one table into facts.

    Parameters
    ----------
    table
        Its pages joined and its header resolved.
    department
        Name of the department.
    default_unit
        Unit of the document's other tables, taken (and doubted) where this one states none.

    Returns
    -------
    facts : list of Fact
        In reading order; blank cells give none, a printed zero gives one.
    unmapped : list of Unmapped
        Every other amount of the table.
    """
    facts: list[Fact] = []
    unmapped: list[Unmapped] = []
    seen: set[int] = set()
    index = {id(row): i for i, row in enumerate(table.rows)}
    for row, placed, label in label_rows(table, department):
        seen.add(id(placed.cell))
        found = _fact(table, placed, label, default_unit, index[id(row)])
        if isinstance(found, Fact):
            facts.append(found)
        elif found and (placed.cell.mixed or _worth_listing(placed.cell.text)):
            unmapped.append(_listed(table, placed.cell, found))
    for placed in (placed for row in (*table.header, *table.rows) for placed in row.cells):
        cell = placed.cell
        if id(cell) not in seen and is_amount(cell.text) and not _is_code(placed, table):
            unmapped.append(_listed(table, cell, "an amount in a column of names or codes"))
    return facts, unmapped


def _is_code(placed: Placed, table: Table) -> bool:
    """Whether a text that looks like an amount is a code with dots: 206.01."""
    return table.columns[placed.col].role.startswith("code") and "," not in placed.cell.text


def _worth_listing(text: str) -> bool:
    return is_amount(text) or bool(re.search(r"\d[.,]\d", text))


def _listed(table: Table, cell: Cell, rule: str) -> Unmapped:
    return Unmapped(table.table, cell.page, printed_box(cell), squeeze(cell.text), rule)


def printed_box(cell: Cell) -> Box:
    """Give the box of what is printed in a cell (points, reading frame)."""
    return box_around(char for line in cell.lines for char in line.chars)


def _fact(
    table: Table, placed: Placed, label: Label, default_unit: str | None, row: int
) -> Fact | str:
    """A fact, or the rule that failed."""
    cell = placed.cell
    if not table.table:
        return f"no known title above the table (found '{table.title or 'none'}')"
    if cell.mixed:
        return f"'{cell.text}' is printed over a figure of the next cell"
    number = parse_number(cell.text)
    if number is None:
        return f"'{cell.text}' does not read as one number"
    column = _measure_column(table, placed)
    if column is None:
        return "no column header above the figure"
    label, measure, problem = _measured(table, column, label)
    if problem:
        return problem
    if label.code is None:
        return label.problem
    unit = _unit(table, column, default_unit)
    if unit is None:
        return "neither the table nor the document states a unit"
    doubtful = unit[1] or runs_over(cell)
    repaired = cell.repaired or label.repaired
    return Fact(
        table=table.table,
        section=label.section,
        code=label.code,
        name=label.name,
        level=label.level,
        project=label.project,
        measure=measure,
        amount=to_wan(number, unit[0]),
        printed=re.sub(r"\s", "", cell.text),
        unit=unit[0],
        page=cell.page,
        box=printed_box(cell),
        certainty="doubtful" if doubtful else "repaired" if repaired else "read",
        row=row,
        column=placed.col,
    )


def _measure_column(table: Table, placed: Placed) -> Column | None:
    columns = [table.columns[i] for i in range(placed.col, placed.col_end)]
    measures = [column for column in columns if column.role not in NO_MEASURE]
    headed = [column for column in columns if column.path]
    return next(iter(measures or headed), None)


def _measured(table: Table, column: Column, label: Label) -> tuple[Label, str, str]:
    """The label and the measure of a figure; where columns are the items, the header is both."""
    prefix = "previous_" if column.previous else ""
    if table.table == "three_public" and not any(c.role == "name" for c in table.columns):
        code = column_item(column, table.columns)
        if not code:
            return label, "", f"no 三公 item is known by the header '{' > '.join(column.path)}'"
        name = column.path[-1]
        level = 0 if code == "total" else None
        return Label("", code, name, level=level), f"{prefix}total", ""
    if column.role in NO_MEASURE:
        return label, "", f"no measure is known by the header '{' > '.join(column.path)}'"
    return label, f"{prefix}{column.role}", ""


def column_item(column: Column, columns: Iterable[Column]) -> str:
    """Find the 三公 item that a column stands for.

    Parameters
    ----------
    column
        With its path of header texts.
    columns
        All columns: a 合计 beside 会议费 and 培训费 is not 三公 alone.

    Returns
    -------
    str
        A slug of ``items.csv``; empty where none is known.
    """
    path = [re.sub(r"[“”\"]", "", text) for text in column.path]
    wider = any(re.search("会议费|培训费", text) for c in columns for text in c.path)
    if not path or path[-1] not in ("小计", "合计"):
        ends = (path[-1:], path[-2:])  # 公务用车购置 | 费: a page break cuts the header
        codes = (item_code("".join(end), "three_public", "", "") for end in ends if end)
        return next(filter(None, codes), "")
    parents = (item_code(text, "three_public", "", "") for text in reversed(path[:-1]))
    within = "会议培训" if wider else ""
    return next(filter(None, parents), "") or item_code(path[-1], "three_public", "", within)


def _unit(table: Table, column: Column, default: str | None) -> tuple[str, bool] | None:
    """The unit of a figure, and whether it had to be guessed."""
    for text in reversed(column.path):
        found = re.search(r"[(（](亿元|万元|千元|元)[)）]", text)
        if found:
            return found.group(1), False
    if table.unit:
        return table.unit, False
    return (default, True) if default else None


def runs_over(cell: Cell) -> bool:
    """Tell whether the print crosses an edge of its cell, so that it may be a neighbour's."""
    if not cell.lines or cell.repaired:
        return False
    box = printed_box(cell)
    height, over = box.bottom - box.top, OVER_EDGE * (box.bottom - box.top)
    inside = cell.box
    return height > 0 and (
        box.top < inside.top - over
        or box.bottom > inside.bottom + over
        or box.x0 < inside.x0 - 2 * height
        or box.x1 > inside.x1 + 2 * height
    )


def default_unit(tables: Iterable[Table]) -> str | None:
    """Give the one unit that all stated units of a document's coded tables agree on."""
    units = {table.unit for table in tables if table.unit and table.table != "three_public"}
    return units.pop() if len(units) == 1 else None


def all_facts(
    tables: Iterable[Table], department: str
) -> Iterator[tuple[Table, list[Fact], list[Unmapped]]]:
    """Go through the tables of a document with their facts."""
    tables = list(tables)
    unit = default_unit(tables)
    for table in tables:
        facts, unmapped = read_facts(table, department, unit)
        yield table, facts, unmapped
