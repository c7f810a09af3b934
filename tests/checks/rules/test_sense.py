"""What can't both be so, and reasons of another item."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.cases import case, fact, fails, para, run, said, table


def sides(revenue: float, expenditure: float, spent: str = "年初预算") -> list[dict[str, Any]]:
    def row(item: str, change: float) -> dict[str, Any]:
        word = "增加" if change > 0 else "减少"
        text = f"{item}500.00万元，比上年{spent}{word}{abs(change):.2f}万元，因社保基数调整。"
        return said(text, item, amount=500.0, change=change)

    return [row("收入预算", revenue), row("支出预算", expenditure)]


def test_revenue_and_expenditure_of_one_amount_change_alike() -> None:
    assert fails(case(narrative=sides(8.0, -8.0)), "change-both-sides")
    assert fails(case(narrative=sides(8.0, 8.3)), "change-both-sides")
    assert not fails(case(narrative=sides(8.0, 8.0)), "change-both-sides")
    assert not fails(case(narrative=sides(8.0, -8.0, spent="执行数")), "change-both-sides")
    other = sides(8.0, -8.0)
    other[1] |= {"amount": 400.0, "text": other[1]["text"].replace("500", "400")}
    assert not fails(case(narrative=other), "change-both-sides")


@pytest.mark.parametrize(
    ("item", "reason", "found"),
    [
        ("会议费", "减少公务接待费预算", True),
        ("公务接待费", "公务用车更新", True),
        ("公务接待费", "来访批次减少", False),
        ("公务接待费", "减少会议费和接待批次", False),
        ("因公出国（境）费", "厉行节约", False),
        ("会议费", "减少1万元，公务接待费5万元", False),
        ("“三公”经费", "公务接待费减少", False),
    ],
)
def test_a_reason_of_another_item(item: str, reason: str, found: bool) -> None:
    kind = "meetings" if item == "会议费" else "three_public"
    row = said(f"{item}5万元，减少1万元，原因是{reason}。", item, reason=reason, kind=kind)
    assert bool(fails(case(narrative=[row]), "narrative-reason-item")) is found


@pytest.mark.parametrize(("amount", "found"), [(9.0, False), (8.0, False), (9.5, True)])
def test_running_costs_of_the_office_are_operating_expenditure(amount: float, found: bool) -> None:
    text = f"机关运行经费{amount:.2f}万元。"
    row = said(text, "机关运行经费", amount=amount, kind="operating_costs")
    facts = [fact("basic_expenditure", "total", "9.00", measure="operating")]
    one = case(narrative=[row], facts=facts)
    assert bool(fails(one, "running-costs-within")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本部门共有车辆0辆，其中机要用车0辆。", True),
        ("公务用车保有量为0辆。", True),
        ("本部门共有车辆10辆。", False),
        ("本部门共有车辆0辆，用车由平台统一调配。", False),
        ("安排购置车辆0辆。", False),
    ],
)
def test_money_for_running_vehicles_that_are_not_there(text: str, found: bool) -> None:
    facts = [fact("three_public", "vehicle_operation", "4.40")]
    one = case(paragraphs=[para(text)], facts=facts)
    assert bool(fails(one, "three-public-no-vehicles")) is found
    bought = fact("three_public", "vehicle_purchase", "20.00")
    assert not fails(
        case(paragraphs=[para(text)], facts=[*facts, bought]), "three-public-no-vehicles"
    )


def test_three_public_that_is_said_only_to_fall() -> None:
    text = "“三公”经费5万元，增加1万元，按照只减不增的要求安排。"
    row = said(text, "“三公”经费", amount=5.0, change=1.0, kind="three_public")
    assert fails(case(narrative=[row]), "three-public-rises")
    assert not fails(case(narrative=[row | {"change": -1.0}]), "three-public-rises")
    assert not fails(
        case(narrative=[row | {"text": "“三公”经费5万元，增加1万元。"}]), "three-public-rises"
    )


def test_procurement_is_split() -> None:
    text = "政府采购预算50.00万元。"
    row = said(text, "政府采购", amount=50.0, kind="procurement")
    assert fails(case(narrative=[row], paragraphs=[para(text)]), "procurement-split")
    other = para("政府采购预算50.00万元，均为货物。")
    assert not fails(case(narrative=[row], paragraphs=[other]), "procurement-split")
    split = case(narrative=[row], paragraphs=[para(text)], tables=[table("procurement")])
    assert not fails(split, "procurement-split")
    assert not run(case(narrative=[row | {"amount": 0.0}]), "procurement-split")
