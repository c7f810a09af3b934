"""Fifth step: sheets into tables, with their header resolved and their pages joined.

A column is known by the path of header texts above it, merged ones included:
``财政拨款 > 基本支出 > 人员经费``.  Continuation pages are fitted to the columns
of the first page by where they stand, since a 合计 row alone on a page may have
fewer cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from budgetkit.amounts import is_amount, parse_number, squeeze
from budgetkit.codelists import header_rules, read_codelist, section_rules, title_funds
from budgetkit.extraction.tables.cells import Cell
from budgetkit.extraction.tables.header_grammar import (
    ROW_ITEM,
    THIS_YEAR,
    Facets,
    Meaning,
    composed,
    parse_facets,
    plain_header,
    read_path,
)
from budgetkit.extraction.tables.page_breaks import (
    CODE,
    ITEM,
    TOTAL,
    Placed,
    TableRow,
    join_split,
    texts_of,
)
from budgetkit.extraction.tables.sheets import Sheet, empty_note, note_of
from budgetkit.extraction.tables.titles import Title

#: Vertical edges nearer than this (points) are the same column on two pages.
SAME_EDGE = 6.0
#: A repeated header row takes this share of its characters from the first header, and the rows
#: together repeat at least half of it.
SAME_HEADER, HALF_HEADER = 0.8, 0.5
#: A header is no deeper than this many rows.
DEEPEST_HEADER = 6

#: Roles of columns that say what a row is, not how much.
LABELS = frozenset(
    {"code", "code1", "code2", "code3", "name", "project_name", "group", "text", "year", "ignore",
     "unit_code", "unit_name", "government_code", "government_name"}
)  # fmt: skip
#: Roles of columns that name the rows of a table.
_NAMES = frozenset({"name", "project_name", "code", "group"})
#: Roles of columns whose figures are no facts; empty where the header was not understood.
NO_MEASURE = LABELS | {"", "percent"}
#: Tables that are forms, one a project: the same title again is another form.
FORMS = frozenset({"performance_project", "performance_overall"})

#: The two sides of a budget; any other panel prints the same money once more.
SIDES = ("revenue", "expenditure")
#: Tables that print revenue and expenditure side by side, each with rows of its own.
TWO_PANELS = frozenset({"summary", "appropriation_summary"})

_ORDINAL = re.compile(r"[※*＊×]+|栏次|[A-Za-z甲乙丙丁]|\d{1,2}|\d{1,2}[=＝][\d+\-()（）]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the header texts above it, outermost first, and what they make it.

    Attributes
    ----------
    path : tuple of str
        Header texts, outermost first.
    role : str
        A measure, or one of :data:`LABELS`, or ``percent``; empty where the header was not
        understood.
    section : str
        Panel of the table: ``revenue``, ``expenditure``, ``use``, or empty.
    previous : bool
        Figures of the year before, where a table prints both years.
    stage : str
        ``budget``, ``adjusted``, ``executed`` or ``final``; empty where the header states none,
        which is ``final`` in a final account and ``budget`` elsewhere.
    item : str
        The row that the column stands for, where a table prints its items as columns.
    problem : str
        Why there is no role.
    """

    path: tuple[str, ...]
    role: str
    section: str
    previous: bool = False
    stage: str = ""
    item: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table over all its pages.

    Attributes
    ----------
    table : str
        Canonical id; empty where no title is known.
    title : str
        As printed.
    unit : str or None
        As stated, None where it is not.
    department : str
        As stated above it.
    columns : tuple of Column
    header : tuple of TableRow
        As printed, for showing.
    rows : tuple of TableRow
        Without header and column numbers.
    sheets : tuple of Sheet
        The pages that it came from.
    note : str
        Printed below or in it.
    """

    table: str
    title: str
    unit: str | None
    department: str
    columns: tuple[Column, ...]
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    sheets: tuple[Sheet, ...]
    note: str

    @property
    def is_side_by_side(self) -> bool:
        """Whether it prints revenue and expenditure side by side, each with rows of its own."""
        return is_side_by_side(self.columns)

    @property
    def pages(self) -> tuple[int, ...]:
        """Pages that it stands on."""
        return tuple(dict.fromkeys(sheet.page for sheet in self.sheets))


def is_side_by_side(columns: Sequence[Column]) -> bool:
    """Whether columns stand in panels of their own: each has a section and a name.

    Examples
    --------
    >>> names = [Column((), "name", section) for section in ("revenue", "expenditure")]
    >>> is_side_by_side(names), is_side_by_side(names[:1])
    (True, False)
    """
    return len({column.section for column in columns if column.role == "name"} - {""}) > 1


def read_tables(sheets: Iterable[Sheet]) -> list[Table]:
    """Join sheets into tables and resolve their headers.

    Parameters
    ----------
    sheets
        Of one document, in reading order.

    Returns
    -------
    list of Table
        Forms such as performance targets too; they have no columns.
    """
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        if groups and continues(groups[-1], sheet):
            groups[-1].append(sheet)
        else:
            groups.append([sheet])
    return [_table(group) for group in groups]


def continues(group: Sequence[Sheet], sheet: Sheet) -> bool:
    """Tell whether a sheet goes on with the table of the sheets before it."""
    last, first = group[-1], group[0]
    if sheet.page > last.page + 1 or (sheet.fresh and sheet.page > last.page):
        return False
    if sheet.title is not None:
        if not _same_title(sheet.title, first.title) or sheet.title.table in FORMS:
            return False
        again = sheet.page > last.page and sheet.department in ("", first.department)
        return _head(sheet) == _head(first) or (again and _aligned(sheet, first))
    if sheet.page == last.page and sheet.above:
        return False
    form = first.title is not None and first.title.table in FORMS
    if sheet.page > last.page and (form or (first.title and all(map(_is_header, group)))):
        return _same_sides(sheet, last)
    return _aligned(sheet, first) or _aligned(sheet, last) or _head(sheet) == _head(first)


def _same_title(title: Title, first: Title | None) -> bool:
    """Whether a title is that of the first page, which may stand behind the heading of a part."""
    if first is None:
        return False
    printed, known = squeeze(title.text), squeeze(first.text)
    return title.table == first.table and bool(
        re.fullmatch(rf"(?:.*部分)?{re.escape(printed)}", known)
    )


def _is_header(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing but a header: its table goes on, or begins, overleaf."""
    rows = sheet.filled.by_row()[sheet.skip_rows :]
    return header_depth(rows) == len(rows)


def _same_sides(sheet: Sheet, last: Sheet) -> bool:
    """Whether two grids are as wide as each other and stand in the same place."""
    own, known = sheet.filled.grid.cols, last.filled.grid.cols
    return abs(own[0] - known[0]) <= SAME_EDGE and abs(own[-1] - known[-1]) <= SAME_EDGE


def _aligned(sheet: Sheet, first: Sheet) -> bool:
    """Whether the columns of a sheet stand where those of the first page stand."""
    known, own = first.filled.grid.cols, sheet.filled.grid.cols
    return sum(any(abs(x - y) <= SAME_EDGE for y in known) for x in own) >= 0.8 * len(own)


def _head(sheet: Sheet) -> tuple[str, ...]:
    rows = sheet.filled.by_row()[sheet.skip_rows :]
    return tuple(squeeze(cell.text) for cell in rows[0]) if rows else ()


def _table(group: Sequence[Sheet]) -> Table:
    first = group[0]
    title = first.title or Title("", "")
    # The pages that the header takes, and the page that it ends on.
    heads = 1 + next((i for i, sheet in enumerate(group) if not _is_header(sheet)), 0)
    edges = _edges(group if title.table in FORMS else group[:heads])
    rows: list[TableRow] = []
    for sheet in group[:heads]:
        more = _placed_rows(sheet, edges)
        while rows and more and not any(texts_of(more[0])):
            more = more[1:]  # the empty rest of a header row
        rows += more[_repeated(more, rows) :]
    depth = header_depth([[placed.cell for placed in row.cells] for row in rows])
    header, body = rows[:depth], rows[depth:]
    for sheet in group[heads:]:
        more = _placed_rows(sheet, edges)
        more = more[_repeated(more, header) :]
        if more and not body and _is_ordinals([text for text in texts_of(more[0]) if text]):
            more = more[1:]
        body = join_split(body, more, title.table)
    columns = resolve_columns(header, len(edges) - 1, title.table, title.text)
    cells = [placed.cell for row in body for placed in row.cells]
    note = note_of(group[-1]) or empty_note(cells)
    return Table(
        title.table,
        title.text,
        first.unit,
        first.department,
        columns,
        tuple(header),
        tuple(body),
        tuple(group),
        note,
    )


def _placed_rows(sheet: Sheet, edges: Sequence[float]) -> list[TableRow]:
    return [_place(row, edges) for row in sheet.filled.by_row()[sheet.skip_rows :]]


def _edges(group: Sequence[Sheet]) -> tuple[float, ...]:
    """Columns of several pages together: a head of fewer cells may stand alone on the first."""
    if len(group) == 1:
        return group[0].filled.grid.cols
    edges: list[float] = []
    for edge in sorted(edge for sheet in group for edge in sheet.filled.grid.cols):
        if not edges or edge - edges[-1] > SAME_EDGE:
            edges.append(edge)
    return tuple(edges)


def _repeated(rows: Sequence[TableRow], header: Sequence[TableRow]) -> int:
    """Count the rows at the head of a page that repeat the header.

    An office suite breaks the lines of a repeated header anew, so that a text may go on in
    the row below.
    """
    left = Counter("".join(text for row in header for text in texts_of(row)))
    whole, count = sum(left.values()), 0
    for row in rows[:DEEPEST_HEADER]:
        texts = [text for text in texts_of(row) if text]
        said = Counter("".join(texts))
        shared = sum((said & left).values())
        data = any(is_amount(text) or CODE.fullmatch(text) for text in texts)
        if not texts or data or shared < SAME_HEADER * sum(said.values()):
            break
        left -= said
        count += 1
    return count if whole - sum(left.values()) >= HALF_HEADER * whole else 0


def _place(cells: Sequence[Cell], edges: Sequence[float]) -> TableRow:
    """Fit the cells of a row to the columns of the first page."""
    last = len(edges) - 2
    placed = []
    for cell in cells:
        start = min(max(bisect_right(edges, cell.box.x0 + SAME_EDGE) - 1, 0), last)
        end = min(max(bisect_right(edges, cell.box.x1 - SAME_EDGE), start + 1), last + 1)
        placed.append(Placed(cell, start, end))
    return TableRow(cells[0].page if cells else 0, tuple(placed))


def header_depth(rows: Sequence[Sequence[Cell]]) -> int:
    """Count the rows of a header, the row of column numbers included.

    A header ends where merged cells that start in it end, and before the first row that holds a
    figure, a code, an item or a total.
    """
    depth = 0
    while depth < min(len(rows), DEEPEST_HEADER):
        above = rows[: max(depth, 1)]
        spanned = max((c.row_end - rows[0][0].row for row in above for c in row), default=1)
        texts = [squeeze(cell.text) for cell in rows[depth] if cell.text]
        if _is_ordinals(texts):
            return depth + 1
        if _is_data(texts) and (depth >= spanned or any(map(is_amount, texts))):
            break
        depth += 1
    return depth


def _is_ordinals(texts: Sequence[str]) -> bool:
    numbers = [text for text in texts if text.isdigit()]
    if len(numbers) > 3 and int(numbers[-1]) < int(numbers[-2]):
        numbers.pop()  # the edge of the page cuts it: 8, 9, 1|0
    return (
        len(texts) >= 2
        and all(_ORDINAL.fullmatch(text) for text in texts)
        and (numbers == sorted(numbers, key=int) and len(set(numbers)) == len(numbers))
        and (len(numbers) >= 2 or "※" in texts or "栏次" in texts)
        and not any(len(text) > 1 and text.startswith("0") for text in numbers)
    )


def _is_data(texts: Sequence[str]) -> bool:
    if not texts:
        return True
    if any(is_amount(text) or CODE.fullmatch(text) for text in texts):
        return True
    if any(ITEM.match(text) for text in texts):
        return True
    if len(texts) == 1 and (TOTAL.fullmatch(texts[0]) or texts[0][0] in "空无此本"):
        return True
    numbers = [text for text in texts if parse_number(text) is not None]
    return bool(numbers) and len(numbers) * 2 >= len(texts)


def resolve_columns(
    header: Sequence[TableRow], width: int, table: str, title: str = ""
) -> tuple[Column, ...]:
    """Give each column its path of header texts, its role and its panel.

    Parameters
    ----------
    header
        Header rows, merged cells whole.
    width
        Number of columns.
    table
        Canonical id of the table; its own header rules come first.
    title
        As printed; it may say which fund all figures are of.

    Returns
    -------
    tuple of Column
        No two of one panel have the same measure, stage and item: columns that the header does
        not tell apart have no role, and say which other one they can't be told from.
    """
    paths = [_path(header, index) for index in range(width)]
    labels = [_label_role(path, table) for path in paths]
    meanings = [
        Meaning() if label else _meaning(path, table)
        for path, label in zip(paths, labels, strict=True)
    ]
    by_column = any(m.facets.get(ROW_ITEM, "total") != "total" for m in meanings)
    if not by_column:
        labels = _named_by_unit(labels)
    labels = _second_blocks(labels)
    meanings = _in_blocks(meanings, table)
    newest = max((m.year for m in meanings if not _compares(m)), default=0)
    given = _given(table, title, meanings)
    columns = []
    for path, label, meaning in zip(paths, labels, meanings, strict=True):
        section = _section(path)
        if label or not path or meaning.problem:
            columns.append(Column(path, label, section, problem=meaning.problem))
            continue
        item = meaning.facets.get(ROW_ITEM, "total") if by_column else ""
        if item == "total" and _counts_meetings(paths) and "三公" not in "".join(path):
            item = "total_with_meetings_training"
        base = given.base if section != "revenue" else given.revenue_base
        columns.append(
            Column(
                path,
                "percent"
                if meaning.facets.get("cmp") == "percent"
                else composed(meaning.facets, given.facets, base, table),
                section,
                previous=0 < meaning.year < newest and not _compares(meaning),
                stage=meaning.facets.get("stage", ""),
                item=item,
            )
        )
    columns = _only_use_panel(columns)
    return tuple(_told_apart(_by_side(columns, meanings, table), table))


def _named_by_unit(labels: list[str]) -> list[str]:
    """The names of units name the rows of a table that has no other names."""
    if set(labels) & (_NAMES | {"code1"}):
        return labels
    return ["name" if label == "unit_name" else label for label in labels]


def _second_blocks(labels: Sequence[str]) -> list[str]:
    """Tell the second classification of a panel from the first, which gives a row its code.

    In a panel that has no other names, the government's classes name the rows.
    """
    resolved = list(labels)
    panel: list[int] = []
    for index, label in enumerate([*labels, ""]):
        if label in LABELS:
            panel.append(index)
            continue
        _tell_blocks(resolved, panel)
        panel = []
    return resolved


def _tell_blocks(labels: list[str], panel: Sequence[int]) -> None:
    roles = {labels[i] for i in panel}
    if not roles & (_NAMES | {"code1", "unit_name"}):
        for i in panel:
            labels[i] = labels[i].replace("government_", "")
        return
    named = False
    for i in panel:
        role = labels[i]
        if named and role in ("code", "code1", "code2", "code3"):
            labels[i] = "government_code"
        named = named or role == "name"


def _path(header: Sequence[TableRow], index: int) -> tuple[str, ...]:
    path = []
    for row in header:
        for placed in row.cells:
            text = squeeze(placed.cell.text)
            if placed.col <= index < placed.col_end and text and not _ORDINAL.fullmatch(text):
                path.append(text)
    return tuple(path)


def _label_role(path: Sequence[str], table: str) -> str:
    """Role of a column that a whole header names; empty where it holds figures."""
    if not path:
        return ""
    if role := _whole_header(path, table):
        return role
    # A page break, or a rule, cuts the text: 功能分类科 | 目名称
    return _whole_header((*path[:-2], path[-2] + path[-1]), table) if len(path) > 1 else ""


def _whole_header(path: Sequence[str], table: str) -> str:
    leaf, parents = plain_header(path[-1]), ">".join(path[:-1])
    rules = [rule for rule in header_rules() if not rule.is_word]
    own = [rule for rule in rules if table in rule.tables]
    for rule in (*own, *(rule for rule in rules if "*" in rule.tables)):
        if rule.within is not None and not rule.within.search(parents):
            continue
        if rule.header.fullmatch(leaf) and (
            rule.role in LABELS or rule.within is not None or _is_neutral(path[:-1], table)
        ):
            return rule.role
    return ""


def _is_neutral(path: Sequence[str], table: str) -> bool:
    """Whether the texts above a header say nothing of their own, so that it stands alone."""
    meaning = read_path(tuple(path), table)
    return not meaning.problem and not set(meaning.facets) - {"side", "stage"}


def _meaning(path: tuple[str, ...], table: str) -> Meaning:
    meaning = read_path(path, table)
    if meaning.problem and len(path) > 1:
        joined = read_path((*path[:-2], path[-2] + path[-1]), table)
        return meaning if joined.problem else joined
    return meaning


def _compares(meaning: Meaning) -> bool:
    return "cmp" in meaning.facets


def _in_blocks(meanings: Sequence[Meaning], table: str) -> list[Meaning]:
    """Name the block of this year, where a table of expenditure prints that of last year too."""
    blocks = {m.facets.get("block", "current" if m.year == THIS_YEAR else "") for m in meanings}
    if table == "revenue" or not {"current", "carryover"} <= blocks:
        return list(meanings)
    return [
        replace(m, facets={**m.facets, "block": m.facets.get("block", "current"), "blocks": "both"})
        if m.year == THIS_YEAR or "block" in m.facets
        else m
        for m in meanings
    ]


@dataclass(frozen=True, slots=True)
class _Given:
    """What a table says of all of its figures, and the measure of a column that adds nothing."""

    facets: Facets
    base: str
    revenue_base: str


def _given(table: str, title: str, meanings: Sequence[Meaning]) -> _Given:
    rows = {row["table"]: row for row in read_codelist("tables")}
    row = rows.get(table)
    if row is None:
        return _Given({}, "total", "total")
    facets = dict(parse_facets(row["facets"]))
    funds = {m.facets["fund"] for m in meanings if "fund" in m.facets}
    if "fund" in facets and (stated := _stated_fund(title)):
        facets["fund"] = stated
    elif table == "basic_expenditure" and len(funds) > 1:
        del facets["fund"]
    return _Given(facets, row["base"], row["revenue_base"] or row["base"])


def _stated_fund(title: str) -> str:
    """The fund that a title names: 一般公共预算基本支出表."""
    return next((rule.fund for rule in title_funds() if rule.pattern.search(squeeze(title))), "")


def _counts_meetings(paths: Sequence[Sequence[str]]) -> bool:
    """Whether a table counts meetings and training beside 三公: its 合计 is wider than 三公."""
    return any(re.search("会议费|培训费", text) for path in paths for text in path)


def _section(path: Sequence[str]) -> str:
    """The panel that a column stands in: a side of the budget, or another cut of the same money.

    The two sides are told by the outermost text, a panel by use or by economic class by any.
    """
    for pattern, section in section_rules():
        if section not in SIDES and any(pattern.search(text) for text in path):
            return section
    for pattern, section in section_rules():
        if section in SIDES and path and pattern.search(path[0]):
            return section
    return ""


def _only_use_panel(columns: list[Column]) -> list[Column]:
    """A panel by use is the expenditure of a table that prints no other."""
    if any(column.section == "expenditure" for column in columns):
        return columns
    return [
        replace(column, section="expenditure") if column.section == "use" else column
        for column in columns
    ]


def _by_side(columns: list[Column], meanings: Sequence[Meaning], table: str) -> list[Column]:
    """Name apart what only 本年 or 收入 tells apart: 合计 beside 本年收入 > 小计."""
    resolved = list(columns)
    for group in _alike(columns, table):
        years = {i: meanings[i].year == THIS_YEAR for i in group}
        sides = {i: meanings[i].facets.get("side", "") for i in group}
        if len(group) == 2 and len(set(years.values())) == 2:
            this = next(i for i in group if years[i])
            role = columns[this].role
            name = "current_year" if role in ("total", "amount") else f"current_{role}"
            resolved[this] = replace(columns[this], role=name)
        elif len(set(sides.values())) == len(group) and "revenue" in sides.values():
            this = next(i for i in group if sides[i] == "revenue")
            resolved[this] = replace(columns[this], role="revenue")
    return resolved


def _alike(columns: Sequence[Column], table: str) -> list[list[int]]:
    """Groups of columns that nothing tells apart: same panel, measure, stage and item."""
    groups: dict[tuple[object, ...], list[int]] = {}
    panels = table in TWO_PANELS or is_side_by_side(columns)
    panel, figures = 0, False
    for index, column in enumerate(columns):
        if column.role in LABELS - {"text", "ignore"}:
            panel, figures = panel + figures, False
        elif column.role not in NO_MEASURE:
            figures = True
            section = column.section if panels else ""
            # A column that states no stage is the budget's or, in a final account, the final one.
            for stage in (column.stage,) if column.stage else ("budget", "final"):
                key = (panel, section, column.role, column.previous, stage, column.item)
                groups.setdefault(key, []).append(index)
    return [group for group in groups.values() if len(group) > 1]


def _told_apart(columns: list[Column], table: str) -> list[Column]:
    """Take the role from columns that can't be told apart, so that none pretends to be another."""
    resolved = list(columns)
    for group in _alike(columns, table):
        first, second = ("'" + " > ".join(columns[i].path) + "'" for i in group[:2])
        for index in group:
            resolved[index] = replace(
                columns[index],
                role="",
                problem=f"nothing tells the columns {first} and {second} apart (both mean "
                f"{columns[index].role})",
            )
    return resolved
