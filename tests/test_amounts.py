"""Printed amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.amounts import is_amount, parse_number, printed_unit, squeeze, to_wan

numbers = st.decimals(min_value=-(10**10), max_value=10**10, places=2)


@given(numbers)
def test_a_printed_number_is_read_back_exactly(number: Decimal) -> None:
    assert parse_number(f"{number:,.2f}") == number
    assert parse_number(f"{number:.2f}") == number
    assert is_amount(f"{number:,.2f}")


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or number.is_finite()


@given(numbers)
def test_yuan_and_wan_agree(number: Decimal) -> None:
    assert to_wan(number, "元") * 10000 == number
    assert to_wan(number, "亿元") == number * 10000


@pytest.mark.parametrize(
    "text", ["", "-", "—", "/", "1,23", "12.", "1.2.3", "12,3456", "5%", "1 2年"]
)
def test_what_is_no_number_is_none_and_not_zero(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("664.08", True),
        ("12,345", True),
        ("0.00", True),
        ("206", False),
        ("2025", False),
        ("（1）", False),
    ],
)
def test_amounts_are_told_from_codes_and_counts(text: str, amount: bool) -> None:
    assert is_amount(text) is amount


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("编制部门：某局 单位：万元", "万元"),
        ("单位:元", "元"),
        ("金额单位：人民币元", "元"),
        ("单位：千元", "千元"),
        ("编制单位：元氏县财政局", None),
        ("编制单位：某局", None),
    ],
)
def test_units_are_read_where_they_are_stated(line: str, unit: str | None) -> None:
    assert printed_unit(line) == unit


def test_full_width_digits_are_digits() -> None:
    assert parse_number("１，２３４．５０") == Decimal("1234.50")
    assert squeeze("合　 计") == "合计"
