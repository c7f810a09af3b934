"""The indicators of a form of performance targets: a row each, under 一级 to 三级指标.

Used where a form is read.  A page break may cut an indicator, or the name of its level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from budgetkit.amounts import squeeze
from budgetkit.codelists import read_codelist
from budgetkit.codelists.patterns import pattern_of
from budgetkit.extraction.tables.page_breaks import TableRow
from budgetkit.geometry import Box, around

_LEVELS = ("level1", "level2", "level3")
#: Fields of an indicator that have a column of their own.
_COLUMNS = frozenset(
    (*_LEVELS, "printed", "basis", "last_year", "weight", "rule", "evidence", "operator", "unit")
)
#: How the name of a level ends.
_LEVEL_END = re.compile(r"(指标|效能|目标|效益|成本|产出|满意度)$")
_STATED_UNIT = re.compile(r"\((万元|元|盖章)\)")
_TARGET = re.compile(
    r"^([<>=≥≤]{1,2}|不[低少]于|不[高超多][于过]|大于|小于)?(-?\d+(?:\.\d+)?)(.*)$"
)
_DATE = re.compile(r"\d{4}(年|-)")
_AT_LEAST, _AT_MOST = ("≥", "不低于", "不少于"), ("≤", "不高于", "不超过", "不多于")
_SIGNS = dict.fromkeys(_AT_LEAST, ">=") | dict.fromkeys(_AT_MOST, "<=")


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


class FormHead(NamedTuple):
    """What all indicators of a form share: its project, amounts in 万元, and its goal."""

    project: str
    budget: float | None
    fiscal: float | None
    other: float | None
    goal: str


@cache
def _fields() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((pattern_of(row["pattern"]), row["field"]) for row in read_codelist("forms"))


def field_of(label: str) -> str:
    """Return the field that a label of a form names; empty for any other text.

    Examples
    --------
    >>> field_of("指标分值权重"), field_of("其中：财政拨款"), field_of("项目负责人")
    ('weight', 'fiscal', '')
    """
    plain = _STATED_UNIT.sub("", squeeze(label)).rstrip(":")
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
    if not found or _DATE.match(plain):
        return "", "", ""
    sign, number, unit = found.group(1) or "", found.group(2), found.group(3).strip("()")
    return _SIGNS.get(sign, sign), number, unit


def is_indicator_header(row: TableRow) -> bool:
    """Whether a row names at least two levels of indicators."""
    fields = {field_of(placed.cell.text) for placed in row.cells}
    return len(fields & set(_LEVELS)) >= 2


def read_indicators(rows: Sequence[TableRow], head: FormHead) -> list[Indicator]:
    """Read the indicators of a form.

    Parameters
    ----------
    rows
        The header of the indicators, and all rows of the form below it.
    head
        What they share.

    Returns
    -------
    list of Indicator
        A row that a page break cuts is one.
    """
    if not rows:
        return []
    fields = {placed.col: field_of(placed.cell.text) for placed in rows[0].cells}
    columns = {col: field for col, field in fields.items() if field in _COLUMNS}
    found: list[Indicator] = []
    levels = {"level1": "", "level2": ""}
    page = rows[0].page
    for row in rows[1:]:
        if is_indicator_header(row):
            continue
        texts = {columns[p.col]: p.cell.text for p in row.cells if p.col in columns}
        if found and row.page > page:
            page = row.page
            _complete_levels(levels, texts, found)
            if _is_rest(texts, found):
                found[-1] = _join(found[-1], texts)
                continue
        levels |= _new_levels(texts)
        if texts.get("level3") or texts.get("printed"):
            boxes = [p.cell.box for p in row.cells if p.col in columns and p.cell.text]
            found.append(_indicator(head, levels, texts, row.page, around(boxes)))
    return found


def _new_levels(texts: dict[str, str]) -> dict[str, str]:
    """The levels that a row opens; a new first level ends the second."""
    opened = {level: texts[level] for level in ("level1", "level2") if texts.get(level)}
    return {"level2": "", **opened} if "level1" in opened else opened


def _indicator(
    head: FormHead, levels: dict[str, str], texts: dict[str, str], page: int, box: Box
) -> Indicator:
    operator, target, unit = split_target(texts.get("printed", ""))
    read: dict[str, Any] = dict.fromkeys(_COLUMNS, "") | texts | levels
    read["operator"] = read["operator"] or operator
    read["unit"] = read["unit"] or unit
    return Indicator(**head._asdict(), **read, target=target, page=page, box=box)


def _complete_levels(levels: dict[str, str], texts: dict[str, str], found: list[Indicator]) -> None:
    """Put the name of a level together where the page break cuts it: 产出指 | 标."""
    for level, head in levels.items():
        rest = texts.get(level, "")
        whole = head + rest
        is_cut = head and rest and not _LEVEL_END.search(head)
        if is_cut and _LEVEL_END.search(squeeze(whole)):
            _rename_level(found, level, whole)
            levels[level] = whole
            del texts[level]


def _rename_level(found: list[Indicator], level: str, name: str) -> None:
    """Give the last indicators of a group another name of their level."""
    cut = getattr(found[-1], level)
    changed: dict[str, Any] = {level: name}
    for i in range(len(found) - 1, -1, -1):
        if getattr(found[i], level) != cut:
            break
        found[i] = replace(found[i], **changed)


def _is_rest(texts: dict[str, str], found: Sequence[Indicator]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    The rest of a row lacks something that every whole indicator of the form has.
    """
    if not any(texts.values()):
        return True
    if texts.get("level1"):
        return False
    always = ("level3", "printed", "weight")
    return any(
        not texts.get(field) and all(getattr(item, field) for item in found) for field in always
    )


def _join(indicator: Indicator, rest: dict[str, str]) -> Indicator:
    more: dict[str, Any] = {
        field: getattr(indicator, field) + text for field, text in rest.items() if text
    }
    return replace(indicator, **more)
