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


class Figure(NamedTuple):
    """A cell of a table, and the number of its row, from 0."""

    table: Table
    row: int
    placed: Placed

    def fact(
        self, label: Label, measure: str, number: Decimal, unit: str, *, guessed: bool
    ) -> Fact:
        """Return the fact of a figure that is understood.

        Parameters
        ----------
        label
            What its row is about.
        measure
            Canonical id of its column.
        number
            As printed, in ``unit``.
        unit
            As printed.
        guessed
            Whether the unit is that of other tables.

        Returns
        -------
        Fact
            Doubtful where the unit is guessed or the print runs over an edge of the cell.
        """
        cell = self.placed.cell
        doubtful = guessed or cell.crosses_edge
        repaired = cell.repaired or label.repaired
        return Fact(
            table=self.table.table,
            section=label.section,
            code=label.code or "",
            name=label.name,
            level=label.level,
            project=label.project,
            measure=measure,
            amount=to_wan(number, unit),
            printed=re.sub(r"\s", "", cell.text),
            unit=unit,
            page=cell.page,
            box=cell.printed_box,
            certainty="doubtful" if doubtful else "repaired" if repaired else "read",
            row=self.row,
            column=self.placed.col,
        )

    def unmapped(self, rule: str) -> Unmapped:
        """Return the cell as an amount that did not become a fact."""
        cell = self.placed.cell
        return Unmapped(self.table.table, cell.page, cell.printed_box, squeeze(cell.text), rule)


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
    content = TableContent([], [], [])
    labelled: set[int] = set()
    for row, placed, label in label_rows(table, department):
        cell, figure = placed.cell, Figure(table, row, placed)
        labelled.add(id(cell))
        found = _read_figure(figure, label, default_unit)
        if isinstance(found, Fact):
            content.facts.append(found)
        elif cell.mixed or is_amount(cell.text) or _DECIMAL.search(cell.text):
            content.unmapped.append(figure.unmapped(found))
    for placed in (placed for row in (*table.header, *table.rows) for placed in row.cells):
        is_other_amount = id(placed.cell) not in labelled and is_amount(placed.cell.text)
        if is_other_amount and not _is_dotted_code(placed, table):
            rule = "an amount in a column of names or codes"
            content.unmapped.append(Figure(table, 0, placed).unmapped(rule))
    return content


def _is_dotted_code(placed: Placed, table: Table) -> bool:
    """Whether a text that looks like an amount is a code with dots: 206.01."""
    return table.columns[placed.col].role.startswith("code") and "," not in placed.cell.text


def _read_figure(figure: Figure, label: Label, default: str | None) -> Fact | str:
    """The fact of a figure, or the rule that failed."""
    table, cell = figure.table, figure.placed.cell
    if not table.table:
        return f"no known title above the table (found '{table.title or 'none'}')"
    if cell.mixed:
        return f"'{cell.text}' is printed over a figure of the next cell"
    number = parse_number(cell.text)
    if number is None:
        return f"'{cell.text}' does not read as one number"
    column = _measure_column(figure)
    if column is None:
        return "no column header above the figure"
    header, measure = " > ".join(column.path), column.role
    if _columns_are_items(table):
        code, measure = _column_item(column, table.columns), "total"
        if not code:
            return f"no 三公 item is known by the header '{header}'"
        label = Label(code, column.path[-1], level=0 if code == "total" else None)
    elif measure in NO_MEASURE:
        return f"no measure is known by the header '{header}'"
    if label.code is None:
        return label.problem
    stated = _header_unit(column) or table.unit
    unit = stated or default
    if unit is None:
        return "neither the table nor the document states a unit"
    if column.previous:
        measure = f"previous_{measure}"
    return figure.fact(label, measure, number, unit, guessed=not stated)


def _measure_column(figure: Figure) -> Column | None:
    """The first column of measures that a figure stands in, else the first with a header."""
    columns = figure.table.columns[figure.placed.col : figure.placed.col_end]
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


def _header_unit(column: Column) -> str | None:
    """The unit that the header of a column states, the innermost text first."""
    found = filter(None, map(_UNIT_IN_HEADER.search, reversed(column.path)))
    return next((match.group(1) for match in found), None)


def default_unit(tables: Iterable[Table]) -> str | None:
    """Return the one unit that all stated units of a document's coded tables agree on."""
    units = {table.unit for table in tables if table.unit and table.table != "three_public"}
    return units.pop() if len(units) == 1 else None


def stated_department(tables: Iterable[Table]) -> str:
    """Return the department that most tables state above them; empty where none does."""
    names = Counter(table.department for table in tables if table.department)
    return names.most_common(1)[0][0] if names else ""
