"""Performance targets."""

from __future__ import annotations

from budgetkit.extraction.tables.targets import read_targets
from tests.helpers.drawn import table_page, tables_of

ROWS = [
    ["项目名称", "引智工作经费", "", "项目负责人", "某某"],
    ["项目资金(万元)", "年度预算总额", "8.00", "其中：财政拨款", "7.50"],
    ["项目总体目标", "按计划完成各项任务。", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "分值权重"],
    ["产出指标", "数量指标", "制作手册", "＞=100册", "15"],
    ["", "质量指标", "合格率", "=100%", "10"],
    ["成本指标", "经济成本指标", "印刷费用", "＜=4.40万元", "10"],
]
GONE = [("v", 0, 2), ("v", 2, 2), ("v", 2, 3), ("v", 2, 4), ("h", 5, 0)]


def test_a_form_gives_its_money_its_goal_and_its_indicators() -> None:
    page = table_page(ROWS, [90, 100, 90, 100, 80], above=["项目支出绩效目标表"], gone=GONE)
    (table,) = tables_of(page)
    form = read_targets(table, "", None)
    assert [(fact.measure, fact.printed, fact.unit) for fact in form.facts] == [
        ("total", "8.00", "万元"), ("fiscal", "7.50", "万元"),
    ]  # fmt: skip
    assert form.unmapped == []
    rows = [(i.level1, i.level2, i.level3, i.printed, i.weight) for i in form.indicators]
    assert rows == [
        ("产出指标", "数量指标", "制作手册", "＞=100册", "15"),
        ("产出指标", "质量指标", "合格率", "=100%", "10"),
        ("成本指标", "经济成本指标", "印刷费用", "＜=4.40万元", "10"),
    ]
    first = form.indicators[0]
    assert (first.project, first.budget, first.goal) == (
        "引智工作经费",
        8.0,
        "按计划完成各项任务。",
    )
    assert (first.operator, first.target, first.unit) == (">=", "100", "册")


def test_the_person_in_charge_is_not_read() -> None:
    page = table_page(ROWS, [90, 100, 90, 100, 80], above=["项目支出绩效目标表"], gone=GONE)
    form = read_targets(tables_of(page)[0], "", None)
    assert "某某" not in repr(form.indicators) + repr(form.facts)
