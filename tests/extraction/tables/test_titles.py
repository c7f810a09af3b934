"""Which table a title names."""

from __future__ import annotations

import pytest

from budgetkit.extraction.tables.titles import find_title, title_table


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("部门收支总体情况表", "summary"),
        ("2025年部门财务收支预算总表", "summary"),
        ("公开01表：收支预算总表", "summary"),
        ("部门收入总表", "revenue"),
        ("2024年部门支出预算总表", "expenditure"),
        ("财政拨款收支预算总体情况表", "appropriation_summary"),
        ("财政拨款支出预算表（功能科目）", "appropriation_expenditure"),
        ("财政拨款基本支出预算表（经济科目）", "appropriation_basic"),
        ("一般公共预算支出情况表", "general_expenditure"),
        ("2025年部门一般公共预算支出功能分类预算表", "general_expenditure"),
        ("一般公共预算基本支出情况表", "basic_expenditure"),
        ("2025年部门一般公共预算基本支出部门预算经济分类预算表", "basic_expenditure"),
        ("一般公共预算项目支出情况表", "project_expenditure"),
        ("财政拨款政府性基金支出预算表", "government_fund"),
        ("国有资本经营预算支出情况表", "state_capital"),
        ("财政拨款“三公”经费支出情况表", "three_public"),
        ("2025年部门“三公”经费和机关运行经费预算表", "three_public"),
        ("一般公共预算机关运行经费支出预算表", "operating_costs"),
        ("上年结转结余情况明细表", "carryover"),
        ("2019年政府采购预算表", "procurement"),
        ("部门整体绩效目标表", "performance_overall"),
        ("项目支出绩效目标表（2025年）", "performance_project"),
    ],
)
def test_known_titles_name_their_table(title: str, table: str) -> None:
    assert title_table(title) == table


@pytest.mark.parametrize(
    "line",
    [
        "具体情况见一般公共预算支出表，按规定公开。",
        "单位：万元",
        "第二部分 2025年部门预算",
        "人员情况表",
    ],
)
def test_other_lines_are_no_title(line: str) -> None:
    assert title_table(line) is None


def test_a_title_of_two_lines_is_joined() -> None:
    lines = [
        "公开09表：一般公共预算“三公”经费、会议费、培训费",
        "支出预算表",
        "部门：某厅 单位：万元",
    ]
    title = find_title(lines)
    assert title is not None
    assert title.table == "three_public"


@pytest.mark.parametrize(
    "head",
    ["2025年部门预算 第 3 页", "- 3 -", "第3页 共12页", "3/12", "密级：公开", "2025年3月12日",
     "2025年部门预算及“三公”经费公开", "某县部门预算公开 3"],
)  # fmt: skip
def test_a_running_head_is_no_beginning_of_the_title_below(head: str) -> None:
    found = find_title([head, "部门支出总体情况表", "编制部门：某局 单位：万元"])
    assert found == ("部门支出总体情况表", "expenditure")


@pytest.mark.parametrize("title", ["收支总表（续）", "续表 收支总表", "收支总表（续表一）"])
def test_a_title_that_goes_on_names_its_table_where_no_beginning_is_found(title: str) -> None:
    assert title_table(title) == "summary"


def test_the_department_that_is_stated_is_no_word_of_the_title() -> None:
    lines = ["某市水务局收支总表", "编制部门：某市水务局 单位：万元"]
    title = find_title(lines)
    assert title is not None
    assert (title.table, title.text) == ("summary", lines[0])
    # No other line states it: a name that begins with a place and ends as departments do.
    alone = find_title(lines[:1])
    assert alone is not None
    assert alone.table == "summary"


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("某省自然资源厅一般公共预算支出表", "general_expenditure"),
        ("中共某市委办公室部门收支总表", "summary"),
        ("某县某镇人民政府基本支出预算表", "basic_expenditure"),
        ("某省财政厅（本级）收入支出决算总表", "summary"),
        # What is left is no title that is known whole.
        ("某市教育局学前教育支出表", "other_某市教育局学前教育支出"),
        # A unit, or a place without a department.
        ("机关服务中心支出表", "other_机关服务中心支出"),
        ("全市学校支出表", "other_全市学校支出"),
        ("区域支出表", "other_区域支出"),
    ],
)
def test_the_name_of_a_department_before_a_title_is_known_by_its_grammar(
    title: str, table: str
) -> None:
    assert title_table(title) == table
