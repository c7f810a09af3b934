"""Every printed figure of a table as a fact, or listed with the rule that failed.

Stands at the end of a table's way: rows and columns are known, and a figure becomes an amount in
万元.  A printed amount is a fact or it is unmapped; nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from budgetkit.amounts import squeeze, unit_in_brackets
from budgetkit.extraction.tables.cell_figures import CellFigure
from budgetkit.extraction.tables.columns import NO_MEASURE, Column
from budgetkit.extraction.tables.header_grammar import read_path
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.listed import is_listed, list_doubles, why_listed
from budgetkit.extraction.tables.row_labels import Label
from budgetkit.extraction.tables.rows import label_rows
from budgetkit.extraction.tables.table_content import Fact, Figure, Reason, TableContent
from budgetkit.extraction.tables.titles import likely_title

#: How a document speaks of all of its tables: 以下各表, 附表均; or of them by their list.
_ALL_TABLES = re.compile(
    r"(?:(?:以下|下列|所有|全部|上述)[^。；;,，表]{0,6}表|各(?:附|报|公开|预算|决算|张)?表"
    r"|表格?[^。；;]{0,8}均|^目录)[^。；;]{0,16}单位"
    r"(?:均|为|是|人民币|[:：])*(亿元|百万元|万元|千元|百元|元)"
)


def read_facts(
    table: Table, department: str, default_unit: str | None, default_stage: str = "budget"
) -> TableContent:
    """Turn the figures of one table into facts.

    Parameters
    ----------
    table
        Its pages joined and its header resolved.
    department
        Name of the department.
    default_unit
        Unit that the document states for all of its tables, taken where this one states none.
    default_stage
        Stage of the figures whose column states none.

    Returns
    -------
    TableContent
        Without indicators.
    """
    content = TableContent([], [], [])
    labelled: set[int] = set()
    for row, placed, label in label_rows(table, department):
        figure = Figure(table, row, placed)
        labelled.add(id(placed.cell))
        found = _read_figure(figure, label, default_unit, default_stage)
        if isinstance(found, Fact):
            content.facts.append(found)
            content.unmapped.extend(figure.note())
        elif is_listed(placed, table):
            content.unmapped.extend(figure.unmapped(found))
    list_doubles(content)
    for in_header, rows in ((True, table.header), (False, table.rows)):
        for placed in (placed for row in rows for placed in row.cells):
            if id(placed.cell) in labelled:
                continue
            if reason := why_listed(placed, table, in_header=in_header):
                content.unmapped.extend(Figure(table, 0, placed).unmapped(reason))
    return content


def _under_header(column: Column) -> Reason:
    """Why the figures below a header are no facts."""
    path = " > ".join(column.path)
    rule = column.problem or f"no measure is known by the header '{path}'"
    return Reason("header" if column.word else "columns", rule, path, column.word)


def _read_figure(
    figure: Figure, label: Label, default: str | None, default_stage: str
) -> Fact | Reason:
    """The fact of a figure, or why it is none."""
    table, cell = figure.table, figure.placed.cell
    if not table.table:
        likely = likely_title(table.sheets[0].above)
        rule = f"no known title above the table (found '{likely or 'none'}')"
        return Reason("title", rule, likely)
    found = cell.figure
    if not isinstance(found, CellFigure):
        return Reason("figure", f"'{cell.text}' {found.reason if found else 'is no figure'}")
    column = _measure_column(figure)
    if isinstance(column, Reason):
        return column
    if column.role in NO_MEASURE:
        return _under_header(column)
    if column.item:
        level = 0 if column.item == "total" else None
        fund = read_path((label.name,), table.table).facets.get("fund", "")
        if fund and column.role not in ("total", fund):
            return Reason(
                "row", f"the row '{label.name}' and its column name two funds", label.name
            )
        column = replace(column, role=fund or column.role)
        label = replace(label, code=column.item, name=column.path[-1], level=level)
    if label.code is None:
        return Reason("row", label.problem, label.name)
    unit = _header_unit(column) or table.unit or found.unit or default
    if found.unit and found.unit != unit:
        return Reason("unit", f"'{cell.text}' says {found.unit} in a table in {unit}")
    if unit is None:
        return Reason("unit", "no unit is stated at the table, or for all tables")
    measure = column.role
    if column.previous or (label.previous and measure != "change"):
        measure = f"previous_{measure}"
    stage = column.stage or default_stage
    return figure.fact(label, measure, found, unit, stage=stage)


def _measure_column(figure: Figure) -> Column | Reason:
    """The one column of measures that a figure stands in, else the first with a header."""
    columns = figure.table.columns[figure.placed.col : figure.placed.col_end]
    measures = [column for column in columns if column.role not in NO_MEASURE]
    if len({(column.role, column.item, column.stage, column.previous) for column in measures}) > 1:
        paths = "' and '".join(" > ".join(column.path) for column in measures[:2])
        return Reason("columns", f"its cell spans the columns '{paths}'")
    headed = [column for column in columns if column.path]
    return next(iter(measures or headed), Reason("header", "no column header above the figure"))


def _header_unit(column: Column) -> str | None:
    """The unit that the header of a column states, the innermost text first."""
    return next(filter(None, map(unit_in_brackets, reversed(column.path))), None)


def default_unit(tables: Iterable[Table]) -> str | None:
    """Return the one unit that all stated units of a document's coded tables agree on."""
    units = {table.unit for table in tables if table.unit and table.table != "three_public"}
    return units.pop() if len(units) == 1 else None


def unit_for_all(texts: Iterable[str]) -> str | None:
    """Return the unit that the text of a document states for all of its tables.

    The unit of other tables is none: 三公 is often printed in another one.

    Examples
    --------
    >>> unit_for_all(["以下各表金额单位：元", "本表单位：万元"])
    '元'
    >>> unit_for_all(["目录（单位：万元）"]), unit_for_all(["表1 单位：万元"])
    ('万元', None)
    """
    units = {unit for text in texts for unit in _ALL_TABLES.findall(squeeze(text))}
    return units.pop() if len(units) == 1 else None


def stated_department(tables: Iterable[Table]) -> str:
    """Return the department that most tables state above them; empty where none does."""
    names = Counter(table.department for table in tables if table.department)
    return names.most_common(1)[0][0] if names else ""
