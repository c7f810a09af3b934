"""Pages that gave nothing although they hold figures."""

from __future__ import annotations

import pytest

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.unread_pages import name_pages, unread_figures
from budgetkit.geometry import Box
from budgetkit.schema import PAGE_NOT_READ
from tests.helpers.drawn import text

WHOLE = Box(0, 0, 600, 800)
ROWS = [("甲", "1,200.00", "30.50"), ("乙", "900.00", "4.25"), ("丙", "7.00", "88.10")]


def _page(
    *lines: tuple[float, tuple[str, ...]],
    pictures: tuple[Box, ...] = (),
    marks: tuple[Box, ...] = (),
) -> Page:
    """Words of a line start at the left, at 250 and at 400."""
    chars = [
        char
        for baseline, words in lines
        for word, x in zip(words, (60, 250, 400), strict=False)
        for char in text(word, x, baseline)
    ]
    return Page(9, 600, 800, tuple(chars), (), 0, len(pictures), pictures=pictures, marks=marks)


def _rows(rows: list[tuple[str, ...]]) -> list[tuple[float, tuple[str, ...]]]:
    return [(200.0 + 20 * i, row) for i, row in enumerate(rows)]


def _digits(x: float, top: float, count: int) -> list[Box]:
    return [Box(x + 6 * i, top, x + 6 * i + 4, top + 8) for i in range(count)]


def test_rows_of_figures_are_listed_one_by_one() -> None:
    found = unread_figures(_page(*_rows(ROWS)))
    assert [amount.text for amount in found] == [
        "1,200.00",
        "30.50",
        "900.00",
        "4.25",
        "7.00",
        "88.10",
    ]
    assert {amount.cause for amount in found} == {PAGE_NOT_READ}
    assert name_pages(found) == ["page 9 was not read: its columns are not clear"]


def test_names_with_one_figure_are_a_table_below_its_title_or_unit_alone() -> None:
    rows = _rows([("接待费", "1.00"), ("会议费", "2.00")])
    assert not unread_figures(_page(*rows))
    assert len(unread_figures(_page((150, ("单位：万元",)), *rows))) == 2


def test_a_single_row_of_amounts_is_a_table_below_a_title_alone() -> None:
    row = _rows([("1.00", "2.00", "3.00")])
    assert len(unread_figures(_page((150, ("“三公”经费支出表",)), *row))) == 3
    assert not unread_figures(_page((150, ("单位：万元",)), *row))


@pytest.mark.parametrize(
    "rows",
    [
        [("共支出1,200.00万元，", "比上年增加3.50万元，", "其中4.20万元")] * 3,
        [("2023", "2024", "2025")] * 4,
        [("一", "12", "301"), ("二", "14", "302"), ("三", "9", "303")],
        [("1,200.00", "", "3.50"), ("1.5%", "", "")],
    ],
    ids=["prose", "years", "counts", "one row"],
)
def test_prose_years_and_counts_are_no_table(rows: list[tuple[str, ...]]) -> None:
    assert unread_figures(_page(*_rows(rows))) == []


def test_a_picture_is_listed_whole_whatever_stands_in_its_margins() -> None:
    page = _page((30, ("某局2025年部门预算",)), (790, ("", "9")), pictures=(WHOLE,))
    (found,) = unread_figures(page)
    assert found.box == WHOLE
    (problem,) = name_pages([found])
    assert problem.startswith("page 9 was not read: it is a picture")


def test_a_scan_may_be_cut_into_strips() -> None:
    strips = tuple(Box(0, 100 * i, 600, 100 * i + 100) for i in range(4))
    assert len(unread_figures(_page(pictures=strips))) == 1


def test_a_picture_behind_the_text_of_a_cover_or_beside_prose_is_none() -> None:
    assert not unread_figures(_page((300, ("某局", "2025年部门预算")), pictures=(WHOLE,)))
    chart = Box(100, 300, 400, 500)
    assert not unread_figures(_page((200, ("支出情况如下图。",)), pictures=(chart,)))


def test_a_picture_below_the_title_of_a_table_is_that_table() -> None:
    (found,) = unread_figures(
        _page((100, ("一般公共预算支出情况表",)), pictures=(Box(50, 120, 550, 400),))
    )
    assert "its table is a picture" in found.rule


def test_figures_drawn_as_shapes_are_listed_and_drawn_names_are_not() -> None:
    marks = []
    for i in range(3):
        marks += [Box(60 + 10 * j, 200 + 20 * i, 69 + 10 * j, 209 + 20 * i) for j in range(4)]
        marks += _digits(250, 200 + 20 * i, 6) + _digits(400, 200 + 20 * i, 5)
    found = unread_figures(_page(marks=tuple(marks)))
    assert len(found) == 6
    assert {len(amount.text) for amount in found} == {6, 5}
    assert name_pages(found) == ["page 9 was not read: its figures are drawn as shapes"]
