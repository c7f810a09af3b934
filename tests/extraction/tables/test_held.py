"""What the cells of a column hold, where its header does not say."""

from __future__ import annotations

from budgetkit.extraction.tables.held import label_by_cells
from tests.helpers.drawn import table_page, tables_of


def test_codes_and_names_are_told_from_other_texts() -> None:
    rows = [
        ["编号", "名目", "说头", "合计"],
        ["206", "科学技术支出", "甲", "30.00"],
        ["20601", "科学技术管理事务", "乙", "30.00"],
        ["", "合计", "丙", "30.00"],
    ]
    page = table_page(rows, [80, 160, 80, 100], above=["支出总表", "单位：万元"])
    (table,) = tables_of(page)
    assert [label_by_cells(table, at) for at in range(4)] == ["code", "name", "", ""]


def test_names_in_a_table_of_projects_are_projects() -> None:
    rows = [["叫什么", "合计"], ["防汛经费", "30.00"], ["检测经费", "20.00"]]
    page = table_page(rows, [160, 100], above=["项目支出表", "单位：万元"])
    (table,) = tables_of(page)
    assert label_by_cells(table, 0) == "project_name"
