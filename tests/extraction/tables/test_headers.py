"""Sheets into tables."""

from __future__ import annotations

from tests.helpers.drawn import HEADER, MERGED, NUMBERS, WIDTHS, table_page, tables_of


def test_a_column_is_known_by_its_path_of_headers() -> None:
    rows = [*HEADER, NUMBERS, ["206", "", "", "664.08", "491.15", "172.93"]]
    (table,) = tables_of(table_page(rows, WIDTHS, above=["部门支出总表"], gone=MERGED))
    assert [column.role for column in table.columns] == [
        "code1", "code2", "code3", "total", "basic", "project",
    ]  # fmt: skip
    assert table.columns[4].path == ("支出预算", "基本支出")
    assert len(table.rows) == 1


def test_pages_are_joined_whether_or_not_the_header_is_repeated() -> None:
    row = ["206", "01", "", "568.37", "491.15", "77.22"]
    first = table_page([*HEADER, row], WIDTHS, above=["部门支出总表"], gone=MERGED)
    bare = table_page([row], WIDTHS, number=2, top=60)
    again = table_page([*HEADER, row], WIDTHS, number=3, top=60, gone=MERGED)
    (table,) = tables_of(first, bare, again)
    assert table.pages == (1, 2, 3)
    assert len(table.rows) == 3


def test_a_total_alone_on_a_page_with_fewer_cells_finds_its_columns() -> None:
    first = table_page(
        [*HEADER, ["206", "", "", "664.08", "491.15", "172.93"]],
        WIDTHS, above=["部门支出总表"], gone=MERGED,
    )  # fmt: skip
    alone = table_page([["合计", "664.08", "491.15", "172.93"]], [90, 80, 80, 80], number=2, top=60)
    (table,) = tables_of(first, alone)
    last = table.rows[-1]
    assert [(placed.cell.text, placed.col) for placed in last.cells] == [
        ("合计", 0), ("664.08", 3), ("491.15", 4), ("172.93", 5),
    ]  # fmt: skip


def test_another_title_begins_another_table() -> None:
    row = ["206", "", "", "664.08", "491.15", "172.93"]
    first = table_page([*HEADER, row], WIDTHS, above=["部门支出总表"], gone=MERGED)
    second = table_page([*HEADER, row], WIDTHS, above=["一般公共预算支出表"], gone=MERGED, number=2)
    assert [t.table for t in tables_of(first, second)] == ["expenditure", "general_expenditure"]


def test_a_name_that_a_page_break_cuts_is_whole_again() -> None:
    header = ["项目", "预算数", "功能分类", "预算数"]
    cut = ["一、本年收入", "588.15", "八、社会保障和就", "109.20"]
    first = table_page([header, cut], [90, 80, 90, 80], above=["收支总表", "单位：万元"])
    second = table_page(
        [["", "", "业支出", ""], ["", "", "九、卫生健康支出", "12.00"]],
        [90, 80, 90, 80],
        number=2,
        top=60,
    )
    (table,) = tables_of(first, second)
    names = [row.at(2).text for row in table.rows]  # type: ignore[union-attr]
    assert names == ["八、社会保障和就业支出", "九、卫生健康支出"]


def test_an_empty_table_is_there_with_its_header() -> None:
    (table,) = tables_of(
        table_page([*HEADER, [""] * 6], WIDTHS, above=["政府性基金预算支出表"], gone=MERGED)
    )
    assert table.table == "government_fund"
    assert [column.role for column in table.columns[3:]] == ["total", "basic", "project"]


def test_a_row_that_holds_a_footnote_mark_alone_is_blank() -> None:
    rows = [["科目编码", "²", "预算数"], ["", "²", ""], ["206", "科学技术支出", "588.15"]]
    for number in (0, 1):
        (table,) = tables_of(table_page(rows[number:], [90, 120, 80], above=["部门支出总表"]))
        assert [row.at(2).text for row in table.rows if row.at(2)][-1] == "588.15"  # type: ignore[union-attr]
