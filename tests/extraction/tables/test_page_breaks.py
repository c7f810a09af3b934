"""Rows that a page break cuts."""

from __future__ import annotations

from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.facts import read_facts
from budgetkit.extraction.tables.targets import read_targets
from tests.helpers.drawn import table_page, tables_of

ABOVE = ["上年结转结余情况表", "单位：万元"]
CARRIED = ["项目", "合计"]


def carried(*rest: list[list[str]]) -> list[tuple[str, str]]:
    """Project and printed amount of each fact of a table cut after 某地学校维修费 6.51."""
    first = table_page(
        [CARRIED, ["合计", "8.51"], ["某地学校维修费", "6.51"]], [76, 80], above=ABOVE
    )
    pages = [table_page(rows, [76, 80], number=2 + i, top=60) for i, rows in enumerate(rest)]
    (table,) = tables_of(first, *pages)
    facts, unmapped, _ = read_facts(table, "某局", None)
    assert unmapped == []
    return [(fact.project, fact.printed) for fact in facts if fact.project]


def test_a_name_without_a_code_goes_on_where_its_line_was_full() -> None:
    assert carried([["结转", ""], ["另一项目", "2.00"]]) == [
        ("某地学校维修费结转", "6.51"), ("另一项目", "2.00"),
    ]  # fmt: skip


def test_a_row_with_a_figure_of_its_own_is_a_row() -> None:
    assert carried([["结转", "2.00"]]) == [("某地学校维修费", "6.51"), ("结转", "2.00")]


def test_a_figure_that_the_break_cuts_is_whole_again() -> None:
    first = table_page(
        [["项目", "预算数"], ["合计", "117,600.00"], ["公务用车购置及运", "117,600.0"]],
        [90, 80], above=["“三公”经费支出表", "单位：元"],
    )  # fmt: skip
    second = table_page([["行费", "0"], ["公务接待费", "0.50"]], [90, 80], number=2, top=60)
    (table,) = tables_of(first, second)
    facts = read_facts(table, "某局", None).facts
    assert [(f.code, f.printed, f.certainty) for f in facts] == [
        ("total", "117,600.00", "read"),
        ("vehicles", "117,600.00", "repaired"),
        ("reception", "0.50", "read"),
    ]


def test_a_title_repeated_over_a_page_without_a_header_goes_on() -> None:
    row = ["206", "664.08"]
    first = table_page([["科目编码", "合计"], row], [60, 80], above=["部门支出总表"])
    second = table_page([["208", "109.20"]], [60, 80], above=["部门支出总表"], number=2)
    (table,) = tables_of(first, second)
    assert [r.at(1).text for r in table.rows] == ["664.08", "109.20"]  # type: ignore[union-attr]


def test_a_repeated_header_that_is_broken_anew_is_no_row() -> None:
    first = table_page(
        [["功能分类科目编码", "合计"], ["206", "664.08"]], [90, 80], above=["部门支出总表"]
    )
    again = [["功能分类科", "合计"], ["目编码", ""], ["208", "109.20"]]
    (table,) = tables_of(first, table_page(again, [90, 80], number=2, top=60))
    assert [r.at(0).text for r in table.rows] == ["206", "208"]  # type: ignore[union-attr]


FORM = ["一级指标", "二级指标", "三级指标", "指标值", "权重"]


def form_pages() -> tuple[Page, Page]:
    """A form whose last row on the first page, and the name of its level, are cut."""
    widths = [60, 60, 60, 60, 60]
    first = table_page(
        [
            ["项目名称", "某项目", "", "", ""],
            FORM,
            ["产出指标", "数量指标", "办件数", "20件", "10"],
            ["效益指", "社会效益", "群众满", "90分", "20"],
        ],
        widths, above=["项目支出绩效目标表"], gone=[("v", 0, 2), ("v", 0, 3), ("v", 0, 4)],
    )  # fmt: skip
    rest = [["标", "", "意程度", "", ""], ["", "经济效益", "节约", "5万元", "10"]]
    return first, table_page(rest, widths, number=2, top=60)


def test_an_indicator_and_its_level_are_whole_again() -> None:
    (table,) = tables_of(*form_pages())
    rows = read_targets(table, "", "万元").indicators
    assert [(r.level1, r.level2, r.level3, r.printed) for r in rows] == [
        ("产出指标", "数量指标", "办件数", "20件"),
        ("效益指标", "社会效益", "群众满意程度", "90分"),
        ("效益指标", "经济效益", "节约", "5万元"),
    ]


def test_a_header_that_begins_on_the_page_before_is_one() -> None:
    head = [["科目", "", "", "支出预算", "", ""], ["功能分类科目编码", "", "", "", "", ""]]
    widths = [40, 40, 40, 80, 80, 80]
    gone = [("v", 0, 1), ("v", 0, 2), ("v", 0, 4), ("v", 0, 5), ("v", 1, 1), ("v", 1, 2)]
    gone += [("v", 1, 4), ("v", 1, 5)]
    first = table_page(head, widths, above=["部门支出总表", "单位：元"], gone=gone, top=700)
    rest = [
        ["类", "款", "项", "合计", "基本支出", "项目支出"],
        ["206", "01", "01", "664", "491", "173"],
    ]
    (table,) = tables_of(first, table_page(rest, widths, number=2, top=60))
    facts = read_facts(table, "某局", None).facts
    assert [(f.code, f.measure, f.printed) for f in facts] == [
        ("2060101", "total", "664"), ("2060101", "basic", "491"), ("2060101", "project", "173"),
    ]  # fmt: skip


def test_a_code_over_three_columns_of_one_header_is_whole() -> None:
    rows = [["科目编码", "", "", "合计"], ["206", "01", "01", "664.08"], ["206", "01", "", "1.00"]]
    page = table_page(
        rows, [40, 40, 40, 80], above=["部门支出总表", "单位：元"], gone=[("v", 0, 1), ("v", 0, 2)]
    )
    (table,) = tables_of(page)
    facts = read_facts(table, "某局", None).facts
    assert [f.code for f in facts] == ["2060101", "20601"]
