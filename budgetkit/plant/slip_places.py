"""Where a slip stands, in the words that the page prints: its table, row and column."""

from __future__ import annotations

from typing import Any, NamedTuple

from budgetkit.corpus.families import Panel, TableSpec, load_family
from budgetkit.corpus.grid import build_table
from budgetkit.corpus.model import Disclosure
from budgetkit.plant.slip import Slip

#: What the prose, the staffing sentence and the target tables are called, and their fields.
_TABLES = {
    "narrative": "文字说明",
    "staffing": "人员情况（文字说明）",
    "procurement": "政府采购情况（文字说明）",
}
_FIELDS = {"amount": "金额", "share": "占比（%）", "change_pct": "增减（%）", "total": "合计"}
_WEIGHT = {"performance_project": "指标分值权重", "performance_overall": "分值权重"}
_NAME = "科目名称"
_TARGETS = {"performance_project": "project", "performance_overall": "overall"}


class Place(NamedTuple):
    """Title of the table, label of the row, head of the column."""

    table: str
    row: str
    column: str


def place_of(model: Disclosure, slip: Slip) -> Place:
    """Return where a slip stands, as printed.

    Parameters
    ----------
    model
        The disclosure.
    slip
        Its slip.

    Returns
    -------
    Place
    """
    family = load_family(model.family)
    if slip.table in _TARGETS:
        title = (family.targets or {})[_TARGETS[slip.table]]
        table = f"{title}（{slip.project}）" if slip.project else title
        return Place(table, slip.name, _WEIGHT[slip.table])
    spec = family.spec(slip.table)
    if spec is None or slip.kind == "procurement_sum":
        return Place(_TABLES[slip.table], slip.name, _FIELDS[slip.measure])
    grid = build_table(spec, model, family)
    title = " ".join(text for text in (grid.label, grid.title) if text)
    names = (slip.code if slip.code.isdigit() else "", slip.project or slip.name)
    row = " ".join(text for text in names if text)
    if slip.kind == "name_code":
        return Place(title, slip.code, _NAME)
    if slip.kind == "swapped_columns":
        heads = (_head(spec, slip, measure) for measure in (slip.measure, *slip.partner))
        return Place(title, row, " ⇄ ".join(heads))
    return Place(title, row, _head(spec, slip, slip.measure))


def _head(spec: TableSpec, slip: Slip, measure: str) -> str:
    """Return the heads above a column, from the top; empty for a column that is not found."""
    first = 0
    for panel in spec.panels:
        place = _column(panel, slip, measure)
        if place is not None and panel.section == slip.section:
            return "＞".join(dict.fromkeys(_above(spec, first + place)))
        first += len(panel.columns)
    return ""


def _column(panel: Panel, slip: Slip, measure: str) -> int | None:
    wanted = (f"={measure}", f"={slip.code}:{measure}")
    return next((i for i, (name, _) in enumerate(panel.columns) if name in wanted), None)


def _above(spec: TableSpec, column: int) -> list[str]:
    found = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(spec.header):
        here = 0
        for item in row:
            text, across, down = _spanned(item)
            while (number, here) in taken:
                here += 1
            taken |= {(number + i, here + j) for i in range(down) for j in range(across)}
            if here <= column < here + across:
                found.append(text)
            here += across
    return found


def _spanned(item: Any) -> tuple[str, int, int]:
    return (item, 1, 1) if isinstance(item, str) else (item[0], item[1], item[2])
