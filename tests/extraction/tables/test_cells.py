"""Characters into cells."""

from __future__ import annotations

from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import Cell, fill_grid
from budgetkit.extraction.tables.grids import find_grids
from tests.helpers.drawn import table_page, text


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


def test_figures_that_are_printed_over_each_other_are_told() -> None:
    def holder(chars: list[Char]) -> Cell:
        page = table_page([["", ""], ["", ""]], [60, 60])
        page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
        (grid,) = find_grids(page)
        return next(cell for cell in fill_grid(grid, page).cells if cell.text)

    assert holder(text("180.00", 60, 114) + text("73.2", 60.4, 114)).overprinted
    assert not holder(text("180.00", 60, 114)).overprinted


def test_a_figure_over_two_lines_is_one_and_says_so() -> None:
    page = table_page([["", ""]], [40, 60], height=40)
    chars = text("14,348,85", 92, 114) + text("3.34", 120, 128)
    page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
    (grid,) = find_grids(page)
    cell = fill_grid(grid, page).cells[1]
    assert (cell.text, cell.repaired) == ("14,348,853.34", True)


def over(words: str, more: str, gap: float, mix: bool = False) -> list[tuple[str, bool, bool]]:
    """Cells of two columns of 40 pt; the second text starts ``gap`` points behind the first.

    ``mix`` orders the characters by where they stand, as pdfium does where they overlap.
    """
    page = table_page([["", "", ""], ["", "", ""]], [40, 40, 60])
    end = 54 + 5 * len(words)
    chars = text(words, 54, 114) + text(more, end + gap, 114)
    if mix:
        chars.sort(key=lambda char: char.x0)
    page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
    (grid,) = find_grids(page)
    return [(c.text, c.repaired, bool(c.problem)) for c in fill_grid(grid, page).cells if c.text]


def test_two_figures_that_touch_are_told_apart_by_their_decimals() -> None:
    assert over("1,278.16", "1,253.22", 0) == [
        ("1,278.16", True, False), ("1,253.22", True, False),
    ]  # fmt: skip


def test_figures_that_overlap_are_read_where_the_file_prints_them_one_after_the_other() -> None:
    assert [words for words, _, _ in over("48682539.00", "48499753.00", -12.5)] == [
        "48682539.00", "48499753.00",
    ]  # fmt: skip


def test_figures_printed_over_each_other_are_never_read() -> None:
    found = over("48682539.00", "48499753.00", -12.5, mix=True)
    assert "".join(words for words, _, _ in found) == "48682539.408049975" + "3.00"
    assert [mixed for _, _, mixed in found] == [True] * 3


def test_codes_in_narrow_columns_stay_in_their_columns() -> None:
    page = table_page([["", "", ""], ["", "", ""]], [15, 10, 10])
    chars = text("208", 50, 114) + text("05", 65, 114) + text("01", 75, 114)
    page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
    assert filled(page)[0] == ["208", "05", "01"]


def test_a_gap_before_the_decimals_may_have_held_a_point() -> None:
    def figure(left: str, right: str, x: float) -> Cell:
        page = table_page([["", ""], ["", ""]], [60, 60])
        chars = text(left, 60, 114) + text(right, x, 114)
        page = Page(1, 600, 850, tuple(chars), page.rules, 0, 0)
        (grid,) = find_grids(page)
        return next(cell for cell in fill_grid(grid, page).cells if cell.text)

    assert "point" in figure("150", "00", 77.5).problem
    assert not figure("150", "00", 75).problem
    assert not figure("1", "500", 65).problem
