"""Every printed figure of a table as a fact, or listed with the rule that failed.

Stands at the end of a table's way: rows and columns are known, and a figure becomes an amount in
万元.  A printed amount is a fact or it is unmapped; nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budgetkit.amounts import is_amount, parse_number, squeeze, to_wan
from budgetkit.codelists import item_code
from budgetkit.extraction.tables.cells import Cell
from budgetkit.extraction.tables.headers import NO_MEASURE, Column, Table
from budgetkit.extraction.tables.indicators import Indicator
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.rows import Label, label_rows
from budgetkit.geometry import Box

_UNIT_IN_HEADER = re.compile(r"[(（](亿元|万元|千元|元)[)）]")
_DECIMAL = re.compile(r"\d[.,]\d")


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


class TableContent(NamedTuple):
    """What one table says: its figures as facts, those not understood, and its indicators.

    Facts are in reading order; blank cells give none, a printed zero gives one.  Every other
    amount of the table is unmapped.
    """

    facts: list[Fact]
    unmapped: list[Unmapped]
    indicators: list[Indicator]


class Unit(NamedTuple):
    """The unit of a figure; guessed where neither its table nor its header states one."""

    name: str
    guessed: bool = False


def read_facts(table: Table, department: str, default_unit: str | None) -> TableContent:
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
    TableContent
        Without indicators.
    """
    facts: list[Fact] = []
    unmapped: list[Unmapped] = []
    labelled: set[int] = set()
    row_index = {id(row): i for i, row in enumerate(table.rows)}
    for row, placed, label in label_rows(table, department):
        cell = placed.cell
        labelled.add(id(cell))
        found = _read_figure(table, row_index[id(row)], placed, label, default_unit)
        if isinstance(found, Fact):
            facts.append(found)
        elif cell.mixed or is_amount(cell.text) or _DECIMAL.search(cell.text):
            unmapped.append(unmapped_cell(table, cell, found))
    for placed in (placed for row in (*table.header, *table.rows) for placed in row.cells):
        cell = placed.cell
        if id(cell) not in labelled and is_amount(cell.text) and not _is_dotted_code(placed, table):
            rule = "an amount in a column of names or codes"
            unmapped.append(unmapped_cell(table, cell, rule))
    return TableContent(facts, unmapped, [])


def _is_dotted_code(placed: Placed, table: Table) -> bool:
    """Whether a text that looks like an amount is a code with dots: 206.01."""
    return table.columns[placed.col].role.startswith("code") and "," not in placed.cell.text


def unmapped_cell(table: Table, cell: Cell, rule: str) -> Unmapped:
    """List the amount of a cell.

    Parameters
    ----------
    table
        That the cell belongs to.
    cell
        With a text.
    rule
        What failed, as a sentence without a stop.

    Returns
    -------
    Unmapped
    """
    return Unmapped(table.table, cell.page, cell.printed_box, squeeze(cell.text), rule)


def fact_of_cell(
    table: Table, row: int, placed: Placed, label: Label, measure: str, number: Decimal, unit: Unit
) -> Fact:
    """Make the fact of a figure that is understood.

    Parameters
    ----------
    table
        That the figure belongs to.
    row
        Its row, from 0.
    placed
        Its cell.
    label
        What its row is about; its code is not None.
    measure
        Canonical id of its column.
    number
        As printed.
    unit
        That it is printed in.

    Returns
    -------
    Fact
        Doubtful where the unit is guessed or the print runs over an edge of the cell.
    """
    cell = placed.cell
    doubtful = unit.guessed or cell.crosses_edge
    repaired = cell.repaired or label.repaired
    return Fact(
        table=table.table,
        section=label.section,
        code=label.code or "",
        name=label.name,
        level=label.level,
        project=label.project,
        measure=measure,
        amount=to_wan(number, unit.name),
        printed=re.sub(r"\s", "", cell.text),
        unit=unit.name,
        page=cell.page,
        box=cell.printed_box,
        certainty="doubtful" if doubtful else "repaired" if repaired else "read",
        row=row,
        column=placed.col,
    )


def _read_figure(
    table: Table, row: int, placed: Placed, label: Label, default: str | None
) -> Fact | str:
    """The fact of a figure, or the rule that failed."""
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
    header = " > ".join(column.path)
    measure = column.role
    if _columns_are_items(table):
        code, measure = _column_item(column, table.columns), "total"
        if not code:
            return f"no 三公 item is known by the header '{header}'"
        label = Label(code, column.path[-1], level=0 if code == "total" else None)
    elif column.role in NO_MEASURE:
        return f"no measure is known by the header '{header}'"
    if label.code is None:
        return label.problem
    unit = _unit(table, column, default)
    if unit is None:
        return "neither the table nor the document states a unit"
    if column.previous:
        measure = f"previous_{measure}"
    return fact_of_cell(table, row, placed, label, measure, number, unit)


def _measure_column(table: Table, placed: Placed) -> Column | None:
    """The first column of measures that a cell covers, else the first with a header."""
    columns = table.columns[placed.col : placed.col_end]
    measures = [column for column in columns if column.role not in NO_MEASURE]
    headed = [column for column in columns if column.path]
    return next(iter(measures or headed), None)


def _columns_are_items(table: Table) -> bool:
    """Whether a table of 三公 prints its items side by side, in one row without a name."""
    return table.table == "three_public" and all(c.role != "name" for c in table.columns)


def _column_item(column: Column, columns: Iterable[Column]) -> str:
    """The item of 三公 that a column stands for; empty where none is known."""
    path = [re.sub(r"[“”\"]", "", text) for text in column.path]
    if path and path[-1] in ("小计", "合计"):
        for parent in reversed(path[:-1]):
            if code := item_code(parent, "three_public", "", ""):
                return code
        # A 合计 beside 会议费 and 培训费 is not 三公 alone.
        wider = any(re.search("会议费|培训费", text) for c in columns for text in c.path)
        return item_code(path[-1], "three_public", "", "会议培训" if wider else "")
    # A page break may cut the header in two: 公务用车购置 | 费.
    names = filter(None, ("".join(path[-1:]), "".join(path[-2:])))
    return next(filter(None, (item_code(name, "three_public", "", "") for name in names)), "")


def _unit(table: Table, column: Column, default: str | None) -> Unit | None:
    """The unit of a figure: that of its header, else of its table, else of the document."""
    for text in reversed(column.path):
        if found := _UNIT_IN_HEADER.search(text):
            return Unit(found.group(1))
    return table_unit(table, default)


def table_unit(table: Table, default: str | None) -> Unit | None:
    """Return the unit that a table states above it, else that of the document.

    Parameters
    ----------
    table
        Any table.
    default
        Unit of the document's other tables; None where they agree on none.

    Returns
    -------
    Unit or None
        Guessed where it is that of the document.
    """
    if table.unit:
        return Unit(table.unit)
    return Unit(default, guessed=True) if default else None


def default_unit(tables: Iterable[Table]) -> str | None:
    """Return the one unit that all stated units of a document's coded tables agree on."""
    units = {table.unit for table in tables if table.unit and table.table != "three_public"}
    return units.pop() if len(units) == 1 else None


def stated_department(tables: Iterable[Table]) -> str:
    """Return the department that most tables state above them; empty where none does."""
    names = Counter(table.department for table in tables if table.department)
    return names.most_common(1)[0][0] if names else ""
