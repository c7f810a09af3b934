"""What stands around a grid."""

from __future__ import annotations

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.sheets import note_of
from tests.helpers.drawn import sheets_of, table_page, text

ROWS = [["项目", "预算数"], ["一、本年收入", "588.15"]]


def test_a_sheet_knows_its_title_unit_and_department() -> None:
    above = ["表1", "部门收支总体情况表", "编制部门：某县教育局 单位：万元"]
    (sheet,) = sheets_of(table_page(ROWS, [120, 80], above=above))
    assert sheet.title is not None
    assert (sheet.title.table, sheet.unit, sheet.department) == ("summary", "万元", "某县教育局")


def test_a_title_may_stand_at_the_foot_of_the_page_before() -> None:
    first = table_page(
        ROWS, [120, 80], above=["收支总表", "单位：万元"], below=["收入总表", "单位：元"]
    )
    second = table_page(ROWS, [120, 80], number=2)
    titles = [(sheet.title.table, sheet.unit) for sheet in sheets_of(first, second) if sheet.title]
    assert titles == [("summary", "万元"), ("revenue", "元")]


def test_the_note_of_an_empty_table_is_kept() -> None:
    note = "注：本部门2025年无政府性基金预算安排的支出，本表为空表。"
    page = table_page(ROWS, [120, 80], above=["政府性基金预算支出表"], below=[note])
    assert note_of(sheets_of(page)[0]) == note


def test_tables_that_touch_are_cut_at_the_title_between_them() -> None:
    rows = [["科目编码", "合计"], ["206", "1.00"], ["部门收入总表", ""], ["科目编码", "合计"]]
    page = table_page(rows, [60, 80], above=["部门支出总表"], gone=[("v", 2, 1)])
    assert [(s.title.table if s.title else "", s.skip_rows) for s in sheets_of(page)] == [
        ("expenditure", 0), ("revenue", 1),
    ]  # fmt: skip


def test_a_running_head_is_no_part_of_a_title() -> None:
    pages = [
        table_page(
            [["科目编码", "合计"], ["206", "1.00"]],
            [60, 80], above=[f"第{n}页某局年度公开", title], number=n,
        )
        for n, title in enumerate(("部门支出总表", "部门收入总表", "收支总表"), 1)
    ]  # fmt: skip
    titles = [sheet.title.text for sheet in sheets_of(*pages) if sheet.title]
    assert titles == ["部门支出总表", "部门收入总表", "收支总表"]


def test_the_titled_head_of_a_table_alone_at_the_foot_names_the_table_of_the_next_page() -> None:
    first = table_page([["部门支出总表"], ["单位：万元"]], [140], top=700)
    second = table_page([["科目编码", "合计"], ["206", "1.00"]], [60, 80], number=2, top=60)
    (sheet,) = sheets_of(first, second)
    assert sheet.title is not None
    assert (sheet.title.table, sheet.unit, sheet.page) == ("expenditure", "万元", 2)


def test_a_title_at_the_end_of_a_page_of_prose_names_the_table_overleaf() -> None:
    bare = table_page([["科目编码", "合计"], ["206", "1.00"]], [60, 80], number=2, top=60)
    announced = [
        *text("公开表", 60, 700), *text("部门支出总表", 60, 730), *text("单位：元", 60, 750),
    ]  # fmt: skip
    listed = [*text("1.部门收入总表", 60, 730), *text("2.部门支出总表", 60, 750)]
    for chars, expected in ((announced, "expenditure"), (listed, "")):
        page = Page(1, 600, 850, tuple(chars), (), 0, 0)
        (sheet,) = sheets_of(page, bare)
        assert (sheet.title.table if sheet.title else "") == expected
