"""What was not understood, counted once a text."""

from __future__ import annotations

from pathlib import Path

from budgetkit.learn.unknown import find_unknown
from tests.helpers.unknowns import dataset, lost, read


def test_what_costs_most_comes_first_with_its_places(tmp_path: Path) -> None:
    rows = [
        lost("title", "表3 2025年用款去向"),
        lost("title", "表4 2024年用款去向", document="b", page=4),
        lost("title", "来款明细"),
    ]
    first, second = find_unknown(dataset(tmp_path, rows))
    assert (first.kind, first.text, first.amounts) == ("title", "用款去向", 2)
    assert first.documents == ("a", "b")
    assert list(first.places) == [("a", 3), ("b", 4)]
    assert (second.text, second.amounts, second.first) == ("来款明细", 1, ("a", 3))


def test_every_unknown_word_of_a_path_is_named(tmp_path: Path) -> None:
    rows = [lost("header", "村款 > 甲类支出 > 合计", "村款", "expenditure")]
    found = find_unknown(dataset(tmp_path, rows))
    assert sorted((one.text, one.word) for one in found) == [("村款", "村款"), ("甲类支出", "甲类")]
    assert {one.path for one in found} == {("村款", "甲类支出", "合计")}


def test_a_word_of_several_tables_is_one(tmp_path: Path) -> None:
    rows = [lost("header", "村款", "村款", table) for table in ("expenditure", "revenue")]
    (one,) = find_unknown(dataset(tmp_path, rows))
    assert (one.table, one.amounts) == ("*", 2)


def test_columns_that_nothing_tells_apart_keep_their_paths(tmp_path: Path) -> None:
    rows = [lost("columns", path, table="revenue") for path in ("甲 > 合计", "乙 > 合计")]
    found = find_unknown(dataset(tmp_path, rows))
    assert {one.path for one in found} == {("甲", "合计"), ("乙", "合计")}


def test_what_no_list_helps_is_left_out(tmp_path: Path) -> None:
    rows = [lost(cause, "") for cause in ("place", "figure", "unit", "ignored")]
    assert find_unknown(dataset(tmp_path, rows)) == []


def test_rows_without_a_code_are_items_but_units_and_projects_are_not(tmp_path: Path) -> None:
    facts = [
        read("summary", "一、村级来款", section="revenue", measure="amount"),
        read("summary", "基本支出", "basic", section="expenditure"),
        read("carryover", "某项目"),
        *(read("revenue", "某所", measure=measure) for measure in ("total", "debt", "unit_funds")),
    ]
    (one,) = find_unknown(dataset(tmp_path, [], facts))
    assert (one.kind, one.text, one.table, one.section) == (
        "item",
        "村级来款",
        "summary",
        "revenue",
    )


def test_a_table_whose_title_has_an_unknown_word_is_named(tmp_path: Path) -> None:
    table = "other_村级支出"
    tables = [{"document": "a", "table": table, "title": "表9 2025年村级支出表", "pages": "9"}]
    (one,) = find_unknown(dataset(tmp_path, [], [read(table, "行政运行", "2010101")], tables))
    assert (one.kind, one.text, one.table, one.amounts) == ("table", "村级支出表", table, 1)


def test_headers_that_no_amount_waits_for_are_named_too(tmp_path: Path) -> None:
    unknown = "用途 > 用途名称: 用途 | 村款: 村款"
    tables = [{"document": "a", "table": "revenue", "pages": "5 6", "unknown": unknown}]
    rows = [lost("header", "村款", "村款", "revenue")]
    found = find_unknown(dataset(tmp_path, rows, tables=tables))
    assert [(one.text, one.amounts, one.first[1]) for one in found] == [
        ("村款", 1, 3), ("用途", 0, 5), ("用途名称", 0, 5),
    ]  # fmt: skip
