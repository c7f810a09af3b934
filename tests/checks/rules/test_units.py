"""Units of money: a factor of ten thousand is one finding of its own, once for all it breaks."""

from __future__ import annotations

from typing import Any

import pytest

from budgetkit.checks.audit.catalogue import run_checks
from budgetkit.checks.audit.checks_table import by_status
from budgetkit.checks.case import Case
from tests.helpers.cases import case, fact, fails, para, said, table

TABLES = ("expenditure", "general_expenditure", "basic_expenditure")


def figures(**factors: int) -> list[dict[str, Any]]:
    """Facts of two tables that print one amount, each in its own unit."""
    found = []
    for name, code, amount in (
        ("summary", "total", 345.67),
        ("expenditure", "total", 345.67),
        ("expenditure", "206", 345.67),
        ("expenditure", "20601", 345.67),
        ("expenditure", "2060101", 345.67),
    ):
        measure = "amount" if name == "summary" else "total"
        section = "expenditure" if name == "summary" else ""
        printed = f"{amount * factors.get(name, 1):.2f}"
        found.append(fact(name, code, printed, measure=measure, section=section))
    return found


def checked(one: Case) -> list[str]:
    return [check.id for check, finding in run_checks(one) if finding.status == "fail"]


def of(facts: list[dict[str, Any]], **rows: Any) -> Case:
    return case(facts=facts, tables=[table("summary"), table("expenditure")], **rows)


def test_a_table_in_another_unit_is_one_finding_of_units() -> None:
    one = of(figures(expenditure=10_000))
    assert set(checked(one)) & {"unit-factor", "summary-expenditure-table"} == {"unit-factor"}
    assert "unit-factor" not in checked(of(figures()))
    assert "unit-factor" not in checked(of(figures(expenditure=1_000)))


def test_the_message_quotes_both_amounts() -> None:
    document = {"document": "d", "department": "某局", "scope": "department", "year": 2025}
    one = of(figures(expenditure=10_000))
    object.__setattr__(one, "documents", ({**one.documents[0], **document},))
    rows = by_status([one])["fail"].to_pylist()
    found = [row for row in rows if row["check"] == "unit-factor"]
    assert len({row["cause"] for row in found}) == 1
    assert "3456700.00万元" in found[0]["message_zh"]
    assert "345.67万元" in found[0]["message_zh"]


def test_an_amount_of_the_prose_in_another_unit_is_no_mismatch() -> None:
    text = "2025年支出预算345.67元。"
    row = said(text, "支出预算", amount=0.034567, section="支出预算情况说明")
    found = checked(of(figures(), narrative=[row]))
    assert "narrative-amount" not in found


@pytest.mark.parametrize(
    ("printed", "unit", "found"),
    [
        ("12.345", "元", True),
        ("12.3456789", "万元", True),
        ("12.34", "元", False),
        ("12.345678", "万元", False),
        ("（1,465,650.75）", "元", False),
        ("1,465,650", "元", False),
    ],
)
def test_decimals_that_a_unit_does_not_have(printed: str, unit: str, found: bool) -> None:
    one = case(facts=[fact("expenditure", "total", printed, unit=unit)])
    assert bool(fails(one, "unit-decimals")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("支出预算为25.50万元，比上年减少5000元。", True),
        ("支出预算为25.50万元，其中公用经费38000元。", True),
        ("支出预算为25.50万元（即255000元）。", False),
        ("支出预算为25.50万元，标准为每人每月500元。", False),
        ("支出预算为25.50万元。上缴收入5000元。", False),
        ("支出预算为25.50万元，购置单价5000元以上设备。", False),
    ],
)
def test_two_units_in_a_sentence(text: str, found: bool) -> None:
    assert bool(fails(case(paragraphs=[para(text)]), "unit-mixed")) is found
