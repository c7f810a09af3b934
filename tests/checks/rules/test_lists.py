"""Lists of the prose and the rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.helpers.cases import case, fact, fails, para


def basic(codes: Sequence[str], names: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of the basic expenditure, 1.00 each."""
    return [
        fact("basic_expenditure", code, "1.00", name=name)
        for code, name in zip(codes, names, strict=True)
    ]


def test_a_list_of_classes_is_held_against_the_basic_expenditure() -> None:
    names = ["办公费", "印刷费", "邮电费", "差旅费", "公务接待费", "工会经费", "福利费"]
    codes = ["30201", "30202", "30207", "30211", "30217", "30228", "30229"]
    facts = basic(codes, names)
    facts.append(fact("basic_expenditure", "30226", "7.08", name="劳务费"))
    text = f"公用经费51.35万元，主要包括：{'、'.join([*names, '委托业务费'])}。"
    one = case(paragraphs=[para(text)], facts=facts)
    (known,) = fails(one, "class-list-known")
    (missed,) = fails(one, "class-list-complete")
    assert (known.code, missed.code) == ("委托业务费", "30226")


def test_a_list_with_classes_that_have_no_amount_is_one_finding() -> None:
    names = ["办公费", "邮电费", "差旅费", "公务接待费", "工会经费"]
    facts = basic(["30201", "30207", "30211", "30217", "30228"], names)
    text = f"公用经费5.00万元，主要包括：{'、'.join([*names, '印刷费', '水费'])}。"
    (known,) = fails(case(paragraphs=[para(text)], facts=facts), "class-list-known")
    assert known.code == "印刷费、水费"


def test_a_rest_without_a_row_names_what_the_list_does_not() -> None:
    names = ["基本工资", "津贴补贴", "奖金", "离休费", "退休费", "住房公积金"]
    codes = ["30101", "30102", "30103", "30301", "30302", "30113"]
    facts = basic(codes, names)
    facts.append(fact("basic_expenditure", "30107", "8.18", name="绩效工资"))
    text = f"人员经费14.18万元。主要包括：{'、'.join([*names, '其他工资福利支出'])}。"
    assert not fails(case(paragraphs=[para(text)], facts=facts), "class-list-complete")
    # With a row of its own it is that row, and names no other.
    facts.append(fact("basic_expenditure", "30199", "1.00", name="其他工资福利支出"))
    (missed,) = fails(case(paragraphs=[para(text)], facts=facts), "class-list-complete")
    assert missed.code == "30107"


def test_an_older_name_that_contains_a_class_lists_it() -> None:
    names = ["基本工资", "津贴补贴", "奖金", "离休费", "退休费", "住房公积金"]
    codes = ["30101", "30102", "30103", "30301", "30302", "30113"]
    facts = basic(codes, names)
    facts.append(fact("basic_expenditure", "30109", "2.00", name="职业年金缴费"))
    text = f"人员经费7.00万元。主要包括：{'、'.join([*names, '社会保障缴费'])}。"
    assert not fails(case(paragraphs=[para(text)], facts=facts), "class-list-complete")
