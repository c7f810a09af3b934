"""What each row of a table is about.

Stands between the header of a table and its facts.  A row is known by its classification code,
by the item that its name says (``items.csv``), as a total, or as the row that repeats the
department's name.  Each kind of row is one small function; :data:`_KINDS` lists them in the
order in which they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from budgetkit.amounts import squeeze
from budgetkit.codelists import (
    bare_name,
    class_by_name,
    class_within,
    is_page_sum,
    is_total,
    item_code,
    known_names,
)
from budgetkit.extraction.tables.carried_down import block_of, carry_down, unit_codes_of
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import Placed
from budgetkit.extraction.tables.printed_rows import (
    BY_ITEM,
    ENUMERATOR,
    NAMING,
    UNIT_NAME,
    PrintedRow,
    RowsAbove,
    by_panel,
    has_codes,
    is_by_item,
    newest_year,
    panel_of,
    panel_starts,
    plain_name,
    prints_total,
    read_row,
    row_code,
)
from budgetkit.extraction.tables.row_codes import (
    function_by_name,
    split_code,
)
from budgetkit.extraction.tables.row_labels import Label, Subject, with_details
from budgetkit.extraction.tables.unit_rows import units_among_projects

#: Roles of labels that say more of a row, but not what it is called.
_NOT_NAMES = frozenset(
    {"text", "ignore", "year", "unit_code", "unit_name", "government_code", "government_name"}
)

#: The code of a unit before its name: [117].
_UNIT_CODE = re.compile(r"^[\[(（]?\d{3,12}[\])）]?[\s—\-]*")
_SUBTOTALS = frozenset({"小计", "小计:"})


def label_rows(table: Table, department: str) -> Iterator[tuple[int, Placed, Label]]:
    """Label the figures of a table.

    Parameters
    ----------
    table
        With resolved columns.
    department
        Name of the department, to know the row that repeats it.

    Yields
    ------
    tuple of int, Placed, Label
        The number of the row from 0, and one of its cells that holds a figure.
    """
    departments = frozenset({squeeze(department), squeeze(table.department)} - {""})
    above: dict[str, RowsAbove] = {}
    newest = newest_year(table)
    only_subtotals = not prints_total(table)
    starts = panel_starts(table)
    units = units_among_projects(table)
    for number, printed in enumerate(table.rows):
        for cells in by_panel(printed, starts):
            row = read_row(cells, table)
            labels: dict[int | None, Label] = {}
            for figure in row.figures:
                anchor = _anchor(row, figure)
                start = anchor.col if anchor else None
                if start not in labels:
                    panel = panel_of(anchor or figure, table)
                    rows_above = above.setdefault(panel, RowsAbove(units=units))
                    rows_above.group = _group(row, anchor, panel, rows_above.group)
                    subject = Subject(row, anchor, panel, departments, only_subtotals)
                    label = _label(subject, rows_above)
                    labels[start] = with_details(label, subject, rows_above, newest)
                yield number, figure, labels[start]
            for panel, rows_above in above.items():
                carry_down(row, panel, rows_above)


def _anchor(row: PrintedRow, figure: Placed) -> Placed | None:
    """The cell that names the row of a figure: the nearest text on its left."""
    columns = row.table.columns
    left = [p for p in row.texts if p.col < figure.col and columns[p.col].role not in _NOT_NAMES]
    if left and not is_by_item(row.table) and has_codes(row.table):
        left = [p for p in left if columns[p.col].role == "name"] or left
    return left[-1] if left else None


def _group(row: PrintedRow, anchor: Placed | None, panel: str, above: str) -> str:
    """The cell on the left that spans this item and others, else that of the rows above."""
    if anchor is None or not any(c.path for c in row.table.columns[: anchor.col]):
        return ""
    left = (p for p in row.cells if p.col < anchor.col and panel_of(p, row.table) == panel)
    texts = (p.cell.text for p in left if not ENUMERATOR.fullmatch(p.cell.text))
    return next(filter(None, texts), above)


def _label(subject: Subject, above: RowsAbove) -> Label:
    """The label by the first kind of row that fits."""
    labels = (kind(subject, above) for kind in _KINDS)
    not_known = Label(None, problem="the row has no code and no name")
    return next((label for label in labels if label), not_known)


def _page_sum(subject: Subject, above: RowsAbove) -> Label | None:
    """A row of the sums of a page, or of those that a page takes over: 承前页, 过次页, 本页合计.

    The sum of the only page of a table that prints no total is its total.
    """
    table = subject.table
    sums = [text for text in subject.texts if "页" in text and is_page_sum(text, table.table)]
    if not sums:
        return None
    pages = {placed.cell.page for row in table.rows for placed in row.cells}
    if sums[0].startswith("本页") and subject.only_subtotals and len(pages) == 1:
        return Label("total", subject.name, level=0)
    return Label(None, subject.name, problem="the row is the sum of a page, not of the table")


def _item(subject: Subject, above: RowsAbove) -> Label | None:
    """A row that its name says: by code where it is a function, else by ``items.csv``."""
    if not is_by_item(subject.table):
        return None
    table, section = subject.table.table, subject.panel
    name, repaired = subject.name, subject.repaired
    if not name and subject.table.table not in BY_ITEM and (only := _only_row(subject, above)):
        return only
    plain = plain_name(name)
    code, rest = _class_before_name(plain, subject.departments)
    if code:
        return Label(code, bare_name(rest), section, level=1, repaired=repaired)
    bare = bare_name(plain)
    if found := _class_of_panel(bare, section, above):
        return Label(found, name, section, level=len(found) // 2, repaired=repaired)
    block = block_of(plain, above)
    if above.group and bare in ("小计", "合计"):
        name, bare, block = above.group + name, bare_name(above.group), ""
    elif above.group:
        block = item_code(bare_name(above.group), table, section, "") or block
    code = item_code(bare, table, section, block)
    if not code and (subject.departments & {_UNIT_CODE.sub("", plain)} or UNIT_NAME.search(plain)):
        return None
    return Label(code, name, section, level=0 if code == "total" else None, repaired=repaired)


def _class_before_name(text: str, departments: frozenset[str]) -> tuple[str, str]:
    """Split a text into a class and its name; the number before the name of a unit is none."""
    code, rest = split_code(text)
    name = squeeze(rest)
    is_unit = name in departments or (
        len(code) == 3 and UNIT_NAME.search(name) and name not in known_names()
    )
    return ("", text) if is_unit else (code, rest)


def _class_of_panel(name: str, section: str, above: RowsAbove) -> str:
    """The class that a name says in a panel of its classification; empty in that of revenue."""
    if section == "revenue":
        return ""
    economic = class_within(name, above.economic_class)
    if section in ("economic", "government"):
        return class_by_name(section).get(name, "") or economic
    function = function_by_name(name, above.functions)
    return "" if function and economic else function or economic


def _classified(subject: Subject, above: RowsAbove) -> Label | None:
    """A row with a classification code, in columns of its own or before its name."""
    code, problem, unit = row_code(subject.row, above)
    if unit and not subject.project:
        return None  # the row of a unit, which its name tells
    name, project = subject.name, subject.project
    if not code:
        texts = subject.row.texts_of("name")
        named = [_class_before_name(text, subject.departments) for text in texts]
        own = _class_before_name(name, subject.departments)
        code, name = own if own[0] else next((pair for pair in named if pair[0]), ("", name))
        name = project or name
    if code:
        level = len(code) // 2
        return Label(code, name, project=project, level=level, repaired=subject.repaired)
    return Label(None, name, project=project, problem=problem) if problem else None


def _total(subject: Subject, above: RowsAbove) -> Label | None:
    table = subject.table.table
    if any(is_total(text, table) for text in subject.texts):
        return Label("total", subject.name, level=0)
    if not subject.texts & _SUBTOTALS:
        return None
    # 小计 is the total of a table that prints no other, else the sum of some of its rows.
    return Label("total" if subject.only_subtotals else "subtotal", subject.name, level=0)


def _department(subject: Subject, above: RowsAbove) -> Label | None:
    """The row that repeats the department's name."""
    repeats = subject.departments & {_UNIT_CODE.sub("", text) for text in subject.texts}
    return Label("department", subject.name) if repeats else None


def _named_class(subject: Subject, above: RowsAbove) -> Label | None:
    """A class that is printed by its name alone: 工资福利支出, and below it 基本工资."""
    if has_codes(subject.table) or subject.project:
        return None
    name = bare_name(subject.name)
    code = function_by_name(name, above.functions)
    economic = class_by_name("economic").get(name, "")
    if bool(code) == bool(economic):
        code = class_within(name, above.economic_class) if not code else ""
    code = code or economic
    return Label(code, subject.name, level=len(code) // 2) if code else None


def _carried_over(subject: Subject, above: RowsAbove) -> Label | None:
    """A project of the table of carry-overs, which prints no column of projects."""
    if subject.table.table != "carryover" or not subject.name:
        return None
    return Label("", subject.name, project=subject.name, repaired=subject.repaired)


def _procured(subject: Subject, above: RowsAbove) -> Label | None:
    """What a row of the table of procurement buys."""
    if subject.table.table != "procurement":
        return None
    row = subject.row
    if not row.texts:
        return Label(None, problem="the row has no name")
    columns = row.table.columns
    named = [p for p in row.texts if columns[p.col].role in ("name", "group", "project_name")]
    group = next((p.cell.text for p in named if columns[p.col].role == "group"), "")
    name = (named or row.texts)[-1].cell.text
    if group:
        return Label(item_code(bare_name(group), "procurement", "", ""), name)
    return Label("", name, project=subject.project)


def _only_row(subject: Subject, above: RowsAbove) -> Label | None:
    """The row of a table without columns of names: its figures are totals."""
    nameless = not subject.name and not any(c.role in NAMING for c in subject.table.columns)
    return Label("total", level=0) if nameless else None


def _project(subject: Subject, above: RowsAbove) -> Label | None:
    project = subject.project
    name = subject.name or project
    return Label("", name, project=project, repaired=subject.repaired) if project else None


def _unit_of_project(subject: Subject, above: RowsAbove) -> Label | None:
    """A row of a unit in the column of projects: its name, and no project's."""
    project = squeeze(subject.project)
    if not project or project not in subject.departments | above.units:
        return None
    return Label("department" if project in subject.departments else "unit", subject.project)


def _other_unit(subject: Subject, above: RowsAbove) -> Label | None:
    """A row with no more than a name: that of a unit of the department, or one not known."""
    name = subject.name or next(iter(subject.row.texts_of("unit_name")), "")
    if not name:
        return None
    codes = unit_codes_of(subject.row, "")
    if any(above.unit_names.get(code, name) != name for code in codes):
        # Its code is that of a unit named above: what the unit spends on.
        project = name if subject.table.table == "project_expenditure" else ""
        return Label("", name, project=project, repaired=subject.repaired)
    known = bool(codes or subject.row.texts_of("unit_name")) or UNIT_NAME.search(squeeze(name))
    return Label("unit" if known else "", name, repaired=subject.repaired)


#: The kinds of rows, in the order in which they are tried; None means another kind.
_KINDS: tuple[Callable[[Subject, RowsAbove], Label | None], ...] = (
    _page_sum,
    _item,
    _classified,
    _total,
    _unit_of_project,
    _project,
    _department,
    _carried_over,
    _procured,
    _named_class,
    _only_row,
    _other_unit,
)
