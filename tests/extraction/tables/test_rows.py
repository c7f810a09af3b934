"""What the figures of a row are about."""

from __future__ import annotations

import pytest

from budgetkit.codelists import is_total
from budgetkit.extraction.tables.cells import fill_grid
from budgetkit.extraction.tables.grids import find_grids
from budgetkit.extraction.tables.headers import Table, read_tables
from budgetkit.extraction.tables.rows import label_rows
from budgetkit.extraction.tables.sheets import read_sheets
from tests.helpers.drawn import table_page


def table(title: str, rows: list[list[str]]) -> Table:
    widths = [500 / len(rows[0])] * len(rows[0])
    page = table_page(rows, widths, above=[title, "单位：万元"])
    grids = tuple(fill_grid(grid, page) for grid in find_grids(page))
    return read_tables(read_sheets([(page, grids)]))[0]


def labels(found: Table, department: str = "") -> list[tuple[str | None, str]]:
    return [(label.code, label.name) for _, _, label in label_rows(found, department)]


def test_joined_codes_name_their_level() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["206", "科学技术支出", "30.00"],
        ["20601", "科学技术管理事务", "30.00"],
        ["2060101", "行政运行", "30.00"],
    ]
    found = [label for _, _, label in label_rows(table("一般公共预算支出表", rows), "")]
    assert [(label.code, label.level) for label in found] == [
        ("206", 1),
        ("20601", 2),
        ("2060101", 3),
    ]


def test_a_total_is_told_from_a_code() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["206", "科学技术支出", "30.00"],
        ["", "合计", "30.00"],
    ]
    assert labels(table("一般公共预算支出表", rows))[-1][0] == "total"


@pytest.mark.parametrize("name", ["承前页", "过次页", "转下页", "本页合计"])
def test_sums_of_a_page_are_no_rows_of_the_table(name: str) -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["", name, "90.00"],
        ["206", "科学技术支出", "30.00"],
        ["", "合计", "30.00"],
    ]
    found = [label for _, _, label in label_rows(table("一般公共预算支出表", rows), "")]
    assert [label.code for label in found] == [None, "206", "total"]
    assert "page" in found[0].problem


def test_the_sum_of_the_only_page_is_the_total() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["206", "科学技术支出", "30.00"],
        ["", "本页合计", "30.00"],
    ]
    assert labels(table("一般公共预算支出表", rows))[-1][0] == "total"


def test_a_spreadsheet_may_print_parts_of_codes_as_numbers() -> None:
    rows = [
        ["科目编码", "", "", "科目名称", "合计"],
        ["类", "款", "项", "", ""],
        ["206.00", "", "", "科学技术支出", "30.00"],
        ["206.00", "01", "", "科学技术管理事务", "30.00"],
    ]
    found = labels(table("一般公共预算支出表", rows))
    assert [code for code, _ in found] == ["206", "20601"]


def test_each_panel_of_a_summary_has_items_of_its_own() -> None:
    rows = [
        ["收入", "预算数", "支出", "预算数"],
        ["一、财政拨款收入", "30.00", "一、科学技术支出", "20.00"],
        ["收入总计", "30.00", "支出总计", "30.00"],
    ]
    found = [label for _, _, label in label_rows(table("部门收支总体情况表", rows), "")]
    assert [(label.section, label.code) for label in found[1:]] == [
        ("expenditure", "206"),
        ("revenue", "total"),
        ("expenditure", "total"),
    ]


@pytest.mark.parametrize(
    ("text", "total"), [("合计", True), ("收入总计", True), ("合同管理", False), ("", False)]
)
def test_totals_are_known_by_their_whole_name(text: str, total: bool) -> None:
    assert is_total(text, "expenditure") is total


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["210", "11", "0", "公务员医疗补3助", "5.98"], "no class is numbered 0"),
        (["210", "07", "1", "计划7生育服务", "6.67"], "a digit of its code stands in its name"),
    ],
)
def test_a_code_that_runs_into_its_name_is_refused(row: list[str], says: str) -> None:
    rows = [
        ["类", "款", "项", "科目名称", "合计"],
        ["210", "", "", "卫生健康支出", "12.65"],
        row,
    ]
    found = [label for _, _, label in label_rows(table("一般公共预算支出表", rows), "")]
    assert found[0].code == "210"
    assert found[1].code is None
    assert says in found[1].problem


def codes(title: str, rows: list[list[str]]) -> list[str | None]:
    return [code for code, _ in labels(table(title, rows))]


def test_numbers_that_begin_again_below_a_carryover_are_its_parts() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算拨款", "30.00", "", ""],
        ["上年结转结余", "3.00", "", ""],
        ["一、一般公共预算拨款", "2.00", "", ""],
        ["二、政府性基金预算拨款", "1.00", "", ""],
        ["收入总计", "33.00", "支出总计", "33.00"],
    ]
    assert codes("财政拨款收支总表", rows)[:4] == [
        "general_appropriation",
        "carryover",
        "fiscal_carryover_general",
        "fiscal_carryover_government_fund",
    ]
    assert codes("财政拨款收支总表", [*rows[:4], *rows[5:]])[2] == "government_fund"


def test_a_total_under_a_blank_margin_is_no_part_of_the_row_above() -> None:
    rows = [
        ["", "功能分类科目", "部门经济分类科目", "合计"],
        ["", "2060101-行政运行", "30101-基本工资", "30.00"],
        ["", "合计", "", "30.00"],
    ]
    assert labels(table("支出总表", rows))[-1] == ("total", "合计")


def test_the_one_row_of_a_table_without_names_is_its_total() -> None:
    rows = [["合计", "一般公共预算资金", "事业收入"], ["30.00", "20.00", "10.00"]]
    assert codes("收入总表", rows) == ["total"] * 3


def units(title: str, rows: list[list[str]], department: str = "") -> list[tuple[str, str, str]]:
    found = label_rows(table(title, rows), department)
    return [(label.code or "", label.project, label.budget_unit) for _, _, label in found]


UNITS = [
    ["支出项目类别", "合计"],
    ["某市水务局", "9.00"],
    ["某市河道管理处", "5.00"],
    ["合作共建某中心", "2.00"],
    ["防汛经费", "3.00"],
    ["某市水质中心", "4.00"],
    ["检测经费", "4.00"],
]


def test_units_in_a_column_of_projects_are_known_by_their_sums() -> None:
    assert units("项目支出表", UNITS, "某市水务局") == [
        ("department", "", ""),
        ("unit", "", "某市河道管理处"),
        ("", "合作共建某中心", "某市河道管理处"),
        ("", "防汛经费", "某市河道管理处"),
        ("unit", "", "某市水质中心"),
        ("", "检测经费", "某市水质中心"),
    ]


def test_a_project_named_like_a_unit_stays_a_project() -> None:
    rows = [UNITS[0], ["救助补助资金-救助中心", "5.00"], ["防汛经费", "3.00"], ["检测", "1.00"]]
    assert {(code, unit) for code, _, unit in units("项目支出表", rows)} == {("", "")}


def test_what_a_unit_spends_on_beside_its_code_is_a_project_of_the_unit() -> None:
    rows = [
        ["单位代码", "单位名称（科目）", "金额"],
        ["306001", "某市河道管理处", "5.00"],
        ["306001", "防汛经费", "5.00"],
        ["306002", "某市水质中心", "4.00"],
    ]
    assert units("部门预算项目支出表", rows) == [
        ("unit", "", "某市河道管理处"),
        ("", "防汛经费", "某市河道管理处"),
        ("unit", "", "某市水质中心"),
    ]


def test_a_total_in_the_column_of_units_is_no_unit() -> None:
    rows = [
        ["单位名称", "合计", "公务接待费"],
        ["合计", "9.00", "9.00"],
        ["某市河道管理处", "5.00", "5.00"],
    ]
    found = units("“三公”经费支出表", rows)
    assert [unit for _, _, unit in found] == ["", "", "某市河道管理处", "某市河道管理处"]


def test_functions_by_name_alone_have_their_code_where_one_can_be_meant() -> None:
    rows = [
        ["项目", "合计"],
        ["一般公共服务支出", "9.00"],
        ["人大事务", "6.00"],
        ["行政运行", "4.00"],
        ["某项新事务", "2.00"],
        ["其他一般公共服务支出", "3.00"],
        ["其他一般公共服务支出", "3.00"],
        ["行政运行", "3.00"],
    ]
    expected = ["201", "20101", "2010101", "", "20199", "2019999", ""]
    assert codes("一般公共预算支出表", rows) == expected
    panel = [["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]]
    panel += [["", "", name, amount] for name, amount in rows[1:]]
    assert codes("部门收支总表", panel) == expected
