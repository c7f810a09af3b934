"""A file of several disclosures, and a file that only prints a table again."""

from __future__ import annotations

import pytest

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.split_file import split_file
from tests.helpers.drawn import table_page, tables_of

HEADER = ["项目", "预算数", "项目", "预算数"]
SIDES = ["收入", "", "支出", ""]
WIDTHS = [100, 80, 100, 80]


def page(number: int, title: str, department: str = "", figure: str = "5.00") -> Page:
    """A page with one table, its department stated above it."""
    above = [title, f"部门：{department}" if department else "", "单位：万元"]
    rows = [SIDES, HEADER, ["本年收入", figure, "本年支出", figure]]
    merged = [("v", 0, 1), ("v", 0, 3)]
    return table_page(rows, WIDTHS, above=filter(None, above), number=number, gone=merged)


def a_set(first: int, department: str = "", figure: str = "5.00") -> list[Page]:
    """Three tables of one disclosure, a page each."""
    titles = ("部门收支总表", "部门收入总表", "部门支出总表")
    return [page(first + i, title, department, figure) for i, title in enumerate(titles)]


def n_parts(*pages: Page) -> int:
    return len(split_file([(p, ()) for p in pages], tables_of(*pages)))


@pytest.mark.parametrize(
    ("first", "second", "parts"),
    [
        (("某县某局", "5.00"), ("某县某局", "7.00"), 1),
        (("", "5.00"), ("", "5.00"), 1),
        (("某县某局", "5.00"), ("某县某站", "5.00"), 2),
        (("", "5.00"), ("", "7.00"), 2),
    ],
)
def test_tables_printed_again_are_another_disclosure_only_of_another_department(
    first: tuple[str, str], second: tuple[str, str], parts: int
) -> None:
    assert n_parts(*a_set(1, *first), *a_set(4, *second)) == parts


def test_a_summary_under_the_heading_of_its_part_goes_on_overleaf() -> None:
    rows = [SIDES, HEADER, ["本年收入", "5.00", "本年支出", "5.00"]]
    merged = [("v", 0, 1), ("v", 0, 3)]
    first, second = (
        table_page(rows, WIDTHS, above=above, number=number, gone=merged)
        for number, above in ((1, ["二、表格部分", "收支总表"]), (2, ["收支总表"]))
    )
    (table,) = tables_of(first, second)
    assert table.pages == (1, 2)


def test_a_summary_that_comes_twice_is_no_second_disclosure() -> None:
    pages = [page(1, "部门收支总表", "某县某局"), *a_set(3, "某县某局")]
    assert n_parts(*pages) == 1
