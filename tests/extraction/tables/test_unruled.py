"""Tables without a whole grid of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.cells import fill_grid
from budgetkit.extraction.tables.facts import read_facts
from budgetkit.extraction.tables.grids import Grid, find_grids
from budgetkit.extraction.tables.headers import read_tables
from budgetkit.extraction.tables.sheets import read_sheets
from budgetkit.extraction.tables.stacked import fill_rows
from budgetkit.extraction.tables.table_content import Fact
from budgetkit.extraction.tables.unruled import find_open_grids
from tests.helpers.drawn import table_page, text, width_of

TITLE = ["支出总表", "单位：万元"]
WIDTHS = [30, 30, 30, 120, 80, 80, 80]
ROWS = [
    ["201", "", "", "一般公共服务支出", "150.00", "100.00", "50.00"],
    ["201", "03", "", "政府办公厅事务", "150.00", "100.00", "50.00"],
    ["201", "03", "01", "行政运行", "100.00", "100.00", ""],
    ["201", "03", "02", "其他支出", "50.00", "", "50.00"],
]


def _open_page(
    parents: Sequence[tuple[str, float]] = (), leaves: Sequence[tuple[str, float]] = ()
) -> Page:
    """A page without rules: texts of the header by the middle of their width, and the rows."""
    page = table_page([[""] * 7, [""] * 7, *ROWS], WIDTHS, above=TITLE)
    chars = list(page.chars)
    for words, centre in parents:
        chars += text(words, centre - width_of(words) / 2, 114)
    for words, centre in leaves:
        chars += text(words, centre - width_of(words) / 2, 134)
    return replace(page, rules=(), chars=tuple(chars))


LEAVES = [
    ("类", 65), ("款", 95), ("项", 125), ("名称", 200),
    ("合计", 300), ("基本支出", 380), ("项目支出", 460),
]  # fmt: skip


def _facts(*pages: Page) -> list[Fact]:
    filled, before = [], None
    for page in pages:
        grids = [fill_rows(grid, page) for grid in find_grids(page)]
        found, _ = find_open_grids(page, grids, before)
        grids += [fill_grid(grid, page) for grid in found]
        before = grids[-1].grid if grids else None
        filled.append((page, grids))
    tables = read_tables(read_sheets(filled))
    return [fact for table in tables for fact in read_facts(table, "", None).facts]


def test_a_table_without_rules_is_read_from_its_words_and_never_certain() -> None:
    facts = _facts(_open_page([("科目编码", 95), ("支出", 380)], LEAVES))
    assert [(f.code, f.measure, f.printed) for f in facts] == [
        ("201", "total", "150.00"), ("201", "basic", "100.00"), ("201", "project", "50.00"),
        ("20103", "total", "150.00"), ("20103", "basic", "100.00"), ("20103", "project", "50.00"),
        ("2010301", "total", "100.00"), ("2010301", "basic", "100.00"),
        ("2010302", "total", "50.00"), ("2010302", "project", "50.00"),
    ]  # fmt: skip
    assert {fact.certainty for fact in facts} == {"repaired"}


def test_a_column_without_a_header_of_its_own_is_listed() -> None:
    page = _open_page((), [leaf for leaf in LEAVES if leaf[0] != "基本支出"])
    grids, listed = find_open_grids(page, [], None)
    assert grids == []
    assert len(listed) == 10
    (rule,) = {rule for _, _, rule in listed}
    assert rule.endswith("a column of figures has no text of the header above it")


@pytest.mark.parametrize(
    "line",
    [
        "2025年预算数为 150.00 万元，比上年增加 50.00 万元。",
        "其中：基本支出 100.00 万元，占 66.67 %；项目支出 50.00 万元。",
    ],
)
def test_prose_is_no_table(line: str) -> None:
    chars = text("一、支出总表", 60, 40) + text(line, 60, 60) + text(line, 60, 80)
    page = Page(1, 600, 850, tuple(chars), (), 0, 0)
    assert find_open_grids(page, [], None) == ([], [])


def test_a_table_goes_on_overleaf_in_the_columns_of_the_page_before() -> None:
    first = _open_page([("科目编码", 95)], LEAVES)
    total = ["", "", "", "合计", "300.00", "200.00", "100.00"]
    rest = replace(table_page([total, total], WIDTHS, top=20), rules=(), number=2)
    facts = [fact for fact in _facts(first, rest) if fact.page == 2]
    assert {(f.code, f.measure) for f in facts} == {
        ("total", "total"), ("total", "basic"), ("total", "project"),
    }  # fmt: skip


def _grid(page: Page) -> Grid:
    (grid,) = find_grids(page)
    return grid


def test_figures_below_each_other_are_rows_where_a_rule_is_missing() -> None:
    rows = [["科目编码", "名称", "合计"], ["201", "甲", "150"], ["202", "乙", "100.00"]]
    page = table_page(rows, [80, 80, 80], gone=[("h", 2, j) for j in range(3)])
    filled = fill_rows(_grid(page), page)
    assert [[cell.text for cell in row] for row in filled.by_row()] == rows
    assert [cell.repaired for cell in filled.cells] == [False] * 3 + [True] * 6


def test_a_figure_that_was_broken_is_one() -> None:
    rows = [["科目编码", "名称", "合计"], ["201", "甲", "12345"], ["", "", "67.00"]]
    page = table_page(rows, [80, 80, 32], gone=[("h", 2, j) for j in range(3)])
    filled = fill_rows(_grid(page), page)
    assert [cell.text for cell in filled.by_row()[1]] == ["201", "甲", "1234567.00"]


def _rows_page(lines: Sequence[tuple[float, Sequence[tuple[str, float]]]]) -> Page:
    """A page without rules: lines of words, each by its left edge."""
    chars = [c for y, words in lines for word, x in words for c in text(word, x, y)]
    return Page(1, 600, 850, tuple(chars), (), 0, 0)


def _centred(*cells: tuple[str, float, float]) -> list[tuple[str, float]]:
    """Words in the middle of their cells."""
    return [(word, (x0 + x1 - width_of(word)) / 2) for word, x0, x1 in cells]


def _spaced(*cells: tuple[str, float, float]) -> list[tuple[str, float]]:
    """Two ideographs set wide in the middle of their cells."""
    return [
        (word[i], (x0 + x1) / 2 + at) for word, x0, x1 in cells for i, at in enumerate((-20, 10))
    ]


def test_headers_of_two_ideographs_may_be_set_wide() -> None:
    edges = (50, 190, 300, 440, 550)
    sides = [("收入", 50, 300), ("支出", 300, 550)]
    names = [("项目", 50, 190), ("金额", 190, 300), ("项目", 300, 440), ("金额", 440, 550)]
    rows = [
        ("一般公共预算", "1,500,000.00", "科学技术支出", "1,500,000.00"),
        ("收入总计", "1,500,000.00", "支出总计", "1,500,000.00"),
    ]
    set_rows = [
        [
            (w, edges[j] + 3 if j % 2 == 0 else edges[j + 1] - 3 - width_of(w))
            for j, w in enumerate(r)
        ]
        for r in rows
    ]
    page = _rows_page(
        [
            (40, [("部门收支总表", 200)]),
            (60, [("单位：元", 460)]),
            (80, _spaced(*sides)),
            (100, _spaced(*names)),
            *((120 + 20 * i, row) for i, row in enumerate(set_rows)),
        ]
    )  # fmt: skip
    assert [(f.section, f.code) for f in _facts(page)] == [
        ("revenue", "general_appropriation"), ("expenditure", "206"),
        ("revenue", "total"), ("expenditure", "total"),
    ]  # fmt: skip


def test_a_parent_between_its_two_columns_is_no_leaf_of_the_name_below_it() -> None:
    # 经济分类科目 stands between 科目编码 and 科目名称, above neither, and above a long name.
    edges = (50, 130, 330, 400, 470, 540)
    rows = [
        ("301", "机关事业单位基本养老保险", "7,000.00", "7,000.00", ""),
        ("302", "商品和服务支出", "5,000.00", "", "5,000.00"),
    ]
    set_rows = [
        [
            (w, edges[j] + 3 if j < 2 else edges[j + 1] - 3 - width_of(w))
            for j, w in enumerate(row)
            if w
        ]
        for row in rows
    ]
    leaves = ("编码", "科目名称", "合计", "人员经费", "公用经费")
    page = _rows_page(
        [
            (40, [("一般公共预算基本支出表", 200)]),
            (60, [("单位：元", 460)]),
            (80, _centred(("经济科目", 50, 330), ("一般公共预算基本支出", 330, 540))),
            (100, _centred(*zip(leaves, edges, edges[1:], strict=False))),
            *((120 + 20 * i, row) for i, row in enumerate(set_rows)),
        ]
    )
    assert [(f.code, f.measure, f.printed) for f in _facts(page)] == [
        ("301", "total", "7,000.00"), ("301", "personnel", "7,000.00"),
        ("302", "total", "5,000.00"), ("302", "operating", "5,000.00"),
    ]  # fmt: skip


def test_a_single_row_is_a_table_where_its_title_stands_above_its_unit() -> None:
    lines = [
        (60, [("单位：元", 460)]),
        (80, [("因公出国(境)费", 60), ("公务接待费", 220), ("公务用车购置费", 370)]),
        (100, [("10.00", 80), ("20.00", 230), ("30.00", 390)]),
    ]
    titled = _rows_page([(40, [("“三公”经费支出表", 200)]), *lines])
    assert [fact.code for fact in _facts(titled)] == ["abroad", "reception", "vehicle_purchase"]
    assert find_open_grids(_rows_page(lines), [], None) == ([], [])
