"""Another disclosure's figures in the prose: last year's, and the budget of a final account."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.case import Case
from budgetkit.checks.finding import Finding
from tests.helpers.cases import case, fact, para, said

SENTENCE = "农林水支出（类）水利（款）行政运行（项）"
CLASSES = [
    fact("general_expenditure", "213", "900.00", name="农林水支出", document="other"),
    fact("general_expenditure", "21303", "900.00", name="水利", document="other"),
    fact("general_expenditure", "2130301", "620.00", name="行政运行", document="other"),
    fact("general_expenditure", "total", "900.00", name="合计", document="other"),
]


def other(year: int) -> Case:
    made = case(year=year, facts=CLASSES)
    (document,) = made.documents
    return replace(made, documents=({**document, "document": "other"},))


def failed(one: Case, check: str) -> list[Finding]:
    return [f for found, f in run_checks(one) if found.id == check and f.status == "fail"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{SENTENCE}2025年预算数为650.00万元，2024年预算数为620.00万元，增加30.00万元。", 0),
        (f"{SENTENCE}2025年预算数为650.00万元，2024年预算数为602.00万元，增加48.00万元。", 1),
        (f"{SENTENCE}2025年预算数为650.00万元，比上年预算数602.00万元增加48.00万元。", 1),
        (f"{SENTENCE}2025年预算数为650.00万元，2024年执行数为602.00万元。", 0),
        (f"{SENTENCE}2025年预算数为650.00万元，2023年预算数为602.00万元。", 0),
        (
            f"{SENTENCE}2025年预算650.00万元，上年预算按同口径为602.00万元，上年预算为602.00万元。",
            0,
        ),
        ("办公用房2024年预算数为602.00万元。", 0),
    ],
)
def test_last_years_budget_in_a_sentence(text: str, found: int) -> None:
    one = case(year=2025, paragraphs=[para(text)], before=other(2024))
    assert len(failed(one, "year-before-said")) == found


def account(**rows: object) -> Case:
    made = case(year=2024, **rows)  # type: ignore[arg-type]
    assert made.key is not None
    (document,) = made.documents
    return replace(
        made,
        key=made.key._replace(kind="final_account"),
        documents=({**document, "kind": "final_account"},),
        budget=other(2024),
    )


@pytest.mark.parametrize(("amount", "found"), [("620.00", 0), ("602.00", 1)])
def test_the_first_budget_of_a_class_in_a_final_account(amount: str, found: int) -> None:
    text = f"1.{SENTENCE}。年初预算为{amount}万元，支出决算为651.00万元，完成年初预算的105%。"
    one = account(paragraphs=[para(text)], narrative=[said(text, "支出决算", amount=651.0)])
    assert len(failed(one, "account-budget-said")) == found


@pytest.mark.parametrize(("amount", "found"), [("900.00", 0), ("909.00", 1)])
def test_the_first_budget_of_the_whole_in_a_final_account(amount: str, found: int) -> None:
    text = f"一般公共预算财政拨款支出年初预算为{amount}万元，支出决算为891.00万元。"
    item = "一般公共预算财政拨款支出年初预算"
    one = account(narrative=[said(text, item, amount=float(amount))], paragraphs=[para(text)])
    assert len(failed(one, "account-budget-said")) == found
