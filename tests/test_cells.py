"""Characters into cells."""

from __future__ import annotations

from budgetkit.pdf.pages import Page
from budgetkit.ruled.cells import fill_grid
from budgetkit.ruled.grids import find_grids
from tests.build import table_page, text


def filled(page: Page) -> list[list[str]]:
    (grid,) = find_grids(page)
    return [[cell.text for cell in row] for row in fill_grid(grid, page).by_row()]


def test_each_text_is_in_its_cell() -> None:
    rows = [["类", "名称", "合计"], ["206", "科学技术支出", "664.08"]]
    assert filled(table_page(rows, [40, 90, 80])) == rows


def test_a_figure_that_overflows_its_column_stays_whole_and_says_so() -> None:
    page = table_page([["", "", ""], ["", "", ""]], [40, 30, 80])
    page = Page(1, 600, 850, tuple(text("12,345,678.90", 76, 114)), page.rules, 0, 0)
    (grid,) = find_grids(page)
    cells = [cell for cell in fill_grid(grid, page).cells if cell.text]
    assert [(cell.text, cell.repaired) for cell in cells] == [("12,345,678.90", True)]


def test_two_figures_that_nearly_touch_stay_two() -> None:
    page = table_page([["", ""], ["", ""]], [40, 40])
    chars = text("12.50", 64, 114) + text("13.50", 91, 114)
    page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
    assert filled(page)[0] == ["12.50", "13.50"]


def test_a_figure_over_two_lines_is_one_and_says_so() -> None:
    page = table_page([["", ""]], [40, 60], height=40)
    chars = text("14,348,85", 92, 114) + text("3.34", 120, 128)
    page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
    (grid,) = find_grids(page)
    cell = fill_grid(grid, page).cells[1]
    assert (cell.text, cell.repaired) == ("14,348,853.34", True)
