"""Performance targets as a list: a row a project, with its money, goal and indicators beside it.

Used where a form of targets is read, for the templates that print one table instead of a form a
project.  The money is read as in any other table; the indicators of a project are the rows beside
its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetkit.amounts import squeeze
from budgetkit.extraction.tables.columns import NO_MEASURE, Column
from budgetkit.extraction.tables.facts import read_facts
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import (
    FormHead,
    Indicator,
    field_of,
    read_indicators,
)
from budgetkit.extraction.tables.page_breaks import Placed, TableRow
from budgetkit.extraction.tables.table_content import Fact, TableContent

#: Fields of ``forms.csv`` that hold money in a list.
_MONEY = frozenset({"total", "fiscal", "other", "carryover"})


def list_column(table: Table) -> int | None:
    """Return the column of a list of targets that names the project; None where it is a form.

    The columns beside it have headers of money.
    """
    for index, column in enumerate(table.columns):
        if not column.path or not _names_projects(column.path[-1]):
            continue
        beside = [c for c in table.columns[index + 1 :] if c.path and c.path != column.path]
        if beside and _measure(beside[0]):
            return index
    return None


def _names_projects(header: str) -> bool:
    return field_of(header) == "project" or squeeze(header) == "项目"


def _measure(column: Column) -> str:
    """Measure of a column of a list; empty where it holds none."""
    field = field_of(column.path[-1]) if column.path else ""
    if field.removeprefix("whole_") in _MONEY:
        return field.removeprefix("whole_")
    return "" if column.role in NO_MEASURE else column.role


def read_target_list(
    table: Table, project_column: int, department: str, default_unit: str | None
) -> TableContent:
    """Read a list of performance targets.

    Parameters
    ----------
    table
        With resolved columns.
    project_column
        Number of the column that names the projects.
    department
        Name of the department.
    default_unit
        Unit that the document states for all of its tables.

    Returns
    -------
    TableContent
        Amounts in 万元.
    """
    columns = []
    for index, column in enumerate(table.columns):
        measure = _measure(column)
        if index == project_column:
            column = replace(column, role="project_name", problem="")
        elif measure:
            column = replace(column, role=measure, problem="")
        elif column.path and re.search("单位|部门", column.path[-1]):
            column = replace(column, role="unit_name", problem="")
        else:
            column = replace(column, role="text", problem="")
        columns.append(column)
    table = replace(table, columns=tuple(columns))
    content = read_facts(table, department, default_unit)
    units = _rows_of_units(table)
    facts = [
        replace(fact, code="unit", project="") if fact.project and fact.row in units else fact
        for fact in content.facts
    ]
    return content._replace(
        facts=facts, indicators=_indicators(table, project_column, content.facts)
    )


def _rows_of_units(table: Table) -> frozenset[int]:
    """Rows without a goal in a list whose projects have one: they sum the projects of a unit."""
    goals = [i for i, c in enumerate(table.columns) if c.path and field_of(c.path[-1]) == "goal"]
    if not goals:
        return frozenset()
    blank = {
        number
        for number, row in enumerate(table.rows)
        if (cell := row.at(goals[0])) is not None and not cell.text
    }
    return frozenset(blank) if len(blank) * 2 < len(table.rows) else frozenset()


def _indicators(table: Table, project_column: int, facts: Sequence[Fact]) -> list[Indicator]:
    header = _leaves(table)
    fields = {field_of(placed.cell.text): placed.col for placed in header.cells}
    if not fields.keys() & {"level3", "printed"}:
        return []
    found: list[Indicator] = []
    groups: list[tuple[int, list[TableRow]]] = []
    for number, row in enumerate(table.rows):
        cell = row.at(project_column)
        if (cell is not None and cell.text) or not groups:
            groups.append((number, []))
        groups[-1][1].append(row)
    for number, rows in groups:
        name = rows[0].at(project_column)
        goal = rows[0].at(fields["goal"]) if "goal" in fields else None
        amounts = {fact.measure: float(fact.amount) for fact in facts if fact.row == number}
        head = FormHead(
            name.text if name else "",
            amounts.get("total"),
            amounts.get("fiscal"),
            amounts.get("other"),
            goal.text if goal else "",
        )
        found += read_indicators([header, *rows], head)
    return found


def _leaves(table: Table) -> TableRow:
    """The innermost header text of each column as one row."""
    leaves: dict[int, Placed] = {}
    for row in table.header:
        leaves |= {placed.col: placed for placed in row.cells if placed.cell.text}
    return TableRow(table.header[0].page, tuple(leaves[col] for col in sorted(leaves)))
