"""Performance targets: forms with a goal, a split of the money and nested indicators.

Replaces rows and facts for forms.  A form has labels with values beside them, then
a header row with 一级指标 to 三级指标 and a row for each indicator.  ``forms.csv`` says which
label is which; amounts below a header of their own (the tasks of a year) take their measure from
it.  Some templates print a list instead, a row a project: see
:mod:`~budgetkit.extraction.tables.target_lists`.  Contact persons and telephone numbers stand in
these forms too; no field takes them, so they are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetkit.amounts import is_amount, squeeze
from budgetkit.extraction.tables.cell_figures import CellFigure, Unreadable
from budgetkit.extraction.tables.header_grammar import composed, read_path
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import (
    FormHead,
    field_of,
    is_indicator_header,
    read_indicators,
)
from budgetkit.extraction.tables.page_breaks import TOTAL, Placed, TableRow
from budgetkit.extraction.tables.row_labels import Label
from budgetkit.extraction.tables.table_content import Fact, Figure, Reason, TableContent, Unmapped
from budgetkit.extraction.tables.target_lists import list_column, read_target_list

#: Fields of money.  Where a form prints a field twice in a row, the first is that of all years
#: of its project and begins with ``whole_``.
_MONEY = frozenset(
    {
        "total",
        "fiscal",
        "other",
        "general_own",
        "general_transfer",
        "carryover",
        "basic",
        "project_total",
        "special_funds",
        "other_development",
        "own_level",
        "lower_level",
        "central_funds",
        "provincial_funds",
        "city_funds",
        "county_funds",
    }
)
_NO_LABEL = "no label of the form names this amount"
_DECIMAL = re.compile(r"[0-9][.,][0-9]")
_STATED_UNIT = re.compile(r"\((万元|元)\)")


#: Parts of a total: of all years where the form's only total is.
_PARTS = frozenset({"fiscal", "other", "carryover"})
#: Headers of the column that names the rows of a block.
_ROW_NAMES = re.compile(r"(任务|工作任务|项目|活动|政策)?(名称|内容)|(工作|重点)?任务(名称)?")


def read_targets(table: Table, department: str, default_unit: str | None) -> TableContent:
    """Read one form of performance targets, over all its pages, or a list of them.

    Parameters
    ----------
    table
        Of the kind ``performance_project`` or ``performance_overall``.
    department
        Name of the department.
    default_unit
        Unit that the document states for all of its tables.

    Returns
    -------
    TableContent
        Amounts in 万元.
    """
    if (project_column := list_column(table)) is not None:
        return read_target_list(table, project_column, department, default_unit)
    rows = _join_cut_header([*table.header, *table.rows])
    start = next((i for i, row in enumerate(rows) if is_indicator_header(row)), len(rows))
    values = _values(rows[:start])
    project = next((p.cell.text for field, p in values if field == "project"), "")
    goal = next((p.cell.text for field, p in values if field == "goal"), "")
    facts, unmapped = _money(table, rows[:start], rows[start:], values, project, default_unit)
    amounts = {fact.measure: float(fact.amount) for fact in reversed(facts)}
    head = FormHead(
        project, amounts.get("total"), amounts.get("fiscal"), amounts.get("other"), goal
    )
    return TableContent(facts, unmapped, read_indicators(rows[start:], head))


def _join_cut_header(rows: Sequence[TableRow]) -> list[TableRow]:
    """Put the header of the indicators together where a page break cuts it."""
    whole: list[TableRow] = []
    for row in rows:
        joined = _joined_header(whole[-1], row) if whole else None
        if joined:
            whole[-1] = joined
        else:
            whole.append(row)
    return whole


def _joined_header(head: TableRow, rest: TableRow) -> TableRow | None:
    """The header of the indicators, where the second row is the rest of it overleaf."""
    texts = {placed.col: placed.cell.text for placed in rest.cells if placed.cell.text}
    if rest.page <= head.page or not texts:
        return None
    joined = head._replace(
        cells=tuple(
            p._replace(cell=replace(p.cell, text=p.cell.text + texts.get(p.col, "")))
            for p in head.cells
        )
    )
    are_labels = all(field_of(p.cell.text) for p in joined.cells if p.col in texts)
    return joined if are_labels and is_indicator_header(joined) else None


def _values(rows: Sequence[TableRow]) -> list[tuple[str, Placed]]:
    """Fields with the cell that holds their value: on the right, else below for a goal."""
    found: list[tuple[str, Placed]] = []
    for i, row in enumerate(rows):
        fields = [field_of(placed.cell.text) for placed in row.cells]
        for j, (placed, field) in enumerate(zip(row.cells, fields, strict=True)):
            if not field:
                continue
            right = row.cells[j + 1] if j + 1 < len(row.cells) else None
            if right is not None and not fields[j + 1] and right.cell.text:
                of_all_years = field in _MONEY and field in fields[j + 1 :]
                found.append((f"whole_{field}" if of_all_years else field, right))
            elif field == "goal" and i + 1 < len(rows):
                below = next((p for p in rows[i + 1].cells if p.col == placed.col), None)
                if below is not None and not field_of(below.cell.text):
                    found.append((field, below))
    totals = {f for f, p in found if f.endswith("total") and _is_number(p)}
    if "whole_total" in totals and "total" not in totals:
        found = [(f"whole_{field}" if field in _PARTS else field, cell) for field, cell in found]
    # The annual goal is the one of this budget; a form for several years prints both, the one
    # for all years first.
    return sorted(found, key=lambda pair: pair[0] == "goal" and pair[1].col == 0)


def _money(
    table: Table,
    rows: Sequence[TableRow],
    indicators: Sequence[TableRow],
    values: Sequence[tuple[str, Placed]],
    project: str,
    default_unit: str | None,
) -> tuple[list[Fact], list[Unmapped]]:
    """Every figure beside a label of money or below a header, and every other amount of the form.

    ``indicators`` are the rows from the header of the indicators on, where no amount is one of
    money.
    """
    every = [*rows, *indicators]
    in_label = _STATED_UNIT.search(
        squeeze("".join(p.cell.text for row in every for p in row.cells))
    )
    stated = in_label.group(1) if in_label else table.unit
    label = Label("", project, project=project)
    fields = {
        id(placed.cell): field for field, placed in values if field.removeprefix("whole_") in _MONEY
    }
    facts: list[Fact] = []
    unmapped: list[Unmapped] = []
    for i, row in enumerate(every):
        for placed in row.cells:
            figure, cell = Figure(table, i, placed), placed.cell
            in_indicators, field = i >= len(rows), fields.get(id(cell))
            if not (field or _may_be_money(placed, in_indicators)):
                continue
            named = (label, field) if field else None
            if named is None and not in_indicators:
                named = _below_header(rows, i, placed, table, label)
            found = _read_money(figure, named, stated, default_unit)
            if isinstance(found, Fact):
                facts.append(found)
                unmapped.extend(figure.note())
            elif found is not None:
                unmapped.extend(figure.unmapped(found))
    return facts, unmapped


def _may_be_money(placed: Placed, in_indicators: bool) -> bool:
    """Whether a cell that no label names is looked at; an indicator may count anything."""
    return _is_number(placed) and (not in_indicators or is_amount(placed.cell.text))


def _read_money(
    figure: Figure, named: tuple[Label, str] | None, stated: str | None, default: str | None
) -> Fact | Reason | None:
    """The fact of a figure of a form, or why it is none; None where it is no amount."""
    text, found = figure.placed.cell.text, figure.placed.cell.figure
    if isinstance(found, Unreadable):
        is_money = named is not None or _DECIMAL.search(text)
        is_other = found.is_percent or (found.has_words and not named)
        return Reason("figure", f"'{text}' {found.reason}") if is_money and not is_other else None
    if found is None or not (named or found.is_amount):
        return None
    unit = stated or found.unit or default
    if unit is None:
        return Reason("unit", "the form states no unit")
    if named is None:
        return Reason("place", _NO_LABEL)
    if found.unit and found.unit != unit:
        return Reason("unit", f"'{text}' says {found.unit} in a form in {unit}")
    return figure.fact(*named, found, unit)


def _below_header(
    rows: Sequence[TableRow], i: int, placed: Placed, table: Table, form: Label
) -> tuple[Label, str] | None:
    """Label and measure of a figure that stands below the header of a block, as tasks do.

    The header has a text above each text of the figure's row, so that no label to the left of
    the figure names it.
    """
    header = _block_header(rows, i, placed)
    if not header:
        return None
    path = tuple(squeeze(p.cell.text) for row in header for p in row.cells if _above(p, placed))
    meaning = read_path(path, table.table)
    if meaning.problem or meaning.year or "cmp" in meaning.facets:
        return None
    texts = [p for p in rows[i].cells if p.col < placed.col and _is_text(p)]
    starts = {p.col: squeeze(p.cell.text) for row in header for p in row.cells if p.cell.text}
    measure = composed(meaning.facets, {}, "total", table.table)
    if not texts:
        return form, measure
    if TOTAL.fullmatch(re.sub("^(资金|金额)", "", squeeze(texts[-1].cell.text))):
        return Label("total", texts[-1].cell.text, level=0), measure
    names = [p.cell.text for p in texts if _ROW_NAMES.fullmatch(starts.get(p.col, ""))]
    if not names or not all(p.col in starts for p in texts if p is not texts[0]):
        return None
    return Label("", names[0], project=names[0]), measure


def _block_header(rows: Sequence[TableRow], i: int, placed: Placed) -> list[TableRow]:
    """The rows of texts above a figure that head its column, the outer one first."""
    r = i - 1
    while r >= 0 and not any(_is_text(p) for p in rows[r].cells if _above(p, placed)):
        r -= 1
    if r < 0 or _prints_figures(rows[r]):
        return []
    header = [rows[r]]
    # What stands above the names of rows too, or above all figures of a row without a name, is
    # no part of the header but the value of a label beside it.
    least = max(
        (p.col_end - 1 for p in rows[i].cells if p.col < placed.col and _is_text(p)), default=-1
    )
    figures = [p.col for p in rows[i].cells if _is_number(p)]
    while r > 0:
        inner = next(p for p in header[0].cells if _above(p, placed))
        outer = next((p for p in rows[r - 1].cells if _above(p, placed)), None)
        if outer is None or not _is_text(outer) or _prints_figures(rows[r - 1]):
            break
        is_wider = outer.col_end - outer.col > inner.col_end - inner.col
        covers_all = least < 0 and all(outer.col <= col < outer.col_end for col in figures)
        if not is_wider or outer.col <= least or covers_all:
            break
        header.insert(0, rows[r - 1])
        r -= 1
    return header


def _above(other: Placed, placed: Placed) -> bool:
    return other.col <= placed.col < other.col_end


def _is_text(placed: Placed) -> bool:
    return bool(placed.cell.text) and not _is_number(placed)


def _is_number(placed: Placed) -> bool:
    """Whether a cell looks like a number, readable or not."""
    found = placed.cell.figure
    return found is not None and not (isinstance(found, Unreadable) and found.has_words)


def _prints_figures(row: TableRow) -> bool:
    figures = (placed.cell.figure for placed in row.cells)
    return any(isinstance(found, CellFigure) and found.is_amount for found in figures)
