"""Which class of the tables a sentence refers to."""

from __future__ import annotations

from decimal import Decimal

from budgetkit.checks.meaning import class_figures, class_path
from tests.helpers.cases import case, fact, fails, run, said


def test_classes_of_one_name_are_told_apart_by_what_they_stand_under() -> None:
    rows = [
        ("20131", "党委办公厅", "3.00"),
        ("2013102", "一般行政管理事务", "3.00"),
        ("20132", "组织事务", "8.00"),
        ("2013202", "一般行政管理事务", "8.00"),
    ]
    facts = [fact("general_expenditure", code, amount, name=name) for code, name, amount in rows]
    text = "2.“一般公共服务支出（类）组织事务（款）一般行政管理事务（项）”8.00万元，"
    row = said(text, "一般行政管理事务", amount=8.0)
    one = case(narrative=[row], facts=facts)
    assert [code for code, _ in class_figures(one, row)] == ["2013202"]
    vague = said("一般行政管理事务9.00万元，", "一般行政管理事务", amount=9.0)
    assert not run(case(narrative=[vague], facts=facts), "narrative-amount")


def test_a_class_is_found_behind_the_name_of_the_class_above_it() -> None:
    facts = [
        fact("general_expenditure", "20101", "100.00", name="人大事务"),
        fact("general_expenditure", "2010101", "45.00", name="行政运行"),
        fact("general_expenditure", "2080101", "7.00", name="行政运行"),
    ]
    row = said("1.人大事务行政运行（项）支出100.00万元", "人大事务行政运行", amount=100.0)
    (finding,) = fails(case(narrative=[row], facts=facts), "narrative-amount")
    assert (finding.expected, finding.found) == (Decimal("45.00"), Decimal("100.00"))


def test_a_code_in_the_prose_finds_its_row_and_its_name() -> None:
    facts = [
        fact("general_expenditure", "210", "5.00", name="卫生健康支出"),
        fact("general_expenditure", "2101101", "5.00", name="行政单位医疗"),
    ]
    text = (
        "1、医疗卫生与计划生育支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）5.00万元。"
    )
    row = said(text, "行政单位医疗", amount=5.0)
    assert [step.code for step in class_path(row["text"])] == ["210", "11", "01"]
    one = case(narrative=[row], facts=facts)
    assert not fails(one, "narrative-amount")
    (finding,) = fails(one, "narrative-item-name")
    assert finding.code == "210"
