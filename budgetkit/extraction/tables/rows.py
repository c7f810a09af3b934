"""Sixth step, first half: what each row of a table is about.

A row is known by its classification code, by the item that its name says
(``items.csv``), as a total, or as the row that repeats the department's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from budgetkit.amounts import parse_number, squeeze
from budgetkit.codelists import bare_name, class_by_name, item_rules, known_names
from budgetkit.extraction.tables.headers import NO_MEASURE, Table
from budgetkit.extraction.tables.page_breaks import Placed, TableRow

#: Tables whose rows are items by name, in panels side by side.
BY_ITEM = frozenset({"summary", "appropriation_summary", "three_public"})

_CODE = re.compile(r"\d{3}(\d\d){0,2}")
_LEADING_CODE = re.compile(r"^\[?(\d{3}(?:[.\-]?\d\d){0,2})\]?[\s—\-]*(?=[^\d\s.,%)）年])(.*)$")
_BLOCK = re.compile(r"^[一二三四五六七八九十]+[、.．]")
_QUOTES = re.compile(r"[“”\"'‘’]")
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"[-−\d,.\s，．]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What the amounts of a row, or of one panel of it, are about.

    ``code`` is None where the row can't be told; ``problem`` then says why.
    """

    section: str
    code: str | None
    name: str
    project: str = ""
    level: int | None = None
    repaired: bool = False
    problem: str = ""


@dataclass(slots=True)
class _Context:
    """What earlier rows leave for later ones."""

    codes: tuple[str, ...] = ("", "", "")
    block: str = ""
    group: str = ""


def label_rows(table: Table, department: str) -> Iterator[tuple[TableRow, Placed, Label]]:
    """Go through the figures of a table, each with its row and what the row is about.

    Parameters
    ----------
    table
        With resolved columns.
    department
        Name of the department, to know the row that repeats it.

    Yields
    ------
    tuple of TableRow, Placed, Label
        One for each cell that holds a number in a column that is not a label.
    """
    context: dict[str, _Context] = {}
    names = {squeeze(department), squeeze(table.department)} - {""}
    for row in table.rows:
        labels: dict[int, Label] = {}
        for placed in row.cells:
            if not _is_figure(placed, table):
                continue
            anchor = _anchor(row, placed, table)
            key = -1 if anchor is None else anchor.col
            if key not in labels:
                panel = _panel(anchor, placed, table)
                state = context.setdefault(panel, _Context())
                labels[key] = _label(row, anchor, panel, table, names, state)
            yield row, placed, labels[key]
        for panel, state in context.items():
            _remember(row, panel, table, state)


def _is_figure(placed: Placed, table: Table) -> bool:
    roles = {table.columns[i].role for i in range(placed.col, placed.col_end)}
    text = placed.cell.text
    measured = not roles <= NO_MEASURE - {""}
    return measured and _DIGIT.search(text) is not None and _looks_numeric(text)


def _looks_numeric(text: str) -> bool:
    return parse_number(text) is not None or _NUMERIC.fullmatch(squeeze(text)) is not None


def _anchor(row: TableRow, figure: Placed, table: Table) -> Placed | None:
    """The cell that names the row of a figure: the nearest text on its left."""
    left = [p for p in row.cells if p.col < figure.col and p.cell.text and not _numeric(p, table)]
    if not left:
        return None
    if table.table in BY_ITEM or not _coded(table):
        return left[-1]
    named = [p for p in left if _role(p, table) == "name"]
    return (named or left)[-1]


def _numeric(placed: Placed, table: Table) -> bool:
    return _is_figure(placed, table)


def _role(placed: Placed, table: Table) -> str:
    return table.columns[placed.col].role


def _coded(table: Table) -> bool:
    return any(column.role.startswith("code") for column in table.columns)


def _panel(anchor: Placed | None, figure: Placed, table: Table) -> str:
    """Section of a figure: that of the cell that names it, since totals merge over panels."""
    section = table.columns[(anchor or figure).col].section
    return section if table.table in ("summary", "appropriation_summary") else ""


def _label(
    row: TableRow,
    anchor: Placed | None,
    panel: str,
    table: Table,
    names: set[str],
    context: _Context,
) -> Label:
    name = anchor.cell.text if anchor else ""
    plain = squeeze(name)
    repaired = bool(anchor and anchor.cell.repaired)
    if table.table in BY_ITEM or (table.table == "revenue" and not _coded(table)):
        context.group = _group(row, anchor, panel, table, context)
        return _item(name, panel, table, context, repaired)
    code, problem = _row_code(row, table, context)
    if not code and (found := _LEADING_CODE.match(name)):
        code, name = re.sub(r"\D", "", found.group(1)), found.group(2).strip()
    project = _project(row, table)
    texts = [squeeze(p.cell.text) for p in row.cells if p.cell.text and not _numeric(p, table)]
    if code:
        return Label("", code, name, project, len(code) // 2, repaired)
    if problem:
        return Label("", None, name, project, problem=problem)
    if any(is_total(text, table.table) for text in texts):
        return Label("", "total", name, level=0)
    if names & set(texts):
        return Label("", "department", name)
    if table.table == "carryover" and plain:
        return Label("", "", name, name, repaired=repaired)
    if table.table == "procurement":
        return _procured(row, table, context, project)
    if not plain and not any(column.role in ("name", "code", "code1") for column in table.columns):
        return Label("", "total", "", level=0)
    if project:
        return Label("", "", name or project, project, repaired=repaired)
    if plain:
        return Label("", "unit", name, repaired=repaired)
    return Label("", None, "", problem="the row has no code and no name")


#: A digit between ideographs, as no class has it in its name.
_STRAY = re.compile(r"(?<=[\u4e00-\u9fff])[0-9](?=[\u4e00-\u9fff])|^[0-9](?=[\u4e00-\u9fff])")


def _row_code(row: TableRow, table: Table, context: _Context) -> tuple[str, str]:
    """Join 类, 款 and 项; blanks before the last one are those of the row above."""
    single = [p for p in row.cells if _role(p, table) == "code" and p.cell.text]
    if single:
        text = squeeze(single[0].cell.text)
        if is_total(text, table.table):
            return "", ""
        if len(single) > 1:  # 类, 款 and 项 in columns under one header
            text = "".join(squeeze(placed.cell.text) for placed in single)
        digits = re.sub(r"\D", "", text)
        if _CODE.fullmatch(digits) and not re.search(r"[\u4e00-\u9fff]", text):
            return digits, ""
        found = _LEADING_CODE.match(text)
        if found:
            return re.sub(r"\D", "", found.group(1)), ""
        return ("", f"'{text}' is not a classification code") if digits else ("", "")
    parts = ["", "", ""]
    for placed in row.cells:
        role, text = _role(placed, table), squeeze(placed.cell.text)
        if role in ("code1", "code2", "code3") and text and text.isdigit():
            parts["123".index(role[-1])] = text
    if not any(parts):
        return "", ""
    last = max(i for i in range(3) if parts[i])
    if len(parts[last]) == 3 + 2 * last:
        joined = parts[last]
    else:
        filled = [parts[i] or context.codes[i] for i in range(last + 1)]
        joined = filled[0] + "".join(part.zfill(2) for part in filled[1:])
        if problem := _overflown(filled, row, table):
            return "", problem
    return (joined, "") if _CODE.fullmatch(joined) else ("", f"'{joined}' is not a code")


def _overflown(parts: Sequence[str], row: TableRow, table: Table) -> str:
    """Say why a code in narrow columns can't be trusted: its digits run into the next cell."""
    if "0" in parts[1:]:
        return f"'{' '.join(parts)}' is not a code: no class is numbered 0"
    names = [squeeze(p.cell.text) for p in row.cells if _role(p, table) == "name"]
    for name in names:
        if len(_STRAY.findall(name)) == 1 and _STRAY.sub("", name) in known_names():
            return f"a digit of its code stands in its name, '{name}'"
    return ""


def _project(row: TableRow, table: Table) -> str:
    texts = [p.cell.text for p in row.cells if _role(p, table) == "project_name" and p.cell.text]
    return texts[0] if texts and parse_number(texts[0]) is None else ""


def _group(
    row: TableRow, anchor: Placed | None, panel: str, table: Table, context: _Context
) -> str:
    """The cell on the left that spans this item and others: 一般公共预算资金 beside 小计."""
    if anchor is None or anchor.col == 0:
        return ""
    before = [
        p.cell.text
        for p in row.cells
        if p.col < anchor.col and p.cell.text and _panel(p, p, table) == panel
    ]
    return before[0] if before else context.group


def _item(name: str, panel: str, table: Table, context: _Context, repaired: bool) -> Label:
    """A row that its name says: by code where it is a function, else by ``items.csv``."""
    section = panel
    plain = _QUOTES.sub("", squeeze(name))
    if found := _LEADING_CODE.match(plain):
        return Label(section, found.group(1), bare_name(found.group(2)), level=1, repaired=repaired)
    bare = bare_name(plain)
    if panel != "revenue" and (code := class_by_name("functional").get(bare)):
        return Label(section, code, name, level=1, repaired=repaired)
    within = "" if _BLOCK.match(plain) else context.block
    if bare in ("小计", "合计") and context.group:
        name, bare, within = f"{context.group}{name}", bare_name(context.group), ""
    elif context.group:
        within = item_code(bare_name(context.group), table.table, panel, "") or within
    code = item_code(bare, table.table, panel, within)
    return Label(section, code or "", name, level=0 if code == "total" else None, repaired=repaired)


def is_total(text: str, table: str) -> bool:
    """Tell whether a name says that its row is the total of a table.

    Examples
    --------
    >>> is_total("合计", "expenditure"), is_total("行政运行", "expenditure")
    (True, False)
    """
    return item_code(bare_name(text), table, "", "") == "total"


@lru_cache(maxsize=4096)
def item_code(name: str, table: str, section: str, within: str) -> str:
    """Find the item that a bare name says, in a section and within a block of rows.

    Parameters
    ----------
    name
        Without spaces and enumerator.
    table, section
        Canonical ids.
    within
        Code of the block that the row stands in: the same name says another thing under
        本年收入 than under 上年结转.

    Returns
    -------
    str
        Empty where ``items.csv`` has no such item.

    Examples
    --------
    >>> item_code("一般公共预算拨款", "summary", "revenue", "")
    'general_appropriation'
    >>> item_code("一般公共预算拨款", "summary", "revenue", "fiscal_carryover")
    'fiscal_carryover_general'
    """
    section = "revenue" if table == "revenue" else section
    own = [rule for rule in item_rules() if table in rule.tables]
    for rule in (*own, *(rule for rule in item_rules() if "*" in rule.tables)):
        if rule.section and rule.section != section:
            continue
        if rule.within is not None and not rule.within.fullmatch(within):
            continue
        if rule.name.fullmatch(name):
            return rule.code
    return ""


def _procured(row: TableRow, table: Table, context: _Context, project: str) -> Label:
    texts = [p for p in row.cells if p.cell.text and not _numeric(p, table)]
    if not texts:
        return Label("", None, "", problem="the row has no name")
    group = next((p.cell.text for p in texts if _role(p, table) == "group"), "")
    named = [p.cell.text for p in texts if _role(p, table) in ("name", "group", "project_name")]
    name = (named or [texts[-1].cell.text])[-1]
    code = item_code(bare_name(group), "procurement", "", "") if group else ""
    return Label("", code, name, "" if group else project)


def _remember(row: TableRow, panel: str, table: Table, context: _Context) -> None:
    """Keep what a row says for the rows below it."""
    parts = ["", "", ""]
    names = [p for p in row.cells if p.cell.text and not _numeric(p, table)]
    for placed in row.cells:
        role, text = _role(placed, table), squeeze(placed.cell.text)
        if role in ("code1", "code2", "code3") and text.isdigit():
            parts["123".index(role[-1])] = text
    if any(parts):
        last = max(i for i in range(3) if parts[i])
        kept = [parts[i] or context.codes[i] for i in range(last + 1)]
        context.codes = (*kept, *[""] * (2 - last))
    if table.table not in (*BY_ITEM, "revenue"):
        return
    own = [p for p in names if _panel(p, p, table) == panel]
    if not own:
        return
    if own[0].col == 0:
        context.group = own[0].cell.text if len(own) > 1 else ""
    plain = _QUOTES.sub("", squeeze(own[0].cell.text))
    within = "" if _BLOCK.match(plain) else context.block
    code = item_code(bare_name(plain), table.table, panel, within)
    if code in _OPENERS or _BLOCK.match(plain):
        context.block = code


#: Items that others are listed under.
_OPENERS = frozenset(
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
