"""The prose compared with last year: its document, and the amounts quoted from it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.helpers.cases import case, cases_of_dataset, fact, fails, para, run, said

LAST = case(
    year=2024,
    facts=[
        fact("three_public", "abroad", "110.00", document="last"),
        fact("three_public", "total", "5", document="last"),
    ],
)


def test_an_implied_amount_that_last_year_does_not_print_is_found() -> None:
    row = said(
        "因公出国（境）费100.00万元，比上年减少5.00万元，",
        "因公出国（境）费",
        kind="three_public",
        amount=100.0,
        change=-5.0,
    )
    (finding,) = fails(case(narrative=[row], before=LAST), "change-year-before")
    assert (finding.expected, finding.found) == (Decimal("110.00"), Decimal("105.00"))
    assert (finding.document, finding.other_document) == ("d", "last")


def test_the_same_as_last_year_is_an_amount_too() -> None:
    row = said(
        "因公出国（境）费100万元，与上年持平。", "因公出国（境）费", amount=100.0, change=0.0
    )
    assert len(fails(case(narrative=[row], before=LAST), "change-year-before")) == 1


@pytest.mark.parametrize(
    ("text", "item", "amount", "change"),
    [
        ("因公出国（境）费120.00万元，比上年增加10.00万元。", "因公出国（境）费", 120.0, 10.0),
        ("因公出国（境）费90万元，比上年执行数增加1万元。", "因公出国（境）费", 90.0, 1.0),
        ("全部来款90.00万元，比上年增加1.00万元。", "全部来款", 90.0, 1.0),
    ],
)
def test_what_agrees_or_compares_something_else_is_not_found(
    text: str, item: str, amount: float, change: float
) -> None:
    row = said(text, item, amount=amount, change=change)
    assert not fails(case(narrative=[row], before=LAST), "change-year-before")


@pytest.mark.parametrize(("pct", "found"), [(9.09, False), (19.09, True)])
def test_a_percent_alone_is_held_against_last_year(pct: float, found: bool) -> None:
    text = f"因公出国（境）费120.00万元，同比增长{pct}%。"
    row = said(text, "因公出国（境）费", amount=120.0, change_pct=pct)
    one = case(narrative=[row], before=LAST)
    assert bool(fails(one, "change-year-before")) is found


def test_a_class_is_followed_by_its_code() -> None:
    before = case(facts=[fact("general_expenditure", "2060102", "2.85", name="一般行政管理事务")])
    now = [fact("general_expenditure", "2010802", "8.00", name="一般行政管理事务")]
    row = said("一般行政管理事务8.00万元，增加8.00万元", "一般行政管理事务", amount=8.0, change=8.0)
    assert not run(case(narrative=[row], facts=now, before=before), "change-year-before")


def test_a_bureau_through_the_years_agrees_with_itself(sample_dataset: Path) -> None:
    for bureau in ("yunting-jyj", "yunting-wjw", "yanping-sfj"):
        names = {f"{bureau}-{year}" for year in (2023, 2024, 2025)}
        cases = [one for one in cases_of_dataset(sample_dataset) if one.document in names]
        assert [one.key.year for one in cases] == [2023, 2024, 2025]
        for one in cases[1:]:
            assert one.before is not None
            findings = run(one, "change-year-before")
            assert len(findings) > 5
            assert not [finding for finding in findings if finding.status == "fail"]


def test_a_percent_between_two_printed_amounts_is_recomputed() -> None:
    text = (
        "1、住房改革支出（款）住房公积金（项）208.8万元。主要用于缴纳住房公积金。"
        "2025年当年预算执行数为198.34万元，2026年预算安排201.50万元，"
        "比2025年预算执行数增加5.27%。主要原因是：支出增加。"
    )
    one = case(year=2026, paragraphs=[para(text)])
    (percent,) = fails(one, "narrative-base-percent")
    (twice,) = fails(one, "narrative-amount-twice")
    assert (percent.found, twice.found) == (Decimal("5.27"), Decimal("201.50"))


def test_a_change_from_the_budget_of_the_same_year_says_nothing_of_last_year() -> None:
    text = "因公出国（境）费支出90.00万元，比预算数减少5.00万元。"
    row = said(text, "因公出国（境）费", amount=90.0, change=-5.0)
    assert not fails(case(narrative=[row], before=LAST), "change-year-before")


@pytest.mark.parametrize(("amounts", "messages"), [
    ((80.0, 90.0, 70.0), ["said-restated"]),
    ((80.0, 115.0, 7.0), ["change-year-before"]),
])  # fmt: skip
def test_a_base_that_was_stated_anew_is_one_finding_to_look_at(
    amounts: tuple[float, ...], messages: list[str]
) -> None:
    codes = {"因公出国（境）费": "abroad", "公务接待费": "reception", "会议费": "meetings"}
    then = [
        fact("three_public", code, amount, document="last")
        for code, amount in zip(codes.values(), ("110.00", "110.00", "2.00"), strict=True)
    ]
    rows = [
        said(f"{item}{amount:.2f}万元，比上年增加5.00万元。", item, kind="three_public",
             amount=amount, change=5.0)
        for item, amount in zip(codes, amounts, strict=True)
    ]  # fmt: skip
    found = fails(case(narrative=rows, before=case(year=2024, facts=then)), "change-year-before")
    assert [finding.message for finding in found] == messages
    assert all(finding.certain is (finding.message != "said-restated") for finding in found)
