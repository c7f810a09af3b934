"""What an amount of the prose is said to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.extraction.prose.items import LONGEST_ITEM, class_name, name_item, same_item


@pytest.mark.parametrize(
    ("clause", "item", "kind"),
    [
        ("2025年某局的机关运行经费财政拨款预算", "机关运行经费", "operating_costs"),
        ("教育支出（类）教育管理事务（款）行政运行（项）", "行政运行", "amount"),
        ("其中：公务接待费", "公务接待费", "three_public"),
    ],
)
def test_an_item_is_named_without_what_surrounds_it(clause: str, item: str, kind: str) -> None:
    assert name_item(clause) == (item, kind)


def test_purchases_are_named_only_where_the_talk_is_of_them() -> None:
    assert name_item("政府采购货物预算", purchases=True)[1] == "procurement"
    assert name_item("政府采购货物预算", purchases=False)[1] != "procurement"


def test_a_department_is_no_item() -> None:
    assert name_item("某市某局2025年", department="某市某局") == ("", "amount")


def test_a_clause_without_a_class_names_none() -> None:
    assert class_name("教育支出预算") == ""


@given(st.text(max_size=60))
def test_any_clause_gives_a_short_name_or_none(clause: str) -> None:
    item, kind = name_item(clause)
    assert kind
    assert len(item) <= LONGEST_ITEM
    assert set(item) <= set(clause)


def test_items_are_compared_without_filling_words() -> None:
    assert same_item("收入预算总表的收入", "收入")
    assert not same_item("人员经费", "公用经费")
