"""What each column of a table holds: the path of header texts above it, resolved.

A column is known by its path, merged header cells included: ``财政拨款 > 基本支出 > 人员经费``.
A path that names a label (科目编码) gives its role; any other is read by
:mod:`budgetkit.extraction.tables.header_grammar`.  No two columns of a panel mean the same.
Longer than most, since the steps from a path to a role share the facets of all columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgetkit.amounts import squeeze
from budgetkit.codelists import read_codelist, section_rules, title_funds, whole_headers
from budgetkit.codelists.roles import LABELS
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
from budgetkit.extraction.tables.page_breaks import TableRow

#: Roles of columns that name the rows of a table.
_NAMES = frozenset({"name", "project_name", "code", "group"})
#: Roles of columns whose figures are no facts; empty where the header was not understood.
NO_MEASURE = LABELS | {"", "percent"}
#: The two sides of a budget; any other panel prints the same money once more.
SIDES = ("revenue", "expenditure")
#: Tables that print revenue and expenditure side by side, each with rows of its own.
TWO_PANELS = frozenset({"summary", "appropriation_summary"})
#: Tables that cut each row by the source of its money; 本年拨款 is their usual case, not named.
BY_SOURCE = frozenset({"revenue", "project_expenditure", "procurement"})
#: A column that says of which kind a project is, beside the column of its name.
PROJECT_KIND = re.compile(r"(支出)?(项目)?(类别|类型|分类)(名称)?")
#: What numbers a column: 1, 甲, 3=1+2.
ORDINAL = re.compile(r"[※*＊×]+|栏次|[A-Za-z甲乙丙丁]|\d{1,2}|\d{1,2}[=＝][\d+\-()（）]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column, with the header texts above it and the meaning that follows from them.

    Attributes
    ----------
    path : tuple of str
        Header texts, outermost first.
    role : str
        A measure, or one of the labels of :mod:`budgetkit.codelists.roles`, or ``percent``;
        empty where the header was not understood.
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
    word : str
        What of the header no list knows; empty where that is not why.
    """

    path: tuple[str, ...]
    role: str
    section: str
    previous: bool = False
    stage: str = ""
    item: str = ""
    problem: str = ""
    word: str = ""


def is_side_by_side(columns: Sequence[Column]) -> bool:
    """Whether columns stand in panels of their own: each has a section and a name.

    Examples
    --------
    >>> names = [Column((), "name", section) for section in ("revenue", "expenditure")]
    >>> is_side_by_side(names), is_side_by_side(names[:1])
    (True, False)
    """
    return len({column.section for column in columns if column.role == "name"} - {""}) > 1


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
        Within a panel, measure, stage and item are unique.  Columns that would collide get no
        role, and a problem that names the other one.
    """
    paths = [_path(header, index) for index in range(width)]
    labels = _without_kinds([label_role(path, table) for path in paths], paths)
    meanings = [
        Meaning() if label else _meaning(path, table)
        for path, label in zip(paths, labels, strict=True)
    ]
    by_column = any(m.facets.get(ROW_ITEM, "total") != "total" for m in meanings)
    if not by_column:
        labels = _named_by_unit(_named_by_side(labels, meanings, table))
    labels = _second_blocks(labels)
    meanings = _in_blocks(meanings, table)
    newest = max((m.year for m in meanings if not _compares(m)), default=0)
    given = _given(table, title, meanings)
    named = {_section(path) for path, label in zip(paths, labels, strict=True) if label == "name"}
    panels = table in TWO_PANELS or len(named - {""}) > 1
    columns = []
    for path, label, meaning in zip(paths, labels, meanings, strict=True):
        section = _section(path)
        if label or not path or meaning.problem:
            columns.append(Column(path, label, section, problem=meaning.problem, word=meaning.word))
            continue
        item = meaning.facets.get(ROW_ITEM, "total") if by_column else ""
        if item == "total" and _counts_meetings(paths) and "三公" not in "".join(path):
            item = "total_with_meetings_training"
        base = given.revenue_base if panels and section == "revenue" else given.base
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


def _without_kinds(labels: list[str], paths: Sequence[tuple[str, ...]]) -> list[str]:
    """The kind of a project (其他运转类, 特定目标类) is no name where another column has that."""
    leaves = [plain_header(path[-1]) if path else "" for path in paths]
    if "项目名称" not in leaves:
        return labels
    return [
        "text" if label in ("project_name", "name") and PROJECT_KIND.fullmatch(leaf) else label
        for label, leaf in zip(labels, leaves, strict=True)
    ]


def _named_by_side(labels: list[str], meanings: Sequence[Meaning], table: str) -> list[str]:
    """Two panels have names: where no header says so, those below 收入 and 支出 alone."""
    sides = [meaning.facets.get("side") for meaning in meanings]
    alone = [len(meaning.facets) == 1 and not meaning.problem for meaning in meanings]
    found = [side for side, is_alone in zip(sides, alone, strict=True) if side and is_alone]
    if table not in TWO_PANELS or "name" in labels or len(found) != 2 or len(set(found)) != 2:
        return labels
    return [
        "name" if side and is_alone and not label else label
        for label, side, is_alone in zip(labels, sides, alone, strict=True)
    ]


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
    codes = ("code", "code1", "code2", "code3")
    coded = named = False
    for i in panel:
        role = labels[i]
        if coded and named and role in codes:
            labels[i] = "government_code"
        coded = coded or role in codes
        named = named or (coded and role == "name")


def _path(header: Sequence[TableRow], index: int) -> tuple[str, ...]:
    path = []
    for row in header:
        for placed in row.cells:
            text = squeeze(placed.cell.text)
            if placed.col <= index < placed.col_end and text and not ORDINAL.fullmatch(text):
                path.append(text)
    return tuple(path)


def label_role(path: Sequence[str], table: str) -> str:
    """Return the role of a column that a whole header names; empty where it holds figures.

    Parameters
    ----------
    path
        Header texts, outermost first.
    table
        Canonical id of the table.

    Returns
    -------
    str
    """
    if not path:
        return ""
    if role := _whole_header(path, table):
        return role
    # A page break, or a rule, cuts the text: 功能分类科 | 目名称
    return _whole_header((*path[:-2], path[-2] + path[-1]), table) if len(path) > 1 else ""


def _whole_header(path: Sequence[str], table: str) -> str:
    leaf, parents = plain_header(path[-1]), ">".join(path[:-1])
    for rule in whole_headers(table):
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
    # Beside the balance at the end of the year 本年支出 is what was spent, of both years' money.
    is_account = "carryover_next_year" in blocks
    if table in BY_SOURCE or is_account or not {"current", "carryover"} <= blocks:
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

    Revenue and expenditure are decided by the outermost text alone, the other panels by any.
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
    """Name apart what only 本年, 收入 or a part tells apart: 合计 beside 本年收入 > 小计."""
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
            role = columns[this].role
            name = "revenue" if role in ("total", "amount") else f"revenue_{role}"
            resolved[this] = replace(columns[this], role=name)
        elif len(group) == 2 and (part := _part_beside_sum(columns, group, table)):
            this, value = part
            resolved[this] = replace(columns[this], role=f"{columns[this].role}_{value}")
    return resolved


def _part_beside_sum(
    columns: Sequence[Column], group: Sequence[int], table: str
) -> tuple[int, str] | None:
    """The column of 财政拨款 beside 小计, both below 一般公共预算, and the fund that it repeats."""
    leaves = {i: read_path(columns[i].path[-1:], table) for i in group}
    first, second = group
    nested = len(columns[first].path) > 1 and columns[first].path[:-1] == columns[second].path[:-1]
    funds = {i: leaf.facets.get("fund", "") for i, leaf in leaves.items()}
    parts = [i for i in group if funds[i] and set(leaves[i].facets) == {"fund"}]
    sums = [i for i in group if not leaves[i].facets and not leaves[i].problem]
    return (parts[0], funds[parts[0]]) if nested and len(parts) == len(sums) == 1 else None


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
