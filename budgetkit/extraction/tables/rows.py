"""What each row of a table is about.

Stands between the header of a table and its facts.  A row is known by its classification code,
by the item that its name says (``items.csv``), as a total, or as the row that repeats the
department's name.  Each kind of row is one small function; :data:`_KINDS` lists them in the
order in which they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from budgetkit.amounts import parse_number, squeeze
from budgetkit.codelists import (
    bare_name,
    class_by_name,
    class_within,
    is_total,
    item_code,
    known_names,
)
from budgetkit.extraction.tables.headers import NO_MEASURE, TWO_PANELS, Table
from budgetkit.extraction.tables.page_breaks import Placed, TableRow
from budgetkit.extraction.tables.row_codes import (
    CODE_PARTS,
    Parts,
    RowCode,
    fill_blanks,
    one_column_code,
    split_code,
    three_column_code,
)

#: Tables whose rows are items by name, in panels side by side.
BY_ITEM = frozenset({"summary", "appropriation_summary", "three_public"})
#: Items that others are listed under.
BLOCKS = frozenset(
    {
        "general_appropriation",
        "government_fund",
        "state_capital",
        "special_account",
        "unit_funds",
        "carryover",
        "fiscal_carryover",
        "nonfiscal_carryover",
    }
)
#: Roles of columns whose texts name a row.
_NAMING = frozenset({"name", "code", "code1"})
#: Roles of labels that say more of a row, but not what it is called.
_NOT_NAMES = frozenset(
    {"text", "ignore", "year", "unit_code", "unit_name", "government_code", "government_name"}
)
#: How the name of an office ends, so that a name without a code is taken for that of a unit.
_UNIT_NAME = re.compile(
    r"(局|厅|委|委员会|院|所|站|队|总队|支队|大队|校|学校|学院|大学|中学|小学|幼儿园|中心|馆|处|办|办公室|部|会|社|场|"
    r"厂|公司|政府|街道|镇|乡|法院|检察院|党校|医院|本级|机关|分局)([(（].*[)）])?$"
)
_YEAR = re.compile(r"(20\d\d)年?(度|预算数?|数)?|(上年|本年|当年)(度|预算数?|数)?")

_NUMBERED_BLOCK = re.compile(r"^[一二三四五六七八九十]+[、.．]")
_QUOTES = re.compile(r"[“”\"'‘’]")
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"[-−\d,.\s，．]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What the amounts of a row, or of one panel of it, are about.

    Attributes
    ----------
    code : str or None
        None where the row is not understood; ``problem`` then says why.
    name : str
        As printed.
    section : str
        The panel that it stands in, where a table has several.
    project : str
        Name of the project, where the row is one.
    level : int or None
        1 to 3 for 类, 款 and 项, 0 for totals.
    repaired : bool
        Whether its name was put together from parts.
    problem : str
        The rule that failed.
    budget_unit : str
        The unit that the row speaks of, where a table prints its rows once for each unit.
    government_code : str
        Class of the government's economic classification, printed beside the department's.
    economic_code : str
        Class of the department's economic classification, printed beside a function.
    previous : bool
        Whether the row, not its column, says that its figures are of the year before.
    """

    code: str | None
    name: str = ""
    section: str = ""
    project: str = ""
    level: int | None = None
    repaired: bool = False
    problem: str = ""
    budget_unit: str = ""
    government_code: str = ""
    economic_code: str = ""
    previous: bool = False


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
    above: dict[str, _Above] = {}
    newest = _newest_year(table)
    starts = _panel_starts(table)
    for number, printed in enumerate(table.rows):
        for cells in _by_panel(printed, starts):
            row = _read_row(cells, table)
            labels: dict[int | None, Label] = {}
            for figure in row.figures:
                anchor = _anchor(row, figure)
                start = anchor.col if anchor else None
                if start not in labels:
                    panel = _panel(anchor or figure, table)
                    rows_above = above.setdefault(panel, _Above())
                    rows_above.group = _group(row, anchor, panel, rows_above.group)
                    subject = _Subject(row, anchor, panel, departments)
                    label = _label(subject, rows_above)
                    labels[start] = _with_more(label, subject, rows_above, newest)
                yield number, figure, labels[start]
            for panel, rows_above in above.items():
                _carry_down(row, panel, rows_above)


def _panel_starts(table: Table) -> list[int]:
    """Columns where a table begins anew to its right: code, name and amount side by side."""
    starts, figures = [0], False
    for index, column in enumerate(table.columns):
        if column.role in _NAMING and figures and not _is_by_item(table):
            starts.append(index)
            figures = False
        elif column.role not in NO_MEASURE:
            figures = True
    return starts


def _by_panel(row: TableRow, starts: Sequence[int]) -> Iterator[tuple[Placed, ...]]:
    """The cells of a row, panel by panel; a cell that spans two stands in the first."""
    if len(starts) == 1:
        yield row.cells
        return
    for start, end in pairwise([*starts, 10**6]):
        yield tuple(placed for placed in row.cells if start <= placed.col < end)


def _newest_year(table: Table) -> int:
    """The newest year that stands in a column of years; 0 where there is none."""
    columns = [i for i, column in enumerate(table.columns) if column.role == "year"]
    texts = (squeeze(p.cell.text) for row in table.rows for p in row.cells if p.col in columns)
    return max(map(_stated_year, texts), default=0)


def _stated_year(text: str) -> int:
    """Year of a row: 1 for 上年, 9999 for 本年, 0 where it states none."""
    found = _YEAR.fullmatch(text)
    if not found:
        return 0
    return int(found.group(1)) if found.group(1) else 1 if found.group(3) == "上年" else 9999


@dataclass(slots=True)
class _Above:
    """What the rows above, in one panel, leave for those below them.

    Attributes
    ----------
    codes : tuple of str
        类, 款 and 项 of the last row with a code, for rows that leave them blank.
    block : str
        Item that the rows below are listed under.
    group : str
        Text of the cell that spans this row and others: 一般公共预算资金 beside 小计.
    unit : str
        The budget unit that the rows below a row with its name speak of.
    unit_names : dict of str to str
        Names of units by their codes, from the rows that print both.
    economic_class : str
        Last 类 of the economic classification that was printed by name.
    year : int
        Last year that stood in the column of years.
    """

    codes: Parts = ("", "", "")
    block: str = ""
    group: str = ""
    unit: str = ""
    unit_names: dict[str, str] = field(default_factory=dict)
    economic_class: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, by what they hold: figures, or any other text."""

    table: Table
    cells: tuple[Placed, ...]
    figures: list[Placed]
    texts: list[Placed]

    def texts_of(self, *roles: str) -> list[str]:
        """Texts in the columns of some roles, left to right."""
        columns = self.table.columns
        return [p.cell.text for p in self.cells if p.cell.text and columns[p.col].role in roles]


def _read_row(cells: tuple[Placed, ...], table: Table) -> _Row:
    figures: list[Placed] = []
    texts: list[Placed] = []
    for placed in cells:
        if _is_figure(placed, table):
            figures.append(placed)
        elif placed.cell.text:
            texts.append(placed)
    return _Row(table, cells, figures, texts)


def _is_figure(placed: Placed, table: Table) -> bool:
    text = placed.cell.text
    if not _DIGIT.search(text):
        return False
    roles = {table.columns[i].role for i in range(placed.col, placed.col_end)}
    in_labels_alone = roles <= NO_MEASURE - {""}
    return not in_labels_alone and (
        parse_number(text) is not None or _NUMERIC.fullmatch(squeeze(text)) is not None
    )


def _has_codes(table: Table) -> bool:
    return any(column.role.startswith("code") for column in table.columns)


def _is_by_item(table: Table) -> bool:
    if table.table in BY_ITEM or table.is_side_by_side:
        return True
    named = any(column.role == "name" for column in table.columns)
    return not _has_codes(table) and (
        table.table == "revenue" or (table.table == "expenditure" and named)
    )


def _anchor(row: _Row, figure: Placed) -> Placed | None:
    """The cell that names the row of a figure: the nearest text on its left."""
    columns = row.table.columns
    left = [p for p in row.texts if p.col < figure.col and columns[p.col].role not in _NOT_NAMES]
    if left and not _is_by_item(row.table) and _has_codes(row.table):
        left = [p for p in left if columns[p.col].role == "name"] or left
    return left[-1] if left else None


def _panel(placed: Placed, table: Table) -> str:
    """Section of a cell; totals merge over panels, so that a figure has that of its name."""
    panels = table.table in TWO_PANELS or table.is_side_by_side
    return table.columns[placed.col].section if panels else ""


def _group(row: _Row, anchor: Placed | None, panel: str, above: str) -> str:
    """The cell on the left that spans this item and others, else that of the rows above."""
    if anchor is None or anchor.col == 0:
        return ""
    left = (p for p in row.cells if p.col < anchor.col and _panel(p, row.table) == panel)
    return next((placed.cell.text for placed in left if placed.cell.text), above)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the label of a figure is read from: its row, and the cell that names it."""

    row: _Row
    anchor: Placed | None
    panel: str
    departments: frozenset[str]

    @property
    def table(self) -> Table:
        return self.row.table

    @property
    def name(self) -> str:
        return self.anchor.cell.text if self.anchor else ""

    @property
    def repaired(self) -> bool:
        return self.anchor is not None and self.anchor.cell.repaired

    @property
    def texts(self) -> set[str]:
        """Every text of the row that is no figure, without spaces."""
        return {squeeze(placed.cell.text) for placed in self.row.texts}

    @property
    def project(self) -> str:
        """What stands in the column of projects, but for a number."""
        first = next(iter(self.row.texts_of("project_name")), "")
        return first if parse_number(first) is None else ""


def _label(subject: _Subject, above: _Above) -> Label:
    """The label by the first kind of row that fits."""
    labels = (kind(subject, above) for kind in _KINDS)
    not_known = Label(None, problem="the row has no code and no name")
    return next((label for label in labels if label), not_known)


def _item(subject: _Subject, above: _Above) -> Label | None:
    """A row that its name says: by code where it is a function, else by ``items.csv``."""
    if not _is_by_item(subject.table):
        return None
    table, section = subject.table.table, subject.panel
    name, repaired = subject.name, subject.repaired
    plain = _plain(name)
    code, rest = split_code(plain)
    if code:
        return Label(code, bare_name(rest), section, level=1, repaired=repaired)
    bare = bare_name(plain)
    if found := _class_of_panel(bare, section, above):
        return Label(found, name, section, level=len(found) // 2, repaired=repaired)
    block = _block(plain, above)
    if above.group and bare in ("小计", "合计"):
        name, bare, block = above.group + name, bare_name(above.group), ""
    elif above.group:
        block = item_code(bare_name(above.group), table, section, "") or block
    code = item_code(bare, table, section, block)
    if not code and (subject.departments & {plain} or _UNIT_NAME.search(plain)):
        return None
    return Label(code, name, section, level=0 if code == "total" else None, repaired=repaired)


def _class_of_panel(name: str, section: str, above: _Above) -> str:
    """The class that a name says in a panel of its classification; empty in that of revenue."""
    if section == "revenue":
        return ""
    kind = section if section in ("economic", "government") else "functional"
    return class_by_name(kind).get(name, "") or class_within(name, above.economic_class)


def _classified(subject: _Subject, above: _Above) -> Label | None:
    """A row with a classification code, in columns of its own or before its name."""
    code, problem, unit = _row_code(subject.row, above)
    if unit and not subject.project:
        return None  # the row of a unit, which its name tells
    name, project = subject.name, subject.project
    if not code:
        named = [split_code(text) for text in subject.row.texts_of("name")]
        own = split_code(name)
        code, name = own if own[0] else next((pair for pair in named if pair[0]), ("", name))
        name = project or name
    if code:
        level = len(code) // 2
        return Label(code, name, project=project, level=level, repaired=subject.repaired)
    return Label(None, name, project=project, problem=problem) if problem else None


def _total(subject: _Subject, above: _Above) -> Label | None:
    table = subject.table.table
    found = any(is_total(text, table) for text in subject.texts)
    return Label("total", subject.name, level=0) if found else None


def _department(subject: _Subject, above: _Above) -> Label | None:
    """The row that repeats the department's name."""
    repeats = subject.departments & subject.texts
    return Label("department", subject.name) if repeats else None


def _named_class(subject: _Subject, above: _Above) -> Label | None:
    """A class that is printed by its name alone: 工资福利支出, and below it 基本工资."""
    if _has_codes(subject.table) or subject.project:
        return None
    name = bare_name(subject.name)
    code = class_by_name("functional").get(name, "")
    economic = class_by_name("economic").get(name, "")
    if bool(code) == bool(economic):
        code = class_within(name, above.economic_class) if not code else ""
    code = code or economic
    return Label(code, subject.name, level=len(code) // 2) if code else None


def _carried_over(subject: _Subject, above: _Above) -> Label | None:
    """A project of the table of carry-overs, which prints no column of projects."""
    if subject.table.table != "carryover" or not subject.name:
        return None
    return Label("", subject.name, project=subject.name, repaired=subject.repaired)


def _procured(subject: _Subject, above: _Above) -> Label | None:
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


def _only_row(subject: _Subject, above: _Above) -> Label | None:
    """The row of a table without columns of names: its figures are totals."""
    nameless = not subject.name and not any(c.role in _NAMING for c in subject.table.columns)
    return Label("total", level=0) if nameless else None


def _project(subject: _Subject, above: _Above) -> Label | None:
    project = subject.project
    name = subject.name or project
    return Label("", name, project=project, repaired=subject.repaired) if project else None


def _unit_of_project(subject: _Subject, above: _Above) -> Label | None:
    """A row of a unit in the column of projects: its name, and no project's."""
    project = squeeze(subject.project)
    if not project or project not in subject.departments:
        return None
    return Label("department", subject.project)


def _other_unit(subject: _Subject, above: _Above) -> Label | None:
    """A row with no more than a name, which is that of a unit of the department."""
    name = subject.name or next(iter(subject.row.texts_of("unit_name")), "")
    return Label("unit", name, repaired=subject.repaired) if name else None


def _with_more(label: Label, subject: _Subject, above: _Above, newest: int) -> Label:
    """Add to a label what other columns, and the rows above, say of its row."""
    row = subject.row
    year = next(filter(None, map(_stated_year, map(squeeze, row.texts_of("year")))), above.year)
    return replace(
        label,
        budget_unit="" if label.code in ("total", "department") else _budget_unit(subject, above),
        government_code=_government_code(row),
        economic_code=_economic_code(row, label.code or ""),
        previous=0 < year < newest,
    )


def _budget_unit(subject: _Subject, above: _Above) -> str:
    """The unit that a row speaks of; empty for the department itself."""
    row = subject.row
    stated = next(iter(row.texts_of("unit_name")), "")
    if not stated:
        code = squeeze(next(iter(row.texts_of("unit_code")), ""))
        stated = above.unit_names.get(code, "")
    unit = stated or above.unit
    return "" if squeeze(unit) in subject.departments else unit


def _government_code(row: _Row) -> str:
    digits = "".join(re.sub(r"\D", "", text) for text in row.texts_of("government_code"))
    if digits:
        return digits
    codes = (split_code(text)[0] for text in row.texts_of("government_name", "name"))
    return next((code for code in codes if code.startswith("5")), "")


def _economic_code(row: _Row, own: str) -> str:
    """The class of the department's economic classification beside a function's code."""
    if not own.startswith("2"):
        return ""
    codes = (split_code(text)[0] for text in row.texts_of("name"))
    return next((code for code in codes if code.startswith("3")), "")


#: The kinds of rows, in the order in which they are tried; None means another kind.
_KINDS: tuple[Callable[[_Subject, _Above], Label | None], ...] = (
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


def _row_code(row: _Row, above: _Above) -> RowCode:
    has_parts = any(column.role == "code1" for column in row.table.columns)
    # Beside 类, 款 and 项 another column of codes holds those of the units.
    if not has_parts and (in_one_column := row.texts_of("code")):
        names = [squeeze(text) for text in row.texts_of("name")]
        return one_column_code([squeeze(text) for text in in_one_column], row.table.table, names)
    parts = _code_parts(row)
    if not any(parts):
        return RowCode()
    return three_column_code(parts, above.codes, map(squeeze, row.texts_of("name")))


def _code_parts(row: _Row) -> Parts:
    """类, 款 and 项 of a row that prints each in its own column; blank where it does not."""
    parts = dict.fromkeys(CODE_PARTS, "")
    for placed in row.cells:
        role, text = row.table.columns[placed.col].role, squeeze(placed.cell.text)
        if role in parts and text.isdigit():
            parts[role] = text
    first, second, third = parts.values()
    return first, second, third


def _plain(name: str) -> str:
    """A name without spaces and quotation marks."""
    return _QUOTES.sub("", squeeze(name))


def _block(plain: str, above: _Above) -> str:
    """The block that a row stands in: none for one that is numbered as a block."""
    return "" if _NUMBERED_BLOCK.match(plain) else above.block


def _carry_down(row: _Row, panel: str, above: _Above) -> None:
    """Keep what a row leaves for the rows below it in its panel."""
    _carry_unit(row, above)
    for text in map(bare_name, row.texts_of("name", "project_name")):
        above.economic_class = class_by_name("economic").get(text, above.economic_class)
    year = next(filter(None, map(_stated_year, map(squeeze, row.texts_of("year")))), 0)
    above.year = year or above.year
    parts = _code_parts(row)
    if any(parts):
        above.codes = fill_blanks(parts, above.codes)
    table = row.table.table
    own = [placed for placed in row.texts if _panel(placed, row.table) == panel]
    if not own or not (_is_by_item(row.table) or table == "revenue"):
        return
    if own[0].col == 0:
        spans_others = len(own) > 1
        above.group = own[0].cell.text if spans_others else ""
    plain = _plain(own[0].cell.text)
    code = item_code(bare_name(plain), table, panel, _block(plain, above))
    if code in BLOCKS or _NUMBERED_BLOCK.match(plain):
        above.block = code


def _carry_unit(row: _Row, above: _Above) -> None:
    """Keep the unit whose name a row prints above its codes."""
    if any(_code_parts(row)) or any(map(str.isdigit, map(squeeze, row.texts_of("code")))):
        heading = ""
    else:
        heading = next(iter(row.texts_of("unit_name", "name", "project_name")), "")
    unit_codes = [squeeze(text) for text in row.texts_of("unit_code")]
    stated = next(iter(row.texts_of("unit_name")), "")
    if not heading or is_total(heading, row.table.table):
        return
    if stated or unit_codes or _UNIT_NAME.search(squeeze(heading)):
        known = {squeeze(heading), bare_name(heading)} & known_names()
        if not known:
            above.unit = heading
            above.unit_names.update(dict.fromkeys(unit_codes, heading))
