"""Columns by their headers."""

from __future__ import annotations

import pytest

from tests.helpers.drawn import table_page, tables_of


def sides(path: str) -> list[tuple[str, str]]:
    rows = [
        [f"{path}收入", "金额", f"{path}支出", "金额"],
        ["事业收入", "30.00", "科学技术支出", "30.00"],
    ]
    page = table_page(rows, [120, 80, 120, 80], above=["收支总表", "单位：万元"])
    (table,) = tables_of(page)
    return [(column.role, column.section) for column in table.columns]


@pytest.mark.parametrize("path", ["", "本年"])
def test_the_sides_of_two_panels_name_their_rows_where_no_header_does(path: str) -> None:
    assert sides(path)[::2] == [("name", "revenue"), ("name", "expenditure")]
