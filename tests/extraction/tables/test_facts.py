"""Rows and measures into facts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from budgetkit.codelists.own_lists import FOLDER_VARIABLE, check_own_lists
from budgetkit.extraction.pdf.characters import Char
from budgetkit.extraction.pdf.pages import Page
from budgetkit.extraction.tables.facts import read_facts, unit_for_all
from budgetkit.extraction.tables.table_content import Fact, Unmapped
from tests.helpers.drawn import HEADER, MERGED, WIDTHS, table_page, tables_of, text


def facts_of(
    *pages: object, department: str = "", unit: str | None = None
) -> tuple[list[Fact], list[Unmapped]]:
    (table,) = tables_of(*pages)
    found = read_facts(table, department, unit)
    return found.facts, found.unmapped


def keys(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.code, fact.measure, fact.printed) for fact in facts]


def test_codes_of_three_columns_are_joined_and_padded() -> None:
    rows = [*HEADER, ["206", "1", "", "568.37", "", ""], ["", "", "2", "17.22", "", "17.22"]]
    page = table_page(rows, WIDTHS, above=["部门支出总表", "单位：万元"], gone=MERGED)
    facts, unmapped = facts_of(page)
    assert keys(facts) == [
        ("20601", "total", "568.37"),
        ("2060102", "total", "17.22"),
        ("2060102", "project", "17.22"),
    ]
    assert unmapped == []
    assert [fact.level for fact in facts] == [2, 3, 3]


def test_blank_is_no_row_and_zero_is_one() -> None:
    rows = [*HEADER, ["206", "", "", "0.00", "", "-"]]
    facts, unmapped = facts_of(
        table_page(rows, WIDTHS, above=["部门支出总表", "单位：万元"], gone=MERGED)
    )
    assert keys(facts) == [("206", "total", "0.00")]
    assert unmapped == []


def test_yuan_become_wan_exactly() -> None:
    rows = [*HEADER, ["206", "", "", "45,001", "", ""]]
    facts, _ = facts_of(table_page(rows, WIDTHS, above=["部门支出总表", "单位：元"], gone=MERGED))
    assert facts[0].amount == Decimal("4.5001")
    assert (facts[0].printed, facts[0].unit) == ("45,001", "元")


def test_a_column_without_a_stage_has_that_of_its_document() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "5.00"]]
    (table,) = tables_of(table_page(rows, [60, 90, 80], above=["支出总表", "单位：万元"]))
    for stage in ("budget", "final"):
        assert [fact.stage for fact in read_facts(table, "", None, stage).facts] == [stage]


def test_a_stated_stage_stays_in_a_final_account() -> None:
    rows = [
        ["科目编码", "科目名称", "年初预算数", "调整预算数", "决算数"],
        ["206", "科学技术支出", "5.00", "6.00", "7.00"],
    ]
    page = table_page(rows, [60, 90, 80, 80, 80], above=["支出总表", "单位：万元"])
    (table,) = tables_of(page)
    facts = read_facts(table, "", None, "final").facts
    assert [(f.stage, f.printed) for f in facts] == [
        ("budget", "5.00"),
        ("adjusted", "6.00"),
        ("final", "7.00"),
    ]


def test_an_unknown_header_lists_its_amounts() -> None:
    rows = [["科目编码", "科目名称", "合计", "某种新口径"], ["206", "科学技术支出", "5.00", "4.00"]]
    facts, unmapped = facts_of(
        table_page(rows, [60, 90, 80, 80], above=["部门支出总表", "单位：万元"])
    )
    assert keys(facts) == [("206", "total", "5.00")]
    assert [(item.text, "某种新口径" in item.rule) for item in unmapped] == [("4.00", True)]
    (item,) = unmapped
    assert (item.cause, item.subject, item.word) == ("header", "某种新口径", "某种新口径")


def test_a_title_that_no_list_knows_is_the_subject() -> None:
    rows = [["科目编码", "合计"], ["206", "5.00"]]
    _, (item,) = facts_of(table_page(rows, [60, 80], above=["2025年用款去向", "单位：万元"]))
    assert (item.cause, item.subject) == ("title", "2025年用款去向")


def test_a_unit_that_nobody_states_and_a_figure_that_does_not_read_have_their_cause() -> None:
    rows = [["科目编码", "合计"], ["206", "5.00"], ["207", "1.2.3"]]
    _, unmapped = facts_of(table_page(rows, [60, 80], above=["部门支出总表"]))
    assert [item.cause for item in unmapped] == ["unit", "figure"]


def test_what_the_lists_ignore_is_listed_as_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "table,within,header,role\nexpenditure,,某种新口径,ignore\n"
    (tmp_path / "headers.csv").write_text(text, encoding="utf-8")
    rows = [["科目编码", "科目名称", "合计", "某种新口径"], ["206", "科学技术支出", "5.00", "4.00"]]
    page = table_page(rows, [60, 90, 80, 80], above=["部门支出总表", "单位：万元"])
    with monkeypatch.context() as context:
        context.setenv(FOLDER_VARIABLE, str(tmp_path))
        check_own_lists()
        facts, (item,) = facts_of(page)
    check_own_lists()
    assert keys(facts) == [("206", "total", "5.00")]
    assert (item.text, item.cause, item.subject) == ("4.00", "ignored", "某种新口径")


def test_a_table_without_a_known_title_is_listed_whole() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "5.00"]]
    facts, unmapped = facts_of(table_page(rows, [60, 90, 80], above=["某表样", "单位：万元"]))
    assert facts == []
    assert [item.text for item in unmapped] == ["5.00"]


def test_a_unit_that_is_nowhere_stated_is_not_guessed() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "5.00"]]
    page = table_page(rows, [60, 90, 80], above=["部门支出总表"])
    facts, unmapped = facts_of(page)
    assert facts == []
    assert "unit" in unmapped[0].rule
    facts, unmapped = facts_of(page, unit="元")
    assert (facts[0].certainty, facts[0].unit, facts[0].amount) == ("read", "元", Decimal("0.0005"))


def test_the_unit_of_other_tables_is_none_of_a_table_without_one() -> None:
    assert unit_for_all(["表1 部门收支总表 单位：万元", "公开02表 单位：万元"]) is None
    assert unit_for_all(["（以下各表金额单位：元）", "收入总计5.00万元。"]) == "元"
    assert unit_for_all(["本部门所有公开表格数据单位均为：万元"]) == "万元"
    assert unit_for_all(["以下各表单位：元", "上述各表单位：万元"]) is None


def test_two_numbers_in_one_cell_are_listed_not_joined() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "5.00  4.00"]]
    facts, unmapped = facts_of(table_page(rows, [60, 90, 90], above=["部门支出总表", "单位：万元"]))
    assert facts == []
    assert len(unmapped) == 1


def test_figures_beside_each_other_are_listed_one_by_one() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", ""]]
    page = table_page(rows, [60, 90, 120], above=["部门支出总表", "单位：万元"])
    gap = Char(" ", 230, 134, 280, 134, 134)
    for first, between, second in (("5.00", [gap], "4.00"), ("500", [], "400")):
        printed = (*text(first, 210, 134), *between, *text(second, 280, 134))
        chars = (*page.chars, *printed)
        facts, unmapped = facts_of(Page(1, 600, 850, chars, page.rules, 0, 0))
        assert facts == []
        assert [row.text for row in unmapped] == [first, second]
        assert unmapped[0].box.x1 < unmapped[1].box.x0


def test_a_figure_that_spans_two_measures_is_listed() -> None:
    rows = [["科目编码", "科目名称", "基本支出", "项目支出"], ["206", "科学技术支出", "5.00", ""]]
    above = ["部门支出总表", "单位：万元"]
    facts, unmapped = facts_of(table_page(rows, [60, 90, 90, 90], above=above, gone=[("v", 1, 3)]))
    assert facts == []
    assert [(row.text, row.rule) for row in unmapped] == [
        ("5.00", "its cell spans the columns '基本支出' and '项目支出'")
    ]


def test_dots_that_lead_to_a_figure_are_no_part_of_the_name() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["", "合计……", "5.00"]]
    facts, _ = facts_of(table_page(rows, [60, 90, 90], above=["部门支出总表", "单位：万元"]))
    assert keys(facts) == [("total", "total", "5.00")]


def amount_of(printed: str, unit: str = "单位：万元") -> tuple[list[Fact], list[Unmapped]]:
    """What becomes of one text in a column of amounts."""
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", printed]]
    return facts_of(table_page(rows, [60, 90, 120], above=["部门支出总表", unit]))


@pytest.mark.parametrize("printed", ["¥150.00", "150.00万元", "150.00①", "150.00*", "约150.00"])
def test_what_stands_around_a_figure_is_left_out(printed: str) -> None:
    (fact,), unmapped = amount_of(printed)
    assert (fact.printed, fact.amount, fact.certainty) == ("150.00", Decimal("150.00"), "read")
    assert fact.box.x1 - fact.box.x0 < 31  # six digits of five points
    assert unmapped == []


@pytest.mark.parametrize(
    "printed",
    ["#####", "#REF!", "15O.00", "150.00/5.00", "5.00%", "1\ufffd0.00", "150.00元"],
)
def test_what_looks_like_a_number_and_is_unreadable_is_listed(printed: str) -> None:
    facts, unmapped = amount_of(printed)
    assert facts == []
    assert [row.text for row in unmapped] == [printed]
    assert all(row.cause in ("figure", "unit") and printed in row.rule for row in unmapped)


def test_a_unit_behind_a_figure_is_that_of_a_table_that_states_none() -> None:
    (fact,), _ = amount_of("1500.00元", unit="")
    assert (fact.amount, fact.unit, fact.certainty) == (Decimal("0.150000"), "元", "read")


def test_unusual_separators_are_repaired() -> None:
    (fact,), _ = amount_of("1、234.56")
    assert (fact.printed, fact.amount) == ("1、234.56", Decimal("1234.56"))
    assert fact.certainty == "repaired"


def test_an_integer_that_is_no_fact_is_listed() -> None:
    rows = [["科目编码", "科目名称", "合计", "数量"], ["20", "未知", "150", "3"]]
    facts, unmapped = facts_of(
        table_page(rows, [60, 90, 60, 60], above=["部门支出总表", "单位：万元"])
    )
    assert facts == []
    assert [row.text for row in unmapped] == ["150"]


def test_figures_below_each_other_are_listed_one_by_one() -> None:
    page = table_page([["科目编码", "科目名称", "合计"], ["206", "科学技术支出", ""]], [60, 90, 90],
                      above=["部门支出总表", "单位：万元"], height=40)  # fmt: skip
    chars = (*page.chars, *text("150", 260, 152), *text("100", 260, 166))
    facts, unmapped = facts_of(Page(1, 600, 850, chars, page.rules, 0, 0))
    assert facts == []
    assert [row.text for row in unmapped] == ["150", "100"]
    assert unmapped[0].box.bottom < unmapped[1].box.top


def test_a_note_below_a_figure_is_listed_beside_its_fact() -> None:
    page = table_page([["科目编码", "科目名称", "合计"], ["206", "科学技术支出", ""]], [60, 90, 90],
                      above=["部门支出总表", "单位：万元"], height=40)  # fmt: skip
    chars = (*page.chars, *text("150.00", 240, 152), *text("（上年90.00）", 205, 164, size=8))
    (fact,), (listed,) = facts_of(Page(1, 600, 850, chars, page.rules, 0, 0))
    assert (fact.printed, listed.text) == ("150.00", "(上年90.00)")
    assert fact.box.bottom < listed.box.bottom


def test_items_of_the_revenue_side_are_known_by_the_block_they_stand_in() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "预算数", "功能分类", "预算数"],
        ["一、本年收入", "588.15", "206 科学技术支出", "664.08"],
        ["1.一般公共预算拨款", "563.15", "", ""],
        ["其中：一般财力", "549.15", "", ""],
        ["二、上年结转结余", "75.93", "", ""],
        ["1.财政拨款结转", "40.93", "", ""],
        ["其中：一般公共预算拨款", "40.93", "", ""],
        ["收入总计", "664.08", "支出总计", "664.08"],
    ]
    facts, unmapped = facts_of(
        table_page(
            rows, [130, 70, 130, 70], above=["部门收支总表", "单位：万元"],
            gone=[("v", 0, 1), ("v", 0, 3)],
        )
    )  # fmt: skip
    assert unmapped == []
    assert [(fact.section, fact.code) for fact in facts] == [
        ("revenue", "current_year"), ("expenditure", "206"), ("revenue", "general_appropriation"),
        ("revenue", "general_own"), ("revenue", "carryover"), ("revenue", "fiscal_carryover"),
        ("revenue", "fiscal_carryover_general"), ("revenue", "total"), ("expenditure", "total"),
    ]  # fmt: skip


THREE = [
    ["合计", "三公经费", "", "", "会议费"],
    ["", "小计", "因公出国（境）费", "公务接待费", ""],
    ["1,384.74", "484.30", "100.00", "116.50", "200.44"],
]


def test_a_row_of_columns_becomes_rows_of_items() -> None:
    gone = [("v", 0, 2), ("v", 0, 3), ("h", 1, 0), ("h", 1, 4)]
    page = table_page(
        THREE,
        [70, 70, 100, 80, 70],
        above=["“三公”经费、会议费支出预算表", "单位：万元"],
        gone=gone,
    )
    facts, unmapped = facts_of(page)
    assert unmapped == []
    assert [(fact.code, fact.printed) for fact in facts] == [
        ("total_with_meetings_training", "1,384.74"), ("total", "484.30"), ("abroad", "100.00"),
        ("reception", "116.50"), ("meetings", "200.44"),
    ]  # fmt: skip


def test_figures_of_the_year_before_are_measures_of_their_own() -> None:
    rows = [
        ["2024年预算数", "", "2025年预算数", ""],
        ["合计", "公务接待费", "合计", "公务接待费"],
        ["5.00", "1.00", "4.00", "0.50"],
    ]
    page = table_page(
        rows, [70, 70, 70, 70], above=["“三公”经费支出表", "单位：万元"],
        gone=[("v", 0, 1), ("v", 0, 3)],
    )  # fmt: skip
    facts, _ = facts_of(page)
    assert [(fact.code, fact.measure, fact.printed) for fact in facts] == [
        ("total", "previous_total", "5.00"), ("reception", "previous_total", "1.00"),
        ("total", "total", "4.00"), ("reception", "total", "0.50"),
    ]  # fmt: skip


def test_the_row_that_repeats_the_department_is_told_from_items() -> None:
    rows = [
        ["项目", "合计"],
        ["总计", "75.93"],
        ["某县科学技术局", "75.93"],
        ["机关运行补助经费", "35.00"],
    ]
    page = table_page(rows, [160, 80], above=["上年结转结余情况明细表", "单位：万元"])
    facts, _ = facts_of(page, department="某县科学技术局")
    assert [(fact.code, fact.project) for fact in facts] == [
        ("total", ""), ("department", ""), ("", "机关运行补助经费"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "printed", ["1\ufffd234.56", "\ufffd5.00", "\ufffd\ufffd\ufffd", "5\ufffd00"]
)
def test_a_figure_with_a_character_without_a_name_is_listed(printed: str) -> None:
    rows = [*HEADER, ["206", "", "", "7.00", printed, "1.00"], ["207", "", "", "", "3.00", ""]]
    page = table_page(rows, WIDTHS, above=["部门支出总表", "单位：万元"], gone=MERGED)
    facts, unmapped = facts_of(page)
    assert ("206", "basic", printed) not in keys(facts)
    assert keys(facts)[0] == ("206", "total", "7.00")
    assert [amount.text for amount in unmapped] == [printed]
    assert "a character without a name" in unmapped[0].rule
