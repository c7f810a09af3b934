"""Pages whose columns stand elsewhere than those of the page before."""

from __future__ import annotations

from tests.helpers.drawn import table_page, tables_of

TITLE = ["部门支出总体情况表", "单位：万元"]
HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
WIDTHS = [80, 120, 80, 80, 80]
FIRST = ["206", "科学技术支出", "30.00", "10.00", "20.00"]
SECOND = ["207", "文化支出", "7.00", "7.00", "0.00"]


def _texts(*pages: object) -> list[list[str]]:
    (table,) = tables_of(*pages)  # type: ignore[arg-type]
    return [[placed.cell.text for placed in row.cells] for row in table.rows]


def test_columns_that_go_on_overleaf_are_joined_row_by_row() -> None:
    left = table_page([row[:3] for row in (HEAD, FIRST, SECOND)], WIDTHS[:3], above=TITLE)
    right = table_page([row[3:] for row in (HEAD, FIRST, SECOND)], WIDTHS[3:], number=2)
    (table,) = tables_of(left, right)
    assert [column.role for column in table.columns][2:] == ["total", "basic", "project"]
    assert [[p.cell.text for p in row.cells] for row in table.rows] == [FIRST, SECOND]
    assert [p.cell.page for p in table.rows[0].cells] == [1, 1, 1, 2, 2]
    assert all(p.cell.repaired for p in table.rows[0].cells[3:])


def test_columns_overleaf_of_other_rows_stay_apart() -> None:
    left = table_page([row[:3] for row in (HEAD, FIRST, SECOND)], WIDTHS[:3], above=TITLE)
    right = table_page([row[3:] for row in (HEAD, FIRST)], WIDTHS[3:], number=2)
    assert [table.table for table in tables_of(left, right)] == ["expenditure", ""]


def test_a_page_with_other_widths_is_fitted_by_the_number_of_its_columns() -> None:
    first = table_page([HEAD, FIRST], WIDTHS, above=TITLE)
    second = table_page([SECOND], [40, 160, 60, 100, 70], number=2)
    assert _texts(first, second) == [FIRST, SECOND]
    (table,) = tables_of(first, second)
    assert all(placed.cell.repaired for placed in table.rows[1].cells)


def test_a_unit_that_changes_overleaf_begins_another_table() -> None:
    first = table_page([HEAD, FIRST], WIDTHS, above=TITLE)
    second = table_page([HEAD, SECOND], WIDTHS, above=[TITLE[0], "单位：元"], number=2)
    assert [(t.table, t.unit) for t in tables_of(first, second)] == [
        ("expenditure", "万元"),
        ("expenditure", "元"),
    ]
