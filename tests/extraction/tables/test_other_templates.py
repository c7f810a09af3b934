"""Smallest cases of templates that other provinces and final accounts print."""

from __future__ import annotations

from collections.abc import Sequence

from budgetkit.extraction.tables.facts import read_facts
from budgetkit.extraction.tables.table_content import Fact, Unmapped
from budgetkit.extraction.tables.titles import title_table
from tests.helpers.drawn import table_page, tables_of


def read(
    title: str,
    rows: Sequence[Sequence[str]],
    gone: Sequence[tuple[str, int, int]] = (),
    department: str = "",
) -> tuple[list[Fact], list[Unmapped]]:
    widths = [520 / len(rows[0])] * len(rows[0])
    page = table_page(rows, widths, above=[title, "单位：万元"], gone=gone)
    (table,) = tables_of(page)
    found = read_facts(table, department, None)
    return found.facts, found.unmapped


def keys(facts: Sequence[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.code, fact.measure, fact.printed) for fact in facts]


def test_a_source_of_funds_in_a_header_is_a_column_and_no_row() -> None:
    rows = [
        ["科目编码", "科目名称", "总计", "结转资金(某)", "事业收入"],
        ["213", "农林水支出", "9.00", "2.00", "7.00"],
    ]
    facts, unmapped = read("部门收入总表", rows)
    assert keys(facts) == [("213", "total", "9.00"), ("213", "business_income", "7.00")]
    assert [row.text for row in unmapped] == ["2.00"]


def test_two_digits_are_the_end_of_the_code_above_where_the_name_agrees() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["213", "农林水支出", "9.00"],
        ["03", "水利", "5.00"],
        ["03", "某事务", "4.00"],
    ]
    facts, unmapped = read("部门支出总表", rows)
    assert keys(facts) == [("213", "total", "9.00"), ("21303", "total", "5.00")]
    assert [row.text for row in unmapped] == ["4.00"]


def test_a_number_before_the_name_of_the_department_is_no_class() -> None:
    rows = [
        ["部门(单位)", "合计"],
        ["[117]某监测站", "9.00"],
        ["[201]某监测站", "8.00"],
        ["[201]某馆", "1.00"],
    ]
    facts, _ = read("部门收入总表", rows, department="某监测站")
    assert [fact.code for fact in facts] == ["department", "department", "unit"]


def test_what_nothing_tells_apart_in_a_row_is_listed() -> None:
    rows = [
        ["支出", "", "支出", ""],
        ["项目", "预算数", "某项目", "预算数"],
        ["支出总计", "9.00", "支出总计", "8.00"],
    ]
    facts, unmapped = read("收支总表", [[*row] for row in rows], gone=[("v", 0, 1), ("v", 0, 3)])
    assert len({(fact.section, fact.code, fact.measure) for fact in facts}) == len(facts)
    assert len(facts) + len(unmapped) == 2


def test_spending_beside_both_balances_is_that_of_the_year() -> None:
    rows = [
        ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "", "年末结转和结余"],
        ["", "", "", "", "小计", "项目支出", ""],
        ["212", "城乡社区支出", "1.00", "9.00", "8.00", "7.00", "2.00"],
    ]
    gone = [("v", 0, 5), *(("h", 1, i) for i in (0, 1, 2, 3, 6))]
    facts, unmapped = read("政府性基金预算财政拨款收入支出决算表", rows, gone)
    assert keys(facts) == [
        ("212", "carryover", "1.00"),
        ("212", "revenue", "9.00"),
        ("212", "total", "8.00"),
        ("212", "project", "7.00"),
        ("212", "carryover_next_year", "2.00"),
    ]
    assert unmapped == []


def test_balances_of_uses_at_the_end_of_the_year() -> None:
    rows = [
        ["科目编码", "科目名称", "年末结转和结余", ""],
        ["", "", "合计", "基本支出结转"],
        ["212", "城乡社区支出", "2.00", "1.00"],
    ]
    gone = [("v", 0, 3), ("h", 1, 0), ("h", 1, 1)]
    facts, _ = read("政府性基金预算财政拨款收入支出决算表", rows, gone)
    assert keys(facts) == [
        ("212", "carryover_next_year", "2.00"),
        ("212", "carryover_next_year_basic", "1.00"),
    ]


def test_a_name_that_spans_panels_names_the_figure_behind_it() -> None:
    rows = [
        ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        ["302", "商品和服务支出", "9.00", "310", "资本性支出", "1.00"],
        ["公用经费合计", "", "", "", "", "10.00"],
    ]
    gone = [("v", 2, i) for i in range(1, 5)]
    facts, unmapped = read("一般公共预算基本支出决算表", rows, gone)
    assert ("公用经费合计", "10.00") in [(fact.name, fact.printed) for fact in facts]
    assert unmapped == []


def test_items_below_the_balance_of_last_year_are_its_parts() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "金额", "项目", "金额"],
        ["一般公共预算财政拨款", "9.00", "科学技术支出", "9.00"],
        ["年初财政拨款结转和结余", "2.00", "年末财政拨款结转和结余", "2.00"],
        ["一般公共预算财政拨款", "1.00", "", ""],
    ]
    facts, _ = read("财政拨款收入支出决算总表", rows, gone=[("v", 0, 1), ("v", 0, 3)])
    assert [(fact.section, fact.code) for fact in facts] == [
        ("revenue", "general_appropriation"),
        ("expenditure", "206"),
        ("revenue", "fiscal_carryover"),
        ("expenditure", "carryover_next_year"),
        ("revenue", "fiscal_carryover_general"),
    ]


def test_rows_of_funds_and_columns_of_items() -> None:
    rows = [
        ["项目", "合计", "公务接待费"],
        ["一般公共预算", "9.00", "5.00"],
        ["政府性基金预算", "4.00", "3.00"],
    ]
    facts, _ = read("“三公”经费支出表", rows)
    assert keys(facts) == [
        ("total", "general_budget", "9.00"),
        ("reception", "general_budget", "5.00"),
        ("total", "government_fund", "4.00"),
        ("reception", "government_fund", "3.00"),
    ]


def test_a_number_of_a_row_is_no_group_of_the_total_below_it() -> None:
    rows = [
        ["序号", "项目", "预算数"],
        ["1.1", "公务接待费", "9.00"],
        ["", "合计", "9.00"],
    ]
    facts, _ = read("“三公”经费支出表", rows)
    assert [(fact.code, fact.name) for fact in facts] == [
        ("reception", "公务接待费"),
        ("total", "合计"),
    ]


def test_a_part_beside_the_sum_repeats_the_fund_above_it() -> None:
    rows = [
        ["科目编码", "科目名称", "总计", "一般公共预算", ""],
        ["", "", "", "小计", "财政拨款"],
        ["206", "科学技术支出", "9.00", "8.00", "7.00"],
    ]
    gone = [("v", 0, 4), ("h", 1, 0), ("h", 1, 1), ("h", 1, 2)]
    facts, _ = read("部门收入总表", rows, gone)
    assert [fact.measure for fact in facts] == [
        "total", "general_budget", "general_budget_fiscal",
    ]  # fmt: skip


def test_classes_of_the_government_are_columns_of_its_table() -> None:
    rows = [
        ["科目编码", "科目名称", "总计", "机关工资福利支出", "对个人和家庭的补助"],
        ["206", "科学技术支出", "9.00", "8.00", "1.00"],
    ]
    facts, _ = read("支出预算汇总表(按政府预算经济分类)", rows)
    assert [fact.measure for fact in facts] == ["total", "501", "509"]


def test_the_office_before_the_year_is_no_word_of_the_title() -> None:
    assert title_table("某省档案馆2025年收支总表") == "summary"
    assert title_table("某省档案馆2025年政府性基金预算支出表") == "government_fund"
    assert title_table("某某收支总表") != "summary"


def test_a_unit_may_stand_on_the_line_of_the_title() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "90000.00"]]
    page = table_page(rows, [100, 200, 200], above=["一般公共预算支出表（单位：元）"])
    (table,) = tables_of(page)
    (fact,) = read_facts(table, "", None).facts
    assert (fact.table, fact.amount) == ("general_expenditure", 9)


def test_cars_bought_and_run_are_no_purchase() -> None:
    rows = [["项目", "预算数"], ["公务用车购置及运维费", "9.00"], ["公务用车购置费", "5.00"]]
    facts, _ = read("“三公”经费支出表", rows)
    assert [fact.code for fact in facts] == ["vehicles", "vehicle_purchase"]


def test_appropriations_of_this_year_beside_last_years_balance_by_source() -> None:
    rows = [
        ["类型", "项目名称", "项目单位", "合计", "本年拨款", "", "财政拨款结转结余", ""],
        ["", "", "", "", "一般公共预算", "政府性基金", "一般公共预算", "政府性基金"],
        ["特定目标类", "某项目", "某局", "9.00", "4.00", "3.00", "2.00", ""],
    ]
    gone = [("v", 0, 5), ("v", 0, 7), *(("h", 1, j) for j in range(4))]
    facts, unmapped = read("项目支出表", rows, gone)
    assert [(f.measure, f.printed) for f in facts] == [
        ("total", "9.00"), ("general_budget", "4.00"), ("government_fund", "3.00"),
        ("carryover_general_budget", "2.00"),
    ]  # fmt: skip
    assert unmapped == []


def test_kinds_of_projects_are_parts_of_the_projects() -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "项目支出", ""],
        ["", "", "", "小计", "特定目标类"],
        ["213", "农林水支出", "9.00", "9.00", "9.00"],
    ]
    facts, _ = read("部门支出总表", rows, [("v", 0, 4), *(("h", 1, j) for j in range(3))])
    assert keys(facts) == [
        ("213", "total", "9.00"), ("213", "project", "9.00"), ("213", "specific_target", "9.00"),
    ]  # fmt: skip


def test_a_balance_that_is_added_is_the_balance() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "金额", "项目", "金额"],
        ["加:上年结转结余", "2.00", "减:结转下年", "1.00"],
    ]
    facts, _ = read("部门收支总表", rows, [("v", 0, 1), ("v", 0, 3)])
    assert keys(facts) == [
        ("carryover", "amount", "2.00"), ("carryover_next_year", "amount", "1.00"),
    ]  # fmt: skip


def test_basic_and_project_expenditure_head_the_panel_by_economic_class() -> None:
    rows = [
        ["收入", "", "支出", "", "", ""],
        ["项目", "金额", "项目(按功能)", "金额", "项目(按经济)", "金额"],
        ["一般公共预算", "9.00", "一、教育支出", "9.00", "一、基本支出", "9.00"],
    ]
    facts, _ = read("部门收支总表", rows, [("v", 0, 1), ("v", 0, 3), ("v", 0, 4), ("v", 0, 5)])
    assert [(f.section, f.code) for f in facts] == [
        ("revenue", "general_appropriation"), ("expenditure", "205"), ("economic", "basic"),
    ]  # fmt: skip


def test_brackets_behind_a_title_name_the_kinds_of_its_projects() -> None:
    basic = title_table("部门基本支出预算表（人员类、运转类公用经费项目）")
    assert basic == title_table("部门基本支出预算表")
    project = title_table("部门项目支出预算表（其他运转类、特定目标类项目）")
    assert project == title_table("部门项目支出预算表") == "project_expenditure"


def test_the_kind_of_a_project_is_not_its_name() -> None:
    row = ["其他运转类", "某业务经费", "9.00"]
    for order in ((0, 1), (1, 0)):
        head = [("项目类别", "项目名称")[i] for i in order]
        facts, _ = read("项目支出表", [[*head, "合计"], [*(row[i] for i in order), "9.00"]])
        assert [(f.name, f.project) for f in facts] == [("某业务经费", "某业务经费")]


def test_last_years_balance_may_be_called_by_what_is_left() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "金额", "项目", "金额"],
        ["上年结余收入", "2.00", "", ""],
    ]
    facts, _ = read("部门收支总表", rows, [("v", 0, 1), ("v", 0, 3)])
    assert keys(facts) == [("carryover", "amount", "2.00")]
