"""Performance-target tables as grids: nested merged cells, the goal, the funding split."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkit.corpus.grid import Cell, GridTable
from budgetkit.corpus.model import Disclosure, Target
from budgetkit.corpus.wording import amount_text

OMITTED = "（略）"
PROJECT_WIDTHS: tuple[float, ...] = (1.0, 1.1, 2.6, 1.6, 1.5, 1.4, 1.1, 1.7, 1.4)
OVERALL_WIDTHS: tuple[float, ...] = (1.5, 1.6, 3.4, 2.0, 2.4, 1.4)


def target_table(target: Target, model: Disclosure, titles: dict[str, str]) -> GridTable:
    """Return the table of a target: the department's whole or one project's.

    Parameters
    ----------
    target
        The table's content.
    model
        The disclosure.
    titles
        The family's words for target tables.

    Returns
    -------
    GridTable
    """
    year = titles["year"].format(year=model.year)
    if target.project:
        rows = [*_project_head(target, model), *_indicators(target.rows, (0, 1), 9)]
        title, widths, key = titles["project"], PROJECT_WIDTHS, "performance_project"
    else:
        rows = [*_overall_head(target, model), *_indicators(target.rows, (0,), 6)]
        title, widths, key = titles["overall"], OVERALL_WIDTHS, "performance_overall"
    return GridTable(key, "", title + year, "", "", widths, (), tuple(rows))


def _label(text: str, cols: int = 1, rows: int = 1) -> Cell:
    return Cell(text, cols, rows, "center")


def _project_head(target: Target, model: Disclosure) -> list[tuple[Cell, ...]]:
    budget, fiscal, other = (amount_text(a) for a in (target.budget, target.fiscal, target.other))
    return [
        (_label("预算单位", 2), Cell(model.department, 7)),
        (
            _label("项目名称", 2),
            Cell(target.project, 4),
            _label("项目负责人", 2),
            _label(OMITTED),
        ),
        (
            _label("项目资金(万元)", 2),
            _label("年度预算总额"),
            _label(budget),
            _label("其中：财政拨款", 2),
            _label(fiscal),
            _label("其他资金"),
            _label(other),
        ),
        (_label("项目总体目标", 2), Cell(target.goal, 7)),
        tuple(
            _label(text)
            for text in (
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值",
                "指标值设置依据",
                "上年完成值",
                "指标分值权重",
                "指标赋分规则",
                "佐证资料",
            )
        ),
    ]


def _overall_head(target: Target, model: Disclosure) -> list[tuple[Cell, ...]]:
    sources = [
        (_label("上级安排", 1), _label(amount_text(target.transfer or target.budget * 0), 2)),
        (_label("本级安排", 1), _label(amount_text(target.fiscal), 2)),
    ]
    return [
        (_label("部门名称（盖章）", 2), Cell(model.department, 4)),
        (_label("年度绩效目标", 2), Cell(target.goal, 4)),
        (_label("年度预算(万元)", 1, 4), _label("资金来源", 3), _label("资金总额（万元）", 2)),
        (_label("财政资金（万元）", 2, 2), *sources[0]),
        sources[1],
        (_label("其他资金（万元）", 2), _label("其他"), _label(amount_text(target.other), 2)),
        tuple(
            _label(text)
            for text in ("一级指标", "二级指标", "三级指标", "指标值", "指标设定依据", "分值权重")
        ),
    ]


def _indicators(
    rows: Sequence[tuple[str, ...]], merged: tuple[int, ...], columns: int
) -> list[tuple[Cell, ...]]:
    """Return the rows, equal neighbours in the merged columns under one cell."""
    shown = (0, 1, 2, 3, 4, 5, 6, 7, 8) if columns == 9 else (0, 1, 2, 3, 4, 6)
    found = []
    for number, row in enumerate(rows):
        cells = []
        for place in shown:
            if place in merged:
                key = row[: place + 1]
                if number and rows[number - 1][: place + 1] == key:
                    continue
                run = 1
                while number + run < len(rows) and rows[number + run][: place + 1] == key:
                    run += 1
                cells.append(_label(row[place], 1, run))
            else:
                cells.append(Cell(row[place]) if place == 2 else _label(row[place]))
        found.append(tuple(cells))
    return found
