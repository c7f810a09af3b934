"""A row of the lists for each thing that was not understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkit.learn.propose import Proposal, propose
from tests.helpers.unknowns import dataset, lost, read


def proposed(folder: Path, *args: object) -> Proposal:
    (one,) = propose(dataset(folder, *args))  # type: ignore[arg-type]
    return one


def test_a_title_is_like_a_known_one(tmp_path: Path) -> None:
    one = proposed(tmp_path, [lost("title", "收支总览")])
    assert (one.list, one.text, one.ends, one.says) == ("titles", "收支总览", "总览", "summary")
    assert not one.sure
    assert one.reason == "a guess: shares '收支' with '收支总表' (summary)"


def test_neutral_words_make_no_likeness(tmp_path: Path) -> None:
    title = "部门综合预算政府性基金支出情况明细表（不含上年结转）"
    tables = [{"document": "a", "table": "government_fund", "title": title, "pages": "9"}]
    text = "部门综合预算村务经费支出情况明细表（不含上年结转）"
    one = proposed(tmp_path, [lost("title", text)], [], tables)
    assert one.says != "government_fund"


def test_a_title_is_like_one_that_the_dataset_prints(tmp_path: Path) -> None:
    tables = [{"document": "a", "table": "procurement", "title": "表9 村务用品表", "pages": "9"}]
    one = proposed(tmp_path, [lost("title", "村務用品表")], [], tables)
    assert (one.says, one.ends, one.sure) == ("procurement", "", True)


def test_a_table_without_any_title_has_no_row(tmp_path: Path) -> None:
    one = proposed(tmp_path, [lost("title", "")])
    assert (one.list, one.says) == ("", "")
    assert "look at the page" in one.reason


def test_a_header_in_another_spelling_is_sure(tmp_path: Path) -> None:
    one = proposed(tmp_path, [lost("header", "財政專戶管理資金", "財政專戶管理資金", "revenue")])
    assert (one.table, one.text, one.says) == (
        "revenue",
        "財政專戶管理資金",
        "fund=special_account",
    )
    assert one.sure
    assert "in another spelling; the column would be 'special_account'" in one.reason


def test_a_proposal_that_makes_twins_is_not_sure_and_says_so(tmp_path: Path) -> None:
    facts = [read("revenue", "行政运行", "2010101", measure="special_account")]
    rows = [lost("header", "財政專戶管理資金", "財政專戶管理資金", "revenue")]
    one = proposed(tmp_path, rows, facts)
    assert not one.sure
    assert "stands in this table already: both would be listed" in one.reason


def test_a_proposal_never_contradicts_the_header_above(tmp_path: Path) -> None:
    rows = [lost("header", "项目支出 > 基本類支出", "類", "expenditure")]
    one = proposed(tmp_path, rows)
    assert "use=basic" not in one.says


def test_where_the_rest_is_known_the_word_alone_is_asked_for(tmp_path: Path) -> None:
    one = proposed(tmp_path, [lost("header", "本年村财支出数", "村财", "expenditure")])
    assert (one.list, one.text, one.says, one.sure) == ("headers", "村财", "", False)
    assert "the rest of the header is known" in one.reason


@pytest.mark.parametrize("amounts", [0, 1])
def test_a_label_is_proposed_where_no_amount_waits(tmp_path: Path, amounts: int) -> None:
    tables = [{"document": "a", "table": "revenue", "pages": "5", "unknown": "年 度: 年"}]
    tables[0]["unknown"] = "年－度: 年－度"
    rows = [lost("header", "年－度", "年－度", "revenue")] * amounts
    one = proposed(tmp_path, rows, [read("revenue", "行政运行", "2010101")], tables)
    assert (one.says == "year") == (amounts == 0)


def test_columns_are_asked_for_with_what_stands_above(tmp_path: Path) -> None:
    one = proposed(tmp_path, [lost("columns", "甲 > 合计", table="revenue")])
    assert (one.table, one.within, one.text, one.says) == ("revenue", "甲", "合计", "")
    assert "what tells them apart" in one.reason


def test_an_item_is_like_a_known_one_and_never_sure_by_another_tables_word(tmp_path: Path) -> None:
    facts = [
        read("summary", "村级经费拨款", "village", section="revenue"),
        read("three_public", "村级经费拨款"),
    ]
    one = proposed(tmp_path, [], facts)
    assert (one.list, one.table, one.says, one.sure) == ("items", "three_public", "village", False)
    assert one.reason == "a guess: '村级经费拨款' is village elsewhere"


@pytest.mark.parametrize(("name", "code"), [("商品和服务支出", "302"), ("行政运行", "")])
def test_a_class_is_proposed_where_its_name_is_its_own(
    tmp_path: Path, name: str, code: str
) -> None:
    one = proposed(tmp_path, [], [read("summary", name, section="expenditure")])
    assert (one.says, one.sure) == (code, False)


def test_signs_of_an_expression_are_escaped(tmp_path: Path) -> None:
    one = proposed(tmp_path, [lost("title", "用款|去向表")])
    assert one.text == r"/用款\|去向表/"


def test_a_column_is_what_its_cells_hold(tmp_path: Path) -> None:
    unknown = "用途 > 编号: 编号 = code | 用途 > 名目: 名目 = name"
    tables = [{"document": "a", "table": "revenue", "pages": "5", "unknown": unknown}]
    rows = [lost("header", "村款", "村款", "revenue")]
    found = propose(dataset(tmp_path, rows, tables=tables))
    says = {one.text: (one.says, one.sure) for one in found}
    assert says["编号"] == ("code", False)
    assert says["名目"] == ("name", False)
    assert says["用途"][0] == ""
    # No row is read without them, so they come before what costs amounts.
    assert [one.text for one in found][:2] == ["名目", "编号"]


def test_one_character_makes_no_likeness(tmp_path: Path) -> None:
    tables = [{"document": "a", "table": "summary", "pages": "5", "unknown": "进项: 进项"}]
    assert proposed(tmp_path, [], None, tables).says == ""


def test_an_item_of_three_public_is_no_class(tmp_path: Path) -> None:
    facts = [read("three_public", "公务出国（境）花费")]
    assert not proposed(tmp_path, [], facts).says.isdigit()
