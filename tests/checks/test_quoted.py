"""Amounts and percents as the prose prints them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgetkit.checks.quoted import (
    QuotedPercent,
    quoted_amount,
    quoted_amounts,
    quoted_percent,
)
from tests.helpers.cases import said


@given(st.decimals("0.00", "9999999", places=2), st.sampled_from(["万元", "元", "亿元"]))
def test_an_amount_is_found_as_it_is_printed(amount: Decimal, unit: str) -> None:
    text = f"某项{amount:,.2f}{unit}，占8.00%，"
    (found,) = quoted_amounts(text)
    row = said(text, "某项", amount=float(found.amount), share_pct=8.0)
    assert quoted_amount(row, "amount") == found
    assert quoted_percent(row, "share_pct") == QuotedPercent(Decimal("8.00"), Decimal("0.005"))
