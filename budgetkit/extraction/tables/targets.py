"""Performance targets: forms with a goal, a split of the money and nested indicators.

A form has labels with values beside them, then a header row with 一级指标 to
三级指标 and a row for each indicator.  ``forms.csv`` says which label is which.
Contact persons and telephone numbers stand in these forms too; no field takes
them, so they are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from budgetkit.amounts import is_amount, parse_number, squeeze, to_wan
from budgetkit.codelists import read_codelist
from budgetkit.extraction.tables.cells import Cell
from budgetkit.extraction.tables.facts import Fact, Unmapped, printed_box, runs_over
from budgetkit.extraction.tables.headers import Table
from budgetkit.extraction.tables.page_breaks import Placed, TableRow
from budgetkit.geometry import Box

_LEVELS = ("level1", "level2", "level3")
_INDICATOR = (
    *_LEVELS,
    "printed",
    "basis",
    "last_year",
    "weight",
    "rule",
    "evidence",
    "operator",
    "unit",
)
_MONEY = frozenset(
    {
        "total",
        "fiscal",
        "other",
        "general_own",
        "general_transfer",
        "carryover",
        "whole_total",
        "whole_fiscal",
        "basic",
        "project_total",
    }
)
#: How the name of a level ends.
_LEVEL_END = r"(指标|效能|目标|效益|成本|产出|满意度)$"
_TARGET = re.compile(
    r"^([<>=≥≤]{1,2}|不[低少]于|不[高超多][于过]|大于|小于)?(-?\d+(?:\.\d+)?)(.*)$"
)
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "不低于": ">=",
    "不少于": ">=",
    "不高于": "<=",
    "不超过": "<=",
    "不多于": "<=",
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a target form; every text as printed.

    ``operator``, ``target`` and ``unit`` are read out of ``printed`` where it is
    a number with a sign (``＞=25人``); else they are empty.  ``budget``,
    ``fiscal`` and ``other`` are in 万元, None where the form prints none.
    """

    project: str
    budget: float | None
    fiscal: float | None
    other: float | None
    goal: str
    level1: str
    level2: str
    level3: str
    operator: str
    target: str
    unit: str
    printed: str
    basis: str
    last_year: str
    weight: str
    rule: str
    evidence: str
    page: int
    box: Box


class _Form(NamedTuple):
    """What all indicators of a form share."""

    project: str
    budget: float | None
    fiscal: float | None
    other: float | None
    goal: str


@dataclass(frozen=True, slots=True)
class TargetForm:
    """What one form says: its figures as facts, its indicators, and what was not understood."""

    facts: tuple[Fact, ...]
    indicators: tuple[Indicator, ...]
    unmapped: tuple[Unmapped, ...]


@cache
def _fields() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["field"]) for row in read_codelist("forms"))


def field_of(label: str) -> str:
    """Tell which field a label of a form names; empty for any other text.

    Examples
    --------
    >>> field_of("指标分值权重"), field_of("其中：财政拨款"), field_of("项目负责人")
    ('weight', 'fiscal', '')
    """
    plain = re.sub(r"\((万元|元|盖章)\)", "", squeeze(label))
    return next((field for pattern, field in _fields() if pattern.fullmatch(plain)), "")


def split_target(printed: str) -> tuple[str, str, str]:
    """Split a printed target into its operator, its number and its unit.

    Examples
    --------
    >>> split_target("＞=25人"), split_target("≤4.21万元"), split_target("有效促进")
    (('>=', '25', '人'), ('<=', '4.21', '万元'), ('', '', ''))
    """
    plain = squeeze(printed)
    found = _TARGET.match(plain)
    if not found or re.match(r"\d{4}(年|-)", plain):
        return "", "", ""
    sign, number, unit = found.group(1) or "", found.group(2), found.group(3).strip("()")
    return _SIGNS.get(sign, sign), number, unit


def read_targets(table: Table, default_unit: str | None) -> TargetForm:
    """Read one form of performance targets, over all its pages.

    Parameters
    ----------
    table
        Of the kind ``performance_project`` or ``performance_overall``.
    default_unit
        Unit of the document's tables, where the form states none.

    Returns
    -------
    TargetForm
        Amounts in 万元.
    """
    rows = _whole_header([*table.header, *table.rows])
    start = next((i for i, row in enumerate(rows) if _is_indicator_header(row)), len(rows))
    values = _values(rows[:start])
    project = next((p.cell.text for field, p in values if field == "project"), "")
    goal = next((p.cell.text for field, p in values if field == "goal"), "")
    facts, unmapped = _money(table, rows, values, project, default_unit)
    amounts = {fact.measure: float(fact.amount) for fact in reversed(facts)}
    form = _Form(project, amounts.get("total"), amounts.get("fiscal"), amounts.get("other"), goal)
    indicators = _indicators(rows[start:], form) if start < len(rows) else []
    return TargetForm(tuple(facts), tuple(indicators), tuple(unmapped))


def _whole_header(rows: Sequence[TableRow]) -> list[TableRow]:
    """Put the header of the indicators together where a page break cuts it."""
    whole: list[TableRow] = []
    for row in rows:
        last = whole[-1] if whole else None
        if last is not None and row.page > last.page:
            rest = {p.col: p.cell.text for p in row.cells if p.cell.text}
            cells = tuple(
                p._replace(cell=replace(p.cell, text=p.cell.text + rest.get(p.col, "")))
                for p in last.cells
            )
            joined = last._replace(cells=cells)
            fields = [field_of(p.cell.text) for p in cells if p.col in rest]
            if rest and all(fields) and _is_indicator_header(joined):
                whole[-1] = joined
                continue
        whole.append(row)
    return whole


def _is_indicator_header(row: TableRow) -> bool:
    fields = {field_of(placed.cell.text) for placed in row.cells}
    return len(fields & set(_LEVELS)) >= 2


def _values(rows: Sequence[TableRow]) -> list[tuple[str, Placed]]:
    """Labels with the cell that holds their value: on the right, else below for a goal."""
    found: list[tuple[str, Placed]] = []
    for i, row in enumerate(rows):
        fields = [field_of(placed.cell.text) for placed in row.cells]
        for j, (placed, field) in enumerate(zip(row.cells, fields, strict=True)):
            if not field:
                continue
            right = row.cells[j + 1] if j + 1 < len(row.cells) else None
            if right is not None and not fields[j + 1] and right.cell.text:
                twin = field in fields[j + 1 :] and field in _MONEY
                found.append((f"whole_{field}" if twin else field, right))
            elif field == "goal" and i + 1 < len(rows):
                below = next((p for p in rows[i + 1].cells if p.col == placed.col), None)
                if below is not None and not field_of(below.cell.text):
                    found.append((field, below))
    # The annual goal is the one of this budget; a form for several years prints both.
    return sorted(found, key=lambda pair: pair[0] == "goal" and pair[1].col == 0)


def _money(
    table: Table,
    rows: Sequence[TableRow],
    values: Iterable[tuple[str, Placed]],
    project: str,
    default_unit: str | None,
) -> tuple[list[Fact], list[Unmapped]]:
    stated = re.search(
        r"\((万元|元)\)", squeeze("".join(p.cell.text for r in rows for p in r.cells))
    )
    unit = stated.group(1) if stated else table.unit or default_unit
    named = {
        id(placed.cell): field for field, placed in values if field.removeprefix("whole_") in _MONEY
    }
    place = {id(p.cell): i for i, row in enumerate(rows) for p in row.cells}
    facts, unmapped = [], []
    for placed in (placed for row in rows for placed in row.cells):
        cell = placed.cell
        number = parse_number(cell.text)
        field = named.get(id(cell))
        if number is None or (not field and not is_amount(cell.text)):
            continue
        if not field or unit is None:
            rule = "no label of the form names this amount" if unit else "the form states no unit"
            unmapped.append(
                Unmapped(table.table, cell.page, printed_box(cell), squeeze(cell.text), rule)
            )
            continue
        doubtful = (not stated and not table.unit) or runs_over(cell)
        facts.append(
            Fact(
                table.table,
                "",
                "",
                project,
                None,
                project,
                field,
                to_wan(number, unit),
                squeeze(cell.text),
                unit,
                cell.page,
                printed_box(cell),
                "doubtful" if doubtful else "repaired" if cell.repaired else "read",
                place[id(cell)],
                placed.col,
            )
        )
    return facts, unmapped


def _indicators(rows: Sequence[TableRow], form: _Form) -> list[Indicator]:
    columns = {placed.col: field_of(placed.cell.text) for placed in rows[0].cells}
    columns = {col: field for col, field in columns.items() if field in _INDICATOR}
    found: list[Indicator] = []
    levels = {"level1": "", "level2": ""}
    page = rows[0].page
    for row in rows[1:]:
        if _is_indicator_header(row):
            continue
        texts = {columns[p.col]: p.cell.text for p in row.cells if p.col in columns}
        cells = [p.cell for p in row.cells if p.col in columns and p.cell.text]
        if found and row.page > page:
            page = row.page
            rest = {f: t for f, t in texts.items() if f in levels and _is_rest(levels[f], t)}
            for level, text in rest.items():
                found = _relabelled(found, level, levels[level] + text)
                levels[level] += text
                texts[level] = ""
            if _goes_on(texts, found):
                found[-1] = _joined(found[-1], texts)
                continue
        for level in ("level1", "level2"):
            if texts.get(level):
                levels[level] = texts[level]
                if level == "level1" and not texts.get("level2"):
                    levels["level2"] = ""
        if not texts.get("level3") and not texts.get("printed"):
            continue
        operator, target, unit = split_target(texts.get("printed", ""))
        read: dict[str, Any] = {field: texts.get(field, "") for field in _INDICATOR}
        read |= levels | {"operator": read["operator"] or operator, "unit": read["unit"] or unit}
        box = _around(cells)
        found.append(Indicator(*form, **read, target=target, page=row.page, box=box))
    return found


def _goes_on(texts: dict[str, str], found: Sequence[Indicator]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    The rest of a row lacks something that every whole indicator of the form has.
    """
    if texts.get("level1") or not any(texts.values()):
        return not any(texts.values())
    always = ("level3", "printed", "weight")
    return any(
        not texts.get(field) and all(getattr(item, field) for item in found) for field in always
    )


def _is_rest(level: str, text: str) -> bool:
    """Whether the name of a level was cut by the page: 产出指 | 标."""
    ended = re.compile(_LEVEL_END)
    return bool(level and text and not ended.search(level) and ended.search(squeeze(level + text)))


def _relabelled(found: Sequence[Indicator], level: str, name: str) -> list[Indicator]:
    """Give the last indicators of a group the whole name of their level."""
    items = list(found)
    cut = getattr(items[-1], level)
    for i in range(len(items) - 1, -1, -1):
        if getattr(items[i], level) != cut:
            break
        changed: dict[str, Any] = {level: name}
        items[i] = replace(items[i], **changed)
    return items


def _joined(indicator: Indicator, rest: dict[str, str]) -> Indicator:
    more: dict[str, Any] = {
        field: getattr(indicator, field) + text for field, text in rest.items() if text
    }
    return replace(indicator, **more)


def _around(cells: Sequence[Cell]) -> Box:
    boxes = [cell.box for cell in cells]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
