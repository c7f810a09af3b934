"""Performance targets: forms with a goal, a split of the money and nested indicators.

Replaces rows and facts for forms.  A form has labels with values beside them, then
a header row with 一级指标 to 三级指标 and a row for each indicator.  ``forms.csv`` says which
label is which.  Contact persons and telephone numbers stand in these forms too; no field takes
them, so they are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetkit.amounts import is_amount, parse_number, squeeze
from budgetkit.extraction.tables.facts import Fact, Figure, Reason, TableContent, Unmapped
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.indicators import (
    FormHead,
    field_of,
    is_indicator_header,
    read_indicators,
)
from budgetkit.extraction.tables.page_breaks import Placed, TableRow
from budgetkit.extraction.tables.row_labels import Label

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
    }
)
_NO_LABEL = "no label of the form names this amount"
_STATED_UNIT = re.compile(r"\((万元|元)\)")


def read_targets(table: Table, default_unit: str | None) -> TableContent:
    """Read one form of performance targets, over all its pages.

    Parameters
    ----------
    table
        Of the kind ``performance_project`` or ``performance_overall``.
    default_unit
        Unit of the document's tables, where the form states none.

    Returns
    -------
    TableContent
        Amounts in 万元.
    """
    rows = _join_cut_header([*table.header, *table.rows])
    start = next((i for i, row in enumerate(rows) if is_indicator_header(row)), len(rows))
    values = _values(rows[:start])
    project = next((p.cell.text for field, p in values if field == "project"), "")
    goal = next((p.cell.text for field, p in values if field == "goal"), "")
    facts, unmapped = _money(table, rows, values, project, default_unit)
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
    # The annual goal is the one of this budget; a form for several years prints both, the one
    # for all years first.
    return sorted(found, key=lambda pair: pair[0] == "goal" and pair[1].col == 0)


def _money(
    table: Table,
    rows: Sequence[TableRow],
    values: Sequence[tuple[str, Placed]],
    project: str,
    default_unit: str | None,
) -> tuple[list[Fact], list[Unmapped]]:
    """Every figure beside a label of money as a fact, and every other amount of the form."""
    in_label = _STATED_UNIT.search(squeeze("".join(p.cell.text for row in rows for p in row.cells)))
    stated = in_label.group(1) if in_label else table.unit
    unit = stated or default_unit
    label = Label("", project, project=project)
    fields = {
        id(placed.cell): field for field, placed in values if field.removeprefix("whole_") in _MONEY
    }
    facts: list[Fact] = []
    unmapped: list[Unmapped] = []
    for i, row in enumerate(rows):
        for placed in row.cells:
            figure, cell = Figure(table, i, placed), placed.cell
            number, field = parse_number(cell.text), fields.get(id(cell))
            if number is None or not (field or is_amount(cell.text)):
                continue
            if unit is None:
                unmapped.append(figure.unmapped(Reason("unit", "the form states no unit")))
            elif field is None:
                unmapped.append(figure.unmapped(Reason("place", _NO_LABEL)))
            else:
                facts.append(figure.fact(label, field, number, unit, guessed=not stated))
    return facts, unmapped
