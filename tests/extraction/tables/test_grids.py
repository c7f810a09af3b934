"""Rules into cells."""

from __future__ import annotations

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.pdf.ruled_lines import Rule
from budgetkit.extraction.tables.grids import find_grids
from tests.helpers.drawn import table_page

BLANK = [["", "", ""]] * 3


def test_a_grid_has_its_rows_columns_and_cells() -> None:
    (grid,) = find_grids(table_page(BLANK, [40, 60, 80]))
    assert (len(grid.rows), len(grid.cols), len(grid.cells)) == (4, 4, 9)
    assert [round(x) for x in grid.cols] == [50, 90, 150, 230]


def test_a_missing_edge_merges_its_neighbours() -> None:
    page = table_page(BLANK, [40, 60, 80], gone=[("v", 0, 1), ("h", 2, 2)])
    (grid,) = find_grids(page)
    spans = {(c.row, c.col): (c.row_end - c.row, c.col_end - c.col) for c in grid.cells}
    assert spans[0, 0] == (1, 2)
    assert spans[1, 2] == (2, 1)
    assert sum(rows * cols for rows, cols in spans.values()) == 9


def test_open_sides_are_closed() -> None:
    sides = [("v", row, edge) for row in range(3) for edge in (0, 3)]
    (grid,) = find_grids(table_page(BLANK, [40, 60, 80], gone=sides))
    assert len(grid.cells) == 9


def test_two_tables_of_a_page_are_two_grids() -> None:
    first = table_page(BLANK, [40, 60, 80])
    second = table_page(BLANK, [40, 60, 80], top=300)
    page = Page(1, 600, 850, (), first.rules + second.rules, 0, 0)
    assert [round(grid.box.top) for grid in find_grids(page)] == [100, 300]


def test_the_second_line_of_a_double_rule_makes_no_row() -> None:
    page = table_page(BLANK, [40, 60, 80])
    doubled = tuple(
        Rule(r.x0, r.top + 2.5, r.x1, r.bottom + 2.5) for r in page.rules if r.top == r.bottom
    )
    (grid,) = find_grids(Page(1, 600, 850, (), page.rules + doubled, 0, 0))
    assert len(grid.rows) == 4


def test_a_page_of_prose_has_none() -> None:
    assert find_grids(Page(1, 600, 850, (), (), 0, 0)) == []
    assert find_grids(Page(1, 600, 850, (), (Rule(50, 40, 500, 40),), 0, 0)) == []


def test_frames_of_cells_that_do_not_touch_make_one_grid() -> None:
    frames = []
    for row in range(3):
        for col in range(2):
            x0, x1 = 50 + 62.3 * col, 110 + 62.3 * col
            top, bottom = 100 + 22.3 * row, 120 + 22.3 * row
            frames += [Rule(x0, y, x1, y) for y in (top, bottom)]
            frames += [Rule(x, top, x, bottom) for x in (x0, x1)]
    (grid,) = find_grids(Page(1, 600, 850, (), tuple(frames), 0, 0))
    assert (len(grid.rows), len(grid.cols), len(grid.cells)) == (4, 3, 6)
