"""What each row of a table is about.

Stands between the header of a table and its facts.  A row is known by its classification code,
by the item that its name says (``items.csv``), as a total, or as the row that repeats the
department's name.  Each kind of row is one small function; ``_KINDS`` lists them in the order in
which they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from budgetkit.amounts import parse_number, squeeze
from budgetkit.codelists import bare_name, class_by_name, is_total, item_code
from budgetkit.extraction.tables.headers import NO_MEASURE, Table
from budgetkit.extraction.tables.page_breaks import Placed, TableRow
from budgetkit.extraction.tables.row_codes import Parts, read_row_code, split_code

#: Tables whose rows are items by name.
BY_ITEM = frozenset({"summary", "appropriation_summary", "three_public"})
#: Tables that print revenue and expenditure side by side, each panel with rows of its own.
TWO_PANELS = frozenset({"summary", "appropriation_summary"})
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
_NUMBERED_BLOCK = re.compile(r"^[一二三四五六七八九十]+[、.．]")
_QUOTES = re.compile(r"[“”\"'‘’]")
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"[-−\d,.\s，．]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What the amounts of a row, or of one panel of it, are about.

    ``code`` is None where the row is not understood; ``problem`` then names the rule that failed.
    """

    code: str | None
    name: str = ""
    section: str = ""
    project: str = ""
    level: int | None = None
    repaired: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, seen from the cell that names some of its figures: its ``anchor``.

    ``texts`` are all of its cells that are not blank and hold no figure.
    """

    table: Table
    printed: TableRow
    texts: Sequence[Placed]
    anchor: Placed | None
    panel: str
    departments: frozenset[str]

    @property
    def name(self) -> str:
        return self.anchor.cell.text if self.anchor else ""

    @property
    def repaired(self) -> bool:
        return self.anchor is not None and self.anchor.cell.repaired

    @property
    def project(self) -> str:
        """What stands in the column of projects, but for a number."""
        cells = (p.cell for p in self.printed.cells if _role(p, self.table) == "project_name")
        text = next((cell.text for cell in cells if cell.text), "")
        return text if parse_number(text) is None else ""

    def words(self) -> set[str]:
        """Every text of the row that is no figure, without spaces."""
        return {squeeze(placed.cell.text) for placed in self.texts}


@dataclass(slots=True)
class _Above:
    """What the rows above, in one panel, leave for those below them.

    ``codes`` are 类, 款 and 项, which rows leave blank where they are the same; ``block`` is the
    item that the rows below are listed under; ``group`` is the text of a cell on the left that
    spans several rows: 一般公共预算资金 beside 小计.
    """

    codes: Parts = ()
    block: str = ""
    group: str = ""


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
        Number of the row, from 0, the cell, and its label: one for each cell that holds a number
        in a column that may hold a measure.
    """
    departments = frozenset({squeeze(department), squeeze(table.department)} - {""})
    above: dict[str, _Above] = {}
    for number, printed in enumerate(table.rows):
        figures, texts = _figures_and_texts(printed, table)
        labels: dict[int | None, Label] = {}
        for figure in figures:
            anchor = _anchor(texts, figure, table)
            start = anchor.col if anchor else None
            if start not in labels:
                panel = _panel(anchor or figure, table)
                row = _Row(table, printed, texts, anchor, panel, departments)
                state = above.setdefault(panel, _Above())
                state.group = _group(row, state.group)
                labels[start] = _label(row, state)
            yield number, figure, labels[start]
        for panel, state in above.items():
            _carry_down(printed, texts, panel, table, state)


def _figures_and_texts(row: TableRow, table: Table) -> tuple[list[Placed], list[Placed]]:
    """Cells with a number in a column that may hold a measure; other cells that are not blank."""
    figures: list[Placed] = []
    texts: list[Placed] = []
    for placed in row.cells:
        if _is_figure(placed, table):
            figures.append(placed)
        elif placed.cell.text:
            texts.append(placed)
    return figures, texts


def _is_figure(placed: Placed, table: Table) -> bool:
    text = placed.cell.text
    if not _DIGIT.search(text):
        return False
    roles = {column.role for column in table.columns[placed.col : placed.col_end]}
    may_hold_measure = not roles <= NO_MEASURE - {""}
    is_number = parse_number(text) is not None or _NUMERIC.fullmatch(squeeze(text)) is not None
    return may_hold_measure and is_number


def _role(placed: Placed, table: Table) -> str:
    return table.columns[placed.col].role


def _panel(placed: Placed, table: Table) -> str:
    """Section of a cell; totals merge over panels, so that a figure has that of its name."""
    return table.columns[placed.col].section if table.table in TWO_PANELS else ""


def _has_codes(table: Table) -> bool:
    return any(column.role.startswith("code") for column in table.columns)


def _anchor(texts: Sequence[Placed], figure: Placed, table: Table) -> Placed | None:
    """The cell that names a figure: the nearest text on its left."""
    left = [placed for placed in texts if placed.col < figure.col]
    if table.table not in BY_ITEM and _has_codes(table):
        left = [placed for placed in left if _role(placed, table) == "name"] or left
    return left[-1] if left else None


def _label(row: _Row, above: _Above) -> Label:
    """The label by the first kind of row that fits."""
    labels = (kind(row, above) for kind in _KINDS)
    unknown = Label(None, problem="the row has no code and no name")
    return next((label for label in labels if label), unknown)


def _item(row: _Row, above: _Above) -> Label | None:
    """A row that its name says: by code where it is a function, else by ``items.csv``."""
    table, section, repaired = row.table.table, row.panel, row.repaired
    if table not in BY_ITEM and (table != "revenue" or _has_codes(row.table)):
        return None
    name, plain = row.name, _plain(row.name)
    code, rest = split_code(plain)
    if code:
        return Label(code, bare_name(rest), section, level=1, repaired=repaired)
    bare = bare_name(plain)
    if section != "revenue" and (code := class_by_name("functional").get(bare, "")):
        return Label(code, name, section, level=1, repaired=repaired)
    block = _block(plain, above)
    if above.group and bare in ("小计", "合计"):
        name, bare, block = above.group + name, bare_name(above.group), ""
    elif above.group:
        block = item_code(bare_name(above.group), table, section, "") or block
    code = item_code(bare, table, section, block)
    return Label(code, name, section, level=0 if code == "total" else None, repaired=repaired)


def _group(row: _Row, above: str) -> str:
    """The cell on the left that spans this item and others, else that of the rows above."""
    anchor = row.anchor
    if anchor is None or anchor.col == 0:
        return ""
    left = (p for p in row.printed.cells if p.col < anchor.col)
    own = (p.cell.text for p in left if _panel(p, row.table) == row.panel)
    return next(filter(None, own), above)


def _plain(name: str) -> str:
    """A name without spaces and quotation marks."""
    return _QUOTES.sub("", squeeze(name))


def _block(plain: str, above: _Above) -> str:
    """The block that a row stands in: none for one that is numbered as a block."""
    return "" if _NUMBERED_BLOCK.match(plain) else above.block


def _classified(row: _Row, above: _Above) -> Label | None:
    """A row with a classification code, in columns of its own or before its name."""
    code, problem, _ = read_row_code(row.printed, row.table, above.codes)
    name = row.name
    if not code:
        code, name = split_code(name)
    if code:
        return Label(code, name, project=row.project, level=len(code) // 2, repaired=row.repaired)
    return Label(None, name, project=row.project, problem=problem) if problem else None


def _total(row: _Row, _: _Above) -> Label | None:
    found = any(is_total(word, row.table.table) for word in row.words())
    return Label("total", row.name, level=0) if found else None


def _department(row: _Row, _: _Above) -> Label | None:
    """The row that repeats the department's name."""
    return Label("department", row.name) if row.departments & row.words() else None


def _carried_over(row: _Row, _: _Above) -> Label | None:
    """A project of the table of carry-overs, which has no column of projects."""
    if row.table.table != "carryover" or not row.name:
        return None
    return Label("", row.name, project=row.name, repaired=row.repaired)


def _procured(row: _Row, _: _Above) -> Label | None:
    """What a row of the table of procurement buys."""
    if row.table.table != "procurement":
        return None
    if not row.texts:
        return Label(None, problem="the row has no name")
    roles = [_role(placed, row.table) for placed in row.texts]
    texts = [placed.cell.text for placed in row.texts]
    named = [t for t, r in zip(texts, roles, strict=True) if r in ("name", "group", "project_name")]
    name = (named or texts)[-1]
    if "group" not in roles:
        return Label("", name, project=row.project)
    group = texts[roles.index("group")]
    return Label(item_code(bare_name(group), "procurement", "", ""), name)


def _only_row(row: _Row, _: _Above) -> Label | None:
    """The row of a table without columns of names: its figures are totals."""
    named = row.name or any(c.role in ("name", "code", "code1") for c in row.table.columns)
    return None if named else Label("total", level=0)


def _project(row: _Row, _: _Above) -> Label | None:
    project = row.project
    return (
        Label("", row.name or project, project=project, repaired=row.repaired) if project else None
    )


def _other_unit(row: _Row, _: _Above) -> Label | None:
    """A row with no more than a name, which is that of a unit of the department."""
    return Label("unit", row.name, repaired=row.repaired) if row.name else None


#: Kinds of rows, in the order in which they are tried; None means that a row is of another kind.
_KINDS: tuple[Callable[[_Row, _Above], Label | None], ...] = (
    _item,
    _classified,
    _total,
    _department,
    _carried_over,
    _procured,
    _only_row,
    _project,
    _other_unit,
)


def _carry_down(
    row: TableRow, texts: Sequence[Placed], panel: str, table: Table, above: _Above
) -> None:
    """Keep what a row leaves for the rows below it in its panel."""
    if _has_codes(table):
        above.codes = read_row_code(row, table, above.codes).parts
    own = [placed for placed in texts if _panel(placed, table) == panel]
    if not own or table.table not in (*BY_ITEM, "revenue"):
        return
    first = own[0]
    if first.col == 0:
        spans_others = len(own) > 1
        above.group = first.cell.text if spans_others else ""
    plain = _plain(first.cell.text)
    code = item_code(bare_name(plain), table.table, panel, _block(plain, above))
    if code in BLOCKS or _NUMBERED_BLOCK.match(plain):
        above.block = code
