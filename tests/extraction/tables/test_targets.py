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


def test_a_list_of_projects_is_read_as_a_table() -> None:
    rows = [
        ["项目名称", "项目总额", "其中：", "", "绩效目标", "三级指标", "指标值"],
        ["", "", "财政资金", "其他资金", "", "", ""],
        ["道路养护", "30.00", "20.00", "10.00", "路面平整", "里程", "12.5"],
        ["桥梁检测", "8.00", "8.00", "", "安全", "座数", "6"],
    ]
    gone = [("v", 0, 3), *(("h", 1, column) for column in (0, 1, 4, 5, 6))]
    page = table_page(
        rows, [80, 70, 70, 70, 90, 60, 60], above=["项目支出绩效目标表", "单位：万元"], gone=gone
    )
    form = read_targets(tables_of(page)[0], "某局", None)
    assert [(f.project, f.measure, f.printed) for f in form.facts] == [
        ("道路养护", "total", "30.00"), ("道路养护", "fiscal", "20.00"),
        ("道路养护", "other", "10.00"),
        ("桥梁检测", "total", "8.00"), ("桥梁检测", "fiscal", "8.00"),
    ]  # fmt: skip
    assert [item.text for item in form.unmapped] == ["12.5"]
    assert [(i.project, i.budget, i.goal, i.level3, i.printed) for i in form.indicators] == [
        ("道路养护", 30.0, "路面平整", "里程", "12.5"),
        ("桥梁检测", 8.0, "安全", "座数", "6"),
    ]


def test_the_tasks_of_a_year_take_their_measure_from_their_header() -> None:
    rows = [
        ["部门名称", "某局", "", "", ""],
        ["任务名称", "主要内容", "预算金额(万元)", "", ""],
        ["", "", "总额", "财政拨款", "其他资金"],
        ["日常运转", "人员经费", "90.50", "90.50", ""],
        ["专项检查", "下乡检查", "12", "10", "2"],
        ["金额合计", "", "102.50", "100.50", "2.00"],
        ["一级指标", "二级指标", "三级指标", "指标值", ""],
        ["产出指标", "数量指标", "检查次数", "1.5", ""],
    ]
    gone = [
        *(("v", 0, column) for column in (2, 3, 4)), ("v", 1, 3), ("v", 1, 4),
        ("h", 2, 0), ("h", 2, 1), ("v", 5, 1),
    ]  # fmt: skip
    page = table_page(rows, [80, 90, 90, 80, 80], above=["部门整体支出绩效目标表"], gone=gone)
    form = read_targets(tables_of(page)[0], "某局", None)
    assert [(f.code, f.project, f.measure, f.printed) for f in form.facts] == [
        ("", "日常运转", "total", "90.50"), ("", "日常运转", "fiscal", "90.50"),
        ("", "专项检查", "total", "12"), ("", "专项检查", "fiscal", "10"),
        ("", "专项检查", "other", "2"),
        ("total", "", "total", "102.50"), ("total", "", "fiscal", "100.50"),
        ("total", "", "other", "2.00"),
    ]  # fmt: skip
    assert [item.text for item in form.unmapped] == ["1.5"]


def test_an_amount_beside_an_unknown_label_is_listed() -> None:
    rows = [ROWS[0], ["项目资金(万元)", "年度预算总额", "8.00", "监理费", "7.50"], *ROWS[2:]]
    page = table_page(rows, [90, 100, 90, 100, 80], above=["项目支出绩效目标表"], gone=GONE)
    form = read_targets(tables_of(page)[0], "", None)
    assert [(fact.measure, fact.printed) for fact in form.facts] == [("total", "8.00")]
    assert [item.text for item in form.unmapped] == ["7.50"]


def test_the_row_of_a_unit_in_a_list_is_no_project() -> None:
    rows = [
        ["项目名称（资金使用单位）", "总计", "财政拨款", "绩效目标"],
        ["合计", "38.00", "38.00", ""],
        ["某市养护中心", "38.00", "38.00", ""],
        ["道路养护", "20.00", "20.00", "路面平整"],
        ["桥梁检测", "10.00", "10.00", "安全"],
        ["隧道照明", "8.00", "8.00", "明亮"],
    ]
    page = table_page(rows, [120, 80, 80, 120], above=["项目支出绩效目标表", "单位：万元"])
    form = read_targets(tables_of(page)[0], "某局", None)
    totals = [(f.code, f.project) for f in form.facts if f.measure == "total"]
    assert totals[:3] == [("total", ""), ("unit", ""), ("", "道路养护")]
